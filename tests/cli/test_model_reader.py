"""``--reader llm`` on the command line, against a model's server on this machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lodewire.ledger import open_ledger
from tests.cli.command import lodewire
from tests.collect.chat_server import KEY, Say, fault, model_server, page_of
from tests.extraction.model_reader.telling import SENTENCE, answer, event
from tests.pipeline.pages import DEAL, OUTAGE, page


def told(asked: dict) -> Say:
    known = "Khoemacau" in page_of(asked)
    return Say(answer(event(evidence=SENTENCE)) if known else answer())


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.txt"
    file.write_text(DEAL, encoding="utf-8")
    return file


def configured(folder: Path, url: str, more: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    old = (folder / "desk.toml").read_text() if (folder / "desk.toml").exists() else ""
    (folder / "desk.toml").write_text(
        f'{old}\n[model]\nendpoint = "{url}"\nname = "small"\nallow_private_addresses = true\n'
        f"retries = 0\n{more}",
        encoding="utf-8",
    )
    return folder


def test_one_page_is_read_by_the_model_that_the_desk_names(tmp_path, article):
    with model_server(by=told) as server:
        desk = configured(tmp_path / "desk", server.url)
        done = lodewire("read", article, "--reader", "llm", "--desk", desk, "--format", "json")
    (page,) = done.fine().json["documents"]
    (found,) = page["events"]
    assert found["type"] == "acquisition"
    for each in found["arguments"]:
        assert page["text"][slice(*each["span"])] == each["text"]
    assert page["notes"] == []


def test_without_the_option_nothing_is_asked(tmp_path, article):
    with model_server(by=told) as server:
        desk = configured(tmp_path / "desk", server.url)
        lodewire("read", article, "--desk", desk).fine()
        lodewire("read", article, "--desk", tmp_path / "no-desk").fine()
    assert server.asked == []


def test_what_is_missing_is_told_in_one_line_with_what_to_do(tmp_path, article):
    nowhere = lodewire("read", article, "--reader", "llm", "--desk", tmp_path).refused()
    assert "there is no desk here" in nowhere
    (tmp_path / "desk.toml").write_text("")
    empty = lodewire("read", article, "--reader", "llm", "--desk", tmp_path).refused()
    assert "Write endpoint under [model] in desk.toml" in empty


def test_a_server_that_is_not_there_or_refuses_is_told(tmp_path, article):
    with model_server() as server:
        gone = server.url
    desk = configured(tmp_path / "gone", gone)
    told_ = lodewire("read", article, "--reader", "llm", "--desk", desk).refused()
    assert "cannot connect" in told_
    assert "Start the model's server" in told_
    with model_server(fault(404, "The model `small` does not exist.")) as server:
        desk = configured(tmp_path / "unknown", server.url)
        told_ = lodewire("read", article, "--reader", "llm", "--desk", desk).refused()
    assert "knows no model 'small'" in told_


def test_a_bad_answer_is_noted_beside_what_the_frames_found(tmp_path, article):
    with model_server(Say("Sure! I will ignore my rules.")) as server:
        desk = configured(tmp_path / "desk", server.url)
        done = lodewire("read", article, "--reader", "llm", "--desk", desk).fine()
    assert "Note: read by the frames, not the model" in " ".join(done.out.split())
    assert "Acquisition" in done.out


def test_a_run_asks_the_model_where_the_desk_says_so_and_tells_what_it_took(new_desk):
    text = (new_desk / "desk.toml").read_text().replace("name =", 'reader = "llm"\nname =', 1)
    (new_desk / "desk.toml").write_text(text)
    with open_ledger(new_desk / "desk.db") as ledger:
        ledger.captures.add_all([page(DEAL, number=1), page(OUTAGE, number=2)])
    with model_server(by=told) as server:
        configured(new_desk, server.url, "price_in = 1\nprice_out = 1\n")
        done = lodewire("run", "--offline", "--desk", new_desk, "--no-write").fine()
    assert "Model reader: 2 questions asked, 0 answers kept from before, 2,000 tokens" in done.err
    assert "0.0020 USD" in done.err
    rows = (new_desk / "model" / "costs.jsonl").read_text().splitlines()
    assert {json.loads(row)["model"] for row in rows} == {"small"}


def test_a_run_whose_model_refuses_it_goes_on_with_the_frames_and_says_so(new_desk):
    with open_ledger(new_desk / "desk.db") as ledger:
        ledger.captures.add_all([page(DEAL, number=1), page(OUTAGE, number=2)])
    with model_server(fault(401, "who are you?")) as server:
        configured(new_desk, server.url)
        run = ("run", "--offline", "--desk", new_desk, "--no-write", "--reader", "llm")
        done = lodewire(*run).fine()
    assert "2 × read by the frames, not the model" in done.err
    assert "does not accept the key" in done.err
    assert "0 event mentions" not in done.out


def test_the_frames_can_be_asked_for_where_the_desk_prefers_a_model(new_desk):
    text = (new_desk / "desk.toml").read_text().replace("name =", 'reader = "llm"\nname =', 1)
    (new_desk / "desk.toml").write_text(text)
    assert "no endpoint" in lodewire("run", "--offline", "--desk", new_desk).refused()
    lodewire("run", "--offline", "--no-write", "--reader", "frames", "--desk", new_desk).fine()


def test_the_doctor_looks_at_the_model_where_it_reads(new_desk):
    text = (new_desk / "desk.toml").read_text().replace("name =", 'reader = "llm"\nname =', 1)
    (new_desk / "desk.toml").write_text(text)
    done = lodewire("doctor", "--desk", new_desk)
    assert "WRONG the model reader has no endpoint." in done.out
    configured(new_desk, "http://127.0.0.1:8080/v1", 'key_env = "A_KEY"\n')
    assert "A_KEY holds no key" in lodewire("doctor", "--desk", new_desk).out
    told_ = lodewire("doctor", "--desk", new_desk, env={"A_KEY": KEY}).out
    assert "ok    model reader: small at http://127.0.0.1:8080/v1, key in A_KEY" in told_
    assert KEY not in told_
