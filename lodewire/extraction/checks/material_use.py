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
from lodewire.model.check import Check
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import CheckKind, Verdict
from lodewire.ontology.uses import Relation, UseRule, load_use_products, rules_for

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_LINK = re.compile(
    r"\b(?:use[ds]?|using|usage|need(?:s|ed|ing)?|requir(?:e|es|ed|ing)|essential|vital|crucial|"
    r"critical|key|necessary|indispensable"
    r"|go(?:es)? into|ingredients?|components?|contain(?:s|ed|ing)?|made (?:of|from|with|out of)|"
    r"consist(?:s|ing)? of|based on"
    r"|rel(?:y|ies) on|depend(?:s|ent)? on|found in|materials? (?:for|in|of)|production of|"
    r"manufactur\w+|raw materials?|power(?:s|ing)?"
    r"|for (?:making|producing|building))\b",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|without|free of|free from|instead of|rather than|unlike|neither|nor|n't|"
    r"replac\w+|alternative|substitut\w+|eliminat\w+|-free"
    r"|except|other than|avoid\w*|less)\b|n['’]t\b|-free\b",
    re.I,
)
_PAIR = re.compile(r"\b(?:and|or|as well as|along with|,)\b")
_REACH = 90
_AROUND = 160


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
    commodities = scene.commodities()
    if not commodities:
        return []
    found, seen = [], set[str]()
    for product, place in _products_in(scene):
        for mention in commodities:
            rule = _broken_rule(product, mention)
            if rule is None or rule.id in seen or not _is_said(scene, mention.span, place):
                continue
            if _is_excepted(scene, rule, mention.span, place):
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


def _is_said(scene: Scene, commodity: Span, product: Span) -> bool:
    """Tell whether the words between claim that the product holds or needs the commodity."""
    if commodity.overlaps(product):
        return False
    first, second = sorted((commodity, product))
    between = scene.document.text[first.end : second.start]
    if len(between) > _REACH or _DENIED.search(between) or _LINK.search(between) is None:
        return False
    before = scene.document.text[max(scene.span.start, first.start - 24) : first.start]
    return _DENIED.search(before) is None


def _is_excepted(scene: Scene, rule: UseRule, commodity: Span, product: Span) -> bool:
    first, second = sorted((commodity, product))
    text = scene.document.text
    around = text[max(0, first.start - _AROUND) : second.end + _AROUND].lower()
    return any(re.search(rf"\b{re.escape(word.lower())}\b", around) for word in rule.exceptions)


def _query(scene: Scene, rule: UseRule, mention: Mention, product: Span) -> Check:
    spans = tuple(sorted((mention.span, product)))
    source = ", ".join(rule.sources)
    detail = f"{rule.note} (source: {source})"
    return scene.check(CheckKind.MATERIAL_USE, Verdict.QUERY, spans, detail, rule.id)
