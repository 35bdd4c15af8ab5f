"""Asking a model: against a server of the real protocol on this machine."""

from __future__ import annotations

import pytest

from lodewire.collect.chat import ChatEndpoint, ChatSettings
from lodewire.errors import (
    BadAnswer,
    ContextTooLong,
    LodewireError,
    ModelAway,
    ModelError,
    ModelRefused,
)
from tests.collect.chat_server import KEY, ModelServer, Say, fault, model_server

SCHEMA = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


def endpoint(server: ModelServer | str, waits: list[float] | None = None, **told) -> ChatEndpoint:
    url = server if isinstance(server, str) else server.url
    settings = ChatSettings(endpoint=url, model="small", **{"allow_private": True, **told})
    sleep = waits.append if waits is not None else [].append
    return ChatEndpoint(settings, user_agent="Lodewire/test", sleep=sleep)


def complaint(say: Say, **told) -> ModelError:
    with model_server(say) as server, pytest.raises(ModelError) as caught:
        endpoint(server, **told).ask("rules", "text", SCHEMA)
    return caught.value


def test_a_question_is_sent_as_the_protocol_has_it_and_the_reply_read():
    with model_server(Say('{"events": []}')) as server:
        reply = endpoint(server, key=KEY).ask("rules", "text", SCHEMA)
    assert (reply.text, reply.cut, reply.tools) == ('{"events": []}', False, False)
    assert (reply.tokens_in, reply.tokens_out) == (900, 100)
    assert server.paths == ["/v1/chat/completions"]
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    asked = server.asked[0]
    assert [m["role"] for m in asked["messages"]] == ["system", "user"]
    assert asked["response_format"]["type"] == "json_schema"
    assert asked["response_format"]["json_schema"]["schema"] == SCHEMA
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert (asked["temperature"], asked["max_tokens"], asked["stream"]) == (0, 4000, False)
    assert "tools" not in asked


def test_without_a_key_no_authorization_is_sent():
    with model_server() as server:
        endpoint(server).ask("rules", "text", SCHEMA)
    assert "authorization" not in server.headers[0]


def test_a_server_that_refuses_schemas_is_asked_for_an_object_and_then_plainly():
    def answer(asked):
        form = asked.get("response_format", {}).get("type")
        if form == "json_schema":
            return fault(400, "response_format.type json_schema is not supported")
        return fault(422, "unknown field response_format") if form else Say("{}")

    with model_server(by=answer) as server:
        asker = endpoint(server)
        assert asker.ask("rules", "text", SCHEMA).text == "{}"
        assert asker.ask("rules", "text", SCHEMA).text == "{}"
    forms = [a.get("response_format", {}).get("type") for a in server.asked]
    assert forms == ["json_schema", "json_object", None, None], "it remembers what is refused"


def test_newer_models_get_the_names_of_parameters_that_they_want():
    def answer(asked):
        if "max_tokens" in asked:
            return fault(400, "Unsupported parameter: use 'max_completion_tokens' instead.")
        if "temperature" in asked:
            return fault(400, "'temperature' does not support 0 with this model.")
        return Say("{}")

    with model_server(by=answer) as server:
        assert endpoint(server).ask("rules", "text", SCHEMA).text == "{}"
    assert server.asked[-1]["max_completion_tokens"] == 4000


def test_too_many_requests_are_waited_out_as_long_as_the_server_says():
    waits: list[float] = []
    with model_server(fault(429, "slow down", Retry_After="7"), Say("{}")) as server:
        assert endpoint(server, waits).ask("rules", "text", SCHEMA).text == "{}"
    assert waits == [7.0]


def test_a_fault_of_the_server_is_tried_again_with_growing_pauses_and_then_given_up():
    waits: list[float] = []
    away = pytest.raises(ModelAway, match="500: out of memory")
    with model_server(fault(500, "out of memory")) as server, away as caught:
        endpoint(server, waits, retries=3).ask("rules", "text", SCHEMA)
    assert waits == [2.0, 4.0, 8.0]
    assert len(server.asked) == 4
    assert caught.value.hint


def test_a_wait_longer_than_allowed_is_not_waited():
    waits: list[float] = []
    later = fault(429, "come tomorrow", Retry_After="86400")
    with model_server(later) as server, pytest.raises(ModelAway, match="429"):
        endpoint(server, waits).ask("rules", "text", SCHEMA)
    assert waits == []


def test_a_slow_model_is_given_up_and_tried_again():
    with model_server(Say(wait=0.8), Say("{}")) as server:
        asker = endpoint(server, timeout_seconds=0.3)
        assert asker.ask("rules", "text", SCHEMA).text == "{}"
    with (
        model_server(Say(wait=0.8)) as server,
        pytest.raises(ModelAway, match=r"0\.3 seconds") as c,
    ):
        endpoint(server, timeout_seconds=0.3, retries=1).ask("rules", "text", SCHEMA)
    assert "timeout_seconds" in (c.value.hint or "")


def test_a_server_that_is_not_there_is_not_waited_for():
    with model_server() as server:
        url = server.url
    waits: list[float] = []
    with pytest.raises(ModelAway, match="cannot connect") as caught:
        endpoint(url, waits).ask("rules", "text", SCHEMA)
    assert "Start the model's server" in (caught.value.hint or "")
    assert waits == []


def test_a_private_address_is_not_asked_unless_the_desk_says_so():
    with model_server() as server, pytest.raises(ModelRefused) as caught:
        endpoint(server, allow_private=False).ask("rules", "text", SCHEMA)
    assert server.asked == []
    assert "allow_private_addresses" in (caught.value.hint or "")


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_not_accepted_is_told_without_the_key(status):
    error = complaint(fault(status, f"Incorrect API key provided: {KEY}"), key=KEY, key_from="K")
    assert isinstance(error, ModelRefused)
    assert "does not accept the key" in error.message
    assert "environment variable K" in (error.hint or "")
    assert KEY not in f"{error.message}{error.hint}"


def test_the_key_is_taken_out_of_whatever_a_server_repeats():
    error = complaint(fault(400, f"bad header Bearer {KEY}"), key=KEY, retries=0)
    assert KEY not in f"{error.message}{error.hint}{error!r}"
    assert KEY not in repr(ChatSettings(endpoint="https://x.org", model="m", key=KEY))


@pytest.mark.parametrize(
    ("say", "kind", "words", "hint"),
    [
        (
            fault(404, "The model `small` does not exist."),
            ModelRefused,
            "knows no model",
            "/models",
        ),
        (fault(404, "Not Found"), ModelRefused, "no /chat/completions", "/v1"),
        (fault(429, "You exceeded your current quota"), ModelRefused, "nothing left", "Pay"),
        (
            Say(status=302, raw=b"", headers={"Location": "http://x/"}),
            ModelRefused,
            "elsewhere",
            "",
        ),
        (fault(413, "too large"), ContextTooLong, "longer than small takes", ""),
        (
            fault(400, "This model's maximum context length is 4096 tokens."),
            ContextTooLong,
            "maximum context length",
            "",
        ),
        (
            fault(400, "the request exceeds the available context size"),
            ContextTooLong,
            "longer",
            "",
        ),
        (fault(400, "flagged", code="content_filter"), BadAnswer, "filter", ""),
        (fault(400, "no such thing"), ModelAway, "400: no such thing", "log"),
        (Say(raw=b"<html>proxy</html>"), ModelAway, "no chat completion", "/v1"),
        (Say(raw=b"[" * 100_000), ModelAway, "no chat completion", "/v1"),
        (Say(raw=b'{"choices": [7]}'), ModelAway, "no chat completion", "/v1"),
        (Say(content=None), BadAnswer, "no text", ""),
        (Say(content=None, refusal="I cannot"), BadAnswer, "refuses", ""),
        (Say(raw=b" " * 5_000_000), ModelAway, "gave no answer", "chat-completions server"),
    ],
)
def test_every_refusal_is_an_error_that_says_what_to_do(say, kind, words, hint):
    error = complaint(say, retries=0)
    assert type(error) is kind
    assert words in error.message
    assert hint in (error.hint or "")
    assert isinstance(error, LodewireError)


def test_what_a_model_asks_of_us_and_where_it_stops_is_told():
    call = [{"id": "1", "type": "function", "function": {"name": "fetch", "arguments": "{}"}}]
    with model_server(Say(content=None, tool_calls=call, finish="tool_calls")) as server:
        assert endpoint(server).ask("rules", "text", SCHEMA).tools
    with model_server(Say('{"events": [', finish="length", usage=None)) as server:
        reply = endpoint(server).ask("rules", "text", SCHEMA)
    assert reply.cut
    assert reply.tokens_in is None


def test_text_in_pieces_is_joined():
    pieces = [{"type": "text", "text": "{"}, {"type": "text", "text": "}"}]
    with model_server(Say(pieces)) as server:
        assert endpoint(server).ask("rules", "text", SCHEMA).text == "{}"
