"""Reading tables, aliases and sources: what comes back, and which file and line an error names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import OntologyError
from lodewire.ontology.tables import (
    Alias,
    data_folder,
    is_slug,
    load_sources,
    parse_aliases,
    read_table,
    split_list,
    table_names,
)

SOURCE = '[usgs]\ndescription = "USGS"\nurl = "https://www.usgs.gov/"\nlicence = "public domain"\n'
CELLS = st.text(st.characters(exclude_characters="|~", exclude_categories=("C", "Z")), min_size=1)


def write(folder: Path, name: str, text: str | bytes) -> Path:
    raw = text.encode("utf-8") if isinstance(text, str) else text
    (folder / name).write_bytes(raw)
    return folder


def test_rows_come_with_their_place(tmp_path):
    folder = write(tmp_path, "a.csv", 'id,name\nx, Mr X \n\ny,"Y, Ltd"\n')
    assert list(read_table("a.csv", ("id", "name"), folder)) == [
        ("a.csv:2", {"id": "x", "name": "Mr X"}),
        ("a.csv:4", {"id": "y", "name": "Y, Ltd"}),
    ]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    folder = write(tmp_path, "a.csv", b"\xef\xbb\xbfid\nx\n")
    assert list(read_table("a.csv", ("id",), folder)) == [("a.csv:2", {"id": "x"})]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\nx\n", r"a\.csv:1: the header is wrong: missing name"),
        ("id,name,age\n", r"a\.csv:1: the header is wrong: unknown age"),
        ("name,id\n", r"a\.csv:1: the header is wrong: other order"),
        ("", r"a\.csv:1: the header is wrong: missing id, name"),
        ("id,name\nx\n", r"a\.csv:2: 1 cells, expected 2"),
        ("id,name\nx,y\nx,y,z\n", r"a\.csv:3: 3 cells, expected 2"),
        ('id,name\nx,"y\n', r"a\.csv:2: not valid CSV"),
        (b"id,name\nx,\xff\n", r"a\.csv: the data file is not UTF-8"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(tmp_path, text, message):
    folder = write(tmp_path, "a.csv", text)
    with pytest.raises(OntologyError, match=message):
        list(read_table("a.csv", ("id", "name"), folder))


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(OntologyError, match=r"none\.csv: the data file cannot be read"):
        list(read_table("none.csv", ("id",), tmp_path))


def test_table_names_match_as_a_whole_and_are_sorted(tmp_path):
    for name in ("b_y.csv", "b_x.csv", "b.csv", "bb.csv", "b_x.csv.bak"):
        write(tmp_path, name, "")
    assert table_names(r"b(_[a-z]+)?\.csv", tmp_path) == ("b.csv", "b_x.csv", "b_y.csv")
    assert "countries.csv" in table_names(r".*\.csv")
    assert data_folder().is_dir()


def test_a_list_drops_blanks_and_empty_values():
    assert split_list(" tin |  |lead|") == ("tin", "lead")
    assert split_list("") == ()


def test_a_tilde_marks_an_ambiguous_alias():
    assert parse_aliases("Vale~|CVRD| Shell ~") == (
        Alias("Vale", True),
        Alias("CVRD", False),
        Alias("Shell", True),
    )


@given(st.lists(st.tuples(CELLS, st.booleans())))
def test_aliases_survive_being_written_and_read(told):
    cell = "|".join(text + ("~" if ambiguous else "") for text, ambiguous in told)
    assert parse_aliases(cell) == tuple(Alias(text, ambiguous) for text, ambiguous in told)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("rare-earths", True),
        ("29metals", True),
        ("", False),
        ("Tin", False),
        ("tin-", False),
        ("-tin", False),
        ("a--b", False),
        ("a_b", False),
        ("tin\n", False),
    ],
)
def test_slugs_are_lower_case_words_joined_by_hyphens(text, sound):
    assert is_slug(text) is sound


def test_sources_load_in_order(tmp_path):
    folder = write(tmp_path, "s.toml", SOURCE + SOURCE.replace("[usgs]", "[aaa]"))
    sources = load_sources("s.toml", folder)
    assert list(sources) == ["usgs", "aaa"]
    assert sources["usgs"].licence == "public domain"
    assert sources["usgs"].key == "usgs"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[usgs", "not valid TOML"),
        ('usgs = "x"', r"\[usgs\] needs exactly description, url, licence"),
        (SOURCE + 'year = "2024"\n', r"\[usgs\] needs exactly"),
        (SOURCE.replace("usgs]", "USGS]"), "kebab-case key"),
        (SOURCE.replace('"public domain"', '" "'), "licence must be a text that is not empty"),
        (SOURCE.replace('"public domain"', "1"), "licence must be a text"),
        (SOURCE.replace("https://", "ftp://"), "url must start with https://"),
    ],
)
def test_broken_sources_are_refused(tmp_path, text, message):
    with pytest.raises(OntologyError, match=message):
        load_sources("s.toml", write(tmp_path, "s.toml", text))
