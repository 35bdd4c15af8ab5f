"""Releases of the Mineral Commodity Summaries: found in the listing, read from their archives."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.pipeline.figures import table_of
from lodewire.reference.loaders.sciencebase import read_listing
from tests.collect.official import good
from tests.collect.official.desk import desk_at, failure, fetch_one, well
from tests.collect.official.local import json_answer, local_service
from tests.collect.server import respond
from tests.reference.loaders.hostile import JSON, PLACE, refused_cleanly

HOME = "https://www.sciencebase.gov"


def table(tmp_path, answer=good.usgs_mcs, **asked):
    with local_service(answer) as service:
        desk = desk_at(tmp_path, "usgs-mcs", service.url)
        outcome = well(fetch_one(desk, "usgs-mcs", **asked))
    return outcome, table_of(desk, "usgs-mcs"), service


def refusal(tmp_path, answer):
    with local_service(answer) as service:
        return failure(fetch_one(desk_at(tmp_path, "usgs-mcs", service.url), "usgs-mcs"))


def test_the_newest_edition_is_read_from_its_archive(tmp_path):
    _, figures, service = table(tmp_path)
    found = {(f.country, f.year, f.measured): f for f in figures}
    china = found["CN", 2024, "production"]
    assert (china.value, china.unit, china.commodity) == (Decimal(66000), "t", "tungsten")
    assert found["ES", 2025, "production"].state == "withheld"
    assert found["ES", 2025, "production"].value is None
    assert {f.vintage for f in figures} == {"MCS2026"}
    assert [a.path for a in service.asked] == ["/catalog/items", "/catalog/file/get/1"]


def test_earlier_editions_come_when_they_are_asked_for(tmp_path):
    def answer(asked):
        if "world25" in asked.target:
            body = good.mcs_table().replace(b"2025", b"2024").replace(b"_2024,", b"_2023,", 1)
            return respond(200, good.zipped({"mcs2025-tungs_world.csv": body}))
        return good.usgs_mcs(asked)

    _, figures, _ = table(tmp_path, answer, since=date(2025, 1, 1))
    assert {f.vintage for f in figures} == {"MCS2025", "MCS2026"}


def test_files_elsewhere_are_not_downloaded():
    items = [
        {
            "title": "Mineral Commodity Summaries 2026",
            "files": [
                {"name": "a.csv", "downloadUri": "https://www.sciencebase.gov/a"},
                {"name": "b.csv", "downloadUri": "https://evil.example/www.sciencebase.gov/b"},
                {"name": "c.csv", "downloadUri": "https://sciencebase.gov.evil.example/c"},
                {"name": "d.csv", "downloadUri": "http://www.usgs.gov/d"},
                {"name": "e.csv", "downloadUri": "https://data.usgs.gov/e"},
                {"name": "f.csv", "downloadUri": "https://notusgs.gov/f"},
                {"name": "g.csv", "downloadUri": "file:///etc/passwd"},
            ],
        }
    ]
    listing = read_listing(json.dumps({"items": items}).encode(), PLACE, home=HOME)
    assert [file.name for file in listing.files] == ["a.csv", "e.csv"]


def test_the_listing_is_followed_to_its_next_page(tmp_path):
    def answer(asked):
        base = f"http://{asked.headers['host']}"
        if asked.path == "/catalog/items" and "offset" not in asked.query:
            told = {"items": [], "nextlink": {"url": f"{base}/catalog/items?offset=50"}}
            return json_answer(told)
        return good.usgs_mcs(asked)

    _, figures, _ = table(tmp_path, answer)
    assert figures


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda asked: json_answer({"items": []}), "figures load FOLDER --source usgs-mcs"),
        (
            lambda asked: json_answer({"items": [], "nextlink": {"url": "http://x.example/"}}),
            "the next page is said to be http://x.example/",
        ),
        (
            lambda asked: (
                good.usgs_mcs(asked)
                if asked.path == "/catalog/items"
                else respond(200, good.zipped({"readme": b"nothing"}))
            ),
            "none of the files is a table",
        ),
        (
            lambda asked: (
                good.usgs_mcs(asked)
                if asked.path == "/catalog/items"
                else respond(200, good.zipped({"strange.csv": b"a,b\n1,2\n"}))
            ),
            "is a table of the Mineral Commodity Summaries",
        ),
        (
            lambda asked: (
                good.usgs_mcs(asked)
                if asked.path == "/catalog/items"
                else respond(200, good.zipped({"x.csv": b" " * 150_000_000}))
            ),
            "more than the archive may hold",
        ),
    ],
)
def test_what_is_no_release_is_refused(tmp_path, answer, told):
    assert told in refusal(tmp_path, answer)


@settings(deadline=None)  # a busy machine is no fault
@given(JSON)
def test_any_listing_is_read_or_refused(told):
    body = json.dumps({"items": told, "nextlink": told}).encode()
    refused_cleanly(lambda: read_listing(body, PLACE, home=HOME))


@settings(deadline=None)  # a busy machine is no fault
@given(st.dictionaries(st.sampled_from(["name", "downloadUri", "url"]), JSON))
def test_any_file_of_a_listing_is_read_or_refused(told):
    item = {"title": "Mineral Commodity Summaries 2026", "files": [told]}
    body = json.dumps({"items": [item]}).encode()
    refused_cleanly(lambda: read_listing(body, PLACE, home=HOME))
