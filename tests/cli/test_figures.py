"""``lodewire figures``: what there is, loading a release, what changed, with and without a desk."""

import csv
import io
import re
from pathlib import Path

import pytest

from lodewire.reference.store import figures, store_of
from lodewire.reference.tables import write_figures
from tests.cli.command import lodewire

HEAD = "Source,Country,Type,Prod_t_2024,Prod_t_est_2025,Prod_notes,Reserves_t"
KIND = '"Mine production, cobalt content"'


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a desk, to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("nowhere")
def test_the_list_names_tables_with_years_and_vintages() -> None:
    out = lodewire("figures", "list", "--commodity", "cobalt", "--stage", "mining").fine().out
    assert "cobalt · mining" in out
    assert "production              2022 to 2025     56  usgs-mcs MCS2024, MCS2026" in out
    rows = lodewire("figures", "list", "--source", "usgs-mcs", "--format", "json").fine().json
    tables = {(r["commodity"], r["stage"]) for r in rows["rows"] if r["measured"] == "production"}
    assert len(tables) >= 60
    assert lodewire("figures", "list", "--measured", "hearsay").fine().err.startswith("No figures")


@pytest.mark.usefixtures("nowhere")
def test_figures_are_shown_with_unit_basis_source_and_state() -> None:
    out = lodewire("figures", "show", "Gallium", "--measured", "production").fine().out
    assert "production · refining · 2025 · kg, primary low-purity gallium · usgs-mcs MCS2026" in out
    assert "  CN                 900,000 e" in out
    out = lodewire("figures", "show", "lithium", "--country", "US", "--year", "2024").fine().out
    assert "withheld" in out
    told = lodewire("figures", "show", "germanium", "--measured", "net_import_reliance", "--all",
                    "--source", "usgs-mcs-reliance", "--format", "csv").fine().out  # fmt: skip
    (row,) = csv.DictReader(io.StringIO(told))
    assert (row["value"], row["state"], row["unit"]) == ("> 50", "more_than", "%")
    assert row["licence"] == "public domain (US government)"


@pytest.mark.usefixtures("nowhere")
def test_the_groups_of_a_material_are_named() -> None:
    out = lodewire("figures", "show", "dysprosium").fine().out
    assert "proxy: the same shares as terbium" in out
    assert out.splitlines()[-1].startswith("More under what it belongs to: ")
    assert "rare-earths" in out.splitlines()[-1]


@pytest.mark.usefixtures("nowhere")
def test_figures_of_a_country_need_no_commodity() -> None:
    out = lodewire("figures", "show", "--measured", "governance", "--country", "YE").fine().out
    assert "governance · political stability · 2024 · estimate, -2.5 to 2.5 · wgi 2025" in out
    assert "  YE              -2.7505641 e" in out
    assert lodewire("figures", "show").code == 2


@pytest.mark.usefixtures("nowhere")
def test_a_name_without_figures_is_told_with_near_ones() -> None:
    assert "Did you mean cobalt?" in lodewire("figures", "show", "cobaltt").refused()


@pytest.mark.usefixtures("nowhere")
def test_sources_tell_licence_and_rows() -> None:
    rows = lodewire("figures", "sources", "--format", "json").fine().json["rows"]
    assert all(r["licence"] and r["rows"] and r["whose"] == "package" for r in rows)
    assert "public domain" in lodewire("figures", "sources").fine().out


@pytest.mark.usefixtures("nowhere")
def test_changes_tell_revisions_and_definitions_apart() -> None:
    out = lodewire("figures", "changes", "MCS2024", "MCS2026").fine().out
    assert "US 2023: 44 % → 63 %\n    definition: " in out
    assert "US 2023: 57 % → 41 % (-28.1 %)" in out
    rows = lodewire("figures", "changes", "MCS2024", "MCS2026", "--commodity", "nickel",
                    "--format", "json").fine().json["rows"]  # fmt: skip
    assert {r["kind"] for r in rows} == {"revised"}
    assert "MCS2024" in lodewire("figures", "changes", "MCS1924", "MCS2026").refused()


def test_a_release_is_loaded_beside_the_desk_and_compared(new_desk: Path, tmp_path: Path) -> None:
    release = tmp_path / "mcs2027-cobal_world.csv"
    rows = [
        f"MCS2026,Congo (Kinshasa),{KIND},220000,231000,,6000000",
        f"MCS2026,World total (rounded),{KIND},296000,311000,,11000000",
        f"MCS2026,Atlantis,{KIND},1,1,,",
    ]
    release.write_text("\n".join((HEAD, *rows)).replace("Prod_t_2024", "Prod_t_2025").replace(
        "Prod_t_est_2025", "Prod_t_est_2026"), encoding="utf-8")  # fmt: skip
    told = lodewire("figures", "load", release, "--source", "usgs-mcs", "--vintage", "MCS2027",
                    "--desk", new_desk).fine().out  # fmt: skip
    assert "6 figures of usgs-mcs MCS2027 in" in told
    assert "Left out (1):" in told
    assert "Against usgs-mcs MCS2026:" in told
    assert "CD 2025: 230,000 t → 220,000 t (-4.3 %)" in told
    out = lodewire("figures", "show", "cobalt", "--stage", "mining", "--measured", "production",
                   "--desk", new_desk).fine().out  # fmt: skip
    assert "· 2026 · t, cobalt content · usgs-mcs MCS2027" in out
    store = store_of(new_desk)
    assert {f.vintage for f in store.figures(commodity="cobalt", measured="production")} >= {
        "MCS2024",
        "MCS2026",
        "MCS2027",
    }
    assert "6 reference figures of its own" in lodewire("doctor", "--desk", new_desk).out
    whose = lodewire("figures", "sources", "--desk", new_desk, "--format", "json").json["rows"]
    assert [r["vintage"] for r in whose if r["whose"] == "desk"] == ["MCS2027"]


def test_a_damaged_table_of_the_desk_is_told_with_what_to_do(new_desk: Path) -> None:
    table = new_desk / "figures" / "our-book" / "1.csv"
    table.parent.mkdir(parents=True)
    (new_desk / "figures" / "sources.toml").write_text(
        '[our-book.1]\ndescription = "x"\nurl = "y"\nlicence = "z"\n', encoding="utf-8"
    )
    table.write_text("a,b\n", encoding="utf-8")
    told = lodewire("figures", "list", "--desk", new_desk).refused()
    assert "figures/our-book/1.csv:1" in told
    assert "remove the file" in told
    assert "our-book/1.csv" in lodewire("doctor", "--desk", new_desk).out


def test_an_own_table_keeps_its_licence(new_desk: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    cobalt = figures(commodity="cobalt", stage="mining", vintage="MCS2026", country="CD")
    own = tmp_path / "own.csv"
    own.write_bytes(write_figures([replace(f, source="our-book", vintage="1") for f in cobalt]))
    load = ("figures", "load", own, "--desk", new_desk, "--source", "our-book")
    told = lodewire(*load, "--vintage", "1", "--licence", "internal").fine().out
    assert "Licence: internal" in told
    assert "no earlier vintage" in told
    assert "our-book" in lodewire(*load, "--vintage", "2").refused()


def test_what_cannot_be_loaded_is_refused_with_a_hint(new_desk: Path, tmp_path: Path) -> None:
    def load(path: Path, source: str, vintage: str) -> str:
        arguments = ("--source", source, "--vintage", vintage, "--desk", new_desk)
        return lodewire("figures", "load", path, *arguments).refused()

    assert "is no edition" in load(tmp_path, "usgs-mcs", "2026")
    assert "cannot be read" in load(tmp_path / "sub", "usgs-mcs", "MCS2026")
    assert "Give 2017 or 2023" in load(new_desk, "eu-crm", "2011")
    assert "cannot be read" in load(tmp_path / "away.csv", "own", "1")
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "columns must be" in load(tmp_path / "bad.csv", "own", "1")


@pytest.mark.usefixtures("nowhere")
def test_loading_needs_a_desk(nowhere: Path) -> None:
    file = nowhere / "x.csv"
    file.write_text(f"{HEAD}\n", encoding="utf-8")
    told = lodewire("figures", "load", file, "--source", "usgs-mcs", "--vintage", "MCS2026")
    assert "desk.toml" in told.refused()


@pytest.mark.usefixtures("nowhere")
def test_the_guide_shows_what_the_commands_print() -> None:
    guide = Path(__file__).parents[2] / "docs" / "guides" / "figures.md"
    shown = re.findall(r"```text\n\$ lodewire ([^\n]+)\n(.*?)```", guide.read_text("utf-8"), re.S)
    assert len(shown) == 2
    for command, printed in shown:
        assert lodewire(*command.split()).fine().out == printed


def test_the_table_of_the_guide_can_be_loaded(new_desk: Path, tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guides" / "figures.md").read_text("utf-8")
    (table,) = re.findall(r"```text\n(commodity,.*?)```", guide, re.S)
    file = tmp_path / "own.csv"
    file.write_text(table, encoding="utf-8")
    told = lodewire("figures", "load", file, "--source", "our-book", "--vintage", "2026-03",
                    "--desk", new_desk).fine().out  # fmt: skip
    assert "3 figures of our-book 2026-03" in told
