"""What collecting keeps, and when: captures at once, validators only at a channel's end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lodewire.collect.fetching import Validators
from lodewire.collect.told import Collected, Found, Note, NoteKind, Polled
from lodewire.config.desk import DeskConfig, load_desk
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.capture import FeedEntry
from lodewire.model.ids import SourceId
from lodewire.pipeline import collecting
from lodewire.pipeline.collecting import CollectReport, collect_step, fetch_limits
from tests.collect.sources import source_of
from tests.pipeline.pages import DEAL, NOW, OUTAGE, page

FEED = "https://wire.example/feed.xml"
SOURCE = source_of({"type": "feed", "url": FEED}, id="wire")
FRESH = Validators(etag='"two"', last_modified=None)


class Collector:
    """Stands in for the collector: tells what it is given, and keeps how it was called."""

    def __init__(self, told: list[Collected | BaseException]) -> None:
        self.told = told
        self.called: dict[str, Any] = {}

    async def __call__(self, sources: Any, client: Any, **options: Any) -> AsyncIterator[Collected]:
        self.called = {"sources": sources, **options}
        for one in self.told:
            if isinstance(one, BaseException):
                raise one
            yield one


@pytest.fixture
def desk(tmp_path: Path) -> DeskConfig:
    """A desk with nothing but defaults."""
    (tmp_path / "desk.toml").write_text('name = "Desk"\n', encoding="utf-8")
    return load_desk(tmp_path)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with open_ledger(tmp_path / "desk.db", create=True) as opened:
        yield opened


@pytest.fixture
def collect(ledger: Ledger, desk: DeskConfig, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the step on what a collector tells; returns the report and the collector."""

    def run(*told: Collected | BaseException, **options: Any) -> tuple[CollectReport, Collector]:
        collector = Collector(list(told))
        monkeypatch.setattr(collecting, "collect_sources", collector)
        return collect_step(ledger, [SOURCE], desk, now=NOW, **options), collector

    return run


def _found(text: str, number: int = 1) -> Found:
    capture = page(text, number=number)
    return Found(capture=capture, key=capture.requested_url)


def _polled(outcome: str = "ok", **told: Any) -> Polled:
    return Polled(source_id=SourceId("wire"), address=FEED, outcome=outcome, **told)


def test_captures_are_kept_and_counted_once(collect: Any, ledger: Ledger) -> None:
    """A page that comes twice is one capture."""
    report, _ = collect(_found(DEAL), _found(DEAL), _found(OUTAGE, 2), _polled(entries=3, fresh=2))
    assert report.captures == 2
    assert (report.sources, report.channels, report.answered) == (1, 1, 1)
    assert ledger.counts()["captures"] == 2


def test_validators_are_kept_only_when_the_channel_has_ended(collect: Any, ledger: Ledger) -> None:
    """A run killed in the middle of a channel asks for it whole again; its captures stay."""
    with pytest.raises(KeyboardInterrupt):
        collect(_found(DEAL), KeyboardInterrupt())
    assert ledger.sources.state(FEED) is None
    assert ledger.counts()["captures"] == 1
    collect(_found(OUTAGE, 2), _polled(validators=FRESH))
    state = ledger.sources.state(FEED)
    assert state is not None
    assert state.etag == '"two"'


def test_a_channel_with_something_left_keeps_the_validators_it_had(
    collect: Any, ledger: Ledger
) -> None:
    """None means: not yet."""
    collect(_polled(validators=Validators(etag='"one"', last_modified="Fri")))
    collect(_polled(validators=None, entries=5))
    state = ledger.sources.state(FEED)
    assert state is not None
    assert (state.etag, state.last_modified) == ('"one"', "Fri")


def test_the_next_run_asks_with_what_the_last_one_learnt(collect: Any) -> None:
    """Validators by address."""
    collect(_polled(validators=FRESH))
    _, collector = collect(_polled("unchanged"))
    assert collector.called["validators"][FEED].etag == '"two"'


def test_what_was_kept_before_counts_as_seen(collect: Any) -> None:
    """By address and by the feed's own id; of this source only."""
    capture = replace(page(DEAL), entry=FeedEntry(guid="urn:1", link="https://wire.example/1"))
    collect(Found(capture=capture, key="urn:1"), _polled())
    _, collector = collect(_polled())
    seen = collector.called["seen"]
    assert seen(SourceId("wire"), "urn:1")
    assert seen(SourceId("wire"), capture.requested_url)
    assert not seen(SourceId("daily"), "urn:1")
    assert not seen(SourceId("wire"), "urn:2")


class Published:
    """What is served at localhost was published at wire.example."""

    def address(self, address: str) -> str:
        return address.replace("http://localhost:8000", "https://wire.example")

    def body(self, body: bytes) -> bytes:
        return body.replace(b"http://localhost:8000", b"https://wire.example")


def test_addresses_and_bodies_are_relabelled_before_they_are_kept(
    collect: Any, ledger: Ledger
) -> None:
    """The ledger knows the publisher's address, and so does ``seen``."""
    served = "http://localhost:8000/story"
    capture = replace(
        page(f"{DEAL} See {served}."),
        requested_url=served,
        url=served,
        entry=FeedEntry(link=served, guid=served),
    )
    _, collector = collect(Found(capture=capture, key=served), _polled(), relabel=Published())
    (kept,) = ledger.captures.pending()
    assert kept.url == kept.requested_url == "https://wire.example/story"
    assert kept.entry is not None
    assert kept.entry.link == "https://wire.example/story"
    assert b"localhost" not in kept.body
    assert collector.called["seen"](SourceId("wire"), served)


def test_what_went_wrong_is_handed_on_and_logged(collect: Any, ledger: Ledger) -> None:
    """Notes in order; the outcome of each channel in the log that health reads."""
    note = Note(source_id=SourceId("wire"), kind=NoteKind.FAILED, address=FEED, message="away")
    report, _ = collect(note, _polled("FetchFailed", status=503, detail="away"))
    assert report.notes == [note]
    assert report.nothing_answered
    (fetch,) = ledger.sources.fetches(SourceId("wire"), since=NOW)
    assert (fetch.outcome, fetch.status, fetch.detail) == ("FetchFailed", 503, "away")


def test_unchanged_channels_answer_too(collect: Any) -> None:
    """304 is an answer."""
    report, _ = collect(_polled("unchanged"))
    assert report.unchanged == 1
    assert not report.nothing_answered


def test_nothing_asked_is_not_nothing_answered() -> None:
    """A desk without sources has no fault."""
    assert not CollectReport().nothing_answered


def test_progress_tells_pages_and_channels(collect: Any) -> None:
    """Channels of how many; pages as they come."""
    told: list[tuple[str, int, int | None]] = []
    collect(
        _found(DEAL),
        _found(OUTAGE, 2),
        _polled(),
        progress=lambda step, done, total=None: told.append((step, done, total)),
    )
    assert told == [("pages", 1, None), ("pages", 2, None), ("channels", 1, 1)]


def test_the_desks_limits_become_the_clients(tmp_path: Path) -> None:
    """Megabytes to bytes, seconds to seconds."""
    (tmp_path / "desk.toml").write_text(
        'name = "D"\n[collect]\nmax_body_mb = 2.5\ntimeout_seconds = 7\nper_host = 3\n'
        "max_redirects = 1\nretries = 0\nconcurrency = 4\nmin_delay_seconds = 0.5\n",
        encoding="utf-8",
    )
    limits = fetch_limits(load_desk(tmp_path).collect)
    assert (limits.max_body, limits.total_seconds, limits.per_host) == (2_500_000, 7, 3)
    assert (limits.max_redirects, limits.retries, limits.concurrency) == (1, 0, 4)
    assert limits.min_delay == 0.5
