"""``lodewire own``: a table is kept privately, events are ranked by it, alerts are told once."""

from __future__ import annotations

import csv
import io
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from lodewire.cli.options import open_desk
from lodewire.samples import NEWSROOM_NOW
from lodewire.workbench.own.own_exposure import own_alerts, view_on
from lodewire.workbench.own.own_store import own_table
from tests.cli.command import NOW, Outcome, lodewire

BOM = (
    "Part,Material,Quantity,Unit,Supplier,Country of origin,Share\n"
    "Powder,Dysprosium oxide,12,t,Shenghe,China,80%\n"
    "Wire,Copper cathode,250,t,Codelco,Chile,\n"
    "Anode,Graphite,90,t,,China,\n"
    "Can,tin can,1,t,,,\n"
)


@pytest.fixture
def mine(desk: Path, tmp_path: Path) -> Path:
    """A copy of the sample desk with a table of its own."""
    file = tmp_path / "bom.csv"
    file.write_text(BOM, "utf-8")
    lodewire("own", "load", file, "--desk", desk).fine()
    return desk


def own(desk: Path, *arguments: str) -> Outcome:
    return lodewire("own", *arguments, "--desk", desk, env={"LODEWIRE_NOW": NOW}).fine()


def test_loading_says_what_was_mapped_and_what_was_left_out(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "bom.csv"
    file.write_text(BOM, "utf-8")
    out = lodewire("own", "load", file, "--desk", desk).fine().out
    assert "Load 1" in out
    assert "3 of 4 rows mapped, to 3 materials" in out
    assert "line 5, tin can" in out
    assert "perhaps 'tin'" in out
    again = lodewire("own", "load", file, "--desk", desk).fine().out
    assert "the same table as before" in again
    file.write_text(BOM + "More,Zinc,1,t,,,\n", "utf-8")
    assert "Load 2" in lodewire("own", "load", file, "--desk", desk).fine().out
    assert [row["load"] for row in own(desk, "show", "--loads", "--format", "json").json] == [1, 2]
    assert len(own(desk, "show", "--load", "1", "--format", "json").json) == 3
    assert len(own(desk, "show", "--format", "json").json) == 4


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_only_the_owner_can_read_what_is_kept(mine: Path, tmp_path: Path) -> None:
    """Folder and files are private, and version control is kept out."""
    own(mine, "alerts")
    folder = mine / "own"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    kept = [f for f in folder.iterdir() if f.name != ".gitignore"]
    assert len(kept) == 3
    assert all(stat.S_IMODE(f.stat().st_mode) == 0o600 for f in kept)
    assert (folder / ".gitignore").read_text() == "*\n"
    open_file = tmp_path / "open.csv"
    open_file.write_text(BOM, "utf-8")
    open_file.chmod(0o644)
    assert "chmod 600" in lodewire("own", "load", open_file, "--desk", mine).fine().out


def test_checking_keeps_nothing(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "bom.csv"
    file.write_text(BOM, "utf-8")
    assert "Not kept" in lodewire("own", "load", file, "--check", "--desk", desk).fine().out
    assert not (desk / "own").exists()
    told = lodewire("own", "events", "--desk", desk).refused()
    assert "no table of what you buy" in told


def test_nothing_of_it_leaves_with_an_export_or_the_brief(mine: Path, tmp_path: Path) -> None:
    """Its words are in no export, no brief file and not in the ledger."""
    own(mine, "brief", "2025-03-28")
    own(mine, "alerts")
    out = lodewire("export", "--desk", mine).fine().out
    lodewire("brief", "2025-03-28", "--write", tmp_path / "briefs", "--desk", mine).fine()
    written = [f.read_bytes() for f in (tmp_path / "briefs").iterdir()]
    for body in [out.encode(), (mine / "desk.db").read_bytes(), *written]:
        assert b"you buy" not in body
        assert b"Shenghe" not in body or b"Dysprosium oxide,12" not in body


def test_events_are_ranked_with_their_reason(mine: Path) -> None:
    rows = own(mine, "events", "--format", "json").json
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < s <= 1 for s in scores)
    ban = next(r for r in rows if "licensing on exports of graphite" in r["sentence"])
    assert ban["reason"].startswith(
        "you buy 90 t of graphite, 100 % from China; China's licence rule"
    )
    outage = next(r for r in rows if "Altonorte (copper)" in r["sentence"])
    assert "100 % from Chile" in outage["reason"]
    few = own(mine, "events", "--since", "2025-03-26", "--least", "0.3", "--format", "json").json
    assert {r["event"] for r in few} < {r["event"] for r in rows}
    assert all(r["reported"] >= "2025-03-26" and float(r["score"]) >= 0.3 for r in few)


def test_csv_holds_the_same_rows(mine: Path) -> None:
    rows = own(mine, "events", "--format", "json").json
    told = list(csv.DictReader(io.StringIO(own(mine, "events", "--format", "csv").out)))
    assert [r["event"] for r in told] == [r["event"] for r in rows]


def test_the_brief_is_ranked_by_exposure_and_not_kept(mine: Path) -> None:
    rows = own(mine, "brief", "2025-03-28", "--format", "json").json
    assert rows
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert "What touches you in the brief of 2025-03-28" in own(mine, "brief", "2025-03-28").out


def test_each_alert_is_told_exactly_once(mine: Path) -> None:
    due = own(mine, "alerts", "--look", "--format", "json").json
    first = own(mine, "alerts", "--format", "json").json
    assert first == due
    assert first
    assert all(float(r["score"]) >= 0.4 for r in first)
    assert own(mine, "alerts", "--format", "json").json == []
    assert "Nothing new over the threshold." in own(mine, "alerts").out
    told = own(mine, "alerts", "--told", "--format", "json").json
    assert {r["event"] for r in told} == {r["event"] for r in first}
    older = own(mine, "alerts", "--since", "2020-01-01", "--format", "json").json
    assert older
    assert not {r["event"] for r in older} & {r["event"] for r in first}


def test_two_runs_at_once_share_the_alerts_out(mine: Path) -> None:
    """However many ask, an event is told by one of them."""

    def ask(_: int) -> list[str]:
        with open_desk(mine) as (desk, ledger):
            day = NEWSROOM_NOW.date()
            view = view_on(desk, ledger, own_table(desk)[1], day)
            found = own_alerts(
                ledger, desk, view, now=NEWSROOM_NOW, day=day, since=day - timedelta(days=3000)
            )
            return [event.id for event, _ in found]

    with ThreadPoolExecutor(4) as pool:
        told = [id_ for ids in pool.map(ask, range(4)) for id_ in ids]
    assert told
    assert len(told) == len(set(told))


def test_thresholds_of_single_materials_and_groups_count(mine: Path) -> None:
    before = {r["event"] for r in own(mine, "alerts", "--look", "--format", "json").json}
    file = mine / "desk.toml"
    file.write_text(
        file.read_text("utf-8")
        + "\n[own]\nthreshold = 0.99\nthresholds = { rare-earths = 0.01 }\n",
        "utf-8",
    )
    rows = own(mine, "alerts", "--look", "--since", "2020-01-01", "--format", "json").json
    assert rows
    low = [r["reason"] for r in rows if float(r["score"]) < 0.99]
    others = [reason for reason in low if "dysprosium" not in reason]
    assert low
    assert not others
    assert {r["event"] for r in rows} != before
    file.write_text(file.read_text("utf-8").replace("rare-earths", "rare-erths"), "utf-8")
    told = lodewire("own", "alerts", "--desk", mine).refused()
    assert "did you mean rare-earths?" in told.lower()


def test_a_desk_without_documents_says_what_to_do(new_desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "bom.csv"
    file.write_text(BOM, "utf-8")
    lodewire("own", "load", file, "--desk", new_desk).fine()
    assert "lodewire run" in lodewire("own", "events", "--desk", new_desk).fine().out
    assert "Nothing new" in lodewire("own", "alerts", "--desk", new_desk).fine().out


def test_hostile_files_are_refused_in_one_line(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    for body in (
        b"",
        b"PK\x03\x04",
        b"\xff\xfe\x00",
        b"Material,Material\nx,y\n",
        b"Material\nfoo\n",
    ):
        file.write_bytes(body)
        lodewire("own", "load", file, "--desk", desk).refused()
    assert not (desk / "own").exists()


def test_asking_for_fewer_events_loses_none(mine: Path) -> None:
    """As if every event of the ledger had been scored."""
    from decimal import Decimal

    from lodewire.analytics.own_exposure import score_event

    with open_desk(mine) as (desk, ledger):
        view = view_on(desk, ledger, own_table(desk)[1], NEWSROOM_NOW.date())
        every = {e.id for e in ledger.select() if score_event(e, view, weight=Decimal(1))}
    rows = own(mine, "events", "--format", "json").json
    assert {r["event"] for r in rows} == every


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_doctor_tells_of_a_table_that_others_can_read(mine: Path) -> None:
    assert "own table: load 1, 3 of 4 rows mapped" in lodewire("doctor", "--desk", mine).out
    table = next((mine / "own").glob("*.csv"))
    table.chmod(0o644)
    told = lodewire("doctor", "--desk", mine)
    assert told.code == 1
    assert "WRONG own table" in told.out
    assert "chmod" in told.out
