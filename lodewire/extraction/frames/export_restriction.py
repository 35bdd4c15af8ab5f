"""Export restrictions: bans, quotas, licences, taxes on exports, and their lifting."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.frames import blacklists, fill, measures, outbound, parties
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status

# "exports", "shipments", "overseas sales"; exporters and export markets are something else.
_EXPORT = (
    r"(?:exports?(?!\s(?:revenue|earnings|markets?|terminal|income|volumes|growth|prices?))|"
    r"exporting|shipments?(?: abroad| overseas)?|shipping|overseas sales|outbound shipments?|outflows?|"
    r"sales? (?:abroad|overseas)|sales?(?= of [^.;,]{3,50}? (?:to (?:[A-Z]\w+ )?(?:foreign\w*|buyers|users|"
    r"customers)|abroad|overseas)))\b"
)
_RULE = (
    r"(?:bans?|restrictions?|controls?|quotas?|curbs?|licen[cs]\w+|tax(?:es)?|dut(?:y|ies)|lev(?:y|ies)|"
    r"limits?|rules|requirements?|suspension|embargo|prohibition|moratorium|halt)"
)
_GAP = r"(?:[^\s.;]+\s){0,%d}?"
_ENDS = (
    r"lift(?:s|ed|ing)?|eas(?:e|es|ed|ing)|remov(?:e|es|ed|ing|al of)|scrap(?:s|ped|ping)?|"
    r"end(?:s|ed|ing)?|repeal(?:s|ed|ing)?|relax(?:es|ed|ing)?|loosen(?:s|ed|ing)?|revers(?:e|es|ed|ing)|"
    r"abolish(?:es|ed|ing)?|revok(?:e|es|ed|ing)|waiv(?:e|es|ed|ing)|withdr(?:aws?|ew|awn|awing)|"
    r"suspend(?:s|ed|ing)?|paus(?:e|es|ed|ing)|drop(?:s|ped|ping)?|rollback of|roll(?:s|ed)? back"
)
_BANS = (
    r"bans?|banned|banning|halt(?:s|ed|ing)?|stop(?:s|ped|ping)?|suspend(?:s|ed|ing)?|suspension of|"
    r"block(?:s|ed|ing)?|prohibit(?:s|ed|ing)?|forbid(?:s|den|ding)?|forbade|embargo\w*|"
    r"outlaw(?:s|ed|ing)?|prohibition (?:on|of)|moratorium on|halt (?:to|in|of)|bar(?:s|red|ring)?|"
    r"fr(?:eezes?|oze|ozen|eezing)"
)
_CURBS = (
    r"restrict(?:s|ed|ing)?|limit(?:s|ed|ing)?|curb(?:s|ed|ing)?|control(?:s|led|ling)?|"
    r"tighten(?:s|ed|ing)?(?:\sits|\sthe|\scontrols on|\srules on)?|clamp(?:s|ed)? down on"
)
_BE = r"(?:(?:has|have|had|will|would|to|is|are|was|were|be|been|being)\s){1,3}"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "lifting",
        rf"\b(?:{_ENDS})\s{_GAP % 9}(?:{_EXPORT}\s{_RULE}|{_RULE}\s(?:on|of|for)\s{_GAP % 8}{_EXPORT})\b"
        rf"|\b{_EXPORT}\s{_RULE}\s{_GAP % 6}{_BE}(?:lifted|eased|removed|scrapped|suspended|repealed|"
        r"relaxed|abolished|waived|withdrawn|dropped|paused)\b"
        rf"|\b(?:allow|let|permit)(?:s|ted|ed|ing)?\s{_GAP % 7}(?:{_EXPORT}\s(?:to resume|again)|to resume "
        r"exports?|(?:to )?leave the country|to leave\b|to be (?:exported|shipped))"
        rf"|\bresum(?:e|es|ed|ing|ption of)\s{_GAP % 4}{_EXPORT}(?=[^.;]*\b(?:ban|curb|restriction|quota))",
    ),
    (
        "quota",
        rf"\b(?:{_EXPORT}\s{_GAP % 9}under\s{_GAP % 3}quotas?|(?:export|ship)\s(?:up to|as much as|a maximum "
        rf"of|no more than|at most)\s|{_EXPORT}\s(?:quotas?|allocations?|ceilings?|caps?)\b|quotas?\s(?:on|for|of)\s{_GAP % 7}"
        rf"{_EXPORT}|cap(?:s|ped|ping)?\s{_GAP % 4}{_EXPORT}|{_EXPORT}\s{_BE}capped)",
    ),
    (
        "licensing",
        rf"\b(?:{_EXPORT}\s(?:control(?:s|led)?|licen[cs]\w+|permits?|approvals?|restrictions?|curbs?|"
        rf"limits|rules)|(?:licen[cs]\w+|permits?|controls?|restrictions?|curbs|limits)\s"
        rf"(?:on|for|to|before|of)\s{_GAP % 8}{_EXPORT}|export[- ]control list|"
        rf"(?:{_EXPORT}|exporters|shippers)\s[^.;]{{0,80}}?\b(?:requir\w+|need\w*|subject to|apply for|"
        rf"obtain|request|hold|seek)\s"
        rf"(?:a\s|an\s|prior\s|special\s|government\s)*(?:export\s)?(?:licen[cs]\w+|permits?|approval)|"
        rf"(?:{_CURBS})\s(?:the\s|its\s|their\s|all\s)*{_GAP % 4}{_EXPORT})",
    ),
    (
        "tax",
        rf"\b(?:{_EXPORT}\s(?:tax(?:es)?|dut(?:y|ies)|lev(?:y|ies)|tariffs?)|"
        rf"(?:tax(?:es)?|dut(?:y|ies)|lev(?:y|ies))\s{_GAP % 9}(?:on|for)\s{_GAP % 6}{_EXPORT}|"
        rf"tax rebates?\s{_GAP % 6}{_EXPORT}|{_EXPORT} (?:tax|vat) rebates?)",
    ),
    (
        "ban",
        rf"\b(?:{_EXPORT}\s(?:bans?|embargo\w*|prohibition|suspension|halt|moratorium|freeze)|"
        rf"(?:{_BANS})\s(?:on\s|of\s|the\s|all\s|its\s|their\s)*{_GAP % 7}{_EXPORT}|"
        rf"{_EXPORT}\s{_GAP % 9}{_BE}(?:\w+ly\s)?(?:banned|halted|stopped|suspended|blocked|prohibited|"
        r"forbidden|outlawed|barred|frozen|embargoed))",
    ),
)
_OUT = (
    r"(?:export(?:ed)?|shipped (?:abroad|overseas|out)|sold (?:abroad|overseas|to foreign\w*)|"
    r"leave (?:the country|[A-Z]\w+)|taken out of the country|sent abroad)"
)
_MORE: dict[str, str] = {
    "lifting": rf"|\b(?:may|can|will)\s(?:now\s)?(?:again\s)?be\s{_OUT}\sagain\b|\b(?:may|can) again be {_OUT}"
    rf"|\b{_EXPORT}\s{_GAP % 6}(?:free of (?:duty|tax)|duty[- ]free|given a \S+ reprieve|exempt\w*)\b",
    "licensing": rf"|\b{_OUT}\s(?:only|solely)\s(?:with|under|after)\s(?:\w+\s){{0,2}}(?:licen[cs]\w+|permits?|approval)"
    r"|\b(?:sell|ship|export)\s(?:[\w-]+\s){0,6}(?:abroad|overseas)?\s?(?:must|has to|have to)\s(?:first\s)?(?:ask|apply|obtain|"
    rf"seek|hold)|\blicen[cs]\w+\s(?:\w+\s){{0,3}}(?:compulsory|mandatory|required)\s(?:\w+\s){{0,2}}{_EXPORT}"
    rf"|\b{_EXPORT}\s[^.;]{{0,110}}?\b(?:requires?|needs?|subject to)\s(?:prior\s|special\s|official\s)*permission\b"
    rf"|\bonly be {_OUT}\s(?:with|under|after)\s(?:\w+\s){{0,2}}(?:licen[cs]\w+|permits?|approval)",
    "ban": rf"|\b(?:may|can|must|will) (?:not|no longer)\s(?:now\s)?(?:be\s)?{_OUT}"
    rf"|\bno(?: more| further)?\s(?:[\w-]+\s){{1,6}}(?:may|can|will|is to)\s(?:be\s)?{_OUT}"
    rf"|\b{_EXPORT}\s{_GAP % 8}{_BE}(?:ruled out|put on hold)"
    rf"|\b{_EXPORT}\s[^.;]{{0,150}}?\s(?:is|are|shall be|will be|has been|was|were)\s(?:\w+ly\s)?(?:suspended|"
    r"prohibited|banned|forbidden)\b"
    rf"|\b{_EXPORT}\s[^.;]{{0,150}}?\s(?:shall|will|may|is|are) not (?:be )?(?:permitted|allowed|authori[sz]ed)\b"
    rf"|\b(?:not|no longer|refus\w+ to) (?:allow|let|permit|authori[sz]e)\s{_GAP % 5}{_EXPORT}"
    r"|\b(?:stop(?:s|ped)?|bar(?:s|red)|ban(?:s|ned)|block(?:s|ed)|forb(?:id|ids|ade|idden)|prohibit(?:s|ed)?)"
    r"\s(?:[\w.]+\s){0,4}?(?:from\s)?selling\s(?:[\w-]+\s){1,6}(?:to|in)\s[A-Z]"
    r"|\b(?:ban(?:s|ned)|halt(?:s|ed)|stop(?:s|ped))\s(?:[\w-]+\s){0,2}sales of\s(?:[\w-]+\s){1,5}to\s(?:the\s)?[A-Z]",
}
_PATTERNS = tuple((action, pattern + _MORE.get(action, "")) for action, pattern in _PATTERNS)
_ACTIONS = tuple((a, re.compile(p, re.IGNORECASE)) for a, p in _PATTERNS)
_NOT_ALLOWED = re.compile(
    r"(?i)\b(?:may|can|must|will) (?:not|no longer)\b|\bno (?:more|further)\b|\bonly (?:with|under)\b"
)
_CUE = re.compile(
    r"export|shipment|abroad|overseas|sales? of|leave [A-Z]|shipping|overseas sales|leave the country|outbound|to leave |to sell |selling ",
    re.IGNORECASE,
)
# A ship that cannot sail, or a firm that halts its own sales, is a disruption, not a measure.
_NOT_MEASURE = re.compile(
    r"\b(?:strikes?|fire|storm|cyclone|derail\w+|force majeure|pipeline leak|flood\w*|attack\w*)\b",
    re.IGNORECASE,
)
# Leave to export under a rule that stands is no new rule.
_LEAVE = re.compile(
    r"\b(?:approv\w+|grant\w*|issu\w+|obtain\w*|receiv\w+|secur\w+|first|won|await\w*)\s"
    r"(?:[\w-]+\s){0,5}$",
    re.IGNORECASE,
)
_QUOTA = re.compile(
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
_NOMINAL = re.compile(
    rf"^{_EXPORT}\s(?:{_RULE}|permits?|approvals?)$|^{_RULE}\s(?:on|of|for)\b", re.IGNORECASE
)


def find(sentence: Sentence) -> Iterator[Draft]:
    """Yield one restriction for each telling of an action, first the lifting of others."""
    yield from measures.noted(sentence, _find(sentence))


def _find(sentence: Sentence) -> Iterator[Draft]:
    text, span = sentence.analysis.text, sentence.span
    taken: list[Span] = []
    told = False
    if _CUE.search(text, span.start, span.end):
        for action, pattern in _ACTIONS:
            for match in pattern.finditer(text, span.start, span.end):
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
        if draft is None and bound:
            draft = _bound(sentence, trigger, action)
        if draft is None or (bound and not _stands(draft)):
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
    if clause is None or _NOT_MEASURE.search(sentence.text):
        return None
    if _is_own_sales(sentence, clause, False):
        return None
    draft = Draft(EventType.EXPORT_RESTRICTION, sentence, trigger, clause)
    draft.add("action", trigger, action)
    measures.fill_effective(draft)
    draft.confidence = 0.45
    return draft


def _quota_system(sentence: Sentence, taken: list[Span]) -> Iterator[Draft]:
    """ "… lifts its export ban and replaces it with annual quotas": goods told beside the ban."""
    match = _QUOTA.search(sentence.analysis.text, sentence.span.start, sentence.span.end)
    if match is None or not taken:
        return
    trigger = Span(match.start(), match.end())
    if (
        any(t.overlaps(trigger) for t in taken)
        or measures.telling_clause(sentence, trigger) is None
    ):
        return
    draft = _draft(sentence, trigger, "quota")
    if draft is not None:
        draft.drop("product")
        draft.add_all("product", _products(sentence, taken[0]))
        yield draft


def _draft(sentence: Sentence, trigger: Span, action: str, *, worded: bool = False) -> Draft | None:
    """The rule that ``trigger`` tells; ``worded`` for words that hold their own verb."""
    text = sentence.analysis.text
    words = trigger.of(text)
    nominal = not worded and _NOMINAL.match(words) is not None
    clause = measures.telling_clause(sentence, trigger)
    if nominal and not (clause is not None and measures.is_told(sentence, trigger)):
        return None
    before = text[max(sentence.span.start, trigger.start - 60) : trigger.start]
    if action != "lifting" and _REPLACED.search(before):
        return None
    if action == "lifting" and re.search(r"\b(?:may|might|could)\b[^.;]*$", before):
        return None  # "may modify, extend or lift the ban": nothing is decided
    if (
        action == "licensing"
        and _LEAVE.search(before)
        and re.search(r"licen[cs]|permit|approv", words)
    ):
        return None
    leave = not worded and re.match(r"(?:licen[cs]|permit|approval)", words)
    leave = leave or (nominal and re.search(r"licen[cs]|permits?|approvals?", words))
    if leave and (clause is None or clause.lemma not in _LICENCE_VERBS):
        return None  # a permit that one company gets or loses is no rule
    if re.search(r"\bimports?\b", words):
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
    if not found or not products:
        draft.confidence = 0.45
        if _NOT_MEASURE.search(sentence.text) or not (found or products):
            return None
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
