"""World production: what the source gives, missing values as states."""

from decimal import Decimal

import pytest

from lodewire.model.measure import Figure
from lodewire.ontology.commodities import Stage, load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.reference.production import load_production, production_of


def one(commodity: str, stage: str, country: str, year: int) -> Figure:
    (found,) = [f for f in production_of(commodity, stage, year) if f.country == country]
    return found


def test_commodities_stages_and_countries_are_those_of_the_ontology() -> None:
    figures = load_production()
    assert {f.commodity for f in figures} <= set(load_commodities())
    assert {f.stage for f in figures} <= set(Stage)
    assert {f.country for f in figures} - {"WORLD", "OTHER"} <= set(load_countries())
    assert len({f.commodity for f in figures}) >= 13


def test_every_table_of_a_year_is_in_one_unit_and_basis_and_has_a_world_total() -> None:
    tables: dict[tuple[str, str, int, str], list[Figure]] = {}
    for f in load_production():
        tables.setdefault((f.commodity, f.stage, f.year, f.vintage), []).append(f)
    for key, rows in tables.items():
        assert len({(f.unit, f.basis) for f in rows}) == 1, key
        assert "WORLD" in {f.country for f in rows}, key


@pytest.mark.parametrize(
    ("commodity", "stage", "country", "year", "value", "unit"),
    [
        ("rare-earths", "mining", "CN", 2024, "270000", "t"),
        ("cobalt", "mining", "CD", 2024, "226000", "t"),
        ("nickel", "mining", "ID", 2024, "2310000", "t"),
        ("aluminium", "smelting", "CN", 2024, "44000", "kt"),
        ("copper", "mining", "CL", 2022, "5330", "kt"),
        ("antimony", "mining", "RU", 2022, "4300", "t"),
        ("antimony", "mining", "RU", 2024, "40000", "t"),
    ],
)
def test_figures_are_those_that_the_source_publishes(
    commodity: str, stage: str, country: str, year: int, value: str, unit: str
) -> None:
    figure = one(commodity, stage, country, year)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_a_withheld_value_is_a_state_and_never_zero() -> None:
    lithium = one("lithium", "mining", "US", 2024)
    assert (lithium.value, lithium.state) == (None, "withheld")
    assert all(
        (f.value is None) == (f.state in ("withheld", "not_available")) for f in load_production()
    )


def test_a_zero_of_the_source_stays_a_zero() -> None:
    assert one("antimony", "mining", "US", 2022).value == 0


def test_without_a_year_the_last_that_is_no_estimate_is_taken() -> None:
    assert {f.year for f in production_of("cobalt", "mining")} == {2024}
    assert {f.year for f in production_of("molybdenum", "mining")} == {2022}
    assert production_of("cobalt", "generation") == ()


def test_estimates_are_marked() -> None:
    assert one("rare-earths", "mining", "CN", 2025).estimated
    assert not one("rare-earths", "mining", "CN", 2024).estimated
