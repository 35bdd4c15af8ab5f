"""A process killed while it fires, or while it sends: nothing is lost, nothing fires twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

from lodewire.model.alert import ChannelKind, PostState
from lodewire.workbench.alerts.endpoints import add_channel
from lodewire.workbench.alerts.sending import LEASE, send_posts
from tests.pipeline.pages import NOW
from tests.workbench.alerts.conftest import EARLIER, Small
from tests.workbench.alerts.receiver import Receiver, Taken

#: Fires, and is killed between writing down what fired and committing it.
_FIRE = """
import os, signal, sys
from pathlib import Path
from datetime import datetime
from lodewire.config.desk import load_desk
from lodewire.ledger import open_ledger
from lodewire.ledger.alerts import AlertStore
from lodewire.workbench.alerts.firing import fire_rules
AlertStore.look = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
folder = Path(sys.argv[1])
with open_ledger(folder / "desk.db") as ledger:
    fire_rules(ledger, load_desk(folder), now=datetime.fromisoformat(sys.argv[2]))
"""


def killed(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL


def test_a_kill_anywhere_fires_everything_once_and_tells_it_under_one_id(
    small: Small, receiver: Receiver
) -> None:
    small.learn(NOW)
    small.watch("commodity", "copper")
    ends = [
        add_channel(
            small.ledger, small.desk, small.owner, ChannelKind.WEBHOOK, name,
            f"{receiver.url}/{name}", now=EARLIER,
        )[0]
        for name in ("a", "b")
    ]  # fmt: skip
    rule = small.rule("Copper", channels=[e.id for e in ends])
    killed("-c", _FIRE, str(small.desk.root), NOW.isoformat())
    assert small.ledger.alerts.fired([rule.id]) == ()
    assert small.ledger.posts.next_due(before=NOW) is None
    assert len(small.fire(NOW)) == 2
    assert small.fire(NOW) == ()

    # Killed with the first post in its hand: the server has read it, and nobody knows.
    run = ["-m", "lodewire.cli.main", "alerts", "run", "--desk", str(small.desk.root)]
    child = subprocess.Popen([sys.executable, *run, "--now", NOW.isoformat()])

    def kill(_: Taken) -> None:
        receiver.before = lambda _: None
        os.kill(child.pid, signal.SIGKILL)

    receiver.before = kill
    assert child.wait(60) == -signal.SIGKILL
    first = set(receiver.ids)
    assert first
    later = NOW + LEASE + timedelta(seconds=1)
    told = send_posts(small.desk, small.ledger, lambda: later, threads=1)
    assert set(told) == {PostState.SENT}
    assert send_posts(small.desk, small.ledger, lambda: later + LEASE, threads=1) == {}
    # Each channel got its message; one that came twice did so under the same id.
    by_path = {t.path: t.headers["webhook-id"] for t in receiver.taken}
    assert set(by_path) == {"/a", "/b"}
    assert set(receiver.ids) == set(by_path.values())
    assert len(receiver.taken) <= 3
