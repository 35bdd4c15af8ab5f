"""What may fill the roles of an event: names, figures, dates and noun phrases of a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import CHANGE, Filler
from lodewire.extraction.grammar.chunks import Kind
from lodewire.extraction.learned.features import Word
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType, QuantityKind
from lodewire.ontology.event_types import RoleDefinition, RoleKind

_PARTY = frozenset(("organisation", "country", "person"))
_GOODS = frozenset(("commodity", "product"))
_FITS: dict[RoleKind, frozenset[str]] = {
    RoleKind.PARTY: _PARTY,
    RoleKind.ORGANISATION: frozenset(("organisation",)),
    RoleKind.COUNTRY: frozenset(("country", "place")),
    RoleKind.COMMODITY: _GOODS,
    RoleKind.PRODUCT: _GOODS | {"phrase"},
    RoleKind.SITE: frozenset(("site",)),
    RoleKind.BENCHMARK: frozenset(("benchmark",)),
    RoleKind.DATE: frozenset(("date",)),
    RoleKind.PHRASE: _GOODS | {"phrase", "site"},
}
_MONEY = {QuantityKind.MONEY}
_STUFF = {
    QuantityKind.MASS,
    QuantityKind.MASS_RATE,
    QuantityKind.VOLUME,
    QuantityKind.VOLUME_RATE,
    QuantityKind.ENERGY,
    QuantityKind.ENERGY_RATE,
    QuantityKind.POWER,
    QuantityKind.COUNT,
}
_FIGURES: dict[str, set[QuantityKind]] = {
    "value": _MONEY,
    "stake": {QuantityKind.PERCENT, QuantityKind.FACTOR},
    "rate": {QuantityKind.PERCENT, QuantityKind.PRICE, QuantityKind.MONEY},
    "term": {QuantityKind.DURATION},
    "volume": _STUFF,
    "capacity": _STUFF,
    "tonnage": {QuantityKind.MASS, QuantityKind.VOLUME},
    "contained": {QuantityKind.MASS, QuantityKind.VOLUME, QuantityKind.ENERGY},
    "grade": {QuantityKind.GRADE, QuantityKind.PERCENT},
    "change": {*CHANGE, *_MONEY, *_STUFF, QuantityKind.PRICE},
    "level": {*_STUFF, *_MONEY, QuantityKind.PRICE, QuantityKind.PERCENT},
}


_OPENERS = frozenset(("the", "a", "an", "its", "their", "all", "any"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A filler, its kind (a mention's type, "q_" with a quantity's, "date", "phrase") and place.

    ``at`` is the index of its last word among the sentence's words; ``rank`` counts the
    candidates of the same kind before it.
    """

    kind: str
    filler: Filler
    span: Span
    at: int
    rank: int


def fits(role: RoleDefinition, candidate: Candidate) -> bool:
    """Tell whether a candidate is of a kind that the role can take at all."""
    if role.kind is RoleKind.QUANTITY:
        if not candidate.kind.startswith("q_"):
            return False
        return QuantityKind(candidate.kind[2:]) in _FIGURES.get(role.name, set())
    return candidate.kind in _FITS.get(role.kind, frozenset())


def find_candidates(sentence: Sentence, words: Sequence[Word]) -> list[Candidate]:
    """Return everything in the sentence that may fill a role, in text order."""
    found: list[tuple[str, Filler, Span]] = [
        (m.type.value, m, m.span)
        for m in sentence.mentions
        if not (m.generic and m.type is MentionType.COMMODITY)
    ]
    found += [(f"q_{q.kind.value}", q, q.span) for q in sentence.quantities]
    found += [("date", d, d.span) for d in sentence.dates if d.grain != "duration"]
    found += [("phrase", span, span) for span in _phrases(sentence)]
    seen: Counter[str] = Counter()
    candidates: list[Candidate] = []
    for kind, filler, span in sorted(found, key=lambda f: (f[2].start, f[2].end, f[0])):
        at = _index(words, span)
        if at is not None:
            candidates.append(Candidate(kind, filler, span, at, min(3, seen[kind])))
            seen[kind] += 1
    return candidates


def _phrases(sentence: Sentence) -> Iterator[Span]:
    """Noun phrases of more than a pronoun, article left out, with an "of …" behind."""
    chunks = sentence.chunks
    for index, chunk in enumerate(chunks):
        if chunk.kind is not Kind.NP or chunk.is_pronoun or chunk.is_date:
            continue
        start = chunk.span.start
        first = chunk.tokens[0]
        if (
            first.lower in ("the", "a", "an", "its", "their", "all", "any")
            and len(chunk.tokens) > 1
        ):
            start = chunk.tokens[1].span.start
        yield Span(start, chunk.span.end)
        behind = chunks[index + 1 : index + 3]
        joined = len(behind) == 2 and behind[0].lower in ("of", "for", "in", "from")
        if joined and behind[1].kind is Kind.NP:
            yield Span(start, behind[1].span.end)


def _index(words: Sequence[Word], span: Span) -> int | None:
    """The index of the last word inside ``span``."""
    inside = [i for i, w in enumerate(words) if span.overlaps(w.span)]
    return inside[-1] if inside else None
