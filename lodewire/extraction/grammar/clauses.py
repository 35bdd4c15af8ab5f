"""Clauses: for each verb group its subject, objects, prepositional phrases and governor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lodewire.extraction.grammar.chunks import Chunk, Kind, VerbGroup
from lodewire.extraction.grammar.tokens import Tag

OBJECT_CONTROL = frozenset(
    "ask order urge force require allow permit want expect direct instruct oblige enable invite "
    "authorise authorize encourage compel forbid prompt lead cause help get push persuade "
    "mandate tell".split()
)

SPEECH = frozenset(
    "say tell state note report announce add comment explain warn argue claim estimate predict "
    "expect reckon believe forecast confirm disclose reveal suggest indicate stress".split()
)


@dataclass(slots=True)
class Phrase:
    """A noun phrase with the preposition that governs it ("" for none) and its conjuncts."""

    chunk: Chunk
    prep: str = ""
    conjuncts: list[Chunk] = field(default_factory=list)

    @property
    def chunks(self) -> list[Chunk]:
        """The phrase and what is coordinated with it, in order."""
        return [self.chunk, *self.conjuncts]


@dataclass(slots=True)
class Clause:
    """A verb group and what hangs on it.

    ``subject`` is the grammatical subject (the patient when ``verb.passive``). ``governor`` is the
    clause whose verb governs this infinitive ("agreed to buy"). ``relative`` marks "which …";
    ``link`` is the subordinator before the clause ("if", "that", "after").
    """

    verb: VerbGroup
    chunk: Chunk
    subject: Phrase | None = None
    objects: list[Phrase] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    governor: Clause | None = None
    relative: bool = False
    link: str = ""
    inherited: bool = False

    @property
    def lemma(self) -> str:
        """Lemma of the main verb."""
        return self.verb.lemma

    def governors(self) -> Iterator[Clause]:
        """Yield the clauses above, nearest first: for "plans to try to buy": try, plans."""
        above = self.governor
        while above is not None:
            yield above
            above = above.governor

    def with_prep(self, *preps: str) -> Iterator[Phrase]:
        """Yield the prepositional phrases that one of ``preps`` opens, in order."""
        for phrase in self.phrases:
            if phrase.prep in preps:
                yield phrase

    @property
    def agent(self) -> Phrase | None:
        """Who acts: the subject, or what "by" names in a passive."""
        if not self.verb.passive:
            return self.subject
        return next(self.with_prep("by"), None)

    @property
    def patient(self) -> Phrase | None:
        """What is acted on: the first object, or the subject of a passive."""
        if self.verb.passive:
            return self.subject
        return self.objects[0] if self.objects else None


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
    at = _left(chunks, clause.chunk.index - 1)
    previous = clauses[-1] if clauses else None
    speaker = _inverted_speaker(chunks, clause)
    if speaker is not None:
        clause.subject = Phrase(speaker)
        return
    if verb.infinitive or (verb.form == "G" and not verb.auxiliaries):
        _govern(chunks, clause, previous, at)
        return
    if at < 0:
        return
    chunk = chunks[at]
    if chunk.kind is Kind.REL:
        clause.relative = True
        clause.subject = _antecedent(chunks, at)
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
    subject = _find_subject(chunks, at, clauses)
    if subject is None:
        if previous is not None and chunk.kind is Kind.COMMA:
            _share_subject(clause, previous)
        return
    clause.subject = subject
    if _is_object(chunks, subject, clause, clauses):
        verb.reduced = verb.passive = True
        return
    taken.update(c.index for c in subject.chunks)
    clause.link = _link(chunks, subject.chunk.index)
    clause.relative = clause.link in ("which", "who", "whose", "whom")
    clause.governor = _speech(clause, previous)


def _is_object(
    chunks: Sequence[Chunk], subject: Phrase, clause: Clause, clauses: list[Clause]
) -> bool:
    """ "will take all of the feed under a contract [signed] in May": the verb only modifies."""
    if clause.verb.form not in "DN" or clause.verb.auxiliaries or not clauses:
        return False
    before = _left(chunks, subject.chunk.index - 1)
    other = clauses[-1]
    if before < 0 or other.chunk.index != before or other.lemma in SPEECH | _THINKING:
        return False
    after = chunks[clause.chunk.index + 1] if clause.chunk.index + 1 < len(chunks) else None
    return other.verb.finite and (after is None or after.kind is not Kind.NP or after.is_date)


_THINKING = frozenset("show see mean hope think know find be have feel fear".split())


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
            clause.subject = _find_subject(chunks, at, [])  # a headline: "Lundin to buy Josemaria"
        return
    controls = previous.lemma in OBJECT_CONTROL and not previous.verb.passive
    if clause.verb.infinitive and controls:
        object_ = _find_subject(chunks, at, []) if at > previous.chunk.index else None
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


def _left(chunks: Sequence[Chunk], at: int) -> int:
    while at >= 0 and chunks[at].kind in (Kind.ADVERB, Kind.QUOTE):
        at -= 1
    return at


_CLAUSE_PREPS = frozenset(("as", "after", "before", "since", "until", "because", "than", "till"))
_OPENING = _CLAUSE_PREPS - {"than"}


_TIME_LINKS = frozenset(("after", "before", "because", "until", "till"))


def _find_subject(chunks: Sequence[Chunk], at: int, clauses: list[Clause]) -> Phrase | None:
    """Return the phrase that is the subject of the verb group right of ``at``."""
    aside = chunks[at].kind is Kind.COMMA
    at = _skip_asides(chunks, at)
    if aside and at >= 0:
        at = _skip_speaker(chunks, at)
    if at < 0 or chunks[at].kind is not Kind.NP:
        return None
    before = _left(chunks, at - 1)
    if before >= 0 and chunks[before].kind is Kind.PREP and chunks[before].lower in _CLAUSE_PREPS:
        inner = _left(chunks, before - 1)
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
    left = _over_bracket(chunks, _left(chunks, conj - 1))
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
        ahead = _left(chunks, left - 1)
        fronted = ahead >= 0 and chunks[ahead].kind is Kind.PREP
        if len(members) > 1 and fronted:
            break  # "Under a pact signed in Riyadh, A and B will": the place is no subject
        members.append(chunks[left])
        if left < 2 or chunks[left - 1].kind is not Kind.COMMA:
            break
        left = _over_bracket(chunks, left - 2)
    members.reverse()
    first = members[0].index
    before = _left(chunks, first - 1)
    if len(members) > 1 and before >= 0 and chunks[before].kind is Kind.PREP:
        head = _head(chunks, first, clauses)
        return Phrase(chunks[at] if head is None or head == first else chunks[head])
    return Phrase(members[0], conjuncts=members[1:])


def _is_figure(chunk: Chunk) -> bool:
    return chunk.head is not None and chunk.head.tag is Tag.QUANTITY


def _over_bracket(chunks: Sequence[Chunk], at: int) -> int:
    """ "[the Bank] (EIB) and Keliber signed": step from the bracket to what it stands behind."""
    if at >= 0 and chunks[at].kind is Kind.CLOSE:
        return _before_aside(chunks, at)
    return at


def _skip_asides(chunks: Sequence[Chunk], at: int) -> int:
    while at >= 0:
        kind = chunks[at].kind
        if kind in (Kind.COMMA, Kind.BREAK, Kind.CLOSE):
            at = _before_aside(chunks, at)
        elif kind in (Kind.ADVERB, Kind.QUOTE) or _is_adverbial_date(chunks, at):
            at -= 1
        else:
            return at
    return at


def _skip_speaker(chunks: Sequence[Chunk], at: int) -> int:
    """Step left over an inverted speaker: "[prices], said Edward Meir, …, would stay"."""
    if chunks[at].kind is not Kind.NP:
        return at
    verb = _left(chunks, at - 1)
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
        before = _left(chunks, at - 1)
        if before < 0:
            return at
        chunk = chunks[before]
        if chunk.kind is Kind.VP:
            return _through_verb(chunks, before, at, clauses)
        if chunk.kind is not Kind.PREP or (at != first and chunk.lower in _OPENING):
            return at  # "have halved as [inventories] in China built up"
        inner = _left(chunks, before - 1)
        if inner < 0:
            # "In Zambia output fell": nothing stands before; it is all the subject there is.
            return None if chunks[at].is_date else at
        if chunks[inner].kind is Kind.VP:
            found = _through_verb(chunks, inner, at, clauses)
            return None if found == at else found
        if chunks[inner].kind is Kind.CLOSE:
            inner = _skip_asides(chunks, inner)
        if inner < 0 or chunks[inner].kind is not Kind.NP:
            return at if inner >= 0 and chunks[inner].kind is Kind.COMMA else None
        at = inner


def _through_verb(chunks: Sequence[Chunk], verb: int, at: int, clauses: list[Clause]) -> int:
    """Step over a verb that only modifies a noun: "metal [made in Russia]"; else stay."""
    clause = next((c for c in clauses if c.chunk.index == verb), None)
    if clause is None or clause.subject is None:
        return at
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


def _before_aside(chunks: Sequence[Chunk], at: int) -> int:
    """Step left over an aside that closes at ``at``: ", a unit of X," or "(X)" or "– X –"."""
    kind = chunks[at].kind
    opening = {Kind.CLOSE: Kind.OPEN, Kind.COMMA: Kind.COMMA, Kind.BREAK: Kind.BREAK}[kind]
    for left in range(at - 1, -1, -1):
        if chunks[left].kind is opening:
            return left - 1
        if chunks[left].kind is Kind.STOP:
            break
    return -1


def _antecedent(chunks: Sequence[Chunk], rel: int) -> Phrase | None:
    at = rel - 1
    while at >= 0 and chunks[at].kind in (Kind.COMMA, Kind.PREP, Kind.QUOTE, Kind.CLOSE):
        if chunks[at].kind is Kind.CLOSE:
            at = _before_aside(chunks, at) + 1
        at -= 1
    if at < 0 or chunks[at].kind is not Kind.NP:
        return None
    return Phrase(chunks[at])


def _link(chunks: Sequence[Chunk], at: int) -> str:
    left = _left(chunks, at - 1)
    if left >= 0 and chunks[left].kind in (Kind.SUB, Kind.REL, Kind.PREP):
        return chunks[left].lower
    return ""


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
    depth = 0
    for chunk in chunks[clause.chunk.index + 1 : end]:
        if chunk.kind is Kind.OPEN:
            depth += 1
        elif chunk.kind is Kind.CLOSE:
            depth = max(0, depth - 1)
        elif chunk.kind in (Kind.SUB, Kind.STOP):
            break
        elif chunk.kind is Kind.PREP:
            prep = f"{prep} {chunk.lower}".strip() if prep in _COMPOUND else chunk.lower
        elif chunk.kind is Kind.NP:
            if chunk.index in subjects and (not prep or prep in _CLAUSE_PREPS):
                break
            last = _place(clause, chunk, prep, last, chunks)
            prep = ""


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
    for position, clause in enumerate(clauses):
        if clause.subject is not None or clause.verb.finite:
            continue
        for later in clauses[position + 1 :]:
            if later.verb.finite and later.subject is not None and not later.inherited:
                clause.subject, clause.inherited = later.subject, True
                break


def is_tagged(chunk: Chunk, tag: Tag) -> bool:
    """Tell whether the chunk holds a token of that tag."""
    return any(token.tag is tag for token in chunk.tokens)
