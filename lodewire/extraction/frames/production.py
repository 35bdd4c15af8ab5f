"""Production reports: what a company, a works or a country produced, or guides to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import SHARE, TONNAGE, Draft, make_argument
from lodewire.extraction.frames import fill, producers, setting, works
from lodewire.extraction.frames import output_figures as figures
from lodewire.extraction.frames import output_words as said
from lodewire.extraction.frames.output_each import each_of
from lodewire.extraction.frames.output_rows import find_rows
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a report for each figure of output, each change of output and each share of supply."""
    seen: list[Span] = []
    counted = figures.counted(sentence)
    for quantity in (*sentence.quantities_in(sentence.span, *TONNAGE), *counted):
        trigger = figures.output_word(sentence, quantity)
        if trigger is None or _is_cut_ahead(sentence, trigger) or _is_contract(sentence, trigger):
            continue
        draft = _report(sentence, trigger, quantity)
        if draft is not None:
            seen.append(trigger)
            yield from each_of(draft)
    yield from _changes(sentence, seen)
    yield from _shares(sentence)
    if not seen:
        yield from find_rows(sentence)


_CUT_AHEAD = sought(
    r"\b(?:would|will|to|may|could|might) (?:cut|reduce|lower|trim|slash|curb|curtail|halve|bring down)\b"
    r"[^.;]{0,40}?\b(?:output|production)\b",
    re.IGNORECASE,
)
_CONTRACT = sought(
    r"\b(?:off-?take|supply|sales?|purchase) (?:and [\w-]+ )?(?:agreements?|deals?|contracts?|pacts?|accords?)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:%|per ?cent|part|share|all|half|third|quarter) of [^,;]{0,50}$", re.IGNORECASE
)
_MADE = re.compile(
    r"\b(?:produc|min|pour|pump|smelt|refin|extract|turn|churn|output)", re.IGNORECASE
)


def _is_cut_ahead(sentence: Sentence, trigger: Span) -> bool:
    """ "would cut output to 500 tonnes a day": a curtailment to come, no report of what was made."""
    match = sentence.locate(_CUT_AHEAD)
    return match is not None and match.start() <= trigger.start <= match.end() + 90


def _is_contract(sentence: Sentence, trigger: Span) -> bool:
    """ "The offtake agreement is for the supply of 140,000 t a year": what is sold, not made."""
    match = sentence.locate(_CONTRACT)
    if match is None or match.start() > trigger.start:
        return False
    text = sentence.analysis.text
    part = _PART.search(text, match.end(), trigger.start)
    return part is not None or _MADE.match(text, trigger.start) is None


def is_none(sentence: Sentence) -> bool:
    """Tell whether what a sentence tells of output is a contract's or a cut's to come."""
    return sentence.find(_CONTRACT) is not None or sentence.find(_CUT_AHEAD) is not None


def _report(sentence: Sentence, trigger: Span, quantity: Quantity) -> Draft | None:
    draft = Draft(
        EventType.PRODUCTION_REPORT,
        sentence,
        trigger,
        sentence.clause_of(trigger),
        status=Status.REPORTED,
        confidence=0.8,
    )
    if not _settle_modality(draft, quantity.span):
        return None
    draft.add("volume", quantity)
    _change(draft, quantity)
    _commodity(draft, quantity)
    producers.fill_producer(draft, quantity.span)
    setting.fill_material(draft)
    _period(draft, quantity.span)
    setting.fill_place(draft) if draft.has("site") else None
    told = draft.has("operator", "site", "country") or producers.is_of_area(sentence, trigger)
    if not told and draft.has("commodity") and draft.has("period"):
        draft.confidence, told = 0.6, True  # "Output was 2.4 million tonnes last week"
    return draft if told else None


def _settle_modality(draft: Draft, at: Span) -> bool:
    """Guidance is a report of what is to come; other words about the future make a forecast."""
    sentence = draft.sentence
    text = sentence.analysis.text
    around = text[sentence.span.start : at.end]
    around = re.split(
        r";|, (?:but|while|and said|and expects|which|who)\b|\bwhile\b|\b(?:recall|note|know)\w* that\b",
        around,
    )[-1]
    if figures.is_own_guidance(sentence, at):
        draft.modality = Modality.FORECAST
        return True
    draft.modality = Modality.ASSERTED
    start = max(sentence.span.start, draft.trigger.start - 24)
    done = said.DONE.fullmatch(draft.trigger.of(text))
    if done and not said.NOT_YET.search(text, start, draft.trigger.start):
        return True
    after = re.split(
        r"[,;]|\b(?:and|but|while)\b", text[at.end : min(sentence.span.end, at.end + 60)]
    )
    if said.HOPED.search(after[0]):
        return False
    if not said.AHEAD.search(around):
        return True
    draft.modality = Modality.FORECAST
    return figures.is_own_outlook(sentence, at)


def _change(draft: Draft, quantity: Quantity | None) -> None:
    """The percentage that stands with a word of movement nearest to the figure."""
    sentence = draft.sentence
    text = sentence.analysis.text
    at = quantity.span if quantity is not None else draft.trigger
    best: tuple[int, figures.Moved] | None = None
    others = [q.span for q in sentence.quantities_in(sentence.span, *TONNAGE) if q is not quantity]
    for share in sentence.quantities_in(sentence.span, *SHARE):
        between = Span(min(at.end, share.span.end), max(at.start, share.span.start))
        if any(between.covers(o) and not figures.is_held_against(sentence, o) for o in others):
            continue
        gap = max(share.span.start - at.end, at.start - share.span.end, 0)
        if gap > 80 or re.search(r"[;]", between.of(text)):
            continue
        moved = figures.find_move(sentence, share)
        if moved is not None and (best is None or gap < best[0]):
            best = (gap, moved)
    if best is not None:
        _add_change(draft, best[1])
        return
    for base in others:
        if base.start >= at.end and said.UP_FROM.fullmatch(text[at.end : base.start]):
            draft.add(
                "change",
                Span(
                    at.end
                    + len(text[at.end : base.start])
                    - len(text[at.end : base.start].lstrip(" ,")),
                    base.end,
                ),
            )
            return


def _add_change(draft: Draft, moved: figures.Moved) -> None:
    """The wording ("fell 8.4%") with the number as its quantity, so that tellings can be compared."""
    text = draft.sentence.analysis.text
    argument = make_argument(text, "change", moved[0])
    draft.arguments.append(replace(argument, quantity=moved[1]))


_NOT_SUPPLY = re.compile(
    r"\b(?:exports?|imports?|demand|reserves|consumption|trade|sales|stocks?)\b"
)


def _commodity(draft: Draft, quantity: Quantity) -> None:
    """ "148,600 tonnes of copper", "27,115 oz of gold", "Gold output": what was produced."""
    sentence = draft.sentence
    end = min(sentence.span.end, quantity.span.end + 50)
    for mention in sentence.mentions_in(Span(quantity.span.start, end), MentionType.COMMODITY)[:1]:
        between = sentence.analysis.text[quantity.span.end : mention.span.start]
        inside = quantity.span.covers(mention.span)
        if inside or re.fullmatch(
            r"\s?(?:of |in )?(?:(?!and\b|or\b|with\b|at\b|from\b)[\w-]+\s){0,2}", between
        ):
            draft.add("commodity", mention)
            return
    if _named_before(draft, quantity.span):
        return
    before = sentence.mentions_in(
        Span(max(sentence.span.start, draft.trigger.start - 60), draft.trigger.start),
        MentionType.COMMODITY,
    )
    if before and re.fullmatch(
        r"\s(?:[\w-]+\s){0,2}", sentence.analysis.text[before[-1].span.end : draft.trigger.start]
    ):
        draft.add("commodity", before[-1])


_AT_FIGURE = re.compile(r"\s(?:(?:output |production )?(?:at|was|were|to|came to) |:\s?)?")
_OF_NOUN = re.compile(r"\s(?:of|in)\s(?:[\w-]+\s){0,3}")


def _named_before(draft: Draft, at: Span) -> bool:
    """ "Production of copper was …, of nickel 9,500 tonnes": the goods that stand before a figure."""
    sentence, text = draft.sentence, draft.sentence.analysis.text
    start = draft.trigger.end
    if at.start <= start:
        return False
    found = sentence.mentions_in(Span(start, at.start), MentionType.COMMODITY)
    figures_ahead = [q.span for q in sentence.quantities_in(Span(start, at.start), *TONNAGE)]
    for mention in reversed(found):
        near = _AT_FIGURE.fullmatch(text[mention.span.end : at.start])
        of = not figures_ahead and _OF_NOUN.fullmatch(text[start : mention.span.start])
        if near or of:
            return draft.add("commodity", mention)
    return False


_WHOLE_YEAR = re.compile(
    r"\b(?:(?:the )?full[ -]year|(?:the )?whole year)\b(?! (?:of )?20)", re.IGNORECASE
)


def _period(draft: Draft, at: Span) -> None:
    """The span of time beside the figure, in the clause, in the sentence, or told just before."""
    sentence = draft.sentence
    dates = [d for d in sentence.dates_in(sentence.span) if d.grain not in ("duration", "day")]
    text = sentence.analysis.text
    own = [
        d
        for d in dates
        if not said.COMPARED.search(
            text[max(sentence.span.start, d.span.start - 44) : d.span.start]
        )
        and not said.RELATIVE.search(d.text)
        and not re.search(r"; |, and |\bwhile\b|\bbut\b", text[at.end : d.span.start])
    ]
    index = fill.nearest(own, at)
    whole = _WHOLE_YEAR.search(text, sentence.span.start, sentence.span.end)
    if draft.modality is Modality.FORECAST and whole is not None:
        draft.add("period", Span(whole.start(), whole.end()))
        return
    if index is not None:
        draft.add("period", own[index])
        return
    for back in range(1, 4):
        if sentence.index < back:
            return
        before = sentence.analysis.sentences[sentence.index - back]
        if not any(before.find(p) for p in (said.NOUN, said.VERB, said.GUIDANCE)):
            continue
        spans = [d for d in before.dates if d.grain in ("quarter", "half", "month", "year")]
        if spans:
            draft.add("period", spans[0])
            return


def _changes(sentence: Sentence, seen: list[Span]) -> Iterator[Draft]:
    """ "Nickel production fell by seven per cent": a change without its level."""
    text = sentence.analysis.text
    for noun in figures.find_words(sentence, said.NOUN):
        if any(noun.overlaps(s) for s in seen) or (seen and noun.start > seen[-1].end):
            continue
        if _is_cut_ahead(sentence, noun):
            continue
        clause = sentence.clause_of(noun)
        end = _reach(sentence, clause, noun)
        shares = [
            q
            for q in sentence.quantities_in(
                Span(
                    noun.start - 40
                    if noun.start - 40 > sentence.span.start
                    else sentence.span.start,
                    end,
                ),
                *SHARE,
            )
            if not figures.is_world_share(sentence, q)
            and figures.find_move(sentence, q) is not None
            and not said.OTHER_SUBJECT.search(text[noun.end : q.span.start])
        ]
        levels = sentence.quantities_in(Span(noun.end, end), *TONNAGE)
        if not shares or levels or said.AHEAD.search(text[sentence.span.start : noun.end + 60]):
            continue
        draft = Draft(
            EventType.PRODUCTION_REPORT,
            sentence,
            noun,
            clause,
            status=Status.REPORTED,
            modality=Modality.ASSERTED,
            confidence=0.65,
        )
        index = fill.nearest(shares, noun) or 0
        moved = figures.find_move(sentence, shares[index])
        if moved is not None:
            _add_change(draft, moved)
        _commodity_before(draft)
        producers.fill_producer(draft, shares[index].span)
        setting.fill_material(draft)
        _period(draft, shares[index].span)
        if draft.has("operator", "site"):
            yield from each_of(draft)


def _reach(sentence: Sentence, clause: Clause | None, noun: Span) -> int:
    """How far behind its noun a change may stand: further where places lie before the verb."""
    end = noun.end + 90
    subject = clause.subject if clause is not None else None
    if clause is not None and subject is not None and subject.chunk.span.covers(noun):
        end = max(end, clause.chunk.span.end + 50)
    return min(sentence.span.end, end)


def _commodity_before(draft: Draft) -> None:
    sentence = draft.sentence
    chunk = sentence.chunk_at(draft.trigger.start)
    if chunk is not None:
        found = sentence.mentions_in(chunk.span, MentionType.COMMODITY)
        draft.add("commodity", found[0] if found else None)


# "90% of the world's rare earths and", "… gallium and 83": where the next thing begins.
_LOOSE_END = re.compile(r",?\s+(?:and|or|but|while|in|from|for)(?:\s+[\d.,]+\s?%?)?\s*$")


def _shares(sentence: Sentence) -> Iterator[Draft]:
    """ "accounts for nearly 30% of Freeport's copper production", "2% of global supply"."""
    text = sentence.analysis.text
    for share in sentence.quantities_in(sentence.span, *SHARE):
        end = min(sentence.span.end, share.span.end + 90)
        match = said.SHARE_OF.match(text, share.span.end, end)
        verb = [
            v
            for v in figures.find_words(sentence, said.SHARE_VERB)
            if v.end <= share.span.start + 1
        ]
        late = [
            v
            for v in figures.find_words(sentence, said.SHARE_VERB)
            if v.start >= share.span.end and said.LATE.search(v.of(text))
        ]
        if match is not None and _NOT_SUPPLY.search(match.group()):
            continue
        if match is None or not (verb or late):
            continue
        if verb and share.span.start - verb[-1].end > 24 and not late:
            continue
        if said.AHEAD.search(
            text[max(sentence.span.start, share.span.start - 60) : share.span.start]
        ):
            continue
        trigger = verb[-1] if verb else late[0]
        draft = Draft(
            EventType.PRODUCTION_REPORT,
            sentence,
            trigger,
            sentence.clause_of(trigger),
            status=Status.REPORTED,
            modality=Modality.ASSERTED,
            confidence=0.65,
        )
        ends = match.start() + len(_LOOSE_END.sub("", match.group()))
        draft.add("volume", Span(share.span.start, ends))
        _share_of_whom(draft, share, late if not verb else [])
        found = sentence.mentions_in(Span(share.span.end, end), MentionType.COMMODITY)
        draft.add("commodity", found[0] if found else None)
        setting.fill_material(draft)
        setting.fill_time(draft, "period")
        if draft.has("operator", "site"):
            yield draft


def _share_of_whom(draft: Draft, share: Quantity, late: list[Span]) -> None:
    sentence = draft.sentence
    types = (MentionType.SITE, MentionType.ORGANISATION, MentionType.COUNTRY, MentionType.PLACE)
    if late:
        found = sentence.mentions_in(Span(late[0].end, sentence.span.end), *types)
    else:
        clause = draft.clause
        found = sentence.named(clause.subject if clause is not None else None, *types)
        found = found or sentence.mentions_in(
            Span(sentence.span.start, draft.trigger.start), *types
        )
    for mention in found[:1]:
        if mention.type is MentionType.SITE:
            draft.add("site", mention)
            draft.add("operator", works.find_operator(draft, mention.span))
        else:
            draft.add("operator", mention)
            if mention.type in (MentionType.COUNTRY, MentionType.PLACE):
                draft.add("country", mention)
