"""A report's figures computed again from the inputs that stand in its JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lodewire.analytics.concentration import country_share, hhi, n_minus_1, top_shares
from lodewire.analytics.published_shares import hhi_of_shares, n_minus_1_of_shares, top_of_shares
from lodewire.errors import LodewireError
from lodewire.model.measure import Figure, Measure
from lodewire.publish.reports.figures import digest_of, figure_from

_BY_NAME: dict[str, Callable[[Sequence[Figure]], Measure]] = {
    "hhi": hhi,
    "n_minus_1": n_minus_1,
    "top_1_share": lambda figures: top_shares(figures, 1),
    "top_3_share": lambda figures: top_shares(figures, 3),
    "hhi_of_shares": hhi_of_shares,
    "n_minus_1_of_shares": n_minus_1_of_shares,
    "top_1_of_shares": lambda figures: top_of_shares(figures, 1),
    "top_3_of_shares": lambda figures: top_of_shares(figures, 3),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """One figure of a report: "same", "differs" (a value is another), "changed" (its inputs are not
    those of its digest), or "inputs only" (its method is not computed here; its inputs stand)."""

    name: str
    subject: str
    verdict: str
    told: str
    found: str


def recheck(form: Mapping[str, Any]) -> list[Rechecked]:
    """Return what comes of computing each figure of a report's JSON again."""
    return [_recheck(f) for f in form["figures"]]


def _recheck(told: Mapping[str, Any]) -> Rechecked:
    digest = digest_of(told["name"], told["subject"], told["method"], told["inputs"])
    if digest != told["digest"]:
        return _verdict(told, "changed", "")
    try:
        figures = [figure_from(row) for row in told["inputs"]]
        found = _compute(str(told["name"]), figures)
    except (LodewireError, KeyError, TypeError, ArithmeticError) as error:
        return _verdict(told, "differs", str(error))
    if found is None:
        return _verdict(told, "inputs only", "")
    same = all(_text(getattr(found, part)) == told[part] for part in ("value", "low", "high"))
    return _verdict(told, "same" if same else "differs", _text(found.value) or "")


def _compute(name: str, figures: Sequence[Figure]) -> Measure | None:
    if name in _BY_NAME:
        return _BY_NAME[name](figures)
    if name.startswith("share_"):
        return country_share(figures, name.removeprefix("share_"))
    return None


def _verdict(told: Mapping[str, Any], verdict: str, found: str) -> Rechecked:
    return Rechecked(
        name=str(told["name"]),
        subject=str(told["subject"]),
        verdict=verdict,
        told=str(told["value"] or ""),
        found=found,
    )


def _text(value: object) -> str | None:
    return None if value is None else f"{value:f}"
