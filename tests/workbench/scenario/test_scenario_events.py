"""From an event's proposal to a scenario: answers, files, and what stays open."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.analytics.scenario.proposing import propose
from lodewire.errors import ScenarioError
from lodewire.model.scenario import Ban
from lodewire.model.vocabulary import EventType
from lodewire.workbench.scenario.scenario_events import required, scenario_file, settle, subject_of
from lodewire.workbench.scenario.scenario_files import parse_scenario
from tests.analytics.scenario.test_proposing import event, statement


@pytest.fixture
def ban():
    return propose(
        event(
            "export_restriction",
            statement("action", "ban"),
            statement("authority", "Namibia", "NA"),
            statement("product", "cobalt", "cobalt"),
            statement("effective_date", "2023-06-01..2023-06-30"),
        )
    )


def test_answers_make_the_scenario_and_the_event_is_its_evidence(ban):
    scenario = settle(ban, {"leakage": "0..0.1..0.3"}, *subject_of(ban))
    (change,) = scenario.changes
    assert isinstance(change, Ban)
    assert (change.country, change.leakage.words, change.evidence) == ("NA", "0..0.1..0.3", "ev_1")
    assert (scenario.commodity, scenario.stage) == ("cobalt", "mining")


def test_what_is_open_or_not_asked_is_refused(ban):
    with pytest.raises(ScenarioError, match="leakage is open") as caught:
        settle(ban, {}, "cobalt", "mining")
    assert "--set leakage" in (caught.value.hint or "")
    with pytest.raises(ScenarioError, match="is not asked"):
        settle(ban, {"leakage": "0", "tonnes": "5 t"}, "cobalt", "mining")


def test_the_file_holds_what_the_text_gives_and_asks_for_the_rest(ban):
    text = scenario_file(ban, "cobalt", "mining")
    told = tomllib.loads(text)
    assert told["change"] == [
        {"kind": "ban", "country": "NA", "from": "2023-06-01", "evidence": "ev_1"}
    ]
    assert '# leakage = "0..1"   (needed)' in text
    filled = text.replace('# leakage = "0..1"   (needed)', 'leakage = "0..1"')
    asked = parse_scenario(tomllib.loads(filled), "filled.toml")
    assert asked.scenario.changes == settle(ban, {"leakage": "0..1"}, "cobalt", "mining").changes


def test_the_material_is_the_first_that_has_figures_else_the_wider_one():
    near = propose(
        event(
            "disruption",
            statement("commodity", "dysprosium", "dysprosium"),
            statement("country", "China", "CN"),
        )
    )
    commodity, stage = subject_of(near)
    assert commodity in ("dysprosium", "heavy-rare-earths", "magnet-rare-earths", "rare-earths")
    assert stage
    assert subject_of(near, "cobalt", "mining") == ("cobalt", "mining")
    with pytest.raises(ScenarioError, match="names no material"):
        subject_of(propose(event("disruption")))


@pytest.mark.parametrize("type_", list(EventType))
def test_every_proposal_gives_a_file_that_can_be_read(type_):
    told = propose(event(type_.value, statement("commodity", "tin", "tin")))
    parsed = tomllib.loads(scenario_file(told, "tin", "mining"))
    assert len(parsed.get("change", [])) == len(told.drafts)
    assert all(set(required(d)) <= set(d.questions) for d in told.drafts)


@given(st.text(min_size=1, max_size=40))
def test_whatever_a_page_wrote_the_file_can_be_read(words):
    """Names and amounts of others stand in strings and comments of the file."""
    told = propose(
        event(
            "disruption",
            statement("site", words),
            statement("volume", words),
            statement("country", words, "CL"),
        )
    )
    parsed = tomllib.loads(scenario_file(told, "tin", "mining"))
    assert [c["kind"] for c in parsed["change"]] == ["outage"]
