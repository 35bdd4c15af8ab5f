"""Duties with effective dates: steps of each measure, stacking, exemptions, quotas, refusals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import MeasureError, OntologyError
from lodewire.model.cost import CustomsBasis, Duty
from lodewire.ontology.countries import load_countries
from lodewire.ontology.units import kind_of
from lodewire.reference.duties import (
    COLUMNS,
    LISTS,
    duties_on,
    eu_members,
    importer_of,
    load_duties,
    read_duties,
)

INGOT = "7601.10.60"
FAMILIES = sorted({d.family for d in load_duties()})


def applying(product: str, importer: str, origin: str, day: str, **more: object) -> list[Duty]:
    found = duties_on(product, importer, origin, date.fromisoformat(day), **more)  # type: ignore[arg-type]
    return [f.duty for f in found if f.applies]


def stack(product: str, importer: str, origin: str, day: str, **more: object) -> Decimal:
    """The sum of ad valorem rates, in per cent."""
    rates = [d.rate or Decimal(0) for d in applying(product, importer, origin, day, **more)]
    return sum(rates, Decimal(0)) * 100


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        ("2018-03-22", 0),
        ("2018-03-23", 10),
        ("2025-03-11", 10),
        ("2025-03-12", 25),
        ("2025-06-03", 25),
        ("2025-06-04", 50),
        ("2026-04-06", 50),
    ],
)
def test_the_steps_of_section_232_on_aluminium(day: str, rate: int):
    found = [d for d in applying(INGOT, "US", "AE", day) if d.kind == "section-232"]
    assert sum((d.rate or Decimal(0) for d in found), Decimal(0)) * 100 == rate


def test_british_metal_kept_25_per_cent_in_june_2025():
    assert stack(INGOT, "US", "GB", "2025-06-04") == 25
    assert stack(INGOT, "US", "DE", "2025-06-04") == 50


def test_steel_went_from_25_to_50_and_lost_its_exemptions():
    assert stack("7208.39", "US", "TR", "2024-01-01") == 25
    assert stack("7208.39", "US", "BR", "2024-01-01") == 0
    assert stack("7208.39", "US", "BR", "2025-03-12") == 25
    assert stack("7208.39", "US", "BR", "2025-06-04") == 50


def test_c060_chinese_aluminium_in_the_summer_of_2025_stacks_to_97_6():
    """MFN 2.6, section 232 50, section 301 25, IEEPA 20: all on the same value."""
    found = applying("7601.10.30", "US", "CN", "2025-07-01")
    assert sorted((d.rate or 0) * 100 for d in found) == [Decimal("2.6"), 20, 25, 50]
    assert stack("7601.10.30", "US", "CN", "2025-07-01") == Decimal("97.6")


def test_the_same_stack_on_other_days_is_another():
    assert stack("7601.10.30", "US", "CN", "2025-12-01") == Decimal("87.6")  # fentanyl 10
    assert stack("7601.10.30", "US", "CN", "2026-03-01") == Decimal("77.6")  # IEEPA gone
    assert stack("7601.10.30", "US", "CN", "2019-12-01") == 25  # 10 and 15; MFN known from 2022


def test_reciprocal_duties_do_not_come_on_top_of_section_232():
    found = duties_on(INGOT, "US", "CN", date(2025, 7, 1))
    reciprocal = next(f for f in found if f.duty.id == "us-ieepa-reciprocal-china-2025-05-14")
    assert not reciprocal.applies
    assert reciprocal.why == "does not apply on top of us-232-aluminium"


def test_canadian_metal_pays_one_of_the_two_measures_never_both():
    assert [d.family for d in applying(INGOT, "US", "CA", "2025-04-01") if d.rate] == [
        "us-ieepa-canada"
    ]
    assert [
        d.family for d in applying(INGOT, "US", "CA", "2025-04-01", claims=["USMCA"]) if d.rate
    ] == ["us-232-aluminium"]
    assert [d.family for d in applying(INGOT, "US", "CA", "2025-06-04") if d.rate] == [
        "us-232-aluminium"
    ]


def test_copper_semis_from_august_2025_but_not_cathodes():
    assert stack("7408.11.30", "US", "CL", "2025-07-31") == 11  # 1 and the general 10
    assert stack("7408.11.30", "US", "CL", "2025-08-01") == 51
    assert stack("7403.11.00", "US", "CL", "2025-08-01") == 1


@pytest.mark.parametrize(
    ("code", "before", "day", "rate"),
    [
        ("8703.80.00", 25, "2024-09-27", 100),
        ("8507.60.00.10", Decimal("7.5"), "2024-09-27", 25),
        ("8507.60.00.20", Decimal("7.5"), "2026-01-01", 25),
        ("2504.10.10", 0, "2026-01-01", 25),
        ("8505.11.00", 0, "2026-01-01", 25),
        ("2605.00.00", 0, "2024-09-27", 25),
        ("8101.94.00", 0, "2025-01-01", 25),
        ("2804.61.00", 0, "2025-01-01", 50),
    ],
)
def test_the_steps_of_section_301(code: str, before: Decimal, day: str, rate: int):
    def rates(on: date) -> Decimal:
        found = duties_on(code, "US", "CN", on)
        hit = [f.duty for f in found if f.applies and f.duty.family == "us-301-china"]
        return sum((d.rate or Decimal(0) for d in hit), Decimal(0)) * 100

    step = date.fromisoformat(day)
    assert rates(step - timedelta(days=1)) == before
    assert rates(step) == rate


def test_ieepa_on_china_and_its_end():
    days = {
        "2025-02-03": 0,
        "2025-02-04": 10,
        "2025-03-04": 20,
        "2025-04-09": 104,
        "2025-04-10": 145,
        "2025-05-14": 30,
        "2025-11-10": 20,
        "2026-02-24": 0,
    }
    for day, rate in days.items():
        found = [d for d in applying("8505.19.10", "US", "CN", day) if d.kind == "ieepa"]
        assert sum((d.rate or Decimal(0) for d in found), Decimal(0)) * 100 == rate, day


def test_critical_minerals_were_spared_by_the_reciprocal_duties_not_by_fentanyl():
    families = {d.family for d in applying("2504.90.00", "US", "CN", "2025-06-01")}
    assert "us-ieepa-reciprocal" not in families
    assert "us-ieepa-china-fentanyl" in families


def test_european_duty_on_chinese_cars_is_by_producer_and_on_the_border_value():
    assert stack("8703.80.10", "EU", "CN", "2025-01-01") == Decimal("45.3")
    assert stack("8703.80.10", "DE", "CN", "2025-01-01", exporter="byd") == 27
    assert stack("8703.80.10", "EU", "KR", "2025-01-01") == 10
    assert all(
        d.basis is CustomsBasis.CIF for d in applying("8703.80.10", "EU", "CN", "2025-01-01")
    )


def test_a_tariff_quota_has_two_rates_and_one_applies():
    assert stack("7208.39", "EU", "IN", "2026-06-30") == 25
    assert stack("7208.39", "EU", "IN", "2026-07-01") == 50
    assert stack("7208.39", "EU", "IN", "2026-07-01", within_quota=True) == 0
    assert stack("7208.39", "EU", "NO", "2026-07-01") == 0


def test_a_duty_that_tops_up_is_marked_so():
    found = applying("8505.11.00", "US", "JP", "2025-10-01")
    assert [(d.kind, d.tops_up) for d in found] == [("mfn", False), ("ieepa", True)]


def test_goods_do_not_pay_duty_at_home():
    assert duties_on("7208.39", "EU", "DE", date(2026, 7, 1)) == ()


def test_why_tells_of_the_future_the_past_and_what_is_not_known():
    found = {f.duty.id: f.why for f in duties_on(INGOT, "US", "AE", date(2026, 11, 1))}
    assert found["us-232-aluminium-2025-march"] == "ended on 2025-06-04"
    assert "no end is known, last seen in force on 2026-08-10" in found["us-232-aluminium-2026"]
    early = {f.duty.id: f.why for f in duties_on(INGOT, "US", "AE", date(2017, 1, 1))}
    assert early["us-232-aluminium-2018"] == "begins on 2018-03-23"


@pytest.mark.parametrize("wrong", ["", "aluminium", "7601-10", "7", "12345678901"])
def test_what_is_no_tariff_code_is_refused(wrong: str):
    with pytest.raises(MeasureError, match="is not a tariff code"):
        duties_on(wrong, "US", "CN", date(2025, 1, 1))


def test_every_row_cites_an_instrument_and_a_public_page():
    for duty in load_duties():
        assert len(duty.instrument) > 10, duty.id
        assert duty.url.startswith("https://"), duty.id
        assert duty.end is None or duty.checked <= duty.end, duty.id


def test_partners_are_countries_and_units_of_specific_duties_are_prices():
    known = set(load_countries()) | {"EU"}
    for duty in load_duties():
        assert duty.partners <= known, duty.id
        assert duty.spared <= known, duty.id
        if duty.specific is not None:
            assert kind_of(duty.specific[1]).value == "price"


def test_general_steps_of_a_family_do_not_overlap():
    """Two rows of one family for all origins and the same good, in force together: a mistake."""
    plain = [d for d in load_duties() if not d.partners and not d.quota and not d.exporter]
    for index, one in enumerate(plain):
        for other in plain[index + 1 :]:
            if one.family != other.family or one.goods != other.goods:
                continue
            assert one.end is not None
            assert one.end <= other.start or (other.end or date.max) <= one.start, (one, other)


def test_an_end_that_is_not_known_is_said():
    found = duties_on("7604.21.00", "EU", "CN", date(2026, 10, 1))
    dumping = next(f for f in found if f.duty.kind == "anti-dumping")
    assert dumping.applies
    assert "last seen in force on 2026-03-30" in dumping.why
    assert "unless a review was asked for" in dumping.duty.note


def test_importer_of_a_member_is_the_union():
    assert importer_of("DE") == "EU"
    assert importer_of("GB") == "GB"
    assert len(eu_members()) == 27


def row(**cells: str) -> str:
    good = {
        "id": "a",
        "family": "f",
        "kind": "mfn",
        "authority": "X",
        "importer": "US",
        "rate": "3",
        "basis": "fob",
        "from": "2025-01-01",
        "checked": "2025-01-01",
        "instrument": "some law",
        "url": "https://example.org/",
    }
    good.update(cells)
    return ",".join(good.get(column, "") for column in COLUMNS)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"rate": "", "specific": ""}, "needs a rate in per cent or a specific duty"),
        ({"rate": "3", "specific": "1 USD/kg"}, "one of them"),
        ({"rate": "-1"}, "below zero"),
        ({"rate": "three"}, "is not a number"),
        ({"rate": "", "specific": "3"}, "needs a unit"),
        ({"from": "12.3.2025"}, "is not a day"),
        ({"until": "2024-01-01"}, "is not after from"),
        ({"goods": "76x"}, "neither a code nor a list"),
        ({"goods": "@nothing"}, "is not in duty_lists"),
        ({"basis": "ddp"}, "basis 'ddp'"),
        ({"kind": "tax"}, "kind 'tax'"),
        ({"url": "somewhere"}, "url must start"),
        ({"yields_to": "g"}, "which is no family"),
    ],
)
def test_a_wrong_row_is_told_by_file_and_line(tmp_path: Path, cells: dict[str, str], words: str):
    (tmp_path / LISTS).write_text('[eu27]\nsource = "x"\nmembers = "DE"\n')
    (tmp_path / "duties_us.csv").write_text(",".join(COLUMNS) + "\n" + row(**cells) + "\n")
    with pytest.raises(OntologyError, match=words) as told:
        read_duties(tmp_path)
    assert "duties_us.csv:2" in told.value.message or "yields" in told.value.message


@given(
    st.sampled_from([INGOT, "7208.39", "8505.11.00", "8703.80.10", "2709.00", "8507.60.00.20"]),
    st.sampled_from(["US", "EU", "CN", "JP"]),
    st.sampled_from(["CN", "CA", "MX", "GB", "DE", "RU", "JP", "US", "CL"]),
    st.dates(date(2017, 1, 1), date(2027, 12, 31)),
    st.booleans(),
)
def test_of_a_measure_one_step_at_most_applies(product, importer, origin, day, within):
    found = duties_on(product, importer, origin, day, within_quota=within)
    families = [f.duty.family for f in found if f.applies]
    assert len(families) == len(set(families))
    assert all(f.why for f in found)


@pytest.mark.parametrize(
    ("code", "rate"),
    [
        ("7502.10.00", 0),
        ("7801.10.00", "2.5"),
        ("7901.11.00", "1.5"),
        ("8001.10.00", 0),
        ("8104.11.00", 8),
        ("8105.20.30", "4.4"),
        ("8110.10.00", 0),
        ("7408.11.30", 1),
        ("7408.11.60", 3),
        ("2804.61.00", 0),
    ],
)
def test_ordinary_duties_of_the_tariff_schedule(code: str, rate: object):
    found = [d for d in applying(code, "US", "NO", "2025-03-01") if d.kind == "mfn"]
    assert [d.rate for d in found] == [Decimal(str(rate)) / 100]


@pytest.mark.parametrize(
    ("code", "rate"),
    [
        ("7403.11.00", 25),
        ("7502.10.00", 25),
        ("7801.91.00", 25),
        ("7801.10.00", 0),
        ("7802.00.00", 0),
        ("8104.11.00", 0),
        ("8110.10.00", 0),
        ("8111.00.47", 0),
        ("2846.90.20", 0),
        ("7304.41.30", "7.5"),
        ("7304.11.00", 25),
        ("7202.60.00", 25),
        ("2844.43.00", 25),
    ],
)
def test_which_goods_of_china_section_301_hits(code: str, rate: object):
    hit = [d for d in applying(code, "US", "CN", "2025-03-01") if d.family == "us-301-china"]
    assert sum((d.rate or Decimal(0) for d in hit), Decimal(0)) * 100 == Decimal(str(rate))


@pytest.mark.parametrize(
    ("code", "origin", "hit"),
    [
        ("7403.11.00", "CL", False),
        ("8541.43.00", "CN", True),
        ("2601.12.00", "AU", True),
        ("2601.11.00", "AU", False),
        ("7602.00.00", "AE", False),
        ("7202.21.10", "CN", True),
    ],
)
def test_goods_that_the_forced_labour_duty_spares(code: str, origin: str, hit: bool):
    found = applying(code, "US", origin, "2026-08-01")
    assert any(d.family == "us-301-forced-labour" for d in found) is hit


def test_brazilian_ore_pellets_are_spared_and_ferrosilicon_is_not():
    family = "us-301-brazil"
    assert family not in {d.family for d in applying("2601.12.00", "US", "BR", "2026-08-01")}
    assert family in {d.family for d in applying("7202.21.10", "US", "BR", "2026-08-01")}


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("7502.10.00", 10, 0),
        ("2604.00.00", 10, 0),
        ("2504.10.10", 10, 0),
        ("8001.10.00", 0, 0),
        ("8108.90.60", 0, 0),
        ("2601.11.00", 10, 10),
        ("2818.30.00", 0, 10),
    ],
)
def test_the_list_of_exempt_goods_changed_in_september_2025(code: str, before: int, after: int):
    def rate(day: str) -> Decimal:
        found = [d for d in applying(code, "US", "AU", day) if d.family == "us-ieepa-reciprocal"]
        assert len(found) <= 1
        return sum((d.rate or Decimal(0) for d in found), Decimal(0)) * 100

    assert (rate("2025-09-07"), rate("2025-09-08")) == (before, after)


def test_bolts_are_hit_as_goods_of_steel_from_april_2026():
    for day, hit in (("2026-04-05", False), ("2026-04-06", True)):
        found = applying("7318.15.20", "US", "TW", day)
        assert any(d.family == "us-232-steel" for d in found) is hit


@pytest.mark.parametrize(
    ("code", "rate"),
    [("7403.11", 0), ("7408.11", "4.8"), ("7601.20", 6), ("7901.11", "2.5"), ("8104.11", "5.3")],
)
def test_ordinary_duties_of_the_common_customs_tariff(code: str, rate: object):
    found = [d for d in applying(code, "DE", "AU", "2026-01-15") if d.kind == "mfn"]
    assert [d.rate for d in found] == [Decimal(str(rate)) / 100]
    assert {d.basis for d in found} == {CustomsBasis.CIF}
