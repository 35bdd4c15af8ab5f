"""What stands before the API: limits, keys, sizes and tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.web.api.callers import Caller, Limiter
from tests.web.conftest import Ask


def test_the_same_answer_is_not_sent_twice(api: Ask) -> None:
    """Its tag comes back as 304 without a body."""
    first = api("/events")
    again = api("/events", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    other = api("/events?limit=1", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_who_asks_too_often_waits(api: Ask) -> None:
    """Sixty a minute, then 429 with the time to wait; the headers count down."""
    answers = [api("/briefs") for _ in range(62)]
    assert {a.status_code for a in answers[:60]} == {200}
    last = answers[-1]
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) >= 1
    assert last.headers["content-type"] == "application/problem+json"
    left = [int(a.headers["ratelimit"].split("r=")[1].split(";")[0]) for a in answers[:60]]
    assert left[0] == 59
    assert left == sorted(left, reverse=True)


@pytest.mark.parametrize("told", ["Basic abc", "Bearer", "Bearer x y", "Bearer made-up", "token"])
def test_a_foreign_key_is_refused(api: Ask, told: str) -> None:
    """Never taken for no key at all."""
    answer = api("/events", headers={"authorization": told})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_large_request_is_refused(api: Ask) -> None:
    """Before it is read whole."""
    assert api("/scenarios", "POST", content=b"x" * 70_000).status_code == 413


def test_nothing_else_takes_a_request_with_a_body(api: Ask) -> None:
    """The API changes nothing."""
    assert api("/events", "DELETE").status_code == 405
    assert api("/events", "POST").status_code == 405


@given(st.lists(st.floats(0.0, 30.0), min_size=1, max_size=200), st.integers(1, 120))
def test_a_bucket_never_gives_more_than_its_rate(waits: list[float], a_minute: int) -> None:
    """In any stretch of time: what it held, and what filled in."""
    now = 0.0
    limiter = Limiter(clock=lambda: now)
    caller = Caller(name="a", a_minute=a_minute)
    taken = 0
    for wait in waits:
        now += wait
        allowance = limiter.take(caller)
        taken += allowance.wait == 0
        assert 0 <= allowance.left <= a_minute
    assert taken <= a_minute + now * a_minute / 60 + 1e-6


def test_waiting_as_told_is_enough() -> None:
    """And another caller is not kept waiting."""
    now = 0.0
    limiter = Limiter(clock=lambda: now)
    caller = Caller(name="a", a_minute=7)
    while not (wait := limiter.take(caller).wait):
        pass
    assert limiter.take(Caller(name="b", a_minute=7)).wait == 0
    now += wait
    assert limiter.take(caller).wait == 0
