"""What each type needs to be told at all."""

from __future__ import annotations

from lodewire.extraction import needs
from lodewire.extraction.needs import has_enough
from lodewire.model.vocabulary import EventType
from lodewire.ontology.event_types import load_event_types


def test_every_type_says_what_it_needs_in_its_own_roles() -> None:
    """A typing slip in the table would let nothing through."""
    assert set(needs._NEEDS) == set(EventType)
    for type_, sets in needs._NEEDS.items():
        roles = {r.name for r in load_event_types()[type_].roles}
        assert sets
        assert all(needed <= roles for needed in sets)


def test_one_of_the_sets_is_enough() -> None:
    """A purchase needs a buyer or a sum beside what is bought; a country alone is none."""
    assert has_enough(EventType.ACQUISITION, {"acquirer", "target", "country"})
    assert not has_enough(EventType.ACQUISITION, {"acquirer", "country"})
