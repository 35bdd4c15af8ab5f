"""Asking a language model over the chat-completions protocol that llama.cpp, vLLM, Ollama and
hosted services share. The way out is the guarded network of every other request: addresses are
judged, bodies bounded, redirects and proxies not followed, so the key goes nowhere else.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lodewire.collect.chat_reply import ChatReply, error_words, fault_of, read_reply
from lodewire.collect.fetching import Dropped, FetchLimits
from lodewire.errors import (
    BlockedAddress,
    CollectError,
    ModelAway,
    ModelError,
    ModelRefused,
    TooLarge,
    TooSlow,
)

if TYPE_CHECKING:
    from lodewire.collect.network import Answer

_BACK_OFF_SECONDS = 2.0
_MAX_BODY = 4_000_000
_FORMS = ("json_schema", "json_object", "none")  # what a server may refuse, dearest first
_ADAPTATIONS = 5  # form twice, room, temperature, and one to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSettings:
    """Where the model answers and how long we wait. ``key`` goes into one header and nowhere else.

    ``endpoint`` is the address before ``/chat/completions``. Times in seconds, lengths in tokens.
    """

    endpoint: str
    model: str
    key: str | None = field(default=None, repr=False)
    key_from: str = ""  # the environment variable's name, for advice
    allow_private: bool = False
    timeout_seconds: float = 120.0
    retries: int = 3
    max_wait_seconds: float = 60.0
    max_output: int = 4_000


class ChatEndpoint:
    """One model at one address. Remembers which parts of the protocol the server refuses.

    ``sleep`` waits between tries: for tests. May be asked from several threads.
    """

    def __init__(
        self,
        settings: ChatSettings,
        *,
        user_agent: str,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings
        self._user_agent = user_agent
        self._sleep = sleep
        self._form = 0
        self._room = "max_tokens"
        self._temperature = True

    def ask(self, system: str, user: str, schema: Mapping[str, Any]) -> ChatReply:
        """Return the model's reply; tries again after 429, 5xx, dropped and slow exchanges.

        Raises ModelAway, ModelRefused, ContextTooLong or BadAnswer, saying what to do.
        """
        attempt = adapted = 0
        while True:
            form = self._form
            answer, error = self._once(self._body(system, user, schema))
            if answer is not None and error is None:
                return read_reply(answer.body, self.settings.endpoint)
            if answer is not None and answer.status in {400, 422} and adapted < _ADAPTATIONS:
                adapted += 1
                if self._adapt(error_words(answer.body).lower(), form):
                    continue
            assert error is not None
            attempt += 1
            pause = self._pause(error, answer, attempt)
            if pause is None:
                raise error
            self._sleep(pause)

    def _body(self, system: str, user: str, schema: Mapping[str, Any]) -> bytes:
        told: dict[str, Any] = {
            "model": self.settings.model,
            "messages": [
                {"role": "system", "content": system},
                {"role": "user", "content": user},
            ],
            "stream": False,
            self._room: self.settings.max_output,
        }
        if self._temperature:
            told["temperature"] = 0
        form = _FORMS[self._form]
        if form == "json_schema":
            named = {"name": "events", "strict": True, "schema": dict(schema)}
            told["response_format"] = {"type": form, "json_schema": named}
        elif form == "json_object":
            told["response_format"] = {"type": form}
        return json.dumps(told).encode("ascii")

    def _adapt(self, words: str, form: int) -> bool:
        """Leave out what the server says it does not know; tells whether anything changed.

        ``form`` is the one that was asked with: another thread may have changed it meanwhile.
        """
        if "context" in words:
            return False
        if self._room == "max_tokens" and "max_completion_tokens" in words:
            self._room = "max_completion_tokens"
            return True
        if self._temperature and "temperature" in words:
            self._temperature = False
            return True
        named = any(w in words for w in ("response_format", "json_schema", "json_object"))
        known = named or any(w in words for w in ("schema", "grammar", "guided", "structured"))
        if known and form + 1 < len(_FORMS):
            self._form = max(self._form, form + 1)
            return True
        return False

    def _once(self, body: bytes) -> tuple[Answer | None, ModelError | None]:
        """Send one question; return the answer, or the error that it means."""
        try:
            answer = asyncio.run(self._exchange(body))
        except CollectError as error:
            return None, self._no_answer(error)
        return answer, fault_of(
            answer.status,
            answer.body,
            endpoint=self.settings.endpoint,
            model=self.settings.model,
            key=self.settings.key,
            key_from=self.settings.key_from,
        )

    async def _exchange(self, body: bytes) -> Answer:
        from lodewire.collect.network import Network

        settings = self.settings
        headers = [
            ("User-Agent", self._user_agent),
            ("Accept", "application/json"),
            ("Content-Type", "application/json"),
        ]
        if settings.key is not None:
            headers.append(("Authorization", f"Bearer {settings.key}"))
        limits = FetchLimits(max_body=_MAX_BODY, total_seconds=settings.timeout_seconds)
        network = Network(limits)
        try:
            return await network.exchange(
                "POST",
                f"{settings.endpoint}/chat/completions",
                headers,
                private=settings.allow_private,
                seconds=settings.timeout_seconds,
                content=body,
            )
        finally:
            await network.aclose()

    def _no_answer(self, error: CollectError) -> ModelError:
        told = f"the model at {self.settings.endpoint} gave no answer: {error.message}"
        if isinstance(error, BlockedAddress):
            return ModelRefused(
                told,
                hint="If it runs on your own machine or network, set "
                "allow_private_addresses = true under [model] in desk.toml.",
            )
        if isinstance(error, TooSlow):
            hint = "Raise timeout_seconds under [model] in desk.toml, or take a smaller model."
        elif isinstance(error, TooLarge):
            hint = "Check that the endpoint is a chat-completions server."
        else:
            hint = "Start the model's server, or correct endpoint under [model] in desk.toml."
        away = ModelAway(told, hint=hint)
        # A server that is not there will not be there in two seconds; one that is slow may answer.
        away.again = isinstance(error, TooSlow | Dropped)
        return away

    def _pause(self, error: ModelError, answer: Answer | None, attempt: int) -> float | None:
        """Return the seconds to wait before asking again; None: give up."""
        if attempt > self.settings.retries or not isinstance(error, ModelAway) or not error.again:
            return None
        pause = _BACK_OFF_SECONDS * 2 ** (attempt - 1)
        told = (answer.header("retry-after") or "").strip() if answer is not None else ""
        if told.isascii() and told.isdecimal():
            pause = float(min(int(told[:9]), 10**8))
        return pause if pause <= self.settings.max_wait_seconds else None
