"""The brief in a real browser: phone and desk, light and dark, without a script or a request."""

from __future__ import annotations

import email
import email.policy
import functools
import http.server
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lodewire.model.brief import Brief
from lodewire.pipeline.sample import run_sample
from lodewire.publish.mail import render_mail
from lodewire.publish.page import render_page
from tests.conftest import services_required

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
ARTEFACTS = Path(__file__).resolve().parent.parent.parent / "artefacts"
SCREENS = {"phone": (390, 844), "desk": (1280, 900)}
VIEWS = [(screen, scheme) for screen in SCREENS for scheme in ("light", "dark")]

# The contrast of an element's text with what lies behind it (WCAG 2.2), computed in the page.
_CONTRAST = """
element => {
  const parse = c => (c.match(/[0-9.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let behind = null;
  for (let e = element; e && !behind; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || (c.length === 4 && c[3] > 0)) behind = c;
  }
  const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
"""
_INSIDE = (
    "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
)
_WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """The brief of the sample day, as the demo composes it."""
    return run_sample(tmp_path_factory.mktemp("browser"), workers=1)[1]


@pytest.fixture(scope="module")
def site(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page and the mail on a local server."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "favicon.ico").touch()  # what every browser asks a site for; a mail has no site
    (folder / "brief.html").write_text(render_page(brief), encoding="utf-8")
    message = email.message_from_bytes(render_mail(brief), policy=email.policy.default)
    body = message.get_body(("html",))
    assert body is not None
    (folder / "mail.html").write_text(body.get_content(), encoding="utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(site: str) -> Iterator[Browser]:
    """Debian's chromium, driven by Playwright.

    It comes after ``site``: while Playwright runs, no other event loop can start in its thread.
    """
    if not CHROMIUM.exists():
        if services_required():
            pytest.fail(f"{CHROMIUM} is missing, and this machine must have it")
        pytest.skip(f"{CHROMIUM} is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield opened
        opened.close()


class Visit:
    """A page opened at one size and scheme, with what it logged and asked for."""

    def __init__(self, browser: Browser, address: str, screen: str, scheme: str) -> None:
        width, height = SCREENS[screen]
        options: dict[str, Any] = {"viewport": {"width": width, "height": height}}
        self.context = browser.new_context(**options, color_scheme=scheme, reduced_motion="reduce")
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


@pytest.fixture
def visit(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The brief page at the screen and scheme of the test."""
    screen, scheme = request.param
    opened = Visit(browser, f"{site}/brief.html", screen, scheme)
    yield opened
    opened.context.close()


@pytest.mark.parametrize("visit", VIEWS, indirect=True, ids="-".join)
def test_the_page_opens_quietly_and_fits_its_screen(
    visit: Visit, site: str, request: pytest.FixtureRequest
) -> None:
    """No word on the console, no request to anywhere else, nothing wider than the screen."""
    visit.keep("brief-" + request.node.callspec.id)
    assert visit.said == []
    assert [a for a in visit.asked if not a.startswith(site)] == []
    assert visit.page.evaluate(_WIDTH) <= 0
    for summary in visit.page.locator("summary").all():
        summary.click()
    assert visit.page.evaluate(_WIDTH) <= 0
    visit.keep("brief-open-" + request.node.callspec.id)


@pytest.mark.parametrize("visit", VIEWS, indirect=True, ids="-".join)
def test_a_fact_leads_to_the_words_that_state_it(visit: Visit) -> None:
    """Each fact's quote is hidden until asked for, then stands on the screen by itself."""
    page = visit.page
    facts = page.locator("a.fact")
    assert facts.count() > 20
    for index in range(0, facts.count(), 5):
        fact = facts.nth(index)
        anchor = (fact.get_attribute("href") or "").removeprefix("#")
        row = page.locator(f"[id='{anchor}']")
        assert row.count() == 1
        assert not row.is_visible()
        fact.click()
        assert row.is_visible()
        assert row.evaluate(_INSIDE)
        assert page.locator(".proof li:visible").count() == 1
        assert row.locator("mark").first.inner_text().strip()
        page.go_back()
        assert not row.is_visible()


@pytest.mark.parametrize("visit", [("phone", "light")], indirect=True)
def test_all_words_of_an_entry_can_be_unfolded(visit: Visit) -> None:
    """The summary shows every row of its entry and of no other."""
    article = visit.page.locator("article").first
    article.locator("summary").click()
    rows = article.locator(".proof li")
    assert rows.count() == article.locator(".proof li:visible").count() > 1
    assert visit.page.locator(".proof li:visible").count() == rows.count()


@pytest.mark.parametrize(
    "visit", [("desk", "light"), ("desk", "dark")], indirect=True, ids="-".join
)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Visit) -> None:
    """Tab goes to the skip link, the desks, the facts and the summaries, each with an outline."""
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "(e => [e.tagName + '.' + e.className, getComputedStyle(e).outlineStyle, "
            "getComputedStyle(e).outlineWidth])(document.activeElement)"
        )
        reached.add(told[0])
        assert told[1] != "none", told
        assert told[2] != "0px", told
    assert {"A.fact", "SUMMARY."} <= reached


@pytest.mark.parametrize("visit", [("phone", "light")], indirect=True)
def test_a_fact_followed_by_keyboard_shows_its_words(visit: Visit) -> None:
    """Enter does what a tap does."""
    fact = visit.page.locator("a.fact").nth(3)
    fact.focus()
    visit.page.keyboard.press("Enter")
    assert visit.page.locator(".proof li:visible").count() == 1


@pytest.mark.parametrize("visit", VIEWS, indirect=True, ids="-".join)
def test_text_stands_out_from_what_lies_behind_it(visit: Visit) -> None:
    """Contrast is at least 4.5 to 1 for every kind of text, in both schemes."""
    page = visit.page
    page.locator("a.fact").nth(2).click()
    kinds = [
        "h1", ".day", ".kicker", ".sample", ".desks a", ".desks span", ".top a", "h2", ".type",
        ".status", "h3", "a.fact", ".why", "summary", ".proof li:target .role",
        ".proof li:target .value", ".proof li:target q", ".proof li:target mark",
        ".proof li:target cite", ".notes li", ".sources li", ".sources a", ".quiet", "footer p",
    ]  # fmt: skip
    weak = {}
    for kind in kinds:
        found = page.locator(kind).first
        assert found.count() == 1, kind
        ratio = found.evaluate(_CONTRAST)
        if ratio < 4.5:
            weak[kind] = round(ratio, 2)
    assert weak == {}


@pytest.mark.parametrize("visit", [("desk", "light")], indirect=True)
def test_a_desk_of_the_menu_is_not_hidden_under_it(visit: Visit) -> None:
    """The menu stays on the screen; the headline it leads to stands below it."""
    page = visit.page
    for link in page.locator(".desks a").all()[1:]:
        link.click()
        heading = page.locator((link.get_attribute("href") or "") + " h2").bounding_box()
        menu = page.locator(".desks").bounding_box()
        assert heading is not None
        assert menu is not None
        assert heading["y"] >= menu["y"] + menu["height"] - 1


@pytest.mark.parametrize("visit", [("desk", "light")], indirect=True)
def test_the_page_reads_without_style(visit: Visit) -> None:
    """Headings in order, one h1, every image-free word in the tree: a reader's tools work."""
    levels = visit.page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert visit.page.locator("html").get_attribute("lang") == "en"
    assert visit.page.locator("main").count() == 1


@pytest.mark.parametrize(("screen", "scheme"), VIEWS)
def test_the_mail_fits_and_can_be_read_in_both_schemes(
    browser: Browser, site: str, screen: str, scheme: str
) -> None:
    """The HTML part: no request, no overflow, enough contrast, also where the reader is dark."""
    opened = Visit(browser, f"{site}/mail.html", screen, scheme)
    try:
        opened.keep(f"mail-{screen}-{scheme}")
        assert [a for a in opened.asked if not a.startswith(site)] == []
        assert opened.said == []
        assert opened.page.evaluate(_WIDTH) <= 0
        weak = {}
        for kind in ("strong", ".soft", ".soft a", ".note", ".accent div"):
            found = opened.page.locator(kind).first
            assert found.count() == 1, kind
            ratio = found.evaluate(_CONTRAST)
            if ratio < 4.5:
                weak[kind] = round(ratio, 2)
        assert weak == {}
    finally:
        opened.context.close()
