"""The schema of figures: what is written is read back, what contradicts itself is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import OntologyError
from lodewire.model.measure import Figure
from lodewire.reference.tables import (
    COLUMNS,
    MEASURED,
    SIGNED,
    STATES_WITH_VALUE,
    STATES_WITHOUT_VALUE,
    key_of,
    read_figures,
    write_figures,
)

HEAD = ",".join(COLUMNS)
ROW = "cobalt,mining,CD,,2024,production,,226000,,,t,cobalt content,reported,no,,usgs-mcs,MCS2026"


def read(*rows: str) -> tuple[Figure, ...]:
    return read_figures("t.csv", "\n".join((HEAD, *rows, "")).encode())


def test_a_row_is_one_figure() -> None:
    (figure,) = read(ROW)
    assert (figure.commodity, figure.country, figure.year) == ("cobalt", "CD", 2024)
    assert (figure.value, figure.unit, figure.state) == (Decimal(226000), "t", "reported")
    assert (figure.measured, figure.partner, figure.low) == ("production", "", None)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (ROW.replace(",CD,", ",COD,"), "alpha-2"),
        (ROW.replace(",CD,,", ",CD,JPN,"), "partner 'JPN'"),
        (ROW.replace(",2024,", ",24,"), "not a year"),
        (ROW.replace("226000", "lots"), "not a number"),
        (ROW.replace("226000", "-1"), "zero or more"),
        (ROW.replace("226000", "NaN"), "zero or more"),
        (ROW.replace("226000", "1E+999999"), "zero or more"),
        (ROW.replace("226000", ""), "not a number"),
        (ROW.replace("226000,,", "226000,1,"), "yet bounds"),
        (ROW.replace("reported", "withheld"), "withheld, yet"),
        (ROW.replace("reported", "interval"), "an interval, yet the value"),
        (ROW.replace("226000,,", ",9,1").replace("reported", "interval"), "backwards"),
        (ROW.replace("226000,,", ",9,").replace("reported", "interval"), "high '' is not a number"),
        (ROW.replace("reported", "guessed"), "guessed"),
        (ROW.replace(",no,", ",perhaps,"), "yes or no"),
        (ROW.replace("production", "hearsay"), "hearsay"),
        (ROW.replace("cobalt content", ""), "basis is empty"),
        (ROW.replace("mining", ""), "stage is empty"),
        (ROW + ",surplus", "18 cells"),
        ('"' + ROW, "not valid CSV"),
    ],
)
def test_an_inconsistent_figure_is_refused_with_file_and_line(new: str, says: str) -> None:
    other = ROW.replace(",CD,", ",AU,")
    with pytest.raises(OntologyError, match=says) as caught:
        read(other, new)
    assert caught.value.message.startswith("t.csv:3:")


def test_the_same_figure_twice_and_strange_columns_are_refused() -> None:
    with pytest.raises(OntologyError, match=r"t.csv:3: .*CD, 2024.* twice"):
        read(ROW, ROW.replace("226000", "1"))
    with pytest.raises(OntologyError, match="columns must be"):
        read_figures("t.csv", b"commodity,stage\n")
    with pytest.raises(OntologyError, match="cannot be read"):
        read_figures("t.csv", b"\xff\xfe")


_AMOUNT = st.sampled_from(["0", "0.1", "12", "99.50", "1E+3", "10000000000"])
_TEXT = st.text("aé,\"'\n", max_size=6).map(str.strip)


@st.composite
def one_figure(draw: st.DrawFn) -> Figure:
    state = draw(st.sampled_from([*STATES_WITH_VALUE, *STATES_WITHOUT_VALUE, "interval"]))
    low, high = sorted((Decimal(draw(_AMOUNT)), Decimal(draw(_AMOUNT))))
    measured = draw(st.sampled_from(sorted(MEASURED)))
    value = Decimal(draw(_AMOUNT))
    if measured in SIGNED and draw(st.booleans()):
        value = -value
    return Figure(
        commodity="cobalt",
        stage="mining",
        country=draw(st.sampled_from(["CD", "WORLD", "OTHER", "US"])),
        partner=draw(st.sampled_from(["", "CN", "OTHER"])),
        year=draw(st.integers(1900, 2099)),
        measured=measured,
        form=draw(_TEXT),
        value=value if state in STATES_WITH_VALUE else None,
        low=low if state == "interval" else None,
        high=high if state == "interval" else None,
        unit="t",
        basis="content, 'gross\"",
        state=state,
        estimated=draw(st.booleans()),
        note=draw(_TEXT),
        source="usgs-mcs",
        vintage="MCS2026",
    )


@given(st.lists(one_figure(), max_size=5, unique_by=key_of))
def test_what_is_written_is_read_back(figures: list[Figure]) -> None:
    read_back = read_figures("t.csv", write_figures(figures))
    assert {key_of(f): f for f in read_back} == {key_of(f): f for f in figures}
