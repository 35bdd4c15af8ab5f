"""Cells of an own table: numbers in any country's writing, units, currencies, countries, shares."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from lodewire.errors import LodewireError
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.countries import load_countries
from lodewire.ontology.units import UNCLEAR_DOLLAR, kind_of, load_currencies, load_unit_names

AMOUNTS = frozenset(
    (QuantityKind.MASS, QuantityKind.VOLUME, QuantityKind.ENERGY, QuantityKind.COUNT)
)
_RATES = frozenset((QuantityKind.MASS_RATE, QuantityKind.VOLUME_RATE, QuantityKind.ENERGY_RATE))
_NUMBER = re.compile(r"[+-]?\d[\d.,'’ \u00a0\u202f]*")
_THOUSANDS = re.compile(r"['’ \u00a0\u202f]")
_UNCLEAR = re.compile(r"\d{1,3}[.,]\d{3}")
_EMPTY = frozenset(
    ("", "-", "–", "—", "n/a", "na", "n.a.", "none", "null", "nan", "?", "tbd", "k.a.")
)
_NOWHERE = _EMPTY | frozenset(
    "unknown various diverse divers mixed other others unbekannt inconnu varios global world "
    "不明 未知".split()
)
_FORMULA = re.compile(r"[\s\x00]*(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?=\s*[^\W\d]))")
_PART = re.compile(r"(\d{1,3}(?:[.,]\d{1,9})?)\s*%")
_MOST_ORIGIN = 200  # characters of a cell of origins
_MOST_DIGITS = 30


class CellError(Exception):
    """A cell that cannot be used: ``reason``, and what to write instead."""

    def __init__(self, reason: str, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason, self.suggestion = reason, suggestion


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the words that stand behind it in the cell."""

    value: Decimal
    words: str


def is_empty(cell: str) -> bool:
    """Tell whether a cell says nothing."""
    return cell.strip().casefold() in _EMPTY


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would run the cell; a negative number is none."""
    return _FORMULA.match(cell) is not None


def decimal_sign(cells: Iterable[str]) -> str | None:
    """Return "," or "." where a number of the column shows which one parts decimals, else None.

    "1.234,5" and "12,5" show a comma, "1,234.5" and "12.55" a point; "1,234" shows nothing. None
    too where numbers show both.
    """
    shown: set[str] = set()
    for cell in cells:
        found = _NUMBER.search(unicodedata.normalize("NFKC", cell))
        if found is None:
            continue
        digits = _THOUSANDS.sub("", found[0].strip().lstrip("+-")).rstrip(".,")
        marks = [c for c in digits if c in ".,"]
        if len(set(marks)) == 2:
            shown.add(marks[-1])
        elif len(marks) > 1:
            shown.add("." if marks[0] == "," else ",")  # it parts thousands, the other decimals
        elif marks and (not _UNCLEAR.fullmatch(digits) or digits.startswith("0")):
            shown.add(marks[0])
    return shown.pop() if len(shown) == 1 else None


def read_amount(cell: str, decimal: str | None) -> Amount:
    """Return the number of a cell; ``decimal`` parts decimals in this file, None if unknown.

    Raises CellError for no number, several, a negative one, or "1,234" where ``decimal`` is None.
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    found = list(_NUMBER.finditer(text))
    if not found:
        raise CellError(f"{text[:40]!r} is no number")
    if re.match(r"[eE][+-]?\d", text[found[0].end() :]):
        raise CellError(f"{text[:40]!r} is written with a power of ten", "write the number out")
    if len(found) > 1 or len(found[0][0]) > _MOST_DIGITS:
        raise CellError(f"{text[:40]!r} holds more than one number", "write one number a cell")
    before, after = text[: found[0].start()].strip(), text[found[0].end() :].strip()
    value = _value(found[0][0].strip(), decimal)
    if value < 0:
        raise CellError(f"{text[:40]!r} is negative", "leave out returns and credits")
    return Amount(value, f"{before} {after}".strip())


def _value(written: str, decimal: str | None) -> Decimal:
    digits = _THOUSANDS.sub("", written).rstrip(".,")
    if decimal is None and _UNCLEAR.fullmatch(digits.lstrip("+-")):
        whole, part = digits.replace(",", "").replace(".", ""), digits.replace(",", ".")
        raise CellError(
            f"{written!r} may be {whole} or {part}", "tell the sign of decimals: --decimal , or ."
        )
    if decimal is None:
        decimal = next((c for c in reversed(digits) if c in ".,"), ".")
    other = "." if decimal == "," else ","
    try:
        return Decimal(digits.replace(other, "").replace(decimal, "."))
    except InvalidOperation:
        raise CellError(f"{written[:40]!r} is no number") from None


def read_unit(words: str, *, suggest: bool = True) -> str:
    """Return a unit in which something is bought; raises CellError with the nearest one."""
    text = unicodedata.normalize("NFKC", words).strip().rstrip(".")
    text = re.sub(
        r"\s*(?:/|per|pro|par|por)\s*(?:year|yr|a|annum|jahr|an|año|ano)$", "", text, flags=re.I
    )
    for written in (text, text.lower()):
        try:
            kind = kind_of(written)
        except LodewireError:
            continue
        if kind in AMOUNTS or kind in _RATES:
            return written
        raise CellError(f"{text!r} measures {kind.value.replace('_', ' ')}, not how much is bought")
    if text.lower() in _PIECES:
        return "unit"
    near = near_word(text, _unit_words()) if suggest else ""
    advice = f"did you mean {near}?" if near else ""
    raise CellError(f"{text[:30]!r} is no unit that is known", advice)


_PIECES = frozenset(
    "pc pcs piece pieces ea each st stk stück stuck pièce pièces pce pzas pz 個 件 个 개".split()
)


@functools.cache
def _unit_words() -> frozenset[str]:
    return frozenset(name.written.lower() for name in load_unit_names())


def read_currency(words: str) -> str:
    """Return the code of a currency; raises CellError for another thing or a dollar of nobody."""
    text = unicodedata.normalize("NFKC", words).strip()
    code = currency_called(text)
    if code == UNCLEAR_DOLLAR:
        raise CellError("a dollar of which country?", "write USD, AUD, CAD …")
    if code is not None:
        return code
    raise CellError(f"{text[:30]!r} is no currency", "write a code of ISO 4217, such as USD")


def currency_called(text: str) -> str | None:
    """Return the code of the currency that goes by a code, sign or word; else None."""
    known = _currencies()
    return known.get(text.upper()) or known.get(text) or known.get(text.casefold())


@functools.cache
def _currencies() -> dict[str, str]:
    found: dict[str, str] = {}
    for currency in load_currencies().values():
        for name in (currency.code, *currency.signs, *currency.words):
            found.setdefault(name, currency.code)
    return found


def read_share(cell: str, decimal: str | None, *, percent: bool) -> Decimal:
    """Return a share as 0..1; ``percent`` tells that the column's plain numbers are per cent."""
    amount = read_amount(cell, decimal or _only_sign(cell))
    if amount.words not in ("", "%"):
        raise CellError(f"{cell[:40]!r} is no share", "write 80 % or 0.8")
    value = amount.value / 100 if percent or amount.words == "%" else amount.value
    if value > 1:
        raise CellError(
            f"a share of {cell.strip()[:20]} is more than the whole", "write 80 % or 0.8"
        )
    return value


def _only_sign(cell: str) -> str | None:
    # A share has no thousands: whatever mark it holds parts decimals.
    return next((c for c in cell if c in ".,"), None)


def is_nowhere(cell: str) -> bool:
    """Tell whether a cell of origin says that it is not known."""
    return cell.strip().casefold() in _NOWHERE


def read_origins(cell: str, *, suggest: bool = True) -> tuple[tuple[str, Decimal | None], ...]:
    """Return the countries of a cell with their shares: "China", "CN 80 %; JP 20 %".

    Raises CellError for a name that is no country, several without shares, or more than 100 %.
    """
    if len(cell) > _MOST_ORIGIN:
        raise CellError(f"{cell[:40]!r} … is no country", "write a country, or CN 80 %; JP 20 %")
    whole = country_called(cell)
    if whole is not None:
        return ((whole, None),)
    found: list[tuple[str, Decimal | None]] = []
    pieces = [p for p in re.split(r"[;|/]|,(?!\d)", cell) if p.strip()]
    shares = [_PART.search(piece) for piece in pieces]
    if not all(shares):
        names = [n for n in re.split(r"[;|/,+&]| and | und | et ", cell) if n.strip()]
        if len(names) > 1 and all(country_called(n) for n in names):
            raise CellError(
                f"{cell.strip()[:40]!r} gives several countries and no shares",
                "write China 80 %; Japan 20 %, or a row for each",
            )
        raise _no_country(cell, suggest=suggest)
    for piece, share in zip(pieces, shares, strict=True):
        assert share is not None
        name = (piece[: share.start()] + piece[share.end() :]).strip(" :=()")
        country = country_called(name)
        if country is None:
            raise _no_country(name, suggest=suggest)
        found.append((country, Decimal(share[1].replace(",", ".")) / 100))
    if sum((s for _, s in found if s is not None), Decimal()) > 1:
        raise CellError(f"the shares of {cell.strip()[:40]!r} are more than the whole")
    return tuple(found)


def _no_country(words: str, *, suggest: bool) -> CellError:
    text = words.strip()
    near = near_word(text, _countries()) if suggest else ""
    return CellError(
        f"{text[:40]!r} is no country", f"did you mean {near.title()}?" if near else ""
    )


def near_word(text: str, known: Iterable[str], cutoff: float = 0.75) -> str:
    """Return the known word that looks like ``text`` and begins alike; empty where none does."""
    told = text.casefold()[:60]
    alike = [k for k in known if k[:1] == told[:1] and abs(len(k) - len(told)) <= 3]
    return next(iter(get_close_matches(told, sorted(alike), n=1, cutoff=cutoff)), "")


def country_called(words: str) -> str | None:
    """Return the id of the country or bloc that goes by a name, demonym or ISO code; else None."""
    text = " ".join(unicodedata.normalize("NFKC", words).split()).strip(" .")
    code = load_countries().get(text.upper())
    if code is not None:
        return code.id
    return _countries().get(text.casefold())


@functools.cache
def _countries() -> dict[str, str]:
    from lodewire.analytics.holdings.names import country_names

    found: dict[str, str] = dict(country_names())
    for country in load_countries().values():
        names = [a.text for a in (*country.names, *country.demonyms)]
        for name in [*names, *([country.iso3] if country.iso3 else [])]:
            found.setdefault(name.casefold(), country.id)
    return found
