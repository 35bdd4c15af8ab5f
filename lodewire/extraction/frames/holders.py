"""Holders of permits: whose licence it is, from how the sentence places the name."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.frames import parties, works
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.sites import load_sites

_BEFORE = re.compile(
    r"(?:\bof|\bfor|\bto|\bfrom|\bheld by|\bowned by|\bgiven to|\bunder which|\bwhich|\ballow\w*|"
    r"\bletting|\bauthori[sz]\w*|\bclear(?:s|ed|ing)|\bpermitt\w+|\blets?|\blicensed|\bthat|\bby|\boperated by|\bbelonging to|\bdeveloper,?|\bsubsidiary,?)\s"
    r"(?:(?:the|a|an|its|unit|miner|producer|company|group|developer|firm|nuclear|mining|energy|[A-Z][\w’']+|"
    r"[a-z]+-?(?:based|listed|owned|backed))\s){0,5}$"
)
_GIVING = frozenset("give grant award hand issue deny refuse offer".split())
_OWNS = re.compile(r"[’']s?\s(?:[\w&-]+\s){0,6}$")


def find_holders(draft: Draft, noun: Span, *, receiving: bool) -> list[Filler]:
    """Return who holds or asks for the permit, best reading first; empty where nothing says."""
    sentence, clause = draft.sentence, draft.clause
    if clause is None:
        return []
    if receiving or _is_given(clause, noun):
        subject = [m for m in sentence.parties(clause.subject) if _is_holder(sentence, m)]
        if subject:
            return list(subject[-1:])
    if clause.lemma == "strip":
        stripped = [m for m in sentence.parties(clause.patient) if _is_holder(sentence, m)]
        if stripped:
            return list(stripped[:1])
    if clause.lemma in _GIVING and not clause.verb.passive and len(clause.objects) > 1:
        given = [m for m in sentence.parties(clause.objects[0]) if _is_holder(sentence, m)]
        if given:  # "gives Freeport a permit"
            return list(given[:1])
    for found in (_owner(sentence, noun), _placed(sentence, clause, noun)):
        if found:
            return list(found)
    generic = _many(sentence, noun) or _unlisted(sentence, clause, noun, receiving=receiving)
    if generic is not None:
        return [generic]
    speaker = _own_project(sentence)
    if speaker is not None:
        return [speaker]
    operator = _operator(draft)
    return [operator] if operator is not None else []


def only_firm(sentence: Sentence) -> Mention | None:
    """The one firm that the sentence names, or None: whose permit it must be."""
    named = sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
    found = {m.entity: m for m in named if _is_holder(sentence, m) and not m.generic}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_given(clause: Clause, noun: Span) -> bool:
    """ "Essential Metals has been granted a mining lease": the subject of a passive with object."""
    return clause.verb.passive and any(
        c.span.overlaps(noun) for p in clause.objects for c in p.chunks
    )


def _is_holder(sentence: Sentence, mention: Mention) -> bool:
    if mention.type is not MentionType.ORGANISATION:
        return False
    return not parties.is_authority(sentence, mention)


def _owner(sentence: Sentence, noun: Span) -> list[Mention]:
    """ "Orano's licence", "Anglo American's application for a permit"."""
    text = sentence.analysis.text
    window = Span(max(sentence.span.start, noun.start - 90), noun.start)
    for mention in reversed(sentence.mentions_in(window, MentionType.ORGANISATION)):
        between = text[mention.span.end : noun.start]
        if _is_holder(sentence, mention) and _OWNS.fullmatch(between):
            return [mention]
    return []


def _placed(sentence: Sentence, clause: Clause, noun: Span) -> list[Mention]:
    """ "the permit of Orano", "approval to Ioneer", "the licence under which Chevron …"."""
    text = sentence.analysis.text
    start = min(noun.start, clause.chunk.span.end)
    near: list[tuple[int, Mention]] = []
    for mention in sentence.mentions_in(Span(start, sentence.span.end), MentionType.ORGANISATION):
        before = text[max(start, mention.span.start - 70) : mention.span.start]
        owns_site = text[mention.span.end : mention.span.end + 2] in ("'s", "’s", "’ ", "' ")
        if not _is_holder(sentence, mention) or mention.span.start - noun.end > 160:
            continue
        if _BEFORE.search(before) or owns_site or noun.covers(mention.span):
            near.append((abs(mention.span.start - noun.end), mention))
    return [min(near, key=lambda pair: pair[0])[1]] if near else []


def _many(sentence: Sentence, noun: Span) -> Span | None:
    """ "permits for 190 coal and mineral companies": holders without names."""
    rest = sentence.analysis.text[noun.end : min(sentence.span.end, noun.end + 90)]
    match = re.match(
        r"\s(?:\([A-Z]+\)\s)?(?:of|for|held by)\s((?:\d+|some|several|dozens of|two|three|four|five|six|seven|eight|"
        r"nine|ten|many|other)\s(?:[\w-]+\s){0,4}(?:companies|miners|firms|producers|operators))\b",
        rest,
    )
    if match is None:
        return None
    return Span(noun.end + match.start(1), noun.end + match.end(1))


_NAME = r"[A-Z][\w&’'.-]*(?:\s(?:[A-Z][\w&.-]*|of|de|do|da|and(?= [A-Z]))){0,4}"
_NAME_AFTER = re.compile(
    rf"\s(?:of|to|held by|belonging to|given to|issued to)\s(?:the\s)?({_NAME})"
)
_NAME_BEFORE = re.compile(rf"({_NAME})['’]s?\s(?:[\w-]+\s){{0,4}}$")
_NO_FIRM = re.compile(
    r"(?:The|It|He|She|They|This|That|We|A|An|In|On|After|Its|Their|No|All|Mining|Government|Ministry|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|President|Minister|Prime|Congress|Parliament|Court|State|Federal)\b"
)


def _unlisted(sentence: Sentence, clause: Clause, noun: Span, *, receiving: bool) -> Span | None:
    """A firm that no table knows, by its capitals: "stripped GAC of its concession"."""
    text = sentence.analysis.text
    places: list[Span] = []
    if (receiving or _is_given(clause, noun)) and clause.subject is not None:
        places.append(clause.subject.chunk.span)
    if clause.objects and (clause.lemma == "strip" or len(clause.objects) > 1):
        places.append(clause.objects[0].chunk.span)
    for place in places:
        found = re.search(rf"(?<!\w){_NAME}", place.of(text))
        if found is not None and place.start + found.start() < noun.start:
            span = Span(place.start + found.start(), place.start + found.end())
            if _may_be_firm(sentence, span):
                return span
    after = _NAME_AFTER.match(text, noun.end, min(sentence.span.end, noun.end + 70))
    before = _NAME_BEFORE.search(text, max(sentence.span.start, noun.start - 60), noun.start)
    for match in (after, before):
        if match is not None and _may_be_firm(sentence, Span(match.start(1), match.end(1))):
            return Span(match.start(1), match.end(1))
    return None


_PLACE_AFTER = re.compile(
    r"[^.;]{0,60}?\s(?P<prep>over|at|near|for|of)\s(?:the\s|its\s)?(?P<site>[A-Z][a-zé’'-]+(?:\s(?:[A-Z][a-zé’'-]+|de|do|la|[IVX]+)){0,3})"
    r"(?=[,.;]|$|\s(?:mine|project|plant|smelter|refinery|deposit|wind|solar|pipeline|terminal|in|off|near|and|with|after|on|"
    r"gold|copper|lithium|nickel|coal|site|concession|block|field)\b)"
)


def unlisted_site(sentence: Sentence, noun: Span) -> Span | None:
    """ "an extraction permit over Storberget": the place behind the noun that no table knows."""
    match = _PLACE_AFTER.match(sentence.analysis.text, noun.end, sentence.span.end)
    if match is None:
        return None
    span = Span(match.start("site"), match.end("site"))
    others = [m for m in sentence.mentions if m.span.overlaps(span)]
    if match["prep"] in ("over", "at", "near"):
        others = [m for m in others if m.type is not MentionType.PLACE]
    dated = any(d.span.overlaps(span) for d in sentence.dates)
    return None if others or dated or _NO_FIRM.match(span.of(sentence.analysis.text)) else span


def unlisted_firm(sentence: Sentence, where: Span) -> Span | None:
    """The first name by its capitals in ``where`` that no table knows."""
    for match in re.finditer(rf"(?<![\w“])(?:{_NAME})", where.of(sentence.analysis.text)):
        span = Span(where.start + match.start(), where.start + match.end())
        if _may_be_firm(sentence, span):
            return span
    return None


def _may_be_firm(sentence: Sentence, span: Span) -> bool:
    words = span.of(sentence.analysis.text)
    others = (MentionType.COUNTRY, MentionType.PLACE, MentionType.SITE, MentionType.PERSON)
    covered = any(m.span.covers(span) for m in sentence.mentions)
    known = [m for m in sentence.mentions_in(span, *others) if m.span.start == span.start]
    return not (covered or known or _NO_FIRM.match(words))


def _own_project(sentence: Sentence) -> Mention | None:
    """ "X advises that the department granted a lease for its project": X speaks of itself."""
    if not re.search(r"\b(?:its|our)\b", sentence.text) or not sentence.clauses:
        return None
    found = [m for m in sentence.parties(sentence.clauses[0].subject) if _is_holder(sentence, m)]
    return found[-1] if found else None


def _operator(draft: Draft) -> Mention | None:
    """The site's known operator, where the text names that company anywhere."""
    sites = load_sites()
    for argument in draft.of("site"):
        site = sites.get(argument.entity) if argument.entity is not None else None
        if site is None or site.operator is None:
            continue
        for mention in draft.sentence.analysis.of_type(MentionType.ORGANISATION):
            if mention.entity == site.operator and not mention.generic:
                return mention
    return None


# "a permit for Atlantic Shores", "approval of the Copper World project": works by name only.
_NAMED = re.compile(
    r"\s(?:for|at|of|to (?:build|mine|operate|develop|expand))\s(?:the\s|its\s|their\s)?(?:\w+\s)?"
    r"((?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)[A-Z][a-zé’'-]+(?:\s(?:[A-Z][a-zé’'-]+|de|do|la|[IVX]+)){0,3})"
    r"(?=[,.;]|$|\s(?:mine|project|plant|smelter|refinery|deposit|wind|solar|pipeline|terminal|in|off|"
    r"near|and|with|after|on|gold|copper|lithium|nickel|coal|site|concession|block|field)\b)"
)


def fill_by_document(draft: Draft, noun: Span) -> None:
    """ "The permit is outstanding": the one works, else the one firm, that the text is about."""
    analysis = draft.sentence.analysis
    named = _NAMED.match(analysis.text, noun.end, draft.sentence.span.end)
    if named is not None:
        draft.add("site", Span(named.start(1), named.end(1)))
    draft.add("holder", only_firm(draft.sentence))
    if draft.has("site", "holder"):
        return
    words = noun.of(analysis.text).lower()
    if draft.sentence.mentions_in(draft.sentence.span, MentionType.SITE) or words.endswith("s"):
        return
    last = draft.sentence.index - 1
    before = (
        works.sites_of(analysis.sentences[last], analysis.sentences[last].span) if last > 0 else []
    )
    site = works.own_site(analysis)
    site = site or (before[0] if len(before) == 1 else None)
    firm = works.main_company(analysis)
    draft.add("site", site)
    if firm is not None and not parties.is_authority(draft.sentence, firm):
        draft.add("holder", firm)
    draft.confidence = 0.55
