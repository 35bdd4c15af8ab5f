"""What a row of UN Comtrade means."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.errors import BrokenFile
from lodewire.ontology.places import place_of_comtrade
from lodewire.reference.loaders.comtrade import read_page
from tests.collect.official.test_comtrade import envelope, row
from tests.reference.loaders.hostile import JSON, PLACE, refused_cleanly


def read(*rows, **told):
    body = json.dumps(envelope(*rows, **told)).encode()
    return read_page(body, "x", place_of=place_of_comtrade, vintage="2026-11-23")


def test_a_weight_of_zero_beside_a_value_is_a_missing_weight():
    (flow,) = read(row(netWgt=0, isNetWgtEstimated=True, qty=0)).flows
    assert flow.weight_kg is None
    assert not flow.weight_estimated
    assert flow.quantity is None
    assert flow.value == Decimal("30000.25")


def test_a_value_keeps_its_digits():
    (flow,) = read(row(primaryValue=452684213646.747)).flows
    assert flow.value == Decimal("452684213646.747")


def test_numbers_of_their_own_are_read_as_countries():
    pages = read(
        row(reporterCode=842, partnerCode=0),
        row(reporterCode=842, partnerCode=490),
        row(reporterCode=842, partnerCode=251),
        row(reporterCode=842, partnerCode=97),
    )
    assert [f.partner for f in pages.flows] == ["WORLD", "TW", "FR", "EU"]
    assert {f.reporter for f in pages.flows} == {"US"}


def test_areas_without_a_code_are_summed_and_nothing_is_lost():
    (flow,) = read(row(partnerCode=899, netWgt=0), row(partnerCode=837)).flows
    assert flow.partner == "OTHER"
    assert flow.value == Decimal("60000.50")
    assert flow.weight_kg is None


def test_parts_of_a_total_are_left_out():
    assert read(row(), row(motCode=2100), row(customsCode="C04"), row(partner2Code=36)).flows == (
        read(row()).flows
    )


def test_two_different_rows_for_one_country_are_refused():
    with pytest.raises(BrokenFile, match="two rows for JP CN import 283691 2024"):
        read(row(), row(primaryValue=1))


def test_exports_are_valued_fob_and_months_are_read():
    (flow,) = read(row(flowCode="X", period="202405")).flows
    assert (flow.valuation, flow.period) == ("FOB", "2024-05")


def reads_or_refuses(body):
    refused_cleanly(lambda: read_page(body, PLACE, place_of=place_of_comtrade, vintage="v"))


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_place(body):
    reads_or_refuses(body)


@settings(deadline=None)  # a busy machine is no fault
@given(JSON)
def test_any_json_in_the_place_of_rows_is_refused_cleanly(told):
    reads_or_refuses(json.dumps({"data": [told], "error": None}).encode())


@settings(deadline=None)  # a busy machine is no fault
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(row(), JSON)))
def test_any_json_in_the_place_of_a_cell_is_refused_cleanly(told):
    reads_or_refuses(json.dumps(envelope(row(**told))).encode())
