"""A document laid open for the frames: sentences with clauses, names, quantities, dates."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lodewire.extraction.dates import find_dates
from lodewire.extraction.grammar.chunks import Chunk, Kind, chunk_tokens
from lodewire.extraction.grammar.clauses import Clause, Phrase, find_clauses
from lodewire.extraction.grammar.sieve import Sought, sift_words
from lodewire.extraction.grammar.tagging import tokenise
from lodewire.extraction.grammar.tokens import Marked, Tag, Token
from lodewire.extraction.grammar.words import load_words
from lodewire.extraction.naming.mentions import find_mentions
from lodewire.extraction.naming.scan import Hit
from lodewire.extraction.quantities import find_quantities, guess_dollar, is_row
from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind

Found = TypeVar("Found", Mention, Quantity, DateMention)
PARTY = (MentionType.ORGANISATION, MentionType.COUNTRY)


@dataclass(slots=True)
class Sentence:
    """One sentence with everything found in it; spans refer to the whole text.

    ``shared`` keeps what one frame worked out and another asks for again, by the module's name.
    """

    analysis: Analysis
    index: int
    span: Span
    tokens: list[Token]
    chunks: list[Chunk]
    clauses: list[Clause]
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    shared: dict[str, object] = field(default_factory=dict)
    text: str = field(init=False)  # the words of the sentence
    _able: frozenset[int] | None = None
    _plain: str | None = None

    def __post_init__(self) -> None:
        """Cut the words out once; many ask for them."""
        self.text = self.span.of(self.analysis.text)

    @property
    def plain(self) -> str:
        """The words with organisations blanked: a firm named "… Exploration" explores nothing."""
        if self._plain is None:
            words = self.text
            for mention in self.mentions_in(self.span, MentionType.ORGANISATION):
                start, end = (at - self.span.start for at in mention.span)
                words = words[:start] + "_" * (end - start) + words[end:]
            self._plain = words
        return self._plain

    @property
    def able(self) -> frozenset[int]:
        """The numbers of all patterns that can match in the sentence; see ``sieve``."""
        if self._able is None:
            self._able = sift_words(self.text)
        return self._able

    def may_hold(self, number: int) -> bool:
        """Tell whether a pattern of that number can match in the sentence."""
        return number in (self._able or self.able)

    def find(self, words: Sought) -> re.Match[str] | None:
        """The first match in the sentence's own text."""
        if words.number not in (self._able or self.able):
            return None
        return words.pattern.search(self.text)

    def locate(self, words: Sought) -> re.Match[str] | None:
        """The first match in the sentence, placed in the whole text."""
        if words.number not in (self._able or self.able):
            return None
        return words.pattern.search(self.analysis.text, self.span.start, self.span.end)

    def locate_all(self, words: Sought) -> Iterator[re.Match[str]]:
        """All matches in the sentence, placed in the whole text."""
        if words.number not in (self._able or self.able):
            return iter(())
        return words.pattern.finditer(self.analysis.text, self.span.start, self.span.end)

    def mentions_in(self, span: Span, *types: MentionType) -> list[Mention]:
        """Mentions of the given types (any, if none) that lie in ``span``, in order."""
        start, end = span
        return [
            m
            for m in self.mentions
            if start <= m.span.start and m.span.end <= end and (not types or m.type in types)
        ]

    def quantities_in(self, span: Span, *kinds: QuantityKind) -> list[Quantity]:
        """Quantities of the given kinds (any, if none) that lie in ``span``, in order."""
        start, end = span
        return [
            q
            for q in self.quantities
            if start <= q.span.start and q.span.end <= end and (not kinds or q.kind in kinds)
        ]

    def dates_in(self, span: Span) -> list[DateMention]:
        """Dates that lie in ``span``, in order."""
        return [d for d in self.dates if span.covers(d.span)]

    def reach(self, clause: Clause) -> Span:
        """From the first word of the clause's subject to the last of its complements."""
        chunks = [clause.chunk]
        if clause.subject is not None and not clause.inherited:
            chunks += clause.subject.chunks
        for phrase in (*clause.objects, *clause.phrases):
            chunks += phrase.chunks
        spans = [c.span for c in chunks]
        return Span(min(spans).start, max([s.end for s in spans]))

    def tail(self, clause: Clause) -> Span:
        """From the verb to where the next clause with a subject of its own begins."""
        end = self.span.end
        for later in self.clauses:
            own = later.subject is not None and not later.inherited and not later.verb.reduced
            if later.chunk.index > clause.chunk.index and own and later.subject is not None:
                start = later.subject.chunk.span.start
                if start > clause.chunk.span.end and not later.relative:
                    end = start
                    break
        return Span(clause.chunk.span.start, end)

    def named(self, phrase: Phrase | None, *types: MentionType) -> list[Mention]:
        """Mentions inside the phrase and its conjuncts, in order; pronouns are resolved."""
        if phrase is None:
            return []
        found: list[Mention] = []
        for chunk in phrase.chunks:
            inside = self.mentions_in(chunk.span, *types)
            if not inside and chunk.is_pronoun:
                referent = self.referent(chunk)
                if referent is not None and (not types or referent.type in types):
                    inside = [referent]
            found.extend(inside)
        return found

    def parties(self, phrase: Phrase | None) -> list[Mention]:
        """Organisations and countries that the phrase stands for, possessors included.

        A demonym before an organisation ("Canadian miner Teck") is no party of its own.
        """
        found = self.named(phrase, *PARTY)
        organisations = [m for m in found if m.type is MentionType.ORGANISATION]
        return organisations or found

    def head_party(self, phrase: Phrase | None) -> Mention | None:
        """The one party that the phrase stands for: its last organisation, else country."""
        found = self.parties(phrase)
        return found[-1] if found else None

    def referent(self, chunk: Chunk) -> Mention | None:
        """What a pronoun stands for: the subject before it, in this sentence or the one before."""
        if chunk.lower in ("i", "you", "he", "she", "this", "that", "these", "those", "there"):
            return None
        earlier = [c for c in self.clauses if c.chunk.index < chunk.index]
        own = self._own_subject(earlier, chunk)
        for clause in reversed(earlier):
            found = self._subject_mention(clause)
            if found is not None and found.entity != own:
                return found
        if self.index == 0:
            return None
        before = self.analysis.sentences[self.index - 1]
        for clause in before.clauses:
            found = before._subject_mention(clause)
            if found is not None and found.entity != own:
                return found
        # "It adds capacity. It has undertaken to buy …": what the first stands for, the next does.
        first = before.clauses[0].subject if before.clauses else None
        if first is not None and first.chunk.lower == chunk.lower == "it":
            return before.referent(first.chunk)
        # "The decision will hasten … and it leaves …": not a firm where another subject came first.
        return before.only_firm() if chunk.lower == "it" and not earlier else None

    def _own_subject(self, earlier: Sequence[Clause], chunk: Chunk) -> str | None:
        """Who acts on a pronoun that is no subject: "ARMZ takes a stake in [it]" is not in ARMZ."""
        last = earlier[-1] if earlier else None
        if last is None or all(p.chunk is not chunk for p in (*last.objects, *last.phrases)):
            return None
        acting = self._subject_mention(last)
        return acting.entity if acting is not None else None

    def only_firm(self) -> Mention | None:
        """The one organisation that the sentence names: "Big loans came out of the department"."""
        found = [m for m in self.mentions if m.type is MentionType.ORGANISATION]
        sole = len({m.entity for m in found}) == 1
        # Not the one of a pair ("TechMet and Ronald Lauder").
        return found[-1] if sole and self.text.find(f"{found[-1].text} and ") < 0 else None

    def _subject_mention(self, clause: Clause) -> Mention | None:
        if clause.subject is None:
            return None
        chunk = clause.subject.chunk
        if chunk.is_pronoun:
            return None
        found = self.mentions_in(chunk.span, *PARTY)
        return found[-1] if found else None

    def chunk_at(self, position: int) -> Chunk | None:
        """The chunk that covers a character position, or None."""
        for chunk in self.chunks:
            if chunk.span.start <= position < chunk.span.end:
                return chunk
        return None

    def noun_phrases(self) -> Iterator[Chunk]:
        """All noun phrases, in order."""
        return (c for c in self.chunks if c.kind is Kind.NP)

    def clause_of(self, span: Span) -> Clause | None:
        """The clause whose verb or complements hold ``span``, nearest verb first."""
        best: Clause | None = None
        for clause in self.clauses:
            starts_before = best is None or clause.chunk.span.start <= span.start
            if starts_before and self.reach(clause).covers(span):
                best = clause
        if best is not None:
            return best
        before = [c for c in self.clauses if c.chunk.span.start <= span.start]
        return before[-1] if before else (self.clauses[0] if self.clauses else None)


@dataclass(slots=True)
class Analysis:
    """A document with its sentences analysed."""

    document: Document
    text: str
    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    kinds: dict[str, str]
    sentences: list[Sentence] = field(default_factory=list)

    def kind_of(self, mention: Mention) -> str:
        """The ontology's kind of a known entity ("miner", "ministry", "mine"), or ""."""
        return self.kinds.get(mention.entity, "")

    def of_type(self, *types: MentionType) -> list[Mention]:
        """All mentions of the given types, in text order."""
        return [m for m in self.mentions if m.type in types]


def analyse(document: Document, hits: Sequence[Hit] | None = None) -> Analysis:
    """Lay a document open. ``hits`` are the lexicon's, when they were scanned before."""
    text = document.text
    named = find_mentions(text, document.sentences, hits)
    dollar = guess_dollar(text)
    quantities = find_quantities(text, language=document.language, dollar=dollar)
    dates = find_dates(text, published=document.published, language=document.language)
    dates = tuple(d for d in dates if not _inside_quantity(d, quantities))
    bodies = [_without_dateline(text, span) for span in document.sentences]
    mentions = _outside_money(named.mentions, quantities)
    mentions = _without_wires(mentions, document, bodies)
    analysis = Analysis(document, text, mentions, quantities, dates, named.kinds)
    parted = zip(
        _parts(mentions, bodies), _parts(quantities, bodies), _parts(dates, bodies), strict=True
    )
    for index, (body, found) in enumerate(zip(bodies, parted, strict=True)):
        analysis.sentences.append(_sentence(analysis, index, body, *found))
    return analysis


def _outside_money(
    mentions: Sequence[Mention], quantities: Sequence[Quantity]
) -> tuple[Mention, ...]:
    """Leave out the "US" of "US$25 million": a currency, not a country."""
    sums = [q.span for q in quantities if q.kind in (QuantityKind.MONEY, QuantityKind.PRICE)]
    starts = [s.start for s in sums]
    kept: list[Mention] = []
    for mention in mentions:
        at = bisect.bisect_right(starts, mention.span.start) - 1
        country = mention.type is MentionType.COUNTRY
        if not (country and at >= 0 and sums[at].covers(mention.span)):
            kept.append(mention)
    return tuple(kept)


def _without_wires(
    mentions: Sequence[Mention], document: Document, bodies: Sequence[Span]
) -> tuple[Mention, ...]:
    """Leave out who reports: the organisation of a dateline, wherever else the text credits it."""
    wires = {
        m.entity
        for m in mentions
        if m.type is MentionType.ORGANISATION
        for whole, body in zip(document.sentences, bodies, strict=True)
        if whole.start <= m.span.start and m.span.end <= body.start
    }
    return tuple(m for m in mentions if m.entity not in wires)


_BARE = re.compile(r"[-−–+(]?[0-9.,]+")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{2,40}"
    r"(?:,\s[A-Z][A-Za-z. ]{1,30}){0,2}"
    rf"(?:,?\s{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?)?"
    r"(?:\s?\([^()\n]{2,40}\)|\s?/[^/\n]{2,40}/)?"
    r"\s?(?:--?|–|—)\s(?=[\"“'A-ZÀ-Þ0-9$€£])"
)


def _without_dateline(text: str, span: Span) -> Span:
    """Cut "BEIJING, March 28 (Wire) - " from a sentence: it names no party and no place of it."""
    match = _DATELINE.match(text, span.start, min(span.end, span.start + 160))
    if match is None or match.end() >= span.end:
        return span
    return Span(match.end(), span.end)


def _inside_quantity(date: DateMention, quantities: Sequence[Quantity]) -> bool:
    if date.grain == "duration":
        return any(q.span.overlaps(date.span) for q in quantities)
    return False


def _told(text: str, span: Span, quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """Leave out the bare figures of a table's row: they tell their unit elsewhere, and no event."""
    if not quantities or not is_row(text[span.start : span.end]):
        return quantities
    return tuple(q for q in quantities if q.unit is None or not _BARE.fullmatch(q.text))


def lay_open(sentence: Sentence, span: Span) -> Sentence:
    """Return a part of a sentence as a sentence of its own."""
    return _sentence(
        sentence.analysis,
        sentence.index,
        span,
        tuple(m for m in sentence.mentions if span.covers(m.span)),
        tuple(q for q in sentence.quantities if span.covers(q.span)),
        tuple(d for d in sentence.dates if span.covers(d.span)),
    )


def _sentence(
    analysis: Analysis,
    index: int,
    span: Span,
    mentions: tuple[Mention, ...],
    quantities: tuple[Quantity, ...],
    dates: tuple[DateMention, ...],
) -> Sentence:
    quantities = _told(analysis.text, span, quantities)
    tokens = tokenise(analysis.text, span, _marks(mentions, quantities, dates))
    chunks = chunk_tokens(tokens)
    clauses = find_clauses(chunks)
    return Sentence(analysis, index, span, tokens, chunks, clauses, mentions, quantities, dates)


def _parts(found: Sequence[Found], bodies: Sequence[Span]) -> Iterator[tuple[Found, ...]]:
    """For each of the ``bodies`` what of ``found``, in text order, lies in it."""
    starts = [f.span.start for f in found]
    for start, end in bodies:
        inside = found[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
        yield tuple([f for f in inside if f.span.end <= end])


def _is_verb(quantity: Quantity) -> bool:
    """ "doubled", "more than quadrupled": a factor that is the verb of its clause stays a word."""
    word = quantity.text.lower().split()[-1]
    return quantity.kind is QuantityKind.FACTOR and word in load_words().verbs


def _hedge(quantity: Quantity) -> Span:
    """The "more than" of "more than doubled", which goes with the verb as an adverb does."""
    return Span(quantity.span.start, quantity.span.start + len(quantity.text.rsplit(None, 1)[0]))


def _marks(
    mentions: Iterable[Mention], quantities: Iterable[Quantity], dates: Iterable[DateMention]
) -> list[Marked]:
    """Choose the spans that become single tokens: longest first, names before numbers."""
    wanted = [
        *(Marked(m.span, Tag.NAME) for m in mentions),
        *(Marked(q.span, Tag.QUANTITY) for q in quantities if not _is_verb(q)),
        *(Marked(d.span, Tag.DATE) for d in dates),
        *(Marked(_hedge(q), Tag.ADVERB) for q in quantities if _is_verb(q) and " " in q.text),
    ]
    wanted.sort(key=lambda w: (w.span.start - w.span.end, w.span.start))
    chosen: list[Marked] = []
    for mark in wanted:
        if not any(mark.span.overlaps(c.span) for c in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda m: m.span.start)
