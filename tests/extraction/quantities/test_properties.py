"""Whatever the text, spans are true, nothing raises, and the time grows no faster than it."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.extraction.quantities import find_quantities, guess_dollar
from lodewire.model.vocabulary import QuantityKind

_PIECES = st.sampled_from(
    (
        "5 12 1,250 3.5 138\u00a0753 2025 $ US$ A$ € RMB % per cent tonnes t Mt kg lb a an "
        "per / - – to from between and or about nearly more than up million bn k m b oz g/t years "
        "( ) . , ; half third quarter one two twenty doubled times x 's s mid- low cents c p ¥ 万 "
        "トン 億円 亿元 ½ + ~ > \n Section No. Phase May annual output of CIF LME cash "
        "http://a.b/5t a@5t"
    ).split(" ")
)
_LANGUAGES = st.sampled_from(["en", "de", "fr", "es", "pt", "it", "ru", "ja", "zh", "xx", None])


def _prove(text: str, language: str | None) -> None:
    end = 0
    for quantity in find_quantities(text, language=language):
        assert text[quantity.span.start : quantity.span.end] == quantity.text
        assert quantity.span.start >= end
        assert quantity.span.covers(quantity.core)
        low, high = quantity.bounds
        assert low <= high
        assert low.is_finite()
        if quantity.substance is not None:
            assert quantity.substance.of(text).strip()
        end = quantity.span.end


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), _LANGUAGES)
def test_any_text_gives_true_spans(text: str, language: str | None) -> None:
    _prove(text, language)


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=25), st.sampled_from(["", " "]), _LANGUAGES)
def test_any_mixture_of_the_words_of_quantities_gives_true_spans(
    pieces: list[str], glue: str, language: str | None
) -> None:
    _prove(glue.join(pieces), language)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_the_guess_of_the_dollar_never_raises(text: str) -> None:
    assert guess_dollar(text) in {"USD", "$", "AUD", "CAD"}


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from([",", " ", "\u00a0", ""]))
def test_however_thousands_are_grouped_the_value_is_the_same(number: int, mark: str) -> None:
    written = f"{number:,}".replace(",", mark)
    (found,) = find_quantities(f"made {written} tonnes of zinc")
    assert found.value == number


@given(st.decimals(min_value="0.01", max_value="9999", places=2))
def test_a_decimal_is_read_exactly(number: Decimal) -> None:
    (found,) = find_quantities(f"at ${number:,} a tonne")
    assert found.value == number
    assert found.unit == "USD/t"


@pytest.mark.parametrize(
    "piece",
    [
        "1,", "1 ", "100 ", "1", "$", "one ", "5-", "5 to ", "more than ", "5%", "a third ",
        "1 to 2 and ", "10, ", "5 t of a b c d e ", "1/2 ", "5 million ", "annual output ",
        "LME cash ", "(5 t) ", "x@", "www.", "5 tonnes and ", "$5 a ton, at $6 ", "1.2.3.", "½",
        "5% to 4% ", "half a ", "No. 5 and ", "万", "5万", "~", "mid-40s ",
    ],
)  # fmt: skip
def test_hostile_repetition_takes_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        started = time.process_time()
        find_quantities(text, language=None)
        return time.process_time() - started

    seconds(1000)
    small = min(seconds(4_000) for _ in range(2))
    large = min(seconds(16_000) for _ in range(4))  # pauses of the collector are not ours
    assert large < 4 * small * 3 + 0.15  # four times the text; a square would take sixteen


_GOLD = Path(__file__).resolve().parents[4] / "shared" / "gold"
_TOLD = {
    QuantityKind.COUNT,
    QuantityKind.DURATION,
    QuantityKind.FACTOR,
    QuantityKind.OTHER,
}


@pytest.mark.skipif(not _GOLD.exists(), reason="the shared gold set is not beside the project")
def test_the_gold_numbers_are_found_with_value_and_unit() -> None:
    """The bar of the design: value and unit right in at least 97 of 100, found and not found."""
    right = wrong = missed = 0
    for line in (_GOLD / "annotations.jsonl").read_text("utf-8").splitlines():
        told = json.loads(line)
        text = (_GOLD / f"{told['id']}.txt").read_text("utf-8")
        want = {(float(n["value"]), n["unit"]) for n in told["numbers"]}
        have = {
            (float(value), quantity.unit)
            for quantity in find_quantities(text, dollar=guess_dollar(text))
            if quantity.kind not in _TOLD
            for value in set(quantity.bounds)
        }
        right += len(want & have)
        wrong += len(have - want)
        missed += len(want - have)
    assert right / (right + wrong) >= 0.97
    assert right / (right + missed) >= 0.97
