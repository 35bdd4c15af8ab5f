"""[schedule] of desk.toml: what loads, and what is said of what does not."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from lodewire.config.desk import default_desk_toml, load_desk
from lodewire.errors import ConfigError


def write(folder: Path, body: str) -> Path:
    (folder / "desk.toml").write_text(body, encoding="utf-8")
    return folder


def test_it_is_off_until_somebody_says_so(tmp_path: Path) -> None:
    """An empty file, and the one that `lodewire init` writes."""
    for body in ("", default_desk_toml("New")):
        assert load_desk(write(tmp_path, body)).schedule.on is False


def test_a_whole_schedule_loads(tmp_path: Path) -> None:
    """A time named twice counts once."""
    body = (
        '[schedule]\non = true\ntimezone = "Asia/Tokyo"\nrun = ["06:00", "23:59", "06:00"]\n'
        'collect_minutes = 30\nsend = "07:00"\nalerts_minutes = 5\nreports = "06:30"\n'
    )
    choice = load_desk(write(tmp_path, body)).schedule
    assert choice.run_times() == (time(6), time(23, 59))
    assert (choice.send, choice.reports, choice.collect_minutes) == ("07:00", "06:30", 30)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('run = ["25:00"]', "schedule.run: '25:00' is no time of day"),
        ('run = "06:00"', "schedule.run: should be a valid tuple"),
        ('run = ["6:00"]', 'write it with 24 hours, as "06:00"'),
        ('send = "7am"', "schedule.send: '7am' is no time of day"),
        ('reports = "06:60"', "schedule.reports: '06:60' is no time of day"),
        ('timezone = "Mars/Olympus"', "schedule.timezone: must be empty or a name of the IANA"),
        ('timezone = "../etc/passwd"', "schedule.timezone: must be empty or a name"),
        ("collect_minutes = 1", "at least 5: sources are not asked more often"),
        ("alerts_minutes = -1", "schedule.alerts_minutes: should be greater than or equal to 0"),
        ("on = true\nrun = []", "on = true needs something to do"),
        ('sned = "06:00"', "Did you mean 'send'?"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, line: str, told: str) -> None:
    """By its key, with what to write."""
    with pytest.raises(ConfigError) as caught:
        load_desk(write(tmp_path, f"[schedule]\n{line}\n"))
    assert told in caught.value.message
