"""What a material's words stand for: a commodity, or a product with the commodities it holds.

Names come from the ontology's commodities and products; a name counts only where it is the whole
cell, but for words of form, grade and size ("dysprosium oxide 99.9 %", "NdFeB magnet N42SH"). What
else holds a name is left out with a suggestion: "tin can" and "lead screw" are no metal bought.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lodewire.analytics.holdings.cells import near_word
from lodewire.analytics.holdings.names import material_names
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
_FORMS = {
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
_NEUTRAL = frozenset(
    "high purity grade pure battery technical industrial commercial electrolytic primary refined "
    "raw crude sintered bonded anhydrous min max standard spec quality type lot pack packs module "
    "modules coated block blocks disc discs ring arc segment segments powdered granules "
    "pellets lumps lump flakes fine fines coarse mesh".split()
)
_SIZE = re.compile(
    r"(?:[<>≥≤~ø⌀]?\d[\d.,x×*/-]*(?:%|mm|cm|um|µm|m|in|kg|g|n|wh|kwh|ah|v)?"
    r"|[a-z]{0,3}\d+[a-z]{0,3})"
)
_CHEMISTRY = re.compile(r"\b(NMC|NCM|NCA)[- ]?\d{3}\b", re.I)
#: Words that name what a product is a kind of, and say nothing new beside it.
_KIN = {"li-ion": "li-ion-battery", "lithium-ion": "li-ion-battery", "battery": "battery",
        "batteries": "battery", "magnet": "ndfeb-magnet", "magnets": "ndfeb-magnet",
        "cell": "battery", "cells": "battery", "rechargeable": "battery"}  # fmt: skip
#: The commodity that a product is traded as.
_TRADED = {"li-ion-battery": "batteries", "ndfeb-magnet": "ndfeb-magnets",
           "smco-magnet": "smco-magnets", "ferrite-magnet": "ferrite-magnets"}  # fmt: skip
_WORD = re.compile(r"[^\s,;()/\[\]_]+")
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


@dataclass(frozen=True, slots=True)
class Resolved:
    """What words stand for; without ``contents`` the reason and what to write instead."""

    contents: tuple[Content, ...] = ()
    reason: str = ""
    suggestion: str = ""


def stage_called(words: str, commodity: str) -> str | None:
    """Return the stage that words name, where the commodity has it."""
    text = words.strip().casefold()
    stage = _BY_STAGE.get(text)
    if stage is None and text in tuple(Stage):
        stage = Stage(text)
    return stage.value if stage in load_commodities()[commodity].stages and stage else None


@functools.lru_cache(maxsize=65_536)
def resolve_material(words: str, *, suggest: bool = True) -> Resolved:
    """Return what ``words`` stand for; ``suggest`` looks for names alike, which takes a while."""
    text = " ".join(unicodedata.normalize("NFKC", words).split()).strip(" .,;:")
    found = _whole(text)
    if found:
        return Resolved(found)
    inside = _inside(text)
    if inside:
        kept, rest = inside
        if not rest:
            return Resolved(kept)
        names = ", ".join(dict.fromkeys(_shown(c) for c in kept if c.certain or not c.via))
        return Resolved(
            reason=f"{' '.join(rest)[:40]!r} beside a name of a material",
            suggestion=f"perhaps {names}: write that alone in the column of materials",
        )
    advice = _near(text) if suggest else ""
    return Resolved(reason="no commodity or product goes by these words", suggestion=advice)


def _whole(text: str) -> tuple[Content, ...]:
    symbols = _symbols()
    if text in symbols:
        return (_plain(symbols[text]),)
    key = text.casefold()
    return _contents_of(key)


def _contents_of(key: str) -> tuple[Content, ...]:
    own = _surfaces().get(key) or _surfaces().get(key.removesuffix("s"))
    product = _products().get(key) or _products().get(key + "s")
    found: tuple[Content, ...] = (own,) if own is not None else ()
    if product is not None:
        if own is None:
            traded = next((_TRADED[at] for at in _line_of(product) if at in _TRADED), None)
            own = _plain(load_commodities()[traded]) if traded else None
            found = (own,) if own is not None else ()
        held = _held_by(product)
        found += tuple(c for c in held if own is None or c.commodity != own.commodity)
    return found


def _inside(text: str) -> tuple[tuple[Content, ...], list[str]] | None:
    """The longest run of words that names something, and the rest but for form, grade and size."""
    words = _WORD.findall(_CHEMISTRY.sub(r"\1", text))
    first = _longest_run(words)
    if first is not None and not first[1]:
        return first
    told = [w for w in words if not _is_neutral(w)]
    return _longest_run(told) or first


def _longest_run(words: list[str]) -> tuple[tuple[Content, ...], list[str]] | None:
    for length in range(min(len(words), 6), 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            found = _whole(run) if length > 1 or len(run) > 2 or run in _symbols() else ()
            if found:
                rest = words[:start] + words[start + length :]
                return _with_form(found, rest)
    return None


def _with_form(
    found: tuple[Content, ...], rest: list[str]
) -> tuple[tuple[Content, ...], list[str]]:
    left: list[str] = []
    form: str | None = None
    first = found[0]
    lines = {at for c in found if c.via for at in _line_of(c.via)}
    for word in rest:
        bare = word.casefold().strip(".-:")
        if bare in _FORMS:
            form = form or _FORMS[bare]
        elif not (_is_neutral(word) or _KIN.get(bare) in lines):
            left.append(word)
    if form is not None and first.via is None and first.form is None:
        known = load_commodities()[first.commodity]
        found = (replace(first, form=form, stage=_stage_of(known, form)), *found[1:])
    return found, left


def _is_neutral(word: str) -> bool:
    """Tell whether a word is of grade or size alone."""
    parts = [p for p in re.split(r"[-:.]", word.casefold()) if p]
    whole = _SIZE.fullmatch(word.casefold()) is not None
    return (
        whole
        or not any(c.isalnum() for c in word)
        or all(p in _NEUTRAL or _SIZE.fullmatch(p) for p in parts)
    )


def _plain(commodity: Commodity, form: str | None = None) -> Content:
    return Content(commodity.id, form, _stage_of(commodity, form))


def _stage_of(commodity: Commodity, form: str | None) -> str | None:
    if len(commodity.stages) == 1:
        return commodity.stages[0].value
    stage = _FORM_STAGES.get(form or "")
    if stage in commodity.stages and stage is not None:
        return stage.value
    if stage is Stage.REFINING and Stage.PROCESSING in commodity.stages:
        return Stage.PROCESSING.value
    return None


@functools.cache
def _symbols() -> Mapping[str, Commodity]:
    found: dict[str, Commodity] = {}
    for commodity in load_commodities().values():
        if commodity.symbol and commodity.kind is CommodityKind.ELEMENT:  # "C" is not graphite
            found.setdefault(commodity.symbol, commodity)
    return found


@functools.cache
def _surfaces() -> Mapping[str, Content]:
    found: dict[str, Content] = {}
    for commodity in load_commodities().values():
        named = [commodity.name, commodity.id, *(a.text for a in commodity.aliases)]
        for form in commodity.forms:
            found.setdefault(form.text.casefold(), _plain(commodity, form.id))
        for name in named:
            found.setdefault(name.casefold(), _plain(commodity))
            for word, form_id in _FORMS.items():
                found.setdefault(f"{name} {word}".casefold(), _plain(commodity, form_id))
    for name, id_ in material_names().items():
        found.setdefault(name, _plain(load_commodities()[id_]))
    return found


@functools.cache
def _products() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for product in load_use_products().values():
        for name in (product.name, product.id, *(a.text for a in product.aliases)):
            found.setdefault(name.casefold(), product.id)
    return found


@functools.cache
def _held_by(product: str) -> tuple[Content, ...]:
    """What a product must or may hold, by its own rules and those of what it is a kind of.

    The most particular rule counts: an LFP cell is a lithium-ion cell without nickel.
    """
    ruled: dict[str, Relation] = {}
    for at in _line_of(product):
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


def _line_of(product: str) -> Iterable[str]:
    at: str | None = product
    while at is not None:
        yield at
        at = load_use_products()[at].parent


def _shown(content: Content) -> str:
    return repr(content.via or load_commodities()[content.commodity].name)


def _near(text: str) -> str:
    near = near_word(text, {**_surfaces(), **_products()}, 0.8)
    if near:
        return f"did you mean {near}?"
    return "write the material's English name, or that of the product"
