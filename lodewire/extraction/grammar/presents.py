"""Present tenses: words that are as often nouns ("mines", "plan", "exports")."""

from __future__ import annotations

from collections.abc import Sequence

from lodewire.extraction.grammar.tokens import Tag, Token, skip_adverbs
from lodewire.extraction.grammar.words import VerbForm, load_words

OPENS_OBJECT = (Tag.DET, Tag.NAME, Tag.QUANTITY, Tag.TO, Tag.PRON, Tag.SUB, Tag.REL, Tag.DATE)
_PLANNING = frozenset("plan aim hope seek need want intend expect".split())


def present_form(
    tokens: list[Token], index: int, before: Token | None, after: Token | None, verb: VerbForm
) -> str:
    """Return "S", "B" or "D" where the word at ``index`` is a verb here, "" where it is a noun."""
    if before is None:
        return ""
    form = "S" if "S" in verb.forms else ("D" if "D" in verb.forms else "B")
    if form == "S" and verb.lemma in _SPEAKING and _closes_aside(tokens, index, after):
        return form
    if before.tag in (Tag.DET, Tag.POSS, Tag.PREP) or before.lower == "whose":
        return ""
    if before.tag in (Tag.PRON, Tag.REL):
        return "" if _is_noun_after(before, after, verb) else form
    if before.tag in (Tag.CONJ, Tag.COMMA):
        return form if _goes_on(tokens, index, after, verb, form) else ""
    if before.tag in _SUBJECT_ENDS and _may_be_verb(tokens, index, before, after):
        return _after_noun(tokens, index, before, after, verb, form)
    return ""


_SUBJECT_ENDS = (Tag.NAME, Tag.NOUN, Tag.CLOSE, Tag.DATE, Tag.QUANTITY, Tag.QUOTE)


def _may_be_verb(tokens: list[Token], index: int, before: Token, after: Token | None) -> bool:
    token = tokens[index]
    if token.text[0].isupper() and index > 0:
        return False
    # "no new licences to mine"; "Belgian materials firm Umicore"
    trade = token.lower in _TRADES and after is not None and after.tag is Tag.NAME
    return before.lower not in _ADJECTIVES and not trade


def _goes_on(
    tokens: list[Token], index: int, after: Token | None, verb: VerbForm, form: str
) -> bool:
    """After a comma or conjunction: a second verb of one subject, or the verb after an aside."""
    if form == "S" and tokens[index - 1].tag is Tag.COMMA and _resumes(tokens, index):
        return True
    if after is None:
        return False
    # "has applied for a lease and aims to build"
    plans = form == "S" and after.tag is Tag.TO and verb.lemma in _PLANNING
    if plans and any(t.tag is Tag.VERB for t in tokens[:index]):
        return True
    if _is_second(tokens, index, after, form):
        return True
    thinks = after.tag is Tag.NOUN and verb.lemma in _THINKING
    return not verb.noun and (after.tag in OPENS_OBJECT or thinks)


def _after_noun(
    tokens: list[Token],
    index: int,
    before: Token,
    after: Token | None,
    verb: VerbForm,
    form: str,
) -> str:
    # A name in -s is no plural: "to MMG's Las Bambas mine".
    plural = before.tag is not Tag.NAME and before.lower.endswith("s")
    plural = plural and not before.lower.endswith(("ss", "gas", "us", "is"))
    # "the offshore wind [farm] to": a base form after one name is a noun where it may be one.
    named = before.tag is Tag.NAME and (form != "B" or not verb.noun)
    named = named or _is_listed(tokens, index)
    fits = (form == "S" and not plural) or (form == "B" and plural) or named or form == "D"
    if not verb.noun:
        return form if fits or form == "S" else ""
    if not fits:
        return ""
    if _moves(tokens, index, before, after, verb) or _ends_question(tokens, index, after, form):
        return form
    governed = _governed(tokens, index - 1)
    if after is None or (governed and after.tag is Tag.REL):
        return ""  # "a copper price which stood at"
    subject = before.tag is Tag.NAME and not governed
    if after.tag is Tag.TO and not _verb_next(tokens, index + 2):
        return form if subject and form == "S" and verb.lemma in _GOES else ""
    opens = after.tag in OPENS_OBJECT or (
        after.tag in (Tag.PREP, Tag.ADVERB, Tag.NOUN) and subject and form in "SD"
    )
    follows = _verb_follows(tokens, index) or _past_follows(tokens, index)
    return form if opens and not follows else ""


_MOVES = frozenset(
    "rise fall drop plunge slump slip edge climb surge jump tumble slide ease rally soar rebound "
    "sink retreat gain advance decline increase".split()
)
_MOVED_BY = (Tag.PREP, Tag.ADVERB, Tag.STOP, Tag.COMMA, Tag.QUANTITY, Tag.TO, Tag.SUB, Tag.DATE)


def _moves(
    tokens: list[Token], index: int, before: Token, after: Token | None, verb: VerbForm
) -> bool:
    """ "China's exports plunge after …": a plural that moves, unless an article makes it one."""
    if verb.lemma not in _MOVES or "B" not in verb.forms or before.tag is not Tag.NOUN:
        return False
    if not before.lower.endswith("s") or before.lower.endswith(("ss", "us", "is")):
        return False
    if after is not None and after.tag not in _MOVED_BY:
        return False
    if _verb_follows(tokens, index) or _past_follows(tokens, index):
        return False
    at = index - 1
    while at >= 0 and tokens[at].tag in _NOMINAL:
        at -= 1
    return at < 0 or tokens[at].lower not in ("a", "an", "any", "no", "this", "each", "of", "by")


_ASKING = frozenset("if when whether once until unless as".split())


def _ends_question(tokens: list[Token], index: int, after: Token | None, form: str) -> bool:
    """ "whether the smelter restarts.": the only word that can be the verb."""
    if form != "S" or (after is not None and after.tag not in (Tag.STOP, Tag.COMMA)):
        return False
    at = index - 1
    while at >= 0 and tokens[at].tag in (*_NOMINAL, Tag.DET, Tag.POSS):
        at -= 1
    return 0 <= at < index - 1 and tokens[at].lower in _ASKING


def _is_listed(tokens: list[Token], index: int) -> bool:
    """ "Glencore, Merafe halt", "Vale and BHP plan": two names are a plural."""
    if index < 3 or tokens[index - 1].tag is not Tag.NAME:
        return False
    joined = tokens[index - 2].tag in (Tag.COMMA, Tag.CONJ)
    return joined and tokens[index - 3].tag is Tag.NAME and index == 3


def _is_second(tokens: list[Token], index: int, after: Token | None, form: str) -> bool:
    """ "to mine ore and [ship] it": a second verb in the form of the first."""
    if after is None or after.tag not in (Tag.PRON, Tag.DET) or tokens[index - 1].tag is Tag.COMMA:
        return False
    first = next((t for t in reversed(tokens[:index]) if t.tag is Tag.VERB), None)
    return first is not None and first.form == form


_RESUMED = (Tag.DET, Tag.NAME, Tag.QUANTITY, Tag.PRON, Tag.NOUN)
_BEFORE_SUBJECT = (Tag.SUB, Tag.COLON, Tag.QUOTE, Tag.STOP, Tag.DASH)


def _resumes(tokens: list[Token], index: int) -> bool:
    """ "The plant, built by Tianqi, [produces] 24,000 tonnes": the verb after an aside."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is None or after.tag not in _RESUMED or _verb_follows(tokens, index):
        return False
    if after.tag is Tag.NOUN and _past_follows(tokens, index):
        return False
    opening = next((i for i in range(index - 2, 0, -1) if tokens[i].tag is Tag.COMMA), None)
    if opening is None or not _is_aside(tokens[opening + 1 : index - 1]):
        return False
    at = opening - 1
    while at >= 0 and tokens[at].tag in (*_NOMINAL, Tag.PREP, Tag.DET, Tag.POSS):
        at -= 1
    stop = tokens[at] if at >= 0 else None
    free = stop is None or stop.tag in _BEFORE_SUBJECT or stop.lemma in _SAYING
    return free and at + 1 < opening and tokens[at + 1].tag is not Tag.PREP


_NOMINAL = (Tag.NOUN, Tag.NAME, Tag.QUANTITY)
_SAYING = frozenset("say state add announce note report".split())


def _is_aside(words: Sequence[Token]) -> bool:
    """Tell whether the words between two commas only describe: "a unit of X", "built in 2019"."""
    if not words or any(t.tag is Tag.AUX for t in words):
        return False
    first = words[0]
    if first.tag is Tag.VERB:
        return first.form in ("N", "D")
    return first.tag is Tag.DET or any(t.tag is Tag.POSS for t in words)


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


_ADJECTIVES = frozenset(
    "new old major large small big additional further fresh key main foreign domestic local global "
    "annual monthly quarterly weekly strong weak high low recent latest early late current future "
    "possible potential similar separate special strict steep sharp heavy light".split()
)
_TRADES = frozenset("firm partner group subsidiary unit rival peer".split())


_GOES = frozenset(
    "climb drop edge dip slip jump surge slide rebound return tumble plunge ease move turn point "
    "plummet retreat advance switch shift export ship gain slump".split()
)


def _verb_next(tokens: list[Token], index: int) -> bool:
    """Tell whether a base form stands there: the "to" before it opens an infinitive."""
    following = skip_adverbs(tokens, index, 1)
    if following is None:
        return False
    verb = load_words().verbs.get(following.lower)
    return following.tag is Tag.AUX or (verb is not None and "B" in verb.forms)


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
