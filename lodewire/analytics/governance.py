"""Governance as a weight of concentration: normalising the WGI, export restrictions, weighted HHI.

Sources: World Bank, Worldwide Governance Indicators (Kaufmann, Kraay and Mastruzzi; estimates run
from about -2.5, weak, to 2.5, strong, and may exceed both). European Commission, Methodology for
establishing the EU list of critical raw materials (2017), and Regulation (EU) 2024/1252, annex II:

    HHI_WGI,t = sum over countries c of S_c^2 * WGI_c * t_c

with WGI_c scaled so that more is worse (the EU prints 0..10) and t_c for trade: 0.8 for a member of
the EU, otherwise what an export tax (mitigated by a trade agreement), a quota or a prohibition
makes of it, 1 where there is none. A country without an estimate stays without one: taking it for
zero would make it the best governed of all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from lodewire.analytics.given import given, refuse, shares_of, tell
from lodewire.analytics.intervals import Interval, Number, decimal_of, exactly, total
from lodewire.analytics.published_shares import Shares, share_of
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure

EU_SCALE = Decimal(10)
"""The EU's studies print governance as 0..10; 1 gives the scale of GeoPolRisk."""

EU_MEMBER = Decimal("0.8")
NO_RESTRICTION = Decimal(1)
_ZERO = Decimal(0)
_LEAST_T = EU_MEMBER


def normalise_wgi(estimate: Number | None) -> Decimal | None:
    """Return a WGI estimate as a risk of 0..1, 1 the worst: 0.5 - estimate/5, cut to 0..1.

    None stays None. Estimates beyond +-2.5 exist (Yemen 2024: -2.75) and are cut.
    """
    if estimate is None:
        return None
    risk = Decimal("0.5") - decimal_of(estimate) / 5
    return min(max(risk, _ZERO), Decimal(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeTerms:
    """What a partner's trade policy does to the risk of buying a material there.

    ``tax`` is the parameter of an export tax after any trade agreement in force, ``quota`` and
    ``prohibition`` those of their kinds, from the table of the Commission's methodology (1.0 and
    more); None where there is no such measure. ``eu_member``: the partner lies in the EU.
    """

    eu_member: bool = False
    tax: Decimal | None = None
    quota: Decimal | None = None
    prohibition: Decimal | None = None

    @property
    def parameter(self) -> Decimal:
        """The trade parameter t: 0.8 inside the EU, else the largest of the measures, else 1."""
        if self.eu_member:
            return EU_MEMBER
        told = [p for p in (self.tax, self.quota, self.prohibition) if p is not None]
        return max(told, default=NO_RESTRICTION)


def weighted_hhi(
    figures: Shares,
    governance: Mapping[str, Number | None],
    trade: Mapping[str, Number | TradeTerms] | None = None,
    *,
    scale: Number = EU_SCALE,
    unit: str = "1",
    subject: str | None = None,
    vintage: str | None = None,
) -> Measure:
    """Return the concentration of shares weighted by governance and trade (method below).

    Method "hhi_governance/1". ``figures``: one published share a country ("%" or "1"), taken as it
    stands (or country -> share, in ``unit`` "1" or "%"), or amounts of production, which are
    divided by their sum ("OTHER" included, "WORLD" left out). ``governance``: country -> risk on
    0..``scale``, more is worse, None where no estimate exists. ``trade``: country -> t (or its
    terms); a partner that is not named counts 1.
    A country with a share and without governance leaves the value None: the bounds take it for the
    best and for the worst, and ``coverage`` tells the part of supply that has a weight. What is not
    listed by country adds nothing to ``low`` and is one country of the worst to ``high``.
    """
    inputs = shares_of(figures, unit)
    top = decimal_of(scale)
    terms = {c: _parameter(c, t) for c, t in (trade or {}).items()}
    weights = {c: _weight(c, g, top) for c, g in governance.items()}
    told = subject if subject is not None else _subject(inputs)
    used = (*inputs, *_weight_figures(inputs, governance, terms, told))
    name, method = "hhi_governance", "hhi_governance/1"
    shares, fault = _shares(inputs)
    if fault:
        return refuse(name, method, used, fault, subject=told, vintage=vintage)
    without = [c for c, s in shares.items() if s.high > 0 and weights.get(c) is None]
    covered = sum((s.low for c, s in shares.items() if weights.get(c) is not None), _ZERO)
    terms_of = {c: terms.get(c, NO_RESTRICTION) for c in shares}
    sums = total(
        share * share * _open_weight(weights.get(country), top) * exactly(terms_of[country])
        for country, share in shares.items()
    )
    rest = max(1 - sum((s.low for s in shares.values()), _ZERO), _ZERO)
    worst = rest * rest * top * max((NO_RESTRICTION, *terms.values()))
    bounds = Interval(sums.low, sums.high + worst)
    known = not without and all(s.exact for s in shares.values())
    return tell(
        name,
        method,
        used,
        value=sums.low if known else None,
        bounds=bounds,
        subject=told,
        vintage=vintage,
        coverage=min(covered, Decimal(1)),
        note=f"no governance estimate: {', '.join(sorted(without))}" if without else "",
    )


def _open_weight(weight: Decimal | None, top: Decimal) -> Interval:
    return exactly(weight) if weight is not None else Interval(_ZERO, top)


def _weight(country: str, governance: Number | None, top: Decimal) -> Decimal | None:
    if governance is None:
        return None
    weight = decimal_of(governance)
    if not 0 <= weight <= top:
        raise MeasureError(
            f"governance of {country} is {weight}, outside 0..{top}",
            hint="Normalise the estimate first: normalise_wgi(estimate) times the scale",
        )
    return weight


def _parameter(country: str, trade: Number | TradeTerms) -> Decimal:
    value = trade.parameter if isinstance(trade, TradeTerms) else decimal_of(trade)
    if value < _LEAST_T:
        raise MeasureError(
            f"the trade parameter of {country} is {value}", hint="0.8 (EU) is the least"
        )
    return value


def _shares(figures: tuple[Figure, ...]) -> tuple[dict[str, Interval], str]:
    """Return country -> share, and why there is none. "OTHER" is left to the rest."""
    if not figures:
        raise MeasureError("no shares to weigh", hint="Give one figure a country")
    countries = [f.country for f in figures]
    if len(set(countries)) != len(countries):
        raise MeasureError("two figures for one country", hint="Give one of one vintage and stage")
    named = [f for f in figures if f.country not in (WORLD, OTHER)]
    if all(f.unit in ("%", "1") for f in figures):
        return _published(named)
    missing = [f.country for f in named if f.value is None or f.state != "reported"]
    if missing:
        return {}, f"not known: {', '.join(sorted(missing))}"
    whole = sum((f.value or _ZERO for f in figures if f.country != WORLD), _ZERO)
    if whole <= 0:
        return {}, "no country has a value above zero"
    return {f.country: exactly((f.value or _ZERO) / whole) for f in named}, ""


def _published(named: list[Figure]) -> tuple[dict[str, Interval], str]:
    shares: dict[str, Interval] = {}
    for figure in named:
        share = share_of(figure)
        if share is not None:
            shares[figure.country] = exactly(share)
        elif figure.state == "less_than" and figure.value is not None:
            most = figure.value / 100 if figure.unit == "%" else figure.value
            shares[figure.country] = Interval(_ZERO, most)
        else:
            return {}, f"the share of {figure.country} is {figure.state.replace('_', ' ')}"
    listed = sum((s.low for s in shares.values()), _ZERO)
    if listed > Decimal("1.02"):
        return {}, f"the shares sum to {listed}, more than rounding explains"
    return shares, "" if listed else "no country has a share above zero"


def _weight_figures(
    shares: tuple[Figure, ...],
    governance: Mapping[str, Number | None],
    terms: Mapping[str, Decimal],
    subject: str,
) -> tuple[Figure, ...]:
    countries = [f.country for f in shares if f.country not in (WORLD, OTHER)]
    risks = (given("governance", governance.get(c), country=c, subject=subject) for c in countries)
    trade = (
        given("trade_parameter", terms[c], country=c, subject=subject)
        for c in countries
        if c in terms
    )
    return (*risks, *trade)


def _subject(figures: tuple[Figure, ...]) -> str:
    first = figures[0] if figures else None
    if first is None:
        return ""
    words = (first.commodity, first.stage, str(first.year) if first.year else "")
    return " ".join(w for w in words if w)
