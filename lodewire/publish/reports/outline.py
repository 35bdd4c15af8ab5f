"""What an editor decides of a report, in Markdown: which sections, in which order, and own ones.

A line ``{{supply}}`` puts that section there; what stands under a heading of its own (``## Our
view``) becomes a section marked as the editor's. Sections that the file does not name are left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from lodewire.errors import PublishError
from lodewire.publish.prose import prose_tokens
from lodewire.publish.reports.report import (
    Block,
    Bullets,
    Paragraph,
    ReportTable,
    Run,
    Section,
    Words,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_CHARACTERS = 100_000
_PLACE = re.compile(r"[ \t]*\{\{[ \t]*([a-z_-]+)[ \t]*\}\}[ \t]*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"##[ \t]+(.+?)[ \t]*#*")


def outlined(
    sections: Sequence[Section],
    outline: str,
    name: str = "the outline",
    possible: Collection[str] = (),
) -> list[Section]:
    """Return the sections as a Markdown outline orders them, with those that it adds.

    ``possible`` are ids of sections that this kind of report may have, and this one has not, since
    there is nothing to tell. Raises PublishError for a section that the report cannot have.
    """
    if len(outline) > MOST_CHARACTERS:
        raise PublishError(f"{name} is longer than {MOST_CHARACTERS:,} characters.", hint="Cut it.")
    known = {s.id: s for s in sections}
    made: list[Section] = []
    own: list[str] = []
    title = "Editor’s note"

    def close() -> None:
        nonlocal own
        text = "\n".join(own).strip()
        own = []
        if text:
            blocks = tuple(prose_blocks(text))
            made.append(
                Section(id=f"editor-{len(made) + 1}", title=title, blocks=blocks, editor=True)
            )

    for line in _COMMENT.sub("", outline).splitlines():
        place, heading = _PLACE.fullmatch(line), _HEADING.fullmatch(line)
        if place is not None:
            close()
            title = "Editor’s note"
            if place[1] in known:
                made.append(known[place[1]])
            elif place[1] not in possible:
                raise PublishError(
                    f"{name}: the report has no section {place[1]!r}.",
                    hint=f"It has {', '.join(possible or known)}.",
                )
        elif heading is not None:
            close()
            title = heading[1]
        else:
            own.append(line)
    close()
    return made


def outline_text(sections: Mapping[str, str]) -> str:
    """Return an outline that names every section (id -> title), to be edited."""
    lines = [f"<!-- {title} -->\n{{{{{id_}}}}}\n" for id_, title in sections.items()]
    head = "<!-- Move or delete the lines in braces; own sections stand under ## headings. -->\n"
    return "\n".join([head, *lines])


def prose_blocks(text: str) -> list[Block]:
    """Return Markdown as blocks: paragraphs, headings, lists, tables; comments are left out."""
    return list(_Blocks(prose_tokens(_COMMENT.sub("", text))).read())


class _Blocks:
    """Walks the tokens of Markdown once."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = list(tokens)
        self._at = 0

    def read(self) -> Iterable[Block]:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type in ("paragraph_open", "heading_open"):
                words = _words(self._tokens[self._at])
                self._at += 2
                yield Paragraph(words=words, heading=token.type == "heading_open")
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                yield self._list(token.type.startswith("ordered"))
            elif token.type == "table_open":
                yield self._table()
            elif token.type in ("fence", "code_block"):
                yield Paragraph(words=(Run(text=" ".join(token.content.split())),))

    def _list(self, numbered: bool) -> Bullets:
        """Lists inside a list become lines of it."""
        lines: list[Words] = []
        depth = 1
        while depth and self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type.endswith("list_open"):
                depth += 1
            elif token.type.endswith("list_close"):
                depth -= 1
            elif token.type == "inline":
                lines.append(_words(token))
        return Bullets(lines=tuple(lines), numbered=numbered)

    def _table(self) -> ReportTable:
        rows: list[list[Words]] = []
        while self._tokens[self._at].type != "table_close":
            token = self._tokens[self._at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_words(token))
            self._at += 1
        self._at += 1
        columns = tuple("".join(r.text for r in cell) for cell in rows[0])
        return ReportTable(columns=columns, rows=tuple(map(tuple, rows[1:])), caption="")


def _words(inline: Token) -> Words:
    runs: list[Run] = []
    bold = italic = 0
    link = ""
    for token in inline.children or ():
        if token.type in ("strong_open", "strong_close"):
            bold += 1 if token.type.endswith("open") else -1
        elif token.type in ("em_open", "em_close"):
            italic += 1 if token.type.endswith("open") else -1
        elif token.type == "link_open":
            link = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            link = ""
        elif token.type in ("text", "code_inline", "softbreak", "hardbreak"):
            text = token.content or " "
            runs.append(Run(text=text, bold=bold > 0, italic=italic > 0, link=link))
    return tuple(runs)
