"""Anaphora: "the company", "the Perth-based miner", "the mine" and what they stand for."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lodewire.extraction.naming.ranges import Ranges
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

_COMPANY = (
    "company|Company|Corporation|group|miner|producer|firm|developer|explorer|junior|major|giant|smelter operator|"
    "automaker|carmaker|chipmaker|battery maker|steelmaker|trader|refiner|conglomerate|utility|"
    "manufacturer|supplier|operator|startup|start-up|corporation|subsidiary|oil major|drugmaker|"
    "battery giant|mining giant|trading house|gold producer|lithium producer|copper producer"
)
_AGENCY = "ministry|agency|department|commission|regulator|bureau|authority|bank|exchange|bourse"
_SITE = (
    "mine|project|smelter|plant|deposit|refinery|facility|site|operation|complex|gigafactory|"
    "field|property|concentrator|fab|factory"
)
_PATTERN = re.compile(
    r"\b[Tt]he (?:[A-Z][\w-]+-(?:based|listed|owned|backed|focused|headquartered|quoted) |"
    r"(?:[A-Z][a-z]+-)?[A-Z][a-z]+(?:ese|an|ian|ish|ch|ss|ek) |(?:US|U\.S\.|UK|U\.K\.) |"
    r"(?:state-owned|diversified|mid-tier|global|parent|mining|lithium|copper|gold|nickel|oil|"
    r"uranium|rare earths?|battery|listed|open-pit|underground) ){0,2}"
    rf"(?:(?P<company>{_COMPANY})|(?P<agency>{_AGENCY})|(?P<site>{_SITE})|(?P<country>country|nation))"
    r"\b(?! of\b)(?![-'’]s? (?:mine|project|smelter))"
)
_PASSIVE_KINDS = frozenset(("exchange", "price_agency", "analyst", "media", "bank"))
_AGENCY_KINDS = frozenset(("ministry", "agency", "government", "international", "exchange", "bank"))


def find_anaphora(
    text: str, sentences: Sequence[Span], mentions: Sequence[Mention], kinds: dict[str, str]
) -> Iterator[Mention]:
    """Yield generic mentions with the entity of their antecedent; silent where none is near."""
    order = sorted(mentions, key=lambda m: m.span)
    focus = _focus(order, kinds)
    # "the Swiss trader", "the lithium producer": what only describes does not stand in the way.
    describing = (MentionType.COMMODITY, MentionType.COUNTRY)
    taken = Ranges(m.span for m in order if m.type not in describing)
    starts = [m.span.start for m in order]
    for sentence in sentences:
        for match in _PATTERN.finditer(text, sentence.start, sentence.end):
            span = Span(match.start(), match.end())
            if taken.touch(span):
                continue
            earlier = order[: bisect.bisect_left(starts, span.start)]
            before = [m for m in earlier if m.span.end <= span.start]
            home = _demonym(order, starts, span)
            if home is not None:
                before = [m for m in before if m.country == home]
            subject = focus if home is None or (focus and focus.country == home) else None
            target = _antecedent(match, before, subject, kinds)
            if target is not None and not _is_other_works(text, match, target, order):
                yield replace(target, span=span, text=span.of(text), generic=True)


def _is_other_works(
    text: str, match: re.Match[str], target: Mention, order: Sequence[Mention]
) -> bool:
    """ "It is building a complex in Nevada … the complex": works without a name of their own.

    They are not the project that was named last, unless the text calls that one by the same noun.
    """
    noun = match.group("site")
    if not noun or noun in target.text.lower():
        return False
    introduced = rf"\b(?:an?|another) (?:[\w$€£.,-]+ ){{0,5}}?{noun}\b(?! (?:called|named|known))"
    if re.search(introduced, text[max(0, match.start() - 900) : match.start()]) is None:
        return False
    own = (m.span.end for m in order if m.entity == target.entity)
    return not any(
        re.match(rf",?(?: [\w-]+){{0,3}}? {noun}\b", text[end : end + 60]) for end in own
    )


def _demonym(order: Sequence[Mention], starts: Sequence[int], span: Span) -> str | None:
    """The country of "the Indonesian company": only what is at home there can be meant."""
    inside = order[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]
    return next((m.country for m in inside if m.type is MentionType.COUNTRY), None)


def _focus(order: Sequence[Mention], kinds: dict[str, str]) -> Mention | None:
    for mention in order:
        if mention.type is MentionType.ORGANISATION:
            kind = kinds.get(mention.entity, "")
            if kind not in _PASSIVE_KINDS | _AGENCY_KINDS:
                return mention
    return None


def _antecedent(
    match: re.Match[str], before: Sequence[Mention], focus: Mention | None, kinds: dict[str, str]
) -> Mention | None:
    if match.group("site"):
        return _last(before, MentionType.SITE, match.start(), 600)
    if match.group("country"):
        return _last(before, MentionType.COUNTRY, match.start(), 400)
    if match.group("agency"):
        # "the agency" is not the administration or government that was named last.
        near = [m for m in before if kinds.get(m.entity, "") in _AGENCY_KINDS - {"government"}]
        return _last(near, MentionType.ORGANISATION, match.start(), 800)
    firms = [m for m in before if kinds.get(m.entity, "") not in _PASSIVE_KINDS | _AGENCY_KINDS]
    trade = _trade(match.group("company"))
    if trade:
        # "the chipmaker" is the chip company of the text, whoever was named last.
        known = [m for m in firms if kinds.get(m.entity, "") in trade]
        if known:
            return _last(known, MentionType.ORGANISATION, match.start(), 2500)
        firms = [m for m in firms if kinds.get(m.entity, "") not in _TRADES or not m.known]
    recent = _last(firms, MentionType.ORGANISATION, match.start(), 1500)
    if recent is None or focus is None or recent.entity == focus.entity:
        return recent
    # The article's own subject is "the company" unless another has just taken the stage.
    near_focus = [m for m in before if m.entity == focus.entity]
    return focus if near_focus and match.start() - near_focus[-1].span.end < 900 else recent


_TRADE_OF = {
    "automaker": ("automaker",),
    "carmaker": ("automaker",),
    "chipmaker": ("chip",),
    "battery maker": ("battery",),
    "battery giant": ("battery",),
    "steelmaker": ("steel",),
    "trader": ("trader",),
    "trading house": ("trader",),
    "utility": ("utility",),
    "oil major": ("oil_gas",),
    "miner": ("miner", "state_company"),
    "mining giant": ("miner",),
    "explorer": ("miner",),
    "junior": ("miner",),
    "gold producer": ("miner",),
    "lithium producer": ("miner", "chemicals"),
    "copper producer": ("miner", "state_company"),
    "refiner": ("smelter", "oil_gas", "recycler"),
}
_TRADES = frozenset(kind for kinds in _TRADE_OF.values() for kind in kinds)


def _trade(noun: str | None) -> tuple[str, ...]:
    """The kinds of company that the noun can stand for; empty where it tells nothing."""
    return _TRADE_OF.get((noun or "").lower(), ())


def _last(mentions: Sequence[Mention], type_: MentionType, at: int, reach: int) -> Mention | None:
    for mention in reversed(mentions):
        if mention.type is type_:
            return mention if at - mention.span.end <= reach else None
    return None
