"""The figures at hand: selection, vintages side by side, and a desk's own tables on top."""

import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.reference.sources import (
    FigureSource,
    packaged_sources,
    read_sources,
    write_sources,
)
from lodewire.reference.store import (
    figures,
    keep_figures,
    packaged,
    read_store,
    store_of,
    vintage_order,
)

COBALT = figures(commodity="cobalt", stage="mining", measured="production", vintage="MCS2026")
NEXT = FigureSource(
    source="usgs-mcs",
    vintage="MCS2027",
    description='A "new" release',
    url="https://example.org",
    licence="public domain",
)


def test_every_attribute_narrows_the_selection() -> None:
    (one,) = figures(
        commodity="cobalt", stage="mining", country="CD", year=2024, measured="production"
    )
    assert one.value == Decimal(226000)
    assert figures(commodity="cobalt", source="nobody") == ()
    assert figures(commodity="unobtainium") == ()
    assert {f.vintage for f in figures(measured="production")} >= {"MCS2024", "MCS2026"}


def test_vintages_sort_by_number_and_the_newest_is_taken_whole() -> None:
    assert sorted(["MCS2026", "MCS2024", "9", "10"], key=vintage_order) == [
        "MCS2024",
        "MCS2026",
        "9",
        "10",
    ]
    newest = packaged().newest(
        commodity="antimony", stage="mining", measured="production", source="usgs-mcs"
    )
    assert {(f.year, f.vintage) for f in newest} == {
        (2022, "MCS2024"),
        (2023, "MCS2024"),
        (2024, "MCS2026"),
        (2025, "MCS2026"),
    }


def test_a_desk_s_own_table_is_laid_over_and_both_vintages_stay(tmp_path: Path) -> None:
    assert store_of(None) is packaged()
    assert store_of(tmp_path) is packaged()
    revised = [replace(f, vintage="MCS2027", value=Decimal(1)) for f in COBALT if f.value]
    keep_figures(tmp_path, NEXT, revised)
    store = store_of(tmp_path)
    both = store.figures(commodity="cobalt", stage="mining", country="CD", year=2024)
    assert {f.vintage: f.value for f in both if f.measured == "production"} == {
        "MCS2026": Decimal(226000),
        "MCS2027": Decimal(1),
    }
    newest = store.newest(commodity="cobalt", stage="mining", measured="production", year=2024)
    assert {f.vintage for f in newest} == {"MCS2027"}
    assert store.source_of(newest[0]) == NEXT
    assert store.own == {("usgs-mcs", "MCS2027")}
    assert store_of(tmp_path) is store  # not read again


def test_an_own_table_of_a_packaged_vintage_replaces_that_table_only(tmp_path: Path) -> None:
    own = [replace(f, value=Decimal(7)) for f in COBALT if f.country == "CD"]
    keep_figures(tmp_path, replace(NEXT, vintage="MCS2026"), own)
    store = store_of(tmp_path)
    found = store.figures(
        commodity="cobalt", stage="mining", measured="production", vintage="MCS2026"
    )
    assert {(f.country, f.value) for f in found} == {("CD", Decimal(7))}
    assert store.figures(commodity="nickel") == figures(commodity="nickel")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    one = [replace(f, vintage="MCS2027") for f in COBALT]
    keep_figures(tmp_path, NEXT, one)
    first = store_of(tmp_path)
    keep_figures(tmp_path, NEXT, one[:3])
    assert len(store_of(tmp_path).all) == len(first.all) - len(one) + 3


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="not of usgs-mcs MCS2027"):
        keep_figures(tmp_path, NEXT, COBALT)
    with pytest.raises(OntologyError, match="no blanks"):
        keep_figures(tmp_path, replace(NEXT, vintage="../x"), ())
    file = keep_figures(tmp_path, NEXT, [replace(f, vintage="MCS2027") for f in COBALT])
    file.rename(file.with_name("MCS2099.csv"))
    with pytest.raises(OntologyError, match="MCS2099 is not in"):
        store_of(tmp_path)
    file.with_name("MCS2099.csv").rename(file)
    file.write_bytes(file.read_bytes().replace(b"MCS2027", b"MCS1927", 1))
    with pytest.raises(OntologyError, match="MCS1927"):
        read_store(tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[usgs-mcs", "not valid TOML"),
        ("usgs = 1", "holds no vintage"),
        ('[usgs."a b"]\nurl = ""', "letters, digits"),
        ('[usgs.M1]\ndescription = "x"\nurl = "y"', "licence is missing"),
    ],
)
def test_a_broken_list_of_sources_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=says):
        read_sources(tmp_path)
    with pytest.raises(OntologyError, match="cannot be read"):
        read_sources(tmp_path / "away")


def test_sources_are_written_and_read_back(tmp_path: Path) -> None:
    known = (*packaged_sources(), NEXT)
    (tmp_path / "sources.toml").write_bytes(write_sources(known))
    assert set(read_sources(tmp_path)) == set(known)


def test_every_packaged_table_has_a_source_with_licence_and_loads_fast() -> None:
    started = time.perf_counter()
    store = read_store(Path(__import__("lodewire.reference").reference.__file__).parent / "data")
    assert time.perf_counter() - started < 2  # 0.1 s on an idle machine
    for source, vintage in {(f.source, f.vintage) for f in store.all}:
        (told,) = [s for s in store.sources if (s.source, s.vintage) == (source, vintage)]
        assert told.licence
        assert told.url.startswith("https://")
