"""One thing under several names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType, Opinion
from lodewire.resolve.entities import canonical_id, entities_of, normalise_name, same_name

ORGANISATION, SITE = MentionType.ORGANISATION, MentionType.SITE


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Namibia Critical Metals Inc.", "namibia critical metals"),
        ("First Cobalt Corp", "first cobalt"),
        ("Zhejiang Huayou Cobalt Co., Ltd.", "zhejiang huayou cobalt"),
        ("Société Générale S.A.", "societe generale"),
        ("The Mosaic Company", "mosaic"),
        ("PT Vale Indonesia Tbk", "vale indonesia"),
        ("Tianjin B&M Science", "tianjin b and m science"),
        ("Norsk Hydro ASA", "norsk hydro"),
        ("U.S. Steel", "us steel"),
        ("Trek’s", "treks"),
        ("Co", "co"),
        ("中国五矿", "中国五矿"),
    ],
)
def test_legal_forms_accents_and_dots_do_not_count(written: str, plain: str) -> None:
    assert normalise_name(written, ORGANISATION) == plain


def test_a_site_loses_what_it_is() -> None:
    assert normalise_name("Khoemacau copper mine", SITE) == "khoemacau copper"
    assert normalise_name("Lofdal Project", SITE) == "lofdal"
    assert normalise_name("Mine", SITE) == "mine"


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(name: str) -> None:
    once = normalise_name(name)
    assert normalise_name(once) == once


@pytest.mark.parametrize(
    ("left", "right", "opinion"),
    [
        ("MMG Ltd", "MMG Limited", Opinion.SAME),
        ("Tsingshan Holding Group", "Tsingshan", Opinion.SAME),
        ("First Quantum", "First Quantum Minerals", Opinion.UNSURE),
        ("JOGM", "Japan Oil Gas Metals", Opinion.UNSURE),
        ("China Minmetals", "China Molybdenum", Opinion.DIFFERENT),
        ("China", "China Molybdenum", Opinion.DIFFERENT),
        ("", "MMG", Opinion.DIFFERENT),
    ],
)
def test_two_names_are_judged_with_reasons(left: str, right: str, opinion: Opinion) -> None:
    assert same_name(left, right).opinion is opinion
    assert same_name(right, left).opinion is opinion


def mention(name: str, entity: str, *, known: bool = False, text: str = "") -> Mention:
    return Mention(
        type=ORGANISATION,
        span=Span(0, 1),
        text=text or name,
        name=name,
        entity=EntityId(entity),
        known=known,
        country="JP" if known else None,
    )


def test_unknown_names_unify_over_spellings_and_documents() -> None:
    a = canonical_id(ORGANISATION, "Trek Metals Ltd", EntityId("ent_aaa"))
    b = canonical_id(ORGANISATION, "TREK METALS", EntityId("ent_bbb"))
    assert a == b != canonical_id(SITE, "Trek Metals")


def test_an_entity_of_the_ontology_keeps_its_id_and_name() -> None:
    (found,) = entities_of(
        [mention("Japan Organization for Metals", "jogmec", known=True, text="Jogmec")]
    )
    assert (found.id, found.name, found.country) == (
        "jogmec",
        "Japan Organization for Metals",
        "JP",
    )
    assert found.aliases == ("Jogmec",)


def test_order_of_mentions_plays_no_part() -> None:
    names = [mention("Trek Metals Ltd", "ent_1"), mention("Trek Metals", "ent_2")]
    assert entities_of(names) == entities_of(names[::-1])
    (found,) = entities_of(names)
    assert (found.name, found.aliases, found.known) == ("Trek Metals Ltd", ("Trek Metals",), False)
