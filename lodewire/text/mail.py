"""Mail files: a press release, a forwarded article, or a newsletter of several stories."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from lodewire.errors import EmptyPage
from lodewire.model.document import Document
from lodewire.text.assembly import Facts, Origin, make_document
from lodewire.text.boilerplate import boilerplate_family
from lodewire.text.bylines import find_agency
from lodewire.text.dates import EARLIEST, Moment
from lodewire.text.decode import clean_line, decode, normalise_newlines
from lodewire.text.html_page import read_fragment
from lodewire.text.plain import find_title, furniture_spans

_PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|wg|aw|tr|rv)\s*:\s*)+", re.IGNORECASE)
_RULE = re.compile(r"^[ \t]*[-=_*~#]{4,}[ \t]*$", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_LEAST_WORDS = 8
_STORY_WORDS = 15


def read_mail(body: bytes, origin: Origin) -> tuple[Document, ...]:
    """Return the documents of a mail: one, or one for each story of a newsletter.

    The subject is the title and the Date header the day, for a story of a newsletter too. Raises
    EmptyPage for a mail without text.
    """
    message = message_from_bytes(body.lstrip(b"\r\n \t"), policy=policy.default)
    facts = _facts(message)
    html, text, notes = _bodies(message)
    documents: tuple[Document, ...] = ()
    if html:
        documents = read_fragment(html, origin, facts, method="mail", notes=notes)
    if not documents and text.strip():
        documents = _read_text(text, origin, facts, notes)
    if not documents:
        raise EmptyPage("the mail holds no text", hint="It may carry attachments or images only.")
    return documents


def _header(message: Message, name: str) -> str:
    try:
        return clean_line(str(message.get(name, "")).replace("\n", " "))
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        # The standard library's header parser fails on some malformed headers.
        return ""


def _facts(message: Message) -> Facts:
    sender = _header(message, "From")
    name = re.sub(r"<[^>]*>", "", sender).strip(" \"'") or None
    moment = _date(message)
    return Facts(
        title=_PREFIX.sub("", _header(message, "Subject")) or None,
        published=moment,
        date_source="mail" if moment else None,
        publisher=name if name and "@" not in name else None,
    )


def _date(message: Message) -> Moment | None:
    try:
        stamp = parsedate_to_datetime(_header(message, "Date"))
    except (TypeError, ValueError, IndexError):
        return None
    if not stamp.date() >= EARLIEST or stamp.year > 2100:
        return None
    if stamp.tzinfo is None:
        return Moment(day=stamp.date())
    floating = stamp.utcoffset() == timedelta(0)
    return Moment(day=stamp.date(), instant=stamp.astimezone(UTC), floating=floating)


def _bodies(message: Message) -> tuple[str, str, tuple[str, ...]]:
    """The longest HTML part, the first text part, and notes on what was wrong with them."""
    html, text = "", ""
    notes: tuple[str, ...] = ()
    for part in _parts(message):
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        decoded = decode(payload, _charset(part))
        if part.get_content_type() == "text/html":
            html = max(html, decoded.text, key=len)
        else:
            text = text or normalise_newlines(decoded.text)
        notes += decoded.notes
    return html, text, notes


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _parts(message: Message) -> Iterator[Message]:
    for part in message.walk():
        attached = isinstance(part, EmailMessage) and part.is_attachment()
        if part.get_content_type() in ("text/html", "text/plain") and not attached:
            yield part


def _read_text(
    text: str, origin: Origin, facts: Facts, notes: tuple[str, ...]
) -> tuple[Document, ...]:
    stories = _text_stories(text)
    if len(stories) > 1:
        return tuple(
            make_document(
                origin,
                story,
                replace(facts, title=find_title(story), url=address, agency=find_agency(story)),
                method="mail-text",
                skip=furniture_spans(story),
                notes=notes,
            )
            for story, address in stories
        )
    whole = replace(facts, agency=find_agency(text), title=facts.title or find_title(text))
    skip = furniture_spans(text)
    return (make_document(origin, text, whole, method="mail-text", skip=skip, notes=notes),)


def _text_stories(text: str) -> list[tuple[str, str]]:
    """Parts of a text newsletter between ruled lines that have a headline, text and an address."""
    found = []
    for part in _RULE.split(text):
        story = part.strip("\n")
        address = _ADDRESS.search(story)
        title = find_title(story)
        if address is None or title is None or boilerplate_family(title):
            continue
        words = len(_ADDRESS.sub("", story).split()) - len(title.split())
        if words >= _STORY_WORDS:
            found.append((story, address[0].rstrip(".,;")))
    return found
