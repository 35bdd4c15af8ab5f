"""Relevance: trade news passes the gate, general pages mostly do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.gold import OWN, SHARED, load_gold
from lodewire.extraction.naming.scan import scan
from lodewire.extraction.reader import GATE
from lodewire.extraction.relevance import score_relevance

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"


def _relevance(text: str) -> float:
    return score_relevance(text, scan(text))


@pytest.mark.parametrize(
    "text",
    [
        "China banned exports of gallium, germanium and antimony to the United States.",
        "The Commerce Department added twelve firms to the Entity List; export controls on "
        "semiconductors and an export licence requirement apply.",
        "16. Sanktionspaket: EU verbietet Einfuhr von russischem Hüttenaluminium und kürzt die "
        "Einfuhr von Flüssiggas. Die Sanktionen treffen auch Häfen.",
        "中国、アルミナ新設を抑制 25~27年のアルミ産業計画を公表。銅とリチウムの資源も対象。",
        "La RDC suspend les exportations de cobalt pour quatre mois; les mines de cuivre ne sont "
        "pas touchées.",
    ],
)
def test_news_of_the_field_passes_in_five_languages(text: str) -> None:
    assert _relevance(text) >= GATE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The home side led 17-3 at the break and the crowd of twenty thousand sang until the end.",
        "Whisk the eggs with the sugar until pale, fold in the flour and bake for forty minutes.",
        "The actress said she was happy to be back on the stage after two years of illness.",
    ],
)
def test_other_news_does_not_pass(text: str) -> None:
    assert _relevance(text) < GATE


def test_length_dilutes_what_is_named_in_passing() -> None:
    told = "LME copper fell. "
    assert _relevance(told + "The garden was quiet that evening. " * 200) < _relevance(told * 3)


@given(st.text(max_size=300))
def test_relevance_is_a_share_of_one_for_any_text(text: str) -> None:
    assert 0.0 <= _relevance(text) <= 1.0


def test_annotated_texts_with_events_pass() -> None:
    folders = [f for f in (SHARED, *sorted(OWN.glob("dev-*"))) if f.is_dir()]
    texts = [t for folder in folders for t in load_gold(folder) if t.events]
    passed = sum(_relevance(t.text) >= GATE for t in texts)
    assert passed >= 0.99 * len(texts)


@pytest.mark.skipif(not BENCH.is_dir(), reason="the benchmark pages are not beside the project")
def test_general_news_mostly_stays_below_the_gate() -> None:
    told = json.loads((BENCH / "article-extraction" / "ground-truth.json").read_text("utf-8"))
    texts = [page["articleBody"] for page in told.values()]
    assert sum(_relevance(t) >= GATE for t in texts) <= 0.12 * len(texts)
