"""Probes of who owns the sites: the shares of owner countries before and after a scenario.

Sites count one each, as they do in ``analytics.owners``. What a scenario takes from a country's
output it takes from each of its sites alike; what it adds is output whose owner is not known, in
the size of so many average sites. A count of sites tells nothing about tonnes, and neither does
this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lodewire.analytics.owners import (
    OwnedSite,
    foreign_share,
    hhi_by_country,
    hhi_by_owner,
    share_owned_by,
)
from lodewire.analytics.scenario.arithmetic import Number
from lodewire.analytics.scenario.position import Position
from lodewire.analytics.scenario.probes import Probe, Spread, Standing
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure

_ONE = Decimal(1)
_ZERO = Decimal(0)
_NEW = "output that is new"

Part = tuple[str | None, str | None, Number]
"""The country of a site, that of its owner, and how many sites it counts for."""


def owner_probes(
    sites: Sequence[OwnedSite], figures: Sequence[Figure], owner: str | None = None, day: str = ""
) -> tuple[Probe, ...]:
    """Return the probes of the concentration over owners, ownership abroad, and one owner's share.

    ``figures`` are the supply before the scenario. ``owner``: the country whose part is measured,
    None for none. ``day`` names the state of the ownership. Raises MeasureError for no sites.
    """
    if not sites:
        raise MeasureError("no sites are known", hint="Give the sites with country and owner")
    before = {f.country: f.value for f in figures if f.state == "reported" and f.value is not None}
    vintage = f"ownership, {day}" if day else "ownership"
    told: list[tuple[str, str, Callable[..., Measure], Callable[[_Parts], Spread]]] = [
        ("hhi_site", "HHI by site", hhi_by_country, lambda p: p.index(at=0)),
        ("hhi_owner", "HHI by owner", hhi_by_owner, lambda p: p.index(at=1)),
        ("foreign_owned", "Owned abroad", foreign_share, lambda p: p.abroad()),
    ]
    if owner is not None:
        told.append(
            (
                f"share_owned_by_{owner}",
                f"Owned by {owner}",
                lambda s, **k: share_owned_by(s, owner, **k),
                lambda p: p.owned_by(owner),
            )
        )
    return tuple(
        Probe(
            name=name,
            label=label,
            of="figures",
            exact=_exactly(measured, sites, before, vintage),
            drawn=_drawn(spread, sites, before),
        )
        for name, label, measured, spread in told
    )


def _exactly(
    measured: Callable[..., Measure],
    sites: Sequence[OwnedSite],
    before: Mapping[str, Decimal],
    vintage: str,
) -> Callable[[Standing], Measure]:
    def exact(standing: Standing) -> Measure:
        after = {f.country: f.value or f.low or _ZERO for f in standing.figures}
        after = {c: v for c, v in after.items() if c not in (OTHER, WORLD)}
        parts = _weigh(sites, before, after, lambda one, other: max(one, other), _ONE)
        weighed = [
            OwnedSite(site=f"{at}", country=country, owner=owner, output=weight)
            for at, (country, owner, weight) in enumerate(parts)
            if weight or at < len(sites)
        ]
        told = measured(weighed, vintage=vintage)
        known = "" if told.coverage is None else f", owners known of {told.coverage * 100:.0f} %"
        return replace(told, note=f"{len(sites)} sites counted one each, not by tonnes{known}")

    return exact


def _drawn(
    spread: Callable[[_Parts], Spread], sites: Sequence[OwnedSite], before: Mapping[str, Decimal]
) -> Callable[[Position], Spread]:
    def drawn(position: Position) -> Spread:
        import numpy

        assert position.supply is not None
        named, one = position.supply.named, numpy.ones_like(position.demand)
        known = {c: float(v) for c, v in before.items()}
        return spread(_Parts(_weigh(sites, known, named, numpy.maximum, one)))

    return drawn


def _weigh(
    sites: Sequence[OwnedSite],
    before: Mapping[str, Number],
    after: Mapping[str, Number],
    most: Callable[[Number, Number], Number],
    one: Number,
) -> list[Part]:
    """Return the sites at what is left of their country's output, and what came on top of it."""
    kept = {c: after[c] / v for c, v in before.items() if v and c in after}
    found: list[Part] = []
    for site in sites:
        left = kept.get(site.country or "", one)
        found.append((site.country, site.owner, one - most(one - left, one * 0)))
    total = sum((v for c, v in before.items() if c != WORLD), one * 0)
    for country, now in after.items():
        if country in (OTHER, WORLD):
            continue
        more = most(now - before.get(country, one * 0), one * 0)
        found.append((country, None, more * len(sites) / total))
    return found


class _Parts:
    """Sites as arrays of draws, and what the measures of ``analytics.owners`` make of them."""

    def __init__(self, parts: Iterable[Part]) -> None:
        import numpy

        self._parts = list(parts)
        whole = sum(weight for _, _, weight in self._parts)
        self._whole = numpy.where(whole > 0, whole, numpy.nan)

    def index(self, *, at: int) -> Spread:
        """The sum of squared shares over countries (``at`` 0) or owners (1)."""
        import numpy

        shares: dict[str | None, Number] = {}
        for part in self._parts:
            shares[part[at]] = shares.get(part[at], 0) + part[2]
        blank = shares.pop(None, self._whole * 0) / self._whole
        rows = numpy.array([s / self._whole for s in shares.values()] or [blank * 0])
        low, largest = (rows * rows).sum(axis=0), rows.max(axis=0)
        high = low - largest**2 + (largest + blank) ** 2
        return self._told(low, numpy.minimum(high, 1.0), blank)

    def abroad(self) -> Spread:
        """The part whose owner sits in another country."""
        known = [p for p in self._parts if p[0] is not None and p[1] is not None]
        foreign = self._sum(p[2] for p in known if p[0] != p[1])
        blank = 1 - self._sum(p[2] for p in known)
        return self._told(foreign, foreign + blank, blank)

    def owned_by(self, owner: str) -> Spread:
        """The part that owners in one country decide about."""
        theirs = self._sum(p[2] for p in self._parts if p[1] == owner)
        blank = self._sum(p[2] for p in self._parts if p[1] is None)
        return self._told(theirs, theirs + blank, blank)

    def _sum(self, weights: Iterable[Number]) -> Number:
        return sum(weights, self._whole * 0) / self._whole

    def _told(self, low: Number, high: Number, blank: Number) -> Spread:
        return Spread(value=None if (blank > _LEAST).any() else low, low=low, high=high)


_LEAST = 1e-12  # of floats that should be nothing
