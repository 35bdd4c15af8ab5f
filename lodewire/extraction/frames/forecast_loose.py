"""Forecasts told loosely: "UBS: $105", "a trader sees 70,000 yuan by April", "Aurora's view is …".

Where the grammar of a sentence gives no forecast, a house, a figure and a time to come do, if a
word of looking ahead ties them; a bare figure of another house goes on with the forecast before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft, Filler
from lodewire.extraction.frames import fill, works
from lodewire.extraction.frames.forecast_agents import agent_of, stands_behind, who_says
from lodewire.extraction.frames.forecast_figures import figures_in, horizon_in, is_guidance
from lodewire.extraction.frames.forecast_sequel import (
    HOUSES,
    OWN_AFFAIRS,
    Find,
    find_going_on,
    find_own_more,
    make_draft,
    told_before,
)
from lodewire.extraction.frames.forecast_words import ANALYSTS, variables_in
from lodewire.extraction.grammar.chunks import Chunk, Kind
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind

_PRICED = (MentionType.COMMODITY, MentionType.BENCHMARK)
_SPEAKER = re.compile(
    r"\b(?:an?|one|another|some|several|two|three|most|many|the)\s(?:[\w-]+\s){0,3}(?:traders?|brokers?|"
    r"analysts?|executives?|sources?|bankers?|officials?|producers?|smelters?|buyers?|sellers?|"
    r"consultants?|economists?|strategists?|dealers?|refiners?|managers?|delegates?|ministers?)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:\s\([^)]{1,20}\)|\s(?:in|at|from|with|of) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?)?(?:[’']s?\s(?:own\s)?(?:figure|number|estimate|forecast|call|view|target|projection|"
    r"base case|guess|median|consensus|average)\s(?:for [\w ]{3,20}\s)?(?:is|was|stands at|of)|:|\s(?:now\s|itself\s)?"
    r"(?:goes for|went for|plumps for|opts for|looks for|calls for|settles for|is at|stands at|"
    r"is (?:more|less|a little|slightly) \w+,? at|is looking for|is calling for|talks of|says|said|"
    r"sees?|saw|expects?|puts it at|put it at|has it at|puts|has|had|pegs it at|reckons(?: on)?|"
    r"prefers|thinks|forecasts?|predicts?|tips|pencils in|pencilled in|promises|promised|bets on|"
    r"assumes|uses|use|models|estimates|targets|argues for|is closer to|came in at))"
    r",?\s(?:(?:at|it|that|for|an? \w+ of|about|around|some|only|just|no more than|closer to)\s)*$"
)
_CUE = sought(
    r"(?<!than )(?<!as )(?<!than previously )\b(?:forecast\w*|project(?:s|ed|ions?|ing)|predict\w*|expect\w*|anticipat\w+|foresees?|foreseen|"
    r"foresaw|sees|see|seen|outlook|reckons?|thinks?|believes?|envisages?|envisions?|pencil\w*|tips|"
    r"tipped|pegs|pegged|models|base case|view is|consensus|bets on|calls for|calling for|heading for|ha(?:s|ve) (?:the |global |its )?\w+(?: \w+)? in (?:surplus|deficit|balance)|"
    r"headed for|on course|estimat\w+)\b",
    re.IGNORECASE,
)
_AHEAD = sought(r"\b(?:could|may|might|will|would|should|set to|likely)\b")
# What a house may say of anybody's market; a firm's works are told elsewhere.
_MARKET = re.compile(
    r"\b(?:prices?|demand|supply|deficit|surplus|shortfall|shortage|gap|consumption|usage|imports?|"
    r"exports?|stocks|inventor\w+|installations?|additions|registrations?|market|average|premiums?|"
    r"charges|balance|growth|recovery|sales|needs?|requirements?|adoption|intake|purchases|output|"
    r"production|shipments)\b",
    re.IGNORECASE,
)
# "The projected average is …": the figure of a forecast, whoever made it.
_NAMELESS = re.compile(
    r"(?:forecast(?:ed)?|projected|expected|predicted|anticipated|consensus)\s(?:[\w-]+\s){0,2}"
    r"(?:averages?|prices?|levels?|demand|deficit|surplus|shortfall|growth|consumption|rate)\b",
    re.IGNORECASE,
)
_MILLION = 1_000_000
_FIGURES = (QuantityKind.PRICE, QuantityKind.MONEY, QuantityKind.PERCENT, *TONNAGE)


def find_loose(sentence: Sentence, find: Find, told: Sequence[Draft] = ()) -> Iterator[Draft]:
    """Yield what a sentence forecasts loosely, beside what was ``told`` by its grammar.

    ``find`` reads the sentence before.
    """
    if not sentence.quantities:
        return
    found = [*_bare(sentence, find, told), *_beside(sentence, told)]
    found.extend(find_own_more(sentence, find, [*told, *found]))
    if not found and not told:
        found = list(_of_own_number(sentence))
    if not found and not told and (sentence.find(_CUE) or sentence.find(_AHEAD)):
        found = list(_by_parts(sentence))
    if not found and not told:
        found = list(find_going_on(sentence, find))
    yield from found


_AND_MORE = re.compile(r"(?:\s(?:in|for|by) [\w’' –-]{4,26}?)?,?\s(?:and|then|and then)\s(?:of )?")


def _bare(sentence: Sentence, find: Find, told: Sequence[Draft]) -> Iterator[Draft]:
    """ "Macquarie goes for 16,700t": the figure of another house on what was forecast before."""
    text = sentence.analysis.text
    used = [a.span for d in told for a in d.arguments]
    last: tuple[Quantity, Filler, Draft] | None = None
    for figure in sentence.quantities_in(sentence.span, *_FIGURES):
        house: Filler | None = None
        if not any(u.overlaps(figure.span) for u in used):
            house = _house_before(sentence, figure)
        before = [d for d in told if d.trigger.end <= figure.span.start]
        earlier = before[-1] if before else None
        if last is not None and _AND_MORE.fullmatch(text, last[0].span.end, figure.span.start):
            house, earlier = last[1], last[2]
        if house is None:
            continue
        draft = _continued(sentence, figure, earlier or told_before(sentence, find))
        if draft is not None:
            draft.add("forecaster", house)
            last = (figure, house, draft)
            yield draft


def _continued(sentence: Sentence, figure: Quantity, earlier: Draft | None) -> Draft | None:
    after = Span(figure.span.start, sentence.span.end)
    horizon = horizon_in(sentence, after) or horizon_in(sentence, sentence.span)
    same = earlier is not None and _same_kind(earlier, figure)
    variable = _variable(sentence, figure, earlier if same else None)
    money = figure.kind in (QuantityKind.PRICE, QuantityKind.MONEY)
    if variable is None or not (same or (horizon is not None and money)):
        return None
    draft = make_draft(sentence, figure.span, sentence.clause_of(figure.span))
    draft.add("variable", variable)
    draft.add("level", figure)
    draft.add("horizon", horizon)
    if same and earlier is not None:
        draft.arguments.extend(earlier.of("commodity"))
        draft.arguments.extend(earlier.of("horizon") if horizon is None else [])
    if not draft.has("commodity"):
        draft.add("commodity", fill.main_commodity(sentence.analysis))
    return draft


def _house_before(sentence: Sentence, figure: Quantity) -> Filler | None:
    """The house that a bare figure is of: nothing stands between but a word of holding a view."""
    text = sentence.analysis.text
    start = max(sentence.span.start, figure.span.start - 90)
    named = sentence.mentions_in(Span(sentence.span.start, figure.span.start), *HOUSES)
    for house in reversed(named):
        if _BARE.fullmatch(text, house.span.end, figure.span.start):
            return house
    for spoken in (
        *_SPEAKER.finditer(text, start, figure.span.start),
        *_NAMED.finditer(text, start, figure.span.start),
    ):
        if _BARE.fullmatch(text, spoken.end(), figure.span.start):
            return _without_article(spoken, text)
    return None


# A house that no list knows: "BMI's average for the year is …".
_NAMED = re.compile(
    r"\b[A-Z][\w&.-]+(?:\s(?:[A-Z][\w&.-]+|&)){0,3}(?=[’']s? (?:own )?(?:figure|number|estimate|forecast|call|"
    r"view|projection|base case|average)\b)"
)


def _without_article(found: re.Match[str], text: str) -> Span:
    first = re.match(r"(?:an?|the)\s", text[found.start() : found.end()], re.IGNORECASE)
    return Span(found.start() + (first.end() if first is not None else 0), found.end())


def _same_kind(earlier: Draft, figure: Quantity) -> bool:
    kinds = [a.quantity.kind for a in earlier.of("level") if a.quantity is not None]
    money = (QuantityKind.PRICE, QuantityKind.MONEY)
    return any(k is figure.kind or (k in money and figure.kind in money) for k in kinds)


def _variable(sentence: Sentence, figure: Quantity, earlier: Draft | None) -> Filler | None:
    ahead = Span(figure.span.end, sentence.span.end)
    own = next(variables_in(sentence, ahead, priced=True), None)
    if own is not None:
        return own
    if earlier is not None:
        return next((a.span for a in earlier.of("variable")), None)
    priced = figure.kind in (QuantityKind.PRICE, QuantityKind.MONEY) and not _is_big(figure)
    if not priced:
        return _sold_before(sentence, figure)
    return fill.main_commodity(sentence.analysis)


_BESIDE = re.compile(
    r"\s(?:at|averaging|reaching|hitting|climbing to|falling to|rising to|dropping to)\s(?:an average of |about |around |some )?$"
)


def _beside(sentence: Sentence, told: Sequence[Draft]) -> Iterator[Draft]:
    """ "Citi sees demand falling and zinc at $2,800/t": the price beside what was read."""
    text = sentence.analysis.text
    used = [a.span for d in told for a in d.arguments]
    for figure in sentence.quantities_in(sentence.span, QuantityKind.PRICE) if told else ():
        if any(u.overlaps(figure.span) for u in used) or figure.span.start < told[-1].trigger.end:
            continue
        for mention in sentence.mentions_in(sentence.span, *_PRICED):
            gap = text[mention.span.end : figure.span.start]
            if _BESIDE.fullmatch(gap) and re.search(
                r"\b(?:and|with|but)\s$", text[: mention.span.start][-6:]
            ):
                draft = make_draft(sentence, mention.span, told[-1].clause)
                draft.add("variable", mention.span)
                draft.arguments.extend(told[-1].of("forecaster"))
                draft.add("level", figure)
                draft.add("horizon", horizon_in(sentence, Span(figure.span.end, sentence.span.end)))
                draft.add("commodity", mention if mention.type is MentionType.COMMODITY else None)
                yield draft
                break


_OWN_NUMBER = re.compile(
    r"\b(?:its|their|our|his|her)\s(?P<of>(?:[\w’'.-]+\s){0,5}?)(?P<n>averages?|numbers?|figures?|calls?|views?|"
    r"assumptions?|decks?|forecasts?|estimates?|projections?|predictions?)\b"
)
_TURNED = re.compile(
    r"\b(?:rais|lift|cut|lower|trim|keep|kept|left|leav|maintain|revis|hik|boost|increas|reduc|nudg|slash|"
    r"downgrad|upgrad|bump|par|held|hold|reaffirm|repeat|stick|stuck|cling|shav|chop|halv|doubl|rein|pull|push|"
    r"mark|mov|tak|took|tweak|adjust|reiterat|stand|stood|clip|pruned|drop|bring|brought|sit)\w*",
    re.IGNORECASE,
)


def _of_own_number(sentence: Sentence) -> Iterator[Draft]:
    """ "BMO lifted its 2019 average for ore from $65 to $78", "sticks to its call of $3,700"."""
    text, span = sentence.analysis.text, sentence.span
    own = _OWN_NUMBER.search(text, span.start, span.end)
    if own is None or not _TURNED.search(text, span.start, own.start()):
        return
    houses = sentence.mentions_in(Span(span.start, own.start()), *HOUSES)
    house: Filler | None = houses[-1] if houses else _speaker(sentence, own.start())
    noun = Span(own.start("n"), own.end("n"))
    groups = [
        g for g in figures_in(sentence, Span(noun.end, span.end), noun) if g.level is not None
    ]
    if house is None or len(groups) != 1 or is_guidance(sentence, groups[0]):
        return
    level, change = groups[0].level, groups[0].change
    output = level is not None and level.kind in TONNAGE
    if output and isinstance(house, Mention) and _runs_works(sentence, house):
        return  # a producer on its own works
    behind = next(variables_in(sentence, Span(noun.end, span.end), priced=True), None)
    draft = make_draft(sentence, noun, sentence.clause_of(noun))
    before = next(variables_in(sentence, Span(own.start("of"), noun.end), priced=True), None)
    draft.add("variable", behind or before or noun)
    draft.add("forecaster", house)
    draft.add("level", level)
    draft.add("change", change)
    draft.add("horizon", groups[0].horizon or horizon_in(sentence, span))
    _add_goods(draft)
    yield draft


def _speaker(sentence: Sentence, end: int) -> Span | None:
    text = sentence.analysis.text
    found = list(_SPEAKER.finditer(text, sentence.span.start, end))
    return _without_article(found[-1], text) if found else None


def _add_goods(draft: Draft) -> None:
    sentence = draft.sentence
    named = [m for m in sentence.mentions_in(sentence.span, MentionType.COMMODITY) if not m.generic]
    draft.add("commodity", named[0] if named else fill.main_commodity(sentence.analysis))


def _sold_before(sentence: Sentence, figure: Quantity) -> Span | None:
    """ "What mines sell brought $385 billion; the office expects $369 billion": of the same thing."""
    for clause in sentence.clauses:
        if clause.subject is None or clause.subject.chunk.is_pronoun:
            continue
        after = Span(clause.chunk.span.end, max(clause.chunk.span.end, figure.span.start))
        known = sentence.quantities_in(after, figure.kind)
        if known and known[0].span.start - after.start <= 24:
            return clause.subject.chunk.span
    return None


_HOUSE_NAME = re.compile(
    r"\b(?:Capital|Markets|Bank|Securities|Research|Analytics|Intelligence|Economics|Consult\w*|Advis\w+|"
    r"Futures|Brokers?|Agency|Institute|Association|Study Group|Commission|Office|Ministry|Council|Bureau)\b"
)


def _runs_works(sentence: Sentence, house: Mention) -> bool:
    return works.is_actor(sentence, house) and _HOUSE_NAME.search(house.text) is None


def _by_parts(sentence: Sentence) -> Iterator[Draft]:
    """A house, a word of looking ahead, a figure and a time to come, in whatever order."""
    text, whole = sentence.analysis.text, sentence.span
    horizon = horizon_in(sentence, whole)
    cue = _CUE.pattern.search(text, whole.start, whole.end) or _AHEAD.pattern.search(
        text, whole.start, whole.end
    )
    if horizon is None or cue is None or sentence.find(OWN_AFFAIRS):
        return
    trigger = Span(cue.start(), cue.end())
    clause = sentence.clause_of(trigger)
    agent = _any_agent(sentence, clause)
    if agent is None and _NAMELESS.match(text, cue.start()) is None:
        return
    if isinstance(agent, Mention) and _runs_works(sentence, agent):
        return
    groups = figures_in(sentence, whole)
    for group in groups if len(groups) <= 3 else ():
        level, change = group.level, group.change
        variable = _any_variable(sentence, level or change)
        told = level or (change if isinstance(change, Quantity) else None)
        if variable is None or told is None or _is_big(told) or is_guidance(sentence, group):
            continue
        if _is_past(sentence, told) or _has_been(sentence, variable):
            continue
        draft = make_draft(sentence, trigger, clause)
        draft.add("variable", group.balance or variable)
        draft.add("forecaster", agent)
        draft.add("level", level)
        draft.add("change", change)
        draft.add("horizon", group.horizon or horizon)
        _add_goods(draft)
        yield draft


def _is_big(figure: Quantity) -> bool:
    return figure.kind is QuantityKind.MONEY and figure.bounds[1] >= _MILLION


def _has_been(sentence: Sentence, variable: Span) -> bool:
    """ "China's output was 62t, we estimate": the variable's own verb tells of what was."""
    for clause in sentence.clauses:
        if clause.subject is None or not clause.subject.chunk.span.overlaps(variable):
            continue
        if _in_past(clause) and not clause.verb.passive and clause.verb.modal is None:
            return True
    return False


def _is_past(sentence: Sentence, figure: Quantity | Span | None) -> bool:
    """ "output was 62t in April, we estimate": what has been is no forecast."""
    if not isinstance(figure, Quantity):
        return False
    clause = sentence.clause_of(figure.span)
    if clause is None or _CUE.pattern.search(clause.chunk.lower) or clause.verb.passive:
        return False
    return _in_past(clause)


def _in_past(clause: Clause) -> bool:
    perfect = bool({"has", "have", "had"} & set(clause.verb.auxiliaries))
    return perfect or (
        clause.verb.form == "D" and clause.verb.first not in ("is", "are", "'s", "’s")
    )


_SHORT = re.compile(r"\b(?:short|oversupplied|undersupplied|in (?:surplus|deficit))\b")


def _any_variable(sentence: Sentence, figure: Quantity | Span | None) -> Span | None:
    level = figure if isinstance(figure, Quantity) else None
    priced = level is not None and level.kind in (QuantityKind.PRICE, QuantityKind.MONEY)
    text = sentence.analysis.text
    if level is not None:
        short = _SHORT.search(
            text, max(sentence.span.start, level.span.start - 40), level.span.end + 40
        )
        if short is not None:
            return Span(short.start(), short.end())
    for found in variables_in(sentence, sentence.span, priced=priced):
        if priced or _MARKET.search(found.of(text)):
            return found
    return level.substance if level is not None and level.kind in TONNAGE else None


def _any_agent(sentence: Sentence, clause: Clause | None) -> Filler | None:
    if clause is not None:
        told = (
            agent_of(sentence, clause)
            or who_says(sentence, clause)
            or stands_behind(sentence, clause)
        )
        if told is not None:
            return told
    for chunk in sentence.noun_phrases():
        if _is_house(chunk):
            return chunk.span
    named = sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
    onlookers = [m for m in named if not works.is_actor(sentence, m)]
    return onlookers[0] if len({m.entity for m in named}) == 1 and onlookers else None


def _is_house(chunk: Chunk) -> bool:
    return chunk.kind is Kind.NP and ANALYSTS.search(chunk.lower) is not None
