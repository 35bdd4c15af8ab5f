"""How much an outage takes away, and whether it is over."""

from __future__ import annotations

import re

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import SHARE, TONNAGE, Draft
from lodewire.extraction.frames import fill
from lodewire.extraction.grammar.clauses import SPEECH
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import Modality, Status

_LOSS = re.compile(
    r"\b(?:(?:loss|cut|reduction|decline|outage|shutdown|curtailment|stoppage|drop) of|by|cost|costs|costing|lost|loss of|losing|equal to|equivalent to|affect\w*|remov\w+|"
    r"curb\w*|cut\w*|idl\w+|impact\w*|about|around|some|up to|reduc\w+|shut\w*|curtail\w*|off)\s*$",
    re.IGNORECASE,
)
_ITS_CAPACITY = re.compile(
    r"^\s?(?:of|in)\s(?:its |the |their |total |annual |global |world |site's |plant's )*"
    r"(?:capacity|production|output|operations)",
    re.IGNORECASE,
)
_BACK = frozenset("resume restart reopen lift regain return restore end".split())


def fill_volume(draft: Draft) -> None:
    sentence = draft.sentence
    text = sentence.analysis.text
    for quantity in sentence.quantities_in(fill.scope(draft), *TONNAGE):
        before = text[max(sentence.span.start, quantity.span.start - 16) : quantity.span.start]
        if _LOSS.search(before) and not _is_nameplate(sentence, quantity):
            draft.add("volume", quantity)
            return
    for quantity in sentence.quantities_in(fill.scope(draft), *SHARE):
        after = text[quantity.span.end : min(sentence.span.end, quantity.span.end + 40)]
        if _ITS_CAPACITY.match(after):
            draft.add("volume", quantity)
            return


def _is_nameplate(sentence: Sentence, quantity: Quantity) -> bool:
    before = sentence.analysis.text[
        max(sentence.span.start, quantity.span.start - 44) : quantity.span.start
    ]
    return bool(re.search(r"\b(?:nameplate|annual|combined|total)\s(?:\w+\s)?capacity\b", before))


def settle_status(draft: Draft) -> None:
    """Over: told with its length in the past, or with the return to work in the same breath."""
    told = draft.trigger.of(draft.sentence.analysis.text).lower()
    if " not " in told:
        draft.modality = Modality.ASSERTED  # "has not turned since": it stands, nothing is denied
    if draft.status is None and draft.sentence.find(_WEIGHED):
        draft.status, draft.modality = Status.PROPOSED, Modality.HYPOTHETICAL
    if draft.status is None and (_is_past(draft, told) or _is_long_ago(draft)):
        draft.status = Status.COMPLETED
    if draft.status is not None or draft.clause is None:
        return
    verb = draft.clause.verb
    path = [draft.clause, *draft.clause.governors()]
    if any(c.verb.future or c.lemma in ("plan", "intend", "decide", "expect") for c in path):
        return
    above = draft.clause.governor
    if verb.infinitive and (above is None or above.lemma == "be"):  # "is to idle two plants"
        draft.status = Status.AGREED  # headline and brief style: "to shut the refinery for 35 days"
        return
    if _is_back(draft.sentence) or _lasted(draft):
        draft.status = Status.COMPLETED


_AFTER_A = re.compile(r"\b(?:after|since|following) (?:an? |the )(?:[\w-]+ ){0,4}$")
_FROM_TO = re.compile(
    r"[^,;.]{0,24}?\b(?:between (?:\w+ )?(?:19|20)?\w+ and|from (?:\w+ ){1,2}(?:until|till|to)) (?:\w+ )?"
    r"(?:(?:19|20)\d\d|January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b"
)
_LOST_TIME = re.compile(r"lost (?:a|two|three|four|\d+|several) (?:days?|weeks?|months?|shifts?)")
_RUN_AGAIN = sought(
    r"\b(?:are|is|came|was|were) (?:now )?back\b|\bcatching up\b|"
    r"\b(?:strike|walkout|stoppage|blockade|outage|lockout)\b[^.;]{0,60}? (?:has |have |had )?(?:come|came) to an end\b|"
    r"\b(?:called|calls|calling) off (?:the|their|its|an?) (?:[\w-]+ ){0,2}?(?:strike|walkout|stoppage|blockade)\b"
)
_WEIGHED = sought(
    r"\b(?:strike|walkout|stoppage)s? (?:is|was|are|were) being (?:weighed|considered|discussed|evaluated)\b|"
    r"\b(?:weigh|evaluat|consider|mull)(?:ing|s|ed|es) (?:an?|another|new) (?:[\w-]+ )?(?:strike|walkout|stoppage)\b"
)


def _is_past(draft: Draft, told: str) -> bool:
    """ "lost a week", "after a seven-month closure", "idle from January until March": it is over."""
    text, span = draft.sentence.analysis.text, draft.sentence.span
    if _LOST_TIME.match(told) or draft.sentence.find(_RUN_AGAIN):
        return True
    start = max(span.start, draft.trigger.start - 50)
    noun = re.fullmatch(r"(?:[\w-]+ )*(?:closure|shut-?down|stoppage|outage|halt|suspension)", told)
    if noun and _AFTER_A.search(text[start : draft.trigger.start]):
        return draft.clause is not None and draft.clause.lemma in _BACK | {
            "come",
            "return",
            "bring",
        }
    ahead = draft.clause is not None and (draft.clause.verb.future or draft.clause.verb.infinitive)
    return not ahead and _FROM_TO.match(text, draft.trigger.end, span.end) is not None


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FOR_DAYS = re.compile(
    r"[^;.:]{0,60}?\b(?:for|took|lasting|lasted) (?:about |around |nearly |almost |some )?(?:an?|\d+|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|several) (?:hours?|days?|weeks?|months?|years?)\b"
)
_STILL = re.compile(
    r"\b(?:since|will|would|(?:is|are|was|were) (?:\w+ )?to|to be|been|expect\w*|plan\w*|still|now|could|"
    r"may|might|another|more|at least|indefinite\w*)\b",
    re.IGNORECASE,
)


def _is_long_ago(draft: Draft) -> bool:
    """Told of a year that the text looks back on, or of some days in the past: it is over."""
    sentence = draft.sentence
    text, span = sentence.analysis.text, sentence.span
    if _STILL.search(
        text, max(span.start, draft.trigger.start - 60), min(span.end, draft.trigger.end + 60)
    ):
        return False
    clause = draft.clause
    past = clause is not None and clause.verb.form in "DN" and clause.verb.modal is None
    if past and _FOR_DAYS.match(text, draft.trigger.start, min(span.end, draft.trigger.end + 70)):
        return True
    years = [int(y) for a in draft.of("date") for y in _YEAR.findall(a.text)]
    told_of = [int(y) for y in _YEAR.findall(text)]
    published = sentence.analysis.document.published
    latest = max([*told_of, *([published.year] if published else [])], default=0)
    return bool(years) and latest - max(years) >= (1 if published else 2)


def _is_back(sentence: Sentence) -> bool:
    for clause in sentence.clauses:
        verb = clause.verb
        back = clause.lemma in _BACK or (
            clause.lemma == "bring"
            and "back" in sentence.analysis.text[clause.chunk.span.end : clause.chunk.span.end + 14]
        )
        settled = verb.form in "DN" and verb.modal is None and not verb.infinitive
        if back and settled and not verb.negated and clause.link != "when":
            return True
    return False


_SPAN = sought(
    r"\b(?:for|of|lasting|lasted)\s(?:about |around |nearly |almost |more than |most of |the best part "
    r"of |much of )?(?:an? |the |\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"several|[A-Z][a-z]+)[ -]?(?:hours?|days?|weeks?|months?|years?)?\b",
    re.IGNORECASE,
)


def _lasted(draft: Draft) -> bool:
    clause, sentence = draft.clause, draft.sentence
    if clause is None:
        return False
    match = sentence.find(_SPAN)
    long = match is not None and (
        bool(re.search(r"hour|day|week|month|year|most of|much of", match.group()))
    )
    speech = any(c.lemma in SPEECH for c in sentence.clauses)
    past_perfect = clause.verb.perfect and clause.chunk.tokens[0].lower == "had"
    simple = clause.verb.form in "DN" and not clause.verb.perfect
    return (past_perfect and not speech) or (long and simple)
