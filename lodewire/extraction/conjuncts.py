"""Coordinated clauses: a sentence that tells of several happenings, read clause by clause.

"IGO paid A$1.26 billion for X last year, and BHP closed its takeover of Y in May": where two of
the clauses tell an event of one type by themselves, and the sentence as a whole was read as one
alone, each is a telling of its own and takes its fillers from its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lodewire.extraction.analysis import Sentence, lay_open
from lodewire.extraction.drafts import Draft
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.clauses import SPEECH, Clause
from lodewire.extraction.merge import IDENTITY
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType

_JOINS = frozenset(("and", "but", "while", "whereas", "although", "though"))
_CONDITIONS = frozenset(("if", "unless", "whether", "provided"))
_AROUND = " ,;\n\t"


def read_conjuncts(
    sentence: Sentence, drafts: Sequence[Draft], read: Callable[[Sentence], list[Draft]]
) -> list[Draft]:
    """Return the tellings that the clauses of ``sentence`` add to its ``drafts``.

    ``read`` reads a clause as it would a sentence. What a draft took from a clause that tells by
    itself is taken from it.
    """
    parts = conjuncts(sentence) if drafts else []
    if not parts:
        return []
    told = [(part, [d for d in read(part) if not d.anaphoric]) for part in parts]
    added: list[Draft] = []
    for part, own in told:
        others = {d.type for other, found in told if other is not part for d in found}
        for draft in own:
            whole = [d for d in drafts if d.type is draft.type]
            if draft.type not in others or not whole:
                continue
            if any(_tells(d, part.span) for d in whole):
                _keep_to(draft, whole, part, parts)
                continue
            for known in whole:
                known.arguments = [a for a in known.arguments if not part.span.covers(a.span)]
            added.append(draft)
    return added


_OWN_ROLES = frozenset(("commodity", "volume", "change"))  # of one figure of output alone


def _keep_to(own: Draft, whole: Sequence[Draft], part: Sentence, parts: Sequence[Sentence]) -> None:
    """Give back what a report of output took from clauses beside it that tell by themselves."""
    others = [p.span for p in parts if p is not part]
    for known in whole:
        if known.trigger != own.trigger or own.type is not EventType.PRODUCTION_REPORT:
            continue
        kept = [
            a
            for a in known.arguments
            if a.role not in _OWN_ROLES or not any(o.covers(a.span) for o in others)
        ]
        roles = {a.role for a in kept}
        known.arguments = [*kept, *(a for a in own.arguments if a.role not in roles)]


def _tells(draft: Draft, part: Span) -> bool:
    """Tell whether a draft is of the clause: by its trigger, or by what identifies it."""
    if part.covers(draft.trigger):
        return True
    keys = [a.span for a in draft.arguments if a.role in IDENTITY[draft.type].keys]
    return draft.trigger.overlaps(part) and any(part.covers(k) for k in keys)


def conjuncts(sentence: Sentence) -> list[Sentence]:
    """Return the coordinated clauses of a sentence as sentences; none where it has but one."""
    cuts = [c.span for c in _cuts(sentence)]
    if not cuts:
        return []
    starts = [sentence.span.start, *(c.end for c in cuts)]
    ends = [*(c.start for c in cuts), sentence.span.end]
    text = sentence.analysis.text
    spans = [_trimmed(text, a, b) for a, b in zip(starts, ends, strict=True)]
    return [lay_open(sentence, span) for span in spans]


def _cuts(sentence: Sentence) -> Iterator[Chunk]:
    for chunk in sentence.chunks:
        joins = chunk.kind in (Kind.CONJ, Kind.SUB) and chunk.lower in _JOINS
        listed = chunk.kind is Kind.COMMA and _lists_clauses(sentence, chunk)
        if (joins or listed or chunk.lower == ";") and _parts_clauses(sentence, chunk):
            yield chunk


def _lists_clauses(sentence: Sentence, comma: Chunk) -> bool:
    """ "Copper output rose 4%, zinc fell 12% and lead was steady": a comma parts such clauses.

    Not before who says it ("… , the company said"), nor behind a clause that a link opens.
    """
    before = [c for c in sentence.clauses if c.chunk.index < comma.index]
    after = [c for c in sentence.clauses if c.chunk.index > comma.index]
    if not before or not after or after[0].lemma in SPEECH:
        return False
    if sentence.chunks[comma.index + 1].kind in (Kind.CONJ, Kind.SUB):
        return False  # ", and": cut behind the join
    return not before[-1].link or before[-1].link in _JOINS


def _parts_clauses(sentence: Sentence, join: Chunk) -> bool:
    """Tell whether a clause that stands by itself ends before ``join`` and another begins after."""
    before = [c for c in sentence.clauses if c.chunk.index < join.index]
    first = next((c for c in sentence.clauses if c.chunk.index > join.index), None)
    if first is None or first.subject is None or not any(_stands(c) for c in before):
        return False
    if not _stands(first) or first.link not in ("", join.lower):
        return False
    if before[-1].link in _CONDITIONS or first.subject.chunk.index < join.index:
        return False
    return _opens(sentence.chunks[join.index + 1 : first.subject.chunk.index])


def _stands(clause: Clause) -> bool:
    own = clause.subject is not None and not clause.inherited
    return own and clause.verb.finite and not clause.relative


def _opens(ahead: Sequence[Chunk]) -> bool:
    """Tell whether a subject may follow: before it stand adverbs and "in September" alone."""
    governed = False
    for chunk in ahead:
        if chunk.kind in (Kind.REL, Kind.SUB):
            return False
        if chunk.kind is Kind.NP and not (governed or chunk.is_date):
            return False
        governed = chunk.kind is Kind.PREP
    return True


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return Span(start, end)
