"""The U.S. Federal Register: documents by its API v1, page after page.

A page holds ``results`` and, while more follow, ``next_page_url``; where nothing fits there is a
``count`` of 0 and no results. Source: federalregister.gov, API documentation, v1.
"""

from __future__ import annotations

import html
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from lodewire.collect.fetching import Carried, Fetched, FetchPolicy
from lodewire.collect.fields import one_line, web_link
from lodewire.collect.listing import Listing
from lodewire.collect.official.asking import spoken
from lodewire.errors import BrokenFile, FetchFailed, ServiceRefused
from lodewire.model.capture import FeedEntry
from lodewire.reference.loaders.bodies import broken, list_of, object_of

if TYPE_CHECKING:
    from lodewire.collect.http import GuardedClient
    from lodewire.config.source import FederalRegisterChannel

_PAGE = 100
_MOST_PAGES = 20  # the API gives no more than its first 2,000 documents
_FIELDS = (
    "document_number",
    "title",
    "abstract",
    "type",
    "agencies",
    "html_url",
    "body_html_url",
    "publication_date",
)


def first_page(channel: FederalRegisterChannel, oldest: datetime) -> str:
    """Return the address of the first page of what was published since ``oldest``."""
    told = [
        *(("conditions[agencies][]", name) for name in channel.agencies),
        *(("conditions[type][]", kind) for kind in channel.kinds),
        *([("conditions[term]", channel.term)] if channel.term else []),
        ("conditions[publication_date][gte]", oldest.date().isoformat()),
        ("order", "newest"),
        ("per_page", str(_PAGE)),
        *(("fields[]", name) for name in _FIELDS),
    ]
    return f"{channel.url.rstrip('/')}/api/v1/documents.json?{urlencode(told)}"


async def list_federal_register(
    client: GuardedClient,
    channel: FederalRegisterChannel,
    oldest: datetime,
    *,
    policy: FetchPolicy,
) -> Listing:
    """Return what was published since ``oldest``, newest first, from every page.

    Raises ServiceRefused with what the API says, BrokenFile for a page that is damaged.
    """
    address: str | None = first_page(channel, oldest)
    home = _host(channel.url)
    entries: list[FeedEntry] = []
    notes: list[str] = []
    seen: set[str] = set()
    while address is not None:
        if len(seen) >= _MOST_PAGES:
            notes.append(f"more than {_MOST_PAGES} pages; the newest are read")
            break
        seen.add(address)
        body = await _body(client, address, policy)
        found, following = read_page(body, "the Federal Register", address)
        entries += found
        if following is not None and (_host(following) != home or following in seen):
            raise broken("the Federal Register", f"the next page is said to be {following[:200]}")
        address = following
    return Listing(entries=tuple(entries), notes=tuple(notes), settled=False)


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None


async def _body(client: GuardedClient, address: str, policy: FetchPolicy) -> bytes:
    try:
        answer = await client.fetch(
            address, policy=policy, carried=Carried(accept="application/json")
        )
    except FetchFailed as error:
        if error.status is None or not error.body:
            raise
        raise ServiceRefused(
            f"the Federal Register answered {error.status}: {spoken(error.body)}",
            hint="Check agencies, kinds and term of the channel in its source.yml.",
        ) from error
    assert isinstance(answer, Fetched)  # nothing was asked conditionally
    return answer.body


def read_page(body: bytes, place: str, base: str) -> tuple[list[FeedEntry], str | None]:
    """Return the documents of a page and the address of the next; raises BrokenFile."""
    told = object_of(body, place)
    if told.get("errors"):
        raise ServiceRefused(
            f"{place}: {spoken(body)}",
            hint="Check agencies, kinds and term of the channel in its source.yml.",
        )
    if "results" not in told and told.get("count") == 0:
        return [], None
    entries = [
        _entry(row, f"{place}: results[{at}]", base)
        for at, row in enumerate(list_of(told, "results", place))
    ]
    following = told.get("next_page_url")
    if following is not None and not isinstance(following, str):
        raise broken(place, "next_page_url is no address")
    return entries, following


def _entry(row: dict[str, Any], where: str, base: str) -> FeedEntry:
    number = one_line(row.get("document_number"))
    title = one_line(row.get("title"))
    link = web_link(row.get("html_url"), base)
    if number is None or title is None or link is None:
        raise broken(where, "document_number, title or html_url is missing")
    abstract = one_line(row.get("abstract"), 8000)
    agencies = row.get("agencies")
    named = [a for a in agencies if isinstance(a, dict)] if isinstance(agencies, list) else []
    names = [one_line(a.get("name")) or one_line(a.get("raw_name")) for a in named]
    kind = one_line(row.get("type"))
    return FeedEntry(
        title=title,
        link=link,
        guid=number,
        published=_noon(row.get("publication_date"), where),
        summary_html=f"<p>{html.escape(abstract, quote=False)}</p>" if abstract else None,
        authors=tuple(name for name in names if name),
        categories=(kind,) if kind else (),
        language="en",
        enclosure=web_link(row.get("body_html_url"), base),
    )


def _noon(told: object, where: str) -> datetime:
    """The API gives days: noon UTC is that day from Honolulu to Auckland."""
    try:
        day = date.fromisoformat(str(told))
    except ValueError:
        raise BrokenFile(
            f"{where}: publication_date {str(told)[:40]!r} is no day",
            hint="Collect again later; if it stays so, look for a newer Lodewire.",
        ) from None
    return datetime.combine(day, time(12), tzinfo=UTC)
