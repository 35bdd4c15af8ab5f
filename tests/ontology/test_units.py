"""The unit table holds exact factors, and conversion never guesses."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import OntologyError, UnitError
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.units import (
    comparable,
    convert,
    kind_of,
    load_currencies,
    load_unit_names,
    load_units,
)

EXACT = [
    ("1", "lb", "kg", "0.45359237"),
    ("1", "short tons", "lb", "2000"),
    ("1", "long tons", "lb", "2240"),
    ("1", "flask", "lb", "76"),
    ("1", "ozt", "g", "31.1034768"),
    ("1", "oz", "ozt", "1"),
    ("5", "ct", "g", "1"),
    ("1", "bbl", "gal", "42"),
    ("1", "mi", "ft", "5280"),
    ("1", "bcf", "cf", "1000000000"),
    ("1", "bcm", "m3", "1000000000"),
    ("1", "km2", "ha", "100"),
    ("1", "TWh", "GWh", "1000"),
    ("1", "GWh", "GJ", "3600"),
    ("1", "MMBtu", "Btu", "1000000"),
    ("1", "GW", "MW", "1000"),
    ("2.5", "%", "ppm", "25000"),
    ("3", "g/t", "ppm", "3"),
    ("100", "bp", "%pt", "1"),
    ("1", "Mtpa", "t/yr", "1000000"),
    ("12", "t/yr", "t/month", "1"),
    ("1", "yr", "month", "12"),
    ("1", "week", "d", "7"),
    ("1", "kb/d", "bbl/d", "1000"),
    ("250", "USD/mtu", "USD/kg", "25"),
    ("1", "USD/kg", "USD/t", "1000"),
    ("100", "USc/lb", "USD/lb", "1"),
    ("1", "kt", "t", "1000"),
    ("1", "Moz", "oz", "1000000"),
]


@pytest.mark.parametrize(("value", "source", "target", "expected"), EXACT)
def test_exact_ratios_convert_without_any_rounding(
    value: str, source: str, target: str, expected: str
) -> None:
    assert convert(Decimal(value), source, target) == Decimal(expected)


def test_forty_cents_a_pound_is_881_85_dollars_a_tonne() -> None:
    found = convert(Decimal(40), "USc/lb", "USD/t")
    assert found.quantize(Decimal("0.01")) == Decimal("881.85")
    assert found == Decimal("881.8490487395103228918952053801081")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("USD", "EUR"),
        ("USD", "$"),
        ("t", "m3"),
        ("t/yr", "t/d"),
        ("USD/t", "USD"),
        ("t", "no such unit"),
        ("%", "%pt"),
        ("boe", "bbl"),
        ("t", "tCO2e"),
    ],
)
def test_what_cannot_be_converted_is_refused(source: str, target: str) -> None:
    with pytest.raises(UnitError):
        convert(Decimal(1), source, target)
    assert not comparable(source, target)


def test_a_refusal_between_months_and_days_says_why() -> None:
    with pytest.raises(UnitError) as caught:
        convert(Decimal(1), "t/yr", "t/d")
    assert caught.value.hint is not None
    assert "no fixed number of days" in caught.value.hint


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("USD", QuantityKind.MONEY),
        ("USD/yr", QuantityKind.MONEY),
        ("USD/t", QuantityKind.PRICE),
        ("USc/lb", QuantityKind.PRICE),
        ("USD/dmtu", QuantityKind.PRICE),
        ("t/yr", QuantityKind.MASS_RATE),
        ("Mtpa", QuantityKind.MASS_RATE),
        ("bbl/d", QuantityKind.VOLUME_RATE),
        ("GWh/yr", QuantityKind.ENERGY_RATE),
        ("g/t", QuantityKind.GRADE),
        ("tCO2e/t", QuantityKind.OTHER),
        ("MW", QuantityKind.POWER),
        ("%pt", QuantityKind.PERCENT_POINT),
    ],
)
def test_the_kind_of_a_unit_follows_from_its_parts(unit: str, kind: QuantityKind) -> None:
    assert kind_of(unit) is kind


@given(
    st.decimals(min_value="0.0001", max_value="1e12", allow_nan=False, places=4),
    st.sampled_from(["t", "lb", "kg", "oz", "short tons", "ct", "g"]),
    st.sampled_from(["t", "lb", "kg", "oz", "short tons", "ct", "g"]),
)
def test_there_and_back_loses_nothing_that_matters(value: Decimal, one: str, two: str) -> None:
    back = convert(convert(value, one, two), two, one)
    assert abs(back - value) <= value * Decimal("1e-30")


def test_every_way_to_write_a_unit_names_a_unit_of_the_table() -> None:
    units = load_units()
    names = load_unit_names()
    assert len(names) > 500
    assert all(atom in units for name in names for atom in name.unit.split("/"))


def test_every_hundredth_is_a_hundredth_of_its_currency() -> None:
    for currency in load_currencies().values():
        if currency.sub:
            assert convert(Decimal(100), currency.sub, currency.code) == 1


def _write(folder: Path, **files: str) -> Path:
    defaults = {
        "units.csv": "symbol,kind,base,factor,name,definition\nt,mass,t,1,tonne,SI\n",
        "currencies.csv": "code,name,signs,words,sub,sub_signs,sub_words\n",
        "unit_names.csv": "unit,multiplier,case,place,languages,basis,written\n",
    }
    for name, text in (defaults | {k.replace("_csv", ".csv"): v for k, v in files.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("units_csv", "kg,mass,t,zero,kilogram,SI"),
        ("units_csv", "kg,mass,t,0,kilogram,SI"),
        ("units_csv", "kg,weight,t,0.001,kilogram,SI"),
        ("units_csv", "t,mass,t,1,tonne,SI"),
        ("unit_names_csv", "kg,1,any,both,,,kilo"),
        ("unit_names_csv", "t,1,some,both,,,tonne"),
        ("unit_names_csv", "t,one,any,both,,,tonne"),
    ],
)
def test_a_broken_table_is_refused_with_file_and_line(tmp_path: Path, table: str, row: str) -> None:
    headers = {
        "units_csv": "symbol,kind,base,factor,name,definition\nt,mass,t,1,tonne,SI\n",
        "unit_names_csv": "unit,multiplier,case,place,languages,basis,written\n",
    }
    folder = _write(tmp_path, **{table: headers[table] + row + "\n"})
    with pytest.raises(OntologyError) as caught:
        load_unit_names(folder)
    assert table.replace("_csv", ".csv") + ":" in caught.value.message


def test_one_way_to_write_cannot_mean_two_units(tmp_path: Path) -> None:
    rows = "t,1,any,both,,,ton\nt,1000,any,per,,,TON\n"
    header = "unit,multiplier,case,place,languages,basis,written\n"
    folder = _write(tmp_path, unit_names_csv=header + rows)
    with pytest.raises(OntologyError, match="already stands"):
        load_unit_names(folder)
