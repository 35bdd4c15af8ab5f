"""From a capture to its documents: the one door into this package.

>>> from lodewire.text.reader import read_capture
>>> documents = read_capture(capture)  # doctest: +SKIP
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lodewire.errors import ReadError
from lodewire.model.capture import Capture
from lodewire.model.document import Document
from lodewire.text.assembly import Facts, Origin
from lodewire.text.cleaning import PageFrame, join_blocks
from lodewire.text.decode import decode, normalise_newlines
from lodewire.text.feed import read_entry, read_feed
from lodewire.text.html_page import read_fragment, read_html
from lodewire.text.mail import read_mail
from lodewire.text.main_text import choose, read_main_text
from lodewire.text.metadata import read_metadata
from lodewire.text.pdf import read_pdf
from lodewire.text.plain import read_plain
from lodewire.text.scan import scan
from lodewire.text.sniff import FileKind, inflate, sniff

if TYPE_CHECKING:
    from lodewire.text.block_model import BlockModel

_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)


def read_capture(capture: Capture) -> tuple[Document, ...]:
    """Return the documents of a capture, in page order: an article before its teasers.

    The kind is sniffed from the bytes; a wrong declared type or charset is
    corrected and noted in ``Document.notes``. Pure: the same capture gives the same documents.

    HTML text is the article's body without headline and boilerplate. Plain text is kept as given;
    its boilerplate lines are only left out of ``Document.sentences``.

    Raises EmptyPage (nothing to read), UnsupportedFormat (image, archive, program, …), BrokenFile
    (damaged, locked, decompression bomb), or ReadError itself for a file over its size limit.
    """
    origin = Origin.of(capture)
    entry = capture.entry
    carried = entry is not None and (entry.content_html or entry.summary_html)
    if carried and not capture.body.strip():
        return read_entry(origin)
    body = inflate(capture.body)
    kind = sniff(body, capture.media_type, capture.url)
    if kind is FileKind.FEED:
        return read_entry(origin) if carried else read_feed(body, origin)
    if kind is FileKind.PDF:
        return read_pdf(body, origin)
    if kind is FileKind.MAIL:
        return read_mail(body, origin)
    decoded = decode(body, capture.charset)
    if kind is FileKind.TEXT:
        return read_plain(normalise_newlines(decoded.text), origin, decoded.notes)
    if entry is not None and not _WHOLE_PAGE.search(decoded.text[:4096]):
        return _read_feed_fragment(decoded.text, origin, decoded.notes)
    return read_html(decoded.text, origin, decoded.notes)


def _read_feed_fragment(html: str, origin: Origin, notes: tuple[str, ...]) -> tuple[Document, ...]:
    entry = origin.entry
    assert entry is not None
    moment = origin.feed_moment()
    facts = Facts(
        title=entry.title,
        url=entry.link or origin.public_url,
        published=moment,
        date_source="feed" if moment else None,
        language=entry.language,
        authors=entry.authors,
    )
    documents = read_fragment(html, origin, facts, method="feed", notes=notes)
    return documents or read_entry(replace(origin))


def extract_main_text(html: str | bytes, model: BlockModel | None = None) -> str:
    """Return the main text of an HTML page, one paragraph a line; empty when there is none.

    The same extraction and cleaning as ``read_capture``, without splitting the page; ``model``
    stands in for the package's own.
    """
    if isinstance(html, bytes):
        try:
            html = decode(inflate(html)).text
        except ReadError:
            return ""
    page = scan(html)
    metadata = read_metadata(page, "")
    frame = PageFrame(titles=metadata.titles, authors=metadata.authors)
    return join_blocks(read_main_text(page, frame, choose(page, model)).blocks)
