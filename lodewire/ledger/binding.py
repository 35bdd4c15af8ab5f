"""Which mention or statement a decision is about, found by its words.

A decision names document, type, trigger and words. Another method may give the same words another
id, and may find more or fewer roles: the decision holds for what is told in the same words. In
the reading of one method it holds for one mention at most, that which fits best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lodewire.model.decision import Anchor, ValueAnchor, Words
from lodewire.model.event import EventMention
from lodewire.model.evidence import Span
from lodewire.model.ids import MentionId
from lodewire.model.statement import Statement

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that was read from one document: its event mentions and what they state."""

    mentions: Sequence[EventMention]
    statements: Sequence[Statement]


def anchor_of(mention: EventMention, statement: Statement | None = None) -> Anchor:
    """Return what a decision about ``mention``, or one ``statement`` of it, is bound to."""
    value: ValueAnchor | None = None
    if statement is not None:
        evidence = statement.evidence
        read_value, read_unit = statement.as_read
        value = ValueAnchor(
            statement_id=statement.id,
            words=Words(role=statement.property, span=evidence.span, quote=evidence.quote),
            value=read_value,
            unit=read_unit,
        )
    return Anchor(
        document_id=mention.document_id,
        type=mention.type,
        trigger=mention.trigger,
        words=_words_of(mention),
        quote=_sentence_of(mention),
        mention_id=mention.id,
        value=value,
    )


def bind_mention(anchor: Anchor, told: Told) -> tuple[EventMention, ...]:
    """Return the mentions that ``anchor`` is about: of each method the one that fits best."""
    fitting = (m for m in told.mentions if _fits(anchor, m))
    return _best(fitting, lambda m: m.method, lambda m: _nearness(anchor, m))


def bind_value(anchor: Anchor, told: Told, *, any_value: bool = False) -> tuple[Statement, ...]:
    """Return the statements that ``anchor`` is about: of each method the one that fits best.

    Role and words must be the same. So must the value, unless ``any_value``: an editor's value
    holds for the words, but who agreed to one value has not agreed to another.
    """
    assert anchor.value is not None
    wanted = anchor.value
    by_id = {m.id: m for m in told.mentions if m.type is anchor.type}
    fitting = [
        s
        for s in told.statements
        if MentionId(s.subject) in by_id and _states(wanted, s, any_value=any_value)
    ]

    def nearness(s: Statement) -> tuple[object, ...]:
        exact = s.id == wanted.statement_id
        return (not exact, *_nearness(anchor, by_id[MentionId(s.subject)]), s.id)

    return _best(fitting, lambda s: s.method, nearness)


def _states(wanted: ValueAnchor, s: Statement, *, any_value: bool) -> bool:
    words = wanted.words
    if s.property != words.role or not s.evidence.span.overlaps(words.span):
        return False
    same_value = s.as_read == (wanted.value, wanted.unit)
    same_words = (s.evidence.span, s.evidence.quote) == (words.span, words.quote)
    return same_words if any_value else same_value


def _fits(anchor: Anchor, mention: EventMention) -> bool:
    """Same type and trigger; roles that both fill are filled with the same words."""
    if (mention.document_id, mention.type) != (anchor.document_id, anchor.type):
        return False
    if mention.id == anchor.mention_id:
        return True
    if not mention.trigger.overlaps(anchor.trigger):
        return False
    filled, words = _by_role(_words_of(mention)), _by_role(anchor.words)
    both = filled.keys() & words.keys()
    if not both:
        return not filled and not words
    return all(any(a.overlaps(b) for a in filled[role] for b in words[role]) for role in both)


def _nearness(anchor: Anchor, mention: EventMention) -> tuple[object, ...]:
    """Sorts the mention that fits best first."""
    shared = {(w.role, w.span) for w in anchor.words} & {
        (w.role, w.span) for w in _words_of(mention)
    }
    away = abs(mention.trigger.start - anchor.trigger.start)
    return (mention.id != anchor.mention_id, -len(shared), away, mention.id)


def _best(
    found: Iterable[T], method: Callable[[T], str], nearness: Callable[[T], tuple[object, ...]]
) -> tuple[T, ...]:
    best: dict[str, T] = {}
    for one in sorted(found, key=nearness):
        best.setdefault(method(one), one)
    return tuple(best[name] for name in sorted(best))


def _words_of(mention: EventMention) -> tuple[Words, ...]:
    told = {
        Words(role=a.role, span=a.span, quote=a.text): None
        for a in sorted(mention.arguments, key=lambda a: (a.role, a.span))
    }
    return tuple(told)


def _by_role(words: Sequence[Words]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for one in words:
        found.setdefault(one.role, []).append(one.span)
    return found


def _sentence_of(mention: EventMention) -> str:
    for evidence in mention.evidence:
        if evidence.span.covers(mention.trigger):
            return evidence.quote
    return mention.evidence[0].quote
