"""Pages of the newsletter: sign up, confirm, prefer, leave, export and erase.

A link in a mail only ever opens a page: mail programs and scanners follow links by themselves. What
changes something is a button, or the one-click POST of RFC 8058. No answer tells a stranger whether
an address is known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from lodewire.delivery.addresses import check_address, is_disposable, typo_hint
from lodewire.delivery.counted import read_onward
from lodewire.delivery.forms import Timing, stamp, timing_of
from lodewire.delivery.waves import check_timezone, near_timezone
from lodewire.errors import AddressRefused, DeliveryError
from lodewire.model.audience import Frequency, Preferences, Subscriber
from lodewire.model.vocabulary import Desk
from lodewire.publish.frame import load_frames
from lodewire.web.addresses import refused_words
from lodewire.web.languages import SOURCE, _, current
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Page, Site
from lodewire.web.spoken import word
from lodewire.workbench.letters.subscribing import Origin, Subscriptions

_MOST_NAMES = 30
_LONGEST_NAME = 60


def frequency_words() -> dict[Frequency, str]:
    """Return how often the brief can come, as readers choose it."""
    return {
        Frequency.DAILY: _("every day"),
        Frequency.WEEKDAYS: _("Monday to Friday"),
        Frequency.WEEKLY: _("on Fridays, with the week’s events"),
    }


def consent_source(source: str) -> str:
    """Return where a step of consent was taken, with the language of a form that had another."""
    where, bracket, tag = source.partition(" (")
    return f"{word(where)}{bracket}{tag}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A request to a page of the newsletter; ``form`` holds every value of each field.

    ``counts``: it was made by a person as far as its headers tell, and not ahead of one.
    """

    token: str = ""
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    network: str = ""
    at: datetime
    counts: bool = True

    def first(self, name: str) -> str:
        """Return the first value of a field, "" for none."""
        return next(iter(self.form.get(name, ())), "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What the pages need: the site, the desk's subscriptions, and whoever asks an address."""

    site: Site
    subscriptions: Subscriptions
    ask: Callable[[str, Preferences, Origin, datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An answer to be saved as a file, not shown."""

    page: Page
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """An answer that leads to another address."""

    to: str


def onward(counter: Counter, post: Post) -> Onward:
    """Count the opening of a letter's link, by nobody's name, and lead on to its address."""
    campaign, url = read_onward(counter.subscriptions.key, post.token)
    if post.counts:
        counter.site.ledger.opens.count(campaign, url)
    return Onward(to=url)


def sign_up(counter: Counter, post: Post) -> Page:
    """The form; with ``address`` filled in by a snippet on another site."""
    return _form(counter, post, address=post.first("address"))


def subscribe(counter: Counter, post: Post) -> Page:
    """Take the form. Every address that mail can be sent to gets the same answer."""
    key, address = counter.subscriptions.key, post.first("address")
    if post.first("website"):  # the field that no person sees
        return _asked(counter)
    timing = timing_of(key, post.first("stamp"), post.at)
    if timing is not Timing.FITS:
        # A snippet brings the address alone: the same form, to be sent from here.
        seen = "" if not post.first("stamp") else _timed(timing)
        return _form(counter, post, address=address, problem=seen)
    try:
        checked = check_address(address)
        wanted = preferences_of(post)
    except AddressRefused:
        problem = refused_words(address)
        return _form(counter, post, address=address, problem=problem, status=400)
    except DeliveryError as error:
        return _form(counter, post, address=address, problem=_sentence(error), status=400)
    if (hint := _hint(checked)) and post.first("sure") != checked:
        return _form(counter, post, address=address, problem=hint, sure=checked)
    origin = Origin(source=_said("sign-up form"), network=post.network or None)
    counter.ask(checked, wanted, origin, post.at)
    return _asked(counter)


def _asked(counter: Counter) -> Page:
    words = _(
        "If this address can be subscribed, a mail is on its way to it. Open its link within three "
        "days to confirm; until then nothing else is sent."
    )
    return _told(counter, _("Look into your mailbox"), words)


def _timed(timing: Timing) -> str:
    if timing is Timing.EARLY:
        return _("That was fast. Check what you chose, then send it again.")
    return _("This form was open for long. Check what you chose, then send it again.")


def _said(where: str) -> str:
    """Where a step was taken, with the language of its words where it is not the source's."""
    tag = current().tag
    return where if tag == SOURCE else f"{where} ({tag})"


def _hint(address: str) -> str:
    if meant := typo_hint(address):
        asked = _("Is %(address)s meant? Correct it, or send the form again as it is.")
        return asked % {"address": meant}
    if is_disposable(address):
        return _(
            "Mail to this address is thrown away after a while. Choose another, or send the form "
            "again as it is."
        )
    return ""


def preferences_of(post: Post) -> Preferences:
    """Return what a form asks for; raises DeliveryError."""
    known = {d.value: d for d in Desk}
    chosen = tuple(dict.fromkeys(known[d] for d in post.form.get("desk", ()) if d in known))
    names = [" ".join(n.split()) for n in post.first("concerning").split(",")]
    concerning = tuple(dict.fromkeys(n for n in names if n))
    if len(concerning) > _MOST_NAMES or any(len(n) > _LONGEST_NAME for n in concerning):
        raise DeliveryError(
            _("up to %(most)s names of %(longest)s characters can be chosen")
            % {"most": _MOST_NAMES, "longest": _LONGEST_NAME},
            hint=_("leave the field empty to be told of everything on your desks"),
        )
    try:
        frequency, hour = (
            Frequency(post.first("frequency") or "daily"),
            int(post.first("hour") or 7),
        )
        if not 0 <= hour <= 23:
            raise ValueError
    except ValueError:
        raise DeliveryError(
            _("this hour or frequency is none"), hint=_("choose from the lists")
        ) from None
    return Preferences(
        desks=() if len(chosen) == len(known) else chosen,
        frequency=frequency,
        timezone=_timezone_of(post.first("timezone") or "UTC"),
        hour=hour,
        concerning=concerning,
        alerts=bool(post.first("alerts")),
        counting=bool(post.first("counting")),
        own=bool(post.first("own")),
        language=post.first("language") if post.first("language") in load_frames() else "",
    )


def _timezone_of(name: str) -> str:
    try:
        return check_timezone(name)
    except DeliveryError:
        near = near_timezone(name)
        hint = _("did you mean %(zone)s?") % {"zone": near} if near else ""
        other = _("write it as Europe/London or Asia/Tokyo")
        told = _("“%(zone)s” is no time zone") % {"zone": name[:60]}
        raise DeliveryError(told, hint=hint or other) from None


def confirm_page(counter: Counter, post: Post) -> Page:
    """A button; the same page for every token."""
    words = _("Press the button, and the brief comes as you chose it.")
    return _button(counter, post, "confirm", _("Confirm your subscription"), words, _("Confirm"))


def confirm(counter: Counter, post: Post) -> Page:
    """Confirm by the link's token; once."""
    origin = Origin(source=_said("confirmation page"), network=post.network or None)
    found = counter.subscriptions.confirm(post.token, origin, now=post.at)
    wanted = found.preferences
    words = _(
        "The brief comes %(often)s, at %(hour)s:00 (%(zone)s). Every mail has links to change that "
        "and to leave."
    ) % {
        "often": frequency_words()[wanted.frequency],
        "hour": f"{wanted.hour:02}",
        "zone": wanted.timezone,
    }
    return _told(counter, _("You are subscribed"), words)


def unsubscribe_page(counter: Counter, post: Post) -> Page:
    """A button; opening the page changes nothing."""
    words = _("Press the button, and nothing more is sent to you, today’s brief included.")
    leave = _("Unsubscribe")
    return _button(counter, post, "unsubscribe", leave, words, leave)


def unsubscribe(counter: Counter, post: Post) -> Page:
    """Leave: by the button, or by a mail program's one-click POST."""
    one_click = post.first("List-Unsubscribe") == "One-Click"
    source = "one-click unsubscription" if one_click else _said("unsubscription page")
    origin = Origin(source=source, network=post.network or None)
    counter.subscriptions.unsubscribe(post.token, origin, now=post.at)
    words = _("Nothing more is sent to you. Should it have been a mistake: sign up again.")
    return _told(counter, _("You are unsubscribed"), words)


def preferences_page(counter: Counter, post: Post) -> Page:
    """What one subscriber receives, and what is kept of them."""
    return _centre(counter, post, counter.subscriptions.holder(post.token, now=post.at))


def prefer(counter: Counter, post: Post) -> Page | File:
    """Save, leave, export or erase, as the button says."""
    subscriptions = counter.subscriptions
    found = subscriptions.holder(post.token, now=post.at)
    origin = Origin(source=_said("preferences page"), network=post.network or None)
    act = post.first("act")
    if act == "export":
        told = json.dumps(subscriptions.told_of(found), ensure_ascii=False, indent=1).encode()
        page = Page(body=told, media="application/json")
        return File(page=page, name="newsletter.json")
    if act == "leave":
        subscriptions.leave(found, origin, now=post.at)
        return _told(counter, _("You are unsubscribed"), _("Nothing more is sent to you."))
    if act == "erase":
        if not post.first("really"):
            problem = _("Tick the box beside the button if everything is to be erased.")
            return _centre(counter, post, found, problem=problem, status=400)
        subscriptions.erase(found.address, now=post.at)
        words = _(
            "All that was kept of you is deleted. What stays is a keyed hash of your address; it "
            "cannot be turned back and keeps mail from you."
        )
        return _told(counter, _("Everything is erased"), words)
    try:
        wanted = preferences_of(post)
    except DeliveryError as error:
        return _centre(counter, post, found, problem=_sentence(error), status=400)
    changed = subscriptions.prefer(post.token, wanted, origin, now=post.at)
    return _centre(counter, post, changed, saved=True)


def refused(counter: Counter) -> Page:
    """The answer to every link that does not work: forged, expired, used, of somebody erased."""
    words = _(
        "It never did, or does no longer. Ask for a new one by subscribing again with the same "
        "address."
    )
    return _told(counter, _("This link does not work"), words, status=400)


def _sentence(error: DeliveryError) -> str:
    told = f"{error.message}: {error.hint}." if error.hint else f"{error.message}."
    return told[:1].upper() + told[1:]


def _form(
    counter: Counter,
    post: Post,
    *,
    address: str,
    problem: str = "",
    sure: str = "",
    status: int = 200,
) -> Page:
    try:
        wanted = preferences_of(post)
    except DeliveryError:
        wanted = Preferences(timezone=counter.subscriptions.desk.timezone)
    if not post.first("timezone"):
        wanted = replace(wanted, timezone=counter.subscriptions.desk.timezone)
    return _page(
        counter,
        "letters_sign_up.html.j2",
        _("%(title)s by mail") % {"title": counter.site.title},
        "/subscribe",
        status=status,
        tongue=current().tag,
        index=True,
        address=address[:254],
        wanted=wanted,
        problem=problem,
        sure=sure,
        stamp=stamp(counter.subscriptions.key, post.at),
    )


def _centre(
    counter: Counter,
    post: Post,
    found: Subscriber,
    *,
    problem: str = "",
    saved: bool = False,
    status: int = 200,
) -> Page:
    steps = counter.subscriptions.consents(found)
    return _page(
        counter,
        "letters_preferences.html.j2",
        _("What you receive"),
        "/preferences",
        at=f"/preferences/{post.token}",
        status=status,
        tongue=counter.subscriptions.desk.language,
        address=found.address,
        state=found.state.value,
        wanted=found.preferences,
        steps=steps,
        problem=problem,
        saved=saved,
    )


def _button(
    counter: Counter, post: Post, first: str, heading: str, words: str, button: str
) -> Page:
    return _page(
        counter,
        "letters_button.html.j2",
        heading,
        "/subscribe",
        at=f"/{first}/{post.token}",
        words=words,
        button=button,
    )


def _told(counter: Counter, heading: str, words: str, *, status: int = 200) -> Page:
    return _page(counter, "letters_told.html.j2", heading, "/subscribe", status=status, words=words)


def _page(
    counter: Counter,
    template: str,
    heading: str,
    path: str,
    *,
    status: int = 200,
    index: bool = False,
    at: str = "",
    **values: Any,
) -> Page:
    """``at`` is the path of a token's page, which links to other languages keep."""
    page = render(
        counter.site,
        Ask(path=at or path),
        template,
        heading=heading,
        status=status,
        index=index,
        path=path,
        frequencies=frequency_words(),
        consent_source=consent_source,
        tongues={tag: frame.words["name"] for tag, frame in load_frames().items()},
        timezones=sorted(z for z in available_timezones() if "/" in z and z[0].isupper()),
        **values,
    )
    return replace(page, status=status)
