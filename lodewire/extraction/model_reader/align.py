"""Finding the words of an answer in the text: exactly, or with blanks and quotation marks alike.

Nothing is approximate. A figure is never found inside a longer one: "25%" is not in "1.25%".
"""

from __future__ import annotations

from bisect import bisect_left

from lodewire.model.evidence import Span

_QUOTES = dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"')
_MOST = 200  # places of one wording that are looked at
_WIDE = "\u2e80"  # from here on, scripts that part no words by blanks


class Aligner:
    """Finds wordings in one part of a text; spans are those of the whole text."""

    def __init__(self, text: str, part: Span) -> None:
        self._text = text
        self._part = part
        self._plain, self._at = _plain(text, part)
        self._found: dict[tuple[str, Span], list[Span]] = {}

    def find(self, words: str, within: Span | None = None) -> list[Span]:
        """Return where ``words`` stand, in order: exact places, or else those alike but for
        blanks and quotation marks. Empty where they stand nowhere."""
        span = within or self._part
        span = Span(max(span.start, self._part.start), min(span.end, self._part.end))
        words = words.strip()
        if not words or span.start >= span.end:
            return []
        # An answer may ask for one letter a thousand times.
        if (words, span) not in self._found:
            exact = _places(self._text, words, span)
            self._found[words, span] = exact or self._alike(words, span)
        return self._found[words, span]

    def _alike(self, words: str, span: Span) -> list[Span]:
        wanted, _ = _plain(words, Span(0, len(words)))
        if not wanted:
            return []
        low, high = bisect_left(self._at, span.start), bisect_left(self._at, span.end)
        found = _places(self._plain, wanted, Span(low, high))
        return [Span(self._at[s.start], self._at[s.end - 1] + 1) for s in found]


def by_distance(spans: list[Span], anchor: Span) -> list[Span]:
    """Return the spans in order of their distance from ``anchor``, the earlier of two first."""
    return sorted(spans, key=lambda s: (_gap(s, anchor), s.start))


def _gap(span: Span, anchor: Span) -> int:
    return max(anchor.start - span.end, span.start - anchor.end, 0)


def _plain(text: str, part: Span) -> tuple[str, list[int]]:
    """The part with runs of blanks as one and quotation marks alike; each letter's place."""
    letters: list[str] = []
    places: list[int] = []
    for at in range(part.start, part.end):
        letter = text[at]
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letter = " "
        letters.append(_QUOTES.get(letter, letter))
        places.append(at)
    return "".join(letters), places


def _places(text: str, words: str, span: Span) -> list[Span]:
    found: list[Span] = []
    at = text.find(words, span.start, span.end)
    while at >= 0 and len(found) < _MOST:
        end = at + len(words)
        if _is_whole(text, at, end):
            found.append(Span(at, end))
        at = text.find(words, at + 1, span.end)
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether no word and no figure is cut at either end."""
    before, first = text[start - 1 : start], text[start]
    after, last = text[end : end + 1], text[end - 1]
    if _joined(before, first) or _joined(last, after):
        return False
    # "25" of "1.25" or "1,25", and "1" of "1,000": a mark between digits belongs to the figure.
    if first.isdigit() and before in tuple(".,'’") and text[start - 2 : start - 1].isdigit():
        return False
    return not (last.isdigit() and after in tuple(".,'’") and text[end + 1 : end + 2].isdigit())


def _joined(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and left < _WIDE and right < _WIDE
