"""Cells of published tables: every mark is a state, nothing missing is zero."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import ReadError
from lodewire.reference.country_names import country_names, country_of, is_estimated_name
from lodewire.reference.loaders.cells import Cell, read_cell, read_rows, read_signed


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("19,500", Cell("reported", Decimal(19500))),
        (" 1100 ", Cell("reported", Decimal(1100))),
        ("0.16", Cell("reported", Decimal("0.16"))),
        ("4%", Cell("reported", Decimal(4))),
        ("—", Cell("reported", Decimal(0))),
        ("W", Cell("withheld")),
        ("NA", Cell("not_available")),
        ("XX", Cell("not_available", note="not applicable")),
        (">50", Cell("more_than", Decimal(50))),
        ("<25", Cell("less_than", Decimal(25))),
        ("<0.1%", Cell("less_than", Decimal("0.1"))),
        ("Less than 1/2 unit.", Cell("less_than", Decimal("0.5"))),
        ("Less than ½ unit.", Cell("less_than", Decimal("0.5"))),
        ("Less than a half unit", Cell("less_than", Decimal("0.5"))),
        ("E", Cell("less_than", Decimal(0), note="net exporter")),
        ("e20,000", Cell("reported", Decimal(20000), estimated=True)),
        ("500–20,000", Cell("interval", low=Decimal(500), high=Decimal(20000))),
        ("50-300", Cell("interval", low=Decimal(50), high=Decimal(300))),
        ("Not reported", Cell("not_available", note="Not reported")),
        ("included with ilmenite", Cell("not_available", note="included with ilmenite")),
        ("", Cell("empty")),
        ("\u00a0", Cell("empty")),
    ],
)
def test_what_a_cell_says(text: str, cell: Cell) -> None:
    assert read_cell(text) == cell


def test_a_footnote_in_brackets_that_became_a_minus_is_not_a_number() -> None:
    asbestos = read_cell("-4")
    assert (asbestos.state, asbestos.value) == ("not_available", None)
    assert "footnote" in asbestos.note
    assert read_signed("-1.35") == Cell("reported", Decimal("-1.35"))


@given(st.decimals(0, 10**9, places=2))
def test_a_number_is_read_as_it_is_with_or_without_separators(value: Decimal) -> None:
    assert read_cell(str(value)).value == value
    assert read_cell(f"{value:,}").value == value
    assert read_cell(f">{value:,}") == Cell("more_than", value)


@given(st.text(max_size=30))
def test_any_text_has_a_state_and_only_numbers_have_a_value(text: str) -> None:
    cell = read_cell(text)
    assert (cell.value is None) == (cell.state not in ("reported", "less_than", "more_than"))
    assert (cell.low is None) == (cell.high is None) == (cell.state != "interval")


@pytest.mark.parametrize(
    ("name", "country", "estimated"),
    [
        ("Japane", "JP", True),
        ("Korea, Republic ofe", "KR", True),
        ("New Caledonia11", "NC", False),
        ("Other countries4", "OTHER", False),
        ("Other countriese", "OTHER", True),
        ("World total (rounded)10", "WORLD", False),
        ("United\u00a0States1", "US", False),
        ("Denmark (processed)5", "DK", False),
        ("Argentina, crude ore", "AR", False),
        ("Korea, North", "KP", False),
        ("Congo (Kinshasa)", "CD", False),
        ("Côte d’Ivoire", "CI", False),
        ("Burma", "MM", False),
        ("Greece", "GR", False),
        ("Chile", "CL", False),
        ("China, Hong Kong SAR", "HK", False),
        ("China, Elsewhere", None, False),
        ("United States and Canada", None, False),
        ("Congo", None, False),
        ("", None, False),
    ],
)
def test_countries_with_what_sticks_to_their_names(
    name: str, country: str | None, estimated: bool
) -> None:
    assert country_of(name) == country
    assert is_estimated_name(name) is estimated


def test_country_names_agree_with_the_ontology() -> None:
    from lodewire.ontology.countries import load_countries

    known = load_countries()
    for name, country in country_names().items():
        assert country in known, name
    for country in known.values():
        if country.iso3:
            assert country_of(country.iso3) == country.id
            assert country_of(country.name) == country.id


def test_tables_come_in_utf_8_with_a_mark_and_in_windows_1252() -> None:
    assert read_rows("a", "\ufeffSource,Country\nx, Côte d’Ivoire \n,\n".encode()) == [
        ["Source", "Country"],
        ["x", "Côte d’Ivoire"],
    ]
    assert read_rows("a", "Country\nCôte d’Ivoire\n".encode("cp1252"))[1] == ["Côte d’Ivoire"]
    with pytest.raises(ReadError, match="not a CSV table"):
        read_rows("a.csv", b'a,"b\n')
    with pytest.raises(ReadError, match="not a CSV table"):
        read_rows("a.csv", b"\x81\x00")
