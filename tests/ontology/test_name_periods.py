"""Names with the time in which they were borne: what the table holds and refuses."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.ontology.name_periods import (
    COLUMNS,
    FORMER,
    FORMER_COLUMNS,
    SOURCES,
    TABLE,
    former_names,
    load_former_organisations,
    load_name_periods,
    read_former_organisations,
    read_name_periods,
)
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.ownership import load_holdings
from lodewire.ontology.stated_days import holds_on, read_stated_day
from lodewire.ontology.tables import data_folder, load_sources

ROW = {
    "entity": "allkem",
    "name": "Orocobre",
    "since": "",
    "until": "2021-11",
    "source": "wikidata",
}
NEXT = ROW | {"name": "Allkem", "since": "2021-11", "until": ""}


def write(folder: Path, table: str, columns: tuple[str, ...], *rows: dict[str, str]) -> Path:
    (folder / SOURCES).write_text(
        '[wikidata]\ndescription = "Wikidata"\nurl = "https://www.wikidata.org/"\n'
        'licence = "CC0-1.0"\n',
        encoding="utf-8",
    )
    with (folder / table).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_the_table_holds_the_changes_of_the_field():
    renamed = [p for p in load_name_periods() if p.until is not None]
    assert len(renamed) >= 80
    assert {"allkem", "barrick", "lithium-argentina", "vedanta", "mmg"} <= {
        p.entity for p in renamed
    }
    assert all(p.sources for p in load_name_periods())


def test_every_source_is_cited_by_a_row_of_some_history():
    cited = {s for p in load_name_periods() for s in p.sources}
    cited |= {s for o in load_former_organisations().values() for s in o.sources}
    cited |= {s for rows in load_holdings().values() for h in rows for s in h.sources}
    assert cited == set(load_sources(SOURCES))


def test_a_name_that_is_borne_still_is_among_the_spellings_of_its_organisation():
    """Else a text of today would not be read as naming it."""
    for period in load_name_periods():
        organisation = load_organisations().get(period.entity)
        if period.until is None and organisation is not None:
            stem = period.name.casefold()
            spelled = [s.text.casefold() for s in organisation.surfaces]
            assert any(s.startswith(stem) or stem.startswith(s) for s in spelled), period


@pytest.mark.parametrize("table", [TABLE, FORMER])
def test_tables_are_sorted(table):
    lines = (data_folder() / table).read_text(encoding="utf-8").splitlines()
    rows = [(r.get("entity", r.get("id")), r.get("since", "")) for r in csv.DictReader(lines)]
    assert rows == sorted(rows)


def test_former_names_come_latest_first(tmp_path):
    periods = read_name_periods(write(tmp_path, TABLE, COLUMNS, ROW, NEXT))
    assert [p.name for p in former_names("allkem", date(2022, 1, 1), periods)] == ["Orocobre"]
    assert former_names("allkem", date(2021, 10, 31), periods) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"entity": "nobody"}, "no row of its own"),
        ({"name": ""}, "bore no name"),
        ({"until": ""}, "neither begin nor end"),
        ({"until": "soon"}, "is no day"),
        ({"until": "2021-13"}, "is no day"),
        ({"since": "2022", "until": "2021"}, "is not after"),
        ({"source": "hearsay"}, "unknown source"),
        ({"until": "2022"}, "runs into"),
        ({"entity": "galaxy-resources", "name": "allkem", "until": "2022"}, "runs into"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path, change, words):
    with pytest.raises(OntologyError) as caught:
        read_name_periods(write(tmp_path, TABLE, COLUMNS, NEXT, ROW | change))
    assert words in str(caught.value)
    assert f"{TABLE}:3" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "Big Co"}, "kebab-case"),
        ({"id": "bhp"}, "has a row already"),
        ({"name": ""}, "no name"),
        ({"country": "ZZ"}, "unknown country"),
    ],
)
def test_a_bad_former_organisation_is_refused(tmp_path, change, words):
    row = {"id": "big-co", "name": "Big Co", "country": "CA", "source": "wikidata"} | change
    with pytest.raises(OntologyError, match=words):
        read_former_organisations(write(tmp_path, FORMER, FORMER_COLUMNS, row))


def test_a_month_counts_from_its_first_day():
    stated = read_stated_day("t:1", "2021-11")
    assert stated is not None
    assert str(stated) == "2021-11"
    assert not holds_on(stated, None, date(2021, 10, 31))
    assert holds_on(stated, None, date(2021, 11, 1))
    assert not holds_on(None, stated, date(2021, 11, 1))
    assert read_stated_day("t:1", "") is None
