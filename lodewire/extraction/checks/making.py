"""Steps of making mixed up: mined and refined, ore and metal, alloy and magnet.

A magnet is never mined, bauxite is refined and only its alumina smelted, and a country's share of
what is refined is not its share of what is mined. Shares are held against the production tables of
the reference data; every verdict queries the editor.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from lodewire.extraction.checks.precision import show
from lodewire.extraction.checks.scene import Scene
from lodewire.extraction.grammar.rare import rare
from lodewire.model.check import Check
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, MentionType, QuantityKind, Verdict
from lodewire.reference.production import load_production

_MADE = (
    r"(?:magnets?|alloys?|cathodes?|anodes?|steel|alumina|alumini?um|pig iron|ferro\w+|polysilicon|"
    r"wafers?|ingots?|billets?|sponge|mischmetal|(?:lithium|cobalt) hydroxide|"
    r"lithium carbonate|nickel sul(?:ph|f)ate)"
)
# What ends the name of a product: "mined alloy for knives", and not "mined magnet metals".
_ENDS = (
    r"(?=[.;:)]|,(?! \w+ (?:and|or)\b)|$| (?:a|the|last|this|in|at|from|for|with|is|was|were|are|"
    r"near|by|on|per|each|every|during|since|within|after|until|while|when)\b)"
)
_WORDS = (
    r"(?:(?:\d[\d.,]*|(?!(?:and|or|to|for|into|from|in|at|by|which|that|used|needed|made|with|ores?|"
    r"concentrates?)\b)[\w%-]+) ){0,5}?"
)
_MADE_MINED = rare(
    rf"\b(?:mines|mined|mining of|(?:starte?d?s?|begins?|began|is|are|was|were|stopped) mining|"
    rf"digs up|dug up) {_WORDS}{_MADE}{_ENDS}|"
    r"\b(?:magnets?|alloy|cathode|alumina|alumini?um|polysilicon) (?:mine|mines)\b|"
    rf"(?<!\bfor )(?<!\bof )(?<!\bin )(?<!\binto )(?<!\bto )\b{_MADE} (?:is|are|was|were) "
    r"(?:\w+ ){0,2}(?:mined|dug up)\b",
    re.I,
)
_ORE_SMELTED = rare(
    rf"\b(?:smelt(?:s|ed|ing)?(?: of)? {_WORDS}(?:bauxite|spodumene|brine)\b{_ENDS}|"
    r"bauxite smelters?\b|(?<!\bfrom )bauxite (?:is|was|are|were) (?:\w+ ){0,2}smelted\b)",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|rather than|instead of|myth|neither|without|nor|data|crypto\w*|bitcoins?|"
    r"scrap|recycl\w*|urban|landfills?)\b|n['’]t\b",
    re.I,
)
_MINED = (
    r"(?:mines|mined|mining|extracts|extracted|digs up|dug up)",
    r"(?:mined|mine|mining)",
)
_REFINED = (
    r"(?:refines|refined|refining|smelts|smelted|smelting|processes|processed|processing)",
    r"(?:refined|refining|refinery|smelter|smelting|smelted|processed|processing)",
)
_WORLD = r"(?:the )?(?:world|global|world['’]s|worldwide|planet['’]s)"
_SUBJECT = r"(?:, which)? (?:now |already |alone |still |also )?"
_HOLDS = r"(?:account(?:s|ed) for|has|holds|makes up|controls|produces|supplies)"
_ABOUT = r"(?:about|some|around|roughly|over|nearly|almost|more than|up to|at least|an estimated)"
_OTHER_TIME = re.compile(
    r"\b(?:1[89]\d\d|200\d|201\d|202[01]|20[3-9]\d|by 20\d\d|once|then|used to|decades?|will|"
    r"would|could|may|might|if|aims?|plans?|targets?|forecast\w*|expect\w*|had|ago|until|grow\w*|rise|"
    r"rose|from)\b",
    re.I,
)
# Two sources may count unlike things: 61 and 69 % of one year are both in print.
_LEEWAY = Decimal(15)
_WHOLE = Decimal(100)
_TO_PERCENT = {QuantityKind.PERCENT: Decimal(1), QuantityKind.FACTOR: _WHOLE}  # "two-thirds of"
_SMELTED = frozenset({"refining", "smelting", "metal"})


class _Share(NamedTuple):
    """A country's share of the world in per cent, in one year of one vintage."""

    year: int
    percent: Decimal
    source: str


def check_making(scene: Scene) -> list[Check]:
    """Return queries on words and shares of a sentence that belong to another step of making."""
    found = []
    for pattern, told, rule in (
        (
            _MADE_MINED,
            "this is made in a plant and not mined; its ore is mined",
            "made_called_mined",
        ),
        (
            _ORE_SMELTED,
            "this is refined to oxide or salt; only what comes of that is smelted, if at all",
            "refined_called_smelted",
        ),
    ):
        match = pattern.search(scene.text)
        if match is not None and not _DENIED.search(scene.text):
            span = Span(*match.span()).shift(scene.span.start)
            found.append(scene.check(CheckKind.STAGE, Verdict.QUERY, (span,), told, rule))
    for quantity in scene.quantities:
        check = _check_share(scene, quantity)
        if check is not None:
            found.append(check)
    return found


def _check_share(scene: Scene, quantity: Quantity) -> Check | None:
    """Query a share of the world that is far from the published one of the step it names."""
    scale = _TO_PERCENT.get(quantity.kind)
    if scale is None or _OTHER_TIME.search(scene.text):
        return None
    country = _last(scene, MentionType.COUNTRY, quantity)
    after = scene.after(quantity, 80)
    commodity = _first_after(scene, quantity)
    if country is None or commodity is None:
        return None
    between = scene.document.text[country.span.end : quantity.span.start]
    name = re.escape(commodity.span.of(scene.document.text))
    mined = _tells(between, after, name, _MINED)
    if mined == _tells(between, after, name, _REFINED):
        return None
    shares = _shares(commodity.entity, country.entity, mined=mined)
    low, high = (bound * scale for bound in quantity.bounds)
    if (
        not shares
        or high > _WHOLE
        or any(low - _LEEWAY < s.percent < high + _LEEWAY for s in shares)
    ):
        return None
    last = max(shares)
    step = "mined" if mined else "refined"
    detail = (
        f"{show(last.percent)} % of the world's {commodity.name.lower()} was {step} there in "
        f"{last.year} (source: {last.source}); is another step, or another country, meant?"
    )
    spans = (country.span, quantity.span)
    rule = "share_of_mining" if mined else "share_of_refining"
    return scene.check(CheckKind.STAGE, Verdict.QUERY, spans, detail, rule)


def _tells(between: str, after: str, name: str, verbs: tuple[str, str]) -> bool:
    """Tell "mines 78% of the world's cobalt" or "holds 78% of global mined cobalt" for a step."""
    active, noun = verbs
    if re.fullmatch(rf"{_SUBJECT}{active} (?:{_ABOUT} )?", between, re.I):
        of_world = rf" of {_WORLD} (?:(?:supply|supplies|output|production) of )?{name}\b"
        return re.match(rf"{of_world}(?! (?:in|at|from|for)\b)", after, re.I) is not None
    if not re.fullmatch(rf"{_SUBJECT}{_HOLDS} (?:{_ABOUT} )?", between, re.I):
        return False
    told = rf" of {_WORLD} (?:{noun} {name}|{name} {noun}|{noun} (?:output|supply) of {name})\b"
    return re.match(told, after, re.I) is not None


def _last(scene: Scene, kind: MentionType, quantity: Quantity) -> Mention | None:
    before = [m for m in scene.mentions if m.type is kind and m.span.end <= quantity.span.start]
    return before[-1] if before else None


def _first_after(scene: Scene, quantity: Quantity) -> Mention | None:
    after = [m for m in scene.commodities() if m.span.start >= quantity.span.end]
    return after[0] if after else None


def _shares(commodity: str, country: str, *, mined: bool) -> list[_Share]:
    """Return a country's shares of a step in every year and vintage; a country not listed has none.

    A step that the tables lack gives nothing, and so does a country under "other countries".
    """
    tables: dict[tuple[int, str], dict[str, Decimal]] = {}
    for figure in load_production():
        if figure.commodity != commodity or (figure.stage == "mining") is not mined:
            continue
        if (mined or figure.stage in _SMELTED) and figure.value is not None:
            key = (figure.year, f"{figure.source}, {figure.vintage}")
            tables.setdefault(key, {})[figure.country] = figure.value
    return [
        _Share(year, row[country] / row["WORLD"] * 100, source)
        for (year, source), row in sorted(tables.items())
        if country in row and row.get("WORLD")
    ]
