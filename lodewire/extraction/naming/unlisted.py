"""Names that no table lists: companies, agencies, sites, people, found by form and neighbours."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lodewire.extraction.naming.candidates import find_candidates
from lodewire.extraction.naming.clues import Around, clues_of, is_barred, lists_works, tells_office
from lodewire.extraction.naming.cues import cue_union, load_cues
from lodewire.extraction.naming.lexicon import Entry, load_lexicon
from lodewire.extraction.naming.opinion import load_opinion
from lodewire.extraction.naming.ranges import Ranges
from lodewire.extraction.naming.votes import vote
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType

_FIXED = (MentionType.ORGANISATION, MentionType.SITE, MentionType.BENCHMARK)
Chosen = list[tuple[Span, Entry]]


@dataclass(frozen=True, slots=True)
class UnlistedName:
    """A name found by its context; ``entity`` is set when it only extends a listed name."""

    span: Span
    name: str
    type: MentionType
    entity: EntityId | None = None


def find_unlisted(
    text: str, sentences: Sequence[Span], chosen: Chosen
) -> tuple[list[UnlistedName], Chosen]:
    """Return unlisted names, and the lexicon hits that they leave standing."""
    found, by_name, around = gather(text, sentences, chosen)
    persons: set[str] = set()
    for name in sorted(by_name, key=len, reverse=True):
        type_ = _judge(text, name, by_name[name], persons, around)
        if type_ is MentionType.PERSON or (type_ is None and tells_office(name)):
            persons.update(name.split()[-1:])
        if type_ is None:
            continue
        found.extend(_shape(text, span, type_) for span in by_name[name])
    found.extend(_beside_firms(text, by_name, found, chosen))
    found.extend(_bare_sites(by_name, found))
    spans = Ranges(f.span for f in found)
    return found, [(s, e) for s, e in chosen if not spans.touch(s)]


def gather(
    text: str, sentences: Sequence[Span], chosen: Chosen
) -> tuple[list[UnlistedName], dict[str, list[Span]], Around]:
    """Return listed names with a suffix, the names to judge with their places, and what is near."""
    found: list[UnlistedName] = []
    by_name: dict[str, list[Span]] = {}
    for candidate in _free_candidates(text, sentences, chosen, found):
        span = _before_resource(text, candidate)
        if span is not None:
            by_name.setdefault(span.of(text), []).append(span)
    starts = {s.start: (s.end, "?") for spans in by_name.values() for s in spans}
    ends = {s.end: (s.start, "?") for spans in by_name.values() for s in spans}
    for span, entry in chosen:
        starts[span.start] = (span.end, entry.type.value)
        ends[span.end] = (span.start, entry.type.value)
    return found, by_name, Around(starts, ends)


def _beside_firms(
    text: str, by_name: dict[str, list[Span]], found: Sequence[UnlistedName], chosen: Chosen
) -> list[UnlistedName]:
    """ "JSW and Posco plan": a name coordinated with a firm, with nothing against it, is one."""
    firms = {f.span for f in found if f.type is MentionType.ORGANISATION}
    firms |= {s for s, e in chosen if e.type is MentionType.ORGANISATION}
    starts, ends = {s.start for s in firms}, {s.end for s in firms}
    taken = {f.span for f in found}
    beside: list[UnlistedName] = []
    for name, spans in by_name.items():
        free = [s for s in spans if s not in taken]
        if not free or not any(_is_coordinated(text, s, starts, ends) for s in free):
            continue
        if is_barred(name):
            continue  # "signed MoUs with Compass Minerals"
        votes = vote(text, name, spans)
        if votes.person <= 0 and votes.site <= 0 and votes.place <= 0 and votes.organisation >= 0:
            beside.extend(UnlistedName(s, name, MentionType.ORGANISATION) for s in free)
    return beside


def _is_coordinated(text: str, span: Span, starts: set[int], ends: set[int]) -> bool:
    after = _AND.match(text, span.end)
    if after is not None and after.end() in starts:
        return True
    before = _AND_BEFORE.search(text, max(0, span.start - 8), span.start)
    return before is not None and before.start() in ends


_AND = re.compile(r"(?: and | & |, (?:and )?| with )")
_AND_BEFORE = re.compile(r"(?: and | & |, and | with )$")
_RESOURCE = re.compile(
    r"\s?\b(?:(?:Maiden|Updated|Initial|Global|Total|JORC|Measured|Indicated|Inferred|Proven|Proved|"
    r"Probable|Mineral|Ore)\s)+(?:Resources?|Reserves?|Inventory)\b|"
    r"\b(?:Resource|Reserve) (?:Estimate|Statement|Update)s?\b|^(?:Indicated|Inferred|Measured)$"
)


def _before_resource(text: str, span: Span) -> Span | None:
    """Cut "Bold Hill Mineral Resource" back to the place; "Inferred Resource" names nobody."""
    match = _RESOURCE.search(span.of(text))
    if match is None:
        return span
    end = span.start + len(span.of(text)[: match.start()].rstrip())
    return Span(span.start, end) if end - span.start > 2 else None


def _bare_sites(
    by_name: dict[str, list[Span]], found: Sequence[UnlistedName]
) -> list[UnlistedName]:
    """ "Mount Orde" alone is the site that "Mount Orde Lithium Project" names elsewhere."""
    taken = {f.span for f in found}
    sites = {f.name for f in found if f.type is MentionType.SITE}
    return [
        UnlistedName(span, name, MentionType.SITE)
        for name in sites
        for span in by_name.get(name, ())
        if span not in taken
    ]


def _judge(
    text: str, name: str, spans: Sequence[Span], persons: set[str], around: Around
) -> MentionType | None:
    if name in persons:
        return MentionType.PERSON
    votes = vote(text, name, spans)
    winner = votes.winner()
    if winner in (MentionType.PERSON, MentionType.PLACE):
        return winner
    if is_barred(name) or all(_is_label(text, span) for span in spans):
        return None
    if winner is not None:
        return winner
    if votes.organisation < 3 and any(lists_works(text, span, around) for span in spans):
        return MentionType.SITE
    return load_opinion().judge(clues_of(text, name, spans, around, votes))


# "OSLO (NTB) -" opens a report, "(TSX-V: FPX)" quotes a share: neither tells of a party.
_DATELINE = re.compile(
    r"(?: \([A-Z][\w. ]{1,12}\)|, [A-Z][a-z]+\.?(?: \d{1,2})?(?:, \d{4})?)? ?[-–—]{1,2} "
)
_PORTFOLIO = re.compile(
    r" (?:and [A-Z]\w+ (?:[A-Z]\w+ )?)?(?:Deputy )?(?:Minister|Secretary|Undersecretary)\b(?! of)"
)
_SHARE = re.compile(r":\s?[A-Z0-9]{1,6}\b")


def _is_label(text: str, span: Span) -> bool:
    opens = span.start == 0 or text[span.start - 1] == "\n"
    if opens and span.of(text).isupper() and _DATELINE.match(text, span.end):
        return True
    if _PORTFOLIO.match(text, span.end):
        return True
    quoted = span.start > 0 and text[span.start - 1] in "(;, "
    return quoted and span.of(text).isupper() and _SHARE.match(text, span.end) is not None


def _shape(text: str, span: Span, type_: MentionType) -> UnlistedName:
    span = _strip_title(text, span) if type_ is MentionType.PERSON else span
    if type_ is MentionType.SITE:
        span = _strip_site_noun(text, span)
    return UnlistedName(span, span.of(text), type_, _listed_as(span.of(text), type_))


def _listed_as(name: str, type_: MentionType) -> EntityId | None:
    """The entity of an ambiguous listed name that this text turns out to mean."""
    entries = load_lexicon().entries.get(name.lower(), ())
    return next((e.entity for e in entries if e.type is type_ and e.surface == name), None)


def _strip_title(text: str, span: Span) -> Span:
    titles = load_cues()["person_titles"]
    start = span.start
    for word in re.finditer(r"\S+\s+", span.of(text)):
        if word.group().strip().lower() not in titles:
            break
        start = span.start + word.end()
    return Span(start, span.end)


def _strip_site_noun(text: str, span: Span) -> Span:
    """Cut "Lofdal Heavy Rare Earths Project" back to "Lofdal", as the press would."""
    words = list(re.finditer(r"\S+", span.of(text)))
    end = len(words)
    while end > 1 and words[end - 1].group().lower() in cue_union("site_nouns", "site_words") | {
        "and"
    }:
        end -= 1
    return Span(span.start, span.start + words[end - 1].end())


def _free_candidates(
    text: str, sentences: Sequence[Span], chosen: Chosen, found: list[UnlistedName]
) -> Iterable[Span]:
    for sentence in sentences:
        start = bisect.bisect_left(chosen, sentence.start, key=lambda c: c[0].start)
        end = bisect.bisect_left(chosen, sentence.end, key=lambda c: c[0].start)
        fixed = [(s, e) for s, e in chosen[start:end] if e.type in _FIXED]
        loose = [s for s, e in chosen[start:end] if e.type not in _FIXED]
        for candidate in find_candidates(text, sentence):
            yield from _around(text, candidate, fixed, loose, found)


def _around(
    text: str,
    candidate: Span,
    fixed: Chosen,
    loose: Sequence[Span],
    found: list[UnlistedName],
) -> Iterable[Span]:
    """Yield what of a candidate the lexicon does not explain."""
    inner = [(s, e) for s, e in fixed if s.overlaps(candidate)]
    if not inner:
        if not any(s.covers(candidate) for s in loose):
            yield _without_leading(candidate, loose, text)
        return
    span, entry = inner[0]
    if len(inner) == 1 and span.start == candidate.start and entry.type is MentionType.ORGANISATION:
        rest = text[span.end : candidate.end].replace(",", " ").split()
        cues = load_cues()
        if rest and all(w.lower() in cues["legal"] for w in rest):
            found.append(UnlistedName(candidate, candidate.of(text), entry.type, entry.entity))
            return
        if rest and rest[-1].lower() in cue_union("company_nouns", "legal"):
            yield candidate
            return
    if span.start == candidate.start and candidate.end > span.end:
        last = text[span.end : candidate.end].split()[-1].lower().rstrip(",")
        if last in load_cues()["legal"] or last in _FIRM_ENDS:
            yield candidate  # "Josemaria Resources Inc" is the firm, not the mine of that name
            return
    yield from _gaps(text, candidate, [s for s, _ in inner])


_FIRM_ENDS = frozenset(
    "resources minerals mining metals exploration holdings group energy petroleum".split()
)


def _gaps(text: str, candidate: Span, inner: Sequence[Span]) -> Iterable[Span]:
    at = candidate.start
    for span in [*inner, Span(candidate.end, candidate.end)]:
        gap = text[at : span.start]
        stripped = gap.strip(" ,\u00a0")
        nouns = cue_union("site_nouns", "site_words")
        if all(w.lower() in nouns for w in stripped.split()):
            at = max(at, span.end)
            continue  # "Goulamina [Lithium Project]" is the site that is known
        if len(stripped) > 2 and stripped[0].isupper():
            start = at + gap.index(stripped)
            yield from find_candidates(text, Span(start, start + len(stripped)))
        at = max(at, span.end)


def _without_leading(candidate: Span, loose: Sequence[Span], text: str) -> Span:
    """Drop a leading demonym or country before an agency: "Chinese [Ministry of Commerce]"."""
    for span in loose:
        if span.start == candidate.start and span.end < candidate.end:
            rest = text[span.end : candidate.end].lstrip()
            if rest.split()[0].lower() in load_cues()["agency_starts"]:
                return Span(candidate.end - len(rest), candidate.end)
    return candidate
