"""What is seen of a name nobody has listed: its form, and the words and names around it.

The clues are the features of the linear model in ``opinion.py``. They never contain the name itself,
so that the model learns how names are told of, not who was in the news.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lodewire.extraction.grammar.words import load_words
from lodewire.extraction.naming.cues import cue_union, load_cues
from lodewire.extraction.naming.lexicon import load_lexicon
from lodewire.extraction.naming.votes import Votes
from lodewire.model.evidence import Span

_REACH = 64  # characters looked at on each side
_MOST = 5  # occurrences looked at
_TOKEN = re.compile(r"[^\W\d_][\w’'.-]*|\n|[^\w\s]|\d[\w.,]*")
_JOINTS = (", ", " and ", ", and ", " or ", " & ", "; ", "/")
_CLASSES = (
    "legal",
    "company_nouns",
    "agency_starts",
    "agency_ends",
    "site_nouns",
    "site_words",
    "organisation_before",
    "organisation_after",
    "organisation_possessed",
    "organisation_openers",
    "organisation_verbs",
    "person_titles",
    "person_after",
    "place_after",
    "first_names",
    "soft_openers",
)


@dataclass(frozen=True, slots=True)
class Around:
    """Where names begin and end, with the other end and their type; "?" where it is not known."""

    starts: Mapping[int, tuple[int, str]]
    ends: Mapping[int, tuple[int, str]]


def clues_of(
    text: str, name: str, spans: Sequence[Span], around: Around, votes: Votes
) -> list[str]:
    """Return the features of one name over its occurrences, each once."""
    clues = dict.fromkeys(_form(text, name))
    for span in spans[:_MOST]:
        clues.update(dict.fromkeys(_near(text, span, around)))
    for kind in ("organisation", "site", "person", "place"):
        clues[f"v {kind} {max(-1, min(3, getattr(votes, kind) // 2))}"] = None
    clues[f"times {min(3, len(spans))}"] = None
    return list(clues)


_ELEMENTS = re.compile(
    r"(?:(?:Li|Na|K|Be|Mg|Ca|Sr|Ba|Al|Ga|In|Ge|Sn|Pb|Sb|Bi|Ti|Zr|Hf|V|Nb|Ta|Cr|Mo|W|Mn|Re|Fe|Co|Ni|Cu|Ag|Au|"
    r"Pt|Pd|Rh|Ru|Ir|Os|Zn|Cd|Hg|Sc|Y|La|Ce|Pr|Nd|Sm|Eu|Gd|Tb|Dy|Ho|Er|Tm|Yb|Lu|U|Th|S|P|O|F|C|Si|B|H|N|Cl|As|"
    r"Se|Te|TREO|REO)(?:\d{0,2})){1,5}(?:Eq)?"
)
_MEASURE = re.compile(
    r"(?:[A-Z]{1,3}|Rmb|Rs\.?|US)?\$?\d[\d.,]*[A-Za-z]{0,3}|[kMGT]Wh?|[kMGm]tpa|\d+\w?"
)


def tells_office(name: str) -> bool:
    """ "Energy Minister Ignasius Jonan": the last word is somebody's surname."""
    words = [w.lower() for w in name.split()]
    return len(words) > 2 and any(w in load_cues()["titles_inside"] for w in words[:-1])


_STORMS = frozenset(("hurricane", "cyclone", "typhoon", "storm", "tropical", "article", "decree"))
_SUFFIXES = tuple(sorted(load_cues()["organisation_before_suffix"]))


def is_barred(name: str) -> bool:
    """Tell whether a name cannot be an organisation's or a site's: a unit, a title, a region."""
    cues = load_cues()
    words = [w.lower().strip(".,’'") for w in name.split()]
    if words[-1] in cues["legal"] and len(words) > 1:
        return False
    if words[-1].endswith(_SUFFIXES) or words[-1] in cues["never_last"] or words[0] in _STORMS:
        return True
    if name.lower() in cues["never_names"] or any(w in cues["titles_inside"] for w in words):
        return True
    return len(words) == 1 and (
        words[0] in cue_union("legal", "company_nouns", "site_nouns", "site_words")
        or _ELEMENTS.fullmatch(name) is not None
        or _MEASURE.fullmatch(name) is not None
    )


def _form(text: str, name: str) -> Iterator[str]:
    words = name.split()
    yield f"words {min(4, len(words))}"
    if name.isupper():
        yield f"capitals {min(7, len(name))}"
    for class_ in _classes(words[-1]):
        yield f"last {class_}"
    for class_ in _classes(words[0]):
        yield f"first {class_}"
    if re.search(r"[a-zà-ÿ][A-Z]", name):
        yield "camel"
    if any(c.isdigit() for c in name):
        yield "digit"
    if "-" in name:
        yield "hyphen"
    if any(not w[0].isupper() for w in words):
        yield "particle"
    yield f"ends {words[-1][-3:].lower()}"
    if len(words) > 1 and len(words[-1]) > 3:
        yield f"lastword {words[-1].lower()}"
    if name.lower() in text:
        yield "common"
    verb = load_words().verbs.get(words[0].lower())
    if verb is not None:
        yield "verb" if len(words) == 1 else "verbal"
    for entry in load_lexicon().entries.get(name.lower(), ()):
        yield f"listed {entry.type.value}"


@functools.cache
def _class_table() -> Mapping[str, tuple[str, ...]]:
    """Each cue word with the classes that it belongs to."""
    table: dict[str, tuple[str, ...]] = {}
    for class_ in _CLASSES:
        for word in load_cues()[class_]:
            table[word] = (*table.get(word, ()), class_)
    return table


def _classes(word: str) -> tuple[str, ...]:
    return _class_table().get(word.lower(), ())


def _near(text: str, span: Span, around: Around) -> Iterator[str]:
    left = _TOKEN.findall(text, max(0, span.start - _REACH), span.start)
    right = _TOKEN.findall(text, span.end, min(len(text), span.end + _REACH))
    if span.start > _REACH and left:
        left = left[1:]
    before = [t.lower() for t in left[-4:]]
    after = [t.lower() for t in right[:5]]
    a, b = (before[-1] if before else "^"), (after[0] if after else "$")
    yield f"l {a}"
    yield f"r {b}"
    yield f"rr {b} {after[1]}" if len(after) > 1 else "rr $"
    yield f"lr {a} {b}"
    for word in before:
        yield f"ln {word}"
    for word in after:
        yield f"rn {word}"
    for class_ in _classes(a):
        yield f"lc {class_}"
    for place, word in enumerate(after[:3]):
        for class_ in _classes(word):
            yield f"rc {class_} {place}"
    if any(word in load_cues()["site_nouns"] for word in before):
        yield "works before"
    yield from _verb(after)
    yield from _names_near(text, span, around)
    yield from _told_apart(text, span.end)
    yield from _listed_with(text, span, around)


def _verb(after: Sequence[str]) -> Iterator[str]:
    for word in after[:2]:
        verb = load_words().verbs.get(word)
        if verb is not None:
            yield f"does {verb.lemma}"
            yield f"does {'S' if 'S' in verb.forms else 'D' if 'D' in verb.forms else 'B'}"


def _names_near(text: str, span: Span, around: Around) -> Iterator[str]:
    for joint in (*_JOINTS, " ", "'s ", "’s ", " (", " in ", " of ", ", a ", ", the "):
        at = span.end + len(joint)
        if at in around.starts and text.startswith(joint, span.end):
            yield f"then {joint}{around.starts[at][1]}"
        at = span.start - len(joint)
        if at in around.ends and text.startswith(joint, at):
            yield f"upon {joint}{around.ends[at][1]}"


_APART = re.compile(
    r"(?:,|;| [–—-]{1,2}) (?:(?:an?|the|its|one of|which (?:is|was|are|has|have|runs|owns)|whose|"
    r"where|by|now|once|formerly) )+([^,.;:()\n]{3,80})|"
    r"(?:,| [–—-]) ([a-z][^,.;:()\n]{3,60})| \(([^)]{3,60})\)"
)


def _told_apart(text: str, end: int) -> Iterator[str]:
    """ "X, a thermal coal mine", "X, an environmental law centre": what an aside calls it."""
    match = _APART.match(text, end)
    if match is None:
        return
    cues = load_cues()
    aside = next(g for g in match.groups() if g)
    for word in aside.lower().split()[:9]:
        if word in cues["site_nouns"]:
            yield "aside works"
        elif word in cue_union("organisation_before", "agency_ends", "company_nouns"):
            yield "aside firm"
        elif word in cues["person_titles"]:
            yield "aside office"
        yield f"aside {word}"


def list_of(text: str, span: Span, around: Around) -> tuple[Span, set[str]]:
    """Return the list of names in which one stands, and the kinds of the others."""
    start, end, kinds = span.start, span.end, set[str]()
    for _ in range(_LONGEST):
        step = _next_in_list(text, end, around)
        if step is None:
            break
        end, kind = step
        kinds.add(kind)
    for _ in range(_LONGEST):
        step = _last_in_list(text, start, around)
        if step is None:
            break
        start, kind = step
        kinds.add(kind)
    return Span(start, end), kinds


_LONGEST = 8  # names of a list followed on each side


def lists_works(text: str, span: Span, around: Around) -> bool:
    """ "five blocks, viz. X, Y and Z", "X and Y, two nickel mines": told to be works."""
    whole, _ = list_of(text, span, around)
    if _WORKS_AHEAD.search(text, max(0, whole.start - 40), whole.start):
        return True
    return whole != span and _WORKS_BEHIND.match(text, whole.end) is not None


_MANY = (
    r"(?:mines|projects|deposits|blocks|sites|plants|smelters|refineries|fields|prospects|licences|"
    r"licenses|concessions|properties|tenements|pits|shafts|declines|zones|terminals|mills|wells|"
    r"fabs|factories|gigafactories|furnaces|collieries|oilfields|gasfields|potlines|quarries|"
    r"operations|targets|reactors|power stations|pipelines|orebodies|complexes|steelworks)"
)
_WORKS_AHEAD = re.compile(
    rf"\b{_MANY}(?:, |: | [–—-] |, (?:viz\.|namely|including|such as|among them|chiefly) |"
    r" (?:such as|like|including|called|named|namely|known as) |, viz\. )(?:\d{1,2}\. |\(?[a-z\d]\) )?"
    r"(?:the )?$"
)
_WORKS_BEHIND = re.compile(
    r"(?:, (?:the|its|all|both|two|three|four|five|each|their|which are)(?: [\w-]+){0,4}?|,| [a-z-]+| )"
    rf" ?\b{_MANY}\b"
)


def _listed_with(text: str, span: Span, around: Around) -> Iterator[str]:
    """What stands before and after the whole list in which the name stands, and who else does."""
    whole, kinds = list_of(text, span, around)
    if whole == span:
        return
    for kind in kinds:
        yield f"beside {kind}"
    before = _TOKEN.findall(text, max(0, whole.start - 40), whole.start)[-3:]
    after = _TOKEN.findall(text, whole.end, whole.end + 50)[:6]
    cues = load_cues()
    for side, words in (("before", before), ("after", after)):
        for word in words:
            yield f"list {side} {word.lower()}"
            if word.lower() in cues["site_nouns"]:
                yield f"list {side} works"
    yield from _told_apart(text, whole.end)


_AND = r"(?:(?:, (?:and |or )?|; (?:and )?| and | or | & |/)(?:\d{1,2}\. |\([a-z\d]\) )?)"
_NEXT = re.compile(_AND)
_LAST = re.compile(_AND + "$")


def _next_in_list(text: str, end: int, around: Around) -> tuple[int, str] | None:
    joint = _NEXT.match(text, end)
    return around.starts.get(joint.end()) if joint is not None else None


def _last_in_list(text: str, start: int, around: Around) -> tuple[int, str] | None:
    joint = _LAST.search(text, max(0, start - 12), start)
    return around.ends.get(joint.start()) if joint is not None else None
