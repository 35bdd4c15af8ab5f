"""A reader's watch list, rules, channels, and what fired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lodewire.config.desk import DeskConfig
from lodewire.model.alert import ChannelKind, Endpoint, Firing, Pace, Rule, Watch, WatchKind
from lodewire.model.tier import Part
from lodewire.model.vocabulary import EventType, Status
from lodewire.web.forms import accounts_of, form_page, visit_of
from lodewire.web.languages import _
from lodewire.web.site import Ask, Page, Site
from lodewire.workbench.alerts.endpoints import address_words
from lodewire.workbench.alerts.ruling import condition_words

_FIRED = 50
_SENT = 20
#: The desk's own table is the desk's alone.
KINDS = tuple(k for k in WatchKind if k is not WatchKind.OWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a form that was sent led to: shown once, on the page it is on.

    ``secret`` is a channel's, shown this once; ``form`` what was filled in; ``preview`` what a rule
    would have fired.
    """

    problem: str = ""
    told: str = ""
    secret: str = ""
    form: dict[str, str] | None = None
    preview: tuple[Firing, ...] | None = None


def owner_of(site: Site, ask: Ask) -> tuple[DeskConfig, str]:
    """Return the desk, and whose list this is; raises SignInFirst or Missing."""
    accounts = accounts_of(site)
    return accounts.desk, visit_of(ask).standing.account.id


def watch(site: Site, ask: Ask) -> Page:
    """The watch list."""
    return watch_page(site, ask, Shown())


def watch_page(site: Site, ask: Ask, shown: Shown) -> Page:
    """Return the watch list, with what a form led to."""
    _desk, owner = owner_of(site, ask)
    site.demand(Part.TOOLS)
    kind, _colon, ref = ask.query.get("add", "").partition(":")
    filled = shown.form or {"kind": kind, "words": ref[:200]}
    return form_page(
        site,
        ask,
        "watch/watch.html.j2",
        heading=_("Watch list"),
        path="/watch",
        status=400 if shown.problem else 200,
        shown=shown,
        filled=filled,
        kinds=KINDS,
        kind_words=kind_words(),
        watches=[(w, _path(w)) for w in site.ledger.alerts.watched(owner)],
        tells=site.sees(Part.ALERTS),
    )


def _path(found: Watch) -> str:
    if found.kind.value in ("commodity", "country", "organisation", "site", "desk"):
        return f"/{found.kind.value}/{found.ref}"
    return ""


def alerts(site: Site, ask: Ask) -> Page:
    """Rules, channels and what fired."""
    return alerts_page(site, ask, Shown())


def alerts_page(site: Site, ask: Ask, shown: Shown) -> Page:
    """Return the page of alerts, with what a form led to."""
    _desk, owner = owner_of(site, ask)
    site.demand(Part.ALERTS)
    store = site.ledger.alerts
    rules, ends = store.rules(owner), store.endpoints(owner)
    names = {r.id: r.name for r in rules}
    return form_page(
        site,
        ask,
        "watch/alerts.html.j2",
        heading=_("Alerts"),
        path="/alerts",
        status=400 if shown.problem else 200,
        shown=shown,
        filled=shown.form or {},
        rules=[_told_rule(r, store.watched(owner), ends) for r in rules],
        watches=store.watched(owner),
        channels=[(e, address_words(e)) for e in ends],
        fired=store.fired(names, limit=_FIRED),
        names=names,
        posts=site.ledger.posts.of_endpoints([e.id for e in ends], limit=_SENT),
        ends={e.id: e.name for e in ends},
        types=tuple(EventType),
        statuses=tuple(Status),
        paces=tuple(Pace),
        pace_words=pace_words(),
        channel_kinds=tuple(ChannelKind),
        channel_words=channel_words(),
    )


def _told_rule(
    rule: Rule, watches: tuple[Watch, ...], ends: tuple[Endpoint, ...]
) -> dict[str, Any]:
    return {
        "rule": rule,
        "watches": [w.name for w in watches if w.id in rule.watches],
        "conditions": condition_words(rule.conditions),
        "channels": [e.name for e in ends if e.id in rule.channels],
    }


def kind_words() -> dict[WatchKind, str]:
    """Return what can be watched, in the current language."""
    return {
        WatchKind.COMMODITY: _("Commodity"),
        WatchKind.COUNTRY: _("Country"),
        WatchKind.ORGANISATION: _("Organisation"),
        WatchKind.SITE: _("Site (mine, plant)"),
        WatchKind.EVENT_TYPE: _("Type of event"),
        WatchKind.DESK: _("Desk"),
        WatchKind.SEARCH: _("Saved search"),
        WatchKind.PRICE: _("Price"),
    }


def pace_words() -> dict[Pace, str]:
    """Return the paces, in the current language."""
    return {
        Pace.AT_ONCE: _("At once"),
        Pace.HOURLY: _("Gathered by the hour"),
        Pace.DAILY: _("Gathered by the day"),
    }


def channel_words() -> dict[ChannelKind, str]:
    """Return the kinds of channels, in the current language."""
    return {
        ChannelKind.EMAIL: _("Mail to your address"),
        ChannelKind.WEBHOOK: _("Webhook, signed"),
        ChannelKind.SLACK: _("Slack-compatible webhook"),
        ChannelKind.TEAMS: _("Teams-compatible webhook"),
        ChannelKind.TELEGRAM: _("Telegram chat"),
        ChannelKind.FEED: _("Feed at a secret address"),
    }
