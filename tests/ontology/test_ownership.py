"""Who owned what, when: what the tables hold and refuse."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.ontology.organisations import load_organisations
from lodewire.ontology.ownership import (
    COLUMNS,
    TABLES,
    load_holdings,
    owner_name,
    read_holdings,
)
from lodewire.ontology.sites import load_sites
from lodewire.ontology.tables import data_folder, table_names
from tests.ontology.test_name_periods import write

TABLE = "ownership_organisations.csv"
ROW = {
    "owned": "newcrest",
    "owner": "newmont",
    "owner_name": "",
    "share": "100",
    "controls": "yes",
    "since": "2023-11-06",
    "until": "",
    "source": "wikidata",
}


def held(owned: str, day: str) -> dict[str, Decimal | None]:
    rows = load_holdings()[owned]
    return {h.owner_name: h.share for h in rows if h.holds_on(date.fromisoformat(day))}


def test_the_tables_are_broad():
    rows = [h for holdings in load_holdings().values() for h in holdings]
    assert len(rows) >= 450
    assert sum(owned in load_sites() for owned in load_holdings()) >= 110
    ended = [h for h in rows if h.until is not None]
    assert len(ended) >= 30
    assert all(h.sources for h in rows)


def test_tables_are_sorted():
    for table in table_names(TABLES):
        lines = (data_folder() / table).read_text(encoding="utf-8").splitlines()
        rows = [(r["owned"], r["since"]) for r in csv.DictReader(lines)]
        assert rows == sorted(rows), table
        assert len(rows) <= 400, table


@pytest.mark.parametrize(
    ("owned", "day", "owners"),
    [
        ("turquoise-hill", "2020-01-01", {"Rio Tinto": "50.8"}),
        ("turquoise-hill", "2022-12-16", {"Rio Tinto": "100"}),
        ("yamana", "2023-03-30", {}),
        ("yamana", "2023-03-31", {"Pan American Silver": "100"}),
        ("newcrest", "2023-11-05", {}),
        ("newcrest", "2024-01-01", {"Newmont Corporation": "100"}),
        ("oz-minerals", "2024-01-01", {"BHP Group": "100"}),
        ("allkem", "2024-06-01", {"Arcadium Lithium": "100"}),
        ("arcadium-lithium", "2025-03-06", {"Rio Tinto": "100"}),
        ("brucejack", "2023-01-01", {"Newcrest Mining": "100"}),
        (
            "canadian-malartic",
            "2022-01-01",
            {"Yamana Gold": "50", "Agnico Eagle Mines": "50"},
        ),
        ("canadian-malartic", "2024-01-01", {"Agnico Eagle Mines": "100"}),
        ("china-minmetals", "2024-01-01", {"China (the state)": "100"}),
    ],
)
def test_holdings_of_a_day(owned, day, owners):
    assert held(owned, day) == {name: Decimal(share) for name, share in owners.items()}


def test_most_of_the_shares_is_control():
    for holdings in load_holdings().values():
        for holding in holdings:
            if holding.share is not None and holding.share > 50:
                assert holding.controls, holding


def test_owners_are_named_by_id_code_or_not_at_all():
    assert owner_name("newmont") == "Newmont Corporation"
    assert owner_name("goldcorp") == "Goldcorp"
    assert owner_name("CL") == "Chile (the state)"
    assert owner_name("nobody-knows") == "nobody-knows"


def above(owned: str, day: date) -> set[str | None]:
    """Everybody who held something of it on ``day``, and of those who did."""
    found: set[str | None] = set()
    waiting = [owned]
    while waiting:
        rows = [h for h in load_holdings().get(waiting.pop(), ()) if h.holds_on(day)]
        waiting += [h.owner for h in rows if h.owner is not None and h.owner not in found]
        found |= {h.owner for h in rows}
    return found


def test_the_present_parent_of_an_organisation_is_among_its_owners():
    """Two tables that tell one fact tell it alike."""
    day = date(2025, 12, 31)
    for organisation in load_organisations().values():
        owners = above(organisation.id, day)
        if organisation.parent is not None and owners:
            assert organisation.parent in owners, organisation.id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"owned": "nothing"}, "no organisation and no site"),
        ({"owner": "nobody"}, "no organisation and no country"),
        ({"owner": ""}, "an id or a name"),
        ({"owner_name": "Newmont"}, "an id or a name"),
        ({"owner": "newcrest"}, "owns itself"),
        ({"share": "many"}, "no percentage"),
        ({"share": "0"}, "no percentage"),
        ({"share": "101"}, "no percentage"),
        ({"controls": "no"}, "controls is 'no'"),
        ({"until": "2020"}, "is not after"),
        ({"source": ""}, "at least one source"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(tmp_path: Path, change, words):
    with pytest.raises(OntologyError) as caught:
        read_holdings(write(tmp_path, TABLE, COLUMNS, ROW | change))
    assert words in str(caught.value)
    assert f"{TABLE}:2" in str(caught.value)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"owner": "bhp", "share": "1"}, "more than 100 %"),
        ({"share": "", "since": "2024"}, "twice at once"),
    ],
)
def test_owners_never_hold_more_than_the_whole(tmp_path: Path, other, words):
    with pytest.raises(OntologyError, match=words):
        read_holdings(write(tmp_path, TABLE, COLUMNS, ROW, ROW | other))
