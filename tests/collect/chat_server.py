"""A model's server on this machine: speaks the chat-completions protocol, answers as told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-local-secret-0123456789"


@dataclass
class Say:
    """One answer of the server: its status, what the model says, and how it is sent."""

    content: Any = '{"events": []}'
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    finish: str = "stop"
    tool_calls: list[Any] | None = None
    refusal: str | None = None
    usage: Any = field(default_factory=lambda: {"prompt_tokens": 900, "completion_tokens": 100})
    raw: bytes | None = None  # sent as it is, in place of all of this
    wait: float = 0.0

    def body(self, model: str) -> bytes:
        """The bytes as llama.cpp and others send them."""
        if self.raw is not None:
            return self.raw
        message: dict[str, Any] = {"role": "assistant", "content": self.content}
        if self.tool_calls is not None:
            message["tool_calls"] = self.tool_calls
        if self.refusal is not None:
            message["refusal"] = self.refusal
        told = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_700_000_000,
            "model": model,
            "choices": [{"index": 0, "message": message, "finish_reason": self.finish}],
        }
        if self.usage is not None:
            told["usage"] = self.usage
        return json.dumps(told).encode()


def fault(status: int, message: str, code: str = "", **headers: str) -> Say:
    """An error as OpenAI-compatible servers send it."""
    body = {"error": {"message": message, "type": "invalid_request_error", "code": code or None}}
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    return Say(status=status, raw=json.dumps(body).encode(), headers=named)


@dataclass
class ModelServer:
    """What was asked, and what will be answered: a list in turn, its last for ever, or a call."""

    answers: list[Say] | Callable[[dict[str, Any]], Say]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def next(self, asked: dict[str, Any]) -> Say:
        """The answer to one question."""
        if callable(self.answers):
            return self.answers(asked)
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@contextmanager
def model_server(
    *answers: Say, by: Callable[[dict[str, Any]], Say] | None = None
) -> Iterator[ModelServer]:
    """Serve on a free port of loopback; ``url`` ends in /v1."""
    state = ModelServer(by if by is not None else list(answers) or [Say()])
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(state: ModelServer) -> type[BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                state.asked.append(asked)
                state.headers.append({k.lower(): v for k, v in self.headers.items()})
                state.paths.append(self.path)
                say = state.next(asked)
            time.sleep(say.wait)
            sent = say.body(asked["model"])
            try:
                self.send_response(say.status)
                for name, value in say.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)
            except OSError:
                self.close_connection = True  # whoever asked has gone: a time-out

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


def page_of(asked: dict[str, Any]) -> str:
    """The page's text inside a question."""
    lines = asked["messages"][1]["content"].split("\n")
    mark = lines[0].removeprefix("TEXT ")
    return "\n".join(lines[1 : lines.index(f"END {mark}")])
