"""Event mentions from a few words: ``tell("acquisition", acquirer="MMG", value="1.88e9 USD")``."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from lodewire.model.event import Argument, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EntityId
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, Modality, QuantityKind, Status
from lodewire.resolve.views import MentionView, view_of

DAY = date(2025, 3, 10)
_QUANTITIES = frozenset(
    "value stake rate volume level change tonnage grade contained capacity term".split()
)
_DATES = frozenset("date effective_date period horizon".split())
#: Names of the ontology that these tests use, with their ids there.
_KNOWN = {"China": "CN", "United States": "US", "Botswana": "BW", "Namibia": "NA", "Japan": "JP"}


def tell(
    type_: str,
    *,
    document: str = "doc_a",
    status: Status = Status.AGREED,
    modality: Modality = Modality.ASSERTED,
    core: bool = True,
    sentence: str = "",
    **roles: str,
) -> EventMention:
    """A mention whose text is "trigger value, value ..."; values of one role are parted by "|".

    ``sentence`` adds words to the sentence that tells it.

    Quantities read "number unit", dates "start" or "start..end"; "name#id" gives an entity id.
    """
    text, arguments = "trigger", []
    for role, told in roles.items():
        for value in told.split("|"):
            name, _, entity = value.partition("#")
            text += " "
            span = Span(len(text), len(text) + len(name))
            text += name
            arguments.append(_argument(role, name, entity or _KNOWN.get(name), span))
    text += f" {sentence}"
    document_id = DocumentId(document)
    return EventMention(
        document_id=document_id,
        type=EventType(type_),
        status=status,
        modality=modality,
        trigger=Span(0, 7),
        arguments=tuple(arguments),
        evidence=(Evidence.take(document_id, text, Span(0, len(text))),),
        core=core,
    )


def _argument(role: str, name: str, entity: str | None, span: Span) -> Argument:
    quantity = start = end = None
    if role in _QUANTITIES:
        number, _, unit = name.partition(" ")
        quantity = Quantity(
            text=name,
            span=span,
            core=span,
            kind=QuantityKind.OTHER,
            value=Decimal(number),
            unit=unit or None,
        )
    elif role in _DATES:
        start, _, end = name.partition("..")
        end = end or start
    return Argument(
        role=role,
        span=span,
        text=name,
        value=name,
        entity=EntityId(entity) if entity else None,
        quantity=quantity,
        start=start,
        end=end,
    )


def view(
    type_: str,
    *,
    document: str = "doc_a",
    day: date = DAY,
    status: Status = Status.AGREED,
    modality: Modality = Modality.ASSERTED,
    core: bool = True,
    sentence: str = "",
    **roles: str,
) -> MentionView:
    """The view of :func:`tell`, reported and first seen on ``day``."""
    mention = tell(
        type_,
        document=document,
        status=status,
        modality=modality,
        core=core,
        sentence=sentence,
        **roles,
    )
    return view_of(mention, reported=day, seen=datetime.combine(day, time(8), UTC))
