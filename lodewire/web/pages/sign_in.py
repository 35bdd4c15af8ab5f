"""Signing in and out, by a mailed link or a passkey; answers are the same for every address."""

from __future__ import annotations

from dataclasses import replace

from lodewire.delivery.addresses import check_address
from lodewire.errors import AddressRefused, LinkRefused
from lodewire.web.addresses import refused_words
from lodewire.web.door import now_utc
from lodewire.web.forms import accounts_of, form_page, session_cookie, set_cookie, visit_of
from lodewire.web.languages import _, current
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Page, Site, led_to
from lodewire.workbench.accounts.passkeys import ask_to_sign_in, can_have
from lodewire.workbench.accounts.passkeys import sign_in as sign_in_by_passkey
from lodewire.workbench.accounts.paths import local_path
from lodewire.workbench.accounts.people import Entry
from lodewire.workbench.accounts.throttle import Door

PASSKEY_SCRIPT = "passkey.js"


def sign_in(site: Site, ask: Ask) -> Page:
    """The form that asks for an address, and the button of the passkey."""
    accounts = accounts_of(site)
    if ask.viewer.visit is not None:
        return led_to("/account")
    passkeys = can_have(accounts.address)
    return form_page(
        site,
        ask,
        "sign_in.html.j2",
        heading=_("Sign in"),
        summary=_("Sign in to %(name)s") % {"name": site.name},
        next=local_path(ask.query.get("next", "/")),
        accounts=accounts,
        passkeys=passkeys,
        problem="",
        scripts=(PASSKEY_SCRIPT,) if passkeys else (),
    )


def ask_for_link(site: Site, ask: Ask) -> Page:
    """Have a link mailed. What is told, and how long it takes, is the same for any address."""
    accounts = accounts_of(site)
    now = now_utc()
    accounts.throttle.hit(Door.ASK, ask.viewer.origin, now=now)
    try:
        address = check_address(ask.form.get("address", "")[:320])
    except AddressRefused:
        return form_page(
            site,
            ask,
            "sign_in.html.j2",
            heading=_("Sign in"),
            status=400,
            next=local_path(ask.form.get("next", "/")),
            accounts=accounts,
            passkeys=False,
            problem=refused_words(ask.form.get("address", "")),
        )
    path = ask.form.get("next", "/")
    assert site.outbox is not None, "a site with accounts has one"
    tongue = current().tag  # the outbox composes on a thread of its own
    site.outbox.post(lambda: accounts.ask(address, path, now=now, language=tongue))
    return _private(
        render(
            site,
            ask,
            "link_sent.html.j2",
            heading=_("Look into your inbox"),
            index=False,
            minutes=accounts.desk.accounts.link_minutes,
            is_open=accounts.is_open,
        )
    )


def link(site: Site, ask: Ask) -> Page:
    """The page that a mailed link opens; opening it uses nothing up, since programs open links."""
    accounts = accounts_of(site)
    now = now_utc()
    accounts.throttle.check(Door.LINK, ask.viewer.origin, now=now)
    try:
        found = accounts.peek(ask.parts["token"], now=now)
    except LinkRefused:
        accounts.throttle.hit(Door.LINK, ask.viewer.origin, now=now)
        raise
    return form_page(
        site,
        ask,
        "link.html.j2",
        heading=_("Accept the invitation") if found.invites else _("Sign in"),
        token=ask.parts["token"],
        link=found,
        path="/sign-in",
    )


def use_link(site: Site, ask: Ask) -> Page:
    """Use the link up, begin a session and lead on."""
    accounts = accounts_of(site)
    now = now_utc()
    accounts.throttle.check(Door.LINK, ask.viewer.origin, now=now)
    try:
        entry = accounts.enter(ask.parts["token"], agent=ask.viewer.agent, now=now)
    except LinkRefused:
        accounts.throttle.hit(Door.LINK, ask.viewer.origin, now=now)
        raise
    _end_former(site, ask)
    return _entered(site, entry)


def passkey_options(site: Site, ask: Ask) -> Page:
    """What the browser asks its authenticator for."""
    accounts = accounts_of(site)
    accounts.throttle.hit(Door.ASK, ask.viewer.origin, now=now_utc())
    told = ask_to_sign_in(accounts, ask.viewer.nonce, now=now_utc())
    return Page(body=told.encode(), media="application/json", private=True)


def passkey_answer(site: Site, ask: Ask) -> Page:
    """Begin a session of whose passkey answered."""
    accounts = accounts_of(site)
    entry = sign_in_by_passkey(
        accounts,
        ask.form.get("body", ""),
        ask.viewer.nonce,
        origin=ask.viewer.origin,
        agent=ask.viewer.agent,
        now=now_utc(),
    )
    _end_former(site, ask)
    # A script asked: it goes on to the page that the form named.
    return Page(
        body=b"{}",
        media="application/json",
        private=True,
        headers=(("set-cookie", session_header(site, entry.token)),),
    )


def sign_out(site: Site, ask: Ask) -> Page:
    """End this session."""
    visit_of(ask)
    accounts_of(site).leave(ask.viewer.token)
    return led_to("/", ("set-cookie", ended_header(site)))


def _end_former(site: Site, ask: Ask) -> None:
    if ask.viewer.token:
        accounts_of(site).leave(ask.viewer.token)


def _entered(site: Site, entry: Entry) -> Page:
    return led_to(local_path(entry.path), ("set-cookie", session_header(site, entry.token)))


def session_header(site: Site, token: str) -> str:
    """Return the Set-Cookie of a session that has begun."""
    secure = site.address.startswith("https://")
    days = accounts_of(site).desk.accounts.session_days
    return set_cookie(session_cookie(secure), token, secure=secure, seconds=days * 86_400)


def ended_header(site: Site) -> str:
    """Return the Set-Cookie that takes the session's cookie away."""
    secure = site.address.startswith("https://")
    return set_cookie(session_cookie(secure), "", secure=secure, seconds=0)


def _private(page: Page) -> Page:
    return replace(page, private=True)
