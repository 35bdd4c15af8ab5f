"""The checks as a whole: pure, in text order, true to the text whatever it holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.extraction.checks import run_checks
from lodewire.extraction.checks.precision import Interval, interval_of, judge, show
from lodewire.extraction.quantities import find_quantities
from lodewire.model.vocabulary import Verdict
from tests.extraction.checks.scenes import checks_of, document_of, named

_PIECES = st.sampled_from(
    (
        "5,000 tonnes|12 Mt|at|1.5% Cu|40 cents a pound|, or |$900 a tonne|($5)|5%|rose|fell|"
        "from|to|copper|rare earths|used in|lithium-ion batteries|inferred reserves|a total of|"
        "and|comprising|the remaining|owns|worth|$5 million|for|stake|valuing it at|=|yuan 7|. |"
        "\n|80,000|87,000 t"
    ).split("|")
)


@settings(max_examples=250, deadline=None)
@given(st.lists(_PIECES, max_size=20))
def test_any_mixture_of_checked_words_gives_true_quotes(pieces: list[str]) -> None:
    text = " ".join(pieces)
    names = [
        named(text, words, entity)
        for words, entity in (("copper", "copper"), ("rare earths", "rare-earths"))
        if words in text
    ]
    checks_of(text, names)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_checked_without_an_error(text: str) -> None:
    checks_of(text)


def test_the_same_document_gives_the_same_checks_in_text_order() -> None:
    text = (
        "It was 40 cents a pound, or $700 a tonne. Output rose 12% from 80,000 to 87,000 tonnes. "
        "It has inferred reserves of 12 million tonnes."
    )
    first, again = checks_of(text), checks_of(text)
    assert first == again
    assert [c.spans[0].start for c in first] == sorted(c.spans[0].start for c in first)
    assert len({c.id for c in first}) == len(first) == 3


def test_a_document_without_quantities_has_no_checks() -> None:
    assert run_checks(document_of("Nothing to see."), (), (), ()) == ()


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("87,000 tonnes", "86500", "87500"),
        ("80,000 tonnes", "79500", "80500"),
        ("2 million tonnes", "1500000", "2500000"),
        ("8.75%", "8.745", "8.755"),
        ("nearly 900 t", "841", "905"),
        ("more than 600 t", "595", "755"),
        ("5 to 6 t", "5", "6"),
    ],
)
def test_a_written_number_stands_for_an_interval(text: str, low: str, high: str) -> None:
    (quantity,) = find_quantities(text)
    found = interval_of(quantity, text)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("computed", "verdict"),
    [
        ((99, 100, 101), Verdict.CONSISTENT),
        ((95, 103, 111), Verdict.ROUNDING),
        ((119, 120, 121), Verdict.MISMATCH),
        ((102.2, 102.5, 103), None),
    ],
)
def test_the_verdict_follows_from_the_intervals(
    computed: tuple[float, float, float], verdict: Verdict | None
) -> None:
    low, value, high = (Decimal(str(n)) for n in computed)
    stated = Interval(Decimal(98), Decimal(100), Decimal(102))
    assert judge(Interval(low, value, high), stated) is verdict


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("881.8490487", "881.85"),
        ("9838000", "9,838,000"),
        ("180000.00", "180,000"),
        ("0.0004567", "0.000457"),
        ("12.30", "12.3"),
        ("0", "0"),
        ("-10", "-10"),
    ],
)
def test_numbers_are_shown_for_a_reader(value: str, shown: str) -> None:
    assert show(Decimal(value)) == shown
