"""What tariffs, export rules, sanctions, policies and permits have in common.

A noun of a measure tells an event only where somebody does something with it, or where it takes
effect; "because of tariffs", "despite sanctions" only look back. Dates of effect are parted from
the day of the announcement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill, parties
from lodewire.extraction.grammar.clauses import SPEECH, Clause, Phrase, is_tagged
from lodewire.extraction.grammar.sieve import sought
from lodewire.extraction.grammar.tokens import Tag
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention
from lodewire.model.vocabulary import EventType, MentionType, Modality, Status

TELLING = frozenset(
    "impose levy charge introduce set raise double triple quadruple treble hike slap place apply "
    "announce ban bar restrict curb limit halt suspend lift ease remove revoke approve issue order "
    "decide adopt pass sign declare require tighten add extend cut lower plan propose threaten "
    "consider launch unveil release publish block forbid prohibit stop put outlaw freeze withdraw "
    "abolish recommend reimpose reinstate expand widen increase prolong renew replace scrap weigh "
    "mull use fix cap intend aim exempt waive drop rescind agree prepare reduce maintain target "
    "slash roll unwind remain resume reintroduce enact implement enforce exclude relax loosen "
    "restore need face attract pay hit cover bring want seek table grant exact allow retaliate "
    "respond begin start end expire lapse enter kick come go follow take stay keep repeal "
    "terminate postpone delay pause let permit make give back invoke establish finalise finalize designate notify gazette earmark create form free push press declare classify affirm uphold endorse confirm reject rule call urge move draft choose select pick clear revise amend rewrite outline float pledge offer "
    "promise reverse eliminate dismantle toughen strengthen simplify finalise overturn dilute water "
    "soften delete list name".split()
)
# Verbs by which an authority does nothing to a measure: it speaks of one, suffers or judges it.
_ONLOOKING = SPEECH | frozenset(
    "oppose criticise criticize condemn protest fear blame cite study discuss dodge avoid circumvent "
    "await hope expect see know like dislike challenge evade escape breach violate flout "
    "bemoan lament decry denounce regret attack escape survive weather offset absorb shrug export "
    "coordinate oversee run head regulate supervise administer lead manage govern handle include "
    "have own hold remain import produce sell buy ship supply depend rely benefit suffer gain lose overcome appeal".split()
)
BACKGROUND = re.compile(
    r"\b(?:because of|due to|owing to|amid|despite|in spite of|ahead of|fears? (?:of|over|about)|"
    r"worr(?:y|ies|ied) (?:over|about)|concerns? (?:over|about)|expectations? of|"
    r"(?:in )?response to|exempt(?:ed)? from|impact of|effects? of|threats? of|risks? of|"
    r"uncertainty (?:over|around|about)|talk of|speculation (?:of|about|over)|prospect of|"
    r"possibility of|question of|breach of|violat\w+|circumvent\w*|evad\w+|evasion of|"
    r"driven by|caused by|triggered by|boosted by|supported by|helped by|fuelled by|hurt by|"
    r"affected by|cushion\w*|avoid\w*|dodg\w+|opponents? of|critics? of|compl(?:y|ied|ies) with|"
    r"compliance with|brought about by|thanks to|even with|without|free of|face of|wake of)\s"
    r"(?:[\w’'.-]+\s){0,4}$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|this (?:morning|week)",
    re.IGNORECASE,
)
_EFFECT = re.compile(
    r"\b(?:from|starting|beginning|effective(?: from| as of| on)?|as of|as from|since|"
    r"(?:takes?|took|taking) effect (?:on|from|in)?|(?:into|in) (?:force|effect) (?:on|from|in|since)?|"
    r"with effect from|commencing|begins?|starts?|follow(?:s|ed)? (?:on|in))\s"
    r"(?:the\s|at\s|midnight\s(?:on\s)?|about\s|early\s|mid-|late\s|\w+day,?\s)*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:a |one )?(?:year|month|week)s? (?:ago|earlier|before)|the (?:year|month)", re.I
)
_FIRST_TIME = re.compile(r"It (?:is|was|would be|marks?) the \w+ time\b")
_ANNOUNCING = SPEECH | frozenset(
    "sign unveil publish issue release meet brief order proclaim decree announce approve decide".split()
)


_TOLD = f"{__name__}:told"


def noted(sentence: Sentence, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Pass the drafts on, keeping what words told them for frames that look later."""
    for draft in drafts:
        told = cast(list[Span], sentence.shared.setdefault(_TOLD, []))
        told.append(draft.trigger)
        yield draft


def told_otherwise(sentence: Sentence) -> list[Span]:
    """The words that told a tariff, an export rule or a sanction of this sentence."""
    return cast(list[Span], sentence.shared.get(_TOLD, []))


def is_told(sentence: Sentence, trigger: Span) -> bool:
    """Tell whether a measure's noun takes part in something done, not only looked back on."""
    return not is_background(sentence, trigger) and telling_clause(sentence, trigger) is not None


def is_background(sentence: Sentence, trigger: Span) -> bool:
    """Tell whether the noun is only looked back on: "because of tariffs", "despite sanctions"."""
    before = sentence.analysis.text[max(sentence.span.start, trigger.start - 60) : trigger.start]
    return bool(BACKGROUND.search(before) or _FIRST_TIME.match(sentence.text))


def telling_clause(sentence: Sentence, trigger: Span) -> Clause | None:
    """The clause of a verb of imposing that has the noun as what it imposes; nearest verb first."""
    found: list[tuple[int, Clause]] = []
    for clause in sentence.clauses:
        if (
            clause.chunk.span.overlaps(trigger)
            or _imposes(sentence, clause, trigger)
            or _behind(sentence, clause, trigger)
        ):
            found.append((abs(clause.chunk.span.start - trigger.start), clause))
    if found:
        return min(found, key=lambda pair: pair[0])[1]
    start = max(sentence.span.start, trigger.start - 60)
    if _RIGHT_BEFORE.search(sentence.analysis.text, start, trigger.start):
        return sentence.clause_of(trigger)
    return None


# "more than doubled its duties": a verb of imposing right before its noun, whatever the grammar.
_RIGHT_BEFORE = re.compile(
    r"\b(?:doubl|tripl|quadrupl|hik|slash|halv|scrapp|impos|introduc|reintroduc|announc|extend|prolong|tighten|"
    r"lift|suspend|abolish|rais|lower|slapp|unveil|launch)(?:e|es|ed|ing|s)\s(?:its|the|their|his|new|an?|fresh|further|all)\s"
    r"(?:(?!by|after|before|because|that|which|from|to|of)[\w%.’'-]+\s){0,4}$",
    re.IGNORECASE,
)


def _imposes(sentence: Sentence, clause: Clause, trigger: Span) -> bool:
    subject = clause.subject is not None and clause.subject.chunk.span.overlaps(trigger)
    if subject or (clause.subject is not None and _within(sentence, clause.subject, trigger)):
        rest = sentence.analysis.text[clause.chunk.span.end : clause.chunk.span.end + 16]
        if clause.lemma in _EFFECTIVE:
            return _EFFECTIVE[clause.lemma].match(rest) is not None
        return clause.verb.passive and clause.lemma in TELLING
    if trigger.start < clause.chunk.span.end or not _acts(sentence, clause):
        return False
    between = sentence.analysis.text[clause.chunk.span.end : trigger.start]
    if clause.lemma in ("put", "place", "bring"):
        between = re.sub(r"\bunder\b", "", between)  # "put tungsten under export licensing"
    if len(between) > 70 or _PARTS.search(between):
        return False
    return sentence.reach(clause).overlaps(trigger) or len(between) < 25


def _behind(sentence: Sentence, clause: Clause, trigger: Span) -> bool:
    """ "curbs on ore exports that Indonesia brought in during 2014": told in a clause behind."""
    gap = clause.chunk.span.start - trigger.end
    if not 0 <= gap < 90 or clause.verb.passive or clause.subject is None:
        return False
    if clause.lemma not in TELLING and clause.lemma != "bring":
        return False
    between = sentence.analysis.text[trigger.end : clause.chunk.span.start]
    if re.search(r"\b(?:that|which)\s(?!(?:is|are|was|were|has|have|will)\b)", between) is None:
        return False
    return bool(parties.authorities(sentence, clause.subject))


def _acts(sentence: Sentence, clause: Clause) -> bool:
    """A verb of imposing, or whatever else an authority does with a measure."""
    if clause.lemma in TELLING:
        return True
    if clause.lemma in _ONLOOKING or clause.lemma == "be" or clause.verb.passive:
        return False
    return not clause.inherited and bool(parties.authorities(sentence, clause.subject))


def _within(sentence: Sentence, subject: Phrase, trigger: Span) -> bool:
    """ "A ban on exports": the measure's words begin with the subject and run on."""
    start = subject.chunk.span.start
    if trigger.start <= start < trigger.end:
        return True
    between = sentence.analysis.text[
        subject.chunk.span.end : max(trigger.start, subject.chunk.span.end)
    ]
    return trigger.start >= subject.chunk.span.end and bool(
        re.fullmatch(r"\s(?:of|in|to|for)\s(?:[\w-]+\s){0,3}", between)
    )


_EFFECTIVE = {
    "take": re.compile(r"\s(?:full\s)?effect\b"),
    "come": re.compile(r"\s(?:into|in)\s"),
    "enter": re.compile(r"\s(?:into\s)?force"),
    "go": re.compile(r"\s(?:into|in)\s(?:effect|force)"),
    "kick": re.compile(r"\sin\b"),
    **dict.fromkeys(
        (
            "begin start end expire lapse apply remain follow cover target extend prohibit "
            "prevent bar ban hit replace double widen await"
        ).split(),
        re.compile(r""),
    ),
}
_PARTS = re.compile(
    r"[;:]|,(?!\d)|\b(?:because|after|despite|ahead of|line with|amid|before|following|under which|if|by|"
    r"impact|effect|since|while|than|face of|comply|response|exempt\w*|free of|risks?|threat|"
    r"under|probe|investigation|inquiry|review|fears?|relief|from)\b",
    re.IGNORECASE,
)


def fill_effective(
    draft: Draft, where: Span | None = None, role: str = "effective_date", *, weekdays: bool = False
) -> None:
    """Fill ``role``: "from March 12" first, else a date that is not the news day's.

    ``weekdays`` admits "on Wednesday" where no verb of saying owns it.
    """
    if draft.has(role):
        return
    sentence = draft.sentence
    text = sentence.analysis.text
    dates = [d for d in sentence.dates_in(where or _with_opener(draft)) if d.grain != "duration"]
    dates = [d for d in dates if not _ENDS.search(text[max(0, d.span.start - 24) : d.span.start])]
    dates = [d for d in dates if not _COMPARED.fullmatch(d.span.of(text).strip())]
    dates = [d for d in dates if not _EVE.match(text, d.span.end)]
    dates = [d for d in dates if not _SINCE_MARK.search(text, d.span.start - 40, d.span.end)]
    effective = [
        d
        for d in dates
        if _EFFECT.search(text, max(sentence.span.start, d.span.start - 45), d.span.start)
    ]
    pool = effective or [
        d
        for d in dates
        if not (d.grain == "week" and draft.type is EventType.TARIFF)  # the week's news, no day
        and not _is_news_day(sentence, d, weekdays and _is_own(draft, d))
    ]
    index = fill.nearest(pool, draft.trigger)
    if index is not None:
        draft.add(role, pool[index])


def _is_own(draft: Draft, date: DateMention) -> bool:
    """Tell whether the verb before a date tells the measure: not "slipped on Thursday after …"."""
    before = [c for c in draft.sentence.clauses if c.chunk.span.start < date.span.start]
    return not before or draft.clause is None or before[-1] is draft.clause


# "dearest since 2013": the mark that a price passed, no day of a measure.
_SINCE_MARK = re.compile(
    r"\b(?:[a-z]+est|most|least|highs?|lows?|peak|record|first(?: time)?) (?:[a-z]+ ){0,3}?since [^,;.]*$"
)
_ENDS = re.compile(
    r"\b(?:until|till|through|to the end of|expires?(?: on)?|"
    r"between now and|from now to)\s(?:the\s|end-)?$"
)
_EVE = re.compile(r",? (?:the )?(?:eve|day before|week before|run-up)\b")


def _with_opener(draft: Draft) -> Span:
    """The words of the clause, with an adverbial date that opens the sentence before it."""
    scope, sentence = fill.scope(draft), draft.sentence
    first = sentence.clauses[0] if sentence.clauses else None
    opens = first is None or draft.clause is first
    return Span(sentence.span.start if opens else scope.start, scope.end)


def _is_news_day(sentence: Sentence, date: DateMention, weekdays: bool) -> bool:
    """ "said on Tuesday", "BRUSSELS, June 12 -", a bare weekday: the day of the telling."""
    text = sentence.analysis.text
    if not weekdays and _WEEKDAY.fullmatch(date.span.of(text).strip()):
        return True
    opens = date.span.end - sentence.span.start < 50
    if opens and re.match(r"\s*(?:[-–—]|\(|\.\s)", text[date.span.end : date.span.end + 4]):
        return True
    told = [c for c in sentence.clauses if c.chunk.span.start >= date.span.end]
    if told and told[0].lemma in _ANNOUNCING:
        between = text[date.span.end : told[0].chunk.span.start]
        if len(between) <= 2:  # "Trump on Wednesday signed a proclamation"
            return True
    nearest = [c for c in sentence.clauses if c.chunk.span.start < date.span.start]
    return (
        bool(nearest)
        and nearest[-1].lemma in _ANNOUNCING
        and any(c.span.covers(date.span) for p in nearest[-1].phrases for c in p.chunks)
    )


def phrase_after(sentence: Sentence, anchor: int, opener: re.Pattern[str]) -> Span | None:
    """The noun phrase that a preposition opens right after ``anchor``, past "imports of".

    ``opener`` must match from ``anchor`` to where the phrase starts. Phrases that name no goods
    ("companies", "it", a country) are None.
    """
    match = opener.match(sentence.analysis.text, anchor, sentence.span.end)
    if match is None:
        return None
    at = next((c for c in sentence.noun_phrases() if c.span.end > match.end()), None)
    while at is not None and at.tokens[-1].lower in _CARRIERS:
        follows = sentence.chunks[at.index + 1 : at.index + 3]
        if len(follows) < 2 or follows[0].lower != "of" or follows[1].head is None:
            break
        at = follows[1]
    if at is None or at.is_date or is_tagged(at, Tag.QUANTITY):
        return None
    if goods(sentence, at.span):
        return at.span
    if is_no_goods(at.lower) or sentence.mentions_in(at.span, MentionType.COUNTRY):
        return None
    return at.span


def is_no_goods(words: str) -> bool:
    """Tell whether a phrase ends in a word that names no goods of its own."""
    return _NOT_GOODS.search(words) is not None


_CARRIERS = frozenset(
    "imports import shipments purchases exports export type types kind kinds variety varieties grade "
    "grades category categories range form forms".split()
)
_NOT_GOODS = re.compile(
    r"\b(?:top|account|behalf|grounds?|companies|firms|makers|countries|country|partners|track|"
    r"hold|years?|months?|days?|prices?|premiums?|levels?|value|worth|it|them|which|that|products?|imports|exports|basis|condition)$",
    re.IGNORECASE,
)


_TAKES_EFFECT = sought(
    r"\b(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|controls?|restrictions?|curbs?|bans?|quotas?|measures?|"
    r"rules?|changes?|order|surtax(?:es)?|embargo|sanctions?)\s(?:[\w-]+\s){0,3}?"
    r"(?P<verb>took|takes?|taking|will take|would take|came|come|comes|will come|went|go(?:es)?|"
    r"will go|enter(?:s|ed)?|will enter|kick(?:s|ed)?|will kick|(?:is|are|was|were) to take|"
    r"(?:is|are) (?:due|set|expected) to (?:take|come|go|enter))\s"
    r"(?:(?:immediate\s|full\s)?effect|(?:into|in)\s(?:force|effect)|force|in)\b",
    re.IGNORECASE,
)


def takes_effect(sentence: Sentence, type_: EventType, noun: re.Pattern[str]) -> Draft | None:
    """ "The restrictions will take effect from August 1": the date of a measure told before."""
    match = sentence.locate(_TAKES_EFFECT)
    if match is None or noun.search(match.group()) is None:
        return None
    trigger = Span(match.start(), match.end())
    draft = Draft(type_, sentence, trigger, sentence.clause_of(trigger), anaphoric=True)
    fill_effective(draft, sentence.span)
    if not draft.has("effective_date"):
        return None
    past = re.match(r"took|came|went|entered|kicked", match["verb"], re.IGNORECASE)
    draft.status = Status.IN_FORCE if past is not None else Status.AGREED
    draft.modality = Modality.ASSERTED
    return draft


def coordinated(
    sentence: Sentence, mentions: list[Mention], first: int, *, gap: int = 34
) -> list[Mention]:
    """The mentions that form one list with ``mentions[first]``: "steel, copper and aluminium"."""
    text = sentence.analysis.text
    taken = [mentions[first]]
    for mention in mentions[first + 1 :]:
        between = text[taken[-1].span.end : mention.span.start]
        if not _is_list_gap(between, gap):
            break
        taken.append(mention)
    for mention in reversed(mentions[:first]):
        between = text[mention.span.end : taken[0].span.start]
        if not _is_list_gap(between, gap):
            break
        taken.insert(0, mention)
    return taken


_BREAKS_LIST = re.compile(
    r"\b(?:which|that|while|but|as|for|is|are|was|were|will|would|has|have|had|to|from|in|at|by|with|"
    r"after|before|said|than|because|despite|where|when)\b|[;:()%]|\.\s",
    re.IGNORECASE,
)


def _is_list_gap(between: str, gap: int) -> bool:
    if len(between) > gap or _BREAKS_LIST.search(between):
        return False
    return not between.strip() or bool(re.search(r",|\band\b|\bor\b|/|&|-", between))


def goods(sentence: Sentence, where: Span) -> list[Mention]:
    """Commodities and products named in ``where``, generic ones ("metal") last resort only."""
    found = sentence.mentions_in(where, MentionType.COMMODITY, MentionType.PRODUCT)
    sure = [m for m in found if not m.generic]
    return sure or found
