"""Numbers as a picture prints them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_UNITS = {
    "USD/t": "US$ a tonne",
    "USD/kg": "US$ a kilogram",
    "USD/lb": "US$ a pound",
    "USc/lb": "US cents a pound",
    "USD/bbl": "US$ a barrel",
    "USD/ozt": "US$ a troy ounce",
    "USD/oz": "US$ an ounce",
    "USD/MMBtu": "US$ per million Btu",
    "EUR/t": "€ a tonne",
    "GBP/t": "£ a tonne",
    "kt": "thousand tonnes",
    "Mt": "million tonnes",
    "t": "tonnes",
    "kg": "kilograms",
    "million m3": "million cubic metres",
}


def number(value: Decimal | float, digits: int | None = None) -> str:
    """Return "1,942" or "0.53": thousands set apart, as many digits as its size bears.

    Without ``digits``: none from 100, one from 10, two below, and two significant ones below 0.1.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    if not exact.is_finite():
        return "–"
    if digits is None:
        digits = _digits(abs(exact))
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    told = f"{rounded + 0:,f}"
    if "." in told and exact == exact.to_integral_value():
        told = told.split(".")[0]
    elif abs(exact) < Decimal("0.1") and "." in told:
        told = told.rstrip("0")
    return told.replace("-", "−")


def _digits(size: Decimal) -> int:
    if size >= 100 or not size:
        return 0
    if size >= 10:
        return 1
    if size >= Decimal("0.1"):
        return 2
    return min(12, 1 - size.adjusted())


def signed(value: Decimal | float, digits: int | None = None) -> str:
    """Return the number with its sign: "+712", "−88.1", "0"."""
    told = number(value, digits)
    return f"+{told}" if value > 0 and told.strip("0.,") else told


def percent(share: Decimal | float) -> str:
    """Return a part of one in percent: "70 %", "3.4 %", "<0.1 %"."""
    points = Decimal(str(share)) * 100
    if 0 < points < Decimal("0.1"):
        return "<0.1 %"
    return f"{number(points, 0 if abs(points) >= 10 else 1)} %"


def unit_words(unit: str) -> str:
    """Return a unit as people write it ("US$ a tonne"); one that is not known stays as it is."""
    return _UNITS.get(unit, unit)


def axis_format(most: float) -> str:
    """Return the d3 format of an axis whose largest value is ``most``."""
    if most >= 20:
        return ",.0f"
    return ",.1f" if most >= 2 else ",.2f"
