"""Agreements to explore, to supply, to work together: one reading of "A signs with B" for three.

What kind of agreement it is, the words of the clause decide; who gives and who takes, the verb,
then what is known of the parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import SHARE, TONNAGE, Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.grammar.clauses import Clause, Phrase
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType, QuantityKind

_NOUN = re.compile(
    r"\b(?:(?:off-?take|supply|tolling|purchase|sales|exploration|option|earn-in|farm-in|framework|"
    r"cooperation|co-operation|partnership|strategic|joint venture|collaboration|definitive|binding|"
    r"non-binding|preliminary|long-term|multi-year|initial|final|prospecting|heads of|feedstock)"
    r"[\s-]+(?:and\s+)?)*"
    r"(?:agreements?|deals?|contracts?|memorand(?:um|a)(?: of (?:understanding|cooperation))?|MoUs?|"
    r"MOUs?|pacts?|accords?|partnerships?|alliances?|joint ventures?|JVs?|letters? of intent|LoI|"
    r"term sheet|arrangement|offtake|off-take|earn-in|farm-in|option|ventures?|consortium|tie-up|terms)\b"
)
_SIGN = frozenset(
    "sign agree enter ink strike conclude reach form establish set launch create finalise finalize "
    "secure win award announce execute seal clinch land make have hold obtain negotiate extend "
    "renew complete work seek discuss plan".split()
)
_JOIN = frozenset("partner team cooperate co-operate collaborate join ally".split())
_EXPLORE = re.compile(
    r"\b(?:explor\w+|prospect(?:ing)?\b|earn[- ]in|earn up to|farm[- ]in|look(?:ing)? for|"
    r"search(?:ing)? for|option (?:over|on|to)|exclusive rights)\b",
    re.IGNORECASE,
)
_SUPPLY = re.compile(
    r"\b(?:suppl(?:y|ies|ied|ying)|off-?take|tolling|deliver(?:y|ies|ed)?|feedstock|"
    r"purchase agreement|sales agreement|sale and purchase|SPA|buy(?:ing)? .{0,30}(?:tonnes|tons|output)|"
    r"sell .{0,30}(?:tonnes|tons|output|concentrate)|power contract|PPA|long-term contract)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:joint[- ]ventures?|JVs?|partner(?:s|ship|ships|ed|ing)?|cooperat\w+|co-operat\w+|"
    r"collaborat\w+|alliance|memorand\w+|MoU|MOU|consortium|jointly|together|tie-up|team(?:s|ed)? up|"
    r"strategic agreement|framework agreement|letter of intent|venture)\b"
)
_PARTNERS = re.compile(
    r"\b(?:are|is|be|as|become|became|been)\s(?:already\s|also\s|now\s)?(?:its\s|their\s|the\s|a\s)?"
    r"(?:[a-z]+\s)?(?:joint[- ]venture\s)?partners?\b"
)
_TAKERS = frozenset(
    "automaker battery chip magnet technology utility steel aerospace defence chemicals trader "
    "smelter recycler renewables".split()
)
_GIVERS = frozenset("miner oil_gas state_company".split())


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield agreements told by a verb of signing, of joining, of supplying, or "are partners"."""
    seen: set[tuple[EventType, frozenset[str]]] = set()
    for clause in sentence.clauses:
        draft = _read(sentence, clause)
        if draft is None:
            continue
        told = (draft.type, frozenset(a.value for a in draft.arguments if a.entity))
        if told not in seen:
            seen.add(told)
            yield draft


def _read(sentence: Sentence, clause: Clause) -> Draft | None:
    words = sentence.tail(clause).of(sentence.analysis.text)
    if clause.lemma in ("supply", "deliver") or (
        clause.lemma == "sell" and _tonnes(sentence, clause)
    ):
        return _supply_by_verb(sentence, clause)
    if clause.lemma in _JOIN:
        return _together(sentence, clause, clause.chunk.span)
    noun = _NOUN.search(words[:140])
    partners = _PARTNERS.search(sentence.reach(clause).of(sentence.analysis.text) + " ")
    if clause.lemma == "be" and partners:
        return _together(sentence, clause, clause.chunk.span)
    if clause.lemma in ("explore", "prospect") or (
        clause.lemma in ("look", "search") and " for " in words[:40]
    ):
        return _explore(sentence, clause, clause.chunk.span)
    if clause.lemma not in _SIGN or noun is None or noun.start() > 90:
        return None
    return _by_kind(sentence, clause, noun.group())


def _by_kind(sentence: Sentence, clause: Clause, noun: str) -> Draft | None:
    words = sentence.tail(clause).of(sentence.analysis.text)
    if _EXPLORE.search(words):
        return _explore(sentence, clause, clause.chunk.span)
    if _SUPPLY.search(noun) or (_SUPPLY.search(words) and not re.search(r"ventur|partner", noun)):
        return _supply_by_noun(sentence, clause)
    if _TOGETHER.search(words) or _TOGETHER.search(noun):
        return _together(sentence, clause, clause.chunk.span)
    return None


def _tonnes(sentence: Sentence, clause: Clause) -> bool:
    return bool(sentence.quantities_in(sentence.reach(clause), *TONNAGE))


def parties_of(sentence: Sentence, clause: Clause) -> list[Mention]:
    """Who agrees: the subject's parties, those after "with", "between" and "and"."""
    found = list(sentence.parties(clause.subject))
    if clause.verb.passive:
        found = [m for p in clause.with_prep("by") for m in sentence.parties(p)]
    for above in (clause, *clause.governors()):
        if above is not clause and not found:
            found.extend(sentence.parties(above.subject))
        for phrase in (*above.phrases, *above.objects):
            if phrase.prep in ("with", "between", "among", "alongside"):
                found.extend(_every_party(sentence, phrase))
    return fill.distinct(found)


def _every_party(sentence: Sentence, phrase: Phrase) -> list[Mention]:
    found: list[Mention] = []
    for chunk in phrase.chunks:
        inside = sentence.mentions_in(chunk.span, MentionType.ORGANISATION, MentionType.COUNTRY)
        organisations = [m for m in inside if m.type is MentionType.ORGANISATION]
        found.extend(organisations[-1:] or inside[-1:])
    return found


def _explore(sentence: Sentence, clause: Clause, trigger: Span) -> Draft | None:
    parties = parties_of(sentence, clause)
    agreed = _NOUN.search(sentence.text) or any(c.lemma == "agree" for c in clause.governors())
    if not parties or not (agreed or clause.lemma == "agree"):
        return None
    draft = Draft(EventType.EXPLORATION_AGREEMENT, sentence, trigger, clause)
    draft.add_all("party", parties)
    draft.add("site", fill.sites_near(sentence, fill.scope(draft), trigger))
    _sums(draft)
    return _circumstances(draft)


def _sums(draft: Draft) -> None:
    for quantity in draft.sentence.quantities_in(draft.sentence.span, QuantityKind.MONEY):
        draft.add("value", quantity)


def _together(sentence: Sentence, clause: Clause, trigger: Span) -> Draft | None:
    parties = parties_of(sentence, clause)
    if len(parties) < 2:
        return None
    draft = Draft(EventType.JOINT_VENTURE, sentence, trigger, clause)
    draft.add_all("party", parties)
    draft.add("asset", fill.sites_near(sentence, fill.scope(draft), trigger))
    for quantity in sentence.quantities_in(sentence.span, *SHARE):
        if _is_share(sentence, quantity):
            draft.add("stake", quantity)
    fill.fill_value(draft)
    return _circumstances(draft)


def _is_share(sentence: Sentence, quantity: Quantity) -> bool:
    text = sentence.analysis.text
    around = text[max(0, quantity.span.start - 25) : quantity.span.end + 30].lower()
    return bool(
        re.search(
            r"\b(?:stake|interest|own|owns|owned|hold|holds|gets|share|earn|%[- ]owned)\b", around
        )
    )


def _supply_by_verb(sentence: Sentence, clause: Clause) -> Draft | None:
    supplier = sentence.head_party(clause.agent)
    buyers: list[Mention] = []
    for phrase in clause.with_prep("to"):
        buyers.extend(_every_party(sentence, phrase))
    if not buyers and clause.objects and clause.lemma == "supply":
        buyers = _every_party(sentence, clause.objects[0])
    commodities = sentence.mentions_in(sentence.reach(clause), MentionType.COMMODITY)
    source = [m for p in clause.with_prep("from") for m in sentence.named(p, MentionType.SITE)]
    if not commodities or not (buyers or (supplier and source)):
        return None
    if supplier is None and not buyers:
        return None
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, clause.chunk.span, clause)
    draft.add("supplier", supplier)
    draft.add_all("buyer", buyers[:2])
    return _terms_of_supply(draft)


def _supply_by_noun(sentence: Sentence, clause: Clause) -> Draft | None:
    parties = [m for m in parties_of(sentence, clause) if m.type is MentionType.ORGANISATION]
    parties = parties or parties_of(sentence, clause)
    if not parties:
        return None
    draft = Draft(EventType.SUPPLY_AGREEMENT, sentence, clause.chunk.span, clause)
    first, others = parties[0], parties[1:]
    supplier_first = _gives(sentence, clause, first, others[0] if others else None)
    draft.add("supplier" if supplier_first else "buyer", first)
    draft.add_all("buyer" if supplier_first else "supplier", others[:2])
    for phrase in clause.with_prep("to"):
        draft.add_all("buyer", _every_party(sentence, phrase)[:1])
    return _terms_of_supply(draft)


def _gives(sentence: Sentence, clause: Clause, first: Mention, other: Mention | None) -> bool:
    """Tell whether the first party supplies: by the words, else by what the parties are."""
    words = sentence.text.lower()
    if re.search(
        r"\b(?:to supply|to sell|to deliver|will supply|supplying|for the sale|off-?take (?:agreement|deal|contract|mou)? ?(?:with|for))\b",
        words,
    ):
        return True
    if re.search(
        r"\b(?:to buy|to purchase|to source|to receive|will (?:buy|take|receive)|for the purchase|supply (?:of|contract|deal|agreement).{0,30} (?:from|with))\b",
        words,
    ):
        return False
    first_kind = sentence.analysis.kind_of(first)
    other_kind = sentence.analysis.kind_of(other) if other is not None else ""
    if first_kind in _TAKERS and other_kind not in _TAKERS:
        return False
    return not (other_kind in _GIVERS and first_kind not in _GIVERS)


def _terms_of_supply(draft: Draft) -> Draft | None:
    sentence = draft.sentence
    fill.fill_quantity(draft, "volume", TONNAGE)
    terms = [
        q
        for q in sentence.quantities_in(sentence.span, QuantityKind.DURATION)
        if re.search(
            r"(?:for|over|period of|-)\s*(?:at least |up to |a |an )?$",
            sentence.analysis.text[max(0, q.span.start - 24) : q.span.start],
        )
        or "-year" in q.text
    ]
    draft.add("term", terms[0] if terms else None)
    draft.add("site", fill.sites_near(sentence, fill.scope(draft), draft.trigger))
    fill.fill_value(draft)
    draft = _circumstances(draft)
    return (
        draft if draft.has("commodity") or (draft.has("supplier") and draft.has("buyer")) else None
    )


def _circumstances(draft: Draft) -> Draft:
    fill.fill_commodity(draft)
    fill.fill_date(draft)
    fill.fill_country(draft)
    return draft
