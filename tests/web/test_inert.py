"""A desk of hostile articles: whatever is made of them, their words stay words.

Every page, feed, picture, file, report, answer of the API, export and mail of such a desk is made
and looked at.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import anyio
import httpx
import pytest
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from lodewire.cli.serving import site_of
from lodewire.config.desk import load_desk
from lodewire.ledger import open_ledger
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from lodewire.model.plain import steers
from lodewire.model.tier import Part, Plan, Reach, Tier
from lodewire.pipeline.run import process
from lodewire.publish.markdown import render_markdown
from lodewire.web.app import make_app
from lodewire.web.leaks.asking import Answered, Asked
from lodewire.web.leaks.calls import calls_of
from lodewire.web.leaks.played import Played, PlayedDoorman, played_callers
from lodewire.web.leaks.secrets import insights_of
from lodewire.web.site import Site
from lodewire.workbench.accounts.letters import letters_of
from lodewire.workbench.briefing.composing import compose_step
from tests.pipeline.pages import DEAL, NOW, OUTAGE
from tests.web.made import keep_reports

# Titles and words that each try one thing; MARK is what a page of it must still show as words.
MARK = "zzalert"
TITLES = (
    f"</title></script><script>{MARK}(1)</script><svg onload={MARK}(2)>",
    f'=HYPERLINK("https://evil.example/{MARK}","Copper deal")',
    f'#panic("{MARK}") #import "@preview/x:1.0.0": * $x^2$ @note \\u{{41}} // typst',
    f"+cmd|' /C {MARK}'!A0 ]]> <!-- {{{{ 7*7 }}}} {{% raw %}}",
    f"[{MARK}](javascript:alert(1)) ![x](https://evil.example/x.png) <b>bold</b> & &lt;i&gt;",
    f"\u202egnihtemos\u2066 \u0661\u200f {MARK}\x07\x1b[31m copper\u2028line\ufeff",
)
QUOTES = (
    f"“</q></blockquote><style>body{{display:none}}</style>{MARK}” <img src=x onerror={MARK}(3)>"
)
MOST = 230  # pages: a few of every kind
LINK = f'<a href="javascript:{MARK}(4)" onclick="{MARK}(5)">x</a><iframe src="//evil.example">'


def _article(number: int, title: str) -> Capture:
    """An article whose text holds markup as words, and markup as markup."""
    told = DEAL if number % 2 else OUTAGE
    text = f"{told} It was told as {QUOTES} and {title}."
    body = (
        f"<html lang=en><head><title>{html.escape(title)}</title>"
        f'<meta property="article:published_time" content="2025-03-28T0{number}:00:00Z">'
        f'<link rel=canonical href="javascript:{MARK}(6)"></head><body onload="{MARK}(7)">'
        f"<article><h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>{LINK}"
        f"<svg><script>{MARK}(8)</script></svg></article></body></html>"
    )
    # Another day's words each, or all would be one happening told by copies.
    body = body.replace("$1.875", f"$1.{number}75").replace("349,000", f"3{number}9,000")
    url = f"https://rogue{number}.example/%22%3E%3Cscript%3E{MARK}"
    return Capture(
        source_id=SourceId(f"rogue{number}"),
        requested_url=url,
        url=url,
        fetched_at=NOW,
        body=body.encode(),
        media_type="text/html",
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of a day of such articles, with reports, for who sees everything."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "desk.toml").write_text(
        'name = "Desk <b>one</b>"\ncontact = "desk@example.org"\n[sources]\nshipped = false\n'
        '[brief]\nbase_url = "https://desk.example.org"\n[accounts]\nsign_up = "open"\n',
        encoding="utf-8",
    )
    desk = load_desk(folder)
    with open_ledger(folder / "desk.db", create=True) as ledger:
        ledger.captures.add_all([_article(n, title) for n, title in enumerate(TITLES, start=1)])
        process(ledger, desk, now=NOW, workers=1)
        compose_step(ledger, desk, NOW.date(), now=NOW)
        site = site_of(desk, ledger, "http://127.0.0.1:1")
        subjects = (("commodity", "copper"), ("weekly", ""))
        site = keep_reports(site, folder / "reports", *subjects, pdf=True)
        yield replace(
            site, reach=Reach(tier=Tier.FREE, plan=Plan(least=dict.fromkeys(Part, Tier.FREE)))
        )


def _everything(site: Site, most: int) -> list[tuple[Answered, httpx.Headers]]:
    """Every kind of path that pages lead to, and every operation of the API."""
    found: list[tuple[Answered, httpx.Headers]] = []
    played = Played()
    app = make_app(site, doorman=PlayedDoorman(site, played), callers=played_callers(site, played))
    headers: dict[str, httpx.Headers] = {}

    async def note(answer: httpx.Response) -> None:
        headers[answer.request.url.raw_path.decode()] = answer.headers

    async def ask() -> None:
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(
            transport=transport, base_url="http://x", event_hooks={"response": [note]}
        ) as client:
            asked = Asked(
                site.address, client, most=most, count=lambda *_: None, progress=lambda *_: None
            )
            insights = insights_of(site)
            starts = ["/", "/sitemap.xml", *(f"/event/{i.event.id}" for i in insights)]
            starts += [f"/search?q={MARK}", f"/search/feed.rss?q={MARK}", f"/de/search?q={MARK}"]
            async for answer in asked.crawl(Tier.ENTERPRISE, starts, {}):
                found.append((answer, headers[answer.path]))
            async for answer in asked.call(Tier.ENTERPRISE, calls_of(site, insights)):
                found.append((answer, headers[answer.path]))

    anyio.run(ask)
    return found


def test_hostile_articles_are_inert_on_every_surface(hostile: Site) -> None:
    """Pages, feeds, pictures, PDF, JSON, CSV: each is judged by what reads it."""
    shown: dict[str, int] = {}
    for answer, headers in _everything(hostile, most=MOST):
        assert answer.status < 500, answer.path
        media = headers["content-type"].partition(";")[0]
        assert headers["x-content-type-options"] == "nosniff", answer.path
        assert "unsafe" not in headers["content-security-policy"]
        check = CHECKS.get(media)
        if check is not None and answer.given:
            check(answer.path, answer.body)
            shown[media] = shown.get(media, 0) + (MARK.encode() in answer.body)
    unseen = {media for media in CHECKS if media not in shown}
    assert unseen == set()
    # What was looked at held their words, or nothing was tried.
    for media in ("text/html", "application/rss+xml", "application/feed+json", "application/json",
                  "text/csv", "application/jsonl"):  # fmt: skip
        assert shown[media], media


def _check_html(path: str, body: bytes) -> None:
    text = body.decode()
    tree = LexborHTMLParser(text)
    for script in tree.css("script"):
        if (script.attributes.get("src") or "").startswith("/static/"):
            continue  # the site's own module
        assert script.attributes.get("type") == "application/ld+json", path
        json.loads(script.text())
    assert not tree.css("style, iframe, object, embed, base, b > *, title > *, q > *:not(mark, a)")
    for element in tree.css("*"):
        for name, value in element.attributes.items():
            assert not name.startswith("on"), (path, name)
            assert name != "style", path
            told = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name in ("href", "src", "action", "formaction", "data"):
                assert not told.startswith(("javascript:", "data:", "vbscript:")), path
                assert "rogue" not in told or told.startswith("https://rogue"), path
                assert "evil.example" not in told or told.startswith("/"), path
    assert not [c for c in text if steers(c) and c != "\n"], path


def _check_xml(path: str, body: bytes) -> None:
    """A feed or a picture: it parses, and nothing in it runs or is fetched."""
    for element in ElementTree.fromstring(body).iter():
        tag = element.tag.rpartition("}")[2]
        assert tag not in ("script", "foreignObject", "image", "use", "iframe", "style"), path
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), path
            if name.rpartition("}")[2] == "href":
                assert value.startswith(("#", "https://desk.example.org/")), path
        if path.endswith(".rss") or "feed.rss" in path:
            assert "<" not in html.unescape(html.unescape(element.text or "")), path


def _check_json(path: str, body: bytes) -> None:
    """It parses, and its bytes show nothing that steers a terminal."""
    json.loads(body)
    assert not [c for c in body.decode() if steers(c) and c not in "\n\r\t"], path


def _check_lines(path: str, body: bytes) -> None:
    for line in body.splitlines():
        _check_json(path, line)


def _check_csv(path: str, body: bytes) -> None:
    """No cell is a formula, in any spreadsheet."""
    for row in csv.reader(io.StringIO(body.decode())):
        for cell in row:
            number = re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", cell)
            assert number or not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")), path


def _check_pdf(path: str, body: bytes) -> None:
    """Words are printed, links lead to the web, and nothing runs."""
    reader = PdfReader(io.BytesIO(body))
    printed = "".join(page.extract_text() for page in reader.pages)
    assert MARK in printed, path
    assert not [c for c in printed if steers(c) and c != "\n"], path
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(reader.trailer["/Root"].get("/Names", {}))
    assert "/OpenAction" not in reader.trailer["/Root"] or b"/JS" not in body
    for page in reader.pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            assert action.get("/S", "/GoTo") in ("/URI", "/GoTo"), path
            assert not action.get("/URI") or action["/URI"].startswith("https://"), path


def _check_parquet(path: str, body: bytes) -> None:
    assert body[:4] == b"PAR1", path


CHECKS = {
    "text/html": _check_html,
    "application/rss+xml": _check_xml,
    "application/atom+xml": _check_xml,
    "application/xml": _check_xml,
    "image/svg+xml": _check_xml,
    "application/feed+json": _check_json,
    "application/json": _check_json,
    "application/jsonl": _check_lines,
    "text/csv": _check_csv,
    "application/pdf": _check_pdf,
    "application/vnd.apache.parquet": _check_parquet,
}


def test_hostile_articles_are_inert_in_mails_and_files(hostile: Site) -> None:
    """The letters of every tier in HTML and text, and the brief as Markdown."""
    assert hostile.root is not None
    desk = load_desk(hostile.root)
    letters = list(letters_of(desk, hostile.ledger, Tier.ENTERPRISE, today=NOW.date()))
    assert len(letters) == 2
    for name, body in letters:
        told = body.decode()
        subject, _, rest = told.partition("\n")
        assert not [c for c in subject if steers(c)], name
        assert MARK in told, name
        tree = LexborHTMLParser(rest.partition("</html>")[0] + "</html>")
        assert not tree.css("script, iframe, object, embed, svg, body img, title *"), name
        for element in tree.css("*"):
            for attribute, value in element.attributes.items():
                assert not attribute.startswith("on"), name
                assert "javascript:" not in (value or "").lower(), name
        assert not [c for c in told if steers(c) and c not in "\n\r"], name
    brief = hostile.ledger.briefs.get(NOW.date())
    assert brief is not None
    markdown = render_markdown(brief)
    assert MARK in markdown
    assert not re.search(r"(?<!\\)[<\[]\s*(script|svg|img|b>|zzalert)", markdown)
