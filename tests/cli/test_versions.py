"""``lodewire show DOCUMENT``: the versions of an edited article and what each changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lodewire.config.desk import load_desk
from lodewire.ledger import open_ledger
from lodewire.pipeline.run import process
from tests.cli.command import lodewire
from tests.pipeline.pages import DEAL, NOW, page

EDITED = DEAL.replace("$1.875 billion", "$1.95 billion").replace("42,000 tonnes", "42,500 tonnes")
OWNED_UP = EDITED + " (Corrects the price in the first paragraph.)"
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def ids(new_desk: Path) -> list[str]:
    """The documents of a page that was fetched, edited and fetched again, oldest first."""
    found = []
    desk = load_desk(new_desk)
    with open_ledger(desk.database_path) as ledger:
        for text, at in ((DEAL, NOW), (EDITED, LATER)):
            capture = replace(page(text), fetched_at=at)
            ledger.captures.add(capture)
            process(ledger, desk, now=at, workers=1)
            (document,) = ledger.documents.of_capture(capture.id)
            found.append(str(document.id))
        assert ledger.integrity() == ()
    return found


def test_a_silent_change_of_a_figure_is_shown_with_both_quotes(
    new_desk: Path, ids: list[str]
) -> None:
    """From either version; the newest tells the event, the older one none."""
    told = lodewire("show", ids[0], "--json", "-d", new_desk).json
    assert [v["id"] for v in told["versions"]] == ids
    assert [v["newest"] for v in told["versions"]] == [False, True]
    assert told["versions"][0]["changes"] == []
    price, *_ = [c for c in told["versions"][1]["changes"] if c["property"] == "value"]
    assert (price["kind"], price["silent"]) == ("changed", True)
    assert "1.875" in price["old"]["quote"]
    assert "1.95" in price["new"]["quote"]
    assert told["events"] == []
    (event, *_) = lodewire("show", ids[1], "--json", "-d", new_desk).json["events"]
    assert "1.95" in event["sentence"]
    out = lodewire("show", ids[1], "-d", new_desk).fine().out
    assert "a figure changed without a word" in out
    assert " – now" in out


def test_as_of_before_the_edit_there_is_one_version(new_desk: Path, ids: list[str]) -> None:
    """And it tells its event."""
    then = ("-d", new_desk, "--as-of", "2025-03-28T22:00")
    told = lodewire("show", ids[0], "--json", *then).json
    assert [v["id"] for v in told["versions"]] == ids[:1]
    assert "1.875" in " ".join(e["sentence"] for e in told["events"])
    assert "no document" in lodewire("show", ids[1], *then).refused()


def test_an_edit_that_is_owned_up_to_is_not_flagged(new_desk: Path, ids: list[str]) -> None:
    """A third version with a notice: one more version, nothing silent in it."""
    desk = load_desk(new_desk)
    at = LATER + timedelta(hours=1)
    with open_ledger(desk.database_path) as ledger:
        ledger.captures.add(replace(page(OWNED_UP.replace("$1.95", "$2.05")), fetched_at=at))
        process(ledger, desk, now=at, workers=1)
    told = lodewire("show", ids[0], "--json", "-d", new_desk).json
    assert len(told["versions"]) == 3
    changes = told["versions"][2]["changes"]
    assert any(c["property"] == "value" for c in changes)
    assert not any(c["silent"] for c in changes)


def test_a_text_that_is_gone_back_to_tells_again_and_is_listed_twice(
    new_desk: Path, ids: list[str]
) -> None:
    """What was shown when, with the change and the change back."""
    desk = load_desk(new_desk)
    at = LATER + timedelta(hours=1)
    with open_ledger(desk.database_path) as ledger:
        ledger.captures.add(replace(page(DEAL), fetched_at=at))
        process(ledger, desk, now=at, workers=1)
        assert ledger.integrity() == ()
    told = lodewire("show", ids[0], "--json", "-d", new_desk).json
    assert [v["id"] for v in told["versions"]] == [ids[0], ids[1], ids[0]]
    assert [v["newest"] for v in told["versions"]] == [False, False, True]
    back = [c for c in told["versions"][2]["changes"] if c["property"] == "value"]
    assert "1.875" in back[0]["new"]["quote"]
    assert "1.875" in " ".join(e["sentence"] for e in told["events"])
    assert lodewire("show", ids[1], "--json", "-d", new_desk).json["events"] == []
    assert "again" in lodewire("show", ids[0], "-d", new_desk).fine().out
    between = ("-d", new_desk, "--as-of", (at - timedelta(minutes=1)).isoformat())
    (event, *_) = lodewire("show", ids[1], "--json", *between).json["events"]
    assert "1.95" in event["sentence"]
    assert lodewire("show", ids[0], "--json", *between).json["events"] == []


def test_an_unknown_document_is_told_as_such(new_desk: Path) -> None:
    assert "no document" in lodewire("show", "doc_x", "-d", new_desk).refused()
