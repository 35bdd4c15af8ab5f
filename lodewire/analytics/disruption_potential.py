"""USGS supply risk: disruption potential, trade exposure, economic vulnerability.

    DP = sum over foreign countries c of PS_c^2 * ASI_c * WSI_c
    TE = net imports (with stocks) / apparent consumption, cut to 0..1
    EV = sum over industries j of (VA_j / GDP) * (E_j / OP_j)
    SR = (DP * TE * EV)^(1/3)

PS_c is the country's part of world production, ASI_c and WSI_c how unable and unwilling it is to
supply (0..1, more is worse; the ability index is (100 - PPI)/100 of the Fraser Institute's policy
perception index), VA_j an industry's value added, E_j what it spends on the commodity, OP_j its
operating profit. The home country cannot disrupt itself: its term is nothing.

Source: N. T. Nassar et al., Evaluating the mineral commodity supply risk of the U.S. manufacturing
sector, Sci. Adv. 6 (2020), eaay8647; N. T. Nassar and S. M. Fortier, USGS Open-File Report
2021-1045. The equations are written here as public models of that paper restate them. The paper
brings DP and EV to a common scale over all commodities and years before it multiplies; that scale
is not part of these functions, so that SR of raw parts ranks commodities and is not the published
number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lodewire.analytics.given import GIVEN, as_measure, given, given_figures, refuse, tell
from lodewire.analytics.intervals import Interval, Number, decimal_of, exactly, total
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure

_ZERO = Decimal(0)
_ONE = Decimal(1)
_THIRD = _ONE / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierIndex:
    """How unable (``ability``) and unwilling (``willingness``) a country is to supply, 0..1 each.

    None where the index is not known.
    """

    ability: Decimal | None
    willingness: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry:
    """An industry that uses the commodity; all three amounts a year in one currency."""

    name: str
    value_added: Decimal
    expenditure: Decimal
    operating_profit: Decimal


def ability_index(policy_perception: Number | None) -> Decimal | None:
    """Return (100 - PPI)/100 of a policy perception index of 0..100; None stays None."""
    if policy_perception is None:
        return None
    index = decimal_of(policy_perception)
    if not 0 <= index <= 100:
        raise MeasureError(f"a policy perception index of {index}", hint="It runs from 0 to 100")
    return (100 - index) / 100


def disruption_potential(
    production: Iterable[Figure] | Mapping[str, Number | None],
    suppliers: Mapping[str, SupplierIndex],
    *,
    home: str,
    subject: str | None = None,
    vintage: str | None = None,
) -> Measure:
    """Return the disruption potential, 0..1 (method "disruption_potential/1").

    ``production``: amounts by country of one commodity, stage and year; "OTHER" is part of the
    whole, "WORLD" is left out. ``suppliers``: country -> indices. ``home`` (ISO code) adds nothing.
    A producer without an index leaves the value None: the bounds take it for the best and the
    worst. Refuses when an amount is missing.
    """
    figures = given_figures(production) if isinstance(production, Mapping) else tuple(production)
    made = [f for f in figures if f.country != WORLD]
    told = subject if subject is not None else _subject(figures)
    indices = tuple(_index_figures(made, suppliers, told))
    used = (*figures, *indices)
    name, method = "disruption_potential", "disruption_potential/1"
    missing = sorted(f.country for f in made if f.value is None or f.state != "reported")
    whole = sum((f.value for f in made if f.value is not None), _ZERO)
    if missing or whole <= 0:
        why = f"not known: {', '.join(missing)}" if missing else "nothing is produced"
        return refuse(name, method, used, why, subject=told, vintage=vintage)
    shares = {f.country: (f.value or _ZERO) / whole for f in made}
    rest = shares.pop(OTHER, _ZERO)
    abroad = {c: s for c, s in shares.items() if c != home and s}
    weights = {c: _weight(c, suppliers.get(c)) for c in abroad}
    terms = total(exactly(s * s) * weights[c] for c, s in abroad.items())
    without = sorted(c for c, w in weights.items() if not w.exact)
    return tell(
        name,
        method,
        used,
        value=None if without else terms.low,
        bounds=Interval(terms.low, terms.high + rest * rest),
        subject=told,
        vintage=vintage,
        coverage=sum((s for c, s in abroad.items() if weights[c].exact), _ZERO)
        + shares.get(home, _ZERO),
        note=f"no index: {', '.join(without)}" if without else "",
    )


def trade_exposure(reliance: Measure | Number) -> Measure:
    """Return net import reliance as a part of 0..1 (method "trade_exposure/1").

    ``reliance`` in percent, a number or a measure (``reliance.net_import_reliance`` or
    ``published_reliance``); a net exporter is not exposed: 0. Bounds are carried, and so is a
    refusal.
    """
    name, method = "trade_exposure", "trade_exposure/1"
    reliance = as_measure(reliance, "net_import_reliance", "%")
    if reliance.unit != "%":
        raise MeasureError(f"a reliance in {reliance.unit!r}", hint="Give it in percent")
    low = _ZERO if reliance.low is None else _cut(reliance.low)
    if reliance.high is None:
        return refuse(
            name,
            method,
            reliance.inputs,
            reliance.note or "the reliance is not known",
            subject=reliance.subject,
            vintage=reliance.vintage,
        )
    bounds = Interval(low, max(_cut(reliance.high), low))
    value = _cut(reliance.value) if reliance.value is not None else None
    if value is None and bounds.exact:
        value = bounds.low  # a net exporter, whatever its number
    return tell(
        name,
        method,
        reliance.inputs,
        value=value,
        bounds=bounds,
        subject=reliance.subject,
        vintage=reliance.vintage,
        note=reliance.note,
    )


def economic_vulnerability(
    industries: Iterable[Industry],
    gdp: Number,
    *,
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Measure:
    """Return the economic vulnerability, zero or more (method "economic_vulnerability/1").

    Refuses when an industry makes no operating profit: the ratio then tells nothing.
    """
    found, whole = tuple(industries), decimal_of(gdp)
    if whole <= 0 or not found:
        raise MeasureError(
            "economic vulnerability needs industries and a GDP above zero",
            hint="Give value added, expenditure and operating profit of each industry",
        )
    figures = (
        given("gdp", whole, unit="currency", subject=subject),
        *(
            given(measured, amount, unit="currency", form=i.name, subject=subject)
            for i in found
            for measured, amount in (
                ("value_added", i.value_added),
                ("expenditure", i.expenditure),
                ("operating_profit", i.operating_profit),
            )
        ),
    )
    name, method = "economic_vulnerability", "economic_vulnerability/1"
    idle = [i.name for i in found if i.operating_profit <= 0]
    if idle:
        why = f"no operating profit: {', '.join(sorted(idle))}"
        return refuse(name, method, figures, why, subject=subject, vintage=vintage)
    value = sum(
        (i.value_added / whole * (i.expenditure / i.operating_profit) for i in found), _ZERO
    )
    return tell(name, method, figures, value=value, subject=subject, vintage=vintage)


def combined_risk(disruption: Measure, exposure: Measure, vulnerability: Measure) -> Measure:
    """Return the cube root of the three parts' product (method "usgs_supply_risk/1")."""
    parts = (disruption, exposure, vulnerability)
    inputs = tuple(f for p in parts for f in p.inputs)
    name, method = "usgs_supply_risk", "usgs_supply_risk/1"
    vintage = ", ".join(dict.fromkeys(p.vintage for p in parts))
    open_parts = [p.name for p in parts if p.low is None or p.high is None]
    if open_parts:
        why = f"not known: {', '.join(open_parts)}"
        return refuse(name, method, inputs, why, subject=disruption.subject, vintage=vintage)
    low = high = _ONE
    value: Decimal | None = _ONE
    for p in parts:
        assert p.low is not None and p.high is not None  # noqa: PT018 - told apart above
        low, high = low * p.low, high * p.high
        value = value * p.value if value is not None and p.value is not None else None
    return tell(
        name,
        method,
        inputs,
        value=None if value is None else _root(value),
        bounds=Interval(_root(low), _root(high)),
        subject=disruption.subject,
        vintage=vintage,
    )


def _root(value: Decimal) -> Decimal:
    return value**_THIRD if value else _ZERO


def _cut(percent: Decimal) -> Decimal:
    return min(max(percent / 100, _ZERO), _ONE)


def _weight(country: str, index: SupplierIndex | None) -> Interval:
    if index is None:
        return Interval(_ZERO, _ONE)
    ends = []
    for part in (index.ability, index.willingness):
        if part is None:
            ends.append(Interval(_ZERO, _ONE))
        elif 0 <= part <= 1:
            ends.append(exactly(part))
        else:
            raise MeasureError(
                f"an index of {country} is {part}, outside 0..1", hint="More is worse, at most 1"
            )
    return ends[0] * ends[1]


def _index_figures(
    made: Iterable[Figure], suppliers: Mapping[str, SupplierIndex], subject: str
) -> Iterable[Figure]:
    for figure in made:
        index = suppliers.get(figure.country)
        if figure.country == OTHER or index is None:
            continue
        for form, value in (("ability", index.ability), ("willingness", index.willingness)):
            yield given("supplier_index", value, country=figure.country, form=form, subject=subject)


def _subject(figures: tuple[Figure, ...]) -> str:
    if not figures:
        raise MeasureError("no production to measure", hint="Give amounts by country")
    first = figures[0]
    return " ".join(
        w for w in (first.commodity, first.stage, str(first.year) if first.year else "") if w
    )
