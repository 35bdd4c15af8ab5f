"""What a vintage says otherwise: revisions with old and new, definitions, nothing made up."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lodewire.model.measure import Figure
from lodewire.reference.changes import ChangeKind, changes, count_new_years
from lodewire.reference.store import figures

BASE = Figure(
    commodity="nickel",
    stage="mining",
    country="ID",
    year=2023,
    value=Decimal(100),
    unit="t",
    basis="nickel content",
    source="usgs-mcs",
    vintage="MCS2024",
)


def later(**other: object) -> Figure:
    return replace(BASE, vintage="MCS2026", **other)  # type: ignore[arg-type]


def test_a_revised_value_comes_with_old_and_new() -> None:
    (change,) = changes([BASE], [later(value=Decimal(125))])
    assert (change.kind, change.old, change.part) == (ChangeKind.REVISED, BASE, Decimal("0.25"))


def test_a_value_that_becomes_withheld_is_a_revision_without_a_part() -> None:
    (change,) = changes([BASE], [later(value=None, state="withheld")])
    assert (change.kind, change.part) == (ChangeKind.REVISED, None)


def test_another_basis_or_unit_is_another_definition_and_no_revision() -> None:
    for other in (later(basis="gross weight"), later(unit="kt")):
        (change,) = changes([BASE], [other])
        assert (change.kind, change.part) == (ChangeKind.DEFINITION, None)


def test_rows_of_a_table_that_both_have_come_and_go() -> None:
    found = changes([BASE, replace(BASE, country="CU")], [later(), later(country="PH")])
    assert {(c.kind, c.figure.country) for c in found} == {
        (ChangeKind.GONE, "CU"),
        (ChangeKind.NEW, "PH"),
    }


def test_years_that_only_one_has_are_no_changes() -> None:
    new = [later(year=2024), later(year=2025)]
    assert changes([BASE], new) == ()
    assert count_new_years([BASE], new) == 2


def test_the_definition_of_reliance_on_aluminium_changed_between_2024_and_2026() -> None:
    reliance = {
        v: figures(vintage=v, commodity="aluminium", measured="net_import_reliance")
        for v in ("MCS2024", "MCS2026")
    }
    found = changes(reliance["MCS2024"], reliance["MCS2026"])
    of_2023 = [c for c in found if c.figure.year == 2023 and c.old and c.new]
    assert [(c.kind, c.old.value, c.new.value) for c in of_2023 if c.old and c.new] == [
        (ChangeKind.DEFINITION, Decimal(44), Decimal(63))
    ]


def test_revised_producers_of_rare_earths_are_told_by_country() -> None:
    # World production of 2024 as the edition of 2025 gave it, against that of 2026.
    before = {"AU": 13_000, "NG": 13_000, "TH": 13_000}
    after = figures(
        vintage="MCS2026", commodity="rare-earths", stage="mining", measured="production", year=2024
    )
    old = [
        replace(f, vintage="MCS2025", value=Decimal(before[f.country]))
        for f in after
        if f.country in before
    ]
    found = changes(old, [f for f in after if f.country in before])
    assert {(c.figure.country, c.new.value) for c in found if c.new} == {
        ("AU", Decimal(29_000)),
        ("NG", Decimal(1_500)),
        ("TH", Decimal(2_100)),
    }
    assert {c.kind for c in found} == {ChangeKind.REVISED}


def test_reliance_on_rare_earths_was_revised_between_2025_and_2026() -> None:
    old, new = (
        figures(vintage=v, commodity="rare-earths", measured="net_import_reliance", year=2024)
        for v in ("MCS2025", "MCS2026")
    )
    (change,) = changes(old, new)
    assert change.old is not None
    assert change.new is not None
    assert (change.old.value, change.new.value) == (Decimal(80), Decimal(53))


@given(st.lists(st.integers(0, 5), max_size=6))
def test_a_vintage_differs_in_nothing_from_itself(amounts: list[int]) -> None:
    table = [replace(BASE, year=2000 + i, value=Decimal(v)) for i, v in enumerate(amounts)]
    assert changes(table, [replace(f, vintage="MCS2026") for f in table]) == ()
