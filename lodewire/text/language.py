"""The language of a text: a fast detector first, a careful one where it is unsure."""

from __future__ import annotations

_LEAST = 25  # characters; a shorter text says nothing
_LONG = 400  # characters from which the fast detector is worth asking
_SURE = 500  # its distance under which it is right (0 is nearest, 1200 gives up)
_NEAR = 900  # the same where the page declares that language
_SAMPLE = 4000


def detect_language(text: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text, or None when unsure.

    ``declared`` is what the page says; it decides only where the text is too short or the
    detectors disagree, because templates often declare the wrong language.
    """
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample[:200]) < _LEAST:
        return declared
    if len(sample) >= _LONG:  # on less, the fast detector takes German for English
        fast, distance = _detect_fast(sample)
        if fast is not None and distance < (_NEAR if fast == declared else _SURE):
            return fast
    return _detect_careful(sample) or declared


def _detect_fast(sample: str) -> tuple[str | None, int]:
    from resiliparse.parse.lang import detect_fast

    code, distance = detect_fast(sample)
    return (code if len(code) == 2 else None), distance


def _detect_careful(sample: str) -> str | None:
    import pycld2

    clean = "".join(character if character.isprintable() else " " for character in sample)
    try:
        reliable, _, details = pycld2.detect(clean.encode("utf-8", "ignore"))
    except pycld2.error:  # refuses some sequences that are valid UTF-8
        return None
    code = str(details[0][1]).split("-", 1)[0]
    return code if reliable and len(code) == 2 and code != "un" else None
