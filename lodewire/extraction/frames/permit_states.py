"""States of leave, told behind its noun: "a permit is outstanding", "Salobo licence suspended"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.measure_status import PROPOSING
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import Status

STATUS = {
    "granted": Status.IN_FORCE,
    "denied": Status.COMPLETED,
    "revoked": Status.COMPLETED,
    "suspended": Status.SUSPENDED,
    "applied": Status.PROPOSED,
}
# How a permit stands, told behind it without a verb of deciding: "is outstanding", "… suspended".
_STATES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (action, re.compile(rf"[^.;,]{{0,60}}?\s(?:{words})(?!\w)", re.IGNORECASE))
    for action, words in (
        (
            "applied",
            r"(?:is|are|was|were|remains?)\s(?:still\s|yet\s)?(?:outstanding|pending|missing|awaited|to be "
            r"(?:granted|issued)|under review|being processed|sought)",
        ),
        (
            "revoked",
            r"(?:is|was|were|as|has been ruled|had been)\s(?:\w+ly\s)?(?:unlawful|illegal|unconstitutional|invalid|void|null and "
            r"void)|unconstitutional|revoked|cancelled|canceled|annulled|quashed|(?:has|have) lapsed|ran out|expired",
        ),
        ("suspended", r"suspended|(?:is|was) on hold|put on hold|frozen"),
        (
            "granted",
            r"in (?:hand|place)|"
            r"came through|comes through|was forthcoming|granted|renewed|approved",
        ),
        (
            "denied",
            r"(?:was|were) (?:not (?:renewed|granted|approved|issued)|refused)|denied|refused|rejected",
        ),
    )
)
_NEGATED = re.compile(
    r"\b(?:no|not|never|without|if|unless|until|once|whether|would)\b", re.IGNORECASE
)


_CONTEST = re.compile(
    r"\b(?:appeals?|lawsuits?|complaints?|challenges?|financing|loan)\b", re.IGNORECASE
)


def find(sentence: Sentence, nouns: list[Span]) -> Iterator[tuple[str, Span, Clause]]:
    """Yield the action, the noun of leave and its clause for each state that is told."""
    text = sentence.analysis.text
    for noun in nouns:
        rest = text[noun.end : min(sentence.span.end, noun.end + 110)]
        before = text[max(sentence.span.start, noun.start - 20) : noun.start]
        clause = sentence.clause_of(noun) or next(iter(sentence.clauses), None)
        if clause is None:
            continue
        for action, pattern in _STATES:
            match = pattern.match(rest)
            if match is None or _CONTEST.search(match.group()):
                continue
            if action == "denied" or not _NEGATED.search(f"{before} {match.group()}"):
                yield action, noun, clause
                break


_CONTRACT = sought(r"\bcontract(?=\s(?:for|over|to (?:mine|operate|run))\s(?:the\s)?[A-Z])")
_STATE_DEAL = sought(r"\b(?:court|unconstitutional|Congress|parliament|assembly|Law \d+)\b", re.I)


def contracts(sentence: Sentence) -> list[Span]:
    """ "the court struck down First Quantum's contract for Cobre Panama": leave by contract."""
    if not sentence.find(_STATE_DEAL):
        return []
    return [Span(m.start(), m.end()) for m in sentence.locate_all(_CONTRACT)]


def is_refused(clause: Clause) -> bool:
    """ "declined to renew the lease": leave is denied."""
    return any(c.lemma in ("decline", "refuse") for c in clause.governors())


def fails(sentence: Sentence, clause: Clause, action: str | None) -> bool:
    """ "after failing to renew the permit", "declined to vacate": it did not come about."""
    start = max(sentence.span.start, clause.chunk.span.start - 24)
    before = sentence.analysis.text[start : clause.chunk.span.start]
    if re.search(r"\b(?:fail\w*|declin\w+|refus\w+|unable)\s(?:to\s)?$", before):
        return True
    ends = action in ("revoked", "denied", "suspended")
    asked = ("ask", "seek", "urge", "petition", "sue", "want", "call", "demand")
    return any(
        c.lemma in ("fail", "decline", "refuse") or (ends and c.lemma in asked)
        for c in clause.governors()
    )


_CLASS = re.compile(
    r"\b(?:[Cc]ompanies|[Ff]irms|[Mm]iners|[Ii]nvestors|[Aa]pplicants|[Hh]olders|[Dd]evelopers|[Tt]hose|[Aa]nyone|[Ee]xplorers|[Oo]perators)"
    r"\s(?:that|which|who|wishing|seeking|hoping|wanting|looking)\b[^.;,]{0,30}$"
)


def is_anybodys(sentence: Sentence, clause: Clause) -> bool:
    """ "companies that hope to obtain a licence", "before it extends the permit": nobody's leave yet."""
    if clause.link in ("before", "until", "unless"):
        return True
    start = max(sentence.span.start, clause.chunk.span.start - 60)
    before = sentence.analysis.text[start : clause.chunk.span.start]
    return (
        _CLASS.search(before) is not None
        or re.search(r"\b(?:before|until) (?:it|they)\s$", before) is not None
    )


def status_of(clause: Clause, action: str) -> Status | None:
    """The status of leave that a clause tells; None where what is to come is only spoken of."""
    path = [clause, *clause.governors()]
    if any(c.lemma in PROPOSING for c in path[1:]):
        return Status.PROPOSED
    if any(c.verb.future or c.verb.infinitive for c in path) and action != "applied":
        return None
    return STATUS[action]
