"""Where sites lie against where those sit who own them: concentration by country and by owner.

A mine counts for the country it lies in, and for the country of its ultimate owner who decides
(chains of owners, see docs/guides/owners.md). Sites are counted one each, or by their output where
it is given for all of them; a count of sites says nothing about tonnes, and the note tells which.
The index is that of ``concentration`` (sum of squared shares); counting by owner is our own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lodewire.analytics.given import GIVEN, given, refuse, tell
from lodewire.analytics.intervals import Interval
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure, Measure

_ZERO = Decimal(0)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedSite:
    """A site, the country it lies in and that of the ultimate owner who decides.

    ``country`` is None for a site that crosses borders, ``owner`` None where nobody is known to
    decide. ``output`` a year in one unit, None where it is not known.
    """

    site: str
    country: str | None
    owner: str | None
    output: Decimal | None = None


def foreign_share(
    sites: Iterable[OwnedSite], *, subject: str = GIVEN, vintage: str = GIVEN
) -> Measure:
    """Return the part of sites (or output) whose deciding owner sits in another country, 0..1.

    Method "foreign_owned/1". Sites without a known owner bound it; ``coverage`` is the part with
    one. Refuses without sites.
    """
    weighed = _weigh(sites)
    inputs = _figures(weighed, subject, vintage)
    whole = sum((w for _, w in weighed), _ZERO)
    if whole <= 0:
        why = "no sites are known"
        return refuse("foreign_owned", "foreign_owned/1", inputs, why, subject=subject)
    known = [(s, w) for s, w in weighed if s.owner is not None and s.country is not None]
    covered = sum((w for _, w in known), _ZERO)
    foreign = sum((w for s, w in known if s.owner != s.country), _ZERO)
    return tell(
        "foreign_owned",
        "foreign_owned/1",
        inputs,
        value=foreign / whole if covered == whole else None,
        bounds=Interval(foreign / whole, (foreign + whole - covered) / whole),
        subject=subject,
        vintage=vintage,
        coverage=covered / whole,
        note=_counted(weighed),
    )


def share_owned_by(
    sites: Iterable[OwnedSite], owner: str, *, subject: str = GIVEN, vintage: str = GIVEN
) -> Measure:
    """Return the part of sites (or output) that owners in one country decide about, 0..1.

    Method "share_owned/1"; ``low`` takes sites without a known owner for others', ``high`` for its.
    """
    weighed = _weigh(sites)
    inputs = _figures(weighed, subject, vintage)
    whole = sum((w for _, w in weighed), _ZERO)
    name = f"share_owned_by_{owner}"
    if whole <= 0:
        return refuse(name, "share_owned/1", inputs, "no sites are known", subject=subject)
    theirs = sum((w for s, w in weighed if s.owner == owner), _ZERO)
    blank = sum((w for s, w in weighed if s.owner is None), _ZERO)
    return tell(
        name,
        "share_owned/1",
        inputs,
        value=theirs / whole if not blank else None,
        bounds=Interval(theirs / whole, (theirs + blank) / whole),
        subject=subject,
        vintage=vintage,
        coverage=1 - blank / whole,
        note=_counted(weighed),
    )


def hhi_by_owner(
    sites: Iterable[OwnedSite], *, subject: str = GIVEN, vintage: str = GIVEN
) -> Measure:
    """Return the concentration of sites (or output) over the owners' countries (below).

    Method "hhi_owner/1"; sites without a known owner add nothing to ``low`` and are one owner in
    ``high``. Set it against ``hhi_by_country``.
    """
    return _hhi("hhi_owner", sites, by_owner=True, subject=subject, vintage=vintage)


def hhi_by_country(
    sites: Iterable[OwnedSite], *, subject: str = GIVEN, vintage: str = GIVEN
) -> Measure:
    """Return the concentration of the same sites over the countries they lie in.

    Method "hhi_site/1".
    """
    return _hhi("hhi_site", sites, by_owner=False, subject=subject, vintage=vintage)


def _hhi(
    name: str, sites: Iterable[OwnedSite], *, by_owner: bool, subject: str, vintage: str
) -> Measure:
    weighed = _weigh(sites)
    inputs = _figures(weighed, subject, vintage)
    whole = sum((w for _, w in weighed), _ZERO)
    if whole <= 0:
        return refuse(name, f"{name}/1", inputs, "no sites are known", subject=subject)
    parts: dict[str | None, Decimal] = {}
    for site, weight in weighed:
        key = site.owner if by_owner else site.country
        parts[key] = parts.get(key, _ZERO) + weight
    blank = parts.pop(None, _ZERO) / whole
    low = sum(((p / whole) ** 2 for p in parts.values()), _ZERO)
    # All that is not known could belong to the largest: then its share grows by it.
    largest = max(parts.values(), default=_ZERO) / whole
    high = low - largest**2 + (largest + blank) ** 2
    return tell(
        name,
        f"{name}/1",
        inputs,
        value=low if not blank else None,
        bounds=Interval(low, min(high, _ONE)),
        subject=subject,
        vintage=vintage,
        coverage=1 - blank,
        note=_counted(weighed),
    )


def _weigh(sites: Iterable[OwnedSite]) -> list[tuple[OwnedSite, Decimal]]:
    """Weigh by output where all have one, else one each: a mix would weigh the unknown as zero."""
    found = list(sites)
    if len({s.site for s in found}) != len(found):
        raise MeasureError("a site is there twice", hint="Give each site once")
    outputs = [s.output for s in found]
    told = [o for o in outputs if o is not None]
    if found and len(told) == len(found):
        if min(told) < 0:
            raise MeasureError("an output lies below zero", hint="Outputs are zero or more")
        return list(zip(found, told, strict=True))
    return [(s, _ONE) for s in found]


def _counted(weighed: list[tuple[OwnedSite, Decimal]]) -> str:
    by_output = all(s.output is not None for s, _ in weighed)
    return "by output" if by_output else f"{len(weighed)} sites counted one each, not by tonnes"


def _figures(
    weighed: list[tuple[OwnedSite, Decimal]], subject: str, vintage: str
) -> tuple[Figure, ...]:
    return tuple(
        given(
            "owned_site",
            weight,
            unit="sites" if site.output is None else "output",
            country=site.country or "",
            partner=site.owner or "",
            subject=subject,
            form=site.site,
            vintage=vintage,
        )
        for site, weight in weighed
    )
