"""The client against the real API over a socket, and its values against broken ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from lodewire.client import ApiError, ApiProblem, ApiUnreachable, Client
from lodewire.client.building import build
from lodewire.ledger import open_ledger
from lodewire.model.answers import EventAnswer, EventPage
from lodewire.model.tier import Reach
from lodewire.web.api.callers import Anyone
from lodewire.web.app import make_app
from lodewire.web.server import listen, server_of
from tests.web.made import fill


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk that is served."""
    folder = tmp_path_factory.mktemp("served")
    with open_ledger(folder / "desk.db", create=True) as ledger:
        app = make_app(fill(ledger, folder), callers=Anyone(600, Reach()))
        bound = listen("127.0.0.1", 0)
        ready = threading.Event()
        server = server_of(app, ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        assert ready.wait(20)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)
        bound.close()


def test_it_reads_what_the_desk_knows(where: str) -> None:
    """Typed: days are days, statuses statuses, and each value has its words."""
    with Client(where) as desk:
        events = list(desk.events())
        assert events
        assert isinstance(events[0].first_seen, datetime)
        whole = desk.event(events[0].id)
        assert whole.event == events[0]
        assert {r.statement for r in whole.event.roles} <= {s.id for s in whole.statements}
        hit = next(desk.documents("khoemacau"))
        assert desk.document(hit.document).events
        assert desk.statements(document=hit.document)
        assert desk.statement(whole.statements[0].id) == whole.statements[0]
        assert desk.entities("Botswana")[0].id == desk.entity("BW").id
        assert desk.brief(desk.brief_days()[0]) == desk.brief()
        assert desk.corrections().corrections == ()
        assert desk.export("csv").startswith(b"event,")


def test_it_measures(where: str) -> None:
    """Measures, scenarios and landed costs."""
    with Client(where) as desk:
        assert desk.measures("cobalt")["commodity"] == "cobalt"
        ran = desk.scenario("cobalt", "mining", {"outage": "CD: 30% from 2026"}, draws=0)
        assert ran["measures"]
        cost = desk.landed_cost("aluminium", "US", "AE", date(2025, 3, 20), premium="180")
        assert float(cost["total"]) > float(cost["duty"]) > 0


def test_the_past_is_asked_with_every_question(where: str) -> None:
    """Nothing was known in 2020."""
    with Client(where, as_of=datetime(2020, 1, 1, tzinfo=UTC)) as desk:
        assert list(desk.events()) == []
        with pytest.raises(ApiProblem, match="404"):
            desk.event("ev_nothing")


def test_refusals_are_told_with_what_to_do(where: str) -> None:
    """The desk's title, status and detail."""
    with Client(where) as desk, pytest.raises(ApiProblem) as refused:
        list(desk.events(type="wedding"))
    assert refused.value.status == 400
    assert "type" in (refused.value.hint or "")
    with Client(where, key="made-up") as desk, pytest.raises(ApiProblem, match="401"):
        desk.brief()


def test_no_desk_is_told() -> None:
    """Nobody listens there."""
    with Client("http://127.0.0.1:9") as desk, pytest.raises(ApiUnreachable) as away:
        desk.brief()
    assert "lodewire serve" in (away.value.hint or "")


def _answering(*answers: httpx.Response) -> httpx.MockTransport:
    rest = list(answers)
    return httpx.MockTransport(lambda _: rest.pop(0))


def test_it_waits_where_it_asked_too_often() -> None:
    """As long as the desk says, and not for ever."""
    late = httpx.Response(429, headers={"retry-after": "3"}, json={"title": "Too many requests."})
    page = httpx.Response(200, json={"events": [], "next": None})
    slept: list[float] = []
    with Client("http://x", transport=_answering(late, page), sleep=slept.append) as desk:
        assert list(desk.events()) == []
    assert slept == [3]
    long = httpx.Response(429, headers={"retry-after": "900"}, json={})
    patient = Client("http://x", transport=_answering(long), sleep=slept.append)
    with patient as desk, pytest.raises(ApiProblem):
        list(desk.events())
    assert slept == [3]


@pytest.mark.parametrize(
    "told",
    [
        b"<html>",
        b"[]",
        b'{"events": []}',
        b'{"events": [{}], "next": null}',
        b'{"events": {}, "next": null}',
        b'{"events": [], "next": 5}',
    ],
)
def test_an_answer_that_is_none_is_told(told: bytes) -> None:
    """Never half a value."""
    answer = httpx.Response(200, content=told)
    hopeful = Client("http://x", transport=_answering(answer))
    with hopeful as desk, pytest.raises(ApiError, match="not understood"):
        list(desk.events())


def test_a_newer_desk_may_tell_more(where: str) -> None:
    """Unknown fields are left out; unknown words of a closed list are an error."""
    told: dict[str, Any] = httpx.get(f"{where}/api/v1/events").json()
    told["events"][0]["mood"] = "sunny"
    assert build(EventPage, told).events[0].id == told["events"][0]["id"]
    with pytest.raises(ValueError, match="wedding"):
        build(EventAnswer, {**told["events"][0], "type": "wedding"})
