"""Candidates: runs of capitalised words that may be names nobody has listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.grammar.words import load_words
from lodewire.extraction.naming.cues import cue_union, load_cues
from lodewire.model.evidence import Span

_CAP = r"(?:[A-ZÀ-ÖØ-ÞŁŚŠŽ][\w&’'.-]*|\d{1,3}[A-Z][\w-]*)"
_RUN = re.compile(
    rf"{_CAP}(?:[ \u00a0](?:(?:of|the|and|for|de|du|da|do|des|del|di|la|las|los|les|y|et|und|van|von|der|den|ad|al|&)[ \u00a0]){{0,2}}{_CAP})*"
)
_INNER = frozenset(("of", "the", "and", "for"))
_WORD = re.compile(r"[^ \u00a0]+")


def find_candidates(text: str, sentence: Span) -> Iterator[Span]:
    """Yield spans of capitalised runs in one sentence, cut at possessives and loose connectors."""
    for match in _RUN.finditer(text, sentence.start, sentence.end):
        run = Span(*match.span())
        single = match.group().isalpha()  # most are: one word, and nothing to cut off it
        for part in (run,) if single else _cut(text, run):
            trimmed = _trim(text, part)
            if trimmed is not None and not _is_opening_word(text, trimmed, sentence):
                yield _without_trade(text, trimmed, sentence)


_TRADES = re.compile(
    r"(?:Consultancy|Brokerage|Broker|Utility|Union|Lender|Retailer|Contractor|Miner|Producer|Developer|Explorer|Trader|Refiner|Steelmaker|Automaker|Carmaker|Chipmaker)"
    r"[ \u00a0](?=\S)"
)


def _without_trade(text: str, span: Span, sentence: Span) -> Span:
    """ "Miner [Foo Resources] said": a trade is written with a capital where it opens."""
    trade = _TRADES.match(text, span.start, span.end) if span.start == sentence.start else None
    return Span(trade.end(), span.end) if trade is not None else span


def _is_opening_word(text: str, span: Span, sentence: Span) -> bool:
    """ "Combined, the deals …": a capitalised verb form that only opens the sentence."""
    if span.start > sentence.start + 1:
        return False
    return text[span.start : span.end].lower() in load_words().verbs


def _cut(text: str, run: Span) -> Iterator[Span]:
    words = [Span(m.start(), m.end()) for m in _WORD.finditer(text, run.start, run.end)]
    if len(words) == 1:
        yield from _join([_bare(words[0], text)])
        return
    start = 0
    agency = _opens_agency(words[0].of(text)) if words else False
    for index, word in enumerate(words):
        written = word.of(text)
        lower = written.lower()
        if _is_title(words, index, start, text):
            yield from _join(words[start:index])
            start = index
        elif lower in _BETWEEN or (index > start and _is_headline_verb(lower)):
            yield from _join(words[start:index])
            start = index + 1
        elif index == start == 0 and _follows_name(text, run) and _acts(lower):
            start = 1
        elif _follows_portfolio(words, index, start, text):
            start = index
        elif lower == "for" and _closes_agency(words[start:index], text):
            agency = True  # "Organisation for Metals and Energy Security": what it is there for
        elif lower in _INNER and not (
            agency
            or (lower != "and" and _closes_agency(words[start:index], text))
            or (lower == "and" and _one_name(words, start, index, text))
        ):
            yield from _join(words[start:index])
            start = index + 1
            agency = index + 1 < len(words) and _opens_agency(words[index + 1].of(text))
        elif written.endswith(("'s", "’s", "s'", "s’")) or _ends_sentence(written):
            yield from _join([*words[start:index], _bare(word, text)])
            start = index + 1
            agency = index + 1 < len(words) and _opens_agency(words[index + 1].of(text))
    yield from _join(words[start:])


# In a headline these too are written with capitals: no name holds them.
_BETWEEN = frozenset("following amid despite after before pending versus".split())


def _follows_name(text: str, run: Span) -> bool:
    """ "First Quantum Minerals [Cuts Nickel …]": what a name does, in a line of capitals."""
    before = text[max(0, run.start - 24) : run.start]
    return re.search(r"(?:^|[\s“‘(])[A-Z][\w&’'.-]+ $", before) is not None


def _acts(word: str) -> bool:
    verb = load_words().verbs.get(word)
    return verb is not None and "S" in verb.forms


_IN_HEADLINES = frozenset("picks signs hits targets backs wins reports plans inks drills".split())


def _bare(word: Span, text: str) -> Span:
    """The word without a possessive ending or the stop that ends its sentence."""
    written = word.of(text)
    if written.endswith(("'s", "’s")):
        return Span(word.start, word.end - 2)
    ends = written.endswith(("s'", "s’")) or _ends_sentence(written)
    return Span(word.start, word.end - 1) if ends else word


def _is_headline_verb(word: str) -> bool:
    """ "Weihua Picks Local Fund": in a headline the verb too is written with a capital."""
    verb = load_words().verbs.get(word)
    if verb is None or "S" not in verb.forms or (verb.noun and word not in _IN_HEADLINES):
        return False
    return word not in cue_union("company_nouns", "site_nouns")


def _is_title(words: Sequence[Span], index: int, start: int, text: str) -> bool:
    """ "Trade Representative [Robert Zoellick]": an office inside a run opens a person's name."""
    if index in (start, len(words) - 1) or words[index].of(text).lower() not in _OFFICES:
        return False
    following = words[index + 1].of(text).lower()
    return following in load_cues()["first_names"] or following in _OFFICES


def _follows_portfolio(words: Sequence[Span], index: int, start: int, text: str) -> bool:
    """ "Secretary of State [Marco Rubio]", "Minister of Mines [Rose Mutiso]"."""
    if (
        index <= start
        or start < 2
        or words[index].of(text).lower() not in load_cues()["first_names"]
    ):
        return False
    office = words[start - 2].of(text).lower() in _OFFICES
    return office and words[start - 1].of(text).lower() in ("of", "for")


_OFFICES = frozenset(
    "ceo cfo coo chairman chairwoman chair director analyst president minister secretary premier "
    "representative undersecretary ambassador senator governor chief officer executive strategist economist "
    "commissioner".split()
)


def _one_name(words: Sequence[Span], start: int, at: int, text: str) -> bool:
    """ "Science and Technology Co", "Development and Reform Commission": one name over "and"."""
    cues = load_cues()
    right: list[str] = []
    for word in words[at + 1 :]:
        written = word.of(text).lower().rstrip(",")
        if written in _INNER:
            break
        right.append(written)
    ends = cue_union("legal", "agency_ends")
    left = [w.of(text).lower() for w in words[start:at]]
    if not left or not right or len(right) > 3 or left[-1] in ends:
        return False
    if _is_abbreviated(words, start, at, text):
        return True
    if right[-1] in cues["agency_ends"]:
        return True
    words_of_site = cue_union("site_words", "site_nouns")
    if right[-1] in cues["site_nouns"] and left[-1] in words_of_site and len(left) > 1:
        return all(w in words_of_site for w in right)  # "Manono Lithium and Tin Project"
    common = left[-1] in cues["company_nouns"] | {"science", "trade", "smelting", "non-ferrous"}
    return right[-1] in cues["legal"] and common and len(right) > 1


_SHORT = re.compile(r"\s?\([“\"'‘]?(?P<first>[A-Z])[A-Za-z&.-]{1,11}[”\"'’]?\)")


def _is_abbreviated(words: Sequence[Span], start: int, at: int, text: str) -> bool:
    """ "Tianshan Products and Energy Development (Tewoo)": the short form opens as the whole does."""
    short = _SHORT.match(text, words[-1].end)
    if short is None or at + 1 >= len(words):
        return False
    first = short["first"]
    return text[words[start].start] == first != text[words[at + 1].start]


def _opens_agency(word: str) -> bool:
    return word.lower() in load_cues()["agency_starts"]


def _closes_agency(words: Sequence[Span], text: str) -> bool:
    if not words:
        return False
    last = words[-1].of(text).lower()
    return last in load_cues()["agency_ends"] or (len(words) > 1 and last in _OF_SOMEWHERE)


# "Investment Corporation of Dubai": what has a country or a trade behind it.
_OF_SOMEWHERE = frozenset(("corporation", "company", "bank", "fund", "league", "producers"))


def _ends_sentence(word: str) -> bool:
    bare = word.rstrip(".")
    return word.endswith(".") and len(bare) > 2 and word.lower() not in load_cues()["legal"]


def _join(words: Sequence[Span]) -> Iterator[Span]:
    real = [w for w in words if w.end > w.start]
    if real:
        yield Span(real[0].start, real[-1].end)


def _trim(text: str, span: Span) -> Span | None:
    """Drop function words at the start, stray punctuation at the end; None when nothing stays."""
    start, end = span
    cues = load_cues()
    last = text[start:end].split()[-1].lower()
    keeps_soft = last in cue_union("legal", "company_nouns", "agency_ends")
    openers = cues["not_names"] if keeps_soft else cue_union("not_names", "soft_openers")
    while True:
        word = _WORD.match(text, start, end)
        if word is None:
            return None
        bare = word.group().strip(".,'’").lower()
        if bare not in openers and not _is_prefix(bare, word.end() < end):
            break
        start = word.end()
        while start < end and text[start] in " \u00a0":
            start += 1
        if start >= end:
            return None
    while end > start and text[end - 1] in "’'-":
        end -= 1
    if text[end - 1] == "." and not _keeps_stop(text[start:end]):
        end -= 1
    return Span(start, end) if end - start > 1 else None


_SUFFIXES = tuple(sorted(load_cues()["organisation_before_suffix"]))


def _is_prefix(word: str, more: bool) -> bool:
    """ "ASX-listed", "Toronto-based", "US-backed" before a name are no part of it."""
    return more and word.endswith(_SUFFIXES)


def _keeps_stop(words: str) -> bool:
    last = words.split()[-1].lower()
    return last in load_cues()["legal"] or words.count(".") > 1
