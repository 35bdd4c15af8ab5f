"""How far a milestone has come: done, going on, ahead, put off or dropped."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import stages
from lodewire.extraction.frames.stages import StageWord
from lodewire.extraction.grammar.clauses import Clause
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import Modality, Status

_FUTURE = frozenset(("will", "would", "shall", "should", "'ll", "’ll"))
_PERHAPS = frozenset(("could", "may", "might", "can"))


_DEALT = re.compile(
    r"(?:deal|agreement|accord|convention|memorandum|pact|contract|mou|letter|protocol|framework|"
    r"term sheet|talks|negotiations|proposals?)\b"
)
_DECIDED = re.compile(
    r"(?:take|takes|took|taken|made|makes|reached) (?:\w+ ){0,3}(?:final|fid)", re.IGNORECASE
)
_IS_TO = re.compile(r"\s?(?:\w+ ){0,4}?(?:is|are) (?:now |also )?to (?:be )?\w")


def settle(draft: Draft, word: StageWord) -> None:
    """Status and modality, from the verb, what governs it, and words such as "due to"."""
    sentence, clause = draft.sentence, draft.clause
    text = sentence.analysis.text
    path = [clause, *clause.governors()] if clause is not None else []
    lemmas = {c.lemma for c in path}
    before = text[max(sentence.span.start, draft.trigger.start - 60) : draft.trigger.end]
    after = text[draft.trigger.end : min(sentence.span.end, draft.trigger.end + 70)]
    told = draft.trigger.of(text).lower()
    pondered = _PONDERED.match(told) is not None
    draft.modality = Modality.HYPOTHETICAL if pondered else Modality.ASSERTED
    by_words = _by_words(told, path)
    if by_words is not None:
        draft.status = by_words
    elif _PUT_OFF.search(before):
        draft.status = Status.PROPOSED
    elif re.search(r"on (?:hold|ice)$", told):
        draft.status = Status.SUSPENDED
    elif lemmas & stages.DROPS:
        draft.status = Status.TERMINATED
    elif lemmas & stages.HOLDS and not any(c.verb.future for c in path):
        late = lemmas & {"delay", "slow", "postpone", "defer"}
        draft.status = Status.PROPOSED if late else Status.SUSPENDED
    elif _may_be(path, before) or lemmas & {"consider", "study", "review"}:
        draft.status, draft.modality = Status.PROPOSED, Modality.HYPOTHETICAL
    elif _is_ahead(draft, path, before, after):
        draft.status, draft.modality = Status.PROPOSED, Modality.FORECAST
        if word.stage == "construction" and _is_settled(draft):
            draft.status, draft.modality = Status.AGREED, Modality.ASSERTED
        if re.search(
            r"\b(?:once|if|provided|unless)\b", text[draft.trigger.end : sentence.span.end]
        ):
            draft.modality = Modality.HYPOTHETICAL
    elif _is_soon(draft, path):
        draft.status, draft.modality = Status.AGREED, Modality.FORECAST
    elif lemmas & {"approve", "sanction"}:
        draft.status = Status.AGREED
    elif re.match(r"plans? for", draft.trigger.of(text), re.IGNORECASE):
        draft.status = Status.PROPOSED
    elif _is_going_on(draft, word, path):
        draft.status = Status.IN_FORCE
    else:
        draft.status = Status.COMPLETED


_PUT_OFF = re.compile(
    r"\b(?:put(?:s|ting)? off|h(?:e|o)ld(?:s|ing)? off|push(?:es|ed|ing)? back)\b[^;,.]{0,30}$"
)
_SETTLED = re.compile(
    r"\b(?:signed|(?:has|have) agreed|agreed to|contracted|awarded|final investment decision|FID|"
    r"board approved|approved by the board|under an? (?:\w+ )?(?:agreement|contract|accord))\b"
)
_GOES_ON = re.compile(
    r"being (?:built|constructed|erected|put up)$|under (?:construction|development)$|"
    r"^(?:all but|nearly|almost|largely|practically|half) (?:built|complete|finished)"
)
_TO_COME = re.compile(
    r"(?:to be|(?:will|would|should|ought to|is|are|due|set|slated|expected|planned|hopes?|expects?|"
    r"aims?|plans?|intends?|wants?)\b.*\bbe) |.*\bbeing $"
)
_AHEAD_OF = re.compile(
    r"\b(?:will|would|shall|should|ought to)\b(?! have)[^;:.]{0,44}$", re.IGNORECASE
)
_SOON = re.compile(r"(?:next|later|this coming|in the coming|tomorrow)\b", re.IGNORECASE)


def _is_settled(draft: Draft) -> bool:
    """ "is to build two plants" after "has signed a contract": agreed, not merely proposed."""
    text, span = draft.sentence.analysis.text, draft.sentence.span
    left = _SETTLED.search(text, span.start, draft.trigger.start)
    return left is not None or _SETTLED.search(text, draft.trigger.end, span.end) is not None


def _may_be(path: list[Clause], before: str) -> bool:
    """ "could open", but "can now show": what is done at last is no possibility."""
    perhaps = any(c.verb.modal in _PERHAPS for c in path)
    return perhaps and not re.search(r"\b(?:can|may) now\b", before)


def _is_soon(draft: Draft, path: list[Clause]) -> bool:
    """ "restart the decline next week": a present tense with a day to come."""
    if not path or path[0].verb.form not in ("S", "B"):
        return False
    after = Span(draft.trigger.end, draft.sentence.span.end)
    dates = draft.sentence.dates_in(after)
    return bool(dates) and _SOON.match(dates[0].text) is not None


_PONDERED = re.compile(
    r"(?:thinking|weighing|mulling|considering|eyeing|pondering|toying|contemplating|looking)\b"
)


def _by_words(told: str, path: list[Clause]) -> Status | None:
    """The status that the phrase itself says: "93 percent complete", "talks about a plant"."""
    if re.match(r"pull|walk|gave up|given up", told):
        return Status.TERMINATED
    if told[0].isdigit() and re.search(r"(?:complete|built|finished|done)$", told):
        return Status.IN_FORCE
    if _GOES_ON.search(told):
        return Status.IN_FORCE
    if told.startswith("contracted"):
        return Status.AGREED
    if _PONDERED.match(told):
        return Status.PROPOSED
    dealt = _DEALT.match(told)
    if dealt is not None:
        is_open = re.match(r"talk|negotiat|propos", dealt.group())
        return Status.PROPOSED if is_open else Status.AGREED
    decided = _DECIDED.match(told) and not any(c.verb.modal or c.verb.infinitive for c in path[:1])
    return Status.AGREED if decided or told.startswith("board") else None


def _is_ahead(draft: Draft, path: list[Clause], before: str, after: str) -> bool:
    if any(c.verb.modal in _FUTURE for c in path) or _IS_TO.match(after):
        return True
    if _TO_COME.match(draft.trigger.of(draft.sentence.analysis.text)):
        return True
    if _AHEAD_OF.search(before[: len(before) - (draft.trigger.end - draft.trigger.start)]):
        return True
    if re.search(r"\b(?:is|are) (?:now |also )?to (?:be )?(?:\w+ ?){0,3}$", before):
        return True
    planned = [c for c in path if c.lemma in stages.PLANS and not _is_own(draft, c)]
    if any(c.lemma not in ("approve", "sanction") for c in planned):
        return True
    clause = path[0] if path else None
    due = stages.DUE.search(before) or (
        clause is not None
        and not clause.chunk.span.overlaps(draft.trigger)
        and stages.DUE.search(after)
    )
    if due:
        return True
    if clause is not None and clause.verb.infinitive and clause.chunk.span.overlaps(draft.trigger):
        governor = clause.governor
        return governor is None or governor.lemma in (
            "be",
            "have",
            "prepare",
            "decide",
            "agree",
            "help",
        )
    if clause is not None and clause.verb.infinitive and clause.verb.passive:
        return True
    finite = clause is not None and clause.chunk.span.overlaps(draft.trigger)
    dates = draft.sentence.dates_in(Span(draft.trigger.end, draft.sentence.span.end))
    published = draft.sentence.analysis.document.published
    return bool(
        not finite
        and published
        and dates
        and dates[0].start
        and dates[0].start > published.isoformat()
    )


def _is_own(draft: Draft, clause: Clause) -> bool:
    """ "came back on March 6": the stage's own verb plans nothing, where it is done."""
    done = clause.verb.form in "DN" and not clause.verb.infinitive and clause.verb.modal is None
    return done and clause.chunk.span.overlaps(draft.trigger)


def _is_going_on(draft: Draft, word: StageWord, path: list[Clause]) -> bool:
    clause = path[0] if path else None
    if clause is None:
        return False
    text = draft.sentence.analysis.text
    near = text[max(draft.sentence.span.start, draft.trigger.start - 10) : draft.trigger.end + 80]
    if stages.UNDER_WAY.search(near):
        return True
    progressive = clause.verb.form == "G" and "be" in clause.verb.auxiliaries
    present = clause.verb.form == "S" and word.stage in ("ramp_up", "construction")
    begun = word.stage not in ("restart", "first_production", "study") and (
        {c.lemma for c in path} & (stages.STARTS | stages.GOES_ON)
        or re.search(r"\b(?:broke|break\w*) ground\b", near)
    )
    return bool(progressive or present or begun)


_STRONG = re.compile(r"\bfirst\b|^(?:add|put)", re.IGNORECASE)
_WHOSE = re.compile(
    r"\b(?:quotas?|permits?|licen[cs]es?|countr(?:y|ies)[’']?s?|global|world[’']s|national)\b"
)


def is_plain(draft: Draft, word: StageWord) -> bool:
    """A study, a drill programme or a first cargo is somebody's project though no works are named."""
    sentence = draft.sentence
    text = sentence.analysis.text
    told = draft.trigger.of(text)
    opens = draft.trigger.start - sentence.span.start < 4 and word.noun
    near = text[max(sentence.span.start, draft.trigger.start - 50) : draft.trigger.end + 40]
    plain = word.stage in ("study", "drilling") or opens or _STRONG.search(told)
    return bool(plain) and not _WHOSE.search(near)


# "No drill hole has been sunk there", "draws on 31,250 m of drilling"
_NONE = re.compile(
    r"\b[Nn]o (?:\w+ )?$|\b(?:[Oo]nce|[Ww]hen) (?:\w+ )?$|"
    r"\b(?:draws on|based on|includ\w+|incorporat\w+|comprises?)\b[^;]{0,24}$|"
    r"\b(?:after|since|from|following) the (?:start|end|completion|beginning) of (?:\w+ )?$"
)
_CONDITION = re.compile(r"\b(?:unless|if|should|in case|were)\b[^,;]{0,25}$", re.IGNORECASE)


def is_unsaid(sentence: Sentence, trigger: Span) -> bool:
    """ "no drill hole", "unless construction starts", "could not say when": nothing has that stage."""
    text, start = sentence.analysis.text, sentence.span.start
    return bool(
        stages.UNSURE.search(text, start, trigger.start)
        or _NONE.search(text, max(start, trigger.start - 48), trigger.start)
        or _CONDITION.search(text, max(start, trigger.start - 40), trigger.start)
    )
