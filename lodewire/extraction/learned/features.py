"""What the learned part looks at: words, with names, figures and dates masked by their kind.

Masks keep the models from learning who was in the news ("Glencore buys") instead of how a thing
is told ("<organisation> buys").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.evidence import Span

LONGEST = 90  # tokens looked at; a longer "sentence" is a table or a list
_CUT = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er", "es", "ed")
_BARE = (Tag.COMMA, Tag.STOP, Tag.QUOTE, Tag.POSS)


class Word(NamedTuple):
    """One token as the models see it: a stem, or a mask in angle brackets."""

    form: str
    span: Span

    @property
    def masked(self) -> bool:
        """Tell whether it stands for a name, a figure or a date."""
        return self.form.startswith("<")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the word without its commonest endings: "halting", "halted", "halts" are one."""
    for ending in (*_CUT, "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def words_of(sentence: Sentence) -> list[Word]:
    """Return the sentence's tokens, masked and stemmed, without commas and quotation marks."""
    masks = {m.span: m.type.value for m in sentence.mentions}
    masks |= {q.span: f"q_{q.kind.value}" for q in sentence.quantities}
    masks |= {d.span: "date" for d in sentence.dates}
    words: list[Word] = []
    for token in sentence.tokens[:LONGEST]:
        if token.tag in _BARE:
            continue
        mask = masks.get(token.span)
        if mask is not None:
            words.append(Word(f"<{mask}>", token.span))
        elif token.lower[0].isdigit():
            words.append(Word("<number>", token.span))
        else:
            words.append(Word(stem(token.lower), token.span))
    return words


def telling_features(sentence: Sentence, words: Sequence[Word]) -> list[str]:
    """Features of what a sentence tells: words, pairs of neighbours, masks with words, place."""
    forms = ["^", *(w.form for w in words), "$"]
    single = dict.fromkeys(forms[1:-1])
    features = [f"u {f}" for f in single]
    features += dict.fromkeys(f"b {a} {b}" for a, b in pairwise(forms))
    masks = [f for f in single if f.startswith("<")]
    long = [f for f in single if len(f) > 3 and not f.startswith("<")]
    features += [f"p {m} {w}" for m in masks for w in long]
    if sentence.index <= 2:
        features.append(f"at {sentence.index}")
    return features


def filler_features(
    words: Sequence[Word], at: int, trigger: int, kind: str, rank: int
) -> Iterator[str]:
    """Features of what role the token at index ``at`` plays in what ``trigger`` tells.

    ``kind`` is the filler's kind, ``rank`` its place among the fillers of that kind.
    """
    before = [w.form for w in words[max(0, at - 3) : at]]
    after = [w.form for w in words[at + 1 : at + 4]]
    side = "after" if at > trigger else "before" if at < trigger else "at"
    gap = min(4, abs(at - trigger) // 3)
    verb = words[trigger].form if words else ""
    yield f"k {kind}"
    yield f"k {kind} {side}"
    yield f"k {kind} {side} {gap}"
    yield f"k {kind} {rank}"
    yield f"v {verb} {kind} {side}"
    yield f"- {before[-1] if before else '^'}"
    yield f"- {before[-1] if before else '^'} {kind}"
    yield f"-- {' '.join(before[-2:]) or '^'}"
    yield f"+ {after[0] if after else '$'}"
    yield f"+ {after[0] if after else '$'} {kind}"
    yield f"++ {' '.join(after[:2]) or '$'}"
    yield f"-+ {before[-1] if before else '^'} {after[0] if after else '$'}"
    for form in dict.fromkeys(before + after):
        yield f"n {form}"
