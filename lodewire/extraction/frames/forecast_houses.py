"""Forecasts that a house's words tell without a verb of expecting and a variable beside it.

"Citi's 2026 number for copper is $11,000, up from $10,200", "BMO has zinc in surplus by 130,000
tonnes", "expects quotas to leave the world 50,000 tonnes short", "looks for a 6% fall to $14,500".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames import fill, works
from lodewire.extraction.frames.forecast_figures import horizon_in
from lodewire.extraction.frames.forecast_sequel import HOUSES, Find, make_draft, told_before
from lodewire.extraction.frames.forecast_words import variables_in
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind

_SUMS = (QuantityKind.PRICE, QuantityKind.MONEY)
_MILLION = 1_000_000
_NUMBER = re.compile(
    r"[’']s?\s(?:[\w’'.&-]+\s){0,5}?(?P<n>averages?|number|figure|call|view|base case|forecast|estimate|"
    r"projection|prediction|(?:price )?target|outlook|assumption|guess|median|consensus)\s"
    r"(?:for\s(?:[\w’'.&-]+\s){1,5}?|of\s(?:[\w’'.&-]+\s){1,5}?|in\s(?:[\w’'.&-]+\s){1,3}?|(?:this|next) year\s)?"
    r"(?:now\s|still\s)?(?:is|was|goes (?:up |down )?to|stands at|comes to|remains|stays at|has been (?:cut|raised|lifted|"
    r"lowered|trimmed) to|(?:was|is) (?:cut|raised|lifted|lowered|trimmed|left|kept) (?:to|at)|rises to|falls to|"
    r"drops to|moves to|climbs to|now reads)\s(?:now\s|still\s)?(?:an? |about |around |some |only |just )*$"
)
_BALANCE = sought(
    r"\b(?:has|have|had|sees?|puts?|expects?|forecasts?|predicts?|projects?|leaves?)\s(?:the\s)?(?:[\w-]+\s){1,4}?(?:to be\s)?"
    r"(?:in|into)\s(?:an?\s)?(?:[\w-]+\s)?(?P<what>surplus|deficit|oversupply|undersupply|shortfall)\s"
    r"(?:by|of|to the tune of)\s(?:about |around |some |only |just |nearly |more than )*$"
)
_SHORT = sought(
    r"\b(?:expects?|sees?|forecasts?|predicts?|projects?|warns?|warned|thinks?|reckons?|believes?|will|would|could|may|might)\b"
    r"[^.;]{3,90}?\b(?:leav\w+|puts?|push\w*|be|find\w*|left)\s(?:[\w-]+\s){0,4}?(?:about |around |some |nearly |more than )*$"
)
_AFTER_SHORT = re.compile(r"\s(?P<what>short|oversupplied|undersupplied|too (?:much|little))\b")
_LOOKS = sought(
    r"\b(?:looks?|looking|calls?|calling|positioned)\sfor\s(?:an?\s)?(?:[\d.,]+(?:-[\d.,]+)?\s?(?:%|per ?cent|pc)\s)?"
    r"(?P<move>[\w-]+)\s(?:in\s(?P<of>[\w -]{3,40}?)\s)?to\s(?:about |around |some |only |just )*$"
)
_GAP = 130


def find_of_houses(sentence: Sentence, told: Sequence[Draft], find: Find) -> Iterator[Draft]:
    """Yield what a named house is told to hold of a figure that ``told`` does not have."""
    if not sentence.quantities:
        return
    used = [a.span for d in told for a in d.arguments if a.role in ("level", "change")]
    houses = sentence.mentions_in(sentence.span, *HOUSES)
    for figure in sentence.quantities_in(sentence.span, *_SUMS, *TONNAGE):
        if any(u.overlaps(figure.span) for u in used) or figure.bounds[1] >= 10**12:
            continue
        draft = _of_number(sentence, figure, houses) or _of_balance(sentence, figure, houses)
        draft = draft or _looked_for(sentence, figure, houses, find)
        draft = draft or _expected_by(sentence, figure, houses)
        if draft is not None:
            used.append(figure.span)
            yield draft


def _of_number(sentence: Sentence, figure: Quantity, houses: Sequence[Mention]) -> Draft | None:
    """ "Citi's three-month target for silver goes to $55"."""
    text = sentence.analysis.text
    if figure.kind is QuantityKind.MONEY and figure.bounds[1] >= _MILLION:
        return None
    for house in houses:
        found = _NUMBER.fullmatch(text, house.span.end, figure.span.start)
        if found is None or works.is_actor(sentence, house):
            continue
        draft = _made(sentence, figure, house)
        noun = Span(found.start("n"), found.end("n"))
        goods = sentence.mentions_in(Span(house.span.end, figure.span.start), *_GOODS)
        draft.add("variable", goods[0] if goods else noun)
        return draft
    return None


_GOODS = (MentionType.COMMODITY, MentionType.BENCHMARK)


def _of_balance(sentence: Sentence, figure: Quantity, houses: Sequence[Mention]) -> Draft | None:
    """ "has zinc in surplus by 130,000 tonnes", "to leave the world 50,000 tonnes short"."""
    told = sentence.may_hold(_BALANCE.number) or sentence.may_hold(_SHORT.number)
    if figure.kind not in TONNAGE or not told or horizon_in(sentence, sentence.span) is None:
        return None
    text = sentence.analysis.text
    start = max(sentence.span.start, figure.span.start - _GAP)
    found = _BALANCE.pattern.search(text, start, figure.span.start)
    if found is None:
        if _SHORT.pattern.search(text, start, figure.span.start) is None:
            return None
        found = _AFTER_SHORT.match(text, figure.span.end)
    if found is None:
        return None
    before = [h for h in houses if h.span.end <= figure.span.start]
    draft = _made(sentence, figure, before[0] if before else next(iter(houses), None))
    draft.add("variable", Span(found.start("what"), found.end("what")))
    return draft


def _looked_for(
    sentence: Sentence, figure: Quantity, houses: Sequence[Mention], find: Find
) -> Draft | None:
    """ "looks for a 6% decline in nickel to $14,500 a ton by December"."""
    if figure.kind not in _SUMS or not sentence.may_hold(_LOOKS.number):
        return None
    horizon = horizon_in(sentence, Span(figure.span.start, sentence.span.end))
    if horizon is None:
        return None
    start = max(sentence.span.start, figure.span.start - _GAP)
    found = _LOOKS.pattern.search(sentence.analysis.text, start, figure.span.start)
    if found is None:
        return None
    before = [h for h in houses if h.span.end <= found.start()]
    named = bool(sentence.mentions_in(sentence.span, *_GOODS))
    draft = _made(sentence, figure, before[-1] if before else None)
    shares = sentence.quantities_in(Span(found.start(), figure.span.start), QuantityKind.PERCENT)
    draft.add("change", shares[0] if shares else Span(found.start("move"), found.end("move")))
    earlier = None if named else told_before(sentence, find, reach=2)
    if earlier is not None and earlier.has("commodity"):
        draft.drop("commodity")
        draft.arguments.extend(earlier.of("commodity"))
    goods = next(iter(draft.of("commodity")), None)
    draft.add("variable", goods.span if goods is not None else Span(*found.span("move")))
    return draft


_EXPECTED = sought(
    r"\b(?P<what>[a-z][\w -]{2,30}?) (?:that |which )?(?P<who>[\w.&’' -]{2,40}?) (?:now |still )?"
    r"(?:expects|sees|forecasts|predicts|projects|foresees|anticipates|(?<=[ys] )(?:expect|see|forecast|predict|project|foresee))(?: for| in| by)?[\w ]{0,24}? "
    r"(?:is|has|would be|will be|comes?|amounts?|stands?|works out|shrinks?|grows?|narrows?|widens?)"
    r"(?: now| (?:down|up)| been| shrunk| grown| come| narrowed| widened| risen| fallen| dropped| cut| raised| lifted| trimmed| lowered)*"
    r"(?: to| at| out at| in at)? (?:about |around |some |only |just )?$"
)


def _expected_by(sentence: Sentence, figure: Quantity, houses: Sequence[Mention]) -> Draft | None:
    """ "the surplus that the bank expects in 2026 has shrunk to 300,000 tonnes"."""
    text = sentence.analysis.text
    start = max(sentence.span.start, figure.span.start - _GAP)
    if not sentence.may_hold(_EXPECTED.number):
        return None
    found = _EXPECTED.pattern.search(text, start, figure.span.start)
    if found is None:
        return None
    who = Span(found.start("who"), found.end("who"))
    named = list(variables_in(sentence, Span(sentence.span.start, who.start)))
    if not named or named[-1].end < found.start("what"):
        return None
    variable = named[-1]
    house = next((h for h in houses if h.span.overlaps(who)), None)
    draft = _made(sentence, figure, house)
    draft.add("variable", variable)
    horizon = horizon_in(sentence, Span(who.end, figure.span.start))
    if horizon is not None:
        draft.drop("horizon")
        draft.add("horizon", horizon)
    return draft


def take_forecaster(draft: Draft, find: Find) -> None:
    """Who is not named anew is whoever the sentences just before let forecast."""
    sentence = draft.sentence
    if draft.has("forecaster") or sentence.mentions_in(sentence.span, *HOUSES):
        return
    earlier = told_before(sentence, find, reach=3)
    if earlier is not None:
        draft.arguments.extend(earlier.of("forecaster"))


def _made(sentence: Sentence, figure: Quantity, house: Mention | None) -> Draft:
    draft = make_draft(sentence, figure.span, sentence.clause_of(figure.span))
    draft.add("forecaster", house)
    draft.add("level", figure)
    after = Span(figure.span.start, sentence.span.end)
    draft.add("horizon", horizon_in(sentence, after) or horizon_in(sentence, sentence.span))
    named = [m for m in sentence.mentions_in(sentence.span, *_GOODS) if not m.generic]
    own = [m for m in named if m.type is MentionType.COMMODITY]
    draft.add("commodity", own[0] if own else fill.main_commodity(sentence.analysis))
    return draft


_FIGURE = r"(?:about |around |over |some |just |only |nearly |more than )*[A-Z]{0,3}[$€£¥]?\d[\d,.]*\d(?: (?:million|billion|bn|trillion))?"
_FROM_BEFORE = re.compile(
    rf"(?P<from>from {_FIGURE})(?: [\w./–-]+){{0,5}} to (?:about |around |some )?$"
)
_FROM_AFTER = re.compile(
    rf",?(?: [\w/–-]+){{0,4}},? (?:(?:up|down) )?(?P<from>(?:from|against) {_FIGURE}(?: (?:previously|before|a year (?:before|earlier)))?)"
)


def add_former(draft: Draft) -> None:
    """ "lifted its average from $65 to $78", "$2,500, up from $2,350": what it was is its change."""
    level = next(iter(draft.of("level")), None)
    if level is None or draft.has("change"):
        return
    text, sentence = draft.sentence.analysis.text, draft.sentence
    start = max(sentence.span.start, level.span.start - 60)
    found = _FROM_BEFORE.search(text, start, level.span.start)
    found = found or _FROM_AFTER.match(
        text, level.span.end, min(sentence.span.end, level.span.end + 70)
    )
    if found is not None:
        draft.add("change", Span(found.start("from"), found.end("from")))
