"""The leak test: clean on what is served, and it finds what is planted, wherever it is planted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.model.brief import BriefEntry
from lodewire.model.tier import Part, Plan, Reach, Tier
from lodewire.web import viewer
from lodewire.web.leaks.needles import Needles, Secret, texts_of
from lodewire.web.leaks.secrets import insights_of, marked_in, needles_for
from lodewire.web.leaks.testing import LeakReport, run_leak_test
from lodewire.web.pages.entity import entity as commodity
from lodewire.web.site import Ask, Site
from tests.pipeline.pages import NOW

PRO_WORDS = Plan(
    least=MappingProxyType({Part.FULL_TEXT: Tier.PRO, Part.SUPPLY: Tier.REGISTERED}),
    archive=MappingProxyType({}),
)
#: A few pages: enough for what is planted.
FEW = 60


def under(site: Site, plan: Plan, today: date | None = None) -> Site:
    """The site under another plan, on a day after its news."""
    clock = (lambda: NOW) if today is None else (lambda: NOW.replace(month=today.month))
    return replace(site, reach=Reach(tier=Tier.FREE, plan=plan), clock=clock)


def parts_of(report: LeakReport) -> set[tuple[Tier, str]]:
    return {(leak.tier, leak.part_name) for leak in report.leaks}


def test_nothing_leaks_whatever_the_plan(site: Site) -> None:
    """As it is shipped, and where reading, too, is paid for; every kind of page was asked for."""
    for plan in (Plan(), PRO_WORDS):
        report = run_leak_test(under(site, plan), most=70)
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
    assert {leak.where.split("/")[1] for leak in report.leaks} == {"event"}
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
    assert {part for part, _ in marked} == {Part.SUPPLY}
    paid = under(site, PRO_WORDS)
    hidden = needles_for(Tier.FREE, paid, [], marked)
    assert hidden.found(texts_of(body.body))
    assert not len(needles_for(Tier.REGISTERED, paid, [], marked))
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
