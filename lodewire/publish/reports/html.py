"""A report as HTML: a body for the site, or a page of its own that needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from html import escape
from importlib import resources
from typing import Any

from lodewire.publish.page import safe_url

Form = Mapping[str, Any]
PictureSource = Callable[[int, Form], str]
"""Gives the address of a picture: its number in the report from 0, and its block."""


def render_body(form: Form, source: PictureSource) -> str:
    """Return contents, sections and notes as HTML; every text is escaped."""
    return "".join(_body(form, source))


def render_page(form: Form) -> str:
    """Return one page with style and pictures inside; nothing is fetched, nothing runs."""
    style = (resources.files("lodewire.publish.reports") / "report.css").read_text("utf-8")
    title = escape(form["title"])
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    notice = f'<p class="notice">{escape(form["notice"])}</p>' if form["notice"] else ""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
        f"<title>{title}</title><style>{style}</style></head><body><main>"
        f'<p class="kind">{escape(form["kind"])} report</p><h1>{title}</h1>'
        f'<p class="sub">{escape(form["subtitle"])}</p>{notice}'
        f"{render_body(form, _inside)}"
        f"<footer>{escape(form['desk'])}, {escape(form['day_words'])}</footer>"
        "</main></body></html>\n"
    )


def pictures_of(form: Form) -> list[Form]:
    """Return the picture blocks of a report in their order."""
    return [b for s in form["sections"] for b in s["blocks"] if b["type"] == "picture"]


def _inside(_: int, block: Form) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(block["svg"].encode()).decode("ascii")


def _body(form: Form, source: PictureSource) -> Iterator[str]:
    yield '<nav class="contents" aria-label="Contents"><ol>'
    for section in form["sections"]:
        yield f'<li><a href="#{_id(section)}">{escape(section["title"])}</a></li>'
    yield "</ol></nav>"
    shown = _Shown(source)
    for section in form["sections"]:
        yield f'<section aria-labelledby="{_id(section)}">'
        yield f'<h2 id="{_id(section)}">{escape(section["title"])}</h2>'
        if section["editor"]:
            yield '<p class="by">Written by the editor.</p>'
        for block in section["blocks"]:
            yield shown.block(block)
        yield "</section>"
    if form["notes"]:
        yield '<section aria-labelledby="notes"><h2 id="notes">Evidence</h2><ol class="notes">'
        for number, note in enumerate(form["notes"], 1):
            yield _note(number, note)
        yield "</ol></section>"


def _id(section: Form) -> str:
    return "s-" + "".join(c if c.isalnum() and c.isascii() else "-" for c in section["id"])


class _Shown:
    """Blocks as HTML; pictures are counted."""

    def __init__(self, source: PictureSource) -> None:
        self._source = source
        self._pictures = 0
        self._tables = 0

    def block(self, block: Form) -> str:
        if block["type"] == "paragraph":
            return f"<p>{self._words(block['words'])}</p>"
        if block["type"] == "heading":
            return f"<h3>{self._words(block['words'])}</h3>"
        if block["type"] == "bullets":
            tag = "ol" if block["numbered"] else "ul"
            lines = "".join(f"<li>{self._words(line)}</li>" for line in block["lines"])
            return f"<{tag}>{lines}</{tag}>"
        if block["type"] == "table":
            return self._table(block)
        address = self._source(self._pictures, block)
        self._pictures += 1
        label = f"Picture {self._pictures}"
        return (
            f'<figure class="chart"><div class="scroll" role="region" tabindex="0" '
            f'aria-label="{label}"><img src="{escape(address)}" alt="{escape(block["alt"])}">'
            "</div></figure>"
        )

    def _table(self, block: Form) -> str:
        right = set(block["right"])

        def side(at: int) -> str:
            return ' class="n"' if at in right else ""

        heads = "".join(
            f'<th scope="col"{side(at)}>{escape(name)}</th>'
            for at, name in enumerate(block["columns"])
        )
        rows = "".join(
            "<tr>"
            + "".join(f"<td{side(at)}>{self._words(c)}</td>" for at, c in enumerate(row))
            + "</tr>"
            for row in block["rows"]
        )
        caption = escape(block["caption"])
        self._tables += 1
        label = f"Table {self._tables}"
        return (
            f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table>'
            f"{f'<caption>{caption}</caption>' if caption else ''}<thead><tr>{heads}</tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )

    def _words(self, runs: list[Form]) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Form) -> str:
        text = escape(run["text"])
        if run.get("bold"):
            text = f"<b>{text}</b>"
        if run.get("italic"):
            text = f"<i>{text}</i>"
        link = run.get("link", "")
        if link and (safe := safe_url(link)):
            text = f'<a href="{escape(safe)}" rel="noopener noreferrer nofollow">{text}</a>'
        return text + "".join(self._mark(n) for n in run.get("notes", ()))

    def _mark(self, note: Form) -> str:
        number = int(note["n"])
        back = f' id="from-{number}"' if note["first"] else ""
        return f'<sup><a{back} href="#note-{number}" aria-label="Note {number}">{number}</a></sup>'


def _note(number: int, note: Form) -> str:
    title, safe = escape(note["title"]), safe_url(note["url"])
    linked = (
        f'<a href="{escape(safe)}" rel="noopener noreferrer nofollow ugc">'
        f"{title or escape(safe)}</a>"
        if safe
        else title
    )
    when = f", {escape(note['published'])}" if note["published"] else ""
    return (
        f'<li id="note-{number}">“{escape(note["quote"])}” {escape(note["publisher"])}{when}: '
        f'{linked} <a href="#from-{number}" aria-label="Back to the text">↑</a></li>'
    )
