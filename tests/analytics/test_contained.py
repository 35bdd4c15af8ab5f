"""Metal in a compound: published factors, and formulas that cannot be read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.contained import (
    ATOMIC_WEIGHTS,
    COMPOUNDS,
    atoms_in,
    metal_content,
    price_of_compound,
    price_of_metal,
)
from lodewire.errors import MeasureError


@pytest.mark.parametrize(
    ("formula", "element", "published"),
    [
        ("GeO2", "Ge", "0.694"),  # USGS MCS 2026, germanium, footnote 1: 0.69
        ("WO3", "W", "0.793"),  # USGS MCS 2026, tungsten, footnote 6: 7.93 kg W in an mtu
        ("Dy2O3", "Dy", "0.871"),
        ("Nd2O3", "Nd", "0.857"),
        ("Li2CO3", "Li", "0.188"),  # USGS: 5.323 t of carbonate hold a tonne of lithium
        ("U3O8", "U", "0.848"),
        ("V2O5", "V", "0.560"),
    ],
)
def test_factors_of_trade_follow_from_atomic_weights(formula: str, element: str, published: str):
    assert round(metal_content(formula, element), 3) == Decimal(published)


def test_brackets_and_counts_are_read():
    assert atoms_in("CoSO4(H2O)7") == {"Co": 1, "S": 1, "O": 11, "H": 14}
    assert atoms_in("(NH4)2SO4") == {"N": 2, "H": 8, "S": 1, "O": 4}


def test_the_oxides_of_a_kilogram_of_metal_cost_less_a_kilogram():
    """Oxide at 300 USD/kg is metal at 344 USD/kg, never the other way round."""
    content = metal_content("Dy2O3", "Dy")
    metal = price_of_metal(Decimal(300), content)
    assert metal > 300
    assert round(metal, 1) == Decimal("344.3")


@pytest.mark.parametrize(
    "wrong", ["", "dy2o3", "Dy2O3)", "(Dy2", "2Dy", "Xx2", "Dy0", "()", "Dy 2"]
)
def test_what_is_no_formula_is_refused(wrong: str):
    with pytest.raises(MeasureError):
        metal_content(wrong, "Dy")


def test_an_element_that_is_not_in_it_is_refused():
    with pytest.raises(MeasureError, match="GeO2 holds no Si"):
        metal_content("GeO2", "Si")


def test_every_listed_compound_holds_its_element():
    for formula, element in COMPOUNDS.values():
        assert 0 < metal_content(formula, element) < 1


@given(st.text(alphabet="ABCDeiOoHN()0123456789", max_size=30))
def test_any_text_is_a_formula_or_refused(text: str):
    try:
        atoms = atoms_in(text)
    except MeasureError:
        return
    assert all(a in ATOMIC_WEIGHTS and n > 0 for a, n in atoms.items())


@given(
    st.sampled_from(sorted(COMPOUNDS.values())),
    st.decimals("0.01", "100000", places=2),
)
def test_price_of_metal_and_back(compound: tuple[str, str], price: Decimal):
    content = metal_content(*compound)
    back = price_of_compound(price_of_metal(price, content), content)
    assert abs(back - price) <= price * Decimal("1e-28")
