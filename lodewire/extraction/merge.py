"""One event for one happening: tellings in headline, lead and body become one draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lodewire.extraction import headlines, retelling
from lodewire.extraction.drafts import Draft
from lodewire.extraction.merge_times import long_apart, other_day, other_month
from lodewire.extraction.merge_works import other_stop, other_unit, part_sites
from lodewire.extraction.sameness import parents_of, same_value
from lodewire.model.event import Argument
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.countries import load_countries
from lodewire.ontology.event_types import Family, types_of


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
    EventType.ACQUISITION: Identity(("target", "asset"), ("target", "asset", "acquirer", "stake")),
    EventType.JOINT_VENTURE: Identity(("party", "asset"), ("asset",)),
    EventType.FINANCING: Identity(("recipient", "investor"), ("recipient", "value", "investor")),
    EventType.TARIFF: Identity(
        ("authority", "product", "rate"),
        ("rate", "authority", "target", "product", "effective_date"),
    ),
    EventType.EXPORT_RESTRICTION: Identity(
        ("authority", "product"), ("authority", "action", "product", "effective_date")
    ),
    EventType.SANCTION: Identity(
        ("authority", "target"), ("authority", "target", "action", "product", "effective_date")
    ),
    EventType.POLICY_MEASURE: Identity(("authority", "sector"), ("action", "period", "sector")),
    EventType.PERMIT: Identity(("site", "holder"), ("site", "action", "holder")),
    # A site outweighs its operator: parent and subsidiary are both named for one mine.
    EventType.PROJECT_MILESTONE: Identity(("site", "operator"), ("site", "stage")),
    EventType.DISRUPTION: Identity(("site", "operator"), ("site", "operator")),
    EventType.PRODUCTION_REPORT: Identity(
        ("operator", "commodity"),
        ("operator", "commodity", "volume", "change", "period", "site"),
    ),
    EventType.RESOURCE_ESTIMATE: Identity(
        ("site", "operator"), ("site", "commodity", "category", "tonnage", "contained")
    ),
    EventType.PRICE_LEVEL: Identity(("benchmark", "commodity"), ("commodity", "level")),
    EventType.PRICE_CHANGE: Identity(
        ("benchmark", "commodity"), ("commodity", "direction", "change", "level", "period")
    ),
    EventType.FORECAST: Identity(
        ("forecaster", "commodity"), ("forecaster", "variable", "level", "change", "horizon")
    ),
}


def merge_drafts(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts in text order, tellings of one happening gathered into the first."""
    merged: list[Draft] = []
    for draft in sorted(
        part_sites(drafts), key=lambda d: (d.sentence.index, d.trigger.start, d.type.value)
    ):
        home = _home(draft, merged)
        if home is not None:
            _absorb(home, draft)
        elif not draft.anaphoric:
            merged.append(draft)
    told = [m for m in merged if not (m.tentative and not m.spans)]
    told = [m for m in told if not _moved(m, told) and not retelling.is_summary(m, told)]
    told = [m for m in told if not headlines.is_told_below(m, told, same_value)]
    return [m for m in told if not _joins_lead(m, told)]


def _joins_lead(draft: Draft, told: Sequence[Draft]) -> bool:
    """Give what a headline alone tells to the lead that it stands for; tell whether it did."""
    lead = headlines.find_lead(draft, told, same_value)
    if lead is None:
        return False
    lead.spans.append(draft.sentence.span)
    lead.arguments += [a for a in draft.arguments if not lead.has(a.role)]
    return True


def _moved(draft: Draft, told: Sequence[Draft]) -> bool:
    """Tell whether a bare level is told elsewhere with the move that led to it, or as to come."""
    return draft.type is EventType.PRICE_LEVEL and any(
        other.type in (EventType.PRICE_CHANGE, EventType.FORECAST)
        and _overlap(other.of("level"), draft.of("level"))
        and (not other.has("commodity") or _overlap(other.of("commodity"), draft.of("commodity")))
        for other in told
    )


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
    if retelling.is_told_again(left, right):
        return True
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
    shared = sum(any(same_value(a, b) or _is_kin(a, b) for b in theirs) for a in mine)
    if shared and left.type is EventType.JOINT_VENTURE and headlines.is_told_again(left, right):
        return False
    return shared < min(len(mine), len(theirs), 2)


def _is_kin(left: Argument, right: Argument) -> bool:
    """ "Vale" in the lead signs as "Vale Indonesia" below: one name opens the other."""
    ours, theirs = sorted((left.text.lower(), right.text.lower()), key=len)
    return len(ours) > 3 and theirs.startswith(ours + " ")


_PLACED = frozenset((EventType.PROJECT_MILESTONE, EventType.DISRUPTION))


def _elsewhere(left: Draft, right: Draft) -> bool:
    """Two works of one firm in two countries, where a site is not named for both."""
    if left.type not in _PLACED or (left.has("site") and right.has("site")):
        return False
    places = [{a.entity or a.value for a in d.of("country")} for d in (left, right)]
    if not all(":" in p for row in places for p in row):  # two states of one country are two
        places = [{p.split(":")[0] for p in row} for row in places]
    return bool(places[0] and places[1] and not places[0] & places[1])


def _withheld(left: Draft, right: Draft) -> bool:
    """A deal whose sum the text says is not disclosed is not the one whose sum it tells."""
    return any(right.has(role) and not left.has(role) for role in left.not_disclosed)


def _conflict(left: Draft, right: Draft) -> bool:
    if _elsewhere(left, right) or _withheld(left, right) or _withheld(right, left):
        return True
    if long_apart(left, right) or other_day(left, right) or other_month(left, right):
        return True
    if other_unit(left, right) or other_stop(left, right) or _other_leave(left, right):
        return True
    return any(
        left.has(role) and right.has(role) and not _overlap(left.of(role), right.of(role))
        for role in IDENTITY[left.type].distinct
        if not any(retelling.is_vague_term(a) for a in (*left.of(role), *right.of(role)))
    )


_LEAVE = re.compile(
    r"\b(?:environment|explor|prospect|water|discharge|export|construct|operat|mining|air|land|"
    r"wetland|clearing|waste|production|processing)",
    re.IGNORECASE,
)


def _other_leave(left: Draft, right: Draft) -> bool:
    """An environmental licence and a mining lease of one project are two permits."""
    ours, theirs = (
        {w.lower() for a in d.of("leave") for w in _LEAVE.findall(a.text)} for d in (left, right)
    )
    return bool(ours and theirs and not ours & theirs)


def _overlap(left: list[Argument], right: list[Argument]) -> bool:
    return any(same_value(a, b) for a in left for b in right)


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
    if retelling.is_swapped(home, draft):
        retelling.swap_sides(draft)
    if draft.has("term") and any(retelling.is_vague_term(a) for a in home.of("term")):
        home.drop("term")
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
    above = parents_of(argument.entity)
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
