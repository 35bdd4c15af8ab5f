"""Prices and grades outside what their commodity plausibly has, and slips of the unit."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from lodewire.extraction.checks.precision import show
from lodewire.extraction.checks.scene import Scene
from lodewire.model.check import Check
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, MentionType, QuantityKind, Verdict
from lodewire.ontology.benchmarks import Bound, BoundKind, bounds_for, load_benchmarks
from lodewire.ontology.units import comparable, convert

_DOLLAR_CENTS = re.compile(r"^(?:[A-Z.]{0,4})\$\s?[0-9.,]+\s?(?:cents?|¢)", re.I)
_MOVED = re.compile(
    r"\b(?:rose|risen|rise|fell|fallen|fall|gain(?:ed|s|ing)?|lost|shed|up|down|by|added|dropped"
    r"|climbed|jumped|slipped|dipped|increased?|decreased?|cut|raised|lowered|reduced|widened"
    r"|narrowed|more|less|another|further|surged|plunged)(?: (?:by|about|around|some|nearly"
    r"|almost|just|another|a further|roughly))*[ ]$",
    re.I,
)
_MOVED_AFTER = re.compile(
    r"[ ](?:lower|higher|less|more|up|down|firmer|softer|weaker|stronger|cheaper|dearer)\b"
)
_NOT_A_PRICE = re.compile(
    r"\b(?:discounts?|fees?|charges?|costs?|tax|taxes|lev(?:y|ies)|royalt(?:y|ies)|dut(?:y|ies)"
    r"|tariffs?|margins?|spreads?|contango|backwardation|AISC|AIC|bonus|subsid(?:y|ies)|profit"
    r"|rebates?|fines?|penalt(?:y|ies)|incentives?|freight|shipping|capex|savings?|surcharge"
    r"|arbitrage|swing|difference|differential|carbon|EBITDA|invest\w*|capital|intensity"
    r"|transport\w*|change|drop|decline|increase|rise|below|above|cheaper|dearer|hedg\w*|"
    r"capacity)\b",
    re.I,
)
# A duty or a levy has no plausible range of a price, however far from its figure it is named.
_LEVY = re.compile(
    r"\b(?:anti-?dumping|countervailing|(?:duty|duties|levy|levies|royalty|royalties)(?!-))\b", re.I
)
# Ore, concentrate and scrap are priced apart from the metal that they hold.
_OTHER_FORM = re.compile(
    r"\b(?:ores?|concentrates?|scrap|matte|slag|pig iron|sul(?:ph|f)ate|chloride|blister|powder|"
    r"units?|point|laterites?|dross)\b",
    re.I,
)
_PREMIUM = re.compile(r"\bpremiums?\b", re.I)
_CLAUSE = re.compile(r"[;:.]\s|\bwhile\b|\bwhereas\b|,\s")
_APART = re.compile(r"[;:]\s")
_ORE = re.compile(
    r"\b(?:ore|resource|deposit|grad(?:e|es|ing)|drill\w*|intersect\w*|intercept\w*|"
    r"mineral\w*|averag\w+|assay\w*|head grade|reserves?|vein|hole)\b",
    re.I,
)
_PRODUCT = re.compile(
    r"\b(?:purity|pure|concentrates?|refined|metal|alloy|cathode|ingot|powder|"
    r"magnet|sheet|scrap|tariff|duty|stake|min(?:imum)?)\b",
    re.I,
)
_REACH = 90
_SYMBOLS = {
    "au": "gold", "ag": "silver", "pt": "platinum", "cu": "copper", "ni": "nickel", "zn": "zinc",
    "pb": "lead", "sn": "tin", "co": "cobalt", "li2o": "lithium", "treo": "rare-earths",
    "tree": "rare-earths", "reo": "rare-earths", "u3o8": "uranium", "wo3": "tungsten",
    "sb": "antimony", "mo": "molybdenum", "nb2o5": "niobium", "ta2o5": "tantalum",
    "v2o5": "vanadium", "p2o5": "phosphate-rock", "fe": "iron-ore", "mn": "manganese",
    "cr2o3": "chromium", "k2o": "potash", "tgc": "graphite", "cg": "graphite",
    "3e": "pgms", "4e": "pgms", "6e": "pgms", "pge": "pgms", "pgm": "pgms",
}  # fmt: skip


class _Named(NamedTuple):
    """A commodity that a sentence names, itself or through a benchmark."""

    commodity: str
    name: str
    span: Span


def check_magnitude(scene: Scene) -> list[Check]:
    """Return queries on prices and grades of the sentence that look wrong by size."""
    found = []
    for quantity in scene.quantities:
        check = _check_slip(scene, quantity)
        if check is None and quantity.kind is QuantityKind.PRICE:
            check = _check_price(scene, quantity)
        if check is None and quantity.kind is QuantityKind.GRADE:
            check = _check_grade(scene, quantity)
        if check is not None:
            found.append(check)
    return found


def _check_slip(scene: Scene, quantity: Quantity) -> Check | None:
    core = quantity.core.of(scene.document.text)
    if not _DOLLAR_CENTS.match(core):
        return None
    detail = f"{core!r} is written with both $ and cents; the two differ by a hundred"
    spans = (quantity.span,)
    return scene.check(CheckKind.MAGNITUDE, Verdict.QUERY, spans, detail, "dollar_and_cents")


def _check_price(scene: Scene, quantity: Quantity) -> Check | None:
    named = _commodity_of(scene, quantity)
    if named is None:
        return None
    text = scene.document.text
    if _OTHER_FORM.search(text[named.span.start : named.span.end + 14]):
        return None
    earlier = text[scene.span.start : quantity.span.start]
    before, after = scene.before(quantity, 50), scene.after(quantity, 24)
    kind = BoundKind.PRICE
    if _PREMIUM.search(before) or _PREMIUM.search(after):
        kind = BoundKind.PREMIUM
    elif _NOT_A_PRICE.search(before) or _NOT_A_PRICE.match(after.strip()):
        return None
    if _LEVY.search(earlier) and kind is BoundKind.PRICE:
        return None
    if _MOVED.search(before) or _MOVED_AFTER.match(after):
        return None
    bounds = _fitting(bounds_for(named.commodity, kind), quantity)
    if not bounds:
        return None
    if kind is BoundKind.PRICE and _PREMIUM.search(earlier):
        # Of a sentence about a premium any figure may be one.
        bounds += _fitting(bounds_for(named.commodity, BoundKind.PREMIUM), quantity)
    return _outside(scene, quantity, bounds, f"{named.name} {kind.value}")


def _commodity_of(scene: Scene, quantity: Quantity) -> _Named | None:
    """Return the commodity that a price is of: alone in the sentence, or nearest in the clause."""
    named = _named(scene)
    if not named:
        return None
    text = scene.document.text
    if len({n.commodity for n in named}) == 1:
        first, last = sorted((named[0].span, quantity.span))
        return None if _APART.search(text[first.end : last.start]) else named[0]
    before = [m for m in named if m.span.end <= quantity.span.start]
    if not before or quantity.span.start - before[-1].span.end > _REACH:
        return None
    nearest = before[-1]
    link = text[nearest.span.end : quantity.span.start]
    if _CLAUSE.search(link) or any(
        other.unit == quantity.unit and nearest.span.end <= other.span.start < quantity.span.start
        for other in scene.quantities
    ):
        return None
    return nearest


def _named(scene: Scene) -> list[_Named]:
    """Return the commodities of the sentence, those of its price benchmarks included."""
    found = []
    for mention in scene.mentions:
        if mention.type is MentionType.COMMODITY:
            found.append(_Named(mention.entity, mention.name, mention.span))
        elif mention.type is MentionType.BENCHMARK and mention.entity in load_benchmarks():
            commodity = load_benchmarks()[mention.entity].commodity
            found.append(_Named(commodity, commodity.replace("-", " "), mention.span))
    return found


def _fitting(bounds: tuple[Bound, ...], quantity: Quantity) -> tuple[Bound, ...]:
    return tuple(b for b in bounds if quantity.unit and comparable(quantity.unit, b.unit))


def _outside(
    scene: Scene, quantity: Quantity, bounds: tuple[Bound, ...], what: str
) -> Check | None:
    assert quantity.unit is not None
    low, high = quantity.bounds
    for bound in bounds:
        one = convert(low, quantity.unit, bound.unit)
        other = convert(high, quantity.unit, bound.unit)
        if other >= bound.low and one <= bound.high:
            return None
    bound = bounds[0]
    shown = show(convert(high, quantity.unit, bound.unit))
    told = f"{show(high)} {quantity.unit}"
    equals = f" = {shown} {bound.unit}" if bound.unit != quantity.unit else ""
    lowest = min(b.low for b in bounds if b.unit == bound.unit)
    highest = max(b.high for b in bounds if b.unit == bound.unit)
    detail = (
        f"{told}{equals} lies outside the plausible range of a {what}, "
        f"{show(lowest)} to {show(highest)} {bound.unit}"
    )
    spans = (quantity.span,)
    return scene.check(CheckKind.MAGNITUDE, Verdict.QUERY, spans, detail, "plausible_range")


def _check_grade(scene: Scene, quantity: Quantity) -> Check | None:
    if quantity.substance is None or quantity.unit is None:
        return None
    written = quantity.substance.of(scene.document.text).lower().replace("₂", "2").replace("₃", "3")
    commodity = _SYMBOLS.get(written.rstrip("s"), written.replace(" ", "-"))
    beside = scene.before(quantity, 80) + scene.after(quantity, 50)
    if not _ORE.search(beside) or _PRODUCT.search(beside):
        return None
    bounds = _fitting(bounds_for(commodity, BoundKind.GRADE), quantity)
    if not bounds:
        return None
    if quantity.bounds[0] == Decimal(0):
        return None
    return _outside(scene, quantity, bounds, f"{commodity} grade")
