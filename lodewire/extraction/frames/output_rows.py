"""Lists and tables of output: "North America: 8.7 Mt, down 1.4%", "China   83.2   -9.2"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import SHARE, TONNAGE, Draft
from lodewire.extraction.frames import fill, works
from lodewire.extraction.frames.output_words import OTHER_SUBJECT
from lodewire.extraction.frames.rows import read_row
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention
from lodewire.model.vocabulary import EventType, MentionType, Modality, QuantityKind, Status

_LABEL = re.compile(r"(?:[•*·–—-]\s*)?(?P<label>[A-Z][^:;.\d]{1,44}?)\s?(?::|\s[–—-])\s")
_ABOUT_OUTPUT = re.compile(
    r"\b(?:production|output|produced|poured|mined|pumped|smelted|turned out|made)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:reserves?|resources?|exports?|imports?|sales|sold|prices?|capacity|demand|stocks|"
    r"deliveries|shipments|guidance|consumption|assays?|intersect\w+|drill\w*)\b",
    re.IGNORECASE,
)
_BACK = 14  # lines over which a heading about output still holds
_WHO = (
    MentionType.SITE,
    MentionType.ORGANISATION,
    MentionType.COUNTRY,
    MentionType.PLACE,
    MentionType.COMMODITY,
)
# Parts of the world that no table of countries lists.
_AREA = re.compile(
    r"(?:The )?(?:(?:North|South|East|West|Central|Latin|Middle|Other|Western|Eastern|Rest of|Russia|"
    r"Sub-Saharan)[\w &+-]*(?:America|Asia|Africa|Europe|East|CIS|Ukraine|Oceania|world|World|"
    r"countries)[\w &+-]*|Europe|Africa|Asia(?: and Oceania)?|Oceania|Caribbean)"
)
# A kind of output, of the metal that the text is about.
_KIND = re.compile(
    r"(?:Mined?|Refined|Smelted|Smelter|Primary|Crude)(?: metal)?(?: production| output)?",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"%|\bchange\b|\bvar\b|y/y|yoy", re.IGNORECASE)
_MOVE = re.compile(
    r"(?:,|;| \()\s?(?P<move>(?:up|down|off|plus|minus|a (?:rise|fall|gain|drop) of|[+\-−])\s?"
    r"(?:about |some )?)$"
)


def find_rows(sentence: Sentence) -> Iterator[Draft]:
    """Yield what an item of a list or a row of a table says was produced."""
    text = sentence.text
    match = _LABEL.match(text)
    if match is not None:
        label = Span(
            sentence.span.start + match.start("label"), sentence.span.start + match.end("label")
        )
        figures = sentence.quantities_in(sentence.span, *TONNAGE)
        first = figures[0] if figures else None
        if first is None or first.kind is QuantityKind.POWER or _OTHER.search(text):
            return
        between = sentence.analysis.text[sentence.span.start + match.end() : first.span.start]
        if re.fullmatch(r"(?:about |some |around )?", between) and _is_of_output(sentence):
            yield from _draft(sentence, label, first.span, None)
        return
    row = read_row(sentence)
    if row is None or not _is_of_output(sentence):
        return
    moved = next(
        (n for h, n in zip(row.heads[1:], row.numbers[1:], strict=True) if _CHANGED.search(h)), None
    )
    if any(_OTHER.search(h) for h in row.heads[:1]):
        return
    yield from _draft(sentence, row.labels[0], row.numbers[0], moved)


def _draft(sentence: Sentence, label: Span, figure: Span, moved: Span | None) -> Iterator[Draft]:
    who = sentence.mentions_in(label, *_WHO)
    words = label.of(sentence.analysis.text)
    if OTHER_SUBJECT.search(words) or not (who or _AREA.fullmatch(words) or _KIND.fullmatch(words)):
        return
    draft = Draft(
        EventType.PRODUCTION_REPORT,
        sentence,
        figure,
        status=Status.REPORTED,
        modality=Modality.ASSERTED,
        confidence=0.65,
    )
    quantity = next((q for q in sentence.quantities if q.span == figure), None)
    draft.add("volume", quantity or figure)
    draft.add("change", moved or _move(sentence, figure))
    _fill_producer(draft, who)
    if not who and _AREA.fullmatch(words):
        draft.add("operator", label)
    fill.fill_commodity(draft)
    draft.add("period", _period(sentence))
    if draft.has("operator", "site") or (not who and draft.has("commodity")):
        yield draft


def _fill_producer(draft: Draft, who: list[Mention]) -> None:
    for mention in who:
        if mention.type is MentionType.SITE:
            draft.add("site", mention)
        elif mention.type is MentionType.COMMODITY:
            draft.add("commodity", mention)
        elif mention.type is MentionType.ORGANISATION:
            draft.add("operator", mention)
        else:
            draft.add("country", mention)
            if not any(m.type is MentionType.COMMODITY for m in who):
                draft.add("operator", mention)
    if who and not draft.has("operator"):
        draft.add("operator", works.main_company(draft.sentence.analysis))


def _move(sentence: Sentence, figure: Span) -> Span | None:
    """ "8.7 Mt, down 1.4%": the change told right behind the figure."""
    text = sentence.analysis.text
    for share in sentence.quantities_in(Span(figure.end, sentence.span.end), *SHARE)[:1]:
        match = _MOVE.search(text, figure.end, share.span.start)
        if match is not None:
            return Span(match.start("move"), share.span.end)
    return None


def _is_of_output(sentence: Sentence) -> bool:
    """The nearest words above that say what is counted say that it is output."""
    sentences = sentence.analysis.sentences
    for before in reversed(sentences[max(0, sentence.index - _BACK) : sentence.index]):
        if _OTHER.search(before.text):
            return False
        if _ABOUT_OUTPUT.search(before.text):
            return True
    return False


def _period(sentence: Sentence) -> DateMention | None:
    """The span of time that the nearest head or sentence above gives."""
    own = [d for d in sentence.dates if d.grain in ("quarter", "half", "month", "year")]
    if own:
        return own[0]
    sentences = sentence.analysis.sentences
    for before in reversed(sentences[max(0, sentence.index - _BACK) : sentence.index]):
        spans = [d for d in before.dates if d.grain in ("quarter", "half", "month", "year")]
        if spans:
            return spans[0]
    return None
