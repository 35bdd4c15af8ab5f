"""Stages mixed up: resource and reserve, quota and output, exploration and supply, steps."""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.checks.making import check_making
from lodewire.extraction.checks.precision import show
from lodewire.extraction.checks.scene import Scene
from lodewire.extraction.grammar.rare import rare
from lodewire.model.check import Check
from lodewire.model.event import EventMention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, EventType, Modality, QuantityKind, Verdict
from lodewire.ontology.units import convert

_RESOURCE_AS_RESERVE = rare(
    r"\b(?:inferred|indicated|measured)(?:(?:,| and| or|, and) (?:inferred|indicated|measured))*"
    r" (?:mineral |ore )?reserves?\b",
    re.I,
)
_RESERVE_AS_RESOURCE = rare(
    r"\b(?:proven|proved|probable)(?: and (?:proven|proved|probable))? (?:mineral |ore "
    r")?resources?\b",
    re.I,
)
_QUOTA = re.compile(
    r"\b(?:quotas?|control targets?|output caps?|production caps?|ceilings?)\b", re.I
)
_OUTPUT = re.compile(
    r"\b(?:produced|mined|output (?:was|reached|came|totall?ed|rose|fell|stood)|"
    r"production (?:was|reached|came|totall?ed|rose|fell|stood))\b",
    re.I,
)
_QUOTA_FILLED = re.compile(
    r"\b(?:within|under|below|above|against|exceed\w*|over|beyond|fill\w*|"
    r"met|meet\w*|of) (?:the|its|their|a|this|that|an)? ?(?:\w+ ){0,2}"
    r"(?:quota|cap|ceiling|target)",
    re.I,
)
_EXPLORING = re.compile(
    r"\b(?:explor(?:e|es|ed|ing|ation)|prospect(?:ing|s)?|earn[- ]in|drill"
    r"(?:ing)? (?:program|programme|campaign))\b",
    re.I,
)
_SUPPLYING = re.compile(
    r"\b(?:suppl(?:y|ies|ied|ying)|off-?take|deliver(?:y|ies|ed|ing|s)?|buy|bought|purchas\w*|sell|"
    r"sold|sales|tolling|feed|feedstock|ship(?:ped|ments?)?)\b",
    re.I,
)
_WORLD = re.compile(
    r"\b(?:world|global|worldwide|national|country|countries|China|Brazil|"
    r"Vietnam)\b",
    re.I,
)
_OXIDES = frozenset({"TREO", "REO", "HREO", "MREO"})
_RARE_EARTHS = re.compile(
    r"(?:contained |total |heavy |light )*rare[- ]earths?(?: oxides?| elements?)?(?: equivalent)?|"
    r"[TH]?REOs?",
    re.I,
)
_GRADED = re.compile(
    r"^[\w \u2019'(),-]{0,40}?\b(?:at (?=[0-9]|an? )|grading\b|averaging\b|ore\b|mineral)", re.I
)
_MOST_OXIDE = Decimal(30_000_000)


def check_stage(scene: Scene) -> list[Check]:
    """Return queries on words that put a project or a figure at the wrong stage."""
    found = [*_check_categories(scene), *_check_oxides(scene), *check_making(scene)]
    for event in scene.events:
        check = _check_quota(scene, event) or _check_exploration(scene, event)
        if check is not None:
            found.append(check)
    return found


def _check_categories(scene: Scene) -> list[Check]:
    found = []
    for pattern, told, rule in (
        (
            _RESOURCE_AS_RESERVE,
            "inferred, indicated and measured are categories of resources; reserves are proved or "
            "probable (CRIRSCO template)",
            "resource_called_reserve",
        ),
        (
            _RESERVE_AS_RESOURCE,
            "proved and probable are categories of reserves; resources are inferred, indicated or "
            "measured (CRIRSCO template)",
            "reserve_called_resource",
        ),
    ):
        for match in pattern.finditer(scene.text):
            span = Span(*match.span()).shift(scene.span.start)
            found.append(scene.check(CheckKind.STAGE, Verdict.QUERY, (span,), told, rule))
    return found


def _check_oxides(scene: Scene) -> list[Check]:
    """Query tens of millions of tonnes of rare earth oxide: that is the tonnage of ore."""
    found = []
    for quantity in scene.quantities:
        if quantity.kind is not QuantityKind.MASS or not _is_oxide(scene, quantity):
            continue
        if quantity.unit is None or _WORLD.search(scene.text):
            continue
        tonnes = convert(quantity.bounds[0], quantity.unit, "t")
        if tonnes < _MOST_OXIDE:
            continue
        detail = (
            f"{show(tonnes)} t of rare earth oxide is more than any one deposit holds; "
            "is it the tonnage of ore?"
        )
        spans = (quantity.span,)
        found.append(scene.check(CheckKind.STAGE, Verdict.QUERY, spans, detail, "ore_called_oxide"))
    return found


def _is_oxide(scene: Scene, quantity: Quantity) -> bool:
    """Tell whether a mass is of rare earth oxide by its words, and not of ore at a grade."""
    if _GRADED.match(scene.after(quantity, 60)):
        return False
    named = quantity.substance.of(scene.document.text) if quantity.substance else ""
    return quantity.basis in _OXIDES or _RARE_EARTHS.fullmatch(named) is not None


def _check_quota(scene: Scene, event: EventMention) -> Check | None:
    """Query a production report whose volume the sentence calls a quota."""
    if event.type is not EventType.PRODUCTION_REPORT or event.modality is not Modality.ASSERTED:
        return None
    for volume in event.of("volume"):
        if not scene.span.covers(volume.span):
            continue
        before = scene.document.text[scene.span.start : volume.span.start]
        quotas = list(_QUOTA.finditer(before))
        if not quotas or _QUOTA_FILLED.search(before):
            continue
        if _OUTPUT.search(before, quotas[-1].end()):
            continue  # "under the quota, China produced 105,000 tonnes"
        start = scene.span.start + quotas[-1].start()
        spans = (Span(start, scene.span.start + quotas[-1].end()), volume.span)
        detail = "a quota is a permission, not output"
        return scene.check(CheckKind.STAGE, Verdict.QUERY, spans, detail, "quota_called_output")
    return None


def _check_exploration(scene: Scene, event: EventMention) -> Check | None:
    """Query a supply agreement where the sentence speaks of exploration alone."""
    if event.type is not EventType.SUPPLY_AGREEMENT:
        return None
    exploring = _EXPLORING.search(scene.text)
    if exploring is None or _SUPPLYING.search(scene.text):
        return None
    span = Span(*exploring.span()).shift(scene.span.start)
    spans = tuple(sorted({span, event.trigger}))
    detail = "the sentence speaks of exploration; exploration is not supply"
    return scene.check(CheckKind.STAGE, Verdict.QUERY, spans, detail, "exploration_called_supply")
