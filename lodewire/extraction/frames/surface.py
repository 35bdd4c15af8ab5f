"""Sentences with their names and figures drawn together to one sign each, for plain patterns.

Headlines, inverted and elliptic sentences escape a grammar of clauses; who stands before and behind
which words still tells a deal. A pattern over signs ("@a teams up with @b") says so, and each group
that it names comes back as the parties that stand in it.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import MONEY, SHARE, TONNAGE
from lodewire.extraction.frames import slots, unnamed, works
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.grammar.words import load_words
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import MentionType

Filler = Mention | Quantity | Span
Party = Mention | Span

# One sign a kind, from the private use area: never in a text, no letter, no word boundary.
FIRM, STATE, SITE, GOODS, SUM, SHARES, VOLUME, NAME = (chr(0xE000 + n) for n in range(8))
_SIGNS = {
    MentionType.ORGANISATION: FIRM,
    MentionType.COUNTRY: STATE,
    MentionType.SITE: SITE,
    MentionType.COMMODITY: GOODS,
    MentionType.PRODUCT: GOODS,
}
_SIGN_OF = {
    kind: sign
    for kinds, sign in ((MONEY, SUM), (SHARE, SHARES), (TONNAGE, VOLUME))
    for kind in kinds
}
_UNLISTED = re.compile(
    r"\b[A-Z][a-z]{2,}\w*(?:[ -][A-Z][a-z]\w+){0,2}|\b[A-Z][A-Z&]{1,4}\b|\b[A-Z]{2,4}[a-z]+\b"
)
_NO_NAME = frozenset(
    "the this that these those under after before with when while its his her their our for from "
    "but and not new all both some talks shares first last monday tuesday wednesday thursday friday "
    "saturday sunday january february march april may june july august september october november "
    "december jan feb mar apr jun jul aug sept sep oct nov dec president minister chief executive ceo cfo coo lng mou jv "
    "ipo ev evs spa ppa usd mr ms dr state federal exploration mining copper gold lithium nickel "
    "however meanwhile also earlier later more most other others another one two three shareholders "
    "investors lenders underwriters backed european american asian african underground phase stage "
    "series loi moc asx tsx tsxv nyse lse otc board directors chairman pm am eu uk us usa rdc drc "
    "act acts law heads central dle ree reo hpa nsr feed dfs pfs pea esg co inc corp ltd plc sa ag nv bhd tbk".split()
)
_WORD = r"(?:[\w’'.&%-]+|[\ue001\ue003](?:['’]s)?)"
_BESIDE = rf"(?:{_WORD} ){{0,4}}?"  # "Australia's lithium miner [X]"
_FIRMS = "[\ue000\ue007]"
_LIST = rf"{_FIRMS}(?:(?:, | and |, and | & |, along with | together with )(?:the )?{_BESIDE}{_FIRMS}){{0,4}}"
_PAIR = rf"{_FIRMS}(?:(?:, | and |, and | & |/)(?:the )?{_BESIDE}{_FIRMS}){{1,4}}"
_STATES = (
    "\ue001(?:['’]s)?(?:(?:, | and |, and )(?:the )?(?:governments? of (?:the )?)?\ue001){1,4}"
)


@functools.cache
def pattern(words: str) -> re.Pattern[str]:
    """Compile a pattern over signs, as ``spelled`` reads it."""
    return re.compile(spelled(words), re.IGNORECASE)


def spelled(words: str) -> str:
    """Spell out a pattern over signs: ``@a``/``@b`` a party or list, ``@aa`` two or more, ``@ss`` two states,
    ``@g`` a party or a state.

    ``~`` is a stretch without another party, ``…`` a shorter one; ``$S``, ``$K``, ``$M``, ``$P``,
    ``$Q`` are the signs of a site, goods, a sum, a share and a volume. What stands before "::" are
    the stems of which a sentence must hold one (see ``phrase_search``).
    """
    words = words.partition(" :: ")[2] or words
    signs = {"$S": SITE, "$K": GOODS, "$M": SUM, "$P": SHARES, "$Q": VOLUME, "$C": STATE}
    for lead, group in (("@g", "g"), ("@b", "b")):
        if words.startswith(lead):  # nothing stands before it: no search from every word
            party = f"{_LIST}|\ue001(?!['’]s)" if group == "g" else _LIST
            words = f"(?P<{group}>{party})" + words.removeprefix(lead)
    built = words.replace("@aa", f"(?P<a>{_PAIR})").replace("@ss", f"(?P<a>{_STATES})")
    built = built.replace("@a", f"(?P<a>{_LIST})").replace(
        "@b", f"(?:the )?{_BESIDE}(?P<b>{_LIST})"
    )
    built = built.replace("~", r"[^;\ue000\ue007]{0,70}?").replace("…", r"[^;\ue000\ue007]{0,40}?")
    built = built.replace("@g", f"(?:the )?{_BESIDE}(?P<g>{_LIST}|\ue001(?!['’]s))")
    for sign, char in signs.items():
        built = built.replace(sign, char)
    return built


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence as signs, with what each position stands for."""

    sentence: Sentence
    text: str
    starts: tuple[int, ...]
    fillers: dict[int, Filler]

    def span(self, start: int, end: int) -> Span:
        """The words of the document that a stretch of signs stands for."""
        return Span(self.starts[start], self.starts[end])

    def parties(self, match: re.Match[str], group: str) -> list[Mention | Span]:
        """Who stands in a group: firms, else unlisted names, else states; owners stand aside."""
        if group not in match.re.groupindex or match.start(group) < 0:
            return []
        found: list[Mention | Span] = []
        for at in range(match.start(group), match.end(group)):
            filler = self.fillers.get(at)
            if filler is None or isinstance(filler, Quantity):
                continue
            if self.text[at] in (FIRM, NAME) or match.group(group)[0] == STATE:
                found.append(filler)
        return found

    def of(self, match: re.Match[str], sign: str) -> list[Filler]:
        """What stands for one sign inside a match, in order."""
        spots = range(match.start(), match.end())
        return [self.fillers[i] for i in spots if self.text[i] == sign and i in self.fillers]


def mask(sentence: Sentence) -> Masked:
    """The sentence as signs; worked out once."""
    known = sentence.shared.get(__name__)
    if isinstance(known, Masked):
        return known
    made = _mask(sentence)
    sentence.shared[__name__] = made
    return made


def _mask(sentence: Sentence) -> Masked:
    text = sentence.analysis.text
    marks = _marks(sentence)
    built: list[str] = []
    starts: list[int] = []  # for each character of what is built its place in the text
    fillers: dict[int, Filler] = {}
    at = sentence.span.start
    for span, sign, told in marks:
        if span.start < at:
            continue
        built.append(text[at : span.start])
        starts.extend(range(at, span.start))
        at = span.end
        if not told:
            continue  # "(ASX: LIT)": no word of the sentence
        for filler in told[:-1]:  # "the two companies" are the last two named
            fillers[len(starts)] = filler
            built.append(f"{sign} and ")
            starts.extend([span.start] * 6)
        fillers[len(starts)] = told[-1]
        built.append(sign)
        starts.append(span.start)
    built.append(text[at : sentence.span.end])
    starts.extend(range(at, sentence.span.end))
    starts.append(sentence.span.end)
    return Masked(sentence, "".join(built).translate(_BLANKS), tuple(starts), fillers)


_BLANKS = str.maketrans("\n\t\u00a0", "   ")


def _marks(sentence: Sentence) -> list[tuple[Span, str, tuple[Filler, ...]]]:
    marks: list[tuple[Span, str, tuple[Filler, ...]]] = []
    for mention in sentence.mentions:
        sign = _SIGNS.get(mention.type)
        named = _named(sentence, mention) if sign is not None else None
        if sign is None or named is None:
            continue
        if sign in (FIRM, STATE) and not slots.is_actor(sentence, mention):
            continue
        marks.append((mention.span, sign, (named,)))
    marks.extend((span, "", ()) for span in _brackets(sentence))
    marks.extend(_firms_of_sites(sentence))
    marks.extend(_pronouns(sentence))
    marks.extend(_both(sentence))
    marks.extend((span, NAME, (span,)) for span in unnamed.find(sentence))
    for quantity in sentence.quantities:
        sign = _SIGN_OF.get(quantity.kind)
        if sign is not None:
            marks.append((quantity.span, sign, (quantity,)))
    lands = (MentionType.PLACE, MentionType.PERSON)
    taken = [m.span for m in sentence.mentions if m.type not in lands] + [m[0] for m in marks]
    lone = {m.span for m in sentence.mentions if m.type in lands}
    # "Guangdong Weihua": a place begins the name of a firm; alone it is no name.
    free = (s for s in _unlisted(sentence, taken) if not any(p.covers(s) for p in lone))
    marks.extend((s, NAME, (s,)) for s in free)
    return sorted(marks, key=lambda m: (m[0].start, -m[0].end))


_IDLE = frozenset("be seem appear take remain become look mean turn".split())


def _pronouns(sentence: Sentence) -> Iterator[tuple[Span, str, tuple[Mention]]]:
    """ "It agreed to put A$2 million into Metalstech": the firm that "it" stands for."""
    for clause in sentence.clauses:
        subject = clause.subject
        if subject is None or clause.inherited or clause.verb.passive or clause.lemma in _IDLE:
            continue
        if subject.chunk.lower == "we":
            speaker = works.main_company(sentence.analysis)
            if speaker is not None:  # "We have suspended purchasing titanium," the firm said
                yield subject.chunk.span, FIRM, (speaker,)
        if subject.chunk.lower != "it":
            continue
        referent = sentence.referent(subject.chunk)
        if referent is not None and referent.type is MentionType.ORGANISATION:
            named = _named(sentence, referent)
            if named is not None and slots.is_actor(sentence, named):
                yield subject.chunk.span, FIRM, (named,)


_BRACKET = re.compile(
    r"\s?\((?:[A-Z][\w.-]*\s?:\s?[\w.]+(?:[,;/]? ?(?:and )?(?:[A-Z][\w.-]*\s?:\s?)?[\w.]+){0,5}|"
    r"(?:the )?[“\"]?[A-Z][\w&-]{1,11}[”\"]?(?: or [“\"][^()]{1,24}[”\"])?)\)"
)


def _brackets(sentence: Sentence) -> Iterator[Span]:
    """Tickers and short forms in brackets behind a firm: "(ASX: LIT)", "(KABIL)"."""
    text = sentence.analysis.text
    if "(" not in sentence.text:
        return
    for mention in sentence.mentions:
        if mention.type is MentionType.ORGANISATION:
            match = _BRACKET.match(text, mention.span.end, sentence.span.end)
            if match is not None:
                yield Span(match.start(), match.end())


_FIRM_WORD = re.compile(
    r" (?:Mines|Mining|Minerals?|Resources|Metals|Exploration|Energy|Corp|Corporation|Ventures|"
    r"Developments?|Holdings?|Materials)\b(?! (?:mine|project|deposit|property|plant))"
)


def _firms_of_sites(sentence: Sentence) -> Iterator[tuple[Span, str, tuple[Span]]]:
    """ "Northern Rand Mines": a site's name before a firm's word names the firm."""
    text = sentence.analysis.text
    for mention in sentence.mentions:
        if mention.type is MentionType.SITE and not mention.generic:
            match = _FIRM_WORD.match(text, mention.span.end, sentence.span.end)
            if match is not None:
                whole = Span(mention.span.start, match.end())
                yield whole, NAME, (whole,)


def _named(sentence: Sentence, mention: Mention) -> Mention | None:
    """ "the company": the firm of the text that it stands for."""
    if not mention.generic:
        return mention
    if mention.type is not MentionType.ORGANISATION:
        return None
    found = (m for m in sentence.analysis.mentions if m.entity == mention.entity)
    return next((m for m in found if not m.generic), None)


_BOTH = sought(
    r"\b(?:the (?:two|three|pair|duo|companies|parties|partners|firms|sides)|both|they)\b"
    r"(?: (?:companies|parties|sides|firms|groups|partners|miners))?",
    re.IGNORECASE,
)


def _both(sentence: Sentence) -> Iterator[tuple[Span, str, tuple[Mention, Mention]]]:
    if not sentence.may_hold(_BOTH.number):
        return
    for match in _BOTH.pattern.finditer(sentence.text):
        start = sentence.span.start + match.start()
        pair = slots.last_two(sentence, start)
        if len(pair) == 2:
            yield Span(start, sentence.span.start + match.end()), FIRM, (pair[0], pair[1])


def _unlisted(sentence: Sentence, taken: Sequence[Span]) -> Iterator[Span]:
    """Capitalised words that no table knows; none where a headline writes every word so."""
    start = sentence.span.start
    found: list[Span] = []
    for match in _UNLISTED.finditer(sentence.text):
        span = Span(*match.span()).shift(start)
        if any(t.start < span.end and span.start < t.end for t in taken):
            continue
        words = match.group().lower().replace("-", " ").split(" ")
        if _NO_NAME.isdisjoint(words) and not _opens(sentence, span):
            found.append(span)
    return iter(()) if not found or _is_titled(sentence.text) else iter(found)


_LONG_WORD = re.compile(r"\b[A-Za-z]{4,}")


def _is_titled(text: str) -> bool:
    words: list[str] = _LONG_WORD.findall(text)
    capitals = sum(w[0].isupper() for w in words)
    return capitals * 2 > len(words) + 2


def _opens(sentence: Sentence, span: Span) -> bool:
    """ "Ownership of the smelter passed": a common word that only opens its sentence."""
    if span.start > sentence.span.start:
        return False
    word, text = span.of(sentence.analysis.text), sentence.analysis.text
    return _COMMON.fullmatch(word) is not None and f" {word}" not in text


_PLAIN = re.compile(r"[A-Z][a-z]+")
_COMMON = re.compile(
    r".*(?:s|ly|ing|ed|ion|ment|ity|age|ance|ence|ship|ness|ers?|ors?|ians?|al|ry)|"
    r"(?:Gold|Trade|Steel|Crude|Work|Demand|Output|Power|Coal|Early|Today|Here|There|Even|Once|Both|"
    r"Lead|Zinc|Tin|Silver|Spot|Global|Net|Cash|Debt|Half|Much|Part|None|Just|Only|Also|Since|Until)"
)


def is_name(sentence: Sentence, span: Span) -> bool:
    """Tell whether capitalised words that no table knows are a name, not a sentence's first word.

    A first word is one where the text writes it again, or where it looks like no common word.
    """
    text = sentence.analysis.text
    words = span.of(text)
    if span.start > sentence.span.start or not _PLAIN.fullmatch(words):
        return True
    if words.lower() in load_words().verbs or re.search(rf"\b{words.lower()}\b", text):
        return False
    return re.search(rf"[a-z,] {words}\b", text) is not None or _COMMON.fullmatch(words) is None


_TO_NAME = re.compile(
    rf"\bto (?:the )?(?:(?:[a-z][\w’'-]*|[\ue001\ue003](?:['’]s)?) ){{0,4}}?(?P<n>{NAME})"
    r"(?!['’]| (?:mine|project|plant|smelter|refinery|port|field|deposit|in|province|state)\b)"
)


def named_after_to(sentence: Sentence, region: Span) -> Span | None:
    """ "will deliver … to [Axpo]": the name that no table knows to whom something goes."""
    masked = mask(sentence)
    if NAME not in masked.text:
        return None
    start = bisect.bisect_left(masked.starts, region.start)
    end = bisect.bisect_left(masked.starts, region.end)
    match = _TO_NAME.search(masked.text, start, end)
    filler = masked.fillers.get(match.start("n")) if match is not None else None
    return filler if isinstance(filler, Span) else None


def trigger(masked: Masked, match: re.Match[str]) -> Span:
    """The words that tell the deal: the group "t" of a pattern."""
    return masked.span(match.start("t"), match.end("t"))


_OWN_WORKS = re.compile(
    r"\b(?:its|their|the|his) (?P<n>(?:[\w’'&-]+ |[\ue001\ue003] (?:and )?){0,4}?(?:business(?:es)?|unit|arm|division|"
    r"subsidiary|assets|operations?|portfolio|mines?|projects?|plants?|smelters?|refiner(?:y|ies)))\b"
)


def works_in(masked: Masked, match: re.Match[str]) -> list[Party]:
    """ "hands [its base metals arm] to B": what changes hands without a name of its own."""
    found = _OWN_WORKS.search(masked.text, match.start(), match.end())
    return [masked.span(*found.span("n"))] if found is not None else []


_SURE = frozenset((SITE, SUM, VOLUME, SHARES, GOODS))


def is_known(sides: Sequence[Party], masked: Masked, match: re.Match[str]) -> bool:
    """One party must be known to the reader; two bare names stand only beside goods or a sum."""
    sentence = masked.sentence
    if not all(isinstance(s, Mention) or is_name(sentence, s) for s in sides):
        return False
    return any(isinstance(s, Mention) for s in sides) or any(c in _SURE for c in match.group())


def distinct(sides: Sequence[Party]) -> list[Party]:
    """Each party once, in order."""
    seen: dict[object, Party] = {}
    for side in sides:
        seen.setdefault(side.entity if isinstance(side, Mention) else side, side)
    return list(seen.values())
