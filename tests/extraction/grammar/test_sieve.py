"""Needs of patterns, the sieve and rare patterns: what they shut out can never match."""

from __future__ import annotations

import gc
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.gold import OWN, document_of, load_gold
from lodewire.extraction.analysis import analyse
from lodewire.extraction.frames import phrase_search, registry, surface
from lodewire.extraction.grammar.literals import Needs, folded, needs_of, ways_of
from lodewire.extraction.grammar.rare import rare
from lodewire.extraction.grammar.sieve import Sieve, Sought

PATTERNS = (
    r"\b(?:strikes?|walk-?outs?|fires?) (?:at|in) the (?:mine|smelter)s?\b",
    r"(?:a|the )?(?:joint[- ]venture|JV)\b(?! partner)",
    r"(?<=new )mines?|drill(?:s|ed|ing)? (?:\w+ ){0,3}?holes?",
    r"[Tt]he (?P<noun>deal|offer)s?\b|\bbids? (?:for|of)\b",
    r"(?i:lift)(?:s|ed)? [^.;]{0,20}?(?:ban|curb)s?",
    r"(?:ab|cd){2,3}x*|[sz]inc",
    r"\d+|mine",
    r"",
)
WORDS = st.lists(
    st.sampled_from(
        "strike strikes fire at in the mine mines smelter The deal offers bid for of new drilled "
        "ten holes drill hole lifted LIFT its ban curbs joint-venture JV partner abcd abab x sinc "
        "zinc 12 . ; ſtrike MİNE mıne \u212a".split()
    ),
    max_size=9,
)
SPACE = st.sampled_from((" ", "", "  ", "\n"))


def meets(text: str, ways: tuple[Needs, ...]) -> bool:
    """Tell whether a text meets all needs of one way."""
    low = folded(text)
    return any(all(any(s in low for s in need) for need in needs) for needs in ways)


@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
@pytest.mark.parametrize("pattern", PATTERNS)
@given(words=WORDS, space=SPACE)
def test_every_match_meets_the_needs(
    pattern: str, flags: int, words: list[str], space: str
) -> None:
    """Of the pattern as a whole, and of one way through it."""
    text = space.join(words)
    if re.search(pattern, text, flags):
        assert meets(text, (needs_of(pattern, flags),))
        assert meets(text, ways_of(pattern, flags))


def test_the_needs_are_the_rarest_strings() -> None:
    """Endings that may be missing ask for nothing; common words are passed over for rare ones."""
    assert needs_of(r"\b(?:halt(?:s|ed)?|suspend\w*)") == (frozenset(("halt", "suspend")),)
    assert needs_of(r"the (?:\w+ )?moratorium")[0] == frozenset(("moratorium",))
    assert needs_of(r"\d+ ?%|mine") == ()


def test_ways_tell_a_choice_apart() -> None:
    """Each with what stands around the choice."""
    assert ways_of(r"on (?:strike|furlough) today") == (
        (frozenset(("on strike today",)),),
        (frozenset(("on furlough today",)),),
    )


@given(words=WORDS, space=SPACE)
def test_the_sieve_lets_every_match_through(words: list[str], space: str) -> None:
    """Patterns without needs always pass."""
    sieve = Sieve()
    numbers = {p: sieve.add(lambda p=p: ways_of(p, re.IGNORECASE)) for p in PATTERNS}
    text = space.join(words)
    able = sieve.sift(text)
    for pattern, number in numbers.items():
        if re.search(pattern, text, re.IGNORECASE):
            assert number in able


def test_the_sieve_shuts_out_what_cannot_match() -> None:
    """Also where a pattern is added after a text was sifted."""
    sieve = Sieve()
    strike = sieve.add(lambda: [needs_of("on strike")])
    assert sieve.sift("Miners stay on strike.") == {strike}
    fire = sieve.add(lambda: [needs_of("on fire")])
    assert sieve.sift("A mill on fire") == {fire}
    assert sieve.sift("Copper rose.") == frozenset()


@pytest.mark.parametrize("pattern", PATTERNS)
@given(words=WORDS, space=SPACE)
def test_rare_patterns_find_what_the_pattern_finds(
    pattern: str, words: list[str], space: str
) -> None:
    """The first match and all of them."""
    text = space.join(words)
    guarded, plain = rare(pattern, re.IGNORECASE), re.compile(pattern, re.IGNORECASE)
    assert [m.span() for m in guarded.finditer(text)] == [m.span() for m in plain.finditer(text)]
    found, expected = guarded.search(text), plain.search(text)
    assert (found and found.span()) == (expected and expected.span())


def test_no_frame_is_shut_out_of_a_real_sentence() -> None:
    """All patterns of all frames, searched in earnest in sentences of the gold's dev texts."""
    assert registry.FRAMES
    gc.unfreeze()  # a test before, in this process, may have put all tables out of its sight
    patterns = [o for o in gc.get_objects() if isinstance(o, Sought)]
    phrases = [o for o in gc.get_objects() if isinstance(o, phrase_search.Phrases)]
    assert len(patterns) > 100
    assert phrases
    for text in load_gold(OWN / "dev-near")[:6]:
        for sentence in analyse(document_of(text)).sentences:
            shut = [p for p in patterns if not sentence.may_hold(p.number)]
            assert not [p for p in shut if p.pattern.search(sentence.text)]
            told = {m.re.pattern for p in phrases for _, m in phrase_search.matches(sentence, p)}
            masked = surface.mask(sentence).text
            missed = [
                words
                for p in phrases
                for words, firms, states in p.phrases.values()
                if not firms
                and not states
                and " :: " not in words
                and surface.pattern(words).search(masked)
                and surface.spelled(words) not in told
            ]
            assert not missed


def test_no_phrase_matches_where_nobody_is_named() -> None:
    """So a sentence of signs without a party need not be sifted."""
    gc.unfreeze()
    phrases = [o for o in gc.get_objects() if isinstance(o, phrase_search.Phrases)]
    words = {phrase.words for p in phrases for phrase in p.phrases.values()}
    parties = re.compile(f"[{surface.FIRM}{surface.NAME}{surface.STATE}]")
    for text in load_gold(OWN / "dev-near")[:4]:
        for sentence in analyse(document_of(text)).sentences:
            bare = parties.sub("x", surface.mask(sentence).text)
            assert not [w for w in words if surface.pattern(w).search(bare)]
