"""Templates: every value is escaped, and stripped of what steers a reader's screen."""

from __future__ import annotations

import functools
import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from lodewire.model.entity import Entity
from lodewire.model.plain import plain
from lodewire.model.tier import Part
from lodewire.ontology.desks import load_desks
from lodewire.ontology.event_types import load_event_types
from lodewire.publish import words
from lodewire.publish.page import safe_url
from lodewire.web import languages, spoken
from lodewire.web.site import Ask, Page, Site
from lodewire.workbench.answers.entities import PAGED
from lodewire.workbench.profiles.countries import note_words

if TYPE_CHECKING:
    from jinja2 import Environment

KINDS = PAGED
"""What has a page of its own, and the first part of its path."""

STATIC = {
    "site.css": "text/css; charset=utf-8",
    "editor.css": "text/css; charset=utf-8",
    "editor.js": "text/javascript; charset=utf-8",
    "analyst.css": "text/css; charset=utf-8",
    "table.js": "text/javascript; charset=utf-8",
    "mark.svg": "image/svg+xml",
    "passkey.js": "text/javascript; charset=utf-8",
}


@functools.cache
def asset(name: str) -> bytes:
    """Return a file of ours that pages link to."""
    return (resources.files("lodewire.web") / "static" / name).read_bytes()


@functools.cache
def asset_path(name: str) -> str:
    """Return its path; it changes with its bytes, so that it can be kept for ever."""
    stem, _, ending = name.rpartition(".")
    return f"/static/{stem}.{hashlib.sha256(asset(name)).hexdigest()[:12]}.{ending}"


def entity_path(entity: Entity) -> str:
    """Return the path of an entity's page; nothing for a kind that has none."""
    kind = KINDS.get(entity.type)
    return f"/{kind}/{entity.id}" if kind else ""


def _finalize(value: Any) -> Any:
    # Markup is ours, made of what was escaped before.
    if isinstance(value, str) and not isinstance(value, Markup):
        return plain(value)
    return value


@functools.cache
def environment() -> Environment:
    """Return the template environment."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("lodewire.web", "templates"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        finalize=_finalize,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # What a message is given is escaped like any value.
    made.install_gettext_callables(  # type: ignore[attr-defined]
        languages._, languages.ngettext, newstyle=True
    )
    made.filters["spoken"] = spoken.word
    made.globals.update(
        amount=languages.amount_words,
        asset=asset_path,
        band_word=spoken.band_word,
        check_marks=words.MARKS,
        conflict_words=words.conflict_words,
        copies_words=spoken.copies_words,
        correction_words=words.correction_words,
        current=languages.current,
        day_words=languages.day_words,
        desk_titles=spoken.Spoken({d: told.title for d, told in load_desks().items()}),
        edit_words=words.edit_words,
        entity_path=entity_path,
        family_word=spoken.family_word,
        grouping_word=spoken.grouping_word,
        languages=tuple(languages.LANGUAGES.values()),
        measure_word=spoken.measure_word,
        month_words=languages.month_words,
        note_words=note_words,
        number_words=words.number_words,
        origin_words=spoken.origin_words,
        path_in=languages.path_in,
        percent=languages.percent_words,
        reason_words=words.reason_words,
        reliance_words=spoken.reliance_words,
        rounded=languages.rounded_words,
        safe_url=safe_url,
        sample_notice=spoken.sample_notice,
        sources_words=spoken.sources_words,
        standing_word=spoken.standing_word,
        tier_word=spoken.tier_word,
        type_labels=spoken.Spoken({t: told.label for t, told in load_event_types().items()}),
        undisclosed_words=words.undisclosed_words,
        weekday_words=languages.weekday_words,
        word=spoken.word,
    )
    return made


def linked_json(told: dict[str, Any]) -> Markup:
    """Return JSON-LD that cannot end the element it stands in, whatever its values hold."""
    text = json.dumps(_cleaned(told), ensure_ascii=True, sort_keys=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - no sign of HTML is left in it


def _cleaned(told: Any) -> Any:
    if isinstance(told, str):
        return plain(told)
    if isinstance(told, dict):
        return {k: _cleaned(v) for k, v in told.items() if v is not None}
    if isinstance(told, list):
        return [_cleaned(v) for v in told]
    return told


def render(
    site: Site,
    ask: Ask,
    template: str,
    *,
    heading: str,
    summary: str = "",
    status: int = 200,
    feeds: str = "",
    linked: dict[str, Any] | None = None,
    kind: str = "website",
    path: str = "",
    index: bool = True,
    private: bool = False,
    scripts: tuple[str, ...] = (),
    styles: tuple[str, ...] = (),
    **values: Any,
) -> Page:
    """Return a page of the site.

    ``heading`` and ``summary`` stand in title, description and OpenGraph; ``feeds`` is the path
    before ``feed.rss``; ``linked`` is JSON-LD; ``path`` the canonical path where it is another
    than the one asked for; ``index`` whether search engines may list it; ``private`` whether it is
    one person's; ``scripts`` and ``styles`` the site's own modules and sheets that it loads.
    """
    text = (
        environment()
        .get_template(template)
        .render(
            site=site,
            ask=ask,
            heading=heading,
            summary=" ".join(summary.split())[:300],
            feeds=feeds,
            linked=linked_json(linked) if linked else "",
            kind=kind,
            canonical=site.absolute(languages.path_in(languages.current().tag, path or ask.path)),
            index=index,
            scripts=scripts,
            styles=styles,
            has_tools=site.sees(Part.TOOLS),
            has_accounts=site.accounts is not None and not site.accounts.is_closed,
            **values,
        )
    )
    body = languages.keep_language(text).encode("utf-8", "replace")
    return Page(body=body, status=status, private=private, scripts=scripts)
