"""Deals that the words around the names tell, where no clause gave them: headlines and ellipses.

Each type has its patterns (see ``surface``); the frames ask here last, so that a sentence which
their grammar reads is never read twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames import deal_idioms, deal_phrases, pact_phrases, surface
from lodewire.extraction.frames.giving import first_gives
from lodewire.extraction.frames.phrase_search import Phrases, matches
from lodewire.extraction.frames.surface import SHARES, SITE, SUM, Masked, Party
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import Status

_MAKE = (
    r"\b(?:sign(?:s|ed|ing)?(?: up)?|ink(?:s|ed)?|enter(?:s|ed|ing)?(?: into)?|form(?:s|ed|ing)?|"
    r"strik(?:es?|ing)|struck|reach(?:es|ed)?|seal(?:s|ed)?|clinch(?:es|ed)?|conclud(?:es?|ed)|"
    r"penn?(?:s|ed)?|forg(?:es?|ed|ing)|agree[sd]?(?: on| to)?|establish(?:es|ed|ing)?|set(?:s|ting)? up|"
    r"launch(?:es|ed|ing)?|creat(?:es?|ed|ing)|unveil(?:s|ed)?|announc(?:es?|ed)|finali[sz](?:es?|ed)|"
    r"formali[sz](?:es?|ed)|complet(?:es?|ed)|clos(?:es?|ed)|execut(?:es?|ed)|secur(?:es?|ed)|"
    r"land(?:s|ed)?|w[io]ns?|bag(?:s|ged)?|hammer(?:s|ed)? out|cement(?:s|ed)?|renew(?:s|ed)?|"
    r"extend(?:s|ed)?|expand(?:s|ed)?|deepen(?:s|ed)?|negotiat(?:es?|ed|ing)|discuss(?:es|ed|ing)?|"
    r"initial(?:s|led|ed)|nail(?:s|ed)? down|score[sd]?|plan(?:s|ned|ning)?|propos(?:es?|ed)|"
    r"scrap(?:s|ped)?|terminat(?:es?|ed)|end(?:s|ed)?|dissolv(?:es?|ed)|cancel(?:s|l?ed)?|"
    r"ma(?:ke|kes|de)|enlist(?:s|ed)?|ha(?:s|ve|d) (?:an?|two|three|\w+-binding|binding))\b"
)
_VENTURE = (
    r"(?P<t>joint[- ]venture|JV|venture|partnership|alliance|consortium|tie-?up|collaboration|"
    r"cooperation|co-operation|memorand(?:um|a)(?: of \w+)?|MoUs?|letter of intent|"
    r"framework agreement|strategic agreement)\b"
)
_V = (
    "venture|jv|partnership|alliance|consortium|tie|collaboration|cooperation|co-operation|memorand|"
    "mou|letter of intent|framework|strategic agreement"
)
_B = "takeover|bid|offer|buyout|acquisition|merger|approach|swoop|purchase|proposal|deal"
_S = "off-take|offtake|supply|sale|purchase|marketing|tolling|lng|feedstock|procurement|delivery"
_TEAM = (
    r"\b(?P<t>team(?:s|ed|ing)? up|team(?:s|ed)|partner(?:s|ed|ing)?|pair(?:s|ed)?(?: up)?|t(?:ies|ied|ie)(?: the knot| up)|"
    r"link(?:s|ed)? (?:up|arms|hands)|join(?:s|ed|ing)? (?:forces|hands)|hook(?:s|ed)? up|"
    r"all(?:y|ies|ied) (?:itself )?|collaborat(?:es?|ed|ing)|co-?operat(?:es?|ed|ing)|"
    r"work(?:s|ing)? together|tog?ether (?:develop|build)|co-develop(?:s|ed)?|jointly (?:build|develop|run|study|invest|produce)\w*)"
)
_VENTURES = (
    rf"@a~{_TEAM}…\bwith @b",
    rf"@aa~(?<!\w['’]){_TEAM}\b",
    r"@a~\b(?:pick|choos|chose|select|nam|tap|br[io]ng|brought|tak|took)\w*(?: in| on)? @b"
    r"~\bas (?:\w+ ){0,3}?(?P<t>partner)\b",
    rf"{_V} :: @a~{_MAKE}~{_VENTURE}~\b(?:with|alongside|between) @b",
    rf"{_V} :: @aa~{_MAKE}~{_VENTURE}",
    rf"{_V} :: (?:planned|new|proposed)…{_VENTURE}…\b(?:between|of|by) @aa",
    r"@a~\b(?:agreed|agrees|to|will|plans?) to (?P<t>work|cooperate|co-operate|build|develop|"
    r"process|study)\b~\b(?:with|alongside) @b",
    r"@a~\b(?P<t>agree[sd]? (?:to|on)|talks|discuss\w+|consider\w*|explor\w+)~\bjointly~\bwith @b",
    r"@aa~\b(?P<t>(?:will|to|plan to|agree[sd]? to|are to)\b~\b(?:jointly|together|joint))\b",
    r"@a~\b(?P<t>part(?:s|ed)? (?:ways|company)|split(?:s|ting)?) (?:with|from) @b",
    r"\bowned \ue005 by @a,? and \ue005 by @b[^;]{0,60}?\b(?P<t>set up|formed|created|established)",
    r"@a~\b(?P<t>hold|own|take|have|control)s?\b…\ue005~\b(?:the|a) (?:new )?(?:\w+ )?(?:company|venture|"
    r"JV|partnership)\b~(?:while|and|with) @b~\ue005",
    r"@aa~\b(?P<t>own|hold|take|control)\b~\ue005 and \ue005~(?:company|venture|JV)",
    r"@aa~\bagree\w* to (?P<t>split|share) (?:ownership|control|costs)",
)
_MINERAL = r"(?:\ue003|minerals?|metals?|mining|batter|hydrogen|rare[- ]earth|raw materials|uranium|energy)"
_STATES = (
    rf"@ss[^;]{{0,60}}?{_MAKE}[^;]{{0,60}}?\b(?P<t>memorand\w+(?: of \w+)?|MoUs?|agreements?|deals?|"
    rf"pacts?|partnerships?|frameworks?|accords?|alliance|treaty)\b[^;]{{0,90}}?{_MINERAL}",
    rf"@ss[^;]{{0,60}}?{_MAKE}[^;]{{0,40}}?{_MINERAL}[^;]{{0,30}}?\b(?P<t>memorand\w+|MoUs?|agreement|"
    r"deal|pact|partnership|framework|accord|alliance|cooperation)\b",
    r"@ss[^;]{0,40}?\b(?P<t>(?:boost|deepen|strengthen|step up|expand|enhance|co-?operate|"
    rf"work together|team up|join forces|partner|collaborate)\w*)\b[^;]{{0,60}}?{_MINERAL}",
)
_ALL_VENTURES = Phrases(
    *(*_VENTURES, *_STATES, *deal_idioms.VENTURES),
    *(*pact_phrases.VENTURES, *pact_phrases.STATES),
)
_NO_VENTURE = re.compile(
    r"\b(?:prospect\w*|to (?:take|buy|lift|purchase)|off the market|output cuts?|quotas?|all-share|all-stock|scrip|share swap|suppl(?:y|ies) (?:agree|deal|contract|MoU|memo)|to feed|to supply|off-?take|loan|financing|acquir\w+|takeover|explor(?!ing (?:a|joint|options)|es? (?:a|joint))\w*|earn-?in|"
    r"farm-?in|placement|merger|wage|union|EPCM?|drilling|royalty|stream|lawsuit|dispute|tariffs?|"
    r"trade war|ceasefire|grant|credit|buy(?:s|ing)?|purchase|sale|sell\w*|minority|existing|board|"
    r"owned by|operated by|contract)\b",
    re.IGNORECASE,
)


_APPOSED = re.compile(r", (?:its|their|the|an?)\s(?:[\w-]+\s){0,3}partners?$")
_SPLIT = re.compile(
    r"\bpart(?:s|ed)? (?:ways|company)|\bsplit\w*|^(?:dissolv|shelv|scrap|abandon|drop|cancel|quit|"
    r"pull|walk|exit|withd|unw|wound|axe|halt)\w*",
    re.IGNORECASE,
)


def venture(sentence: Sentence) -> tuple[Span, list[Party], Status | None] | None:
    """The words that tell a venture, its parties (two at least) and its status where it ends."""
    for masked, match in matches(sentence, _ALL_VENTURES):
        near = masked.text[match.start() : match.end() + 45]
        if _NO_VENTURE.search(near) or _APPOSED.search(masked.text[: match.end("t")]):
            continue  # "a letter of intent with B to acquire …", "A and B, its local partner, have"
        sides = surface.distinct([*masked.parties(match, "a"), *masked.parties(match, "b")])
        if len(sides) < 2 or not surface.is_known(sides, masked, match):
            continue
        ended = _SPLIT.search(match["t"])
        return surface.trigger(masked, match), sides, Status.TERMINATED if ended else None
    return None


_GOODS = "[\ue003\ue006]"
_DEAL = (
    r"(?:agreements?|deals?|contracts?|pacts?|MoU|memorandum|accord|SPA|terms|arrangement|order)"
)
_TAKES = (
    rf"@a~\b(?P<t>secur(?:es?|ed|ing)|lock(?:s|ed)? (?:in|up)|line[sd]? up|t(?:ies|ied) up|"
    rf"nail(?:s|ed)? down|sew(?:s|n|ed)? up|book(?:s|ed)|snap(?:s|ped)? up|earmark(?:s|ed)|reserve[sd]?|"
    rf"(?:to|will|agree[sd]? to|committed to) (?:buy|source|take|purchase|procure|import|receive|get|obtain))"
    rf"\b…{_GOODS}…\bfrom @b",
    r"@a~\b(?P<t>(?:foundation|anchor|sole|exclusive|first|main|key|cornerstone|launch) "
    rf"(?:customer|buyer|offtaker|off-taker))\b…(?:for|of) @b['’]s…{_GOODS}",
)
_GIVES = (
    rf"@a~\b(?P<t>(?:to|will) (?:supply|provide|deliver|sell|ship|furnish|feed|export))\b…{_GOODS}…\bto @b",
    rf"@a~\b(?P<t>(?:to|will) (?:supply|furnish|provide)) @b…\bwith…{_GOODS}",
    r"@a~\b(?:sign|lin|nam|land|w[io]n|appoint|announc|secur)\w*(?: up)? @b as…\b(?P<t>buyer|customer|offtaker|off-taker)\b",
    rf"@a~\b(?:get|win|won|land|bag|receiv|secur|clinch|book)\w*~\b(?P<t>orders?|contract)\b…for…{_GOODS}…\bfrom @b",
)
_OPEN = (
    rf"{_S} :: @a~{_MAKE}~(?P<t>\b(?:off-?take|supply|sales?|purchase|marketing|tolling|LNG|feedstock|procurement|"
    rf"sale and purchase|delivery)(?: and [\w-]+)? (?:heads of )?{_DEAL}|\boff-?takes?\b)…\b(?:with|from|between) @b",
    rf"{_S} :: @aa~{_MAKE}~(?P<t>\b(?:off-?take|supply|marketing|tolling)(?: and [\w-]+)? {_DEAL}|\boff-?take)\b",
    rf"{_S} :: @aa~{_MAKE}…(?P<t>{_DEAL})\b…\bfor the (?:sale|supply|delivery|purchase) of…{_GOODS}",
    rf"heads of :: @a~{_MAKE}…(?P<t>heads of (?:agreement|terms))…\bwith @b…\bfor…\ue006",
)
_NO_SUPPLY = re.compile(
    r"\b(?:stake|shares|equity|interest in|loan|royalt(?:y|ies)|licen[cs]e|permit|approval|grant|"
    r"mines? (?:from|to)|business|subsidiary|acquisition|acquire (?:a|the|its)|funding|financing|rejected|"
    r"rights|explor\w+|earn(?:-?ins?|ing)?|option|half of the|farm|projects? from|tenements?)\b",
    re.IGNORECASE,
)


_PLANT_SIZE = re.compile(
    r"\ue006[ -](?:[\w-]+ |\ue003 ){0,2}(?:plant|factory|project|mine|smelter|refinery|facility)\b"
)
_WAS = re.compile(r"bought|took|bu(?:y|ys|ying)|takes?|receive[sd]?|g[eo]ts?|sold|sells?", re.I)
_FLOW = re.compile(
    r"\b(?:still|last year|so far|every year|used to|before|in the year|each year|a year ago)\b",
    re.I,
)
_LOOKS = re.compile(
    r"\b(?:explor(?:e|ation)|prospecting|look(?:ing)? for|search(?:ing)? for|earn(?:-in|s)?|farm-?in)\b",
    re.I,
)
_TO_ONE = Phrases(*deal_idioms.TO_ONE, *deal_phrases.SUPPLY_TO, *deal_phrases.SUPPLY_ONE)
_SUPPLY = (  # with what the first party does: gives, takes, or either
    (Phrases(*_TAKES, *deal_idioms.TAKES, *deal_phrases.ALL_SUPPLY_TAKES), False),
    (Phrases(*_GIVES, *deal_phrases.SUPPLY_GIVES, *deal_phrases.SUPPLY_MORE_GIVES), True),
    (Phrases(*_OPEN, *deal_phrases.SUPPLY_OPEN), None),
    (_TO_ONE, False),
    (Phrases(*deal_idioms.STOPS), False),
    (Phrases(*deal_idioms.STOPS_GIVING), True),
)


def supply(sentence: Sentence) -> tuple[Span, list[Party], list[Party]] | None:
    """The words that tell a supply deal, who supplies and who buys (one of them may be empty)."""
    for patterns, gives in _SUPPLY:
        for masked, match in matches(sentence, patterns):
            if _PLANT_SIZE.search(masked.text, match.start()):
                continue  # "signs up for a 200,000 t polysilicon plant"
            if _FLOW.search(masked.text) and _WAS.fullmatch(match["t"]):
                continue  # "still bought gas from Russia last year": trade, no deal
            if _NO_SUPPLY.search(match.group()) or (gives is None and _LOOKS.search(masked.text)):
                continue
            left, right = masked.parties(match, "a"), masked.parties(match, "b")
            right = right or masked.parties(match, "g")
            if patterns is _TO_ONE:
                left, right = left or right, []
            elif not right and len(left) > 1:
                left, right = left[:1], left[1:]
            if not surface.is_known([*left, *right], masked, match) or not left:
                continue
            first = gives if gives is not None else _first_gives(sentence, left, right)
            told = surface.trigger(masked, match)
            return (told, left, right) if first else (told, right, left)
    return None


def _first_gives(sentence: Sentence, left: Sequence[Party], right: Sequence[Party]) -> bool:
    first, other = left[0], right[0] if right else None
    if not isinstance(first, Mention):
        return True
    known = first_gives(sentence.analysis, first, other if isinstance(other, Mention) else None)
    return known is not False


_THING = r"(?:stakes?|interests?|holding|shareholding|mines?|projects?|business|assets?|unit|operations?|subsidiary|smelter|refinery|plant|division|arm|company|portfolio|\ue002)"
_BUYS = (
    r"\b(?P<t>(?:snap|scoop|gobble|hoover|mop|pick|swoop|pounc)(?:s|es|ed|ped)?(?: up| on| in on| for)|swallow(?:s|ed)?|"
    r"takes? (?:over|out|control of|full control of|ownership of)|took (?:over|control of)|taken (?:over|control of)|"
    r"to take (?:over|control of)|gain(?:s|ed)? (?:full )?control of|assum(?:es|ed) (?:full )?(?:control|ownership) of|"
    r"buy(?:s|ing)?(?: out| up| into| back)?|bought(?: out| into)?|acquir(?:es?|ed|ing)|"
    r"eye(?:s|ing|d)?|mull(?:s|ing)?|target(?:s|ed|ing)?|court(?:s|ed|ing)?|bid(?:s|ding)? for|go(?:es)? after|move[sd]? on)\b"
)
_SELLS = (
    r"\b(?P<t>offload(?:s|ed|ing)?|hiv(?:es?|ed|ing) off|shed(?:s|ding)?|jettison(?:s|ed)?|unload(?:s|ed|ing)?|dump(?:s|ed)?|"
    r"hand(?:s|ed)?(?: over)?|transfer(?:s|red)?|ced(?:es?|ed)|sell(?:s|ing)?|sold|divest(?:s|ed|ing)?|offer(?:s|ed)?|"
    r"spin(?:s|ning)? (?:off|out)|let(?:s|ting)? go of|turn(?:s|ed)? over|relinquish(?:es|ed)?)\b"
)
_BID = r"(?P<t>takeover|bid|offer|buyout|acquisition|merger|approach|swoop|purchase|proposal|deal)"
_BOUGHT = (  # a buys b (or a works)
    rf"@a~{_BUYS}…(?:@b|(?P<s>\ue002))[^;]{{0,40}}?(?:\ue004|\bdeal|\btakeover|\bstake|\bplay\b|\bmine|\bproject|\bbid)",
    rf"@a~{_BUYS}…\ue005…(?:of|in) (?:@b|[^;\ue000\ue007]{{0,20}}?(?P<s>\ue002))",
    rf"{_B} :: @a~\b(?:eye|mull|weigh|consider|plot|plan|target|abandon|drop|walk|ditch|pull|scrap|shun|withdraw|sweeten|rais|lift|hike|"
    rf"improv|launch|lodg|ma[dk]e|table|rejig|up|seal|complet|clos|clinch|finali[sz]|push|succeed)\w*\b~(?:@b['’]?s? )(?:\w+ ){{0,2}}?{_BID}\b",
    rf"{_B} :: @a~\b(?:eye|mull|weigh|consider|plot|plan|abandon|drop|walk|ditch|pull|scrap|shun|withdr[ae]w|sweeten|rais|lift|hike|"
    rf"improv|launch|lodg|ma[dk]e|table|up|seal|complet|clos|clinch|finali[sz]|succeed)\w*\b~\b{_BID}\b…(?:of|for|on|with) (?:@b|[^;\ue000\ue007]{{0,30}}?(?P<s>\ue002))",
    rf"{_B} :: @a['’]s? …{_BID}\b…(?:of|for|on) (?:@b|(?P<s>\ue002))",
    r"@a~\b(?P<t>winning bidder|preferred bidder|successful bidder|buyer)\b…for…(?P<s>\ue002)",
)
_BOUGHT_BACK = (  # a is bought by b
    rf"@a~\b(?:share|stock|unit)?holders\b…\b(?:approv|back|vot|accept|endors|support|clear|reject)\w*~@b['’]s? …{_BID}\b",
    rf"\b(?:share|stock)holders (?:of|in) @a~\b(?:approv|back|vot|accept|endors|support|clear|reject)\w*~{_BID}\b…(?:by|from) @b",
    rf"@a~\b(?:approv|back|accept|endors|support|reject|spurn|rebuff|recommend)\w*~@b['’]s? …{_BID}\b",
    rf"{_B} :: @a~\b{_BID} by @b",
)
_SOLD = (
    rf"@a~{_SELLS}[^;\ue000\ue007]{{0,60}}?\b(?:its |the |their )?[^;\ue000\ue007]{{0,40}}?{_THING}…\bto @b",
    rf"\b(?P<t>sale) of @a['’]s? …{_THING}…\bto @b",
    r"@a~\bfound (?P<t>a buyer) for…\ue002~\bin @b",
    r"@a~\b(?P<t>exit)(?:s|ed)?\b…\ue002~\bto @b",
)
_MERGED = (
    r"@aa~\b(?P<t>(?:to|will|agree[sd]? to|set to|plan to) (?:combine|merge|join in)|merg(?:e|ed|es)|combine)\b",
    rf"merger|combination|tie-up :: @aa~{_MAKE}~\b(?P<t>merger|combination|tie-up)\b",
)
_MERGERS = Phrases(*_MERGED, *deal_idioms.MERGED, *deal_phrases.COMBINED)
_OWNERS = (  # with the roles of the first party and of the second
    (Phrases(*_BOUGHT, *deal_idioms.BOUGHT, *deal_phrases.ALL_BOUGHT), ("acquirer", "target")),
    (
        Phrases(*_BOUGHT_BACK, *deal_idioms.BOUGHT_BACK, *deal_phrases.BOUGHT_BACK),
        ("target", "acquirer"),
    ),
    (Phrases(*_SOLD, *deal_idioms.SOLD, *deal_phrases.ALL_SOLD), ("seller", "acquirer")),
    (Phrases(*deal_phrases.GIVEN_UP), ("seller", "target")),
    (Phrases(*deal_phrases.PAID_TO, *deal_phrases.PAID_FOR), ("acquirer", "seller")),
    (_MERGERS, ("acquirer", "target")),
)
_NO_DEAL = re.compile(
    r"\b(?:royalt(?:y|ies)|stream|offtake|off-take|concentrates?|tonnes of|contract for|loan|power|supply|earn-?in|"
    r"option|rights? to (?:buy|acquire|purchase)|explor\w+|not interested|no (?:plans|intention)|ruled out|bonds?|notes|futures|equipment|trucks|joint venture|licen[cs]e)\b",
    re.IGNORECASE,
)


def change_of_owner(
    sentence: Sentence,
) -> tuple[Span, dict[str, list[Party]], Span] | None:
    """The words that tell a change of owner, who stands in which role, and the whole telling."""
    for patterns, roles in _OWNERS:
        for masked, match in matches(sentence, patterns):
            if _NO_DEAL.search(match.group()) or _only_goods(match.group()):
                continue
            if _SHARE_OF_GOODS.match(masked.text, match.end()) or " of what " in match.group():
                continue  # "15% of Tanbreez's planned output", "15% of what it produces"
            left, right = masked.parties(match, "a"), masked.parties(match, "b")
            left = left or masked.parties(match, "g")
            if patterns is _MERGERS:
                sides = [*left, *right]
                left, right = sides[:1], sides[1:2]
            taken = roles[1]
            if taken == "target" and right:
                taken = _taken(masked, match, merger=patterns is _MERGERS)
            found = {roles[0]: left[:3], taken: right[:4]}
            sites = [m for m in masked.of(match, SITE) if isinstance(m, Mention)]
            if taken == "seller" and not sites:
                sites = _owned(masked, match)
            before = _BOUGHT_THING.search(masked.text, 0, match.start("t"))
            if taken == "seller" and not sites and before is not None:
                found["asset"] = [masked.span(*before.span("what"))]
            if not found.get("target") and not found.get("asset"):
                found["asset"] = list(sites[:1]) or _works_sold(masked, match, roles)
            named = right or sites or roles[1] == "seller"
            if surface.is_known([*left, *right], masked, match) and left and named:
                whole = masked.span(match.start(), match.end())
                if taken == "seller" and right:  # "the race for Anglo American's [nickel business]"
                    owner = right[0].span if isinstance(right[0], Mention) else right[0]
                    whole = Span(owner.start, sentence.span.end)
                return surface.trigger(masked, match), found, whole
    return None


def _taken(masked: Masked, match: re.Match[str], *, merger: bool) -> str:
    """The role of what a deal names: a target, the owner it is bought from, or works."""
    if "b" not in match.re.groupindex or match.start("b") < 0:
        return "target"
    if _BARE_WORKS.match(masked.text, match.end("b")):
        return "asset"  # "40 per cent of the Mnazi Bay field"
    if _FROM.search(masked.text, 0, match.start("b")):
        return "seller"  # "the 57% of X that it has bought from Y"
    if not merger and masked.text[match.end("b") :][:1] in ("'", "’"):
        return "seller"  # "40% of Glencore's Congo assets"
    return "target"


def _works_sold(masked: Masked, match: re.Match[str], roles: tuple[str, str]) -> list[Party]:
    """ "hands its base metals arm to B": what a seller gives up without a name of its own."""
    return surface.works_in(masked, match) if roles[0] == "seller" else []


_BARE_WORKS = re.compile(
    r" (?:[\w-]+ |\ue003 ){0,2}?(?:mine|field|project|deposit|plant|smelter|refinery|block|property)\b"
)
_SHARE_OF_GOODS = re.compile(
    r"(?:['’]s?)? ?(?:[\w-]+ ){0,3}?(?:output|production|concentrates?|off-?take|volumes|ore|material)\b"
)
# "the 57% of Agua de la Falda that it has bought from …": the thing stands before the verb.
_BOUGHT_THING = re.compile(
    r"\b(?:of|in) (?P<what>[A-Z\ue000\ue002\ue007][\w\ue000\ue002\ue007’'-]*(?: (?:de|la|del|los|las|el|of|the|"
    r"[A-Z\ue000\ue002\ue007][\w’'-]*|[\ue000\ue002\ue007])){0,4}),? (?:that|which) [\ue000\ue007] (?:has |had |have )?$"
)
_FROM = re.compile(r"\bfrom (?:the )?$")
_OWNED = re.compile("['’]s? (?:[\\w-]+ |\ue001 |\ue003 (?:and )?){0,4}?\ue002")


def _owned(masked: Masked, match: re.Match[str]) -> list[Mention]:
    """ "full ownership of Lupaka's [Crucero] project": the works right behind its owner."""
    behind = _OWNED.match(masked.text, match.end())
    if behind is None:
        return []
    return [m for m in masked.of(behind, SITE) if isinstance(m, Mention)]


def _only_goods(words: str) -> bool:
    """ "an antimony deal with B", "half of its titanium": goods and no works or shares."""
    return re.search("[\ue003\ue006]", words) is not None and not re.search(
        rf"\b{_THING}|\ue002|\b(?:takeover|merger|bid|play|buyout)\b", words, re.IGNORECASE
    )


_GROUND = r"(?:\ue002|projects?|property|licen[cs]es?|ground|tenements?|permits?|claims|concession|prospect)"
_EXPLORE = r"(?:explor\w+|prospect\w*|geological survey\w*)"
_EARNS = (
    rf"@a~\b(?P<t>(?:can|may|could|will|would|to|right to|option to) (?:earn|farm|acquire|take)(?: up to| as much as| an initial| in| into)?)\b…\ue005~(?:@b['’]s?[^;\ue000]{{0,40}}?)?{_GROUND}(?:…\b(?:from|held by|owned by|of) @b2)?",
    rf"@a~\b(?P<t>farm(?:s|ed|ing)?[- ](?:in|into|out)|(?<=[\ue000\ue007] )options|(?:has|have) optioned)\b…(?:@b['’]s?[^;\ue000]{{0,40}}?)?(?:{_GROUND}|\ue007)(?:…\b(?:to|from|with) @b2)?",
)
_SEEKERS = (
    rf"explor|prospect|geolog :: @a~{_MAKE}~(?P<t>{_EXPLORE} (?:and \w+ )?(?:deal|pact|agreement|alliance|partnership|MoU|memorandum|joint venture|JV|accord|contract|option))\b…\b(?:with|in|for|by) (?:@b|(?P<c>\ue001))",
    rf"explor|prospect|geolog :: @a~{_MAKE}~(?P<c>\ue001)…(?P<t>{_EXPLORE} (?:deal|pact|agreement|alliance|partnership|MoU|accord))\b",
    rf"explor|prospect|geolog :: @a~{_TEAM}…\bwith @b~{_EXPLORE}",
    r"@aa~\b(?P<t>(?:will|to|agree[sd]? to|plan to)…\b(?:hunt|search|look|prospect|explor\w*|survey))\b",
    rf"(?P<c>\ue001) and @a~\b(?P<t>agree[sd]? (?:on|to)|sign(?:s|ed)?|ink(?:s|ed)?)\b…\b(?:survey|{_EXPLORE})",
)
_EARNINGS = Phrases(
    *(
        words.replace("@b2", "(?P<d>[\ue000\ue007])")
        for words in (*_EARNS, *deal_idioms.EARNS, *pact_phrases.EARNS)
    )
)
_SEEKERS_ALL = Phrases(*_SEEKERS, *pact_phrases.SEEKERS)
_EARNING = sought(
    r"\b(?:earn\w*|farm\w*|option\w*|drill\w*|explor\w+|prospect\w+|spend(?:ing)?|sole[- ]fund\w*|licen[cs]es?)\b",
    re.I,
)
_NO_GROUND = re.compile(
    r"\b(?:shares|stock options?|placements?|placing|off-?take|loan|takeover|merger|oil price|earnings|dividend)\b",
    re.I,
)


Ground = tuple[Span, list[Party]]


def ground(sentence: Sentence) -> Ground | None:
    """The words that tell an agreement over ground to be explored, and its parties."""
    key = f"{__name__}.ground"
    if key not in sentence.shared:
        sentence.shared[key] = _ground(sentence)
    known = sentence.shared[key]
    return known if isinstance(known, tuple) else None


def _ground(sentence: Sentence) -> Ground | None:
    for patterns in (_EARNINGS, _SEEKERS_ALL):
        for masked, match in matches(sentence, patterns):
            if _NO_GROUND.search(match.group()):
                continue
            paid = SUM in match.group() and SHARES in match.group()
            if patterns is _EARNINGS and not (paid or sentence.find(_EARNING)):
                continue
            sides = [p for g in ("a", "g", "b", "c", "d") for p in masked.parties(match, g)]
            sides = surface.distinct(sides)
            sites = masked.of(match, SITE)
            if surface.is_known(sides, masked, match) and (
                len(sides) > 1 or (sites and patterns is _EARNINGS)
            ):
                return surface.trigger(masked, match), sides
    return None
