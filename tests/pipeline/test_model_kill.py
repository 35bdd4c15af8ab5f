"""A run that is killed while a model answers asks only for what was not answered."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from lodewire.ledger import open_ledger
from tests.cli.command import lodewire
from tests.collect.chat_server import Say, model_server, page_of
from tests.extraction.model_reader.telling import answer
from tests.pipeline.pages import DEAL, NOW, page


@pytest.mark.slow
def test_what_was_answered_before_a_kill_is_never_asked_again(tmp_path: Path) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def slow(asked: dict) -> Say:
        if "Lot 3" in page_of(asked) and not go_on.is_set():
            reached.set()
            return Say(wait=5.0)
        return Say(answer())

    with model_server(by=slow) as server:
        (tmp_path / "desk.toml").write_text(
            f'contact = "a@example.org"\nreader = "llm"\n[model]\nendpoint = "{server.url}"\n'
            'name = "small"\nallow_private_addresses = true\nconcurrency = 1\n',
            encoding="utf-8",
        )
        with open_ledger(tmp_path / "desk.db", create=True) as ledger:
            pages = [page(f"{DEAL} Lot {n}.", number=n, days=3 - n) for n in (1, 2, 3)]
            ledger.captures.add_all(pages)
        command = [sys.executable, "-m", "lodewire.cli.main", "run", "--offline", "--no-write"]
        command += ["--desk", str(tmp_path), "--workers", "1", "--now", NOW.isoformat()]
        run = subprocess.Popen(command, env={**os.environ}, stdout=subprocess.DEVNULL)
        assert reached.wait(60)
        run.kill()
        run.wait()
        time.sleep(0.1)
        go_on.set()
        done = lodewire(*command[3:]).fine()
        texts = [page_of(asked)[-6:] for asked in server.asked]
    assert Counter(texts) == {"Lot 1.": 1, "Lot 2.": 1, "Lot 3.": 2}
    assert "1 questions asked, 2 answers kept from before" in done.err
