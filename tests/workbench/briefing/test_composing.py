"""The brief of a day from a ledger: desks, publishers, proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lodewire.config.desk import DeskConfig, load_desk
from lodewire.errors import AlignmentError, UnsupportedClaim
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief, Segment, Sentence
from lodewire.model.vocabulary import Desk
from lodewire.pipeline.run import process
from lodewire.workbench.briefing.composing import compose_step, prove, publishers_of
from tests.pipeline.pages import DEAL, NOW, OUTAGE, page

DAY = NOW.date()
OIL = (
    "Brent crude fell 2.5% to $71.20 a barrel on Friday, its lowest since December, after OPEC+ "
    "said it would raise output in May. West Texas Intermediate lost 2.7% to $67.90 a barrel."
)


def _desk(folder: Path, told: str = "") -> DeskConfig:
    (folder / "desk.toml").write_text(
        f'name = "Desk"\n{told}\n[sources]\nshipped = false\n', encoding="utf-8"
    )
    return load_desk(folder)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of one day: a deal, an outage, oil prices, printed by three publishers."""
    with open_ledger(tmp_path / "desk.db", create=True) as opened:
        opened.captures.add_all(
            [
                page(DEAL, number=1, source="wire"),
                page(DEAL, number=2, source="daily"),
                page(OUTAGE, number=3, source="wire"),
                page(OIL, number=4, source="wire"),
            ]
        )
        process(opened, _desk(tmp_path), now=NOW, workers=1)
        yield opened


def _entries(brief: Brief) -> list:  # type: ignore[type-arg]
    return [e for s in brief.sections for e in s.entries]


def test_the_brief_is_composed_proved_and_kept(ledger: Ledger, tmp_path: Path) -> None:
    """The same day, the same brief."""
    brief = compose_step(ledger, _desk(tmp_path), DAY, now=NOW)
    assert _entries(brief)
    assert ledger.briefs.get(DAY) == brief
    assert compose_step(ledger, _desk(tmp_path), DAY, now=NOW) == brief


def test_only_the_desks_that_are_covered_are_told(ledger: Ledger, tmp_path: Path) -> None:
    """A desk for oil and gas says nothing of copper."""
    whole = compose_step(ledger, _desk(tmp_path), DAY, now=NOW)
    assert {s.desk for s in whole.sections if s.entries} >= {Desk.OIL_GAS, Desk.MINING_METALS}
    oil = compose_step(ledger, _desk(tmp_path, 'desks = ["oil-gas"]'), DAY, now=NOW)
    assert _entries(oil)
    assert all(
        "rude" in e.sentences[0].text or "Brent" in e.sentences[0].text for e in _entries(oil)
    )


def test_publishers_have_the_names_of_their_definitions(ledger: Ledger, tmp_path: Path) -> None:
    """Not the host of the page; a source without a definition keeps what the page says."""
    folder = tmp_path / "sources" / "wire"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(
        "id: wire\npublisher: The Wire\ntitle: The Wire\nkind: wire\nlanguage: en\n"
        "desks: [mining-metals]\nterms: Written for tests.\nexpected: {min: 0, max: 9}\n"
        "channels: [{type: feed, url: 'https://wire.example/feed'}]\n",
        encoding="utf-8",
    )
    desk = _desk(tmp_path)
    assert publishers_of(desk) == {"wire": "The Wire"}
    brief = compose_step(ledger, desk, DAY, now=NOW)
    named = {s.publisher for e in _entries(brief) for s in e.sources}
    assert "The Wire" in named
    assert compose_step(ledger, desk, DAY, now=NOW, publishers={"wire": "Other"}) != brief


def test_each_quote_is_shown_in_its_sentence(ledger: Ledger, tmp_path: Path) -> None:
    """Before, quote and after stand side by side in the document."""
    for entry in _entries(compose_step(ledger, _desk(tmp_path), DAY, now=NOW)):
        for quote in entry.quotes:
            text = ledger.documents.get(quote.document_id).text
            shown = quote.before.removeprefix("…") + quote.quote + quote.after.removesuffix("…")
            assert shown in text


def test_copies_are_counted_not_listed(ledger: Ledger, tmp_path: Path) -> None:
    """One link an origin."""
    brief = compose_step(ledger, _desk(tmp_path), DAY, now=NOW)
    (deal,) = [e for e in _entries(brief) if e.type.value == "acquisition"]
    assert deal.origins == 1
    assert [s.copies for s in deal.sources] == [1]


def test_a_sentence_that_says_more_than_its_statements_is_refused(
    ledger: Ledger, tmp_path: Path
) -> None:
    """A number, a name, a statement that is not there: each stops the brief."""
    brief = compose_step(ledger, _desk(tmp_path), DAY, now=NOW)
    events = ledger.events.of_day(DAY)
    assert prove(ledger, brief, events) > 3
    for wrong in (
        Segment(text=" for $9 billion"),
        Segment(text=" with Glencore"),
        Segment(text="MMG", statements=("st_nothing",)),  # type: ignore[arg-type]
    ):
        with pytest.raises(UnsupportedClaim):
            prove(ledger, _with(brief, wrong), events)


def _with(brief: Brief, segment: Segment) -> Brief:
    """The brief with one more segment in its first sentence."""
    sections = list(brief.sections)
    at = next(i for i, s in enumerate(sections) if s.entries)
    entry = sections[at].entries[0]
    sentence = Sentence(segments=(*entry.sentences[0].segments, segment))
    entries = (replace(entry, sentences=(sentence,)), *sections[at].entries[1:])
    sections[at] = replace(sections[at], entries=entries)
    return replace(brief, sections=tuple(sections))


def test_a_quote_that_does_not_stand_in_its_document_is_refused(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Statements changed by hand do not pass."""
    brief = compose_step(ledger, _desk(tmp_path), DAY, now=NOW)
    bent = []
    for event in ledger.events.of_day(DAY):
        statements = tuple(
            replace(s, evidence=replace(s.evidence, quote=s.evidence.quote + "!"))
            for s in event.statements
        )
        # The id of a statement hangs on its place, not on its quote.
        assert [s.id for s in statements] == [s.id for s in event.statements]
        bent.append(replace(event, statements=statements))
    with pytest.raises(AlignmentError):
        prove(ledger, brief, bent)


def test_a_day_without_events_is_an_empty_brief(ledger: Ledger, tmp_path: Path) -> None:
    """Not an error."""
    brief = compose_step(ledger, _desk(tmp_path), DAY + timedelta(days=9), now=NOW)
    assert _entries(brief) == []
    assert brief.top == ()
