"""The benchmark of the ontology that a quotation stands for."""

from __future__ import annotations

import pytest

from lodewire.extraction.frames.price_links import listed_as
from tests.extraction.conftest import events


@pytest.mark.parametrize(
    ("words", "commodity", "benchmark"),
    [
        ("LME", "zinc", "lme-zinc"),
        ("Three-month metal", "tin", "lme-tin-3m"),
        ("cash price on the London Metal Exchange", "lead", "lme-lead-cash"),
        ("most active contract in Shanghai", "nickel", "shfe-nickel"),
        ("May contract on the Dalian exchange", "iron-ore", "dce-iron-ore"),
        ("Silver in New York", "silver", "comex-silver"),
        ("weekly spot indicator", "uranium", "uranium-spot"),
        ("term price", "uranium", "uranium-term"),
        ("metal in Rotterdam", "antimony", "antimony-rotterdam"),
        ("62% fines", "iron-ore", "iron-ore-62"),
        ("Treatment charges on the spot market", "copper", "copper-tc"),
    ],
)
def test_exchange_place_or_grade_and_the_goods_name_a_listed_benchmark(
    words: str, commodity: str, benchmark: str
) -> None:
    found = listed_as(words, commodity)
    assert found is not None
    assert found.id == benchmark


@pytest.mark.parametrize(
    ("words", "commodity"),
    [
        ("average price", "copper"),
        ("Gallium prices in Europe", "gallium"),
        ("58% fines", "iron-ore"),
        ("London", "lithium"),
        ("export sponge in Japan", "titanium"),
        ("Three-month contract", "coal"),
        ("antimony trioxide in Rotterdam", "antimony"),
    ],
)
def test_what_the_ontology_does_not_list_stays_without_a_benchmark(
    words: str, commodity: str
) -> None:
    assert listed_as(words, commodity) is None


@pytest.mark.parametrize(
    ("text", "words", "benchmark"),
    [
        (
            "Argus assessed neodymium oxide at $92/kg fob China, against $71/kg in March.",
            "neodymium oxide",
            "nd-oxide",
        ),
        (
            "Manganese ore of 44 percent delivered to Tianjin was flat at $4.55 per dmtu.",
            "Manganese ore of 44 percent delivered to Tianjin",
            "manganese-ore-44",
        ),
        ("LME copper eased 0.3% to $9,810 a ton and zinc 0.6% to $2,919.", "LME", "lme-zinc"),
    ],
)
def test_a_price_carries_the_benchmark_that_its_words_stand_for(
    text: str, words: str, benchmark: str
) -> None:
    quoted = [a for a in events(text, "price_change")[-1].arguments if a.role == "benchmark"]
    assert [(a.text, a.entity) for a in quoted] == [(words, benchmark)]
