"""Reports from the sample desk, by the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path

from pypdf import PdfReader

from lodewire.config.desk import load_desk
from lodewire.workbench.reporting.shelf import kept_reports, read_report
from tests.cli.command import lodewire


def test_a_commodity_report_has_figures_that_are_computed_again(desk: Path) -> None:
    """All forms are kept; a figure that is changed by hand is found."""
    lodewire("report", "commodity", "copper", "--desk", desk).fine()
    (kept,) = kept_reports(load_desk(desk).reports_path)
    assert (kept.slug, kept.title, kept.has_pdf) == ("commodity-copper-2025-03-28", "Copper", True)
    place = desk / "reports" / kept.slug
    pages = PdfReader(io.BytesIO((place / "report.pdf").read_bytes())).pages
    text = " ".join(" ".join(p.extract_text() for p in pages).split())
    for told in ("1 At a glance", "MCS2024", "Chile", "9 Method, vintages and sources"):
        assert told in text
    form = read_report(load_desk(desk).reports_path, kept.slug)
    events = {n["event"] for n in form["notes"]}
    assert len(events) == len(form["notes"]) > 5
    assert all(n["quote"] and n["publisher"] for n in form["notes"])
    assert sum(bool(n["url"]) for n in form["notes"]) > 5
    file = place / "report.json"
    assert " 0 not the same" in lodewire("report", "check", file).fine().out
    told = json.loads(file.read_text(encoding="utf-8"))
    hhi = next(f for f in told["figures"] if f["name"] == "hhi")
    hhi["value"] = "0.99"
    file.write_text(json.dumps(told), encoding="utf-8")
    outcome = lodewire("report", "check", file)
    assert outcome.code == 1
    assert "differs: hhi" in outcome.out
    hhi["inputs"][0]["value"] = "1"
    file.write_text(json.dumps(told), encoding="utf-8")
    assert "changed: hhi" in lodewire("report", "check", file).out


def test_every_kind_is_made_and_an_outline_orders_it(desk: Path, tmp_path: Path) -> None:
    """Country, company, deals and the week; the outline of the desk's folder holds."""
    for kind in (["country", "Chile"], ["company", "mmg"], ["deals", "--since", "2023-01-01"]):
        lodewire("report", *kind, "--desk", desk, "--html", tmp_path / f"{kind[0]}.html").fine()
    assert "What it supplies" in (tmp_path / "country.html").read_text(encoding="utf-8")
    assert "Khoemacau" in (tmp_path / "company.html").read_text(encoding="utf-8")
    assert "By kind" in (tmp_path / "deals.html").read_text(encoding="utf-8")
    outlines = desk / "reports" / "outlines"
    outlines.mkdir(parents=True)
    printed = lodewire("report", "outline", "weekly").fine().out
    assert "{{desks}}" in printed
    own = "## Our view\n\nMetals *matter*.\n\n{{top}}\n"
    (outlines / "weekly.md").write_text(own, encoding="utf-8")
    lodewire("report", "weekly", "--desk", desk, "--json", tmp_path / "weekly.json").fine()
    told = json.loads((tmp_path / "weekly.json").read_text(encoding="utf-8"))
    assert [s["title"] for s in told["sections"]] == ["Our view", "The week in ten events"]
    (outlines / "weekly.md").write_text("{{nothing}}", encoding="utf-8")
    message = lodewire("report", "weekly", "--desk", desk).refused()
    assert "no section 'nothing'" in message


def test_what_is_due_is_made_once(desk: Path) -> None:
    """A week's report is made on the first run and not on the second."""
    with (desk / "desk.toml").open("a", encoding="utf-8") as file:
        file.write('\n[reports]\nweekly = ["company mmg"]\n')
    assert "due: company mmg" in lodewire("report", "due", "--dry-run", "--desk", desk).fine().out
    assert "Kept MMG" in lodewire("report", "due", "--desk", desk).fine().out
    assert "No report is due" in lodewire("report", "due", "--desk", desk).fine().out
    assert "company-mmg-2025-03-28" in lodewire("report", "list", "--desk", desk).fine().out


def test_what_cannot_be_told_is_refused(desk: Path, new_desk: Path, tmp_path: Path) -> None:
    """Unknown names, an empty desk, a file that is no report."""
    assert (
        "no commodity goes by"
        in lodewire("report", "commodity", "unobtainium", "--desk", desk).refused()
    )
    assert (
        "no company goes by"
        in lodewire("report", "company", "Nobody & Sons", "--desk", desk).refused()
    )
    page = tmp_path / "empty.html"
    lodewire("report", "weekly", "--desk", new_desk, "--html", page).fine()
    assert "Nothing was first told" in page.read_text(encoding="utf-8")
    page.with_suffix(".json").write_text("[]", encoding="utf-8")
    assert "no" in lodewire("report", "check", page.with_suffix(".json")).refused()
