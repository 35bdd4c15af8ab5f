"""Tokens of a sentence: words with a tag; names, quantities and dates as single tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from lodewire.extraction.grammar.words import VerbForm
from lodewire.model.evidence import Span


class Tag(Enum):
    """What a token is to the grammar; nouns and adjectives are not told apart."""

    NOUN = "noun"
    NAME = "name"
    QUANTITY = "quantity"
    DATE = "date"
    VERB = "verb"
    AUX = "aux"
    TO = "to"
    PREP = "prep"
    DET = "det"
    PRON = "pron"
    CONJ = "conj"
    SUB = "sub"
    REL = "rel"
    ADVERB = "adverb"
    NEG = "neg"
    POSS = "poss"
    COMMA = "comma"
    DASH = "dash"
    COLON = "colon"
    OPEN = "open"
    CLOSE = "close"
    QUOTE = "quote"
    STOP = "stop"

    # Members are looked up for every token; the enum's own hash is worked out in Python.
    __hash__ = object.__hash__


@dataclass(slots=True)
class Token:
    """One token; ``verb`` and ``form`` are set for verbs and auxiliaries."""

    span: Span
    text: str
    lower: str
    tag: Tag
    verb: VerbForm | None = None
    form: str = ""

    @property
    def lemma(self) -> str:
        """Lemma of a verb, else the lower-case word."""
        return self.verb.lemma if self.verb is not None else self.lower


@dataclass(frozen=True, slots=True)
class Marked:
    """A span that is one token whatever words it holds."""

    span: Span
    tag: Tag


_WORD = re.compile(
    r"(?P<poss>['’]s?(?![A-Za-z]))"
    r"|(?P<neg>(?<=[a-z])n['’]t\b)"
    r"|(?P<word>[^\W\d_](?:(?!n['’]t\b)[\w&]|[-'’./](?=[^\W\d_]{2}|\d)|\.(?=[A-Z]\.))*\.?(?:(?<=[A-Z]\.[A-Z])\.)?)"
    r"|(?P<number>\d[\d.,]*\w*)"
    r"|(?P<dash>--+|[–—]|-(?=\s))"
    r"|(?P<punct>[^\w\s])"
)
_PUNCT = {
    ",": Tag.COMMA,
    ";": Tag.COLON,
    ":": Tag.COLON,
    "(": Tag.OPEN,
    "[": Tag.OPEN,
    ")": Tag.CLOSE,
    "]": Tag.CLOSE,
    '"': Tag.QUOTE,
    "“": Tag.QUOTE,
    "”": Tag.QUOTE,
    "«": Tag.QUOTE,
    "»": Tag.QUOTE,
    "‘": Tag.QUOTE,
    "’": Tag.QUOTE,
    "'": Tag.QUOTE,
    ".": Tag.STOP,
    "!": Tag.STOP,
    "?": Tag.STOP,
    "/": Tag.CONJ,
    "&": Tag.CONJ,
    "•": Tag.COLON,
    "·": Tag.COLON,
    "|": Tag.COLON,
}


def split_words(text: str, sentence: Span, marked: Sequence[Marked]) -> list[Token]:
    """Return the tokens of one sentence, words not tagged yet.

    ``marked`` spans must be sorted and not overlap.
    """
    tokens: list[Token] = []
    at = sentence.start
    for mark in marked:
        _words(text, at, mark.span.start, tokens)
        words = mark.span.of(text)
        tokens.append(Token(mark.span, words, words.lower(), mark.tag))
        at = mark.span.end
    _words(text, at, sentence.end, tokens)
    return tokens


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    hyphen: int | None = None
    noun = Tag.NOUN
    for match in _WORD.finditer(text, start, end):
        span = Span(*match.span())
        word = match.group()
        kind = match.lastgroup
        if kind == "word" and hyphen is None and word[-1] != ".":
            tokens.append(Token(span, word, word.lower(), noun))  # nearly all
            continue
        if hyphen is not None and kind == "word":
            # "lithium-focused", "copper-bearing": no verb of its own.
            span = Span(hyphen, span.end - word.endswith("."))
            tokens.append(_word_token(span, span.of(text)))
            hyphen = None
            continue
        if kind == "poss" and (not tokens or tokens[-1].span.end != span.start):
            kind = "punct"
        if word == "-" and _joins(text, span):
            hyphen = span.start  # "battery-grade", "copper-gold": the hyphen parts no phrases
            continue
        if kind == "word" and word.endswith(".") and not _is_abbreviation(word):
            word, span = word[:-1], Span(span.start, span.end - 1)
            tokens.append(_word_token(span, word))
            tokens.append(Token(Span(span.end, span.end + 1), ".", ".", Tag.STOP))
            continue
        tokens.append(_TOKEN_OF[kind](span, word) if kind else _word_token(span, word))


def _joins(text: str, span: Span) -> bool:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return before.isalnum() and after.isalnum()


def _is_abbreviation(word: str) -> bool:
    return "." in word[:-1] or word.lower() in _ABBREVIATIONS


_ABBREVIATIONS = frozenset(
    "co. corp. inc. ltd. plc. no. nos. st. mr. mrs. ms. dr. sen. rep. gov. gen. col. vs. etc. "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. approx. est. dept. mt. bhd. "
    "jr. sr. prof. u.s. u.k. e.g. i.e. a.m. p.m. cos. bros. tbk. pt. pte. pty.".split()
)


def _word_token(span: Span, word: str) -> Token:
    return Token(span, word, word.lower(), Tag.NOUN)


def _punct_token(span: Span, word: str) -> Token:
    return Token(span, word, word, _PUNCT.get(word[0], Tag.COLON))


_TOKEN_OF = {
    "poss": lambda span, word: Token(span, word, word, Tag.POSS),
    "neg": lambda span, word: Token(span, word, word.lower(), Tag.NEG),
    "word": _word_token,
    "number": _word_token,
    "dash": lambda span, word: Token(span, word, word, Tag.DASH),
    "punct": _punct_token,
}


def skip_adverbs(tokens: Sequence[Token], index: int, step: int) -> Token | None:
    """Return the first token from ``index`` on, in steps of 1 or -1, that is no adverb."""
    while 0 <= index < len(tokens) and tokens[index].tag is Tag.ADVERB:
        index += step
    return tokens[index] if 0 <= index < len(tokens) else None
