"""Deals that the words around the names tell, where no clause gave them: headlines and ellipses.

Each type has its patterns (see ``surface``); the frames ask here last, so that a sentence which
their grammar reads is never read twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames import deal_idioms, funding, surface
from lodewire.extraction.frames.giving import first_gives
from lodewire.extraction.frames.surface import SITE, SUM, Masked
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import Status

Party = Mention | Span
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
    rf"@a~{_MAKE}~{_VENTURE}~\b(?:with|alongside|between) @b",
    rf"@aa~{_MAKE}~{_VENTURE}",
    rf"(?:planned|new|proposed)…{_VENTURE}…\b(?:between|of|by) @aa",
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
_NO_VENTURE = re.compile(
    r"\b(?:suppl(?:y|ies) (?:agree|deal|contract|MoU|memo)|to feed|to supply|off-?take|loan|financing|acquir\w+|takeover|explor(?!ing (?:a|joint|options)|es? (?:a|joint))\w*|earn-?in|"
    r"farm-?in|placement|merger|wage|union|EPCM?|drilling|royalty|stream|lawsuit|dispute|tariffs?|"
    r"trade war|ceasefire|grant|credit|buy(?:s|ing)?|purchase|sale|sell\w*|minority|existing|board|"
    r"owned by|operated by|contract)\b",
    re.IGNORECASE,
)


def venture(sentence: Sentence) -> tuple[Span, list[Party], Status | None] | None:
    """The words that tell a venture, its parties (two at least) and its status where it ends."""
    for masked, match in surface.matches(sentence, (*_VENTURES, *_STATES, *deal_idioms.VENTURES)):
        if _NO_VENTURE.search(masked.text[match.start() : match.end() + 45]):
            continue  # "a letter of intent with B to acquire …" is none
        sides = _distinct([*masked.parties(match, "a"), *masked.parties(match, "b")])
        if len(sides) < 2 or not _is_known(sides):
            continue
        ended = re.search(r"\bpart(?:s|ed)? (?:ways|company)|\bsplit\w* (?:with|from)", match["t"])
        return _trigger(masked, match), sides, Status.TERMINATED if ended else None
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
    rf"@a~{_MAKE}~(?P<t>\b(?:off-?take|supply|sales?|purchase|marketing|tolling|LNG|feedstock|procurement|"
    rf"sale and purchase|delivery)(?: and [\w-]+)? (?:heads of )?{_DEAL}|\boff-?takes?\b)…\b(?:with|from|between) @b",
    rf"@aa~{_MAKE}~(?P<t>\b(?:off-?take|supply|marketing|tolling)(?: and [\w-]+)? {_DEAL}|\boff-?take)\b",
    rf"@aa~{_MAKE}…(?P<t>{_DEAL})\b…\bfor the (?:sale|supply|delivery|purchase) of…{_GOODS}",
    rf"@a~{_MAKE}…(?P<t>heads of (?:agreement|terms))…\bwith @b…\bfor…\ue006",
)
_NO_SUPPLY = re.compile(
    r"\b(?:stake|shares|equity|interest in|loan|royalt(?:y|ies)|licen[cs]e|permit|approval|grant|"
    r"mines? (?:from|to)|business|subsidiary|acqui\w+|funding|financing|rejected|rights)\b",
    re.IGNORECASE,
)


def supply(sentence: Sentence) -> tuple[Span, list[Party], list[Party]] | None:
    """The words that tell a supply deal, who supplies and who buys (one of them may be empty)."""
    for patterns, gives in (
        ((*_TAKES, *deal_idioms.TAKES), False),
        (_GIVES, True),
        (_OPEN, None),
        (deal_idioms.TO_ONE, False),
        (deal_idioms.STOPS, False),
    ):
        for masked, match in surface.matches(sentence, patterns):
            if _NO_SUPPLY.search(match.group()):
                continue
            left, right = masked.parties(match, "a"), masked.parties(match, "b")
            if patterns is deal_idioms.TO_ONE:
                left, right = left or right, []
            elif not right and len(left) > 1:
                left, right = left[:1], left[1:]
            if not _is_known([*left, *right]) or not left:
                continue
            first = gives if gives is not None else _first_gives(sentence, left, right)
            told = _trigger(masked, match)
            return (told, left, right) if first else (told, right, left)
    return None


def _first_gives(sentence: Sentence, left: Sequence[Party], right: Sequence[Party]) -> bool:
    first, other = left[0], right[0] if right else None
    if not isinstance(first, Mention):
        return True
    known = first_gives(sentence.analysis, first, other if isinstance(other, Mention) else None)
    return known is not False


_FUNDS = (
    r"(?:loans?|grants?|facilit(?:y|ies)|financing|funding|debt|equity|placements?|placings?|bonds?|"
    r"notes|convertibles?|stream|royalty|credit|subsid(?:y|ies)|aid|support|backing|prepayment|IPO|"
    r"offering|bought deal|rights issue|share sale|package|guarantees?|mezzanine|capital raising|"
    r"raise|raising|round|investment|award|commitments?|shares|units|proceeds|letter of interest|"
    r"finance)"
)
_GIVING = (
    r"\b(?P<t>(?:lend|pump|plough|plow|inject|put|pour|sink|channel|provid|stump|grant|award|giv|gave|"
    r"approv|offer|hand|extend|commit|pledg|earmark|sanction|bankroll|allocat|invest|contribut|"
    r"issu|back|sign|clear|advanc|underwrit|lead|led|chip)(?:e[sd]?|s|es|ed|ing|ting|ning|ped|ted)?)\b"
)
_GETTING = (
    r"\b(?P<t>(?:gets?|got|receiv|secur|land|bag|w[io]n|rais|obtain|net|snag|nab|clinch|draw|drew|tap|"
    r"clos|complet|arrang|sign|issu|pric|scor|scoop|pocket|attract|collect|garner|tops? up|lin|"
    r"announc|borrow|seal|launch|seek|sought|eye|finali[sz]|execut|agree|upsiz|mandat|negotiat)"
    r"(?:e[sd]?|s|es|ed|ing|ning|ged|ped|ted)?)\b"
)
_MONEY_GIVEN = (
    rf"@a~{_GIVING}[^;\ue000]{{0,50}}?\ue004[^;\ue000\ue007]{{0,60}}?\b(?:to|into|in|for|at|behind) @b",
    rf"@a~{_GIVING}[^;\ue000]{{0,50}}?\ue004[^;\ue000\ue007]{{0,60}}?\b(?:to|into|in|for|at|behind) [^;\ue000\ue007]{{0,60}}?\b(?:planned|owned|run|operated|developed|being built) by @b",
    rf"@a~{_GIVING} @b[^;\ue000]{{0,20}}?\b(?:with )?(?:an? |up to )?\ue004",
)
_STATE_GIVES = (
    rf"@a~{_GIVING}…\ue004…\b(?:in|of|for)\b…(?:\b{_FUNDS}\b|\ue002)",
    r"@a~\b(?P<t>set aside|approv\w+)…\ue004…\bfor…\ue002",
)
_MONEY_GOT = (
    rf"@a~{_GETTING}[^;\ue000]{{0,50}}?\ue004[^;\ue000]{{0,70}}?\b(?:from|with|by|via|led by|through) @b",
    rf"@a~{_GETTING}[^;\ue000]{{0,50}}?\ue004…\b{_FUNDS}\b",
    rf"@a~{_GETTING}[^;\ue000]{{0,40}}?\b{_FUNDS}\b…\b(?:of|for|worth|totalling) (?:up to |about |some )?\ue004(?:…\bfrom @b)?",
    rf"@a~\ue004 …(?P<t>{_FUNDS})\b…\b(?:with|from|by) @b",
    rf"\ue004 …(?P<t>{_FUNDS})\b…\bwill help @a",
    r"\ue004 from @b,? [^;]{0,40}?\b(?P<t>go|used|spent|fund)\b",
)
_NO_MONEY = re.compile(
    r"\b(?:repa(?:y|id)\w*|refinanc\w+|stakes?|tax(?:es)?|profit|revenue|sales|contracts?|orders?|acquir\w+|"
    r"acquisition|takeover|buy(?!back)|settle\w*|fine[sd]?|dividends?|damages|royalty payments?|earnings|"
    r"market cap\w*|valuation|lawsuit|cash flow|EBITDA|costs?|capex|buyout|bid|purchase|exports|imports|"
    r"sold|selling|interests?|joint venture|JV|mine for|project for|supply|offtake|losses|fees|tariffs?|"
    r"owed|outstanding|compensation|ransom|deal for)\b",
    re.IGNORECASE,
)


_MONEY = (
    ((*_MONEY_GIVEN, *deal_idioms.GIVEN), True),
    (_STATE_GIVES, True),
    ((*_MONEY_GOT, *deal_idioms.GOT), False),
    (deal_idioms.BACKED, False),
)


def money(
    sentence: Sentence,
) -> tuple[Span, list[Party], list[Party], surface.Filler | None] | None:
    """The words that tell a financing, who gives, who gets, and the sum."""
    for patterns, gives in _MONEY:
        for masked, match in surface.matches(sentence, patterns):
            sums = masked.of(match, SUM)
            named = patterns is deal_idioms.BACKED
            if _NO_MONEY.search(match.group()) or not (sums or named):
                continue
            left, right = masked.parties(match, "a"), masked.parties(match, "b")
            state = masked.parties(match, "g")
            left, right = (state or left, right) if gives else (left, state or right)
            givers, takers = (left, right) if gives else (right, left)
            funds = re.search(rf"\b{_FUNDS}\b", match.group(), re.IGNORECASE) or _LENDS.match(
                match["t"]
            )
            if not _is_known([*givers, *takers]) or not (
                funds or _all_financiers(sentence, givers)
            ):
                continue
            if gives and not takers and not _all_financiers(sentence, givers):
                continue  # what a firm spends on its own works
            if not gives and not givers and not _SELF_FUND.search(match.group()):
                continue
            return _trigger(masked, match), givers[:4], takers[:2], sums[0] if sums else None
    return None


_LENDS = re.compile(r"(?:lend|lent|pump|plough|inject|bankroll|invest)", re.IGNORECASE)
_SELF_FUND = re.compile(
    r"\b(?:loans?|grants?|facilit|financing|funding|placements?|placings?|bonds?|notes|convertible|"
    r"debt|aid|IPO|offering|bought deal|rights issue|share sale|raise|raising|subsid|equity|round|"
    r"credit|prepayment|support|shares|package)",
    re.IGNORECASE,
)


def _all_financiers(sentence: Sentence, found: Sequence[Party]) -> bool:
    known = [m for m in found if isinstance(m, Mention)]
    return bool(known) and all(funding.is_financier(sentence, m) for m in known)


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
    rf"@a~\b(?:eye|mull|weigh|consider|plot|plan|target|abandon|drop|walk|ditch|pull|scrap|shun|withdraw|sweeten|rais|lift|hike|"
    rf"improv|launch|lodg|ma[dk]e|table|rejig|up|seal|complet|clos|clinch|finali[sz]|push|succeed)\w*\b~(?:@b['’]?s? )(?:\w+ ){{0,2}}?{_BID}\b",
    rf"@a~\b(?:eye|mull|weigh|consider|plot|plan|abandon|drop|walk|ditch|pull|scrap|shun|withdr[ae]w|sweeten|rais|lift|hike|"
    rf"improv|launch|lodg|ma[dk]e|table|up|seal|complet|clos|clinch|finali[sz]|succeed)\w*\b~\b{_BID}\b…(?:of|for|on|with) (?:@b|[^;\ue000\ue007]{{0,30}}?(?P<s>\ue002))",
    rf"@a['’]s? …{_BID}\b…(?:of|for|on) (?:@b|(?P<s>\ue002))",
    r"@a~\b(?P<t>winning bidder|preferred bidder|successful bidder|buyer)\b…for…(?P<s>\ue002)",
)
_BOUGHT_BACK = (  # a is bought by b
    rf"@a~\b(?:share|stock|unit)?holders\b…\b(?:approv|back|vot|accept|endors|support|clear|reject)\w*~@b['’]s? …{_BID}\b",
    rf"\b(?:share|stock)holders (?:of|in) @a~\b(?:approv|back|vot|accept|endors|support|clear|reject)\w*~{_BID}\b…(?:by|from) @b",
    rf"@a~\b(?:approv|back|accept|endors|support|reject|spurn|rebuff|recommend)\w*~@b['’]s? …{_BID}\b",
    rf"@a~\b{_BID} by @b",
)
_SOLD = (
    rf"@a~{_SELLS}[^;\ue000\ue007]{{0,60}}?\b(?:its |the |their )?[^;\ue000\ue007]{{0,40}}?{_THING}…\bto @b",
    rf"\b(?P<t>sale) of @a['’]s? …{_THING}…\bto @b",
    r"@a~\bfound (?P<t>a buyer) for…\ue002~\bin @b",
    r"@a~\b(?P<t>exit)(?:s|ed)?\b…\ue002~\bto @b",
)
_MERGED = (
    r"@aa~\b(?P<t>(?:to|will|agree[sd]? to|set to|plan to) (?:combine|merge|join in)|merg(?:e|ed|es)|combine)\b",
    rf"@aa~{_MAKE}~\b(?P<t>merger|combination|tie-up)\b",
)
_MERGERS = (*_MERGED, *deal_idioms.MERGED)
_NO_DEAL = re.compile(
    r"\b(?:royalt(?:y|ies)|stream|offtake|off-take|tonnes of|contract for|loan|power|supply|earn-?in|"
    r"option|explor\w+|not interested|no (?:plans|intention)|ruled out|bonds?|notes|futures|equipment|trucks|joint venture|licen[cs]e)\b",
    re.IGNORECASE,
)


def change_of_owner(
    sentence: Sentence,
) -> tuple[Span, dict[str, list[Party]], Span] | None:
    """The words that tell a change of owner, who stands in which role, and the whole telling."""
    for patterns, roles in (
        ((*_BOUGHT, *deal_idioms.BOUGHT), ("acquirer", "target")),
        ((*_BOUGHT_BACK, *deal_idioms.BOUGHT_BACK), ("target", "acquirer")),
        ((*_SOLD, *deal_idioms.SOLD), ("seller", "acquirer")),
        (_MERGERS, ("acquirer", "target")),
    ):
        for masked, match in surface.matches(sentence, patterns):
            if _NO_DEAL.search(match.group()) or _only_goods(match.group()):
                continue
            left, right = masked.parties(match, "a"), masked.parties(match, "b")
            if patterns is _MERGERS:
                left, right = left[:1], left[1:2]
            taken = roles[1]
            if (
                taken == "target"
                and right
                and patterns is not _MERGERS
                and masked.text[match.end("b") :][:1] in ("'", "’")
            ):
                taken = "seller"  # "40% of Glencore's Congo assets"
            found = {roles[0]: left[:3], taken: right[:4]}
            sites = [m for m in masked.of(match, SITE) if isinstance(m, Mention)]
            if not found.get("target"):
                found["asset"] = list(sites[:1])
            if _is_known([*left, *right]) and left and (right or sites):
                whole = masked.span(match.start(), match.end())
                return _trigger(masked, match), found, whole
    return None


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
    rf"@a~{_MAKE}~(?P<t>{_EXPLORE} (?:and \w+ )?(?:deal|pact|agreement|alliance|partnership|MoU|memorandum|joint venture|JV|accord|contract|option))\b…\b(?:with|in|for|by) (?:@b|(?P<c>\ue001))",
    rf"@a~{_MAKE}~(?P<c>\ue001)…(?P<t>{_EXPLORE} (?:deal|pact|agreement|alliance|partnership|MoU|accord))\b",
    rf"@a~{_TEAM}…\bwith @b~{_EXPLORE}",
    r"@aa~\b(?P<t>(?:will|to|agree[sd]? to|plan to)…\b(?:hunt|search|look|prospect|explor\w*|survey))\b",
    rf"(?P<c>\ue001) and @a~\b(?P<t>agree[sd]? (?:on|to)|sign(?:s|ed)?|ink(?:s|ed)?)\b…\b(?:survey|{_EXPLORE})",
)
_EARNINGS = (*_EARNS, *deal_idioms.EARNS)
_EARNING = re.compile(
    r"\b(?:earn\w*|farm\w*|option\w*|drill\w*|explor\w+|spend(?:ing)?|sole[- ]fund\w*|licen[cs]es?)\b",
    re.I,
)
_NO_GROUND = re.compile(
    r"\b(?:shares|stock options?|off-?take|loan|takeover|merger|oil price|earnings|dividend)\b",
    re.I,
)


def ground(sentence: Sentence) -> tuple[Span, list[Party]] | None:
    """The words that tell an agreement over ground to be explored, and its parties."""
    for patterns in (_EARNINGS, _SEEKERS):
        worded = tuple(w.replace("@b2", "(?P<d>[\ue000\ue007])") for w in patterns)
        for masked, match in surface.matches(sentence, worded):
            if _NO_GROUND.search(match.group()):
                continue
            if patterns is _EARNINGS and not _EARNING.search(sentence.text):
                continue
            sides = [p for g in ("a", "b", "c", "d") for p in masked.parties(match, g)]
            sides = _distinct(sides)
            sites = masked.of(match, SITE)
            if _is_known(sides) and (len(sides) > 1 or (sites and patterns is _EARNINGS)):
                return _trigger(masked, match), sides
    return None


def _trigger(masked: Masked, match: re.Match[str]) -> Span:
    return masked.span(match.start("t"), match.end("t"))


def _is_known(sides: Sequence[Party]) -> bool:
    """At least one party must be one that the reader knows: two bare names may be anything."""
    return any(isinstance(s, Mention) for s in sides)


def _distinct(sides: Sequence[Party]) -> list[Party]:
    seen: dict[object, Party] = {}
    for side in sides:
        seen.setdefault(side.entity if isinstance(side, Mention) else side, side)
    return list(seen.values())
