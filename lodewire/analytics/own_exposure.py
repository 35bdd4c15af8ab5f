"""How far an event touches what a user buys: a score in 0..1 and its reason in one line.

The score is the product of material, stage, place, product, tonnes, aim and weight in spend, times
the weight of the event, for the position that is touched most. The factors are judgements, written
down in docs/guides/own-exposure.md (decision 0024); an event that matches no line has no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lodewire.analytics.event_terms import (
    Material,
    authority_places,
    materials_of,
    names_products,
    party_statements,
    source_places,
    target_places,
    within,
)
from lodewire.analytics.own_words import brings_no_tonnes, position_words, tell_event_on
from lodewire.model.event import Event
from lodewire.model.holding import OwnScore, Position
from lodewire.model.vocabulary import PRICES, EventType
from lodewire.ontology.commodities import CommodityKind, Stage, ancestors_of, load_commodities
from lodewire.ontology.event_types import Family, load_event_types
from lodewire.ontology.organisations import load_organisations

_ONE = Decimal(1)
SAME, CHAIN, MEMBER, BROAD, SUPPLIER_ONLY, ALL_GOODS = map(
    Decimal, ("1", "0.8", "0.6", "0.5", "0.5", "0.5")
)
UPSTREAM, DOWNSTREAM = Decimal("0.9"), Decimal("0.4")
ELSEWHERE, NO_ORIGIN, NO_PLACE = Decimal("0.2"), Decimal("0.5"), Decimal("0.6")
HELD_DUTY, HELD, MAY_HOLD, OTHERS_AIM = map(Decimal, ("0.3", "0.9", "0.7", "0.3"))
LEAST_SPEND, NOT_YET = Decimal("0.6"), Decimal("0.5")
_PLACES = Decimal("0.0001")

#: Groups so wide that a text on them says little of one member.
_BROAD = frozenset(
    "critical-minerals minor-metals base-metals precious-metals battery-materials ferroalloys "
    "ferrous industrial-minerals".split()
)
_ORDER = (
    Stage.MINING,
    Stage.PROCESSING,
    Stage.SMELTING,
    Stage.REFINING,
    Stage.CONVERSION,
    Stage.ENRICHMENT,
    Stage.METAL,
    Stage.ALLOY,
    Stage.MAGNET,
    Stage.WAFER,
    Stage.CELL,
    Stage.FABRICATION,
    Stage.MANUFACTURE,
)
_EVERYWHERE = PRICES | {EventType.FORECAST}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """The user's table as events are held against it.

    ``country`` is where the user imports to (ISO 3166-1 alpha-2), None where not told.
    ``suppliers`` maps a supplier as the table writes it to the ids that go by the name.
    """

    positions: tuple[Position, ...]
    country: str | None = None
    suppliers: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Match:
    position: Position
    material: Material | None
    share: Decimal | None  # of the position, from the event's places
    supplier: str
    factors: tuple[tuple[str, Decimal], ...]

    @property
    def exposure(self) -> Decimal:
        found = _ONE
        for _, factor in self.factors:
            found *= factor
        return found


def score_event(event: Event, own: OwnView, *, weight: Decimal = _ONE) -> OwnScore | None:
    """Return the score of ``event``; None where nothing that is bought is touched.

    ``weight`` (0..1) is that of the event itself. The score never falls when a larger part comes
    from the event's country, and does not depend on the order of the positions.
    """
    named = _named_suppliers(event, own)
    materials = materials_of(event)
    largest = _largest_spends(own.positions)
    found = [
        match
        for position in own.positions
        if (match := _match(event, position, materials, named, own, largest)) is not None
    ]
    if not found:
        return None
    found.sort(
        key=lambda m: (-m.exposure, m.position.via or "", m.position.commodity, m.position.rows)
    )
    best = found[0]
    return OwnScore(
        event_id=event.id,
        score=(best.exposure * weight).quantize(_PLACES),
        exposure=best.exposure.quantize(_PLACES),
        reason=_reason(event, found),
        positions=tuple(m.position for m in found),
        scores=tuple((m.exposure * weight).quantize(_PLACES) for m in found),
        factors=(*best.factors, ("event", weight)),
    )


def rank_events(
    events: Iterable[tuple[Event, Decimal]], own: OwnView
) -> list[tuple[Event, OwnScore]]:
    """Return the events that touch ``own`` with their scores, the most first; ties by id."""
    scored = ((event, score_event(event, own, weight=weight)) for event, weight in events)
    found = [(event, score) for event, score in scored if score is not None]
    found.sort(key=lambda pair: (-pair[1].score, -pair[1].exposure, pair[0].id))
    return found


def _match(
    event: Event,
    position: Position,
    materials: Sequence[Material],
    named: frozenset[str],
    own: OwnView,
    largest: Mapping[str, Decimal],
) -> _Match | None:
    supplier = next((s for s in position.suppliers if s in named), "")
    material, kind = _nearest(position.commodity, materials)
    if material is None:
        if not _for_all_goods(event, position):
            if not supplier:
                return None
            kind = SUPPLIER_ONLY
        else:
            kind = ALL_GOODS
    place, share = _place_factor(event, position, supplier)
    factors = (
        ("material", kind),
        ("stage", _stage_factor(position, material)),
        ("place", place),
        ("product", _product_factor(event, position)),
        ("tonnes", NOT_YET if brings_no_tonnes(event) else _ONE),
        ("aim", _aim_factor(event, own.country)),
        ("spend", _spend_factor(position, largest)),
    )
    return _Match(position, material, share, supplier, factors)


def _nearest(commodity: str, materials: Sequence[Material]) -> tuple[Material | None, Decimal]:
    """The event's material that is nearest to a commodity, with how near it is."""
    best: tuple[Material | None, Decimal] = (None, Decimal())
    for material in materials:
        near = _nearness(commodity, material.commodity)
        if near > best[1]:
            best = (material, near)
    return best


def _nearness(bought: str, told: str) -> Decimal:
    if bought == told:
        return SAME
    known = load_commodities()
    if told in ancestors_of(bought):
        if told in _BROAD:
            return BROAD
        return SAME if known[told].kind is CommodityKind.GROUP else CHAIN
    if bought in ancestors_of(told):
        if bought in _BROAD:
            return BROAD
        return MEMBER if known[bought].kind is CommodityKind.GROUP else CHAIN
    return Decimal()


def _for_all_goods(event: Event, position: Position) -> bool:
    """A measure on a country's goods that names none of them, where some comes from there."""
    if load_event_types()[event.type].family is not Family.MEASURES or names_products(event):
        return False
    if event.type not in (EventType.EXPORT_RESTRICTION, EventType.TARIFF, EventType.SANCTION):
        return False
    return any(within(c, p.country) for p in source_places(event) for c in position.countries)


def _product_factor(event: Event, position: Position) -> Decimal:
    """What a bought product holds reaches the user through its maker, and may not be in it."""
    if position.via is None:
        return _ONE
    if event.type is EventType.TARIFF:
        return HELD_DUTY  # a duty on aluminium is none on cells that hold it
    return HELD if position.certain else HELD * MAY_HOLD


def _stage_factor(position: Position, material: Material | None) -> Decimal:
    if material is None or material.stage is None or position.stage is None:
        return _ONE
    told, bought = Stage(material.stage), Stage(position.stage)
    if told is bought or told not in _ORDER or bought not in _ORDER:
        return _ONE
    return UPSTREAM if _ORDER.index(told) < _ORDER.index(bought) else DOWNSTREAM


def _place_factor(
    event: Event, position: Position, supplier: str
) -> tuple[Decimal, Decimal | None]:
    """How much of the position comes from where the event is; None where that is not known."""
    places = [p.country for p in source_places(event)]
    if event.type in _EVERYWHERE:
        return _ONE, None
    if not places:
        whole = event.type is EventType.TARIFF  # from wherever the goods come
        return (_ONE if supplier or whole else NO_PLACE), None
    if position.basis:
        share = sum((s for c, s in position.shares if any(within(c, p) for p in places)), Decimal())
        # Of a bloc's part it is not told which member it comes from.
        bloc = sum((s for c, s in position.shares if _holds(c, places)), Decimal())
        unknown = (position.unknown or Decimal()) + bloc
        factor = ELSEWHERE + (_ONE - ELSEWHERE) * share + (NO_ORIGIN - ELSEWHERE) * unknown
        return (_ONE if supplier else min(_ONE, factor)), share
    some = any(within(c, p) for c in position.countries for p in places)
    return (
        _ONE if supplier else (NO_ORIGIN if some or not position.countries else ELSEWHERE)
    ), None


def _holds(origin: str, places: Iterable[str]) -> bool:
    """Tell whether an origin of the table is a bloc that one of the places belongs to."""
    return any(p != origin and within(p, origin) for p in places)


def _aim_factor(event: Event, country: str | None) -> Decimal:
    """A measure that is aimed at others than the user weighs less; not known is no discount."""
    if country is None:
        return _ONE
    aimed: Iterable[str] = ()
    if event.type is EventType.EXPORT_RESTRICTION:
        aimed = [p.country for p in target_places(event)]
    elif event.type is EventType.TARIFF:
        aimed = [p.country for p in authority_places(event)]
    told = list(aimed)
    return _ONE if not told or any(within(country, a) for a in told) else OTHERS_AIM


def _largest_spends(positions: Iterable[Position]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for position in positions:
        if position.spend is not None and position.currency is not None:
            at = position.currency
            found[at] = max(found.get(at, Decimal()), position.spend)
    return found


def _spend_factor(position: Position, largest: Mapping[str, Decimal]) -> Decimal:
    if position.spend is None or position.currency is None or not largest[position.currency]:
        return _ONE
    return LEAST_SPEND + (_ONE - LEAST_SPEND) * position.spend / largest[position.currency]


def _named_suppliers(event: Event, own: OwnView) -> frozenset[str]:
    """The user's suppliers that the event names, by id, by name, or as what they own."""
    ids: set[str] = set()
    words: set[str] = set()
    for statement in party_statements(event):
        if statement.entity is not None:
            ids.update(_owners(statement.entity))
        words.add(statement.value.casefold())
    return frozenset(
        name for name, known in own.suppliers.items() if known & ids or name.casefold() in words
    )


def _owners(entity: str) -> Iterable[str]:
    at: str | None = entity
    for _ in range(6):
        if at is None:
            return
        yield at
        body = load_organisations().get(at)
        at = body.parent if body is not None else None


def _reason(event: Event, found: Sequence[_Match]) -> str:
    best = found[0]
    share = best.share
    bought = position_words(best.position, share, source_places(event))
    told = tell_event_on(event, best.material, best.position)
    supplier = f"; your supplier {best.supplier} is named" if best.supplier else ""
    aim = ""
    if dict(best.factors)["aim"] != _ONE:
        aim = "; it is not aimed at your country"
    step = {UPSTREAM: "; upstream of what you buy", DOWNSTREAM: "; downstream of what you buy"}
    stage = step.get(dict(best.factors)["stage"], "")
    rows = {r for m in found for r in m.position.rows}
    others = len({m.position.commodity for m in found}) - 1
    more = f" (and {others} more of your materials)" if others and len(rows) > 1 else ""
    return f"you buy {bought}; {told}{stage}{supplier}{aim}{more}"
