"""The mail of a day as a mail program shows it: phone and desktop, light and dark, images off.

Pictures of each are kept as artefacts of CI, to be looked at.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from lodewire.config.desk import DeskConfig
from lodewire.ledger import open_ledger
from lodewire.model.audience import Preferences, Subscriber, SubscriberState
from lodewire.workbench.letters.campaigning import LetterBook, plan_campaign
from lodewire.workbench.letters.subscribing import open_subscriptions

from .conftest import Tab

ARTEFACTS = Path(__file__).resolve().parents[3] / "artefacts"
NOW = datetime(2025, 3, 28, 7, tzinfo=UTC)
VIEWS = {
    "phone-light": (390, "light", True),
    "phone-dark": (390, "dark", True),
    "desktop-light": (1280, "light", True),
    "desktop-dark": (1280, "dark", True),
    "phone-light-images-off": (390, "light", False),
    "phone-dark-images-off": (390, "dark", False),
}


@pytest.fixture(scope="module")
def mail(demo_desk: DeskConfig) -> tuple[str, dict[str, str]]:
    """The HTML of a free reader's letter, and its pictures by Content-ID as data addresses."""
    brief = demo_desk.brief.model_copy(update={"base_url": "https://desk.example.org"})
    desk = demo_desk.model_copy(update={"brief": brief})
    with open_ledger(desk.ledger_place) as ledger:
        subscriptions = open_subscriptions(desk, ledger, now=NOW)
        day = date(2025, 3, 28)
        book = LetterBook(subscriptions, ledger, plan_campaign(ledger, day, day, now=NOW))
        reader = Subscriber(
            address="reader@example.org",
            address_key="k",
            state=SubscriberState.ACTIVE,
            preferences=Preferences(),
            created_at=NOW,
            asked_at=NOW,
        )
        message = book.message(reader, now=NOW)
    assert message is not None
    parsed = message_from_bytes(message.body, policy=policy.SMTP)
    html = parsed.get_body(("html",))
    assert html is not None
    pictures = {
        str(part["Content-ID"]).strip("<>"): "data:image/png;base64,"
        + base64.b64encode(part.get_content()).decode()
        for part in parsed.walk()
        if part.get_content_type() == "image/png"
    }
    return html.get_content(), pictures


@pytest.mark.parametrize("view", VIEWS)
def test_a_mail_is_read_at_any_width_light_dark_and_without_its_pictures(
    view: str, mail: tuple[str, dict[str, str]], open_tab: Callable[..., Tab]
) -> None:
    html, pictures = mail
    wide, scheme, images = VIEWS[view]
    options: dict[str, Any] = {
        "viewport": {"width": wide, "height": 900},
        "color_scheme": scheme,
        "java_script_enabled": True,
    }
    page = open_tab(**options).page
    assert pictures, "the sample's letter has a chart"
    for cid, body in pictures.items():
        assert f"cid:{cid}" in html
        html = html.replace(f"cid:{cid}", body if images else "https://images-off.invalid/")
    page.route("https://images-off.invalid/", lambda route: route.abort())
    page.set_content(html)
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"mail-{view}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= wide, "nothing runs out"
    image = page.locator("img").first
    assert len(image.get_attribute("alt") or "") > 40, "told in words where it is not shown"
    if images:
        assert image.evaluate("i => i.complete && i.naturalWidth > i.clientWidth"), "sharp"
        assert image.evaluate("i => i.clientWidth") >= min(300, wide - 60)
    shades = page.evaluate(_SHADES)
    assert shades, "the letter has words"
    worst = min(shades, key=lambda s: float(s["ratio"]))
    assert worst["ratio"] >= 4.5, f"words can be told from their ground: {worst}"


#: The contrast (WCAG 2.2, 1.4.3) of every piece of text that is shown with what lies behind it.
_SHADES = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  };
  const found = [];
  const look = (e, text) => {
    const [a, b] = [parse(getComputedStyle(e).color), ground(e)].map(light).sort((x, y) => y - x);
    found.push({ratio: (a + .05) / (b + .05), text: text.slice(0, 60)});
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !e.getClientRects().length || e.closest('style')) continue;
    if (e.getBoundingClientRect().height >= 4) look(e, walk.currentNode.data.trim());
  }
  for (const image of document.images) if (!image.naturalWidth) look(image, image.alt);
  return found;
}"""
