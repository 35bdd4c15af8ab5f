"""The site on a real server in a real browser: from brief to quote, search, no request out."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from lodewire.cli.serving import site_of
from lodewire.ledger import open_ledger
from lodewire.pipeline.sample import run_sample
from lodewire.web.app import make_app
from lodewire.web.server import listen, server_of
from tests.browser.test_brief_page import _CONTRAST, _INSIDE, _WIDTH, CHROMIUM, VIEWS, Visit
from tests.conftest import services_required

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGES = {
    "brief": "/",
    "archive": "/archive",
    "desk": "/desk/mining-metals",
    "commodity": "/commodity/copper",
    "country": "/country/CL",
    "organisation": "/organisation/rio-tinto",
    "list": "/organisations",
    "search": "/search?q=lithium",
    "corrections": "/corrections",
    "sources": "/sources",
    "about": "/about",
    "methods": "/methods",
    "missing": "/nothing-here",
}

# What an audit of accessibility asks of a page that has no script: names, labels, order.
_AUDIT = """
() => {
  const bad = [];
  const name = e => (e.getAttribute('aria-label') || e.textContent || e.getAttribute('alt') || '')
    .trim() || (e.querySelector('img[alt]') || {}).alt || '';
  for (const e of document.querySelectorAll('a[href], button')) if (!name(e)) bad.push(e.outerHTML);
  for (const e of document.querySelectorAll('input:not([type=hidden]), select')) {
    const label = e.closest('label');
    if (!e.getAttribute('aria-label') && !(label && label.textContent.trim()))
      bad.push(e.outerHTML);
  }
  for (const e of document.querySelectorAll('img:not([alt])')) bad.push(e.outerHTML);
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) bad.push('twice: ' + id);
  for (const mark of ['main', 'header', 'footer', 'h1'])
    if (document.querySelectorAll('body > ' + mark + ', main ' + mark).length < 1)
      bad.push('no ' + mark);
  const navs = [...document.querySelectorAll('nav, aside')].map(e => e.getAttribute('aria-label'));
  for (const label of navs) if (!label || navs.indexOf(label) !== navs.lastIndexOf(label))
    bad.push('landmark ' + label);
  for (const t of document.querySelectorAll('table'))
    if (!t.querySelector('th[scope=col]')) bad.push('table without heads');
  for (const e of document.querySelectorAll('[tabindex]'))
    if (Number(e.getAttribute('tabindex')) > 0) bad.push('tabindex');
  return bad;
}
"""
# Every element that holds text of its own and can be seen.
_TEXTS = """
() => [...document.querySelectorAll('body *')].filter(e => {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  const box = e.getBoundingClientRect();
  return own && box.width > 0 && box.height > 0 && box.left >= 0;
})
"""
_WEAK = f"""
() => {{
  const ratio = {_CONTRAST};
  const weak = {{}};
  for (const e of ({_TEXTS})()) {{
    const found = ratio(e);
    if (found < 4.5) weak[e.tagName + '.' + e.className] = Math.round(found * 100) / 100;
  }}
  return weak;
}}
"""


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample desk, served."""
    folder = tmp_path_factory.mktemp("served")
    desk = run_sample(folder, workers=1)[2]
    with open_ledger(desk.ledger_place) as ledger:
        bound = listen("127.0.0.1", 0)
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        server = server_of(make_app(site_of(desk, ledger, address)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.02)
        yield address
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture(scope="module")
def browser(where: str) -> Iterator[Browser]:
    """Debian's chromium, driven by Playwright."""
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


@pytest.fixture
def visit(browser: Browser, where: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The front page at the screen and scheme of the test."""
    screen, scheme = request.param
    opened = Visit(browser, where + "/", screen, scheme)
    yield opened
    opened.context.close()


@pytest.mark.parametrize("visit", VIEWS, indirect=True, ids="-".join)
def test_every_kind_of_page_is_quiet_fits_and_can_be_read(
    visit: Visit, where: str, request: pytest.FixtureRequest
) -> None:
    """No request elsewhere, no word on the console, no overflow, contrast, names, labels, order."""
    page = visit.page
    event = page.locator("article.entry").first.get_attribute("id")
    for name, path in {**PAGES, "event": f"/event/{event}"}.items():
        page.goto(where + path)
        visit.keep(f"site-{name}-{request.node.callspec.id}")
        assert page.evaluate(_WIDTH) <= 0, name
        assert page.evaluate(_AUDIT) == [], name
        assert page.evaluate(_WEAK) == {}, name
        levels = page.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.tagName[1]))"
        )
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(b - a <= 1 for a, b in pairwise(levels)), name
    quiet = [s for s in visit.said if "404" not in s]  # the page that is not there
    assert quiet == []
    assert [a for a in visit.asked if not a.startswith(where)] == []


@pytest.mark.parametrize("visit", VIEWS, indirect=True, ids="-".join)
def test_a_reader_goes_from_the_brief_to_a_quote(
    visit: Visit, where: str, request: pytest.FixtureRequest
) -> None:
    """A marked word of the brief leads to the same value's words, on the screen and outlined."""
    page = visit.page
    for number in (0, 3, 9):
        page.goto(where + "/")
        page.locator("a.fact").nth(number).click()
        page.wait_for_url("**/event/**")
        mark = page.locator("mark:has(:target)")
        assert mark.count() == 1
        assert mark.inner_text().strip()
        assert mark.evaluate(_INSIDE)
        assert mark.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    visit.keep(f"site-quote-{request.node.callspec.id}")
    assert visit.said == []


@pytest.mark.parametrize(
    "visit", [("phone", "light"), ("desk", "dark")], indirect=True, ids="-".join
)
def test_a_search_is_made_narrowed_and_followed(visit: Visit) -> None:
    """By keyboard from the front page; a filter narrows; an event of a hit is opened."""
    page = visit.page
    page.locator(".find input").focus()
    page.keyboard.type("lithium")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=lithium")
    found = page.locator(".list > li").count()
    assert found > 2
    assert page.locator(".snip mark").count() > 0
    page.select_option("select[name=type]", "acquisition")
    page.locator(".filters button").click()
    page.wait_for_url("**type=acquisition**")
    assert 0 < page.locator(".list > li").count() < found
    page.locator(".why a").first.click()
    page.wait_for_url("**/event/**")
    assert visit.said == []


@pytest.mark.parametrize("visit", [("desk", "light")], indirect=True, ids="-".join)
def test_the_keyboard_starts_at_the_content(visit: Visit) -> None:
    """The first Tab shows the way past the menus; each stop has an outline."""
    page = visit.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    for _ in range(30):
        page.keyboard.press("Tab")
        told: list[Any] = page.evaluate(
            "(e => [e.tagName, getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        assert told[1] == "solid", told


@pytest.mark.parametrize("visit", [("desk", "light")], indirect=True, ids="-".join)
def test_pages_are_light(visit: Visit, where: str) -> None:
    """A page with its style and mark is far under 250 kB."""
    for path in PAGES.values():
        visit.page.goto(where + path)
        size = visit.page.evaluate(
            "performance.getEntries().reduce((sum, e) => sum + (e.encodedBodySize || 0), 0)"
        )
        assert 3_000 < size < 250_000, path
