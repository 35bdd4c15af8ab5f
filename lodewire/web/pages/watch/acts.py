"""What readers do with their watch list, rules and channels."""

from __future__ import annotations

from decimal import Decimal

from lodewire.config.desk import DeskConfig
from lodewire.delivery.keys import newsletter_key
from lodewire.errors import LodewireError, QueryError
from lodewire.model.alert import ChannelKind, Conditions, Endpoint, Pace, Rule, WatchId
from lodewire.model.tier import Part
from lodewire.model.vocabulary import EventType, Status
from lodewire.web.door import now_utc
from lodewire.web.forms import accounts_of
from lodewire.web.languages import _
from lodewire.web.pages.watch.views import KINDS, Shown, alerts_page, owner_of, watch_page
from lodewire.web.site import Ask, Missing, Page, Site, led_to
from lodewire.workbench.accounts.throttle import Door
from lodewire.workbench.alerts import endpoints, ruling
from lodewire.workbench.alerts.preview import would_have_fired
from lodewire.workbench.alerts.sending import send_trial
from lodewire.workbench.alerts.watching import watch_of


def add_watch(site: Site, ask: Ask) -> Page:
    """Put something on the list."""
    desk, owner = owner_of(site, ask)
    site.demand(Part.TOOLS)
    kind, words = ask.form.get("kind", ""), ask.form.get("words", "")
    try:
        wanted = next((k for k in KINDS if k.value == kind), None)
        if wanted is None:
            raise QueryError("say what kind of thing it is", hint="choose one")
        found = watch_of(site.ledger, desk, owner, wanted, words, now=site.clock())
        ruling.add_watch(site.ledger, desk, found)
    except LodewireError as error:
        filled = {"kind": kind, "words": words[:200]}
        return watch_page(site, ask, Shown(problem=_problem(error), form=filled))
    return led_to("/watch")


def remove_watch(site: Site, ask: Ask) -> Page:
    """Take something off the list."""
    _desk, owner = owner_of(site, ask)
    site.ledger.alerts.unwatch(owner, WatchId(ask.form.get("watch", "")))
    return led_to("/watch")


# Rules


def rule(site: Site, ask: Ask) -> Page:
    """Preview a rule, or keep it."""
    desk, owner = owner_of(site, ask)
    site.demand(Part.ALERTS)
    form, now = dict(ask.form), site.clock()
    try:
        made = _rule_of(site, desk, owner, form)
        if form.get("step") == "preview":
            found = would_have_fired(site.ledger, desk, made, reach=site.reach, now=now)
            return alerts_page(site, ask, Shown(form=form, preview=found))
        ruling.keep_rule(site.ledger, desk, made)
    except LodewireError as error:
        return alerts_page(site, ask, Shown(problem=_problem(error), form=form))
    accounts_of(site).note(owner, "keep alert", made.id, "", now=now_utc())
    return led_to("/alerts")


def _rule_of(site: Site, desk: DeskConfig, owner: str, form: dict[str, str]) -> Rule:
    amount, unit = None, ""
    if told := form.get("amount", "").strip():
        amount, unit = ruling.read_amount(told)
    return ruling.make_rule(
        site.ledger,
        desk,
        owner,
        form.get("name", ""),
        watches=_ticked(form, "watch-"),
        conditions=Conditions(
            types=tuple(t for t in EventType if form.get("type") == t.value),
            statuses=tuple(s for s in Status if form.get("status") == s.value),
            least_confidence=_part(form.get("confidence", "")),
            least_importance=_part(form.get("importance", "")),
            amount=amount,
            unit=unit,
        ),
        channels=_ticked(form, "channel-"),
        pace=next((p for p in Pace if p.value == form.get("pace")), Pace.AT_ONCE),
        now=site.clock(),
    )


def _ticked(form: dict[str, str], prefix: str) -> list[str]:
    return sorted(name.removeprefix(prefix) for name in form if name.startswith(prefix))


def _part(told: str) -> float:
    """Read "40" per cent as 0.4; nothing is nothing."""
    told = told.strip()
    if told and not (told.isascii() and told.isdigit() and int(told[:4]) <= 100):
        raise QueryError("a part is written in per cent", hint="a number from 0 to 100")
    return float(Decimal(told) / 100) if told else 0.0


def change_rule(site: Site, ask: Ask) -> Page:
    """Pause a rule, go on with it, or delete it."""
    desk, owner = owner_of(site, ask)
    found = site.ledger.alerts.rule(ask.form.get("rule", ""))
    if found is None or found.owner != owner:
        raise Missing(_("You have no such alert."), _("It may have been deleted before."))
    step = ask.form.get("step", "")
    if step == "delete":
        site.ledger.alerts.drop_rule(owner, found.id)
        accounts_of(site).note(owner, "delete alert", found.id, "", now=now_utc())
    elif step in ("pause", "go on"):
        ruling.pause_rule(site.ledger, desk, found, step == "pause", now=site.clock())
    return led_to("/alerts")


# Channels


def add_channel(site: Site, ask: Ask) -> Page:
    """Add a channel; its secret is shown this once."""
    desk, owner = owner_of(site, ask)
    site.demand(Part.ALERTS)
    form = dict(ask.form)
    try:
        kind = next((k for k in ChannelKind if k.value == form.get("channel")), None)
        if kind is None:
            raise QueryError("say what kind of channel it is", hint="choose one")
        made, token = endpoints.add_channel(
            site.ledger,
            desk,
            owner,
            kind,
            form.get("name", ""),
            form.get("address", ""),
            brief=bool(form.get("brief")),
            now=now_utc(),
        )
    except LodewireError as error:
        return alerts_page(site, ask, Shown(problem=_problem(error), form=form))
    accounts_of(site).note(owner, "add channel", made.id, kind.value, now=now_utc())
    if kind is ChannelKind.WEBHOOK:
        key = newsletter_key(desk.root)
        token = endpoints.secrets_of(key, made, now=now_utc())[0]
    return _with_secret(site, ask, made, token) if token else led_to("/alerts")


def _with_secret(site: Site, ask: Ask, channel: Endpoint, secret: str) -> Page:
    if channel.kind is ChannelKind.FEED:
        secret = site.absolute(f"/my/{secret}/feed.rss")
    return alerts_page(site, ask, Shown(secret=secret, told=channel.name))


def change_channel(site: Site, ask: Ask) -> Page:
    """Test a channel, give it another secret, switch it on again, or remove it."""
    desk, owner = owner_of(site, ask)
    found = site.ledger.alerts.endpoint(ask.form.get("which", ""))
    if found is None or found.owner != owner:
        raise Missing(_("You have no such channel."), _("It may have been removed before."))
    step = ask.form.get("step", "")
    if step == "test":
        return _tested(site, ask, desk, found)
    if step == "rotate":
        key = newsletter_key(desk.root)
        changed, secret = endpoints.rotate(site.ledger, key, found, now=now_utc())
        accounts_of(site).note(owner, "rotate channel", found.id, "", now=now_utc())
        return _with_secret(site, ask, changed, secret)
    if step == "on":
        endpoints.switch_on(site.ledger, found)
    elif step == "remove":
        site.ledger.alerts.drop_endpoint(owner, found.id)
        accounts_of(site).note(owner, "remove channel", found.id, "", now=now_utc())
    return led_to("/alerts")


def _tested(site: Site, ask: Ask, desk: DeskConfig, found: Endpoint) -> Page:
    site.demand(Part.ALERTS)
    accounts_of(site).throttle.hit(Door.TEST, found.owner, now=now_utc())
    try:
        send_trial(desk, site.ledger, found, now=now_utc())
    except LodewireError as error:
        return alerts_page(site, ask, Shown(problem=f"{found.name}: {_problem(error)}"))
    return alerts_page(site, ask, Shown(told=_("%(name)s took the test.") % {"name": found.name}))


def _problem(error: LodewireError) -> str:
    told = f"{error.message}: {error.hint}" if error.hint else error.message
    return f"{told[:1].upper()}{told[1:].rstrip('.')}."
