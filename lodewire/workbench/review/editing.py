"""What an editor does from a desk: each act becomes one decision, and holds at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodewire.errors import LedgerError
from lodewire.ledger.binding import anchor_of
from lodewire.ledger.store import Ledger
from lodewire.model.decision import Anchor, Decision, NewValue
from lodewire.model.event import Event, EventMention
from lodewire.model.ids import DecisionId, EventId, MentionId, StatementId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Action
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.wording import print_statement
from lodewire.workbench.resolving import resolve_step
from lodewire.workbench.review.new_value import read_new_value

_OF_MENTIONS = ("type", "status", "modality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """Who decides, when, and why.

    ``author`` is the name that readers see; ``actor`` stands in the audit log: the id of an
    account, or where no one was signed in.
    """

    author: str
    at: datetime
    reason: str = ""
    actor: str = "command line"


def judge(ledger: Ledger, action: Action, references: Sequence[str], editor: Editor) -> Decision:
    """Accept, reject or retract events, single mentions or single statements, as one decision."""
    about = [anchor for reference in references for anchor in _anchors(ledger, reference)]
    for anchor in about:
        role = anchor.value.words.role if anchor.value is not None else ""
        if action is not Action.ACCEPT and role in _OF_MENTIONS:
            raise LedgerError(
                f"the {role} of an event cannot be taken away",
                hint="edit a status or modality, or reject the event",
            )
    return _keep(ledger, action, editor, about)


def edit(
    ledger: Ledger,
    reference: str,
    text: str,
    editor: Editor,
    *,
    unit: str | None = None,
    everywhere: bool = False,
) -> Decision:
    """Put a value in place of the one read; ``everywhere``: wherever its event states the same."""
    mention, statement = _statement(ledger, ledger.find(reference))
    new = read_new_value(ledger, mention.type, statement, text, unit=unit)
    if (new.value, new.unit) == (statement.value, statement.unit):
        raise LedgerError(
            f"{reference} already says {print_statement(statement)}",
            hint="`lodewire review accept` agrees to it",
        )
    about = [anchor_of(mention, statement)]
    if everywhere:
        event = _event_of(ledger, mention)
        about += [
            anchor_of(*_statement(ledger, s.id))
            for s in event.of(statement.property)
            if s.id != statement.id and s.as_read == statement.as_read
        ]
    return _keep(ledger, Action.EDIT, editor, about, new=new)


def choose(ledger: Ledger, reference: str, editor: Editor) -> Decision:
    """Hold one of several values of a role right; the others stay, and are shown."""
    mention, statement = _statement(ledger, ledger.find(reference))
    event = _event_of(ledger, mention)
    roles = {r.name: r for r in load_event_types()[event.type].roles}
    if statement.property not in roles or roles[statement.property].repeats:
        raise LedgerError(
            f"several values of {statement.property} may be true together",
            hint="reject or edit the one that is wrong",
        )
    others = [
        s
        for s in event.of(statement.property)
        if (s.value, s.unit) != (statement.value, statement.unit)
    ]
    if not others:
        raise LedgerError(
            f"nothing in its event differs from {reference}",
            hint="`lodewire review accept` agrees to a value",
        )
    passed = [anchor_of(*_statement(ledger, s.id)) for s in others]
    return _keep(ledger, Action.CHOOSE, editor, [anchor_of(mention, statement)], others=passed)


def merge(ledger: Ledger, references: Sequence[str], editor: Editor) -> Decision:
    """Make events one, for good: the first named and all the others."""
    first, *rest = [_event(ledger, r) for r in references]
    if not rest or any(other.id == first.id for other in rest):
        raise LedgerError("a merge needs two different events", hint="name them both: ev_… ev_…")
    others = [a for e in rest for a in _mention_anchors(ledger, e)]
    kept = _keep(ledger, Action.MERGE, editor, _mention_anchors(ledger, first), others=others)
    resolve_step(ledger)
    return kept


def split(ledger: Ledger, reference: str, apart: Sequence[str], editor: Editor) -> Decision:
    """Take mentions out of an event, or keep another event apart from it, for good."""
    event = _event(ledger, reference)
    members = {a.mention_id: a for a in _mention_anchors(ledger, event)}
    out: dict[MentionId, Anchor] = {}
    for one in apart:
        for anchor in _anchors(ledger, one):
            if anchor.value is not None:
                raise LedgerError(f"{one} is a statement", hint="name a mention: evm_…")
            out[anchor.mention_id] = anchor
    stay = [a for id_, a in members.items() if id_ not in out]
    if not stay:
        raise LedgerError(
            "nothing would be left of the event", hint="name the mentions (evm_…) to take out"
        )
    kept = _keep(ledger, Action.SPLIT, editor, list(out.values()), others=stay)
    resolve_step(ledger)
    return kept


def undo(ledger: Ledger, reference: str, editor: Editor) -> Decision:
    """End a decision: the one named, or the latest that holds on the event or statement named."""
    id_ = ledger.find(reference)
    if id_.startswith("dc_"):
        undone = ledger.decisions.get(DecisionId(id_))
    else:
        keys = {a.key for a in _anchors(ledger, id_)}
        documents = {a.document_id for a in _anchors(ledger, id_)}
        held = [
            d
            for d in ledger.decisions.about(sorted(documents))
            if d.deleted_at is None and keys & {a.key for a in (*d.about, *d.others)}
        ]
        if not held:
            raise LedgerError(f"no decision holds on {reference}", hint="`lodewire review log`")
        undone = held[-1]
    if undone.action is Action.UNDO or undone.deleted_at is not None:
        raise LedgerError(f"{undone.id} is undone already", hint="decide anew instead")
    decision = Decision(
        action=Action.UNDO,
        author=editor.author,
        at=max(editor.at, undone.at + timedelta(microseconds=1)),
        undoes=undone.id,
        reason=editor.reason,
    )
    ledger.decisions.add(decision)
    resolve_step(ledger)
    return undone


def _keep(
    ledger: Ledger,
    action: Action,
    editor: Editor,
    about: Iterable[Anchor],
    *,
    others: Iterable[Anchor] = (),
    new: NewValue | None = None,
) -> Decision:
    subjects = {a.key: a for a in about}
    documents = sorted({a.document_id for a in subjects.values()})
    before = ledger.decisions.about(documents)
    at = editor.at
    if before:
        # A clock that went back must not put a new decision behind an old one.
        latest = max(d.deleted_at or d.at for d in before)
        at = max(at, latest + timedelta(microseconds=1))
    try:
        decision = Decision(
            action=action,
            author=editor.author,
            at=at,
            about=tuple(subjects.values()),
            others=tuple({a.key: a for a in others}.values()),
            reason=editor.reason.strip(),
            new=new,
        )
    except ValueError as error:
        raise LedgerError(str(error), hint="--reason TEXT and --author NAME say it") from error
    ledger.decisions.add(decision)
    return decision


def _anchors(ledger: Ledger, reference: str) -> list[Anchor]:
    id_ = ledger.find(reference)
    if id_.startswith("st_"):
        return [anchor_of(*_statement(ledger, id_))]
    if id_.startswith("evm_"):
        return [anchor_of(_mention(ledger, MentionId(id_)))]
    if id_.startswith("ev_"):
        return _mention_anchors(ledger, ledger.events.current(EventId(id_)))
    raise LedgerError(f"{reference} is a decision", hint="name an event, mention or statement")


def _mention_anchors(ledger: Ledger, event: Event | EventId) -> list[Anchor]:
    id_ = event.id if isinstance(event, Event) else event
    return [anchor_of(t.mention) for t in ledger.events.mentions(id_)]


def _event(ledger: Ledger, reference: str) -> Event:
    id_ = ledger.find(reference)
    if not id_.startswith("ev_"):
        raise LedgerError(f"{reference} is no event", hint="events are called ev_…")
    return ledger.events.get(EventId(id_))


def _event_of(ledger: Ledger, mention: EventMention) -> Event:
    return ledger.events.get(ledger.events.of_mentions([mention.id])[mention.id])


def _mention(ledger: Ledger, id_: MentionId) -> EventMention:
    found = ledger.events.told([id_])
    if not found:
        raise LedgerError(f"no event mention {id_}", hint="`lodewire review show` lists them")
    return found[0].mention


def _statement(ledger: Ledger, id_: str) -> tuple[EventMention, Statement]:
    found = ledger.statements.get([StatementId(id_)])
    if not found:
        raise LedgerError(
            f"{id_} is no statement", hint="`lodewire review show ev_…` lists statements: st_…"
        )
    return _mention(ledger, MentionId(found[0].subject)), found[0]
