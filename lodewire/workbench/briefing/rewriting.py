"""A sentence that an editor wrote, held against the statements of its insight.

Every name and number of it must be a way in which one of these statements is printed; whatever is
left must hold neither, by the proof of every brief (:mod:`lodewire.publish.verify`) and by the eyes
that read the news: the list of names and the grammar of quantities. What can be proved but reads
otherwise than the sources is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lodewire.errors import UnsupportedClaim
from lodewire.extraction.naming.mentions import choose_listed
from lodewire.extraction.quantities import find_quantities
from lodewire.model.brief import BriefEntry, Segment, Sentence
from lodewire.model.event import Event
from lodewire.model.evidence import Span
from lodewire.model.ids import StatementId
from lodewire.model.plain import plain
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Verdict
from lodewire.publish.verify import printings, verify_sentence
from lodewire.publish.wording import print_statement
from lodewire.workbench.briefing.rereading import differences

LONGEST = 600
"""Characters of a sentence."""

_META = frozenset(("type", "status", "modality", "not_disclosed"))
_START = re.compile(r"(?:^|[.!?:]\s+)[“\"'(]*([A-Z]\w*)")
_WORD = re.compile(r"[a-z][a-z'’-]{3,}")
_NUMBER_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores?|twenty|thirty|"
    r"forty|fifty|hundreds?|thousands?|millions?|billions?|trillions?|half|halved?|thirds|quarters|"
    r"twice|thrice|doubl\w+|tripl\w+|percent|per cent)\b|[%$€£¥]",
    re.IGNORECASE,
)
#: Words that may open a sentence though none of its sources writes them small.
_OPENERS = frozenset(
    "a an the this that these those in on at by for from with under over after before as of to its "
    "it their they he she and but while when where shares talks output supply production plans "
    "work workers sales prices no not new".split()
)
_SMALL = frozenset(
    "will with from into onto over under after before about than then that this these those their "
    "there which while when where were been being have having does also only more most less least "
    "such some both each other another between through during against within without".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A proved sentence, and what a person has to say yes to before it is taken."""

    sentence: Sentence
    questions: tuple[str, ...] = ()


def check_wording(
    event: Event, entry: BriefEntry, composed: Sentence, text: str, told: str = ""
) -> Wording:
    """Return the editor's ``text`` as a sentence whose names and numbers are backed.

    ``entry`` is the insight as the brief has it, ``composed`` its sentence as it was composed,
    ``told`` the texts of its sources. Raises UnsupportedClaim with what is not backed, and what
    could stand there.
    """
    written = " ".join(plain(text).split())
    _check_form(written)
    live = [s for s in event.statements if s.retracted_at is None and s.property not in _META]
    cited = [id_ for part in composed.segments for id_ in part.statements]
    backed = _backed(written, live, cited)
    sentence = Sentence(segments=tuple(_segments(written, backed)))
    hint = _what_may_stand(live)
    _check_numbers(written, backed, hint)
    _check_names(written, backed, told, hint)
    try:
        verify_sentence(sentence, {s.id: s for s in event.statements})
    except UnsupportedClaim as error:
        raise UnsupportedClaim(error.message, hint=hint) from error
    if not backed:
        raise UnsupportedClaim("nothing of this sentence is backed by a source", hint=hint)
    return Wording(
        sentence=sentence, questions=tuple(_questions(event, entry, composed, sentence, told))
    )


def _check_form(written: str) -> None:
    if not written:
        raise UnsupportedClaim("the sentence is empty", hint="hold the insight instead")
    if len(written) > LONGEST:
        raise UnsupportedClaim(
            f"a sentence may have {LONGEST} characters; this one has {len(written)}",
            hint="say less",
        )
    if written.rstrip("”\"')")[-1:] not in (".", "!", "?"):
        raise UnsupportedClaim("the sentence does not end", hint="end it with a full stop")


def _what_may_stand(live: Sequence[Statement]) -> str:
    told = dict.fromkeys(f"{s.property.replace('_', ' ')} “{print_statement(s)}”" for s in live)
    return "its sources state: " + "; ".join(list(told)[:24])


def _backed(
    text: str, live: Sequence[Statement], cited: Sequence[StatementId]
) -> list[tuple[Span, StatementId]]:
    """The runs that print a statement, the longest first taken, in order of the text."""
    forms: dict[str, StatementId] = {}
    first = {id_: at for at, id_ in enumerate(cited)}
    for s in sorted(live, key=lambda s: (first.get(s.id, len(first)), s.id)):
        for form in printings(s):
            forms.setdefault(form, s.id)
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that grows when made small would shift every place
        lowered = text
    found: list[tuple[Span, StatementId]] = []
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", lowered):
            span = Span(*match.span())
            if form and not any(span.overlaps(taken) for taken, _ in found):
                found.append((span, forms[form]))
    return sorted(found)


def _segments(text: str, backed: Iterable[tuple[Span, StatementId]]) -> Iterator[Segment]:
    at = 0
    for span, id_ in backed:
        if span.start > at:
            yield Segment(text=text[at : span.start])
        yield Segment(text=span.of(text), statements=(id_,))
        at = span.end
    if at < len(text):
        yield Segment(text=text[at:])


def _inside(span: Span, backed: Iterable[tuple[Span, StatementId]]) -> bool:
    return any(place.covers(span) for place, _ in backed)


def _check_names(
    text: str, backed: Sequence[tuple[Span, StatementId]], told: str, hint: str
) -> None:
    for span, _ in choose_listed(text, [Span(0, len(text))]):
        if not any(span.overlaps(place) for place, _ in backed):
            raise UnsupportedClaim(f"a name without a statement: {span.of(text)!r}", hint=hint)
    small = set(re.findall(r"\b[a-z]\w*", told)) | _OPENERS
    for match in _START.finditer(text):
        span = Span(*match.span(1))
        if not _inside(span, backed) and match[1].lower() not in small:
            raise UnsupportedClaim(f"a name without a statement: {match[1]!r}", hint=hint)


def _check_numbers(text: str, backed: Sequence[tuple[Span, StatementId]], hint: str) -> None:
    places = [(q.span, q.text) for q in find_quantities(text)]
    places += [(Span(*m.span()), m[0]) for m in _NUMBER_WORDS.finditer(text)]
    for span, words in places:
        if not _inside(span, backed):
            raise UnsupportedClaim(f"a number without a statement: {words!r}", hint=hint)


def _questions(
    event: Event, entry: BriefEntry, composed: Sentence, sentence: Sentence, told: str
) -> Iterator[str]:
    cites = {id_ for part in sentence.segments for id_ in part.statements}
    before = {id_ for part in composed.segments for id_ in part.statements}
    stated = {s.id: s for s in event.statements}
    for id_ in sorted(before - cites):
        if id_ in stated and stated[id_].property == "attribution":
            yield f"It no longer says who says so: {stated[id_].value}."
    yield from differences(event, composed.text, sentence.text)
    # What the composed sentence printed too is shown with its conflict and its mark already.
    fresh = cites - before
    roles = {stated[id_].property for id_ in fresh if id_ in stated}
    for note in entry.conflicts:
        if note.role in roles and not note.settled:
            values = " or ".join(f"{value} ({who})" for value, who in note.values)
            yield f"Sources differ on {note.role.replace('_', ' ')}: {values}."
    for number in entry.numbers:
        if number.statement_id in fresh and number.verdict in (Verdict.MISMATCH, Verdict.QUERY):
            yield (
                f"A check of {number.text} does not hold: {number.detail or ''}".rstrip(": ") + "."
            )
    known = set(_WORD.findall(f"{told} {composed.text}".lower()))
    plain_words = " ".join(p.text for p in sentence.segments if not p.statements).lower()
    new = [w for w in dict.fromkeys(_WORD.findall(plain_words)) if w not in known | _SMALL]
    if new:
        yield f"No source of it writes: {', '.join(new)}."
