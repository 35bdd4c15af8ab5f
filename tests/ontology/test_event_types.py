"""Event types: the file follows the annotation guide, and nothing else gets in."""

import json
from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.model.vocabulary import EventType, Status
from lodewire.ontology.event_types import (
    Family,
    RoleKind,
    imposed_types,
    load_event_types,
    read_event_types,
    types_of,
)
from tests.ontology.broken import copy_data, replace_once

GUIDE = {
    "exploration_agreement": "party commodity country site value date",
    "supply_agreement": "supplier buyer commodity volume term value site country date",
    "acquisition": "acquirer target seller asset stake value commodity country date",
    "joint_venture": "party asset stake commodity country value date",
    "financing": "investor recipient value purpose site commodity country date",
    "tariff": "authority target product rate effective_date",
    "export_restriction": "authority product action target effective_date",
    "sanction": "authority target product action effective_date",
    "policy_measure": "authority action sector period country",
    "permit": "authority holder site action commodity country date",
    "project_milestone": "operator site stage commodity capacity country date",
    "disruption": "site operator cause commodity country volume date",
    "production_report": "operator commodity volume change period site country",
    "resource_estimate": "site operator commodity tonnage grade contained category country",
    "price_level": "benchmark commodity level date",
    "price_change": "benchmark commodity direction change level period",
    "forecast": "forecaster variable level change horizon commodity",
}
CHOICES = {
    ("export_restriction", "action"): "ban quota licensing tax lifting",
    ("permit", "action"): "granted denied revoked suspended applied",
    (
        "project_milestone",
        "stage",
    ): "exploration drilling study construction first_production expansion restart ramp_up",
    (
        "disruption",
        "cause",
    ): "strike accident flood power conflict protest maintenance order price other",
    ("price_change", "direction"): "up down flat",
}
GOLD = Path(__file__).parents[3] / "shared" / "gold" / "annotations.jsonl"


@pytest.mark.parametrize("type_", list(EventType))
def test_roles_are_those_of_the_guide_in_its_order(type_: EventType) -> None:
    assert [r.name for r in load_event_types()[type_].roles] == GUIDE[type_.value].split()


def test_choices_are_those_of_the_guide() -> None:
    found = {
        (t.value, r.name): " ".join(r.choices)
        for t, d in load_event_types().items()
        for r in d.roles
        if r.kind is RoleKind.CHOICE
    }
    assert found == CHOICES


def test_families_are_those_of_the_design() -> None:
    by_family = dict.fromkeys(Family, 0)
    for definition in load_event_types().values():
        by_family[definition.family] += 1
    assert by_family == {
        Family.DEALS: 5,
        Family.MEASURES: 5,
        Family.OPERATIONS: 4,
        Family.MARKET: 3,
    }


def test_starred_roles_of_the_design_repeat() -> None:
    types = load_event_types()
    assert types[EventType.EXPLORATION_AGREEMENT].role("party").repeats
    assert types[EventType.EXPLORATION_AGREEMENT].role("commodity").repeats
    assert types[EventType.JOINT_VENTURE].role("party").repeats
    assert not types[EventType.TARIFF].role("rate").repeats


def test_figures_are_reported_and_deals_can_be_agreed() -> None:
    types = load_event_types()
    for type_, definition in types.items():
        if definition.family is Family.MARKET:
            assert definition.statuses == (Status.REPORTED,), type_
        if definition.family is Family.DEALS:
            assert Status.AGREED in definition.statuses, type_


def test_an_unknown_role_is_refused_with_the_roles_there_are() -> None:
    with pytest.raises(OntologyError, match=r"tariff has no role 'price'.*rate"):
        load_event_types()[EventType.TARIFF].role("price")


def test_every_annotated_event_fits_its_definition() -> None:
    if not GOLD.exists():
        pytest.skip("the annotated texts are not beside the project")
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        for event in json.loads(line)["events"]:
            definition = load_event_types()[EventType(event["type"])]
            for role, values in event["args"].items():
                found = definition.role(role)
                assert len(values) == 1 or found.repeats, (event["type"], role, values)
                if found.choices:
                    assert set(values) <= set(found.choices), (event["type"], role, values)


def folder(tmp_path: Path) -> Path:
    return copy_data(tmp_path, "event_types.toml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[tariff]", "[toll]", "unknown event types: toll"),
        ('family = "market"', 'family = "bazaar"', "bazaar"),
        ('statuses = ["reported"]', 'statuses = ["heard"]', "heard"),
        ('statuses = ["reported"]', "statuses = []", "at least one status"),
        ('kind = "benchmark"', 'kind = "price"', "not one of"),
        ('kind = "choice", choices = ["up", "down", "flat"]', 'kind = "choice"', "choices"),
        ('name = "level", label', 'name = "benchmark", label', "twice"),
        ("repeats = true", 'repeats = "often"', "true or false"),
        ('label = "Tariff"', 'label = ""', "not empty"),
        ('label = "Tariff"', 'labels = "Tariff"', "lacks label"),
        ('label = "Tariff"', 'label = "Tariff"\ncolour = "red"', "unknown fields: colour"),
        ("[tariff]", "[tariff", "not valid TOML"),
    ],
)
def test_an_inconsistent_file_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    replace_once(folder(tmp_path) / "event_types.toml", old, new)
    with pytest.raises(OntologyError, match=says) as caught:
        read_event_types(tmp_path)
    assert caught.value.message.startswith("event_types.toml")


def test_a_missing_type_is_named(tmp_path: Path) -> None:
    path = folder(tmp_path) / "event_types.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("[forecast]")], encoding="utf-8")
    with pytest.raises(OntologyError, match="without a definition: forecast"):
        read_event_types(tmp_path)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read"):
        read_event_types(tmp_path)
    (tmp_path / "event_types.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OntologyError, match="not UTF-8"):
        read_event_types(tmp_path)


def test_the_families_part_the_types() -> None:
    families = [types_of(family) for family in Family]
    assert sum(map(len, families)) == len(EventType)
    assert frozenset[EventType]().union(*families) == frozenset(EventType)
    assert EventType.FINANCING in types_of(Family.DEALS)


def test_a_permit_is_granted_and_no_other_measure() -> None:
    assert types_of(Family.MEASURES) - imposed_types() == {EventType.PERMIT}
