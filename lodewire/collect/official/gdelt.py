"""GDELT DOC 2.0: a list of articles for a query, at most 250 for one stretch of time.

It answers errors as plain text with status 200, nothing found as an empty object, and its JSON at
times holds broken escapes. Source: blog.gdeltproject.org, "GDELT DOC 2.0 API Debuts".
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from lodewire.collect.fetching import Carried, Fetched, FetchPolicy
from lodewire.collect.fields import one_line, web_link
from lodewire.collect.listing import Listing
from lodewire.errors import CollectError, RateLimited, ServiceRefused
from lodewire.model.capture import FeedEntry
from lodewire.reference.loaders.bodies import broken, first_words, list_of, text_of

if TYPE_CHECKING:
    from lodewire.collect.http import GuardedClient
    from lodewire.config.source import GdeltChannel

CAP = 250
_PACE = 5.0  # seconds between two questions: GDELT asks for it
_LEAST = timedelta(minutes=15)  # GDELT is brought up to date every quarter of an hour
_MOST_REQUESTS = 40
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_LANGUAGES = {
    "English": "en",
    "Spanish": "es",
    "French": "fr",
    "German": "de",
    "Portuguese": "pt",
    "Italian": "it",
    "Chinese": "zh",
    "Japanese": "ja",
    "Russian": "ru",
    "Arabic": "ar",
}


async def list_gdelt(
    client: GuardedClient, channel: GdeltChannel, *, now: datetime, policy: FetchPolicy
) -> Listing:
    """Return the articles of the last ``channel.hours``, newest first, each address once.

    A stretch of time that fills the cap is asked again in halves, down to a quarter of an hour.
    Raises RateLimited or ServiceRefused with GDELT's own words, BrokenFile for damage.
    """
    if not policy.allow_private:  # a mirror of one's own has a pace of its own
        policy = replace(policy, min_delay=max(policy.min_delay, _PACE))
    waiting = [(now - timedelta(hours=channel.hours), now)]
    found: dict[str, FeedEntry] = {}
    notes: list[str] = []
    asked = 0
    while waiting:
        begin, end = waiting.pop()
        if asked >= _MOST_REQUESTS:
            notes.append(f"more than {_MOST_REQUESTS} questions; what lies before {end} is left")
            break
        asked += 1
        entries = await _ask(client, channel, begin, end, policy)
        middle = begin + (end - begin) / 2
        if len(entries) >= CAP and end - begin > _LEAST:
            waiting += [(begin, middle), (middle, end)]  # the later half first
            continue
        if len(entries) >= CAP:
            notes.append(
                f"GDELT gives {CAP} articles at most; of those from {begin:%H:%M} to {end:%H:%M} "
                "some are left out: narrow the query"
            )
        for entry in entries:
            found.setdefault(entry.link or "", entry)
    return Listing(entries=tuple(found.values()), notes=tuple(notes), settled=False)


def question(channel: GdeltChannel, begin: datetime, end: datetime) -> str:
    """Return the address that asks for one stretch of time."""
    told = (
        ("query", channel.query),
        ("mode", "artlist"),
        ("format", "json"),
        ("sort", "datedesc"),
        ("maxrecords", str(CAP)),
        ("startdatetime", f"{begin.astimezone(UTC):%Y%m%d%H%M%S}"),
        ("enddatetime", f"{end.astimezone(UTC):%Y%m%d%H%M%S}"),
    )
    return f"{channel.url.rstrip('/')}/api/v2/doc/doc?{urlencode(told)}"


async def _ask(
    client: GuardedClient,
    channel: GdeltChannel,
    begin: datetime,
    end: datetime,
    policy: FetchPolicy,
) -> list[FeedEntry]:
    address = question(channel, begin, end)
    answer = await client.fetch(address, policy=policy, carried=Carried(accept="application/json"))
    assert isinstance(answer, Fetched)  # nothing was asked conditionally
    return read_articles(answer.body, "GDELT", address)


def read_articles(body: bytes, place: str, base: str) -> list[FeedEntry]:
    """Read a list of articles; those without an address or title are left out.

    Raises RateLimited or ServiceRefused where plain words came, BrokenFile for damaged JSON.
    """
    text = text_of(body, place)
    if not text.lstrip().startswith("{"):
        raise _refusal(place, first_words(body))
    told = _parsed(text, place)
    if not told:
        return []  # GDELT's way to say that nothing fits
    entries = [_entry(row, base) for row in list_of(told, "articles", place)]
    return [entry for entry in entries if entry is not None]


def _parsed(text: str, place: str) -> dict[str, Any]:
    for attempt in (text, _BAD_ESCAPE.sub(r"\\\\", text)):
        try:
            told = json.loads(attempt, strict=False)
        except (ValueError, RecursionError) as error:
            reason = str(error)
        else:
            if isinstance(told, dict):
                return told
            reason = "no object"
    raise broken(place, f"the JSON is damaged or cut off: {reason}")


def _refusal(place: str, words: str) -> CollectError:
    if "limit requests" in words.lower() or "too many requests" in words.lower():
        return RateLimited(
            f"{place} asks to be left alone: {words}",
            hint="The next run asks again; run less often if this repeats.",
        )
    return ServiceRefused(
        f"{place} answered in words: {words}",
        hint="Correct the query of the channel in its source.yml; OR goes in round brackets.",
    )


def _entry(row: dict[str, Any], base: str) -> FeedEntry | None:
    link, title = web_link(row.get("url"), base), one_line(row.get("title"))
    if link is None or title is None:
        return None
    return FeedEntry(
        title=title,
        link=link,
        guid=link,
        # When GDELT saw it, not when it was published: the page tells that.
        updated=_instant(row.get("seendate")),
        language=_LANGUAGES.get(str(row.get("language"))),
    )


def _instant(told: object) -> datetime | None:
    try:
        return datetime.strptime(str(told), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
