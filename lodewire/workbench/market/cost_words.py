"""Money by weight, rates and duties as people write them, and a landed cost as a form tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from lodewire.errors import MeasureError
from lodewire.model.cost import Charge, CustomsBasis, Incoterm
from lodewire.model.event import Event
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.workbench.market.costing import Amount, CostRequest

T = TypeVar("T")
_LARGEST = 15  # powers of ten; no price, premium or rate is beyond them
_SMALLEST = 12
_MOST_DAYS = 3_650
_AMOUNTS = (
    "price", "premium", "origin_inland", "freight", "insurance", "delivery",
)  # fmt: skip
_RATES = ("insurance_rate", "finance_rate", "losses", "content")
#: Fields of a calculation; ``to`` is the unit that it is shown in, ``observed`` a premium seen.
FIELDS = (
    "commodity", "form", "code", "importer", "origin", "claims", "within_quota", "exporter",
    "duties", *_AMOUNTS, "incoterm", *_RATES, "finance_days", "unit", "to", "day", "before",
    "after", "observed",
)  # fmt: skip


def read_number(text: str) -> Decimal:
    """Return a decimal of a size that money and weights have. Raises MeasureError otherwise."""
    try:
        found = Decimal(text.replace("\u2009", ""))
    except InvalidOperation:
        raise MeasureError(
            f"{text[:40]!r} is no number", hint="write 1234.5 without thousands marks"
        ) from None
    if not found.is_finite():
        raise MeasureError(f"{text[:40]!r} is no number", hint="write 1234.5")
    if found and not -_SMALLEST <= found.adjusted() <= _LARGEST:
        raise MeasureError(f"{text[:40]!r} is out of all proportion", hint="write 1234.5")
    return found


def read_amount(text: str) -> Amount:
    """Return a number with its unit where one is written: 180, "88.10 USc/lb"."""
    number, _, unit = text.strip().partition(" ")
    return Amount(value=read_number(number), unit=unit.strip())


def read_rate(text: str) -> Decimal:
    """Return a rate with its sign, 0.2%, as a part of one. A bare number is refused."""
    told = text.strip()
    if not told.endswith("%"):
        raise MeasureError(f"{told[:40]!r} has no per cent sign", hint="write 25%")
    return read_number(told.removesuffix("%").strip()) / 100


def read_duty(text: str) -> Charge:
    """Return a duty of NAME=25%, NAME=25%@cif or "NAME=20 USD/t"; the basis is fob unless said."""
    name, mark, told = text.partition("=")
    if not mark or not name.strip():
        raise MeasureError(f"{text[:40]!r} has no name", hint="write NAME=25%")
    rate, _, basis = told.partition("@")
    try:
        base = CustomsBasis(basis.strip() or "fob")
    except ValueError:
        raise MeasureError(
            f"{basis[:20]!r} is no basis of a duty", hint="write fob, cif or exchange"
        ) from None
    if "%" in rate:
        return Charge(name=name.strip(), rate=read_rate(rate), basis=base, source="given")
    number, _, unit = rate.strip().partition(" ")
    return Charge(
        name=name.strip(), specific=read_number(number), unit=unit.strip(), source="given"
    )


def request_of_fields(told: Mapping[str, str]) -> CostRequest:
    """Return the calculation of a form's fields; a field that is left out has its usual value.

    Several duties or claims are parted by commas. Raises MeasureError naming the field.
    """

    def text(name: str) -> str:
        return told.get(name, "").strip()

    amounts = {n: _field(n, read_amount, text(n)) for n in _AMOUNTS if text(n)}
    rates = {n: _field(n, read_rate, text(n)) for n in _RATES if text(n)}
    duties = tuple(_field("duties", read_duty, each) for each in _listed(text("duties")))
    try:
        incoterm = Incoterm(text("incoterm").upper() or "CIF")
    except ValueError:
        known = ", ".join(i.value for i in Incoterm)
        raise MeasureError(
            f"{text('incoterm')[:20]!r} is no incoterm", hint=f"there are {known}"
        ) from None
    days = text("finance_days") or "0"
    if not (days.isascii() and days.isdigit() and int(days[:6]) <= _MOST_DAYS):
        raise MeasureError(
            f"finance days: {days[:20]!r} is no number of days", hint=f"0 to {_MOST_DAYS}"
        )
    return CostRequest(
        commodity=text("commodity"),
        form=text("form"),
        code=text("code"),
        importer=text("importer").upper(),
        origin=text("origin").upper(),
        claims=tuple(each.upper() for each in _listed(text("claims"))),
        within_quota=bool(text("within_quota")),
        exporter=text("exporter"),
        duties=duties or None,
        incoterm=incoterm,
        unit=text("unit") or "USD/t",
        finance_days=int(days),
        **amounts,  # type: ignore[arg-type]
        **rates,  # type: ignore[arg-type]
    )


def day_of(told: Mapping[str, str], name: str) -> date | None:
    """Return a day of a field, None where it is left out. Raises MeasureError otherwise."""
    text = told.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MeasureError(
            f"{name}: {text[:20]!r} is no day", hint="write it as 2025-03-28"
        ) from None


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _field(name: str, read: Callable[[str], T], text: str) -> T:
    try:
        return read(text)
    except MeasureError as error:
        raise MeasureError(f"{name.replace('_', ' ')}: {error.message}", hint=error.hint) from error


def fields_of_event(event: Event) -> dict[str, str]:
    """Return what a measure's event says of a calculation: good, importer, origin, two days.

    The days are the last before it takes effect, and that one: the day of effect where the event
    states one, else the day it was first reported. What it does not say is left out.
    """
    told: dict[str, str] = {}
    for role, field in (("authority", "importer"), ("target", "origin"), ("product", "commodity")):
        known = load_commodities() if field == "commodity" else load_countries()
        found = next((s.entity for s in event.of(role) if s.entity in known), None)
        if found is not None:
            told[field] = str(found)
    stated = next((s.value[:10] for s in event.of("effective_date")), "")
    try:
        day: date | None = date.fromisoformat(stated)
    except ValueError:
        day = event.reported
    if day is not None and day > date.min:
        told |= {"before": (day - timedelta(days=1)).isoformat(), "after": day.isoformat()}
    return told
