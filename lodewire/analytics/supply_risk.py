"""The European Commission's supply risk and economic importance, method of 2017.

    SR = [HHI_GS * IR/2 + HHI_EU * (1 - IR/2)] * (1 - EoL_RIR) * SI_SR
    EI = sum over sectors s (A_s * Q_s) * SI_EI

HHI_GS and HHI_EU are the concentrations of global supply and of EU sourcing, weighted by
governance and trade (``governance.weighted_hhi`` on the EU's scale 0..10). Where only one of the
two is fit for use, SR takes it alone ("GS only", "EUS only"). A_s is the part of the material's use
in a sector, Q_s the value added of the sector, brought to 0..10 by the largest sector of
manufacturing.

Sources: European Commission, Methodology for establishing the EU list of critical raw materials
(2017), and Study on the review of the list of critical raw materials (2017), tables 3 and 18;
Regulation (EU) 2024/1252, annex II section 2, has the same formulas. The studies of 2020 and 2023
keep them, stage by stage, and take the stage with the greater risk (``bottleneck_risk``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from lodewire.analytics.given import GIVEN, bounds_of, given, missing_in, refuse, tell
from lodewire.analytics.intervals import INFINITY, Interval, Number, decimal_of, exactly, printed
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure, Measure

CRITICAL_SR = Decimal("1.0")
CRITICAL_EI = Decimal("2.8")
"""Thresholds of the list of 2017: critical from SR 1.0 and EI 2.8 (study, section 4)."""

_HUNDRED = Decimal(100)


class Supply(StrEnum):
    """Which concentrations a supply risk is made of, as the study's tables name them."""

    BOTH = "GS + EUS"
    GLOBAL = "GS only"
    EU = "EUS only"


def supply_risk(
    *,
    global_hhi: Number | Figure | None = None,
    eu_hhi: Number | Figure | None = None,
    import_reliance: Number | Figure | None = None,
    recycling_rate: Number | Figure | None,
    substitution_index: Number | Figure | None,
    supply: Supply = Supply.BOTH,
    rounded_inputs: bool = True,
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Measure:
    """Return the EU's supply risk, from 0 up (method "eu_supply_risk_2017/1").

    ``global_hhi``, ``eu_hhi``: weighted concentrations on the EU's scale 0..10. ``import_reliance``
    and ``recycling_rate`` (end-of-life recycling input rate) in percent, ``substitution_index``
    0..1. With ``rounded_inputs`` the bounds tell what inputs that print as these can give. Inputs
    that the variant does not use may be left out; one that it uses and that is missing makes it
    refuse. Raises MeasureError for an input outside its range.
    """
    supply = Supply(supply)
    _check_percent(import_reliance=import_reliance, recycling_rate=recycling_rate)
    gs = given("hhi_governance", global_hhi, form="GS", subject=subject)
    eus = given("hhi_governance", eu_hhi, form="EU", subject=subject)
    reliance = given("import_reliance", import_reliance, unit="%", subject=subject)
    recycled = given("recycling_input_rate", recycling_rate, unit="%", subject=subject)
    index = given("substitution_index", substitution_index, subject=subject)
    used = {
        Supply.BOTH: (gs, eus, reliance, recycled, index),
        Supply.GLOBAL: (gs, recycled, index),
        Supply.EU: (eus, recycled, index),
    }[supply]
    name, method = "eu_supply_risk", "eu_supply_risk_2017/1"
    missing = missing_in(used)
    if missing:
        return refuse(name, method, used, missing, subject=subject, vintage=vintage)
    _check_ranges(used)
    concentration = _mix(supply, gs, eus, reliance, rounded_inputs)
    left = exactly(1) - _ends(recycled, rounded_inputs, 0, 100) / exactly(100)
    bounds = concentration * left * _ends(index, rounded_inputs, 0, 1)
    value = None
    if all(f.state == "reported" for f in used):
        middle = _mix(supply, gs, eus, reliance, rounded_inputs=False).low
        value = middle * (1 - _value(recycled) / _HUNDRED) * _value(index)
    return tell(
        name,
        method,
        used,
        value=value,
        bounds=bounds,
        subject=subject,
        vintage=vintage,
        note=supply.value,
    )


def bottleneck_risk(stages: Mapping[str, Measure]) -> Measure:
    """Return the supply risk of a material from that of its stages: the greatest of them.

    Method "eu_supply_risk_bottleneck/1", the rule of the studies of 2020 and 2023, which keep the
    equation of 2017 at each stage (extraction, processing). ``stages``: stage -> ``supply_risk``.
    Where a stage is only bounded, so is the result; one that is refused leaves no upper bound.
    Raises MeasureError for no stage.
    """
    if not stages:
        raise MeasureError("no stages to compare", hint="Give the supply risk of each stage")
    name, method = "eu_supply_risk", "eu_supply_risk_bottleneck/1"
    inputs = tuple(f for m in stages.values() for f in m.inputs)
    known = {s: m for s, m in stages.items() if m.low is not None}
    unknown = sorted(set(stages) - set(known))
    if not known:
        why = f"no stage has a risk: {', '.join(unknown)}"
        return refuse(name, method, inputs, why)
    low = max(m.low for m in known.values() if m.low is not None)
    highs = [m.high for m in known.values()]
    high = None if unknown or None in highs else max(h for h in highs if h is not None)
    values = {s: m.value for s, m in known.items() if m.value is not None}
    settled = not unknown and len(values) == len(stages)
    at = max(sorted(values), key=lambda s: values[s]) if settled else ""
    return tell(
        name,
        method,
        inputs,
        value=values[at] if settled else None,
        bounds=Interval(low, INFINITY if high is None else high),
        note=f"at {at}" if settled else f"not known at {', '.join(unknown)}" if unknown else "",
    )


def is_critical(risk: Number, importance: Number) -> bool:
    """Tell whether a material is critical by the EU's thresholds: SR from 1.0 and EI from 2.8."""
    return decimal_of(risk) >= CRITICAL_SR and decimal_of(importance) >= CRITICAL_EI


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorUse:
    """A part of a material's use (0..1) and the value added of the NACE sector that uses it."""

    sector: str
    share: Decimal
    value_added: Decimal


def economic_importance(
    uses: Iterable[SectorUse],
    *,
    largest_value_added: Number,
    substitution_index: Number | None,
    subject: str = GIVEN,
    vintage: str = GIVEN,
) -> Measure:
    """Return the EU's economic importance, 0..10 (method "eu_economic_importance_2017/1").

    ``largest_value_added``: of the largest sector of manufacturing, in the unit of the uses, which
    brings the sum to 0..10. ``substitution_index`` is SI_EI, 0..1; without it the measure refuses.
    ``coverage`` is the part of use that the shares name; shares are not renormalised.
    """
    found = tuple(uses)
    most = decimal_of(largest_value_added)
    if most <= 0 or not found:
        raise MeasureError(
            "economic importance needs uses and the value added of the largest sector",
            hint="Give uses with share and value added, and a largest value added above zero",
        )
    for use in found:
        if not 0 <= use.share <= 1 or use.value_added < 0:
            raise MeasureError(
                f"{use.sector}: share {use.share}, value added {use.value_added}",
                hint="Shares are parts of 0..1, value added is zero or more",
            )
    inputs = (
        *(given("use_share", u.share, form=u.sector, subject=subject) for u in found),
        *(given("value_added", u.value_added, form=u.sector, subject=subject) for u in found),
        given("substitution_index", substitution_index, form="EI", subject=subject),
    )
    name, method = "eu_economic_importance", "eu_economic_importance_2017/1"
    covered = sum((u.share for u in found), Decimal(0))
    if covered > Decimal("1.02"):
        why = f"the shares of use sum to {covered}, more than the whole"
        return refuse(name, method, inputs, why, subject=subject, vintage=vintage)
    if substitution_index is None:
        why = "the substitution index SI_EI is not given"
        return refuse(name, method, inputs, why, subject=subject, vintage=vintage)
    weighted = sum((u.share * u.value_added for u in found), Decimal(0))
    value = 10 * weighted / most * decimal_of(substitution_index)
    rest = max(1 - covered, Decimal(0)) * 10 * decimal_of(substitution_index)
    return tell(
        name,
        method,
        inputs,
        value=value,
        bounds=Interval(value, value + rest),
        subject=subject,
        vintage=vintage,
        coverage=min(covered, Decimal(1)),
    )


def _mix(
    supply: Supply, gs: Figure, eus: Figure, reliance: Figure, rounded_inputs: bool
) -> Interval:
    if supply is Supply.GLOBAL:
        return _ends(gs, rounded_inputs, 0, 10)
    if supply is Supply.EU:
        return _ends(eus, rounded_inputs, 0, 10)
    world, own = _ends(gs, rounded_inputs, 0, 10), _ends(eus, rounded_inputs, 0, 10)
    half = _ends(reliance, rounded_inputs, 0, 100) / exactly(200)
    # Linear in IR for fixed concentrations: the extremes lie at its ends, weights summing to one.
    at_ends = [
        Interval(
            world.low * share + own.low * (1 - share),
            world.high * share + own.high * (1 - share),
        )
        for share in (half.low, half.high)
    ]
    return Interval(min(i.low for i in at_ends), max(i.high for i in at_ends))


def _ends(figure: Figure, rounded_inputs: bool, least: int, most: int) -> Interval:
    if figure.state == "reported" and figure.value is not None and rounded_inputs:
        return printed(figure.value).clipped(least, most)
    return bounds_of(figure).clipped(least, most)


def _value(figure: Figure) -> Decimal:
    assert figure.value is not None  # only reported figures are asked
    return figure.value


def _check_percent(**told: Number | Figure | None) -> None:
    """A reliance of 0.44 is 44 % written as a part: nobody prints hundredths of a percent."""
    for name, value in told.items():
        if value is None or isinstance(value, Figure):
            continue
        text = str(value).strip()
        if text[:1] not in "<>" and text.casefold() not in ("w", "na", "xx", ""):
            number = decimal_of(value)
            if 0 < number < 1:
                raise MeasureError(
                    f"{name} of {number} looks like a part of one",
                    hint=f"Reliance and recycling are in percent: {number * 100:.4g}",
                )


def _check_ranges(figures: Iterable[Figure]) -> None:
    highest = {"hhi_governance": 10, "import_reliance": 100, "recycling_input_rate": 100}
    for figure in figures:
        most = highest.get(figure.measured, 1)
        if figure.value is not None and not 0 <= figure.value <= most:
            raise MeasureError(
                f"{figure.measured} of {figure.value} lies outside 0..{most}",
                hint="Reliance and recycling are in percent, the substitution index in parts",
            )
