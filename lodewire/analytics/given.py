"""Figures from plain numbers, so that every measure can be called with inputs at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from lodewire.analytics.intervals import INFINITY, Interval, Number, decimal_of, of_figure
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure, Measure

GIVEN = "given"
"""Source and vintage of a number that a caller passed in without saying where it is from."""

_STATES = {"w": "withheld", "na": "not_available", "xx": "not_available", "": "not_available"}
_BOUND = re.compile(r"([<>])\s*(.+)")


Within = tuple[Number, Number]
"""A number known within bounds: the least and the most."""

Told = Number | Within | None
"""What a caller may pass for an amount: a number, bounds, or None for what is not known."""


def given(
    measured: str,
    value: Told | Figure,
    *,
    unit: str = "1",
    country: str = "",
    partner: str = "",
    subject: str = GIVEN,
    stage: str = "",
    year: int = 0,
    vintage: str = GIVEN,
    form: str = "",
) -> Figure:
    """Return a figure that holds one passed number; a figure is returned as it is.

    Text may be written as tables print it: ">50" is a lower bound, "<25" an upper one, "W" is
    withheld, "NA" and None are not available. A pair is known within bounds: (40, 60). Raises
    MeasureError for anything else that is no number.
    """
    if isinstance(value, Figure):
        return value
    low = high = None
    if isinstance(value, tuple):
        low, high = _within(value)
        state, number = "interval", None
    else:
        state, number = _read(value)
    return Figure(
        commodity=subject,
        stage=stage,
        country=country,
        year=year,
        value=number,
        unit=unit,
        basis=GIVEN,
        source=GIVEN,
        vintage=vintage,
        state=state,
        measured=measured,
        partner=partner,
        form=form,
        low=low,
        high=high,
    )


def amounts_of(
    figures: Iterable[Figure] | Mapping[str, Told] | Iterable[Number],
) -> tuple[Figure, ...]:
    """Return figures as they are, and plain amounts as figures: by country, or numbered alone."""
    if isinstance(figures, Mapping):
        return given_figures(figures)
    if isinstance(figures, str):
        raise MeasureError(f"{figures!r} is no list of amounts", hint="Give country -> amount")
    found = tuple(figures)
    if all(isinstance(f, Figure) for f in found):
        return tuple(f for f in found if isinstance(f, Figure))
    if any(isinstance(f, Figure) for f in found):
        raise MeasureError("figures and numbers are mixed", hint="Give one or the other")
    return given_figures({f"#{n}": f for n, f in enumerate(found, 1) if not isinstance(f, Figure)})


def shares_of(
    figures: Iterable[Figure] | Mapping[str, Told], unit: str = "1"
) -> tuple[Figure, ...]:
    """Return published shares as figures; of a mapping ``unit`` says parts ("1") or percent ("%").

    Raises MeasureError for parts above one, and for percents that together make no more than one:
    the two were mixed up, or stand side by side.
    """
    if not isinstance(figures, Mapping):
        return tuple(figures)
    if unit not in ("1", "%"):
        raise MeasureError(f"shares in {unit!r}", hint='Shares are in "1" (parts) or "%"')
    found = given_figures(figures, measured="share", unit=unit)
    values = [f.value for f in found if f.value is not None]
    above = next((f for f in found if f.value is not None and f.value > 1), None)
    if unit == "1" and above is not None:
        raise MeasureError(
            f"the share of {above.country} is {above.value}, more than the whole",
            hint='Shares are parts of 0..1 here; for percent pass unit="%"',
        )
    if unit == "%" and values and sum(values) <= Decimal("1.02") and max(values) > 0:
        raise MeasureError(
            f"the shares sum to {sum(values)} %: they look like parts of one",
            hint='Leave out unit="%", or multiply by 100',
        )
    return found


def given_figures(
    values: Mapping[str, Told],
    *,
    measured: str = "production",
    unit: str = "t",
    subject: str = GIVEN,
    stage: str = GIVEN,
    year: int = 0,
    vintage: str = GIVEN,
) -> tuple[Figure, ...]:
    """Return figures by country ("CN", …, "OTHER", "WORLD") from plain numbers, for any measure."""
    return tuple(
        given(
            measured,
            value,
            unit=unit,
            country=country,
            subject=subject,
            stage=stage,
            year=year,
            vintage=vintage,
        )
        for country, value in values.items()
    )


def _within(ends: tuple[Number, ...]) -> tuple[Decimal, Decimal]:
    if len(ends) != 2:
        raise MeasureError(f"{ends} is no pair of bounds", hint="Write (least, most)")
    low, high = decimal_of(ends[0]), decimal_of(ends[1])
    if low > high:
        raise MeasureError(f"bounds from {low} to {high} run backwards", hint="(least, most)")
    return low, high


def _read(value: Number | None) -> tuple[str, Decimal | None]:
    if value is None:
        return "not_available", None
    if isinstance(value, str):
        text = value.strip()
        if text.casefold() in _STATES:
            return _STATES[text.casefold()], None
        bound = _BOUND.fullmatch(text)
        if bound is not None:
            return ("less_than" if bound[1] == "<" else "more_than"), decimal_of(bound[2])
    return "reported", decimal_of(value)


def missing_in(figures: Iterable[Figure]) -> str:
    """Return what is withheld or not available among figures, in words; empty when nothing is."""
    told = []
    for figure in figures:
        if figure.value is None and figure.state != "interval":
            words = figure.measured.replace("_", " ")
            where = f" of {figure.country}" if figure.country else ""
            told.append(f"{words}{where} is {figure.state.replace('_', ' ')}")
    return ", ".join(dict.fromkeys(told))


def amount_of(figure: Figure) -> Decimal | None:
    """Return the one value that a figure reports; None for a bound, a range or nothing."""
    return figure.value if figure.state == "reported" else None


def bounds_of(figure: Figure) -> Interval:
    """Return what the figure leaves open (see ``intervals.of_figure``)."""
    return of_figure(figure)


def tell(
    name: str,
    method: str,
    inputs: Iterable[Figure],
    *,
    value: Decimal | None,
    bounds: Interval | None = None,
    unit: str = "1",
    subject: str = GIVEN,
    vintage: str | None = None,
    coverage: Decimal | None = None,
    note: str = "",
) -> Measure:
    """Return a measure; ``bounds`` default to the value itself, an infinite end is told as None."""
    figures = tuple(inputs)
    ends = bounds if bounds is not None else (None if value is None else Interval(value, value))
    return Measure(
        name=name,
        subject=subject,
        value=None if value is None else rounded(value),
        low=None if ends is None or ends.low == -INFINITY else rounded(ends.low),
        high=None if ends is None or ends.high == INFINITY else rounded(ends.high),
        unit=unit,
        method=method,
        vintage=vintage if vintage is not None else vintages_of(figures),
        inputs=figures,
        coverage=None if coverage is None else rounded(coverage),
        note=note,
    )


def as_measure(number: Measure | Number, name: str, unit: str) -> Measure:
    """Return a measure as it is, and a plain number as one in ``unit`` (method "given/1")."""
    if isinstance(number, Measure):
        return number
    value = decimal_of(number)
    shown = given(name, value, unit=unit)
    if unit == "1" and not 0 <= value <= 1:
        raise MeasureError(f"{name} of {value} lies outside 0..1", hint="Is it given in percent?")
    return tell(name, "given/1", (shown,), value=value, unit=unit)


def refuse(
    name: str,
    method: str,
    inputs: Iterable[Figure],
    why: str,
    *,
    unit: str = "1",
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Measure:
    """Return a measure without value and bounds, whose note says why."""
    return tell(
        name, method, inputs, value=None, unit=unit, subject=subject, vintage=vintage, note=why
    )


def vintages_of(figures: Iterable[Figure]) -> str:
    """Return the vintages of figures, each once, in their order; "given" where there are none."""
    found = dict.fromkeys(f.vintage for f in figures if f.vintage)
    if len(found) > 1:
        found.pop(GIVEN, None)
    return ", ".join(found) or GIVEN


def rounded(value: Decimal) -> Decimal:
    """Return the value as measures tell it: to six places, and never to fewer than six digits."""
    if not value:
        return Decimal(0)
    places = min(-6, value.adjusted() - 5)
    return value.quantize(Decimal(1).scaleb(places), rounding=ROUND_HALF_EVEN)


def part(value: Number | None, what: str, *, most: int = 1) -> Decimal | None:
    """Return a part of 0..``most``; raises MeasureError outside, None stays None."""
    if value is None:
        return None
    number = decimal_of(value)
    if not 0 <= number <= most:
        wrong = "percent" if most == 1 else "parts"
        raise MeasureError(
            f"{what} of {number} lies outside 0..{most}", hint=f"Is it given in {wrong}?"
        )
    return number
