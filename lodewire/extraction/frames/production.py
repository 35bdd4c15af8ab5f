"""Production reports: what a company, a works or a country produced, or guides to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import SHARE, TONNAGE, Draft, make_argument
from lodewire.extraction.frames import fill, setting, works
from lodewire.extraction.frames.movements import find_movement
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, Modality, QuantityKind, Status

_NOUN = re.compile(
    r"\b(?:(?:mine|mined|refined|total|overall|annual|monthly|quarterly|attributable|crude|group|"
    r"smelter|saleable|finished|payable|full-year|record|metal|consolidated) )*"
    r"(?:production|output)\b(?! (?:capacity|guidance|target|costs?|plans?|quotas?|cuts?|lines?|rates?|"
    r"facilit\w+|sites?|plants?|units?|process|stoppage|halts?|sharing|outages?|caps?|limits?|ceiling|"
    r"losses|problems|issues|value|tax|base|hub))",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:produce|produced|produces|producing|mined|poured|pumped|pumps|turned out|churned out|yielded|"
    r"smelted|refined|extracted|made|manufactured|assembled|delivered|brought out)\b",
    re.IGNORECASE,
)
_WEAK_VERBS = frozenset(("made", "delivered", "yielded", "refined"))
_GUIDANCE = re.compile(
    r"\b(?:guidance|guides?|guided|guiding|(?:production|output) (?:forecast|target|plan))\b",
    re.IGNORECASE,
)
_EXPECTS = re.compile(
    r"\b(?:expect(?:s|ed)|forecasts?|sees|anticipates?|estimates?)\b[^.;]{0,60}?"
    r"\b(?:to produce|to mine|to pump|produc(?:tion|ing)|output)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:expect\w*|forecasts?|targets?|targeted|targeting|aims?|aiming|plans?|planned|will|seen|"
    r"could|should|would|may|might|estimates? that|project(?:s|ed)|anticipat\w+|to produce|"
    r"to average|wants?|hopes?|is set to|are set to|is to|are to|capable|able to|goal|"
    r"potential\w*|once|when complete)\b",
    re.IGNORECASE,
)
_NOT_OUTPUT = re.compile(
    r"\b(?:capacity|quotas?|resources?|reserves?|nameplate|design(?:ed)?|sold|sales|shipped|"
    r"shipments|exports?|exported|imports?|imported|stocks?|stockpiles?|inventor(?:y|ies)|deficit|"
    r"surplus|shortfall|demand|consumption|consumed|cap|capped|limit|licen[cs]ed?|estimate of|"
    r"recovery|supply deal|offtake|contract|throughput|processed|treated|milled|moved|stripped|"
    r"warehouses?|ore milled)\b",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\b(?:from|than|against|versus|vs\.?|compared (?:with|to)|(?:up|down) from|instead of|"
    r"as against|after|estimate of|forecast of|plan of|target of|expected|above|below|over the|on the|"
    r"previous|earlier range of|exceed\w*|beat\w*|a loss of|loss of|lost|cost|costs|by|of the|"
    r"between|missed)\s(?:an? |the |its |their |about |around |some |earlier |original |initial |"
    r"previous |range of |record |revised )*$",
    re.IGNORECASE,
)
_LEVEL_LINK = re.compile(
    r"\b(?:to|at|of|was|were|is|reached?|reach(?:es|ing)|total(?:led|ed|s|ling)|came (?:in )?(?:at|to)|"
    r"stood at|stands at|averag(?:ed|ing)|amount(?:ed|ing) to|hit|touched)\s(?:an? |the |about |"
    r"around |some |just |only |record |nearly |almost |estimated |average of |total of |high of |"
    r"between )*$",
    re.IGNORECASE,
)
_WORLD = re.compile(
    r"\b(?:global(?:ly)?|world(?:wide)?|world[’']s|country[’']s|nation[’']s)\b", re.IGNORECASE
)
_SHARE_VERB = re.compile(
    r"\b(?:account(?:s|ed|ing)? for|suppl(?:ies|ied|ying)|produc(?:es|ed|ing)|came from|comes? from|"
    r"mine[sd]|provid(?:es|ed|ing)|represent(?:s|ed|ing)?|contribut(?:es|ed|ing))\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"\s?(?:of|to)\s(?:(?:[\w’'.-]+\s){0,6}?(?:production|output|supply|supplies|produced|mined)\b|"
    r"(?:the )?(?:global|world|world[’']s)\s(?:[\w-]+\s?){1,3})",
    re.IGNORECASE,
)
_HOPED = re.compile(
    r"\b(?:is|are|was|were)\s(?:being |now )?(?:targeted|expected|forecast|planned|seen|projected)\b"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:prices?|premiums?|exports?|imports?|sales|demand|costs?|revenues?|profits?|earnings|"
    r"shares?|stocks?|inventor\w+|capacity|grades?)\b",
    re.IGNORECASE,
)
_FIRM_NOUN = re.compile(
    r"\b(?:largest|biggest|top|leading|No\.?|number)\b|"
    r"\b(?:miner|producer|company|group|giant|maker|major|developer|utility|firm)$"
)
_RELATIVE = re.compile(
    r"\b(?:previous|preceding|prior|same|corresponding|last (?:month|quarter))\b", re.IGNORECASE
)
_LOST = re.compile(r"\b(?:loss(?:es)?|lost|deferred|missed|forgone)\s(?:of\s|in\s)?(?:\w+\s)?$")
_UP_FROM = re.compile(r",?\s(?:up|down) (?:slightly |sharply )?(?:from|on)\s[^,;.]{0,6}$")
_COMPARED = re.compile(
    r"(?:\b(?:from|than|against|compared (?:with|to)|versus|over|on|as in)\s(?:the |that of the )?|"
    r"\b(?:same|corresponding|previous|preceding|prior|year-ago)\s(?:period|month|quarter|time|half)"
    r"\s(?:of|in)\s(?:the )?)$",
    re.IGNORECASE,
)
_AT_END = re.compile(r"(?:capacity|capable of|able to)\s(?:\w+\s){0,4}$", re.IGNORECASE)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield a report for each figure of output, each change of output and each share of supply."""
    seen: list[Span] = []
    for quantity in sentence.quantities_in(sentence.span, *TONNAGE):
        trigger = _trigger(sentence, quantity)
        if trigger is None:
            continue
        draft = _report(sentence, trigger, quantity)
        if draft is not None:
            seen.append(trigger)
            yield draft
    yield from _changes(sentence, seen)
    yield from _shares(sentence)


def _words(sentence: Sentence, pattern: re.Pattern[str]) -> list[Span]:
    text, span = sentence.analysis.text, sentence.span
    return [Span(m.start(), m.end()) for m in pattern.finditer(text, span.start, span.end)]


def _trigger(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The word of output that a tonnage belongs to; None where it is another kind of figure."""
    text = sentence.analysis.text
    if quantity.kind is QuantityKind.POWER or _is_base(sentence, quantity):
        return None
    start = max(sentence.span.start, quantity.span.start - 60)
    if _NOT_OUTPUT.search(_clause_words(sentence, quantity)):
        return None
    if _AT_END.search(text[start : quantity.span.start]):
        return None
    verbs = [v for v in _words(sentence, _VERB) if _is_verb_of(sentence, v, quantity)]
    if verbs:
        return verbs[-1]
    nouns = [n for n in _words(sentence, _NOUN) if _is_noun_of(sentence, n, quantity)]
    if nouns:
        return nouns[-1]
    if _is_elliptic(sentence, quantity):
        return quantity.span
    return _guided(sentence, quantity)


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


def _is_base(sentence: Sentence, quantity: Quantity) -> bool:
    """ "up from 3.43 Mt", "against a plan of": the figure that another is held against."""
    text = sentence.analysis.text
    before = text[max(sentence.span.start, quantity.span.start - 48) : quantity.span.start]
    return bool(_BASE.search(before)) and not re.search(r"\bbetween\s$", before)


def _is_verb_of(sentence: Sentence, verb: Span, quantity: Quantity) -> bool:
    if not verb.end <= quantity.span.start <= verb.end + 70:
        return False
    text = sentence.analysis.text
    between = text[verb.end : quantity.span.start]
    if re.search(r"[;:]|\b(?:from|while|but|which|who)\b", between):
        return False
    if verb.of(text).lower() in _WEAK_VERBS and not re.fullmatch(
        r"\s(?:about |around |some |nearly |almost |more than |just |a record )*", between
    ):
        return False
    others = sentence.quantities_in(Span(verb.end, quantity.span.start), *TONNAGE)
    return not others or bool(re.search(r"\b(?:and|,)\s(?:[\w ]{0,14})$", between))


def _is_noun_of(sentence: Sentence, noun: Span, quantity: Quantity) -> bool:
    text = sentence.analysis.text
    if _LOST.search(text[max(sentence.span.start, noun.start - 24) : noun.start]):
        return False
    if noun.end <= quantity.span.start <= noun.end + 240:
        between = text[noun.end : quantity.span.start]
        if re.search(r"[;]|\b(?:while|but|and exports|although)\b", between):
            return False
        if re.match(r"\sof\s[^,;]{0,14}$", between):
            return True
        level = bool(_LEVEL_LINK.search(between))
        later = sentence.quantities_in(Span(noun.end, quantity.span.start), *TONNAGE)
        joined = bool(re.search(r"(?:\band|,)\s[\w ]{0,14}$", between))
        again = level and bool(re.search(r", and for the [^,;]{4,60}$", between))
        near = len(between) <= 150 and (not later or joined)
        return (level or joined) and (near or again)
    if quantity.span.end <= noun.start <= quantity.span.end + 40:
        between = text[quantity.span.end : noun.start]
        return bool(re.fullmatch(r"\s(?:of\s)?(?:[\w-]+\s){0,4}(?:in\s)?", between)) and bool(
            _LEVEL_LINK.search(
                text[max(sentence.span.start, quantity.span.start - 30) : quantity.span.start]
            )
        )
    return False


def _is_elliptic(sentence: Sentence, quantity: Quantity) -> bool:
    """ "Escondida rose 10% to 100,900 tonnes", "in the Gulf it was 532,000 tonnes" among reports."""
    text = sentence.analysis.text
    before = text[sentence.span.start : quantity.span.start]
    if not re.search(
        r"\b(?:(?:posted|recorded|reported|saw|had)\s[^.;]{0,60}|(?:rose|fell|climbed|dropped|slipped|"
        r"jumped|slid|gained|declined|increased|decreased|edged (?:up|down)|was|were)\s[^.;]{0,40})$",
        before,
    ) or not _LEVEL_LINK.search(before):
        return False
    near = [sentence, *sentence.analysis.sentences[max(0, sentence.index - 1) : sentence.index]]
    told = any(_NOUN.search(s.text) or re.search(r"\bproduced\b", s.text) for s in near)
    who = sentence.mentions_in(
        Span(sentence.span.start, quantity.span.start),
        MentionType.SITE,
        MentionType.ORGANISATION,
        MentionType.COUNTRY,
        MentionType.PLACE,
    )
    return told and bool(who)


def _guided(sentence: Sentence, quantity: Quantity) -> Span | None:
    text = sentence.analysis.text
    for match in _GUIDANCE.finditer(text, sentence.span.start, sentence.span.end):
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
    _producer(draft, quantity.span)
    setting.fill_material(draft)
    _period(draft, quantity.span)
    setting.fill_place(draft) if draft.has("site") else None
    told = draft.has("operator", "site", "country") or _is_of_area(sentence, trigger)
    return draft if told else None


def _settle_modality(draft: Draft, at: Span) -> bool:
    """Guidance is a report of what is to come; other words about the future make a forecast."""
    sentence = draft.sentence
    text = sentence.analysis.text
    around = text[sentence.span.start : at.end]
    around = re.split(r";|, (?:but|while|and said|and expects)|\bwhile\b", around)[-1]
    if is_own_guidance(sentence, at):
        draft.modality = Modality.FORECAST
        return True
    draft.modality = Modality.ASSERTED
    after = re.split(
        r"[,;]|\b(?:and|but|while)\b", text[at.end : min(sentence.span.end, at.end + 60)]
    )
    return not _AHEAD.search(around) and not _HOPED.search(after[0])


def is_own_guidance(sentence: Sentence, at: Span) -> bool:
    """Tell whether a figure of output is its producer's own guidance, not an analyst's forecast."""
    text = sentence.analysis.text
    start = max(sentence.span.start, at.start - 150)
    before = text[start : at.start]
    before = re.split(r";|\bwhile\b", before)[-1]
    if _GUIDANCE.search(before) or _GUIDANCE.search(text[at.end : at.end + 24]):
        return True
    match = _EXPECTS.search(text, start, at.start)
    if match is None:
        return False
    actors = works.actors_in(sentence, Span(sentence.span.start, match.start()))
    return bool(actors)


def _change(draft: Draft, quantity: Quantity | None) -> None:
    """The percentage that stands with a word of movement nearest to the figure."""
    sentence = draft.sentence
    text = sentence.analysis.text
    at = quantity.span if quantity is not None else draft.trigger
    best: tuple[int, Moved] | None = None
    others = [q.span for q in sentence.quantities_in(sentence.span, *TONNAGE) if q is not quantity]
    for share in sentence.quantities_in(sentence.span, *SHARE):
        between = Span(min(at.end, share.span.end), max(at.start, share.span.start))
        if any(between.covers(o) and not _held_against(sentence, o) for o in others):
            continue
        gap = max(share.span.start - at.end, at.start - share.span.end, 0)
        if gap > 80 or re.search(r"[;]", between.of(text)):
            continue
        moved = _moved(sentence, share)
        if moved is not None and (best is None or gap < best[0]):
            best = (gap, moved)
    if best is not None:
        _add_change(draft, best[1])
        return
    for base in others:
        if base.start >= at.end and _UP_FROM.fullmatch(text[at.end : base.start]):
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


def _held_against(sentence: Sentence, span: Span) -> bool:
    before = sentence.analysis.text[max(sentence.span.start, span.start - 40) : span.start]
    return bool(_BASE.search(before))


_MORE = re.compile(
    r"\s?(?:more|less|higher|lower|up|down|above|below|increase|decrease|drop|fall|rise|gain|"
    r"decline|improvement|jump|reduction|uptick|growth|better|worse|year-on-year (?:rise|fall|"
    r"increase|decrease|drop|decline))\b",
    re.IGNORECASE,
)


Moved = tuple[Span, Quantity]


def _add_change(draft: Draft, moved: Moved) -> None:
    """The wording ("fell 8.4%") with the number as its quantity, so that tellings can be compared."""
    text = draft.sentence.analysis.text
    argument = make_argument(text, "change", moved[0])
    draft.arguments.append(replace(argument, quantity=moved[1]))


def _moved(sentence: Sentence, share: Quantity) -> Moved | None:
    text = sentence.analysis.text
    after = _MORE.match(text, share.span.end, min(sentence.span.end, share.span.end + 30))
    if after is not None:
        return Span(share.span.start, after.end()), share
    start = max(sentence.span.start, share.span.start - 44)
    move = find_movement(text, start, share.span.start)
    if move is None or _is_world_share(sentence, share):
        return None
    while (later := find_movement(text, move[2], share.span.start)) is not None:
        move = later
    between = text[move[2] : share.span.start]
    if re.search(r"[.;]|, ", between):
        return None
    return Span(move[1], share.span.end), share


def _is_world_share(sentence: Sentence, quantity: Quantity) -> bool:
    text = sentence.analysis.text
    after = text[quantity.span.end : min(sentence.span.end, quantity.span.end + 60)]
    return bool(_SHARE_OF.match(after))


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
        if inside or re.fullmatch(r"\s?(?:of |in )?(?:[\w-]+\s){0,2}", between):
            draft.add("commodity", mention)
            return
    before = sentence.mentions_in(
        Span(max(sentence.span.start, draft.trigger.start - 60), draft.trigger.start),
        MentionType.COMMODITY,
    )
    if before and re.fullmatch(
        r"\s(?:[\w-]+\s){0,2}", sentence.analysis.text[before[-1].span.end : draft.trigger.start]
    ):
        draft.add("commodity", before[-1])


_SITE_LINK = re.compile(r"\b(?:at|from|of|in|for)\s(?:the |its |their )?(?:[\w-]+\s){0,4}$")


def _producer(draft: Draft, at: Span) -> None:
    """Who or what produced: the clause's subject, "at" or "from" whom, else the text's company."""
    sentence = draft.sentence
    near = Span(sentence.span.start, at.end)
    sites = works.sites_of(sentence, near)
    index = fill.nearest([s for s in sites if s.span.start < at.start], draft.trigger)
    before = [s for s in sites if s.span.start < at.start]
    if index is not None and _belongs(sentence, before[index], at):
        draft.add_all("site", works.coordinated(sentence, before[index]))
    elif not before:
        after = works.sites_of(sentence, Span(at.end, min(sentence.span.end, at.end + 60)))
        if after and _SITE_LINK.search(sentence.analysis.text[at.end : after[0].span.start]):
            draft.add("site", after[0])
    country = _producing_country(draft, at)
    if country is not None and not draft.has("site"):
        draft.add("operator", country)
        draft.add("country", country)
        return
    site = draft.of("site")
    place = site[0].span if site and sentence.span.covers(site[0].span) else draft.trigger
    if site or not _is_of_area(sentence, draft.trigger):
        draft.add("operator", works.find_operator(draft, place))


def _is_of_area(sentence: Sentence, trigger: Span) -> bool:
    """ "Global output", "Production in Western Europe": of no one firm."""
    text = sentence.analysis.text
    before = text[max(sentence.span.start, trigger.start - 40) : trigger.start]
    after = text[trigger.end : min(sentence.span.end, trigger.end + 24)]
    if _FIRM_NOUN.search(before):
        return False
    return bool(_WORLD.search(before)) or bool(re.match(r"\s(?:in|among|by) (?:the )?[A-Z]", after))


def _belongs(sentence: Sentence, site: Mention, at: Span) -> bool:
    """A site before a figure produced it unless a firm acts in between: "At X …, BHP produced"."""
    between = sentence.analysis.text[site.span.end : at.start]
    return not re.search(r";|\bwhile\b|\bthe (?:company|group|miner)\b(?!['’]s)", between)


def _producing_country(draft: Draft, at: Span) -> Mention | None:
    """ "Chile's output", "Output in China", "the country mined", "Indonesia produced"."""
    sentence = draft.sentence
    clause = draft.clause
    types = (MentionType.COUNTRY, MentionType.PLACE)
    chunk = sentence.chunk_at(draft.trigger.start)
    if chunk is not None:
        before = Span(chunk.span.start, max(chunk.span.start, draft.trigger.start))
        owners = sentence.mentions_in(before, *types)
        if owners and not sentence.mentions_in(before, MentionType.ORGANISATION):
            return owners[0]
    if clause is not None:
        subject = sentence.named(clause.subject, MentionType.ORGANISATION, MentionType.SITE)
        if subject:
            return None
        found = [m for m in sentence.named(clause.subject, *types) if _stands_alone(sentence, m)]
        if found:
            return found[0]
    start = max(sentence.span.start, draft.trigger.start - 40)
    span = Span(
        start, min(at.end, draft.trigger.end + 60) if at.start > draft.trigger.end else at.end
    )
    if works.actors_in(sentence, span) or sentence.mentions_in(span, MentionType.SITE):
        return None
    found = [m for m in sentence.mentions_in(span, *types) if _stands_alone(sentence, m)]
    return found[0] if found else None


def _stands_alone(sentence: Sentence, place: Mention) -> bool:
    """A country that produces, not the origin of somebody: "the Kazakh company", "Chilean miner"."""
    chunk = sentence.chunk_at(place.span.start)
    if chunk is None or chunk.head is None or chunk.span.end <= place.span.end:
        return True
    rest = sentence.analysis.text[place.span.end : chunk.span.end]
    if _FIRM_NOUN.search(rest):
        return False
    return bool(re.match(r"['’]s?\s", rest)) or bool(
        re.search(r"\b(?:output|production|mines|miners|smelters|producers|plants|mills)\b", rest)
    )


def _period(draft: Draft, at: Span) -> None:
    """The span of time beside the figure, in the clause, in the sentence, or told just before."""
    sentence = draft.sentence
    dates = [d for d in sentence.dates_in(sentence.span) if d.grain not in ("duration", "day")]
    text = sentence.analysis.text
    own = [
        d
        for d in dates
        if not _COMPARED.search(text[max(sentence.span.start, d.span.start - 44) : d.span.start])
        and not _RELATIVE.search(d.text)
        and not re.search(r"; |, and |\bwhile\b|\bbut\b", text[at.end : d.span.start])
    ]
    index = fill.nearest(own, at)
    if index is not None:
        draft.add("period", own[index])
        return
    for back in range(1, 4):
        if sentence.index < back:
            return
        before = sentence.analysis.sentences[sentence.index - back]
        if not any(p.search(before.text) for p in (_NOUN, _VERB, _GUIDANCE)):
            continue
        spans = [d for d in before.dates if d.grain in ("quarter", "half", "month", "year")]
        if spans:
            draft.add("period", spans[0])
            return


def _changes(sentence: Sentence, seen: list[Span]) -> Iterator[Draft]:
    """ "Nickel production fell by seven per cent": a change without its level."""
    text = sentence.analysis.text
    for noun in _words(sentence, _NOUN):
        if any(noun.overlaps(s) for s in seen) or (seen and noun.start > seen[-1].end):
            continue
        clause = sentence.clause_of(noun)
        end = min(sentence.span.end, noun.end + 90)
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
            if not _is_world_share(sentence, q)
            and _moved(sentence, q) is not None
            and not _OTHER_SUBJECT.search(text[noun.end : q.span.start])
        ]
        levels = sentence.quantities_in(Span(noun.end, end), *TONNAGE)
        if not shares or levels or _AHEAD.search(text[sentence.span.start : noun.end + 60]):
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
        moved = _moved(sentence, shares[index])
        if moved is not None:
            _add_change(draft, moved)
        _commodity_before(draft)
        _producer(draft, shares[index].span)
        setting.fill_material(draft)
        _period(draft, shares[index].span)
        if draft.has("operator", "site"):
            yield draft


def _commodity_before(draft: Draft) -> None:
    sentence = draft.sentence
    chunk = sentence.chunk_at(draft.trigger.start)
    if chunk is not None:
        found = sentence.mentions_in(chunk.span, MentionType.COMMODITY)
        draft.add("commodity", found[0] if found else None)


def _shares(sentence: Sentence) -> Iterator[Draft]:
    """ "accounts for nearly 30% of Freeport's copper production", "2% of global supply"."""
    text = sentence.analysis.text
    for share in sentence.quantities_in(sentence.span, *SHARE):
        end = min(sentence.span.end, share.span.end + 90)
        match = _SHARE_OF.match(text, share.span.end, end)
        verb = [v for v in _words(sentence, _SHARE_VERB) if v.end <= share.span.start + 1]
        late = [v for v in _words(sentence, _SHARE_VERB) if v.start >= share.span.end]
        if match is not None and _NOT_SUPPLY.search(match.group()):
            continue
        if match is None or not (verb or (late and "from" in late[0].of(text))):
            continue
        if verb and share.span.start - verb[-1].end > 24 and not late:
            continue
        if _AHEAD.search(text[max(sentence.span.start, share.span.start - 60) : share.span.start]):
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
        draft.add("volume", Span(share.span.start, match.end()))
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
