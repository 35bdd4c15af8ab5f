"""A browser without a window: keeps cookies, fills forms, opens mails."""

from __future__ import annotations

import email
import email.policy
import re
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path

import anyio
import httpx
from selectolax.lexbor import LexborHTMLParser

from lodewire.web.app import make_app
from lodewire.web.shell import App
from lodewire.web.site import Site

_NUMBERS = count(1)
LINK = re.compile(r"https?://\S+/sign-in/\S+")


class Client:
    """One reader's browser at one site."""

    def __init__(self, site: Site, app: App | None = None, address: str = "") -> None:
        self.site = site
        self.app = app or make_app(site)
        self.cookies: dict[str, str] = {}
        self.flags: dict[str, str] = {}
        # Each reader has a network address of their own: limits are by address.
        self.address = address or f"2001:db8::{next(_NUMBERS):x}"

    def ask(self, path: str, method: str = "GET", **more: object) -> httpx.Response:
        """Ask for a path, with the cookies so far; keeps those that are given."""
        headers = {"cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers = {**headers, **more.pop("headers", {})}  # type: ignore[dict-item]
        client = (self.address, 4711)

        async def one() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, client=client)  # type: ignore[arg-type]
            async with httpx.AsyncClient(transport=transport, base_url="http://x") as opened:
                return await opened.request(method, path, headers=headers, **more)  # type: ignore[arg-type]

        answer = anyio.run(one)
        for told in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(told).items():
                self.flags[name] = told
                if morsel.value:
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
        return answer

    def token(self, path: str) -> str:
        """The token of the forms on a page."""
        tree = LexborHTMLParser(self.ask(path).text)
        found = tree.css_first("input[name=form]")
        assert found is not None, f"{path} has no form"
        return found.attributes["value"] or ""

    def send(self, path: str, *, on: str, **fields: str) -> httpx.Response:
        """Send the form at ``path`` that stands on the page ``on``."""
        return self.ask(path, "POST", data={"form": self.token(on), **fields})

    def sign_in(self, address: str) -> httpx.Response:
        """Sign in by a mailed link; returns the answer to the last step."""
        asked = self.send("/sign-in", on="/sign-in", address=address)
        assert asked.status_code == 200, asked.text
        path = mailed_link(self.site, address)
        return self.send(path, on=path)


def mails(site: Site, address: str) -> list[str]:
    """The texts of the mails written to an address, the latest last."""
    assert site.outbox is not None
    assert site.accounts is not None
    site.outbox.flush()
    folder: Path = site.accounts.desk.newsletter_path
    found = []
    for file in sorted(folder.glob("*.eml"), key=lambda f: f.stat().st_mtime_ns):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        if message["To"] == address:
            body = message.get_body(("plain",))
            assert body is not None
            found.append(body.get_content())
    return found


def mailed_link(site: Site, address: str) -> str:
    """The path of the link in the latest mail to an address."""
    found = LINK.search(mails(site, address)[-1])
    assert found is not None
    return "/sign-in/" + found[0].rpartition("/")[2]
