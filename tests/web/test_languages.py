"""The site in German and Japanese: every word translated, links keep the language."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from selectolax.lexbor import LexborHTMLParser

from lodewire.publish.frame import load_frames
from lodewire.web import languages
from lodewire.web.languages import LANGUAGES, keep_language, path_in, speaking, split_path
from lodewire.web.site import Site
from lodewire.web.spoken import REFUSALS, table_words
from tests.web.conftest import Ask, asking

WEB = Path(__file__).resolve().parents[2] / "lodewire" / "web"
OTHERS = [tag for tag in LANGUAGES if tag != "en"]
_PLACES = re.compile(r"%\(\w+\)s")


def _messages() -> set[str | tuple[str, ...]]:
    """Every message of templates, code and tables."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    methods = [("**.py", "python"), ("**/templates/**.j2", "jinja2")]
    found = {
        told[2]
        for told in extract_from_dir(str(WEB), methods, keywords=keywords)  # type: ignore[arg-type]
    }
    return found | set(table_words())


def _catalogue(tag: str) -> Catalog:
    return read_po(io.BytesIO((WEB / "locales" / f"{tag}.po").read_bytes()), locale=tag)


@pytest.mark.parametrize("tag", OTHERS)
def test_every_word_is_translated_and_none_is_left_over(tag: str) -> None:
    """A catalogue holds just what the site says, with the same places for values."""
    catalogue = _catalogue(tag)
    known = {m.id if isinstance(m.id, str) else m.id[0]: m for m in catalogue if m.id}
    wanted = {m if isinstance(m, str) else m[0] for m in _messages()}
    assert wanted - set(known) == set()
    assert set(known) - wanted == set()
    for id_, message in known.items():
        told = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(told), id_
        for one in told:
            assert sorted(_PLACES.findall(one)) == sorted(_PLACES.findall(id_)), id_
            assert "%" not in _PLACES.sub("", one), id_


@pytest.mark.parametrize("tag", OTHERS)
@pytest.mark.parametrize(
    "path", ["/", "/commodity/copper", "/country/CL", "/trends", "/search?q=copper", "/reports"]
)
def test_links_stay_in_the_language(ask: Ask, tag: str, path: str) -> None:
    """All but files of ours and other languages; the page tells its language and its others."""
    page = LexborHTMLParser(ask(f"/{tag}{path}").text)
    assert page.css_first("html").attributes["lang"] == tag  # type: ignore[union-attr]
    allowed = tuple(f"/{t}/" for t in LANGUAGES)
    for link in page.css("a[href^='/'], form[action^='/']"):
        target = link.attributes.get("href") or link.attributes.get("action") or ""
        assert target.startswith(allowed), target
    others = {link.attributes["hreflang"] for link in page.css("link[hreflang]")}
    assert others in (set(LANGUAGES), set())
    canonical = page.css_first("link[rel=canonical]").attributes["href"]  # type: ignore[union-attr]
    assert canonical == f"https://desk.example.org/{tag}{path.partition('?')[0]}"


def test_a_redirect_stays_in_the_language(ask: Ask) -> None:
    """To another page of the site; an unknown path is told in the language."""
    assert ask("/de/site/copper").headers["location"] == "/de/commodity/copper"
    assert "Suche" in ask("/de/nothing").text
    assert ask("/en/about").status_code == 200
    assert ask("/fr/about").status_code == 404


def test_a_desk_of_another_language_has_it_at_its_root(site: Site) -> None:
    """The desk's language has no first part; English then has one."""
    get = asking(replace(site, language="de"))
    page = LexborHTMLParser(get("/commodities").text)
    assert page.css_first("h1").text() == "Rohstoffe"  # type: ignore[union-attr]
    assert page.css("a[href='/commodity/copper']")
    english = LexborHTMLParser(get("/en/commodities").text)
    assert english.css("a[href='/en/commodity/copper']")


def test_dates_and_numbers_are_those_of_the_language() -> None:
    """Days, months, separators, percentages."""
    told = {}
    for tag in LANGUAGES:
        with speaking(tag):
            told[tag] = (
                languages.day_words(date(2025, 3, 28)),
                languages.month_words("2025-03"),
                languages.amount_words(Decimal("12345.6")),
                languages.percent_words(Decimal("0.2433")),
            )
    assert told["en"] == ("28 March 2025", "March 2025", "12,345.6", "24.3\N{NO-BREAK SPACE}%")
    assert told["de"] == ("28. März 2025", "März 2025", "12.345,6", "24,3\N{NO-BREAK SPACE}%")
    assert told["ja"] == ("2025年3月28日", "2025年3月", "12,345.6", "24.3%")


def test_a_path_and_its_language_part_and_come_together() -> None:
    """Only whole first parts are languages; a text that looks like a link stays as it is."""
    assert set(load_frames()) == set(LANGUAGES), "mails lead to pages in the language they speak"
    assert split_path("/de", "en") == ("de", "/")
    assert split_path("/desk/x", "en") == ("en", "/desk/x")
    assert split_path("/de/desk/x", "en") == ("de", "/desk/x")
    with speaking("ja"):
        assert path_in("ja", "/x") == "/ja/x"
        assert path_in("en", "/x") == "/x"
        html = '<a href="/x">href=&#34;/x&#34;</a><a href="/de/x"><a href="//evil/x">'
        kept = '<a href="/ja/x">href=&#34;/x&#34;</a><a href="/de/x"><a href="//evil/x">'
        assert keep_language(html) == kept


def test_a_desk_puts_its_own_texts_in_place(site: Site, tmp_path: Path) -> None:
    """Markdown of the folder, by language; what it holds cannot run."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "about.md").write_text(
        "# We\n\n<script>alert(1)</script> {name} [x](javascript:alert(2)) ![y](https://e.example/y)",
        encoding="utf-8",
    )
    (folder / "about.de.md").write_text("# Wir\n", encoding="utf-8")
    get = asking(replace(site, root=tmp_path))
    page = LexborHTMLParser(get("/about").text)
    main = page.css_first("main")
    assert main is not None
    assert main.css_first("h1").text() == "We"  # type: ignore[union-attr]
    assert not main.css("script, img, a[href^='javascript']")
    assert "Desk <b>one</b>" in main.text()
    assert "Wir" in get("/de/about").text
    for name in ("privacy", "cookies", "terms"):
        text = get(f"/{name}").text
        assert "{" not in LexborHTMLParser(text).css_first("main").text()  # type: ignore[union-attr]
        assert (resources.files("lodewire.web") / "texts" / f"{name}.md").is_file()


def test_what_is_refused_is_refused_in_the_language_of_the_page(ask: Ask) -> None:
    """A page, a day and a name that are not there; each refusal that is translated is raised."""
    for path, words in (
        ("/de/nothing", "Diese Seite gibt es nicht."),
        ("/de/brief/2025-13-45", "Ein Tag wird als"),
        ("/de/commodity/unobtainium", "Suchen Sie"),
        ("/ja/event/ev_none", "検索"),
    ):
        assert words in ask(path).text, path
    code = "".join(f.read_text("utf-8") for f in WEB.parent.rglob("*.py") if f.name != "spoken.py")
    for words in REFUSALS:
        bare = words[:1].lower() + words[1:].rstrip(".")
        assert words in code or bare in code, words


def test_the_heading_of_a_catalogue_is_no_word() -> None:
    """gettext keeps it under the empty message."""
    with speaking("de"):
        assert languages._("") == ""
