"""What holds for every official service: where a key goes, what is refused, what is told."""

from __future__ import annotations

import asyncio
import gzip
import traceback

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.collect.official.asking import Access, Asker, Query, spoken
from lodewire.errors import CollectError
from tests.collect.official.local import html_answer, json_answer, local_service
from tests.collect.server import client_for, respond

KEY = "a+key/with=signs&more"
HEADER = ("X-Key", "APIKey ")


def ask(service, query, *, key=KEY, limits=None, hosts=None, **access):
    async def go():
        told = {"allow_private": True, "min_delay": 0.0, "key_from": "SOME_KEY", **access}
        settings = Access(service="some", endpoint=service.url, key=key, **told)
        async with client_for(**(limits or {}), hosts=hosts) as client:
            return await Asker(client, settings).ask(query)

    return asyncio.run(go())


def refusal(service, query, **told):
    with pytest.raises(CollectError) as caught:
        ask(service, query, **told)
    shown = "".join(traceback.format_exception(caught.value))
    for form in (KEY, "a%2Bkey", "a%2bkey"):
        assert form not in shown, "not even a traceback shows the key"
    assert caught.value.hint
    return f"{caught.value.message} | {caught.value.hint}"


def to(url):
    return lambda asked: respond(302, b"", f"Location: {url}{asked.target}")


def test_a_key_in_a_header_does_not_go_to_another_host():
    with (
        local_service(lambda asked: json_answer({"ok": 1})) as other,
        local_service(to(other.url)) as service,
    ):
        part = ask(service, Query(path="/x", what="x", key_header=HEADER))
    assert part.body == b'{"ok": 1}'
    assert service.asked[0].headers["x-key"] == f"APIKey {KEY}"
    assert "x-key" not in other.asked[0].headers


def test_a_key_in_a_header_stays_along_redirects_of_its_own_host():
    def answer(asked):
        return respond(302, b"", "Location: /b") if asked.path == "/a" else json_answer({})

    with local_service(answer) as service:
        ask(service, Query(path="/a", what="x", key_header=HEADER))
    assert [a.headers.get("x-key") for a in service.asked] == [f"APIKey {KEY}"] * 2


def test_a_key_in_the_address_is_not_taken_to_another_host():
    with (
        local_service(lambda asked: json_answer({})) as other,
        local_service(to(other.url)) as service,
    ):
        told = refusal(service, Query(path="/x", what="x", key_parameter="api_key"))
    assert "redirects the key to another host" in told
    assert other.asked == []
    assert service.asked[0].query["api_key"] == KEY


def test_a_question_in_a_body_is_not_redirected():
    with local_service(to("/elsewhere")) as service:
        told = refusal(service, Query(path="/x", what="x", content=b"{}"))
    assert "redirects a question" in told


def test_a_key_echoed_by_an_error_is_not_shown():
    body = {"error_code": 400, "error_message": f"Bad Request. api_key {KEY} is not registered."}
    with local_service(lambda asked: json_answer(body, status=400)) as service:
        told = refusal(service, Query(path="/x", what="x", key_parameter="api_key"))
    assert "Bad Request. api_key … is not registered." in told


def test_a_missing_key_is_told_with_its_variable():
    denied = json_answer({"message": "Access denied"}, status=401)
    with local_service(lambda asked: denied) as service:
        told = refusal(service, Query(path="/x", what="x", key_header=HEADER), key=None)
    assert "The key in SOME_KEY is not set." in told


def test_what_robots_txt_forbids_is_not_asked_unless_the_desk_says_so():
    rules = respond(200, b"User-agent: *\nDisallow: /api", "Content-Type: text/plain")
    with local_service(lambda asked: json_answer({}), robots=rules) as service:
        query = Query(path="/api/x", what="x")
        assert "robots = false under [official.services.some]" in refusal(service, query)
        assert service.asked == []
        ask(service, query, robots=False)


def test_an_address_of_a_private_network_is_not_asked():
    with local_service(lambda asked: json_answer({})) as service:
        told = refusal(service, Query(path="/x", what="x"), allow_private=False)
    assert "not on the public internet" in told
    assert "allow_private_addresses = true under [official.services.some]" in told
    assert service.asked == []


def test_a_redirect_into_the_private_network_is_not_followed():
    inside = {"inside.example": "10.0.0.7", "127.0.0.1": "93.184.216.34"}

    async def go():
        access = Access(service="some", endpoint="http://127.0.0.1:9")
        async with client_for(hosts=inside) as client:
            await Asker(client, access).ask(Query(path="http://inside.example/x", what="x"))

    with pytest.raises(CollectError, match="not on the public internet"):
        asyncio.run(go())


def test_a_packed_answer_is_unpacked():
    packed = respond(200, gzip.compress(b'{"a": 1}'), "Content-Encoding: gzip")
    with local_service(lambda asked: packed) as service:
        assert ask(service, Query(path="/x", what="x")).body == b'{"a": 1}'


def test_a_packed_answer_cut_off_is_an_error():
    packed = respond(200, gzip.compress(b'{"a": 1}' * 99)[:-12], "Content-Encoding: gzip")
    with local_service(lambda asked: packed) as service:
        assert "end mark" in refusal(service, Query(path="/x", what="x"))


def test_an_answer_shorter_than_announced_is_an_error():
    short = respond(200, b'{"a": 1', length=900)
    with local_service(lambda asked: short) as service:
        assert "broke off" in refusal(service, Query(path="/x", what="x"))


def test_an_answer_larger_than_allowed_is_an_error():
    with local_service(lambda asked: respond(200, b"x" * 5000)) as service:
        told = refusal(service, Query(path="/x", what="x"), limits={"max_body": 1000})
    assert "max_body_mb under [official]" in told


def test_the_shown_address_holds_no_key():
    asker = Asker(None, Access(service="some", endpoint="https://example.org", key=KEY))
    query = Query(path="/x", what="x", parameters=(("a", "1,2"),), key_parameter="api_key")
    assert asker.address(query) == "https://example.org/x?a=1,2&api_key=…"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"statusCode": 401, "message": "Access denied."}', "Access denied."),
        (b'[{"message": [{"id": "120", "key": "Invalid value", "value": "No."}]}]', "No."),
        (b'{"error": [{"status": 413, "label": "big"}]}', '{"error": [{"status": 413'),
        (b"<?xml version='1.0'?><error code='400'>Bad <b>key</b></error>", "Bad key"),
        (b"plain words\n of two lines", "plain words of two lines"),
        (b"", ""),
    ],
)
def test_what_an_error_says_is_told_in_one_line(body, told):
    assert spoken(body).startswith(told)


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=400))
def test_any_bytes_make_one_short_printable_line(body):
    line = spoken(body)
    assert len(line) <= 200
    assert line.isprintable()


def test_a_web_page_in_place_of_an_error_is_told_by_its_words():
    with local_service(lambda asked: html_answer("Maintenance tonight", 404)) as service:
        assert "answered 404: Maintenance tonight" in refusal(service, Query(path="/", what="x"))


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://example.org/x?page=2", "https://example.org/x?page=2"),
        ("http://example.org/x?page=2", "https://example.org/x?page=2"),
        ("https://example.org.evil.example/x", None),
        ("https://user@example.org/x", None),
        ("ftp://example.org/x", None),
        ("/x?page=2", None),
        ("http://[", None),
    ],
)
def test_a_next_page_lies_on_the_same_host_or_is_refused(address, asked):
    asker = Asker(None, Access(service="some", endpoint="https://example.org", key=KEY))
    if asked is not None:
        assert asker.next_page(address) == asked
        return
    with pytest.raises(CollectError, match="the next page is said to be"):
        asker.next_page(address)
