"""New deals against the restrictions in force on the same material and country.

A deal collides with an export rule of the country its material comes from, a duty of the country it
goes to, and a sanction on a party, on the site's owner, or on the country's goods. Where nothing is
found it is told whether the ledger knows of measures there at all.
Method collisions/1 (docs/methods/collisions.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lodewire.analytics.collision_deals import DealTerms, RuleIndex, deal_terms
from lodewire.analytics.event_terms import (
    Material,
    country_name,
    seat_of,
    the,
    within,
)
from lodewire.analytics.rules_in_force import RULE_TYPES, Rule
from lodewire.model.collision import (
    Collision,
    CollisionKind,
    CollisionVerdict,
    DealFinding,
)
from lodewire.model.event import Event
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.commodities import CommodityKind, ancestors_of, load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.event_types import Family, types_of
from lodewire.ontology.organisations import OrganisationKind, load_organisations

METHOD = "collisions/1"
_NO_DEAL = (Status.TERMINATED, Status.RUMOURED)
_BODIES = (
    OrganisationKind.MINISTRY,
    OrganisationKind.AGENCY,
    OrganisationKind.GOVERNMENT,
    OrganisationKind.INTERNATIONAL,
)
_ORDER = {CollisionKind.SANCTION: 0, CollisionKind.EXPORT: 1, CollisionKind.DUTY: 2}


def is_deal(event: Event) -> bool:
    """Tell whether an event is a deal that rules can stand against."""
    return (
        event.type in types_of(Family.DEALS)
        and event.modality is Modality.ASSERTED
        and event.status not in _NO_DEAL
        and event.reported is not None
    )


def find_collisions(
    deals: Iterable[Event],
    rules: Sequence[Rule],
    *,
    owners: Mapping[str, Mapping[str, str]] | None = None,
    own_country: str | None = None,
) -> tuple[DealFinding, ...]:
    """Return a finding for every deal, the newest first, then by id.

    ``owners`` gives, by id of a deal, the countries of the owners of its sites with who they are;
    ``own_country`` is the user's own, to which the material may go as well.
    """
    index = RuleIndex(rules)
    held = (deal_terms(e, (owners or {}).get(e.id, {}), own_country) for e in deals if is_deal(e))
    found = [_finding(deal, index.near(deal)) for deal in held]
    return tuple(sorted(found, key=lambda f: (-f.day.toordinal(), f.deal_id)))


def _finding(deal: DealTerms, rules: Sequence[Rule]) -> DealFinding:
    told = [r for r in rules if r.id != deal.event.id and _is_known(r, deal)]
    found = [c for rule in told if (c := _collision(deal, rule)) is not None]
    found.sort(key=lambda c: (not c.in_force, bool(c.open_points), _ORDER[c.kind], c.rule.event_id))
    now = [c for c in found if c.in_force]
    if now:
        sure = any(not c.open_points for c in now)
        verdict, why = CollisionVerdict.COLLISION if sure else CollisionVerdict.POSSIBLE, ""
    elif found:
        verdict, why = CollisionVerdict.UPCOMING, ""
    else:
        verdict, why = _coverage(deal, told)
    return DealFinding(
        deal_id=deal.event.id,
        day=deal.day,
        verdict=verdict,
        collisions=tuple(found),
        why=why,
        countries=deal.sources,
        commodities=tuple(m.commodity for m in deal.materials),
    )


def _is_known(rule: Rule, deal: DealTerms) -> bool:
    """A rule that was over before the deal stands against nothing."""
    until = rule.measure.until
    return until is None or until > deal.day


def _coverage(deal: DealTerms, rules: Sequence[Rule]) -> tuple[CollisionVerdict, str]:
    """Nothing was found: because nothing is there, or because nothing could be seen?"""
    if not deal.materials:
        return CollisionVerdict.NOT_COVERED, "the text names no material that is known"
    if not deal.sources:
        return CollisionVerdict.NOT_COVERED, "the text does not say where the material comes from"
    near = [r for r in rules if _touches(r, deal.sources)]
    names = " and ".join(the(country_name(c)) for c in deal.sources)
    if not near:
        return (
            CollisionVerdict.NOT_COVERED,
            f"no text or list of this desk tells of a measure of {names}, or against it",
        )
    days = sorted(r.reported for r in near if r.reported is not None)
    since = [r.measure.since for r in near if r.measure.since is not None]
    first = min([*days, *since])
    if first > deal.day:
        return (
            CollisionVerdict.NOT_COVERED,
            f"measures of {names} or against it are known from {first} on, after the deal",
        )
    span = f", told {days[0]} to {days[-1]}" if days else ""
    what = ", ".join(load_commodities()[m.commodity].name for m in deal.materials[:3])
    measures = "1 measure" if len(near) == 1 else f"{len(near)} measures"
    return (
        CollisionVerdict.NO_KNOWN_RESTRICTION,
        f"{measures} of {names} or against it known{span}; none bears on {what}",
    )


def _touches(rule: Rule, countries: Iterable[str]) -> bool:
    places = (*rule.authorities, *rule.targets)
    return any(within(c, p) or within(p, c) for c in countries for p in places)


def _collision(deal: DealTerms, rule: Rule) -> Collision | None:
    assert rule.type in RULE_TYPES
    if rule.type is EventType.EXPORT_RESTRICTION:
        return _export(deal, rule)
    if rule.type is EventType.TARIFF:
        return _duty(deal, rule)
    return _sanction(deal, rule)


def _export(deal: DealTerms, rule: Rule) -> Collision | None:
    country = next((c for c in deal.sources for a in rule.authorities if within(c, a)), None)
    if country is None:
        return None
    if deal.buyers and all(within(b, country) for b in deal.buyers):
        return None  # it stays in the country
    points: list[str] = []
    matched = _same_material(deal, rule, points)
    if matched is None:
        return None
    through = "material"
    if rule.targets:
        goes = [b for b in deal.buyers if any(within(b, t) for t in rule.targets)]
        mine = deal.own is not None and any(within(deal.own, t) for t in rule.targets)
        if not goes and mine:
            through = "your country"
        elif not goes and deal.buyers:
            return None
        elif not goes:
            aims = " and ".join(country_name(t) for t in rule.targets[:3])
            points.append(f"the rule is aimed at {aims}; the deal names no country it goes to")
    return _told(deal, rule, CollisionKind.EXPORT, country, through, matched, points)


def _duty(deal: DealTerms, rule: Rule) -> Collision | None:
    origin = next((c for c in deal.sources for t in rule.targets if within(c, t)), None)
    if rule.targets and origin is None:
        return None
    goes = next((b for b in deal.buyers for a in rule.authorities if within(b, a)), None)
    through = "material"
    if goes is None and deal.own is not None:
        goes = deal.own if any(within(deal.own, a) for a in rule.authorities) else None
        through = "your country"
    if goes is None or (origin is None and any(within(c, goes) for c in deal.sources)):
        return None
    points: list[str] = []
    if not deal.sources:
        points.append("the deal does not say where the material comes from")
    matched = _same_material(deal, rule, points)
    if matched is None:
        return None
    return _told(deal, rule, CollisionKind.DUTY, origin or goes, through, matched, points)


def _sanction(deal: DealTerms, rule: Rule) -> Collision | None:
    points: list[str] = []
    for statement in rule.named:
        named = deal.parties.get(statement.entity or "")
        body = load_organisations().get(statement.entity or "")
        if body is not None and body.kind in _BODIES:
            continue  # ministries keep lists; they are not on them
        if named is not None and statement.entity not in load_countries():
            words: _Matched = (None, _words(named), _words(statement))
            seat = seat_of(statement.entity or "") or ""
            return _told(deal, rule, CollisionKind.SANCTION, seat, "party", words, points)
    for target in rule.targets:
        source = next((c for c in deal.sources if within(c, target)), None)
        country = source or next((c for c in deal.seats if within(c, target)), None)
        if country is None:
            continue
        matched = _same_material(deal, rule, points)
        if matched is None:
            continue
        if source is None:
            points.append("the material is not said to come from there")
        if rule.all_goods:
            points.append("the text of the sanction does not say on what")
        if rule.all_goods and source is None and not deal.materials:
            continue  # neither text says anything that could meet
        through = "material" if source is not None else "owner"
        return _told(deal, rule, CollisionKind.SANCTION, country, through, matched, points)
    return None


_Matched = tuple[str | None, str, str]  # commodity, the deal's words, the rule's words


def _same_material(deal: DealTerms, rule: Rule, points: list[str]) -> _Matched | None:
    """The deal's material that the rule bears on; ``points`` takes what the words leave open."""
    if rule.all_goods:
        what = deal.materials[0] if deal.materials else None
        return (what.commodity, what.words, "all goods") if what else (None, "", "all goods")
    best: tuple[int, _Matched, str] | None = None
    for mine in deal.materials:
        for its in rule.materials:
            near = _nearness(mine, its)
            if near is not None and (best is None or near[0] < best[0]):
                best = (near[0], (mine.commodity, mine.words, its.words), near[1])
    if best is None:
        return None
    if best[2]:
        points.append(best[2])
    return best[1]


def _nearness(mine: Material, its: Material) -> tuple[int, str] | None:
    """How near two materials are (0 the same), and what is left open; None for others."""
    known = load_commodities()
    if mine.commodity == its.commodity or its.commodity in ancestors_of(mine.commodity):
        if mine.stage and its.stage and mine.stage != its.stage:
            return 3, f"the rule says {its.words!r}, the deal {mine.words!r}: another form"
        group = known[its.commodity].kind is CommodityKind.GROUP
        if mine.commodity == its.commodity or group:
            return 0, ""
        return 2, f"the rule says {its.words!r}, the deal {mine.words!r}: a link of its chain"
    if mine.commodity in ancestors_of(its.commodity):
        part = (
            "a part of it" if known[mine.commodity].kind is CommodityKind.GROUP else "a form of it"
        )
        return 1, f"the rule says {its.words!r}, {part}"
    return None


def _told(
    deal: DealTerms,
    rule: Rule,
    kind: CollisionKind,
    country: str,
    through: str,
    matched: _Matched,
    points: Sequence[str],
) -> Collision:
    commodity, deal_words, rule_words = matched
    in_force = rule.in_force_on(deal.day)
    left_open = [*points]
    if deal.open_place and through != "party":
        left_open.append(deal.open_place)
    return Collision(
        rule=rule.measure,
        kind=kind,
        commodity=commodity,
        country=country,
        through=through,
        deal_words=deal_words,
        rule_words=rule_words,
        in_force=in_force,
        reason=_reason(deal, rule, kind, country, through, in_force),
        open_points=tuple(left_open),
    )


def _reason(
    deal: DealTerms, rule: Rule, kind: CollisionKind, country: str, through: str, in_force: bool
) -> str:
    by = " and ".join(the(country_name(a)) for a in rule.authorities[:2]) or "an unnamed authority"
    since = rule.measure.since
    if in_force:
        when = f"in force since {since}"
    elif since is not None:
        when = f"in force from {since}, after the deal of {deal.day}"
    else:
        when = f"{rule.measure.status.replace('_', ' ')}, not in force as far as is told"
    place = the(country_name(country)) if country else ""
    if in_force and rule.measure.until is not None:
        when += f" until {rule.measure.until}"
    it = "it" if deal.event.type is EventType.SUPPLY_AGREEMENT else "what it yields"
    told = {
        CollisionKind.EXPORT: f"{it} leaves {place} under a rule of {by}",
        CollisionKind.DUTY: f"{it} is charged by {by} on import",
        CollisionKind.SANCTION: f"a sanction of {by} on {place or 'a party'}",
    }[kind]
    via = ""
    if through == "party":
        via = "; it names a party of the deal"
    elif through == "owner":
        via = f"; {deal.seats.get(country, '')} is a party or owns the site"
    elif through == "your country":
        via = "; it bears on your country"
    listed = f" ({rule.listed})" if rule.listed else ""
    return f"{told}{listed}, {when}{via}"


def _words(statement: Statement) -> str:
    return " ".join(statement.original.split()) or statement.value
