"""Tokens of a sentence: words with a tag; names, quantities and dates as single tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from lodewire.extraction.grammar.words import VerbForm, Words, load_words
from lodewire.model.evidence import Span


class Tag(Enum):
    """What a token is to the grammar; nouns and adjectives are not told apart."""

    NOUN = "noun"
    NAME = "name"
    QUANTITY = "quantity"
    DATE = "date"
    VERB = "verb"
    AUX = "aux"
    TO = "to"
    PREP = "prep"
    DET = "det"
    PRON = "pron"
    CONJ = "conj"
    SUB = "sub"
    REL = "rel"
    ADVERB = "adverb"
    NEG = "neg"
    POSS = "poss"
    COMMA = "comma"
    DASH = "dash"
    COLON = "colon"
    OPEN = "open"
    CLOSE = "close"
    QUOTE = "quote"
    STOP = "stop"


@dataclass(slots=True)
class Token:
    """One token; ``verb`` and ``form`` are set for verbs and auxiliaries."""

    span: Span
    text: str
    lower: str
    tag: Tag
    verb: VerbForm | None = None
    form: str = ""

    @property
    def lemma(self) -> str:
        """Lemma of a verb, else the lower-case word."""
        return self.verb.lemma if self.verb is not None else self.lower


@dataclass(frozen=True, slots=True)
class Marked:
    """A span that is one token whatever words it holds."""

    span: Span
    tag: Tag


_WORD = re.compile(
    r"(?P<poss>['’]s?(?![A-Za-z]))"
    r"|(?P<neg>(?<=[a-z])n['’]t\b)"
    r"|(?P<word>[^\W\d_](?:[\w&]|[-'’./](?=[^\W\d_]{2}|\d)|\.(?=[A-Z]\.))*\.?(?:(?<=[A-Z]\.[A-Z])\.)?)"
    r"|(?P<number>\d[\d.,]*\w*)"
    r"|(?P<dash>--+|[–—]|-(?=\s))"
    r"|(?P<punct>[^\w\s])"
)
_PUNCT = {
    ",": Tag.COMMA,
    ";": Tag.COLON,
    ":": Tag.COLON,
    "(": Tag.OPEN,
    "[": Tag.OPEN,
    ")": Tag.CLOSE,
    "]": Tag.CLOSE,
    '"': Tag.QUOTE,
    "“": Tag.QUOTE,
    "”": Tag.QUOTE,
    "«": Tag.QUOTE,
    "»": Tag.QUOTE,
    "‘": Tag.QUOTE,
    "’": Tag.QUOTE,
    "'": Tag.QUOTE,
    ".": Tag.STOP,
    "!": Tag.STOP,
    "?": Tag.STOP,
    "/": Tag.CONJ,
    "&": Tag.CONJ,
    "•": Tag.COLON,
    "·": Tag.COLON,
    "|": Tag.COLON,
}


def tokenise(text: str, sentence: Span, marked: Sequence[Marked]) -> list[Token]:
    """Return the tokens of one sentence; ``marked`` spans must be sorted and not overlap."""
    tokens: list[Token] = []
    at = sentence.start
    for mark in marked:
        _words(text, at, mark.span.start, tokens)
        words = mark.span.of(text)
        tokens.append(Token(mark.span, words, words.lower(), mark.tag))
        at = mark.span.end
    _words(text, at, sentence.end, tokens)
    tag_words(tokens)
    return tokens


def _words(text: str, start: int, end: int, tokens: list[Token]) -> None:
    hyphen: int | None = None
    for match in _WORD.finditer(text, start, end):
        span = Span(match.start(), match.end())
        word = match.group()
        kind = match.lastgroup
        if hyphen is not None and kind == "word":
            # "lithium-focused", "copper-bearing": no verb of its own.
            span = Span(hyphen, span.end - word.endswith("."))
            tokens.append(_word_token(span, span.of(text)))
            hyphen = None
            continue
        if kind == "poss" and (not tokens or tokens[-1].span.end != span.start):
            kind = "punct"
        if word == "-" and _joins(text, span):
            hyphen = span.start  # "battery-grade", "copper-gold": the hyphen parts no phrases
            continue
        if kind == "word" and word.endswith(".") and not _is_abbreviation(word):
            word, span = word[:-1], Span(span.start, span.end - 1)
            tokens.append(_word_token(span, word))
            tokens.append(Token(Span(span.end, span.end + 1), ".", ".", Tag.STOP))
            continue
        tokens.append(_TOKEN_OF[kind](span, word) if kind else _word_token(span, word))


def _joins(text: str, span: Span) -> bool:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return before.isalnum() and after.isalnum()


def _is_abbreviation(word: str) -> bool:
    return "." in word[:-1] or word.lower() in _ABBREVIATIONS


_ABBREVIATIONS = frozenset(
    "co. corp. inc. ltd. plc. no. nos. st. mr. mrs. ms. dr. sen. rep. gov. gen. col. vs. etc. "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. approx. est. dept. mt. bhd. "
    "jr. sr. prof. u.s. u.k. e.g. i.e. a.m. p.m. cos. bros. tbk. pt. pte. pty.".split()
)


def _word_token(span: Span, word: str) -> Token:
    return Token(span, word, word.lower(), Tag.NOUN)


def _punct_token(span: Span, word: str) -> Token:
    return Token(span, word, word, _PUNCT.get(word[0], Tag.COLON))


_TOKEN_OF = {
    "poss": lambda span, word: Token(span, word, word, Tag.POSS),
    "neg": lambda span, word: Token(span, word, word.lower(), Tag.NEG),
    "word": _word_token,
    "number": _word_token,
    "dash": lambda span, word: Token(span, word, word, Tag.DASH),
    "punct": _punct_token,
}

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
    for index, token in enumerate(tokens):
        if token.tag is Tag.NOUN:
            _tag_closed(tokens, index, words)
    for index, token in enumerate(tokens):
        if token.tag is Tag.NOUN:
            _tag_verb(tokens, index, words)
    _settle_that(tokens)


def _tag_closed(tokens: list[Token], index: int, words: Words) -> None:
    token = tokens[index]
    word = token.lower
    if word == "to":
        token.tag = Tag.TO
        return
    if word in words.closed["be"] or word in words.closed["have"] or word in words.closed["do"]:
        token.tag = Tag.AUX
        token.verb = words.verbs.get(word) or VerbForm(_aux_lemma(word, words), frozenset("D"))
        token.verb = VerbForm(_aux_lemma(word, words), token.verb.forms)
        return
    inside = index > 0 and tokens[index - 1].tag is not Tag.STOP
    if token.text != word and inside and len(word) > 3 and not words.has("prepositions", word):
        return  # a capitalised word inside a sentence is part of a name, not a function word
    if word == "since" and index and tokens[index - 1].lemma == "have":
        token.tag = Tag.ADVERB  # "has since ordered"
        return
    if word == "provided" and index > 0 and tokens[index - 1].tag is Tag.AUX:
        return  # "is to be provided by": the verb, not the condition
    for class_, tag in _CLOSED_TAGS:
        if word in words.closed[class_]:
            token.tag = tag
            return
    # "would likely stay", but "will supply": after a modal a verb in -ly stays a verb.
    modal = index > 0 and tokens[index - 1].lower in words.closed["modals"]
    modal = modal and word not in words.verbs
    if word.endswith("ly") and len(word) > 4 and (word not in _NOT_ADVERBS or modal):
        token.tag = Tag.ADVERB


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
    if verb is None:
        return
    form = _decide(tokens, index, verb)
    if form:
        token.tag, token.verb, token.form = Tag.VERB, verb, form


_NP_LEFT = (Tag.NAME, Tag.PRON, Tag.NOUN, Tag.QUANTITY, Tag.DATE, Tag.CLOSE, Tag.COMMA, Tag.REL)
_OPENS_OBJECT = (Tag.DET, Tag.NAME, Tag.QUANTITY, Tag.TO, Tag.PRON, Tag.SUB, Tag.REL, Tag.DATE)


def _decide(tokens: list[Token], index: int, verb: VerbForm) -> str:
    """Return the verb form that the token has here, or "" when it is a noun or adjective."""
    before = _skip_adverbs(tokens, index - 1, -1)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is not None and before.tag in (Tag.AUX, Tag.NEG):
        return _after_aux(before, verb)
    if before is not None and before.tag is Tag.TO:
        return "B" if "B" in verb.forms else ""
    if tokens[index].lower == "designated" and after is not None and after.lower == "nationals":
        return ""  # "Specially Designated Nationals": a list's name
    if tokens[index].lower == "rolled" and before is not None and before.lower in ("hot", "cold"):
        return ""
    if verb.lemma in ("export", "ship", "import") and _is_cargo(tokens, index):
        return ""
    if "G" in verb.forms:
        return _gerund(tokens, index, before, after)
    if verb.forms & {"D", "N"} and not verb.forms & {"B"}:
        return _past_form(before, tokens[index + 1 : index + 3], verb)
    return _present(tokens, index, before, after, verb)


_TAKES_CARGO = frozenset(
    "suspend halt ban stop restrict curb limit block resume prohibit cap control tax boost raise "
    "cut increase reduce double allow forbid".split()
)


def _is_cargo(tokens: list[Token], index: int) -> bool:
    """ "suspended cobalt exports since May": the exports are what is suspended."""
    left = tokens[max(0, index - 2) : index]
    return any(t.tag is Tag.VERB and t.lemma in _TAKES_CARGO for t in left)


def _skip_adverbs(tokens: list[Token], index: int, step: int) -> Token | None:
    while 0 <= index < len(tokens) and tokens[index].tag is Tag.ADVERB:
        index += step
    return tokens[index] if 0 <= index < len(tokens) else None


def _after_aux(before: Token, verb: VerbForm) -> str:
    lemma = before.lemma
    if lemma in ("be", "have") and "N" in verb.forms:
        return "N"
    if lemma == "be" and "G" in verb.forms:
        return "G"
    if lemma not in ("be", "have") and "B" in verb.forms:
        return "B"
    return ""


def _gerund(tokens: list[Token], index: int, before: Token | None, after: Token | None) -> str:
    token = tokens[index]
    if before is None:
        return "G" if after is not None and after.tag in _OPENS_OBJECT else ""
    if before.tag in (Tag.DET, Tag.POSS) or (index and token.text[0].isupper()):
        return ""
    if before.tag is Tag.VERB and before.lemma not in _TAKES_GERUND:
        # "signed binding loan agreements": before a noun an adjective, unless "stopped selling".
        return "" if after is not None and after.tag is Tag.NOUN else "G"
    closes = after is None or after.tag in _CLOSES_GERUND
    if before.tag is Tag.VERB and not closes:
        return "G"
    if before.tag is Tag.COMMA and after is not None and after.tag in (Tag.DET, Tag.NAME):
        return "G"  # "…, selling its Goro plant"
    if before.tag is Tag.PREP or before.tag is Tag.COMMA:
        noun_head = after is not None and after.lower in _GERUND_NOUN_HEADS
        return "" if noun_head or token.lower in _NOUN_GERUNDS else "G"
    if token.lower in _NOUN_GERUNDS or closes:
        return ""
    return "G"


_TAKES_GERUND = frozenset(
    "stop start begin consider keep avoid continue resume finish suggest mean risk involve propose "
    "discuss mull weigh cease quit halt".split()
)
_CLOSES_GERUND = (Tag.STOP, Tag.COMMA, Tag.CONJ, Tag.CLOSE, Tag.VERB, Tag.AUX)
_NOUN_GERUNDS = frozenset(
    "binding mining trading manufacturing refining processing smelting financing funding building "
    "drilling "
    "holding meeting filing ruling shipping engineering recycling training testing planning "
    "beginning spending marketing leaching milling logging lending pricing warning offering "
    "farming housing banking rating listing selling opening understanding stockpiling "
    "permitting licensing".split()
)
_GERUND_NOUN_HEADS = frozenset(
    "project projects operations operation costs cost plant plants capacity company companies "
    "rights licence license licences licenses activities industry sector group giant works".split()
)


def _past_form(before: Token | None, after: list[Token], verb: VerbForm) -> str:
    following = after[0].tag if after else None
    if before is not None and before.tag in (Tag.DET, Tag.POSS):
        return ""
    if before is not None and before.tag is Tag.PREP and following in (Tag.NOUN, Tag.NAME):
        return ""
    if "N" in verb.forms and after and after[0].lower == "by":
        # "bought by X" is a participle, "increased by 5 %" a past tense.
        return "D" if after[1:] and after[1].tag is Tag.QUANTITY else "N"
    if "D" in verb.forms and before is not None and before.tag in _NP_LEFT:
        return "D"
    return "N" if "N" in verb.forms else "D"


_PLANNING = frozenset("plan aim hope seek need want intend expect".split())


def _present(
    tokens: list[Token], index: int, before: Token | None, after: Token | None, verb: VerbForm
) -> str:
    token = tokens[index]
    if before is None:
        return ""
    form = "S" if "S" in verb.forms else ("D" if "D" in verb.forms else "B")
    if form == "S" and verb.lemma in _SPEAKING and _closes_aside(tokens, index, after):
        return form
    if before.tag in (Tag.DET, Tag.POSS, Tag.PREP):
        return ""
    if before.tag is Tag.PRON or before.tag is Tag.REL:
        return form if not _is_noun_after(before, after, verb) else ""
    if before.tag in (Tag.CONJ, Tag.COMMA):
        opens = after is not None and after.tag in _OPENS_OBJECT
        thinks = after is not None and after.tag is Tag.NOUN and verb.lemma in _THINKING
        # "has applied for a lease and aims to build": a second verb of the same subject.
        plans = form == "S" and after is not None and after.tag is Tag.TO
        if plans and verb.lemma in _PLANNING and any(t.tag is Tag.VERB for t in tokens[:index]):
            return form
        return form if not verb.noun and (opens or thinks) else ""
    if token.text[0].isupper() and index > 0:
        return ""
    if token.lower in _TRADES and after is not None and after.tag is Tag.NAME:
        return ""  # "Belgian materials firm Umicore"
    if before.tag not in (Tag.NAME, Tag.NOUN, Tag.CLOSE, Tag.DATE, Tag.QUANTITY, Tag.QUOTE):
        return ""
    plural = before.lower.endswith("s") and not before.lower.endswith(("ss", "gas", "us", "is"))
    # "the offshore wind [farm] to": a base form after one name is a noun where it may be one.
    named = before.tag is Tag.NAME and (form != "B" or not verb.noun)
    fits = (form == "S" and not plural) or (form == "B" and plural) or named
    if form == "D":
        fits = True
    if not verb.noun:
        return form if fits or form == "S" else ""
    if not fits or after is None:
        return ""
    governed = _governed(tokens, index - 1)
    if governed and after.tag is Tag.REL:
        return ""  # "a copper price which stood at"
    subject = before.tag is Tag.NAME and not governed
    opens = after.tag in _OPENS_OBJECT or (
        after.tag in (Tag.PREP, Tag.ADVERB, Tag.NOUN) and subject and form in "SD"
    )
    follows = _verb_follows(tokens, index) or _past_follows(tokens, index)
    return form if opens and not follows else ""


def _is_noun_after(before: Token, after: Token | None, verb: VerbForm) -> bool:
    """ "this output", "said that demand for copper …": the word is a noun."""
    if before.lower in ("this", "these", "those", "one"):
        return True
    joined = after is not None and after.tag in (Tag.PREP, Tag.AUX)
    return before.lower == "that" and verb.noun and joined


_SPEAKING = frozenset("estimate calculate forecast project report claim state".split())


def _closes_aside(tokens: list[Token], index: int, after: Token | None) -> bool:
    """Tell whether the word ends ", the agency estimates,": a speaker's aside, not a noun."""
    if after is not None and after.tag not in (Tag.COMMA, Tag.STOP):
        return False
    before = tokens[max(0, index - 5) : index]
    opening = [t for t in before if t.tag in (Tag.COMMA, Tag.QUOTE)]
    return bool(opening) and opening[-1] is not before[-1]


_THINKING = frozenset("see expect predict anticipate think believe".split())


_TRADES = frozenset("firm partner group subsidiary unit rival peer".split())


def _governed(tokens: list[Token], index: int) -> bool:
    """Tell whether the name at ``index`` hangs on a preposition, article or possessive."""
    before = tokens[index - 1] if index else None
    governing = (Tag.PREP, Tag.DET, Tag.POSS, Tag.TO, Tag.NAME, Tag.QUANTITY)
    return before is not None and before.tag in governing


def _verb_follows(tokens: list[Token], index: int) -> bool:
    """Tell whether a finite verb follows before the clause ends (then this one is a noun)."""
    for token in tokens[index + 1 : index + 5]:
        if token.tag in (Tag.AUX,):
            return True
        if token.tag in (Tag.COMMA, Tag.STOP, Tag.REL, Tag.SUB, Tag.COLON, Tag.TO):
            return False
    return False


def _past_follows(tokens: list[Token], index: int) -> bool:
    """Tell whether a past tense is the verb: "copper prices edged", "oil stocks in the US fell"."""
    rest = tokens[index + 1 : index + 8]
    if not rest or rest[0].tag not in (Tag.NOUN, Tag.PREP):
        return False
    for at, token in enumerate(rest):
        if token.tag in (Tag.COMMA, Tag.STOP, Tag.REL, Tag.SUB, Tag.COLON, Tag.TO, Tag.CONJ):
            return False
        if token.tag is Tag.AUX:
            return rest[0].tag is Tag.PREP
        verb = load_words().verbs.get(token.lower) if token.tag is Tag.NOUN else None
        if verb is not None and "D" in verb.forms and not verb.forms & {"B", "S"}:
            return at == 0 or rest[0].tag is Tag.PREP
    return False


def _settle_that(tokens: list[Token]) -> None:
    for index, token in enumerate(tokens[:-1]):
        if token.lower not in ("that", "where"):
            continue
        follows = _skip_adverbs(tokens, index + 1, 1)
        if follows is not None and follows.tag in (Tag.VERB, Tag.AUX) and token.lower == "that":
            token.tag = Tag.REL
        else:
            token.tag = Tag.SUB
