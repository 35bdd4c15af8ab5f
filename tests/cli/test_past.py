"""``--as-of``: what the desk knew at a moment, in every command that reads the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import NOW, lodewire

DAY = "2025-03-28"
BEFORE = "2025-03-28T20:59"  # a minute before the sample newsroom was fetched


def test_at_the_moment_of_the_run_all_is_told_as_it_is(built: Path) -> None:
    """Search, show and export give the same with the moment and without it."""
    asked = (
        ["export"],
        ["search", "copper", "--json"],
        ["show", "Lofdal", "--json", "--now", NOW],  # who owns it is told for a day
    )
    for arguments in asked:
        now = lodewire(*arguments, "-d", built).fine().out
        assert lodewire(*arguments, "-d", built, "--as-of", NOW).fine().out == now
        assert len(now) > 200


def test_before_the_run_nothing_was_known(built: Path) -> None:
    """An empty ledger has its words; an event that came later is none."""
    hits = lodewire("search", "copper", "--json", "-d", built).json
    (event,) = [e["id"] for hit in hits for e in hit["events"]][:1]
    lodewire("show", event, "-d", built).fine()
    assert "no event" in lodewire("show", event, "-d", built, "--as-of", BEFORE).refused()
    assert lodewire("export", "-d", built, "--as-of", BEFORE).fine().out == ""
    assert "empty" in lodewire("search", "copper", "-d", built, "--as-of", BEFORE).fine().out


def test_a_past_brief_is_the_one_that_was_kept(built: Path) -> None:
    """Composed again it has the kept one's bytes; earlier there was nothing to tell."""
    kept = lodewire("brief", DAY, "--kept", "--format", "json", "-d", built).fine().out
    asked = ("brief", DAY, "--format", "json", "-d", built, "--as-of")
    assert lodewire(*asked, NOW).fine().out == kept
    early = json.loads(lodewire(*asked, BEFORE).fine().out)
    assert all(not desk["entries"] for desk in early["desks"])
    told = lodewire("brief", DAY, "--kept", "-d", built, "--as-of", BEFORE).refused()
    assert "no brief was composed" in told


@pytest.mark.parametrize("told", ["yesterday", "2025-13-01", ""])
def test_what_is_no_moment_is_refused(told: str, built: Path) -> None:
    """With the form that is asked for."""
    outcome = lodewire("export", "-d", built, "--as-of", told)
    assert outcome.code == 2
    assert "2025-03-01T12:00" in outcome.err


def test_two_days_are_one_too_many(built: Path) -> None:
    """The argument and --day may not differ."""
    assert lodewire("brief", DAY, "--day", "2025-03-27", "-d", built).code == 2


def test_show_tells_the_life_of_an_event_and_whether_it_is_stale(built: Path) -> None:
    """Stages with date, statement and words; as of an earlier moment the same deal was fresh."""
    hits = lodewire("search", "Khoemacau", "--type", "acquisition", "--json", "-d", built).json
    told = {e["id"] for hit in hits for e in hit["events"] if "Khoemacau" in e["sentence"]}
    lives = {
        id_: lodewire("show", id_, "--json", "-d", built, "--now", NOW).json["life"] for id_ in told
    }
    # Told as news by several, from the agreement to the closing.
    (closed,) = [id_ for id_, life in lives.items() if len(life["steps"]) == 2]
    agreed, done = lives[closed]["steps"]
    assert (agreed["stage"], agreed["date"]) == ("agreed", "2023-11-21")
    assert (done["stage"], done["date"]) == ("closed", "2024-03-22")
    assert lives[closed]["usual_days"] is None
    event = lodewire("show", closed, "--json", "-d", built).json
    shown = {s["id"]: s for s in event["statements"]}
    assert shown[agreed["statement"]]["quote"] == agreed["quote"]
    out = lodewire("show", closed, "-d", built, "--now", NOW).fine().out
    assert "2024-03-22  closed" in out
    assert "stale" not in out


def test_a_deal_gone_silent_is_told_as_stale(built: Path) -> None:
    """Years later, with the span that the ontology gives for it."""
    hits = lodewire("search", "", "--type", "supply_agreement", "--json", "-d", built).json
    events = [e["id"] for hit in hits for e in hit["events"]]
    later = [
        lodewire("show", id_, "--json", "-d", built, "--now", "2032-01-01T00:00:00Z").json
        for id_ in events
    ]
    (deal, *_) = [e for e in later if e["type"] == "supply_agreement" and e["life"]["stale"]]
    assert deal["life"]["silent_days"] > deal["life"]["usual_days"]
    out = lodewire("show", deal["id"], "-d", built, "--now", "2032-01-01T00:00:00Z").fine().out
    assert f"stale; {deal['life']['usual_days']} days are usual" in out
