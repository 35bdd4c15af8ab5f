"""Forecasts that go on: the sentence after "the group expects …" tells more of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE, Draft
from lodewire.extraction.frames.forecast_figures import figures_in, horizon_in
from lodewire.extraction.frames.movements import direction_of
from lodewire.extraction.grammar.chunks import Chunk
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention, Quantity
from lodewire.model.vocabulary import EventType, MentionType, Modality, QuantityKind, Status

Find = Callable[[Sentence], Iterator[Draft]]
HOUSES = (MentionType.ORGANISATION, MentionType.PERSON)
OWN_AFFAIRS = sought(
    r"\b(?:stake|shares?|loans?|tariffs?|dut(?:y|ies)|capex|dividends?|revenues?|profits?|contracts?|"
    r"offtake|drill\w*|reserves|resources|commission\w*|construct\w*|build\w*|invest\w*|complet\w*|"
    r"start-?ups?|first production|quota|licen[cs]es?|permits?|acqui\w+|agree\w*|sign\w*|targets|targeting|targeted|"
    r"nameplate|capacity|closing|approv\w+|ramp\w*|financ\w+|jobs|guidance)\b",
    re.IGNORECASE,
)


def told_before(sentence: Sentence, find: Find, reach: int = 1) -> Draft | None:
    """The forecast told last, ``reach`` sentences back at most."""
    first = max(0, sentence.index - reach)
    for near in reversed(sentence.analysis.sentences[first : sentence.index]):
        if near.quantities:
            told = list(find(near))
            if told:
                return told[-1]
    return None


def make_draft(sentence: Sentence, trigger: Span, clause: Clause | None) -> Draft:
    return Draft(
        EventType.FORECAST,
        sentence,
        trigger,
        clause,
        status=Status.REPORTED,
        modality=Modality.FORECAST,
        confidence=0.6,
    )


_LISTED = re.compile(r"(?P<what>[A-Z][\w ,’'-]{2,50}?):\s(?=(?:up|down|plus|minus|[+\-−]|\d))")


def find_going_on(sentence: Sentence, find: Find) -> Iterator[Draft]:
    """ "Mines should finish the year 3.9% ahead. Refineries: up 2.8%": the forecast before goes on."""
    if sentence.mentions_in(sentence.span, *HOUSES):
        return
    told = _variable_told(sentence)
    if told is None:
        return
    variable, stretch, clause = told
    groups = [g for g in figures_in(sentence, stretch) if g.level or isinstance(g.change, Quantity)]
    if not groups or len(groups) > 3:
        return
    if OWN_AFFAIRS.pattern.search(sentence.analysis.text, sentence.span.start, groups[-1].end()):
        return
    earlier = told_before(sentence, find, reach=5)
    if earlier is None or not earlier.has("forecaster"):
        return
    for group in groups:
        draft = make_draft(sentence, variable, clause)
        draft.add("variable", variable)
        draft.arguments.extend(earlier.of("forecaster"))
        draft.add("level", group.level)
        draft.add("change", group.change)
        draft.add("horizon", group.horizon)
        named = sentence.mentions_in(sentence.span, MentionType.COMMODITY)
        if named:
            draft.add("commodity", named[0])
        else:
            draft.arguments.extend(earlier.of("commodity"))
        yield draft


def _variable_told(sentence: Sentence) -> tuple[Span, Span, Clause | None] | None:
    """What a sentence without a house of its own tells of as to come, and where."""
    start, end = sentence.span
    listed = _LISTED.match(sentence.text)
    if listed is not None:
        what = Span(start + listed.start("what"), start + listed.end("what"))
        return what, Span(start + listed.end(), end), None
    for clause in sentence.clauses:
        if clause.subject is None or clause.subject.chunk.is_pronoun or clause.verb.negated:
            continue
        subject = clause.subject.chunk
        if sentence.mentions_in(subject.span, MentionType.COUNTRY) or clause.relative:
            continue
        after = Span(clause.chunk.span.end, end)
        figures = sentence.quantities_in(after, *_KINDS)
        near = bool(figures) and figures[0].span.start - after.start <= 60
        if near and _looks_ahead(sentence, clause, after):
            return _without_det(subject), Span(clause.chunk.span.start, end), clause
    return None


_KINDS = (QuantityKind.PERCENT, QuantityKind.PRICE, QuantityKind.MONEY, *TONNAGE)


def _looks_ahead(sentence: Sentence, clause: Clause, after: Span) -> bool:
    """A modal, or a present tense of movement with a time to come or from one figure to another."""
    if clause.verb.modal is not None:
        return clause.verb.modal not in ("can", "must")
    if clause.verb.form not in ("S", "B") or direction_of(clause.verb.main.lower) is None:
        return False
    words = after.of(sentence.analysis.text)
    return horizon_in(sentence, after) is not None or (" from " in words and " to " in words)


def _without_det(chunk: Chunk) -> Span:
    words = [t for t in chunk.tokens if t.tag not in (Tag.DET, Tag.POSS)] or chunk.tokens
    return Span(words[0].span.start, words[-1].span.end)


_OWN = re.compile(
    r"\b(?:it|they|he|she|(?:the |its |their )(?:bank|broker|brokerage|house|agency|consultancy|analysts?|team|strategists?|"
    r"economists?|firm|forecasters?)|its (?:own |[\w-]+ )?(?:figure|number|estimate|forecast|call|view|average|projection)(?: for [\w ]{3,24}?)?)"
    r"(?:, however,)?\s(?:now |still |then |also |instead )?(?:goes (?:up |down )?to|stays at|stands at|looks for|ha(?:s|ve)|sees?|"
    r"puts (?:it|that|the \w+) at|expects?|calls for|(?:rises|falls|drops|climbs|moves|slips|jumps) to|remains at|"
    r"(?:has|have|sees|puts) (?:it|them|that|this|the \w+) (?:at|falling|rising|dropping|climbing|slipping|sliding|averaging|reaching|hitting|"
    r"recovering|easing|trading)(?: back)?(?: to| at| near)?|(?:stuck|sticks?|holds?|held|clings?|keeps?|kept) (?:to|with) its "
    r"(?:[\w-]+ ){0,2}?(?:range|forecast|view|call|estimate|target|number|figure|average|projection) (?:of|at)|"
    r"keeps|holds at|is (?:now )?(?:down to|up to|put at|at)|forecasts?|predicts?|projects?|"
    r"(?:ha(?:s|ve) )?(?:lower|rais|lift|trim|cut|revis|increas|reduc|k[e]pt|left|le[ae]v)\w* (?:its|their|the) "
    r"(?:[\w-]+ ){0,2}?(?:average|forecast|estimate|call|view|target|projection)(?: \w+)? (?:to|at|down to|up to))\s"
    r"(?:an? |between |about |around |some |only |just )?$",
    re.IGNORECASE,
)


# "Its long-term forecast of $15,000 a ton for 2035 lies above the consensus."
_ITS_NUMBER = re.compile(
    r"(?<!from )(?<!than )(?<!against )(?<!with )(?<!below )(?<!above )\b(?:[Ii]ts|[Tt]heir|[Tt]he (?:bank|broker|agency|house)[’']s) (?:(?!earlier|previous|former|last|old|initial|original|prior)[\w-]+ ){0,3}?(?:forecast|projection|estimate|call|target|"
    r"average|view|prediction)s? (?:for [\w -]{3,24} )?(?:of|is|was|at|remains|stands at|stays at)\s(?:about |around )?$"
)


def find_own_more(sentence: Sentence, find: Find, told: Sequence[Draft]) -> Iterator[Draft]:
    """ "For 2027 it goes to $2,500; its figure for 2028 stays at $2,400": the same house's next."""
    text = sentence.analysis.text
    used = [a.span for d in told for a in d.arguments]
    earlier: Draft | None = told[-1] if told else None
    taken = 0
    for figure in sentence.quantities_in(sentence.span, *_KINDS):
        ahead = text[max(sentence.span.start, figure.span.start - 90) : figure.span.start]
        if figure.span.start < taken or any(u.overlaps(figure.span) for u in used):
            continue
        horizon = _horizon_of(sentence, figure)
        if horizon is None or not (_OWN.search(ahead) or _ITS_NUMBER.search(ahead)):
            continue
        earlier = earlier or told_before(sentence, find, reach=2)
        if earlier is None or not earlier.has("forecaster"):
            return
        draft = make_draft(sentence, figure.span, sentence.clause_of(figure.span))
        for role in ("variable", "forecaster", "commodity"):
            draft.arguments.extend(earlier.of(role))
        level: Quantity | None = figure
        if figure.kind is QuantityKind.PERCENT:
            draft.add("change", figure)
            after = Span(figure.span.end, min(sentence.span.end, figure.span.end + 40))
            level = next(iter(sentence.quantities_in(after, QuantityKind.PRICE)), None)
        draft.add("level", level)
        draft.add("horizon", horizon)
        _take_goods(draft, figure)
        taken = max(a.span.end for a in draft.of("level") or draft.of("change"))
        yield draft


_BALANCE = re.compile(
    r"\b(?:surplus|deficit|demand|supply|output|production|shortfall|glut)", re.IGNORECASE
)


def _take_goods(draft: Draft, figure: Quantity) -> None:
    """ "On aluminium it has …": goods that the sentence names before the figure are its own."""
    sentence = draft.sentence
    ahead = Span(sentence.span.start, figure.span.start)
    named = [m for m in sentence.mentions_in(ahead, MentionType.COMMODITY) if not m.generic]
    known = {a.entity for a in draft.of("commodity")}
    sums = (QuantityKind.PRICE, QuantityKind.MONEY)
    if figure.kind in sums and any(_BALANCE.search(a.text) for a in draft.of("variable")):
        draft.drop("variable")  # a surplus is not told in dollars a tonne
        draft.arguments.extend(replace(a, role="variable") for a in draft.of("commodity"))
    if named and named[-1].entity not in known:
        draft.drop("commodity")
        draft.drop("variable")
        draft.add("commodity", named[-1])
        draft.add("variable", named[-1].span)


def _horizon_of(sentence: Sentence, figure: Quantity) -> DateMention | Span | None:
    """The time beside the figure: after it up to the next part of the sentence, else before it."""
    text = sentence.analysis.text
    stop = text.find(";", figure.span.end, sentence.span.end)
    after = Span(figure.span.end, stop if stop >= 0 else sentence.span.end)
    start = max(sentence.span.start, text.rfind(";", sentence.span.start, figure.span.start) + 1)
    return horizon_in(sentence, Span(start, figure.span.start)) or horizon_in(sentence, after)
