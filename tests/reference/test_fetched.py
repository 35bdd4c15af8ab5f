"""Tables of fetched rows: what is written reads back, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.collect.official.services import FLOWS, PARTIES, SERIES
from lodewire.errors import ConfigError
from lodewire.model.official import SanctionedParty, SeriesPoint, TradeFlow
from lodewire.reference import fetched
from lodewire.reference.fetched import merge_rows, read_table, write_table

WORDS = st.text("aZ9é中 ,;\"'|[]\n\t\\", max_size=12)
NUMBERS = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=3)
PARTY = st.builds(
    SanctionedParty,
    source=WORDS,
    id=WORDS,
    name=WORDS,
    kind=WORDS,
    aliases=st.lists(WORDS, max_size=3).map(tuple),
    listed=st.none() | st.dates(min_value=date(1900, 1, 1)),
    remarks=WORDS,
)
FLOW = st.builds(
    TradeFlow,
    source=WORDS,
    reporter=WORDS,
    partner=WORDS,
    flow=WORDS,
    product=WORDS,
    period=WORDS,
    currency=WORDS,
    value=NUMBERS,
    weight_kg=NUMBERS,
    weight_estimated=st.booleans(),
)


def point(period, value="1", **told):
    number = Decimal(value) if value is not None else None
    state = "reported" if value is not None else "not_available"
    return SeriesPoint(
        source="s", series="a", period=period, value=number, unit="u", state=state, **told
    )


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(PARTY, max_size=5), st.lists(FLOW, max_size=5))
def test_what_is_written_reads_back_as_the_same(tmp_path_factory, parties, flows):
    folder = tmp_path_factory.mktemp("t")
    write_table(folder, "parties", PARTIES, parties)
    write_table(folder, "flows", FLOWS, flows)
    assert read_table(folder, "parties", PARTIES) == tuple(parties)
    assert read_table(folder, "flows", FLOWS) == tuple(flows)


def test_a_table_never_fetched_is_empty(tmp_path):
    assert read_table(tmp_path, "ecb", SERIES) == ()


def test_a_write_that_fails_leaves_the_old_table_and_nothing_else(tmp_path, monkeypatch):
    write_table(tmp_path, "x", SERIES, [point("2024")])
    before = (tmp_path / "x.csv").read_bytes()

    def fail(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetched.os, "fsync", fail)
    with pytest.raises(ConfigError, match="No space left on device"):
        write_table(tmp_path, "x", SERIES, [point("2024", "2")])
    assert [f.name for f in tmp_path.iterdir()] == ["x.csv"]
    assert (tmp_path / "x.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("series", "serie"), "x.csv:1: the columns must be"),
        (lambda text: text[:-8], "x.csv:2: "),
        (lambda text: text.replace(",1,", ",NaN,"), "'NaN' is no number"),
        (lambda text: text.replace(",reported,", ",not_available,"), "yet not_available"),
    ],
)
def test_a_damaged_table_is_told_with_its_line(tmp_path, change, told):
    file = write_table(tmp_path, "x", SERIES, [point("2024")])
    file.write_text(change(file.read_text()))
    with pytest.raises(ConfigError) as caught:
        read_table(tmp_path, "x", SERIES)
    assert told in caught.value.message


def test_rows_the_fetch_does_not_speak_for_stay():
    old = [point("2023"), point("2024"), point("2025")]
    new = [point("2024", "2")]
    rows, changes = merge_rows(old, new, SERIES, covers=lambda p: p.period >= "2024")
    assert [(p.period, p.value) for p in rows] == [("2023", Decimal(1)), ("2024", Decimal(2))]
    assert (changes.added, changes.changed, changes.gone) == (0, 1, 1)
    assert changes.examples == ("a 2024: value 1 → 2", "gone: a 2025")


def test_a_new_vintage_of_the_same_value_is_no_change():
    old = [point("2024", vintage="2025-01-01")]
    rows, changes = merge_rows(
        old, [point("2024", vintage="2026-01-01")], SERIES, covers=lambda p: True
    )
    assert list(rows) == old
    assert not changes


def test_a_value_that_went_missing_is_told_and_not_zero():
    rows, changes = merge_rows(
        [point("2024")], [point("2024", None)], SERIES, covers=lambda p: True
    )
    assert rows[0].value is None
    assert changes.examples == ("a 2024: value 1 → None; state reported → not_available",)


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(PARTY, max_size=6, unique_by=lambda p: p.id))
def test_merging_the_same_again_changes_nothing(parties):
    rows, first = merge_rows([], parties, PARTIES, covers=lambda p: True)
    again, second = merge_rows(
        rows, [replace(p, vintage="later") for p in parties], PARTIES, covers=lambda p: True
    )
    assert first.added == len(parties)
    assert not second
    assert again == rows
