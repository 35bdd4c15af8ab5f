"""Apparent consumption and net import reliance, as the USGS computes and prints them.

Source: USGS Mineral Commodity Summaries, appendix B (definitions): apparent consumption is
production + imports - exports +/- adjustments for government and industry stocks; net import
reliance is imports - exports +/- the same adjustments, in percent of apparent consumption. A stock
draw counts as supply (above zero), a build takes from it. "Production" is what the chapter counts:
primary, or primary and secondary (from old scrap); the two give different reliances, and both are
told where both exist.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from lodewire.analytics.given import GIVEN, bounds_of, given, missing_in, refuse, tell
from lodewire.analytics.intervals import Interval, Number, exactly, of_figure, total
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure, Measure

Amount = Number | Figure | None
Amounts = Amount | Iterable[Amount]
"""One amount or several that are added up; None stands for one that is not known."""

NET_EXPORTER = "net exporter (E)"
_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


def apparent_consumption(
    production: Amounts,
    imports: Amounts,
    exports: Amounts,
    stock_draw: Amounts = 0,
    *,
    unit: str = "t",
    subject: str = GIVEN,
    vintage: str | None = None,
    digits: int | None = None,
) -> Measure:
    """Return production + imports - exports + stock draw (method "apparent_consumption/1").

    Every amount is in ``unit``; each may be one or several (ore and metal; primary and secondary).
    ``digits``: the inputs are rounded to so many significant digits, and the bounds carry it.
    Amounts given as bounds leave the value open and bound it; one that is withheld or not available
    makes it refuse, since nothing may be taken for zero.
    """
    flows = _Flows(production, imports, exports, stock_draw, unit, subject, digits)
    name, method = "apparent_consumption", "apparent_consumption/1"
    missing = missing_in(flows.inputs)
    if missing:
        return refuse(
            name, method, flows.inputs, missing, unit=unit, subject=subject, vintage=vintage
        )
    supply = flows.made + flows.net
    note = "" if supply.low >= 0 else "below zero: more leaves than there is"
    return tell(
        name,
        method,
        flows.inputs,
        value=flows.value(),
        bounds=supply,
        unit=unit,
        subject=subject,
        vintage=vintage,
        note=note,
    )


def net_import_reliance(
    production: Amounts,
    imports: Amounts,
    exports: Amounts,
    stock_draw: Amounts = 0,
    *,
    unit: str = "t",
    subject: str = GIVEN,
    vintage: str | None = None,
    digits: int | None = None,
) -> Measure:
    """Return (imports - exports + stock draw) in percent of apparent consumption.

    Method "net_import_reliance/1", unit "%". Below zero the country is a net exporter, which the
    USGS prints as "E"; the note says so and the number stays. Bounds are exact: each end takes the
    production that makes it so. Refuses as ``apparent_consumption`` does, and where
    apparent consumption is not above zero.
    """
    flows = _Flows(production, imports, exports, stock_draw, unit, subject, digits)
    name, method = "net_import_reliance", "net_import_reliance/1"
    missing = missing_in(flows.inputs)
    if not missing and flows.made.low + flows.net.low <= 0:
        missing = "apparent consumption is not above zero for sure"
    if missing:
        return refuse(
            name, method, flows.inputs, missing, unit="%", subject=subject, vintage=vintage
        )
    net, made = flows.net, flows.made
    # What is made at home lowers a reliance above zero, and brings one below zero nearer to it.
    low = _ratio(net.low, made.high if net.low >= 0 else made.low)
    high = _ratio(net.high, made.low if net.high >= 0 else made.high)
    whole = flows.value()
    value = None if whole is None else _HUNDRED * flows.net_value() / whole
    return tell(
        name,
        method,
        flows.inputs,
        value=value,
        bounds=Interval(_HUNDRED * low, _HUNDRED * high),
        unit="%",
        subject=subject,
        vintage=vintage,
        note=NET_EXPORTER if high < 0 else "",
    )


def reliance_from_consumption(
    consumption: Amount,
    production: Amounts,
    *,
    unit: str = "t",
    subject: str = GIVEN,
    vintage: str | None = None,
    digits: int | None = None,
) -> Measure:
    """Return the reliance where consumption and production are published: 1 - production / AC.

    Method "net_import_reliance_ac/1", unit "%"; the same quantity as ``net_import_reliance``, since
    what is consumed and not made came from abroad or from stocks.
    """
    used = given("apparent_consumption", consumption, unit=unit, subject=subject)
    made = _listed("production", production, unit, subject)
    inputs = (used, *made)
    name, method = "net_import_reliance", "net_import_reliance_ac/1"
    whole = of_figure(used, digits=digits)
    missing = missing_in(inputs)
    if not missing and whole.low <= 0:
        missing = "apparent consumption is not above zero for sure"
    if missing:
        return refuse(name, method, inputs, missing, unit="%", subject=subject, vintage=vintage)
    at_home = total(of_figure(f, digits=digits) for f in made)
    bounds = (exactly(1) - at_home / whole) * exactly(100)
    value = None
    if all(f.state == "reported" for f in inputs):
        value = _HUNDRED * (1 - _sum(made) / (used.value or _ZERO))
    return tell(
        name,
        method,
        inputs,
        value=value,
        bounds=bounds,
        unit="%",
        subject=subject,
        vintage=vintage,
        note=NET_EXPORTER if bounds.high < 0 else "",
    )


def reliance_variants(
    consumption: Amount,
    *,
    primary: Amounts,
    secondary: Amounts,
    unit: str = "t",
    subject: str = GIVEN,
    vintage: str | None = None,
    digits: int | None = None,
) -> tuple[Measure, ...]:
    """Return the reliance by what counts as made at home: both, secondary alone, primary alone.

    Chapters differ: mine output that leaves as concentrate makes no metal at home, and is left out
    for cobalt. The names are "net_import_reliance_total", "…_secondary" and "…_primary";
    each refuses where its own production is not known.
    """
    first = _listed("production", primary, unit, subject)
    second = _listed("production", secondary, unit, subject)
    told = (("total", (*first, *second)), ("secondary", second), ("primary", first))
    found = []
    for name, made in told:
        measure = reliance_from_consumption(
            consumption, made, unit=unit, subject=subject, vintage=vintage, digits=digits
        )
        found.append(replace(measure, name=f"net_import_reliance_{name}"))
    return tuple(found)


def with_secondary(
    primary_consumption: Amount,
    secondary: Amounts,
    *,
    unit: str = "t",
    subject: str = GIVEN,
    vintage: str | None = None,
    digits: int | None = None,
) -> Measure:
    """Return total consumption: apparent primary and reported secondary (nickel in the MCS).

    Method "apparent_consumption_total/1".
    """
    parts = (
        given("apparent_consumption", primary_consumption, unit=unit, subject=subject),
        *_listed("secondary_consumption", secondary, unit, subject),
    )
    name, method = "apparent_consumption_total", "apparent_consumption_total/1"
    missing = missing_in(parts)
    if missing:
        return refuse(name, method, parts, missing, unit=unit, subject=subject, vintage=vintage)
    known = all(f.state == "reported" for f in parts)
    return tell(
        name,
        method,
        parts,
        value=_sum(parts) if known else None,
        bounds=total(of_figure(f, digits=digits) for f in parts),
        unit=unit,
        subject=subject,
        vintage=vintage,
    )


def published_reliance(figure: Figure | str, *, subject: str = GIVEN) -> Measure:
    """Return a reliance as its source prints it, sentinels kept as states (method "published/1").

    ">50" is a lower bound (and at most 100), "<25" an upper one, "E" a net exporter: no value, at
    most zero. Withheld or not available refuses. A figure or the printed cell may be passed.
    """
    name, method = "net_import_reliance", "published/1"
    if isinstance(figure, str) and figure.strip() == "E":
        shown = given("net_import_reliance", None, unit="%", subject=subject, form="E")
        return _net_exporter(shown, subject)
    shown = given("net_import_reliance", figure, unit="%", subject=subject)
    if shown.unit != "%":
        raise MeasureError(f"a reliance in {shown.unit!r}", hint="It is printed in percent")
    if _is_net_exporter(shown):
        return _net_exporter(shown, subject)
    missing = missing_in((shown,))
    if missing:
        return refuse(name, method, (shown,), missing, unit="%", subject=subject)
    ends = bounds_of(shown)
    reported = shown.value if shown.state == "reported" else None
    if reported is None:
        # As a part of what is consumed, reliance ends at 100 %.
        ends = ends.clipped(_ZERO, _HUNDRED)
    elif reported < 0:
        return tell(
            name, method, (shown,), value=reported, unit="%", subject=subject, note=NET_EXPORTER
        )
    return tell(name, method, (shown,), value=reported, bounds=ends, unit="%", subject=subject)


def _is_net_exporter(figure: Figure) -> bool:
    """An upper bound of zero, or an interval up to zero, is how tables keep the sentinel E."""
    if figure.state == "less_than":
        return figure.value is not None and figure.value <= 0
    return figure.state == "interval" and figure.high is not None and figure.high <= 0


def _net_exporter(figure: Figure, subject: str) -> Measure:
    return tell(
        "net_import_reliance",
        "published/1",
        (figure,),
        value=None,
        bounds=Interval(Decimal("-Infinity"), _ZERO),
        unit="%",
        subject=subject,
        note=NET_EXPORTER,
    )


class _Flows:
    """Amounts sorted out: what is made at home, and what comes in net of what leaves."""

    def __init__(
        self,
        production: Amounts,
        imports: Amounts,
        exports: Amounts,
        stock_draw: Amounts,
        unit: str,
        subject: str,
        digits: int | None,
    ) -> None:
        self._made = _listed("production", production, unit, subject)
        self._in = _listed("imports", imports, unit, subject)
        self._out = _listed("exports", exports, unit, subject)
        self._stock = _listed("stock_draw", stock_draw, unit, subject)
        self.inputs = (*self._made, *self._in, *self._out, *self._stock)
        _check_units(self.inputs)
        self.made = total(of_figure(f, digits=digits) for f in self._made)
        came, left = (
            total(of_figure(f, digits=digits) for f in flow) for flow in (self._in, self._out)
        )
        stock = total(of_figure(f, digits=digits) for f in self._stock)
        known = all(i.low.is_finite() and i.high.is_finite() for i in (came, left, stock))
        self.net = came - left + stock if known else _open_net(came, left, stock)

    def net_value(self) -> Decimal:
        return _sum(self._in) - _sum(self._out) + _sum(self._stock)

    def value(self) -> Decimal | None:
        if not all(f.state == "reported" for f in self.inputs):
            return None
        return _sum(self._made) + self.net_value()


def _open_net(came: Interval, left: Interval, stock: Interval) -> Interval:
    # An amount without an upper end leaves one end of the net open.
    low = came.low - left.high + stock.low
    return Interval(low, came.high - left.low + stock.high)


def _ratio(net: Decimal, made: Decimal) -> Decimal:
    if net.is_infinite():
        return Decimal(1)
    if made.is_infinite():
        return _ZERO
    whole = made + net
    return net / whole if whole > 0 else Decimal(1)


def _listed(measured: str, amounts: Amounts, unit: str, subject: str) -> tuple[Figure, ...]:
    several = (
        amounts if isinstance(amounts, Iterable) and not isinstance(amounts, str) else (amounts,)
    )
    return tuple(given(measured, a, unit=unit, subject=subject) for a in several)


def _sum(figures: Iterable[Figure]) -> Decimal:
    return sum((f.value for f in figures if f.value is not None), _ZERO)


def _check_units(inputs: Iterable[Figure]) -> None:
    figures = tuple(inputs)
    published = [f for f in figures if f.source != GIVEN]
    for field in ("commodity", "country", "year", "vintage"):
        values = {getattr(f, field) for f in published}
        if len(values) > 1:
            shown = ", ".join(sorted(map(str, values)))
            raise MeasureError(
                f"flows of different {field} make no balance: {shown}",
                hint="Take one country, year and edition; forms of one commodity may be added",
            )
    units = {f.unit for f in figures}
    if len(units) > 1:
        raise MeasureError(
            f"amounts in {', '.join(sorted(units))} cannot be added",
            hint="Bring them to one unit first",
        )
    for figure in figures:
        if figure.value is not None and figure.value < 0 and figure.measured != "stock_draw":
            raise MeasureError(
                f"{figure.measured} of {figure.value} is below zero",
                hint="Only a stock draw may be: a build takes from supply",
            )
