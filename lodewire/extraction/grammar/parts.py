"""Phrases and clauses: what hangs on a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lodewire.extraction.grammar.chunks import Chunk, VerbGroup

OBJECT_CONTROL = frozenset(
    "ask order urge force require allow permit want expect direct instruct oblige enable invite "
    "authorise authorize encourage compel forbid prompt lead cause help get push persuade "
    "mandate tell".split()
)

SPEECH = frozenset(
    "say tell state note report announce add comment explain warn argue claim estimate predict "
    "expect reckon believe forecast confirm disclose reveal suggest indicate stress".split()
)


@dataclass(slots=True)
class Phrase:
    """A noun phrase with the preposition that governs it ("" for none) and its conjuncts."""

    chunk: Chunk
    prep: str = ""
    conjuncts: list[Chunk] = field(default_factory=list)

    @property
    def chunks(self) -> list[Chunk]:
        """The phrase and what is coordinated with it, in order."""
        return [self.chunk, *self.conjuncts]


@dataclass(slots=True)
class Clause:
    """A verb group and what hangs on it.

    ``subject`` is the grammatical subject (the patient when ``verb.passive``). ``governor`` is the
    clause whose verb governs this infinitive ("agreed to buy"). ``relative`` marks "which …";
    ``link`` is the subordinator before the clause ("if", "that", "after").
    """

    verb: VerbGroup
    chunk: Chunk
    subject: Phrase | None = None
    objects: list[Phrase] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    governor: Clause | None = None
    relative: bool = False
    link: str = ""
    inherited: bool = False
    lemma: str = field(init=False)  # of the main verb

    def __post_init__(self) -> None:
        """Note the lemma: every frame asks every clause for it."""
        self.lemma = self.verb.lemma

    def governors(self) -> Iterator[Clause]:
        """Yield the clauses above, nearest first: for "plans to try to buy": try, plans."""
        above = self.governor
        while above is not None:
            yield above
            above = above.governor

    def with_prep(self, *preps: str) -> Iterator[Phrase]:
        """Yield the prepositional phrases that one of ``preps`` opens, in order."""
        for phrase in self.phrases:
            if phrase.prep in preps:
                yield phrase

    @property
    def agent(self) -> Phrase | None:
        """Who acts: the subject, or what "by" names in a passive."""
        if not self.verb.passive:
            return self.subject
        return next(self.with_prep("by"), None)

    @property
    def patient(self) -> Phrase | None:
        """What is acted on: the first object, or the subject of a passive."""
        if self.verb.passive:
            return self.subject
        return self.objects[0] if self.objects else None
