"""Documents without end out of the sample newsroom: other names, other words, other days.

Every variation keeps a page's grammar (its sentences, events and roles) and changes what indexes
and merging look at: each named organisation and site gets another name, each country is another
one, each figure has another first digit or two, three plain words in four are other words, the day
is another. Documents of one happening vary alike, so that a happening is still told by several of
them. The same number gives the same document.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache

from lodewire.extraction.reader import read_document
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.model.entity import Mention, unknown_entity_id
from lodewire.model.event import Argument, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import CaptureId, DocumentId, EntityId, SourceId
from lodewire.model.quantity import Quantity
from lodewire.model.reading import Reading
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.countries import load_countries
from lodewire.samples import newsroom_path, sample_documents
from lodewire.text.reader import read_capture

START = date(2022, 1, 3)
DOCUMENTS_A_DAY = 1_000
TOLD = 12  # one round of the newsroom in twelve tells its events: a fifth of an event a document
_NAMED = (MentionType.ORGANISATION, MentionType.SITE)
_WORD = re.compile(r"[a-z]{5,}")
_DIGITS = re.compile(r"[1-9]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SYLLABLES = "ka lo mi ra ne tu so ver dan hol bri cas per mon tal gar ul es".split()


@cache
def _country_codes() -> tuple[str, ...]:
    return tuple(id_ for id_ in load_countries() if len(id_) == 2)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A page of the newsroom with what was understood of it, and its happening."""

    happening: str
    source_id: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Variation:
    """One generated document: the capture, the document and its reading."""

    capture: Capture
    document: Document
    reading: Reading


def patterns(most: int | None = None) -> list[Pattern]:
    """Read the English pages of the sample newsroom, or ``most`` of them, once."""
    found: list[Pattern] = []
    for sample in sample_documents():
        if most is not None and len(found) >= most:
            break
        path = newsroom_path() / sample.file
        if sample.language != "en" or path.suffix != ".html":
            continue
        capture = Capture(
            source_id=SourceId(sample.publisher.lower().replace(" ", "-")),
            requested_url=sample.url or f"https://sample.example/{sample.file}",
            url=sample.url or f"https://sample.example/{sample.file}",
            fetched_at=datetime(2025, 3, 28, tzinfo=UTC),
            body=path.read_bytes(),
            media_type="text/html",
        )
        for document in read_capture(capture)[:1]:
            reading = read_document(document, gate=0.0)
            found.append(Pattern(sample.happening, capture.source_id, reading))
    return sorted(found, key=lambda p: (p.happening, p.reading.document.id))


def variations(count: int, *, first: int = 0, of: Sequence[Pattern] = ()) -> Iterator[Variation]:
    """Yield ``count`` documents in the order of their days, beginning with number ``first``."""
    known = list(of) or patterns()
    words = _vocabulary(known)
    for number in range(first, first + count):
        round_, place = divmod(number, len(known))
        yield _vary(known[place], round_, number, words)


def _vocabulary(known: Sequence[Pattern]) -> list[str]:
    texts = (p.reading.document.text for p in known)
    return sorted({w for text in texts for w in _WORD.findall(text)})


def _vary(pattern: Pattern, round_: int, number: int, words: Sequence[str]) -> Variation:
    chance = random.Random(f"{pattern.happening}/{round_}")
    own = random.Random(number)
    old = pattern.reading.document
    names = _Names(chance)
    text, moves = _reword(pattern.reading, names, own, words)
    day = START + timedelta(days=number // DOCUMENTS_A_DAY)
    url = f"https://{pattern.source_id}.example/{day.isoformat()}/{number}"
    capture = Capture(
        source_id=SourceId(pattern.source_id),
        requested_url=url,
        url=url,
        fetched_at=datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        + timedelta(seconds=number % DOCUMENTS_A_DAY),
        body=f"<html><body><p>{text}</p></body></html>".encode(),
        media_type="text/html",
    )
    document = replace(
        old,
        capture_id=CaptureId(capture.id),
        source_id=capture.source_id,
        text=text,
        title=f"{old.title or 'News'} {number}",
        url=url,
        published=day,
        published_at=None,
        modified_at=None,
        parent_id=None,
        sentences=tuple(moves(s) for s in old.sentences),
    )
    told = pattern.reading
    if round_ % TOLD:
        told = replace(told, events=())
    reading = _reading(told, document, moves, names)
    return Variation(capture, document, reading)


class _Names:
    """Another name for each name, the same within a happening's round."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._tail = "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()
        codes = _country_codes()
        self._countries = dict(zip(codes, chance.sample(codes, len(codes)), strict=True))

    def word(self, name: str) -> str:
        return f"{name.split()[0]} {self._tail}"

    def country(self, entity: EntityId) -> tuple[str, EntityId]:
        """Another country in the place of each, so that a rule of one is not told every day."""
        other = self._countries.get(entity, entity)
        return load_countries()[other].name, EntityId(other)

    def figure(self, told: str) -> str:
        """Other digits for the first two of a figure; as many digits, none of them zero."""
        return _DIGITS.sub(lambda found: str(self._chance.randint(1, 9)), told, count=2)

    def entity(self, mention_type: MentionType, name: str) -> EntityId:
        return unknown_entity_id(mention_type, self.word(name))


class _Moves:
    """Where each character of the old text went; ends are kept by pieces."""

    def __init__(self, pieces: Sequence[tuple[int, int, int, int]]) -> None:
        self._pieces = pieces
        self._starts = [piece[0] for piece in pieces]

    def __call__(self, span: Span) -> Span:
        return Span(self._at(span.start, False), self._at(span.end, True))

    def _at(self, position: int, end: bool) -> int:
        # The last piece that begins before the position (or at it, where a span begins).
        find = bisect_left if end else bisect_right
        at = find(self._starts, position) - 1
        if at < 0:
            return position
        _, old_end, new_start, new_end = self._pieces[at]
        if position < old_end or (end and position == old_end):
            return new_end if end else new_start
        return position + new_end - old_end


@dataclass(frozen=True, slots=True)
class _Layout:
    """What of a page may change: names and figures by span, plain words by span."""

    names: tuple[tuple[Span, str], ...]
    countries: tuple[tuple[Span, EntityId], ...]
    figures: tuple[Span, ...]
    plain: tuple[Span, ...]


_layouts: dict[DocumentId, _Layout] = {}


def _layout(reading: Reading) -> _Layout:
    found = _layouts.get(reading.document.id)
    if found is None:
        found = _layouts[reading.document.id] = _lay_out(reading)
    return found


def _lay_out(reading: Reading) -> _Layout:
    fixed = [m.span for m in reading.mentions]
    fixed += [q.span for q in reading.quantities] + [d.span for d in reading.dates]
    fixed += [a.span for e in reading.events for a in e.arguments]
    fixed += [e.trigger for e in reading.events]
    fixed += [e.attribution.span for e in reading.events if e.attribution]
    named = {m.span: m.name for m in reading.mentions if m.type in _NAMED}
    lands = {m.span: m.entity for m in reading.mentions if m.type is MentionType.COUNTRY}
    words = [Span(w.start(), w.end()) for w in _WORD.finditer(reading.document.text)]
    return _Layout(
        names=tuple((s, name) for s, name in named.items() if _alone(s, fixed)),
        countries=tuple((s, id_) for s, id_ in lands.items() if _alone(s, fixed)),
        figures=tuple(q.core for q in reading.quantities if _alone(q.core, fixed)),
        plain=tuple(w for w in words if not any(w.overlaps(f) for f in fixed)),
    )


def _reword(
    reading: Reading, names: _Names, own: random.Random, words: Sequence[str]
) -> tuple[str, _Moves]:
    """Return the new text and where its spans went."""
    text, layout = reading.document.text, _layout(reading)
    outer = {span: names.word(name) for span, name in layout.names}
    outer |= {span: names.country(entity)[0] for span, entity in layout.countries}
    outer |= {span: names.figure(span.of(text)) for span in layout.figures}
    for span in layout.plain:
        if own.random() < 0.75:
            outer[span] = words[int(own.random() * len(words))]
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    at = length = 0
    for span in sorted(outer):
        if span.start < at:
            continue
        parts.append(text[at : span.start])
        length += span.start - at
        parts.append(outer[span])
        pieces.append((span.start, span.end, length, length + len(outer[span])))
        length += len(outer[span])
        at = span.end
    parts.append(text[at:])
    return "".join(parts), _Moves(pieces)


def _alone(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether every other span takes all of ``span`` or nothing of it."""
    return all(o.covers(span) or not o.overlaps(span) for o in others)


def _reading(old: Reading, document: Document, moves: _Moves, names: _Names) -> Reading:
    text = document.text
    renamed: dict[EntityId, tuple[str, EntityId]] = {}
    for mention in old.mentions:
        if mention.type in _NAMED:
            told = names.word(mention.name), names.entity(mention.type, mention.name)
            renamed[mention.entity] = told
        elif mention.type is MentionType.COUNTRY:
            renamed[mention.entity] = names.country(mention.entity)
    return replace(
        old,
        document=document,
        mentions=tuple(_mention(m, moves, text, renamed) for m in old.mentions),
        quantities=tuple(_quantity(q, moves, old.document.text, text) for q in old.quantities),
        dates=tuple(replace(d, text=moves(d.span).of(text), span=moves(d.span)) for d in old.dates),
        events=tuple(_event(e, moves, old.document.text, document, renamed) for e in old.events),
        checks=(),
    )


Renamed = dict[EntityId, tuple[str, EntityId]]


def _mention(mention: Mention, moves: _Moves, text: str, renamed: Renamed) -> Mention:
    span = moves(mention.span)
    name, entity = renamed.get(mention.entity, (mention.name, mention.entity))
    known = mention.known and (mention.type is MentionType.COUNTRY or mention.entity not in renamed)
    return replace(mention, span=span, text=span.of(text), name=name, entity=entity, known=known)


def _event(
    event: EventMention, moves: _Moves, before: str, document: Document, renamed: Renamed
) -> EventMention:
    text, id_ = document.text, document.id
    return replace(
        event,
        document_id=id_,
        trigger=moves(event.trigger),
        arguments=tuple(_argument(a, moves, before, text, renamed) for a in event.arguments),
        evidence=tuple(Evidence.take(id_, text, moves(e.span)) for e in event.evidence),
        attribution=None,
    )


def _argument(
    argument: Argument, moves: _Moves, before: str, text: str, renamed: Renamed
) -> Argument:
    span = moves(argument.span)
    quantity = argument.quantity
    if quantity is not None:
        quantity = _quantity(quantity, moves, before, text)
    value, entity = argument.value, argument.entity
    if entity is not None and entity in renamed:
        value, entity = renamed[entity]
    return replace(
        argument, span=span, text=span.of(text), value=value, entity=entity, quantity=quantity
    )


def _quantity(quantity: Quantity, moves: _Moves, before: str, text: str) -> Quantity:
    """The quantity where it stands now, its value grown as its first figure has."""
    span, core = moves(quantity.span), moves(quantity.core)
    old, new = _number(quantity.core.of(before)), _number(core.of(text))
    grown = new / old if old and new else Decimal(1)

    def value(told: Decimal | None) -> Decimal | None:
        return None if told is None else (told * grown).quantize(Decimal("0.0001")).normalize()

    return replace(
        quantity,
        text=span.of(text),
        span=span,
        core=core,
        substance=None,
        value=value(quantity.value),
        low=value(quantity.low),
        high=value(quantity.high),
    )


def _number(told: str) -> Decimal | None:
    found = _NUMBER.search(told)
    return Decimal(found[0].replace(",", "")) if found else None
