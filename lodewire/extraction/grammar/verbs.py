"""Whether a word that may be a verb is one here, and in which form."""

from __future__ import annotations

from lodewire.extraction.grammar.presents import OPENS_OBJECT, present_form
from lodewire.extraction.grammar.tokens import Tag, Token, skip_adverbs
from lodewire.extraction.grammar.words import VerbForm

_NP_LEFT = (Tag.NAME, Tag.PRON, Tag.NOUN, Tag.QUANTITY, Tag.DATE, Tag.CLOSE, Tag.COMMA, Tag.REL)


def decide_form(tokens: list[Token], index: int, verb: VerbForm) -> str:
    """Return the verb form that the token has here, or "" when it is a noun or adjective."""
    before = skip_adverbs(tokens, index - 1, -1)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is not None and before.tag in (Tag.AUX, Tag.NEG):
        return _after_aux(_auxiliary(tokens, index) or before, verb)
    if before is not None and before.tag is Tag.TO:
        return "B" if "B" in verb.forms and not _is_mark(tokens[index], after) else ""
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
    return present_form(tokens, index, before, after, verb)


_TAKES_CARGO = frozenset(
    "suspend halt ban stop restrict curb limit block resume prohibit cap control tax boost raise "
    "cut increase reduce double allow forbid".split()
)


def _is_cargo(tokens: list[Token], index: int) -> bool:
    """ "suspended cobalt exports since May": the exports are what is suspended."""
    left = tokens[max(0, index - 2) : index]
    return any(t.tag is Tag.VERB and t.lemma in _TAKES_CARGO for t in left)


def _auxiliary(tokens: list[Token], index: int) -> Token | None:
    """The auxiliary before a verb, over adverbs and negations: "had not yet received"."""
    at = index - 1
    while at >= 0 and tokens[at].tag in (Tag.ADVERB, Tag.NEG):
        at -= 1
    return tokens[at] if at >= 0 and tokens[at].tag is Tag.AUX else None


def _is_mark(token: Token, after: Token | None) -> bool:
    """ "to record highs", "to market", "to date": a noun or adjective after the "to"."""
    if token.lower not in ("record", "market", "date"):
        return False
    return after is None or after.tag not in (Tag.DET, Tag.PRON, Tag.NAME, Tag.SUB)


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
        return "G" if after is not None and after.tag in OPENS_OBJECT else ""
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
