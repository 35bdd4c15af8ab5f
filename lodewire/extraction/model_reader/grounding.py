"""From told events to drafts: what cannot be shown in the text is refused, and it is said why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lodewire.extraction.analysis import Analysis, Sentence
from lodewire.extraction.drafts import Draft, Filler
from lodewire.extraction.model_reader.align import Aligner, by_distance
from lodewire.extraction.model_reader.answer import ToldArgument, ToldEvent
from lodewire.extraction.model_reader.fillers import Refusal, find_filler
from lodewire.extraction.model_reader.hostile import touches
from lodewire.model.event import Attribution
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import MentionType
from lodewire.ontology.event_types import RoleDefinition, load_event_types

_CONFIDENCE = 0.75
_LESS_SURE = 0.6  # where a value of the event had to be refused
_LONGEST_TRIGGER = 80
_MOST_PLACES = 8  # of one wording, tried for one that fills the role
_SPEAKERS = (MentionType.PERSON, MentionType.ORGANISATION, MentionType.COUNTRY)


@dataclass(slots=True)
class Grounded:
    """Drafts whose every value stands in the text; what was refused, and how much was told."""

    drafts: list[Draft] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    told: int = 0  # wordings told: evidence, triggers, values
    missing: int = 0  # of these, those that stand nowhere in the text


class Grounder:
    """Proves the events that one answer tells about one part of a document."""

    def __init__(
        self, analysis: Analysis, part: Span, addresses: Sequence[Span], method: str
    ) -> None:
        self._analysis = analysis
        self._aligner = Aligner(analysis.text, part)
        self._addresses = addresses
        self._method = method

    def ground(self, events: Sequence[ToldEvent]) -> Grounded:
        """Return the drafts of the events that hold, with the causes of every refusal."""
        result = Grounded()
        for event in events:
            draft = self._event(event, result)
            if draft is not None:
                result.drafts.append(draft)
        return result

    def _event(self, event: ToldEvent, result: Grounded) -> Draft | None:
        what = event.type.value
        result.told += 2
        try:
            evidence, trigger = self._anchor(event, result)
            sentence = self._sentence(trigger)
        except Refusal as refusal:
            result.causes.append(f"{what}: {refusal}")
            return None
        draft = Draft(event.type, sentence, trigger, sentence.clause_of(trigger))
        draft.method = self._method
        if event.status in load_event_types()[event.type].statuses:
            draft.status = event.status
        draft.modality = event.modality
        refused = len(result.causes)
        for argument in event.arguments:
            self._argument(draft, argument, evidence, result)
        if event.said_by is not None:
            draft.attribution = self._speaker(event.said_by, evidence, what, result)
        draft.confidence = _CONFIDENCE if len(result.causes) == refused else _LESS_SURE
        return draft

    def _anchor(self, event: ToldEvent, result: Grounded) -> tuple[Span, Span]:
        """Where the event is told: its quote, and in it the word that tells it."""
        quotes = self._aligner.find(event.evidence)
        if not quotes:
            result.missing += 2  # without its quote its trigger stands nowhere either
            raise Refusal("its quote is not in the text")
        told = [q for q in quotes if not touches(self._addresses, q)]
        if not told:
            raise Refusal("its quote speaks to the model")
        for quote in told:
            for trigger in self._aligner.find(event.trigger, quote):
                if trigger.end - trigger.start > _LONGEST_TRIGGER:
                    raise Refusal("its trigger is longer than a few words")
                return quote, trigger
        result.missing += 1
        raise Refusal("its trigger is not in its quote")

    def _sentence(self, trigger: Span) -> Sentence:
        for sentence in self._analysis.sentences:
            if sentence.span.covers(trigger):
                return sentence
        raise Refusal("its trigger stands in no sentence")

    def _argument(
        self, draft: Draft, argument: ToldArgument, evidence: Span, result: Grounded
    ) -> None:
        what = f"{draft.type.value} {argument.role}"
        roles = {r.name: r for r in load_event_types()[draft.type].roles}
        role = roles.get(argument.role)
        if role is None:
            result.causes.append(f"{what}: the type has no such role")
            return
        result.told += 1
        places = self._places(argument.text, evidence, draft.trigger)
        if not places:
            result.missing += 1
            result.causes.append(f"{what}: its words are not in the text")
            return
        try:
            filler, value = self._filler(role, places, argument.choice)
        except Refusal as refusal:
            result.causes.append(f"{what}: {refusal}")
            return
        if draft.has(role.name) and not role.repeats:
            result.causes.append(f"{what}: a second value")
            return
        draft.add(role.name, filler, value)

    def _filler(
        self, role: RoleDefinition, places: Sequence[Span], choice: str | None
    ) -> tuple[Filler, str | None]:
        """What fills the role at the first place where anything does; raises the first Refusal."""
        first: Refusal | None = None
        for place in places[:_MOST_PLACES]:
            try:
                return find_filler(self._analysis, role, place, choice)
            except Refusal as refusal:
                first = first or refusal
        assert first is not None
        raise first

    def _places(self, words: str, evidence: Span, trigger: Span) -> list[Span]:
        """Where the words stand: in the quote if they do, else anywhere, the nearest first."""
        inside = by_distance(self._aligner.find(words, evidence), trigger)
        if inside:
            return inside
        spans = [s for s in self._aligner.find(words) if not touches(self._addresses, s)]
        return by_distance(spans, trigger)

    def _speaker(
        self, words: str, evidence: Span, what: str, result: Grounded
    ) -> Attribution | None:
        places = self._places(words, evidence, evidence)
        result.told += 1
        if not places:
            result.missing += 1
            result.causes.append(f"{what} said_by: its words are not in the text")
            return None
        span = places[0]
        near = [m for m in self._analysis.mentions if m.span.overlaps(span)]
        for type_ in _SPEAKERS:
            for mention in near:
                if mention.type is type_:
                    return Attribution(
                        span=mention.span,
                        text=mention.text,
                        name=mention.name,
                        entity=mention.entity,
                    )
        text = span.of(self._analysis.text)
        return Attribution(span=span, text=text, name=" ".join(text.split()))
