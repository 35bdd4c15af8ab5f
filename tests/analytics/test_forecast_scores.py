"""Forecasts against what happened: what is scored, how, and why the rest is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.forecast_scores import (
    reports_of,
    score_forecasters,
    score_forecasts,
)
from lodewire.model.event import Event
from lodewire.model.forecast import ForecastScore, ForecastState, OutcomeSeries
from lodewire.model.vocabulary import Modality, Status
from tests.analytics.telling import event

MADE = date(2025, 3, 27)
TODAY = date(2026, 3, 1)
MONTHS = [f"{y}-{m:02}" for y in (2024, 2025) for m in range(1, 13)]


def copper(values: dict[str, int] | None = None, **more) -> OutcomeSeries:  # type: ignore[no-untyped-def]
    """9,000 a tonne through 2024, then 100 more each month; or ``values``."""
    told = values or {m: 9000 + max(0, i - 11) * 100 for i, m in enumerate(MONTHS)}
    fields = {
        "id": "lme-copper",
        "name": "Copper",
        "commodity": "copper",
        "kind": "price",
        "names": ("LME", "LME copper cash"),
        "unit": "USD/t",
        "source": "test",
        "vintage": "2026",
        "points": tuple((m, Decimal(v)) for m, v in sorted(told.items())),
    } | more
    return OutcomeSeries(**fields)


def forecast(**more) -> Event:  # type: ignore[no-untyped-def]
    told = {"day": MADE, "status": Status.REPORTED, "modality": Modality.FORECAST,
            "forecaster": "Citi#citi", "variable": "copper price", "level": "9500 USD/t",
            "horizon": "2025-04-01..2025-06-30", "commodity": "copper#copper"} | more  # fmt: skip
    return event("forecast", **{k: v for k, v in told.items() if v is not None})


def score(told: Event, *series: OutcomeSeries, **more) -> ForecastScore:  # type: ignore[no-untyped-def]
    more = {"as_of": TODAY} | more
    (found,) = score_forecasts([told], series or (copper(),), **more)
    return found


def test_a_quarter_is_held_against_its_average_with_the_naive_forecast_beside_it() -> None:
    """April to June 2025 average 9,500; February, known in March, stood at 9,200."""
    found = score(forecast(level="9600 USD/t"))
    assert found.state is ForecastState.SCORED
    assert (found.actual, found.naive) == (Decimal(9500), Decimal(9200))
    assert found.error == Decimal("1.05")  # 100 / 9500
    assert found.naive_error == Decimal("3.16")  # 300 / 9500
    assert found.direction is True
    assert found.hit is None
    assert (found.series, found.source) == ("lme-copper", "test, 2026")


def test_units_are_converted_and_currencies_are_not() -> None:
    assert score(forecast(level="4.309 USD/lb")).error == Decimal("0.00")
    yuan = score(forecast(level="74000 CNY/t"))
    assert yuan.state is ForecastState.NOT_SCORED
    assert "stated in CNY/t" in yuan.why


def ranged(level: str, qualifier: str | None = None) -> ForecastScore:
    from dataclasses import replace

    told = forecast()
    statements = tuple(
        replace(s, value=level, qualifier=qualifier) if s.property == "level" else s
        for s in told.statements
    )
    return score(replace(told, statements=statements))


@pytest.mark.parametrize(
    ("level", "qualifier", "hit", "error"),
    [
        ("9000..10000", None, True, Decimal("0.00")),
        ("9000..9400", None, False, Decimal("3.16")),
        ("9400", "more_than", True, None),
        ("9600", "at_least", False, None),
        ("9600", "up_to", True, None),
        ("9400", "less_than", False, None),
        ("9500", "about", None, Decimal("0.00")),
    ],
)
def test_ranges_and_bounds_are_hit_or_not(
    level: str, qualifier: str | None, hit: bool | None, error: Decimal | None
) -> None:
    """A bound has no error of its own: "over 9,400" is not wrong by 1 %."""
    found = ranged(level, qualifier)
    assert (found.hit, found.error) == (hit, error)


@pytest.mark.parametrize(
    ("told", "state", "why"),
    [
        (forecast(horizon=None), "not_scored", "gives no horizon"),
        (forecast(horizon="next year"), "not_scored", "no day or span of days"),
        (forecast(horizon="2026-04-01..2026-06-30"), "open", "its horizon ends on 2026-06-30"),
        (forecast(horizon="2026-01-01..2026-01-31"), "open", "lme-copper ends in 2025-12"),
        (forecast(horizon="2024-01-01..2024-12-31"), "not_scored", "over when it was told"),
        (forecast(horizon="2025-04-03..2025-04-20"), "not_scored", "no whole months"),
        (forecast(horizon="2025-04-01..2031-04-30"), "open", "its horizon ends"),
        (forecast(level="5000000 USD"), "not_scored", "a sum of money"),
        (forecast(level="12000"), "not_scored", "the level has no unit"),
        (forecast(level=None), "not_scored", "states no figure"),
        (forecast(commodity=None), "not_scored", "no commodity"),
        (forecast(commodity="copper#copper|tin#tin"), "not_scored", "several commodities"),
        (forecast(commodity="bismuth#bismuth", variable="price"), "not_scored", "no monthly price"),
        (forecast(variable="copper premium"), "not_scored", "no monthly premium of copper"),
        (forecast(variable="copper concentrate"), "not_scored", "the words say concentrate"),
        (forecast(variable="treatment charges"), "not_scored", "the words say treatment charge"),
        (forecast(level="99 USD/kgU"), "not_scored", "contained uranium"),
        (forecast(variable="SHFE copper"), "not_scored", "no series follows shfe"),
        (forecast(commodity="tin#tin", variable="three-month copper"), "not_scored",
         "the words say copper, the reading tin"),
        (forecast(modality=Modality.HYPOTHETICAL), "not_scored", "hypothetical"),
        (forecast(level=None, change="10 %", variable="exports"), "not_scored", "no price"),
        (forecast(level="30 %"), "not_scored", "no outcome is known"),
    ],
)  # fmt: skip
def test_what_cannot_be_scored_is_listed_with_why(told: Event, state: str, why: str) -> None:
    series = (copper(), copper(id="lme-tin", name="Tin", commodity="tin", names=("LME",)))
    found = score(told, *series)
    assert found.state.value == state
    assert why in found.why
    assert found.error is None


def test_the_market_must_be_told_where_there_are_several() -> None:
    crude = [
        copper(id=f"x-{n.lower()}", name=n, commodity="crude-oil", names=(n,), unit="USD/bbl")
        for n in ("Brent", "WTI")
    ]
    told = {"commodity": "oil#crude-oil", "level": "9500 USD/bbl"}
    assert "does not say which price" in score(forecast(variable="oil", **told), *crude).why
    assert score(forecast(variable="Brent", **told), *crude).series == "x-brent"
    assert score(forecast(variable="WTI crude", **told), *crude).series == "x-wti"


def test_a_month_that_is_missing_inside_is_never_filled() -> None:
    values = {m: 9000 for m in MONTHS if m != "2025-05"}
    found = score(forecast(), copper(values))
    assert (found.state, found.why) == (ForecastState.NOT_SCORED, "lme-copper lacks 2025-05")
    no_before = {m: 9000 for m in MONTHS if m >= "2025-04"}
    alone = score(forecast(), copper(no_before))
    assert alone.naive is None
    assert alone.direction is None
    assert alone.error is not None


@pytest.mark.parametrize(
    ("variable", "right"), [("copper price to rise", True), ("copper price to fall", False)]
)
def test_a_change_alone_is_scored_by_its_direction(variable: str, right: bool) -> None:
    found = score(forecast(level=None, change="10 %", variable=variable))
    assert found.direction is right
    assert found.error is None
    assert "direction alone" in found.why


def report(**more) -> Event:  # type: ignore[no-untyped-def]
    told = {"day": date(2026, 2, 1), "status": Status.REPORTED, "operator": "Citi#citi",
            "commodity": "copper#copper", "volume": "100 t",
            "period": "2025-01-01..2025-12-31"} | more  # fmt: skip
    return event("production_report", **told)


def test_output_is_held_against_the_forecasters_own_reports() -> None:
    year = {"variable": "Output", "level": "110000 kg", "horizon": "2025-01-01..2025-12-31"}
    told = forecast(**year)
    before = report(
        id_="before", day=date(2025, 2, 1), volume="80 t", period="2024-01-01..2024-12-31"
    )
    reports = reports_of([report(), before])
    found = score(told, reports=reports)
    assert (found.actual, found.naive, found.error) == (100_000, 80_000, Decimal("10.00"))
    assert found.direction is True
    other = reports_of([report(operator="Codelco#codelco")])
    assert score(told, reports=other).state is ForecastState.OPEN
    guided = reports_of([report(day=date(2025, 2, 1))])
    assert guided == (), "what is said of a year ahead is guidance"
    exports = forecast(**(year | {"variable": "exports"}))
    assert "is not output" in score(exports, reports=reports).why


def test_guidance_is_a_forecast_of_the_operator_of_its_site_or_of_all() -> None:
    guided = event("production_report", id_="guided", day=date(2025, 2, 10), status=Status.REPORTED,
                   modality=Modality.FORECAST, operator="Codelco#codelco", volume="1325 t",
                   commodity="copper#copper", period="2025-01-01..2025-12-31")  # fmt: skip
    whole = report(operator="Codelco#codelco", volume="1250 t")
    found = score(guided, reports=reports_of([guided, whole]))
    assert (found.forecaster, found.variable) == ("Codelco", "output")
    assert (found.actual, found.error) == (1250, Decimal("6.00"))
    one_mine = report(operator="Codelco#codelco", volume="300 t", site="El Teniente#el-teniente")
    assert score(guided, reports=reports_of([one_mine])).state is ForecastState.OPEN


def test_one_forecast_told_twice_counts_once() -> None:
    twice = [forecast(id_="a"), forecast(id_="b", day=date(2025, 3, 30))]
    found = score_forecasts(twice, [copper()], as_of=TODAY)
    assert [s.state.value for s in found] == ["not_scored", "scored"]
    revised = [forecast(id_="a"), forecast(id_="b", level="9800 USD/t")]
    assert all(
        s.state is ForecastState.SCORED for s in score_forecasts(revised, [copper()], as_of=TODAY)
    )


def test_forecasters_are_summed_up_over_the_same_forecasts_as_the_naive_one() -> None:
    told = [
        forecast(id_="a", level="9600 USD/t"),
        forecast(id_="b", level="9500 USD/t"),
        forecast(id_="c", horizon=None),
        forecast(id_="d", horizon="2026-04-01..2026-06-30"),
        forecast(id_="e", forecaster="Other#other", level="9000 USD/t"),
    ]
    first, second = score_forecasters(score_forecasts(told, [copper()], as_of=TODAY))
    assert (first.forecaster, first.told, first.scored, first.open, first.not_scored) == (
        "Citi", 4, 2, 1, 1,
    )  # fmt: skip
    assert (first.points, first.mean_error, first.naive_error) == (
        2,
        Decimal("0.52"),
        Decimal("3.16"),
    )
    assert first.skill == Decimal("0.83")
    assert (first.right_direction, first.directions) == (2, 2)
    assert second.skill is not None
    assert second.skill < 0


@settings(deadline=None)
@given(st.integers(1, 30000), st.integers(1, 30000), st.integers(2, 50))
def test_error_grows_with_distance_and_does_not_depend_on_scale(
    near: int, far: int, factor: int
) -> None:
    def error(level: int, times: int = 1) -> Decimal:
        values = dict.fromkeys(MONTHS, 9000 * times)
        found = score(forecast(level=f"{level * times} USD/t"), copper(values)).error
        assert found is not None
        return found

    one, two = sorted((near, far), key=lambda level: abs(level - 9000))
    assert error(one) <= error(two)
    assert error(near) == error(near, factor)


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_the_order_of_forecasts_changes_nothing(order: list[int]) -> None:
    told = [
        forecast(id_="a"),
        forecast(id_="b", day=date(2025, 3, 30)),
        forecast(id_="c", level="9800 USD/t"),
        forecast(id_="d", horizon=None),
    ]
    straight = score_forecasts(told, [copper()], as_of=TODAY)
    assert straight == score_forecasts([told[i] for i in order], [copper()], as_of=TODAY)
