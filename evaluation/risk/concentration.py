"""Cases of concentration: USGS tables, EU shares, published top shares, bands, dilution."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from evaluation.risk.case import (
    CASES,
    Check,
    RiskCase,
    judge,
    judge_value,
    judge_word,
    missing,
)
from lodewire.analytics.bands import Guidelines, hhi_band
from lodewire.analytics.concentration import (
    OTHER,
    WORLD,
    country_share,
    diluted,
    hhi,
    top_shares,
)
from lodewire.analytics.given import given_figures
from lodewire.analytics.intervals import around, printed
from lodewire.analytics.published_shares import hhi_of_shares, n_minus_1_of_shares, top_of_shares
from lodewire.model.measure import Figure
from lodewire.reference.production import production_of

EU_SHARES = CASES.parent / "eu" / "fact_GlobalSupplyShares&t.csv"
_STAGES = {"mine": "mining", "refined": "refining"}
_OTHER_STAGE = {"mining": "refining", "refining": "mining", "E": "P", "P": "E"}


def band(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Band of an index in points; the twist reads it by the guidelines of 2010."""
    guidelines = Guidelines.US_2010 if twist == "bands of 2010" else Guidelines.US_2023
    found = hhi_band(Decimal(case.inputs) / 10_000, guidelines)
    yield judge_word(case, "band", case.expected, found.value)


def usgs_index(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Index over the countries the USGS lists; twists: stage mixed, "other" as one country."""
    figures = _usgs(case, mixed=twist == "stage mixed")
    if not figures:
        yield missing(case, "HHI", "the table of that stage is not at hand")
        return
    index = hhi(figures)
    told = printed(case.expected)
    if twist == "other as one" and index.high is not None:
        yield judge_value(case, "HHI lower", told, index.high)
        return
    if twist == "by the printed total":
        yield judge_value(case, "HHI lower", told, _by_world(figures))
        return
    yield judge(case, "HHI lower", told, index)
    if index.high is not None:
        upper = case.told("upper")
        yield judge_value(case, "HHI upper", printed(upper), index.high, expected=upper, main=False)
    top = case.told("top")
    yield judge(case, "top share", printed(top), top_shares(figures, 1), expected=top, main=False)


def usgs_total(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Sum of the countries listed against the printed total (3 %); the twist mixes stages."""
    figures = _usgs(case, mixed=twist == "stage mixed")
    if not figures:
        yield missing(case, "sum", "the table of that stage is not at hand")
        return
    listed = sum((f.value or Decimal(0) for f in figures if f.country != WORLD), Decimal(0))
    expected = Decimal(case.expected)
    yield judge_value(case, "sum", around(expected, expected * Decimal("0.03")), listed)


def eu_index(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Squared shares of the EU's study; twists: renormalised, stage mixed."""
    material, _, stage = case.case.rpartition(" stage ")
    asked = _OTHER_STAGE[stage] if twist == "stage mixed" else stage
    figures = eu_shares().get((material, asked), ())
    if not figures:
        yield missing(
            case, "HHI", f"the EU's shares of {material} at stage {asked} are not at hand"
        )
        return
    index = hhi_of_shares(figures)
    told = around(case.expected, "0.0005")
    if twist == "renormalised" and index.value is not None and index.coverage is not None:
        yield judge_value(case, "HHI", told, index.value / index.coverage**2)
        return
    # The published index is a sum over the printed shares, so their rounding may not help.
    assert index.value is not None
    yield judge_value(case, "HHI", told, index.value)


def published_top(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Top shares that a source publishes (IEA, World Mining Data): four countries are named.

    Top three and N-1 follow from them; the index needs the countries that are not named, and is
    only bounded. The twist leaves out what is not named from the whole.
    """
    figures = _named_shares(case)
    if twist == "whole of the four named":
        whole = sum((f.value or Decimal(0) for f in figures), Decimal(0))
        figures = given_figures(
            {f.country: (f.value or Decimal(0)) / whole for f in figures},
            measured="share",
            unit="1",
        )
    top3, left = top_of_shares(figures), n_minus_1_of_shares(figures)
    lost = case.told("N-1")
    if case.category == "iea_concentration":
        yield judge(case, "top 3", around(case.expected, "0.0001"), top3)
        squared = case.told("HHI")
        yield _bounded(case, "HHI", squared, figures, main=False)
    else:
        top = case.told("top3")
        yield _bounded(case, "HHI", Decimal(case.expected), figures, main=True)
        yield judge(case, "top 3", printed(top), top3, expected=top, main=False)
    yield judge(case, "N-1", printed(lost), left, expected=lost, main=False)


def _bounded(
    case: RiskCase, what: str, expected: Decimal, figures: tuple[Figure, ...], *, main: bool
) -> Check:
    """Hold the published index against the bounds that the named countries leave."""
    index = hhi_of_shares(figures)
    open_ = replace(index, value=None)
    check = judge(case, what, printed(expected), open_, expected=expected, main=main)
    return replace(check, why="the countries beyond the four named are not given")


def mean_of_top(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """Mean of published top-three shares, and China's share of a printed list."""
    if "mean" in case.formula:
        shares = [Decimal(s) for s in re.findall(r"\.\d+", case.inputs)]
        if twist == "sum for mean":
            yield judge_value(case, "mean", around(case.expected, "0.005"), sum(shares, Decimal(0)))
            return
        mean = sum(shares, Decimal(0)) / len(shares)
        yield judge_value(case, "mean", around(case.expected, "0.005"), mean)
        return
    top, listed = re.findall(r"\d[\d,]{3,}", case.formula)
    amounts = [Decimal(n.replace(",", "")) for n in (top, listed)]
    figures = given_figures({"CN": amounts[0], OTHER: amounts[1] - amounts[0]})
    yield judge(case, "share", around(case.expected, "0.001"), country_share(figures, "CN"))


def scenario(case: RiskCase, twist: str = "") -> Iterator[Check]:
    """A newcomer dilutes the index; the ban needs World Mining Data."""
    if "H=(H0" not in case.formula:
        yield missing(case, "loss", "cobalt by country of World Mining Data is not at hand")
        return
    figures = eu_shares().get(("Dysprosium", "E"), ())
    if not figures:
        yield missing(case, "HHI", "the EU's shares of dysprosium are not at hand")
        return
    before = hhi_of_shares(figures).value
    assert before is not None
    added = Decimal("0.05")
    after = before / (1 + added) ** 2 if twist == "newcomer not squared" else diluted(before, added)
    # The case gives 0.6570, printed without its last zero.
    yield judge_value(case, "HHI after", around(case.expected, "0.0001"), after)


@cache
def eu_shares() -> dict[tuple[str, str], tuple[Figure, ...]]:
    """Return (material, stage) -> shares of the EU's study of 2023, read where they lie."""
    if not EU_SHARES.exists():
        return {}
    found: dict[tuple[str, str], dict[str, str]] = {}
    with EU_SHARES.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            cells = found.setdefault((row["Material"], row["Stage"]), {})
            cells[row["Country"]] = row["Share"].replace("%", "").strip()
    return {
        key: given_figures(cells, measured="share", unit="%", subject=key[0], stage=key[1])
        for key, cells in found.items()
    }


def _usgs(case: RiskCase, *, mixed: bool) -> tuple[Figure, ...]:
    words = case.case.replace(" ex-US", "").split()
    year = int(words.pop())
    stage = _STAGES[words.pop()] if words[-1] in _STAGES else "mining"
    commodity = "-".join(words).lower().replace("aluminum", "aluminium")
    if commodity == "aluminium":
        stage = "smelting"
    if mixed:
        stage = _OTHER_STAGE.get(stage, "mining")
    return production_of(commodity, stage, year)


def _by_world(figures: tuple[Figure, ...]) -> Decimal:
    world = next((f.value for f in figures if f.country == WORLD), None)
    named = [f.value for f in figures if f.country not in (WORLD, OTHER) and f.value is not None]
    return sum((v * v for v in named), Decimal(0)) / (world or Decimal(1)) ** 2


def _named_shares(case: RiskCase) -> tuple[Figure, ...]:
    if case.category == "iea_concentration":
        parts = [p.strip().rpartition(" ") for p in case.inputs.split(";")]
        cells = {name: share for name, _, share in parts}
    else:
        cells = dict(re.findall(r"\b([A-Z]{3}):([\d.]+)", case.tolerance))
    return given_figures(cells, measured="share", unit="1", subject=case.case)
