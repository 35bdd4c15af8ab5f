"""What tariffs, export rules, sanctions, policies and permits have in common.

A noun of a measure tells an event only where somebody does something with it, or where it takes
effect; "because of tariffs", "despite sanctions" only look back. Dates of effect are parted from
the day of the announcement.
"""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.grammar.clauses import SPEECH, Clause
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import DateMention
from lodewire.model.vocabulary import MentionType

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
    "terminate postpone delay pause back endorse confirm reject rule call urge move draft".split()
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
    r"with effect from|commencing|begins?|starts?|until|till|follow(?:s|ed)? (?:on|in))\s"
    r"(?:the\s|at\s|midnight\s(?:on\s)?|about\s|early\s|mid-|late\s|\w+day,?\s)*$",
    re.IGNORECASE,
)
_ANNOUNCING = SPEECH | frozenset(("sign", "unveil", "publish", "issue", "release", "meet", "brief"))


def is_told(sentence: Sentence, trigger: Span) -> bool:
    """Tell whether a measure's noun takes part in something done, not only looked back on."""
    before = sentence.analysis.text[max(sentence.span.start, trigger.start - 60) : trigger.start]
    if BACKGROUND.search(before):
        return False
    return telling_clause(sentence, trigger) is not None


def telling_clause(sentence: Sentence, trigger: Span) -> Clause | None:
    """The clause of a verb of imposing whose words reach the noun; nearest verb first."""
    found: list[tuple[int, Clause]] = []
    for clause in sentence.clauses:
        if clause.lemma not in TELLING:
            continue
        if clause.chunk.span.overlaps(trigger) or sentence.reach(clause).overlaps(trigger):
            found.append((abs(clause.chunk.span.start - trigger.start), clause))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def fill_effective(draft: Draft, where: Span | None = None) -> None:
    """Fill ``effective_date``: "from March 12" first, else a date that is not the news day's."""
    if draft.has("effective_date"):
        return
    sentence = draft.sentence
    text = sentence.analysis.text
    dates = [d for d in sentence.dates_in(where or fill.scope(draft)) if d.grain != "duration"]
    effective = [
        d
        for d in dates
        if _EFFECT.search(text, max(sentence.span.start, d.span.start - 45), d.span.start)
    ]
    pool = effective or [d for d in dates if not _is_news_day(sentence, d)]
    index = fill.nearest(pool, draft.trigger)
    if index is not None:
        draft.add("effective_date", pool[index])


def _is_news_day(sentence: Sentence, date: DateMention) -> bool:
    """ "said on Tuesday", "Wednesday" beside the speaker: the day of the telling."""
    if _WEEKDAY.fullmatch(date.span.of(sentence.analysis.text).strip()):
        return True
    nearest = [c for c in sentence.clauses if c.chunk.span.start < date.span.start]
    if not nearest:
        # A dateline opens the sentence: "BRUSSELS, June 12 - …".
        return date.span.end - sentence.span.start < 45
    clause = nearest[-1]
    return clause.lemma in _ANNOUNCING and any(
        c.span.covers(date.span) for p in clause.phrases for c in p.chunks
    )


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
    r"\b(?:which|that|while|but|as|is|are|was|were|will|would|has|have|had|to|from|in|at|by|with|"
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
