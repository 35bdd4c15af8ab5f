"""Sentences are composed from statements, and refused when they say more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lodewire.errors import AlignmentError, PublishError, UnsupportedClaim
from lodewire.model.brief import Segment, Sentence
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.sentences import compose_sentence, load_wording, tell_event
from lodewire.publish.verify import verify_sentence
from tests.publish.made import NOW, event, purchase, statement


def test_a_purchase_is_told_with_all_that_is_stated() -> None:
    """Who, what, where, from whom, for how much."""
    assert compose_sentence(purchase()).text == (
        "MMG has agreed to buy Khoemacau in Botswana from Cuprous for US$1.875 billion."
    )


@pytest.mark.parametrize(
    ("status", "modality", "words"),
    [
        (Status.RUMOURED, Modality.ASSERTED, "is reported to be in talks to buy"),
        (Status.PROPOSED, Modality.ASSERTED, "plans to buy"),
        (Status.COMPLETED, Modality.ASSERTED, "has bought"),
        (Status.TERMINATED, Modality.ASSERTED, "will not go ahead with buying"),
        (Status.PROPOSED, Modality.HYPOTHETICAL, "could buy"),
        (Status.AGREED, Modality.DENIED, "is said not to be buying"),
    ],
)
def test_status_and_modality_show_in_the_words(
    status: Status, modality: Modality, words: str
) -> None:
    """A rumour never reads as a deal."""
    assert words in compose_sentence(purchase(status=status, modality=modality)).text


def test_an_outage_in_force_is_not_told_as_over() -> None:
    """In force and completed are told apart."""
    on = event(EventType.DISRUPTION, statement("site", "Khoemacau"), status=Status.IN_FORCE)
    over = event(EventType.DISRUPTION, statement("site", "Khoemacau"), status=Status.COMPLETED)
    assert compose_sentence(on).text == "An outage at Khoemacau is under way."
    assert compose_sentence(over).text == "An outage at Khoemacau is over."


def test_who_says_so_is_named() -> None:
    """An attribution closes the sentence."""
    told = purchase()
    said = replace(told, statements=(*told.statements, statement("attribution", "Cuprous")))
    without_seller = replace(
        said, statements=tuple(s for s in said.statements if s.property != "seller")
    )
    assert compose_sentence(without_seller).text.endswith(", according to Cuprous.")


def test_what_is_missing_is_left_out() -> None:
    """No value: no word about a price."""
    bare = event(
        EventType.ACQUISITION, statement("acquirer", "MMG"), statement("asset", "Khoemacau")
    )
    assert compose_sentence(bare).text == "MMG has agreed to buy Khoemacau."


def test_verbs_agree_with_the_number_of_names() -> None:
    """One party has agreed, two have."""
    one = event(EventType.EXPLORATION_AGREEMENT, statement("party", "JOGMEC", text="JOGMEC"))
    two = replace(
        one, statements=(*one.statements, statement("party", "Epangelo", text="Epangelo"))
    )
    assert compose_sentence(one).text == "JOGMEC has agreed to explore."
    assert compose_sentence(two).text == "JOGMEC and Epangelo have agreed to explore."
    buyers = event(
        EventType.ACQUISITION,
        *(statement("acquirer", name, text=name) for name in ("JOGMEC", "Epangelo")),
        statement("asset", "Khoemacau"),
    )
    assert compose_sentence(buyers).text == "JOGMEC and Epangelo have agreed to buy Khoemacau."


def test_a_government_stands_for_its_offices() -> None:
    """The country and its ministry impose one measure, not two."""
    told = event(
        EventType.EXPORT_RESTRICTION,
        statement("authority", "China", text="China", entity="CN"),
        statement(
            "authority", "Ministry of Commerce", text="Ministry of Commerce", entity="mofcom"
        ),
        statement("product", "gallium", text="gallium"),
        status=Status.IN_FORCE,
    )
    assert compose_sentence(told).text == "China restricts exports of gallium."


def test_a_duty_that_nobody_charges_on_nothing_is_not_told() -> None:
    """A bare rate is no news: some authority, some product or some origin must be stated."""
    rate = statement("rate", "25", unit="%", text="25")
    with pytest.raises(PublishError):
        compose_sentence(event(EventType.TARIFF, rate, status=Status.IN_FORCE))
    on_goods = event(
        EventType.TARIFF, rate, statement("product", "steel", text="steel"), status=Status.IN_FORCE
    )
    assert compose_sentence(on_goods).text == "A tariff of 25 % on steel is charged."


def test_an_event_without_enough_roles_is_refused() -> None:
    """Better no sentence than half a one; a listing falls back to the type's label."""
    bare = event(EventType.ACQUISITION, statement("country", "Botswana"))
    with pytest.raises(PublishError):
        compose_sentence(bare)
    assert tell_event(bare) == "Acquisition"


def test_a_composed_sentence_is_proved() -> None:
    """The proof accepts what the composer made."""
    told = purchase()
    verify_sentence(compose_sentence(told), {s.id: s for s in told.statements})


@pytest.mark.parametrize(
    "segments",
    [
        (Segment(text="MMG pays 3 billion."),),
        (Segment(text="The buyer is Glencore."),),
        (Segment(text="Then came "), Segment(text="Zijin")),
    ],
)
def test_names_and_numbers_without_statements_are_refused(segments: tuple[Segment, ...]) -> None:
    """A number or a name that no statement backs never goes out."""
    with pytest.raises(UnsupportedClaim):
        verify_sentence(Sentence(segments=segments), {})


def test_words_that_differ_from_the_statement_are_refused() -> None:
    """A segment may only say what its statement says."""
    said = statement("value", "1875000000", quote="$1.875 billion", unit="USD")
    wrong = Sentence(segments=(Segment(text="US$1.9 billion", statements=(said.id,)),))
    with pytest.raises(UnsupportedClaim):
        verify_sentence(wrong, {said.id: said})


def test_retracted_statements_are_refused() -> None:
    """What was taken back is not told."""
    said = replace(statement("acquirer", "MMG"), retracted_at=NOW)
    with pytest.raises(UnsupportedClaim, match="retracted"):
        verify_sentence(
            Sentence(segments=(Segment(text="MMG", statements=(said.id,)),)), {said.id: said}
        )


def test_a_quote_that_moved_is_refused() -> None:
    """Evidence is compared with the document, character by character."""
    with pytest.raises(AlignmentError):
        statement("acquirer", "MMG").evidence.verify("Something else stands here.")


def test_every_type_has_patterns_that_use_only_its_own_roles() -> None:
    """The pattern file knows all seventeen types and no role that they lack."""
    import re

    wording = load_wording()
    assert set(wording.patterns) == {t.value for t in EventType}
    for type_, definition in load_event_types().items():
        roles = {r.name for r in definition.roles}
        for patterns in wording.patterns[type_.value].values():
            for pattern in patterns:
                for names, table in re.findall(r"\{([a-z_|]+)(?:@([a-z]+))?\}", pattern):
                    assert set(names.split("|")) <= roles, pattern
                    assert not table or table in wording.words, pattern


def test_connecting_words_of_all_patterns_hold_no_name_and_no_number() -> None:
    """The proof would refuse them; so the file must not hold them."""
    import re

    for patterns in load_wording().patterns.values():
        for told in patterns.values():
            for pattern in told:
                bare = re.sub(r"\{[^}]*\}|[\[\]]", "", pattern)
                assert not re.search(r"\d|(?<!^)\b[A-Z]", bare), pattern


@pytest.mark.parametrize(
    ("change", "told"), [("-0.05", False), ("almost halved", False), ("1.9", True)]
)
def test_beside_a_direction_only_a_plain_amount_is_printed(change: str, told: bool) -> None:
    """Neither "fell by -0.05" nor "fell by almost halved": the words stay in the ledger."""
    told_of = {"commodity": "copper", "direction": "down", "change": change}
    moved = event(EventType.PRICE_CHANGE, *(statement(k, v, text=v) for k, v in told_of.items()))
    text = compose_sentence(moved).text
    assert "fell" in text
    assert ("by" in text) is told
