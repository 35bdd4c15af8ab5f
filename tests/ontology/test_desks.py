"""Desks: nine, each with words enough to know its texts."""

from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import Desk, EventType
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.desks import load_desks, read_desks
from lodewire.ontology.organisations import OrganisationKind
from tests.ontology.broken import copy_data, replace_once


@pytest.mark.parametrize("desk", list(Desk))
def test_a_desk_has_a_title_a_scope_and_at_least_forty_terms(desk: Desk) -> None:
    definition = load_desks()[desk]
    assert definition.title
    assert definition.scope.endswith(".")
    assert len(definition.terms) >= 40


def test_most_terms_vote_for_one_desk_only() -> None:
    owners: dict[str, int] = {}
    for definition in load_desks().values():
        for term in definition.terms:
            owners[term] = owners.get(term, 0) + 1
    shared = [term for term, count in owners.items() if count > 1]
    assert len(shared) < len(owners) * 0.08


def test_commodities_vote_by_their_own_desks_the_main_one_more() -> None:
    cobalt = load_commodities()["cobalt"].desks
    desks = load_desks()
    assert desks[cobalt[0]].commodities["cobalt"] > desks[cobalt[1]].commodities["cobalt"]
    assert "cobalt" not in desks[Desk.OIL_GAS].commodities


def test_measures_vote_for_sanctions_and_regulation() -> None:
    votes = load_desks()[Desk.SANCTIONS_REGULATION].event_types
    assert {EventType.TARIFF, EventType.EXPORT_RESTRICTION, EventType.SANCTION} <= set(votes)


def test_organisation_kinds_are_those_of_the_organisations_in_kebab_case() -> None:
    kinds = {kind.value.replace("_", "-") for kind in OrganisationKind}
    for definition in load_desks().values():
        assert definition.organisation_kinds
        assert set(definition.organisation_kinds) <= kinds


def folder(tmp_path: Path) -> Path:
    return copy_data(tmp_path, "desks.toml", "commodities*")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[oil-gas]", "[oil]", "oil"),
        ('"oil prices", ', '"Oil prices", ', "lower case"),
        ('"oil prices", ', '"oil price", ', "twice"),
        ("oil-gas = 2.0", "oil-gas = -1", "above zero"),
        ("oil-gas = 2.0", "wildcatter = 2.0", "wildcatter"),
        ("tariff = 3.0", "toll = 3.0", "toll"),
        ("event_types = {}", "event_types = []", "table of weights"),
        ('title = "Oil & Gas"', 'title = ""', "not empty"),
    ],
)
def test_an_inconsistent_file_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    replace_once(folder(tmp_path) / "desks.toml", old, new)
    with pytest.raises(OntologyError, match=says) as caught:
        read_desks(tmp_path)
    assert caught.value.message.startswith("desks.toml")
