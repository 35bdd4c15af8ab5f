"""Chunks: noun phrases, verb groups and the words between them, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from lodewire.extraction.grammar.tokens import Tag, Token
from lodewire.model.evidence import Span


class Kind(Enum):
    """What a chunk is."""

    NP = "np"
    VP = "vp"
    PREP = "prep"
    CONJ = "conj"
    SUB = "sub"
    REL = "rel"
    COMMA = "comma"
    BREAK = "break"  # colon, semicolon, dash
    OPEN = "open"
    CLOSE = "close"
    QUOTE = "quote"
    ADVERB = "adverb"
    STOP = "stop"

    __hash__ = object.__hash__  # as for tags


@dataclass(slots=True)
class Chunk:
    """A run of tokens. For a noun phrase ``head`` is its last noun-like token."""

    kind: Kind
    tokens: list[Token]
    index: int = 0
    head: Token | None = None
    verb: VerbGroup | None = None
    span: Span = field(init=False)  # from the first to the last token
    _lower: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Work out the span once: the tokens of a chunk never change."""
        self.span = Span(self.tokens[0].span.start, self.tokens[-1].span.end)

    @property
    def lower(self) -> str:
        """The lower-case words joined by a blank."""
        if self._lower is None:
            self._lower = " ".join([t.lower for t in self.tokens])
        return self._lower

    @property
    def is_date(self) -> bool:
        """Tell whether the phrase is nothing but a date."""
        return self.head is not None and self.head.tag is Tag.DATE

    @property
    def is_pronoun(self) -> bool:
        """Tell whether the phrase is a pronoun."""
        return self.head is not None and self.head.tag is Tag.PRON


@dataclass(slots=True)
class VerbGroup:
    """A verb with its auxiliaries: "has not been suspended"."""

    lemma: str
    form: str
    main: Token
    auxiliaries: tuple[str, ...] = ()
    passive: bool = False
    negated: bool = False
    infinitive: bool = False
    modal: str | None = None
    perfect: bool = False
    reduced: bool = field(default=False)
    first: str = ""  # the first word of the group, lower case
    participial: bool = False  # "having completed", "being sold"

    @property
    def finite(self) -> bool:
        """Tell whether the group can carry a subject of its own."""
        if self.infinitive or self.reduced or self.participial:
            return False
        return bool(self.auxiliaries) or self.form in "SDB"

    @property
    def future(self) -> bool:
        """Tell whether it speaks of what is to come."""
        return self.modal in ("will", "shall", "would", "'ll", "’ll")


_NOUNS = (Tag.NOUN, Tag.NAME, Tag.QUANTITY, Tag.DATE)
_NOMINAL = (*_NOUNS, Tag.POSS)
_OPENS_NP = (*_NOUNS, Tag.DET)
_VERBAL = (Tag.VERB, Tag.AUX)
_IN_VP = (Tag.VERB, Tag.AUX, Tag.ADVERB, Tag.NEG, Tag.TO)
_SINGLE = {
    Tag.TO: Kind.PREP,
    Tag.PREP: Kind.PREP,
    Tag.CONJ: Kind.CONJ,
    Tag.SUB: Kind.SUB,
    Tag.REL: Kind.REL,
    Tag.COMMA: Kind.COMMA,
    Tag.DASH: Kind.BREAK,
    Tag.COLON: Kind.BREAK,
    Tag.OPEN: Kind.OPEN,
    Tag.CLOSE: Kind.CLOSE,
    Tag.QUOTE: Kind.QUOTE,
    Tag.ADVERB: Kind.ADVERB,
    Tag.NEG: Kind.ADVERB,
    Tag.STOP: Kind.STOP,
    Tag.POSS: Kind.QUOTE,
}


def chunk_tokens(tokens: Sequence[Token]) -> list[Chunk]:
    """Group the tokens of a sentence into chunks; every token is in exactly one."""
    chunks: list[Chunk] = []
    at = 0
    while at < len(tokens):
        chunk, at = _next_chunk(tokens, at)
        chunk.index = len(chunks)
        chunks.append(chunk)
    return chunks


def _next_chunk(tokens: Sequence[Token], at: int) -> tuple[Chunk, int]:
    token = tokens[at]
    tag = token.tag
    if tag in _OPENS_NP:
        return _noun_chunk(tokens, at)
    if tag in _VERBAL or (tag is Tag.TO and _verb_after(tokens, at + 1)):
        return _verb_chunk(tokens, at)
    if tag is Tag.PRON:
        return Chunk(Kind.NP, [token], head=token), at + 1
    return Chunk(_SINGLE[tag], [token]), at + 1


def _verb_after(tokens: Sequence[Token], at: int) -> bool:
    while at < len(tokens) and tokens[at].tag is Tag.ADVERB:
        at += 1
    return at < len(tokens) and tokens[at].tag in _VERBAL


def _noun_chunk(tokens: Sequence[Token], at: int) -> tuple[Chunk, int]:
    end, length, noun = at, len(tokens), Tag.NOUN
    while end < length and (tokens[end].tag is noun or _continues(tokens, at, end)):
        end += 1
    taken = list(tokens[at : max(end, at + 1)])
    head = next((t for t in reversed(taken) if t.tag in _NOUNS), taken[-1])
    return Chunk(Kind.NP, taken, head=head), at + len(taken)


def _continues(tokens: Sequence[Token], start: int, at: int) -> bool:
    tag = tokens[at].tag
    if tag is Tag.DET:
        return at == start or tokens[at - 1].tag is Tag.DET
    if tag is Tag.DATE and at > start and tokens[at - 1].tag in (Tag.NOUN, Tag.NAME):
        # "the mine Tuesday": a new phrase; "the March quarter output" starts with the date.
        return False
    if tag is Tag.NAME and _is_opener(tokens, start, at):
        return False
    if tag is Tag.NAME and at > start and tokens[at - 1].tag is Tag.DATE:
        # "In the first quarter [First Quantum] raised", but "the March Platts assessment".
        return at - 1 > start and not _opens_with_period(tokens, start, at)
    if tag is Tag.ADVERB and at > start and tokens[at - 1].tag is Tag.DET:
        follows = tokens[at + 1].tag if at + 1 < len(tokens) else None
        return follows in (Tag.NOUN, Tag.NAME)
    return tag in _NOMINAL


_OCCASIONS = frozenset(
    "round statement filing release move step report year month quarter week day note letter "
    "agreement contract transaction exchange return turn case phase stage period programme program "
    "scheme offer process interview presentation plan arrangement addition response deal pact law "
    "rule order decision time notice".split()
)


_PERIODS = ("quarter", "half", "year", "month", "week", "months")


def _opens_with_period(tokens: Sequence[Token], start: int, at: int) -> bool:
    governed = start == 1 and tokens[0].tag is Tag.PREP and tokens[1].tag is Tag.DET
    return governed and tokens[at - 1].lower.split()[-1] in _PERIODS


def _is_opener(tokens: Sequence[Token], start: int, at: int) -> bool:
    """ "In an earlier round [X] was given", "Under the deal [Y] will": a name after the opener."""
    if start != 1 or tokens[0].tag is not Tag.PREP or at < 3 or tokens[1].tag is not Tag.DET:
        return False
    before = tokens[at - 1]
    return before.tag is Tag.NOUN and before.lower in _OCCASIONS


def _verb_chunk(tokens: Sequence[Token], at: int) -> tuple[Chunk, int]:
    taken: list[Token] = []
    end = at
    main: Token | None = None
    while end < len(tokens):
        token = tokens[end]
        if token.tag not in _IN_VP:
            break
        if token.tag is Tag.TO and (taken or not _verb_after(tokens, end + 1)):
            break
        if token.tag is Tag.VERB and main is not None:
            break
        if token.tag in (Tag.ADVERB, Tag.NEG) and main is not None:
            break
        taken.append(token)
        end += 1
        if token.tag is Tag.VERB:
            main = token
    while taken[-1].tag in (Tag.ADVERB, Tag.NEG) and len(taken) > 1:
        if taken[-1].tag is Tag.NEG:
            break
        taken.pop()
        end -= 1
    return Chunk(Kind.VP, taken, verb=_group(taken, main)), end


def _group(taken: list[Token], main: Token | None) -> VerbGroup:
    auxiliaries = [t for t in taken if t.tag is Tag.AUX]
    if main is None:
        main = auxiliaries[-1] if auxiliaries else taken[-1]
        auxiliaries = auxiliaries[:-1]
    lemmas = tuple(t.lemma for t in auxiliaries)
    modal = next((t.lower for t in auxiliaries if t.verb is None), None)
    form = main.form or (main.verb and "D") or "B"
    passive = form == "N" and "be" in lemmas
    if form == "N" and not auxiliaries:
        form = "N"
    return VerbGroup(
        lemma=main.lemma,
        form=form,
        main=main,
        auxiliaries=lemmas,
        passive=passive,
        negated=any(t.tag is Tag.NEG for t in taken) or modal in ("won't", "can't", "cannot"),
        infinitive=taken[0].tag is Tag.TO,
        modal=modal,
        perfect="have" in lemmas,
        first=taken[0].lower,
        participial=taken[0].lower in ("having", "being"),
    )
