"""PDF files: text in reading order, lines joined to paragraphs, running heads removed."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lodewire.errors import BrokenFile, EmptyPage
from lodewire.model.document import Document
from lodewire.text.assembly import Facts, Origin, make_document
from lodewire.text.blocks import Block, BlockKind
from lodewire.text.boilerplate import looks_like_sentence, normalise
from lodewire.text.bylines import find_agency
from lodewire.text.cleaning import PageFrame, clean_blocks, join_blocks
from lodewire.text.dates import Moment, parse_moment
from lodewire.text.decode import clean_line
from lodewire.text.plain import find_publication, find_title

if TYPE_CHECKING:
    from pypdf import PdfReader

PAGE_LIMIT = 200
_TEXT_LIMIT = 2_000_000  # characters
_LEAST_CHARACTERS = 40
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?\W*$", re.I
)
_HYPHEN_END = re.compile(r"(\w+)[-\u00ad\u2010]$")
_SENTENCE_END = re.compile(r"[.!?:;。！？][\"'”’»)\]]*$")
_BULLET = re.compile(r"^(?:[•●▪■◦‣·*–-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_TOOL_TITLE = re.compile(
    r"microsoft word|untitled|\.(?:docx?|pdf|indd|pptx?|qxd)\b|^\W*$", re.IGNORECASE
)
# Compounds that keep their hyphen when a line breaks after the first part.
_HYPHEN_PREFIX = frozenset(
    "non long short high low mid well self pre post re co ex anti semi multi cross year month "
    "third half open state large small medium full part on off in out over under mine first "
    "second one two three four".split()
)


def read_pdf(body: bytes, origin: Origin) -> tuple[Document, ...]:
    """Return the one document of a PDF.

    Read are the first PAGE_LIMIT pages. Raises BrokenFile for a damaged or locked file and
    EmptyPage for one that holds images only.
    """
    reader = _open(body)
    pages, notes = _pages(reader)
    lines = _without_running_heads(pages)
    text = "\n".join(join_lines(lines))
    if len(text.strip()) < _LEAST_CHARACTERS:
        raise EmptyPage(
            "the PDF holds no text, only images", hint="Run it through text recognition (OCR)."
        )
    declared = _declared_title(reader)
    title = declared or find_title(text) or (origin.entry.title if origin.entry else None)
    moment, source = find_publication(text, origin)
    if moment is None:
        moment = _creation(reader)
        source = "file" if moment else None
    facts = Facts(
        title=title,
        url=origin.public_url,
        published=moment,
        date_source=source,
        authors=_authors(reader),
        agency=find_agency(text),
    )
    blocks = [Block(kind=BlockKind.PARAGRAPH, text=line) for line in text.split("\n") if line]
    kept = clean_blocks(blocks, PageFrame(titles=(title,) if title else ()))
    clean = join_blocks(kept) or text
    return (make_document(origin, clean, facts, method="pypdf", notes=notes),)


def _open(body: bytes) -> PdfReader:
    from pypdf import PdfReader

    # pypdf reports each oddity of a damaged file; what matters becomes an error or a note.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(body), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    except Exception as error:  # a damaged file makes pypdf raise nearly anything
        raise _broken(error) from error
    if locked:
        raise BrokenFile("the PDF is locked with a password", hint="Save it without the password.")
    if not count:
        raise BrokenFile("the PDF has no pages", hint="Fetch the file again.")
    return reader


def _broken(error: Exception) -> BrokenFile:
    detail = clean_line(str(error))[:120] or type(error).__name__
    return BrokenFile(f"the PDF is damaged: {detail}", hint="Fetch the file again.")


def _pages(reader: PdfReader) -> tuple[list[list[str]], list[str]]:
    notes: list[str] = []
    pages: list[list[str]] = []
    unread = size = 0
    total = len(reader.pages)
    for number in range(min(total, PAGE_LIMIT)):
        try:
            text = reader.pages[number].extract_text() or ""
        except Exception:  # one damaged page must not hide the others
            unread += 1
            continue
        size += len(text)
        pages.append([clean_line(line) for line in text.split("\n")])
        if size > _TEXT_LIMIT:
            break
    if unread and not pages:
        raise BrokenFile("no page of the PDF could be read", hint="Fetch the file again.")
    if unread:
        notes.append(f"{unread} damaged pages were left out")
    if total > len(pages) + unread:
        notes.append(f"read {len(pages)} of {total} pages")
    return pages, notes


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[str]:
    """All lines in order, without page numbers and lines that most pages open or close with."""
    edges: Counter[str] = Counter()
    for page in pages:
        filled = [line for line in page if line and not looks_like_sentence(line)]
        edges.update({_mask(line) for line in (*filled[:2], *filled[-2:])})
    often = max(3, len(pages) // 2)
    repeated = {line for line, count in edges.items() if count >= often}
    return [
        line
        for page in pages
        for line in page
        if not line or not (_PAGE_NUMBER.match(line) or _mask(line) in repeated)
    ]


def _mask(line: str) -> str:
    return re.sub(r"\d+", "0", normalise(line))


def join_lines(lines: Sequence[str]) -> list[str]:
    """Join the lines of a printed column to paragraphs and mend words cut at a line's end."""
    words = set(re.findall(r"[\w-]+", "\n".join(lines).lower()))
    width = _usual_width(lines)
    paragraphs: list[str] = []
    current = ""
    last = 0
    for line in lines:
        if not line:
            if current and _SENTENCE_END.search(current):
                paragraphs.append(current)
                current = ""
            continue
        if current and _goes_on(current, last, line, width):
            current = _mend(current, line, words)
        else:
            if current:
                paragraphs.append(current)
            current = line
        last = len(line)
    if current:
        paragraphs.append(current)
    return paragraphs


def _usual_width(lines: Sequence[str]) -> int:
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _goes_on(current: str, last: int, line: str, width: int) -> bool:
    """Tell whether ``line`` continues the paragraph whose last line had ``last`` characters."""
    if _BULLET.match(line):
        return False
    if _HYPHEN_END.search(current) or line[0].islower():
        return True
    full = last >= 0.75 * width
    if _SENTENCE_END.search(current):
        return full and last >= 0.9 * width
    return full


def _mend(current: str, line: str, words: set[str]) -> str:
    cut = _HYPHEN_END.search(current)
    if cut is None or not line[0].isalpha():
        return f"{current} {line}" if cut is None else current + line
    head = cut[1].lower()
    tail = re.match(r"\w+", line)
    joined = head + (tail[0].lower() if tail else "")
    compound = f"{head}-{tail[0].lower() if tail else ''}"
    keeps = line[0].isupper() or head in _HYPHEN_PREFIX or head[-1].isdigit()
    if (compound in words or keeps) and joined not in words:
        return current + line
    return current[: cut.end(1)] + line


def _declared_title(reader: PdfReader) -> str | None:
    try:
        title = (
            clean_line((reader.metadata.title or "").replace("\n", " ")) if reader.metadata else ""
        )
    except Exception:  # metadata is as damaged as the rest
        return None
    return title if 15 <= len(title) <= 250 and not _TOOL_TITLE.search(title) else None


def _creation(reader: PdfReader) -> Moment | None:
    try:
        stamp = reader.metadata.creation_date if reader.metadata else None
    except Exception:  # as above
        return None
    return parse_moment(stamp.isoformat()) if stamp else None


def _authors(reader: PdfReader) -> tuple[str, ...]:
    try:
        author = clean_line(reader.metadata.author or "") if reader.metadata else ""
    except Exception:  # as above
        return ()
    return (author,) if len(author.split()) in (2, 3) and author.isascii() else ()
