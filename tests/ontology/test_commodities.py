"""Commodities: what the table holds, and what the loader refuses."""

from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import Desk
from lodewire.ontology.commodities import (
    CommodityKind,
    CriticalList,
    Stage,
    ancestors_of,
    load_commodities,
    members_of,
    read_commodities,
)
from tests.ontology.broken import append_line, copy_data, replace_once

LANTHANIDES = (
    "lanthanum cerium praseodymium neodymium promethium samarium europium gadolinium terbium "
    "dysprosium holmium erbium thulium ytterbium lutetium"
).split()
US2022 = (
    "aluminium antimony arsenic barite beryllium bismuth cerium caesium chromium cobalt dysprosium "
    "erbium europium fluorspar gadolinium gallium germanium graphite hafnium holmium indium "
    "iridium lanthanum lithium lutetium magnesium manganese neodymium nickel niobium palladium "
    "platinum praseodymium rhodium rubidium ruthenium samarium scandium tantalum tellurium terbium "
    "thulium tin titanium tungsten vanadium ytterbium yttrium zinc zirconium"
).split()
US2025_NEW = (
    "boron copper lead coking-coal phosphate-rock potash rhenium silicon-metal silver uranium"
).split()
EU_STRATEGIC = (
    "bauxite alumina aluminium bismuth boron cobalt copper gallium germanium lithium magnesium "
    "manganese graphite nickel platinum palladium rhodium iridium ruthenium neodymium praseodymium "
    "terbium dysprosium gadolinium samarium cerium silicon-metal titanium tungsten"
).split()
EU_CRITICAL_ONLY = (
    "antimony arsenic barite beryllium coking-coal feldspar fluorspar hafnium helium niobium "
    "phosphate-rock phosphorus scandium strontium tantalum vanadium lanthanum yttrium europium "
    "holmium erbium thulium ytterbium lutetium"
).split()


def listed(which: CriticalList) -> set[str]:
    return {
        c.id
        for c in load_commodities().values()
        if which in c.lists and c.kind is not CommodityKind.GROUP
    }


def test_at_least_ninety_commodities_of_every_kind_are_there() -> None:
    assert len(load_commodities()) >= 90
    assert {c.kind for c in load_commodities().values()} == set(CommodityKind)


def test_the_us_list_of_2022_has_its_fifty_minerals() -> None:
    assert len(US2022) == 50
    assert listed(CriticalList.US2022) == set(US2022)


def test_the_us_list_of_2025_adds_ten_and_drops_none() -> None:
    assert listed(CriticalList.US2025) == set(US2022) | set(US2025_NEW)
    assert len(listed(CriticalList.US2025)) == 60


def test_the_eu_lists_hold_what_the_regulation_names() -> None:
    assert listed(CriticalList.EU2023_STRATEGIC) == set(EU_STRATEGIC)
    assert listed(CriticalList.EU2023_CRITICAL) == set(EU_STRATEGIC) | set(EU_CRITICAL_ONLY)


def test_the_japanese_list_holds_rare_metals_graphite_fluorine_and_uranium() -> None:
    japan = listed(CriticalList.JAPAN)
    for (
        name
    ) in "lithium thallium molybdenum selenium graphite fluorspar phosphorus uranium".split():
        assert name in japan
    assert "copper" not in japan


def test_every_rare_earth_is_a_member_of_rare_earths() -> None:
    members = members_of("rare-earths")
    assert set(LANTHANIDES) | {"yttrium", "scandium"} <= set(members)
    assert "rare-earths" in ancestors_of("dysprosium")
    assert "heavy-rare-earths" in ancestors_of("dysprosium")
    assert "neodymium" not in members_of("heavy-rare-earths")


def test_a_group_that_carries_a_list_has_members_on_that_list() -> None:
    commodities = load_commodities()
    for commodity in commodities.values():
        if commodity.kind is CommodityKind.GROUP:
            for which in commodity.lists:
                assert any(which in commodities[m].lists for m in members_of(commodity.id))


def test_symbols_of_elements_are_unique() -> None:
    symbols = [
        c.symbol
        for c in load_commodities().values()
        if c.kind is CommodityKind.ELEMENT and c.symbol
    ]
    assert len(symbols) == len(set(symbols))
    assert load_commodities()["tungsten"].symbol == "W"


def test_spellings_of_both_sides_of_the_atlantic_are_there() -> None:
    texts = {a.text: c.id for c in load_commodities().values() for a in c.surfaces}
    for text, owner in {
        "aluminum": "aluminium",
        "aluminium": "aluminium",
        "wolfram": "tungsten",
        "columbium": "niobium",
        "sulfur": "sulphur",
        "cesium": "caesium",
        "cobalt sulphate": "cobalt",
        "cobalt sulfate": "cobalt",
        "yellowcake": "uranium",
        "NdFeB magnets": "ndfeb-magnets",
    }.items():
        assert texts[text] == owner


@pytest.mark.parametrize("name", ["lead", "tin", "iron", "salt", "mercury"])
def test_ordinary_words_are_marked_as_ambiguous(name: str) -> None:
    first = load_commodities()[name].surfaces[0]
    assert first.text == name
    assert first.ambiguous


def test_unambiguous_names_are_not_marked() -> None:
    assert not load_commodities()["copper"].surfaces[0].ambiguous


def test_codes_and_desks_are_typed() -> None:
    cobalt = load_commodities()["cobalt"]
    assert (Stage.MINING, "260500") in cobalt.hs_codes
    assert Desk.EVS_BATTERIES in cobalt.desks
    assert {f.text: f.id for f in cobalt.forms}["cobalt hydroxide"] == "hydroxide"


def folder(tmp_path: Path) -> Path:
    return copy_data(tmp_path, "commodities*")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\ncobalt,cobalt,", "\nCobalt!,cobalt,", "kebab-case"),
        ("\nzinc,zinc,Zn", "\ncopper,zinc,Zn", "twice"),
        (",element,mining|smelting|refining|recycling,mining=260300", ",metal,mining,", "kind"),
        ("mining=260300", "mining=2603", "six digits"),
        ("mining=260300", "digging=260300", "hs6"),
        (
            "US2025|EU2023c|EU2023s,mining-metals,usgs-mcs",
            "US1999,mining-metals,usgs-mcs",
            "US1999",
        ),
        ("usgs-mcs|hs2022|usgs-list-2025", "hearsay", "hearsay"),
        ("copper cathode=cathode", "copper cathode", "words=form-id"),
        ("\nzinc,zinc,Zn,,", "\nzinc,zinc,Zn,wolfram,", "'wolfram' stands for"),
        ("base-metals,element", "no-metals,element", "not in the table"),
    ],
)
def test_an_inconsistent_row_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    replace_once(folder(tmp_path) / "commodities.csv", old, new)
    with pytest.raises(OntologyError, match=says) as caught:
        read_commodities(tmp_path)
    assert caught.value.message.startswith("commodities.csv:")


def test_a_circle_of_parents_is_refused(tmp_path: Path) -> None:
    table = folder(tmp_path) / "commodities.csv"
    append_line(table, "one,one x,,,,two,group,,,,,usgs-mcs")
    line = append_line(table, "two,two x,,,,one,group,,,,,usgs-mcs")
    with pytest.raises(OntologyError, match="its own ancestor") as caught:
        read_commodities(tmp_path)
    assert caught.value.message.startswith(f"commodities.csv:{line - 1}")


def test_unknown_ids_are_refused() -> None:
    with pytest.raises(OntologyError, match="unobtainium"):
        ancestors_of("unobtainium")
    with pytest.raises(OntologyError, match="unobtainium"):
        members_of("unobtainium")
