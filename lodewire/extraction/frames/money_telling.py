"""Financings that the words around the names tell, where no clause gave them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.frames import deal_idioms, funding, pact_phrases, phrase_search, surface
from lodewire.extraction.frames.phrase_search import Phrases
from lodewire.extraction.frames.surface import SUM, Party
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span

_FUNDS = (
    r"(?:loans?|grants?|facilit(?:y|ies)|financing|funding|debt|equity|placements?|placings?|bonds?|"
    r"notes|convertibles?|stream|royalty|credit|subsid(?:y|ies)|aid|support|backing|prepayment|IPO|"
    r"offering|bought deal|rights issue|share sale|package|guarantees?|mezzanine|capital raising|"
    r"raise|raising|round|investment|award|commitments?|shares|units|proceeds|letter of interest|"
    r"finance|bail-?outs?|rescue|lifeline|injection|infusion|assistance|incentives?|relief)"
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
    r"sold (?:its|the|a)|selling (?:its|the|a)|(?<!letter of )interests?|option|joint venture|JV|mine for|project for|supply|offtake|losses|fees|tariffs?|"
    r"owed|outstanding|compensation|ransom|deal for)\b",
    re.IGNORECASE,
)


_BACKED = Phrases(*deal_idioms.BACKED)
_MONEY = (  # with whether the first party gives
    (
        Phrases(
            *_MONEY_GIVEN,
            *deal_idioms.GIVEN,
            *pact_phrases.GIVEN,
            *pact_phrases.MORE_GIVEN,
            *pact_phrases.LED,
        ),
        True,
    ),
    (Phrases(*_STATE_GIVES), True),
    (Phrases(*_MONEY_GOT, *deal_idioms.GOT, *pact_phrases.GOT, *pact_phrases.MORE_GOT), False),
    (_BACKED, False),
)


def money(
    sentence: Sentence,
) -> tuple[Span, list[Party], list[Party], surface.Filler | None] | None:
    """The words that tell a financing, who gives, who gets, and the sum."""
    for patterns, gives in _MONEY:
        for masked, match in phrase_search.matches(sentence, patterns):
            sums = masked.of(match, SUM)
            named = patterns is _BACKED
            around = match.group().replace(match["t"], "", 1)  # "buy $650 million of X stock"
            if _NO_MONEY.search(around) or not (sums or named):
                continue
            left, right = masked.parties(match, "a"), masked.parties(match, "b")
            state = masked.parties(match, "g")
            left, right = (state or left, right) if gives else (left, state or right)
            givers, takers = (left, right) if gives else (right, left)
            if any(_POT.search(_words(sentence, t)) for t in takers):
                continue  # "proposed putting $1 billion into a reserve": policy
            funds = (
                re.search(rf"\b{_FUNDS}\b", match.group(), re.IGNORECASE)
                or _LENDS.match(match["t"])
                or (takers and _PUTS.search(match.group()))
                or re.search(r"\b(?:investors|lenders|banks|backers|Series [A-F])\b", match.group())
            )
            if not surface.is_known([*givers, *takers], masked, match) or not (
                funds or _all_financiers(sentence, givers)
            ):
                continue
            if gives and not takers and not _all_financiers(sentence, givers):
                continue  # what a firm spends on its own works
            if not gives and not givers and not _SELF_FUND.search(match.group()):
                continue
            return surface.trigger(masked, match), givers[:4], takers[:2], sums[0] if sums else None
    return None


_BANKS = re.compile(r"\b(?:banks?|lenders?|funds?|investors?|institutions?)$")
_POT = re.compile(r"\b(?:Reserve|Stockpile)$")


def _words(sentence: Sentence, party: Party) -> str:
    return party.text if isinstance(party, Mention) else party.of(sentence.analysis.text)


_LENDS = re.compile(
    r"(?:lend|lent|pump|plough|inject|bankroll|invest|sold|sell|issu|plac|pric|float)",
    re.IGNORECASE,
)
_PUTS = re.compile(r"\b(?:put(?:s|ting)?|pour\w*|sink\w*|channel\w*|commit\w*)\b.*\binto\b", re.I)
_SELF_FUND = re.compile(
    r"\b(?:loans?|grants?|facilit|financing|funding|placements?|placings?|bonds?|notes|convertible|"
    r"debt|aid|IPO|offering|bought deal|rights issue|share sale|raise|raising|subsid|equity|round|"
    r"announced for|approved for|set aside for|earmarked for|offered (?:for|to)|reserved for|hop\w+ for|"
    r"credit|prepayment|support|shares|stock|units|securities|package|investors|lenders|shareholders|Series [A-F]|markets?)",
    re.IGNORECASE,
)


def _all_financiers(sentence: Sentence, found: Sequence[Party]) -> bool:
    known = [m for m in found if isinstance(m, Mention)]
    if found and not known:
        return all(_BANKS.search(_words(sentence, p)) for p in found)
    return bool(known) and all(funding.is_financier(sentence, m) for m in known)
