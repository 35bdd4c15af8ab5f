"""Governance scores: the World Bank's forms, missing as missing."""

from decimal import Decimal

import pytest

from lodewire.errors import ReadError
from lodewire.model.measure import Figure
from lodewire.reference.loaders.release import Release
from lodewire.reference.loaders.wgi import load_scores
from lodewire.reference.store import figures

WIDE = (
    "Country Name,Country Code,Series Name,Series Code,1996 [YR1996],2024 [YR2024]\n"
    'Chile,CHL,"Political Stability: Estimate",PV.EST,0.41,.17\n'
    'Yemen,YEM,"Political Stability: Estimate",PV.EST,..,-2.7505641\n'
    'Chile,CHL,"Rule of Law: Percentile Rank",RL.PER.RNK,80.1,79\n'
    ",,,,,\nData from database: WGI,,,,,\n"
)


def load(text: str) -> Release:
    return load_scores({"scores.csv": text.encode()}, "2025")


def one(found: Release, **wanted: object) -> Figure:
    (figure,) = [f for f in found.figures if all(getattr(f, k) == v for k, v in wanted.items())]
    return figure


def test_a_column_a_year() -> None:
    found = load(WIDE)
    yemen = one(found, country="YE", year=2024)
    assert (yemen.value, yemen.form) == (Decimal("-2.7505641"), "political stability")
    assert (yemen.measured, yemen.commodity, yemen.unit) == ("governance", "", "1")
    missing = one(found, country="YE", year=1996)
    assert (missing.value, missing.state) == (None, "not_available")
    assert len(found.figures) == 4  # percentile ranks are no scores


def test_a_row_a_value() -> None:
    text = (
        "code,countryname,year,indicator,estimate,stddev\n"
        "COD,Congo,2022,pv,-2.07,0.2\nCOD,Congo,2022,rl,#N/A,\nXYZ,Nowhere,2022,rl,1,\n"
    )
    found = load(text)
    assert one(found, form="political stability").value == Decimal("-2.07")
    assert one(found, form="rule of law").state == "not_available"
    assert "Nowhere" in found.left_out[0].what


def test_zeros_that_stand_for_missing_scores_are_missing() -> None:
    text = "country code,year,indicator,value\n" + "\n".join(
        f"{c},1996,PV,{v}" for c, v in (("ABW", "0.0"), ("AND", "0"), ("CHL", "0.41"))
    )
    found = load(text)
    aruba = one(found, country="AW")
    assert (aruba.value, aruba.state) == (None, "not_available")
    assert "exactly 0" in found.put_right[0].what
    single = load("country code,year,indicator,value\nABW,1996,PV,0.0\nCHL,1996,PV,0.4\n")
    assert one(single, country="AW").value == 0  # one alone may be true


def test_percentiles_and_files_without_scores_are_refused() -> None:
    found = load("country code,year,indicator,value\nCHL,2020,PV,62.5\nPER,2020,PV,-0.2\n")
    assert [f.country for f in found.figures] == ["PE"]
    assert "no score" in found.left_out[0].what
    with pytest.raises(ReadError, match="none of 1 files"):
        load("a,b\n1,2\n")


def test_the_packaged_scores_keep_editions_apart_and_missing_as_missing() -> None:
    found = figures(source="wgi", form="political stability")
    years = {v: {f.year for f in found if f.vintage == v} for v in ("2023", "2025")}
    assert years == {"2023": set(range(2015, 2023)), "2025": {2023, 2024}}
    (yemen,) = figures(source="wgi", country="YE", year=2024)
    assert yemen.value == Decimal("-2.7505641")
    assert all(f.value is None or -4 < f.value < 3 for f in found)
    assert not [f for f in found if f.value == 0]
    mean = figures(source="wgi", form="mean of six dimensions", year=2022)
    assert len(mean) > 200
    assert max(mean, key=lambda f: f.value or Decimal(-9)).country == "DK"
