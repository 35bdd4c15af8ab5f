"""Output told of several works at once: "at A and at B it was down by a fifth each"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import works
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_EACH = sought(r"\b(?:each|apiece)\b")
_LANDS = (MentionType.PLACE, MentionType.COUNTRY)


def each_of(draft: Draft) -> Iterator[Draft]:
    """Yield the draft, or one for each works before its figure where the figure is of each."""
    told = [a.span for a in draft.arguments if a.role in ("change", "volume")]
    sentence = draft.sentence
    each = sentence.locate(_EACH)
    if not told or each is None or each.start() - max(s.end for s in told) > 2:
        yield draft
        return
    ahead = Span(sentence.span.start, max(sentence.span.start, min(s.start for s in told)))
    sites = works.sites_of(sentence, ahead)
    if len(sites) < 2:
        yield draft
        return
    for site in sites:
        own = replace(draft, arguments=[a for a in draft.arguments if a.role not in _PLACES])
        own.add("site", site)
        own.add("country", _land_of(draft, site))
        own.trigger = site.span if site is not sites[0] else draft.trigger
        yield own


_PLACES = frozenset(("site", "country"))


def _land_of(draft: Draft, site: Mention) -> Mention | None:
    """The land told right behind a site: "at Lihir in Papua New Guinea"."""
    sentence = draft.sentence
    behind = Span(site.span.end, min(sentence.span.end, site.span.end + 40))
    for land in sentence.mentions_in(behind, *_LANDS)[:1]:
        between = sentence.analysis.text[site.span.end : land.span.start]
        if re.fullmatch(r",? (?:in )?(?:the )?", between):
            return land
    return None
