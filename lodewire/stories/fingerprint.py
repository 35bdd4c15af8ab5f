"""Taking the signature of a document.

Copies are found by three kinds of keys: the digest of the normalised text; LSH bands over a MinHash
of word shingles (near duplicates); openings of sentences and sampled shingles of the lead, which a
truncated copy shares whatever headline or dateline it carries. Related articles are found by pairs
of telling things: two organisations, an organisation and a figure.

Resemblance itself is measured on winnowed shingles (Schleimer, Wilkerson and Aiken, 2003): any run
of seven words that two texts share leaves at least one print in both.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.vocabulary import DocumentRole, MentionType
from lodewire.stories.signature import VERSION, DocumentSignature
from lodewire.stories.words import figures_of, telling_figures, weight_of, words_of

_SHINGLE = 4
_WINNOW = 4
# Beyond this a text is known well enough.
_MAX_WORDS, _MAX_CHARS, _MAX_FIGURES = 1_500, 10_000, 250
_LEAD_WORDS = 90
_HEAD_WORDS = 160
_BEGINNING_WORDS = 70
_BANDS, _ROWS = 12, 5  # meets pairs of resemblance .7 with 89 %, .8 with 99 %
_SEED = 20_250_312
_OPENINGS, _OPENING_WORDS = 8, 7
_SAMPLE = 8  # one shingle of the lead in eight becomes a key
_TERMS = 48
_ENTITIES, _TOPICS, _TELLING, _RARE = 4, 6, 4, 2

_SPECIFIC = (MentionType.ORGANISATION, MentionType.SITE, MentionType.PERSON, MentionType.PRODUCT)
_TOPICAL = (MentionType.COUNTRY, MentionType.COMMODITY)


def sign(document: Document, *, day: date, mentions: Sequence[Mention] = ()) -> DocumentSignature:
    """Return the signature of a document.

    ``day`` is the day published (fetched, where none is declared). ``mentions`` are the names
    found in its text; without them only copies are found, and related articles by figures.
    """
    words = words_of(document.text)
    runs = _runs(words[:_MAX_WORDS])
    shingles = [zlib.crc32(run.encode()) for run in runs]
    lead_text = _lead_text(document)
    terms = _terms(lead_text, document.language)
    entities, topics = _names(mentions, len(lead_text))
    telling = telling_figures(f"{document.title or ''} {document.text}")[: _TELLING * 2]
    keys = {_key("exact", _exact(words))} if words else set()
    keys.update(_band_keys(runs))
    marks = set(_opening_keys(document))
    marks.update(_key("lead", str(s)) for s in shingles[:_HEAD_WORDS] if s % _SAMPLE == 0)
    pairs = set(_pair_keys(entities, topics, telling, terms))
    return DocumentSignature(
        document_id=document.id,
        source_id=document.source_id,
        day=day,
        language=document.language,
        teaser=document.role is DocumentRole.TEASER,
        words=len(words),
        exact=_exact(words),
        prints=frozenset(_winnow(shingles)),
        lead_prints=frozenset(_winnow(shingles[:_BEGINNING_WORDS])),
        terms=tuple((_word_hash(w), round(weight, 3)) for w, weight in terms),
        entities=entities,
        topics=topics,
        figures=frozenset(figures_of(document.text[:_MAX_CHARS])[:_MAX_FIGURES]),
        telling=telling,
        keys=tuple(sorted(keys | marks | pairs)),
        close_keys=tuple(sorted(pairs)),
        mark_keys=tuple(sorted(marks)),
        marks=len(marks),
    )


def _runs(words: Sequence[str]) -> list[str]:
    """All runs of four words; a shorter text is one run."""
    if 0 < len(words) < _SHINGLE:
        return [" ".join(words)]
    return [" ".join(run) for run in zip(*(words[at:] for at in range(_SHINGLE)), strict=False)]


def _exact(words: Sequence[str]) -> str:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=12).hexdigest()


def _winnow(hashes: Sequence[int]) -> set[int]:
    """The least hash of every window: chosen by content alone, wherever the text stands."""
    if len(hashes) <= _WINNOW:
        return set(hashes)
    return {min(hashes[at : at + _WINNOW]) for at in range(len(hashes) - _WINNOW + 1)}


def _band_keys(runs: Sequence[str]) -> Iterable[int]:
    """LSH bands over a MinHash of the word shingles."""
    from rensa import RMinHash

    if not runs:
        return []
    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    sketch.update(runs)
    digest = sketch.digest()
    algorithm = RMinHash.ALGORITHM_VERSION
    return [
        _key(f"band{at}/{algorithm}", ",".join(map(str, digest[at * _ROWS : (at + 1) * _ROWS])))
        for at in range(_BANDS)
    ]


def _opening_keys(document: Document) -> Iterable[int]:
    """The first words of the first sentences; a dateline or cut end spoils one, not all."""
    found = []
    for span in document.sentences[:_OPENINGS]:
        words = words_of(span.of(document.text))[:_OPENING_WORDS]
        if len(words) == _OPENING_WORDS:
            found.append(_key("opening", " ".join(words)))
    return found


def _lead_text(document: Document) -> str:
    end = 0
    for span in document.sentences:
        if end and document.text.count(" ", 0, span.end) > _LEAD_WORDS:
            break
        end = span.end
    return f"{document.title or ''}\n{document.text[: end or 6 * _LEAD_WORDS]}"


def _terms(lead: str, language: str | None) -> list[tuple[str, float]]:
    """The weightiest words of title and lead, by weight and letter."""
    weights = {w: weight_of(w, language) for w in set(words_of(lead))}
    ranked = sorted(((w, x) for w, x in weights.items() if x > 0), key=lambda t: (-t[1], t[0]))
    return ranked[:_TERMS]


def _names(mentions: Sequence[Mention], lead: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The things named most and earliest, specific ones apart from countries and commodities."""
    specific: Counter[str] = Counter()
    topical: Counter[str] = Counter()
    for mention in mentions:
        # Named in the lead counts for three times later on: that is what the article is about.
        worth = 3 if mention.span.start < lead else 1
        if mention.type in _SPECIFIC:
            specific[mention.entity] += worth
        elif mention.type in _TOPICAL:
            topical[mention.entity] += worth
    return _top(specific, _ENTITIES + 2, least=2), _top(topical, _TOPICS)


def _top(counts: Counter[str], most: int, least: int = 1) -> tuple[str, ...]:
    """The names that count most; one met once, far down, is no mark of the story."""
    told = [name for name, worth in counts.items() if worth >= least]
    return tuple(sorted(told, key=lambda name: (-counts[name], name))[:most])


def _pair_keys(
    entities: Sequence[str],
    topics: Sequence[str],
    telling: Sequence[str],
    terms: Sequence[tuple[str, float]],
) -> Iterable[int]:
    things = [f"e:{e}" for e in entities[:_ENTITIES]]
    figures = [f"n:{n}" for n in telling[:_TELLING]]
    rare = [f"w:{w}" for w, _ in terms[:_RARE]]
    about = [f"t:{t}" for t in topics[:2]]
    pairs = [*combinations(things, 2), *combinations(figures, 2)]
    pairs += [(thing, other) for thing in things for other in (*figures, *rare, *about)]
    return [_key("pair", "|".join(sorted(pair))) for pair in pairs]


def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode())


def _key(kind: str, told: str) -> int:
    """A signed 64-bit number, which every database can index."""
    digest = hashlib.blake2b(f"{VERSION}|{kind}|{told}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
