"""A fetch that is killed, or met by another one, leaves tables whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from lodewire.pipeline.figures import service_named, table_of
from lodewire.pipeline.figures_state import read_state
from tests.collect.official import good
from tests.collect.official.desk import desk_at, fetch_one, files_of, well
from tests.collect.official.local import local_service


def test_a_fetch_killed_between_two_pages_changes_nothing_and_runs_again(tmp_path):
    waiting, let_go = threading.Event(), threading.Event()

    def answer(asked):
        if asked.query.get("page") == "2":
            waiting.set()
            let_go.wait(20)
        return good.wgi(asked).replace(b"1.5012345", b"1.6012345")

    with local_service(good.wgi) as service:
        desk = desk_at(tmp_path, "wgi", service.url)
        well(fetch_one(desk, "wgi"))
        before = files_of(tmp_path)
        (tmp_path / "desk.toml").write_text(
            f'[official.services.wgi]\nendpoint = "{service.url}"\n'
            "allow_private_addresses = true\nrate = 60000\n"
        )
        service.answer = answer
        command = [sys.executable, "-m", "lodewire.cli.main", "figures", "fetch", "wgi", "--desk"]
        running = subprocess.Popen(
            [*command, str(tmp_path)], env=os.environ | {"LODEWIRE_DESK": ""}
        )
        try:
            assert waiting.wait(20), "the fetch never came to its second page"
            running.send_signal(signal.SIGKILL)
            assert running.wait(10) == -signal.SIGKILL
        finally:
            let_go.set()
            running.kill()
        assert files_of(tmp_path) == before
        outcome = well(fetch_one(desk, "wgi"))
    assert outcome.changes.changed == 6
    left = {f.name for f in (tmp_path / "official").iterdir()}
    assert left == {"wgi.csv", "wgi.json", ".fetching"}


def test_two_fetches_at_once_do_not_forget_what_the_other_brought(tmp_path):
    from lodewire.errors import ConfigError
    from lodewire.pipeline.figures import fetch_services, wish_for
    from tests.collect.official.desk import NOW, TODAY

    with local_service(good.ecb) as service:
        desk = desk_at(tmp_path, "ecb", service.url)
        named = service_named("ecb")
        wishes = [(named, wish_for(desk, named, today=TODAY))] * 2
        first = fetch_services(desk, wishes, now=NOW)
        well(next(first))
        with pytest.raises(ConfigError, match="another fetch is under way"):
            next(fetch_services(desk, wishes, now=NOW))
        well(next(first))
        first.close()
        well(fetch_one(desk, "ecb"))
    assert len(table_of(desk, "ecb")) == 4
    assert read_state(desk.official_path, "ecb").failures == 0


def test_a_service_that_drips_is_given_up_after_its_time(tmp_path):
    def answer(asked):
        time.sleep(3)
        return good.ecb(asked)

    with local_service(answer) as service:
        desk = desk_at(tmp_path, "ecb", service.url)
        official = desk.official.model_copy(update={"timeout_seconds": 0.5})
        outcome = fetch_one(desk.model_copy(update={"official": official}), "ecb")
    assert outcome.error is not None
    assert "no complete answer within 0.5 seconds" in outcome.error.message
    assert "timeout_seconds under [official]" in outcome.error.hint
