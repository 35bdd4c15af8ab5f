"""Financings told by their noun: a sum and a word for funds beside it, wherever the parties stand.

Where no verb of giving or getting tells who is who, the prepositions do ("from", "by"; "to",
"for"), then what the parties are: banks, funds and ministries give, firms get.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.analysis import PARTY, Sentence
from lodewire.extraction.drafts import MONEY, Draft
from lodewire.extraction.frames import parties, slots, surface, works
from lodewire.extraction.frames.slots import Slot
from lodewire.model.entity import Mention
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import EventType, MentionType

_FINANCIERS = frozenset("bank investor ministry agency government international".split())
_FUNDER = re.compile(
    r"\b(?:Bank|Fund|Capital|Finance|Financial|Department|Ministry|Government|Commission|"
    r"Pentagon|Treasury|EXIM|Export-Import|Investment|Agency|Credit|Royalt(?:y|ies)|Streaming|"
    r"Development Canada|Wealth)\b"
)
_FUNDS = (
    r"(?:loans?|grants?|(?:credit |debt |loan )?facilit(?:y|ies)|state aid|bonds?|notes|placements?|"
    r"placings?|convertible(?: notes?| bonds?)?|stream(?:ing)?|royalt(?:y|ies)|subsid(?:y|ies)|"
    r"credit lines?|financing|funding|backing|prepayment|loan guarantees?|rights issue|"
    r"tax credits?|debt packages?|equity|financial support|aid|financing packages?)"
)
# A sum and its noun: "a $150 million bridge loan", "902 million euros of German state aid",
# "backing to the tune of $400 million", "a loan of $996 million".
_SUM_FIRST = re.compile(
    rf"\s(?:(?:of|in|worth of)\s)?(?:[\w-]+\s){{0,4}}?(?P<noun>{_FUNDS})\b", re.I
)
_NOUN_FIRST = re.compile(
    rf"\b(?P<noun>{_FUNDS})\s(?:[\w-]+\s){{0,2}}?(?:of|worth|totalling|to the tune of|for)\s(?:up to |"
    r"about |some |around |as much as |nearly |more than )*$",
    re.IGNORECASE,
)
_AFTERMATH = re.compile(
    r"\b(?:repa(?:y|id|yment|yments|ys)|refinanc\w+|default\w*|interest (?:on|rate)|matur\w+|due|redeem\w*|"
    r"write-?off|owes?|owed|outstanding|royalty (?:rate|payments?)|stake|tax(?:es)?|acqui\w+|purchase|"
    r"takeover|sale of|bought|run by|managed by|administered by|comes out of|drawn from)\b",
    re.IGNORECASE,
)


_GOVERNMENT = re.compile(
    r"\b(?:(?:(?:[Ff]ederal|[Pp]rovincial|[Ss]tate|[Nn]ational|[Ll]ocal)|[A-Z][a-z.A-Z]+) )?"
    r"[Gg]overnment\b|\b(?:[a-z]+ )?(?:department|ministry|treasury|loans? (?:office|desk)|"
    r"development bank|export credit agency)\b(?! of)"
)


def government(sentence: Sentence, span: Span) -> Span | None:
    """The words that name a government in ``span``, or None."""
    match = _GOVERNMENT.search(sentence.analysis.text, span.start, span.end)
    return Span(match.start(), match.end()) if match else None


def is_financier(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a party lends or grants by trade: a bank, fund, ministry or agency."""
    kind = sentence.analysis.kind_of(mention)
    if kind:
        return kind in _FINANCIERS
    return mention.type is MentionType.COUNTRY or bool(_FUNDER.search(mention.name))


def by_noun(sentence: Sentence) -> Draft | None:
    """The financing that a sum and its noun tell, with at least one party; None where none does."""
    text = sentence.analysis.text
    for quantity in sentence.quantities_in(sentence.span, *MONEY):
        noun = noun_of(sentence, quantity)
        if noun is None:
            continue
        near = Span(
            max(sentence.span.start, noun.start - 70), min(sentence.span.end, noun.end + 50)
        )
        if _AFTERMATH.search(text, near.start, near.end):
            continue
        draft = Draft(EventType.FINANCING, sentence, noun, sentence.clause_of(noun), confidence=0.6)
        draft.add("value", quantity)
        _fill_parties(draft)
        if not draft.has("investor"):
            draft.add("investor", government(sentence, Span(noun.end, sentence.span.end)))
        if draft.has("investor", "recipient"):
            return draft
    return None


def noun_of(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The word for funds that a sum belongs to, right behind or right before it."""
    text = sentence.analysis.text
    after = _SUM_FIRST.match(text, quantity.span.end, sentence.span.end)
    if after is not None:
        return Span(after.start("noun"), after.end("noun"))
    start = max(sentence.span.start, quantity.span.start - 60)
    before = _NOUN_FIRST.search(text, start, quantity.span.start)
    return Span(before.start("noun"), before.end("noun")) if before is not None else None


def _fill_parties(draft: Draft) -> None:
    sentence = draft.sentence
    found = [
        s
        for s in slots.slots(sentence, sentence.span, *PARTY)
        if not s.aside and slots.is_actor(sentence, s.mention)
    ]
    givers = _with_prep(sentence, found, "from", "by", "including")
    takers = [
        m
        for m in _with_prep(sentence, found, "to", "for", "into", "on")
        if m.type is MentionType.ORGANISATION
    ]
    subjects = _with_prep(sentence, found, "")
    for mention in subjects:
        if is_financier(sentence, mention):
            givers = givers or [mention]
        elif mention.type is MentionType.ORGANISATION and not takers:
            takers = [mention]
    given = {m.entity for m in givers}
    draft.add_all("investor", givers[:4])
    draft.add_all("recipient", [m for m in takers if m.entity not in given][:2])


def _with_prep(sentence: Sentence, found: Sequence[Slot], *preps: str) -> list[Mention]:
    return slots.heads(sentence, [s for s in found if s.prep in preps])


_OUTLAY = re.compile(
    r"\b(?:outlay|price tag|capex|capital cost|construction cost|bill)s? (?:[\w-]+ ){0,3}$"
)
_OF_WORK = re.compile(r"\s(?:of|in) (?:work|exploration|drilling|spending|expenditure)\b")


def is_outlay(sentence: Sentence, value: Quantity) -> bool:
    """ "funds US$8 million of work": what is spent on ground, lent to nobody."""
    before = sentence.analysis.text[max(0, value.span.start - 44) : value.span.start]
    if _OUTLAY.search(before):
        return True  # "29 parks, an outlay north of €1 billion"
    return _OF_WORK.match(sentence.analysis.text, value.span.end) is not None


def fill_lender(draft: Draft) -> None:
    """ "a $150 million Pentagon loan", "the Energy Department's conditional loan": who lends."""
    sentence = draft.sentence
    chunk = sentence.chunk_at(draft.trigger.start)
    if draft.has("investor") or chunk is None:
        return
    before = Span(chunk.span.start, max(chunk.span.start, draft.trigger.end))
    taken = {a.entity for a in draft.of("recipient")}
    for mention in sentence.mentions_in(before, MentionType.ORGANISATION):
        if mention.entity not in taken and is_financier(sentence, mention):
            draft.add("investor", mention)
            return


_AWARDED = frozenset(
    "award grant offer allocate promise hand approve allot lend give earmark announce propose "
    "reserve".split()
)


def settle_recipient(draft: Draft, reach: Span) -> None:
    """An office that gives gets nothing; where nobody gets, the firm of the text does."""
    sentence = draft.sentence
    if not draft.has("recipient"):
        draft.add("recipient", surface.named_after_to(sentence, reach))
    for mention in sentence.mentions:
        taken = [a for a in draft.of("recipient") if a.span == mention.span]
        if (
            taken
            and parties.is_authority(sentence, mention)
            and mention.type is MentionType.ORGANISATION
        ):
            draft.arguments = [a for a in draft.arguments if a not in taken]
    clause = draft.clause
    given = clause is not None and clause.verb.passive and clause.lemma in _AWARDED
    if given and draft.has("recipient") and not draft.has("investor"):
        draft.add("investor", giver_before(sentence))
    main = works.main_company(sentence.analysis)
    if draft.has("recipient") or main is None or not draft.has("investor"):
        return
    givers = {a.entity for a in draft.of("investor")}
    others = [
        m
        for m in sentence.mentions_in(sentence.span, MentionType.ORGANISATION)
        if m.entity not in givers and m.entity != main.entity
    ]
    if main.entity not in givers and not others and not is_financier(sentence, main):
        draft.add("recipient", main)


AWARDING = re.compile(
    r"\b(?:award(?:s|ed)?|grants?|loans?|funding|preliminary (?:terms|memorand\w+)|commitments?|subsid(?:y|ies)|"
    r"state aid|guarantees?|finalized|conditional)\b",
    re.IGNORECASE,
)
_BACK = 14  # sentences over which a giver still gives


def giver_before(sentence: Sentence) -> Mention | None:
    """Who gives in the sentences before, where they speak of awards: the last body that funds."""
    all_ = sentence.analysis.sentences
    for back in range(min(_BACK, sentence.index) + 1):
        before = all_[sentence.index - back]
        named = before.mentions_in(before.span, MentionType.ORGANISATION)
        givers = [m for m in named if not m.generic and is_financier(before, m)]
        near = all_[max(0, before.index - 1) : before.index + 2]
        if givers and any(AWARDING.search(s.text) for s in near):
            return givers[-1]
    return None
