"""Events by a model: asked part by part, believed where proved, replaced by the frames if not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from lodewire.errors import BadAnswer, ContextTooLong, ModelAway, ModelError, ModelRefused
from lodewire.extraction.analysis import Analysis
from lodewire.extraction.build import METHOD, build_mentions
from lodewire.extraction.circumstance import settle
from lodewire.extraction.drafts import Draft
from lodewire.extraction.finding import Found
from lodewire.extraction.merge import merge_drafts
from lodewire.extraction.model_reader.answer import parse_answer
from lodewire.extraction.model_reader.asking import Answer, Completer
from lodewire.extraction.model_reader.grounding import Grounded, Grounder
from lodewire.extraction.model_reader.hostile import find_addresses
from lodewire.extraction.model_reader.parts import halve, split_text
from lodewire.extraction.model_reader.prompt import build_prompt
from lodewire.extraction.model_reader.schema import answer_schema
from lodewire.extraction.reader import find_events
from lodewire.extraction.silence import mark_undisclosed
from lodewire.model.event import EventMention
from lodewire.model.evidence import Span

VERSION = "llm/1"
PART = 12_000  # characters asked about at once: some 3,000 tokens of English
_SHOWN = 5  # causes told in the notes of one document
_TRUSTED = 4  # wordings under which a share of missing ones says nothing

SetAside = Callable[[str, str, str], None]  # document id, cause, what was answered


def ignore(document: str, cause: str, answer: str) -> None:
    """Keep nothing of what is quarantined."""


class ModelFinder:
    """Finds events by asking ``model``; a Finder.

    What breaks the rules goes to ``set_aside``. Where the model gives nothing usable the frames
    read the document, and a note says why; with ``strict``, an endpoint that does not answer
    raises its ModelError instead.
    """

    def __init__(
        self,
        completer: Completer,
        model: str,
        *,
        part: int = PART,
        set_aside: SetAside = ignore,
        strict: bool = False,
    ) -> None:
        self._completer = completer
        self._part = part
        self._set_aside = set_aside
        self._strict = strict
        self.method = f"{VERSION}:{model}"

    def __call__(self, analysis: Analysis) -> Found:
        """Return the events of a document, by the model or, noted, by the frames."""
        try:
            grounded = self._read(analysis)
        except BadAnswer as error:
            return self._by_frames(analysis, f"the model's answer is quarantined: {error.message}")
        except (ModelAway, ModelRefused) as error:
            if self._strict:
                raise
            return self._by_frames(analysis, f"{error.message} {error.hint or ''}".rstrip())
        except ModelError as error:
            return self._by_frames(analysis, f"{error.message} {error.hint or ''}".rstrip())
        events = build_events(analysis, grounded.drafts)
        return Found(events=events, method=self.method, notes=_notes(grounded.causes))

    def _by_frames(self, analysis: Analysis, why: str) -> Found:
        note = f"read by the frames, not the model: {why}"
        return Found(events=find_events(analysis), method=METHOD, notes=(note,))

    def _read(self, analysis: Analysis) -> Grounded:
        whole = Grounded()
        for part in split_text(analysis.text, self._part):
            found = self._part_of(analysis, part)
            whole.drafts.extend(found.drafts)
            whole.causes.extend(found.causes)
        return whole

    def _part_of(self, analysis: Analysis, part: Span) -> Grounded:
        """Ask about one part; where it or its answer is too long for the model, by halves."""
        try:
            answer = self._ask(analysis, part)
        except ContextTooLong:
            answer = None
        if answer is not None and not answer.cut:
            return self._judged(analysis, part, answer)
        halves = halve(analysis.text, part, analysis.document.sentences)
        if halves is None:
            cause = "the model has no room for even a short part of the text"
            if answer is not None:
                cause = "it breaks off: the model ran out of room"
                self._set_aside(analysis.document.id, cause, answer.text)
            raise BadAnswer(cause)
        first, second = (self._part_of(analysis, half) for half in halves)
        first.drafts.extend(second.drafts)
        first.causes.extend(second.causes)
        return first

    def _ask(self, analysis: Analysis, part: Span) -> Answer:
        about = f"{analysis.document.id} {part.start}-{part.end}"
        return self._completer.complete(
            build_prompt(part.of(analysis.text), about), answer_schema()
        )

    def _judged(self, analysis: Analysis, part: Span, answer: Answer) -> Grounded:
        """Prove an answer; one that breaks the form, or is mostly made up, is set aside."""
        document = analysis.document.id
        try:
            told = parse_answer(answer)
            grounder = Grounder(analysis, part, find_addresses(analysis.text), self.method)
            grounded = grounder.ground(told.events)
            if grounded.told >= _TRUSTED and grounded.missing * 2 > grounded.told:
                raise BadAnswer(
                    f"{grounded.missing} of its {grounded.told} wordings are not in the text"
                )
        except BadAnswer as error:
            self._set_aside(document, error.message, answer.text)
            raise
        if grounded.causes:
            self._set_aside(document, "; ".join(grounded.causes), answer.text)
        return grounded


def build_events(analysis: Analysis, drafts: list[Draft]) -> tuple[EventMention, ...]:
    """Return the events that proved drafts make, by the frames' own rules for the rest."""
    for draft in drafts:
        settle(draft)
    mark_undisclosed(analysis.sentences, drafts)
    found = {e.id: e for e in reversed(list(build_mentions(analysis, merge_drafts(drafts))))}
    return tuple(reversed(found.values()))


def _notes(causes: list[str]) -> tuple[str, ...]:
    """One note for each kind of refusal, the commonest first; the rest is counted."""
    counted = Counter(causes).most_common()
    notes = [
        f"the model's answer, refused: {cause}" + (f" ({times} times)" if times > 1 else "")
        for cause, times in counted[:_SHOWN]
    ]
    if len(counted) > _SHOWN:
        notes.append(f"the model's answer, refused: {len(counted) - _SHOWN} kinds more")
    return tuple(notes)
