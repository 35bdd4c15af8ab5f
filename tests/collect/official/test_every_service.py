"""What every official service must stand: nothing but a whole, good answer changes a table."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from lodewire.collect.official.services import SERVICES
from lodewire.pipeline.figures_state import read_state
from tests.collect.official.desk import NOW, desk_at, failure, fetch_one, files_of, well
from tests.collect.official.good import GOOD, KEY, NARROW, NEEDS_KEY
from tests.collect.official.local import html_answer, local_service
from tests.collect.official.test_comtrade import only_2024, row
from tests.collect.server import respond

ANSWERS = {"comtrade": only_2024(row()), **GOOD}
ASKED = {"comtrade": {"products": ["283691"]}, **NARROW}


@pytest.fixture(params=sorted(ANSWERS))
def name(request, monkeypatch):
    for service in SERVICES.values():
        if service.key_env:
            monkeypatch.delenv(service.key_env, raising=False)
    if request.param in NEEDS_KEY:
        monkeypatch.setenv(NEEDS_KEY[request.param], KEY)
    return request.param


def asking(tmp_path, name, service, **told):
    return desk_at(tmp_path, name, service.url, **{**ASKED.get(name, {}), **told})


def test_every_service_is_tried_here():
    assert set(ANSWERS) == set(SERVICES)


def test_a_good_answer_is_kept_and_the_same_again_changes_nothing(tmp_path, name):
    with local_service(ANSWERS[name]) as service:
        desk = asking(tmp_path, name, service)
        first = well(fetch_one(desk, name))
        before = files_of(tmp_path)
        again = well(fetch_one(desk, name, now=NOW + timedelta(days=3)))
    assert first.changes.added > 0
    assert not again.changes
    assert files_of(tmp_path) == before
    assert re.fullmatch(r"Lodewire/\S+", service.asked[0].headers["user-agent"])


SPOILED = {
    "a web page": lambda good: html_answer("We are busy"),
    "a web page of an error": lambda good: html_answer("Bad gateway", 502),
    "plain words": lambda good: respond(200, b"Please slow down", "Content-Type: text/plain"),
    "XML that says no": lambda good: respond(
        200, b"<?xml version='1.0'?><error code='1'>no</error>", "Content-Type: text/xml"
    ),
    "JSON that says no": lambda good: respond(
        200, b'{"error": "no such thing"}', "Content-Type: application/json"
    ),
    "nothing": lambda good: respond(200, b""),
    "blanks": lambda good: respond(200, b" \r\n "),
    "no content": lambda good: respond(204, length=-1),
    "an empty list": lambda good: respond(200, b"[]", "Content-Type: application/json"),
    "null": lambda good: respond(200, b"null", "Content-Type: application/json"),
    "half, as if whole": lambda good: respond(200, good[: len(good) // 2]),
    "all but the end": lambda good: respond(200, good[:-9]),
    "half, and gone": lambda good: respond(200, good[: len(good) // 2], length=len(good)),
    "bytes of nothing": lambda good: respond(200, bytes(range(256)) * 4),
    "a refusal": lambda good: respond(403, b"Forbidden"),
    "not there": lambda good: respond(404, b"Not found"),
    "a fault": lambda good: respond(500, b"Oops"),
    "a loop": lambda good: respond(302, b"", "Location: /loop"),
    "another scheme": lambda good: respond(302, b"", "Location: file:///etc/passwd"),
}


@pytest.mark.parametrize("spoiled", sorted(SPOILED))
def test_what_is_no_whole_good_answer_changes_nothing(tmp_path, name, spoiled):
    def answer(asked):
        return SPOILED[spoiled](ANSWERS[name](asked).partition(b"\r\n\r\n")[2])

    with local_service(ANSWERS[name]) as service:
        desk = asking(tmp_path, name, service)
        well(fetch_one(desk, name))
        before = files_of(tmp_path)
        service.answer = answer
        told = failure(fetch_one(desk, name, now=NOW + timedelta(days=1)))
    assert files_of(tmp_path) == before
    assert KEY not in told
    state = read_state(desk.official_path, name)
    assert state.failures == 1
    assert state.fetched_at == NOW
    assert state.error


def test_a_later_page_that_fails_changes_nothing(tmp_path, name):
    count = 0

    def answer(asked):
        nonlocal count
        count += 1
        return ANSWERS[name](asked) if count < needed else respond(500, b"Oops")

    with local_service(ANSWERS[name]) as service:
        desk = asking(tmp_path, name, service)
        well(fetch_one(desk, name))
        needed = len(service.asked)
        before = files_of(tmp_path)
        service.answer = answer
        failure(fetch_one(desk, name))
    assert files_of(tmp_path) == before


def test_a_service_that_is_away_is_told(tmp_path, name):
    with local_service(ANSWERS[name]) as service:
        desk = asking(tmp_path, name, service)
    assert "cannot connect" in failure(fetch_one(desk, name))


def test_an_answer_beyond_the_limit_is_refused(tmp_path, name):
    with local_service(lambda asked: respond(200, b"[1]", length=10**12)) as service:
        desk = asking(tmp_path, name, service)
        assert "max_body_mb under [official]" in failure(fetch_one(desk, name))


def test_a_key_never_reaches_the_disk(tmp_path, name):
    with local_service(ANSWERS[name]) as service:
        well(fetch_one(asking(tmp_path, name, service), name))
        service.answer = lambda asked: respond(400, asked.target.encode())
        failure(fetch_one(asking(tmp_path, name, service), name))
    for file in (tmp_path / "official").iterdir():
        assert KEY.encode() not in file.read_bytes()
        assert b"k3y%2F" not in file.read_bytes()
