"""Rules on exports told in other words than export and ban: by the frontier, the cargo, the licence.

"closed its frontier to raw ore", "put gallium under licence", "shipments had been frozen since
February", "exporters may send no more than 18,125 tonnes". Words that say nothing of exports count
only in a text that is about a rule on exports anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Analysis, Sentence
from lodewire.extraction.grammar.rare import rare
from lodewire.extraction.grammar.sieve import any_of, sought
from lodewire.model.evidence import Span

_LICENCE = r"(?:licen[cs](?:e|es|ing)|permits?|prior approval|export controls?|controls)"
_OUT = r"(?:export|ship|sell|send|deliver)"
_AWAY = r"(?:abroad|overseas|out of the country|to foreign \w+|to [A-Z]\w+)"
_CARGO = r"(?:shipments?|exports?|cargo(?:es)?|deliver(?:y|ies)|departures|outflows?|sales)"
_NOUN = (
    r"(?:bans?|halts?|freeze|embargo|prohibition|moratorium|suspension|controls?|curbs?|"
    r"restrictions|limits|regime|licensing rules)"
)
_STOPPED = r"(?:frozen|halted|stopped|suspended|blocked|banned|barred|prohibited|on hold|cut off)"
_BE = r"(?:had been|have been|has been|were|was|are|is|remain\w*|being|stay\w*)"

# Plain in any text.
_PLAIN: tuple[tuple[str, str], ...] = (
    (
        "lifting",
        rf"\b(?:let|lets|letting|allow\w*|permit(?:s|ted|ting)?|authori[sz]\w+|clear(?:s|ed)?)\s(?:[\w.&’'-]+\s){{1,5}}?"
        rf"(?:to\s)?(?:again\s|once more\s)?(?:resum\w+\s(?:[\w-]+\s){{0,4}}(?:sales|shipments|exports|deliveries)|"
        rf"{_OUT}\s(?:[\w-]+\s){{1,6}}?{_AWAY})\b"
        rf"|\b(?:may|can)\s(?:now|again|once more)\s(?:again\s)?be\s(?:exported|shipped|sold abroad)\b"
        rf"|\b(?:re-?open\w*)\s(?:its|the)\s(?:frontiers?|borders?|ports?)\s(?:to|for)\b",
    ),
    (
        "lifting",
        r"\b(?:ban|curbs|controls|restrictions)\son\s(?:[\w-]+\s){1,6}?(?:sales|exports|shipments)\s(?:to [^.;,]{2,25}\s)?"
        r"(?:is|are|has been|have been|was|were)\s(?:on hold|suspended|lifted|paused|shelved)\b",
    ),
    (
        "quota",
        r"\b(?:may|can|could)\s(?:[\w-]+\s){0,4}(?:export|ship|sell)\s(?:up to\s|only\s)?\d[\d.,]*\s?(?:million\s)?(?:tonnes|tons|t)\b|"
        rf"\b(?:export|ship|send|sell)(?:ing)?\s(?:no more than|at most|a maximum of|not more than)\s"
        rf"|\b(?:ceilings?|caps?|limits?|quotas?)\s(?:of [^.;]{{3,30}}\s)?(?:on|for)\s(?:[\w-]+\s){{0,4}}{_CARGO}\b",
    ),
    (
        "licensing",
        r"\b(?:buyers|importers|users|customers|shippers|sellers|exporters)\b[^.;]{0,45}?\b(?:need\w*|must (?:get|have|obtain|seek)|requir\w+)\s"
        r"(?:an?\s)?(?:\w+\s)?licen[cs]\w+\b|"
        rf"\b(?:put|puts|putting|placed?|places|brought|brings?|moved?)\s(?:[^\s.;]+\s){{1,16}}?under\s(?:[\w-]+\s){{0,2}}{_LICENCE}\b"
        rf"|\b(?:put|puts|impos\w+|slap\w*|introduc\w+)\s(?:[\w-]+\s){{0,3}}licen[cs]\w+\s(?:[\w-]+\s){{0,2}}(?:on|for)\b"
        rf"|\b{_LICENCE}\s(?:will be|is|are|would be|was|were|has been|became|becomes)\s(?:now\s)?(?:needed|required|necessary|"
        rf"compulsory|mandatory|imposed)\s(?:[\w-]+\s){{0,3}}?(?:to {_OUT}|for (?:[\w-]+\s){{0,3}}{_CARGO})\b"
        rf"|\b(?:need\w*|requir\w+|must (?:have|get|obtain|seek))\s(?:[\w-]+\s){{0,3}}{_LICENCE}\s(?:before\s\w+ing|to {_OUT}|for)\b"
        rf"(?=[^.;]{{0,60}}\b(?:{_CARGO}|{_OUT}|sold|shipped|{_AWAY})\b)"
        rf"|\b(?:licen[cs]e|licen[cs]ing)\s(?:the\s)?(?:exports?|shipments|foreign sales)\b"
        rf"|\b(?:rules?|controls?|curbs?|restrictions?)\s(?:on|for|over)\s(?:foreign|overseas|outbound)\s(?:sales?|shipments?|deliver\w+)\b",
    ),
    (
        "ban",
        r"\b(?:not a|not one|no)\s(?:[\w-]+\s){1,6}?(?:shall|may|will|can)\s(?:leave|be (?:exported|shipped))\b"
        r"|\b(?:end(?:s|ed)?|halt(?:s|ed)?|stopp?(?:s|ed)?|ceas(?:es|ed))\s(?:all\s)?sales of\s(?:[\w-]+\s){1,5}to\s(?:the\s)?[A-Z]"
        rf"|\b(?:clos|shut)\w*\s(?:its|the)\s(?:frontiers?|borders?|ports?|doors?)\s(?:to|for)\s"
        rf"|\b(?:forb\w+|ban\w*|bar(?:s|red|ring)?|prohibit\w*|block\w*|stop\w*|prevent\w*|keep\w*)\s(?:[^\s.;]+\s){{1,7}}?from\s"
        rf"(?:leaving|being (?:exported|shipped|sold abroad)|going abroad|exporting|(?:selling|shipping|sending)\s(?:[\w-]+\s){{1,6}}?{_AWAY})\b"
        rf"|\b(?:stop\w*|halt\w*|end\w*|ceas\w+)\s(?:sending|shipping|selling)\s(?:[\w-]+\s){{1,6}}?{_AWAY}"
        rf"|\b(?:bar(?:s|red)|ban(?:s|ned)|forb\w+|outlaw\w*|halt\w*|stop\w*|block\w*)\s(?:the\s)?(?:overseas|foreign)\s(?:sales?|shipments?)\b",
    ),
)
# Only where the text is about a rule on exports.
_BOUND: tuple[tuple[str, str], ...] = (
    (
        "lifting",
        rf"\b(?:lift\w*|end(?:s|ed|ing)?|eas\w+|remov\w+|scrap\w*|relax\w*|drop\w*|revers\w+|suspend\w*|paus\w+)\s"
        rf"(?:the|its|their|that|those|all)\s(?:[\w-]+\s){{0,2}}{_NOUN}\b"
        rf"|\b{_NOUN}\s(?:[\w-]+\s){{0,3}}?{_BE}\s(?:\w+\s)?(?:lifted|eased|removed|scrapped|dropped|paused|relaxed)\b"
        rf"|\breopen(?:s|ed|ing)?\s(?:it|them|the \w+)\b|\bresum(?:e|es|ed|ing)\s(?:[\w-]+\s){{0,3}}{_CARGO}\b"
        rf"|\b(?:again|once more)\s(?:clear|release|allow|let|permit)\s|\blet\s(?:[\w-]+\s){{1,3}}be sold\b",
    ),
    (
        "quota",
        r"\b(?:is|are|as) the limit for\b|\blimit(?:ed|s)? (?:[\w-]+\s){0,4}to\s(?=\d)",
    ),
    (
        "licensing",
        r"\b(?:extend\w*|widen\w*|expand\w*|tighten\w*|toughen\w*|rewr[io]te\w*|revis\w+|updat\w+|broaden\w*|issu\w+|"
        r"impos\w+|announc\w+|introduc\w+)\s(?:the|its|their|new|these)\s(?:[\w-]+\s){0,3}(?:regime|controls|curbs|restrictions|list|licensing rules)\b"
        r"|\b(?:licensing|control)\s(?:regime|rules?|system)\b|\btier(?:ed)? (?:system|regime)\b",
    ),
    (
        "ban",
        rf"\b{_CARGO}\s(?:[\w-]+\s){{0,6}}?{_BE}\s(?:\w+ly\s)?{_STOPPED}\b"
        rf"|\b(?:stop(?:s|ped)?|halt(?:s|ed)?|block(?:s|ed)?|froze|freezes?|suspend(?:s|ed)?|bar(?:s|red)?)\s"
        rf"(?:all\s|its\s|their\s|the\s|any\s|such\s){{0,2}}(?:[\w-]+\s){{0,2}}{_CARGO}\b"
        rf"|\b(?:has|have|had) been banned since\b|\bdried up\b"
        rf"|\b(?:a|an|complete|total|full|outright|temporary|\w+-month|original|blanket)\s(?:ban|halt|freeze|embargo|prohibition)\b",
    ),
)
_PLAIN_RE = tuple((a, sought(p, re.IGNORECASE)) for a, p in _PLAIN)
_BOUND_RE = tuple((a, sought(p, re.IGNORECASE)) for a, p in _BOUND)
_CUES = any_of(
    (
        "licen",
        "permit",
        "control",
        "frontier",
        "border",
        "port",
        "cargo",
        "shipment",
        "export",
        "sales",
        "ban",
        "curb",
        "abroad",
        "overseas",
        "leav",
        "regime",
        "quota",
        "limit",
        "resum",
        "sold",
        "dried up",
        "approval",
        "reopen",
        "tier",
        "clear",
        "no more than",
        "at most",
        "cap",
        "ceiling",
        "list",
        "selling",
        "prior",
        "freeze",
        "halt",
        "embargo",
        "lift",
    )
)
_TOPIC = rare(
    r"\bexport(?:s|ing)?\s(?:[\w-]+\s)?(?:bans?|curbs?|controls?|restrictions?|quotas?|licen[cs]\w+|halt|freeze|embargo|"
    r"suspension|limits?|rules|allocations?)\b|"
    r"\b(?:ban|curbs?|controls?|restrictions?|quotas?|limits?|prohibition|moratorium|licen[cs]\w+|halt)\s(?:on|of|to|for)\s"
    r"(?:[\w-]+\s){0,4}(?:exports?|shipments|overseas sales|foreign sales)\b|"
    r"\b(?:bann?\w*|restrict\w*|halt\w*|stopp\w*|suspend\w*|block\w*|licen[cs]e|curb\w*)\s(?:[\w-]+\s){0,4}(?:exports?|shipments|cargoes)\b|"
    r"\bexports?\s(?:[\w-]+\s){0,5}(?:banned|halted|suspended|restricted|stopped|frozen|capped)\b|"
    r"\b(?:exporters?|exports?|shipments?|cargoes|sell abroad)\b[^.;]{0,80}\b(?:quotas?|bans?|banned|licen[cs]\w+|curbs?|"
    r"embargo|frozen|blocked|no more than)\b|"
    r"\b(?:quotas?|bans?|banned|curbs?|embargo|froze|blocked)\b[^.;]{0,60}\b(?:exports?|exporters?|shipments?|cargoes)\b",
    re.IGNORECASE,
)
# Rules of other kinds, or nobody's rule.
_OTHER = sought(
    r"\b(?:imports?|imported|tariffs?|sanction\w*|strikes?|storm|flood\w*|cyclone|fire|accident|"
    r"mudslide|derail\w+|force majeure|entity list|smok\w+|drones?|attack\w*|earthquake)\b",
    re.IGNORECASE,
)


def triggers(sentence: Sentence) -> Iterator[tuple[str, Span, bool]]:
    """Yield action, words and whether they need the text's subject, plain words first."""
    if not sentence.may_hold(_CUES):
        return
    for action, pattern in _PLAIN_RE:
        for match in sentence.locate_all(pattern):
            yield action, Span(match.start(), match.end()), False
    if not is_topic(sentence.analysis) or sentence.find(_OTHER):
        return
    for action, pattern in _BOUND_RE:
        for match in sentence.locate_all(pattern):
            yield action, Span(match.start(), match.end()), True


def is_topic(analysis: Analysis) -> bool:
    """Tell whether the text speaks of a rule on exports by name anywhere; worked out once."""
    first = analysis.sentences[0]
    known = first.shared.get(__name__)
    if not isinstance(known, bool):
        known = _TOPIC.search(analysis.text) is not None
        first.shared[__name__] = known
    return known
