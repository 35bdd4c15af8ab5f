"""``lodewire subscribers`` and ``lodewire campaign``, from the first request to the last copy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.command import lodewire
from tests.delivery.audience import DAY, make_desk

T = "2025-03-28T08:00:00Z"
HEAD = "address,consent_wording,consent_source,consent_at\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk with a brief of DAY, whose messenger writes files."""
    return make_desk(tmp_path / "desk")


def imported(folder: Path, *addresses: str) -> None:
    file = folder / "list.csv"
    lines = [f"{a},v1,fair,2025-01-02T03:04:05Z\n" for a in addresses]
    file.write_text(HEAD + "".join(lines), encoding="utf-8")
    lodewire("subscribers", "import", file, "-d", folder, "--now", T).fine()


def mails(folder: Path) -> dict[str, str]:
    """Recipient → their last message, of what lies in the outbox."""
    found = {}
    for file in sorted((folder / "outbox").glob("*.eml"), key=lambda f: f.stat().st_mtime_ns):
        text = file.read_text("utf-8").replace("=\n", "")
        match = re.search(r"^To: (.*)$", text, re.MULTILINE)
        assert match is not None
        found[match[1].strip()] = text
    return found


def test_a_reader_subscribes_is_sent_one_copy_and_leaves(folder: Path) -> None:
    call = ("subscribers", "add", "a@gmial.com", "--topic", "oil-gas", "--timezone", "Asia/Tokyo")
    told = lodewire(*call, "-d", folder, "--now", T).fine()
    assert "Is a@gmail.com meant?" in told.err
    again = lodewire(*call, "-d", folder, "--now", T).fine()
    assert again.out == told.out, "the same words for an address that is known"
    link = re.search(r"https://desk\.example\.org/confirm/\S+", mails(folder)["a@gmial.com"])
    assert link is not None
    send = ("campaign", "send", str(DAY), "-d", folder, "--now", T)
    assert "Nobody is due a copy" in lodewire(*send).fine().out, "unconfirmed, hence nobody"
    lodewire("subscribers", "confirm", link[0], "-d", folder, "--now", T).fine()
    refused = lodewire("subscribers", "confirm", link[0], "-d", folder, "--now", T).refused()
    assert "does not work" in refused
    shown = lodewire("subscribers", "show", "a@gmial.com", "-d", folder).fine().out
    assert "active" in shown
    assert "confirmed, wording 1, by command line" in shown
    assert "1 sent" in lodewire(*send).fine().out
    assert "Oil is cheap." in mails(folder)["a@gmial.com"]
    assert "Copper is dear." not in mails(folder)["a@gmial.com"]
    listed = lodewire("subscribers", "list", "-d", folder).fine().out
    assert "a…@gmial.com" in listed
    assert "a@gmial.com" not in listed
    lodewire("subscribers", "unsubscribe", "a@gmial.com", "-d", folder, "--now", T).fine()
    told_of = lodewire("subscribers", "export", "a@gmial.com", "-d", folder).fine().json
    assert [c["step"] for c in told_of["consents"]] == ["asked", "confirmed", "withdrawn"]
    assert told_of["suppression"]["reason"] == "unsubscribed"


def test_a_campaign_from_preview_to_status(folder: Path) -> None:
    imported(folder, "a@example.org", "b@example.org")
    seen = lodewire("campaign", "preview", str(DAY), "-d", folder).fine().out
    assert "Subject: " in seen
    assert "Copper is dear." in seen
    html = lodewire("campaign", "preview", str(DAY), "--format", "html", "-d", folder).fine().out
    assert "<html" in html
    assert not (folder / "outbox").exists(), "a preview sends nothing"
    lodewire("campaign", "test", str(DAY), "me@example.org", "-d", folder, "--now", T).fine()
    assert "[Test]" in mails(folder)["me@example.org"]
    none = lodewire("campaign", "status", "-d", folder).fine().out
    assert "No campaign." in none
    call = ("campaign", "send", str(DAY), "-d", folder, "--now", T)
    assert "2 sent" in lodewire(*call).fine().out
    assert "nothing was due" in lodewire(*call).fine().out
    assert set(mails(folder)) == {"me@example.org", "a@example.org", "b@example.org"}
    (row,) = lodewire("campaign", "status", "--format", "json", "-d", folder).fine().json
    assert (row["sent"], row["queued"], row["state"]) == (2, 0, "sending")
    assert "2 sent" in lodewire("campaign", "status", "-d", folder).fine().out
    assert "is sent on 2025-03-28" in lodewire(*call, "--on", "2025-03-29").refused()
    troubles = lodewire("campaign", "status", "--copies", "-d", folder).fine().out
    assert "No copy failed" in troubles


def test_a_campaign_is_paused_resumed_and_cancelled(folder: Path) -> None:
    imported(folder, "a@example.org")
    send = ("campaign", "send", str(DAY), "-d", folder, "--now")
    early = lodewire(*send, "2025-03-28T05:00:00Z").fine().out
    assert "The next copy is due 2025-03-28 07:00 UTC" in early
    assert "paused" in lodewire("campaign", "pause", str(DAY), "-d", folder).fine().out
    assert "is paused" in lodewire(*send, T).fine().out
    assert not (folder / "outbox").exists()
    lodewire("campaign", "resume", str(DAY), "-d", folder).fine()
    lodewire("campaign", "cancel", str(DAY), "-d", folder, "--now", T).fine()
    assert "cannot go on" in lodewire("campaign", "resume", str(DAY), "-d", folder).refused()
    assert "is cancelled" in lodewire(*send, T).fine().out
    assert not (folder / "outbox").exists()


def test_a_list_with_a_wrong_line_is_refused_whole(folder: Path) -> None:
    file = folder / "list.csv"
    file.write_text("address\na@example.org\nnobody\n", encoding="utf-8")
    assert "line 3" in lodewire("subscribers", "import", file, "-d", folder).refused()
    assert "No subscribers" in lodewire("subscribers", "list", "-d", folder).fine().out
    file.write_bytes(b"address\n\xff@example.org\n")
    assert "UTF-8" in lodewire("subscribers", "import", file, "-d", folder).refused()


def test_a_list_goes_out_and_comes_back(folder: Path, tmp_path: Path) -> None:
    imported(folder, "a@example.org", "b@example.org")
    lodewire(
        "subscribers", "prefer", "a@example.org", "--topic", "oil-gas", "--hour", "18", "-d", folder
    ).fine()
    told = lodewire("subscribers", "export", "-d", folder).fine().out
    other = make_desk(tmp_path / "other")
    file = tmp_path / "out.csv"
    file.write_text(told, encoding="utf-8", newline="")
    out = lodewire("subscribers", "import", file, "-d", other, "--now", T).fine().out
    assert out.startswith("Added 2; 0 were there already; 0 left out")
    back = lodewire("subscribers", "export", "-d", other).fine().out
    assert sorted(back.splitlines()) == sorted(told.splitlines())


def test_what_a_reader_buys_can_be_asked_for_and_is_shown(folder: Path) -> None:
    imported(folder, "a@example.org")
    line = "only what touches the table of their account"
    for option, shown in (("--own", True), ("--hour=8", True), ("--all", False)):
        lodewire("subscribers", "prefer", "a@example.org", option, "-d", folder).fine()
        told = lodewire("subscribers", "show", "a@example.org", "-d", folder).fine().out
        assert (line in told) is shown


def test_an_erased_reader_is_gone_and_stays_out(folder: Path) -> None:
    imported(folder, "a@example.org")
    call = ("subscribers", "erase", "a@example.org", "-d", folder, "--now", T)
    assert lodewire(*call, stdin=b"n\n").code == 130
    lodewire(*call, "--yes").fine()
    assert "is no subscriber" in lodewire("subscribers", "show", "a@example.org", "-d", folder).err
    file = folder / "list.csv"
    out = lodewire("subscribers", "import", file, "-d", folder, "--now", T).fine().out
    assert "1 left out that want no mail" in out


def test_what_is_missing_is_told_with_what_to_do(folder: Path) -> None:
    assert (
        "no brief was composed"
        in lodewire("campaign", "send", "2024-01-01", "-d", folder).refused()
    )
    assert "no campaign of" in lodewire("campaign", "pause", "2024-01-01", "-d", folder).refused()
    assert "no address" in lodewire("subscribers", "add", "nobody", "-d", folder).refused()
    quiet = ("campaign", "preview", str(DAY), "--topic", "aerospace-defense", "-d", folder)
    assert "tells nothing on these desks" in lodewire(*quiet).refused()
    file = folder / "desk.toml"
    file.write_text(
        file.read_text().replace(
            "[newsletter]\n", '[newsletter]\nmessenger = "smtp"\nhost = "h.example"\nuser = "u"\n'
        )
    )
    told = lodewire("campaign", "send", str(DAY), "-d", folder).refused()
    assert "LODEWIRE_SMTP_PASSWORD holds no password" in told
    assert lodewire("campaign", "status", "-d", folder).fine().out.startswith("No campaign")
    file.write_text(file.read_text().replace('user = "u"', 'security = "none"'))
    assert "on this machine only" in lodewire("campaign", "status", "-d", folder).refused()
