"""Accounts of a small desk, without a site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lodewire.config.desk import load_desk
from lodewire.ledger import open_ledger
from lodewire.workbench.accounts.people import Accounts

DESK = """
name = "Metals desk"
contact = "desk@example.org"
[brief]
base_url = "https://desk.example.org"
[tiers]
calls_a_day = { pro = 3 }
[accounts]
sign_up = "open"
prices = { price_pro = "pro", price_big = "enterprise" }
"""


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    """Nobody has one yet."""
    (tmp_path / "desk.toml").write_text(DESK, encoding="utf-8")
    with open_ledger(tmp_path / "desk.db", create=True) as ledger:
        yield Accounts(load_desk(tmp_path), ledger, "https://desk.example.org")
