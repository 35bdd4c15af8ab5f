"""What the analyst's pages share: who may see them, and how a refusal is told on them."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from lodewire.errors import LodewireError
from lodewire.model.account import AccountId
from lodewire.model.plain import plain
from lodewire.model.tier import Part
from lodewire.web.forms import form_page
from lodewire.web.languages import _
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Page, Site

STYLE = "analyst.css"
# What a hint says of commands is of no use on a page.
_COMMAND = re.compile(r"[;,]?\s*`?lodewire [a-z]+[^.?!;]*")
_OPTION = re.compile(r"--([a-z]+(?:-[a-z]+)*)")


def demand_tools(site: Site) -> None:
    """Raise Barred unless the reader sees the tools, and the values that they are made of."""
    site.demand(Part.TOOLS)
    site.demand(Part.FULL_TEXT)


def account_of(ask: Ask) -> AccountId | None:
    """Return whose page it is; None where nobody is signed in."""
    visit = ask.viewer.visit
    return None if visit is None else AccountId(visit.standing.account.id)


def tool_page(site: Site, ask: Ask, template: str, **values: Any) -> Page:
    """Return a page of the tools: with forms for whoever is signed in, and then theirs alone."""
    if ask.viewer.visit is None or site.accounts is None:
        return render(site, ask, template, index=False, form="", styles=(STYLE,), **values)
    return form_page(site, ask, template, styles=(STYLE,), **values)


def kept_lines(text: str) -> Markup:
    """Return a text for a field of several lines: escaped, and with its ends of lines.

    Templates take those away elsewhere: they could steer what stands around a value.
    """
    return Markup("\n").join(escape(plain(line)) for line in text.splitlines())


def told_words(error: LodewireError) -> str:
    """Return what is wrong and what to do, in the words of a form and not of a command."""
    told = _COMMAND.sub("", error.hint or "").strip()
    hint = f" {_sentence(told)}" if told else ""
    return _OPTION.sub(
        lambda m: "“" + m[1].replace("-", " ") + "”", _sentence(error.message) + hint
    )


def _sentence(told: str) -> str:
    text = " ".join(told.split())
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", "!")) else ".")


def tabs() -> list[tuple[str, str]]:
    """Return the tools with their paths, as the pages' own navigation has them."""
    return [
        ("/table", _("Table")),
        ("/lab/scenario", _("Scenario lab")),
        ("/lab/landed-cost", _("Landed cost")),
        ("/own", _("Own exposure")),
        ("/notes", _("Notes")),
    ]
