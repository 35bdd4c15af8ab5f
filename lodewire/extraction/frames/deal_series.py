"""Deals told one after the other: what a list goes on with, once the first has been told in full.

"For X-Fab, up to $50 million" after a sentence on grants, "awards to TSMC ($6.6 billion) and
GlobalFoundries ($1.5 billion)", "and Hyundai and Kia for another 1,500 t/yr", "the $243 million
that went to four smaller ventures": each member of such a list is a deal of its own, with the
giver or the supplier that stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import (
    fill,
    financing,
    funding,
    slots,
    supply,
    surface,
    venture,
    works,
)
from lodewire.extraction.frames.surface import FIRM, NAME, STATE, SUM, VOLUME, Masked
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status

_PARTY = f"[{FIRM}{NAME}]"
_LIST = rf"{_PARTY}(?:(?:, | and |, and )(?:the )?{_PARTY}){{0,4}}"
_ABOUT = (
    r"(?:up to |as much as |about |around |some |nearly |more than |over |another |a further )*"
)
# Who gets how much, one member of a list after the other; the giver stands before.
_MEMBERS = (
    re.compile(
        rf"^\W*(?:For|To) (?:the )?(?P<who>{_PARTY})(?: {_PARTY})?,? {_ABOUT}(?P<sum>{SUM})"
    ),
    re.compile(
        rf"^\W*(?:For|To) (?:the )?(?P<who>{_PARTY}),? to (?:which|whom) {_ABOUT}(?P<sum>{SUM})"
    ),
    re.compile(
        rf"^\W*(?P<who>{_PARTY})['’]s? (?:was|has been|is) (?:\w+ )?to {_ABOUT}(?P<sum>{SUM})"
    ),
    re.compile(
        rf"(?P<who>{_PARTY}),? whose {_ABOUT}(?P<sum>{SUM})[^.;]{{0,60}}?\b(?:finali[sz]ed|closed|drawn)"
    ),
    re.compile(
        rf"(?P<who>{_PARTY}) (?:\w+ )?dr(?:ew|aws?|awn)\b[^.;]{{0,40}}? of its {_ABOUT}(?P<sum>{SUM})"
    ),
    re.compile(
        rf"^\W*(?P<who>{_PARTY}),? (?:[^.;{FIRM}{NAME}{SUM}]{{0,60}}?, )?(?:is (?:to get|awarded|allotted|down for|"
        rf"in line for)|gets|got|will get|receives?|received|takes|secures|wins|won) {_ABOUT}(?P<sum>{SUM})"
    ),
)
_BRACKETED = re.compile(rf"(?P<who>{_PARTY}) \({_ABOUT}(?P<sum>{SUM})\)")
_WENT = re.compile(
    rf"(?P<sum>{SUM}) (?:that|which) (?:went|goes|has gone|is going|flowed|was paid|was lent|was given) to "
    rf"(?:the )?(?P<who>{_PARTY}|[\w-]+(?: [\w-]+){{0,3}}? (?:firms|companies|ventures|projects|miners|developers))"
)
_NO_AWARD = re.compile(
    r"\b(?:market cap\w*|revenue|profit|loss|sales|shares? (?:rose|fell)|valued|takeover|fine[sd]?|"
    r"acqui\w+|stake|tax|exports|imports|dividends?|bid|settle\w*)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    rf"\b(?P<t>after|following|on top of|in addition to|besides|adding to) (?:an? |the |its |another |earlier |"
    rf"previous )*(?P<sum>{SUM})(?: (?:loan|grant|award|package|tranche|commitment))?"
    r" (?:in|on|last|given|awarded|lent|pledged|announced|from|a year)\b"
)
_AND_FOR = re.compile(
    rf"(?:, | and |, and |; )(?:[\w-]+ |{STATE}(?:['’]s)? )?(?P<who>{_LIST}),? (?:for|with|to|takes|gets|has)"
    rf" (?:another |a further |the same |about |some |up to |the )*(?P<volume>{VOLUME}|tonnage|volume|amount|quantity)"
)
_CUSTOMERS = re.compile(
    rf"\b(?:customers|buyers|off-?takers|takers|clients)\b(?: \w+){{0,2}} (?:are|were|include[sd]?|being|have been)"
    rf" (?:the )?(?P<who>{_LIST})",
    re.IGNORECASE,
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield the deals that go on with a list begun before, in this sentence or one above."""
    yield from _funds(sentence)
    yield from _goods(sentence)
    joint = _venture(sentence)
    if joint is not None:
        yield joint


def _funds(sentence: Sentence) -> Iterator[Draft]:
    masked = surface.mask(sentence)
    if SUM not in masked.text:
        return
    yield from _earlier(masked)
    if _NO_AWARD.search(masked.text):
        return
    found = [m for m in (p.search(masked.text) for p in _MEMBERS) if m is not None][:1]
    pairs = list(_BRACKETED.finditer(masked.text))
    found += pairs if len(pairs) > 1 and funding.AWARDING.search(masked.text) else []
    went = _WENT.search(masked.text)
    found += [went] if went is not None else []
    giver = funding.giver_before(sentence) if found else None
    for match in found:
        if giver is None and match is not went:
            return
        draft = _award(masked, match, giver)
        if draft is not None:
            yield draft


def _award(masked: Masked, match: re.Match[str], giver: Mention | Span | None) -> Draft | None:
    who = masked.fillers.get(match.start("who")) or masked.span(*match.span("who"))
    value = masked.fillers.get(match.start("sum"))
    if not isinstance(value, Quantity) or isinstance(who, Quantity):
        return None
    if isinstance(giver, Mention) and isinstance(who, Mention) and giver.entity == who.entity:
        return None
    sentence = masked.sentence
    draft = Draft(EventType.FINANCING, sentence, value.span, sentence.clause_of(value.span))
    draft.confidence = 0.6
    draft.reach = masked.span(match.start(), min(len(masked.text) - 1, match.end() + 90))
    if match.re is _BRACKETED:
        draft.reach = masked.span(*match.span())
    if match.re is _WENT or _FINAL.search(masked.text):
        draft.status = Status.COMPLETED
    elif _PROPOSED.search(masked.text) or _early_terms(sentence):
        draft.status = Status.PROPOSED
    draft.add("recipient", who)
    draft.add("investor", giver)
    draft.add("value", value)
    return financing.finish(draft, draft.reach)


_PROPOSED = re.compile(
    r"\b(?:proposed|preliminary|non-?binding|offered|would (?:get|receive)|in line for)\b", re.I
)


def _early_terms(sentence: Sentence) -> bool:
    """ "For SkyWater, up to $16 million", told under "non-binding preliminary terms"."""
    start = max(0, sentence.index - 5)
    bare = _LIST_START.match(sentence.text.lstrip()) is not None
    before = sentence.analysis.sentences[start : sentence.index]
    return bare and any(_PROPOSED.search(s.text) for s in before)


_FINAL = re.compile(r"\b(?:finali[sz]ed|completed|disbursed) (?:awards?|grants?|loans?)\b", re.I)
_LIST_START = re.compile(r"(?:For|To) ")


def _earlier(masked: Masked) -> Iterator[Draft]:
    """ "pledged A$200mn in mid-January after A$840mn in March 2024": the one before it."""
    match = _EARLIER.search(masked.text)
    value = masked.fillers.get(match.start("sum")) if match is not None else None
    if match is None or not isinstance(value, Quantity):
        return
    sentence = masked.sentence
    main = next(
        (
            d
            for d in financing.find(sentence)
            if not d.anaphoric and d.trigger.start < value.span.start
        ),
        None,
    )
    if main is None or any(a.span == value.span for a in main.of("value")):
        return
    trigger = masked.span(match.start("t"), match.end("sum"))
    draft = Draft(EventType.FINANCING, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence = 0.6
    draft.arguments.extend(a for a in main.arguments if a.role in ("investor", "recipient"))
    draft.reach = Span(trigger.start, sentence.span.end)
    draft.add("value", value)
    done = financing.finish(draft, draft.reach)
    if done is not None:
        yield done


def _goods(sentence: Sentence) -> Iterator[Draft]:
    masked = surface.mask(sentence)
    customers = _CUSTOMERS.search(masked.text)
    if customers is not None:
        yield from _bought_by(masked, customers)
        return
    for match in _AND_FOR.finditer(masked.text):
        at = masked.starts[match.start()]
        first = next((d for d in supply.find(sentence) if _is_first(d, at)), None)
        if first is not None:
            yield _next(masked, match, first)


def _is_first(draft: Draft, at: int) -> bool:
    sided = draft.has("supplier") and draft.has("buyer") and not draft.anaphoric
    return sided and draft.trigger.start < at


def _next(masked: Masked, match: re.Match[str], first: Draft) -> Draft:
    """The next buyer (or supplier) of a list, with the other side of the deal before it."""
    sentence = masked.sentence
    at = masked.starts[match.start("who")]
    buyer_first = min(a.span.start for a in first.of("buyer"))
    supplier_first = min(a.span.start for a in first.of("supplier"))
    role, other = ("buyer", "supplier") if buyer_first < supplier_first else ("supplier", "buyer")
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, masked.span(*match.span("who")))
    draft.clause, draft.confidence = first.clause, 0.6
    draft.reach = Span(at, masked.starts[min(len(masked.text) - 1, match.end() + 60)])
    draft.add_all(role, masked.parties(match, "who"))
    draft.arguments.extend(a for a in first.arguments if a.role in (other, "commodity"))
    volume = masked.fillers.get(match.start("volume"))
    if isinstance(volume, Quantity):
        draft.add("volume", volume)
    else:
        draft.arguments.extend(first.of("volume"))
    return draft


_THEIR = re.compile(
    rf"\b(?P<t>(?:[Tt]he|[Tt]heir|[Ii]ts|[Aa]n?) (?:[\w:/-]+ ){{0,3}}?(?:joint venture|JV|partnership))\b"
    rf"(?:,? (?P<what>(?:[A-Z{FIRM}{NAME}][\w-]* ?){{1,4}}),)? (?:dates (?:from|back to)|(?:was |which was )?"
    r"(?:set up|formed|founded|established|created|launched) (?:back )?in|has existed since) (?P<year>(?:19|20)\d\d)\b"
)
_TO_COME = re.compile(
    r"\b(?P<t>(?:joint venture|JV))(?: \(JV\))?,? (?:(?:is|are|will|would|shall)(?: then| also)? (?:be |to be )?"
    r"(?:formed|set up|created|established|incorporated|follow)|follows|comes into being|kicks in|takes effect)\b|"
    r"\b(?:there (?:is to|will|would) be|will form|would form|to form|forms?) an? (?P<u>(?:[\w:/-]+ ){0,2}?(?:joint venture|JV))\b",
    re.IGNORECASE,
)


_IT_AND = re.compile(
    rf"\b[Ii]t and (?:the )?{_PARTY}[^.;{FIRM}{NAME}]{{0,40}}?\b(?P<t>propos|plan|agree|will|are|have|sign|form|set up|want)\w*\b"
    r"[^.;]{0,120}?\b(?P<u>joint venture|JV|partnership|alliance)\b"
)


_INTENDS = re.compile(r"propos|plan|want")


def _venture(sentence: Sentence) -> Draft | None:
    """A venture of the two firms named before: "their JV, Ural Boeing, dates from 2009"."""
    text = sentence.text
    if "enture" not in text and "JV" not in text and "artnership" not in text:
        return None
    masked = surface.mask(sentence)
    match = _THEIR.search(masked.text)
    coming = None if match is not None else _TO_COME.search(masked.text)
    shared = None if match or coming else _IT_AND.search(masked.text)
    told = match or coming or shared
    if told is None or any(not d.anaphoric for d in venture.find(sentence)):
        return None
    group = "t" if told["t"] is not None and shared is None else "u"
    trigger = masked.span(told.start(group), told.end(group))
    sides = _pair(sentence, trigger.start, named=match is None)
    if len(sides) < 2:
        return None
    draft = Draft(EventType.JOINT_VENTURE, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence = 0.55
    draft.add_all("party", sides)
    if match is not None:
        draft.status, draft.modality = Status.IN_FORCE, Modality.ASSERTED
        if match["what"]:
            draft.add(
                "asset",
                masked.span(match.start("what"), match.start("what") + len(match["what"].rstrip())),
            )
        draft.add("date", masked.span(*match.span("year")))
    elif shared is not None and _INTENDS.match(shared["t"]):
        draft.status = Status.PROPOSED
    elif coming is not None:
        draft.status, draft.modality = Status.PROPOSED, Modality.HYPOTHETICAL
    venture.fill_terms(draft)
    if not draft.has("asset"):
        draft.add("asset", works.previous_site(sentence, 3))
    return draft


def _pair(sentence: Sentence, at: int, *, named: bool) -> list[Mention]:
    """The firms ``named`` in the sentence, or the two that stand last before ``at``."""
    here = [
        s.mention
        for s in slots.slots(sentence, sentence.span, MentionType.ORGANISATION)
        if slots.is_actor(sentence, s.mention) and not s.mention.generic and not s.inside
    ]
    before = [
        m
        for m in reversed(sentence.analysis.of_type(MentionType.ORGANISATION))
        if m.span.end <= at and not m.generic and slots.is_actor(sentence, m)
    ]
    return fill.distinct([*(here if named else ()), *before])[:2]


def _bought_by(masked: Masked, match: re.Match[str]) -> Iterator[Draft]:
    """ "Customers were Vedanta, Bosai and Xinfa": of the firm that the sentence or text is about."""
    sentence = masked.sentence
    who = masked.parties(match, "who")
    named = {m.entity for m in who if isinstance(m, Mention)}
    owners = [
        s.mention
        for s in slots.slots(sentence, sentence.span, MentionType.ORGANISATION)
        if s.mention.entity not in named and slots.is_actor(sentence, s.mention)
    ]
    main = owners[0] if owners else works.main_company(sentence.analysis)
    if main is None or main.entity in named:
        return
    trigger = masked.span(*match.span())
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, trigger, sentence.clause_of(trigger))
    draft.confidence = 0.5
    draft.status = Status.IN_FORCE
    draft.add("supplier", main)
    draft.add_all("buyer", who)
    yield draft
