"""The frames' tests read with the grammar alone: what the models add is tested beside them."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _grammar_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "lodewire.extraction.reader.judge_tellings", lambda sentences, drafts: list(drafts)
    )
