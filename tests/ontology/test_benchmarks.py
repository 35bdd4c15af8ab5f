"""Benchmarks and plausible ranges: names, units, and slips that fall outside."""

from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.benchmarks import (
    Bound,
    BoundKind,
    bounds_for,
    load_benchmarks,
    load_bounds,
    read_benchmarks,
    read_bounds,
)
from lodewire.ontology.units import convert, kind_of
from tests.ontology.broken import copy_data, replace_once


def plausible(bound: Bound, value: str, unit: str) -> bool:
    return bound.low <= convert(Decimal(value), unit, bound.unit) <= bound.high


def test_at_least_eighty_benchmarks_and_forty_five_price_ranges() -> None:
    assert len(load_benchmarks()) >= 80
    prices = {b.commodity for b in load_bounds() if b.kind is BoundKind.PRICE}
    assert len(prices) >= 45


@pytest.mark.parametrize(
    ("text", "benchmark", "commodity"),
    [
        ("US Midwest aluminum premium", "us-midwest-aluminium-premium", "aluminium"),
        ("MJP", "mjp", "aluminium"),
        ("Brent crude", "brent", "crude-oil"),
        ("West Texas Intermediate", "wti", "crude-oil"),
        ("Henry Hub", "henry-hub", "natural-gas"),
        ("JKM", "jkm", "lng"),
        ("three-month copper", "lme-copper-3m", "copper"),
        ("LME aluminium", "lme-aluminium", "aluminium"),
        ("LME aluminum", "lme-aluminium", "aluminium"),
        ("SHFE aluminium", "shfe-aluminium", "aluminium"),
        ("APT CIF Rotterdam", "apt-rotterdam", "tungsten"),
        ("spodumene 6% CIF China", "spodumene-cif-china", "spodumene"),
        ("Guangzhou lithium carbonate futures", "gfex-lithium-carbonate", "lithium"),
        ("uranium spot price", "uranium-spot", "uranium"),
        ("Newcastle coal", "newcastle-coal", "thermal-coal"),
    ],
)
def test_people_s_names_lead_to_the_benchmark(text: str, benchmark: str, commodity: str) -> None:
    owners = [
        b.id
        for b in load_benchmarks().values()
        if text.casefold() in {b.name.casefold(), *(a.text.casefold() for a in b.aliases)}
    ]
    assert owners == [benchmark]
    assert load_benchmarks()[benchmark].commodity == commodity


def test_a_plain_price_of_a_commodity_is_no_benchmark() -> None:
    surfaces = {a.text for b in load_benchmarks().values() for a in b.aliases}
    assert not {"gallium price", "copper price", "urea prices", "APT price"} & surfaces


@pytest.mark.parametrize("bound", load_bounds(), ids=lambda b: f"{b.commodity}-{b.form}-{b.kind}")
def test_units_fit_the_kind_of_range(bound: Bound) -> None:
    kind = kind_of(bound.unit)
    if bound.kind is BoundKind.GRADE:
        assert kind in (QuantityKind.GRADE, QuantityKind.PERCENT)
    else:
        assert kind is QuantityKind.PRICE


def test_the_slip_of_cents_for_dollars_falls_outside_the_range() -> None:
    (premium,) = bounds_for("aluminium", BoundKind.PREMIUM)
    assert not plausible(premium, "0.411", "USc/lb")
    assert plausible(premium, "41.1", "USc/lb")


@pytest.mark.parametrize(
    ("commodity", "form", "value", "unit", "good"),
    [
        ("copper", None, "9500", "USD/t", True),
        ("copper", None, "4.3", "USD/lb", True),
        ("copper", None, "95", "USD/t", False),
        ("gold", None, "4100", "USD/oz", True),
        ("gold", None, "41", "USD/oz", False),
        ("lithium", "carbonate", "9000", "USD/t", True),
        ("lithium", "carbonate", "9000", "USD/kg", False),
        ("uranium", "u3o8", "80", "USD/lb", True),
        ("crude-oil", None, "72", "USD/bbl", True),
        ("crude-oil", None, "7200", "USD/bbl", False),
        ("ndpr", "oxide", "75", "USD/kg", True),
        ("antimony", None, "60000", "USD/t", True),
    ],
)
def test_usual_prices_lie_inside_and_slips_outside(
    commodity: str, form: str | None, value: str, unit: str, good: bool
) -> None:
    found = bounds_for(commodity, form=form)
    assert any(plausible(b, value, unit) for b in found) is good


def test_a_form_without_a_range_of_its_own_takes_the_one_without_a_form() -> None:
    assert bounds_for("copper", form="cathode") == bounds_for("copper")
    assert bounds_for("cobalt", form="hydroxide")[0].form == "hydroxide"
    assert bounds_for("timber") == ()


def test_no_grade_range_passes_what_the_pure_mineral_holds() -> None:
    assert all(b.high <= 100 for b in load_bounds() if b.kind is BoundKind.GRADE and b.unit == "%")


def folder(tmp_path: Path) -> Path:
    return copy_data(tmp_path, "price_*", "commodities*")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\nbrent,Brent crude,crude-oil,,USD/bbl", "\nbrent,Brent crude,tar,,USD/bbl", "tar"),
        (
            "\nbrent,Brent crude,crude-oil,,USD/bbl",
            "\nbrent,Brent crude,crude-oil,,USD/pinch",
            "pinch",
        ),
        ("\nbrent,Brent crude,", "\nwti,Brent crude,", "twice"),
        ("\nbrent,Brent crude,", "\nBrent,Brent crude,", "kebab-case"),
        ("\nbrent,Brent crude,", "\nbrent,,", "needs a name"),
        ("|ICE Brent|", "|WTI crude|", "stands for"),
        ("JM iridium|iridium base price,johnson-matthey", "JM iridium,nobody", "nobody"),
    ],
)
def test_an_inconsistent_benchmark_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    replace_once(folder(tmp_path) / "price_benchmarks.csv", old, new)
    with pytest.raises(OntologyError, match=says) as caught:
        read_benchmarks(tmp_path)
    assert caught.value.message.startswith("price_benchmarks.csv:")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("tin,,price,USD/t,5000,70000", "tin,,price,USD/t,70000,5000", "low below high"),
        ("tin,,price,USD/t,5000,70000", "tin,,price,USD/t,,70000", "two numbers"),
        ("tin,,price,USD/t,5000,70000", "tin,,price,USD/t,many,70000", "not a number"),
        ("tin,,price,USD/t,5000,70000", "tin,,price,USD/t,5000,Infinity", "not finite"),
        ("tin,,price,USD/t,5000,70000", "tin,,price,USD/t,5000,20000", "outside"),
        ("tin,,price,USD/t,5000,70000", "tin,,cost,USD/t,5000,70000", "cost"),
        ("tin,,price,USD/t,5000,70000", "zinc,,price,USD/t,800,70000", "twice"),
        ("LME 777 to 1478 USc/lb,yes", "LME 777 to 1478 USc/lb,maybe", "yes or no"),
    ],
)
def test_an_inconsistent_range_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    replace_once(folder(tmp_path) / "price_bounds.csv", old, new)
    with pytest.raises(OntologyError, match=says) as caught:
        read_bounds(tmp_path)
    assert caught.value.message.startswith("price_bounds.csv:")
