"""An event mention as statements: one per value, each with the words that state it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from lodewire.model.event import Argument, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import EntityId, OriginId, SourceId
from lodewire.model.quantity import Quantity
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import QuantityKind
from lodewire.resolve.bases import value_basis


def statements_of(
    mention: EventMention,
    *,
    source_id: SourceId,
    origin_id: OriginId,
    seen: datetime,
    canonical: Mapping[EntityId, EntityId] | None = None,
) -> tuple[Statement, ...]:
    """Return the statements that a mention makes, its subject being the mention's id.

    One for the type, the status, the modality, the attribution, each role not disclosed, and
    each argument. Quantities become a plain decimal, or ``low..high``, with their unit; days an
    ISO date or ``start..end``. ``canonical`` maps the ids that arguments carry to those that
    all spellings share; ids it does not hold stay.
    """
    told = _Told(mention, source_id, origin_id, seen)
    found = [
        told.about("type", mention.type.value),
        told.about("status", mention.status.value),
        told.about("modality", mention.modality.value),
    ]
    if mention.attribution is not None:
        who = mention.attribution
        found.append(
            told.statement(
                "attribution",
                who.name,
                who.text,
                Evidence(document_id=mention.document_id, span=who.span, quote=who.text),
                entity=_canonical(who.entity, canonical),
            )
        )
    for role in mention.not_disclosed:
        found.append(told.about("not_disclosed", role, whole=True))
    found += [told.argument(a, _canonical(a.entity, canonical)) for a in mention.arguments]
    return tuple({s.id: s for s in found}.values())


def _canonical(
    entity: EntityId | None, canonical: Mapping[EntityId, EntityId] | None
) -> EntityId | None:
    if entity is None or canonical is None:
        return entity
    return canonical.get(entity, entity)


class _Told:
    def __init__(
        self, mention: EventMention, source_id: SourceId, origin_id: OriginId, seen: datetime
    ) -> None:
        self._mention = mention
        self._source_id, self._origin_id, self._seen = source_id, origin_id, seen
        self._sentence = _sentence_of(mention)
        self._trigger = _trigger_of(mention, self._sentence)

    def about(self, property_: str, value: str, *, whole: bool = False) -> Statement:
        """A statement on the mention itself: the trigger shows it, else the sentence."""
        evidence = self._sentence if whole else self._trigger
        return self.statement(property_, value, evidence.quote, evidence)

    def argument(self, argument: Argument, entity: EntityId | None) -> Statement:
        evidence = Evidence(
            document_id=self._mention.document_id, span=argument.span, quote=argument.text
        )
        quantity = argument.quantity
        return self.statement(
            argument.role,
            _value_of(argument),
            argument.text,
            evidence,
            entity=entity,
            unit=quantity.unit if quantity else None,
            basis=self._basis(argument) if quantity else None,
            qualifier=quantity.qualifier.value if quantity else None,
        )

    def _basis(self, argument: Argument) -> str | None:
        """What a quantity refers to: as read, else which value of a deal the words make of it."""
        assert argument.quantity is not None
        if argument.quantity.basis is not None or argument.role != "value":
            return argument.quantity.basis
        if argument.quantity.kind is not QuantityKind.MONEY:
            return None
        for told in self._mention.evidence:
            if told.span.covers(argument.span):
                start = argument.span.start - told.span.start
                basis = value_basis(told.quote, start, start + len(argument.text))
                return basis.value if basis is not None else None
        return None

    def statement(
        self,
        property_: str,
        value: str,
        original: str,
        evidence: Evidence,
        *,
        entity: EntityId | None = None,
        unit: str | None = None,
        basis: str | None = None,
        qualifier: str | None = None,
    ) -> Statement:
        return Statement(
            subject=self._mention.id,
            property=property_,
            value=value,
            original=original,
            evidence=evidence,
            source_id=self._source_id,
            origin_id=self._origin_id,
            first_seen=self._seen,
            last_seen=self._seen,
            unit=unit,
            basis=basis,
            qualifier=qualifier,
            entity=entity,
            method=self._mention.method,
        )


def _sentence_of(mention: EventMention) -> Evidence:
    """The evidence that holds the trigger; the first one where none does."""
    for evidence in mention.evidence:
        if evidence.span.covers(mention.trigger):
            return evidence
    return mention.evidence[0]


def _trigger_of(mention: EventMention, sentence: Evidence) -> Evidence:
    if not sentence.span.covers(mention.trigger) or mention.trigger.start >= mention.trigger.end:
        return sentence
    span = mention.trigger
    quote = Span(span.start - sentence.span.start, span.end - sentence.span.start)
    return Evidence(
        document_id=mention.document_id,
        span=span,
        quote=quote.of(sentence.quote),
        alignment=sentence.alignment,
    )


def _value_of(argument: Argument) -> str:
    if argument.quantity is not None:
        return quantity_text(argument.quantity)
    if argument.start is not None:
        end = argument.end or argument.start
        return argument.start if end == argument.start else f"{argument.start}..{end}"
    return argument.value


def quantity_text(quantity: Quantity) -> str:
    """Return "25", or "450..500", "450..", "..500" for a range; no exponent, no idle zeros."""
    if quantity.value is not None:
        return plain(quantity.value)
    low = plain(quantity.low) if quantity.low is not None else ""
    high = plain(quantity.high) if quantity.high is not None else ""
    return f"{low}..{high}"


def plain(number: Decimal) -> str:
    """Return a decimal without exponent and without zeros that say nothing ("25.0" is "25")."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
