"""Figures, flows and scenarios to try things on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lodewire.model.measure import Figure
from lodewire.model.scenario import Change, Scenario, TradeFlow

DAY = date(2030, 1, 1)


def figure(country: str, value: str | None, state: str = "reported", **other: object) -> Figure:
    given = {
        "commodity": "dysprosium",
        "stage": "mining",
        "year": 2024,
        "unit": "t",
        "basis": "content",
        "source": "test",
        "vintage": "T1",
    }
    return Figure(
        country=country,
        value=None if value is None else Decimal(value),
        state=state,
        **(given | other),  # type: ignore[arg-type]
    )


def figures(**values: str) -> tuple[Figure, ...]:
    return tuple(figure(country, value) for country, value in values.items())


def flow(
    partner: str,
    quantity: str | None,
    value: str | None,
    importer: str = "JP",
    unit: str = "t",
    currency: str = "USD",
) -> TradeFlow:
    return TradeFlow(
        importer=importer,
        partner=partner,
        commodity="dysprosium",
        year=2024,
        quantity=None if quantity is None else Decimal(quantity),
        unit=unit,
        value=None if value is None else Decimal(value),
        currency=currency,
        source="test",
        vintage="T1",
    )


def scenario(*changes: Change, **other: object) -> Scenario:
    return Scenario(
        name="tried",
        commodity="dysprosium",
        stage="mining",
        changes=changes,
        **other,  # type: ignore[arg-type]
    )
