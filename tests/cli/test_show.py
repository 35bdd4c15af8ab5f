"""``lodewire show``: pages of things, from words that prove them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import lodewire


def page(built: Path, *arguments: str) -> dict[str, Any]:
    (told,) = lodewire("show", *arguments, "--json", "-d", built).fine().json
    assert isinstance(told, dict)
    return told


def test_a_site_tells_who_runs_it_as_stated_and_by_the_tables(built: Path) -> None:
    """Each value once, with the words, apart from what the ontology knows."""
    told = page(built, "lofdal")
    assert told["facts"]["operator"] == "Namibia Critical Metals"
    operators = [f for f in told["stated"] if f["role"] == "operator"]
    assert [f["value"] for f in operators] == ["Namibia Critical Metals"]
    stating = [
        event["id"]
        for event in told["events"]
        if any(
            s["property"] == "operator" and s["value"] == operators[0]["value"]
            for s in lodewire("show", event["id"], "--json", "-d", built).json["statements"]
        )
        and {"site", "asset"} & set(event["roles"])
    ]
    assert operators[0]["events"] == len(stating) > 0
    assert operators[0]["event"] == stating[-1]
    assert len({(f["role"], f["value"].casefold()) for f in told["stated"]}) == len(told["stated"])
    out = lodewire("show", "lofdal", "-d", built).fine().out
    assert "By Lodewire's tables" in out
    assert "As stated" in out
    assert "Sources" in out


@pytest.mark.parametrize("name", ["lofdal", "glencore", "cobalt", "Namibia", "NA", "MMG Ltd"])
def test_events_come_in_order_with_status_and_words(built: Path, name: str) -> None:
    """Every event names the thing; every document of theirs is among the sources."""
    told = page(built, name)
    days = [e["reported"] for e in told["events"]]
    assert days == sorted(days)
    assert days
    assert all(e["status"] and e["quote"] and e["roles"] for e in told["events"])
    assert {e["document"] for e in told["events"]} <= {s["document"] for s in told["sources"]}
    for event in told["events"]:
        shown = lodewire("show", event["id"], "--json", "-d", built).json
        assert any(s["entity"] == told["id"] for s in shown["statements"])


def test_the_latest_events_are_shown_and_the_rest_is_said(built: Path) -> None:
    """Of many, the latest; --limit gives more."""
    every = [e["id"] for e in page(built, "US", "--limit", "1000")["events"]]
    assert [e["id"] for e in page(built, "US", "--limit", "2")["events"]] != every[:2]
    assert {e["id"] for e in page(built, "US", "--limit", "2")["events"]} <= set(every)
    assert "--limit" in lodewire("show", "US", "--limit", "2", "-d", built).fine().out


def test_a_shared_name_lists_the_choices(desk: Path) -> None:
    """One line, with ids; an id is never ambiguous."""
    connection = sqlite3.connect(desk / "desk.db")
    connection.execute("INSERT INTO entity_names VALUES ('lofdal', 'Twin \x1b[31mPeaks', 0)")
    connection.execute("INSERT INTO entity_names VALUES ('glencore', 'Twin \x1b[31mPeaks', 0)")
    connection.commit()
    connection.close()
    told = lodewire("show", "Twin \x1b[31mPeaks", "-d", desk).refused()
    assert "lofdal (Lofdal, site)" in told
    assert "glencore (Glencore, organisation)" in told
    assert "\x1b" not in told
    out = lodewire("show", "lofdal", "-d", desk).fine().out
    assert "Twin [31mPeaks" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("DRC", "CD"),
        ("dr congo", "CD"),
        ("Rio Tinto plc", "rio-tinto"),
        ("rare earths", "rare-earths"),
        ("Glencore PLC", "glencore"),
    ],
)
def test_other_names_of_the_tables_lead_to_the_thing(built: Path, name: str, id_: str) -> None:
    """Also where no text of the ledger uses them; the page bears the table's name."""
    told = page(built, name)
    assert told["id"] == id_
    assert told["name"] not in told["aliases"]


@pytest.mark.parametrize(
    ("name", "near"),
    [("Lofdall", "Lofdal"), ("Glencor", "Glencore"), ("Kazakstan", "Kazakhstan")],
)
def test_an_unknown_name_suggests_near_ones(built: Path, name: str, near: str) -> None:
    """And says how to look for words."""
    told = lodewire("show", name, "-d", built).refused()
    assert f"{near}" in told.split("Did you mean")[1]
    assert "lodewire search" in told


@pytest.mark.parametrize("name", ["", " ", "%", "_", "\x00", "'; DROP TABLE entities; --"])
def test_no_name_breaks_it(built: Path, name: str) -> None:
    """Signs of SQL are just signs."""
    lodewire("show", "-d", built, "--", name).refused()
