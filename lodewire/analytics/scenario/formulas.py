"""The two closed forms that scenarios are checked against, as functions of explicit inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from lodewire.analytics.concentration import country_share, diluted, hhi
from lodewire.analytics.scenario.arithmetic import Exact
from lodewire.analytics.scenario.position import figures_after, supply_of
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure, Measure

_PLACES = Decimal("0.000001")


def diluted_hhi(index: Decimal, part: Decimal) -> Decimal:
    """Return the index once a new country adds ``part`` of the old supply: (H + d²) / (1 + d)².

    ``index`` is on the scale 0..1. The entrant adds: nobody gives way. Raises MeasureError outside
    0..1 or for a part below zero.
    """
    return diluted(index, part).quantize(_PLACES, ROUND_HALF_EVEN)


def supply_loss(figures: Sequence[Figure], country: str, leakage: Decimal = Decimal(0)) -> Measure:
    """Return the share of supply that a ban on a country's exports takes (method "supply_loss/1").

    The country's share times what does not leak; nobody fills the gap. Bounds are those of the
    share. Raises MeasureError where leakage lies outside 0..1 or figures do not belong together.
    """
    if not 0 <= leakage <= 1:
        raise MeasureError(f"a leakage of {leakage} lies outside 0..1", hint="30 % is 0.3")
    share = country_share(figures, country)
    kept = 1 - leakage
    value, low, high = (
        None if n is None else (n * kept).quantize(_PLACES, ROUND_HALF_EVEN)
        for n in (share.value, share.low, share.high)
    )
    return replace(
        share,
        name=f"supply_loss_{country}",
        value=value,
        low=low,
        high=high,
        method="supply_loss/1",
    )


def hhi_without(figures: Sequence[Figure], country: str) -> Measure:
    """Return the index of the supply that is left without one country, shared out anew.

    Raises MeasureError where the country is not listed with a value, or nothing was there.
    """
    if not any(f.country == country and f.value is not None for f in figures):
        raise MeasureError(
            f"{country} has no figure: what is left without it cannot be told",
            hint="Give its figure, or choose a country that is listed",
        )
    by = Exact()
    supply = supply_of(figures, by)
    supply.scale(country, by.number(Decimal(0)))
    return hhi(figures_after(figures, supply))
