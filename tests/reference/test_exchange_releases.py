"""Newer exchange rates: the direction of each code, and the euro's crossed through the dollar."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import ConfigError
from lodewire.reference.exchange import TURNED, currencies, exchange, own_rates, rate
from lodewire.reference.exchange_releases import (
    DOLLARS_FOR_ONE,
    FOR_ONE_DOLLAR,
    read_exchange_release,
)

D = Decimal


def test_the_code_of_fred_says_which_way():
    """EXUSEU is dollars for a euro, EXJPUS yen for a dollar; both come out for one dollar."""
    found = read_exchange_release(
        "fred.csv", b"observation_date,EXUSEU,EXJPUS\n2025-03-01,1.0813,149.0576\n"
    )
    assert found is not None
    rates = {r.currency: r.per_usd for r in found}
    assert abs(rates["EUR"] - D("0.9248")) < D("0.0001")
    assert rates["JPY"] == D("149.0576")


def test_rates_of_the_central_bank_are_crossed_through_the_dollar():
    found = read_exchange_release(
        "ecb.csv",
        b"KEY,FREQ,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\n"
        b"a,M,USD,EUR,2025-03,1.0807\n"
        b"b,M,GBP,EUR,2025-03,0.83703\n"
        b"c,M,JPY,EUR,2025-04,160\n"
        b"d,D,USD,EUR,2025-03-03,1.05\n",
    )
    assert found is not None
    rates = {(r.currency, r.period): r.per_usd for r in found}
    assert set(rates) == {("EUR", "2025-03"), ("GBP", "2025-03")}  # no dollar in April
    assert abs(rates["EUR", "2025-03"] - D("0.9253")) < D("0.0001")
    assert abs(rates["GBP", "2025-03"] - D("0.7745")) < D("0.0001")


def test_the_codes_cover_the_table_and_its_direction():
    assert set(DOLLARS_FOR_ONE.values()) == TURNED
    assert {*DOLLARS_FOR_ONE.values(), *FOR_ONE_DOLLAR.values()} == set(currencies()) - {"USD"}


@pytest.mark.parametrize("value", ["0", "-1", "abc", "NaN"])
def test_a_rate_that_cannot_be_is_told_with_its_line(value: str):
    with pytest.raises(ConfigError, match=r"f\.csv:2: EXUSEU"):
        read_exchange_release("f.csv", f"DATE,EXUSEU\n2025-03-01,{value}\n".encode())


def test_another_table_is_left_to_others():
    assert read_exchange_release("p.csv", b"Commodity,PALUM\n2025M9,2660\n") is None
    assert read_exchange_release("p.xlsx", b"PK\x03\x04\xff") is None


def test_rates_of_a_desk_stand_over_the_package_s(tmp_path: Path):
    (tmp_path / "exchange").mkdir()
    file = tmp_path / "exchange" / "own.csv"
    file.write_text("currency,period,per_usd,source,vintage\nEUR,2026-10,0.85,own,2026-10\n")
    found = rate("EUR", "2026-10", tmp_path)
    assert found is not None
    assert exchange(D(100), "USD", "EUR", "2026-10", tmp_path) == D(85)
    assert rate("EUR", "2026-10") is None
    file.write_text("currency,period,per_usd,source,vintage\nEUR,2026-10,0,own,x\n")
    with pytest.raises(ConfigError, match=r"own\.csv:2: not a rate"):
        own_rates(tmp_path)
    file.write_text("currency,per_usd\n")
    with pytest.raises(ConfigError, match=r"own\.csv:1: the header"):
        own_rates(tmp_path)


@given(st.binary(max_size=200))
def test_any_bytes_are_rates_or_left(content: bytes):
    try:
        found = read_exchange_release("x.csv", b"DATE,EXUSEU\n" + content)
    except ConfigError:
        return
    assert found is None or all(r.per_usd > 0 for r in found)
