"""The World Bank's workbook of monthly prices: found on its page, read whatever its head."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.pipeline.figures import table_of
from lodewire.reference.loaders.pink_sheet import find_workbook, read_prices
from tests.collect.official import good
from tests.collect.official.desk import desk_at, failure, fetch_one, well
from tests.collect.official.local import local_service
from tests.collect.server import respond
from tests.reference.loaders.hostile import PLACE, refused_cleanly


def serving_book(book):
    def answer(asked):
        return respond(200, book) if asked.path == good.PINK_PATH else good.pink_sheet(asked)

    return answer


def prices(tmp_path, answer=good.pink_sheet):
    with local_service(answer) as service:
        desk = desk_at(tmp_path, "pink-sheet", service.url)
        well(fetch_one(desk, "pink-sheet"))
    return {(p.series, p.period): p for p in table_of(desk, "pink-sheet")}


def refusal(tmp_path, answer):
    with local_service(answer) as service:
        return failure(fetch_one(desk_at(tmp_path, "pink-sheet", service.url), "pink-sheet"))


def test_prices_have_names_units_months_and_the_day_of_the_edition(tmp_path):
    found = prices(tmp_path)
    price = found["aluminum", "2025-01"]
    assert (price.value, price.unit) == (Decimal("2569.26"), "$/mt")
    assert price.title == "Aluminum"
    assert price.vintage == "2025-02-04"
    assert found["gold", "1960-01"].unit == "$/troy oz"
    assert {series for series, _ in found} == {
        "crude-oil-brent",
        "aluminum",
        "gold",
        "iron-ore-cfr-spot",
    }


def test_a_price_that_is_missing_is_not_zero(tmp_path):
    found = prices(tmp_path)
    for key in (("iron-ore-cfr-spot", "1960-01"), ("gold", "1960-02")):
        assert found[key].value is None
        assert found[key].state == "not_available"


@pytest.mark.parametrize("above", [3, 6, 12])
def test_the_head_may_move(tmp_path, above):
    found = prices(tmp_path, serving_book(good.workbook(above=above)))
    assert found["aluminum", "2025-01"].value == Decimal("2569.26")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"title": "Annual Prices"}, "no sheet 'Monthly Prices'"),
        ({"rows": [["Total", 1, 2, 3, 4]]}, "holds no month"),
        ({"rows": [["2025M01", 1, 2, 3, 4], ["Mean", 1, 2, 3, 4]]}, "'Mean' is no month"),
        ({"rows": [["2025M02", 1, 2, 3, 4], ["2025M01", 1, 2, 3, 4]]}, "2025-01 stands after"),
        (
            {"rows": [["2025M01", 1, "about 9", 3, 4]]},
            "column 3 (Aluminum): 'about 9' is no number",
        ),
        ({"units": ["$/bbl"] * 4}, "no row of units"),
        ({"names": ["A", "B", "", "D"]}, "a unit without a name"),
        ({"names": ["A", "B", "B *", "D"]}, "two columns have one name"),
        ({"above": 30}, "no month in the first 20 rows"),
    ],
)
def test_a_workbook_of_another_form_is_refused_with_the_place(tmp_path, told, said):
    assert said in refusal(tmp_path, serving_book(good.workbook(**told)))


def test_a_page_without_the_link_says_so(tmp_path):
    page = respond(200, b"<html><a href='ftp://x/CMO-Historical-Data-Monthly.xlsx'>x</a></html>")
    assert "links to no CMO-Historical-Data-Monthly.xlsx" in refusal(tmp_path, lambda asked: page)


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    assert "the XLSX file is damaged" in refusal(tmp_path, serving_book(content.getvalue()))


def test_a_workbook_that_declares_entities_is_refused(tmp_path):
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good.workbook())) as whole,
        zipfile.ZipFile(content, "w") as archive,
    ):
        for entry in whole.infolist():
            body = whole.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                body = b"<!DOCTYPE x [<!ENTITY a 'aa'>]>" + body
            archive.writestr(entry.filename, body)
    assert "declares a document type" in refusal(tmp_path, serving_book(content.getvalue()))


def test_a_workbook_that_unfolds_without_end_is_refused(tmp_path):
    with zipfile.ZipFile(io.BytesIO(good.workbook())) as whole:
        files = {entry.filename: whole.read(entry) for entry in whole.infolist()}
    files["xl/worksheets/sheet1.xml"] = b" " * 90_000_000
    assert "larger than 80,000,000 bytes" in refusal(tmp_path, serving_book(good.zipped(files)))


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("https://docs.example/a&amp;b/CMO-Historical-Data-Monthly.xlsx", True),
        ("http://docs.example/CMO-Historical-Data-Monthly.xlsx", False),
        ("http://[/CMO-Historical-Data-Monthly.xlsx", False),
        ("https://docs.example/notCMO-Historical-Data-Monthly.xlsx", False),
    ],
)
def test_a_link_to_the_workbook_is_taken_over_https(link, found):
    page = f"<![x <a class=x HREF = '{link}'>prices</a>".encode()
    told = find_workbook(page, "https://www.example.org/en/markets")
    assert told == (link.replace("&amp;", "&") if found else None)


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=200))
def test_any_page_is_searched(body):
    find_workbook(b"<a href='" + body + b"CMO-Historical-Data-Monthly.xlsx'>", "https://x.example/")
    refused_cleanly(lambda: read_prices(body, PLACE))


@settings(deadline=None)  # a busy machine is no fault
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=12))
def test_a_workbook_with_bytes_overwritten_is_read_or_refused(at, strange):
    whole = good.workbook()
    cut = at % len(whole)
    body = whole[:cut] + strange + whole[cut + len(strange) :]
    refused_cleanly(lambda: read_prices(body, PLACE))


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.sampled_from(["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]),
    st.integers(0, 10_000),
    st.binary(max_size=8),
)
def test_a_part_of_a_workbook_overwritten_is_read_or_refused(part, at, strange):
    with zipfile.ZipFile(io.BytesIO(good.workbook())) as whole:
        files = {entry.filename: whole.read(entry) for entry in whole.infolist()}
    cut = at % len(files[part])
    files[part] = files[part][:cut] + strange + files[part][cut + len(strange) :]
    refused_cleanly(lambda: read_prices(good.zipped(files), PLACE))
