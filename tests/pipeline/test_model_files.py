"""What the model reader keeps on disk survives kills, damage and neighbours."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.config.model import ModelChoice
from lodewire.errors import CapReached, ConfigError
from lodewire.extraction.model_reader.asking import Prompt
from lodewire.pipeline.model_costs import CostLog, estimate_tokens
from lodewire.pipeline.model_files import (
    AnswerStore,
    KeptAnswer,
    LineLog,
    answer_key,
    write_whole,
)

PROMPT = Prompt(system="rules", user="text")
KEY = answer_key(PROMPT, {"type": "object"}, "small", 4000)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def costs(tmp_path, now: datetime = NOON, **told) -> CostLog:
    choice = ModelChoice(**{"name": "small", "max_output_tokens": 200, **told})
    return CostLog(tmp_path / "costs.jsonl", choice, clock=lambda: now)


def spend(log: CostLog, tokens_in: int | None, tokens_out: int | None = 0, **told) -> None:
    counts = {"tokens_in": tokens_in, "tokens_out": tokens_out}
    log.note("doc_1 0-90", **counts, sent=b"x" * 30, came=b"y" * 9, seconds=1.5, outcome="answered")


def test_an_answer_is_kept_as_it_came(tmp_path):
    answer = KeptAnswer(text='{"events": "\ud800 é"', cut=True)
    AnswerStore(tmp_path).put(KEY, answer)
    assert AnswerStore(tmp_path).get(KEY) == answer
    assert AnswerStore(tmp_path).get("0" * 64) is None


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"form": 1}', b'{"form": 9, "text": ""}', b"[" * 99_999, b"\xff"]
)
def test_a_damaged_answer_is_none(tmp_path, body):
    write_whole(tmp_path / KEY[:2] / f"{KEY}.json", body)
    assert AnswerStore(tmp_path).get(KEY) is None


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path, monkeypatch):
    file = tmp_path / "a.json"
    write_whole(file, b"old")
    monkeypatch.setattr("os.fsync", lambda handle: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert [f.name for f in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "model").write_bytes(b"a file stands here")
    with pytest.raises(ConfigError) as caught:
        AnswerStore(tmp_path / "model").put(KEY, KeptAnswer(text=""))
    assert "folder under [model]" in (caught.value.hint or "")


@given(st.integers(0, 4))
def test_every_part_of_a_question_is_part_of_its_key(which):
    told = [PROMPT.system, PROMPT.user, {"type": "object"}, "small", 4000]
    other = ["x", "x", {"type": "array"}, "large", 4001]
    told[which] = other[which]
    system, user, schema, model, room = told
    assert answer_key(Prompt(system=system, user=user), schema, model, room) != KEY


def test_what_a_question_is_about_is_no_part_of_its_key():
    again = Prompt(system="rules", user="text", about="doc_2 0-4")
    assert answer_key(again, {"type": "object"}, "small", 4000) == KEY


def test_a_line_cut_off_by_a_kill_is_skipped_and_the_next_begins_anew(tmp_path):
    log = LineLog(tmp_path / "a.jsonl")
    log.add({"n": 1})
    with log.file.open("ab") as stream:
        stream.write(b'{"n": 2, "tex')
    assert log.lines_from(0)[0] == [{"n": 1}]
    log.add({"n": 3})
    assert log.lines_from(0)[0] == [{"n": 1}, {"n": 3}]


def test_every_question_is_one_line_with_its_tokens_and_its_price(tmp_path):
    log = costs(tmp_path, price_in=Decimal("0.15"), price_out=Decimal("0.60"))
    spend(log, 1_000_000, 500_000)
    (line,) = [json.loads(row) for row in (tmp_path / "costs.jsonl").read_text().splitlines()]
    assert line == {
        "time": "2026-03-02T12:00:00+00:00",
        "document": "doc_1",
        "part": "0-90",
        "model": "small",
        "tokens_in": 1_000_000,
        "tokens_out": 500_000,
        "estimated": False,
        "cost": "0.450000",
        "currency": "USD",
        "seconds": 1.5,
        "outcome": "answered",
    }
    assert log.run.cost == Decimal("0.45")


def test_without_prices_the_cost_is_unknown_and_without_counts_they_are_estimated(tmp_path):
    log = costs(tmp_path)
    spend(log, None, None)
    line = json.loads((tmp_path / "costs.jsonl").read_text())
    assert (line["cost"], line["estimated"]) == (None, True)
    assert (line["tokens_in"], line["tokens_out"]) == (10, 3)
    assert estimate_tokens(b"") == 0


def test_the_cap_of_a_run_counts_what_is_still_out(tmp_path):
    log = costs(tmp_path, max_tokens_run=1_000)
    first = log.reserve(b"x" * 900)  # 300 tokens and 200 for the answer
    log.reserve(b"x" * 900)
    with pytest.raises(CapReached, match="1,000 tokens a run") as caught:
        log.reserve(b"x")
    assert "max_tokens_run" in (caught.value.hint or "")
    log.release(first)
    log.reserve(b"x" * 900)


def test_the_cap_of_a_day_holds_over_runs_and_ends_with_the_day(tmp_path):
    spend(costs(tmp_path), 900, 50)
    again = costs(tmp_path, max_tokens_day=1_000)
    with pytest.raises(CapReached, match="1,000 tokens a day"):
        again.reserve(b"x")
    tomorrow = costs(tmp_path, NOON.replace(day=3), max_tokens_day=1_000)
    tomorrow.reserve(b"x")


def test_a_neighbour_that_spends_is_seen(tmp_path):
    mine, theirs = costs(tmp_path, max_tokens_day=1_000), costs(tmp_path)
    mine.release(mine.reserve(b"x"))
    spend(theirs, 900)
    with pytest.raises(CapReached):
        mine.reserve(b"x")


def test_a_cap_in_money_is_kept_to_the_cent(tmp_path):
    prices = {"price_in": Decimal(1), "price_out": Decimal(10), "max_cost_run": Decimal("0.01")}
    log = costs(tmp_path, **prices)
    spend(log, 0, 800)  # 0.008
    with pytest.raises(CapReached, match=r"0\.01 USD a run"):
        log.reserve(b"x" * 3_000)  # 0.001 + 0.002, too much by 0.001
    log.reserve(b"")  # 0.002: what is left


def test_a_strange_line_of_the_log_is_not_counted(tmp_path):
    (tmp_path / "costs.jsonl").write_bytes(
        b'{"time": 7, "tokens_in": "many", "cost": "NaN"}\n[]\n{"time": "2026-03-02", "cost": {}}\n'
    )
    costs(tmp_path, max_tokens_day=1_000).reserve(b"x")
