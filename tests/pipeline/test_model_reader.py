"""The model reader as a desk has it: cached, capped, patient, and replaced where it must be."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lodewire.config.desk import DeskConfig, load_desk
from lodewire.errors import ConfigError
from lodewire.extraction.reader import read_document
from lodewire.ledger import open_ledger
from lodewire.ledger.work import Stage
from lodewire.pipeline.model_reader import ModelReader, open_model_reader
from lodewire.pipeline.reading import extract_step, read_step, story_step
from lodewire.pipeline.workers import InlineExecutor
from tests.collect.chat_server import KEY, ModelServer, Say, fault, model_server, page_of
from tests.extraction.model_reader.telling import answer, argument, document, event
from tests.pipeline.pages import COOKING, DEAL, NOW, OUTAGE, page


def desk_of(folder: Path, url: str, more: str = "") -> DeskConfig:
    (folder / "desk.toml").write_text(
        f'reader = "llm"\n[model]\nendpoint = "{url}"\nname = "small"\n'
        f"allow_private_addresses = true\nretries = 0\n{more}",
        encoding="utf-8",
    )
    return load_desk(folder)


def told(asked: dict) -> Say:
    """A good model: knows the two texts of the tests."""
    text = page_of(asked)
    if "Khoemacau" in text:
        first = text[: text.index(" The mine")]
        return Say(answer(event(evidence=first)))
    if "Altonorte" in text:
        outage = event(
            "disruption",
            evidence=text[: text.index(" The smelter")],
            trigger="declared force majeure",
            status="in_force",
            arguments=[argument("operator", "Glencore"), argument("site", "Altonorte smelter")],
        )
        return Say(answer(outage))
    return Say(answer())


def lines(desk: DeskConfig, name: str) -> list[dict]:
    file = desk.model_path / f"{name}.jsonl"
    return [json.loads(row) for row in file.read_text().splitlines()] if file.exists() else []


def read_with(reader: ModelReader, text: str):
    return read_document(document(text), gate=0.0, find=reader.find)


def test_a_text_is_asked_about_once_and_then_never_again(tmp_path):
    with model_server(by=told) as server:
        desk = desk_of(tmp_path, server.url)
        first = read_with(open_model_reader(desk), DEAL)
    again = open_model_reader(desk)
    second = read_with(again, DEAL)  # the server is gone
    assert first.events == second.events != ()
    assert len(server.asked) == 1
    assert again.summary().startswith("0 questions asked, 1 answers kept from before")
    (line,) = lines(desk, "costs")
    assert (line["document"], line["tokens_in"]) == (first.document.id, 900)


def test_another_model_is_asked_anew(tmp_path):
    with model_server(by=told) as server:
        desk = desk_of(tmp_path, server.url)
        read_with(open_model_reader(desk), DEAL)
        file = tmp_path / "desk.toml"
        file.write_text(file.read_text().replace('"small"', '"large"'))
        reading = read_with(open_model_reader(load_desk(tmp_path)), DEAL)
    assert reading.method == "llm/1:large"
    assert [a["model"] for a in server.asked] == ["small", "large"]


def test_a_bad_answer_is_kept_too_and_quarantined_with_its_cause(tmp_path):
    bad = answer(event(), run="rm -rf /")
    with model_server(Say(bad)) as server:
        desk = desk_of(tmp_path, server.url)
        for _ in range(2):
            reading = read_with(open_model_reader(desk), DEAL)
    assert reading.method == "frames/1"
    assert len(server.asked) == 1
    aside = lines(desk, "quarantine")[0]
    assert aside["document"] == reading.document.id
    assert aside["cause"] == "it has a key that was not asked for: run"
    assert aside["answer"] == bad


def test_a_text_too_long_is_remembered_as_such(tmp_path):
    def short(asked):
        long = len(page_of(asked)) > 400
        return fault(400, "exceeds the available context size") if long else told(asked)

    text = "\n\n".join([DEAL, COOKING])
    with model_server(by=short) as server:
        desk = desk_of(tmp_path, server.url)
        reading = read_with(open_model_reader(desk), text)
        assert reading.method == "llm/1:small", reading.document.notes
        asked = len(server.asked)
        assert read_with(open_model_reader(desk), text).events == reading.events
        assert len(server.asked) == asked


def test_at_the_cap_the_frames_take_over_and_say_so(tmp_path):
    with model_server(by=told) as server:
        desk = desk_of(tmp_path, server.url, "max_tokens_run = 8000\nmax_output_tokens = 2000\n")
        reader = open_model_reader(desk)
        ours, theirs = read_with(reader, DEAL), read_with(reader, f"{OUTAGE}{' ' * 20_000}x")
    assert ours.method == "llm/1:small"
    assert theirs.method == "frames/1"
    assert theirs.events
    assert "cap of 8,000 tokens a run is reached" in theirs.document.notes[0]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("say", "times"), [(fault(401, f"wrong key {KEY}"), 1), (fault(500, "broken"), 3)]
)
def test_an_endpoint_that_is_no_use_is_not_asked_for_ever(tmp_path, monkeypatch, say, times):
    monkeypatch.setenv("A_KEY", KEY)
    with model_server(say) as server:
        reader = open_model_reader(desk_of(tmp_path, server.url, 'key_env = "A_KEY"\n'))
        readings = [read_with(reader, f"{DEAL} Number {n}.") for n in range(6)]
    assert len(server.asked) == times
    assert all(r.method == "frames/1" and r.events for r in readings)
    assert all("read by the frames" in r.document.notes[0] for r in readings)


def test_the_key_is_in_no_file(tmp_path, monkeypatch):
    monkeypatch.setenv("A_KEY", KEY)
    echo: Callable[[dict], Say] = lambda asked: Say(answer(), headers={"X-Echo": KEY})  # noqa: E731
    with model_server(by=echo) as server:
        reader = open_model_reader(desk_of(tmp_path, server.url, 'key_env = "A_KEY"\n'))
        read_with(reader, DEAL)
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    files = [f for f in tmp_path.rglob("*") if f.is_file()]
    assert len(files) >= 3
    assert not any(KEY.encode() in f.read_bytes() for f in files)


def test_without_a_key_or_an_endpoint_nothing_begins(tmp_path, monkeypatch):
    monkeypatch.delenv("A_KEY", raising=False)
    with pytest.raises(ConfigError, match="A_KEY"):
        open_model_reader(desk_of(tmp_path, "http://127.0.0.1:1/v1", 'key_env = "A_KEY"\n'))
    with pytest.raises(ConfigError, match="no endpoint"):
        open_model_reader(desk_of(tmp_path, ""))


def test_a_run_reads_with_the_model_and_keeps_what_it_noted(tmp_path):
    def mixed(asked):
        return Say("obeying now") if "Altonorte" in page_of(asked) else told(asked)

    with model_server(by=mixed) as server, open_ledger(tmp_path / "a.db", create=True) as ledger:
        reader = open_model_reader(desk_of(tmp_path, server.url))
        for number, text in enumerate((DEAL, OUTAGE, COOKING)):
            ledger.captures.add(page(text, number=number))
        here = InlineExecutor()
        read_step(ledger, here, now=NOW)
        story_step(ledger, here, now=NOW)
        with ThreadPoolExecutor(2) as threads:
            report = extract_step(ledger, threads, gate=0.3, now=NOW, find=reader.find)
        assert ledger.waiting()[Stage.EXTRACT] == 0
    assert (report.taken, report.quarantined) == (2, 0)
    assert report.made >= 2
    assert len(server.asked) == 2, "what is not of the field is not sent"
    (note,) = report.notes
    assert note.startswith("read by the frames, not the model: the model's answer is quarantined")


def test_answers_by_many_threads_are_those_of_one(tmp_path):
    texts = [f"{DEAL} Number {n}." for n in range(8)]

    def read(folder: Path, server: ModelServer, threads: int) -> list:
        folder.mkdir()
        reader = open_model_reader(desk_of(folder, server.url))
        with ThreadPoolExecutor(threads) as pool:
            found = list(pool.map(lambda text: read_with(reader, text).events, texts))
        assert len(lines(load_desk(folder), "costs")) == 8
        return found

    with model_server(by=told) as server:
        assert read(tmp_path / "one", server, 1) == read(tmp_path / "many", server, 4)


@pytest.mark.parametrize(("say", "outcomes"), [(Say(wait=0.6), ["ModelAway"]), (None, [])])
def test_a_question_that_may_have_been_worked_on_is_counted_and_no_other(tmp_path, say, outcomes):
    """A time-out may be charged for; where nobody listens nothing was sent."""
    with model_server(say or Say()) as server:
        desk = desk_of(tmp_path, server.url, "timeout_seconds = 0.2\n")
        if say is not None:
            read_with(open_model_reader(desk), DEAL)
    if say is None:
        read_with(open_model_reader(desk), DEAL)
    rows = lines(desk, "costs")
    assert [row["outcome"] for row in rows] == outcomes
    assert all(row["estimated"] and row["tokens_in"] > 2_000 for row in rows)
