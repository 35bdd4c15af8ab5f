"""Finding the columns of a table by their names, in several languages and wordings."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from lodewire.analytics.holdings.cells import currency_called
from lodewire.errors import HoldingError, LodewireError
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.units import kind_of

_BRACKETS = re.compile(r"[(\[（［【]([^)\]）］】]*)[)\]）］】]")
_LAST = re.compile(r"^(.*\S)[\s_,/]+(?:in\s+|en\s+)?([^\s_]+)$", re.I)
_MOST_CODE = 3  # characters: a word such as "dollar" in a header is more than a unit
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each thing stands (meaning -> column), what headers say of units, what is not used."""

    places: Mapping[str, int]
    headers: tuple[str, ...]
    unit: str | None = None
    currency: str | None = None
    share_in_percent: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    meaning: str
    exact: bool
    length: int


def count_known(header: Sequence[str]) -> int:
    """Return how many cells of a row look like headers: how a header is told from other rows."""
    return sum(_meaning(_bare(cell)[0]) is not None for cell in header if cell.strip())


def find_columns(header: Sequence[str]) -> Columns:
    """Return where everything stands.

    Raises HoldingError where nothing names a material or a part, or two columns say the same.
    """
    found: dict[str, list[tuple[int, _Found]]] = {}
    notes: list[str] = []
    idle: list[str] = []
    for place, cell in enumerate(header):
        bare, _ = _bare(cell)
        if reason := _other(_key(bare)):
            notes.append(f"column {_shown(cell)} is not used: {reason}")
            continue
        meaning = _meaning(bare)
        if meaning is not None:
            found.setdefault(meaning.meaning, []).append((place, meaning))
        elif cell.strip():
            idle.append(cell)
    places = {name: _the_one(name, told, header, notes) for name, told in found.items()}
    if "material" not in places and "part" not in places:
        raise HoldingError(
            f"no column names a material or a part among {_listed(header)}",
            hint="name one column Material (or Part), others Quantity, Unit, Spend, Currency, "
            "Supplier, Country of origin, Share",
        )
    if idle:
        notes.append(f"columns that say nothing known are not used: {_listed(idle)}")
    return _with_units(places, header, notes)


def _the_one(
    name: str, told: Sequence[tuple[int, _Found]], header: Sequence[str], notes: list[str]
) -> int:
    exact = [t for t in told if t[1].exact]
    kept = exact or list(told)
    longest = max(t[1].length for t in kept)
    best = kept if exact else [t for t in kept if t[1].length == longest]
    if len(best) > 1:
        raise HoldingError(
            f"{len(best)} columns give the {name}: {_listed([header[p] for p, _ in best])}",
            hint="keep one of them, or give the others a name that says what they are",
        )
    for place, _ in told:
        if place != best[0][0]:
            notes.append(
                f"column {_shown(header[place])} is not used: {_shown(header[best[0][0]])} "
                f"gives the {name}"
            )
    return best[0][0]


def _with_units(places: Mapping[str, int], header: Sequence[str], notes: list[str]) -> Columns:
    told = {name: _bare(header[place])[1] for name, place in places.items()}
    return Columns(
        places=dict(places),
        headers=tuple(header),
        unit=told.get("quantity") if "unit" not in places else None,
        currency=told.get("spend") if "currency" not in places else None,
        share_in_percent="%" in header[places["share"]] if "share" in places else False,
        notes=tuple(notes),
    )


def _bare(cell: str) -> tuple[str, str | None]:
    """The header without the unit or currency that it ends with, and that."""
    text = unicodedata.normalize("NFKC", cell).strip()
    bracket = _BRACKETS.search(text)
    if bracket is not None:
        inner = bracket[1].strip()
        return (text[: bracket.start()] + text[bracket.end() :]).strip(), _as_unit(inner)
    last = _LAST.match(text)
    if last is not None and not _exact(text) and (unit := _as_unit(last[2])) is not None:
        return last[1], unit
    return text.replace("%", " ").strip() or text, None


def _as_unit(text: str) -> str | None:
    """The unit or currency as the ontology writes it; None for words that are none."""
    bare = text.split("/")[0].strip()
    if (code := currency_called(bare)) is not None and len(bare) <= _MOST_CODE:
        return code
    for written in (bare, bare.lower()):
        try:
            if kind_of(written) is not QuantityKind.OTHER:
                return written
        except LodewireError:
            continue
    return None


def _meaning(bare: str) -> _Found | None:
    key = _key(bare)
    if not key or _other(key):
        return None
    if found := _exact(bare):
        return _Found(found, True, len(key))
    best: _Found | None = None
    for name, meaning in _names().items():
        inside = name in key if _WIDE.search(name) else f" {name} " in f" {key} "
        if inside and (best is None or len(name) > best.length):
            best = _Found(meaning, False, len(name))
    return best


def _other(key: str) -> str:
    """Why a header that looks like one of ours is none; empty where it may be one."""
    for name, reason in _others().items():
        if name in key if _WIDE.search(name) else f" {name} " in f" {key} ":
            return reason
    return ""


def _exact(bare: str) -> str | None:
    return _names().get(_key(bare))


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    if not _WIDE.search(text):
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    else:
        plain = unicodedata.normalize("NFC", plain)
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


@functools.cache
def _file() -> Mapping[str, Any]:
    place = resources.files("lodewire.analytics.holdings") / "columns.toml"
    return tomllib.loads(place.read_text("utf-8"))


@functools.cache
def _names() -> Mapping[str, str]:
    return {
        _key(name): meaning
        for meaning, names in _file().items()
        if meaning != "others"
        for name in names
    }


@functools.cache
def _others() -> Mapping[str, str]:
    return {_key(name): reason for name, reason in _file()["others"].items()}


def _shown(cell: str) -> str:
    return repr(cell.strip()[:40])


def _listed(cells: Sequence[str]) -> str:
    told = ", ".join(_shown(c) for c in cells[:12])
    return told + (f" and {len(cells) - 12} more" if len(cells) > 12 else "")
