"""The table of sites: what it holds, what it refuses."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import OntologyError
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import CountryKind, load_countries
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.sites import (
    COLUMNS,
    SOURCES,
    TABLES,
    SiteKind,
    load_sites,
    read_sites,
)
from lodewire.ontology.tables import data_folder, load_sources, table_names

ROW = {
    "id": "lofdal",
    "name": "Lofdal",
    "aliases": "",
    "kind": "project",
    "country": "NA",
    "region": "Kunene",
    "commodities": "dysprosium|terbium",
    "operator": "namibia-critical-metals",
    "source": "wikidata",
}


def write_tables(folder: Path, *rows: dict[str, str], table: str = "sites.csv") -> Path:
    """Write a table of ``rows`` and its sources into ``folder``."""
    (folder / SOURCES).write_text(
        '[wikidata]\ndescription = "Wikidata"\nurl = "https://www.wikidata.org/"\n'
        'licence = "CC0-1.0"\n',
        encoding="utf-8",
    )
    with (folder / table).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_the_table_is_broad():
    """Two thousand sites, every kind of them, in more than a hundred countries."""
    sites = load_sites().values()
    assert len(sites) >= 2000
    assert {site.kind for site in sites} == set(SiteKind)
    assert len({site.country for site in sites if site.country}) >= 100
    kinds = Counter(site.kind for site in sites)
    assert kinds[SiteKind.MINE] >= 500
    assert kinds[SiteKind.SMELTER] >= 100


def test_every_inhabited_continent_is_there():
    countries = {site.country for site in load_sites().values()}
    assert {"CL", "US", "CA", "ZA", "CD", "CN", "IN", "AU", "DE", "RU", "SA", "NC"} <= countries


@pytest.mark.parametrize(
    ("id_", "kind", "country", "commodities"),
    [
        ("lofdal", "project", "NA", {"rare-earths", "dysprosium", "terbium", "yttrium"}),
        ("khoemacau-mine", "mine", "BW", {"copper", "silver"}),
        ("escondida", "mine", "CL", {"copper"}),
        ("jimblebar", "mine", "AU", {"iron-ore"}),
        ("jimblebar-nickel", "project", "AU", {"nickel", "copper"}),
        ("pebble", "project", "US", {"copper", "gold"}),
        ("cobre-panama", "mine", "PA", {"copper"}),
        ("sentinel", "mine", "ZM", {"copper"}),
        ("kamoto", "mine", "CD", {"copper", "cobalt"}),
        ("tenke-fungurume", "mine", "CD", {"copper", "cobalt"}),
        ("weda-bay", "mine", "ID", {"nickel"}),
        ("madero-smelter", "smelter", "MX", {"antimony"}),
        ("lista", "smelter", "NO", {"aluminium"}),
        ("kitumba", "mine", "ZM", {"copper"}),
        ("tsumeb", "smelter", "NA", {"copper", "germanium"}),
        ("kasisi", "mine", "ZM", {"copper", "gold"}),
        ("jianxiawo", "mine", "CN", {"lithium"}),
        ("greenbushes", "mine", "AU", {"lithium"}),
        ("grasberg", "mine", "ID", {"copper", "gold"}),
        ("oyu-tolgoi", "mine", "MN", {"copper", "gold"}),
        ("simandou", "mine", "GN", {"iron-ore"}),
        ("kamoa-kakula", "mine", "CD", {"copper"}),
        ("norilsk", "smelter", "RU", {"nickel", "palladium"}),
        ("mountain-pass", "mine", "US", {"rare-earths", "neodymium"}),
        ("bayan-obo", "mine", "CN", {"rare-earths"}),
        ("mount-weld", "mine", "AU", {"rare-earths"}),
        ("browns-range", "project", "AU", {"dysprosium"}),
        ("kvanefjeld", "project", "GL", {"rare-earths", "uranium"}),
        ("serra-verde-mine", "mine", "BR", {"rare-earths"}),
        ("songwe-hill", "project", "MW", {"rare-earths"}),
        ("ngualla", "project", "TZ", {"rare-earths"}),
        ("longonjo", "project", "AO", {"rare-earths"}),
        ("ghawar", "oil_field", "SA", {"crude-oil"}),
        ("ras-laffan", "lng_plant", "QA", {"lng"}),
        ("tsmc-arizona", "chip_fab", "US", {"semiconductors"}),
        ("zaporizhzhia-nuclear-power-plant", "nuclear_plant", "UA", {"electricity"}),
    ],
)
def test_well_known_sites_are_told_right(id_, kind, country, commodities):
    site = load_sites()[id_]
    assert site.kind == kind
    assert site.country == country
    assert commodities <= set(site.commodities)


@pytest.mark.parametrize(
    ("id_", "operator"),
    [
        ("lofdal", "namibia-critical-metals"),
        ("khoemacau-mine", "mmg"),
        ("escondida", "bhp"),
        ("tenke-fungurume", "cmoc"),
        ("mutanda", "glencore"),
        ("cobre-panama", "first-quantum"),
        ("jianxiawo", "catl"),
    ],
)
def test_well_known_operators_are_told_right(id_, operator):
    assert load_sites()[id_].operator == operator


def test_spellings_of_the_press_are_known():
    """Each of these stands for its site without help from the context."""
    plain = {
        surface.text: site.id
        for site in load_sites().values()
        for surface in site.surfaces
        if not surface.ambiguous
    }
    assert plain["Cobre Panamá"] == "cobre-panama"
    assert plain["Khoemacau Copper"] == "khoemacau-mine"
    assert plain["Mt Weld"] == "mount-weld"
    assert plain["Penasquito"] == "penasquito"


@pytest.mark.parametrize("name", ["Sentinel", "Eagle", "Pebble", "Lista", "Century", "Boron"])
def test_names_that_are_ordinary_words_are_marked(name):
    marks = [
        surface.ambiguous
        for site in load_sites().values()
        for surface in site.surfaces
        if surface.text == name
    ]
    assert marks
    assert all(marks)


def test_a_shared_spelling_is_ambiguous_at_each_of_its_sites():
    holders: dict[str, list[bool]] = {}
    for site in load_sites().values():
        for surface in site.surfaces:
            holders.setdefault(surface.text, []).append(surface.ambiguous)
    shared = {text: marks for text, marks in holders.items() if len(marks) > 1}
    assert "Jimblebar" in shared
    assert all(all(marks) for marks in shared.values())


def test_surfaces_begin_with_the_name_and_hold_each_spelling_once():
    for site in load_sites().values():
        texts = [surface.text for surface in site.surfaces]
        assert texts[0] == site.name
        assert len(set(texts)) == len(texts)


def test_no_site_is_named_like_a_country_or_a_commodity_unless_marked():
    names = {country.name for country in load_countries().values()}
    names |= {commodity.name.capitalize() for commodity in load_commodities().values()}
    loose = [
        surface.text
        for site in load_sites().values()
        for surface in site.surfaces
        if surface.text in names and not surface.ambiguous
    ]
    assert loose == []


def test_only_pipelines_have_no_country_and_no_bloc_is_one():
    for site in load_sites().values():
        if site.country is None:
            assert site.kind is SiteKind.PIPELINE
        else:
            assert load_countries()[site.country].kind is not CountryKind.BLOC


def test_all_but_a_few_sites_tell_what_they_yield():
    """Ports of general cargo may tell nothing; a mine always does."""
    silent = [site for site in load_sites().values() if not site.commodities]
    assert {site.kind for site in silent} <= {SiteKind.PORT, SiteKind.VEHICLE_PLANT}


def test_every_source_is_cited():
    cited = {key for site in load_sites().values() for key in site.sources}
    assert cited == set(load_sources(SOURCES))


def test_operators_are_organisations_of_the_ontology():
    known = load_organisations()
    unknown = {
        site.operator: site.id
        for site in load_sites().values()
        if site.operator is not None and site.operator not in known
    }
    assert unknown == {}


def test_no_id_is_also_that_of_an_organisation_or_a_commodity():
    """Entities are told apart by their id alone: the mine Khoemacau is not the company."""
    taken = set(load_commodities()) | set(load_organisations())
    assert taken.isdisjoint(load_sites())


def test_each_table_is_short_enough_to_read():
    for name in table_names(TABLES):
        lines = (data_folder() / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 400, name


def test_loading_twice_gives_the_same_mapping_that_cannot_be_changed():
    assert load_sites() is load_sites()
    with pytest.raises(TypeError):
        load_sites()["x"] = load_sites()["lofdal"]


def test_several_tables_are_read_as_one(tmp_path):
    write_tables(tmp_path, ROW)
    write_tables(tmp_path, {**ROW, "id": "uis", "name": "Uis"}, table="sites_more.csv")
    assert set(read_sites(tmp_path)) == {"lofdal", "uis"}


def test_empty_cells_become_none(tmp_path):
    row = {**ROW, "region": "", "operator": "", "country": "", "kind": "pipeline"}
    site = read_sites(write_tables(tmp_path, row))["lofdal"]
    assert (site.region, site.operator, site.country) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "Lofdal"}, r"sites\.csv:2: 'Lofdal' is not a lower-case kebab-case id"),
        ({"name": ""}, r"sites\.csv:2: site 'lofdal' has no name"),
        ({"kind": "quarry"}, r"sites\.csv:2: unknown kind 'quarry'"),
        ({"country": "ZZ"}, r"sites\.csv:2: unknown country 'ZZ'"),
        ({"country": "na"}, r"sites\.csv:2: unknown country 'na'"),
        ({"country": "EU"}, r"sites\.csv:2: unknown country 'EU'"),
        ({"country": ""}, r"sites\.csv:2: no country"),
        ({"commodities": "kryptonite"}, r"sites\.csv:2: unknown commodity 'kryptonite'"),
        ({"commodities": "gold|gold"}, r"sites\.csv:2: commodity 'gold' is there twice"),
        ({"operator": "Big Miner"}, r"sites\.csv:2: operator 'Big Miner' is not"),
        ({"source": "hearsay"}, r"sites\.csv:2: unknown source 'hearsay'"),
        ({"source": ""}, r"sites\.csv:2: a row cites at least one source"),
        ({"aliases": "Lofdal"}, r"sites\.csv:2: alias 'Lofdal' repeats the name"),
        ({"aliases": "Loffdal|Loffdal~"}, r"sites\.csv:2: alias 'Loffdal' is there twice"),
        ({"aliases": "~"}, r"sites\.csv:2: an alias is empty"),
    ],
)
def test_a_wrong_cell_is_refused_with_file_and_line(tmp_path, change, message):
    with pytest.raises(OntologyError, match=message):
        read_sites(write_tables(tmp_path, {**ROW, **change}))


def test_an_id_used_twice_is_refused_and_tells_where_it_was_first(tmp_path):
    write_tables(tmp_path, ROW, {**ROW, "name": "Lofdal Two"})
    with pytest.raises(OntologyError, match=r"sites\.csv:3: .*twice, first at sites\.csv:2"):
        read_sites(tmp_path)


@pytest.mark.parametrize(("first", "second"), [("", ""), ("Uis~", ""), ("", "Uis~")])
def test_a_spelling_of_two_sites_is_refused_unless_both_mark_it(tmp_path, first, second):
    rows = [
        {**ROW, "id": "uis", "name": "Uis", "aliases": first},
        {**ROW, "id": "uis-two", "name": "Uis", "aliases": second},
    ]
    with pytest.raises(OntologyError, match=r"sites\.csv:3: 'Uis' also names .*sites\.csv:2"):
        read_sites(write_tables(tmp_path, *rows))


def test_a_spelling_that_both_sites_mark_is_allowed(tmp_path):
    rows = [
        {**ROW, "id": "uis", "name": "Uis", "aliases": "Uis~"},
        {**ROW, "id": "uis-two", "name": "Uis", "aliases": "Uis~"},
    ]
    assert len(read_sites(write_tables(tmp_path, *rows))) == 2


@given(kind=st.text(max_size=20))
def test_any_kind_is_either_known_or_refused(tmp_path_factory, kind):
    folder = tmp_path_factory.mktemp("sites")
    cell = kind.replace("\x00", "").replace("\r", " ").replace("\n", " ")
    cell = cell.encode("utf-8", "ignore").decode("utf-8").strip()
    write_tables(folder, {**ROW, "kind": cell})
    if cell in set(SiteKind):
        assert read_sites(folder)["lofdal"].kind == cell
    else:
        with pytest.raises(OntologyError):
            read_sites(folder)
