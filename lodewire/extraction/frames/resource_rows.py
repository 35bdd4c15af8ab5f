"""Rows of resource tables: "Indicated   17.5   1.5   844" under "Mt   g/t Au   koz"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import setting, works
from lodewire.extraction.frames.rows import Row, read_row
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status

_CATEGORY = sought(
    r"(?:Proven|Proved|Probable|Measured|Indicated|Inferred|M&I)"
    r"(?:\s?(?:and|&|\+|/)\s?(?:Probable|Indicated|Inferred))?(?: (?:Mineral )?(?:Resources?|Reserves?))?",
    re.IGNORECASE,
)
_METAL = re.compile(r"\b(?:k?oz|koz|moz|ounces|contained|metal|mlbs?|klbs?|lbs?|pounds)\b", re.I)
_ROCK = re.compile(r"\b(?:tonnes|tonnage|tons|mt|kt|quantity|ore)\b", re.IGNORECASE)
_GRADE = re.compile(r"g/t|%|\bppm\b|\bgrade\b|\bgpt\b|kg/t", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:Mt|kt|t|koz|Moz|oz|Mlb|lb|g/t|ppm|kg/t)\b|%")


def find_rows(sentence: Sentence) -> Iterator[Draft]:
    """Yield the estimate that a row of a resource table tells, where heads say what its figures are."""
    if not sentence.find(_CATEGORY):
        return
    row = read_row(sentence)
    if row is None:
        return
    text = sentence.analysis.text
    category = next((c for c in row.labels if _CATEGORY.pattern.fullmatch(c.of(text))), None)
    if category is None:
        return
    draft = Draft(
        EventType.RESOURCE_ESTIMATE,
        sentence,
        category,
        status=Status.REPORTED,
        modality=Modality.ASSERTED,
        confidence=0.7,
    )
    draft.add("category", category)
    _fill_figures(draft, row)
    if not draft.has("tonnage", "contained"):
        return
    _fill_site(draft, row, category)
    draft.add("operator", works.main_company(sentence.analysis))
    setting.fill_material(draft)
    yield draft


def _fill_figures(draft: Draft, row: Row) -> None:
    for head, number in zip(row.heads, row.numbers, strict=True):
        role = _role_of(head)
        if role is not None and not draft.has(role):
            unit = _UNIT.search(head)
            figure = number.of(draft.sentence.analysis.text).strip()
            draft.add(role, number, f"{figure} {unit.group()}" if unit else figure)


def _role_of(head: str) -> str | None:
    if _METAL.search(head):
        return "contained"
    if _GRADE.search(head):
        return "grade"
    return "tonnage" if _ROCK.search(head) else None


def _fill_site(draft: Draft, row: Row, category: Span) -> None:
    """The deposit that the row names before its class, else the one that the text is about."""
    sentence = draft.sentence
    label = row.labels[0]
    if label != category and label.of(sentence.analysis.text)[:1].isupper():
        named = sentence.mentions_in(label, MentionType.SITE)
        draft.add("site", named[0] if named else label)
        return
    draft.add("site", _main(sentence))


def _main(sentence: Sentence) -> Mention | None:
    analysis = sentence.analysis
    return works.own_site(analysis) or works.previous_site(sentence, 8)
