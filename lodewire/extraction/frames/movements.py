"""Words of movement: which way a price or a figure went."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal

Direction = Literal["up", "down", "flat"]

_UP = frozenset(
    "rise rises rose risen rising climb climbs climbed climbing gain gains gained gaining jump "
    "jumps jumped jumping surge surges surged surging soar soars soared soaring advance advances "
    "advanced advancing increase increases increased increasing rally rallies rallied rallying "
    "firmed firms firmer firming strengthen strengthens strengthened strengthening rebound "
    "rebounds rebounded rebounding recover recovers recovered recovering recovery skyrocket "
    "skyrocketed double doubles doubled doubling triple triples tripled tripling treble trebles trebled trebling "
    "quadruple quadrupled quadrupling higher stronger dearer uptrend upward upwards add adds added "
    "adding grew grow grows grown growing growth spike spikes spiked spiking leap leaps leapt swell "
    "swells swelled uptick raise raises raised raising hike hikes hiked hiking lift lifts lifted "
    "lifting boost boosts boosted expand expands expanded exceed exceeds exceeded widen widens "
    "widened widening ballooned accelerate accelerates accelerated highest dearest strongest "
    "upturn rocket rockets rocketed rocketing escalate escalates escalated escalating appreciate "
    "appreciates appreciated appreciating bounced bounces bouncing perked vaulted boomed boom mounted "
    "galloped catapulted snowballed ballooning mushroomed quintupled upswing up".split()
)
_DOWN = frozenset(
    "fall falls fell fallen falling drop drops dropped dropping decline declines declined "
    "declining slip slips slipped slipping slide slides slid sliding ease eases eased easing shed "
    "sheds shedding lose loses lost losing dip dips dipped dipping tumble tumbles tumbled tumbling "
    "plunge plunges plunged plunging slump slumps slumped slumping crash crashes crashed crashing "
    "retreat retreats retreated retreating sink sinks sank sunk sinking weaken weakens weakened "
    "weakening soften softens softened softening plummet plummets plummeted plummeting lower "
    "lowers lowered lowering weaker softer cheaper down downtrend downward downwards decrease "
    "decreases decreased decreasing reduce reduces reduced reducing reduction halve halves halved "
    "halving shrank shrunk shrink shrinks shrinking contracted contracting slash slashed slashes "
    "cut cuts cutting collapse collapses collapsed collapsing cede cedes ceded ceding trim trims "
    "trimmed trimming narrow narrows narrowed narrowing less lowest weakest cheapest slow slows "
    "slowed slowing downturn nosedive nosedives nosedived cratered tanked depreciated cheapened sag "
    "sags sagged sagging dwindled subsided receded nosediving dived dives dove skidded stumbled swooned wilted caved buckled crumbled moderated downswing".split()
)
_FLAT = frozenset(
    "unchanged unmoved steady steadied stable stabilised stabilized flat range-bound rangebound "
    "static sideways plateaued stagnant stagnated unaltered steadying".split()
)
# "snapped a losing streak" is no loss: what is done to a run says which way the price goes.
_ON = frozenset("extend extends extended extending stretch stretches stretched stretching".split())
_OFF = frozenset(
    "snap snaps snapped snapping end ends ended ending halt halts halted halting break breaks "
    "broke breaking pare pares pared paring reverse reverses reversed reversing recoup recoups "
    "recouped erase erases erased erasing give gives gave giving surrender surrenders "
    "surrendered".split()
)
_RUN = re.compile(
    r"(?:\s[\w.,%-]+){0,3}?\s(?:(?P<up>gains?|rall(?:y|ies)|advances?|rises?|winning|increases)|"
    r"(?P<down>loss(?:es)?|losing|declines?|falls?|slides?|slumps?|drops?))\b",
    re.IGNORECASE,
)
_RULES: tuple[tuple[str, tuple[tuple[str, Direction], ...]], ...] = (
    ("put puts putting", ((r"\son\b", "up"),)),
    ("shoot shoots shot shooting", ((r"\s(?:up|above|past|over|through)\b", "up"),)),
    ("bounce bounces bounced", ((r"\sback\b", "up"),)),
    ("pull pulls pulled", ((r"\sback\b", "down"),)),
    ("little", ((r"\schanged\b", "flat"),)),
    ("hold holds holding held", ((r"\s(?:firm|steady|stable|flat|at|around|near)\b", "flat"),)),
    ("remain remains remained", ((r"\s(?:flat|at\s[^a-z]{0,4}\d)", "flat"),)),
    ("stand stands stood keep kept", ((r"\sstill\b", "flat"),)),
    (
        "hardly barely scarcely not n’t n't",
        ((r"\s(?:moved?|stirred|stir|changed?|budged?|shift(?:ed)?|altered)\b", "flat"),),
    ),
    ("stay stays stayed staying", ((r"\s(?:put|flat|level|firm|at\s[^a-z]{0,4}\d)", "flat"),)),
    ("going go went", ((r"\snowhere\b", "flat"),)),
    ("roll rolls rolled", ((r"\sover\b", "flat"),)),
    ("mark marks marked marking", ((r"\stime\b", "flat"),)),
    ("tread treading trod", ((r"\swater\b", "flat"),)),
    (
        "give gives gave given giving",
        (
            (
                r"\s(?:up|back)\b(?=\s(?:(?:more than|about|around|nearly|almost|over|some|as much as) )?[^a-z]{0,5}\d)",
                "down",
            ),
        ),
    ),
    (
        "come comes came coming knock knocked",
        ((r"\soff\b(?=\s(?:(?:another|about|around|some) )?[^a-z]{0,5}\d)", "down"),),
    ),
    (
        "break breaks broke broken",
        ((r"\s(?:through|past|above)\b", "up"), (r"(?=\s[$€£¥]\d)", "up"), (r"\sbelow\b", "down")),
    ),
    ("plus", ((r"(?=\s[\d.,]+\s?(?:%|per ?cent|pc|pct))", "up"),)),
    ("minus", ((r"(?=\s[\d.,]+\s?(?:%|per ?cent|pc|pct))", "down"),)),
    (
        "set sets setting hit hits hitting notch notched notches scaled mark marked",
        (
            (
                r"\s(?:another|an?|a new|fresh|a fresh|new|its|yet another)\s(?:all-time\s)?record\b",
                "up",
            ),
        ),
    ),
    ("off", ((r"\s\d", "down"),)),
    ("record all-time", ((r"\s(?:highs?|peaks?)\b", "up"), (r"\slows?\b", "down"))),
)
_PHRASES: dict[str, tuple[tuple[re.Pattern[str], Direction], ...]] = {
    word: tuple((re.compile(rest, re.IGNORECASE), direction) for rest, direction in rules)
    for words, rules in _RULES
    for word in words.split()
}
_KNOWN = frozenset((*_UP, *_DOWN, *_FLAT, *_ON, *_OFF, *_PHRASES))
_WORD = re.compile(r"[^\W\d_][\w-]*|\d+-(?:year|month|week|day)\b")
_SPAN_HIGH = re.compile(r"-(?:year|month|week|day)$", re.IGNORECASE)
_HIGH = re.compile(r"\s(?:(?P<up>highs?|peaks?)|(?P<down>lows?))\b", re.IGNORECASE)
# "made up 91 %", "set up", "up to 30": no movement.
_NOT_UP = re.compile(
    r"\b(?:g[ai]ven?|gives|giving|ma[dk]e|makes|making|sets?|start|take[ns]?|took|buil[dt]|ramp|spee?d|c[oa]me|follow|"
    r"open(?:ed)?|sign(?:ed)?|back(?:ed)?|wrap(?:ped)?|split)\s$",
    re.IGNORECASE,
)
_NOT_DOWN = re.compile(r"\b(?:shut|slow|break|close|wind|sit|stand|mark(?:ed)?)\s$", re.IGNORECASE)


def movements(text: str, start: int, end: int) -> Iterator[tuple[Direction, int, int]]:
    """Yield direction and range of each word or phrase of movement in ``text[start:end]``."""
    at = start
    for match in _WORD.finditer(text, start, end):
        if match.start() < at:
            continue
        found = _read(text, match.group().lower(), match.start(), match.end(), end)
        if found is not None:
            at = found[2]
            yield found


def find_movement(text: str, start: int, end: int) -> tuple[Direction, int, int] | None:
    """Return direction and range of the first word of movement in ``text[start:end]``, or None."""
    return next(movements(text, start, end), None)


@functools.lru_cache(maxsize=8192)
def direction_of(word: str) -> Direction | None:
    """Return the direction that ``word`` as a whole names, or None."""
    found = find_movement(word, 0, len(word))
    return found[0] if found is not None and found[1:] == (0, len(word)) else None


def _read(
    text: str, word: str, start: int, stop: int, end: int
) -> tuple[Direction, int, int] | None:
    if word not in _KNOWN and "-" not in word:
        return None
    if word in _ON or word in _OFF:
        run = _RUN.match(text, stop, end)
        if run is not None:
            ahead = bool(run["up"]) == (word in _ON)
            return ("up" if ahead else "down"), start, run.end()
    for pattern, direction in _PHRASES.get(word, ()):
        phrase = pattern.match(text, stop, end)
        if phrase is not None:
            return (
                direction,
                start,
                stop if phrase[0][-1:].isdigit() or direction == "flat" else phrase.end(),
            )
    if _SPAN_HIGH.search(word):
        high = _HIGH.match(text, stop, end)
        return None if high is None else ("up" if high["up"] else "down", start, high.end())
    return _single(text, word, start, stop)


def _single(text: str, word: str, start: int, stop: int) -> tuple[Direction, int, int] | None:
    if word in _FLAT:
        return "flat", start, stop
    before = text[max(0, start - 8) : start]
    if word == "up" and (_NOT_UP.search(before) or text.startswith(" to ", stop)):
        return None
    if word == "down" and _NOT_DOWN.search(before):
        return None
    if word in _UP:
        return "up", start, stop
    return ("down", start, stop) if word in _DOWN else None
