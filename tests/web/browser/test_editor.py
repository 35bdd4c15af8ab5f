"""An editor by keyboard: accepts, is refused a number, publishes, corrects; and how it looks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from lodewire.model.tier import Role
from lodewire.web.door import now_utc
from tests.web.browser.conftest import Served, Tab
from tests.web.browser.test_reading import _WIDER, ARTEFACTS, AXE, DESK, PHONE, RULES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def invite(served: Served, page: Page, address: str) -> None:
    """Sign an editor in by the link of an invitation."""
    assert served.site.accounts is not None
    _, link = served.site.accounts.invite(
        address, tier=None, role=Role.EDITOR, days=None, actor="test", now=now_utc()
    )
    page.goto(link)
    page.click("main button")
    page.wait_for_url("**/")


def test_an_editor_reviews_is_refused_publishes_and_corrects(
    served: Served, open_tab: Callable[..., Tab]
) -> None:
    tab, reader = open_tab(**DESK), open_tab(**PHONE)
    page, keys = tab.page, tab.page.keyboard
    invite(served, page, "editor@example.org")
    page.click("nav >> text=Editing")

    # The queue, without a mouse: accept one, reject the next with a reason.
    waiting = page.locator("[data-case]").first.get_attribute("id")
    keys.press("j")
    with page.expect_navigation():
        keys.press("a")
    assert page.locator(f"#{waiting}").count() == 0
    rejected = page.locator("[data-case]").first.get_attribute("id")
    keys.press("j")
    keys.press("r")
    keys.type("a comment, no event")
    with page.expect_navigation():
        keys.press("Enter")
    assert page.locator(f"#{rejected}").count() == 0
    assert [d.action.value for d in served.site.ledger.decisions.all()] == ["accept", "reject"]

    # The draft: a number that no source states is refused; a wording is asked about, and kept.
    page.click("text=Brief")
    first = page.locator(".drafted > li").first
    sentence = first.locator(".told").inner_text()
    keys.press("j")
    keys.press("w")
    page.keyboard.press("Control+a")
    keys.type(sentence.rstrip(".") + " for US$999 billion.")
    with page.expect_navigation():
        page.click("li:has(textarea:focus) button:has-text('Check and keep')")
    refused = page.locator(".rewrite [role=alert]")
    assert "a number without a statement: 'US$999 billion'" in refused.inner_text()
    assert refused.is_visible()
    page.screenshot(path=_artefact("editor-refused"), full_page=False)
    again = "In short, " + sentence
    page.locator(".drafted > li").first.locator("textarea").fill(again)
    with page.expect_navigation():
        page.locator(".drafted > li").first.locator("button:has-text('Check and keep')").click()
    assert "No source of it writes: short." in page.locator(".rewrite [role=alert]").inner_text()
    page.check("text=it is meant so")
    with page.expect_navigation():
        page.locator(".drafted > li").first.locator("button:has-text('Check and keep')").click()
    assert page.locator(".drafted .told").first.inner_text() == again
    assert "another brief than this draft" in page.inner_text("#state")
    with page.expect_navigation():
        page.click("#publish")
    assert "Readers see just this" in page.inner_text("#state")
    reader.page.goto(served.address)
    assert again in reader.page.locator("h3.told").all_inner_texts()

    # A value of what was published is corrected: its readers see what it was.
    page.goto(served.address + "/editor/brief")
    page.locator(".drafted > li", has=page.locator(".told", has_text="US$")).first.focus()
    with page.expect_navigation():
        keys.press("e")
    value = page.locator("[data-case]", has_text="US$").first
    value.focus()
    keys.press("e")
    edit = value.locator("form[action$='/edit']")
    edit.locator("input[name=value]").fill("US$7 million")
    edit.locator("input[name=reason]").fill("the filing says so")
    with page.expect_navigation():
        keys.press("Enter")
    assert "the filing says so" in page.inner_text("main")
    reader.page.goto(served.address + "/corrections")
    assert "the filing says so" in reader.page.inner_text("main")
    log = [line.action for line in served.site.ledger.counted.audit(acts="brief")]
    assert log == ["brief publish", "brief rewrite"]
    assert reader.said == []
    assert [s for s in tab.said if "400" not in s] == [], "the refusal is a 400"
    assert tab.strangers(served.address) == []


def _artefact(name: str) -> str:
    ARTEFACTS.mkdir(exist_ok=True)
    return str(ARTEFACTS / f"{name}.png")


def test_the_editors_desk_is_fit_for_all(served: Served, open_tab: Callable[..., Tab]) -> None:
    """No fault that axe finds, nothing wider than the screen, and every step without scripts."""
    tab = open_tab(**DESK)
    page = tab.page
    invite(served, page, "looks@example.org")
    page.goto(served.address + "/editor/review")
    event = page.locator("[data-case]").first.get_attribute("id")
    script = AXE.read_text(encoding="utf-8")
    views = cycle([(1440, "light"), (390, "dark"), (1440, "dark"), (390, "light")])
    pages = ["review", f"review/{event}", "brief", "sources", "subscribers", "campaigns", "audit"]
    for path, (width, scheme) in zip([*pages, f"review/{event}"], views, strict=False):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"{served.address}/editor/{path}")
        assert page.evaluate(_WIDER) <= 0, path
        page.evaluate(script)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        assert [(v["id"], v["nodes"][0]["target"]) for v in found["violations"]] == [], path
        page.screenshot(path=_artefact(f"editor-{path.partition('/')[0]}-{width}-{scheme}"))
    assert tab.said == []
    plain = open_tab(**PHONE, java_script_enabled=False)
    plain.page.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    plain.page.goto(served.address + "/editor/review")
    waiting = plain.page.locator("[data-case]").first.get_attribute("id")
    plain.page.locator(f"#{waiting} button:has-text('Accept')").click()
    plain.page.wait_for_url("**/editor/review")
    assert plain.page.locator(f"#{waiting}").count() == 0
