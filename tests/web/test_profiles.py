"""Pages of commodities and countries: figures with source and vintage, charts, rules, trends."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from lodewire.model.tier import Part, Plan, Reach, Tier
from lodewire.web import drawing
from lodewire.web.memory import Memory
from lodewire.web.site import Site
from lodewire.workbench.profiles.supply import supply_told
from tests.web.conftest import Ask, asking
from tests.web.made import keep_reports

SVG = "{http://www.w3.org/2000/svg}"


def test_a_commodity_shows_supply_with_source_vintage_and_bounds(ask: Ask) -> None:
    """Each stage has its table; what the page prints is what the figures give."""
    page = LexborHTMLParser(ask("/commodity/copper").text)
    for stage in supply_told("copper"):
        words = page.css_first("main").text()  # type: ignore[union-attr]
        assert f"{stage.exposure.table.vintage}" in words
        assert stage.source in words
        first = stage.lines[0]
        assert first.share is not None
        assert first.share.value is not None
        assert f"{first.share.value * 100:.1f}\N{NO-BREAK SPACE}%" in words
        assert f"{stage.index.low:.2f}–{stage.index.high:.2f}" in words
    assert "no tariff, export restriction or sanction" in page.html  # type: ignore[operator]
    assert page.css('#deals ~ .stack a[href^="/event/"]')


def test_the_figures_of_a_page_can_be_taken_along(ask: Ask) -> None:
    """The CSV holds every row with its source; the Dataset of the page leads to it."""
    page = LexborHTMLParser(ask("/commodity/copper").text)
    script = page.css_first('script[type="application/ld+json"]')
    assert script is not None
    told = json.loads(script.text())
    assert told["@type"] == "Dataset"
    where = told["distribution"][0]["contentUrl"].removeprefix("https://desk.example.org")
    rows = list(csv.DictReader(io.StringIO(ask(where).text)))
    assert len(rows) == sum(len(s.lines) for s in supply_told("copper"))
    chile = next(r for r in rows if r["country"] == "CL" and r["stage"] == "mining")
    assert chile["source"] == "usgs-mcs"
    assert chile["vintage"]
    assert ask("/commodity/nothing/figures.csv").status_code == 404


def test_pictures_are_inert_and_drawn_once(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The map names a deal of the hostile page; nothing in the picture runs or is fetched."""
    path = "/commodity/copper/chart/deals.svg"
    first = ask(path)
    assert first.headers["content-type"] == "image/svg+xml"
    root = ElementTree.fromstring(first.content)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in ("script", "foreignObject", "image", "a")
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "href" not in name or value.startswith("#")
    monkeypatch.setattr(drawing, "render_svg", None)  # it is not called again
    assert ask(path).content == first.content
    for wrong in ("deals.png", "nothing.svg", "price-of-none.svg", "concentration-of-none.svg"):
        assert ask(f"/commodity/copper/chart/{wrong}").status_code == 404


def test_without_the_drawing_library_pages_show_tables(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No image stands on the page, the figures do."""
    monkeypatch.setattr("lodewire.web.pages.profile.can_draw", lambda: False)
    page = LexborHTMLParser(asking(replace(site, memory=Memory()))("/commodity/copper").text)
    assert not page.css("main img")
    assert len(page.css("#supply ~ table tbody tr")) > 10


def test_a_country_shows_what_it_supplies_and_must_import(ask: Ask) -> None:
    """Chile leads in copper mining; the United States import gallium."""
    chile = LexborHTMLParser(ask("/country/CL").text)
    rows = [r.text() for r in chile.css("#supplies ~ .scroll tbody tr")]
    assert any("copper" in r and "mining" in r for r in rows)
    states = ask("/country/US").text
    assert "What it must import" in states
    assert 'href="/commodity/gallium"' in states


@pytest.mark.parametrize("by", ["desk", "commodity", "country"])
def test_trends_count_the_events_of_the_weeks(ask: Ask, by: str) -> None:
    """Sums are those of the weeks; a wrong grouping is refused."""
    page = LexborHTMLParser(ask(f"/trends?by={by}").text)
    for row in page.css("table.weeks tbody tr"):
        total, *weeks = [int(c.text().replace("·", "0")) for c in row.css("td")]
        assert total == sum(weeks) > 0
    assert ask("/trends?by=mood").status_code == 400


def test_a_thing_has_a_feed_of_its_events(ask: Ask) -> None:
    """Each form; the page leads to them."""
    assert 'href="/commodity/copper/feed.rss"' in ask("/commodity/copper").text
    assert ask("/commodity/copper/feed.json").json()["items"]
    assert b"<entry>" in ask("/commodity/copper/feed.atom").content
    assert ask("/site/copper/feed.rss").status_code == 301
    assert ask("/corrections/feed.rss").status_code == 200


def test_who_sees_no_supply_gets_nothing_of_it(site: Site) -> None:
    """No table, picture, file or Dataset of it, in any language; reports are for members."""
    plan = Plan(least={**site.reach.plan.least, Part.SUPPLY: Tier.PRO, Part.PRICES: Tier.PRO})
    get = asking(replace(site, reach=Reach(tier=Tier.FREE, plan=plan), memory=Memory()))
    for path in ("/commodity/copper", "/de/commodity/copper", "/country/CL"):
        page = LexborHTMLParser(get(path).text)
        assert not page.css("#supply, #concentration, #prices, #supplies, #depends"), path
        assert "supply.svg" not in (page.html or "")
        assert "Dataset" not in (page.html or "")
    for name in ("chart/supply.svg", "chart/price-of-imf-copper.svg", "figures.csv"):
        assert get(f"/commodity/copper/{name}").status_code == 403, name
    assert get("/reports").status_code == 200
    for name in ("", "/report.pdf", "/figures.json", "/chart/0.svg"):
        assert get(f"/reports/weekly-2025-03-28{name}").status_code == 403, name


def test_a_report_is_shown_to_who_sees_it(site: Site, tmp_path: Path) -> None:
    """Its page, pictures, PDF and figures; the list and the feed lead to it."""
    site = keep_reports(site, tmp_path, ("commodity", "copper"))
    form = json.loads(next(tmp_path.glob("*/report.json")).read_text(encoding="utf-8"))
    plan = Plan(least={**site.reach.plan.least, Part.REPORTS: Tier.FREE})
    get = asking(replace(site, reach=Reach(tier=Tier.FREE, plan=plan)))
    assert f"/reports/{form['slug']}" in get("/reports").text
    assert get("/reports/feed.json").json()["items"][0]["url"].endswith(form["slug"])
    page = LexborHTMLParser(get(f"/reports/{form['slug']}").text)
    assert len(page.css("ol.notes li")) == len(form["notes"]) > 0
    for image in page.css("figure.chart img"):
        assert b"<svg" in get(image.attributes["src"] or "").content
    assert get(f"/reports/{form['slug']}/report.pdf").headers["content-type"] == "application/pdf"
    assert get(f"/reports/{form['slug']}/figures.json").json()["figures"]
    for wrong in (
        "/reports/x",
        f"/reports/{form['slug']}/chart/99.svg",
        "/reports/..%2fx-2025-01-01",
    ):
        assert get(wrong).status_code == 404
