"""A decision finds its words again, and no others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lodewire.ledger.binding import Told, anchor_of, bind_mention, bind_value
from lodewire.model.event import Argument, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.resolve.statements import statements_of

from .sample import MORNING

TEXT = "Zinc dropped 0.6% and lead 0.9% on Monday; in London zinc fell 0.6% on the day before."
DOCUMENT = DocumentId("doc_a")


def argument(role: str, words: str, at: int = 0) -> Argument:
    start = TEXT.index(words, at)
    return Argument(role=role, span=Span(start, start + len(words)), text=words, value=words)


def mention(trigger: str, *arguments: Argument, method: str = "frames/1") -> EventMention:
    start = TEXT.index(trigger)
    return EventMention(
        document_id=DOCUMENT,
        type=EventType.PRICE_CHANGE,
        status=Status.REPORTED,
        modality=Modality.ASSERTED,
        trigger=Span(start, start + len(trigger)),
        arguments=arguments,
        evidence=(Evidence.take(DOCUMENT, TEXT, Span(0, len(TEXT))),),
        method=method,
    )


DAY = argument("period", "Monday")
ZINC = mention("dropped", argument("commodity", "Zinc"), argument("change", "0.6%"), DAY)
LEAD = mention("dropped", argument("commodity", "lead"), argument("change", "0.9%"), DAY)
LONDON = mention("fell", argument("commodity", "zinc"), argument("change", "0.6%", 40))


def told(*mentions: EventMention) -> Told:
    stated = [
        s
        for m in mentions
        for s in statements_of(m, source_id="wire", origin_id="or_a", seen=MORNING)
    ]
    return Told(mentions=mentions, statements=stated)


def stated(of: EventMention, role: str) -> Statement:
    return next(s for s in told(of).statements if s.property == role)


def test_of_several_mentions_with_one_trigger_the_one_meant_is_found() -> None:
    for meant in (ZINC, LEAD, LONDON):
        assert bind_mention(anchor_of(meant), told(LEAD, LONDON, ZINC)) == (meant,)


def test_words_that_two_mentions_share_stay_with_the_one_meant() -> None:
    for meant in (ZINC, LEAD):
        (found,) = bind_value(anchor_of(meant, stated(meant, "period")), told(LEAD, ZINC))
        assert found.subject == meant.id


def test_a_sibling_does_not_take_the_place_of_a_mention_that_is_gone() -> None:
    assert bind_mention(anchor_of(ZINC), told(LEAD, LONDON)) == ()


def test_another_method_may_find_a_role_more_or_less_but_not_other_words() -> None:
    less = replace(ZINC, method="frames/2", arguments=ZINC.arguments[:2])
    more = replace(
        ZINC, method="frames/2", arguments=(*ZINC.arguments, argument("benchmark", "London"))
    )
    other = replace(LEAD, method="frames/2")
    assert bind_mention(anchor_of(ZINC), told(less, other)) == (less,)
    assert bind_mention(anchor_of(ZINC), told(more, other)) == (more,)
    assert bind_mention(anchor_of(ZINC), told(other)) == ()


def test_each_method_is_bound_on_its_own() -> None:
    again = replace(ZINC, method="linear/1", arguments=ZINC.arguments[:2])
    assert set(bind_mention(anchor_of(ZINC), told(ZINC, again, LEAD))) == {ZINC, again}


def test_an_edit_holds_for_the_words_all_else_for_the_value() -> None:
    change = stated(ZINC, "change")
    anchor = anchor_of(ZINC, change)
    there = told(ZINC)
    read_anew = replace(change, value="0.7%", method="frames/2")
    now = Told(mentions=there.mentions, statements=[read_anew])
    assert bind_value(anchor, now) == ()
    assert bind_value(anchor, now, any_value=True) == (read_anew,)


def test_the_same_value_in_slightly_other_words_is_still_meant() -> None:
    change = stated(ZINC, "change")
    span = change.evidence.span
    longer = replace(
        change,
        evidence=Evidence.take(DOCUMENT, TEXT, Span(span.start - 8, span.end)),
        method="frames/2",
    )
    now = Told(mentions=[ZINC], statements=[longer])
    assert bind_value(anchor_of(ZINC, change), now) == (longer,)
    elsewhere = replace(longer, evidence=Evidence.take(DOCUMENT, TEXT, Span(60, 70)))
    assert bind_value(anchor_of(ZINC, change), Told(mentions=[ZINC], statements=[elsewhere])) == ()


@given(st.permutations([ZINC, LEAD, LONDON, replace(ZINC, method="linear/1")]))
def test_the_order_of_what_was_read_does_not_matter(order: list[EventMention]) -> None:
    for meant in (ZINC, LEAD, LONDON):
        anchor = anchor_of(meant)
        assert bind_mention(anchor, told(*order)) == bind_mention(anchor, told(*order[::-1]))
