"""Permits: granted, denied, revoked, suspended, applied for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, parties
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Status

_NOUN = re.compile(
    r"\b(?:(?:mining|environmental|exploration|construction|water|operating|building|export|special|"
    r"final|key|federal|state|discharge|land|production|processing|generation|prospecting)\s)*"
    r"(?:permits?|licen[cs]es?|approvals?|authori[sz]ations?|concessions?|mining leases?|mining rights?|"
    r"environmental clearance|record of decision|green light|go-ahead|consent|certificate|permission)\b",
    re.IGNORECASE,
)
_VERBS: tuple[tuple[str, frozenset[str]], ...] = (
    ("denied", frozenset("deny reject refuse decline turn block veto".split())),
    ("revoked", frozenset("revoke cancel withdraw strip annul rescind void terminate".split())),
    ("suspended", frozenset("suspend halt freeze pause".split())),
    ("applied", frozenset("apply file submit seek request lodge await renew".split())),
    (
        "granted",
        frozenset(
            "grant approve issue award give receive obtain secure win get authorise authorize renew extend greenlight clear sign".split()
        ),
    ),
)
_STATUS = {
    "granted": Status.IN_FORCE,
    "denied": Status.COMPLETED,
    "revoked": Status.TERMINATED,
    "suspended": Status.SUSPENDED,
    "applied": Status.PROPOSED,
}
_NOT = re.compile(
    r"\b(?:shareholders?|antitrust|regulatory|court|board|creditors?|merger|competition|export)\s*$",
    re.IGNORECASE,
)
_HOLDERS = ("granted", "denied", "revoked", "suspended")


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a permit for a noun of leave with a verb of granting, refusing or asking."""
    text = sentence.analysis.text
    for match in _NOUN.finditer(text, sentence.span.start, sentence.span.end):
        if _NOT.search(text, sentence.span.start, match.start()):
            continue
        trigger = Span(match.start(), match.end())
        draft = _read(sentence, trigger)
        if draft is not None:
            yield draft
            return


def _read(sentence: Sentence, noun: Span) -> Draft | None:
    clause, action = _verb(sentence, noun)
    if clause is None or action is None:
        return None
    draft = Draft(EventType.PERMIT, sentence, clause.chunk.span, clause)
    draft.add("action", clause.chunk.span, action)
    _fill_parties(draft, clause, action)
    site = fill.sites_near(sentence, fill.scope(draft), noun)
    draft.add("site", site)
    if not draft.has("site", "holder"):
        return None
    if not any(c.verb.future or c.verb.infinitive for c in (clause, *clause.governors())):
        draft.status = _STATUS[action]
    fill.fill_commodity(draft)
    fill.fill_date(draft)
    fill.fill_country(draft)
    return draft


def _verb(sentence: Sentence, noun: Span) -> tuple[Clause | None, str | None]:
    """The clause nearest to the noun whose verb decides on leave."""
    best: tuple[int, Clause, str] | None = None
    for clause in sentence.clauses:
        action = next((a for a, verbs in _VERBS if clause.lemma in verbs), None)
        if action is None:
            continue
        span = sentence.reach(clause)
        gap = 0 if span.covers(noun) else max(span.start - noun.end, noun.start - span.end)
        if gap <= 25 and (best is None or gap < best[0]):
            best = (gap, clause, action)
    if best is None:
        return None, None
    _, clause, action = best
    if clause.lemma == "renew" and any(c.lemma in ("apply", "seek") for c in clause.governors()):
        action = "applied"
    return clause, action


def _fill_parties(draft: Draft, clause: Clause, action: str) -> None:
    sentence = draft.sentence
    receives = clause.lemma in (
        "receive",
        "obtain",
        "secure",
        "win",
        "get",
        "await",
        "apply",
        "file",
        "submit",
        "seek",
        "request",
        "lodge",
        "renew",
    )
    actor = sentence.head_party(clause.agent)
    if receives:
        if actor is not None and actor.type is MentionType.ORGANISATION:
            draft.add("holder", actor)
        for phrase in clause.with_prep("from", "by", "to", "with"):
            draft.add(
                "authority",
                next(
                    (m for m in sentence.parties(phrase) if parties.is_authority(sentence, m)), None
                ),
            )
        return
    if actor is not None and parties.is_authority(sentence, actor):
        draft.add("authority", actor)
    else:
        draft.add("authority", parties.find_authority(draft))
    phrases = [*clause.with_prep("to", "for", "of"), *clause.objects]
    if clause.verb.passive and clause.subject is not None:
        phrases.append(clause.subject)
    for phrase in phrases:
        for mention in sentence.named(phrase, MentionType.ORGANISATION):
            if not parties.is_authority(sentence, mention):
                draft.add("holder", mention)
