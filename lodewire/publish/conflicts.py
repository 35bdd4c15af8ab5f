"""Conflicting values of one role, with who says what; nothing is averaged or dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from lodewire.model.brief import ConflictNote, SourceLink
from lodewire.model.event import Event
from lodewire.model.ids import DocumentId
from lodewire.model.statement import Statement
from lodewire.ontology.event_types import RoleKind, load_event_types
from lodewire.publish.wording import print_statement

# Two figures within this share of each other are one figure, differently rounded.
ROUNDING = Decimal("0.01")
UNDISCLOSED = "not disclosed"
_COMPARED = (RoleKind.QUANTITY,)


def find_conflicts(
    event: Event, sources: Mapping[DocumentId, SourceLink]
) -> tuple[ConflictNote, ...]:
    """Return the roles for which different documents state different figures in one unit."""
    notes: list[ConflictNote] = []
    for role in load_event_types()[event.type].roles:
        if role.repeats or role.kind not in _COMPARED:
            continue
        groups = _groups(event.of(role.name))
        if len(groups) > 1:
            told = _who_says(groups, sources)
            notes.append(ConflictNote(role=role.name, values=told, settled=_settled(groups)))
    return tuple(notes)


def with_undisclosed(
    notes: tuple[ConflictNote, ...], event: Event, sources: Mapping[DocumentId, SourceLink]
) -> tuple[ConflictNote, ...]:
    """Add to ``notes`` who says that a value is not disclosed which others give.

    "Not disclosed" is a value like others, and shown with who says it; it is not for an editor to
    settle, so the review does not list it.
    """
    found = {note.role: note for note in notes}
    for role, silent in _undisclosed(event).items():
        told = event.of(role)
        note = found.get(role) or ConflictNote(role=role, values=_who_says([[told[0]]], sources))
        (_, who), *_ = _who_says([silent], sources)
        found[role] = replace(note, values=(*note.values, (UNDISCLOSED, who)))
    return tuple(found.values())


def undisclosed_roles(event: Event) -> tuple[str, ...]:
    """Return the roles that nobody fills and somebody says are not disclosed, in text order."""
    told = dict.fromkeys(s.value for s in event.of("not_disclosed"))
    return tuple(role for role in told if not event.of(role))


def _undisclosed(event: Event) -> dict[str, list[Statement]]:
    """By role that some document fills: who, filling it not, says it is not disclosed."""
    silent: dict[str, list[Statement]] = {}
    for statement in event.of("not_disclosed"):
        fillers = {s.document_id for s in event.of(statement.value)}
        if fillers and statement.document_id not in fillers:
            silent.setdefault(statement.value, []).append(statement)
    return silent


def _groups(statements: tuple[Statement, ...]) -> list[list[Statement]]:
    groups: list[list[Statement]] = []
    for statement in statements:
        for group in groups:
            if _agree(group[0], statement):
                group.append(statement)
                break
        else:
            groups.append([statement])
    documents = {s.document_id for group in groups for s in group}
    comparable = {s.unit for group in groups for s in group}
    if len(documents) < 2 or len(comparable) != 1:
        return groups[:1]
    at_odds = [g for g in groups if any(g is not h and _same_basis(g, h) for h in groups)]
    return at_odds or groups[:1]


def _same_basis(left: list[Statement], right: list[Statement]) -> bool:
    """Whether two values may be of one kind: an enterprise value is none with an equity value.

    A value whose kind nobody tells may be of any.
    """
    a, b = {s.basis for s in left}, {s.basis for s in right}
    return None in a or None in b or bool(a & b)


def _settled(groups: list[list[Statement]]) -> str:
    """Which value an editor chose, with author and reason; empty while a value was not weighed."""
    weighed = [[r for s in group if (r := s.ruling) and r.chosen is not None] for group in groups]
    chosen = [(n, r) for n, rulings in enumerate(weighed) for r in rulings if r.chosen]
    if not chosen or not all(weighed):
        return ""
    at, ruling = max(chosen, key=lambda c: (c[1].at, c[1].decision_id))
    return f"{print_statement(groups[at][0])} holds, by {ruling.author}: {ruling.reason}"


def _agree(left: Statement, right: Statement) -> bool:
    if left.unit != right.unit:
        return False
    a, b = _middle(left.value), _middle(right.value)
    if a is None or b is None:
        return left.value == right.value
    return abs(a - b) <= ROUNDING * max(abs(a), abs(b))


def _middle(value: str) -> Decimal | None:
    low, _, high = value.partition("..")
    try:
        return (Decimal(low) + Decimal(high or low)) / 2
    except InvalidOperation:
        return None


def _who_says(
    groups: list[list[Statement]], sources: Mapping[DocumentId, SourceLink]
) -> tuple[tuple[str, str], ...]:
    told: list[tuple[str, str]] = []
    for group in groups:
        names = dict.fromkeys(
            sources[s.document_id].publisher if s.document_id in sources else s.source_id
            for s in group
        )
        basis = next((f" {s.basis}" for s in group if s.basis is not None), "")
        told.append((print_statement(group[0]) + basis, ", ".join(names)))
    return tuple(told)
