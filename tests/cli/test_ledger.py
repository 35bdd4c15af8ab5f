"""``lodewire ledger``: events as a table, by filters, in every format."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lodewire.publish.tables import EVENT_COLUMNS, VALUE_COLUMNS
from lodewire.workbench.amount_words import parse_amount
from tests.cli.command import lodewire

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "tables.md"


def rows(built: Path, *arguments: str) -> list[dict[str, Any]]:
    out = lodewire("ledger", *arguments, "--format", "jsonl", "-d", built).fine().out
    return [json.loads(line) for line in out.splitlines()]


def test_every_format_holds_the_same_events_in_the_same_order(built: Path, tmp_path: Path) -> None:
    """And twice the same bytes."""
    told = rows(built)
    assert len(told) > 100
    assert list(told[0]) == [c.name for c in EVENT_COLUMNS]
    days = [r["reported"] for r in told]
    assert days == sorted(days, reverse=True)
    out = lodewire("ledger", "--format", "csv", "-d", built).fine().out
    read = list(csv.DictReader(io.StringIO(out, newline="")))
    assert [r["event"] for r in read] == [r["event"] for r in told]
    assert lodewire("ledger", "--format", "csv", "-d", built).fine().out == out
    parquet = pytest.importorskip("pyarrow.parquet")
    lodewire("ledger", "--format", "parquet", "-o", tmp_path / "x.parquet", "-d", built).fine()
    assert parquet.read_table(tmp_path / "x.parquet")["event"].to_pylist() == [
        r["event"] for r in told
    ]


def test_filters_give_what_they_say(built: Path) -> None:
    """Each row of the answer fits; rows that fit are in the answer."""
    every = rows(built)
    for option, column in (("--type", "type"), ("--status", "status")):
        value = every[0][column]
        assert rows(built, option, value) == [r for r in every if r[column] == value]
    some = rows(built, "--since", "2025-03-20", "--until", "2025-03-27")
    assert some == [r for r in every if "2025-03-20" <= r["reported"] <= "2025-03-27"]
    assert some
    topic = rows(built, "--topic", "mining-metals")
    assert topic == [r for r in every if "mining-metals" in r["desks"].split("; ")]
    assert rows(built, "--limit", "3") == every[:3]
    assert {r["event"] for r in rows(built, "--sort", "oldest")} == {r["event"] for r in every}


def test_amounts_are_compared_in_their_own_unit(built: Path) -> None:
    """The largest first where asked; another currency is not looked at."""
    told = rows(built, "--amount", ">= 100 million USD", "--sort", "amount")
    values = [Decimal(r["amount_low"] or r["amount_high"]) for r in told]
    assert len(told) > 3
    assert {r["amount_unit"] for r in told} == {"USD"}
    assert values == sorted(values, reverse=True)
    assert min(values) >= 10**8
    assert all(r["amount_quote"] for r in told)
    assert not rows(built, "--amount", "value >= 100 million ZAR")


def test_names_are_resolved_and_groups_hold_their_members(built: Path) -> None:
    """Rare earths hold neodymium; a country goes by name or code; a role by name."""
    one = rows(built, "--country", "Namibia")
    assert one
    assert one == rows(built, "--country", "NA")
    earths = {r["event"] for r in rows(built, "--commodity", "rare earths")}
    members = {
        r["event"]
        for r in rows(built, "--rows", "values")
        if r["entity"] in ("neodymium", "dysprosium", "terbium", "rare-earths")
    }
    assert members
    assert members <= earths
    role = rows(built, "--role", "operator=MMG", "--rows", "values")
    assert {r["event"] for r in role} == {
        r["event"] for r in role if r["property"] == "operator" and r["entity"] == "mmg"
    }
    assert list(role[0]) == [c.name for c in VALUE_COLUMNS]


def test_quotes_of_values_are_exact(built: Path) -> None:
    """The original and its quote stand in the row, with place and document."""
    told = rows(built, "--rows", "values", "--limit", "20")
    assert all(r["span_end"] - r["span_start"] == len(r["quote"]) for r in told)
    assert {r["rank"] for r in told} >= {1}


def test_wrong_calls_say_what_to_do(built: Path) -> None:
    """Unknown names suggest near ones; options that do not fit are wrong usage."""
    assert "Glencore" in lodewire("ledger", "--organisation", "Glencor", "-d", built).refused()
    for arguments, told in (
        (["--role", "byer=Tesla"], "buyer"),
        (["--role", "buyer"], "ROLE=NAME"),
        (["--amount", "a lot"], "100 million USD"),
        (["--amount", "100"], "100 million USD"),
        (["--amount", "byer >= 5 t"], "buyer"),
        (["--sort", "amount"], "no order"),
        (["--format", "parquet"], "--output"),
        (["--rows", "values"], "--format"),
    ):
        outcome = lodewire("ledger", *arguments, "-d", built)
        assert outcome.code == 2, arguments
        assert told in outcome.err, outcome.err


def test_the_table_is_cut_and_says_so(built: Path, new_desk: Path) -> None:
    """And an empty ledger, or an empty answer, says what to do."""
    assert "there are more" in lodewire("ledger", "--limit", "2", "-d", built).fine().out
    assert "lodewire run" in lodewire("ledger", "-d", new_desk).fine().out
    out = lodewire("ledger", "--until", "1990-01-01", "-d", built).fine().out
    assert "Leave out a filter" in out


def test_a_file_that_cannot_be_written_is_told(built: Path) -> None:
    """And nothing is left behind."""
    lodewire("ledger", "--format", "csv", "-o", "/proc/x.csv", "-d", built).refused()


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        (">= 100 million USD", "USD", 10**8, None),
        ("<5bn EUR", "EUR", None, 5 * 10**9),
        ("100..200 million AUD", "AUD", 10**8, 2 * 10**8),
        ("100 to 200 million AUD", "AUD", 10**8, 2 * 10**8),
        ("capacity ≥ 30 kt", "t", 30_000, None),
        ("25 %", "%", 25, 25),
        ("$100 million", "$", 10**8, 10**8),
    ],
)
def test_amounts_are_read_as_the_texts_are(
    text: str, unit: str, low: int | None, high: int | None
) -> None:
    found = parse_amount(text)
    assert found is not None
    assert (found.unit, found.low, found.high) == (unit, low, high)


@pytest.mark.parametrize("text", ["", "USD", ">= USD", ">= 1 to 2 t", "5 t of copper", "5 t 6 t"])
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    assert parse_amount(text) is None


def test_the_guide_tells_every_column() -> None:
    """Name, kind and meaning, as the code has them."""
    page = GUIDE.read_text("utf-8")
    for column in (*EVENT_COLUMNS, *VALUE_COLUMNS):
        assert f"| `{column.name}` | {column.kind.value} | {column.meaning} |" in page
