"""The draft of a day: held, ordered, rewritten, published; a crash leaves one or the other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from lodewire.config.desk import DeskConfig, load_desk
from lodewire.errors import LodewireError, PublishError, UnsupportedClaim
from lodewire.extraction.analysis import Analysis
from lodewire.extraction.finding import Found
from lodewire.extraction.reader import find_events
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief, BriefEntry
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Action
from lodewire.pipeline.run import process
from lodewire.publish.receipt_check import verify_receipt
from lodewire.publish.signing import desk_key
from lodewire.workbench.briefing import publishing
from lodewire.workbench.briefing.composing import compose_step, prove, replay_brief
from lodewire.workbench.briefing.publishing import Draft, asked_of, draft_of, publish, rewrite
from lodewire.workbench.briefing.receipts import receipt_of_brief
from lodewire.workbench.review.editing import Editor, edit, judge
from tests.pipeline.pages import DEAL, NOW, OUTAGE, page

if TYPE_CHECKING:
    from lodewire.pipeline.model_reader import ModelReader

DAY = NOW.date()
PAGES = [page(DEAL, number=1), page(OUTAGE, number=2, source="daily")]
BETTER = "In Botswana, MMG has agreed to buy the Khoemacau mine for US$1.875 billion."


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of two insights, read once for all tests here."""
    folder = tmp_path_factory.mktemp("read")
    (folder / "desk.toml").write_text('name = "Desk"\n[sources]\nshipped = false\n')
    with open_ledger(folder / "desk.db", create=True) as ledger:
        ledger.captures.add_all(PAGES)
        process(ledger, load_desk(folder), now=NOW, workers=1)
    return folder


@pytest.fixture
def desk(read_once: Path, tmp_path: Path) -> DeskConfig:
    """A copy of it, to publish by an editor."""
    for name in ("desk.toml", "desk.db"):
        shutil.copy(read_once / name, tmp_path / name)
    found = load_desk(tmp_path)
    brief = found.brief.model_copy(update={"publishing": "editor"})
    return found.model_copy(update={"brief": brief})


@pytest.fixture
def ledger(desk: DeskConfig) -> Iterator[Ledger]:
    with open_ledger(desk.ledger_place) as opened:
        yield opened


def editor(minutes: int = 0, reason: str = "") -> Editor:
    at = NOW + timedelta(hours=1, minutes=minutes)
    return Editor(author="Ana", at=at, reason=reason, actor="ac_ana")


def drafted(ledger: Ledger, desk: DeskConfig) -> Draft:
    return draft_of(ledger, desk, DAY, now=NOW + timedelta(hours=2))


def entries(brief: Brief) -> list[BriefEntry]:
    return [e for s in brief.sections for e in s.entries]


def texts_of(entry: BriefEntry) -> str:
    return " ".join(s.text for s in entry.sentences)


def texts(brief: Brief) -> list[str]:
    return [texts_of(e) for e in entries(brief)]


def purchase(ledger: Ledger, desk: DeskConfig) -> EventId:
    found = entries(drafted(ledger, desk).brief)
    return next(e.event_id for e in found if "agreed to buy" in e.sentences[0].text)


def test_without_an_editor_a_brief_is_published_as_it_is_composed(
    ledger: Ledger, desk: DeskConfig
) -> None:
    choice = desk.brief.model_copy(update={"publishing": "automatic"})
    automatic = desk.model_copy(update={"brief": choice})
    assert texts(compose_step(ledger, desk, DAY, now=NOW))
    assert ledger.briefs.days() == ()
    brief = compose_step(ledger, automatic, DAY, now=NOW)
    assert ledger.briefs.get(DAY) == brief


def test_what_is_published_is_the_draft(ledger: Ledger, desk: DeskConfig) -> None:
    """Held, released, placed, led and rewritten; then it is what every reader of briefs finds."""
    before = drafted(ledger, desk)
    first, second, *rest = (e.event_id for e in before.brief.sections[2].entries)
    publishing.move(ledger, before, second, -1, editor(1))
    after = drafted(ledger, desk)
    order = [e.event_id for e in after.brief.sections[2].entries]
    assert order == [second, first, *rest]
    assert after.brief.id != before.brief.id
    publishing.lead(ledger, after, second, editor(2))
    led = drafted(ledger, desk)
    assert led.brief.top[0] == second
    assert led.brief.id != after.brief.id, "another lead is another brief"
    publishing.lead(ledger, led, second, editor(3))
    assert drafted(ledger, desk).brief.id == after.brief.id
    publishing.hold(ledger, DAY, first, editor(4))
    held = drafted(ledger, desk)
    assert [id_ for id_, _ in held.held] == [first]
    assert first not in [e.event_id for e in entries(held.brief)]
    publishing.release(ledger, DAY, first, editor(5))
    rewrite(ledger, desk, DAY, purchase(ledger, desk), BETTER, editor(6))
    last = drafted(ledger, desk)
    assert BETTER in texts(last.brief)
    assert last.published is None
    brief = publish(ledger, desk, DAY, editor(7), seen=last.brief.id)
    assert ledger.briefs.get(DAY) == brief
    assert texts(brief) == texts(last.brief)
    assert drafted(ledger, desk).is_published
    replayed = replay_brief(ledger, desk, DAY, at=editor(7).at)
    assert replayed == brief, "as of then it is the same"
    acts = [(line.actor, line.action) for line in ledger.counted.audit()]
    assert acts[0] == ("ac_ana", "brief publish")
    assert len(acts) == 7


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("MMG has agreed to buy Khoemacau for US$1.9 billion.", "number .*US\\$1.9 billion"),
        ("MMG has agreed to buy Khoemacau for two billion dollars.", "number .*two billion"),
        ("MMG has agreed to buy two mines.", "number .*two"),
        ("Glencore has agreed to buy Khoemacau.", "name .*Glencore"),
        ("Foobar has agreed to buy Khoemacau.", "name .*Foobar"),
        ("MMG has agreed to buy the Khoemacau nickel mine.", "name .*nickel"),
        ("MMG has agreed to buy Khoemacau. Anglo sells it.", "name .*Anglo"),
        ("MMG buys Khoemacau", "does not end"),
        ("A mine was sold.", "nothing of this sentence"),
        ("MMG has agreed to buy Khoemacau, " + "and " * 200 + "so on.", "600 characters"),
        ("", "empty"),
    ],
)
def test_a_name_or_number_that_no_statement_backs_is_refused(
    ledger: Ledger, desk: DeskConfig, text: str, why: str
) -> None:
    before = drafted(ledger, desk).brief
    with pytest.raises(UnsupportedClaim, match=why) as refused:
        rewrite(ledger, desk, DAY, purchase(ledger, desk), text, editor())
    assert refused.value.hint
    assert drafted(ledger, desk).brief == before
    assert ledger.counted.audit() == ()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Cuprous Capital has agreed to buy Khoemacau from MMG.", "as if Cuprous Capital were"),
        ("MMG may buy Khoemacau.", "reads as proposed"),
        ("MMG has swallowed the Khoemacau mine.", "No source of it writes: swallowed."),
    ],
)
def test_what_reads_otherwise_is_asked_about(
    ledger: Ledger, desk: DeskConfig, text: str, question: str
) -> None:
    """It is kept only by who has seen the questions about just this sentence."""
    event = purchase(ledger, desk)
    asked = rewrite(ledger, desk, DAY, event, text, editor())
    assert any(question in q for q in asked.questions), asked.questions
    assert text not in texts(drafted(ledger, desk).brief)
    other = rewrite(ledger, desk, DAY, event, text, editor(), confirmed="aw_of_another")
    assert other.questions
    done = rewrite(ledger, desk, DAY, event, text, editor(), confirmed=asked_of(asked))
    assert done.questions == ()
    assert text in texts(drafted(ledger, desk).brief)


def test_every_sentence_is_proved_again_when_published(ledger: Ledger, desk: DeskConfig) -> None:
    rewrite(ledger, desk, DAY, purchase(ledger, desk), BETTER, editor())
    brief = publish(ledger, desk, DAY, editor(1))
    assert prove(ledger, brief, ledger.events.of_day(DAY)) > 3


def test_a_published_rewriting_can_be_proved_by_a_receipt(ledger: Ledger, desk: DeskConfig) -> None:
    """To who has neither ledger nor desk."""
    rewrite(ledger, desk, DAY, purchase(ledger, desk), BETTER, editor())
    publish(ledger, desk, DAY, editor(1))
    key = desk_key(desk.root, now=NOW)
    receipt = receipt_of_brief(ledger, desk, DAY, key)
    assert " has agreed to buy the " in receipt, "the words of the editor are in it"
    assert all(f.holds for f in verify_receipt(receipt.encode()).findings)


def test_a_rewriting_lapses_when_a_value_of_it_changes_and_comes_back(
    ledger: Ledger, desk: DeskConfig
) -> None:
    event = purchase(ledger, desk)
    rewrite(ledger, desk, DAY, event, BETTER, editor())
    value = next(s for s in ledger.events.get(event).statements if s.property == "value")
    edit(ledger, value.id, "US$1.9 billion", editor(1, "the filing says so"))
    draft = drafted(ledger, desk)
    assert "US$1.875 billion" in draft.lapsed[event]
    assert any("US$1.9 billion" in t for t in texts(draft.brief))
    edit(ledger, value.id, "US$1.875 billion", editor(2, "no, it does not"))
    assert BETTER in texts(drafted(ledger, desk).brief)
    publishing.restore(ledger, DAY, event, editor(3))
    assert BETTER not in texts(drafted(ledger, desk).brief)


class FewerRoles:
    """A reader of another method: it finds fewer roles, so that every mention has another id."""

    concurrency = 1

    def find(self, analysis: Analysis) -> Found:
        events = tuple(
            replace(
                e,
                method="fewer/1",
                arguments=tuple(a for a in e.arguments if a.role not in ("date", "commodity")),
            )
            for e in find_events(analysis)
        )
        return Found(events=events, method="fewer/1")

    def summary(self) -> str:
        return ""


def test_an_editors_work_outlives_a_newer_reading(
    ledger: Ledger, desk: DeskConfig, tmp_path: Path
) -> None:
    """Read by another method the mentions have other ids; holds and sentences stand."""
    event = purchase(ledger, desk)
    outage = next(
        e.event_id for e in entries(drafted(ledger, desk).brief) if "Altonorte" in texts_of(e)
    )
    rewrite(ledger, desk, DAY, event, BETTER, editor())
    publishing.hold(ledger, DAY, outage, editor(1))
    before = {t.mention.id for id_ in (event, outage) for t in ledger.events.mentions(id_)}
    with open_ledger(tmp_path / "anew.db", create=True) as anew:
        anew.captures.add_all(PAGES)
        reader = cast("ModelReader", FewerRoles())
        process(anew, desk, now=NOW, workers=1, model=reader)
        for told in ledger.editions.of_day(DAY):
            anew.editions.add(told)
        assert not before & {m for e in anew.events.of_day(DAY) for m in e.mention_ids}
        draft = drafted(anew, desk)
    assert BETTER in texts(draft.brief)
    assert len(draft.held) == 1
    assert not any("Altonorte" in t for t in texts(draft.brief))


def test_a_draft_that_changed_since_it_was_looked_at_is_not_published(
    ledger: Ledger, desk: DeskConfig
) -> None:
    seen = drafted(ledger, desk).brief.id
    judge(ledger, Action.REJECT, [purchase(ledger, desk)], editor(0, "not so"))
    with pytest.raises(PublishError, match="another"):
        publish(ledger, desk, DAY, editor(1), seen=seen)
    assert ledger.briefs.days() == ()


def test_a_clock_that_went_back_publishes_after_all(ledger: Ledger, desk: DeskConfig) -> None:
    first = publish(ledger, desk, DAY, editor(9))
    rewrite(ledger, desk, DAY, purchase(ledger, desk), BETTER, editor(1))
    second = publish(ledger, desk, DAY, editor(2))
    assert second.composed_at > first.composed_at
    found = ledger.briefs.get(DAY)
    assert found is not None
    assert BETTER in texts(found)


@pytest.mark.parametrize("after", range(3))
def test_a_kill_amid_publishing_leaves_the_brief_before(
    ledger: Ledger, desk: DeskConfig, after: int
) -> None:
    """Killed before the brief is kept, before its line of the audit log, before the end."""
    first = publish(ledger, desk, DAY, editor(1))
    rewrite(ledger, desk, DAY, purchase(ledger, desk), BETTER, editor(2))
    ledger.close()
    child = os.fork()
    if child == 0:
        with open_ledger(desk.ledger_place) as mine:
            doomed = [mine.briefs, mine.counted, None][after]
            if doomed is mine.briefs:
                mine.briefs.add = lambda brief: os._exit(7)  # type: ignore[method-assign]
            elif doomed is mine.counted:
                mine.counted.note = lambda line: os._exit(7)  # type: ignore[method-assign]
            else:
                note = mine.counted.note
                mine.counted.note = lambda line: (note(line), os._exit(7))[1]  # type: ignore
            publish(mine, desk, DAY, editor(3))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 7
    with open_ledger(desk.ledger_place) as again:
        found = again.briefs.get(DAY)
        assert found is not None
        assert found.id == first.id
        assert next(line.action for line in again.counted.audit()) == "brief rewrite"
        publish(again, desk, DAY, editor(4))
        now = again.briefs.get(DAY)
        assert now is not None
        assert BETTER in texts(now)


def test_what_the_draft_does_not_tell_cannot_be_edited(ledger: Ledger, desk: DeskConfig) -> None:
    nobody = EventId("ev_" + "a" * 24)
    with pytest.raises(LodewireError):
        publishing.hold(ledger, DAY, nobody, editor())
    with pytest.raises(PublishError, match="does not tell"):
        rewrite(ledger, desk, DAY, nobody, BETTER, editor())
    with pytest.raises(PublishError, match="does not tell"):
        publishing.move(ledger, drafted(ledger, desk), nobody, 1, editor())
