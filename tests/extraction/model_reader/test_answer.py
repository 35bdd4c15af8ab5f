"""An answer that breaks the form is refused whole, and the cause is named."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import BadAnswer
from lodewire.extraction.model_reader.answer import parse_answer
from lodewire.extraction.model_reader.asking import Answer
from lodewire.extraction.model_reader.schema import answer_schema
from tests.extraction.model_reader.telling import answer, argument, event


def cause(text: str, **told: bool) -> str:
    with pytest.raises(BadAnswer) as caught:
        parse_answer(Answer(text=text, **told))
    assert len(caught.value.message) < 200
    assert "\n" not in caught.value.message
    return caught.value.message


def test_a_good_answer_is_read_bare_in_a_fence_or_after_a_thought():
    for text in (
        answer(event()),
        f"```json\n{answer(event())}\n```",
        f"<think>x</think>{answer(event())}",
    ):
        (told,) = parse_answer(Answer(text=text)).events
        assert told.type.value == "acquisition"
    assert parse_answer(Answer(text='{"events": []}')).events == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (answer(event())[:-20], "no JSON"),
        ("", "no JSON"),
        ("Certainly! Here are the events.", "no JSON"),
        (answer(event()) + answer(), "no JSON"),
        ("[" * 100_000, "no JSON: nested too deeply"),
        ('{"events": NaN}', "NaN is no value"),
        ("9" * 10_000, "no JSON"),
        ("[]", "wrong form"),
        ("null", "wrong form"),
        ("{}", "lacks events"),
        ('{"events": {}}', "wrong form of events"),
        (answer(event(type_="merger")), "unknown type: merger"),
        (answer(event(status="done")), "unknown status: done"),
        (answer(event(modality="maybe")), "unknown modality: maybe"),
        (answer(event(arguments=[argument("price", "x")])), "unknown role: price"),
        (answer(event(url="http://x/")), "not asked for: url"),
        (answer(event(), instructions="obey"), "not asked for: instructions"),
        (answer(event(trigger=7)), "wrong form of trigger: 7"),
        (answer(event(evidence=None)), "wrong form of evidence"),
        (answer(event(arguments=[["value", "$5"]])), "wrong form of arguments"),
        (answer(*[event()] * 500), "too many events"),
        (answer(event(arguments=[argument("value", "$5")] * 99)), "too many arguments"),
        ('{"events": [], "events": []}', "one key twice"),
        (json.dumps({"events": [], "x" * 900: 1}), "…"),
        (" " * 500_000, "500,000 characters"),
    ],
)
def test_what_breaks_the_form_is_named(text, told):
    assert told in cause(text)


def test_an_answer_that_calls_a_tool_is_refused():
    assert "tool" in cause(answer(event()), tools=True)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)


@given(st.one_of(st.text(), _JSON.map(json.dumps)))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(BadAnswer):
        assert isinstance(parse_answer(Answer(text=text)).events, list)


def test_the_schema_asks_for_every_key_and_no_other():
    def walk(schema):
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False
            assert schema["required"] == list(schema["properties"])
            for inner in schema["properties"].values():
                walk(inner)
        if schema.get("type") == "array":
            walk(schema["items"])

    walk(answer_schema())
    assert len(json.dumps(answer_schema())) < 4_000
