"""Lists of bare numbers that share a noun, with their stated sum.

"With 22, 12, 11, 10 and 7 entries, they account for a total of 62 entries." The grammar of
quantities leaves such numbers alone, because each lacks a unit of its own; here the words around
say that they are one list and that a total follows or comes before.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.checks.precision import show
from lodewire.extraction.checks.scene import Scene
from lodewire.model.check import Check
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import CheckKind, Verdict

_WORDS = {
    word: Decimal(value)
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(),
        start=1,
    )
}
_NUMBER = (
    r"(?<![\w.,$€£¥%-])(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6}(?:\.[0-9]+)?|"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")(?![\w%°]|[.,:/][0-9]|-[0-9a-z])"
)
_NOUN = r"[A-Za-z][\w'’-]*(?: (?!for|in|from|with|and|or|to|on|at|by)[a-z][\w'’-]*)?"
_LIST = rf"(?P<list>{_NUMBER}(?:, {_NUMBER})+,? and {_NUMBER})"
_TOTAL = (
    r"(?:for|makes?|making|giving|gives?|bringing|adds? up to|adding up to|"
    r"account(?:s|ed|ing)? for|come[s]? to|coming to|amount(?:s|ed|ing)? to|reach(?:es|ed|ing)?|"
    r"is|are|or|totall?ing|totall?ed|totals?)?"
    r"(?: up to)?(?: an?| the)?(?: combined| grand| overall)? ?(?:total|sum)?(?: of)?"
)
_AFTER = re.compile(
    rf"{_LIST} (?P<noun>{_NOUN})(?:,| -| –| —|;)? ?(?:together |which |that |they )?"
    rf"(?P<words>{_TOTAL}) (?P<whole>{_NUMBER})"
    r"(?: (?P<same>(?!in |altogether|together|overall)[A-Za-z][\w'’-]*))?"
    r"(?P<end> in all| in total| altogether| together| overall)?",
    re.I,
)
_BEFORE = re.compile(
    r"\b(?P<words>(?:a |combined |grand )?total of|totall?ed|totall?ing|sum of) "
    rf"(?P<whole>{_NUMBER})(?: (?P<noun>{_NOUN}))?(?::| -| –| —|, namely|, that is,?) {_LIST}"
    r"(?: (?P<same>[A-Za-z][\w'’-]*))?",
    re.I,
)
_SAYS_TOTAL = re.compile(r"total|sum of|add\w* up", re.I)
_SUMMED = re.compile(r"total|sum of|add\w* up|in all\b|altogether|together|overall", re.I)
_COUNTED_TWICE = re.compile(
    r"\b(?:overlap\w*|more than one|counted|twice|double|respectively|each|average\w*|between|"
    r"including|excluding|previous\w*|already|further|another|additional|other)\b",
    re.I,
)
_ONE_FOUND = re.compile(_NUMBER, re.I)
_CLAUSE_END = re.compile(r";|\. ")


def check_lists(scene: Scene) -> list[Check]:
    """Return the checks on lists of bare numbers with a stated total."""
    text = scene.text
    if " and " not in text or not _SUMMED.search(text):
        return []
    found = []
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(text):
            check = _check(scene, match)
            if check is not None:
                found.append(check)
    return found


def _check(scene: Scene, match: re.Match[str]) -> Check | None:
    told = match.groupdict()
    says = _SAYS_TOTAL.search(told["words"] or "") or told.get("end")
    if not says or not _same_noun(told["noun"], told["same"]):
        return None
    text = scene.text
    ends = _CLAUSE_END.search(text, match.end())
    starts = max(text.rfind("; ", 0, match.start()), 0)
    if _COUNTED_TWICE.search(text[starts : ends.start() if ends else len(text)]):
        return None
    places = [
        Span(place.start(), place.end()).shift(scene.span.start + match.start("list"))
        for place in _ONE_FOUND.finditer(match.group("list"))
    ]
    values = [_value(place.of(scene.document.text)) for place in places]
    whole = _value(match.group("whole"))
    if all(1900 <= value <= 2100 for value in values):
        return None  # years
    total = sum(values, Decimal(0))
    verdict = Verdict.CONSISTENT if total == whole else Verdict.MISMATCH
    parts = " + ".join(show(value) for value in values)
    detail = f"{parts} = {show(total)}; the text says {show(whole)}"
    spans = sorted((*places, Span(*match.span("whole")).shift(scene.span.start)))
    return scene.check(CheckKind.ARITHMETIC, verdict, spans, detail, "list")


def _same_noun(one: str | None, other: str | None) -> bool:
    """Tell whether list and total count the same thing, or one of them leaves its noun out."""
    if not one or not other or other.lower() in _NO_NOUN:
        return True
    return one.split()[-1].lower().rstrip("s") == other.lower().rstrip("s") or (
        one.split()[0].lower().rstrip("s") == other.lower().rstrip("s")
    )


_NO_NOUN = frozenset(
    {"in", "altogether", "together", "overall", "for", "at", "across", "of", "over"}
)


def _value(written: str) -> Decimal:
    return _WORDS.get(written.lower()) or Decimal(written.replace(",", ""))
