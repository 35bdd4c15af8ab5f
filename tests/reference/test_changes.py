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


@given(st.lists(st.integers(0, 5), max_size=6))
def test_a_vintage_differs_in_nothing_from_itself(amounts: list[int]) -> None:
    table = [replace(BASE, year=2000 + i, value=Decimal(v)) for i, v in enumerate(amounts)]
    assert changes(table, [replace(f, vintage="MCS2026") for f in table]) == ()
