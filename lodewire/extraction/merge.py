"""One event for one happening: tellings in headline, lead and body become one draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from lodewire.extraction import headlines
from lodewire.extraction.drafts import Draft
from lodewire.model.event import Argument
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.countries import load_countries
from lodewire.ontology.event_types import Family, types_of
from lodewire.ontology.organisations import load_organisations


@dataclass(frozen=True, slots=True)
class Identity:
    """Which roles tell two events of a type apart.

    ``keys``: at least one shared value is needed (unless a telling lacks all of them);
    ``distinct``: two different values keep the tellings apart.
    """

    keys: tuple[str, ...]
    distinct: tuple[str, ...]


IDENTITY: dict[EventType, Identity] = {
    EventType.EXPLORATION_AGREEMENT: Identity(("party", "site"), ("site",)),
    EventType.SUPPLY_AGREEMENT: Identity(("supplier", "buyer"), ("supplier", "buyer", "term")),
    EventType.ACQUISITION: Identity(("target", "asset"), ("target", "asset", "acquirer")),
    EventType.JOINT_VENTURE: Identity(("party", "asset"), ("asset",)),
    EventType.FINANCING: Identity(("recipient", "investor"), ("recipient", "value", "investor")),
    EventType.TARIFF: Identity(
        ("authority", "product", "rate"), ("rate", "authority", "target", "product")
    ),
    EventType.EXPORT_RESTRICTION: Identity(
        ("authority", "product"), ("authority", "action", "product", "effective_date")
    ),
    EventType.SANCTION: Identity(
        ("authority", "target"), ("authority", "target", "product", "effective_date")
    ),
    EventType.POLICY_MEASURE: Identity(("authority", "sector"), ("action", "period", "sector")),
    EventType.PERMIT: Identity(("site", "holder"), ("site", "action", "holder")),
    # A site outweighs its operator: parent and subsidiary are both named for one mine.
    EventType.PROJECT_MILESTONE: Identity(("site", "operator"), ("site", "stage")),
    EventType.DISRUPTION: Identity(("site", "operator"), ("site",)),
    EventType.PRODUCTION_REPORT: Identity(
        ("operator", "commodity"), ("operator", "commodity", "volume", "change", "period")
    ),
    EventType.RESOURCE_ESTIMATE: Identity(
        ("site", "operator"), ("site", "category", "tonnage", "contained")
    ),
    EventType.PRICE_LEVEL: Identity(("benchmark", "commodity"), ("commodity", "level")),
    EventType.PRICE_CHANGE: Identity(
        ("benchmark", "commodity"), ("commodity", "direction", "change", "level", "period")
    ),
    EventType.FORECAST: Identity(
        ("forecaster", "commodity"), ("forecaster", "variable", "level", "change", "horizon")
    ),
}
_TOLERANCE = Decimal("0.02")


def merge_drafts(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts in text order, tellings of one happening gathered into the first."""
    merged: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.sentence.index, d.trigger.start, d.type.value)):
        home = _home(draft, merged)
        if home is not None:
            _absorb(home, draft)
        elif not draft.anaphoric:
            merged.append(draft)
    told = [m for m in merged if not (m.tentative and not m.spans)]
    return [m for m in told if not headlines.is_told_below(m, told, same_value)]


def _home(draft: Draft, merged: list[Draft]) -> Draft | None:
    same_type = [m for m in merged if m.type is draft.type]
    if draft.anaphoric:
        near = [m for m in same_type if draft.sentence.index - m.sentence.index <= 6]
        return next((m for m in reversed(near) if not _conflict(m, draft)), None)
    for candidate in reversed(same_type):
        if _is_same(candidate, draft):
            return candidate
    return None


def _is_same(left: Draft, right: Draft) -> bool:
    if _conflict(left, right) or _other_parties(left, right):
        return False
    if (left.modality is Modality.DENIED) is not (right.modality is Modality.DENIED):
        return False
    if left.type is EventType.ACQUISITION and _same_thing(left, right):
        return True
    identity = IDENTITY[left.type]
    shared = [
        role
        for role in identity.keys
        if left.has(role) and right.has(role) and _overlap(left.of(role), right.of(role))
    ]
    both = [role for role in identity.keys if left.has(role) and right.has(role)]
    if both:
        return bool(shared)
    lacks = not any(left.has(r) for r in identity.keys) or not any(
        right.has(r) for r in identity.keys
    )
    return lacks and abs(left.sentence.index - right.sentence.index) <= 1


def _same_thing(left: Draft, right: Draft) -> bool:
    """Tell whether two purchases are of one thing, a firm here and its mine of that name there.

    A thing without a name ("a Colombian portfolio" in a headline) is what the same buyer is told
    to buy by name right after.
    """
    mine = [*left.of("target"), *left.of("asset")]
    theirs = [*right.of("target"), *right.of("asset")]
    if any(a.role != b.role and same_value(a, _plain(b)) for a in mine for b in theirs):
        return True
    for role in ("seller", "acquirer"):
        ours, others = left.of(role), right.of(role)
        states = {a.entity in load_countries() for a in (*ours, *others)}
        if ours and others and not _overlap(ours, others) and len(states) == 1:
            return False
    unnamed = [t for t in (mine, theirs) if t and all(a.entity is None for a in t)]
    buyers = any(_overlap(left.of(role), right.of(role)) for role in ("acquirer", "seller"))
    near = abs(left.sentence.index - right.sentence.index) <= 2
    return len(unnamed) == 1 and buyers and near


def _plain(argument: Argument) -> Argument:
    """The argument by its words alone, to be compared with one of another kind."""
    return replace(argument, entity=None)


def _other_parties(left: Draft, right: Draft) -> bool:
    """Two pairs that share one party are two deals: A with B in the lead, A with C below."""
    mine, theirs = left.of("party"), right.of("party")
    if len(mine) < 2 or len(theirs) < 2:
        return False
    shared = sum(any(same_value(a, b) for b in theirs) for a in mine)
    if shared and left.type is EventType.JOINT_VENTURE and headlines.is_told_again(left, right):
        return False
    return shared < min(len(mine), len(theirs), 2)


_PLACED = frozenset((EventType.PROJECT_MILESTONE, EventType.DISRUPTION))


def _elsewhere(left: Draft, right: Draft) -> bool:
    """Two works of one firm in two countries, where a site is not named for both."""
    if left.type not in _PLACED or (left.has("site") and right.has("site")):
        return False
    places = [{(a.entity or a.value).split(":")[0] for a in d.of("country")} for d in (left, right)]
    return bool(places[0] and places[1] and not places[0] & places[1])


def _withheld(left: Draft, right: Draft) -> bool:
    """A deal whose sum the text says is not disclosed is not the one whose sum it tells."""
    return any(right.has(role) and not left.has(role) for role in left.not_disclosed)


def _conflict(left: Draft, right: Draft) -> bool:
    if _elsewhere(left, right) or _withheld(left, right) or _withheld(right, left):
        return True
    return any(
        left.has(role) and right.has(role) and not _overlap(left.of(role), right.of(role))
        for role in IDENTITY[left.type].distinct
    )


def _overlap(left: list[Argument], right: list[Argument]) -> bool:
    return any(same_value(a, b) for a in left for b in right)


def same_value(left: Argument, right: Argument) -> bool:
    """Tell whether two arguments of one role say the same."""
    if left.entity is not None and right.entity is not None:
        if left.role == right.role == "authority":
            return is_one_government(left.entity, right.entity)
        return left.entity == right.entity or _is_one_place(left, right)
    if left.quantity is not None and right.quantity is not None:
        if left.quantity.unit != right.quantity.unit:
            return False
        (a, b), (c, d) = left.quantity.bounds, right.quantity.bounds
        return _close(a, c) and _close(b, d)
    if left.start is not None and right.start is not None:
        if left.end is None or right.end is None:
            return left.start == right.start
        return left.start <= right.end and right.start <= left.end
    a_words, b_words = left.value.lower(), right.value.lower()
    if a_words in b_words or b_words in a_words:
        return True
    return left.role == "action" and _share_words(a_words, b_words)


_PLANT = re.compile(
    r"\s(?:mine|smelter|refinery|plant|complex|project|operations?|works)s?$", re.IGNORECASE
)


def _is_one_place(left: Argument, right: Argument) -> bool:
    """ "Kennecott mine" and "Kennecott smelter": works of one name are told as one site."""
    if left.role != "site" or right.role != "site":
        return False
    ours, theirs = _PLANT.sub("", left.text), _PLANT.sub("", right.text)
    return ours[:1].isupper() and len(ours) > 3 and ours == theirs


def _share_words(left: str, right: str) -> bool:
    """Tell whether two phrases for an action share half of the shorter one's words and a figure."""
    ours, theirs = (
        {w.removesuffix("s") for w in re.findall(r"[a-z]{4,}|\d[\d.,]*", words)} - _COMMON
        for words in (left, right)
    )
    figures = [{w for w in words if w[0].isdigit()} for words in (ours, theirs)]
    if all(figures) and not figures[0] & figures[1]:
        return False
    works = [words & _WORKS for words in (ours, theirs)]
    if all(works) and not works[0] & works[1]:
        return False
    return len(ours & theirs) * 2 >= min(len(ours), len(theirs)) > 0


_WORKS = frozenset(("mining", "smelting", "separation", "refining", "processing"))
_COMMON = frozenset("that which with from this would will have been were their year".split())


def is_one_government(left: str, right: str) -> bool:
    """Tell whether two authorities act for one country: "China" and its ministry of commerce.

    A body that no table lists is taken for an office of whatever country it is told with; two
    bodies of one country are two authorities.
    """
    if left == right or left in _parents(right) or right in _parents(left):
        return True
    ours, theirs = _country_of(left), _country_of(right)
    if ours and theirs and left not in (ours, theirs) and right not in (ours, theirs):
        return False
    return "" in (ours, theirs) if ours != theirs else ours != ""


def _parents(entity: str) -> set[str]:
    """The bodies above an office: the Treasury for its Office of Foreign Assets Control."""
    organisation = load_organisations().get(entity)
    return {organisation.parent} if organisation is not None and organisation.parent else set()


def _country_of(entity: str) -> str:
    if entity in load_countries():
        return entity
    organisation = load_organisations().get(entity)
    if organisation is None:
        return ""
    official = organisation.kind.value in ("ministry", "agency", "government")
    return organisation.country if official else entity


def _close(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) <= _TOLERANCE * max(abs(left), abs(right))


# Later tellings know more: "agreed" in the lead, "completed" in the body is completed.
_RANK = {
    Status.REPORTED: 0,
    Status.RUMOURED: 1,
    Status.PROPOSED: 2,
    Status.AGREED: 3,
    Status.IN_FORCE: 4,
    Status.COMPLETED: 4,
    Status.SUSPENDED: 5,
    Status.TERMINATED: 6,
}


def _absorb(home: Draft, draft: Draft) -> None:
    if home.type is EventType.ACQUISITION:
        _name_thing(home, draft)
    listed = {a.role for a in draft.arguments if not home.has(a.role)}
    for argument in draft.arguments:
        mine = home.of(argument.role)
        if argument.role == "authority" and _is_body_of(home, mine, argument):
            home.drop("authority")
            mine = []
        vague = argument.role == "action" and any(_GENERIC.fullmatch(a.text) for a in mine)
        figured = (
            argument.role == "action"
            and headlines.is_headline(home)
            and draft.type is EventType.POLICY_MEASURE
            and any(c.isdigit() for c in argument.text)
        )
        if figured or (vague and _GENERIC.fullmatch(argument.text) is None):
            home.drop("action")
            mine = []
        if any(same_value(argument, a) for a in mine):
            if not _is_listed(draft, argument):
                _prefer_fuller(home, argument)
                continue
            if any(a.text.lower() == argument.text.lower() for a in mine):
                continue
        if mine and argument.role in _SINGLE and argument.role not in listed:
            continue
        home.arguments.append(argument)
    home.not_disclosed |= draft.not_disclosed
    home.spans.append(draft.sentence.span)
    home.confidence = min(0.97, max(home.confidence, draft.confidence) + 0.05)
    if home.attribution is None:
        home.attribution = draft.attribution
    _settle_status(home, draft)


# "sanctions" says less of what is done than "bans imports of primary aluminium".
_GENERIC = re.compile(r"(?:[\w-]+\s){0,4}(?:sanctions?|measures?)(?:\spackage)?", re.IGNORECASE)


def _name_thing(home: Draft, draft: Draft) -> None:
    """A name takes the place of words: "its Colombian portfolio" is Minera Seafield."""
    theirs = [a for a in draft.arguments if a.role in ("target", "asset")]
    mine = [a for a in home.arguments if a.role in ("target", "asset")]
    for ours, others, loser in ((mine, theirs, home), (theirs, mine, draft)):
        for site in [a for a in ours if a.role == "asset"]:
            # "Josemaria" in a headline is the firm Josemaria Resources.
            if any(o.role == "target" and same_value(_plain(site), _plain(o)) for o in others):
                loser.arguments.remove(site)
        named = any(a.entity is not None for a in others)
        if ours and named and all(a.entity is None for a in ours):
            loser.drop("target")
            loser.drop("asset")


def _is_listed(draft: Draft, argument: Argument) -> bool:
    """ "Stainless rod, stainless bar": wordings of one entity that a list tells apart."""
    kin = [a for a in draft.of(argument.role) if a.entity == argument.entity]
    return argument.role == "product" and len(kin) > 1


def _is_body_of(home: Draft, mine: list[Argument], argument: Argument) -> bool:
    """A headline names the country ("China"), the text its body ("Ministry of Commerce")."""
    countries = load_countries()
    if (
        not headlines.is_headline(home)
        or argument.entity is None
        or not mine
        or argument.entity in countries
    ):
        return False
    if all((a.entity or "").startswith("ent_") for a in mine):
        return True  # "regulators" in the headline, the commission in the text
    above = _parents(argument.entity)
    return all(a.entity in countries or a.entity in above for a in mine)


_SINGLE = frozenset(
    "value date volume term stake rate effective_date period level change direction horizon "
    "action stage cause country tonnage grade contained category variable forecaster "
    "benchmark capacity purpose target_price".split()
)


def _prefer_fuller(home: Draft, argument: Argument) -> None:
    """Keep the longer wording of the same name ("MMG" in the headline, "MMG Ltd" below)."""
    if argument.entity is None or argument.text[:4].lower() == "the ":
        return
    for index, known in enumerate(home.arguments):
        if known.role == argument.role and known.entity == argument.entity:
            if len(argument.text) > len(known.text):
                home.arguments[index] = argument
            return


def _settle_status(home: Draft, draft: Draft) -> None:
    if draft.status is None or home.status is None:
        return
    measures = types_of(Family.MEASURES)
    if draft.type in measures and headlines.is_headline(home) and len(home.spans) == 1:
        # A headline's present tense ("Brussels sets duties") says nothing of when.
        home.status, home.modality = draft.status, draft.modality
        return
    if draft.anaphoric and draft.type not in measures:
        return
    later = home.status is Status.AGREED and draft.status is Status.IN_FORCE
    if draft.type in measures and later and not (draft.anaphoric and draft.has("effective_date")):
        return  # "the tariff" in passing does not bring it into force; a date of effect does
    if draft.modality is Modality.ASSERTED and home.modality is Modality.HYPOTHETICAL:
        home.modality, home.status = draft.modality, draft.status
    elif draft.modality is home.modality and _RANK[draft.status] > _RANK[home.status]:
        home.status = draft.status
    elif home.type is EventType.DISRUPTION and draft.status is Status.COMPLETED:
        home.status = draft.status  # an outage that one sentence tells as over is over
