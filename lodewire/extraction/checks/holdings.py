"""Masses that no deposit or mine can have: more than the world holds, or next to nothing of ore."""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.errors import OntologyError
from lodewire.extraction.checks.precision import show
from lodewire.extraction.checks.scene import Scene
from lodewire.model.check import Check
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, QuantityKind, Verdict
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.units import comparable, convert
from lodewire.ontology.world_scale import scale_of

_TIMES = Decimal(2)
# Words by which a mass is of rock, of another compound, or of the whole world.
_ROCK = re.compile(
    r"\b(?:ores?|concentrates?|rock|tailings|waste|brines?|mineral\w*|nodules?|sands?|equivalent|LCE|"
    r"carbonate|hydroxide|sul(?:ph|f)ate|chloride|bearing|material|resources? at|grading|grade|"
    r"seawater|ocean|seabed|crust|products?|scrap|slag|gangue|moved|processed|milled|treated)\b",
    re.I,
)
_WORLD = re.compile(
    r"\b(?:world\w*|global\w*|planet|countries|seabed|seafloor|ocean|nodules|earth['’]s|humanity|asteroids?|"
    r"cumulative\w*|century|centuries|decades?|ever|total demand|by 20[3-9]\d)\b",
    re.I,
)
_HOLDS = re.compile(
    r"\b(?:resources?|reserves?|deposits?|contain\w*|holds?|holding|held|estimate\w*|discover\w*|found|"
    r"mine|project|orebody|sits? on|has|have)\b",
    re.I,
)
_MAKES = re.compile(
    r"\b(?:produc\w*|output|mined|made|makes?|capacity|suppl\w*|export\w*|import\w*|ship\w*|sold|"
    r"sell\w*|sales|deliver\w*|smelt\w*|refin\w*)\b",
    re.I,
)
_YEARLY = re.compile(
    r"\b(?:a year|per year|annual\w*|yearly|last year|this year|in 20\d\d|quarter|a month)\b", re.I
)
_AT_GRADE = re.compile(r"(?: of [\w’'-]+(?: [\w’'-]+)?)?,? (?:at|grading|averaging|@) $", re.I)
_RESOURCE = re.compile(
    r"\b(?:resources?|reserves?|deposits?|orebody|inferred|indicated|measured|proven|probable|JORC|"
    r"NI 43-101)\b",
    re.I,
)
_SAMPLE = re.compile(
    r"\b(?:samples?|bulk|stockpiles?|shipments?|parcels?|batch\w*|trials?|test\w*|concentrates?|cargo\w*|"
    r"pilot|ingots?|loan|duty|tariff|interest|tax|a day|per day|an hour)\b",
    re.I,
)
_LEAST_ORE, _LEAST_METAL = Decimal(5000), Decimal(100)


def check_holdings(scene: Scene) -> list[Check]:
    """Return queries on masses of the sentence that are wrong by their scale."""
    found = []
    for place, quantity in enumerate(scene.quantities):
        check = None
        if quantity.kind in {QuantityKind.MASS, QuantityKind.MASS_RATE}:
            check = _check_world(scene, quantity)
        if check is None and quantity.kind is QuantityKind.MASS:
            check = _check_ore(scene, place)
        if check is not None:
            found.append(check)
    return found


def _check_world(scene: Scene, quantity: Quantity) -> Check | None:
    """Query a mass above twice what the world holds, or a yearly one above twice what it makes."""
    head, _, per = (quantity.unit or "").partition("/")
    if per not in {"", "yr"} or not comparable(head, "t"):
        return None
    commodity = _commodity_of(scene, quantity)
    if commodity is None or _WORLD.search(scene.text):
        return None
    try:
        scale = scale_of(commodity)
    except OntologyError:
        return None  # a commodity that the ontology does not hold has no scale
    if scale is None:
        return None
    tonnes = convert(quantity.bounds[0], head, "t")
    beside = scene.before(quantity, 60) + scene.after(quantity, 40)
    yearly = per == "yr" or (_MAKES.search(beside) and _YEARLY.search(scene.text))
    limit, what = (scale.output, "makes in a year") if yearly else (scale.reserves, "holds")
    if limit is None or tonnes <= limit * _TIMES or not (yearly or _HOLDS.search(beside)):
        return None
    detail = (
        f"{show(tonnes)} t is more than the world {what}, {show(limit)} t ({scale.counted_as}; "
        f"source: {scale.source})"
    )
    spans = (quantity.span,)
    return scene.check(CheckKind.MAGNITUDE, Verdict.QUERY, spans, detail, "world_scale")


def _commodity_of(scene: Scene, quantity: Quantity) -> str | None:
    """Return the commodity that the mass is of by its own words; rock and compounds are none."""
    place = quantity.substance
    if place is None or _ROCK.search(place.of(scene.document.text)):
        return None
    if _ROCK.match(scene.document.text[place.end : place.end + 30].lstrip(" -,")):
        return None
    named = [m for m in scene.commodities() if m.span.overlaps(place)]
    if named:
        return named[0].entity if len(named) == 1 else None
    # "tin" and "lead" are names only beside other words of the trade; a mass of them is one.
    written = place.of(scene.document.text).lower().replace(" ", "-")
    return written if written in load_commodities() else None


def _check_ore(scene: Scene, place: int) -> Check | None:
    """Query a resource of a few hundred tonnes of ore: the millions were lost on the way."""
    three = scene.quantities[place : place + 2]
    if len(three) < 2:
        return None
    ore, grade = three
    if grade.kind not in {QuantityKind.GRADE, QuantityKind.PERCENT} or grade.unit != "%":
        return None
    if not _AT_GRADE.fullmatch(scene.between(ore, grade)) or ore.unit is None:
        return None
    if not _RESOURCE.search(scene.text) or _SAMPLE.search(scene.text):
        return None
    tonnes = convert(ore.bounds[1], ore.unit, "t")
    metal = tonnes * grade.bounds[1] / 100
    if tonnes >= _LEAST_ORE or metal >= _LEAST_METAL:
        return None
    detail = (
        f"{show(tonnes)} t at {show(grade.bounds[1])} % hold {show(metal)} t; "
        "are thousands or millions of tonnes meant?"
    )
    spans = (ore.span, grade.span)
    return scene.check(CheckKind.MAGNITUDE, Verdict.QUERY, spans, detail, "ore_tonnage")
