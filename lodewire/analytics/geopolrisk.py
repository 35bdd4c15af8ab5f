"""GeoPolRisk: geopolitical supply risk of a material for one importing economy, and its factor.

    score_Ac = HHI_A * sum over i (g_i * f_Aic) / (p_Ac + F_Ac)
    midpoint_Ac = score_Ac * price_A
    GSP_Ac = midpoint_Ac / midpoint_copper,c    (kg Cu-eq. per kg)

HHI_A is the concentration of world production (0..1), g_i the governance risk of the partner i
(0..1, 1 the worst), f_Aic the imports from it, F_Ac all imports, p_Ac domestic production.

Sources of the equations: E. D. Gemechu et al., J. Ind. Ecol. 20 (2015), 154-165, and E. D. Gemechu,
G. Sonnemann, S. B. Young, Int. J. Life Cycle Assess. (2016), doi 10.1007/s11367-015-0917-4 (import
shares weighted by instability); C. Helbig et al., J. Clean. Prod. 137 (2016), 1170-1178 (domestic
production); J. Santillan-Saldivar et al., Int. J. Life Cycle Assess. 27 (2022) (price, and the
factor against copper of the same economy and year). Restated as equations 1 to 3 by
A. Koyamparambath et al., Resour. Conserv. Recycl. 209 (2024), 107801.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from lodewire.analytics.given import GIVEN, bounds_of, given, missing_in, refuse, tell
from lodewire.analytics.intervals import Interval, Number, decimal_of, exactly
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure

_ZERO = Decimal(0)
_ONE = Decimal(1)


def score(
    hhi: Number | Measure,
    imports: Mapping[str, Number | None] | Iterable[Figure],
    governance: Mapping[str, Number | None],
    production: Number | Figure | None,
    *,
    unit: str = "t",
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Measure:
    """Return the GeoPolRisk score, 0..1 (method "geopolrisk/1").

    ``imports``: partner -> quantity (or figures with ``partner``), in one unit with ``production``
    at home; their sum is F. ``governance``: partner -> risk 0..1 (``normalise_wgi``), None where no
    estimate exists; such a partner bounds the score and leaves no value, since zero would be the
    best governance of all. ``hhi`` is the world's, of the same material and stage, 0..1, or a
    measure whose bounds are carried. An amount that is only known within bounds bounds the score,
    by the ends that make it least and most. Refuses when production or an import is missing.
    """
    flows = _flows(imports, unit, subject)
    at_home = given("production", production, unit=unit, subject=subject)
    used = (*_inputs(hhi), *flows, at_home, *_governance_figures(flows, governance, subject))
    name, method = "geopolrisk_score", "geopolrisk/1"
    index = _index(hhi)
    if index is None:
        why = "the concentration of world production is not known"
        return refuse(name, method, used, why, subject=subject, vintage=vintage)
    amounts = [(f.partner, bounds_of(f)) for f in flows]
    made = bounds_of(at_home)
    missing = missing_in((*flows, at_home))
    if missing or not all(i.high.is_finite() for i in (made, *(a for _, a in amounts))):
        why = missing or "an amount has no upper bound"
        return refuse(name, method, used, why, subject=subject, vintage=vintage)
    whole = sum((a.high for _, a in amounts), made.high)
    if whole <= 0:
        why = "nothing is imported and nothing made at home"
        return refuse(name, method, used, why, subject=subject, vintage=vintage)
    risks = [(_open_risk(p, governance.get(p)), a) for p, a in amounts]
    without = sorted(p for p, a in amounts if governance.get(p) is None and a.high)
    least = _extreme([(g.low, a) for g, a in risks], made, lowest=True)
    most = _extreme([(g.high, a) for g, a in risks], made, lowest=False)
    exact = made.exact and all(a.exact for _, a in amounts)
    known = exact and not without and index[0] is not None
    unweighed = sum((a.high for g, a in risks if not g.exact), _ZERO)
    return tell(
        name,
        method,
        used,
        value=index[0] * least if known and index[0] is not None else None,
        bounds=Interval(index[1].low * least, index[1].high * most),
        subject=subject,
        vintage=vintage,
        coverage=_ONE - unweighed / whole,
        note=_why_open(without, exact),
    )


def _open_risk(partner: str, governance: Number | None) -> Interval:
    if governance is None:
        return Interval(_ZERO, _ONE)
    return exactly(_risk(partner, governance))


def _extreme(risks: list[tuple[Decimal, Interval]], made: Interval, *, lowest: bool) -> Decimal:
    """Return the least or greatest of sum(g f) / (sum(f) + p) over all amounts within bounds.

    Adding an amount moves the mean towards its own risk: for the least, amounts are taken in full
    from the lowest risk up as long as that lowers it (output at home has none), and reversed.
    """
    above = sum((g * a.low for g, a in risks), _ZERO)
    below = sum((a.low for _, a in risks), made.high if lowest else made.low)
    for risk, amount in sorted(risks, key=lambda r: r[0], reverse=not lowest):
        mean = above / below if below else None
        if mean is not None and (risk >= mean if lowest else risk <= mean):
            break
        above += risk * (amount.high - amount.low)
        below += amount.high - amount.low
    return above / below if below else _ZERO


def _why_open(without: list[str], exact: bool) -> str:
    named = ["partners not listed" if p == OTHER else p for p in without]
    told = [f"no governance estimate: {', '.join(named)}"] if named else []
    return "; ".join([*told, *([] if exact else ["amounts are only known within bounds"])])


def score_of_totals(
    hhi: Number,
    weighted_imports: Number,
    imports: Number,
    production: Number,
    *,
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Measure:
    """Return the score from sums: HHI * weighted imports / (imports + production).

    ``weighted_imports`` is the sum of governance risk times quantity, at most ``imports``; all
    three quantities in one unit. Method "geopolrisk/1". Raises MeasureError where they cannot be.
    """
    figures = (
        given("hhi", hhi, subject=subject),
        given("imports", weighted_imports, form="weighted by governance", subject=subject),
        given("imports", imports, subject=subject),
        given("production", production, subject=subject),
    )
    index, weighted, came, made = (f.value or _ZERO for f in figures)
    if not 0 <= index <= 1 or not 0 <= weighted <= came or made < 0:
        raise MeasureError(
            f"concentration {index}, weighted imports {weighted} of {came}, production {made}",
            hint="The index lies in 0..1, and weighted imports cannot exceed imports",
        )
    name, method = "geopolrisk_score", "geopolrisk/1"
    if came + made <= 0:
        why = "nothing is imported and nothing made at home"
        return refuse(name, method, figures, why, subject=subject, vintage=vintage)
    return tell(
        name,
        method,
        figures,
        value=index * weighted / (came + made),
        subject=subject,
        vintage=vintage,
    )


def midpoint(
    geopolrisk: Measure | Number,
    price: Number | None,
    *,
    unit: str = "USD/kg",
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Measure:
    """Return score times the year's average import price (method "geopolrisk_midpoint/1")."""
    return _times(
        "geopolrisk_midpoint", "geopolrisk_midpoint/1", geopolrisk, price, unit, subject, vintage
    )


def characterisation(
    of_material: Measure | Number,
    of_copper: Measure | Number,
    *,
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Measure:
    """Return the geopolitical supply risk potential in kg Cu-eq. per kg (method below).

    Method "geopolrisk_gsp/1": the midpoint of the material over that of copper, both for the same
    economy and year and in the same unit of price; a constant for copper would mix years.
    """
    above, below = _ends(of_material), _ends(of_copper)
    name, method = "geopolrisk_gsp", "geopolrisk_gsp/1"
    figures = (*_inputs(of_material), *_inputs(of_copper))
    units = {m.unit for m in (of_material, of_copper) if isinstance(m, Measure)}
    if len(units) > 1:
        raise MeasureError(
            f"midpoints in different units: {', '.join(sorted(units))}",
            hint="Bring both prices to one unit",
        )
    if above is None or below is None or below[1].low <= 0:
        why = "the midpoint of the material or of copper is not known, or copper's may be zero"
        return refuse(name, method, figures, why, subject=subject, vintage=vintage)
    value = above[0] / below[0] if above[0] is not None and below[0] is not None else None
    return tell(
        name,
        method,
        figures,
        value=value,
        bounds=above[1] / below[1],
        unit="kg Cu-eq/kg",
        subject=subject,
        vintage=vintage,
    )


def _times(
    name: str,
    method: str,
    geopolrisk: Measure | Number,
    price: Number | None,
    unit: str,
    subject: str,
    vintage: str | None,
) -> Measure:
    ends = _ends(geopolrisk)
    figures = (*_inputs(geopolrisk), given("price", price, unit=unit, subject=subject))
    if ends is None or price is None:
        why = "the score is not known" if ends is None else "the price is not known"
        return refuse(name, method, figures, why, unit=unit, subject=subject, vintage=vintage)
    factor = decimal_of(price)
    if factor < 0:
        raise MeasureError(f"a price of {factor}", hint="Prices are zero or more")
    return tell(
        name,
        method,
        figures,
        value=None if ends[0] is None else ends[0] * factor,
        bounds=Interval(ends[1].low * factor, ends[1].high * factor),
        unit=unit,
        subject=subject,
        vintage=vintage,
    )


def _ends(number: Measure | Number) -> tuple[Decimal | None, Interval] | None:
    if not isinstance(number, Measure):
        value = decimal_of(number)
        return value, Interval(value, value)
    if number.low is None or number.high is None:
        return None
    return number.value, Interval(number.low, number.high)


def _index(hhi: Number | Measure) -> tuple[Decimal | None, Interval] | None:
    ends = _ends(hhi)
    if ends is not None and not (ends[1].low >= 0 and ends[1].high <= 1):
        raise MeasureError(
            f"a concentration of {ends[1].high} lies outside 0..1", hint="Divide points by 10,000"
        )
    return ends


def _inputs(number: Measure | Number) -> tuple[Figure, ...]:
    """What a number rests on: a measure's own figures, or the number itself as one."""
    return number.inputs if isinstance(number, Measure) else (given("given", number),)


def _flows(
    imports: Mapping[str, Number | None] | Iterable[Figure], unit: str, subject: str
) -> tuple[Figure, ...]:
    if isinstance(imports, Mapping):
        return tuple(
            given("imports", amount, unit=unit, partner=partner, subject=subject)
            for partner, amount in imports.items()
        )
    found = tuple(f for f in imports if f.partner != WORLD)
    units = {f.unit for f in found} | {unit}
    if len(units) > 1:
        raise MeasureError(
            f"imports in {', '.join(sorted(units))}", hint="Bring them to one unit first"
        )
    return found


def _risk(partner: str, governance: Number) -> Decimal:
    risk = decimal_of(governance)
    if not 0 <= risk <= 1:
        raise MeasureError(
            f"governance risk of {partner} is {risk}, outside 0..1",
            hint="Normalise the estimate first: normalise_wgi",
        )
    return risk


def _governance_figures(
    flows: Iterable[Figure], governance: Mapping[str, Number | None], subject: str
) -> Iterable[Figure]:
    for flow in flows:
        if flow.partner != OTHER:
            yield given(
                "governance", governance.get(flow.partner), country=flow.partner, subject=subject
            )
