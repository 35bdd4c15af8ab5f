"""Material-and-use rules: what holds for which product, with source and exceptions."""

from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.ontology.uses import (
    Relation,
    load_use_products,
    load_uses,
    read_use_products,
    read_uses,
    rules_for,
)
from tests.ontology.broken import append_line, copy_data, replace_once


def first(product: str, commodity: str) -> Relation | None:
    rules = rules_for(product, commodity)
    return rules[0].relation if rules else None


def test_at_least_forty_rules_each_with_a_source() -> None:
    assert len(load_uses()) >= 40
    assert all(rule.sources for rule in load_uses())


def test_each_never_rule_that_people_confuse_has_words_that_lift_it() -> None:
    for rule in load_uses():
        if rule.relation is Relation.NEVER and rule.product in ("ev-battery", "li-ion-battery"):
            assert rule.exceptions, rule.id


@pytest.mark.parametrize(
    ("product", "commodity", "relation"),
    [
        ("li-ion-battery", "rare-earths", Relation.NEVER),
        ("ev-battery", "rare-earths", Relation.NEVER),
        ("ev-battery", "dysprosium", Relation.NEVER),
        ("lfp-battery", "neodymium", Relation.NEVER),
        ("nimh-battery", "lanthanum", Relation.MAY),
        ("nimh-battery", "cerium", Relation.MAY),
        ("battery", "rare-earths", Relation.MAY),
        ("lfp-battery", "nickel", Relation.NEVER),
        ("lfp-battery", "cobalt", Relation.NEVER),
        ("lfp-battery", "lithium", Relation.MUST),
        ("nmc-battery", "cobalt", Relation.MUST),
        ("pm-motor", "rare-earths", Relation.MAY),
        ("induction-motor", "rare-earths", Relation.NEVER),
        ("eesm-motor", "neodymium", Relation.NEVER),
        ("ndfeb-magnet", "neodymium", Relation.MUST),
        ("smco-magnet", "samarium", Relation.MUST),
        ("smco-magnet", "cobalt", Relation.MUST),
        ("gan-device", "gallium", Relation.MUST),
        ("flame-retardant", "antimony", Relation.MAY),
        ("fibre-optics", "germanium", Relation.MAY),
        ("cemented-carbide", "tungsten", Relation.MUST),
        ("battery-anode", "graphite", Relation.MAY),
        ("mri", "helium", Relation.MAY),
        ("fuel-cladding", "hafnium", Relation.NEVER),
        ("solder", "lithium", None),
    ],
)
def test_the_most_particular_rule_comes_first(
    product: str, commodity: str, relation: Relation | None
) -> None:
    assert first(product, commodity) == relation


def test_nickel_metal_hydride_lifts_the_rule_on_rare_earths_in_batteries() -> None:
    rule = rules_for("ev-battery", "rare-earths")[0]
    assert "NiMH" in rule.exceptions
    assert "motors" in rule.exceptions


def test_products_have_words_and_known_parents() -> None:
    products = load_use_products()
    assert all(p.aliases for p in products.values())
    assert products["ev-battery"].parent == "li-ion-battery"
    assert "electric car batteries" in {a.text for a in products["ev-battery"].aliases}


def test_unknown_products_and_commodities_are_refused() -> None:
    with pytest.raises(OntologyError, match="flux-capacitor"):
        rules_for("flux-capacitor", "tantalum")
    with pytest.raises(OntologyError, match="unobtainium"):
        rules_for("battery", "unobtainium")


def folder(tmp_path: Path) -> Path:
    return copy_data(tmp_path, "uses*", "use_products.csv", "commodities*")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\nli-ion-lithium,", "\nLi,", "kebab-case"),
        ("\nli-ion-lithium,", "\nli-ion-rare-earths,", "twice"),
        ("li-ion-battery,must,lithium", "warp-core,must,lithium", "warp-core"),
        ("li-ion-battery,must,lithium", "li-ion-battery,needs,lithium", "needs"),
        ("li-ion-battery,must,lithium", "li-ion-battery,must,dilithium", "dilithium"),
        (",usitc-neon", ",rumour", "rumour"),
    ],
)
def test_an_inconsistent_rule_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    replace_once(folder(tmp_path) / "uses.csv", old, new)
    with pytest.raises(OntologyError, match=says) as caught:
        read_uses(tmp_path)
    assert caught.value.message.startswith("uses.csv:")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("solder,solder again,second solder,", "once"),
        ("tin-solder,tin solder,solders,", "stands for"),
        ("paste,paste,solder pastes,glue", "not in the table"),
        ("loop,loop,loops,loop", "its own ancestor"),
    ],
)
def test_an_inconsistent_product_is_refused(tmp_path: Path, line: str, says: str) -> None:
    number = append_line(folder(tmp_path) / "use_products.csv", line)
    with pytest.raises(OntologyError, match=says) as caught:
        read_use_products(tmp_path)
    assert caught.value.message.startswith(f"use_products.csv:{number}")
