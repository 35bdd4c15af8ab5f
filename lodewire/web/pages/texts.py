"""About, privacy, cookies, terms: Markdown of the desk's folder, else the package's own.

A desk puts its texts into ``pages/about.md`` (for German ``pages/about.de.md``). What stands in
braces is filled from desk.toml: {name}, {title}, {address}, {contact}.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from importlib import resources

from markupsafe import Markup

from lodewire.publish.prose import prose_html
from lodewire.web.languages import LANGUAGES, SOURCE, _, current
from lodewire.web.rendering import render
from lodewire.web.site import Ask, Page, Site

TEXTS = ("about", "privacy", "cookies", "terms")
FOLDER = "pages"
MOST_BYTES = 200_000
_PLACE = re.compile(r"\{(name|title|address|contact)\}")


def text(site: Site, ask: Ask) -> Page:
    """One of the desk's own texts."""
    name = ask.path.strip("/")
    heading = {
        "about": _("About"),
        "privacy": _("Privacy"),
        "cookies": _("Cookies"),
        "terms": _("Terms of use"),
    }[name]
    summary = f"{site.name}: {heading}"
    body = text_of(site, name)
    return render(site, ask, "text.html.j2", heading=heading, summary=summary, body=body)


def text_of(site: Site, name: str) -> Markup:
    """Return a text as HTML in the language asked for, else in the desk's, else in English."""
    for tag in dict.fromkeys((current().tag, site.language, SOURCE)):
        found = _own(site, name, tag) or _packaged(name, tag)
        if found is not None:
            return Markup(prose_html(_filled(site, found)))  # noqa: S704 - prose_html escapes
    return Markup("")


def every_text(site: Site) -> Iterator[str]:
    """Yield the desk's texts in every language as Markdown: what it tells everybody."""
    for name in (*TEXTS, "methods"):
        for tag in LANGUAGES:
            found = _own(site, name, tag) or _packaged(name, tag)
            if found is not None:
                yield found


def _own(site: Site, name: str, tag: str) -> str | None:
    if site.root is None:
        return None
    names = (f"{name}.{tag}.md", f"{name}.md") if tag == site.language else (f"{name}.{tag}.md",)
    for file in (site.root / FOLDER / n for n in names):
        try:
            with file.open("rb") as opened:
                return opened.read(MOST_BYTES).decode("utf-8-sig", "replace")
        except OSError:
            continue
    return None


@functools.cache
def _packaged(name: str, tag: str) -> str | None:
    ending = "" if tag == SOURCE else f".{tag}"
    file = resources.files("lodewire.web") / "texts" / f"{name}{ending}.md"
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _filled(site: Site, told: str) -> str:
    contact = site.contact or _("(no address is told in desk.toml)")
    values = {"name": site.name, "title": site.title, "address": site.address, "contact": contact}
    return _PLACE.sub(lambda m: _plain(values[m[1]]), told)


def _plain(value: str) -> str:
    """A value stands in Markdown as words, but for an address, which may be a link."""
    if re.fullmatch(r"[\w.+-]+@[\w.-]+", value):
        return f"[{value}](mailto:{value})"
    if re.fullmatch(r"https?://[^\s()<>\[\]\\]+", value):
        return f"[{value}]({value})"
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|&~])", r"\\\1", " ".join(value.split()))
