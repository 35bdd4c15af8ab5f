"""The benchmark of the ontology that a quotation stands for."""

from __future__ import annotations

import pytest

from lodewire.extraction.frames.price_links import listed_as


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
    ],
)
def test_what_the_ontology_does_not_list_stays_without_a_benchmark(
    words: str, commodity: str
) -> None:
    assert listed_as(words, commodity) is None
