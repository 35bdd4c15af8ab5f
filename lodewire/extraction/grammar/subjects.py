"""Who a verb is about: the subject left of it, over asides, modifiers and lists."""

from __future__ import annotations

from collections.abc import Sequence

from lodewire.extraction.grammar.chunks import Chunk, Kind, VerbGroup
from lodewire.extraction.grammar.parts import SPEECH, Clause, Phrase
from lodewire.extraction.grammar.tokens import Tag

_PASSED_OVER = (Kind.ADVERB, Kind.QUOTE)


def left_of(chunks: Sequence[Chunk], at: int) -> int:
    while at >= 0 and chunks[at].kind in _PASSED_OVER:
        at -= 1
    return at


CLAUSE_PREPS = frozenset(("as", "after", "before", "since", "until", "because", "than", "till"))
_OPENING = CLAUSE_PREPS - {"than"}


_TIME_LINKS = frozenset(("after", "before", "because", "until", "till"))


def find_subject(chunks: Sequence[Chunk], at: int, clauses: list[Clause]) -> Phrase | None:
    """Return the phrase that is the subject of the verb group right of ``at``."""
    aside = chunks[at].kind is Kind.COMMA
    at = _skip_asides(chunks, at)
    if aside and at >= 0:
        at = _skip_speaker(chunks, at)
    at = _over_relative(chunks, at, clauses)
    if at < 0 or chunks[at].kind is not Kind.NP:
        return None
    before = left_of(chunks, at - 1)
    if before >= 0 and chunks[before].kind is Kind.PREP and chunks[before].lower in CLAUSE_PREPS:
        inner = left_of(chunks, before - 1)
        # "halted work at the mine after a rock burst killed a miner": a clause of its own.
        told = chunks[before].lower in _TIME_LINKS and any(c.verb.finite for c in clauses)
        if told or inner < 0 or chunks[inner].kind is not Kind.NP or chunks[at].is_pronoun:
            return Phrase(chunks[at])
        if _tells_time(chunks[inner]):
            return Phrase(chunks[at])  # "Days after [the president] doubled …"
    if before >= 0 and chunks[before].kind is Kind.CONJ:
        return _coordinate_subject(chunks, at, before, clauses)
    head = _head(chunks, at, clauses)
    return None if head is None else Phrase(chunks[head])


def _over_relative(chunks: Sequence[Chunk], at: int, clauses: list[Clause]) -> int:
    """ "A and [a partner] that it did not name have agreed": left of the clause on the noun."""
    if at < 3 or chunks[at].kind is not Kind.VP or chunks[at - 1].kind is not Kind.NP:
        return at
    linked = chunks[at - 2].lower in ("that", "which", "whom")
    known = any(c.chunk.index == at and c.verb.finite for c in clauses)
    return at - 3 if linked and known and chunks[at - 3].kind is Kind.NP else at


_TIME_WORDS = frozenset(
    "day days week weeks month months year years hour hours minute minutes quarter quarters".split()
)


def _tells_time(chunk: Chunk) -> bool:
    return chunk.is_date or chunk.tokens[-1].lower in _TIME_WORDS


def _coordinate_subject(
    chunks: Sequence[Chunk], at: int, conj: int, clauses: list[Clause]
) -> Phrase:
    """ "A, B and [C] said": all three; "…, and [C] said" after a verb: C alone."""
    if chunks[at].is_pronoun:
        return Phrase(chunks[at])  # "prices were flat and it sees no recovery"
    left = _over_bracket(chunks, left_of(chunks, conj - 1))
    comma = left >= 0 and chunks[left].kind is Kind.COMMA
    verb_before = any(c.verb.finite for c in clauses)
    if comma and verb_before:
        return Phrase(chunks[at])
    members = [chunks[at]]
    if comma:
        left = _over_bracket(chunks, left - 1)
    while left >= 0 and chunks[left].kind is Kind.NP and not chunks[left].is_date:
        if _is_figure(chunks[left]) and not _is_figure(chunks[at]):
            break  # "lead fell to $2,003 and tin climbed": a figure is not one of the subjects
        ahead = left_of(chunks, left - 1)
        fronted = ahead >= 0 and chunks[ahead].kind is Kind.PREP
        if len(members) > 1 and fronted:
            break  # "Under a pact signed in Riyadh, A and B will": the place is no subject
        members.append(chunks[left])
        if left < 2 or chunks[left - 1].kind is not Kind.COMMA:
            break
        left = _over_bracket(chunks, left - 2)
    members.reverse()
    first = members[0].index
    before = left_of(chunks, first - 1)
    while before > 0 and chunks[before].kind is Kind.CONJ:
        before = left_of(chunks, before - 1)  # "licences to prospect for or mine tungsten"
    governed = before >= 0 and chunks[before].kind is Kind.PREP
    if governed and chunks[left_of(chunks, before - 1)].kind is Kind.VP:
        before = left_of(chunks, before - 1)
    if before >= 0 and (group := chunks[before].verb) is not None and group.infinitive:
        head = _head(chunks, before + 1, clauses)  # "[plans] to build A and B failed"
        return Phrase(chunks[at] if head is None else chunks[head])
    if len(members) > 1 and governed:
        head = _head(chunks, first, clauses)
        return Phrase(chunks[at] if head is None or head == first else chunks[head])
    return Phrase(members[0], conjuncts=members[1:])


def _is_figure(chunk: Chunk) -> bool:
    return chunk.head is not None and chunk.head.tag is Tag.QUANTITY


def _over_bracket(chunks: Sequence[Chunk], at: int) -> int:
    """ "[the Bank] (EIB) and Keliber signed": step from the bracket to what it stands behind."""
    if at >= 0 and chunks[at].kind is Kind.CLOSE:
        return before_aside(chunks, at)
    return at


def _skip_asides(chunks: Sequence[Chunk], at: int) -> int:
    while at >= 0:
        kind = chunks[at].kind
        if kind in (Kind.COMMA, Kind.BREAK, Kind.CLOSE):
            at = before_aside(chunks, at)
        elif kind in (Kind.ADVERB, Kind.QUOTE) or _is_adverbial_date(chunks, at):
            at -= 1
        else:
            return at
    return at


def _skip_speaker(chunks: Sequence[Chunk], at: int) -> int:
    """Step left over an inverted speaker: "[prices], said Edward Meir, …, would stay"."""
    if chunks[at].kind is not Kind.NP:
        return at
    verb = left_of(chunks, at - 1)
    if verb < 2 or chunks[verb].verb is None or chunks[verb - 1].kind is not Kind.COMMA:
        return at
    group = chunks[verb].verb
    if group is None or group.lemma not in SPEECH or group.auxiliaries:
        return at
    return _skip_asides(chunks, verb - 2)


def _is_adverbial_date(chunks: Sequence[Chunk], at: int) -> bool:
    return chunks[at].is_date and at > 0 and chunks[at - 1].kind in (Kind.NP, Kind.CLOSE)


def _head(chunks: Sequence[Chunk], at: int, clauses: list[Clause]) -> int | None:
    """Climb from a phrase to the one that heads it: "[operations] at the project of CATL"."""
    first = at
    while True:
        before = left_of(chunks, at - 1)
        if before < 0:
            return at
        chunk = chunks[before]
        if chunk.kind is Kind.VP:
            found = _through_verb(chunks, before, at, clauses)
            if found >= at:
                return found
            at = found  # and on: "the [output] of the mine that Codelco owns"
            continue
        if chunk.kind is Kind.CONJ and at != first and _in_infinitive(chunks, before):
            at = left_of(chunks, before - 1)  # "a licence to mine copper and gold at Panguna"
            continue
        if chunk.kind is not Kind.PREP or (at != first and chunk.lower in _OPENING):
            return at  # "have halved as [inventories] in China built up"
        inner = left_of(chunks, before - 1)
        if inner < 0:
            # "In Zambia output fell": nothing stands before; it is all the subject there is.
            return None if chunks[at].is_date else at
        if chunks[inner].kind is Kind.VP:
            found = _through_verb(chunks, inner, at, clauses)
            if found >= at:
                return None
            at = found
            continue
        if chunks[inner].kind is Kind.CONJ:
            inner = _listed_place(chunks, inner, chunk.lower)
        elif chunks[inner].kind is Kind.CLOSE:
            inner = _skip_asides(chunks, inner)
        if inner < 0 or chunks[inner].kind is not Kind.NP:
            return at if inner >= 0 and chunks[inner].kind is Kind.COMMA else None
        at = inner


def _listed_place(chunks: Sequence[Chunk], conj: int, prep: str) -> int:
    """ "Output at A, its main mine, and at [B] fell": the place that the list began with; or -1."""
    left = left_of(chunks, conj - 1)
    if left >= 0 and chunks[left].kind is Kind.COMMA:
        aside = before_aside(chunks, left)
        left = aside if aside >= 0 else left - 1
    at = left
    while at > 1 and chunks[at].kind is Kind.NP and chunks[at - 1].kind is Kind.PREP:
        if chunks[at - 1].lower == prep:
            return at
        at -= 2
    return -1


def _in_infinitive(chunks: Sequence[Chunk], conj: int) -> bool:
    """Tell whether the list that goes on at ``conj`` is the object of an infinitive."""
    member = left_of(chunks, conj - 1)
    verb = left_of(chunks, member - 1)
    group = chunks[verb].verb if verb >= 0 else None
    return group is not None and group.infinitive and chunks[member].kind is Kind.NP


def _through_verb(chunks: Sequence[Chunk], verb: int, at: int, clauses: list[Clause]) -> int:
    """Step over a verb that only modifies a noun: "metal [made in Russia]"; else stay."""
    clause = next((c for c in clauses if c.chunk.index == verb), None)
    if clause is None or clause.subject is None:
        return at
    if clause.verb.infinitive:
        noun = left_of(chunks, verb - 1)  # "[plans] to build a smelter failed"
        return noun if noun >= 0 and chunks[noun].kind is Kind.NP else at
    loose = clause.verb.form in "NG" and not clause.verb.auxiliaries
    ambiguous = clause.verb.form == "D" and not clause.verb.auxiliaries and clause.objects == []
    subject = clause.subject.chunk.index
    if subject and chunks[subject - 1].kind is Kind.NP and not chunks[subject - 1].is_date:
        # "the copper it produced … fell": a relative clause without its pronoun.
        return subject - 1
    if clause.relative or loose:
        return subject
    if ambiguous and at != verb + 1:
        clause.verb.reduced = True
        return subject
    return at


def before_aside(chunks: Sequence[Chunk], at: int) -> int:
    """Step left over an aside that closes at ``at``: ", a unit of X," or "(X)" or "– X –"."""
    kind = chunks[at].kind
    opening = {Kind.CLOSE: Kind.OPEN, Kind.COMMA: Kind.COMMA, Kind.BREAK: Kind.BREAK}[kind]
    for left in range(at - 1, -1, -1):
        if chunks[left].kind is opening:
            return left - 1
        if chunks[left].kind is Kind.STOP:
            break
    return -1


def antecedent(chunks: Sequence[Chunk], rel: int, verb: VerbGroup) -> Phrase | None:
    at = rel - 1
    while at >= 0 and chunks[at].kind in (Kind.COMMA, Kind.PREP, Kind.QUOTE, Kind.CLOSE):
        if chunks[at].kind is Kind.CLOSE:
            at = before_aside(chunks, at) + 1
        at -= 1
    if at < 0 or chunks[at].kind is not Kind.NP:
        return None
    return Phrase(chunks[_agreeing(chunks, at, verb)])


def _agreeing(chunks: Sequence[Chunk], at: int, verb: VerbGroup) -> int:
    """ "Mines in Peru that use", "the owner of the mines, which plans": the noun that agrees."""
    number = _number_of(verb)
    inner = at - 2
    if number is None or _is_plural(chunks[at]) == (number == "plural"):
        return at
    while inner >= 0 and chunks[inner + 1].kind is Kind.PREP and chunks[inner].kind is Kind.NP:
        if _is_plural(chunks[inner]) == (number == "plural"):
            return inner
        inner -= 2
    return at


def _number_of(verb: VerbGroup) -> str | None:
    """What a present tense says of its subject's number; None where it says nothing."""
    first = verb.main if not verb.auxiliaries else None
    word = first.lower if first is not None else verb.first
    if word in ("is", "was", "has", "does"):
        return "singular"
    if word in ("are", "were", "have", "do"):
        return "plural"
    if first is None or verb.form not in ("S", "B"):
        return None
    return "singular" if verb.form == "S" else "plural"


_SINGULAR_ENDS = ("ss", "us", "is", "gas", "series", "news", "means")


def _is_plural(chunk: Chunk) -> bool:
    head = chunk.head
    if head is None or head.tag is Tag.NAME:
        return False
    word = head.lower
    if head.tag is Tag.QUANTITY:
        return not word.startswith(("1 ", "one "))
    return word in ("people", "men", "women") or (
        word.endswith("s") and not word.endswith(_SINGULAR_ENDS)
    )


def link_of(chunks: Sequence[Chunk], at: int) -> str:
    left = left_of(chunks, at - 1)
    if left >= 0 and chunks[left].kind in (Kind.SUB, Kind.REL, Kind.PREP):
        return chunks[left].lower
    return ""
