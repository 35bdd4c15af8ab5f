"""Ownership as texts state it: "controlled by state-owned X", "49%-owned by Y", "a unit of Z".

Two names in one sentence and the words between them, which must say it from end to end; anything
else ("formerly owned by", "will be owned by", "owned by the family of") says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import pairwise

from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import OriginId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.countries import CountryKind, load_countries
from lodewire.ontology.ownership import owner_name
from lodewire.resolve.entities import canonical_id
from lodewire.resolve.owner_links import CONTROL, OWNER, OWNER_SHARE, PART, STATE
from lodewire.resolve.statements import plain

METHOD = "ownership/1"
_THINGS = (MentionType.ORGANISATION, MentionType.SITE)

_SHARE = r"(?P<share>\d{1,3}(?:\.\d{1,3})?)\s?(?:%|per ?cent|pct)"
_STATE = r"(?:state|government)-(?:owned|run|controlled|backed)"
# What may stand before an owner's name: "the Swiss trader", "China's state-owned miner".
_KIND = (
    r"(?:state|mining|metals?|commodit(?:y|ies)|trading|battery|lithium|copper|gold|nickel|uranium|steel|"
    r"aluminium|aluminum|diversified|global|private|privately held|listed|family-owned)"
)
_NOUN = (
    r"(?:company|companies|group|giant|miner|producer|trader|major|firm|house|conglomerate|"
    r"parent)"
)
_BEFORE = (
    rf"(?:the |its )?(?:[A-Z][a-z]+(?:['’]s)? )?(?:{_STATE} )?(?:[A-Z][a-z]+ )?"
    rf"(?:{_KIND} )*(?:{_NOUN} )?"
)
_HELD = r"(?P<word>(?:wholly|majority|fully|partly|jointly|part|100%)[- ])?"
_UNIT = r"(?P<unit>unit|subsidiary|arm|division)"
# What may follow the name of a site: "Keliber [lithium refinery], owned by".
_TAIL = rf"(?: {_KIND})*(?: (?:mines?|projects?|deposits?|smelters?|refinery|plants?|operations?))?"


@dataclass(frozen=True, slots=True)
class _Wording:
    """Words between two names; ``owned_first`` tells which of the two is owned."""

    pattern: re.Pattern[str]
    owned_first: bool


def _wording(pattern: str, *, owned_first: bool) -> _Wording:
    return _Wording(re.compile(pattern), owned_first)


_WORDINGS = (
    # "MMG, controlled by state-owned [China Minmetals]"; "[X], which is 49% owned by [Y]"
    _wording(
        rf"{_TAIL},? (?:which is |that is |is )?(?:{_SHARE}[- ])?{_HELD}"
        rf"(?P<verb>owned|controlled)(?: and (?:operated|controlled|run))? by {_BEFORE}",
        owned_first=True,
    ),
    # "[X], a wholly owned unit of [Y]"; "[X] is a subsidiary of [Y]"
    _wording(
        rf",? (?:which is |that is |is )?(?:a|an|the) (?:[A-Z][a-z]+ )?(?:{_SHARE}[- ]owned )?"
        rf"(?:{_HELD}owned )?(?:[A-Z][a-z]+ |{_KIND} )?{_UNIT} of {_BEFORE}",
        owned_first=True,
    ),
    # "[Glencore]'s 75%-owned [Kamoto]"; "[Glencore]'s unit [Kazzinc]"; "[Glencore] unit [Kazzinc]"
    _wording(rf"['’]s? {_SHARE}[- ]owned (?:{_KIND} )?(?:{_UNIT} )?", owned_first=False),
    _wording(
        rf"['’]s? (?:{_HELD}owned (?:{_KIND} )?)(?:{_UNIT} )?(?:in [A-Z][a-z]+,? )?",
        owned_first=False,
    ),
    _wording(rf"(?:['’]s?)? (?:{_KIND} )?{_UNIT},? ", owned_first=False),
    _wording(
        rf",? through its (?:{_HELD}owned )?(?:{_KIND} |[A-Z][a-z]+ )?{_UNIT},? ",
        owned_first=False,
    ),
    # "[Trafigura]-owned [Nyrstar]"
    _wording(rf"-(?:owned|controlled) (?:{_KIND} )*(?:{_NOUN} )?", owned_first=False),
    # "[Rio Tinto] owns 66% of [Oyu Tolgoi]"; "[Y], which holds a 49% stake in [X]"
    _wording(
        rf",? (?:which |that )?(?:owns|holds|has|controls) (?:an? )?{_SHARE}"
        r"(?: stake| interest| share| shareholding)? (?:of|in) (?:the )?",
        owned_first=False,
    ),
    # "[Shalina], the owner of [Chemaf]"; "[X]'s parent [Y]"; "[Las Bambas] owner [MMG]"
    _wording(r", (?:the )?(?:majority |sole )?(?P<verb>owner) of (?:the )?", owned_first=False),
    _wording(
        r"(?:['’]s?)? (?:majority |sole )?(?P<verb>parent|owner)(?: company)?,? ", owned_first=True
    ),
)
# "Chile's state-owned [Codelco]", "Chilean state miner [Codelco]": the state owns what follows.
_STATE_OF = re.compile(
    rf"(?:['’]s?)? (?:{_STATE}|state)(?: (?:{_KIND} )*{_NOUN})?(?: [a-z]+ (?:company|miner))?,? "
)
# Words before the first name, or beside the second, that undo what is said.
_UNDONE = re.compile(
    r"\b(?:former|formerly|previously|once|then|until|no longer|not|ex)[\s-]*$", re.I
)
_GOES_ON = re.compile(r"\s*(?:,? and\b|&|, [A-Z])")


@dataclass(frozen=True, slots=True)
class Ownership:
    """One telling: who owns what, the words from one name to the other, share in percent."""

    owned: Mention
    owner: Mention
    span: Span
    share: Decimal | None
    basis: str


def tell_ownership(document: Document, mentions: Iterable[Mention]) -> tuple[Ownership, ...]:
    """Return what a document says on who owns whom, in text order.

    ``mentions`` are those of the reading, names as of the document's day
    (:func:`~lodewire.resolve.names.mentions_on`).
    """
    named = sorted(
        (m for m in mentions if not m.generic and m.span.end <= len(document.text)),
        key=lambda m: m.span,
    )
    found: list[Ownership] = []
    for sentence in document.sentences if named else ():
        inside = [m for m in named if sentence.covers(m.span)]
        found += _tell(document.text, sentence, inside)
    return tuple(found)


def ownership_statements(
    document: Document,
    told: Iterable[Ownership],
    *,
    origin_id: OriginId,
    seen: datetime,
) -> tuple[Statement, ...]:
    """Return what was told as statements, each with its quote; ``seen`` is an aware UTC time.

    The subject is what is owned, by the id that all its spellings share. Property "owner" names
    the owner, with ``basis`` "control", "part" or "state"; "owner_share" its percentage, quoted
    from the same words.
    """
    found = [s for one in told for s in _statements(document, one, origin_id, seen)]
    return tuple({s.id: s for s in found}.values())


def _tell(text: str, sentence: Span, inside: Sequence[Mention]) -> Iterator[Ownership]:
    things = [m for m in inside if m.type in _THINGS]
    for left, right in pairwise(things):
        yield from _between(text, sentence, left, right)
    for left, right in pairwise(inside):
        if left.type is MentionType.COUNTRY and right.type is MentionType.ORGANISATION:
            yield from _of_state(text, left, right)


def _between(text: str, sentence: Span, left: Mention, right: Mention) -> Iterator[Ownership]:
    gap = text[left.span.end : right.span.start]
    if _UNDONE.search(text[sentence.start : left.span.start].rstrip(" ,(“\"'’")):
        return
    for wording in _WORDINGS:
        match = wording.pattern.fullmatch(gap)
        if match is None:
            continue
        owned, owner = (left, right) if wording.owned_first else (right, left)
        if _may_own(owner) and owned.entity != owner.entity:
            share, basis = _held(match, text[right.span.end : sentence.end], wording)
            if share is None or 0 < share <= 100:
                yield Ownership(owned, owner, Span(left.span.start, right.span.end), share, basis)
        return


def _may_own(owner: Mention) -> bool:
    """An organisation, and not the last word of one ("Orano [Canada]")."""
    return owner.type is MentionType.ORGANISATION and owner.text not in _country_names()


@cache
def _country_names() -> frozenset[str]:
    return frozenset(alias.text for c in load_countries().values() for alias in c.names)


def _held(match: re.Match[str], after: str, wording: _Wording) -> tuple[Decimal | None, str]:
    groups = match.groupdict()
    if groups.get("share"):
        share = Decimal(groups["share"])
        return share, CONTROL if share > 50 else PART
    word = (groups.get("word") or "").strip(" -")
    if word in ("wholly", "fully", "100%"):
        return Decimal(100), CONTROL
    if word in ("partly", "part", "jointly"):
        return None, PART
    # "owned by BHP and Mitsubishi": each of them owns, neither need decide.
    shared = wording.owned_first and groups.get("verb") == "owned" and _GOES_ON.match(after)
    return None, PART if shared and not word else CONTROL


def _of_state(text: str, country: Mention, organisation: Mention) -> Iterator[Ownership]:
    known = load_countries().get(country.entity)
    if known is None or known.kind is CountryKind.BLOC:
        return
    gap = text[country.span.end : organisation.span.start]
    if _STATE_OF.fullmatch(gap):
        span = Span(country.span.start, organisation.span.end)
        yield Ownership(organisation, country, span, None, STATE)


def _statements(
    document: Document, told: Ownership, origin_id: OriginId, seen: datetime
) -> Iterator[Statement]:
    evidence = Evidence.take(document.id, document.text, told.span)
    owned = canonical_id(told.owned.type, told.owned.name, told.owned.entity)
    owner = canonical_id(told.owner.type, told.owner.name, told.owner.entity)
    state = told.owner.type is MentionType.COUNTRY

    def statement(property_: str, value: str, original: str, unit: str | None) -> Statement:
        return Statement(
            subject=owned,
            property=property_,
            value=value,
            original=original,
            evidence=evidence,
            source_id=document.source_id,
            origin_id=origin_id,
            first_seen=seen,
            last_seen=seen,
            unit=unit,
            basis=told.basis,
            entity=owner,
            method=METHOD,
        )

    name = owner_name(owner) if state else told.owner.name
    yield statement(OWNER, name, told.owner.text, None)
    if told.share is not None:
        yield statement(OWNER_SHARE, plain(told.share), evidence.quote, "%")
