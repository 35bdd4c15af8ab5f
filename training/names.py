"""Fitting the second opinion on names: which names of the texts are organisations, which sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.gold import GoldText, document_of
from lodewire.extraction.bounds import bound_sentences
from lodewire.extraction.naming.clues import clues_of
from lodewire.extraction.naming.mentions import choose_listed
from lodewire.extraction.naming.opinion import KINDS, write_opinion
from lodewire.extraction.naming.unlisted import gather
from lodewire.extraction.naming.votes import vote
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType

SITE_ROLES = frozenset(("site",))
PARTY_ROLES = frozenset(
    "party operator buyer seller acquirer supplier forecaster recipient investor holder".split()
)
_LISTED = (MentionType.ORGANISATION, MentionType.SITE, MentionType.PLACE)
_OWN_WORDS = ("listed", "ends ")  # clues that tell a listed name from one that nobody has listed
_SMALL = 0.02  # weights below are left out of the file
_SILVER = 0.5  # what a silver sentence counts beside a text annotated throughout


@dataclass(frozen=True, slots=True)
class NameExample:
    """One name of a text with its clues; ``kind`` is None where it is neither of ``KINDS``."""

    text: str
    name: str
    clues: list[str]
    kind: MentionType | None
    silver: bool


def name_examples(texts: Iterable[GoldText]) -> Iterator[NameExample]:
    """Yield the names of all texts; a silver sentence tells only of the names that it marks."""
    for gold in texts:
        silver = ":" in gold.id
        marked = _marked(gold, silver=silver)
        document = bound_sentences(document_of(gold))
        text = document.text
        chosen = choose_listed(text, document.sentences)
        _, by_name, around = gather(text, document.sentences, chosen)
        names = [(name, spans, False) for name, spans in by_name.items()]
        names += [(name, spans, True) for name, spans in _listed(text, chosen)]
        for name, spans, listed in names:
            kind, sure = _kind(text, spans, marked)
            if not sure or (silver and kind is None):
                continue
            clues = clues_of(text, name, spans, around, vote(text, name, spans))
            if listed or silver:
                clues = [c for c in clues if not c.startswith(_OWN_WORDS)]
            yield NameExample(gold.id, name, clues, kind, silver)


def _listed(text: str, chosen: Sequence[tuple[Span, object]]) -> list[tuple[str, list[Span]]]:
    found: dict[tuple[str, str], list[Span]] = {}
    for span, entry in chosen:
        type_ = getattr(entry, "type", None)
        if type_ in _LISTED:
            found.setdefault((span.of(text), str(type_)), []).append(span)
    return [(name, spans) for (name, _), spans in found.items()]


def _marked(gold: GoldText, *, silver: bool) -> dict[MentionType, list[str]]:
    if not silver:
        return {
            MentionType.ORGANISATION: list(gold.organisations),
            MentionType.SITE: list(gold.sites),
        }
    told: dict[MentionType, list[str]] = {kind: [] for kind in KINDS}
    for event in gold.events:
        for role, values in event.args.items():
            if role in SITE_ROLES:
                told[MentionType.SITE] += values
            elif role in PARTY_ROLES:
                told[MentionType.ORGANISATION] += values
    return told


def _kind(
    text: str, spans: Sequence[Span], marked: dict[MentionType, list[str]]
) -> tuple[MentionType | None, bool]:
    """Return the kind of a name, and whether it can be told: a part of a marked name cannot."""
    name = spans[0].of(text)
    for kind, names in marked.items():
        for whole in names:
            if any(_overlap(text, whole, span) for span in spans):
                return kind, True
    if name.isupper() and f"({name})" in text:
        return None, False
    for kind, names in marked.items():
        for whole in names:
            if whole.startswith(name + " "):
                return kind, True
            if name in whole.split():
                return None, False
    return None, True


def _overlap(text: str, whole: str, span: Span) -> bool:
    at = text.find(whole, max(0, span.start - len(whole) + 1), span.end + len(whole) - 1)
    return at >= 0 and at < span.end and span.start < at + len(whole)


def fit_names(examples: Sequence[NameExample], strength: float = 0.3) -> bytes:
    """Fit one model a kind over all names and return the file."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = DictVectorizer()
    every = list(range(len(examples)))  # picking the rows keeps the matrix's indices small
    matrix = vectors.fit_transform([dict.fromkeys(e.clues, 1.0) for e in examples])[every]
    worth = [_SILVER if e.silver else 1.0 for e in examples]
    biases: list[float] = []
    columns: list[list[float]] = []
    for kind in KINDS:
        model = LogisticRegression(C=strength, solver="liblinear", random_state=0, max_iter=300)
        model.fit(matrix, [e.kind is kind for e in examples], sample_weight=worth)
        biases.append(float(model.intercept_[0]))
        columns.append([float(w) for w in model.coef_[0]])
    names = vectors.get_feature_names_out()
    weights = {
        str(clue): pair
        for clue, *pair in zip(names, *columns, strict=True)
        if max(map(abs, pair)) >= _SMALL
    }
    return write_opinion(biases, weights)
