"""The page of a chart in a real browser: drawn by its own scripts, no request, no word cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lodewire.publish.charts.render import render_html
from tests.browser.test_brief_page import ARTEFACTS, CHROMIUM
from tests.conftest import services_required
from tests.publish.charts.made import HOSTILE, MAKERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# Every word's box, in the picture's own coordinates, and the picture's size.
_WORDS = """
() => {
  const svg = document.querySelector('#chart svg');
  const frame = svg.getBoundingClientRect();
  const words = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim()).map(t => {
    const b = t.getBoundingClientRect();
    return [t.textContent, b.left - frame.left, b.top - frame.top,
            b.right - frame.left, b.bottom - frame.top];
  });
  return {width: frame.width, height: frame.height, words};
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
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


class Opened:
    """A page from a file, with what it said and asked for."""

    def __init__(self, browser: Browser, file: Path, scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": 1000, "height": 900}, color_scheme=scheme, offline=True
        )
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(dialog.message))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(file.as_uri())
        self.page.wait_for_selector("body[data-drawn=yes]", timeout=20_000)

    def close(self) -> None:
        """Close it."""
        self.context.close()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_chart_draws_by_itself_and_every_word_can_be_read(
    browser: Browser, tmp_path: Path, kind: str
) -> None:
    """No request, no console word; no text beyond the picture's edge, none upon another."""
    file = tmp_path / f"{kind}.html"
    file.write_text(render_html(MAKERS[kind]("Democratic Republic")), encoding="utf-8")
    opened = Opened(browser, file)
    told: dict[str, Any] = opened.page.evaluate(_WORDS)
    ARTEFACTS.mkdir(exist_ok=True)
    opened.page.screenshot(path=ARTEFACTS / f"chart-{kind}.png", full_page=True)
    opened.close()
    assert opened.said == []
    assert opened.asked == [file.as_uri()]
    assert len(told["words"]) > 5
    for text, left, top, right, bottom in told["words"]:
        assert left >= -1, text
        assert top >= -1, text
        assert right <= told["width"] + 1, text
        assert bottom <= told["height"] + 1, text
    assert overlaps(told["words"]) == []


def overlaps(words: list[list[Any]]) -> list[tuple[str, str]]:
    """Pairs of words that lie upon each other; a word and its halo are one."""
    found = []
    for at, a in enumerate(words):
        for b in words[at + 1 :]:
            if a[0] == b[0]:
                continue
            wide = min(a[3], b[3]) - max(a[1], b[1])
            high = min(a[4], b[4]) - max(a[2], b[2])
            # Boxes of type hold room above and below the letters.
            if wide > 2 and high > 4:
                found.append((a[0], b[0]))
    return found


@pytest.mark.parametrize("kind", MAKERS)
def test_hostile_words_are_words_in_the_page(browser: Browser, tmp_path: Path, kind: str) -> None:
    """Names that try to break out of text, script and expression are shown as they are."""
    file = tmp_path / f"{kind}.html"
    file.write_text(render_html(MAKERS[kind](" ".join(HOSTILE[:8]))), encoding="utf-8")
    opened = Opened(browser, file)
    elements = opened.page.evaluate("document.querySelectorAll('img, iframe, object').length")
    scripts = opened.page.evaluate("document.scripts.length")
    opened.close()
    assert opened.said == []
    assert opened.asked == [file.as_uri()]
    assert (elements, scripts) == (0, 3)


def test_pointing_tells_the_figure(browser: Browser, tmp_path: Path) -> None:
    """The page is interactive: a bar under the pointer tells its country and output."""
    file = tmp_path / "supply.html"
    file.write_text(render_html(MAKERS["supply"]("Copper")), encoding="utf-8")
    opened = Opened(browser, file)
    opened.page.locator("#chart svg .mark-rect.role-mark path").first.hover()
    opened.page.wait_for_selector("#vg-tooltip-element.visible", timeout=5_000)
    told = opened.page.inner_text("#vg-tooltip-element")
    opened.close()
    assert "Copper A" in told
    assert "5,300 (53 %)" in told
    assert opened.said == []


def test_on_a_dark_screen_the_picture_stays_a_white_card(browser: Browser, tmp_path: Path) -> None:
    """The background is part of the picture, so dark words never lie on a dark page."""
    file = tmp_path / "tornado.html"
    file.write_text(render_html(MAKERS["tornado"]("Copper")), encoding="utf-8")
    opened = Opened(browser, file, scheme="dark")
    fill = opened.page.evaluate(
        "getComputedStyle(document.querySelector('#chart svg')).backgroundColor"
    )
    page = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    opened.close()
    assert fill == page == "rgb(255, 255, 255)"
