"""What one reader is told of a brief: what concerns them, nothing twice, and no more than fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import cache

from lodewire.model.brief import Brief, BriefEntry, DeskSection
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Verdict
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.publish.newsletter import top_of
from lodewire.publish.words import correction_words


def told_text(entry: BriefEntry) -> str:
    """Return what an entry tells, with its corrections: another text is news."""
    told = " ".join(s.text for s in entry.sentences)
    return "\n".join([told, *correction_words(entry.corrections)])


def told_of(brief: Brief) -> dict[EventId, str]:
    """Return what a letter tells, event by event."""
    return {e.event_id: told_text(e) for s in brief.sections for e in s.entries}


def about(
    brief: Brief, names: Collection[str], touching: Collection[EventId] | None = None
) -> Brief:
    """Return what concerns any of the names: materials and countries by all of theirs.

    Also what is told of the events ``touching`` the reader, where these are given. Corrections at
    the head stay. With neither names nor such events asked for all stays.
    """
    if not names:
        return brief if touching is None else _kept(brief, lambda e: e.event_id in touching)
    surfaces = {s for name in names for s in surfaces_of(name)}
    found = re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(s) for s in sorted(surfaces)) + r")(?!\w)", re.IGNORECASE
    )

    def concerns(entry: BriefEntry) -> bool:
        if touching is not None and entry.event_id in touching:
            return True
        texts = [s.text for s in entry.sentences] + [q.value for q in entry.quotes]
        return any(found.search(text) for text in texts)

    return _kept(brief, concerns)


@cache
def surfaces_of(name: str) -> frozenset[str]:
    """Return the names that a material or country goes by; of any other name itself alone."""
    folded = name.casefold()
    for commodity in load_commodities().values():
        told = {commodity.name, *(a.text for a in commodity.aliases)}
        if folded in {t.casefold() for t in told}:
            return frozenset({name, *told})
    for country in load_countries().values():
        told = {country.name, *(a.text for a in (*country.aliases, *country.demonyms))}
        if folded in {t.casefold() for t in told}:
            return frozenset({name, *told})
    return frozenset({name})


def without_repeats(brief: Brief, told: Mapping[EventId, str]) -> Brief:
    """Return what the reader was not told yet, or is told otherwise now, with what it said then."""

    def fresh(entry: BriefEntry) -> bool:
        return told.get(entry.event_id) != told_text(entry)

    kept = _kept(brief, fresh)
    sections = tuple(
        replace(s, entries=tuple(_beside(e, told.get(e.event_id, "")) for e in s.entries))
        for s in kept.sections
    )
    return replace(kept, sections=sections)


def _beside(entry: BriefEntry, before: str) -> BriefEntry:
    then = before.partition("\n")[0]
    now = told_text(entry).partition("\n")[0]
    return replace(entry, before=then) if then and then != now else entry


def within(brief: Brief, most: int) -> Brief:
    """Return at most ``most`` entries, in turns from each desk, so that none is crowded out."""
    if sum(len(s.entries) for s in brief.sections) <= most:
        return brief
    shares = [0] * len(brief.sections)
    left = most
    while left:
        for at, section in enumerate(brief.sections):
            if left and shares[at] < len(section.entries):
                shares[at] += 1
                left -= 1
    sections = tuple(
        replace(s, entries=s.entries[:n], also=s.also + len(s.entries) - n)
        for s, n in zip(brief.sections, shares, strict=True)
    )
    return replace(brief, sections=sections, top=top_of(sections, brief.top))


def with_links(brief: Brief, lead: Callable[[str], str]) -> Brief:
    """Return ``brief`` with the addresses of its sources as ``lead`` gives them."""

    def led(entry: BriefEntry) -> BriefEntry:
        sources = tuple(replace(s, url=lead(s.url)) if s.url else s for s in entry.sources)
        return replace(entry, sources=sources)

    sections = tuple(replace(s, entries=tuple(led(e) for e in s.entries)) for s in brief.sections)
    return replace(brief, sections=sections)


def rails_of(brief: Brief, *, least_origins: int) -> dict[str, tuple[str, ...]]:
    """Return the guard rails of a brief that goes out by itself, each with what breaks it."""
    entries = [e for s in brief.sections for e in s.entries]
    told = [" ".join(s.text for s in e.sentences) for e in entries]
    few = [
        f"{e.origins} origins, of {least_origins} wanted: {words}"
        for e, words in zip(entries, told, strict=True)
        if not e.sources or e.origins < least_origins
    ]
    failed = [
        f"a check failed: {words}"
        for e, words in zip(entries, told, strict=True)
        if any(verdict is Verdict.MISMATCH for verdict, _ in e.checks)
    ]
    filler = [
        f"filler, empty or told twice: {words}"
        for at, words in enumerate(told)
        if not words.strip() or words in told[:at]
    ]
    return {
        "every insight has its origins": tuple(few),
        "no check failed": tuple(failed),
        "nothing is filler": tuple(filler),
        "it is no sample": ("it is a sample",) if brief.sample else (),
    }


def doubts_of(brief: Brief, *, least_origins: int) -> tuple[str, ...]:
    """Return why a brief should not go out before a person has read it; empty where nothing is."""
    found = rails_of(brief, least_origins=least_origins)
    return tuple(doubt for doubts in found.values() for doubt in doubts)


def _kept(brief: Brief, keep: Callable[[BriefEntry], bool]) -> Brief:
    sections: tuple[DeskSection, ...] = tuple(
        replace(s, entries=tuple(e for e in s.entries if keep(e))) for s in brief.sections
    )
    return replace(brief, sections=sections, top=top_of(sections, brief.top))
