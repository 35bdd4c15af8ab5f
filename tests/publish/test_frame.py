"""What stands round the insights of a mail is told in every language with the same meaning."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from lodewire.model.tier import Reach, Tier
from lodewire.model.vocabulary import Desk
from lodewire.ontology.desks import load_desks
from lodewire.publish.frame import frame_of, load_frames
from lodewire.publish.newsletter import PREFERENCES, UNSUBSCRIBE, render_letter
from lodewire.publish.shown import letter_words
from tests.delivery.audience import brief_of, entry

_BLANK = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("tag", load_frames())
def test_every_language_has_every_word_with_the_same_blanks(tag: str) -> None:
    source, found = frame_of("en"), frame_of(tag)
    assert found.words.keys() == source.words.keys()
    assert all(found.words.values())
    for name, words in source.words.items():
        if name != "day":
            assert sorted(_BLANK.findall(found.words[name])) == sorted(_BLANK.findall(words)), name
    assert set(found.desks) == set(Desk)
    assert len(found.months) == 12


def test_the_source_language_calls_desks_as_everywhere() -> None:
    assert frame_of("en").desks == {d: told.title for d, told in load_desks().items()}
    assert frame_of("xx").tag == "en"


def test_days_and_numbers_are_written_as_the_language_writes_them() -> None:
    day = date(2025, 3, 8)
    assert [frame_of(t).day(day) for t in ("en", "de", "ja")] == [
        "8 March 2025",
        "8. März 2025",
        "2025年3月8日",
    ]
    assert frame_of("de").joined(["a", "b", "c"]) == "a, b und c"
    assert frame_of("ja").joined(["a"]) == "a"
    assert letter_words(brief_of(), Reach(tier=Tier.FREE), more=2, language="de") == (
        "Nicht in dieser Mail: 2 weitere Meldungen, für PRO-Mitglieder."
    )


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        (
            "de",
            ("Bergbau & Metalle", "28. März 2025", "Abbestellen", "Geändert.", "ohne Ihren Namen"),
        ),
        (
            "ja",
            ("鉱業・金属", "2025年3月28日", "配信を停止する", "変更がありました", "名前を付けずに"),
        ),
    ],
)
def test_a_letter_speaks_its_readers_language_round_insights_as_the_desk_wrote_them(
    tag: str, words: tuple[str, ...]
) -> None:
    brief = brief_of(mining_metals="Copper is dear.")
    section = brief.sections[0]
    told = replace(entry(Desk.MINING_METALS, "Copper is dear."), before="Copper was cheap.")
    brief = replace(brief, sections=(replace(section, entries=(told,)),))
    letter = render_letter(brief, preferences=True, counted=True, language=tag)
    html = letter.html.replace("&amp;", "&")
    for word in (*words, "Copper is dear.", "Copper was cheap.", UNSUBSCRIBE, PREFERENCES):
        assert word.upper() in letter.text.upper()
        assert word in html
    assert f'lang="{tag}"' in html
    assert "Unsubscribe" not in letter.text
    assert words[1] in letter.subject
