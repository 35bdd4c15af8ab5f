"""What is paid for, read from the ledger itself and not from the pages that are tested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from lodewire.ledger.selecting import EventFilters
from lodewire.model.brief import BriefEntry
from lodewire.model.event import Event
from lodewire.model.tier import Part, Reach, Tier
from lodewire.publish.brief import entry_of
from lodewire.web.leaks.needles import Needles, Secret, telling
from lodewire.web.material import material_of, told
from lodewire.web.pages.texts import every_text
from lodewire.web.passages import passages_of
from lodewire.web.site import Site

MOST_EVENTS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An insight with all its texts, by part; ``free`` is what stands outside every part."""

    event: Event
    day: date
    free: tuple[str, ...]
    parts: dict[Part, tuple[str, ...]]


def whole_site(site: Site) -> Site:
    """Return the site as whoever sees everything does."""
    return replace(site, reach=Reach(tier=Tier.ENTERPRISE, plan=site.reach.plan))


def insights_of(site: Site) -> list[Told]:
    """Return the insights of the ledger, the latest first, with what each part of them says."""
    whole = whole_site(site)
    events = islice(told(whole, site.ledger.select(EventFilters())), MOST_EVENTS)
    return [_told(whole, event) for event in events]


def _told(site: Site, event: Event) -> Told:
    material = material_of(site, event)
    entry = entry_of(event, material)
    shown = [
        "".join(piece.text for piece in sentence)
        for passage in passages_of(event, entry, material)
        for sentence in passage.sentences
    ]
    return Told(
        event=event,
        day=event.reported or event.first_seen.date(),
        free=(*(s.text for s in entry.sentences), *_sources(entry)),
        parts={
            Part.FULL_TEXT: (*shown, *_full(entry)),
            Part.ANALYSIS: tuple(note.text for note in entry.context),
        },
    )


def _sources(entry: BriefEntry) -> Iterator[str]:
    for source in entry.sources:
        yield f"{source.publisher}: {source.title}"


def _full(entry: BriefEntry) -> Iterator[str]:
    for quote in entry.quotes:
        yield f"{quote.before}{quote.quote}{quote.after}"
    for number in entry.numbers:
        yield f"{number.text} {number.conversion or ''} {number.detail or ''}"
    for _, detail in entry.checks:
        yield detail


def marked_in(body: bytes) -> Iterator[tuple[Part, str]]:
    """Yield each run of text in the blocks of a page that say which part they are.

    ``data-part`` says so. Runs are not joined: what stands side by side in a block may be told for
    free one by one.
    """
    for block in LexborHTMLParser(body).css("[data-part]"):
        name = block.attributes.get("data-part") or ""
        if name not in {p.value for p in Part}:
            continue
        for node in block.traverse(include_text=True):
            if node.tag == "-text" and (text := node.text(deep=False).strip()):
                yield Part(name), text


def needles_for(
    tier: Tier, site: Site, insights: list[Told], marked: list[tuple[Part, str]]
) -> Needles:
    """Return what a tier must not be sent: every part that it does not see, every day too far."""
    reach = Reach(tier=tier, plan=site.reach.plan)
    today = site.clock().date()
    hidden: list[Secret] = []
    # The log of corrections is everybody's, however far back the brief lies that was wrong.
    seen = [b.sentence for c in site.joined.corrections() for b in c.briefs]
    seen += every_text(site)
    for insight in insights:
        if not reach.reads(insight.day, today):
            # Its sources may tell of later events too, so of it the sentence alone is sought.
            hidden.append(Secret(part=None, text=insight.free[0], event=insight.event.id))
            continue
        seen += insight.free
        for part, texts in insight.parts.items():
            if reach.sees(part):
                seen += texts
            else:
                hidden += [Secret(part=part, text=t, event=insight.event.id) for t in texts]
    for part, text in marked:
        if reach.sees(part):
            seen.append(text)
        elif telling(text):
            hidden.append(Secret(part=part, text=text))
    return Needles(hidden, seen)
