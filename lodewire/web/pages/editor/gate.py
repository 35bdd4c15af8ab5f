"""Who may work at the editor's desk, and how its pages and acts are made."""

from __future__ import annotations

import re
from typing import Any

from lodewire.config.desk import DeskConfig
from lodewire.errors import LodewireError
from lodewire.web.door import now_utc
from lodewire.web.forms import accounts_of, form_page, visit_of
from lodewire.web.languages import _
from lodewire.web.site import Ask, Missing, Page, Site
from lodewire.workbench.accounts.paths import local_path
from lodewire.workbench.review.editing import Editor

SCRIPT = "editor.js"
LONGEST_REASON = 300
"""Characters of a reason; more is cut, for readers see it in the corrections."""

_COMMAND = re.compile(r"lodewire |--[a-z]")


def demand_editor(site: Site, ask: Ask) -> DeskConfig:
    """Return the desk for who edits it.

    Raises SignInFirst where nobody is signed in. Whoever else is signed in is told that there is no
    such page, as of any page that is not there.
    """
    accounts = accounts_of(site)
    if not visit_of(ask).standing.edits:
        raise Missing(_("There is no such page."), _("It may have moved; search for what it told."))
    return accounts.desk


def editor_of(site: Site, ask: Ask) -> Editor:
    """Return who acts, with the reason of the form; readers see their name, or the desk's."""
    account = visit_of(ask).standing.account
    reason = " ".join(ask.form.get("reason", "").split())[:LONGEST_REASON]
    return Editor(
        author=account.name.strip() or site.name, at=now_utc(), reason=reason, actor=account.id
    )


def editor_page(site: Site, ask: Ask, template: str, *, status: int = 200, **values: Any) -> Page:
    """Return a page of the editor's desk, with the token of its forms; no cache keeps it."""
    return form_page(
        site,
        ask,
        f"editor/{template}",
        status=status,
        scripts=(SCRIPT,),
        **{"problem": "", "hint": "", **values},
    )


def back_of(ask: Ask, default: str) -> str:
    """Return the page that a form came from, if it is one of the editor's desk."""
    told = local_path(ask.form.get("back", ""))
    return told if told.startswith("/editor/") else default


def hint_of(error: LodewireError) -> str:
    """Return the hint of an error, unless it is for who sits at the command line."""
    told = error.hint or ""
    return "" if _COMMAND.search(told) else told
