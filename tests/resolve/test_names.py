"""Whom a name meant on a day: renamings, names that passed on, names used after their end."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.name_periods import load_name_periods
from lodewire.resolve.entities import entities_of
from lodewire.resolve.names import (
    NameStanding,
    entity_on,
    mentions_on,
    name_on,
    tell_former,
    uses_of,
)


@pytest.mark.parametrize(
    ("name", "day", "entity", "standing"),
    [
        ("Lithium Americas", "2022-06-01", "lithium-argentina", "borne"),
        ("Lithium Americas Corp.", "2023-10-02", "lithium-argentina", "borne"),
        ("Lithium Americas Corp.", "2023-10-03", "lithium-americas", "borne"),
        ("Alcoa", "2015-01-01", "howmet", "borne"),
        ("Alcoa Corporation", "2020-01-01", "alcoa", "borne"),
        ("Arconic", "2019-01-01", "howmet", "borne"),
        ("Arconic Corporation", "2021-01-01", "arconic", "borne"),
        ("Ivanhoe Mines Ltd.", "2011-01-01", "turquoise-hill", "borne"),
        ("Ivanhoe Mines", "2024-01-01", "ivanhoe-mines", "borne"),
        ("Kazakhmys plc", "2013-01-01", "kaz-minerals", "borne"),
        ("Kazakhmys", "2020-01-01", "kazakhmys", "borne"),
        ("Orocobre", "2021-03-01", "allkem", "borne"),
        ("Orocobre Limited", "2024-05-01", "allkem", "former"),
        ("Barrick Gold", "2025-12-01", "barrick", "former"),
        ("Allkem", "2020-01-01", "allkem", "later"),
    ],
)
def test_a_name_means_its_bearer_of_that_day(name, day, entity, standing):
    """One that nobody bore that day means who bore it last before, or first after."""
    (use,) = uses_of(name, date.fromisoformat(day))
    assert use.entity == entity
    assert use.standing is NameStanding(standing)
    assert bool(use.tell()) == (standing != "borne")


def test_a_name_past_its_end_says_until_when():
    (use,) = uses_of("Orocobre", date(2024, 5, 1))
    assert use.tell() == "Orocobre: a former name of Allkem, until 2021-11"


def test_names_that_no_change_concerns_are_left_alone():
    assert uses_of("Codelco", date(2024, 1, 1)) == ()
    assert entity_on("Codelco", EntityId("codelco"), date(2024, 1, 1)) == "codelco"
    assert entity_on("Trek Metals", None, date(2024, 1, 1)) is None


def test_what_the_words_gave_stays_where_the_name_had_ended():
    """Texts go on saying Red 5; the ontology's own reading of them is not overruled."""
    assert entity_on("Red 5", EntityId("vault-minerals"), date(2025, 1, 1)) == "vault-minerals"
    assert entity_on("Turquoise Hill Resources", EntityId("ent_x"), date(2024, 1, 1)) == (
        "turquoise-hill"
    )


def test_an_entity_says_what_it_was_called():
    assert tell_former("allkem", date(2024, 1, 1)) == ("Orocobre (until 2021-11)",)
    assert tell_former("allkem", date(2020, 1, 1)) == ()
    assert tell_former("vedanta", date(2024, 1, 1)) == (
        "Sesa Sterlite (until 2015-04)",
        "Sesa Goa (until 2013-09)",
    )
    assert name_on("howmet", date(2018, 1, 1)) == "Arconic"
    assert name_on("howmet", date(2024, 1, 1)) == "Howmet Aerospace"
    assert name_on("codelco", date(2024, 1, 1)) == "Corporación Nacional del Cobre de Chile"


def named(text: str, entity: str, type_: MentionType = MentionType.ORGANISATION) -> Mention:
    return Mention(
        type=type_, span=Span(0, len(text)), text=text, name=text, entity=EntityId(entity)
    )


def test_mentions_of_a_text_are_read_as_of_its_day():
    told = [
        named("Lithium Americas", "lithium-americas"),
        named("Ganfeng", "ganfeng"),
        named("Alcoa", "alcoa", MentionType.SITE),
    ]
    then = mentions_on(told, date(2022, 3, 1))
    assert [m.entity for m in then] == ["lithium-argentina", "ganfeng", "alcoa"]
    assert then[0].text == "Lithium Americas"
    assert mentions_on(told, date(2024, 3, 1)) == tuple(told)
    assert mentions_on(told, None) == tuple(told)
    entity = next(e for e in entities_of(then) if e.id == "lithium-argentina")
    assert (entity.name, entity.aliases) == ("Lithium Argentina", ("Lithium Americas",))


@given(st.sampled_from(load_name_periods()), st.dates(date(1990, 1, 1), date(2035, 1, 1)))
def test_on_any_day_a_dated_name_means_exactly_one_organisation(period, day):
    (use,) = uses_of(period.name, day)
    if period.holds_on(day):
        assert use.entity == period.entity
    assert (use.standing is NameStanding.BORNE) == use.period.holds_on(day)
