"""The guide to official services names each of them with what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from lodewire.collect.official.services import SERVICES
from lodewire.pipeline.figures_reading import READING

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "official-figures.md"
ROWS = {
    line.split("|")[1].strip(" `"): line
    for line in GUIDE.read_text("utf-8").partition("## What each")[0].splitlines()
    if line.startswith("| `")
}
CAN_BE_ASKED = GUIDE.read_text("utf-8").partition("## What each")[2].partition("\n## ")[0]
ASKED = {
    line.split("|")[1].strip(" `"): line
    for line in CAN_BE_ASKED.splitlines()
    if line.startswith("| `")
}


def test_every_service_has_its_row_and_no_other_is_promised():
    assert set(ROWS) == {*SERVICES, *READING}


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda s: s.name)
def test_the_row_tells_the_key_and_the_freshness(service):
    row = ROWS[service.name]
    assert service.key_env in row if service.key_env else "| none |" in row
    words = {1: "day", 7: "week", 31: "month", 92: "quarter", 366: "year"}
    assert f"| {words[service.every.days]} |" in row
    asked = ASKED.get(service.name, "")
    assert bool(asked) == bool(service.knows)
    for part in service.knows:
        told = {"since": "first", "commodities": "yes"}.get(part, f"`{part}`")
        assert told in asked, part
