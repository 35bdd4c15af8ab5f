"""From merged drafts to event mentions: every argument proved, every mention with evidence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from lodewire.extraction.analysis import Analysis
from lodewire.extraction.circumstance import REPORTS
from lodewire.extraction.drafts import Draft
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.needs import has_enough
from lodewire.model.event import Argument, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.vocabulary import PRICES, EventType, Modality, Status
from lodewire.ontology.event_types import imposed_types, load_event_types

METHOD = "frames/1"
LEAD_SENTENCES = 4
_STALE_DAYS = 75
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_BACKGROUND = sought(
    r"\b(?:last year|last month|years ago|months? ago|(?:days|weeks|months) earlier|previously|"
    r"already|earlier this year|so far this year|in (?:19|20)\d\d|back in|too, has|"
    r"had (?:\w+ly )?(?:been|said|taken|bought|put|set|fallen|risen|\w+ed)|"
    rf"since (?:the |its |\w+ of )?(?:(?:19|20)\d\d|{_MONTH}|beginning|start|ban))\b",
    re.IGNORECASE,
)
_BESIDE = frozenset(("after", "since", "when", "because", "where", "while", "although", "though"))


def build_mentions(analysis: Analysis, drafts: Iterable[Draft]) -> Iterator[EventMention]:
    """Yield one event mention a draft that has what its type needs; arguments in text order."""
    drafts = list(drafts)
    leading = {d.type for d in drafts if _is_core(analysis, d)}
    if leading & PRICES:
        leading |= PRICES
    for draft in drafts:
        arguments = _arguments(analysis, draft)
        if not has_enough(draft.type, {a.role for a in arguments}):
            continue
        yield EventMention(
            document_id=analysis.document.id,
            type=draft.type,
            status=_status_on_day(analysis.document.published, draft, arguments),
            modality=draft.modality or Modality.ASSERTED,
            trigger=draft.trigger,
            arguments=arguments,
            evidence=_evidence(analysis, draft, arguments),
            attribution=draft.attribution,
            not_disclosed=tuple(sorted(draft.not_disclosed - {a.role for a in arguments})),
            core=_is_core(analysis, draft, leading) if draft.core is None else draft.core,
            confidence=round(min(0.99, max(0.05, draft.confidence)), 2),
            method=draft.method or METHOD,
        )


def _arguments(analysis: Analysis, draft: Draft) -> tuple[Argument, ...]:
    """Arguments of roles that the type has, in text order; one value where a role is single."""
    definition = load_event_types()[draft.type]
    roles = {r.name: r for r in definition.roles}
    kept: list[Argument] = []
    seen: set[str] = set()
    for argument in draft.arguments:
        role = roles.get(argument.role)
        if role is None or (not role.repeats and role.name in seen):
            continue
        if argument.span.of(analysis.text) != argument.text:
            raise AssertionError(f"argument {argument.role} is not at its span")
        seen.add(role.name)
        kept.append(argument)
    return tuple(sorted(_without_self_dealing(kept), key=lambda a: (a.span.start, a.role)))


# Who acts, and who faces him: the first is told more plainly, so the second was misread.
_FACING = (
    ("supplier", "buyer"),
    ("acquirer", "target"),
    ("acquirer", "seller"),
    ("investor", "recipient"),
)


def _without_self_dealing(arguments: list[Argument]) -> list[Argument]:
    """Nobody buys from, takes over or lends to himself: a filler of both sides acts only."""
    for one, other in _FACING:
        acting = {a.entity for a in arguments if a.role == one and a.entity is not None}
        arguments = [a for a in arguments if a.role != other or a.entity not in acting]
    return arguments


def _status_on_day(published: date | None, draft: Draft, arguments: tuple[Argument, ...]) -> Status:
    """The status that was told; a rule whose day of effect lies ahead is agreed, not in force."""
    status = draft.status or Status.REPORTED
    if published is None or status is not Status.IN_FORCE or draft.type not in imposed_types():
        return status
    days = [a.start for a in arguments if a.role == "effective_date" and a.start]
    return Status.AGREED if days and days[0] > published.isoformat() else status


def _evidence(
    analysis: Analysis, draft: Draft, arguments: tuple[Argument, ...]
) -> tuple[Evidence, ...]:
    """The sentences that tell the event: the first telling, later ones, those of far arguments."""
    spans = [draft.sentence.span, *draft.spans]
    for argument in arguments:
        if not any(s.covers(argument.span) for s in spans):
            spans.append(_sentence_around(analysis, argument.span))
    unique = dict.fromkeys(spans)
    return tuple(Evidence.take(analysis.document.id, analysis.text, s) for s in unique)


def _sentence_around(analysis: Analysis, span: Span) -> Span:
    for sentence in analysis.sentences:
        if sentence.span.covers(span):
            return sentence.span
    return span


def _is_core(
    analysis: Analysis, draft: Draft, leading: Collection[EventType] = frozenset()
) -> bool:
    """News of the day stands in the lead, or goes on with its figures, and is not told as past."""
    # A report of figures goes on below its lead: each further price or volume is its news.
    series = draft.type in leading and draft.type in REPORTS
    if draft.sentence.index > LEAD_SENTENCES and not draft.spans and not series:
        return False
    if _is_stale(analysis.document.published, draft):
        return False
    if draft.sentence.index <= 1:
        return True
    return not draft.sentence.find(_BACKGROUND) and not _is_aside(draft)


def _is_aside(draft: Draft) -> bool:
    """ "after Congo halted exports", "a mine which it bought": told beside the news."""
    clause = draft.clause
    return clause is not None and (clause.relative or clause.link in _BESIDE)


def _is_stale(published: date | None, draft: Draft) -> bool:
    if published is None:
        return False
    ends = [a.end for a in draft.arguments if a.role in ("date", "period") and a.end]
    limit = (published - timedelta(days=_STALE_DAYS)).isoformat()
    return bool(ends) and max(ends) < limit
