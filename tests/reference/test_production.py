"""World production: what the source gives, missing values as states, errors with file and line."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import lodewire.reference
from lodewire.errors import OntologyError
from lodewire.model.measure import Figure
from lodewire.ontology.commodities import Stage, load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.reference.production import load_production, production_of, read_production

DATA = Path(lodewire.reference.__file__).parent / "data"


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
    assert {f.year for f in production_of("zinc", "mining")} == {2022}
    assert production_of("cobalt", "generation") == ()


def test_estimates_are_marked() -> None:
    assert one("rare-earths", "mining", "CN", 2025).estimated
    assert not one("rare-earths", "mining", "CN", 2024).estimated


def folder(tmp_path: Path) -> Path:
    for name in ("production.csv", "sources.toml"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


ROW = "cobalt,mining,CD,2024,226000,t,cobalt content,reported,no,usgs-mcs,MCS2026"


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (ROW.replace(",CD,", ",COD,"), "alpha-2"),
        (ROW.replace(",2024,", ",24,"), "not a year"),
        (ROW.replace("226000", "lots"), "not a number"),
        (ROW.replace("226000", "-1"), "zero or more"),
        (ROW.replace("226000", "NaN"), "zero or more"),
        (ROW.replace("226000", ""), "not a number"),
        (ROW.replace("reported", "withheld"), "withheld, yet"),
        (ROW.replace("reported", "guessed"), "guessed"),
        (ROW.replace(",no,", ",perhaps,"), "yes or no"),
        (ROW.replace("MCS2026", "MCS1926"), "MCS1926"),
        (ROW.replace("cobalt content", ""), "basis is empty"),
        (ROW.replace(",CD,", ",AU,"), "twice"),
        (ROW + ",surplus", "12 cells"),
        ('"' + ROW, "not valid CSV"),
    ],
)
def test_an_inconsistent_figure_is_refused_with_file_and_line(
    tmp_path: Path, new: str, says: str
) -> None:
    table = folder(tmp_path) / "production.csv"
    text = table.read_text(encoding="utf-8")
    assert ROW in text
    table.write_text(text.replace(ROW, new, 1), encoding="utf-8")
    with pytest.raises(OntologyError, match=says) as caught:
        read_production(tmp_path)
    assert caught.value.message.startswith("production.csv:")


def test_missing_or_broken_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read"):
        read_production(tmp_path)
    folder(tmp_path)
    (tmp_path / "sources.toml").write_text("[usgs-mcs", encoding="utf-8")
    with pytest.raises(OntologyError, match="not valid TOML"):
        read_production(tmp_path)
    folder(tmp_path)
    (tmp_path / "production.csv").write_text("commodity,stage\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="columns must be"):
        read_production(tmp_path)
