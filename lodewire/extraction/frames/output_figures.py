"""Figures of output: which tonnages and percentages of a sentence are somebody's production."""

from __future__ import annotations

import re
from typing import cast

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import TONNAGE
from lodewire.extraction.frames import output_words as said
from lodewire.extraction.frames import works
from lodewire.extraction.frames.guidance import find_guidance
from lodewire.extraction.frames.movements import direction_of, find_movement
from lodewire.extraction.frames.output_tallies import beside, is_restated, tally_word, trade_word
from lodewire.extraction.grammar.sieve import Sought, sought
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType, QuantityKind


def find_words(sentence: Sentence, pattern: Sought) -> list[Span]:
    """Where ``pattern`` stands in the sentence; kept, as it is asked for each of its figures."""
    key = f"{__name__}.{pattern.number}"
    known = sentence.shared.get(key)
    if known is None:
        known = [Span(m.start(), m.end()) for m in sentence.locate_all(pattern)]
        sentence.shared[key] = known
    return cast(list[Span], known)


def output_word(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The word of output that a tonnage belongs to; None where it is another kind of figure."""
    text = sentence.analysis.text
    if quantity.kind is QuantityKind.POWER or _is_base(sentence, quantity):
        return None
    if is_restated(sentence, quantity) or is_design(sentence, quantity):
        return None
    trade = trade_word(sentence, quantity)
    if trade is not None:
        return trade
    start = max(sentence.span.start, quantity.span.start - 60)
    if said.NOT_OUTPUT.search(_clause_words(sentence, quantity)):
        return None
    if said.AT_END.search(text[start : quantity.span.start]):
        return None
    made = _MADE_AFTER.match(text, quantity.span.end, sentence.span.end)
    if made is not None:
        return Span(made.start("verb"), made.end("verb"))
    if said.SIZED.match(text, quantity.span.end, min(sentence.span.end, quantity.span.end + 40)):
        return None
    verbs = [v for v in find_words(sentence, said.VERB) if _is_verb_of(sentence, v, quantity)]
    if verbs:
        return verbs[-1]
    nouns = [n for n in find_words(sentence, said.NOUN) if _is_noun_of(sentence, n, quantity)]
    if nouns:
        return nouns[-1]
    if _is_elliptic(sentence, quantity):
        return quantity.span
    joined = beside(sentence, quantity)
    return (
        _guided(sentence, quantity)
        or find_guidance(sentence, quantity)
        or tally_word(sentence, quantity)
        or (output_word(sentence, joined) if joined is not None else None)
    )


_STUDY = sought(
    r"\b(?:[Ii]n (?:the|its|this) (?:[\w-]+ )?(?:study|assessment|PFS|DFS|PEA|plan)\b|foresaw|foresees|envisag\w+|assum(?:es|ed|ing)|assumptions?|(?:preliminary|scoping|feasibility|"
    r"economic) (?:\w+ )?(?:study|studies|assessment)|PEA|PFS|DFS|needs? (?:close to |about |some |nearly )?"
    r"(?:US)?\$[^;.]{1,30} to)\b"
)
_BUILT_FOR = re.compile(
    r"\b(?:plant|factory|mine|smelter|refinery|facility|project|line)\b[^;.]{0,40}\b(?:producing|making|"
    r"to produce|to make|that (?:would|will|can) (?:make|produce))\b[^;.]{0,30}$"
)
_ONCE = re.compile(
    r"\b(?:[Oo]nce|[Ii]f|[Ww]hen|[Uu]ntil|[Uu]nless) (?:[\w’']+ ){1,7}?(?:has|have|reaches|passes|produces?|"
    r"produced|yielded?|yields|makes?|turns? out)\b[^,;]{0,40}$"
)


def is_design(sentence: Sentence, quantity: Quantity) -> bool:
    """ "a study foresaw 10,000 tonnes a year", "once it has yielded": a plan or a condition."""
    text, span = sentence.analysis.text, sentence.span
    before = text[max(span.start, quantity.span.start - 110) : quantity.span.start]
    rated = quantity.kind is QuantityKind.MASS_RATE or re.match(
        r"[^,;]{0,30}\b(?:a|per|each) (?:year|annum)|[^,;]{0,30}\bannually",
        text[quantity.span.end : min(span.end, quantity.span.end + 50)],
    )
    if rated and (sentence.find(_STUDY) or _BUILT_FOR.search(before)):
        return True
    return _ONCE.search(before) is not None


def _clause_words(sentence: Sentence, quantity: Quantity) -> str:
    """What stands around a figure, up to the next comma or conjunction on its right."""
    text = sentence.analysis.text
    left = text[max(sentence.span.start, quantity.span.start - 48) : quantity.span.start]
    left = re.split(
        r"[;:]|, (?:and|but|while|with|after|compared|against)|\bwhile\b|\bbut\b", left
    )[-1]
    right = text[quantity.span.end : min(sentence.span.end, quantity.span.end + 26)]
    right = re.split(r"[,;:]|\b(?:and|but|while|after|as|because|in|from|at|for|on)\b", right)[0]
    return f"{left}|{right}"


# "240,000 tonnes greater than consumption"
_BESIDE_NEED = re.compile(
    r"\s(?:greater|higher|more|less|lower|smaller|above|below|short)(?: than| of)? (?:consumption|demand|usage|needs)\b"
)
# "goes to 225,000-241,000 oz, from 205,000 oz to 228,000 oz": the whole range is what it was.
_UP_TO = re.compile(
    r"(?:oz|t|kt|Mt|tonnes|tons|ounces|lbs?|pounds|barrels|bpd),? (?:up |down )?from [^;,.a-z]{2,14}(?:oz|t|kt|Mt|tonnes|tons|ounces)? to $"
)


def _is_base(sentence: Sentence, quantity: Quantity) -> bool:
    """ "up from 3.43 Mt", "against a plan of": the figure that another is held against."""
    text = sentence.analysis.text
    before = text[max(sentence.span.start, quantity.span.start - 48) : quantity.span.start]
    if said.FORMER.search(
        text[max(sentence.span.start, quantity.span.start - 90) : quantity.span.start]
    ):
        return True
    after = text[quantity.span.end : min(sentence.span.end, quantity.span.end + 60)]
    if _RECKONED.match(after) or _BESIDE_NEED.match(after) or _UP_TO.search(before):
        return True
    kept = said.KEPT.search(before) or re.search(r"\bbetween\s$", before)
    return bool(said.BASE.search(before)) and not kept


# "7,665 t of nickel was mined", "some 300,000 tonnes a year are made at Portland"
_MADE_AFTER = re.compile(
    r"(?:\sof\s(?:[\w-]+\s?){1,4}?)?(?:\s(?:a|per|each) year|\sannually)?\s(?:is|are|was|were|has been|have been|had been)\s"
    r"(?:also\s)?(?P<verb>produced|mined|made|poured|smelted|refined|pumped|extracted)\b"
)
# "the 557,000 oz that UBS had estimated": what others held for likely.
_RECKONED = re.compile(
    r"\s(?:that |which )?(?:[A-Z][\w&.-]+ |analysts |brokers |the market |a \w+ poll )+(?:had |have |has )?"
    r"(?:estimated|expected|forecast|predicted|pencilled in|looked for)\b"
)


def _is_verb_of(sentence: Sentence, verb: Span, quantity: Quantity) -> bool:
    if not verb.end <= quantity.span.start <= verb.end + 70:
        return False
    text = sentence.analysis.text
    between = text[verb.end : quantity.span.start]
    if re.search(r"[;:]|\b(?:from|while|but|which|who)\b", between):
        return False
    if verb.of(text).lower() in said.WEAK_VERBS and not re.fullmatch(
        r"\s(?:about |around |some |nearly |almost |more than |just |a |record |roughly |only |close to |"
        r"up to |in all |total of |another |over |well |under |combined |as much as |estimated )*",
        between,
    ):
        return False
    if said.SHIPS.fullmatch(verb.of(text)):
        before = Span(sentence.span.start, verb.start)
        if not (
            sentence.mentions_in(before, MentionType.SITE)
            or works.PLANT_NOUN.search(before.of(text))
        ):
            return False  # a country's or a trader's exports are no output
    others = sentence.quantities_in(Span(verb.end, quantity.span.start), *TONNAGE)
    return not others or bool(re.search(r"\b(?:and|,)\s(?:[\w ]{0,14})$", between))


def _is_noun_of(sentence: Sentence, noun: Span, quantity: Quantity) -> bool:
    text = sentence.analysis.text
    before = text[max(sentence.span.start, noun.start - 24) : noun.start]
    sized = noun.of(text).lower().startswith("annual") and re.search(r"\bwith (?:an? )?$", before)
    if sized or said.LOST.search(before):
        return False  # "a plant with an annual production of": what it is built for
    if noun.end <= quantity.span.start <= noun.end + 240:
        between = text[noun.end : quantity.span.start]
        if re.search(
            r"[;]|\b(?:while|but(?! \w+(?:ed|ell|ose|ew|ank) )|and exports|although)\b", between
        ):
            return False
        if re.match(r"\sof\s[^,;]{0,14}$", between):
            return True
        if _AS_ENTRY.fullmatch(between):
            return not said.NOT_OUTPUT.search(text, sentence.span.start, noun.end)
        level = bool(said.LEVEL_LINK.search(between) or said.REACHES.match(quantity.text))
        later = sentence.quantities_in(Span(noun.end, quantity.span.start), *TONNAGE)
        joined = bool(re.search(r"(?:\band|,)\s[\w ]{0,14}$", between))
        again = level and bool(re.search(r", and for the [^,;]{4,60}$", between))
        near = len(between) <= 150 and (not later or joined)
        return (level or joined) and (near or again)
    if quantity.span.end <= noun.start <= quantity.span.end + 40:
        between = text[quantity.span.end : noun.start]
        return bool(re.fullmatch(r"\s(?:of\s)?(?:[\w-]+\s){0,4}(?:in\s)?", between)) and bool(
            said.LEVEL_LINK.search(
                text[max(sentence.span.start, quantity.span.start - 30) : quantity.span.start]
            )
        )
    return False


# "PGM production (metal in concentrate): 1,029,600 ounces": an entry of a list.
_AS_ENTRY = re.compile(
    r"(?:\s\([^)]{0,40}\)|\s\w+ing?\s\w+)?(?:\s[a-z-]+){0,3}\s?[:–—]\s(?:about |some )?"
)


def _is_elliptic(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Escondida rose 10% to 100,900 tonnes", "in the Gulf it was 532,000 tonnes" among reports."""
    text = sentence.analysis.text
    before = text[sentence.span.start : quantity.span.start]
    if re.search(r"\b(?:loss(?:es)?|lost)\b", before[-60:]):
        return False
    if not re.search(
        r"\b(?:(?:posted|recorded|reported|saw)\s[^.;]{0,60}|(?:rose|fell|climbed|dropped|slipped|"
        r"jumped|slid|gained|declined|increased|decreased|edged (?:up|down)|was|were)\s[^.;]{0,40})$",
        before,
    ) or not said.LEVEL_LINK.search(before):
        return False
    sentences = sentence.analysis.sentences  # the whole one too, where a clause of it is read
    near = [sentence, *sentences[max(0, sentence.index - 2) : sentence.index + 1]]
    told = any(said.NOUN.pattern.search(s.text) or re.search(r"\bproduced\b", s.text) for s in near)
    who = sentence.mentions_in(
        Span(sentence.span.start, quantity.span.start),
        MentionType.SITE,
        MentionType.ORGANISATION,
        MentionType.COUNTRY,
        MentionType.PLACE,
        MentionType.COMMODITY,
    )
    return told and bool(who)


def _guided(sentence: Sentence, quantity: Quantity) -> Span | None:
    text = sentence.analysis.text
    for match in sentence.locate_all(said.GUIDANCE):
        between = text[match.end() : quantity.span.start]
        if 0 <= quantity.span.start - match.end() <= 130 and re.search(
            r"\b(?:to|of|at|between|range of|is|remains)\s(?:an? |the |about |around |between |"
            r"(?:new |revised )?range of )*$",
            between,
        ):
            return Span(match.start(), match.end())
        if 0 <= match.start() - quantity.span.end <= 24:
            return Span(match.start(), match.end())
    return None


# "The Toronto-based miner expects": the firm that the text is about, by what it is.
_ITSELF = re.compile(
    r"\b(?:[Ii]t|[Ww]e|[Tt]he (?:[\w-]+ ){0,3}(?:company|group|miner|producer|firm|smelter)),? "
    r"(?:(?:now|also|still|currently|said it) )?$"
)


def is_own_guidance(sentence: Sentence, at: Span) -> bool:
    """Tell whether a figure of output is its producer's own guidance, not an analyst's forecast."""
    text = sentence.analysis.text
    start = max(sentence.span.start, at.start - 150)
    before = text[start : at.start]
    before = re.split(r";|\bwhile\b", before)[-1]
    own = next((q for q in sentence.quantities if q.span == at), None)
    if own is not None and find_guidance(sentence, own) is not None:
        return True
    if said.GUIDANCE.pattern.search(before) or said.GUIDANCE.pattern.search(
        text[at.end : at.end + 24]
    ):
        return True
    match = said.EXPECTS.search(text, start, at.start)
    if match is None:
        return False
    actors = works.actors_in(sentence, Span(sentence.span.start, match.start()))
    return bool(actors) or _ITSELF.search(text, sentence.span.start, match.start()) is not None


_DESIGN = re.compile(
    r"\b(?:once|when complete\w*|capacity|capable|able to|potential\w*|design\w*|feasibility|stud(?:y|ies)|"
    r"assessment|life[- ]of[- ]mine|mine life|(?:a|per|each) year|per annum|annually|expansion|phase|"
    r"plant|project|would|could|(?-i:may)|might|can|analysts?|if|minist\w+|government|agency|commission|"
    r"survey|poll|national|country|estimates? that)\b",
    re.IGNORECASE,
)


def is_own_outlook(sentence: Sentence, at: Span) -> bool:
    """ "Output this year will be 1.67 billion pounds": a firm on its own year, not a plant's design."""
    text, span = sentence.analysis.text, sentence.span
    near = text[max(span.start, at.start - 110) : min(span.end, at.end + 40)]
    if re.search(r"\b(?:told|said|says|warned)\b", sentence.text):
        near = re.sub(r"\bwould\b", "will", near)
    if _OTHERS_EXPECT.search(text, span.start, at.start):
        return False
    theirs = sentence.find(_THEIRS) and works.main_company(sentence.analysis) is not None
    if _DESIGN.search(near) or not (theirs or works.actors_in(sentence, sentence.span)):
        return False
    onlookers = [
        m
        for m in sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
        if not works.is_actor(sentence, m)
    ]
    spans = [d for d in sentence.dates_in(sentence.span) if d.grain in _SPANS]
    return bool(spans) and not onlookers and at.start > sentence.span.start


# "the country is expected to make 750,000 t": somebody else's forecast.
_OTHERS_EXPECT = re.compile(
    r"\b(?:is|are|was|were) (?:also |now |still )?(?:expected|forecast|projected|predicted|seen) to\b"
)
_THEIRS = sought(r"\b(?:[Ii]t|[Ii]ts|[Ww]e|[Oo]ur|[Tt]he (?:company|group|miner|combined \w+))\b")
_SPANS = frozenset(("year", "quarter", "half", "month"))


def counted(sentence: Sentence) -> list[Quantity]:
    """Things that a factory turns out, told by number: "433,371 vehicles"."""
    text = sentence.analysis.text
    return [
        q
        for q in sentence.quantities_in(sentence.span, QuantityKind.COUNT)
        if _MAKES.search(text, max(sentence.span.start, q.span.start - 30), q.span.start)
        and _THINGS.match(text, q.span.end, min(sentence.span.end, q.span.end + 50))
    ]


_THINGS = re.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:vehicles|cars|units|trucks|EVs|wafers|cells|modules|panels|turbines|chips|"
    r"magnets|bars|carats|barrels|aircraft|jets|planes|engines|packs|buses|SUVs|vans|motorcycles)\b"
)
_MAKES = re.compile(
    r"\b(?:produc(?:ed|es|ing)|buil[dt]|builds|ma[dk]e|makes|assembl(?:ed|es)|manufactur(?:ed|es)|"
    r"turned out|rolled out|(?:output|production) (?:of|was|rose to|fell to|reached))\s"
    r"(?:[\w]+\s){0,3}$"
)


def is_held_against(sentence: Sentence, span: Span) -> bool:
    before = sentence.analysis.text[max(sentence.span.start, span.start - 40) : span.start]
    return bool(said.BASE.search(before))


_MORE = re.compile(
    r"\s?(?:more|less|higher|lower|up|down|above|below|increase|decrease|drop|fall|rise|gain|"
    r"decline|improvement|jump|reduction|uptick|growth|better|worse|year-on-year (?:rise|fall|"
    r"increase|decrease|drop|decline))\b",
    re.IGNORECASE,
)


Moved = tuple[Span, Quantity]


def find_move(sentence: Sentence, share: Quantity) -> Moved | None:
    text = sentence.analysis.text
    after = _MORE.match(text, share.span.end, min(sentence.span.end, share.span.end + 30))
    if after is not None:
        return Span(share.span.start, after.end()), share
    if share.kind is QuantityKind.FACTOR and direction_of(share.text.lower().split()[-1]):
        return share.span, share  # "more than doubled its output to"
    start = max(sentence.span.start, share.span.start - 44)
    move = find_movement(text, start, share.span.start)
    if move is None or is_world_share(sentence, share):
        return None
    while (later := find_movement(text, move[2], share.span.start)) is not None:
        move = later
    between = text[move[2] : share.span.start]
    if re.search(r"[.;]|, ", between):
        return None
    return Span(move[1], share.span.end), share


def is_world_share(sentence: Sentence, quantity: Quantity) -> bool:
    text = sentence.analysis.text
    after = text[quantity.span.end : min(sentence.span.end, quantity.span.end + 60)]
    return bool(said.SHARE_OF.match(after))
