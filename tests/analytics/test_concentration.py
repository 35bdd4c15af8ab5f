"""Concentration: published cases, bounds that hold, and refusals instead of guesses."""

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.concentration import (
    Band,
    country_share,
    country_shares,
    diluted,
    hhi,
    hhi_band,
    n_minus_1,
    top_shares,
)
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure
from lodewire.reference.production import load_production, production_of

SHARED = Path(__file__).parents[3] / "shared" / "data"
STAGES = {"mine": "mining", "mine ex-US": "mining", "smelter": "smelting"}
NAMES = {
    "Rare earths": "rare-earths",
    "Aluminum": "aluminium",
    "Magnesium metal": "magnesium",
}


def figure(country: str, value: str | None, state: str = "reported", **other: object) -> Figure:
    given_ = {
        "commodity": "cobalt",
        "stage": "mining",
        "year": 2024,
        "unit": "t",
        "basis": "content",
        "source": "test",
        "vintage": "T1",
    }
    return Figure(
        country=country,
        value=None if value is None else Decimal(value),
        state=state,
        **(given_ | other),  # type: ignore[arg-type]
    )


def four_places(value: Decimal | None) -> Decimal:
    assert value is not None
    return round(value, 4)


# Facts: USGS Mineral Commodity Summaries 2026, squared shares of the countries listed for 2024.
@pytest.mark.parametrize(
    ("commodity", "stage", "low", "high", "top", "share", "top3", "lost"),
    [
        ("rare-earths", "mining", ".5192", ".5192", "CN", ".7031", ".8971", ".2969"),
        ("cobalt", "mining", ".5766", ".5773", "CD", ".7494", ".8919", ".2506"),
        ("lithium", "mining", ".2346", ".2346", "AU", ".3709", ".7759", ".6291"),
        ("graphite", "mining", ".6765", ".6765", "CN", ".8190", ".9112", ".1810"),
        ("nickel", "mining", ".4048", ".4117", "ID", ".6233", ".7742", ".3767"),
        ("copper", "refining", ".2240", ".2310", "CN", ".4493", ".6123", ".5507"),
    ],
)
def test_measures_of_2024_are_reproduced(
    commodity: str, stage: str, low: str, high: str, top: str, share: str, top3: str, lost: str
) -> None:
    figures = production_of(commodity, stage, 2024)
    index = hhi(figures)
    assert (four_places(index.low), four_places(index.high)) == (Decimal(low), Decimal(high))
    assert index.value == index.low
    assert four_places(country_share(figures, top).value) == Decimal(share)
    assert four_places(top_shares(figures, 3).value) == Decimal(top3)
    assert four_places(n_minus_1(figures).value) == Decimal(lost)


# Facts: USGS Mineral Commodity Summaries 2024, the same for 2022.
@pytest.mark.parametrize(
    ("commodity", "stage", "low", "high", "top", "share"),
    [
        ("nickel", "mining", ".2592", ".2745", "ID", ".4833"),
        ("copper", "mining", ".1034", ".1204", "CL", ".2433"),
        ("copper", "refining", ".2049", ".2169", "CN", ".4285"),
        ("bauxite", "mining", ".1907", ".1910", "AU", ".2549"),
        ("antimony", "mining", ".3083", ".3083", "CN", ".4813"),
        ("lithium", "mining", ".3537", ".3537", "AU", ".5101"),
    ],
)
def test_measures_of_2022_are_reproduced(
    commodity: str, stage: str, low: str, high: str, top: str, share: str
) -> None:
    figures = production_of(commodity, stage, 2022)
    index = hhi(figures)
    assert (four_places(index.low), four_places(index.high)) == (Decimal(low), Decimal(high))
    assert four_places(country_share(figures, top).value) == Decimal(share)


def test_the_whole_table_of_published_indices_is_reproduced() -> None:
    path = SHARED / "usgs" / "mcs2026_hhi.csv"
    if not path.exists():
        pytest.skip("the table of indices is not beside the project")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert len(rows) == 13
    for row in rows:
        commodity = NAMES.get(row["commodity"], row["commodity"].lower())
        stage = "refining" if "REFINERY" in row["stage"] else STAGES.get(row["stage"], "")
        stage = stage or {"gallium": "refining", "magnesium": "smelting"}[commodity]
        figures = production_of(commodity, stage, 2024)
        index = hhi(figures)
        assert abs(index.low - Decimal(row["hhi_lower"])) <= Decimal("0.00006"), row  # type: ignore[operator]
        assert abs(index.high - Decimal(row["hhi_upper"])) <= Decimal("0.00006"), row  # type: ignore[operator]
        assert four_places(top_shares(figures, 3).value) == Decimal(row["top3"]), row
        assert four_places(n_minus_1(figures).value) == Decimal(row["n_minus_1"]), row
        assert four_places(top_shares(figures, 1).value) == Decimal(row["top_share"]), row


def risk_cases(category: str) -> Iterator[dict[str, str]]:
    path = SHARED / "risk_cases.csv"
    if not path.exists():
        pytest.skip("the published cases are not beside the project")
    yield from (r for r in csv.DictReader(path.open(encoding="utf-8")) if r["category"] == category)


def case_figures(case: str) -> tuple[Figure, ...]:
    words = case.replace(" ex-US", "").split()
    year = int(words.pop())
    stage = "mining"
    if words[-1] in ("mine", "refined"):
        stage = {"mine": "mining", "refined": "refining"}[words.pop()]
    commodity = "-".join(words).lower().replace("aluminum", "aluminium")
    stage = "smelting" if commodity == "aluminium" else stage
    return production_of(commodity, stage, year)


def test_the_published_cases_on_usgs_indices_are_reproduced() -> None:
    cases = list(risk_cases("usgs_hhi"))
    assert len(cases) == 7
    for row in cases:
        index = hhi(case_figures(row["case"]))
        upper = re.search(r"upper=([\d.]+)", row["tolerance_or_calc"])
        top = re.search(r"top=.* ([\d.]+)", row["tolerance_or_calc"])
        assert upper is not None
        assert top is not None
        assert four_places(index.low) == Decimal(row["expected"]), row
        assert four_places(index.high) == Decimal(upper[1]), row
        share = top_shares(case_figures(row["case"]), 1).value
        assert four_places(share) == Decimal(top[1]), row


def test_the_published_totals_are_near_the_sums() -> None:
    cases = list(risk_cases("usgs_total"))
    assert cases
    for row in cases:
        figures = case_figures(row["case"])
        world = next(f.value for f in figures if f.country == "WORLD")
        listed = sum(f.value for f in figures if f.country != "WORLD" and f.value is not None)
        assert world == Decimal(row["expected"]), row
        assert abs(listed - world) <= world * Decimal("0.04"), row
        assert hhi(figures).value is not None


def test_published_shares_of_refining_give_their_top_three_and_n_minus_1() -> None:
    # Inputs are printed to three decimals, so three of them may be off by 0.0015 together.
    for row in risk_cases("iea_concentration"):
        parts = [p.strip().rpartition(" ") for p in row["inputs"].split(";")]
        figures = [
            figure(f"{chr(65 + n)}A", share, unit="share") for n, (_, _, share) in enumerate(parts)
        ]
        listed = sum(f.value for f in figures if f.value is not None)
        figures.append(figure("OTHER", str(1 - listed), unit="share"))
        left = re.search(r"N-1=([\d.]+)", row["tolerance_or_calc"])
        assert left is not None
        assert abs(top_shares(figures, 3).value - Decimal(row["expected"])) <= Decimal("0.0015")  # type: ignore[operator]
        assert abs(n_minus_1(figures).value - Decimal(left[1])) <= Decimal("0.0005")  # type: ignore[operator]


def test_china_s_share_of_rare_earths_in_the_edition_of_2025() -> None:
    """270,000 of the 393,950 t that the edition lists for 2024: 68.54 %."""
    figures = [figure("CN", "270000"), figure("OTHER", "123950"), figure("WORLD", "390000")]
    assert four_places(country_share(figures, "CN").value) == Decimal("0.6854")


@pytest.mark.parametrize(
    ("points", "band"),
    [
        ("999", Band.UNCONCENTRATED),
        ("1000", Band.MODERATE),
        ("1800", Band.MODERATE),
        ("1801", Band.HIGH),
    ],
)
def test_bands_are_those_of_the_merger_guidelines(points: str, band: Band) -> None:
    assert hhi_band(Decimal(points) / 10000) is band


def test_an_index_in_points_is_refused() -> None:
    with pytest.raises(MeasureError, match="outside"):
        hhi_band(Decimal(2500))


def test_every_table_we_ship_can_be_measured_and_is_bounded() -> None:
    keys = {(f.commodity, f.stage, f.year) for f in load_production()}
    refused: dict[tuple[str, str, int], str] = {}
    for key in sorted(keys):
        figures = production_of(*key)
        index = hhi(figures)
        if index.low is None:
            refused[key] = index.note
            continue
        assert index.low is not None, key
        assert index.high is not None, key
        assert 0 < index.low <= index.high <= 1, key
    assert refused == {
        ("germanium", "refining", 2022): "no country has a value above zero",
        ("germanium", "refining", 2023): "no country has a value above zero",
        (
            "zeolites",
            "mining",
            2022,
        ): "the countries listed (946407) exceed the world total (900000)",
    }


def test_one_country_alone_is_a_monopoly() -> None:
    only = [figure("CD", "5")]
    assert hhi(only).value == 1
    assert n_minus_1(only).value == 0
    assert top_shares(only).value == 1


def test_a_country_that_is_not_listed_has_bounds_and_no_value() -> None:
    figures = [figure("CD", "90"), figure("OTHER", "10")]
    share = country_share(figures, "ZM")
    assert (share.value, share.low, share.high) == (None, 0, Decimal("0.1"))
    assert "not listed" in share.note


def test_a_withheld_country_outside_the_total_is_never_taken_for_zero() -> None:
    figures = [figure("AU", "60"), figure("CL", "40"), figure("US", None, "withheld")]
    share = country_share(figures, "US")
    assert (share.value, share.low, share.high) == (None, 0, 1)
    index = hhi(figures)
    assert index.coverage is None
    assert index.note == "not known: US"


def test_a_gap_to_the_world_total_widens_the_bounds() -> None:
    figures = [
        figure("AU", "60"),
        figure("US", None, "withheld"),
        figure("WORLD", "100"),
    ]
    index = hhi(figures)
    assert (index.low, index.high) == (Decimal("0.36"), Decimal("0.52"))
    assert index.coverage == Decimal("0.6")
    assert country_share(figures, "US").high == Decimal("0.4")
    assert "not listed by country" in index.note


def test_less_than_opens_the_bounds_by_no_more_than_it_says() -> None:
    figures = [figure("AU", "99"), figure("MX", "1", "less_than")]
    index = hhi(figures)
    assert index.low == round(Decimal(99 * 99) / 10000, 6)
    assert index.low < 1 <= index.high  # type: ignore[operator]


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ([figure("AU", "5", "more_than"), figure("CL", "5")], "more than 5"),
        ([figure("AU", None, "withheld")], "no country has a value"),
        ([figure("AU", "0"), figure("CL", "0")], "no country has a value"),
        ([figure("OTHER", "5")], "no country has a value"),
        ([figure("AU", "120"), figure("WORLD", "100")], "exceed the world total"),
    ],
)
def test_what_the_figures_cannot_bear_is_refused_with_a_reason(
    figures: list[Figure], says: str
) -> None:
    for measure in (
        hhi(figures),
        top_shares(figures),
        n_minus_1(figures),
        country_share(figures, "AU"),
    ):
        assert (measure.value, measure.low, measure.high) == (None, None, None)
        assert says in measure.note


@pytest.mark.parametrize(
    ("figures", "says"),
    [
        ([], "no figures"),
        ([figure("AU", "1"), figure("CL", "1", commodity="copper")], "different commodity"),
        ([figure("AU", "1"), figure("CL", "1", unit="kt")], "different unit"),
        ([figure("AU", "1"), figure("CL", "1", year=2023)], "different year"),
        ([figure("AU", "1"), figure("CL", "1", vintage="T2")], "different vintage"),
        ([figure("AU", "1"), figure("CL", "1", basis="gross")], "different basis"),
        ([figure("AU", "1"), figure("AU", "2")], "two figures for AU"),
        ([figure("AU", "-1")], "below zero"),
    ],
)
def test_figures_that_do_not_belong_together_are_an_error(figures: list[Figure], says: str) -> None:
    with pytest.raises(MeasureError, match=says):
        hhi(figures)


def test_the_largest_none_are_refused() -> None:
    with pytest.raises(MeasureError, match="one or more"):
        top_shares([figure("AU", "1")], 0)


amounts = st.lists(st.integers(1, 10**9), min_size=1, max_size=12)


@settings(max_examples=60)
@given(amounts, st.integers(0, 10**9))
def test_bounds_hold_the_value_and_lie_in_0_to_1(values: list[int], other: int) -> None:
    figures = [figure(f"{chr(65 + n)}A", str(v)) for n, v in enumerate(values)]
    figures.append(figure("OTHER", str(other)))
    for measure in (hhi(figures), top_shares(figures), n_minus_1(figures)):
        assert measure.low is not None
        assert measure.high is not None
        assert measure.value is not None
        assert 0 <= measure.low <= measure.value <= measure.high <= 1


@settings(max_examples=60)
@given(amounts, st.integers(1, 5), st.integers(1, 12))
def test_naming_who_stands_behind_other_keeps_the_index_in_its_bounds(
    values: list[int], share: int, parts: int
) -> None:
    other = sum(values) * share // 10 + parts
    named = [figure(f"{chr(65 + n)}A", str(v)) for n, v in enumerate(values)]
    bounds = hhi([*named, figure("OTHER", str(other))])
    cut = [other // parts] * (parts - 1)
    cut.append(other - sum(cut))
    told = hhi([*named, *(figure(f"{chr(65 + n)}Z", str(v)) for n, v in enumerate(cut))])
    slack = Decimal("0.000002")
    assert bounds.low - slack <= told.value <= bounds.high + slack  # type: ignore[operator]


@settings(max_examples=40)
@given(amounts)
def test_order_and_scale_do_not_matter(values: list[int]) -> None:
    plain = [figure(f"{chr(65 + n)}A", str(v)) for n, v in enumerate(values)]
    scaled = [figure(f"{chr(65 + n)}A", str(v * 1000)) for n, v in enumerate(values)]
    assert hhi(plain).value == hhi(reversed(scaled)).value


def test_plain_amounts_are_inputs_as_good_as_figures() -> None:
    told = hhi({"CN": 70, "AU": "20", "OTHER": 10.0})
    assert (told.low, told.high) == (Decimal("0.53"), Decimal("0.54"))
    assert told.inputs[0].value == 70
    assert n_minus_1({"CN": 70, "AU": 30}).value == Decimal("0.3")
    assert country_share({"CN": 70, "US": None, "WORLD": 100}, "US").high == Decimal("0.3")


def test_shares_of_all_countries_are_those_of_each() -> None:
    figures = production_of("nickel", "mining", 2024)
    shares = country_shares(figures)
    assert shares[0][0] == "ID"
    assert all(country_share(figures, c) == m for c, m in shares)
    assert country_shares([figure("AU", None, "withheld")]) == ()


def test_a_newcomer_dilutes_by_the_closed_form() -> None:
    after = hhi({"CN": 70, "AU": 30, "BR": 5}).value
    before = hhi({"CN": 70, "AU": 30}).value
    assert before is not None
    assert after is not None
    assert abs(diluted(before, Decimal("0.05")) - after) < Decimal("0.000001")
    with pytest.raises(MeasureError, match="more supply"):
        diluted(Decimal("0.5"), Decimal(-1))
