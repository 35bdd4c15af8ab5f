"""Words around a number that hedge it: "more than", "nearly", "up to", "or more".

Reading goes leftwards from the number, a phrase of at most five words at a time, by looking up
whole phrases: no pattern is searched for, so the cost does not depend on the text before.
"""

from __future__ import annotations

import re

from lodewire.model.vocabulary import Qualifier

_PHRASES: dict[Qualifier, str] = {
    Qualifier.ABOUT: (
        "about|around|approximately|approx|approx.|roughly|some|circa|c.|ca.|ca|estimated"
        "|an estimated|in the region of|in the order of|of the order of|on the order of"
        "|in the neighborhood of|in the neighbourhood of|somewhere around|somewhere near"
        "|what would be about|as good as|in the area of"
    ),
    Qualifier.NEARLY: (
        "nearly|almost|close to|near|just under|just below|just shy of|little less than"
        "|a little less than|a little under|a little below|slightly less than|slightly under"
        "|slightly below|approaching|not quite|just less than|virtually"
        "|a bit less than|a bit under|a shade under|fractionally under|just short of|shy of"
    ),
    Qualifier.MORE_THAN: (
        "more than|over|above|in excess of|upwards of|upward of|exceeding|exceed|exceeds|exceeded"
        "|greater than|north of|just over|just above|a little over|a little more than|slightly "
        "more than"
        "|slightly over|slightly above|well over|well above|well more than|higher than|larger than"
        "|surpassing|surpassed|topping|topped|just more than|far more than"
        "|a bit more than|a bit over|excess of|much more than|more then"
    ),
    Qualifier.LESS_THAN: (
        "less than|fewer than|under|below|lower than|smaller than|well under|well below|south of"
        "|short of|beneath|far less than|much less than|under about"
    ),
    Qualifier.AT_LEAST: (
        "at least|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum of"
        "|minimum|as little as|as low as|as few as|at a minimum|at minimum|at the very least|at "
        "the least"
        "|no lower than|at a minimum of|min|min."
    ),
    Qualifier.UP_TO: (
        "up to|as much as|as many as|as high as|no more than|not more than|at most|at the most"
        "|a maximum of|maximum of|maximum|to a maximum of|not exceeding|not to exceed|no higher "
        "than"
        "|no greater than|upto|at a maximum of|up to a maximum of|up to and including|as long as|"
        "max|max."
    ),
}
HEDGES: dict[str, Qualifier] = {
    phrase: qualifier for qualifier, told in _PHRASES.items() for phrase in told.split("|")
}
_FOREIGN: dict[str, dict[Qualifier, str]] = {
    "de": {
        Qualifier.ABOUT: "rund|etwa|ungefähr|circa|ca.|zirka|um die|gut",
        Qualifier.NEARLY: "fast|knapp|beinahe|nahezu",
        Qualifier.MORE_THAN: "mehr als|über",
        Qualifier.LESS_THAN: "weniger als|unter",
        Qualifier.AT_LEAST: "mindestens|wenigstens",
        Qualifier.UP_TO: "bis zu|höchstens|maximal",
    },
    "fr": {
        Qualifier.ABOUT: "environ|quelque|autour de|près d'environ|de l'ordre de",
        Qualifier.NEARLY: "près de|presque",
        Qualifier.MORE_THAN: "plus de|supérieur à",
        Qualifier.LESS_THAN: "moins de",
        Qualifier.AT_LEAST: "au moins",
        Qualifier.UP_TO: "jusqu'à|au plus|au maximum",
    },
    "es": {
        Qualifier.ABOUT: "unos|unas|cerca de|alrededor de|aproximadamente|en torno a",
        Qualifier.NEARLY: "casi",
        Qualifier.MORE_THAN: "más de",
        Qualifier.LESS_THAN: "menos de",
        Qualifier.AT_LEAST: "al menos|por lo menos",
        Qualifier.UP_TO: "hasta",
    },
    "pt": {
        Qualifier.ABOUT: "cerca de|aproximadamente|em torno de|por volta de",
        Qualifier.NEARLY: "quase",
        Qualifier.MORE_THAN: "mais de",
        Qualifier.LESS_THAN: "menos de",
        Qualifier.AT_LEAST: "pelo menos|ao menos",
        Qualifier.UP_TO: "até",
    },
    "it": {
        Qualifier.ABOUT: "circa|intorno a",
        Qualifier.NEARLY: "quasi",
        Qualifier.MORE_THAN: "oltre|più di",
        Qualifier.LESS_THAN: "meno di",
        Qualifier.AT_LEAST: "almeno",
        Qualifier.UP_TO: "fino a",
    },
}
_BY_LANGUAGE: dict[str, dict[str, Qualifier]] = {
    language: {p: q for q, told in table.items() for p in told.split("|")}
    for language, table in _FOREIGN.items()
}
_LAST_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(phrase.rsplit(" ", 1)[-1] for phrase in table)
    for language, table in [("en", HEDGES), *_BY_LANGUAGE.items()]
}
_SYMBOLS = {
    "~": Qualifier.ABOUT, "≈": Qualifier.ABOUT, "∼": Qualifier.ABOUT, "～": Qualifier.ABOUT,
    ">": Qualifier.MORE_THAN, "<": Qualifier.LESS_THAN, "≥": Qualifier.AT_LEAST,
    "≤": Qualifier.UP_TO, "±": Qualifier.ABOUT,
}  # fmt: skip
_REACH = 44
_TOKEN = re.compile(r"\S+")
_OVER = frozenset({"over", "some", "near", "short of", "exceed", "under", "above", "below"})
# "12.3% above 65,000 tonnes": the percentage is measured from the amount, which is no bound.
_COMPARED = re.compile(
    r"(?:%|\bg/t|\bppm|[ ](?:[A-Z][a-z]?|[A-Z]\w{1,6}[0-9]\w*|TREO|REO|\w*Eq)|per ?cent|percent|"
    r"percentage points?|points?|times|fold|half|third|quarter|cents?|dollars?|tonnes?|tons?)"
    r"(?: (?:higher|lower|larger|smaller|more|less|up|down|increase|decrease|rise|drop|discount|"
    r"premium))?\s+$"
)
_COMPARING = frozenset(
    "above|below|over|under|more than|less than|higher than|lower than|larger than|smaller than"
    "|greater than|fewer than".split("|")
)
_DIRECTIONS = frozenset({Qualifier.ABOUT, Qualifier.EXACT})
_BACKWARD = frozenset(
    "up|down|as|more|less|higher|lower|increase|increased|rise|rose|gain|grew|growth|fell|decline".split(
        "|"
    )
)

_AFTER = re.compile(
    r"(?P<at_least>[ ]or (?:more|higher|above|over|greater|better|longer|larger)(?! than)\b"
    r"|[ ]and (?:above|over|more|higher|upwards)(?! (?:than|[0-9]))\b|\+(?![0-9])|-plus\b|[ "
    r"]plus(?= [a-z]|[,.;)]|$)"
    r"|[ ]at (?:the )?least\b|[ ](?:min|minimum)\b(?! of))"
    r"|(?P<up_to>[ ]or (?:less|fewer|lower|below|under|smaller|shorter)(?! than)\b|[ ]and (?:below|"
    r"under)\b(?! [0-9])"
    r"|[ ]at (?:the )?most\b|[ ](?:max|maximum)\b(?! of))"
    r"|(?P<about>[ ]or so\b|,? give or take\b|,? more or less\b|-odd\b|[ ]or thereabouts\b)"
)


def hedge_before(
    text: str, start: int, floor: int, language: str, *, duration: bool = False
) -> tuple[int, Qualifier]:
    """Return where the hedge before ``start`` begins, and what it says; (start, EXACT) if none.

    Never reaches before ``floor``. Before a duration "over" means during, and is no hedge.
    """
    begin, found = start, Qualifier.EXACT
    if start > floor and text[start - 1] in _SYMBOLS:
        begin, found = start - 1, _SYMBOLS[text[start - 1]]
    elif start > floor + 1 and text[start - 1] == " " and text[start - 2] in _SYMBOLS:
        begin, found = start - 2, _SYMBOLS[text[start - 2]]
    table = _BY_LANGUAGE.get(language, HEDGES)
    lasts = _LAST_WORDS.get(language, _LAST_WORDS["en"])
    for _ in range(3):
        step = _phrase_before(text, begin, floor, table, lasts)
        if step is None:
            break
        at, phrase = step
        if duration and phrase in _OVER:
            break
        if phrase in _COMPARING and _is_comparison(text, at):
            break
        begin, found = at, _combine(table[phrase], found)
    return begin, found


def _phrase_before(
    text: str, start: int, floor: int, table: dict[str, Qualifier], lasts: frozenset[str]
) -> tuple[int, str] | None:
    low = max(floor, start - _REACH)
    if start - 1 < low or text[start - 1] not in " \u00a0\n\t":
        return None
    window = text[low : start - 1]
    last = window.rsplit(None, 1)[-1:] or [""]
    if last[0].lower().lstrip("(“\"'‘") not in lasts or window[-1:].isspace():
        return None
    tokens = list(_TOKEN.finditer(window))[-6:]
    if low and low != floor and tokens and tokens[0].start() == 0:
        tokens = tokens[1:]  # may be the tail of a longer word
    words = [token.group().lower() for token in tokens]
    for first in range(len(tokens)):
        offset = len(words[first]) - len(words[first].lstrip("(“\"'‘"))
        phrase = " ".join([words[first][offset:], *words[first + 1 :]])
        if phrase in table:
            return low + tokens[first].start() + offset, phrase
    return None


def _is_comparison(text: str, at: int) -> bool:
    return _COMPARED.search(text[max(0, at - 36) : at]) is not None


def _combine(outer: Qualifier, inner: Qualifier) -> Qualifier:
    """Return what two hedges say together: a direction outweighs "about"."""
    return inner if outer is Qualifier.ABOUT and inner not in _DIRECTIONS else outer


def hedge_after(text: str, end: int) -> tuple[int, Qualifier] | None:
    """Return where a hedge that follows the amount ends, and what it says."""
    match = _AFTER.match(text, end)
    if match is None or match.lastgroup is None:
        return None
    return match.end(), Qualifier(match.lastgroup)
