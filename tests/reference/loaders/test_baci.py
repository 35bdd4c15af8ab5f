"""Trade by partner: codes that are one country, missing quantities, the published cases."""

from decimal import Decimal

import pytest

from lodewire.errors import ReadError
from lodewire.model.measure import Figure
from lodewire.reference.loaders.baci import load_flows
from lodewire.reference.loaders.release import Release
from lodewire.reference.store import figures

CODES = (
    "country_code,country_name,country_iso2,country_iso3\n"
    "276,Germany,DE,DEU\n280,Fed. Rep. of Germany (...1990),,DEU\n392,Japan,JP,JPN\n"
    "490,Other Asia,,S19\n156,China,CN,CHN\n842,USA,,USA\n899,Areas,,\n704,Viet Nam,VN,VNM\n"
)


def load(*rows: str) -> Release:
    flows = "\n".join(("t,i,j,k,v,q", *rows, ""))
    files = {"BACI_HS92_Y2024.csv": flows.encode(), "country_codes_V1.csv": CODES.encode()}
    return load_flows(files, "V1")


def one(found: Release, partner: str, unit: str) -> Figure:
    (figure,) = [f for f in found.figures if (f.partner, f.unit) == (partner, unit)]
    return figure


def test_a_flow_is_told_by_value_and_by_quantity() -> None:
    found = load("2024,156,392,261710,1500.5,20", "2024,704,392,261710,500,10")
    assert (one(found, "CN", "USD").value, one(found, "CN", "t").value) == (1500500, 20)
    china = one(found, "CN", "t")
    assert (china.country, china.commodity, china.form) == ("JP", "antimony", "HS 261710")


def test_two_codes_of_one_country_are_added_and_asia_without_a_code_is_taiwan() -> None:
    found = load("2024,276,392,261710,1,2", "2024,280,392,261710,3,4", "2024,490,392,261710,9,9")
    assert one(found, "DE", "t").value == 6
    assert one(found, "TW", "t").value == 9
    assert one(load("2024,899,392,261710,9,9"), "OTHER", "t").value == 9
    assert load("2024,156,842,261710,1,1").figures[0].country == "US"


def test_codes_of_one_material_are_added_and_small_partners_put_together() -> None:
    found = load(
        "2024,156,392,280530,600,60", "2024,156,392,284690,400,40", "2024,704,392,284610,1,0.1"
    )
    assert one(found, "CN", "t").value == 100
    assert one(found, "OTHER", "USD").value == 1000


def test_a_missing_quantity_is_bounded_by_what_others_paid_and_never_zero() -> None:
    rows = [
        "2024,156,392,261710,100,100",  # 1,000 USD/t
        "2024,276,392,261710,200,100",
        "2024,490,392,261710,400,100",  # 4,000 USD/t
        "2024,704,392,261710,100,           NA",
    ]
    vietnam = one(load(*rows), "VN", "t")
    assert (vietnam.state, vietnam.value) == ("interval", None)
    assert (vietnam.low, vietnam.high) == (Decimal(25), Decimal(100))
    assert "100 % of its value comes without quantity" in vietnam.note
    assert one(load(*rows), "VN", "USD").value == 100_000
    assert one(load(rows[0], rows[3]), "VN", "t").state == "not_available"


def test_what_is_no_release_is_refused() -> None:
    with pytest.raises(ReadError, match="country codes"):
        load_flows({"y.csv": b"t,i,j,k,v,q\n"}, "V1")
    with pytest.raises(ReadError, match="none of 1 files is a year"):
        load_flows({"country_codes.csv": CODES.encode()}, "V1")
    with pytest.raises(ReadError, match="no number"):
        load("2024,156,392,261710,much,1")
    with pytest.raises(ReadError, match="5 cells"):
        load("2024,156,392,261710,1")


@pytest.mark.parametrize(
    ("year", "by_value", "by_quantity"),
    [
        (2015, "0.3455", "0.5163"),
        (2019, "0.4087", "0.6059"),
        (2022, "0.5997", "0.5888"),
        (2024, "0.378", "0.661"),
    ],
)
def test_japan_s_rare_earths_from_china_are_the_published_cases(
    year: int, by_value: str, by_quantity: str
) -> None:
    found = figures(
        source="baci", commodity="rare-earths", country="JP", measured="imports", year=year
    )
    for unit, expected in (("USD", by_value), ("t", by_quantity)):
        amounts = {
            f.partner: f.low if f.value is None else f.value for f in found if f.unit == unit
        }
        share = (amounts["CN"] or 0) / sum((a for a in amounts.values() if a), Decimal(0))
        assert abs(share - Decimal(expected)) <= Decimal("0.0005")
