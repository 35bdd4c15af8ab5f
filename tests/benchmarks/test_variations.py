"""The documents that the ledger's benchmark is filled with are sound, and fill it soundly."""

from __future__ import annotations

import random
from io import StringIO

import pytest

from benchmarks.ledger import Spent, fill
from benchmarks.variations import Pattern, Variation, patterns, variations
from lodewire.ledger import open_ledger


@pytest.fixture(scope="module")
def known() -> list[Pattern]:
    return patterns(12)


def _many(known: list[Pattern]) -> list[Variation]:
    return list(variations(40, of=known))


def test_every_span_holds_its_words(known: list[Pattern]) -> None:
    told = 0
    for variation in _many(known):
        text = variation.document.text
        for mention in variation.reading.mentions:
            assert mention.span.of(text) == mention.text
        for event in variation.reading.events:
            for evidence in event.evidence:
                evidence.verify(text)
            for argument in event.arguments:
                assert argument.span.of(text) == argument.text
                told += 1
    assert told > 50


def test_a_number_gives_one_document_and_rounds_differ(known: list[Pattern]) -> None:
    first, again = _many(known), _many(known)
    assert [v.document.id for v in first] == [v.document.id for v in again]
    assert len({v.document.id for v in first}) == len(first)
    assert first[0].document.text != first[len(known)].document.text


def _export(batches: list[list[Variation]]) -> str:
    out = StringIO()
    with open_ledger(":memory:", create=True) as ledger:
        for batch in batches:
            fill(ledger, batch, Spent())
        assert ledger.integrity() == ()
        ledger.export(out)
    return out.getvalue()


def test_any_order_and_batches_fill_the_same_ledger(known: list[Pattern]) -> None:
    many = _many(known)
    shuffled = random.Random(3).sample(many, len(many))
    batches = [shuffled[at : at + 9] for at in range(0, len(shuffled), 9)]
    assert _export([many]) == _export(batches)
