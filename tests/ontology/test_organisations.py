"""The tables of organisations: what they hold, what they refuse."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.organisations import (
    COLUMNS,
    SOURCES,
    TABLES,
    OrganisationKind,
    StateOwned,
    load_organisations,
    owners_of,
    read_organisations,
)
from lodewire.ontology.tables import data_folder, load_sources, table_names

ROW = {
    "id": "jogmec",
    "name": "Japan Organization for Metals and Energy Security",
    "aliases": "JOGMEC|Jogmec",
    "kind": "agency",
    "country": "JP",
    "state_owned": "yes",
    "parent": "",
    "tickers": "",
    "commodities": "rare-earths",
    "source": "wikidata",
}
OTHER = ROW | {"id": "meti", "name": "Ministry of Economy", "aliases": "METI", "kind": "ministry"}
EXCHANGES = set(
    "ADX AIM AIX AMS ASX B3 BIST BME BRU BURSA BVB CPH CSE EPA HEL HKEX IDX JSE KOSDAQ KRX LSE "
    "LUSE MIL MOEX NASDAQ NSE NYSE NYSEAMERICAN OSL PSE SET SGX SIX SSE STO SZSE TADAWUL TSE TSX "
    "TSXV TWSE VIE WSE XETRA".split()
)


def write_tables(folder: Path, *rows: dict[str, str], table: str = "organisations.csv") -> Path:
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


def surfaces() -> dict[str, list[tuple[str, bool]]]:
    """Every spelling with the organisations that hold it, and whether it is marked."""
    held: dict[str, list[tuple[str, bool]]] = {}
    for organisation in load_organisations().values():
        for surface in organisation.surfaces:
            held.setdefault(surface.text, []).append((organisation.id, surface.ambiguous))
    return held


def test_the_tables_are_broad():
    """More than seven hundred organisations (the issue's bar), of every kind."""
    organisations = load_organisations().values()
    kinds = Counter(organisation.kind for organisation in organisations)
    assert len(organisations) >= 2500
    assert set(kinds) == set(OrganisationKind)
    assert kinds[OrganisationKind.MINER] >= 500
    assert kinds[OrganisationKind.MINISTRY] >= 100
    assert len({o.country for o in organisations}) >= 90
    assert sum(bool(o.tickers) for o in organisations) >= 1000
    assert {o.state_owned for o in organisations} == set(StateOwned)


@pytest.mark.parametrize(
    ("spelling", "id_", "kind", "country", "state_owned"),
    [
        ("JOGMEC", "jogmec", "agency", "JP", "yes"),
        ("Japan Organization for Metals and Energy Security", "jogmec", "agency", "JP", "yes"),
        ("Epangelo Mining", "epangelo", "state_company", "NA", "yes"),
        ("Namibia Critical Metals", "namibia-critical-metals", "miner", "CA", "no"),
        ("MMG", "mmg", "miner", "AU", "yes"),
        ("Codelco", "codelco", "miner", "CL", "yes"),
        ("Rio Tinto", "rio-tinto", "miner", "GB", "no"),
        ("Glencore", "glencore", "miner", "CH", "no"),
        ("Trafigura", "trafigura", "trader", "SG", "no"),
        ("Barrick Gold", "barrick", "miner", "CA", "no"),
        ("China Northern Rare Earth", "northern-rare-earth", "miner", "CN", "yes"),
        ("Huayou Cobalt", "huayou", "smelter", "CN", "no"),
        ("Ganfeng Lithium", "ganfeng", "smelter", "CN", "no"),
        ("Gécamines", "gecamines", "miner", "CD", "yes"),
        ("Kazatomprom", "kazatomprom", "miner", "KZ", "yes"),
        ("Saudi Aramco", "saudi-aramco", "oil_gas", "SA", "yes"),
        ("QatarEnergy", "qatarenergy", "oil_gas", "QA", "yes"),
        ("CATL", "catl", "battery", "CN", "no"),
        ("TSMC", "tsmc", "chip", "TW", "no"),
        ("Northvolt", "northvolt", "battery", "SE", "no"),
        ("Lockheed Martin", "lockheed-martin", "defence", "US", "no"),
        ("LME", "lme", "exchange", "GB", "no"),
        ("SHFE", "shfe", "exchange", "CN", "yes"),
        ("Fastmarkets", "fastmarkets", "price_agency", "GB", "no"),
        ("Goldman Sachs", "goldman-sachs", "bank", "US", "no"),
        ("MOFCOM", "mofcom", "ministry", "CN", "yes"),
        ("USGS", "usgs", "agency", "US", "yes"),
        ("European Commission", "european-commission", "government", "EU", "yes"),
        ("IEA", "iea", "international", "XX", "yes"),
        ("Indonesia's mining ministry", "indonesia-esdm", "ministry", "ID", "yes"),
        ("ARECOMS", "arecoms", "agency", "CD", "yes"),
        ("MP Materials", "mp-materials", "miner", "US", "part"),
    ],
)
def test_well_known_organisations_are_told_right(spelling, id_, kind, country, state_owned):
    assert (id_, False) in surfaces()[spelling]
    organisation = load_organisations()[id_]
    assert organisation.kind == kind
    assert organisation.country == country
    assert organisation.state_owned == state_owned


@pytest.mark.parametrize(
    ("ticker", "id_"),
    [
        ("ASX:LYC", "lynas"),
        ("NYSE:MP", "mp-materials"),
        ("LSE:ANTO", "antofagasta"),
        ("TSX:TECK.B", "teck-resources"),
        ("HKEX:1208", "mmg"),
        ("KRX:010130", "korea-zinc"),
        ("SSE:600111", "northern-rare-earth"),
        ("TSXV:NMI", "namibia-critical-metals"),
    ],
)
def test_listings_belong_to_their_companies(ticker, id_):
    assert ticker in load_organisations()[id_].tickers


def test_owners_lead_up_to_the_top():
    assert owners_of("khoemacau") == ("mmg", "china-minmetals")
    assert owners_of("mp-materials") == ()
    assert owners_of("no-such-organisation") == ()


def test_every_row_cites_known_sources_countries_and_commodities():
    sources = load_sources(SOURCES)
    countries = set(load_countries()) | {"XX", "EU"}
    for organisation in load_organisations().values():
        assert organisation.sources
        assert set(organisation.sources) <= set(sources)
        assert organisation.country in countries
        assert set(organisation.commodities) <= set(load_commodities())


def test_every_source_is_cited():
    cited = {key for o in load_organisations().values() for key in o.sources}
    assert cited == set(load_sources(SOURCES))


def test_exchanges_of_tickers_are_known():
    told = {t.partition(":")[0] for o in load_organisations().values() for t in o.tickers}
    assert told <= EXCHANGES


def test_no_ministry_or_government_is_told_as_private():
    public = {OrganisationKind.MINISTRY, OrganisationKind.GOVERNMENT}
    for organisation in load_organisations().values():
        if organisation.kind in public:
            assert organisation.state_owned is not StateOwned.NO, organisation.id


def test_an_unmarked_spelling_names_one_organisation():
    shared = {
        text: holders
        for text, holders in surfaces().items()
        if sum(not ambiguous for _, ambiguous in holders) > 1
    }
    assert shared == {}


@pytest.mark.parametrize(
    "spelling",
    ["Vale", "Shell", "Apple", "Ford", "Meta", "Orion", "Element", "ICE", "Ministry of Mines"],
)
def test_names_that_are_ordinary_words_are_marked(spelling):
    assert all(ambiguous for _, ambiguous in surfaces()[spelling])


def test_no_spelling_is_a_plain_word_in_lower_case():
    """Matching is by case, so a lower-case spelling must be a brand or hold a capital."""
    brands = {"imec", "ioneer", "onsemi", "thyssenkrupp", "tozero", "voestalpine", "worldsteel"}
    brands |= {"voestalpine AG", "thyssenkrupp AG"}
    loose = [
        text
        for text, holders in surfaces().items()
        if text == text.lower() and not all(ambiguous for _, ambiguous in holders)
    ]
    assert set(loose) <= brands


def test_no_organisation_is_named_like_a_country_or_a_commodity_unless_marked():
    names = {c.name for c in load_countries().values() if not c.members}
    names |= {c.name.capitalize() for c in load_commodities().values()}
    loose = [
        text
        for text, holders in surfaces().items()
        if text in names and not all(ambiguous for _, ambiguous in holders)
    ]
    assert loose == []


def test_a_company_that_was_taken_over_is_not_an_alias_of_its_buyer():
    """Else "Newmont buys Newcrest" would read as Newmont buying itself."""
    for target, buyer in [("newcrest", "newmont"), ("oz-minerals", "bhp"), ("hess", "chevron")]:
        assert load_organisations()[target].parent == buyer


def test_surfaces_begin_with_the_name_and_hold_each_spelling_once():
    for organisation in load_organisations().values():
        texts = [surface.text for surface in organisation.surfaces]
        assert texts[0] == organisation.name
        assert len(set(texts)) == len(texts)


def test_each_table_is_sorted_by_id_and_short_enough_to_read():
    for name in table_names(TABLES):
        lines = (data_folder() / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) <= 400, name
        ids = [row["id"] for row in csv.DictReader(lines)]
        assert ids == sorted(ids), name


def test_a_sound_table_loads(tmp_path):
    found = read_organisations(write_tables(tmp_path, ROW, OTHER | {"parent": "jogmec"}))
    assert list(found) == ["jogmec", "meti"]
    assert found["meti"].parent == "jogmec"
    assert found["jogmec"].parent is None
    assert [alias.text for alias in found["jogmec"].aliases] == ["JOGMEC", "Jogmec"]


def test_a_name_marked_among_the_aliases_is_ambiguous(tmp_path):
    row = ROW | {"name": "Vale", "aliases": "Vale~|CVRD"}
    vale = read_organisations(write_tables(tmp_path, row))["jogmec"]
    assert [(s.text, s.ambiguous) for s in vale.surfaces] == [("Vale", True), ("CVRD", False)]


def test_an_apostrophe_is_known_straight_and_curly(tmp_path):
    row = ROW | {"name": "Moody's", "aliases": "Moody's~|Ma'aden|O’Neil|O'Neil"}
    moodys = read_organisations(write_tables(tmp_path, row))["jogmec"]
    assert [(s.text, s.ambiguous) for s in moodys.surfaces] == [
        ("Moody's", True),
        ("Ma'aden", False),
        ("O’Neil", False),
        ("O'Neil", False),
        ("Moody’s", True),
        ("Ma’aden", False),
    ]
    assert ("mofcom", False) in surfaces()["China’s Commerce Ministry"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "JOGMEC"}, "kebab-case"),
        ({"name": ""}, "no name"),
        ({"name": "BMI~"}, "ends with ~"),
        ({"aliases": "A|A"}, "twice"),
        ({"aliases": "~"}, "empty"),
        ({"name": "JOGMEC"}, "repeats the name"),
        ({"kind": "shop"}, "unknown kind 'shop'"),
        ({"country": "JPN"}, "unknown country 'JPN'"),
        ({"country": "ZZ"}, "unknown country 'ZZ'"),
        ({"country": ""}, "unknown country ''"),
        ({"state_owned": "maybe"}, "unknown state_owned 'maybe'"),
        ({"parent": "nobody"}, "parent 'nobody' has no row"),
        ({"parent": "jogmec"}, "own itself"),
        ({"tickers": "BHP"}, "not EXCHANGE:CODE"),
        ({"tickers": "ASX:BHP|ASX:BHP"}, "'ASX:BHP' is there twice"),
        ({"commodities": "unobtainium"}, "unknown commodity"),
        ({"commodities": "tin|tin"}, "twice"),
        ({"source": ""}, "at least one source"),
        ({"source": "hearsay"}, "unknown source 'hearsay'"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path, change, words):
    with pytest.raises(OntologyError) as caught:
        read_organisations(write_tables(tmp_path, ROW | change))
    assert caught.value.message.startswith("organisations.csv:2: ")
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({}, {"id": "jogmec"}, "there twice, first at organisations.csv:2"),
        ({}, {"aliases": "JOGMEC"}, "'JOGMEC' also names the organisation at organisations.csv:2"),
        ({"tickers": "ASX:BHP"}, {"tickers": "ASX:BHP"}, "first at organisations.csv:2"),
    ],
)
def test_rows_that_clash_are_refused(tmp_path, first, second, words):
    with pytest.raises(OntologyError) as caught:
        read_organisations(write_tables(tmp_path, ROW | first, OTHER | second))
    assert caught.value.message.startswith("organisations.csv:3: ")
    assert words in caught.value.message


def test_a_spelling_may_be_shared_where_it_is_marked(tmp_path):
    found = read_organisations(write_tables(tmp_path, ROW, OTHER | {"aliases": "JOGMEC~"}))
    assert found["meti"].aliases[0].ambiguous


def test_two_organisations_that_own_each_other_are_refused(tmp_path):
    with pytest.raises(OntologyError, match="comes to own itself"):
        read_organisations(
            write_tables(tmp_path, ROW | {"parent": "meti"}, OTHER | {"parent": "jogmec"})
        )


def test_clashes_across_tables_are_found(tmp_path):
    write_tables(tmp_path, ROW, table="organisations_a.csv")
    write_tables(tmp_path, ROW, table="organisations_b.csv")
    with pytest.raises(OntologyError, match=r"organisations_b\.csv:2: .*organisations_a\.csv:2"):
        read_organisations(tmp_path)
