"""Cases of governance, GeoPolRisk, dependence by partner, and claims that hold by rounding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evaluation.risk.case import Check, RiskCase, Verdict, judge, judge_word, missing
from lodewire.analytics.dependence import import_share
from lodewire.analytics.geopolrisk import score_of_totals
from lodewire.analytics.given import given_figures
from lodewire.analytics.governance import normalise_wgi, weighted_hhi
from lodewire.analytics.intervals import (
    around,
    change_in_percent,
    compare,
    exactly,
    printed,
)
from lodewire.reference.store import figures


def governance(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Normalised estimates; twists: not cut to 0..1, zero for what is missing."""
    known = re.fullmatch(r"-?[\d.]+", case.inputs.strip())
    if known is None:
        risk = normalise_wgi(None)
        if twist == "zero for missing governance":
            risk = Decimal(0)
        yield judge_word(case, "g", case.expected, "null" if risk is None else f"{risk}")
        return
    risk = normalise_wgi(case.inputs)
    if twist == "not cut to 0..1":
        risk = Decimal("0.5") - Decimal(case.inputs) / 5
    assert risk is not None
    expected = Decimal(case.expected)
    yield judge_word(case, "g", f"{expected.normalize():f}", f"{risk.normalize():f}")


def weighted(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Weighted concentration of tantalum: one weight is published, the others bound it."""
    share, weight = re.findall(r"\.\d+|\d\.\d+", case.inputs.replace("^2", ""))[:2]
    others = dict(re.findall(r"([A-Z]{2}) (\.\d+)", case.inputs))
    missing_weight = "0" if twist == "zero for missing governance" else None
    index = weighted_hhi(
        given_figures({"NG": share} | others, measured="share", unit="1"),
        {"NG": weight} | dict.fromkeys(others, missing_weight),
    )
    check = judge(case, "HHI_WGI,t", printed(case.expected), index)
    yield check
    if index.low is not None and check.verdict is not Verdict.NOT_COMPUTED:
        low = Decimal(case.tolerance.rpartition(" ")[2])
        yield judge(
            case,
            "lower bound",
            printed(low),
            weighted_hhi(given_figures({"NG": share}, measured="share", unit="1"), {"NG": weight}),
            expected=low,
            main=False,
        )


def geopolrisk(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Score from sums; twists: no domestic production, concentration left out."""
    given = case.given()
    score = score_of_totals(
        1 if twist == "no concentration" else given["HHI"],
        given["Num"],
        given["Trade"],
        0 if twist == "no domestic production" else given["Prod"],
    )
    yield judge(case, "score", around(case.expected, "0.000001"), score)


def bilateral(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Japan's imports of rare earths by value and by quantity (CEPII BACI, as shipped).

    Twists: the other basis in the place of the one told, everything but China as the whole.
    """
    year = re.search(r"(\d{4}) \(HS", case.case)
    assert year is not None, case
    flows = [
        f
        for f in figures(commodity="rare-earths", country="JP", year=int(year[1]))
        if f.measured == "imports" and f.partner and f.source == "baci"
    ]
    for basis, name in (("value", "value"), ("quantity", "qty")):
        found = re.search(rf"{name}=([\d.]+)", case.expected)
        assert found is not None, case
        expected, main = Decimal(found[1]), basis == "value"
        money = (basis == "value") != (twist == "bases swapped")
        taken = [f for f in flows if (f.unit == "USD") == money]
        if not taken:
            why = "flows of CEPII BACI by partner, HS 280530, 284610 and 284690"
            yield missing(case, f"share by {basis}", why, expected=str(expected), main=main)
            continue
        share = import_share("CN", taken, basis=basis)
        told = around(expected, "0.0005")
        yield judge(case, f"share by {basis}", told, share, expected=expected, main=main)


def claim(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """A change told in words against the numbers beside it; the twist takes numbers as exact."""
    told = re.search(r"says (-?\d+)%", case.case)
    before_after = re.findall(r"(\d+)±([\d.]+)", case.formula)
    assert told is not None, case
    assert len(before_after) == 2, case
    (after, half_after), (before, half_before) = before_after
    value = change_in_percent(exactly(before), exactly(after))
    bounds = change_in_percent(around(before, half_before), around(after, half_after))
    if twist == "numbers taken as exact":
        bounds = value
    found = compare(printed(told[1]), value.low, bounds)
    yield judge_word(case, "verdict", case.expected, found.value)
