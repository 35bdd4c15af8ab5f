"""How far a measure has come: proposed, announced for later, in force, suspended, ended."""

from __future__ import annotations

import re
from datetime import date

from lodewire.extraction.drafts import Draft
from lodewire.extraction.grammar.clauses import SPEECH, Clause
from lodewire.model.vocabulary import EventType, Modality, Status

PROPOSING = frozenset(
    "plan propose recommend threaten consider weigh mull seek want urge call ask study discuss "
    "debate table intend aim eye float draft demand request lobby examine explore look hope expect "
    "vow pledge envisage contemplate ponder advocate prepare apply think warn push".split()
)
_SETTLED = frozenset("agree decide order approve announce sign set schedule slate confirm".split())
_ENDING = frozenset(
    "terminate scrap cancel abandon withdraw drop shelve rescind revoke lift repeal end expire "
    "lapse void annul remove abolish waive unwind eliminate".split()
)
_PAUSING = frozenset("suspend pause postpone delay defer freeze".split())
_PROPOSED_NOUN = re.compile(
    r"\b(?:proposed|draft|planned|threatened|potential|possible|would-be|looming|"
    r"proposals? (?:for|to)|plans? (?:for|to)|recommendation (?:for|to)|calls? for|threat of)\s"
    r"(?:(?!but|and|will|would|has|have|is|was|by|for|on|in|it|to)[\w%.-]+\s){0,4}$",
    re.IGNORECASE,
)
_ON_PAPER = frozenset("announce sign unveil approve publish adopt pass order issue say".split())
_NEW_TYPES = (EventType.TARIFF, EventType.SANCTION, EventType.PERMIT)


def measure_status(draft: Draft, path: list[Clause]) -> Status:
    """Return the status of a measure from the verbs that govern it and its date of effect.

    Announced but not yet effective is agreed; recommended, threatened or weighed is proposed. The
    lifting of a rule is itself a measure where the type has an action for it.
    """
    if draft.modality is Modality.HYPOTHETICAL or _is_proposed(draft, path):
        return Status.PROPOSED
    first = path[0] if path else None
    if first is not None and _is_ahead(draft, first):
        return Status.AGREED
    if first is not None and draft.type in _NEW_TYPES:
        if first.lemma in _ENDING:
            return Status.TERMINATED
        if first.lemma in _PAUSING and draft.type is not EventType.SANCTION:
            return Status.SUSPENDED
    return Status.IN_FORCE


def _is_proposed(draft: Draft, path: list[Clause]) -> bool:
    above = [c for c in path[1:] if c.lemma not in SPEECH]
    if any(c.lemma in PROPOSING for c in above):
        return True
    if (
        path
        and path[0].verb.infinitive
        and _owned_by_noun(draft, path[0])
        in (
            "plan",
            "proposal",
            "threat",
            "recommendation",
        )
    ):
        return True
    if path and path[0].lemma in PROPOSING and path[0].lemma not in ("apply", "call"):
        start = path[0].chunk.span.start
        as_planned = draft.sentence.analysis.text[max(0, start - 3) : start] == "as "
        return not (path[0].verb.reduced or as_planned)
    if path and path[0].verb.modal in ("may", "might", "could"):
        return True
    start = draft.sentence.span.start
    before = draft.sentence.analysis.text[
        max(start, draft.trigger.start - 50) : draft.trigger.start
    ]
    return _PROPOSED_NOUN.search(before) is not None


def _is_ahead(draft: Draft, clause: Clause) -> bool:
    verb = clause.verb
    if (verb.future and not verb.perfect) or _parted_modal(draft, clause):
        return True
    if clause.inherited and verb.form == "B" and not verb.auxiliaries and not verb.infinitive:
        # "will lift the ban and replace it": the modal is shared.
        before = [c for c in draft.sentence.clauses if c.chunk.index < clause.chunk.index]
        if before and before[-1].verb.future:
            return True
    owned = _owned_by_noun(draft, clause) if verb.infinitive else ""
    if owned == "decision":
        return False  # "the decision in February to suspend shipments": it was taken
    if verb.infinitive:
        above = clause.governor
        return above is None or above.lemma in _SETTLED or above.verb.future or above.lemma == "be"
    effect = next((a for a in draft.arguments if a.role == "effective_date"), None)
    if effect is None:
        return False
    published = draft.sentence.analysis.document.published
    if published is not None and effect.start is not None:
        return date.fromisoformat(effect.start) > published
    governs = [clause, *clause.governors(), *_earlier(draft, clause)]
    tied = re.search(
        r"\b(?:from|starting|beginning|effective|as of|on)\s(?:\w+\s)?$",
        draft.sentence.analysis.text[max(0, effect.span.start - 24) : effect.span.start],
    )
    return tied is not None and any(c.lemma in _ON_PAPER and not c.verb.passive for c in governs)


def _owned_by_noun(draft: Draft, clause: Clause) -> str:
    """The noun that an infinitive hangs on: "decision", "plan", "proposal" …, or ""."""
    text = draft.sentence.analysis.text
    start = max(draft.sentence.span.start, clause.chunk.span.start - 50)
    match = re.search(
        r"\b(decision|plans?|proposals?|threats?|move|recommendation)\b(?:\s(?!to\b)[\w.]+){0,4}\s$",
        text[start : clause.chunk.span.start],
        re.IGNORECASE,
    )
    return match.group(1).lower().removesuffix("s") if match is not None else ""


def _parted_modal(draft: Draft, clause: Clause) -> bool:
    """ "will for three years be charged": the modal stands apart from its verb."""
    before = [c for c in draft.sentence.clauses if c.chunk.index < clause.chunk.index]
    return (
        bool(before)
        and before[-1].lemma in ("will", "would", "shall")
        and "be" in (clause.verb.auxiliaries)
    )


def _earlier(draft: Draft, clause: Clause) -> list[Clause]:
    """ "signed a proclamation placing a tariff": the verb before a participle."""
    if clause.verb.form != "G" or clause.verb.auxiliaries:
        return []
    before = [c for c in draft.sentence.clauses if c.chunk.index < clause.chunk.index]
    return before[-1:]
