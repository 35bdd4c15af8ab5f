"""Countries, blocs and regions: what the tables hold, and what the loaders refuse."""

from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.ontology.countries import (
    CountryKind,
    country_of_iso3,
    load_countries,
    load_regions,
    read_countries,
    read_regions,
)
from tests.ontology.broken import copy_data, replace_once


def readings() -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for country in load_countries().values():
        for alias in (*country.names, *country.demonyms, *country.government):
            found[alias.text] = (country.id, alias.ambiguous)
    return found


def test_all_249_codes_of_iso_3166_and_kosovo_are_there() -> None:
    coded = [c for c in load_countries().values() if c.kind is not CountryKind.BLOC]
    assert len(coded) == 250
    assert len(country_of_iso3()) == 250
    assert country_of_iso3()["COD"] == "CD"
    assert {"TW", "XK", "HK", "GL", "NC", "PS"} <= set(load_countries())


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("DRC", "CD"),
        ("Democratic Republic of Congo", "CD"),
        ("U.K.", "GB"),
        ("Britain", "GB"),
        ("US", "US"),
        ("U.S.", "US"),
        ("South Korea", "KR"),
        ("UAE", "AE"),
        ("Turkey", "TR"),
        ("Burma", "MM"),
        ("Namibian", "NA"),
        ("Dutch", "NL"),
        ("Burkinabe", "BF"),
        ("Beijing", "CN"),
        ("Windhoek", "NA"),
        ("Tokyo", "JP"),
        ("Brussels", "EU"),
        ("European Union", "EU"),
        ("G7", "G7"),
    ],
)
def test_a_plain_surface_stands_for_its_country(text: str, country: str) -> None:
    assert readings()[text] == (country, False)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Congo", "CD"),
        ("America", "US"),
        ("Georgia", "GE"),
        ("Jordan", "JO"),
        ("Chad", "TD"),
        ("Niger", "NE"),
        ("Guinea", "GN"),
        ("Washington", "US"),
        ("London", "GB"),
        ("Congolese", "CD"),
    ],
)
def test_a_surface_that_means_other_things_too_is_marked(text: str, country: str) -> None:
    assert readings()[text] == (country, True)


def test_the_european_union_has_27_members_and_they_are_countries() -> None:
    union = load_countries()["EU"]
    assert len(union.members) == 27
    assert all(load_countries()[m].kind is CountryKind.STATE for m in union.members)


def test_states_have_a_name_for_their_people() -> None:
    without = [
        c.id for c in load_countries().values() if c.kind is CountryKind.STATE and not c.demonyms
    ]
    assert without == ["CG", "DM", "VA"]  # Congolese and Dominican mean their neighbours first


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Western Australia", "AU"),
        ("Ontario", "CA"),
        ("Québec", "CA"),
        ("Alaska", "US"),
        ("Katanga", "CD"),
        ("Inner Mongolia", "CN"),
        ("Central Sulawesi", "ID"),
        ("Antofagasta", "CL"),
        ("Erongo", "NA"),
        ("Minas Gerais", "BR"),
    ],
)
def test_a_region_stands_for_its_country(text: str, country: str) -> None:
    assert [r.country for r in load_regions() if text in {a.text for a in r.names}] == [country]


def folder(tmp_path: Path) -> Path:
    return copy_data(tmp_path, "countries*", "regions.csv")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\nZM,ZMB,", "\nZMB,ZMB,", "alpha-2"),
        ("\nZM,ZMB,", "\nZM,ZM,", "alpha-3"),
        ("\nZM,ZMB,", "\nZW,ZMB,", "twice"),
        ("Zambian,Lusaka,Lusaka,state", "Zambian,Lusaka,Lusaka,kingdom", "kind"),
        ("Zambian,Lusaka,Lusaka,state", "Zambian,Lusaka,Harare,state", "'Harare' stands for"),
        ("AT|BE|BG", "AT|BE|XX", "member 'XX'"),
        ("Lusaka,state,,iso-3166|un-m49", "Lusaka,state,,atlas", "atlas"),
        ("Lusaka,state,,iso", "Lusaka,state,ZW,iso", "only a bloc"),
    ],
)
def test_an_inconsistent_country_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    replace_once(folder(tmp_path) / "countries.csv", old, new)
    with pytest.raises(OntologyError, match=says) as caught:
        read_countries(tmp_path)
    assert caught.value.message.startswith("countries.csv:")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Ontario,,CA,province", "Ontario,,CX9,province", "CX9"),
        ("Ontario,,CA,province", "Ontario,,CA,canton", "canton"),
        ("Ontario,,CA,province", ",,CA,province", "no name"),
        ("Ontario,,CA,province", "Ontario,Alberta,CA,province", "'Alberta' stands for"),
    ],
)
def test_an_inconsistent_region_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    replace_once(folder(tmp_path) / "regions.csv", old, new)
    with pytest.raises(OntologyError, match=says) as caught:
        read_regions(tmp_path)
    assert caught.value.message.startswith("regions.csv:")
