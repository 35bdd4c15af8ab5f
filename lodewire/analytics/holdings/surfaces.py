"""Names of materials and products as tables write them, with what each stands for.

English names come from the ontology; those of other languages from ``names.toml``, composed with
the words of form of their language ("Kupferkathode", "oxyde de cobalt").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lodewire.analytics.holdings.names import material_names, product_names
from lodewire.ontology.commodities import Commodity, CommodityKind, Stage, load_commodities
from lodewire.ontology.uses import Relation, load_use_products, load_uses

#: Form ids and words of form -> the stage at which a material leaves the chain in that form.
_FORM_STAGES = {
    "ore": Stage.MINING,
    "concentrate": Stage.MINING,
    "matte": Stage.SMELTING,
    "blister": Stage.SMELTING,
    "slag": Stage.PROCESSING,
    "oxide": Stage.REFINING,
    "dioxide": Stage.REFINING,
    "trioxide": Stage.REFINING,
    "pentoxide": Stage.REFINING,
    "carbonate": Stage.REFINING,
    "hydroxide": Stage.REFINING,
    "sulphate": Stage.REFINING,
    "chloride": Stage.REFINING,
    "fluoride": Stage.REFINING,
    "nitrate": Stage.REFINING,
    "cathode": Stage.REFINING,
    "refined": Stage.REFINING,
    "sponge": Stage.REFINING,
    "metal": Stage.METAL,
    "ingot": Stage.METAL,
    "powder": Stage.METAL,
    "alloy": Stage.ALLOY,
    "wafer": Stage.WAFER,
    "cell": Stage.CELL,
    "foil": Stage.FABRICATION,
    "rod": Stage.FABRICATION,
    "wire": Stage.FABRICATION,
    "sheet": Stage.FABRICATION,
    "plate": Stage.FABRICATION,
    "bar": Stage.FABRICATION,
    "tube": Stage.FABRICATION,
    "strip": Stage.FABRICATION,
    "scrap": Stage.RECYCLING,
    "secondary": Stage.RECYCLING,
}
FORMS = {
    **{form: form for form in _FORM_STAGES},
    "ores": "ore",
    "concentrates": "concentrate",
    "sulfate": "sulphate",
    "ingots": "ingot",
    "cathodes": "cathode",
    "wires": "wire",
    "sheets": "sheet",
    "rods": "rod",
    "bars": "bar",
    "tubes": "tube",
    "strips": "strip",
    "alloys": "alloy",
    "powders": "powder",
}
#: The commodity that a product is traded as.
TRADED = {
    "li-ion-battery": "batteries",
    "nimh-battery": "nimh-batteries",
    "lead-acid-battery": "lead-acid-batteries",
    "ndfeb-magnet": "ndfeb-magnets",
    "smco-magnet": "smco-magnets",
    "ferrite-magnet": "ferrite-magnets",
    "stainless-steel": "stainless-steel",
}
_SAME_AS = {product: traded for product, traded in TRADED.items() if traded != "batteries"}
_BY_STAGE = {"mine": Stage.MINING, "mined": Stage.MINING, "smelter": Stage.SMELTING,
             "refined": Stage.REFINING, "refinery": Stage.REFINING, "separation": Stage.REFINING,
             "magnets": Stage.MAGNET, "cells": Stage.CELL, "wafers": Stage.WAFER,
             "recycled": Stage.RECYCLING, "scrap": Stage.RECYCLING}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """One commodity that a material is or holds; ``via`` the product, ``certain`` that it must."""

    commodity: str
    form: str | None = None
    stage: str | None = None
    via: str | None = None
    certain: bool = True


def stage_called(words: str, commodity: str) -> str | None:
    """Return the stage that words name, where the commodity has it."""
    text = words.strip().casefold()
    stage = _BY_STAGE.get(text)
    if stage is None and text in tuple(Stage):
        stage = Stage(text)
    return stage.value if stage in load_commodities()[commodity].stages and stage else None


def plain(commodity: Commodity, form: str | None = None) -> Content:
    """Return a commodity bought as such, at the stage that its form tells."""
    return Content(commodity.id, form, stage_of(commodity, form))


def stage_of(commodity: Commodity, form: str | None) -> str | None:
    """Return the stage at which a commodity leaves its chain in a form; None where not told."""
    if len(commodity.stages) == 1:
        return commodity.stages[0].value
    stage = _FORM_STAGES.get(form or "")
    if stage in commodity.stages and stage is not None:
        return stage.value
    if stage is Stage.REFINING and Stage.PROCESSING in commodity.stages:
        return Stage.PROCESSING.value
    return None


@functools.cache
def symbols() -> Mapping[str, Commodity]:
    """Return chemical symbols and formulas -> commodity; case counts ("Co" is not "CO")."""
    kinds = (CommodityKind.ELEMENT, CommodityKind.COMPOUND)  # "C" alone is not graphite
    found: dict[str, Commodity] = {}
    for commodity in load_commodities().values():
        if commodity.symbol and commodity.kind in kinds:
            found.setdefault(commodity.symbol, commodity)
    return found


@functools.cache
def surfaces() -> Mapping[str, Content]:
    """Return lower-case name -> the commodity it stands for, forms of any language composed."""
    found: dict[str, Content] = {}
    names: list[tuple[str, Commodity]] = []
    for commodity in load_commodities().values():
        for form in commodity.forms:
            found.setdefault(form.text.casefold(), plain(commodity, form.id))
        for name in (commodity.name, commodity.id, *(a.text for a in commodity.aliases)):
            names.append((name.casefold(), commodity))
    foreign = [(name, load_commodities()[id_]) for name, id_ in material_names().items()]
    for name, commodity in (*names, *foreign):
        found.setdefault(name, plain(commodity))
    for name, commodity in names:
        for word, form_id in FORMS.items():
            found.setdefault(f"{name} {word}", plain(commodity, form_id))
    elements = [(n, c) for n, c in names if c.kind is CommodityKind.ELEMENT]
    for name, commodity in (*foreign, *elements):
        for written, form_id in _composed(name):
            found.setdefault(written, plain(commodity, form_id))
    return found


@functools.cache
def plain_names() -> frozenset[str]:
    """Return the lower-case names of materials and products without composed forms."""
    found = {*material_names(), *products()}
    for commodity in load_commodities().values():
        found.add(commodity.name.casefold())
        found.update(a.text.casefold() for a in commodity.surfaces)
    return frozenset(found)


def _composed(name: str) -> Iterator[tuple[str, str]]:
    """A name with the words of form of its language, whichever it is: others give no word."""
    if _WIDE.search(name):
        yield from ((f"{word}{name}", form) for word, form in _BEFORE_WIDE.items())
        yield from ((f"{name}{word}", form) for word, form in _AFTER_WIDE.items())
        return
    for word, form in _AFTER_GERMAN.items():
        for joint in ("", "-", " "):
            yield f"{name}{joint}{word}", form
    of = ("d'", "d’") if name[0] in "aeiouyéèh" else ("de ", "di ")
    for word, form in _BEFORE_ROMANCE.items():
        yield from ((f"{word} {joint}{name}", form) for joint in of)


_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_AFTER_GERMAN = {
    "oxid": "oxide",
    "carbonat": "carbonate",
    "karbonat": "carbonate",
    "hydroxid": "hydroxide",
    "sulfat": "sulphate",
    "konzentrat": "concentrate",
    "erz": "ore",
    "kathode": "cathode",
    "kathoden": "cathode",
    "pulver": "powder",
    "draht": "wire",
    "blech": "sheet",
    "folie": "foil",
    "barren": "ingot",
    "schrott": "scrap",
    "legierung": "alloy",
    "metall": "metal",
}
_BEFORE_ROMANCE = {
    "oxyde": "oxide",
    "óxido": "oxide",
    "ossido": "oxide",
    "carbonate": "carbonate",
    "carbonato": "carbonate",
    "hydroxyde": "hydroxide",
    "hidróxido": "hydroxide",
    "idrossido": "hydroxide",
    "sulfate": "sulphate",
    "sulfato": "sulphate",
    "solfato": "sulphate",
    "concentré": "concentrate",
    "concentrado": "concentrate",
    "concentrato": "concentrate",
    "minerai": "ore",
    "mineral": "ore",
    "poudre": "powder",
    "polvo": "powder",
    "polvere": "powder",
    "fil": "wire",
    "alambre": "wire",
    "feuille": "foil",
    "cathode": "cathode",
    "cathodes": "cathode",
    "cátodo": "cathode",
    "cátodos": "cathode",
    "lingot": "ingot",
    "lingote": "ingot",
}
_BEFORE_WIDE = {
    "酸化": "oxide",
    "氧化": "oxide",
    "산화": "oxide",
    "炭酸": "carbonate",
    "碳酸": "carbonate",
    "탄산": "carbonate",
    "水酸化": "hydroxide",
    "氢氧化": "hydroxide",
    "수산화": "hydroxide",
    "硫酸": "sulphate",
    "황산": "sulphate",
    "金属": "metal",
}
_AFTER_WIDE = {
    "精矿": "concentrate",
    "精鉱": "concentrate",
    "矿": "ore",
    "鉱石": "ore",
    "粉": "powder",
    "粉末": "powder",
    "線": "wire",
    "线": "wire",
    "箔": "foil",
    "地金": "metal",
    "合金": "alloy",
}


@functools.cache
def products() -> Mapping[str, str]:
    """Return lower-case name -> id of the product of the use rules."""
    found: dict[str, str] = dict(product_names())
    for product in load_use_products().values():
        for name in (product.name, product.id, *(a.text for a in product.aliases)):
            found.setdefault(name.casefold(), product.id)
    # What is traded under its own name holds what its rules say, however it is called.
    for id_, commodity in _SAME_AS.items():
        known = load_commodities()[commodity]
        for name in (known.name, known.id, *(a.text for a in known.aliases)):
            found.setdefault(name.casefold(), id_)
        for form in known.forms:
            found.setdefault(form.text.casefold(), id_)
    return found


@functools.cache
def held_by(product: str) -> tuple[Content, ...]:
    """Return what a product must or may hold, by its rules and those of what it is a kind of.

    The most particular rule counts: an LFP cell is a lithium-ion cell without nickel.
    """
    ruled: dict[str, Relation] = {}
    for at in line_of(product):
        for rule in load_uses():
            if rule.product == at:
                ruled.setdefault(rule.commodity, rule.relation)
    return tuple(
        Content(commodity, via=product, certain=relation is Relation.MUST)
        for commodity, relation in sorted(
            ruled.items(), key=lambda told: (told[1] is not Relation.MUST, told[0])
        )
        if relation is not Relation.NEVER
    )


def line_of(product: str) -> Iterable[str]:
    """Yield a product and what it is a kind of, up to the top."""
    at: str | None = product
    while at is not None:
        yield at
        at = load_use_products()[at].parent
