"""The model reader put together: cache, caps, endpoint and finder, from a desk's configuration."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from lodewire.collect.chat import ChatEndpoint, ChatSettings
from lodewire.collect.chat_reply import ChatReply
from lodewire.collect.fetching import user_agent
from lodewire.config.desk import DeskConfig
from lodewire.errors import ContextTooLong, ModelAway, ModelError, ModelRefused
from lodewire.extraction.model_reader.asking import Answer, Prompt
from lodewire.extraction.model_reader.finder import ModelFinder
from lodewire.pipeline.model_costs import CostLog, utc_now
from lodewire.pipeline.model_files import AnswerStore, KeptAnswer, LineLog, answer_key

_PATIENCE = 3  # documents in a row without an answer, after which a run asks no more


class Endpoint(Protocol):
    """What asks a model: :class:`lodewire.collect.chat.ChatEndpoint`."""

    def ask(self, system: str, user: str, schema: Mapping[str, Any]) -> ChatReply:
        """Return the reply or raise a ModelError."""


class MeteredModel:
    """A Completer that never asks twice, keeps the caps, and stops asking where it is no use.

    An endpoint that refuses us, or is away ``_PATIENCE`` times in a row, is not asked again in
    this run: what was answered before still comes from the cache.
    """

    def __init__(
        self, endpoint: Endpoint, answers: AnswerStore, costs: CostLog, *, model: str, room: int
    ) -> None:
        self._endpoint = endpoint
        self._answers = answers
        self._model = model
        self._room = room
        self._lock = threading.Lock()
        self._away = 0
        self._stopped: ModelError | None = None
        self.costs = costs
        self.from_cache = 0

    def complete(self, prompt: Prompt, schema: Mapping[str, Any]) -> Answer:
        """Return the kept answer, or ask; raises a ModelError that says what to do."""
        key = answer_key(prompt, schema, self._model, self._room)
        kept = self._answers.get(key)
        if kept is None:
            if self._stopped is not None:
                raise self._stopped
            kept = self._ask(prompt, schema)
            self._answers.put(key, kept)
        else:
            with self._lock:
                self.from_cache += 1
        if kept.too_long:
            raise ContextTooLong(f"the text is longer than {self._model} takes")
        return Answer(text=kept.text, cut=kept.cut, tools=kept.tools)

    def _ask(self, prompt: Prompt, schema: Mapping[str, Any]) -> KeptAnswer:
        sent = (prompt.system + prompt.user).encode("utf-8", "replace")
        reserved = self.costs.reserve(sent)
        began = time.monotonic()
        try:
            reply = self._endpoint.ask(prompt.system, prompt.user, schema)
        except ContextTooLong:
            return KeptAnswer(text="", too_long=True)
        except ModelError as error:
            self._count_away(error)
            if getattr(error, "again", True) and not isinstance(error, ModelRefused):
                # It may have worked on the question, and whoever runs it may charge for that.
                self._note(prompt, None, sent, began, outcome=type(error).__name__)
            raise
        else:
            self._away = 0
            self._note(prompt, reply, sent, began, outcome="answered")
            return KeptAnswer(text=reply.text, cut=reply.cut, tools=reply.tools)
        finally:
            self.costs.release(reserved)

    def _note(
        self, prompt: Prompt, reply: ChatReply | None, sent: bytes, began: float, *, outcome: str
    ) -> None:
        self.costs.note(
            prompt.about,
            tokens_in=reply.tokens_in if reply else None,
            tokens_out=reply.tokens_out if reply else None,
            sent=sent,
            came=reply.text.encode("utf-8", "replace") if reply else b"",
            seconds=time.monotonic() - began,
            outcome=outcome,
        )

    def _count_away(self, error: ModelError) -> None:
        with self._lock:
            if isinstance(error, ModelRefused):
                self._stopped = error
            elif isinstance(error, ModelAway):
                self._away += 1
                if self._away >= _PATIENCE:
                    self._stopped = error


class ModelReader:
    """A desk's model reader: a Finder, with what it spent."""

    def __init__(self, finder: ModelFinder, model: MeteredModel, *, concurrency: int) -> None:
        self.find = finder
        self.concurrency = concurrency
        self._model = model

    def summary(self) -> str:
        """Return one line for people: how often it was asked, and what that took."""
        costs = self._model.costs
        told = f"{costs.asked} questions asked, {self._model.from_cache} answers kept from before"
        told += f", {costs.run.tokens:,} tokens"
        if costs.run.cost:
            told += f", {costs.run.cost:.4f} {costs.currency}"
        return told


def open_model_reader(
    desk: DeskConfig,
    *,
    strict: bool = False,
    clock: Callable[[], datetime] = utc_now,
    endpoint: Endpoint | None = None,
) -> ModelReader:
    """Return the model reader that ``desk`` configures; nothing is asked yet.

    ``strict`` lets an endpoint that does not answer raise instead of leaving the document to the
    frames. Raises ConfigError when endpoint, model or key are missing.
    """
    choice = desk.model
    choice.check()
    answers = AnswerStore(desk.model_path / "answers")
    costs = CostLog(desk.model_path / "costs.jsonl", choice, clock=clock)
    aside = LineLog(desk.model_path / "quarantine.jsonl")

    def set_aside(document: str, cause: str, answer: str) -> None:
        time_ = clock().isoformat(timespec="seconds")
        aside.add({"time": time_, "document": document, "cause": cause, "answer": answer})

    model = MeteredModel(
        endpoint or _endpoint(desk),
        answers,
        costs,
        model=choice.name,
        room=choice.max_output_tokens,
    )
    finder = ModelFinder(
        model, choice.name, part=choice.part_characters, set_aside=set_aside, strict=strict
    )
    return ModelReader(finder, model, concurrency=choice.concurrency)


def _endpoint(desk: DeskConfig) -> ChatEndpoint:
    from lodewire import __version__

    choice = desk.model
    settings = ChatSettings(
        endpoint=choice.endpoint,
        model=choice.name,
        key=choice.key(),
        key_from=choice.key_env,
        allow_private=choice.allow_private_addresses,
        timeout_seconds=choice.timeout_seconds,
        retries=choice.retries,
        max_output=choice.max_output_tokens,
    )
    return ChatEndpoint(settings, user_agent=user_agent(__version__, desk.contact))
