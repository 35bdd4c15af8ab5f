"""Cells that organisations and sites share."""

from __future__ import annotations

import pytest

from lodewire.errors import OntologyError
from lodewire.ontology.rows import read_aliases, read_cited, read_country, read_produce
from lodewire.ontology.tables import Alias, TableSource

SOURCES = {
    "usgs": TableSource(key="usgs", description="d", url="https://x.example", licence="public")
}


def test_good_cells_are_read() -> None:
    row = {"name": "Vale", "aliases": "Vale~|Vale S.A."}
    assert read_aliases("t.csv:2", row) == (Alias("Vale", True), Alias("Vale S.A."))
    assert read_country("t.csv:2", "CL", hint="") == "CL"
    assert read_produce("t.csv:2", "copper|gold") == ("copper", "gold")
    assert read_cited("t.csv:2", "usgs", SOURCES, "sources.toml") == ("usgs",)


@pytest.mark.parametrize("aliases", ["~", "CVRD|CVRD", "Vale"])
def test_empty_doubled_and_idle_aliases_are_refused(aliases: str) -> None:
    with pytest.raises(OntologyError, match=r"t\.csv:2: .*alias"):
        read_aliases("t.csv:2", {"name": "Vale", "aliases": aliases})


@pytest.mark.parametrize("code", ["", "cl", "ZZ", "EU", "G7"])
def test_what_is_no_country_is_refused_with_the_tables_own_hint(code: str) -> None:
    with pytest.raises(OntologyError, match=r"t\.csv:2: unknown country") as caught:
        read_country("t.csv:2", code, hint="the hint")
    assert caught.value.hint == "the hint"


@pytest.mark.parametrize("cell", ["unobtainium", "copper|copper"])
def test_unknown_and_doubled_commodities_are_refused(cell: str) -> None:
    with pytest.raises(OntologyError, match=r"t\.csv:2: .*commodity"):
        read_produce("t.csv:2", cell)


def test_a_row_without_a_known_source_is_refused() -> None:
    with pytest.raises(OntologyError, match="at least one source"):
        read_cited("t.csv:2", "", SOURCES, "sources.toml")
    with pytest.raises(OntologyError, match="unknown source 'hearsay'") as caught:
        read_cited("t.csv:2", "hearsay", SOURCES, "sources.toml")
    assert caught.value.hint == "Add it to sources.toml"
