"""How long a happening usually stays silent: every deal and measure has a span with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import EventType
from lodewire.ontology.event_types import Family, types_of
from lodewire.ontology.life_spans import FILE, load_life_spans, read_life_spans


def test_every_deal_and_measure_has_a_span_with_a_reason() -> None:
    spans = load_life_spans()
    assert types_of(Family.DEALS) | types_of(Family.MEASURES) <= set(spans)
    assert not types_of(Family.MARKET) & set(spans)
    for span in spans.values():
        assert min(span.talks, span.pending) >= 30
        assert min(len(span.talks_reason), len(span.pending_reason)) > 30


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[wedding]\n", "unknown event types: wedding"),
        ("[tariff]\ntalks = 3\n", "lacks"),
        (
            '[tariff]\ntalks = 0\ntalks_reason = "x"\npending = 1\npending_reason = "y"\n',
            "talks must be a number of days",
        ),
        (
            '[tariff]\ntalks = 1\ntalks_reason = " "\npending = 1\npending_reason = "y"\n',
            "talks_reason must be a text",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(OntologyError, match=said):
        read_life_spans(tmp_path)


def test_a_desk_sets_its_own_spans() -> None:
    from lodewire.config.desk import LifeChoice
    from lodewire.workbench.lives import spans_of

    choice = LifeChoice(talks={EventType.TARIFF: 7}, pending={EventType.DISRUPTION: 9})
    spans = spans_of(choice)
    assert (spans[EventType.TARIFF].talks, spans[EventType.TARIFF].talks_reason) == (
        7,
        "set in desk.toml",
    )
    assert spans[EventType.TARIFF].pending == load_life_spans()[EventType.TARIFF].pending
    assert spans[EventType.DISRUPTION].pending == 9
    assert EventType.DISRUPTION not in load_life_spans()
