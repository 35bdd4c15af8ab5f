"""Export restrictions: bans, quotas, licences, taxes on exports, and their lifting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.frames import blacklists, fill, measures, outbound, parties, sanctioned
from lodewire.extraction.frames.export_words import ACTIONS, CUE, EXPORT, RULE
from lodewire.extraction.grammar.clauses import Clause
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status

_NOT_ALLOWED = re.compile(
    r"(?i)\b(?:may|can|must|will) (?:not|no longer)\b|\bno (?:more|further)\b|\bonly (?:with|under)\b"
)
# A ship that cannot sail, or a firm that halts its own sales, is a disruption, not a measure.
_NOT_MEASURE = sought(
    r"\b(?:strikes?|fire|storm|cyclone|derail\w+|force majeure|pipeline leak|flood\w*|attack\w*|"
    r"mudslide|landslide|accident|outage|blockade|protest\w*|unrest|earthquake|sabotage|drones?)\b",
    re.IGNORECASE,
)
# Leave to export under a rule that stands is no new rule.
_LEAVE = re.compile(
    r"\b(?:approv\w+|grant\w*|issu\w+|obtain\w*|receiv\w+|secur\w+|first|won|await\w*)\s"
    r"(?:[\w-]+\s){0,5}$",
    re.IGNORECASE,
)
_QUOTA = sought(
    r"\b(?:annual |quarterly |monthly |new |export )*quotas?(?: system)?\b", re.IGNORECASE
)
_CONTROLS = re.compile(r"controls?|restrictions?|curbs?|bans?|quotas?|rules?|measures?", re.I)
_LICENCE_VERBS = frozenset(
    "require introduce need impose apply bring put make place subject move answer respond retaliate "
    "reply counter".split()
)
_REPLACED = re.compile(
    r"\breplac(?:e|es|ed|ing)\s(?:its|the|an|a|their)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE
)
_SWAPPED = re.compile(
    r"\b(?:replac|swap|exchang|substitut)\w*\b[^.;]{3,110}\b(?:with|by|for)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_NOMINAL = re.compile(
    rf"^{EXPORT}\s(?:{RULE}|permits?|approvals?)$|^{RULE}\s(?:on|of|for)\b", re.IGNORECASE
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one restriction for each telling of an action, first the lifting of others."""
    yield from measures.noted(sentence, _find(sentence))


def _find(sentence: Sentence) -> Iterator[Draft]:
    taken: list[Span] = []
    told = False
    if sentence.locate(CUE):
        for action, pattern in ACTIONS:
            for match in sentence.locate_all(pattern):
                trigger = Span(match.start(), match.end())
                if any(t.overlaps(trigger) for t in taken):
                    continue
                taken.append(trigger)
                draft = _draft(sentence, trigger, action)
                if draft is not None:
                    told = True
                    yield draft
        yield from _quota_system(sentence, taken)
    if told:
        return
    drafts = list(_in_other_words(sentence))
    yield from drafts
    if not drafts and not taken:
        effect = measures.takes_effect(sentence, EventType.EXPORT_RESTRICTION, _CONTROLS)
        if effect is not None:
            yield effect


_NOUN_END = re.compile(
    r"\b(?:ban|halt|freeze|embargo|prohibition|quotas?|regime|system|rules?)$", re.IGNORECASE
)


def _in_other_words(sentence: Sentence) -> Iterator[Draft]:
    """Rules that ``outbound`` reads, one an action; by the text's subject only with who or when."""
    told: dict[str, Span] = {}
    for action, trigger, bound in outbound.triggers(sentence):
        if action in told or any(t.overlaps(trigger) for t in told.values()):
            continue
        draft = _draft(sentence, trigger, action, worded=True)
        loose = bound or (draft is None and outbound.is_topic(sentence.analysis))
        if draft is None and loose:
            draft = _bound(sentence, trigger, action)
        if draft is None or (loose and not _stands(draft)):
            continue
        told[action] = trigger
        yield draft


def _stands(draft: Draft) -> bool:
    """Tell whether words that say nothing of exports tell a rule: with who or when, not in passing."""
    sentence, trigger = draft.sentence, draft.trigger
    if measures.is_background(sentence, trigger):
        return False
    if not (draft.has("effective_date") or draft.has("authority")):
        return False
    nominal = _NOUN_END.search(trigger.of(sentence.analysis.text)) is not None
    return not nominal or measures.is_told(sentence, trigger)


def _bound(sentence: Sentence, trigger: Span, action: str) -> Draft | None:
    """A telling that leaves who and what to those before it: "Shipments had been frozen since …"."""
    clause = sentence.clause_of(trigger)
    if clause is None or sentence.find(_NOT_MEASURE):
        return None
    if _is_own_sales(sentence, clause, False):
        return None
    draft = Draft(EventType.EXPORT_RESTRICTION, sentence, trigger, clause)
    draft.add("action", trigger, action)
    draft.add_all("authority", parties.find_authorities(draft)[:2])
    measures.fill_effective(draft)
    draft.confidence = 0.45
    return draft


def _quota_system(sentence: Sentence, taken: list[Span]) -> Iterator[Draft]:
    """ "… lifts its export ban and replaces it with annual quotas": goods told beside the ban."""
    text = sentence.analysis.text
    match = sentence.locate(_QUOTA)
    if match is None or not taken:
        return
    trigger = Span(match.start(), match.end())
    if any(t.overlaps(trigger) for t in taken):
        return
    swapped = _SWAPPED.search(text, sentence.span.start, trigger.start) is not None
    if not swapped and measures.telling_clause(sentence, trigger) is None:
        return
    draft = _draft(sentence, trigger, "quota")
    if draft is not None:
        draft.drop("product")
        draft.add_all("product", _products(sentence, taken[0]))
        yield draft


def _draft(sentence: Sentence, trigger: Span, action: str, *, worded: bool = False) -> Draft | None:
    """The rule that ``trigger`` tells; ``worded`` for words that hold their own verb."""
    words = trigger.of(sentence.analysis.text)
    nominal = not worded and _NOMINAL.match(words) is not None
    clause = measures.telling_clause(sentence, trigger)
    if nominal and not (clause is not None and measures.is_told(sentence, trigger)):
        return _standing(sentence, trigger, action)
    leave = not worded and re.match(r"(?:licen[cs]|permit|approval)", words) is not None
    leave = leave or (nominal and re.search(r"licen[cs]|permits?|approvals?", words) is not None)
    if leave and (clause is None or clause.lemma not in _LICENCE_VERBS):
        return None  # a permit that one company gets or loses is no rule
    if _is_no_rule(sentence, trigger, action):
        return None
    clause = clause or sentence.clause_of(trigger)
    draft = Draft(EventType.EXPORT_RESTRICTION, sentence, trigger, clause)
    found = (
        parties.find_authorities(draft) or _exporter(sentence, trigger) or _home(sentence, words)
    )
    if _is_own_sales(sentence, clause, bool(found)):
        return None
    draft.add_all("authority", found[:3])
    products = _products(sentence, trigger)
    draft.add_all("product", products)
    draft.add("action", trigger, action)
    for mention in _destinations(sentence, trigger, found):
        draft.add("target", mention)
    measures.fill_effective(draft)
    if _NOT_ALLOWED.search(words):  # "may not be exported", "may leave only with a licence"
        draft.status, draft.modality = Status.IN_FORCE, Modality.ASSERTED
    if not found and _is_anybodys(sentence, clause):
        return None
    if not products and not draft.has("effective_date"):
        # "traders scrambled after China curbed exports": told in full elsewhere or not at all
        before = sentence.analysis.text[sentence.span.start : trigger.start]
        draft.tentative = _PASSING.search(before) is not None
    if not found or not products:
        draft.confidence = 0.45
        if sentence.find(_NOT_MEASURE) or not (found or products):
            return None
    return draft


_PASSING = re.compile(r"\b(?:as|after|since|because|following|amid|despite)\s(?:[\w’'-]+\s){1,7}$")


def _is_no_rule(sentence: Sentence, trigger: Span, action: str) -> bool:
    """Tell whether the words are of a rule replaced, of leave under one, of imports or of a firm."""
    text = sentence.analysis.text
    words = trigger.of(text)
    before = text[max(sentence.span.start, trigger.start - 60) : trigger.start]
    standing = re.match(r",? (?:in (?:place|force) )?since\b", text[trigger.end :])
    if action != "lifting" and _REPLACED.search(before) and standing is None:
        return True
    if action == "lifting" and re.search(r"\b(?:may|might|could)\b[^.;]*$", before):
        return True  # "may modify, extend or lift the ban": nothing is decided
    if (
        action == "licensing"
        and _LEAVE.search(before)
        and re.search(r"licen[cs]|permit|approv", words)
    ):
        return True
    # "put VSMPO under export curbs": a firm, no goods
    firm = _UNDER.search(before) and not measures.goods(sentence, sentence.span)
    return bool(re.search(r"\bimports?\b", words) or firm)


def _is_anybodys(sentence: Sentence, clause: Clause | None) -> bool:
    """ "they can ban exports": what any could do; nobody's ban in a text on sanctions is theirs."""
    free = clause is not None and clause.verb.modal in ("can", "could", "may", "might")
    if free and clause is not None and not clause.verb.passive:
        return True
    outlaws = any(m.entity in sanctioned.SANCTIONED for m in sentence.analysis.mentions)
    return outlaws and blacklists.is_topic(sentence.analysis)


_UNDER = re.compile(r"\b(?:put|puts|plac\w+)\s[^.;]{2,60}?\sunder\s(?:\w+\s){0,2}$", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:fears?|threats?|talk|speculation|expectations?|prospect|possib\w+|potential|proposed|planned|risks?|"
    r"worr\w+|concerns?|if|would|could|might|may|no|without|absence|uncertain\w*|lifting|end|easing|removal)\b"
    r"(?:\s[\w’'-]+){0,5}\s?$",
    re.IGNORECASE,
)


def _standing(sentence: Sentence, trigger: Span, action: str) -> Draft | None:
    """ "because of China's ban on exports of antimony": a rule that stands, told with who and what."""
    text = sentence.analysis.text
    start = max(sentence.span.start, trigger.start - 70)
    if _DOUBT.search(text[start : trigger.start]):
        return None
    owners = [
        m
        for m in sentence.mentions_in(
            Span(start, min(sentence.span.end, trigger.end + 50)), MentionType.COUNTRY
        )
        if re.match(
            r"(?:['’]s?)?\s(?:[\w-]+\s){0,3}$", text[m.span.end : max(m.span.end, trigger.start)]
        )
        or re.fullmatch(
            r"\s(?:of|by|from)\s(?:the\s)?", text[trigger.end : max(trigger.end, m.span.start)]
        )
    ]
    products = _goods(sentence, trigger) if owners else []
    near = [p for p in products if -60 < p.span.start - trigger.end < 40]
    if not owners or not near:
        return None
    draft = Draft(EventType.EXPORT_RESTRICTION, sentence, trigger, sentence.clause_of(trigger))
    draft.add_all("authority", owners[:1])
    draft.add_all("product", near)
    draft.add("action", trigger, action)
    draft.status, draft.modality = Status.IN_FORCE, Modality.ASSERTED
    draft.core, draft.confidence = False, 0.4
    return draft


_RULED = re.compile(
    r"\b(?:shall|must|requires?|permission|subject to|(?:is|are|was|were|been) (?:\w+ly )?(?:suspended|prohibited|"
    r"banned|forbidden))\b",
    re.IGNORECASE,
)


def _home(sentence: Sentence, words: str) -> list[Mention]:
    """A notice rules for the country that heads it: "The export of these goods requires …"."""
    if _RULED.search(words) is None or blacklists.is_topic(sentence.analysis):
        return []  # a text on sanctions speaks most of whom they hit
    home = parties.home_country(sentence)
    return [home] if home is not None else []


def _is_own_sales(sentence: Sentence, clause: Clause | None, authority: bool) -> bool:
    """A company that stops its own shipments makes no rule."""
    if clause is None or clause.verb.passive or clause.subject is None:
        return False
    party = sentence.head_party(clause.subject)
    if any(parties.authorities(sentence, c.subject) for c in clause.governors()):
        return False  # "India asked IREL to suspend exports"
    return party is not None and not parties.is_authority(sentence, party)


def _exporter(sentence: Sentence, trigger: Span) -> list[Mention]:
    """ "Exports from Indonesia were halted": the country that exports is the authority."""
    text = sentence.analysis.text
    for mention in sentence.mentions_in(sentence.span, MentionType.COUNTRY):
        before = text[max(sentence.span.start, mention.span.start - 30) : mention.span.start]
        after = text[mention.span.end : mention.span.end + 12]
        if re.search(r"\bfrom\s(?:the\s)?$", before) or after.startswith(("'s ", "’s ")):
            return [mention]
    countries = [
        m
        for m in sentence.mentions_in(sentence.span, MentionType.COUNTRY)
        if m.span.end <= trigger.end and parties.is_authority(sentence, m)
    ]
    return countries[:1]


_NOT_HERE = re.compile(r"\s(?:prices?|futures|plant|refinery|smelter|mines?|miners?|producers?)\b")


def _products(sentence: Sentence, trigger: Span) -> list[Filler]:
    """Goods, else the words after "on": "an export levy on scrap"."""
    named = _goods(sentence, trigger)
    if named:
        return list(named)
    phrase = measures.phrase_after(sentence, trigger.end, _ON) or _before_noun(sentence, trigger)
    return [phrase] if phrase is not None else []


def _before_noun(sentence: Sentence, trigger: Span) -> Span | None:
    """ "banned ore exports": the word of the goods that no table lists."""
    match = re.search(
        r"\b([a-z]+(?:[- ][a-z]+)?)\s(?:exports?|shipments?)\b", trigger.of(sentence.analysis.text)
    )
    if match is None or re.search(
        r"\b(?:the|all|its|their|on|of|any|new|some|to|for|such)\b", match[1]
    ):
        return None
    start = trigger.start + match.start(1)
    verb = sentence.chunk_at(start)
    if verb is not None and verb.verb is not None:
        start = verb.span.end + 1
    if re.match(r"(?:ban|halt|stop|suspen|block|prohibit|curb|restrict|limit)", match[1]) and (
        start < trigger.start + match.end(1) and " " not in match[1]
    ):
        return None
    span = Span(start, trigger.start + match.end(1))
    return span if span.end > span.start else None


_ON = re.compile(r"\s(?:on|of|for)\s", re.IGNORECASE)


def _goods(sentence: Sentence, trigger: Span) -> list[Mention]:
    """Goods inside the words of the measure, else right after or before them, with their list."""
    named = [
        m
        for m in measures.goods(sentence, sentence.span)
        if not _NOT_HERE.match(sentence.analysis.text, m.span.end)
    ]
    if not named:
        return []
    inside = [i for i, m in enumerate(named) if trigger.covers(m.span)]
    after = [i for i, m in enumerate(named) if 0 <= m.span.start - trigger.end < 60]
    before = [i for i, m in enumerate(named) if 0 <= trigger.start - m.span.end < 110]
    first = next(iter(inside or after), None)
    if first is None:
        first = before[-1] if before else None
    if first is None:
        return []
    return list({m.text.lower(): m for m in measures.coordinated(sentence, named, first)}.values())


def _destinations(sentence: Sentence, trigger: Span, authority: list[Mention]) -> list[Mention]:
    text = sentence.analysis.text
    ours = {m.entity for m in authority} | {m.country for m in authority}
    found: list[Mention] = []
    for mention in sentence.mentions_in(
        Span(trigger.start, sentence.span.end), MentionType.COUNTRY
    ):
        before = text[max(sentence.span.start, mention.span.start - 24) : mention.span.start]
        if mention.entity in ours:
            continue
        if re.search(
            r"\b(?:respon\w+|retaliat\w+|answer|reply|counter\w*|reaction)\s(?:to|against)\s",
            before,
        ):
            continue
        if re.search(
            r"\b(?:to|against|for)\s(?:the\s|users? in\s|buyers? in\s|customers? in\s)?$", before
        ):
            found.append(mention)
    return fill.distinct(found)
