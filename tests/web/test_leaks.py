"""The leak test: clean on what is served, and it finds what is planted, wherever it is planted."""

from __future__ import annotations

import importlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.cli.serving import with_letters
from lodewire.config.desk import load_desk
from lodewire.model.brief import BriefEntry
from lodewire.model.tier import Part, Plan, Reach, Tier
from lodewire.web import viewer
from lodewire.web.languages import current
from lodewire.web.leaks.answers import answer_texts
from lodewire.web.leaks.asking import kind_of
from lodewire.web.leaks.needles import Needles, Secret, texts_of
from lodewire.web.leaks.secrets import insights_of, marked_in, needles_for
from lodewire.web.leaks.testing import LeakReport, run_leak_test
from lodewire.web.leaks.wholes import whole_part
from lodewire.web.memory import Memory
from lodewire.web.pages.entity import entity as commodity
from lodewire.web.site import Ask, Site
from tests.pipeline.pages import NOW
from tests.web.made import keep_reports

PRO_WORDS = Plan(
    least=MappingProxyType({Part.FULL_TEXT: Tier.PRO, Part.SUPPLY: Tier.REGISTERED}),
    archive=MappingProxyType({}),
)
#: A few pages: enough for what is planted.
FEW = 70


def under(site: Site, plan: Plan, today: date | None = None) -> Site:
    """The site under another plan, on a day after its news."""
    clock = (lambda: NOW) if today is None else (lambda: NOW.replace(month=today.month))
    reach = Reach(tier=Tier.FREE, plan=plan)
    # What is kept for a minute is kept by tier: another plan needs another memory.
    return replace(site, reach=reach, clock=clock, memory=Memory())


def parts_of(report: LeakReport) -> set[tuple[Tier, str]]:
    return {(leak.tier, leak.part_name) for leak in report.leaks}


def test_nothing_leaks_whatever_the_plan(site: Site) -> None:
    """As it is shipped, and where reading, too, is paid for; every kind of page was asked for."""
    for plan in (Plan(), PRO_WORDS):
        report = run_leak_test(under(site, plan), most=95)
        assert report.leaks == []
        assert report.broken == []
        assert report.sought[Tier.FREE] > 10
        assert report.sought[Tier.ENTERPRISE] == 0
        assert report.pages[Tier.FREE] > 50
    assert report.sought[Tier.REGISTERED] > 50


def test_an_archive_that_ends_is_nowhere(site: Site) -> None:
    """Days too far back are on no page, feed, list or search of who may not read them."""
    plan = Plan(archive=MappingProxyType({Tier.FREE: 10, Tier.PRO: 0}))
    later = under(site, plan, date(2025, 5, 1))
    report = run_leak_test(later, most=50)
    assert report.leaks == []
    assert report.barred[Tier.FREE] > 3
    assert {t: report.sought[t] > 0 for t in Tier} == {
        Tier.FREE: True,
        Tier.REGISTERED: True,
        Tier.PRO: False,
        Tier.ENTERPRISE: False,
    }


def test_a_part_left_in_a_page_is_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def whole(entry: BriefEntry, reach: Reach) -> BriefEntry:
        return entry

    monkeypatch.setattr("lodewire.web.pages.event.shown_entry", whole)
    report = run_leak_test(under(site, Plan()), most=FEW)
    assert {leak.where.split("/")[-2] for leak in report.leaks} == {"event"}
    assert parts_of(report) == {(Tier.FREE, "analysis"), (Tier.REGISTERED, "analysis")}


def test_a_quote_left_in_what_machines_read_is_found(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON-LD is not on the page that people see, and is sent all the same."""
    quote = "made 42,000 tonnes of copper in concentrate last year"

    def linked(*_: object, **__: object) -> dict[str, str]:
        return {"@type": "NewsArticle", "description": f"The mine <b>{quote}</b>."}

    monkeypatch.setattr("lodewire.web.pages.event.event_linked", linked)
    report = run_leak_test(under(site, PRO_WORDS), most=FEW)
    assert (Tier.FREE, "full_text") in parts_of(report)


def test_a_tool_that_forgets_to_ask_who_comes_is_found(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its examples are asked for as every tier, and its blocks say which part they are."""
    monkeypatch.setattr("lodewire.web.pages.analyst.scenario._demand", lambda _: None)
    report = run_leak_test(under(site, Plan()), most=FEW)
    assert {leak.where.partition("?")[0] for leak in report.leaks} == {"/lab/scenario"}
    below = (Tier.FREE, Tier.REGISTERED)
    assert parts_of(report) == {(t, p) for t in below for p in ("exposure", "tools")}


def test_a_cache_that_forgets_who_asked_is_found(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewer.Viewer, "shelf", "everybody")
    report = run_leak_test(under(site, Plan()), most=FEW)
    assert (Tier.FREE, "analysis") in parts_of(report)


def test_a_letter_with_what_is_paid_for_is_found(site: Site) -> None:
    (line,) = [t for i in insights_of(site) for t in i.parts[Part.ANALYSIS]]

    def letters(tier: Tier) -> list[tuple[str, bytes]]:
        return [("mail of the day", f"<p>{line}</p>".encode())]

    report = run_leak_test(under(site, Plan()), letters=letters, most=1)
    assert {leak.where for leak in report.leaks} == {"mail of the day"}
    assert report.letters == 2


def test_blocks_of_pages_say_which_part_they_are(site: Site) -> None:
    """What other pages mark is sought as well as what the ledger tells; labels alone are not."""
    whole = replace(site, reach=Reach(tier=Tier.ENTERPRISE))
    body = commodity(
        whole, Ask(path="/commodity/copper", parts={"kind": "commodity", "id": "copper"})
    )
    marked = list(marked_in(body.body))
    assert {part for part, _ in marked} == {Part.SUPPLY, Part.PRICES}
    paid = under(site, PRO_WORDS)
    hidden = needles_for(Tier.FREE, paid, [], marked)
    assert hidden.found(texts_of(body.body))
    assert not needles_for(Tier.REGISTERED, paid, [], marked).found(
        [text for part, text in marked if part is Part.SUPPLY]
    )
    assert not len(
        needles_for(Tier.FREE, paid, [], [(Part.SUPPLY, "Country"), (Part.SUPPLY, "a b")])
    )


def test_a_figure_alone_is_found_on_its_own_page(site: Site) -> None:
    """Where the sentence is gone and its number stayed, as in an attribute of a chart."""
    (told,) = [i for i in insights_of(site) if i.parts[Part.ANALYSIS]]
    needles = Needles(
        [Secret(part=Part.ANALYSIS, text=told.parts[Part.ANALYSIS][0], event=told.event.id)],
        told.free,
    )
    texts = texts_of(b'<svg><rect data-share="0.10"></svg>')
    assert list(needles.found(texts, told.event.id).values()) == ["0.10"]
    assert needles.found(texts) == {}


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.text("abcdefgh", min_size=3, max_size=8), min_size=9, max_size=30),
    st.integers(0, 20),
)
def test_any_six_words_in_a_row_are_found_unless_told_for_free(words: list[str], at: int) -> None:
    needles = Needles([Secret(part=Part.ANALYSIS, text=" ".join(words))], [])
    start = min(at, len(words) - 6)
    cut = "</b> <i>".join(words[start : start + 6])
    assert needles.found(texts_of(f"<p>zzz <b>{cut}</b> zzz</p>".encode()))
    free = Needles([Secret(part=Part.ANALYSIS, text=" ".join(words))], [" ".join(words)])
    assert not free.found(texts_of(" ".join(words).encode()))


@pytest.fixture(scope="module")
def all_paid(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site where every part is paid for but the calls of the API, with a report."""
    least = dict.fromkeys(Part, Tier.PRO) | {Part.API: Tier.FREE}
    folder = tmp_path_factory.mktemp("reports")
    site = keep_reports(site, folder, ("commodity", "copper"), pdf=True)
    return under(site, Plan(least=MappingProxyType(least), archive=MappingProxyType({})))


def test_every_path_that_is_refused_is_known_to_be_one_part_whole(
    all_paid: Site,
) -> None:
    """So that a view that forgets to ask is seen by its answer alone."""
    report = run_leak_test(all_paid, first=_firsts(all_paid.reports), most=30)
    assert report.leaks == []
    assert report.broken == []
    unknown = {path for path in report.refused if whole_part(path) is None}
    assert unknown == {"/account/export.json", "/account"} & unknown
    assert {kind_of(path) for path in report.refused} >= WHOLE


def _firsts(reports: Path | None) -> list[str]:
    assert reports is not None
    (slug,) = [place.name for place in reports.iterdir()]
    paths = ["/trends", "/de/trends", "/trends/chart/desk.svg", f"/reports/{slug}"]
    paths += [f"/de/reports/{slug}", "/commodity/copper/figures.csv"]
    paths += [f"/reports/{slug}/{name}" for name in ("report.pdf", "figures.json", "chart/0.svg")]
    pictures = ("supply", "deals", "price-of-imf-copper", "concentration-of-mining")
    paths += [f"/commodity/copper/chart/{name}.svg" for name in pictures]
    return [*paths, "/ja/commodity/copper/chart/supply.svg"]


WHOLE = {
    "trends", "de/trends", "trends/*/desk.svg", "commodity/*/chart", "ja/commodity/*/chart",
    "commodity/*/figures.csv", "reports/*", "de/reports/*", "reports/*/report.pdf",
    "reports/*/figures.json", "reports/*/chart",
    "api/*/exports", "api/*/commodities", "api/*/scenarios", "api/*/landed-costs",
    "api/*/events", "api/*/statements", "api/*/documents",
}  # fmt: skip


def test_what_is_one_part_whole_is_found_where_no_view_asks_who_reads(
    all_paid: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures, tables, every form of a report, and the API."""
    monkeypatch.setattr(Site, "demand", lambda self, part: None)
    report = run_leak_test(all_paid, first=_firsts(all_paid.reports), most=30)
    whole = {kind_of(leak.where) for leak in report.leaks if leak.words == "the whole of it"}
    assert whole >= WHOLE


def test_words_planted_in_every_kind_of_answer_are_found(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed of a thing, a page in German, a page of the newsletter, a search, the API."""
    (line,) = [t for i in insights_of(site) for t in i.parts[Part.ANALYSIS]]
    for place, only in (
        ("lodewire.web.pages.entity_feeds.write_feed", ""),
        ("lodewire.web.pages.desk_pages.render", "de"),
        ("lodewire.web.pages.letters.render", ""),
        ("lodewire.web.pages.search.render", ""),
        ("lodewire.web.pages.crawling.escape", ""),
    ):
        _plant(monkeypatch, place, line, only)
    monkeypatch.setattr("lodewire.workbench.answers.briefs.shown_brief", lambda told, reach: told)
    least = {**Plan().least, Part.API: Tier.FREE}
    paid = under(site, Plan(least=MappingProxyType(least)))
    assert site.root is not None
    desk = load_desk(site.root)
    desk = desk.model_copy(
        update={"newsletter": desk.newsletter.model_copy(update={"sender": "a@example.org"})}
    )
    around = partial(with_letters, site=paid, desk=desk, ledger=site.ledger, log=None)
    report = run_leak_test(
        paid, most=40, around=around, first=["/commodity/copper/feed.rss", "/de/methods",
        "/commodity/copper/feed.json", "/methods", "/subscribe", "/confirm/none", "/search?q=x",
        "/sitemap.xml"],
    )  # fmt: skip
    found = {kind_of(leak.where) for leak in report.leaks if leak.tier is Tier.FREE}
    assert {"commodity/*/feed.rss", "commodity/*/feed.json", "de/methods", "subscribe",
            "confirm/*", "search?", "sitemap.xml", "api/*/briefs"} <= found  # fmt: skip
    assert "methods" not in found


def _plant(monkeypatch: pytest.MonkeyPatch, place: str, line: str, only: str) -> None:
    module, _, name = place.rpartition(".")
    real = getattr(importlib.import_module(module), name)

    def planted(*told: Any, **more: Any) -> Any:
        made = real(*told, **more)
        if only and current().tag != only:
            return made
        if isinstance(made, str):
            return f"{made}?{line}"
        return replace(made, body=made.body + f"<!-- {line} -->".encode())

    monkeypatch.setattr(place, planted)


def test_words_in_packed_files_are_read() -> None:
    """A PDF, a table of columns and a sheet hold their words compressed."""
    import pyarrow as arrow
    from pyarrow import parquet

    words = "Chile made 24.1% of the copper of the year"
    table = io.BytesIO()
    parquet.write_table(arrow.table({"told": [words]}), table, compression="zstd")
    sheet = io.BytesIO()
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", f"<sst><si><t>{words}</t></si></sst>")
    needles = Needles([Secret(part=Part.SUPPLY, text=words)], [])
    for media, body in (
        ("application/vnd.apache.parquet", table.getvalue()),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.getvalue()),
        ("application/pdf", f"%PDF-1.7 broken, with {words}".encode()),
    ):
        assert needles.found(answer_texts(media, body)), media
