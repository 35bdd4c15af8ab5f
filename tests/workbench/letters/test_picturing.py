"""Charts of a letter: of what its weightiest events are about, in words too, within a limit."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from types import SimpleNamespace
from typing import Any

import pytest

from lodewire.config.newsletter import NewsletterChoice
from lodewire.delivery.messages import From, Letter
from lodewire.delivery.stencil import make_stencil
from lodewire.model.brief import Brief, DeskSection
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Desk
from lodewire.publish.newsletter import UNSUBSCRIBE, render_letter
from lodewire.reference.store import packaged_of
from lodewire.workbench.letters import picturing
from lodewire.workbench.letters.picturing import Illustrator
from tests.delivery.audience import NOW, brief_of, entry

ABOUT = {
    "ev_first": ("gallium",),
    "ev_second": ("gallium", "lithium"),
    "ev_third": ("cobalt",),
    "ev_nothing": (),
    "ev_no figures": ("unobtainium",),
}


def letter_of(*events: str) -> Brief:
    """A brief whose events weigh less and less."""
    entries = [
        replace(entry(Desk.MINING_METALS, f"{e}.", 1 - n / 10), event_id=EventId(e))
        for n, e in enumerate(events)
    ]
    return replace(
        brief_of(), sections=(DeskSection(desk=Desk.MINING_METALS, entries=tuple(entries)),)
    )


def illustrator(monkeypatch: pytest.MonkeyPatch, **choice: Any) -> Illustrator:
    events = SimpleNamespace(get_all=lambda ids: [SimpleNamespace(id=i) for i in ids])
    monkeypatch.setattr(picturing, "commodities_of", lambda event: ABOUT[event.id])
    return Illustrator(
        ledger=SimpleNamespace(events=events),  # type: ignore[arg-type]
        figures=lambda: packaged_of("usgs-mcs"),
        choice=NewsletterChoice(**choice),
        domain="example.org",
    )


def test_the_weightiest_events_are_illustrated_each_commodity_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brief = letter_of("ev_nothing", "ev_no figures", "ev_first", "ev_second", "ev_third")
    assert list(illustrator(monkeypatch).illustrate(brief)) == ["ev_first"], "one, if not told"
    found = illustrator(monkeypatch, charts=3, chart_kb=400).illustrate(brief)
    assert {e: i.title.partition(":")[0] for e, (i, _) in found.items()} == {
        "ev_first": "Gallium",
        "ev_second": "Lithium",
        "ev_third": "Cobalt",
    }
    assert illustrator(monkeypatch, charts=0).illustrate(brief) == {}


def test_pictures_keep_within_the_limit_of_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    brief = letter_of("ev_first", "ev_second", "ev_third")
    small = illustrator(monkeypatch, charts=3, chart_kb=40).illustrate(brief)
    assert 0 < sum(len(p.body) for _, p in small.values()) <= 40_000
    (sharp, _), (plain, _) = (
        illustrator(monkeypatch, chart_kb=kb).illustrate(brief)[EventId("ev_first")]
        for kb in (120, 25)
    )
    assert abs(sharp.wide - plain.wide) <= 2, "the same width on the page, with fewer pixels"


def test_the_twin_tells_a_chart_as_the_picture_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brief = letter_of("ev_first")
    ((told, picture),) = illustrator(monkeypatch).illustrate(brief).values()
    rendered = render_letter(brief, preferences=False, charts={EventId("ev_first"): told})
    for words in (told.title, told.alt, told.caption, "China 839,000 (99 %)", "Vintage: MCS"):
        assert words in rendered.text
        assert words in rendered.html
    stencil = make_stencil(
        Letter(subject="s", text=rendered.text, html=rendered.html, pictures=(picture,)),
        sender=From(name="T", address="b@example.org", bounces="b@example.org"),
        list_name="brief",
        blanks=(UNSUBSCRIBE,),
    )
    message = stencil.fill(
        "r@example.org",
        message_id="<m@example.org>",
        date=NOW,
        values={UNSUBSCRIBE: "https://u.test"},
    )
    parsed = message_from_bytes(message.body, policy=policy.SMTP)
    assert parsed.defects == []
    assert message.clean
    (part,) = [p for p in parsed.walk() if p.get_content_type() == "image/png"]
    assert part.get_content() == picture.body
    assert f"cid:{part['Content-ID'].strip('<>')}" in rendered.html
