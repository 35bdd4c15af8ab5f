"""``lodewire watch`` and ``lodewire alerts``: from a watch list to what was told."""

from __future__ import annotations

from pathlib import Path

from lodewire.samples import NEWSROOM_NOW
from tests.cli.command import NOW, Outcome, lodewire
from tests.workbench.alerts.receiver import receiving

MONTH_AGO = NEWSROOM_NOW.replace(month=3, day=1).isoformat()


def at(desk: Path, *arguments: object, now: str = NOW) -> Outcome:
    return lodewire(*arguments, "--desk", desk, env={"LODEWIRE_NOW": now})


def test_from_a_watch_list_to_a_webhook(desk: Path) -> None:
    config = desk / "desk.toml"
    told = config.read_text("utf-8")
    config.write_text(f"{told}\n[channels]\nallow_private_addresses = true\n", "utf-8")
    assert "Watched: copper" in at(desk, "watch", "add", "commodity", "copper").fine().out
    assert "already" in at(desk, "watch", "add", "commodity", "copper").fine().out
    at(desk, "watch", "add", "country", "Chile").fine()
    listed = at(desk, "watch", "list", "--format", "json").fine().json
    assert {(w["kind"], w["ref"]) for w in listed} == {("commodity", "copper"), ("country", "CL")}
    preview = ("alerts", "preview", "--watch", "copper", "--type", "disruption")
    (seen,) = at(desk, *preview, "--format", "json").fine().json
    assert "Altonorte" in seen["sentence"]
    with receiving() as receiver:
        added = at(desk, "alerts", "channels", "add", "webhook", "erp", receiver.url).fine()
        assert "whsec_" in added.out
        at(desk, "alerts", "channels", "test", "erp").fine()
        rule = ("alerts", "add", "Outages", "--watch", "copper", "--type", "disruption")
        at(desk, *rule, "--channel", "erp", now=MONTH_AGO).fine()
        assert "1 new." in at(desk, "alerts", "run").fine().out
        assert "0 new." in at(desk, "alerts", "run").fine().out
        assert [t.json["type"] for t in receiver.taken] == ["channel.test", "alert.fired"]
    (fired,) = at(desk, "alerts", "log", "--format", "json").fine().json
    assert fired["subject"] == seen["subject"]
    (post,) = at(desk, "alerts", "log", "--sent", "--format", "json").fine().json
    assert post["state"] == "sent"
    # Nobody is there any more: a test says so, and doctor once an alert could not be told.
    assert "reached" in at(desk, "alerts", "channels", "test", "erp").refused()
    at(
        desk, "alerts", "add", "Copper", "--watch", "copper", "--channel", "erp", now=MONTH_AGO
    ).fine()
    assert "to be tried again" in at(desk, "alerts", "run").fine().out
    doctor = lodewire("doctor", "--desk", desk)
    assert doctor.code == 1
    assert "channel 'erp' (webhook) is failing: it could not be reached" in doctor.out
    at(desk, "alerts", "pause", "Copper").fine()
    states = {r["name"]: r["state"] for r in at(desk, "alerts", "rules", "--format", "json").json}
    assert states == {"Outages": "on", "Copper": "paused"}
    at(desk, "alerts", "remove", "Copper").fine()
    at(desk, "watch", "remove", "Chile").fine()


def test_what_is_not_there_is_told(desk: Path) -> None:
    assert "nothing is watched" in at(desk, "watch", "list").fine().out.lower()
    assert "Nothing is watched" in at(desk, "alerts", "preview").fine().out
    assert "unobtainium" in at(desk, "watch", "add", "commodity", "unobtainium").refused()
    assert "no account" in at(desk, "watch", "list", "--for", "nobody@example.org").refused()
    assert "no rule" in at(desk, "alerts", "pause", "nothing").refused()
    assert "https" in at(desk, "alerts", "channels", "add", "slack", "s", "ftp://x").refused()
    assert "Nothing fired" in at(desk, "alerts", "log").fine().out


def test_a_feed_is_shown_once(desk: Path) -> None:
    out = at(desk, "alerts", "channels", "add", "feed", "reader").fine().out
    token = out.partition("/my/")[2].partition("/")[0]
    assert len(token) == 43
    listed = at(desk, "alerts", "channels", "list", "--format", "json").fine()
    assert token not in listed.out
    assert token not in at(desk, "alerts", "channels", "rotate", "reader").fine().out
