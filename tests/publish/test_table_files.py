"""Tables that leave the ledger: exact, typed, and harmless to open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.plain import plain, steers
from lodewire.publish.table_files import (
    WRITERS,
    csv_cell,
    write_csv,
    write_jsonl,
    write_parquet,
    write_xlsx,
)
from lodewire.publish.tables import EVENT_COLUMNS, VALUE_COLUMNS, Column, ColumnKind

COLUMNS = (
    Column("name", ColumnKind.TEXT, "a name"),
    Column("low", ColumnKind.DECIMAL, "an amount"),
    Column("count", ColumnKind.WHOLE, "a count"),
    Column("day", ColumnKind.DAY, "a day"),
    Column("at", ColumnKind.TIME, "a time"),
    Column("core", ColumnKind.TRUTH, "a truth"),
)
ROW = {
    "name": 'Käthe, "the" mine',
    "low": "1880000000.50",
    "count": 3,
    "day": date(2025, 3, 28),
    "at": datetime(2025, 3, 28, 21, tzinfo=UTC),
    "core": True,
}
NONE = dict.fromkeys(ROW)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44",
        "@SUM(A1)",
        "-2+3",
        "  =cmd",
        "\t=1",
        "\r=1",
        "＝1",
        "-",
        "=",
        "\x00=1",
        "\u202e=1",
    ],
)
def test_what_a_spreadsheet_would_run_is_led_by_an_apostrophe(cell: str) -> None:
    told = csv_cell(cell)
    if cell == "+44":
        assert told == "+44"  # a number stays one
    else:
        assert told.startswith("'")


@pytest.mark.parametrize("cell", ["-5", "-0.7", "+3.5", "1e9", "a=b", "2025-03-28", "ev_x", ""])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert csv_cell(cell) == cell


@given(st.text())
def test_no_cell_steers_a_terminal_or_begins_a_formula(cell: str) -> None:
    told = csv_cell(cell)
    assert not any(steers(c) for c in told)
    assert told.lstrip()[:1] not in ("=", "@")
    assert plain(told) == told


def test_csv_reads_back() -> None:
    out = io.BytesIO()
    assert write_csv([ROW, NONE], COLUMNS, out) == 2
    read = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert read[0] == {
        "name": ROW["name"],
        "low": "1880000000.50",
        "count": "3",
        "day": "2025-03-28",
        "at": "2025-03-28T21:00:00Z",
        "core": "true",
    }
    assert set(read[1].values()) == {""}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_lines_read_back_exactly_and_steer_nothing(name: str) -> None:
    out = io.BytesIO()
    write_jsonl([{**NONE, "name": name}], COLUMNS, out)
    line = out.getvalue().decode("utf-8")
    assert line.endswith("\n")
    assert json.loads(line)["name"] == name
    assert not any(steers(c) for c in line[:-1])


def test_parquet_is_typed_and_says_what_columns_mean() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    assert write_parquet(iter([ROW, NONE]), COLUMNS, out) == 2
    table = parquet.read_table(io.BytesIO(out.getvalue()))
    assert table.to_pylist() == [{**ROW, "low": 1880000000.5}, NONE]
    assert table.schema.field("low").metadata == {b"meaning": b"an amount"}


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from lodewire.errors import PublishError

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(PublishError) as told:
        write_parquet([], COLUMNS, io.BytesIO())
    assert "lodewire[parquet]" in (told.value.hint or "")


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_rows_are_written_as_they_come(form: str) -> None:
    """The second row is not asked for before the first is written."""
    out = io.BytesIO()
    sizes: list[int] = []

    def rows() -> Iterator[dict[str, Any]]:
        for _ in range(3):
            sizes.append(len(out.getvalue()))
            yield ROW

    WRITERS[form](rows(), COLUMNS, out)
    assert sizes[0] < sizes[1] < sizes[2]
    out.write(b"still open")


def test_every_column_has_one_name_and_a_meaning() -> None:
    for columns in (EVENT_COLUMNS, VALUE_COLUMNS):
        assert len({c.name for c in columns}) == len(columns)
        assert all(c.meaning for c in columns)


def test_a_spreadsheet_holds_typed_cells_and_no_formula() -> None:
    from zipfile import ZipFile

    hostile = {**ROW, "name": '=HYPERLINK("http://evil.example")'}
    links = {**NONE, "name": "https://evil.example/\u202e\x07"}
    files = []
    for _ in range(2):
        out = io.BytesIO()
        assert write_xlsx([hostile, links, NONE], COLUMNS, out) == 3
        files.append(out.getvalue())
    assert files[0] == files[1], "the same rows give the same bytes"
    with ZipFile(io.BytesIO(files[0])) as book:
        names = book.namelist()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.casefold().replace("=hyperlink(", "")
    assert not [n for n in names if "externalLink" in n or "_rels/sheet" in n]
    assert "<t>=HYPERLINK(&quot;" in sheet or '<t>=HYPERLINK("' in sheet
    assert "<v>1880000000.5</v>" in sheet
    assert '<c r="F2" t="b"><v>1</v></c>' in sheet
    assert "\u202e" not in sheet


@given(st.text(max_size=40))
def test_any_text_is_a_text_cell(told: str) -> None:
    from zipfile import ZipFile

    out = io.BytesIO()
    write_xlsx([{"name": told}], COLUMNS[:1], out)
    with ZipFile(out) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    cell = sheet.partition('r="A2"')[2]
    assert not cell or 't="inlineStr"' in cell
