"""Plain counts ("25 provinces"), and the labels that look like counts ("Section 232")."""

from __future__ import annotations

import re

from lodewire.extraction.quantities.amounts import Amount

_NOUN = re.compile(
    r"[ \u00a0](?:(?:of (?:the|its|their) )?(?:[a-z][a-z’'-]*[ \u00a0]){0,2}?)"
    r"(?P<noun>[a-z][a-z-]*s|(?:[a-z]+-)?(?:people|men|women|children|staff|personnel))\b(?!['’]|-)"
)
_NOT_NOUNS = frozenset(
    "is was has as its his this us yes thus plus minus versus less unless across towards always "
    "besides "
    "perhaps process business does goes says means needs gas access progress basis analysis crisis "
    "loss "
    "series status focus process press mass class glass cross congress ours hers theirs sometimes "
    "afterwards "
    "makes takes comes gets gives rises falls remains includes contains shows starts ends runs "
    "holds covers "
    "times ms vs pass success address express happens seems looks appears becomes keeps leaves "
    "stands sees "
    "previous various numerous serious famous dangerous continuous enormous tremendous "
    "simultaneous joins "
    "yet among was".split()
)
_STOPS = re.compile(
    r"\b(?:of|in|on|at|by|for|to|from|and|or|the|a|an|is|was|were|are|has|had|have|will|would|that|"
    r"which"
    r"|who|it|he|she|they|with|as|than|per|when|while|but|if|after|before|into|over|under|its|their"
    r"|this)\b"
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar "
    "apr jun jul aug sep sept oct nov dec".split()
)
_LABELS = _MONTHS | frozenset(
    "section sections article articles phase phases block blocks no nos number chapter chapters "
    "page pages p pp "
    "unit units reactor reactors tier tiers level levels scope scopes class type types zone zones "
    "lot lots train "
    "trains line lines route routes highway stage stages annex title titles rule rules form forms "
    "figure figures "
    "fig figs table tables schedule schedules part parts day category room rooms suite building "
    "gate gates boeing "
    "airbus version clause paragraph paragraphs para item items hole holes step steps round rounds "
    "option options "
    "group groups potline potlines furnace furnaces regulation directive law act resolution order "
    "decree circular "
    "notice bill code appendix exhibit note footnote flight channel issue ward district sector cop "
    "iso euro gen "
    "mark area strip row apollo formula company bay pit deck shaft panel plant mill kiln volume "
    "vol heading "
    "subheading hs eo top fortune russell csi ftse nikkei asx stoxx dow".split()
)
_STRONG = frozenset(
    "section sections article articles phase phases chapter scope tier nos no annex".split()
)

_MILLION_OF = re.compile(
    r"[ ](?:[A-Z][a-z]+[ ])?(?:units|shares|options|warrants|EVs|vehicles|cars|people|homes|"
    r"households|"
    r"jobs|workers|barrels|customers|phones|batteries|packs|panels|cells|trucks)\b"
)
_NEVER_LABELLED = frozenset({"%", "%pt", "bp", "ppm", "g/t"})


def label_before(text: str, at: int) -> str | None:
    """Return the word that makes the number at ``at`` a label ("section", "no", "may")."""
    before = text[max(0, at - 20) : at]
    if not before or before[-1] not in " \u00a0#":
        return None
    if before[-1] == "#":
        return "#"
    words = before.split()
    if len(words) > 2 and words[-1] in {"and", "or", "to", "&"} and words[-2].isdigit():
        words = words[:-2]  # "Nos. 2 and 3"
    last = words[-1] if words else ""
    label = last.rstrip(".").lstrip("(\"“'").lower()
    if label == "no" and not last.endswith("."):
        return None  # "no 5% tariff"
    return label if label in _LABELS else None


def is_label(text: str, amount: Amount) -> bool:
    """Tell whether an amount with a unit is a labelled number all the same ("Phase 2 tonnes")."""
    number = amount.number
    if amount.unit == "m" and _MILLION_OF.match(text, amount.end):
        return True  # "1.5m units" are no metres
    if (
        amount.prefixed
        or amount.unit in _NEVER_LABELLED
        or not number.plain
        or number.value >= 1000
    ):
        return False
    label = label_before(text, number.start)
    if label is None:
        return False
    if label in _STRONG or label == "#":
        return True
    return label in _MONTHS and number.value <= 31


def splits_group(text: str, start: int) -> bool:
    """Tell whether "2 500" after ``start`` is a label and a number ("Phase 2 500 tonnes")."""
    label = label_before(text, start)
    return label is not None


def count_noun(text: str, amount: Amount) -> int | None:
    """Return where the counted noun after a bare number ends; None when nothing is counted."""
    number = amount.number
    if number.plain and 1900 <= number.value <= 2100 and not amount.scaled:
        return None
    if number.word and number.value == 1 and not amount.scaled:
        return None
    if not amount.scaled and label_before(text, number.start):
        return None
    match = _NOUN.match(text, amount.end, amount.end + 60)
    if match is not None:
        words = match.group().split()
        noun = match.group("noun")
        if (
            noun not in _NOT_NOUNS
            and not noun.endswith("ss")
            and not _STOPS.search(" ".join(words[:-1]))
        ):
            return match.end()
    return amount.end if amount.scaled else None
