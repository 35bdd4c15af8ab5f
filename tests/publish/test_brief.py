"""The brief: ranking, conflicts, numbers, sources."""

from __future__ import annotations

from dataclasses import replace

from lodewire.model.check import Check
from lodewire.model.event import Event
from lodewire.model.evidence import Span
from lodewire.model.ids import DocumentId, EventId
from lodewire.model.vocabulary import CheckKind, Desk, EventType, Status, Verdict
from lodewire.publish.brief import Material, build_brief, entry_of
from lodewire.publish.rank import rank_events, rate_importance
from tests.publish.made import DAY, NOW, event, link, purchase, statement


def compose(*events, **material):  # type: ignore[no-untyped-def]
    """A brief of some events."""
    return build_brief(
        DAY,
        Material(events=events, sources={DocumentId("doc_a"): link()}, **material),
        title="Top Insights",
        composed_at=NOW,
    )


def entries(brief):  # type: ignore[no-untyped-def]
    """All entries of a brief."""
    return [e for s in brief.sections for e in s.entries]


def test_more_origins_and_more_money_rank_higher() -> None:
    """Importance grows with independent origins and stated value."""
    small = event(
        EventType.ACQUISITION, statement("acquirer", "MMG"), statement("asset", "Khoemacau")
    )
    big = purchase(origins=3, id_="ev_2")
    ranked = rank_events([small, big])
    assert [e.id for e, _ in ranked] == ["ev_2", "ev_1"]
    assert "3 independent origins" in ranked[0][1].why
    assert "US$1.875 billion" in ranked[0][1].why


def test_background_ranks_below_news() -> None:
    """What is told as past weighs less."""
    assert rate_importance(purchase(core=False)).score < rate_importance(purchase()).score


def moved(change: str, id_: str, period: str = "Over the week") -> Event:
    """Tin rose by so many per cent."""
    return event(
        EventType.PRICE_CHANGE,
        statement("commodity", "tin", entity=f"tin-{id_}", text="tin"),
        statement("direction", "up", text="up"),
        statement("change", change, unit="%", text=change),
        statement("period", period, text=period),
        id_=id_,
    )


def test_a_price_that_stood_still_ranks_below_one_that_jumped() -> None:
    """0.02 % is no news; no move outweighs a ban."""
    still, usual, jump = (rate_importance(moved(c, "ev_1")).score for c in ("0.02", "2", "12..15"))
    assert still < usual < jump
    year = rate_importance(moved("12..15", "ev_1", "this year")).score
    assert usual < year < jump < rate_importance(moved("12..15", "ev_1", "2025-03-28")).score
    ban = event(
        EventType.EXPORT_RESTRICTION,
        statement("authority", "China", entity="CN", text="China"),
        statement("product", "tin", entity="tin", text="tin"),
        statement("action", "ban", text="ban"),
    )
    assert jump < rate_importance(ban).score


def test_what_is_told_with_more_roles_ranks_higher() -> None:
    """ "A permit is sought by MMG": of what, and from whom?"""
    bare = event(
        EventType.PERMIT,
        statement("holder", "MMG", entity="mmg", text="MMG"),
        statement("action", "granted", text="granted"),
    )
    full = replace(
        bare, statements=(*bare.statements, statement("site", "Rosebery", text="Rosebery"))
    )
    assert rate_importance(bare).score < rate_importance(full).score


def test_one_measure_told_in_two_wordings_stands_once() -> None:
    """Of what one authority does about one material, the weightiest; the rest is counted."""

    def measure(action: str, id_: str, sector: str = "alumina", origins: int = 1) -> Event:
        return event(
            EventType.POLICY_MEASURE,
            statement("authority", "China", entity="CN", text="China"),
            statement("sector", sector, entity=sector, text=sector),
            statement("action", action, text=action),
            id_=id_,
            origins=origins,
        )

    found = [
        measure("no new plants in areas of concern", "ev_1"),
        measure("new capacity is ruled out", "ev_2", origins=2),
        measure("recycling quotas", "ev_3", sector="copper"),
    ]
    section = next(s for s in compose(*found).sections if s.entries)
    assert {e.event_id for e in section.entries} == {"ev_2", "ev_3"}
    assert section.also == 1


def test_words_that_opened_a_sentence_stand_small_inside_ours() -> None:
    """ "Over the week" does; a month keeps its capital."""
    (entry,) = entries(compose(moved("2", "ev_1")))
    assert "(over the week)" in entry.sentences[0].text


def test_every_desk_has_its_section_even_when_empty() -> None:
    """Nine sections, in the model's order."""
    brief = compose(purchase())
    assert [s.desk for s in brief.sections] == list(Desk)
    assert [s.desk for s in brief.sections if s.entries] == [Desk.MINING_METALS]


def test_what_does_not_fit_is_counted() -> None:
    """The length cap tells how many were left out."""
    many = [purchase(id_=f"ev_{n}") for n in range(12)]
    section = next(s for s in compose(*many).sections if s.entries)
    assert len(section.entries) == 8
    assert section.also == 4


def test_one_price_is_told_twice_at_most() -> None:
    """The day's move and the week's, not five of one contract; other prices have their place."""
    moves = [
        event(
            EventType.PRICE_CHANGE,
            statement("benchmark", name, text=name, entity=name),
            statement("direction", "up", text="up"),
            statement("change", "2", unit="%", text="2"),
            id_=f"ev_{name}_{n}",
        )
        for name in ("brent", "wti")
        for n in range(3)
    ]
    section = next(s for s in compose(*moves).sections if s.entries)
    assert len(section.entries) == 4
    assert section.also == 2


def test_an_event_that_cannot_be_told_is_noted_not_published() -> None:
    """The brief goes on without it."""
    bare = event(EventType.ACQUISITION, statement("country", "Botswana"))
    brief = compose(bare)
    assert entries(brief) == []
    assert "ev_1" in brief.notes[0]


def test_conflicting_values_are_both_shown_with_who_says_what() -> None:
    """Two documents, two values, no average."""
    other_text = "MMG pays $1.7 billion."
    other = statement(
        "value", "1700000000", quote="$1.7 billion", unit="USD", document="doc_b", text=other_text
    )
    told = purchase()
    both = replace(told, statements=(*told.statements, other), document_ids=("doc_a", "doc_b"))  # type: ignore[arg-type]
    brief = build_brief(
        DAY,
        Material(
            events=[both],
            sources={
                DocumentId("doc_a"): link(),
                DocumentId("doc_b"): link("doc_b", publisher="Sample Metals Daily"),
            },
        ),
        title="Top",
        composed_at=NOW,
    )
    (conflict,) = entries(brief)[0].conflicts
    assert conflict.role == "value"
    assert conflict.values == (
        ("US$1.875 billion", "Lode Sample Wire"),
        ("US$1.7 billion", "Sample Metals Daily"),
    )


def test_values_within_rounding_are_no_conflict() -> None:
    """1.88 and 1.875 billion are one figure."""
    other = statement(
        "value",
        "1880000000",
        quote="$1.88 billion",
        unit="USD",
        document="doc_b",
        text="It pays $1.88 billion.",
    )
    told = purchase()
    both = replace(told, statements=(*told.statements, other))
    assert entries(compose(both))[0].conflicts == ()


def test_prices_carry_their_conversion_and_check_mark() -> None:
    """40 cents a pound is 881.85 dollars a tonne, and the check's verdict stands by it."""
    text = "The premium fell to 40 cents a pound, or nearly $900 a tonne."
    level = statement("level", "40", quote="40 cents a pound", unit="USc/lb", text=text)
    name = statement("benchmark", "premium", text=text)
    moved = statement("direction", "down", quote="fell", text=text)
    check = Check(
        document_id=DocumentId("doc_a"),
        kind=CheckKind.UNIT_EQUIVALENCE,
        verdict=Verdict.ROUNDING,
        spans=(Span(*level.evidence.span),),
        detail="40 USc/lb = 881.85 USD/t",
        evidence=(level.evidence,),
    )
    told = event(EventType.PRICE_CHANGE, name, moved, level, status=Status.REPORTED)
    brief = compose(told, checks={DocumentId("doc_a"): [check]})
    (entry,) = entries(brief)
    (number,) = entry.numbers
    assert number.conversion == "= US$881.85 a tonne"
    assert number.verdict is Verdict.ROUNDING
    assert entry.checks == ((Verdict.ROUNDING, "40 USc/lb = 881.85 USD/t"),)


def test_the_same_material_gives_the_same_brief() -> None:
    """Composing is pure."""
    assert compose(purchase(), purchase(id_="ev_2")) == compose(purchase(id_="ev_2"), purchase())


def test_what_was_read_with_little_confidence_is_held_back_and_counted() -> None:
    """Unsure events stay in the ledger; the brief tells the sure ones and says how many wait."""
    brief = compose(purchase(), replace(purchase(id_="ev_2"), confidence=0.4))
    assert [e.event_id for e in entries(brief)] == ["ev_1"]
    assert "held back as unsure: 1 events" in brief.notes


def test_what_only_the_models_found_must_be_surer_to_be_told() -> None:
    """The same confidence tells an event of the grammar's and holds back one of the models'."""
    told = purchase()
    learned = replace(
        told,
        id=EventId("ev_2"),
        statements=tuple(replace(s, method="linear/1") for s in told.statements),
    )
    pair = [replace(e, confidence=0.6) for e in (told, learned)]
    assert [e.event_id for e in entries(compose(*pair))] == ["ev_1"]


def test_an_event_by_itself_is_told_as_in_its_brief() -> None:
    """Same sentence, quotes, sources and importance."""
    told = purchase()
    (entry,) = entries(compose(told))
    alone = entry_of(told, Material(events=(told,), sources={DocumentId("doc_a"): link()}))
    assert alone == entry


def test_an_event_that_no_pattern_fits_has_the_label_of_its_type() -> None:
    """A brief leaves it out; by itself it is told without a value."""
    bare = event(EventType.ACQUISITION, statement("acquirer", "MMG"))
    assert entries(compose(bare)) == []
    alone = entry_of(bare, Material(events=(bare,), sources={DocumentId("doc_a"): link()}))
    assert [s.text for s in alone.sentences] == ["Acquisition"]
