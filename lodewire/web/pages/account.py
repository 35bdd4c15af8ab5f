"""A reader's own page: membership, browsers, passkeys, keys, what is kept of them, and its end."""

from __future__ import annotations

import json
from dataclasses import replace

from lodewire.errors import AccountError
from lodewire.ledger.codec import canonical
from lodewire.model.account import KeyId, Scope
from lodewire.model.ids import EventId
from lodewire.model.tier import Part, Tier
from lodewire.web.door import now_utc
from lodewire.web.forms import SignInFirst, accounts_of, form_page, visit_of
from lodewire.web.languages import _
from lodewire.web.pages.event import EVENT_ID
from lodewire.web.pages.sign_in import PASSKEY_SCRIPT, ended_header
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Missing, Page, Refused, Site, led_to
from lodewire.workbench.accounts.keys import make_key, revoke_key
from lodewire.workbench.accounts.metering import open_preview
from lodewire.workbench.accounts.mine import erase_account, told_of
from lodewire.workbench.accounts.passkeys import add_passkey, ask_to_add, can_have, remove_passkey
from lodewire.workbench.accounts.people import Visit


def account(site: Site, ask: Ask) -> Page:
    """All of it on one page."""
    return _page(site, ask)


def _page(site: Site, ask: Ask, *, secret: str = "", status: int = 200, problem: str = "") -> Page:
    accounts, visit = accounts_of(site), visit_of(ask)
    rights, id_ = accounts.ledger.rights, visit.standing.account.id
    now = now_utc()
    passkeys = can_have(accounts.address)
    return form_page(
        site,
        ask,
        "account.html.j2",
        heading=_("Your account"),
        path="/account",
        status=status,
        problem=problem,
        visit=visit,
        fresh=visit.is_fresh(now),
        sessions=accounts.ledger.accounts.sessions_of(id_),
        passkeys=rights.passkeys_of(id_),
        can_passkey=passkeys,
        keys=[k for k in rights.keys_of(id_) if k.revoked_at is None],
        scopes=[s for s in Scope if s is not Scope.EDIT or visit.standing.edits],
        memberships=[m for m in rights.memberships_of(id_) if m.holds(now)],
        checkout=_checkout(site, visit),
        secret=secret,
        has_api=site.sees(Part.API),
        scripts=(PASSKEY_SCRIPT,) if passkeys else (),
    )


def _checkout(site: Site, visit: Visit) -> str:
    """Where PRO is bought, for this account; empty where it is not sold, or held already."""
    where = accounts_of(site).desk.accounts.checkout
    if not where or visit.standing.tier.covers(Tier.PRO):
        return ""
    sign = "&" if "?" in where else "?"
    return f"{where}{sign}client_reference_id={visit.standing.account.id}"


def _fresh(ask: Ask) -> Visit:
    """Who signed in just now; raises SignInFirst for a browser left open since."""
    visit = visit_of(ask)
    if not visit.is_fresh(now_utc()):
        raise SignInFirst("/account", fresh=True)
    return visit


def end_session(site: Site, ask: Ask) -> Page:
    """End another browser's session, or all of them."""
    accounts, visit = accounts_of(site), visit_of(ask)
    id_ = visit.standing.account.id
    wanted = ask.form.get("session", "")
    mine = {s.key[:16]: s.key for s in accounts.ledger.accounts.sessions_of(id_)}
    if wanted == "others":
        accounts.ledger.accounts.end_sessions(id_, but=visit.session.key)
    elif wanted in mine:
        accounts.ledger.accounts.end_session(mine[wanted])
    accounts.note(id_, "end session", id_, "", now=now_utc())
    return led_to("/account")


def add_key(site: Site, ask: Ask) -> Page:
    """Make an API key and show its secret, this once."""
    accounts, visit = accounts_of(site), _fresh(ask)
    site.demand(Part.API)
    scopes = [s for s in Scope if ask.form.get(f"scope-{s.value}")]
    days = ask.form.get("days", "")
    _, secret = make_key(
        accounts,
        visit.standing.account,
        ask.form.get("name", ""),
        scopes,
        days=int(days) if days.isascii() and days.isdigit() and 0 < int(days) < 4000 else None,
        actor=visit.standing.account.id,
        now=now_utc(),
    )
    return _page(site, ask, secret=secret)


def end_key(site: Site, ask: Ask) -> Page:
    """End one of the reader's own keys."""
    accounts, visit = accounts_of(site), visit_of(ask)
    found = accounts.ledger.rights.key_named(KeyId(ask.form.get("key", "")))
    if found is None or found.account_id != visit.standing.account.id:
        raise Missing("You have no such key.", "It may have been ended before.")
    revoke_key(accounts, found, actor=visit.standing.account.id, now=now_utc())
    return led_to("/account")


def passkey_options(site: Site, ask: Ask) -> Page:
    """What the browser asks its authenticator to make."""
    accounts, visit = accounts_of(site), _fresh(ask)
    told = ask_to_add(accounts, visit.standing.account, ask.viewer.token, now=now_utc())
    return Page(body=told.encode(), media="application/json", private=True)


def passkey_answer(site: Site, ask: Ask) -> Page:
    """Keep the passkey that was made."""
    accounts, visit = accounts_of(site), _fresh(ask)
    name = visit.session.agent
    add_passkey(
        accounts,
        visit.standing.account,
        ask.form.get("body", ""),
        ask.viewer.token,
        name,
        now=now_utc(),
    )
    return Page(body=b"{}", media="application/json", private=True)


def end_passkey(site: Site, ask: Ask) -> Page:
    """Take a passkey away."""
    accounts, visit = accounts_of(site), visit_of(ask)
    credential = ask.form.get("passkey", "")
    remove_passkey(accounts, visit.standing.account.id, credential, now=now_utc())
    return led_to("/account")


def export(site: Site, ask: Ask) -> Page:
    """All that is kept of the reader, as a file."""
    accounts, visit = accounts_of(site), visit_of(ask)
    told = told_of(accounts, visit.standing.account, now=now_utc())
    return Page(
        body=json.dumps(json.loads(canonical(told)), indent=1, ensure_ascii=False).encode(),
        media="application/json",
        private=True,
        headers=(("content-disposition", 'attachment; filename="account.json"'),),
    )


def delete(site: Site, ask: Ask) -> Page:
    """Delete the account, when the reader has written its address."""
    accounts, visit = accounts_of(site), _fresh(ask)
    found = visit.standing.account
    if ask.form.get("address", "").strip().casefold() != found.address.casefold():
        return _page(site, ask, status=400, problem=_("Write your address to delete the account."))
    try:
        erase_account(accounts, found, actor=found.id, now=now_utc())
    except AccountError as error:
        return _page(site, ask, status=400, problem=f"{error.message}: {error.hint}")
    return led_to("/", ("set-cookie", ended_header(site)))


def membership(site: Site, ask: Ask) -> Page:
    """What each tier sees, as desk.toml has it."""
    plan = site.reach.plan
    page = render(
        site,
        ask,
        "membership.html.j2",
        heading=_("Membership"),
        summary=_("What readers and members of %(name)s see.") % {"name": site.name},
        tiers=list(Tier),
        parts=[(part, part_words()[part], plan.needed(part)) for part in Part],
        plan=plan,
        archive={t: plan.archive.get(t) for t in Tier},
        today=site.clock().date(),
        checkout=_checkout(site, ask.viewer.visit) if ask.viewer.visit else "",
    )
    # The link to buy names the account.
    return replace(page, private=ask.viewer.visit is not None)


def preview(site: Site, ask: Ask) -> Page:
    """Open an insight whole for this month."""
    visit, event = visit_of(ask), ask.form.get("event", "")
    if not EVENT_ID.fullmatch(event):
        raise Refused("There is no such insight.")
    found = site.ledger.events.get_all([site.ledger.events.current(EventId(event))])
    if not found:
        raise Missing("There is no such event on this desk.", "Search for a name in it instead.")
    site.demand_day(found[0])
    done = open_preview(site.ledger, visit.standing, site.reach.plan, found[0].id, now=now_utc())
    if not done:
        raise Refused("You have opened as many insights this month as your tier has.")
    return led_to(f"/event/{found[0].id}")


def part_words() -> dict[Part, str]:
    """Return what each part of the site is called."""
    return {
        Part.FULL_TEXT: _("The words of the sources, values, checks and life of an insight"),
        Part.ANALYSIS: _("Analysis: what reference figures say of it"),
        Part.SUPPLY: _("Who supplies a commodity, and how concentrated it is"),
        Part.PRICES: _("Prices"),
        Part.TRENDS: _("Trends"),
        Part.EXPOSURE: _("Exposure: what an event does to dependence and costs"),
        Part.REPORTS: _("In-depth reports"),
        Part.TOOLS: _("The analyst's table, scenarios, watch lists and notes"),
        Part.ALERTS: _("Alerts"),
        Part.EXPORTS: _("Tables to download"),
        Part.API: _("API keys"),
    }
