"""Composing a sentence from an event's statements: never copied, every value backed."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from lodewire.errors import PublishError
from lodewire.model.brief import Segment, Sentence
from lodewire.model.event import Event
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import PRICES, EventType, Modality
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.countries import load_countries
from lodewire.ontology.event_types import load_event_types
from lodewire.ontology.organisations import load_organisations
from lodewire.publish.wording import FACTORS, print_statement
from lodewire.publish.worth import plays

MOST_VALUES = 5  # of a repeating role in one sentence; the rest stands in the entry's list
_SLOT = re.compile(r"\{([a-z_|]+)(?:@([a-z]+))?\}")
_VERB = re.compile(r" ([a-z]+)\b")
_FORECASTS = frozenset("forecast forecasts outlook estimate guidance target view".split())
_NOBODY = frozenset(
    f"{article}{word}"
    for article in ("", "the ", "a ")
    for word in ("source", "group", "company", "firm", "miner", "producer", "report", "person")
)
_PLURAL = frozenset(
    "analysts economists traders sources officials experts forecasters banks".split()
)
_OR = "||"
_IN_BRACKETS = " ({commodity})"
_PART = re.compile(r"\[([^\]]*)\]|([^\[]+)")


@dataclass(frozen=True, slots=True)
class Wording:
    """The patterns of every type, and the tables of closed words."""

    patterns: Mapping[str, Mapping[str, tuple[str, ...]]]
    words: Mapping[str, Mapping[str, str]]


@functools.cache
def load_wording() -> Wording:
    """Read ``data/sentences.toml`` once a process."""
    folder = resources.files("lodewire.publish") / "data"
    raw: dict[str, Any] = tomllib.loads((folder / "sentences.toml").read_text("utf-8"))
    words = raw.pop("words")
    patterns = {
        type_: {key: tuple(told) for key, told in table.items()} for type_, table in raw.items()
    }
    return Wording(patterns, words)


@functools.lru_cache(maxsize=2_000)
def compose_sentence(event: Event) -> Sentence:
    """Return the sentence that tells ``event``.

    Raises PublishError when no pattern of its type fits the roles it has.
    """
    for pattern in _patterns(event):
        segments = _fill(pattern, event)
        if segments is not None:
            return Sentence(segments=_finish(segments, event))
    roles = sorted({s.property for s in event.statements})
    raise PublishError(f"no sentence for {event.type.value} with {', '.join(roles)}")


def tell_event(event: Event) -> str:
    """Return the event's sentence as text, or its type's label where no pattern fits it."""
    try:
        return compose_sentence(event).text
    except PublishError:
        return load_event_types()[event.type].label


def _patterns(event: Event) -> Sequence[str]:
    table = load_wording().patterns[event.type.value]
    if event.type is EventType.PRODUCTION_REPORT and (volumes := event.of("volume")):
        # "90 % of the world's" is a part of all output, and no amount of it.
        if volumes[0].unit == "%":
            return table["share"]
        if volumes[0].unit is None and " of " in volumes[0].value:
            return table["share_in_words"]
    if event.type is EventType.PRICE_CHANGE and any(
        s.value == "flat" for s in event.of("direction")
    ):
        return table["flat"]
    keys = []
    if event.modality in (Modality.DENIED, Modality.HYPOTHETICAL):
        keys.append(event.modality.value)
    if event.modality is Modality.FORECAST:
        keys.append("forecast")
    keys.append(event.status.value)
    keys.extend(("default", "agreed", "completed"))
    found: list[str] = []
    for key in dict.fromkeys(keys):
        found.extend(table.get(key, ()))
    return found


def _fill(pattern: str, event: Event) -> list[Segment] | None:
    segments: list[Segment] = []
    for match in _PART.finditer(pattern):
        optional, fixed = match.group(1), match.group(2)
        if optional is None:
            filled = _fill_part(fixed, event)
            if filled is None:
                return None
        else:
            tried = (_fill_part(part, event) for part in optional.split(_OR))
            filled = next((part for part in tried if part is not None), [])
            if optional == _IN_BRACKETS and _stands_in(segments, event):
                continue
        segments.extend(filled)
    return segments


def _stands_in(told: Sequence[Segment], event: Event) -> bool:
    """Tell whether the sentence names the material already: "LME copper (copper)", "WTI (oil)"."""
    before = "".join(segment.text for segment in told).lower()
    found = event.of("commodity")
    known = (load_commodities().get(s.entity or "") for s in found)
    words = {s.value.lower() for s in found}
    words |= {name.text.lower() for one in known if one is not None for name in one.surfaces}
    return any(re.search(rf"\b{re.escape(word)}\b", before) for word in words)


def _fill_part(part: str, event: Event) -> list[Segment] | None:
    segments: list[Segment] = []
    at = 0
    for slot in _SLOT.finditer(part):
        if slot.start() > at:
            segments.append(Segment(text=part[at : slot.start()]))
        values = _values(event, slot.group(1).split("|"))
        if not values:
            return None
        segments.extend(_print_values(values, slot.group(2)))
        at = slot.end()
        if slot.start() == 0 and (verb := _VERB.match(part, at)):
            several = len(values) > 1 or values[0].value.lower() in _PLURAL
            segments.append(Segment(text=f" {_agreeing(verb[1], several=several)}"))
            at = verb.end()
    if at < len(part):
        segments.append(Segment(text=part[at:]))
    return segments


def _agreeing(verb: str, *, several: bool) -> str:
    """The verb as it stands with one name or several: "has" with one, "have" with two."""
    plurals = load_wording().words["verbs"]
    if several:
        return plurals.get(verb, verb)
    return next((one for one, many in plurals.items() if many == verb), verb)


def _values(event: Event, roles: Sequence[str]) -> list[Statement]:
    for role in roles:
        chosen = choose_values(event, role)
        if chosen:
            return chosen
    return []


def choose_values(event: Event, role: str) -> list[Statement]:
    """Return the statements to print for a role: one, or each value of a repeating role once."""
    found = tuple(s for s in event.of(role) if _is_worth_telling(s, event))
    if not found:
        return []
    repeats = {r.name for r in load_event_types()[event.type].roles if r.repeats}
    if role not in repeats:
        return [found[0]]
    if role == "authority":
        found = _without_offices(found)
    # Who imposes a measure is never hit by it, whatever one of the texts was taken to say.
    imposing = {s.entity for s in event.of("authority")} if role == "target" else set()
    unique: dict[str, Statement] = {}
    for statement in found:
        if statement.entity is not None and statement.entity in imposing:
            continue
        key = statement.entity or _PLAIN.sub("", print_statement(statement).lower())
        unique.setdefault(key, statement)
    return list(unique.values())[:MOST_VALUES]


# "Imported cars", "foreign cars": one thing that a duty is on.
_PLAIN = re.compile(r"^(?:(?:the|all|any|certain|some|such|these|foreign|imported|overseas)\s)+")


def _is_worth_telling(statement: Statement, event: Event) -> bool:
    """Tell whether a value says something in a sentence; what does not stays in the ledger."""
    role, value = statement.property, statement.value
    if not plays(statement, event):
        return False
    if role == "cause":
        return value != "other"
    if role == "variable":
        return value.lower() not in _FORECASTS
    if role == "level" and event.type in PRICES:
        return bool(statement.unit)  # 35,270 of what? A number alone is no price
    if role != "change":
        return True
    if event.type is EventType.PRICE_CHANGE and (
        not value[:1].isdigit() or statement.unit in FACTORS
    ):
        return False  # "fell by -0.05", "by almost halved": beside a direction only an amount
    levels = event.of("level")
    return not levels or statement.evidence.span != levels[0].evidence.span


def _without_offices(authorities: Sequence[Statement]) -> tuple[Statement, ...]:
    """A government stands for its own ministries and agencies where both are named."""
    states = {s.entity for s in authorities if s.entity in load_countries()}
    known = load_organisations()

    def is_office(entity: str | None) -> bool:
        body = known.get(entity or "")
        return body is not None and body.country in states

    return tuple(s for s in authorities if not is_office(s.entity))


def _print_values(values: Sequence[Statement], table: str | None) -> list[Segment]:
    segments: list[Segment] = []
    for index, statement in enumerate(values):
        if index:
            segments.append(Segment(text=" and " if index == len(values) - 1 else ", "))
        words = _inside(print_statement(statement))
        if table is not None:
            words = load_wording().words[table].get(statement.value, statement.value)
        segments.append(Segment(text=words, statements=(statement.id,)))
    return segments


_OPENS = re.compile(
    r"(?:An?|Over|In|Since|During|For|From|On|At|By|Through|Throughout|Within|Before|After|Until|The|This|"
    r"Last|Next|Early|Late|Mid|Earlier|Later|Between|As|Year|Quarter|Week|Month)\b(?! [A-Z])"
)


def _inside(words: str) -> str:
    """ "Over the week", which opened its sentence, stands inside ours; names keep their capital."""
    return words[:1].lower() + words[1:] if _OPENS.match(words) else words


def _finish(segments: list[Segment], event: Event) -> tuple[Segment, ...]:
    """Add who says so, merge neighbours without backing, capitalise the first letter."""
    said = [s for s in event.of("attribution") if _speaks(s)]
    if said and not _names_speaker(segments, said[0]):
        if segments[-1].text.endswith("."):
            segments[-1] = Segment(text=segments[-1].text[:-1], statements=segments[-1].statements)
        segments.append(Segment(text=", according to "))
        segments.append(Segment(text=said[0].value, statements=(said[0].id,)))
        segments.append(Segment(text="."))
    merged: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        if merged and not segment.statements and not merged[-1].statements:
            merged[-1] = Segment(text=merged[-1].text + segment.text)
        else:
            merged.append(segment)
    first = merged[0]
    merged[0] = Segment(text=first.text[:1].upper() + first.text[1:], statements=first.statements)
    return tuple(merged)


def _speaks(said: Statement) -> bool:
    """Tell whether the words name somebody: no place of listing, no bare "source"."""
    return said.entity not in load_countries() and said.value.lower() not in _NOBODY


def _names_speaker(segments: Sequence[Segment], said: Statement) -> bool:
    return any(said.value.lower() in s.text.lower() for s in segments if s.statements)
