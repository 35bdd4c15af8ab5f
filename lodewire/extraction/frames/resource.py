"""Resource estimates: tonnage at a grade, by category."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind, Status

_WORD = re.compile(
    r"\b(?:(?P<category>(?:proven|proved|probable|measured|indicated|inferred)(?:(?:,| and| &| or|\+)? (?:and )?(?:proven|proved|probable|measured|indicated|inferred))*)\s)?"
    r"(?:mineral |ore |maiden |updated |JORC |NI 43-101 |total |contained |initial )*"
    r"(?:resources?|reserves?|mineral inventory)(?: (?:estimate|statement|base))?\b",
    re.IGNORECASE,
)
_BARE_CATEGORY = re.compile(
    r"\b(?:measured and indicated|proven and probable|measured|indicated|inferred|M&I)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:foreign|currency|federal|strategic petroleum|human|natural|gold reserves of|central bank|financial)\b",
    re.IGNORECASE,
)
_CONTAINED = re.compile(
    r"\b(?:contain(?:s|ed|ing)?|for|hold(?:s|ing)?|of contained|equivalent to)\b[^,;]{0,20}$",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one estimate for each category that stands with a tonnage or a grade."""
    text = sentence.analysis.text
    masses = sentence.quantities_in(sentence.span, QuantityKind.MASS)
    grades = _grades(sentence)
    if not masses and not grades:
        return
    words = list(_WORD.finditer(text, sentence.span.start, sentence.span.end))
    if not words or _NOT.search(sentence.text):
        return
    categories = _categories(sentence)
    if len(categories) < 2:
        yield from _one(sentence, Span(words[0].start(), words[0].end()), sentence.span, categories)
        return
    for index, category in enumerate(categories):
        yield from _one(sentence, category, _stretch(sentence, categories, index), [category])


def _categories(sentence: Sentence) -> list[Span]:
    return [
        Span(m.start(), m.end())
        for m in _BARE_CATEGORY.finditer(
            sentence.analysis.text, sentence.span.start, sentence.span.end
        )
    ]


def _stretch(sentence: Sentence, categories: list[Span], index: int) -> Span:
    """The figures of a category stand before it ("of 5 Mt indicated") or after it."""
    masses = sentence.quantities_in(sentence.span, QuantityKind.MASS)
    leads = bool(masses) and masses[0].span.start < categories[0].start
    if leads:
        start = categories[index - 1].end if index else sentence.span.start
        return Span(start, categories[index].end)
    end = categories[index + 1].start if index + 1 < len(categories) else sentence.span.end
    return Span(categories[index].start, end)


def _grades(sentence: Sentence) -> list[Quantity]:
    text = sentence.analysis.text
    found = sentence.quantities_in(sentence.span, QuantityKind.GRADE)
    for quantity in sentence.quantities_in(sentence.span, QuantityKind.PERCENT):
        before = text[
            max(sentence.span.start, quantity.span.start - 20) : quantity.span.start
        ].lower()
        if re.search(
            r"\b(?:at|grading|grade of|averaging|@)\s*(?:an average (?:grade )?of |about )?$",
            before,
        ):
            found.append(quantity)
    return sorted(found, key=lambda q: q.span)


def _one(sentence: Sentence, trigger: Span, span: Span, categories: list[Span]) -> Iterator[Draft]:
    text = sentence.analysis.text
    draft = Draft(
        EventType.RESOURCE_ESTIMATE,
        sentence,
        trigger,
        sentence.clause_of(trigger),
        status=Status.REPORTED,
    )
    for quantity in sentence.quantities_in(span, QuantityKind.MASS):
        contained = bool(
            _CONTAINED.search(text[max(span.start, quantity.span.start - 40) : quantity.span.start])
        )
        draft.add("contained" if draft.has("tonnage") or contained else "tonnage", quantity)
    grades = [g for g in _grades(sentence) if span.covers(g.span)]
    draft.add("grade", grades[0] if grades else None)
    draft.add("category", categories[0] if categories else None)
    site = fill.sites_near(sentence, sentence.span, trigger) or _last_site(sentence)
    draft.add("site", site)
    firms = sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
    draft.add("operator", firms[0] if firms else None)
    fill.fill_commodity(draft)
    fill.fill_country(draft)
    if draft.has("tonnage", "contained", "grade") and draft.has("site", "operator", "category"):
        yield draft


def _last_site(sentence: Sentence) -> Mention | None:
    before = [
        m for m in sentence.analysis.of_type(MentionType.SITE) if m.span.end <= sentence.span.start
    ]
    return before[-1] if before else None
