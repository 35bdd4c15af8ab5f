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
from lodewire.delivery.waves import check_timezone
from lodewire.errors import DeliveryError, LinkRefused
from lodewire.model.audience import Frequency, Preferences, Subscriber
from lodewire.model.vocabulary import Desk
from lodewire.publish.frame import load_frames
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Page, Site
from lodewire.workbench.letters.subscribing import Origin, Subscriptions

_MOST_NAMES = 30
_LONGEST_NAME = 60
FREQUENCIES = {
    Frequency.DAILY: "every day",
    Frequency.WEEKDAYS: "Monday to Friday",
    Frequency.WEEKLY: "on Fridays, with the week’s events",
}


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
        return _told(counter, "Look into your mailbox", _ASKED)
    timing = timing_of(key, post.first("stamp"), post.at)
    if timing is not Timing.FITS:
        # A snippet brings the address alone: the same form, to be sent from here.
        seen = "" if not post.first("stamp") else _TIMED[timing]
        return _form(counter, post, address=address, problem=seen)
    try:
        checked = check_address(address)
        wanted = preferences_of(post)
    except DeliveryError as error:
        return _form(counter, post, address=address, problem=_sentence(error), status=400)
    if (hint := _hint(checked)) and post.first("sure") != checked:
        return _form(counter, post, address=address, problem=hint, sure=checked)
    origin = Origin(source="sign-up form", network=post.network or None)
    counter.ask(checked, wanted, origin, post.at)
    return _told(counter, "Look into your mailbox", _ASKED)


_ASKED = (
    "If this address can be subscribed, a mail is on its way to it. Open its link within three "
    "days to confirm; until then nothing else is sent."
)
_TIMED = {
    Timing.EARLY: "That was fast. Check what you chose, then send it again.",
    Timing.STALE: "This form was open for long. Check what you chose, then send it again.",
}


def _hint(address: str) -> str:
    if meant := typo_hint(address):
        return f"Is {meant} meant? Correct it, or send the form again as it is."
    if is_disposable(address):
        return (
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
            f"up to {_MOST_NAMES} names of {_LONGEST_NAME} characters can be chosen",
            hint="leave the field empty to be told of everything on your desks",
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
            "this hour or frequency is none", hint="choose from the lists"
        ) from None
    return Preferences(
        desks=() if len(chosen) == len(known) else chosen,
        frequency=frequency,
        timezone=check_timezone(post.first("timezone") or "UTC"),
        hour=hour,
        concerning=concerning,
        alerts=bool(post.first("alerts")),
        counting=bool(post.first("counting")),
        own=bool(post.first("own")),
        language=post.first("language") if post.first("language") in load_frames() else "",
    )


def confirm_page(counter: Counter, post: Post) -> Page:
    """A button; the same page for every token."""
    words = "Press the button, and the brief comes as you chose it."
    return _button(counter, "Confirm your subscription", words, "Confirm")


def confirm(counter: Counter, post: Post) -> Page:
    """Confirm by the link's token; once."""
    origin = Origin(source="confirmation page", network=post.network or None)
    found = counter.subscriptions.confirm(post.token, origin, now=post.at)
    wanted = found.preferences
    words = (
        f"The brief comes {FREQUENCIES[wanted.frequency]}, at {wanted.hour:02}:00 "
        f"({wanted.timezone}). Every mail has links to change that and to leave."
    )
    return _told(counter, "You are subscribed", words)


def unsubscribe_page(counter: Counter, post: Post) -> Page:
    """A button; opening the page changes nothing."""
    words = "Press the button, and nothing more is sent to you, today’s brief included."
    return _button(counter, "Unsubscribe", words, "Unsubscribe")


def unsubscribe(counter: Counter, post: Post) -> Page:
    """Leave: by the button, or by a mail program's one-click POST."""
    one_click = post.first("List-Unsubscribe") == "One-Click"
    source = "one-click unsubscription" if one_click else "unsubscription page"
    origin = Origin(source=source, network=post.network or None)
    counter.subscriptions.unsubscribe(post.token, origin, now=post.at)
    words = "Nothing more is sent to you. Should it have been a mistake: sign up again."
    return _told(counter, "You are unsubscribed", words)


def preferences_page(counter: Counter, post: Post) -> Page:
    """What one subscriber receives, and what is kept of them."""
    return _centre(counter, post, counter.subscriptions.holder(post.token, now=post.at))


def prefer(counter: Counter, post: Post) -> Page | File:
    """Save, leave, export or erase, as the button says."""
    subscriptions = counter.subscriptions
    found = subscriptions.holder(post.token, now=post.at)
    origin = Origin(source="preferences page", network=post.network or None)
    act = post.first("act")
    if act == "export":
        told = json.dumps(subscriptions.told_of(found), ensure_ascii=False, indent=1).encode()
        page = Page(body=told, media="application/json")
        return File(page=page, name="newsletter.json")
    if act == "leave":
        subscriptions.leave(found, origin, now=post.at)
        return _told(counter, "You are unsubscribed", "Nothing more is sent to you.")
    if act == "erase":
        if not post.first("really"):
            problem = "Tick the box beside the button if everything is to be erased."
            return _centre(counter, post, found, problem=problem, status=400)
        subscriptions.erase(found.address, now=post.at)
        words = (
            "All that was kept of you is deleted. What stays is a keyed hash of your address; it "
            "cannot be turned back and keeps mail from you."
        )
        return _told(counter, "Everything is erased", words)
    try:
        wanted = preferences_of(post)
    except DeliveryError as error:
        return _centre(counter, post, found, problem=_sentence(error), status=400)
    changed = subscriptions.prefer(post.token, wanted, origin, now=post.at)
    return _centre(counter, post, changed, saved=True)


def refused(counter: Counter, error: LinkRefused) -> Page:
    """The answer to every link that does not work: forged, expired, used, of somebody erased."""
    return _told(counter, "This link does not work", _sentence(error), status=400)


def _sentence(error: DeliveryError | LinkRefused) -> str:
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
        f"{counter.site.title} by mail",
        "/subscribe",
        status=status,
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
        "What you receive",
        "/preferences",
        status=status,
        address=found.address,
        state=found.state.value,
        wanted=found.preferences,
        steps=steps,
        problem=problem,
        saved=saved,
    )


def _button(counter: Counter, heading: str, words: str, button: str) -> Page:
    return _page(
        counter, "letters_button.html.j2", heading, "/subscribe", words=words, button=button
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
    **values: Any,
) -> Page:
    page = render(
        counter.site,
        Ask(path=path),
        template,
        heading=heading,
        status=status,
        index=index,
        path=path,
        frequencies=FREQUENCIES,
        tongue=counter.subscriptions.desk.language,
        tongues={tag: frame.words["name"] for tag, frame in load_frames().items()},
        timezones=sorted(z for z in available_timezones() if "/" in z and z[0].isupper()),
        **values,
    )
    return replace(page, status=status)
