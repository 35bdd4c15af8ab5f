"""Acquisitions: who buys whom, or what, from whom, for how much."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import MONEY, SHARE, Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.grammar.clauses import Clause, Phrase
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType

BUY = frozenset("buy acquire purchase snap take-over absorb swallow".split())
SELL = frozenset("sell divest offload dispose".split())
_STAKE = re.compile(r"\b(?:stake|interest|shareholding|holding|share|shares|equity|control)\b")
_TAKE = frozenset("take gain assume secure pay raise increase lift boost win".split())
_NOUN = re.compile(
    r"\b(?:acquisition|takeover|take-over|buyout|purchase|sale|merger)\s(?:of|with)\b",
    re.IGNORECASE,
)
_ANAPHOR = re.compile(
    r"\b[Tt]he (?:deal|acquisition|transaction|takeover|purchase|offer|bid|sale)\b"
)
_GOODS = re.compile(
    r"\b(?:tonnes|tons|barrels|cargo(?:es)?|volumes|ore|feedstock|equipment|power)\b"
)
_ASSETS = re.compile(
    r"\b(?:rights|licen[cs]es?|assets?|mine|project|deposit|smelter|plant|business|unit|subsidiary|"
    r"operations?|portfolio|tenements?|royalty|stake|division)\b"
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield acquisitions told by a verb of buying or selling, by a noun, or by "the deal"."""
    told = False
    for clause in sentence.clauses:
        draft = _by_verb(sentence, clause)
        if draft is not None:
            told = True
            yield draft
    if not told:
        yield from _by_noun(sentence)
        yield from _by_anaphor(sentence)


def _by_verb(sentence: Sentence, clause: Clause) -> Draft | None:
    selling = clause.lemma in SELL
    if clause.lemma not in BUY and not selling and not _takes_stake(sentence, clause):
        return None
    patient = clause.patient
    if patient is None or _buys_goods(sentence, clause, patient):
        return None
    draft = Draft(EventType.ACQUISITION, sentence, clause.chunk.span, clause)
    _fill_parties(draft, clause, selling)
    _fill_object(draft, clause, patient)
    if not draft.has("target", "asset"):
        _fill_words(draft, patient)
    return _finish(draft)


def _takes_stake(sentence: Sentence, clause: Clause) -> bool:
    if clause.lemma not in _TAKE:
        return False
    words = sentence.tail(clause).of(sentence.analysis.text)[:160].lower()
    named = sentence.mentions_in(sentence.tail(clause), MentionType.ORGANISATION, MentionType.SITE)
    if not named or not re.search(r"\b(?:in|of|over)\b", words):
        return False
    pattern = (
        r"\bcontrol of\b"
        if clause.lemma in ("assume", "gain", "win")
        else r"\b(?:stake|interest)\b"
    )
    return bool(re.search(pattern, words)) and "interest rate" not in words


def _buys_goods(sentence: Sentence, clause: Clause, patient: Phrase) -> bool:
    """Buying tonnes, power or shares on the market is trade, not an acquisition."""
    words = " ".join(c.lower for c in patient.chunks)
    if _ASSETS.search(words) or _STAKE.search(words):
        return False
    if _GOODS.search(words):
        return True
    named = sentence.named(patient, MentionType.ORGANISATION, MentionType.SITE)
    if named:
        return False
    later = sentence.mentions_in(sentence.tail(clause), MentionType.SITE, MentionType.ORGANISATION)
    return not (later and re.search(r"\b(?:in|of)\b", words + " "))


def _fill_parties(draft: Draft, clause: Clause, selling: bool) -> None:
    sentence = draft.sentence
    actor = sentence.head_party(clause.agent)
    if selling:
        draft.add("seller", actor)
        buyers = [m for p in clause.with_prep("to") for m in sentence.parties(p)]
        draft.add_all("acquirer", buyers[:1])
        return
    if actor is None and clause.inherited and clause.governor is not None:
        actor = sentence.head_party(clause.governor.agent)
    draft.add("acquirer", actor)
    for phrase in clause.with_prep("from"):
        draft.add_all("seller", [m for m in sentence.parties(phrase) if _is_company(m)])


def _is_company(mention: Mention) -> bool:
    return mention.type is MentionType.ORGANISATION


def _fill_object(draft: Draft, clause: Clause, patient: Phrase) -> None:
    """Target and asset: names in the object, and after "in" or "of" where it is a stake."""
    sentence = draft.sentence
    phrases = [patient, *clause.objects[1:2]]
    words = " ".join(c.lower for p in phrases for c in p.chunks)
    if _STAKE.search(words) or _ASSETS.search(words) or _is_sum(sentence, patient):
        phrases.extend(clause.with_prep("in", "of", "to", "for", "over"))
    taken = {a.entity for a in draft.arguments}
    for phrase in phrases:
        for mention in sentence.named(phrase, MentionType.ORGANISATION, MentionType.SITE):
            if mention.entity in taken:
                continue
            draft.add("asset" if mention.type is MentionType.SITE else "target", mention)
            taken.add(mention.entity)
        if draft.has("target", "asset"):
            break
    _owner_of_asset(draft, clause)


def _is_sum(sentence: Sentence, phrase: Phrase) -> bool:
    return bool(sentence.quantities_in(phrase.chunk.span, *MONEY, *SHARE))


def _owner_of_asset(draft: Draft, clause: Clause) -> None:
    """ "buys Y's X mine": Y sells, X is the asset."""
    assets, targets = draft.of("asset"), draft.of("target")
    if not assets or not targets or draft.has("seller"):
        return
    text = draft.sentence.analysis.text
    for target in targets:
        possessive = text[target.span.end : target.span.end + 2] in ("'s", "’s", "' ", "’ ")
        if possessive and target.span.end <= assets[0].span.start:
            draft.arguments.remove(target)
            draft.arguments.append(
                type(target)(
                    role="seller",
                    span=target.span,
                    text=target.text,
                    value=target.value,
                    entity=target.entity,
                )
            )


def _fill_words(draft: Draft, patient: Phrase) -> None:
    """An asset without a name ("its Mexican subsidiary") is kept as the words say."""
    words = patient.chunk.lower
    if _ASSETS.search(words):
        span = _without_determiner(patient)
        role = (
            "target" if re.search(r"\b(?:subsidiary|unit|business|division)\b", words) else "asset"
        )
        draft.add(role, span)


def _without_determiner(phrase: Phrase) -> Span:
    tokens = phrase.chunk.tokens
    first = next((t for t in tokens if t.tag.value not in ("det", "poss")), tokens[0])
    return Span(first.span.start, tokens[-1].span.end)


def _by_noun(sentence: Sentence) -> Iterator[Draft]:
    text = sentence.analysis.text
    for match in _NOUN.finditer(text, sentence.span.start, sentence.span.end):
        trigger = Span(match.start(), match.end() - len(match.group().split()[-1]) - 1)
        draft = Draft(EventType.ACQUISITION, sentence, trigger, sentence.clause_of(trigger))
        after = Span(match.end(), min(sentence.span.end, match.end() + 80))
        named = sentence.mentions_in(after, MentionType.ORGANISATION, MentionType.SITE)
        if not named or "\n" in text[match.end() : named[0].span.start]:
            continue
        if re.search(r"\b(?:to|by|from|that|which)\b", text[match.end() : named[0].span.start]):
            continue
        draft.add("asset" if named[0].type is MentionType.SITE else "target", named[0])
        before = sentence.mentions_in(Span(sentence.span.start, match.start()), *_PARTY)
        owner = [m for m in before if match.start() - m.span.end <= 30]
        draft.add("seller" if "sale" in match.group() else "acquirer", owner[-1] if owner else None)
        if not draft.has("acquirer") and draft.clause is not None and "sale" not in match.group():
            draft.add("acquirer", sentence.head_party(draft.clause.subject))
        draft.confidence = 0.6
        done = _finish(draft)
        if done is not None:
            yield done


_PARTY = (MentionType.ORGANISATION, MentionType.COUNTRY)


def _by_anaphor(sentence: Sentence) -> Iterator[Draft]:
    match = _ANAPHOR.search(sentence.analysis.text, sentence.span.start, sentence.span.end)
    if match is None:
        return
    trigger = Span(match.start(), match.end())
    draft = Draft(
        EventType.ACQUISITION, sentence, trigger, sentence.clause_of(trigger), anaphoric=True
    )
    _fill_sums(draft)
    fill.fill_date(draft)
    yield draft


def _fill_sums(draft: Draft) -> None:
    span = fill.scope(draft)
    for quantity in draft.sentence.quantities_in(span, *SHARE):
        if _is_stake(draft, quantity):
            draft.add("stake", quantity)
            break
    fill.fill_value(draft)


def _is_stake(draft: Draft, quantity: Quantity) -> bool:
    text = draft.sentence.analysis.text
    around = text[max(0, quantity.span.start - 20) : quantity.span.end + 40].lower()
    return bool(_STAKE.search(around)) or bool(re.match(r"\s*of\b", text[quantity.span.end :]))


def _finish(draft: Draft) -> Draft | None:
    if not draft.has("target", "asset"):
        return None
    _fill_sums(draft)
    fill.fill_date(draft)
    fill.fill_commodity(draft)
    fill.fill_country(draft)
    if not draft.has("acquirer", "seller"):
        draft.confidence -= 0.25
    return draft
