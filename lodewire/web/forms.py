"""Forms: each carries a token that only this site could have given to this browser.

Whoever is signed in has it from their session, everybody else from a cookie that is set with the
form. A form that another site sends in a reader's name has neither, and is refused.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from lodewire.web.rendering import render
from lodewire.web.site import Ask, Missing, Page, Site
from lodewire.web.viewer import Viewer
from lodewire.workbench.accounts.people import Accounts, Visit

FIELD = "form"


class Forged(Exception):
    """A form was sent without the token that this browser was given."""


class SignInFirst(Exception):
    """The page is for who is signed in; ``fresh``: and has signed in just now."""

    def __init__(self, path: str, *, fresh: bool = False) -> None:
        super().__init__(path)
        self.path = path
        self.fresh = fresh


def accounts_of(site: Site) -> Accounts:
    """Return the accounts of the site; raises Missing where nobody has one."""
    if site.accounts is None or site.accounts.is_closed:
        raise Missing("This desk has no accounts.", "Everything on it can be read without one.")
    return site.accounts


def visit_of(ask: Ask) -> Visit:
    """Return who is signed in; raises SignInFirst where nobody is."""
    if ask.viewer.visit is None:
        raise SignInFirst(ask.path)
    return ask.viewer.visit


def form_token(site: Site, viewer: Viewer) -> str:
    """Return the token of forms for one browser."""
    base = f"session {viewer.token}" if viewer.visit else f"nonce {viewer.nonce}"
    sealed = accounts_of(site).key.seal("form", base.encode())
    return base64.urlsafe_b64encode(sealed).decode("ascii").rstrip("=")


def check_form(site: Site, ask: Ask) -> None:
    """Raise Forged unless the form carries this browser's token."""
    viewer = ask.viewer
    if not (viewer.visit or viewer.nonce):
        raise Forged
    wanted = form_token(site, viewer)
    if not hmac.compare_digest(wanted.encode(), ask.form.get(FIELD, "").encode("utf-8", "replace")):
        raise Forged


def check_sender(headers: dict[str, str]) -> None:
    """Raise Forged where the browser says that another site sent the form."""
    fetched = headers.get("sec-fetch-site", "")
    if fetched not in ("", "same-origin", "none"):
        raise Forged
    origin = headers.get("origin", "")
    if origin and not fetched and urlsplit(origin).netloc != headers.get("host", ""):
        raise Forged


def form_page(site: Site, ask: Ask, template: str, **values: Any) -> Page:
    """Return a page with forms, and with the cookie that their token needs; nobody keeps it."""
    viewer = ask.viewer
    page = render(
        site, ask, template, index=False, private=True, form=form_token(site, viewer), **values
    )
    headers = page.headers
    if viewer.visit is None:
        secure = site.address.startswith("https://")
        told = set_cookie(nonce_cookie(secure), viewer.nonce, secure=secure, seconds=24 * 3600)
        headers = (*headers, ("set-cookie", told))
    return replace(page, headers=headers)


def session_cookie(secure: bool) -> str:
    """Return the name of the session's cookie; ``__Host-`` binds it to this host and https."""
    return "__Host-lodewire" if secure else "lodewire"


def nonce_cookie(secure: bool) -> str:
    """Return the name of the cookie that forms of strangers need."""
    return "__Host-lodewire-form" if secure else "lodewire-form"


def set_cookie(name: str, value: str, *, secure: bool, seconds: int) -> str:
    """Return a Set-Cookie that no script reads and that other sites' requests do not carry."""
    told = f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return told + ("; Secure" if secure else "")
