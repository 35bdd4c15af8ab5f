"""Resource estimates: a tonnage at a grade, or metal contained, by category and site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, setting, works
from lodewire.extraction.frames.resource_rows import find_rows
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status

_CATEGORY = (
    r"(?:proven|proved|probable|measured(?! (?:against|by|in|up|as|on)\b)|indicated|inferred)"
    r"(?:(?:,| and| &| plus|\s?\+|,? and the) (?:proven|proved|probable|measured|indicated|inferred))*"
)
_ANCHOR = sought(
    rf"\b(?P<category>{_CATEGORY})\b(?: categor(?:y|ies))?"
    r"(?:[ -](?:mineral |ore |gold |copper |lithium )*(?:resources?|reserves?))?"
    r"|\b(?P<reserve>(?:ore |mineral |mining |coal |oil |gas )?reserves?)\b(?! bank| currency| board)"
    r"|\b(?P<plain>(?:mineral |JORC |maiden |historical |ore )*resources?(?: estimates?| base)?|MREs?|"
    r"maiden estimate|historical estimate|in-situ resources?|oil in place|gas in place|[123][PC]|"
    r"(?:mineral |oil |gas |coal |ore )?(?:deposits?|discover(?:y|ies)|find)(?= (?:of|estimated|holding|"
    r"containing|exceeding|totalling|with))|mineral inventory|mineral endowment|total endowment)\b",
    re.IGNORECASE,
    apart=True,
)
_NOT = sought(
    r"\b(?:foreign(?: exchange| currency)?|currency|forex|federal|strategic(?: petroleum)?|human|"
    r"natural|central bank|financial|water|cash|emergency|state|national(?: defen[cs]e)?)\s"
    r"(?:resources?|reserves?)\b|\bcentral banks?\b",
    re.IGNORECASE,
)
_CONTAINS = re.compile(
    r"\b(?:contain(?:s|ed|ing)?|for|of contained|equivalent to|\()\s?(?:an? |about |some |around |"
    r"estimated |total of |approximately )*$",
    re.IGNORECASE,
)
_METAL = re.compile(r"\s?(?:of (?:contained |recoverable )?|contained )?(?P<metal>[A-Za-z][\w-]*)")
_HOLDS = re.compile(
    r"\b(?:holds?|contains?|hosts?|(?:there|it|which|them) lies?|lies? (?:there|beneath|under \w+)|"
    r"(?:is|are) credited with|(?:estimated|thought|believed|said) to (?:hold|contain|host|have)|"
    r"holding|hosting|harbou?rs?|boasts?|sits? (?:on|atop)|exceeding|in excess of|estimated at|put at|"
    r"contained|discovered|found|identified|estimate of)\s(?:an? |up to |at least )?"
    r"(?:estimated |about |some |around |roughly |nearly |more than |over |almost )*$",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\b(?:from|than|against|versus|compared (?:with|to)|over|on)\s[^,;]{0,60}$", re.IGNORECASE
)
_EQUAL = re.compile(r"\b(?:or|equates? to|equal to|equivalent to)\s$", re.IGNORECASE)
_RESTATED = re.compile(r"(?:pounds|lbs?|ounces|oz|tonnes|tons|U3O8|kg|t)\s\($", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:inclusive|exclusive|including|excluding|included)\s(?:of\s)?(?:the )?$")
_UNITS_OF_METAL = frozenset(("oz", "lb", "kg", "bbl", "ct", "g"))
_GRADED = re.compile(r"(?:\b(?:at|grading|grade of|averaging|of)|@)\s*(?:an average |about )*$")


@dataclass(slots=True)
class Figures:
    """What is told of one category: a tonnage, its grade, the metal in it."""

    tonnage: Quantity | None = None
    grade: Quantity | None = None
    contained: list[Quantity] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """From the first figure to the last."""
        parts = [q for q in (self.tonnage, self.grade, *self.contained) if q is not None]
        return Span(min(q.span.start for q in parts), max(q.span.end for q in parts))


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one estimate for each category that stands with a tonnage or with contained metal."""
    rows = list(find_rows(sentence))
    yield from rows
    if rows:
        return  # its cells may bear the unit of their column
    masses = sentence.quantities_in(sentence.span, QuantityKind.MASS, QuantityKind.VOLUME)
    if not masses or sentence.find(_NOT):
        return
    anchors = _anchors(sentence)
    groups = _groups(sentence, masses)
    for group in groups:
        anchor = _anchor_of(sentence, group, anchors)
        if anchor is None and not (_holds(sentence, group) or _is_whole(sentence, group)):
            if not _continues(sentence, group):
                continue
        elif anchor is not None and _is_baseline(sentence, group, anchor):
            continue
        yield from _draft(sentence, group, anchor)


_WORKED = sought(
    r"\b(?:produc\w+|mined|milled|processed|treated|poured|crushed|stacked|throughput|intersect\w*|hole)\b",
    re.IGNORECASE,
)


def _is_whole(sentence: Sentence, group: Figures) -> bool:
    """ "13.7Mt @ 1.4 g/t for 625,000 ounces": tonnage, grade and metal tell an estimate alone."""
    whole = group.tonnage is not None and group.grade is not None and bool(group.contained)
    return whole and sentence.find(_WORKED) is None


def _anchors(sentence: Sentence) -> list[re.Match[str]]:
    """Words of resource, reserve or category, unless they are part of somebody's name."""
    names = sentence.mentions_in(sentence.span, MentionType.ORGANISATION, MentionType.PERSON)
    found = sentence.locate_all(_ANCHOR)
    return [
        m
        for m in found
        if not any(n.span.overlaps(Span(m.start(), m.end())) for n in names)
        and not _ASIDE.search(sentence.analysis.text, sentence.span.start, m.start())
    ]


def _groups(sentence: Sentence, masses: list[Quantity]) -> list[Figures]:
    grades = _grades(sentence)
    figures = sorted((*masses, *grades), key=lambda q: q.span)
    groups: list[Figures] = []
    for quantity in figures:
        current = groups[-1] if groups else None
        if quantity in grades:
            if current is not None and current.grade is None:
                current.grade = quantity
            continue
        if _is_equal(sentence, quantity):
            continue
        if not _is_metal(sentence, quantity):
            groups.append(Figures(tonnage=quantity))
        elif current is not None and _joins(sentence, current, quantity):
            current.contained.append(quantity)
        else:
            groups.append(Figures(contained=[quantity]))
    return groups


def _grades(sentence: Sentence) -> list[Quantity]:
    text = sentence.analysis.text
    found = sentence.quantities_in(sentence.span, QuantityKind.GRADE)
    for quantity in sentence.quantities_in(sentence.span, QuantityKind.PERCENT):
        before = text[max(sentence.span.start, quantity.span.start - 20) : quantity.span.start]
        if _GRADED.search(before):
            found.append(quantity)
    return found


def _is_equal(sentence: Sentence, quantity: Quantity) -> bool:
    """ "or 4.2 Moz of gold equivalent": the same told again."""
    text = sentence.analysis.text
    before = text[max(sentence.span.start, quantity.span.start - 16) : quantity.span.start]
    after = text[quantity.span.end : quantity.span.end + 24]
    if after.startswith(")") and before.endswith("(") and _RESTATED.search(before):
        return True  # "71.2 million pounds (27,387 tU)"
    return bool(_EQUAL.search(before)) or bool(re.match(r"\s?\w+Eq\b|[\w ]*equivalent\b", after))


def _is_metal(sentence: Sentence, quantity: Quantity) -> bool:
    """Tell metal in the ground from rock: by unit, "contained", or the commodity that follows."""
    if quantity.unit in _UNITS_OF_METAL or quantity.kind is QuantityKind.VOLUME:
        return True
    text = sentence.analysis.text
    before = text[max(sentence.span.start, quantity.span.start - 40) : quantity.span.start]
    after = text[quantity.span.end : quantity.span.end + 40]
    if re.match(r"\s?(?:at|grading|@|averaging|of ore\b)", after):
        return False
    if re.match(r"\s?(?:of )?contained\b", after) or _CONTAINS.search(before):
        return True
    end = min(sentence.span.end, quantity.span.end + 34)
    follows = sentence.mentions_in(Span(quantity.span.end, end), MentionType.COMMODITY)
    if not follows:
        return False
    between = text[quantity.span.end : follows[0].span.start]
    rest = text[follows[0].span.end : min(sentence.span.end, follows[0].span.end + 12)]
    return bool(re.fullmatch(r"\s?(?:of )?", between)) and not re.match(
        r"\s(?:ore|at|grading)\b", rest
    )


def _joins(sentence: Sentence, group: Figures, metal: Quantity) -> bool:
    between = sentence.analysis.text[group.span.end : metal.span.start]
    anchor = _ANCHOR.pattern.search(between)
    return len(between) < 70 and anchor is None and ";" not in between and not _BASE.search(between)


_LEADS = re.compile(
    r"\s?(?:\([^)]*\)\s?)?(?:of (?:contained )?)?(?:[\w-]+\s)?(?:in |of |as |classified as |are |is )*"
    r"(?:the )?(?:higher confidence )?|\s?(?:\w+ equivalent )?(?:are |is )?in the ",
)
# "694 million tonnes of rare earth reserves": the word stands behind the whole phrase.
_LEADS_ON = re.compile(r"\s?of (?:[\w-]+\s){0,4}(?:recoverable |proven |estimated )?")


def _anchor_of(
    sentence: Sentence, group: Figures, anchors: list[re.Match[str]]
) -> re.Match[str] | None:
    """The category right behind the figures ("5 Mt indicated"), else the last one before them."""
    text = sentence.analysis.text
    for anchor in anchors:
        between = (
            text[group.span.end : anchor.start()] if anchor.start() >= group.span.end else None
        )
        if between is not None and len(between) < 44:
            leads = _LEADS if anchor.group("category") else _LEADS_ON
            if leads.fullmatch(between):
                return anchor
            break
    before = [a for a in anchors if a.end() <= group.span.start]
    if not before:
        return None
    between = text[before[-1].end() : group.span.start]
    near = len(between) < 150 and not re.search(r";|\bwhile\b|\boutput\b|\bproduc", between)
    return before[-1] if near else None


def _is_baseline(sentence: Sentence, group: Figures, anchor: re.Match[str]) -> bool:
    """ "up from 5.1 million ounces": skipped unless it is an estimate with tonnage and grade."""
    if group.tonnage is not None and group.grade is not None:
        return False
    start = max(sentence.span.start, anchor.end())
    before = sentence.analysis.text[start : group.span.start]
    return bool(_BASE.search(before))


def _holds(sentence: Sentence, group: Figures) -> bool:
    """ "Imouraren holds an estimated 174,000 tonnes of uranium"."""
    start = max(sentence.span.start, group.span.start - 50)
    before = Span(sentence.span.start, group.span.start)
    sites = sentence.mentions_in(before, MentionType.SITE)
    ground = sites or sentence.find(_GROUND)
    return bool(ground) and bool(_HOLDS.search(sentence.analysis.text, start, group.span.start))


_GROUND = sought(
    r"\b(?:deposits?|fields?|oil ?fields?|gas ?fields?|sq km|hectares|concession|salt flats?|salars?|basins?|blocks?|ore ?body|seabed|"
    r"tenements?|prospect|discovery|formation)\b",
    re.IGNORECASE,
)


def _continues(sentence: Sentence, group: Figures) -> bool:
    """ "They comprise 124 million tonnes at 1.5 g/t" after a sentence on reserves."""
    if sentence.index == 0 or group.tonnage is None or group.grade is None:
        return False
    before = sentence.analysis.sentences[sentence.index - 1]
    opening = sentence.text[:40]
    return bool(
        re.match(r"(?:They|It|These|This|The (?:estimate|figure|total))\b", opening)
    ) and bool(_anchors(before))


def _draft(sentence: Sentence, group: Figures, anchor: re.Match[str] | None) -> Iterator[Draft]:
    trigger = Span(anchor.start(), anchor.end()) if anchor is not None else group.span
    draft = Draft(
        EventType.RESOURCE_ESTIMATE,
        sentence,
        trigger,
        sentence.clause_of(trigger),
        status=Status.REPORTED,
        confidence=0.8,
    )
    draft.add("tonnage", group.tonnage)
    draft.add("grade", group.grade)
    for metal in group.contained[:1]:
        draft.add("contained", metal)
    if anchor is not None:
        name = "category" if anchor.group("category") else "reserve"
        if anchor.group(name):
            draft.add("category", Span(anchor.start(name), anchor.end(name)))
    site = _site(sentence, group)
    draft.add("site", site)
    at = site.span if site is not None and sentence.span.covers(site.span) else trigger
    draft.add("operator", works.find_operator(draft, at))
    _material(draft, group)
    setting.fill_place(draft)
    told = draft.has("site", "operator", "category", "country")
    if told or (draft.has("tonnage", "contained") and draft.has("grade")):
        yield draft


def _material(draft: Draft, group: Figures) -> None:
    sentence = draft.sentence
    end = min(sentence.span.end, group.span.end + 30)
    found = sentence.mentions_in(Span(group.span.start, end), MentionType.COMMODITY)
    named = [m for m in found if not re.search(r"\d|^[A-Z]+$|O$", m.text)]
    if named and not setting.known_for(draft):
        draft.add_all("commodity", fill.distinct(named[:2]))
    setting.fill_material(draft)


def _site(sentence: Sentence, group: Figures) -> Mention | None:
    """The named site nearest in the sentence, else the last one named before it."""
    named = [m for m in sentence.mentions_in(sentence.span, MentionType.SITE) if not m.generic]
    index = fill.nearest(named, group.span)
    if index is not None:
        return named[index]
    before = [
        m
        for m in sentence.analysis.of_type(MentionType.SITE)
        if m.span.end <= sentence.span.start and not m.generic
    ]
    main = Counter(m.entity for m in sentence.analysis.of_type(MentionType.SITE)).most_common(2)
    if before and main and (len(main) == 1 or main[0][1] >= 3 > main[1][1]):
        return next((m for m in before if m.entity == main[0][0]), before[-1])
    if before:
        return before[-1]
    later = [m for m in sentence.analysis.of_type(MentionType.SITE) if not m.generic]
    return later[0] if later and len({m.entity for m in later}) == 1 else None
