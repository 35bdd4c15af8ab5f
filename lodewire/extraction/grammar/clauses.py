"""Clauses: for each verb group its subject, objects, prepositional phrases and governor."""

from __future__ import annotations

from collections.abc import Sequence

from lodewire.extraction.grammar.chunks import Chunk, Kind, VerbGroup
from lodewire.extraction.grammar.parts import OBJECT_CONTROL, SPEECH, Clause, Phrase
from lodewire.extraction.grammar.subjects import (
    CLAUSE_PREPS,
    antecedent,
    find_subject,
    left_of,
    link_of,
)
from lodewire.extraction.grammar.tokens import Tag

__all__ = ["SPEECH", "Clause", "Phrase", "find_clauses", "is_tagged"]


def find_clauses(chunks: Sequence[Chunk]) -> list[Clause]:
    """Return the clauses of one sentence in the order of their verbs."""
    clauses: list[Clause] = []
    subjects: set[int] = set()
    verbs = [c for c in chunks if c.kind is Kind.VP]
    for chunk in verbs:
        clause = Clause(verb=chunk.verb or _missing(chunk), chunk=chunk)
        _attach_subject(chunks, clause, clauses, subjects)
        clauses.append(clause)
    _mark_reduced(chunks, clauses)
    for position, clause in enumerate(clauses):
        nearest = clauses[position + 1].chunk.index if position + 1 < len(clauses) else len(chunks)
        _attach_complements(chunks, clause, nearest, subjects)
    _lend_late_subjects(clauses)
    return clauses


def _missing(chunk: Chunk) -> VerbGroup:
    raise AssertionError(f"verb chunk without a verb group: {chunk.lower!r}")


def _attach_subject(
    chunks: Sequence[Chunk], clause: Clause, clauses: list[Clause], taken: set[int]
) -> None:
    verb = clause.verb
    at = left_of(chunks, clause.chunk.index - 1)
    previous = clauses[-1] if clauses else None
    speaker = _inverted_speaker(chunks, clause)
    if speaker is not None:
        clause.subject = Phrase(speaker)
        return
    if verb.infinitive or verb.participial or (verb.form == "G" and not verb.auxiliaries):
        _govern(chunks, clause, previous, at)
        return
    if at < 0:
        return
    chunk = chunks[at]
    if chunk.kind is Kind.REL:
        clause.relative = True
        clause.subject = antecedent(chunks, at, clause.verb)
        if clause.subject is None:
            # "the mine, which X owns and which is to be sold": the antecedent of the first.
            earlier = [c for c in clauses if c.relative and c.subject is not None]
            clause.subject = earlier[-1].subject if earlier else None
        return
    if chunk.kind is Kind.CONJ and previous is not None:
        _share_subject(clause, previous)
        return
    if _modifies(chunks, clause, previous):
        verb.reduced = verb.passive = True
        clause.subject, clause.inherited = Phrase(chunk), True
        return
    subject = find_subject(chunks, at, clauses)
    if subject is None:
        if previous is not None and chunk.kind is Kind.COMMA:
            _share_subject(clause, previous)
        return
    clause.subject = _headline_list(chunks, subject, verb)
    if _is_object(chunks, subject, clause, clauses):
        verb.reduced = verb.passive = True
        return
    taken.update(c.index for c in subject.chunks)
    clause.link = link_of(chunks, subject.chunk.index)
    clause.relative = clause.link in ("which", "who", "whose", "whom")
    clause.governor = _speech(clause, previous)


def _headline_list(chunks: Sequence[Chunk], subject: Phrase, verb: VerbGroup) -> Phrase:
    """ "[Glencore, Merafe] halt smelter": a comma for "and", as headlines have it."""
    chunk = subject.chunk
    listed = verb.form == "B" and not verb.auxiliaries and chunk.index == 2
    if not listed or subject.conjuncts or chunks[1].kind is not Kind.COMMA:
        return subject
    both = all(c.head is not None and c.head.tag is Tag.NAME for c in (chunks[0], chunk))
    return Phrase(chunks[0], conjuncts=[chunk]) if both else subject


def _is_object(
    chunks: Sequence[Chunk], subject: Phrase, clause: Clause, clauses: list[Clause]
) -> bool:
    """ "will take all of the feed under a contract [signed] in May": the verb only modifies."""
    if clause.verb.form not in "DN" or clause.verb.auxiliaries or not clauses:
        return False
    before = left_of(chunks, subject.chunk.index - 1)
    other = clauses[-1]
    if before < 0 or other.chunk.index != before or other.lemma in _SAID_OR_THOUGHT:
        return False
    after = chunks[clause.chunk.index + 1] if clause.chunk.index + 1 < len(chunks) else None
    return other.verb.finite and (after is None or after.kind is not Kind.NP or after.is_date)


_THINKING = frozenset("show see mean hope think know find be have feel fear".split())
_SAID_OR_THOUGHT = SPEECH | _THINKING


def _inverted_speaker(chunks: Sequence[Chunk], clause: Clause) -> Chunk | None:
    """The speaker after the verb: "…," said [Robert Montefusco] of broker Sucden."""
    index, verb = clause.chunk.index, clause.verb
    if verb.lemma not in SPEECH or verb.auxiliaries or verb.form not in "DNS" or not index:
        return None
    if chunks[index - 1].kind not in (Kind.COMMA, Kind.QUOTE) or index + 1 >= len(chunks):
        return None
    after = chunks[index + 1]
    if after.kind is not Kind.NP or after.is_date or after.head is None:
        return None
    follows = chunks[index + 2].kind if index + 2 < len(chunks) else Kind.STOP
    named = any(t.tag is Tag.NAME or t.text[:1].isupper() for t in after.tokens)
    told = named or (index >= 2 and chunks[index - 2].kind is Kind.QUOTE)
    return after if told and follows in (Kind.COMMA, Kind.STOP, Kind.PREP, Kind.BREAK) else None


def _share_subject(clause: Clause, previous: Clause) -> None:
    clause.subject, clause.inherited = previous.subject, True
    clause.governor, clause.link = previous.governor, previous.link
    clause.relative = previous.relative


def _speech(clause: Clause, previous: Clause | None) -> Clause | None:
    """A that-clause hangs on the verb before it: "said that X will buy Y"."""
    if previous is None or previous.relative:
        return None
    return previous if clause.link in ("that", "whether") else None


def _govern(chunks: Sequence[Chunk], clause: Clause, previous: Clause | None, at: int) -> None:
    before = chunks[at] if at >= 0 else None
    clause.link = before.lower if before is not None and before.kind is Kind.PREP else ""
    clause.governor, clause.inherited = previous, True
    if before is not None and before.kind is Kind.NP and not clause.verb.infinitive:
        # "a venture costing $2 billion": the noun before the participle is its subject.
        clause.subject, clause.governor = Phrase(before), None
        return
    if before is not None and before.kind is Kind.NP and at and chunks[at - 1].lower == "for":
        clause.subject = Phrase(before)  # "plans for the ban to be widened"
        return
    if previous is None:
        if clause.verb.infinitive and before is not None and before.kind is Kind.NP:
            clause.subject = find_subject(chunks, at, [])  # a headline: "Lundin to buy Josemaria"
        return
    controls = previous.lemma in OBJECT_CONTROL and not previous.verb.passive
    if clause.verb.infinitive and controls:
        object_ = find_subject(chunks, at, []) if at > previous.chunk.index else None
        if object_ is not None and object_.chunk.index > previous.chunk.index:
            clause.subject = object_
            return
    clause.subject = previous.subject


_MODIFYING = frozenset(
    "import export produce make mine ship source originate manufacture issue hold locate base "
    "refine destine extract grow build own operate".split()
)


def _modifies(chunks: Sequence[Chunk], clause: Clause, previous: Clause | None) -> bool:
    """ "announced duties on steel [imported from] X": no second verb without a connector."""
    verb = clause.verb
    if previous is None or verb.auxiliaries or verb.form not in "DN" or not previous.verb.finite:
        return False
    if verb.lemma not in _MODIFYING or previous.lemma in SPEECH - {"announce", "report"}:
        return False
    at = clause.chunk.index
    between = chunks[previous.chunk.index + 1 : at]
    parted = any(c.kind in (Kind.CONJ, Kind.SUB, Kind.REL, Kind.COMMA, Kind.BREAK) for c in between)
    follows = chunks[at + 1].kind if at + 1 < len(chunks) else None
    return not parted and follows is Kind.PREP and bool(between) and between[-1].kind is Kind.NP


def _mark_reduced(chunks: Sequence[Chunk], clauses: list[Clause]) -> None:
    """Find participles that modify a noun: "metal made in Russia", "a mine owned by X"."""
    for position, clause in enumerate(clauses):
        verb = clause.verb
        if verb.auxiliaries or verb.form not in "DN" or verb.infinitive or clause.relative:
            continue
        if verb.lemma in SPEECH:
            continue
        after = chunks[clause.chunk.index + 1] if clause.chunk.index + 1 < len(chunks) else None
        by = after is not None and after.lower == "by" and verb.form == "N"
        finite_next = _shares_subject(clauses, position)
        forms = verb.main.verb.forms if verb.main.verb is not None else frozenset()
        if by or finite_next or verb.reduced or (verb.form == "N" and "D" not in forms):
            verb.reduced = True
            verb.passive = True


def _shares_subject(clauses: list[Clause], position: int) -> bool:
    clause = clauses[position]
    if position + 1 >= len(clauses) or clause.subject is None:
        return False
    other = clauses[position + 1]
    return (
        not other.inherited
        and other.verb.finite
        and other.subject is not None
        and other.subject.chunk is clause.subject.chunk
    )


def _attach_complements(
    chunks: Sequence[Chunk], clause: Clause, end: int, subjects: set[int]
) -> None:
    prep = ""
    last: Phrase | None = None
    for chunk in chunks[clause.chunk.index + 1 : end]:
        kind = chunk.kind
        if kind is Kind.NP:
            if chunk.index in subjects and (not prep or prep in CLAUSE_PREPS):
                break
            last = _place(clause, chunk, prep, last, chunks)
            prep = ""
        elif kind is Kind.PREP:
            prep = f"{prep} {chunk.lower}".strip() if prep in _COMPOUND else chunk.lower
        elif kind is Kind.COMMA:
            prep = ""  # "if the deal goes through, BHP …": a particle, not a preposition
        elif kind in _CLOSING:
            break


_CLOSING = (Kind.SUB, Kind.STOP)
_COMPOUND = frozenset({"because", "due", "ahead", "out", "up", "along", "as", "outside", "up to"})


def _place(
    clause: Clause, chunk: Chunk, prep: str, last: Phrase | None, chunks: Sequence[Chunk]
) -> Phrase:
    if not prep and last is not None and _coordinated(chunks, chunk):
        last.conjuncts.append(chunk)
        return last
    phrase = Phrase(chunk, prep)
    if prep or chunk.is_date:
        clause.phrases.append(phrase)
    else:
        clause.objects.append(phrase)
    return phrase


def _coordinated(chunks: Sequence[Chunk], chunk: Chunk) -> bool:
    before = chunks[chunk.index - 1]
    if before.kind is Kind.CONJ:
        return True
    if before.kind is not Kind.COMMA:
        return False
    # "A, B and C": a comma coordinates when a conjunction closes the list further on.
    for later in chunks[chunk.index + 1 : chunk.index + 12]:
        if later.kind is Kind.CONJ:
            return True
        if later.kind not in (Kind.NP, Kind.COMMA):
            return False
    return False


def _lend_late_subjects(clauses: list[Clause]) -> None:
    """Give "After buying X, Y said" its subject from the finite clause that follows."""
    later: Clause | None = None
    for clause in reversed(clauses):
        if clause.subject is None and not clause.verb.finite and later is not None:
            clause.subject, clause.inherited = later.subject, True
        elif clause.verb.finite and clause.subject is not None and not clause.inherited:
            later = clause


def is_tagged(chunk: Chunk, tag: Tag) -> bool:
    """Tell whether the chunk holds a token of that tag."""
    return any(token.tag is tag for token in chunk.tokens)
