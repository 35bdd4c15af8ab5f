"""The smaller stores: sources, briefs, entities, statements, stories, bodies."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from lodewire.errors import LedgerError
from lodewire.ledger.sources import Fetch, SourceState
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief
from lodewire.model.entity import Entity
from lodewire.model.ids import EntityId, SourceId
from lodewire.model.vocabulary import MentionType

from . import sample
from .sample import DAY

AT = datetime(2025, 3, 10, 9, 30, 0, 250_000, tzinfo=UTC)
WIRE = SourceId("wire")


def test_validators_are_kept_and_a_verification_once_seen_stays(ledger: Ledger) -> None:
    assert ledger.sources.state("https://wire.example/feed") is None
    state = SourceState(
        source_id=WIRE,
        url="https://wire.example/feed",
        checked_at=AT,
        etag='"abc"',
        last_modified="Mon, 10 Mar 2025 09:00:00 GMT",
        verified_at=AT,
    )
    ledger.sources.put(state)
    assert ledger.sources.state(state.url) == state
    later = SourceState(source_id=WIRE, url=state.url, checked_at=AT + timedelta(days=1))
    ledger.sources.put(later)
    (kept,) = ledger.sources.states(WIRE)
    assert (kept.etag, kept.checked_at, kept.verified_at) == (None, later.checked_at, AT)
    assert ledger.sources.states(SourceId("other")) == ()


def test_the_log_of_fetches_tells_the_health_of_a_source(ledger: Ledger) -> None:
    fetches = [
        Fetch(source_id=WIRE, url="u", at=AT, outcome="ok", status=200, entries=20, fresh=3),
        Fetch(
            source_id=WIRE, url="u", at=AT + timedelta(hours=1), outcome="TooSlow", detail="30 s"
        ),
    ]
    ledger.sources.log(fetches)
    ledger.sources.log(fetches)
    assert ledger.sources.fetches(WIRE, since=AT) == tuple(fetches)
    assert ledger.sources.fetches(WIRE, since=AT + timedelta(minutes=1)) == (fetches[1],)


def test_a_capture_comes_back_whole_and_equal_bodies_are_kept_once(ledger: Ledger) -> None:
    one = sample.capture_of("wire", "https://wire.example/a", "The same words.", 0)
    two = sample.capture_of("daily", "https://daily.example/b", "The same words.", 1)
    assert [ledger.captures.add(c) for c in (one, two, one)] == [True, True, False]
    assert ledger.captures.get(one.id) == one
    assert ledger.captures.pending() == (one, two)
    with ledger._access.reading() as connection:
        from sqlalchemy import text

        assert connection.execute(text("SELECT count(*) FROM bodies")).scalar_one() == 1


def test_known_addresses_spare_a_fetch(ledger: Ledger) -> None:
    capture = sample.capture_of("wire", "https://wire.example/a", "Words.", 0)
    ledger.captures.add(capture)
    assert ledger.captures.seen(WIRE, "https://wire.example/a")
    assert ledger.captures.seen(WIRE, "guid:https://wire.example/a")
    assert not ledger.captures.seen(SourceId("daily"), "https://wire.example/a")
    many = [f"https://wire.example/{n}" for n in range(1200)] + ["https://wire.example/a"]
    assert ledger.captures.known(WIRE, many) == {"https://wire.example/a"}


def test_the_latest_brief_of_a_day_is_shown(ledger: Ledger) -> None:
    assert ledger.briefs.get(DAY) is None
    first = Brief(day=DAY, title="Top Insights", composed_at=AT, sections=())
    ledger.briefs.add(first)
    ledger.briefs.add(first)
    assert ledger.briefs.get(DAY) == first
    assert ledger.briefs.days() == (DAY,)
    assert ledger.counts()["briefs"] == 1


def test_entities_gather_the_names_met_whatever_came_first(ledger: Ledger) -> None:
    short = Entity(
        id=EntityId("ent_trek"), type=MentionType.ORGANISATION, name="Trek Metals", known=False
    )
    long = Entity(
        id=EntityId("ent_trek"),
        type=MentionType.ORGANISATION,
        name="Trek Metals Limited",
        aliases=("Trek", "Trek Metals"),
        known=False,
    )
    for order in ([short, long], [long, short]):
        ledger.entities.add_all(order)
        found = ledger.entities.get(EntityId("ent_trek"))
        assert (found.name, found.aliases) == ("Trek Metals Limited", ("Trek", "Trek Metals"))
    assert ledger.entities.named("trek metals") == (found,)
    with pytest.raises(LedgerError, match="no entity"):
        ledger.entities.get(EntityId("nobody"))


def test_the_home_of_a_company_is_kept_whichever_text_told_it(ledger: Ledger) -> None:
    at_home = Entity(
        id=EntityId("paladin"), type=MentionType.ORGANISATION, name="Paladin", country="AU"
    )
    homeless = Entity(id=at_home.id, type=at_home.type, name="Paladin")
    for order in ([at_home, homeless], [homeless]):
        ledger.entities.add_all(order)
        assert ledger.entities.get(at_home.id).country == "AU"
    other = Entity(id=EntityId("epangelo"), type=at_home.type, name="Epangelo")
    ledger.entities.add_all([other])
    ledger.entities.add_all([Entity(id=other.id, type=other.type, name="Epangelo", country="NA")])
    assert ledger.entities.get(other.id).country == "NA"


def test_an_entity_leads_to_its_documents_and_statements(ledger: Ledger) -> None:
    sample.run(ledger)
    mmg = EntityId("mmg")
    documents = ledger.documents.get_all(ledger.entities.documents_of(mmg))
    assert [d.published for d in documents] == sorted(
        (d.published for d in documents), reverse=True
    )
    assert len(documents) == 4
    assert {s.property for s in ledger.statements.of_entity(mmg)} == {"acquirer", "operator"}


def test_a_retracted_statement_stays_with_its_time(ledger: Ledger) -> None:
    sample.run(ledger)
    statement = ledger.statements.of_entity(EntityId("mmg"))[0]
    for at in (AT, AT + timedelta(days=1)):
        ledger.statements.retract([statement.id], at=at)
    (kept,) = ledger.statements.get([statement.id])
    assert kept.retracted_at == AT


def test_readings_and_stories_come_back_as_they_were_given(ledger: Ledger) -> None:
    sample.run(ledger)
    for document in ledger.documents.of_day(DAY):
        reading = ledger.readings.get(document.id)
        assert reading == sample.understand(document)
        member = ledger.stories.member_of(document.id)
        assert member is not None
        assert member in ledger.stories.get(member.story_id).members
        assert ledger.documents.of_capture(document.capture_id) == (document,)
    assert ledger.readings.checks_of([d.id for d in ledger.documents.of_day(DAY)])


def test_one_document_read_from_two_captures_is_one(ledger: Ledger) -> None:
    from dataclasses import replace

    page = sample.captures()[0]
    again = replace(
        page, body=page.body + b"<!-- ad -->", fetched_at=page.fetched_at + timedelta(1)
    )
    ledger.captures.add_all([page, again])
    (document,) = sample.read(page)
    read_again = replace(document, capture_id=again.id)
    assert ledger.documents.add_read_all([(again.id, [read_again]), (page.id, [document])]) == 1
    assert ledger.counts()["documents"] == 1
    assert ledger.documents.of_capture(page.id) == ledger.documents.of_capture(again.id)
    sample.story_all(ledger)
    sample.extract_all(ledger)
    sample.resolve_all(ledger)
    (event,) = ledger.events.of_day(DAY)
    assert (event.first_seen, event.last_seen) == (page.fetched_at, again.fetched_at)


def test_a_long_day_reads_in_few_queries(ledger: Ledger) -> None:
    from sqlalchemy import event as hooks

    sample.run(ledger)
    asked: list[str] = []
    hooks.listen(
        ledger._access.engine,
        "before_cursor_execute",
        lambda c, cursor, statement, *rest: asked.append(statement),
    )
    ledger.events.of_day(date(2023, 11, 22))
    assert len(asked) <= 7, asked  # the last: whether anybody decided on these documents


def test_importing_the_ledger_loads_no_database_library() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, lodewire.ledger, lodewire.stories.cluster, lodewire.resolve.events;"
            "print([m for m in ('sqlalchemy', 'alembic', 'rensa', 'brotli') if m in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"
