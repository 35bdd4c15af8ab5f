"""Landed cost between the stages: prices, rates and duties of a day put into the analytics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from lodewire.analytics.landed_cost import (
    changes,
    duty_share_priced,
    forward_premium,
    implied_rate,
    landed_cost,
)
from lodewire.analytics.price_units import convert_price, currency_of
from lodewire.errors import MeasureError, UnitError
from lodewire.model.cost import Charge, CostChange, CostInputs, DutyFinding, Incoterm, LandedCost
from lodewire.model.price import PricePoint
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.units import convert
from lodewire.reference.duties import duties_on, load_duties
from lodewire.reference.duty_goods import DutyGood, goods_of, load_goods
from lodewire.reference.exchange import exchange
from lodewire.reference.prices import prices_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Money by weight as a person gives it: a value, and its unit where it is said."""

    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRequest:
    """What is to be brought in from where, and what is known of its costs.

    ``price`` None takes the table's price of the month; ``code`` overrides the table's tariff code.
    ``duties`` replace the tables' measures where they are given. Amounts without a unit are in
    ``unit``.
    """

    unit: str = "USD/t"
    commodity: str = ""
    form: str = ""
    code: str = ""
    importer: str = ""
    origin: str = ""
    price: Amount | None = None
    premium: Amount | None = None
    incoterm: Incoterm = Incoterm.CIF
    origin_inland: Amount | None = None
    freight: Amount | None = None
    insurance: Amount | None = None
    insurance_rate: Decimal | None = None
    delivery: Amount | None = None
    finance_rate: Decimal | None = None
    finance_days: int = 0
    losses: Decimal = Decimal(0)
    duties: tuple[Charge, ...] | None = None
    claims: tuple[str, ...] = ()
    within_quota: bool = False
    exporter: str = ""
    content: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostOfDay:
    """A landed cost with what it rests on: the measures looked at, the price, what is missing.

    ``month`` ("YYYY-MM") is the one whose price and rates of exchange were taken.
    """

    day: date
    month: str
    cost: LandedCost
    findings: tuple[DutyFinding, ...] = ()
    good: DutyGood | None = None
    price: PricePoint | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CostStory:
    """Before and after: two costs at one price, and what moved."""

    before: CostOfDay
    after: CostOfDay
    moved: tuple[CostChange, ...] = field(default=())


def cost_of_day(
    request: CostRequest, day: date, *, price_day: date | None = None, desk: Path | None = None
) -> CostOfDay:
    """Return the landed cost of a day: the tables' duties of it, and the price of ``price_day``.

    Raises MeasureError where a price or a tariff code is neither given nor in the tables, and
    where a currency has no rate in that month.
    """
    month = f"{price_day or day:%Y-%m}"
    _check_request(request)
    good = _good(request)
    point = None if request.price is not None else _table_price(request, good, month, desk)
    inputs = _inputs(request, point, month, desk)
    findings, charges, notes = _duties(request, good, day, month, desk)
    cost = landed_cost(replace(inputs, duties=charges))
    return CostOfDay(
        day=day,
        month=month,
        cost=cost,
        findings=findings,
        good=good,
        price=point,
        notes=tuple(notes),
    )


def cost_change(
    request: CostRequest, before: date, after: date, *, desk: Path | None = None
) -> CostStory:
    """Return the cost on two days at the price of the later one, so that only duty moves."""
    if before >= after:
        raise MeasureError(f"before ({before}) has to be earlier than after ({after})")
    old = cost_of_day(request, before, price_day=after, desk=desk)
    new = cost_of_day(request, after, price_day=after, desk=desk)
    return CostStory(before=old, after=new, moved=changes(old.cost, new.cost))


def premium_reading(
    request: CostRequest, found: CostOfDay, observed: Amount, desk: Path | None = None
) -> dict[str, Decimal]:
    """Return an observed duty-paid premium read both ways, in the request's unit.

    What duty implies it ought to be, the rate that it implies, and the share of the duty that it
    prices in; ad valorem duties only, all on price and premium. Raises MeasureError without one.
    """
    cost = found.cost
    amounts = {s.name: s.amount or Decimal(0) for s in cost.steps}
    price, unpaid = amounts["exchange price"], amounts["premium before duty"]
    inland = amounts.get("delivery inland", Decimal(0))
    rate = cost.duty / (price + unpaid)
    seen = to_unit(observed, request.unit, found.month, desk)
    return {
        "premium observed": seen,
        "premium that duty implies": forward_premium(price, unpaid, rate, inland),
        "share of the duty priced in": duty_share_priced(price, seen, rate, unpaid, inland),
        "share of value that the premium implies as duty": implied_rate(
            price, seen, unpaid, inland
        ),
    }


def month_rate(from_: str, to: str, month: str, desk: Path | None = None) -> Decimal | None:
    """Return how much of the second unit's currency one of the first's buys; None: the same."""
    have, want = currency_of(from_), currency_of(to)
    return None if have == want else exchange(Decimal(1), have, want, month, desk)


def to_unit(amount: Amount, unit: str, month: str, desk: Path | None = None) -> Decimal:
    """Return an amount in a unit, exchanged at the month's rate where the currency is another."""
    given = amount.unit or unit
    return convert_price(amount.value, given, unit, rate=month_rate(given, unit, month, desk))


def duty_charges(
    findings: Sequence[DutyFinding],
    unit: str,
    month: str,
    content: Decimal | None = None,
    desk: Path | None = None,
) -> tuple[tuple[Charge, ...], list[str]]:
    """Return the charges of the measures that apply, and notes on those that cannot be computed."""
    applying = [f.duty for f in findings if f.applies]
    ordinary = sum((d.rate or Decimal(0) for d in applying if d.kind == "mfn"), Decimal(0))
    charges: list[Charge] = []
    notes: list[str] = []
    for duty in applying:
        name, source = duty.family, f"{duty.id}: {duty.instrument}"
        if duty.specific is not None:
            if duty.on_content and content is None:
                notes.append(f"{duty.id}: by weight of content, which is not given; left out")
                continue
            money = to_unit(
                Amount(value=duty.specific[0], unit=duty.specific[1]), unit, month, desk
            )
            part = content if duty.on_content and content is not None else Decimal(1)
            charges.append(Charge(name=name, specific=money * part, source=source))
            continue
        rate = duty.rate or Decimal(0)
        if duty.tops_up:
            rate = max(rate - ordinary, Decimal(0))
        if rate:
            charges.append(Charge(name=name, rate=rate, basis=duty.basis, source=source))
    return tuple(charges), notes


def _good(request: CostRequest) -> DutyGood | None:
    if not request.commodity:
        return None
    if request.commodity not in load_commodities():
        raise MeasureError(
            f"{request.commodity!r} is no commodity",
            hint="Ids are listed in docs/reference/ontology.md, such as aluminium",
        )
    if not request.importer:
        return None
    goods = goods_of(request.commodity, request.importer, request.form)
    if goods or request.code or request.duties is not None:
        return goods[0] if goods else None
    forms = sorted({g.form for g in goods_of(request.commodity, request.importer)})
    known = sorted({g.commodity for g in load_goods()})
    raise MeasureError(
        f"no tariff code of {request.form or 'any form of'} {request.commodity} "
        f"at {request.importer} is in the tables",
        hint=f"Forms there: {', '.join(forms)}"
        if forms
        else f"Give --code; commodities with one: {', '.join(known)}",
    )


def _table_price(
    request: CostRequest, good: DutyGood | None, month: str, desk: Path | None
) -> PricePoint:
    series = good.price if good is not None and good.price else _only_series(request.commodity)
    points = prices_of(series, desk) if series else ()
    found = next((p for p in points if p.period == month), None)
    if found is not None:
        return found
    if not points:
        raise MeasureError(
            f"no price of {request.commodity or 'the good'} is in the tables",
            hint='Give one, such as --price "2650 USD/t"',
        )
    raise MeasureError(
        f"{series} has no price of {month}",
        hint=f"It runs from {points[0].period} to {points[-1].period}; give --price, or load a "
        "newer release with lodewire prices load",
    )


def _only_series(commodity: str) -> str:
    return next((g.price for g in load_goods() if g.commodity == commodity and g.price), "")


def _inputs(
    request: CostRequest, point: PricePoint | None, month: str, desk: Path | None
) -> CostInputs:
    def taken(amount: Amount | None) -> Decimal | None:
        return None if amount is None else to_unit(amount, request.unit, month, desk)

    if point is not None:
        price = to_unit(Amount(value=point.value, unit=point.unit), request.unit, month, desk)
        source = f"{point.series} {point.period}, {point.source} {point.vintage}"
    else:
        assert request.price is not None  # cost_of_day looks a price up where none is given
        price, source = to_unit(request.price, request.unit, month, desk), "given"
    return CostInputs(
        unit=request.unit,
        price=price,
        premium=taken(request.premium),
        incoterm=request.incoterm,
        origin_inland=taken(request.origin_inland),
        freight=taken(request.freight),
        insurance=taken(request.insurance),
        insurance_rate=request.insurance_rate,
        delivery=taken(request.delivery),
        finance_rate=request.finance_rate,
        finance_days=request.finance_days,
        losses=request.losses,
        price_source=source,
        premium_source="given" if request.premium is not None else "none given",
    )


def _duties(
    request: CostRequest, good: DutyGood | None, day: date, month: str, desk: Path | None
) -> tuple[tuple[DutyFinding, ...], tuple[Charge, ...], list[str]]:
    if request.duties is not None:
        return (), tuple(_in_unit_of(request, d, month, desk) for d in request.duties), []
    code = request.code or (good.code if good is not None else "")
    if not code or not request.importer or not request.origin:
        return (), (), ["no duty: give --importer and --origin, or --duty"]
    found = duties_on(
        code,
        request.importer,
        request.origin,
        day,
        claims=request.claims,
        within_quota=request.within_quota,
        exporter=request.exporter,
    )
    charges, notes = duty_charges(found, request.unit, month, request.content, desk)
    if not any(f.duty.kind == "mfn" and f.applies for f in found) and not request.claims:
        notes.append(f"the tables hold no ordinary duty on {code} there; it is not in the sum")
    notes += [f"{f.duty.id}: {f.why}" for f in found if f.applies and "no end is known" in f.why]
    return found, charges, notes


def _in_unit_of(request: CostRequest, charge: Charge, month: str, desk: Path | None) -> Charge:
    if charge.specific is None or not charge.unit:
        return charge
    money = to_unit(Amount(value=charge.specific, unit=charge.unit), request.unit, month, desk)
    return replace(charge, specific=money, unit="")


def _check_request(request: CostRequest) -> None:
    for place in (request.importer, request.origin):
        if place:
            _check_place(place)
    if not request.claims:
        return
    known = sorted({name for duty in load_duties() for name in duty.waived_by})
    for claim in request.claims:
        if claim not in known:
            raise MeasureError(
                f"{claim!r} is no preference of the tables", hint=f"Known: {', '.join(known)}"
            )


def _check_place(code: str) -> None:
    if code not in load_countries() and code != "EU":
        raise MeasureError(
            f"{code!r} is no country",
            hint="Use the two letters of ISO 3166, such as US, or EU for the Union",
        )


def convert_amount(
    value: Decimal,
    from_: str,
    to: str,
    *,
    month: str = "",
    rate: Decimal | None = None,
    desk: Path | None = None,
) -> tuple[Decimal, Decimal | None]:
    """Return a price or a plain quantity in another unit, and the rate of exchange it took.

    Money of another currency needs ``rate`` or the ``month`` whose average is taken. Raises
    UnitError and MeasureError.
    """
    try:
        have, want = currency_of(from_), currency_of(to)
    except UnitError:
        return convert(value, from_, to), None
    if have == want:
        return convert_price(value, from_, to), None
    if rate is None:
        if not month:
            raise MeasureError(
                f"{have} and {want} need a rate of exchange",
                hint="Give --rate, or --month 2025-03 for the average of a month",
            )
        rate = exchange(Decimal(1), have, want, month, desk)
    return convert_price(value, from_, to, rate=rate), rate
