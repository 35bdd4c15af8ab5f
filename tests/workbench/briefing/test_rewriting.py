"""Whatever an editor writes: what is taken prints nothing but statements of its event."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.errors import UnsupportedClaim
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.vocabulary import Action
from lodewire.publish.sentences import compose_sentence
from lodewire.publish.verify import may_print, verify_sentence
from lodewire.workbench.briefing.rewriting import LONGEST, check_wording
from lodewire.workbench.review.editing import Editor, judge
from tests.ledger import sample
from tests.ledger.sample import DAY, MORNING
from tests.workbench.briefing.test_correcting import compose, entries_of


@contextmanager
def newsroom() -> Iterator[Ledger]:
    """A ledger with one deal."""
    with open_ledger(":memory:", create=True) as ledger:
        sample.run(ledger)
        yield ledger


with newsroom() as _ledger:
    (DEAL,) = _ledger.events.of_day(DAY)
    (ENTRY,) = entries_of(compose(_ledger, 1))
STATED = {s.id: s for s in DEAL.statements}
COMPOSED = compose_sentence(DEAL)
SOURCES = sample.DEAL
#: Forms that a statement is printed in, and what none states.
TRUE = ["MMG", "Khoemacau", "US$1.88 billion", "mmg", "KHOEMACAU"]
FALSE = [
    "US$1.89 billion", "1.88", "1880", "two", "Two", "half", "a dozen", "dozens", "30 %", "€2",
    "Glencore", "glencore", "Chile", "nickel", "Nickel", "Escondida", "Foobar", "Zambia", "doubled",
    "three hundred", "2025", "percent", "Mr Smith",
]  # fmt: skip
PLAIN = ["agreed to buy", "the", "mine", "for", "from", "and", ",", "it said", "will sell", "not"]

words = st.lists(st.sampled_from(TRUE + FALSE + PLAIN * 3), min_size=1, max_size=12)


def test_the_composed_sentence_is_taken_without_a_question() -> None:
    wording = check_wording(DEAL, ENTRY, COMPOSED, COMPOSED.text, SOURCES)
    assert wording.sentence == COMPOSED
    assert wording.questions == ()


@settings(max_examples=150, deadline=None)
@given(words)
def test_a_sentence_with_anything_unstated_is_refused(told: list[str]) -> None:
    text = " ".join(told).replace(" ,", ",") + "."
    try:
        wording = check_wording(DEAL, ENTRY, COMPOSED, text, SOURCES)
    except UnsupportedClaim:
        return
    assert not set(told) & set(FALSE), text
    assert wording.sentence.text == text
    verify_sentence(wording.sentence, STATED)
    for segment in wording.sentence.segments:
        assert all(may_print(segment.text, STATED[id_]) for id_ in segment.statements)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=LONGEST + 50))
def test_no_text_breaks_the_checker(text: str) -> None:
    wording = None
    with suppress(UnsupportedClaim):
        wording = check_wording(DEAL, ENTRY, COMPOSED, text, SOURCES)
    if wording is not None:
        verify_sentence(wording.sentence, STATED)


def test_what_was_withdrawn_backs_nothing() -> None:
    """A statement that an editor took away is no way to print its value."""
    with newsroom() as ledger:
        value = next(s for s in DEAL.statements if s.property == "value")
        late = Editor(author="Ana", at=MORNING + timedelta(days=30), reason="no")
        judge(ledger, Action.REJECT, [value.id], late)
        (deal,) = ledger.events.of_day(DAY)
        text = "MMG agreed to buy Khoemacau for US$1.88 billion."
        left = [s for s in deal.of("value") if may_print("US$1.88 billion", s)]
        if left:
            judge(ledger, Action.REJECT, [s.id for s in left], late)
            (deal,) = ledger.events.of_day(DAY)
        with pytest.raises(UnsupportedClaim, match="number"):
            check_wording(deal, ENTRY, COMPOSED, text, SOURCES)
