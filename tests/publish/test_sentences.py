"""Sentences are composed from statements, and refused when they say more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lodewire.errors import AlignmentError, PublishError, UnsupportedClaim
from lodewire.model.brief import Segment, Sentence
from lodewire.model.statement import Statement
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


def _told(type_: EventType, *statements: Statement, **more: Any) -> str:
    return compose_sentence(event(type_, *statements, **more)).text


def _said(property_: str, value: str, **more: Any) -> Statement:
    return statement(property_, value, text=value, **more)


def test_a_material_is_named_once_and_as_inside_a_sentence() -> None:
    """No "LME copper (copper)", no "WTI (Oil)", no shouting of a headline."""
    fell = (_said("direction", "down"), _said("change", "1.2", unit="%"))
    copper = _said("commodity", "Copper", entity="copper")
    told = _told(EventType.PRICE_CHANGE, _said("benchmark", "LME copper"), copper, *fell)
    assert told == "LME copper fell by 1.2 %."
    oil = _said("commodity", "Oil", entity="crude-oil")
    assert _told(EventType.PRICE_CHANGE, _said("benchmark", "WTI crude"), oil, *fell) == (
        "WTI crude fell by 1.2 %."
    )
    contract = _said("benchmark", "May contract")
    assert _told(EventType.PRICE_CHANGE, contract, copper, *fell) == (
        "May contract (copper) fell by 1.2 %."
    )
    loud = _said("commodity", "COBALT", entity="cobalt")
    assert _told(EventType.PRICE_CHANGE, contract, loud, *fell) == (
        "May contract (cobalt) fell by 1.2 %."
    )
    formula = _said("commodity", "U3O8", entity="uranium")
    assert "U3O8" in _told(EventType.PRICE_CHANGE, contract, formula, *fell)


def test_a_price_without_a_unit_and_a_change_that_is_the_level_are_not_told() -> None:
    """35,270 of what? And a level is no step."""
    tin, up = _said("commodity", "tin", entity="tin"), _said("direction", "up")
    assert _told(EventType.PRICE_CHANGE, tin, up, _said("level", "35270")) == "Tin rose."
    level = _said("level", "1437", unit="USD/t")
    change = _said("change", "1437", unit="USD/t")
    assert _told(EventType.PRICE_CHANGE, tin, up, level, change) == "Tin rose to US$1,437 a tonne."


def test_a_share_of_all_output_is_no_amount_of_it() -> None:
    """Who makes 83 % of the world's does not report an output of 83 %."""
    who = _said("operator", "China", entity="CN")
    share = _said("volume", "83", unit="%")
    of = _said("commodity", "germanium", entity="germanium")
    assert _told(EventType.PRODUCTION_REPORT, who, share, of) == (
        "China accounts for 83 % of the output of germanium."
    )
    words = _said("volume", "about 90% of the world's rare earths")
    assert _told(EventType.PRODUCTION_REPORT, who, words) == (
        "China accounts for about 90% of the world's rare earths."
    )


@pytest.mark.parametrize("nobody", ["source", "The group", "a company"])
def test_nobody_is_no_speaker(nobody: str) -> None:
    """A bare "source" or a place of listing says nothing."""
    told = purchase()
    said = (_said("attribution", nobody), _said("attribution", "Hong Kong", entity="HK"))
    assert (
        "according"
        not in compose_sentence(replace(told, statements=(*told.statements, *said))).text
    )


def test_who_is_supplied_is_supplied_with_something() -> None:
    """ "To supply Woodside with LNG", whatever of volume and material is stated."""
    sides = (_said("supplier", "Alpha"), _said("buyer", "Beta"))
    goods = _said("commodity", "LNG", entity="natural-gas")
    much = _said("volume", "600000", unit="t/yr")
    assert _told(EventType.SUPPLY_AGREEMENT, *sides, goods) == "Alpha is to supply Beta with LNG."
    assert _told(EventType.SUPPLY_AGREEMENT, *sides, goods, much) == (
        "Alpha is to supply Beta with 600,000 t a year of LNG."
    )
    assert _told(EventType.SUPPLY_AGREEMENT, *sides, much) == (
        "Alpha is to supply Beta with 600,000 t a year."
    )


def test_a_forecast_says_who_puts_what_where() -> None:
    """A subject that holds for one thing or many; a "forecast" is not forecast."""
    level = _said("level", "9500", unit="USD/t")
    analysts = _said("forecaster", "Analysts")
    supply = _said("variable", "Output of copper")
    assert _told(EventType.FORECAST, analysts, supply, level) == (
        "Analysts put output of copper at US$9,500 a tonne."
    )
    copper = _said("commodity", "copper", entity="copper")
    bare = _said("variable", "forecast")
    assert _told(EventType.FORECAST, _said("forecaster", "Citi"), bare, copper, level) == (
        "Citi puts copper at US$9,500 a tonne."
    )


def test_one_thing_in_three_wordings_is_told_once() -> None:
    """Whether cars are imported or foreign: a duty on them is one on cars."""
    words = ("imported cars", "foreign cars", "trucks")
    duty = event(
        EventType.TARIFF,
        statement("authority", "Norway", entity="NO", text="Norway"),
        *(statement("product", w, text=w) for w in words),
    )
    assert tell_event(duty) == "Norway is to charge a tariff on imported cars and trucks."
