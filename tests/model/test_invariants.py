"""What the frozen types promise: ids from content, quotes that align, times that are aware."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lodewire.errors
import lodewire.model
from lodewire.errors import AlignmentError, LodewireError
from lodewire.model.brief import Brief, DeskSection, Segment, Sentence
from lodewire.model.capture import Capture, FeedEntry
from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.entity import unknown_entity_id
from lodewire.model.event import Argument, EventMention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import (
    CaptureId,
    DocumentId,
    OriginId,
    SourceId,
    content_id,
    sha256_hex,
)
from lodewire.model.quantity import Quantity
from lodewire.model.statement import Judgement, Statement
from lodewire.model.story import Story, StoryMember
from lodewire.model.vocabulary import (
    CheckKind,
    Desk,
    EventType,
    MentionType,
    Modality,
    Opinion,
    QuantityKind,
    Status,
    Verdict,
)

NOW = datetime(2025, 3, 28, 21, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
TEXT = "MMG will buy Khoemacau for $1.9 billion."
QUOTE = Evidence.take(DocumentId("doc_a"), TEXT, Span(0, 3))
PARTS = st.lists(st.one_of(st.text(), st.binary(), st.integers(), st.none()), max_size=5)


def _is_type(value: object) -> bool:
    return inspect.isclass(value) and dataclasses.is_dataclass(value)


def _types() -> list[type]:
    found = []
    for module in pkgutil.iter_modules(lodewire.model.__path__):
        loaded = importlib.import_module(f"lodewire.model.{module.name}")
        for _, kind in inspect.getmembers(loaded, _is_type):
            if kind.__module__ == loaded.__name__:
                found.append(kind)
    return found


@pytest.mark.parametrize("kind", _types(), ids=lambda k: k.__name__)
def test_every_type_is_frozen_slotted_and_told_by_keyword(kind: type) -> None:
    """Values pass between stages and processes: nobody may change one on the way."""
    parameters = kind.__dataclass_params__  # type: ignore[attr-defined]
    assert parameters.frozen
    assert hasattr(kind, "__slots__")
    assert all(f.kw_only for f in dataclasses.fields(kind))
    assert kind.__doc__


@given(PARTS, PARTS)
def test_ids_differ_where_their_parts_differ(left: list, right: list) -> None:  # type: ignore[type-arg]
    """Parts are told apart: ("ab", "c") is not ("a", "bc"), None is not ""."""
    told = [[x if isinstance(x, bytes | type(None)) else str(x) for x in p] for p in (left, right)]
    told = [
        [x.encode("utf-8", "surrogatepass") if isinstance(x, str) else x for x in p] for p in told
    ]
    assert (content_id("x", *left) == content_id("x", *right)) == (told[0] == told[1])


@given(st.text())
def test_ids_are_short_and_made_of_plain_letters(text: str) -> None:
    """Fit for addresses, file names and shells."""
    made = content_id("ev", text)
    assert made.startswith("ev_")
    assert len(made) == 27
    assert made.removeprefix("ev_").isalnum()
    assert made == made.lower()


def test_the_prefix_tells_kinds_apart_not_contents() -> None:
    """The same parts give the same digits under every prefix."""
    assert content_id("a", "x")[2:] == content_id("b", "x")[2:]
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class TestSpans:
    """Half-open ranges."""

    @given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
    def test_covering_and_overlapping_agree_with_sets(self, a: int, b: int, c: int, d: int) -> None:
        one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
        mine, theirs = set(range(*one)), set(range(*other))
        if mine and theirs:
            assert one.covers(other) == (theirs <= mine)
            assert one.overlaps(other) == bool(mine & theirs)

    def test_a_moved_span_reads_the_moved_words(self) -> None:
        assert Span(0, 3).shift(4).of("xxx MMG") == "MMG"


class TestEvidence:
    """A quote stands in its document, or it is refused."""

    @pytest.mark.parametrize("span", [Span(0, 0), Span(3, 2), Span(-1, 2), Span(0, 999)])
    def test_a_span_outside_the_text_is_refused(self, span: Span) -> None:
        with pytest.raises(AlignmentError):
            Evidence.take(DocumentId("doc_a"), TEXT, span)

    def test_an_empty_quote_is_refused(self) -> None:
        with pytest.raises(AlignmentError):
            Evidence(document_id=DocumentId("doc_a"), span=Span(0, 1), quote="")

    def test_a_quote_is_verified_against_the_text(self) -> None:
        QUOTE.verify(TEXT)
        with pytest.raises(AlignmentError, match="MMG"):
            QUOTE.verify("BHP will buy Khoemacau.")


class TestCaptures:
    """Same source, address and bytes: same id, whenever fetched."""

    def _capture(self, **changes: object) -> Capture:
        told = {
            "source_id": SourceId("wire"),
            "requested_url": "https://a.example/1",
            "url": "https://a.example/1",
            "fetched_at": NOW,
            "body": b"x",
        }
        return Capture(**(told | changes))  # type: ignore[arg-type]

    def test_time_and_headers_take_no_part(self) -> None:
        assert self._capture().id == self._capture(fetched_at=LATER, headers=(("etag", "1"),)).id

    def test_source_address_bytes_and_entry_take_part(self) -> None:
        ids = {
            self._capture(**changes).id
            for changes in (
                {},
                {"source_id": SourceId("daily")},
                {"requested_url": "https://a.example/2"},
                {"body": b"y"},
                {"entry": FeedEntry(guid="1")},
                {"entry": FeedEntry(guid="2")},
            )
        }
        assert len(ids) == 6

    def test_a_time_without_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="aware"):
            self._capture(fetched_at=datetime(2025, 3, 28))  # noqa: DTZ001


class TestDocuments:
    """Sentences are spans of the text, in order."""

    def _document(self, **changes: object) -> Document:
        told = {"capture_id": CaptureId("cap"), "source_id": SourceId("wire"), "text": TEXT}
        return Document(**(told | changes))  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        "sentences",
        [(Span(0, 99),), (Span(5, 9), Span(0, 3)), (Span(0, 5), Span(4, 9)), (Span(3, 3),)],
    )
    def test_sentences_out_of_order_or_place_are_refused(self, sentences: tuple[Span, ...]) -> None:
        with pytest.raises(ValueError, match="sentence span"):
            self._document(sentences=sentences)

    def test_times_are_aware(self) -> None:
        for field in ("published_at", "modified_at"):
            with pytest.raises(ValueError, match="aware"):
                self._document(**{field: datetime(2025, 3, 28)})  # noqa: DTZ001

    def test_the_id_hangs_on_what_is_read_not_on_how(self) -> None:
        same = self._document(method="x", notes=("n",), published=date(2025, 3, 28))
        assert same.id == self._document().id
        assert self._document(title="T").id != self._document().id


class TestQuantities:
    """A value or bounds, never nothing; missing is not zero."""

    def _quantity(self, **changes: object) -> Quantity:
        told = {
            "text": "about 5 t",
            "span": Span(0, 9),
            "core": Span(6, 9),
            "kind": QuantityKind.MASS,
        }
        return Quantity(**(told | changes))  # type: ignore[arg-type]

    def test_nothing_is_no_quantity(self) -> None:
        with pytest.raises(ValueError, match="value or a bound"):
            self._quantity()

    def test_the_core_lies_inside(self) -> None:
        with pytest.raises(ValueError, match="core"):
            self._quantity(value=Decimal(5), core=Span(6, 12))

    @pytest.mark.parametrize(
        ("told", "bounds"),
        [
            ({"value": Decimal(5)}, (5, 5)),
            ({"low": Decimal(2), "high": Decimal(3)}, (2, 3)),
            ({"low": Decimal(2)}, (2, 2)),
            ({"high": Decimal(3)}, (3, 3)),
            ({"value": Decimal(0)}, (0, 0)),
        ],
    )
    def test_bounds_are_the_stated_ones(self, told: dict, bounds: tuple[int, int]) -> None:  # type: ignore[type-arg]
        assert self._quantity(**told).bounds == bounds


class TestEventMentions:
    """Nothing without evidence."""

    def _mention(self, **changes: object) -> EventMention:
        told = {
            "document_id": DocumentId("doc_a"),
            "type": EventType.ACQUISITION,
            "status": Status.AGREED,
            "modality": Modality.ASSERTED,
            "trigger": Span(9, 12),
            "arguments": (Argument(role="acquirer", span=Span(0, 3), text="MMG", value="MMG"),),
            "evidence": (QUOTE,),
        }
        return EventMention(**(told | changes))  # type: ignore[arg-type]

    def test_it_needs_evidence_and_a_confidence_in_range(self) -> None:
        with pytest.raises(ValueError, match="without evidence"):
            self._mention(evidence=())
        with pytest.raises(ValueError, match="confidence"):
            self._mention(confidence=1.2)

    def test_one_trigger_may_tell_two_events(self) -> None:
        other = (Argument(role="target", span=Span(13, 22), text="Khoemacau", value="Khoemacau"),)
        assert self._mention().id != self._mention(arguments=other).id
        assert self._mention().id == self._mention(status=Status.COMPLETED, confidence=0.9).id

    def test_arguments_are_found_by_role(self) -> None:
        assert [a.value for a in self._mention().of("acquirer")] == ["MMG"]
        assert self._mention().of("seller") == ()


class TestStatements:
    """One value, tied to its words."""

    def _statement(self, **changes: object) -> Statement:
        told = {
            "subject": "evm_1",
            "property": "value",
            "value": "1900000000",
            "original": "$1.9 billion",
            "evidence": QUOTE,
            "source_id": SourceId("wire"),
            "origin_id": OriginId("or"),
            "first_seen": NOW,
            "last_seen": NOW,
            "unit": "USD",
        }
        return Statement(**(told | changes))  # type: ignore[arg-type]

    def test_seen_again_it_is_the_same_statement(self) -> None:
        assert self._statement().id == self._statement(last_seen=LATER, source_id=SourceId("b")).id

    def test_value_unit_and_place_tell_it_apart(self) -> None:
        moved = Evidence.take(DocumentId("doc_a"), TEXT, Span(1, 3))
        ids = {
            self._statement(**c).id
            for c in ({}, {"value": "2"}, {"unit": "EUR"}, {"evidence": moved}, {"subject": "e2"})
        }
        assert len(ids) == 5

    def test_times_are_aware(self) -> None:
        with pytest.raises(ValueError, match="aware"):
            self._statement(first_seen=datetime(2025, 3, 28))  # noqa: DTZ001

    def test_it_knows_its_document(self) -> None:
        assert self._statement().document_id == "doc_a"


def test_a_judgement_is_of_an_unordered_pair_and_an_author() -> None:
    """A and B is B and A; two authors judge apart."""

    def judged(left: str, right: str, author: str) -> Judgement:
        return Judgement(
            left=left, right=right, opinion=Opinion.SAME, score=1.0, author=author, judged_at=NOW
        )

    assert judged("a", "b", "x").id == judged("b", "a", "x").id
    assert judged("a", "b", "x").id != judged("a", "b", "y").id


def test_a_check_is_told_by_kind_rule_and_place() -> None:
    """Not by its verdict: recomputed, it is the same check."""

    def check(verdict: Verdict, rule: str = "r") -> Check:
        return Check(
            document_id=DocumentId("doc_a"),
            kind=CheckKind.ARITHMETIC,
            verdict=verdict,
            spans=(Span(0, 3),),
            detail="d",
            evidence=(QUOTE,),
            rule=rule,
        )

    assert check(Verdict.MISMATCH).id == check(Verdict.CONSISTENT).id
    assert check(Verdict.MISMATCH).id != check(Verdict.MISMATCH, "s").id


def test_a_story_counts_its_origins_in_order() -> None:
    """Copies belong to an origin that is there already."""
    members = tuple(
        StoryMember(
            document_id=DocumentId(f"doc_{n}"),
            story_id="st",  # type: ignore[arg-type]
            origin_id=OriginId(origin),
            relation="copy",
        )
        for n, origin in enumerate(("b", "a", "b", "c"))
    )
    assert Story(id="st", members=members).origins == ("b", "a", "c")  # type: ignore[arg-type]


def test_unlisted_names_have_ids_of_their_content() -> None:
    """Case and blanks play no part; the kind does."""
    firm = unknown_entity_id(MentionType.ORGANISATION, "Foo  Resources")
    assert firm == unknown_entity_id(MentionType.ORGANISATION, "foo resources")
    assert firm != unknown_entity_id(MentionType.SITE, "Foo Resources")


def test_a_brief_is_told_by_its_day_and_sentences() -> None:
    """Composed again, it is the same brief; a sentence is the sum of its segments."""
    sentence = Sentence(segments=(Segment(text="MMG"), Segment(text=" buys.")))
    assert sentence.text == "MMG buys."
    sections = (DeskSection(desk=Desk.OIL_GAS, entries=()),)
    one, two = (
        Brief(day=date(2025, 3, 28), title="T", composed_at=at, sections=sections)
        for at in (NOW, LATER)
    )
    assert one.id == two.id


def _errors() -> list[type[LodewireError]]:
    return [
        kind
        for _, kind in inspect.getmembers(lodewire.errors, inspect.isclass)
        if issubclass(kind, LodewireError)
    ]


@pytest.mark.parametrize("kind", _errors(), ids=lambda k: k.__name__)
def test_every_error_crosses_processes_with_its_hint(kind: type[LodewireError]) -> None:
    """Pickled and back: same kind, message, hint; drawn in the tree of the docstring."""
    there = pickle.loads(pickle.dumps(kind("message", hint="do this")))
    assert type(there) is kind
    assert (there.message, there.hint, str(there)) == ("message", "do this", "message")
    assert kind.__name__ in (lodewire.errors.__doc__ or "")
