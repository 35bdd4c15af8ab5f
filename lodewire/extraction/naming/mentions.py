"""All names of a text: lexicon hits, unlisted names, short forms, anaphora, as mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lodewire.extraction.naming.ambiguity import Context, choose
from lodewire.extraction.naming.anaphora import find_anaphora
from lodewire.extraction.naming.lexicon import Entry, load_lexicon
from lodewire.extraction.naming.products import extend_product
from lodewire.extraction.naming.ranges import Ranges
from lodewire.extraction.naming.scan import Hit, scan
from lodewire.extraction.naming.shortforms import bracketed_acronym, map_short_forms, strip_legal
from lodewire.extraction.naming.unlisted import UnlistedName, find_unlisted
from lodewire.model.entity import Mention, unknown_entity_id
from lodewire.model.evidence import Span
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.sites import load_sites


@dataclass(frozen=True, slots=True)
class Named:
    """The mentions of a text, in order, and the kind of each known entity ("miner", "mine")."""

    mentions: tuple[Mention, ...]
    kinds: dict[str, str]


def find_mentions(text: str, sentences: Sequence[Span], hits: Sequence[Hit] | None = None) -> Named:
    """Return every name in the sentences of ``text``; spans do not overlap."""
    hits = hits if hits is not None else scan(text)
    firms = _firms_like_goods(text, _inside(hits, sentences))
    listed = [(s, e) for s, e in choose_listed(text, sentences, hits) if s not in firms]
    listed.extend((span, entry) for span, entry in firms.items() if entry is not None)
    listed.sort(key=lambda told: told[0].start)
    unlisted, chosen = find_unlisted(text, sentences, listed)
    strangers = [span for span, entry in firms.items() if entry is None]
    places = Ranges(sentences)
    mentions = [_listed(text, span, entry, places) for span, entry in chosen]
    mentions.extend(_unlisted(text, name) for name in unlisted)
    mentions.extend(_unlisted(text, _stranger(text, span)) for span in strangers)
    kinds: dict[str, str] = {str(e.entity): e.kind for _, e in chosen}
    mentions.extend(_short(text, places, mentions))
    mentions = _unify_short(_unify_surnames(mentions))
    mentions = _fullest(_without_overlaps(mentions))
    mentions.extend(find_anaphora(text, sentences, mentions, kinds))
    return Named(tuple(_without_overlaps(mentions)), kinds)


def choose_listed(
    text: str, sentences: Sequence[Span], hits: Sequence[Hit] | None = None
) -> list[tuple[Span, Entry]]:
    """Return the lexicon's names that stand in the sentences, each with what it means there."""
    inside = _inside(hits if hits is not None else scan(text), sentences)
    context = _context(inside)
    return [(h.span, e) for h in inside if (e := choose(text, h, context)) is not None]


# "Critical Metals (Nasdaq: CRML)"
_LISTED_AS = re.compile(r"\s?\([A-Z][\w.\- ]{1,12}:\s?[A-Z0-9]{1,6}\b[^()\n]{0,40}\)")


def _stranger(text: str, span: Span) -> UnlistedName:
    return UnlistedName(type=MentionType.ORGANISATION, span=span, name=span.of(text))


def _firms_like_goods(text: str, hits: Sequence[Hit]) -> dict[Span, Entry | None]:
    """Firms named like what they deal in: a ticker follows the name, which is theirs throughout.

    Each place with what the lexicon knows by the ticker, None for nothing.
    """
    goods = [h for h in hits if any(e.type is MentionType.COMMODITY for e in h.entries)]
    goods = [h for h in goods if h.span.of(text).istitle() and " " in h.span.of(text)]
    firms: dict[str, Entry | None] = {}
    for hit in goods:
        bracket = _LISTED_AS.match(text, hit.span.end)
        if bracket is not None:
            within = Span(hit.span.end, bracket.end())
            inside = (e for h in hits if within.covers(h.span) for e in h.entries)
            known = (e for e in inside if e.type is MentionType.ORGANISATION)
            firms[hit.span.of(text)] = next((e for e in known if e.kind != "exchange"), None)
    return {h.span: firms[h.span.of(text)] for h in goods if h.span.of(text) in firms}


def _inside(hits: Iterable[Hit], sentences: Sequence[Span]) -> list[Hit]:
    kept: list[Hit] = []
    at = 0
    for hit in hits:
        while at < len(sentences) and sentences[at].end <= hit.span.start:
            at += 1
        if at < len(sentences) and sentences[at].covers(hit.span):
            kept.append(hit)
    return kept


_LANDS = (MentionType.COUNTRY, MentionType.PLACE, MentionType.SITE)


def _context(hits: Sequence[Hit]) -> Context:
    single = [h for h in hits if len(h.entries) == 1 and not h.entries[0].ambiguous]
    sure = [h.entries[0] for h in single]
    firms = [h.span for h in single if h.entries[0].type is MentionType.ORGANISATION]
    sites = load_sites()
    operators = {
        str(e.entity): operator
        for h in hits
        for e in h.entries
        if e.type is MentionType.SITE and (operator := sites[e.entity].operator)
    }
    return Context(
        entities=frozenset(str(e.entity) for e in sure),
        metals=sum(e.type in (MentionType.COMMODITY, MentionType.BENCHMARK) for e in sure),
        operators=operators,
        lands=frozenset(e.country for e in sure if e.type in _LANDS and e.country),
        firm_starts=frozenset(s.start for s in firms),
        firm_ends=frozenset(s.end for s in firms),
    )


def _listed(text: str, span: Span, entry: Entry, places: Ranges) -> Mention:
    name = entry.name
    if entry.type is MentionType.COMMODITY:
        sentence = places.around(span)
        span = extend_product(text, span, sentence.end if sentence else span.end)
        name = span.of(text)
    return Mention(
        type=entry.type,
        span=span,
        text=span.of(text),
        name=name,
        entity=entry.entity,
        country=entry.country,
    )


def _unlisted(text: str, name: UnlistedName) -> Mention:
    return Mention(
        type=name.type,
        span=name.span,
        text=name.span.of(text),
        name=name.name,
        entity=name.entity or unknown_entity_id(name.type, strip_legal(name.name)),
        known=name.entity is not None,
    )


def _short(text: str, places: Ranges, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions of short forms ("Sinomine") and acronyms ("(JOGMEC)") of names given in full."""
    organisations = [m for m in mentions if m.type is MentionType.ORGANISATION]
    by_name = {m.text: m for m in organisations}
    shorts = {s: by_name[full] for s, full in map_short_forms(by_name).items()}
    for mention in organisations:
        acronym = bracketed_acronym(text, mention.span)
        if acronym is not None:
            shorts[acronym] = mention
    taken = Ranges(m.span for m in mentions if m.type is not MentionType.COMMODITY)
    found: list[Mention] = []
    for short, mention in shorts.items():
        if short in by_name:
            continue
        for span in occurrences(text, short):
            free = not taken.touch(span) or (" " in short and _covers_parts(mentions, span))
            free = free and not _is_whereabouts(text, span, short)
            if free and places.around(span) is not None:
                found.append(replace(mention, span=span, text=short))
    return found


def _covers_parts(mentions: Sequence[Mention], span: Span) -> bool:
    """ "Yibin Tianyi" for a firm of that name: what is known by one of its words alone is not meant."""
    touched = [m.span for m in mentions if m.span.overlaps(span)]
    return all(span.covers(t) and t != span for t in touched)


_WHERE = re.compile(r"(\w+)?\s(?:in|near|across|from)\s$")
_HELD = frozenset("stake stakes share shares interest holding invest invested investing".split())


def _is_whereabouts(text: str, span: Span, short: str) -> bool:
    """ "Victoria Gold lost its mine in [Victoria]": the place, not the firm for short."""
    entries = load_lexicon().entries.get(short.lower(), ())
    if not any(e.type in (MentionType.PLACE, MentionType.COUNTRY) for e in entries):
        return False
    before = _WHERE.search(text[max(0, span.start - 30) : span.start])
    return before is not None and (before.group(1) or "").lower() not in _HELD


def _unify_surnames(mentions: Sequence[Mention]) -> list[Mention]:
    """ "Murkowski" is "Lisa Murkowski" where the text names her in full."""
    full = {
        m.name.split()[-1]: m for m in mentions if m.type is MentionType.PERSON and " " in m.name
    }
    unified: list[Mention] = []
    for mention in mentions:
        whole = full.get(mention.name)
        if mention.type in (MentionType.PERSON, MentionType.ORGANISATION) and whole is not None:
            mention = replace(whole, span=mention.span, text=mention.text)
        unified.append(mention)
    return unified


def _unify_short(mentions: Sequence[Mention]) -> list[Mention]:
    """ "Trek" is "Trek Metals" where the text has both and neither is listed apart."""
    full = {m.text: m for m in mentions if m.type is MentionType.ORGANISATION}
    shorts = map_short_forms(full)
    unified: list[Mention] = []
    for mention in mentions:
        whole = full.get(shorts.get(mention.text, ""))
        if mention.type is MentionType.ORGANISATION and not mention.known and whole is not None:
            mention = replace(whole, span=mention.span, text=mention.text)
        unified.append(mention)
    return unified


def occurrences(text: str, name: str) -> list[Span]:
    """Return the places where ``name`` stands in ``text`` as whole words."""
    spans: list[Span] = []
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        left = at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "-&")
        right = end == len(text) or not (text[end].isalnum() or text[end] in "&")
        if left and right:
            spans.append(Span(at, end))
        at = text.find(name, end)
    return spans


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end, m.generic)):
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return kept


def _fullest(mentions: Sequence[Mention]) -> list[Mention]:
    """Give each organisation and site the fullest name that the text itself uses."""
    names: dict[EntityId, str] = {}
    for mention in mentions:
        if mention.type in (MentionType.ORGANISATION, MentionType.SITE, MentionType.PERSON):
            known = names.get(mention.entity, "")
            if len(mention.text) > len(known):
                names[mention.entity] = mention.text
    return [replace(m, name=names[m.entity]) if m.entity in names else m for m in mentions]
