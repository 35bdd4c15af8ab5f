"""Material and use: a product said to hold a commodity that it never holds.

The rules come from the ontology, each with component, chemistry, exceptions and source. A check
queries the editor and never rewrites.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lodewire.errors import OntologyError
from lodewire.extraction.checks.scene import Scene
from lodewire.extraction.checks.use_words import is_said
from lodewire.model.check import Check
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import CheckKind, Verdict
from lodewire.ontology.commodities import CommodityKind, load_commodities
from lodewire.ontology.uses import Relation, UseRule, load_use_products, rules_for

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_PRODUCTS = frozenset({CommodityKind.PRODUCT, CommodityKind.ENERGY})
# Magnets sit in motors and generators; no battery holds one.
_MAGNETS = re.compile(
    r"\bmagnets?(?:,? (?:that|which))?(?: (?:are|is|were))? ?"
    r"(?:used|found|needed|placed|contained|built)? ?(?:in|inside|into) (?:(?:the|their|its|these|"
    r"electric|vehicle|car|cars?['’]|vehicles?['’]|EV|lithium-ion|Li-ion|lithium|rechargeable|"
    r"and) ){0,3}batter(?:y|ies)\b"
    r"(?![ -](?:plant|factor|supply|maker|storage)\w*)",
    re.I,
)


@cache
def _products() -> tuple[AhoCorasick, tuple[str, ...], tuple[bool, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    surfaces: dict[str, tuple[str, bool]] = {}
    for product in load_use_products().values():
        for written, unsure in [
            (product.name, False),
            *((alias.text, alias.ambiguous) for alias in product.aliases),
        ]:
            surfaces.setdefault(written.lower(), (product.id, unsure))
    words = tuple(surfaces)
    scanner = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
    return scanner, tuple(surfaces[w][0] for w in words), tuple(surfaces[w][1] for w in words)


def check_material_use(scene: Scene) -> list[Check]:
    """Return queries on products said to hold what they never hold."""
    found, seen = _magnets_in_batteries(scene), set[str]()
    commodities = scene.commodities()
    if not commodities:
        return found
    places = [m.span for m in commodities if _is_material(m.entity)]
    for product, place in _products_in(scene):
        for mention in commodities:
            rule = _broken_rule(product, mention)
            if rule is None or rule.id in seen:
                continue
            if not is_said(scene, mention.span, place, places, rule.exceptions):
                continue
            seen.add(rule.id)
            found.append(_query(scene, rule, mention, place))
    return found


def _products_in(scene: Scene) -> list[tuple[str, Span]]:
    scanner, ids, unsure = _products()
    text = scene.text
    low = text.lower()
    if len(low) != len(text):
        return []
    found = []
    for index, start, end in scanner.find_matches_as_indexes(low):
        if unsure[index] or (start and low[start - 1].isalnum()):
            continue
        if end < len(low) and low[end].isalnum():
            continue
        found.append((ids[index], Span(start, end).shift(scene.span.start)))
    return found


def _broken_rule(product: str, mention: Mention) -> UseRule | None:
    """Return the rule that forbids the pair; the most particular rule decides."""
    try:
        rules = rules_for(product, mention.entity)
    except OntologyError:
        return None  # a commodity that the ontology does not hold has no rules
    return rules[0] if rules and rules[0].relation is Relation.NEVER else None


def _is_material(commodity: str) -> bool:
    """Tell whether a commodity is what products are made of, and not itself a product."""
    known = load_commodities().get(commodity)
    return known is not None and known.kind not in _PRODUCTS


def _magnets_in_batteries(scene: Scene) -> list[Check]:
    """Query magnets said to sit in batteries."""
    text = scene.text
    match = _MAGNETS.search(text) if "magnet" in text.lower() else None
    if match is None or re.search(r"\b(?:not?|never|myth|hydride)\b|n['’]t\b", text, re.I):
        return []
    span = Span(*match.span()).shift(scene.span.start)
    detail = "magnets sit in motors and generators and not in batteries (source: doe-magnets)"
    return [scene.check(CheckKind.MATERIAL_USE, Verdict.QUERY, (span,), detail, "battery-magnets")]


def _query(scene: Scene, rule: UseRule, mention: Mention, product: Span) -> Check:
    spans = tuple(sorted((mention.span, product)))
    source = ", ".join(rule.sources)
    detail = f"{rule.note} (source: {source})"
    return scene.check(CheckKind.MATERIAL_USE, Verdict.QUERY, spans, detail, rule.id)
