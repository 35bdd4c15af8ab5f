"""What a chat-completions server sent: the reply, or the error that its status means."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lodewire.errors import BadAnswer, ContextTooLong, ModelAway, ModelError, ModelRefused

_LONGEST = 200  # characters of a server's own words that we repeat
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_TOO_LONG = re.compile(
    r"context[ _](?:length|size|window)|maximum context|context_length|prompt is too long|"
    r"too many (?:input )?tokens|exceeds? the (?:available )?context",
    re.IGNORECASE,
)
_SPENT = re.compile(r"insufficient_quota|exceeded your current quota|billing", re.IGNORECASE)
_FILTERED = re.compile(r"content_filter|content management policy", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatReply:
    """A reply. Token counts are the server's, None where it gives none.

    ``cut``: it stopped for lack of room. ``tools``: it asks for a tool to be called.
    """

    text: str
    tokens_in: int | None
    tokens_out: int | None
    cut: bool
    tools: bool


def read_reply(body: bytes, endpoint: str) -> ChatReply:
    """Read the body of a 200; raises ModelAway when it is none, BadAnswer when it says nothing."""
    told = _json(body)
    choices = told.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(message, dict):
        raise ModelAway(
            f"what {endpoint} sent is no chat completion",
            hint="The endpoint usually ends in /v1; correct it under [model] in desk.toml.",
        )
    tools = bool(message.get("tool_calls") or message.get("function_call"))
    text = _text(message.get("content"))
    if text is None and not tools:
        why = "it refuses" if message.get("refusal") else "it holds no text"
        raise BadAnswer(why)
    usage = told.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    return ChatReply(
        text=text or "",
        tokens_in=_count(usage.get("prompt_tokens")),
        tokens_out=_count(usage.get("completion_tokens")),
        cut=first.get("finish_reason") == "length",
        tools=tools,
    )


def fault_of(
    status: int, body: bytes, *, endpoint: str, model: str, key: str | None, key_from: str
) -> ModelError | None:
    """Return the error that a status means, with the server's words; None for a good one."""
    if status == 200:
        return None
    words = error_words(body)
    if key:
        words = words.replace(key, "…")
    shown = f": {words[:_LONGEST]}" if words else ""
    if status in {401, 403}:
        name = key_from or "LODEWIRE_MODEL_KEY"
        return ModelRefused(
            f"{endpoint} answered {status}: it does not accept the key"
            + ("" if key else ", and none was sent"),
            hint=f"Put the key into the environment variable {name}"
            + ("." if key_from else " and name it as key_env under [model] in desk.toml."),
        )
    if status == 413 or (status in {400, 422, 500} and _TOO_LONG.search(words)):
        return ContextTooLong(f"the text is longer than {model} takes{shown}")
    if status in {402, 429} and (status == 402 or _SPENT.search(words)):
        return ModelRefused(
            f"{endpoint} answered {status}: the account has nothing left",
            hint="Pay in, or choose another endpoint under [model] in desk.toml.",
        )
    if status == 404:
        return _not_found(endpoint, model, words)
    if 300 <= status < 400:
        return ModelRefused(
            f"{endpoint} sends us elsewhere ({status}), and a key is not carried along",
            hint="Write the final address as endpoint under [model] in desk.toml.",
        )
    if status == 400 and _FILTERED.search(words):
        return BadAnswer("the endpoint's filter refuses the text")
    away = ModelAway(
        f"{endpoint} answered {status}{shown}",
        hint="Try again later; if it stays so, look at the server's own log.",
    )
    away.again = status in _PASSING
    return away


def _not_found(endpoint: str, model: str, words: str) -> ModelRefused:
    if "model" in words.lower():
        return ModelRefused(
            f"{endpoint} knows no model {model!r}",
            hint=f"Ask it which it has (GET {endpoint}/models) and correct name under [model].",
        )
    return ModelRefused(
        f"{endpoint} has no /chat/completions (404)",
        hint="The endpoint usually ends in /v1; correct it under [model] in desk.toml.",
    )


def error_words(body: bytes) -> str:
    """Return what the server says is wrong, in one line; "" where it says nothing."""
    told = _json(body)
    error = told.get("error", told)
    if isinstance(error, Mapping):
        parts = [error.get(key) for key in ("message", "detail", "code", "type", "param")]
        words = " ".join(str(p) for p in parts if isinstance(p, str | list | dict))
    else:
        words = str(error)
    words = words or body[:500].decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in " ".join(words.split()))


def _json(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _text(content: object) -> str | None:
    """The text of a message, which some servers send in pieces."""
    if isinstance(content, str):
        return content or None
    if isinstance(content, list):
        pieces = [p.get("text") for p in content if isinstance(p, dict)]
        return "".join(p for p in pieces if isinstance(p, str)) or None
    return None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
