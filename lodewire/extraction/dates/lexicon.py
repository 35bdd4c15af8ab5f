"""The words of dates: months in six languages, weekdays, ordinals, numbers."""

from __future__ import annotations

from collections.abc import Iterable

_ENGLISH = (
    "january february march april may june july august september october november december"
).split()
_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_FOREIGN = {
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
}
MONTHS: dict[str, dict[str, int]] = {
    "en": {word: n for n, word in enumerate(_ENGLISH, start=1)} | _SHORT,
    **{
        language: {word: n for n, word in enumerate(words.split(), start=1)}
        for language, words in _FOREIGN.items()
    },
}
MONTHS["de"] |= {"jänner": 1, "maerz": 3, "okt": 10, "dez": 12, "febr": 2, "mrz": 3}
MONTHS["fr"] |= {"aout": 8, "fevrier": 2, "decembre": 12, "janv": 1, "févr": 2, "déc": 12}
MONTHS["es"] |= {"ene": 1, "abr": 4, "ago": 8, "dic": 12, "setiembre": 9}
MONTHS["pt"] |= {"fev": 2, "abr": 4, "ago": 8, "set": 9, "out": 10, "dez": 12}
SHORT_MONTHS = frozenset(_SHORT)
# Words that are also something else: they count as months only with a day, a year or "in".
AMBIGUOUS_MONTHS = frozenset({"may", "march", "mar", "mars"})

WEEKDAYS = {
    word: n
    for n, word in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
ORDINALS = {
    "first": 1, "opening": 1, "second": 2, "latter": 2, "back": 2, "third": 3, "fourth": 4,
    "final": 4, "closing": 4,
}  # fmt: skip
NUMBERS = {
    word: n
    for n, word in enumerate(
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen twenty"
        ).split(),
        start=1,
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "couple of": 2}


def alternatives(words: Iterable[str]) -> str:
    """Return the regex alternation of words, longest first, each in either case of its initial."""
    found = sorted(words, key=len, reverse=True)
    return "|".join(f"[{w[0].upper()}{w[0]}]{w[1:]}" for w in found)
