"""A correction on the site: the log, the notice at the brief, the page of what was withdrawn."""

from __future__ import annotations

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from lodewire.ledger import open_ledger
from tests.cli.command import lodewire
from tests.web.conftest import asking
from tests.web.made import fill


def test_what_was_withdrawn_is_told_and_its_page_is_gone(tmp_path: Path) -> None:
    """The reason is an editor's words, so they are words."""
    with open_ledger(tmp_path / "desk.db", create=True) as ledger:
        get = asking(fill(ledger, tmp_path))
        assert "No brief was corrected." in get("/corrections").text
        found = re.search(r'id="(ev_[a-z0-9]+)"', get("/").text)
        assert found is not None
        assert get(f"/event/{found[1]}").status_code == 200
        reason = "<script>alert(9)</script> never happened"
        lodewire("review", "retract", found[1], "--reason", reason, "-d", tmp_path)

        gone = get(f"/event/{found[1]}")
        assert gone.status_code == 404
        assert "withdrawn" in gone.text
        log = LexborHTMLParser(get("/corrections").text)
        assert not log.css("script")
        assert reason in log.css_first("main").text()  # type: ignore[union-attr]
        link = log.css_first('main a[href^="/brief/"]')
        assert link is not None
        brief = LexborHTMLParser(get((link.attributes["href"] or "").split("#")[0]).text)
        notices = [n.text() for n in brief.css(".correction")]
        assert any(reason in n for n in notices)
        assert get("/sitemap.xml").status_code == 200
        assert get("/feed.rss").status_code == 200
