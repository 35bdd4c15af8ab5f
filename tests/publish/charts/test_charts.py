"""Every kind of chart: what is in the picture, what is refused, what hostile words can do."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.errors import PublishError
from lodewire.publish.charts.activity import activity_chart
from lodewire.publish.charts.concentration import concentration_chart
from lodewire.publish.charts.deals_map import deals_map, pixel
from lodewire.publish.charts.dependence import dependence_chart
from lodewire.publish.charts.fan import fan_chart
from lodewire.publish.charts.inputs import (
    ActivityGroup,
    CostStep,
    DealPlace,
    Flow,
    IndexPoint,
    SeriesPoint,
    SupplyBar,
    SupplyStage,
)
from lodewire.publish.charts.price import price_chart
from lodewire.publish.charts.season import season_chart
from lodewire.publish.charts.supply import supply_chart
from lodewire.publish.charts.theme import SMALL
from lodewire.publish.charts.tornado import tornado_chart
from lodewire.publish.charts.waterfall import waterfall_chart
from lodewire.publish.charts.world import load_outline
from tests.publish.charts.made import CAPTION, HOSTILE, MAKERS, months

D = Decimal
#: Where a spec holds text as text: rows of data, titles, the description.
_TEXT_PLACES = {"values", "text", "subtitle", "description"}
#: What makes Vega compute, fetch or follow something.
_POWERS = {
    "expr",
    "signal",
    "url",
    "href",
    "calculate",
    "labelExpr",
    "usermeta",
    "loader",
    "lookup",
}


def walk(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every value of a spec with the keys that lead to it."""
    yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, (*path, key))
    elif isinstance(node, list):
        for value in node:
            yield from walk(value, path)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_spec_is_json_with_caption_and_description_inside(kind: str) -> None:
    """Source, vintage and method stand in the picture itself; the words of the alt text too."""
    chart = MAKERS[kind]("Copper")
    assert chart.kind == kind
    assert json.loads(json.dumps(chart.spec, allow_nan=False)) == chart.spec
    texts = " ".join(str(v) for _, v in walk(chart.spec) if isinstance(v, str))
    for told in (*chart.caption.text().split(" · ")[:3],):
        assert told in texts
    assert chart.spec["description"] == chart.alt
    assert chart.spec["background"] == "#ffffff"
    assert "Copper" in chart.alt
    assert chart.table.rows
    assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)


@pytest.mark.parametrize("kind", MAKERS)
def test_no_type_is_tiny(kind: str) -> None:
    """Every size of type that a spec sets is at least the smallest allowed."""
    sizes = [
        value
        for path, value in walk(MAKERS[kind]("Copper").spec)
        if path and path[-1].lower().endswith("fontsize")
    ]
    assert sizes
    assert min(sizes) >= SMALL


@pytest.mark.parametrize("kind", MAKERS)
@given(word=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)))
@settings(max_examples=30, deadline=None)
def test_words_of_others_enter_only_as_text(kind: str, word: str) -> None:
    """No key computes, fetches or links, and a hostile word is found only where text stands."""
    spec = MAKERS[kind](f"QQ{word}").spec
    for path, value in walk(spec):
        assert not _POWERS & set(path), path
        if isinstance(value, str) and "QQ" in value:
            assert _TEXT_PLACES & set(path), path
            assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]", value)
    json.dumps(spec, allow_nan=False).encode("utf-8")


def test_colours_keep_their_order_in_grey() -> None:
    """The fills of one picture differ in lightness, so that a grey copy tells them apart."""
    from lodewire.publish.charts.theme import BLUE, DARK, ORANGE, PALE

    def lightness(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        line = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        y = 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]
        return 116 * y ** (1 / 3) - 16

    order = [lightness(c) for c in (DARK, BLUE, ORANGE, PALE)]
    assert all(b - a >= 12 for a, b in pairwise(order)), order


def test_withheld_is_told_and_never_drawn_as_zero() -> None:
    """A withheld country has words and no bar; a bound is an open bar with its sign."""
    chart = MAKERS["supply"]("Copper")
    rows = chart.spec["vconcat"][0]["data"]["values"]
    withheld = next(r for r in rows if r["country"] == "United States")
    assert withheld["label"] == "withheld by the source"
    assert withheld["fill"] == "unknown"
    assert next(r for r in rows if r["label"] == "< 20")["fill"] == "open"
    assert "not known: United States" in chart.alt
    assert rows[-1] == withheld


def test_small_countries_are_added_up_and_counted() -> None:
    """Ten bars, then one for all the others together, so that nothing is lost."""
    rows = MAKERS["supply"]("Copper").spec["vconcat"][0]["data"]["values"]
    together = next(r for r in rows if "smaller" in r["country"])
    assert together["country"] == "4 smaller countries"
    shown = sum(r["value"] for r in rows)
    assert shown == 5300 + 4000 + 20 + sum(60 - at for at in range(12)) + 700


def test_a_gap_breaks_the_line() -> None:
    """A month without a value is no straight line: two runs, and the table says so."""
    chart = price_chart("Copper", months(12), "USD/t", CAPTION)
    rows = chart.spec["vconcat"][0]["layer"][1]["layer"][0]["data"]["values"]
    assert {r["run"] for r in rows} == {0, 1}
    assert len(rows) == 11
    assert ("2022-08", "no value", "USD/t") in chart.table.rows


def test_one_month_gives_a_point_and_says_so() -> None:
    """A single value is drawn as a point, with a subtitle that tells it is the only one."""
    chart = price_chart("Tin", [SeriesPoint(period="2025-03", value=D(35000))], "USD/t", CAPTION)
    lone = chart.spec["vconcat"][0]["layer"][1]["layer"][1]["data"]["values"]
    assert [r["value"] for r in lone] == [35000]
    assert "only Mar 2025 is known" in " ".join(chart.spec["title"]["subtitle"])


def test_one_year_of_concentration_says_that_there_is_no_course() -> None:
    """One point is no trend."""
    point = IndexPoint(year=2024, vintage="TS2026", value=D("0.5"))
    chart = concentration_chart("Copper", [point], CAPTION)
    assert "one year is known" in " ".join(chart.spec["title"]["subtitle"])


def test_events_of_one_time_share_a_mark_that_tells_their_numbers() -> None:
    """Two days apart are one mark in a picture of years; the line keeps its height."""
    plot = MAKERS["price"]("Copper").spec["vconcat"][0]
    marks = plot["layer"][-1]["data"]["values"]
    assert [m["number"] for m in marks] == ["1–2", "3"]
    assert "LME halts trading" in marks[0]["told"]
    assert "2022-03-09" in marks[0]["told"]


def test_discs_that_meet_are_pushed_apart() -> None:
    """Namibia and Botswana side by side, both to be read."""
    places = [
        DealPlace(country="NA", name="Namibia", count=30),
        DealPlace(country="BW", name="Botswana", count=20),
    ]
    discs = deals_map("x", places, CAPTION).spec["vconcat"][0]["layer"][1]["data"]["values"]
    away = math.hypot(discs[0]["x"] - discs[1]["x"], discs[0]["y"] - discs[1]["y"])
    assert away >= discs[0]["radius"] + discs[1]["radius"]


def test_marked_events_are_numbered_in_order_and_those_outside_counted() -> None:
    """The numbers in the picture are those of the list below it."""
    chart = MAKERS["price"]("Copper")
    words = [r["text"] for r in chart.spec["vconcat"][-1]["data"]["values"]]
    assert words[0] == "1 · 2022-03-08: LME halts trading Copper"
    assert words[2].startswith("3 · 2024-01-09")
    assert words[3] == "1 more event lies outside these months or before those numbered."


def test_a_total_that_is_not_the_sum_is_refused() -> None:
    """A waterfall whose last bar does not meet its steps would tell two stories."""
    steps = [
        CostStep(label="Price", before=D(100)),
        CostStep(label="Freight", before=D(10)),
        CostStep(label="Landed", before=D(120), total=True),
    ]
    with pytest.raises(PublishError, match="sum to 110"):
        waterfall_chart("x", steps, "USD/t", CAPTION)


def test_steps_of_a_waterfall_start_where_the_last_one_ended() -> None:
    """Start and end of every bar, before and after."""
    rows = MAKERS["waterfall"]("Aluminium").spec["vconcat"][0]["layer"][0]["data"]["values"]
    before = [(r["start"], r["end"]) for r in rows if r["state"] == "before"]
    assert before == [(0, 2850), (2850, 2970.5), (2970.5, 3683), (3683, 3633), (0, 3633)]
    labels = [r["label"] for r in rows if r["state"] == "after"]
    assert labels[2] == "+1,425 (+712.5)"


def test_ribbons_are_as_wide_as_what_flows() -> None:
    """The widths of the ribbons stand to each other as the flows, from end to end."""
    rows = MAKERS["dependence"]("Copper").spec["vconcat"][0]["layer"][0]["data"]["values"]
    wide: dict[int, set[float]] = {}
    for row in rows:
        wide.setdefault(row["flow"], set()).add(round(row["bottom"] - row["top"], 4))
    assert all(len(found) <= 2 for found in wide.values())
    sizes = sorted(max(found) for found in wide.values())
    assert sizes[3] / sizes[0] == pytest.approx(0.7 / 0.3, rel=0.01)


def test_flows_in_a_circle_are_refused() -> None:
    """A picture from left to right cannot show them."""
    flows = [
        Flow(origin="a", target="b", value=D(1)),
        Flow(origin="b", target="a", value=D(1)),
    ]
    with pytest.raises(PublishError, match="circle"):
        dependence_chart("x", flows, "t", CAPTION)
    with pytest.raises(PublishError, match="circle"):
        dependence_chart("x", [Flow(origin="a", target="a", value=D(1))], "t", CAPTION)


def test_the_map_lies_where_countries_are_and_tells_what_is_not_on_it() -> None:
    """Chile is left of and below Germany; a bloc has no point, so the caption tells it."""
    assert pixel("CL")[0] < pixel("DE")[0]
    assert pixel("CL")[1] > pixel("DE")[1]
    assert pixel("DE")[0] < pixel("RU")[0] < pixel("JP")[0], "not thrown off by the 180th meridian"
    chart = MAKERS["map"]("Deals")
    assert "not on the map: European Union Deals 2" in chart.caption.note
    assert "Natural Earth" in chart.caption.note
    assert len(load_outline()) < 120_000


def test_nothing_to_draw_is_refused_with_a_hint() -> None:
    """Each kind says what is missing and what to do."""
    nothing = SupplyStage(stage="Mine", year=2024, unit="t", basis="x", bars=())
    refusals = [
        lambda: supply_chart("Copper", [nothing], CAPTION),
        lambda: concentration_chart(
            "Copper", [IndexPoint(year=2024, vintage="x", value=None)], CAPTION
        ),
        lambda: dependence_chart("Copper", [], "t", CAPTION),
        lambda: dependence_chart("x", [Flow(origin="a", target="b", value=D(-1))], "t", CAPTION),
        lambda: waterfall_chart("Copper", [], "USD/t", CAPTION),
        lambda: tornado_chart("Copper", D(1), [], "index", CAPTION),
        lambda: price_chart("x", [SeriesPoint(period="2025-01", value=None)], "USD/t", CAPTION),
        lambda: price_chart("x", [SeriesPoint(period="2025-13", value=D(1))], "USD/t", CAPTION),
        lambda: season_chart("x", [], CAPTION),
        lambda: fan_chart("x", months(), [], "USD/t", CAPTION, model="m", judged=""),
        lambda: activity_chart("x", ["2025"], [ActivityGroup(name="a", counts=(0,))], CAPTION),
        lambda: activity_chart("x", ["2025"], [ActivityGroup(name="a", counts=(1, 2))], CAPTION),
        lambda: deals_map("x", [], CAPTION),
        lambda: deals_map("x", [DealPlace(country="EU", name="EU", count=1)], CAPTION),
    ]
    for refuse in refusals:
        with pytest.raises(PublishError) as refused:
            refuse()
        assert refused.value.hint


@given(
    values=st.lists(
        st.decimals(min_value=0, max_value=10**9, allow_nan=False, allow_infinity=False, places=3),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_supply_gives_numbers_json_can_hold(values: list[Decimal]) -> None:
    """Zeros, equal values and huge ones alike."""
    bars = tuple(SupplyBar(country=f"C{at}", value=v) for at, v in enumerate(values))
    stage = SupplyStage(stage="Mine", year=2024, unit="t", basis="metal", bars=bars)
    chart = supply_chart("Copper", [stage], CAPTION)
    json.dumps(chart.spec, allow_nan=False)
    rows = chart.spec["vconcat"][0]["data"]["values"]
    assert sum(r["value"] for r in rows) == pytest.approx(float(sum(values)))
