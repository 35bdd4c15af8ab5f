"""``lodewire search``: filters by names and amounts, events, saved searches."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.command import lodewire

T1, T2 = "2025-04-01T08:00:00Z", "2025-04-02T08:00:00Z"


def test_filters_by_name_and_amount_narrow(built: Path) -> None:
    """Each filter's documents are among those found without it."""
    every = {
        h["document"] for h in lodewire("search", "--limit", "1000", "--json", "-d", built).json
    }
    for option in (
        ["--country", "Namibia"],
        ["--commodity", "lithium"],
        ["--organisation", "MMG"],
        ["--amount", ">= 1 billion USD"],
        ["--status", "completed"],
    ):
        call = ["search", *option, "--limit", "1000", "--json", "-d", built]
        found = {h["document"] for h in lodewire(*call).fine().json}
        assert found, option
        assert found < every, option


def test_events_are_listed_with_their_words(built: Path) -> None:
    """Each fits the filters itself."""
    call = ("search", "Khoemacau", "--type", "acquisition", "--events", "-d", built)
    told = lodewire(*call, "--json").fine().json
    assert told
    assert {e["type"] for e in told} == {"acquisition"}
    out = lodewire(*call).fine().out
    assert all(e["id"] in out for e in told)
    assert "“" in out
    none = lodewire("search", "nowheretobefound", "--events", "-d", built).fine().out
    assert "No event found" in none


def test_a_saved_search_tells_what_is_new(desk: Path) -> None:
    """Nothing at first; a document that came since, once; then nothing again."""
    call = ("search", "copper", "--save", "cu", "--now", T1, "-d", desk)
    assert lodewire(*call).fine().out == lodewire("search", "copper", "-d", desk).fine().out
    assert (
        "Nothing new since 2025-04-01 08:00"
        in lodewire("search", "--saved", "cu", "--new", "--now", T1, "-d", desk).fine().out
    )
    assert "cu: 0 new since" in lodewire("search", "--list", "-d", desk).fine().out
    connection = sqlite3.connect(desk / "desk.db")
    connection.execute(
        "INSERT INTO documents SELECT (SELECT max(number) + 1 FROM documents), 'doc_new', "
        "capture_id, source_id, role, 'More \x1b[31mcopper\x9b2J', text, url, publisher, "
        "language, published, day, parent_id, first_seen, last_seen, body FROM documents "
        "WHERE text LIKE '%copper%' LIMIT 1"
    )
    connection.commit()
    connection.close()
    assert lodewire("search", "--list", "--json", "-d", desk).json[0]["new"] == 1
    told = lodewire("search", "--limit", "1000", "--json", "-d", desk)
    assert "\x9b" not in told.out
    assert any(hit["title"] == "More \x1b[31mcopper\x9b2J" for hit in told.json)
    out = lodewire("search", "--saved", "cu", "--new", "--now", T2, "-d", desk).fine().out
    assert "copper" in out
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert (
        "Nothing new since 2025-04-02"
        in lodewire("search", "--saved", "cu", "--new", "-d", desk).fine().out
    )
    assert len(lodewire("search", "--saved", "cu", "--json", "-d", desk).fine().json) > 1
    assert "Forgot" in lodewire("search", "--forget", "cu", "-d", desk).fine().out
    assert "No search is saved" in lodewire("search", "--list", "-d", desk).fine().out
    assert "--save" in lodewire("search", "--saved", "cu", "-d", desk).refused()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--new"],
        ["copper", "--saved", "x"],
        ["--type", "tariff", "--list"],
        ["--save", "x"],
        ["--save", "x", "--list", "copper"],
        ["--saved", "x", "--new", "--events"],
        ["--amount", "much"],
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(built: Path, arguments: list[str]) -> None:
    """Exit code 2."""
    assert lodewire("search", *arguments, "-d", built).code == 2


def test_an_ambiguous_or_unknown_name_is_told(built: Path) -> None:
    """With near names."""
    told = lodewire("search", "--country", "Namibja", "-d", built).refused()
    assert "Namibia" in told
