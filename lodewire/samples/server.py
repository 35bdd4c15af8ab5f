"""A small loopback web server for the sample newsroom, so that reading it takes real HTTP.

Publishers have invented hosts (``https://sample-herald.example/rss/business.xml``). The server
gives each a folder on 127.0.0.1 (``http://127.0.0.1:PORT/sample-herald.example/rss/business.xml``)
and turns links in the text it serves to that form, so that a client follows them without name
resolution. What a page declares about itself (canonical link, ``og:url``, JSON-LD, entry ids) is
left alone: documents keep their ``.example`` addresses.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TYPES = {
    ".atom": "application/atom+xml",
    ".html": "text/html",
    ".json": "application/feed+json",
    ".opml": "text/x-opml",
    ".pdf": "application/pdf",
    ".rdf": "application/rdf+xml",
    ".rss": "application/rss+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
_REWRITTEN = frozenset({".atom", ".html", ".json", ".opml", ".rdf", ".rss", ".xml"})

# Declarations that must keep the publisher's address, before any link that may change.
_DECLARED = (
    rb"""<link\b[^>]*\brel=["']?canonical\b[^>]*>|<meta\b[^>]*>|<script\b[^>]*>.*?</script>"""
    rb"""|<guid\b[^>]*>.*?</guid>|<id>.*?</id>|"id":\s*"[^"]*\""""
)
_ADDRESS = re.compile(
    rb"(?P<declared>" + _DECLARED + rb")|https://(?P<host>[a-z0-9-]+\.example)(?=[/\"'<\s])",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]+charset=["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)


def local_url(url: str, base_url: str) -> str:
    """Return where the server at ``base_url`` serves a publisher's ``https://X.example`` address.

    Addresses on other hosts come back unchanged.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not (parts.hostname or "").endswith(".example"):
        return url
    return f"{base_url}/{url.removeprefix('https://')}"


def public_url(url: str, base_url: str) -> str:
    """Return the publisher's address of what the server serves: the inverse of `local_url`."""
    prefix = f"{base_url}/"
    if not url.startswith(prefix):
        return url
    host, _, _ = url.removeprefix(prefix).partition("/")
    return f"https://{url.removeprefix(prefix)}" if host.endswith(".example") else url


def localise(body: bytes, base_url: str, hosts: Collection[str]) -> bytes:
    """Point links to ``hosts`` at the server, leaving what a page declares about itself alone.

    Works on bytes, whatever their charset: addresses are ASCII in all of them.
    """
    base = base_url.encode("ascii")

    def replace(match: re.Match[bytes]) -> bytes:
        host = match["host"]
        if host is None or host.decode("ascii").lower() not in hosts:
            return match[0]
        return base + b"/" + host

    return _ADDRESS.sub(replace, body)


@contextmanager
def serve(directory: Path, *, port: int = 0, rewrite: bool = True) -> Iterator[str]:
    """Serve ``directory`` on loopback; yields the base address, without a slash at its end.

    A free port is taken unless ``port`` names one. ``rewrite=False`` serves bytes as they lie,
    for a client that maps hosts itself. The server is down when the block is left; requests
    under way are finished first. Raises OSError when the port is taken.
    """
    server = _Server(directory, port, rewrite=rewrite)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="sample-newsroom")
    thread.start()
    try:
        yield server.base_url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # leaving the block waits for answers under way

    def __init__(self, directory: Path, port: int, *, rewrite: bool) -> None:
        self.root = directory.resolve()
        self.rewrite = rewrite
        self.hosts = frozenset(f.name for f in self.root.iterdir() if f.name.endswith(".example"))
        super().__init__(("127.0.0.1", port), _Handler)
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}"

    def body(self, file: Path) -> bytes:
        """What is sent for a file."""
        raw = file.read_bytes()
        if self.rewrite and file.suffix in _REWRITTEN:
            return localise(raw, self.base_url, self.hosts)
        return raw

    def find(self, path: str) -> Path | None:
        """The file behind a request path, or None; never one outside the root."""
        name = unquote(path).lstrip("/")
        if "\0" in name:
            return None
        wanted = (self.root / name).resolve()
        if not wanted.is_relative_to(self.root):
            return None
        choices = (wanted, wanted.with_name(wanted.name + ".html"), wanted / "index.html")
        return next((f for f in (*choices, wanted / "index.xml") if f.is_file()), None)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 5  # an idle kept-open connection must not hold up the end of the server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Stay quiet: the demo's terminal belongs to the desk."""

    def version_string(self) -> str:
        return "lodewire-sample-newsroom"

    def _answer(self, *, with_body: bool) -> None:
        self.close_connection = True  # one answer a connection, so that stopping never waits
        path = urlsplit(self.path).path
        file = self.server.find(path)
        if file is None:
            self._send(HTTPStatus.NOT_FOUND, b"There is no such sample page.\n", {}, with_body)
        elif file.name.startswith("index.") and not path.endswith(("/", file.name)):
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", {"Location": f"{path}/"}, with_body)
        else:
            self._send_file(file, with_body)

    def _send_file(self, file: Path, with_body: bool) -> None:
        body = self.server.body(file)
        modified = file.stat().st_mtime
        headers = {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
            "Last-Modified": formatdate(modified, usegmt=True),
            "Cache-Control": "max-age=0, must-revalidate",
        }
        if self._is_known(headers["ETag"], modified):
            self._send(HTTPStatus.NOT_MODIFIED, b"", headers, with_body=False)
        else:
            headers["Content-Type"] = _type_of(file, body)
            self._send(HTTPStatus.OK, body, headers, with_body)

    def _is_known(self, etag: str, modified: float) -> bool:
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return any(tag.strip().removeprefix("W/") in (etag, "*") for tag in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and int(modified) <= parsedate_to_datetime(since).timestamp()
        except ValueError:
            return False

    def _send(
        self, status: HTTPStatus, body: bytes, headers: dict[str, str], with_body: bool
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def _type_of(file: Path, body: bytes) -> str:
    declared = _TYPES.get(file.suffix, "application/octet-stream")
    if file.suffix == ".html" and (charset := _CHARSET.search(body[:2048])):
        return f"{declared}; charset={charset[1].decode('ascii').lower()}"
    if file.suffix == ".xml" and b"<rss" in body[:600]:
        return "application/rss+xml"
    return declared
