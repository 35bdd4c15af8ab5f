"""Words in a picture: cleaned, measured, cut and broken into lines.

Widths are those of Arial (and of Liberation Sans, which has the same), in thousandths of the size
of the type, by groups of letters: near enough to keep a label from being cut off.
"""

from __future__ import annotations

from lodewire.model.plain import plain

ELLIPSIS = "…"
_WIDTHS = (
    ("iljI.,:;'|!", 260),
    ("ft()[]/\\-r ", 330),
    ("ckszvxyJ", 500),
    ("mMW@%", 880),
    ("w", 720),
    ("ABEKPSVXYCDHNRUGOQTZFLw&", 700),
)
_WIDTH = {c: width for letters, width in _WIDTHS for c in letters}
_USUAL, _WIDE = 556, 1000


# Words of JavaScript's own: where one is the whole title of a column, Vega looks up what it names.
_TAKEN = frozenset(
    "if constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString "
    "valueOf __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__".split()
)


def clean(text: str, most: int = 240) -> str:
    """Return ``text`` on one line without steering characters, at most ``most`` characters.

    Direction marks, control characters and line ends would reorder or break the words of a picture.
    """
    told = " ".join(plain(text).split())
    # A lone surrogate has no UTF-8, and XML has no noncharacters: no picture could hold them.
    told = (
        told.encode("utf-8", "replace").decode("utf-8").replace("\ufffe", "").replace("\uffff", "")
    )
    if told in _TAKEN:
        return told + "\N{NO-BREAK SPACE}"
    return told if len(told) <= most else told[: most - 1].rstrip() + ELLIPSIS


def width(text: str, size: float) -> float:
    """Return the width of ``text`` in pixels at a type ``size`` in pixels."""
    units = sum(_WIDTH.get(c, _USUAL if ord(c) < 0x2E80 else _WIDE) for c in text)
    return units * size / 1000


def cut(text: str, size: float, room: float) -> str:
    """Return ``text``, shortened with an ellipsis until it is at most ``room`` pixels wide."""
    told = clean(text)
    if width(told, size) <= room:
        return told
    while told and width(told + ELLIPSIS, size) > room:
        told = told[:-1]
    return told.rstrip() + ELLIPSIS


def wrap(text: str, size: float, room: float, most: int = 20) -> list[str]:
    """Break ``text`` into lines of at most ``room`` pixels; the last of ``most`` is cut."""
    lines: list[str] = []
    line = ""
    # A number and its percent sign stay on one line.
    for word in clean(text, 4000).replace(" %", "\N{NO-BREAK SPACE}%").split(" "):
        joined = f"{line} {word}" if line else word
        if not line or width(joined, size) <= room:
            line = joined
            continue
        lines.append(line)
        line = word
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(told.replace("\N{NO-BREAK SPACE}", " "), size, room) for told in lines if told]
