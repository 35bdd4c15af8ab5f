"""Sets of roles, as words and as sets."""

from __future__ import annotations

from lodewire.model.vocabulary import EventType
from lodewire.ontology.role_sets import fills_one, parse_role_sets


def test_one_set_must_be_filled_whole() -> None:
    sets = parse_role_sets({EventType.PERMIT: "site | holder country"})[EventType.PERMIT]
    assert sets == (frozenset(("site",)), frozenset(("holder", "country")))
    assert fills_one(sets, {"site", "date"})
    assert fills_one(sets, {"holder", "country"})
    assert not fills_one(sets, {"holder", "date"})
    assert not fills_one(sets, set())
