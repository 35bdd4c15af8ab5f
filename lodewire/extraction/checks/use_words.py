"""Whether words say that a product holds or needs a commodity, and not merely stand beside it.

A saying has a verb or preposition of use between the two, nothing else that could be its subject,
and no denial. Lists of materials set against lists of uses say nothing of each pair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.checks.scene import Scene
from lodewire.model.evidence import Span

_LINK = re.compile(
    r"\b(?:use[ds]?|using|usage|need(?:s|ed|ing)?|requir(?:e|es|ed|ing)|essential|vital|crucial|"
    r"critical|key|necessary|indispensable|important|go(?:es)? into|end(?:s)? up in|ingredients?|"
    r"components?|contain(?:s|ed|ing)?|hold(?:s|ing)?|includ(?:e|es|ing)|made (?:of|from|with|out "
    r"of|using)|make up|consist(?:s|ing)? of|based on|built (?:on|with|from)|power(?:s|ing)?|"
    r"rel(?:y|ies|iant) (?:up)?on|depend(?:s|ent)? (?:up)?on|found in|materials? (?:for|in|of)|"
    r"(?:production|manufacture|making) of|manufactur\w+|for (?:making|producing|building)|"
    r"to (?:make|produce|build|manufacture|power))\b",
    re.I,
)
_SINGULAR = re.compile(
    r"(?:uses|needs|requires|contains|holds|includes|rel(?:ies) (?:up)?on|depends (?:up)?on)", re.I
)
_STOP = r"(?!(?:and|or|for|with|to|from|by|on|than|at|as|is|are|was|were|that|which|while|but)\b)"
_WORD = rf"{_STOP}[\w'’-]+"
_IN = re.compile(
    rf"(?: (?:content|contents|elements?|metals?|oxides?|components?))?,? (?:in|inside|within|of)"
    rf"(?: {_WORD}){{0,4}} ",
    re.I,
)
_FROM = re.compile(rf" from(?: {_WORD}){{0,3}} ", re.I)
_GAINED = re.compile(r"\b(?:recover|extract|recycl|reclaim)\w*\b[^,.;]{0,30}$", re.I)
_TO_GAIN = re.compile(rf",? (?:to|and) (?:recover|extract|reclaim)s?(?: {_WORD}){{0,3}} ", re.I)
_POSSESSED = re.compile(r"['’]s? (?:[\w-]+ ){0,2}")
_NOUN = r"(?: (?:elements?|metals?|minerals?|oxides?|compounds?|materials?))?"
_LISTED = rf"(?:(?:,|,? and|,? or|,? as well as) {_WORD}(?: {_WORD})?){{1,5}}"
_AUXILIARY = (
    r"(?:are|is|was|were|be|been|being|can|could|may|must|will|would|have|has|do|does|also|both|"
    r"all|still|often|most|more|so|very|among|one|some|of|the|a|an|key|raw|critical|\w+ly|"
    r"materials?|metals?|minerals?|elements|ingredients|inputs|components|now|increasingly|heavily)"
)
_ASIDE = r"(?:, (?:an?|the|some|one|among|known|mined|all) [^,.;:]{2,50}?)?"
_TO_LINK = rf"(?:,? (?:which|that))?(?:,? {_AUXILIARY})* ?,? ?"
_BEFORE_LINK = re.compile(rf"{_NOUN}{_ASIDE}{_TO_LINK}", re.I)
_LIST_BEFORE_LINK = re.compile(rf"{_NOUN}{_LISTED}{_ASIDE}{_TO_LINK}", re.I)
_AFTER_PRODUCT = re.compile(
    r"(?: (?:makers?|manufacturers?|producers?|manufacturing|production|packs?|technolog(?:y|ies)|"
    rf"chemistr(?:y|ies)|plants?|factor(?:y|ies)|gigafactor(?:y|ies)))?"
    r"(?:,? and [\w-]+(?: [\w-]+)?)?(?:,? (?:which|that))?"
    rf"(?: {_AUXILIARY})* ?",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:not|no|never|without|free of|free from|instead of|rather than|unlike|neither|nor|"
    r"replac\w+|alternative|substitut\w+|eliminat\w+|except|other than|avoid\w*|less|fewer|"
    r"hardly|scarcely|rarely|nothing|none|cannot|phas\w+ out|do away)\b|n['’]t\b|-free\b",
    re.I,
)
_DOUBTED = re.compile(
    r"\b(?:respectively|myth|misconception|mistaken(?:ly)?|wrongly|falsely|contrary to|confus\w+|"
    r"researchers|scientists|laborator(?:y|ies)|dopants?|dop(?:ed|ing))\b|\?[\"”’)]*$",
    re.I,
)
# Words after which the sentence speaks of something else than what the link governs.
_ELSEWHERE = re.compile(
    r"\b(?:that|which|who|whose|while|whereas|but|where|when|if|because|although|makes?|made|sells?|"
    r"sold|is|are|was|were|has|have|had|will|would|said|says|besides?|alongside|than|against|"
    r"between|with|it|they|he|she|we|minerals?|materials|metals|mine[sd]?)\b|[;:()]|\. ",
    re.I,
)
_ANOTHER = re.compile(
    r"\b(?:and|or),? (?:other|its|their|his|the|a|an|it|they|also|then|some|many|key|critical|"
    r"strategic|battery|such|\w+ (?:minerals|metals|materials))\b",
    re.I,
)
_AND = re.compile(r",|\band\b|\bor\b|&|\bas well as\b|/|\bfrom\b")
_JOINED_BEFORE = re.compile(r"(?:\w, |\b(?:and|or|as well as) |& )(?:the |other )?$", re.I)
_JOINED_AFTER = re.compile(
    r",? (?:and|or|as well as|&|to) |, (?!which|the\b|an?\b|said)[\w-]+(?: [\w-]+)?(?:,| and\b)",
    re.I,
)
_FINITE = re.compile(r"\b(?:are|were|all|both|go|power)\b", re.I)
_VERB_AFTER = re.compile(
    r" (?:need|use|contain|require|are|is|have|has|will|were|was|made|cost|depend|rely)\b", re.I
)
_NOT_THE_HEAD = re.compile(
    r"[ -](?:supply|chains?|industry|industries|sector|market|demand|recycl\w+|plants?|factor\w+|"
    r"gigafactor\w+|projects?|business\w*|firms?|compan\w+|stocks?|prices?|imports?|exports?|"
    r"materials?|metals?|minerals?|shares|storage|boom|deal|venture|unit|division|arm)\b",
    re.I,
)
_GOVERNED = re.compile(
    r"\b(?P<head>[\w-]+ )?(?:for|of|with|by|from|to|in|beside|alongside|than|including)"
    r"(?: [\w-]+)? $",
    re.I,
)
_MAKING = re.compile(
    r"(?:production|manufactur\w+|making|mak(?:e)?rs|producers|most|all|some) ", re.I
)
_MOTORS = frozenset({"motor", "motors", "magnet", "magnets", "drivetrain"})
_REACH = 110


def is_said(
    scene: Scene, commodity: Span, product: Span, others: Sequence[Span], lifting: Sequence[str]
) -> bool:
    """Tell whether the sentence says that the product holds, needs or is made of the commodity.

    ``others`` are the commodities of the sentence; ``lifting`` are the words of the rule's
    exceptions, which lift it unless they are only listed beside the product.
    """
    if commodity.overlaps(product) or _DOUBTED.search(scene.text):
        return False
    text = scene.document.text
    first, second = sorted((commodity, product))
    between = text[first.end : second.start]
    before = text[max(scene.span.start, first.start - 40) : first.start]
    after = text[second.end : min(scene.span.end, second.end + 60)]
    if len(between) > _REACH or _DENIED.search(between) or _DENIED.search(before[-24:]):
        return False
    if first == commodity:
        listed = any(first.end < other.start < second.start for other in others)
        pattern = _LIST_BEFORE_LINK if listed else _BEFORE_LINK
        said = _commodity_first(between, before, after, pattern) and not _lists_both(
            between, before, after, others, first
        )
    else:
        said = _product_first(product.of(text), between, before)
    return said and not _lifted(text, scene.span, Span(first.start, second.end), lifting)


def _commodity_first(between: str, before: str, after: str, before_link: re.Pattern[str]) -> bool:
    """ "Rare earths [are used in] EV batteries", "the rare earths [in their] EV batteries"."""
    if _NOT_THE_HEAD.match(after):
        return False
    if _FROM.fullmatch(between):
        return _GAINED.search(before) is not None
    if _IN.fullmatch(between) and not _LINK.search(between):
        return True
    links = list(_LINK.finditer(between))
    if not links or _ANOTHER.search(between):
        return False
    head, tail = _around(before_link, between, links)
    if head is None or _ELSEWHERE.search(tail):
        return False
    if "and" in tail.split() and _VERB_AFTER.match(after):
        return False
    return not (between.startswith(",") and ", and" in tail) and ", in " not in tail


def _product_first(product: str, between: str, before: str) -> bool:
    """ "EV batteries [need] rare earths", "EV batteries['] rare earths"."""
    if _POSSESSED.fullmatch(between) or _TO_GAIN.fullmatch(between):
        return True
    links = list(_LINK.finditer(between))
    governed = _GOVERNED.search(before)
    if not links or _ANOTHER.search(between.replace(" and its ", " and the ")):
        return False
    if governed and not _MAKING.fullmatch(governed.group("head") or ""):
        return False
    head, tail = _around(_AFTER_PRODUCT, between, links)
    if head is None or re.search(r"\b(?:and|or|but) $", head):
        return False
    plural = product.lower().endswith("s") and not head.strip() and not governed
    if plural and _SINGULAR.fullmatch(links[0].group()):
        return False  # "the plant for lithium-ion batteries needs": the plant does
    return not _ELSEWHERE.search(tail) and not re.search(r" (?:for|in|to|from) ", tail)


def _around(
    pattern: re.Pattern[str], between: str, links: list[re.Match[str]]
) -> tuple[str | None, str]:
    """Return the words before the first link that leaves a plain head, and after the last link."""
    for link in links:
        head = between[: link.start()]
        if pattern.fullmatch(head):
            return head, between[links[-1].end() :]
    return None, ""


def _lists_both(
    between: str, before: str, after: str, others: Sequence[Span], commodity: Span
) -> bool:
    """Tell whether materials in a list meet uses in a list, or a list leaves open what it governs.

    "Lithium and rare earths are used in batteries and magnets" is true as a whole.
    """
    end = commodity.end + len(between)
    inside = any(commodity.end < other.start < end for other in others)
    if inside and _FINITE.search(between) is None:
        return True
    earlier = any(0 < commodity.start - other.end < 24 for other in others)
    if not inside and not (earlier and _JOINED_BEFORE.search(before)):
        return False
    links = list(_LINK.finditer(between))
    tail = between[links[-1].end() :] if links else between
    return _AND.search(tail) is not None or _JOINED_AFTER.match(after) is not None


def _lifted(text: str, sentence: Span, said: Span, lifting: Sequence[str]) -> bool:
    """Tell whether a word of the exceptions explains the use; one merely listed does not.

    Motors and magnets explain only what follows them: "rare earths in the magnets of cars whose
    batteries …"; named after the battery they are one more use.
    """
    around = sentence.of(text).lower()
    for word in lifting:
        for match in re.finditer(rf"\b{re.escape(word.lower())}\b", around):
            at = sentence.start + match.start()
            if at < said.start:
                return True
            if at >= said.end and word in _MOTORS:
                continue
            listed = re.match(r",| and | or ", around[match.end() : match.end() + 5])
            beside = re.search(r"(?:,| and| or) (?:[\w-]+ ){0,2}$", around[: match.start()])
            if not listed and not beside:
                return True
    return False
