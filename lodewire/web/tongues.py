"""Round the application: takes the language off the path, and puts it on where it leads on."""

from __future__ import annotations

from urllib.parse import urlsplit

from lodewire.web.languages import path_in, speaking, split_path
from lodewire.web.shell import App, Message, Receive, Scope, Send


class Tongues:
    """Wraps the application; ``home`` is the language of paths that name none."""

    def __init__(self, inner: App, home: str) -> None:
        self._inner = inner
        self._home = home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request in its language."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        tag, path = split_path(scope["path"], self._home)

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start" and tag != self._home:
                headers = [(k, _led(k, v, tag)) for k, v in message.get("headers", [])]
                message = {**message, "headers": headers}
            await send(message)

        with speaking(tag, self._home):
            if path != scope["path"]:
                raw = path.encode("utf-8", "surrogatepass")
                scope = {**scope, "path": path, "raw_path": raw}
            await self._inner(scope, receive, out)


def _led(name: bytes, value: bytes, tag: str) -> bytes:
    """A redirect within the site stays in the language."""
    told = value.decode("latin-1")
    if name.lower() != b"location" or not told.startswith("/") or urlsplit(told).netloc:
        return value
    return path_in(tag, told).encode("latin-1")
