"""Tagging: closed classes first, then verbs by their neighbours."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from lodewire.extraction.grammar.tokens import Marked, Tag, Token, skip_adverbs, split_words
from lodewire.extraction.grammar.verbs import decide_form
from lodewire.extraction.grammar.words import VerbForm, Words, load_words
from lodewire.model.evidence import Span


def tokenise(text: str, sentence: Span, marked: Sequence[Marked]) -> list[Token]:
    """Return the tagged tokens of one sentence; ``marked`` spans are sorted, without overlaps."""
    tokens = split_words(text, sentence, marked)
    tag_words(tokens)
    return tokens


_CLOSED_TAGS: tuple[tuple[str, Tag], ...] = (
    ("negations", Tag.NEG),
    ("modals", Tag.AUX),
    ("pronouns", Tag.PRON),
    ("determiners", Tag.DET),
    ("relatives", Tag.REL),
    ("subordinators", Tag.SUB),
    ("conjunctions", Tag.CONJ),
    ("prepositions", Tag.PREP),
    ("adverbs", Tag.ADVERB),
)


def tag_words(tokens: list[Token]) -> None:
    """Tag every word token in place: closed classes first, then verbs by their neighbours."""
    words = load_words()
    closed, verbs, noun = _closed_words(), words.verbs, Tag.NOUN
    for index, token in enumerate(tokens):
        # Most words are in no closed class: they are passed over here, the rest are looked at.
        if token.tag is noun and (token.lower in closed or token.lower.endswith("ly")):
            _tag_closed(tokens, index, words)
    for index, token in enumerate(tokens):
        if token.tag is noun and token.lower in verbs:
            _tag_verb(tokens, index, words)
    _settle_that(tokens)


@functools.cache
def _closed_words() -> Mapping[str, Tag]:
    """Every word that ``_tag_closed`` knows by itself, with the tag of its first class."""
    words = load_words()
    tags = dict.fromkeys(("to", "since", "likely", *_CONTRACTED, *_PARTICIPLES), Tag.NOUN)
    for class_, tag in reversed(_CLOSED_TAGS):
        tags |= dict.fromkeys(words.closed[class_], tag)
    return dict.fromkeys(_auxiliaries(), Tag.AUX) | tags


@functools.cache
def _auxiliaries() -> Mapping[str, VerbForm]:
    """The forms of be, have and do, as auxiliaries."""
    words = load_words()
    return {
        word: VerbForm(
            _aux_lemma(word, words),
            words.verbs[word].forms if word in words.verbs else frozenset("D"),
        )
        for lemma in ("be", "have", "do")
        for word in words.closed[lemma]
    }


def _tag_closed(tokens: list[Token], index: int, words: Words) -> None:
    token = tokens[index]
    word = token.lower
    if word == "to":
        token.tag = Tag.TO
        return
    auxiliary = _auxiliaries().get(word)
    if auxiliary is not None:
        token.tag, token.verb = Tag.AUX, auxiliary
        return
    if word in _CONTRACTED and index + 1 < len(tokens) and tokens[index + 1].tag is Tag.NEG:
        token.tag = Tag.AUX  # "wo" + "n't"
        return
    inside = index > 0 and tokens[index - 1].tag is not Tag.STOP
    if (
        token.text != word
        and inside
        and (len(word) > 3 or word == "may")
        and not words.has("prepositions", word)
    ):
        return  # a capitalised word inside a sentence is part of a name, not a function word
    if word == "since" and index and tokens[index - 1].lemma == "have":
        token.tag = Tag.ADVERB  # "has since ordered"
        return
    if word == "each" and _floats(tokens, index, words):
        token.tag = Tag.ADVERB
        return
    if word in _PARTICIPLES:
        before = skip_adverbs(tokens, index - 1, -1) if index else None
        if before is not None and before.tag is Tag.AUX:
            return  # "is to be provided by", "will be given out": the verb
    tag = _closed_words().get(word, Tag.NOUN)
    if tag is not Tag.NOUN:
        token.tag = tag
        return
    if word == "likely" and index + 1 < len(tokens):
        following = words.verbs.get(tokens[index + 1].lower)
        if following is not None and following.forms & {"D", "B"}:
            token.tag = Tag.ADVERB  # "likely fell", "would likely stay"
            return
    # "would likely stay", but "will supply": after a modal a verb in -ly stays a verb.
    modal = index > 0 and tokens[index - 1].lower in words.closed["modals"]
    modal = modal and word not in words.verbs
    if word.endswith("ly") and len(word) > 4 and (word not in _NOT_ADVERBS or modal):
        token.tag = Tag.ADVERB


def _floats(tokens: Sequence[Token], index: int, words: Words) -> bool:
    """ "Lead and zinc [each] lost 1%", "down a fifth [each]": what was named before."""
    before = tokens[index - 1] if index else None
    if before is None or before.tag not in (Tag.NOUN, Tag.NAME, Tag.QUANTITY):
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or not after.text[:1].isalnum():
        return True
    known = words.verbs.get(after.lower)
    past = known is not None and bool(known.forms & {"D", "S"})
    return before.tag is not Tag.QUANTITY and (past or after.lower in _auxiliaries())


_CONTRACTED = ("wo", "ca", "sha")
# Participles that the closed classes hold as prepositions or conjunctions.
_PARTICIPLES = frozenset(
    "provided given following including excluding regarding concerning pending".split()
)
_NOT_ADVERBS = frozenset(
    "supply monthly weekly daily yearly quarterly early likely italy july assembly family rally "
    "monopoly reply apply comply rely imply ally friendly costly only fly multiply anomaly".split()
)


def _aux_lemma(word: str, words: Words) -> str:
    for lemma in ("be", "have", "do"):
        if word in words.closed[lemma]:
            return lemma
    return word


def _tag_verb(tokens: list[Token], index: int, words: Words) -> None:
    token = tokens[index]
    verb = words.verbs.get(token.lower)
    if verb is None or (token.lower == "forecast" and _is_owned(tokens, index)):
        return
    if token.lower in _COUNTED and index and tokens[index - 1].tag is Tag.QUANTITY:
        return  # "blacklisted eight firms that …"
    form = decide_form(tokens, index, verb)
    if form:
        token.tag, token.verb, token.form = Tag.VERB, verb, form


_COUNTED = frozenset(
    "firms mines ships plants mills banks farms fields wells blocks orders contracts licences "
    "licenses permits names states smelters projects claims offers bids houses".split()
)
_OWNERS = frozenset("its their his her our my your".split())


def _is_owned(tokens: list[Token], index: int) -> bool:
    """ "lowered [their year-end Brent forecast] by $5": the noun, not "as forecast by"."""
    for before in reversed(tokens[max(0, index - 6) : index]):
        if before.lower in _OWNERS or before.tag is Tag.POSS:
            return True
        if before.tag not in (Tag.NOUN, Tag.NAME, Tag.DATE, Tag.QUANTITY):
            return False
    return False


def _settle_that(tokens: list[Token]) -> None:
    for index, token in enumerate(tokens[:-1]):
        if token.lower != "that" and token.lower != "where":
            continue
        follows = skip_adverbs(tokens, index + 1, 1)
        if follows is not None and follows.tag in (Tag.VERB, Tag.AUX) and token.lower == "that":
            token.tag = Tag.REL
        else:
            token.tag = Tag.SUB
