"""Ownership from a text into the ledger, and back as links."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lodewire.extraction.naming.mentions import find_mentions
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.ids import SourceId
from lodewire.model.reading import Reading
from lodewire.resolve.entities import entities_of
from lodewire.resolve.owner_links import LinkKind
from lodewire.stories.cluster import place
from lodewire.stories.fingerprint import sign
from lodewire.text.sentences import split_sentences
from lodewire.workbench.owning import find_things, keep_ownership, links_from, owners_of

TEXT = (
    "Lithium Americas, which owns 44.8% of Minera Exar, cut its forecast. "
    "Chemaf, a unit of Shalina Resources, kept its own."
)
DAY = date(2022, 6, 1)
SEEN = datetime(2022, 6, 1, 9, tzinfo=UTC)


def kept(ledger: Ledger) -> Reading:
    """One document of 2022, read and placed; its ownership is still to be kept."""
    capture = Capture(
        source_id=SourceId("wire"),
        requested_url="https://wire.example/1",
        url="https://wire.example/1",
        fetched_at=SEEN,
        body=TEXT.encode(),
        media_type="text/plain",
    )
    ledger.captures.add(capture)
    document = Document(
        capture_id=capture.id,
        source_id=capture.source_id,
        text=TEXT,
        published=DAY,
        language="en",
        sentences=split_sentences(TEXT),
    )
    ledger.documents.add_read(capture.id, [document])
    mentions = find_mentions(TEXT, document.sentences).mentions
    signature = sign(document, day=DAY, mentions=mentions)
    ledger.stories.add(signature, place(signature, []))
    reading = Reading(document=document, relevance=1.0, mentions=mentions)
    ledger.readings.add(reading, entities=entities_of(mentions))
    return reading


def test_what_a_text_states_is_kept_once_and_comes_back_with_its_words():
    with open_ledger(":memory:", create=True) as ledger:
        reading = kept(ledger)
        assert keep_ownership(ledger, reading) == 3
        before = ledger.counts()
        assert keep_ownership(ledger, reading) == 3
        assert ledger.counts() == before
        assert ledger.integrity() == ()
        (stated,) = (k for k in links_from(ledger)("chemaf") if k.evidence.kind is LinkKind.STATED)
        assert (stated.owner, stated.controls) == ("shalina-resources", True)
        assert stated.evidence.quote == "Chemaf, a unit of Shalina Resources"
        first = ledger.statements.of_subject("chemaf")[0]
        assert first.first_seen == SEEN


def test_an_owner_is_the_company_that_bore_the_name_that_day():
    """Lithium Americas of 2022 is Lithium Argentina now; the spun-off one owns no Exar."""
    with open_ledger(":memory:", create=True) as ledger:
        keep_ownership(ledger, kept(ledger))
        told = owners_of("minera-exar", DAY, ledger=ledger)
        assert [k.owner for k in told.further] == ["lithium-argentina"]
        assert str(told.further[0].share) == "44.8"
        assert owners_of("minera-exar", date(2022, 5, 31), ledger=ledger).further == ()


def test_a_text_without_ownership_asks_the_ledger_for_nothing():
    with open_ledger(":memory:", create=True) as ledger:
        document = Document(
            capture_id=kept(ledger).document.capture_id, source_id=SourceId("x"), text="None."
        )
        assert keep_ownership(ledger, Reading(document=document, relevance=0.0)) == 0


def test_a_name_finds_sites_companies_of_that_day_and_companies_of_the_past():
    assert find_things("brucejack", DAY) == ("brucejack",)
    assert find_things("las bambas", DAY) == ("las-bambas",)
    assert find_things("Lithium Americas", DAY) == ("lithium-argentina",)
    assert find_things("Lithium Americas", date(2024, 1, 1)) == ("lithium-americas",)
    assert find_things("Goldcorp Inc.", DAY) == ("goldcorp",)
    assert find_things("nobody at all", DAY) == ()


def test_a_name_that_only_texts_know_is_found_in_the_ledger():
    with open_ledger(":memory:", create=True) as ledger:
        reading = kept(ledger)
        known = {m.text for m in reading.mentions}
        assert "Minera Exar" in known
        assert find_things("Minera Exar", DAY, ledger) == ("minera-exar",)
