"""Event to scenario: zero effect before tonnes, and questions instead of guesses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lodewire.analytics.scenario.proposal import LADDER, Bearing
from lodewire.analytics.scenario.proposing import propose
from lodewire.model.event import Event
from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import DocumentId, EventId, OriginId, SourceId
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import Alignment, EventType, Modality, Status

SEEN = datetime(2025, 3, 28, tzinfo=UTC)


def statement(property_: str, value: str, entity: str | None = None, unit: str | None = None):
    return Statement(
        subject="evm_1",
        property=property_,
        value=value,
        original=value,
        evidence=Evidence(
            document_id=DocumentId("doc_1"),
            span=Span(0, len(value)),
            quote=value,
            alignment=Alignment.EXACT,
        ),
        source_id=SourceId("s"),
        origin_id=OriginId("o"),
        first_seen=SEEN,
        last_seen=SEEN,
        unit=unit,
        entity=entity,  # type: ignore[arg-type]
    )


def event(type_, *statements, status=Status.AGREED, modality=Modality.ASSERTED) -> Event:
    return Event(
        id=EventId("ev_1"),
        type=EventType(type_),
        status=status,
        modality=modality,
        desks=(),
        statements=statements,
        mention_ids=(),
        document_ids=(),
        origins=(),
        first_seen=SEEN,
        last_seen=SEEN,
    )


def asked(proposal):
    return [q.name for d in proposal.drafts for q in d.questions]


def test_exploration_is_not_supply_and_says_what_is_missing():
    told = propose(
        event(
            "exploration_agreement",
            statement("party", "JOGMEC", "jogmec"),
            statement("site", "Lofdal", "lofdal"),
        )
    )
    assert told.bearing is Bearing.NONE_YET
    assert told.drafts == ()
    assert told.missing == LADDER[1:]
    assert "dysprosium" in told.commodities
    assert "Exploration is not supply" in told.why


@pytest.mark.parametrize(
    ("type_", "role", "value", "first_missing"),
    [
        ("resource_estimate", "category", "indicated", "study"),
        ("permit", "action", "granted", "financing"),
        ("permit", "action", "applied", "permit"),
        ("financing", "purpose", "for studies", "construction"),
        ("project_milestone", "stage", "exploration", "drilling"),
        ("project_milestone", "stage", "drilling", "resource estimate"),
        ("project_milestone", "stage", "study", "permit"),
        ("project_milestone", "stage", "construction", "first production"),
        ("joint_venture", "stake", "50", "first production"),
    ],
)
def test_early_stages_have_zero_effect(type_, role, value, first_missing):
    told = propose(event(type_, statement(role, value)))
    assert told.bearing is Bearing.NONE_YET
    assert told.drafts == ()
    assert told.missing[0] == first_missing


def test_first_production_with_a_capacity_is_a_new_supplier_that_asks_for_its_ramp_up():
    told = propose(
        event(
            "project_milestone",
            statement("stage", "first_production"),
            statement("capacity", "5000", unit="t/yr"),
            statement("country", "Namibia", "NA"),
            statement("date", "2028-01-01..2028-12-31"),
            status=Status.COMPLETED,
        )
    )
    (draft,) = told.drafts
    assert draft.kind == "new_supplier"
    assert draft.told == {
        "country": "NA",
        "tonnes": "5000 t",
        "from": "2028-01-01",
        "evidence": "ev_1",
    }
    assert asked(told) == ["ramp_up", "to", "replaces"]


def test_a_capacity_that_is_no_output_a_year_is_asked_for_and_shown():
    told = propose(
        event(
            "project_milestone",
            statement("stage", "first_production"),
            statement("capacity", "500000", unit="veh/yr"),
        )
    )
    assert asked(told) == ["country", "from", "tonnes", "ramp_up", "to", "replaces"]
    tonnes = told.drafts[0].questions[2]
    assert "500000" in tonnes.text
    assert tonnes.range == ""


def test_a_disruption_is_an_outage_and_its_end_is_asked_for():
    told = propose(
        event(
            "disruption",
            statement("site", "El Teniente", "el-teniente"),
            statement("date", "2025-07-31"),
            status=Status.IN_FORCE,
        )
    )
    (draft,) = told.drafts
    assert draft.kind == "outage"
    assert (draft.told["country"], draft.told["from"]) == ("CL", "2025-07-31")
    assert asked(told) == ["lost", "until"]
    assert told.stage == "mining"


def test_a_day_that_words_alone_tell_is_asked_for():
    told = propose(
        event(
            "disruption",
            statement("site", "El Teniente", "el-teniente"),
            statement("date", "A day earlier"),
        )
    )
    assert "from" not in told.drafts[0].told
    assert asked(told) == ["lost", "from", "until"]


def test_a_ban_asks_for_its_leakage_and_a_licence_for_what_is_licensed():
    for action, kind, ask in (
        ("ban", "ban", "leakage"),
        ("licensing", "ban", "leakage"),
        ("quota", "quota", "cap"),
    ):
        told = propose(
            event(
                "export_restriction",
                statement("action", action),
                statement("authority", "China", "CN"),
                statement("target", "Japan", "JP"),
                statement("product", "gallium", "gallium"),
                statement("effective_date", "2025-04-04"),
            )
        )
        (draft,) = told.drafts
        assert draft.kind == kind
        assert (draft.told["country"], draft.told["targets"]) == ("CN", ["JP"])
        assert asked(told) == [ask]
        assert all(q.basis for q in draft.questions)


def test_an_authority_stands_for_its_country():
    told = propose(
        event(
            "export_restriction",
            statement("action", "ban"),
            statement("authority", "JOGMEC", "jogmec"),
        )
    )
    assert told.drafts[0].told["country"] == "JP"


def test_what_is_lifted_or_has_ended_changes_nothing_by_itself():
    for type_, status in (("export_restriction", Status.TERMINATED), ("tariff", Status.SUSPENDED)):
        told = propose(event(type_, statement("action", "ban"), status=status))
        assert told.bearing is Bearing.NONE
        assert told.drafts == ()
    lifted = propose(event("export_restriction", statement("action", "lifting")))
    assert lifted.drafts == ()


def test_a_tariff_takes_its_rate_from_the_text_and_moves_cost():
    told = propose(
        event(
            "tariff",
            statement("authority", "United States", "US"),
            statement("target", "Canada", "CA"),
            statement("rate", "25", unit="%"),
        )
    )
    (draft,) = told.drafts
    assert told.bearing is Bearing.COST
    assert (draft.told["country"], draft.told["rate"]) == ("US", "25%")
    assert asked(told) == ["diverted"]


def test_a_supply_agreement_redirects_and_adds_nothing():
    told = propose(
        event(
            "supply_agreement",
            statement("supplier", "Lynas", "lynas"),
            statement("buyer", "JOGMEC", "jogmec"),
            statement("volume", "7200", unit="t/yr"),
        )
    )
    (draft,) = told.drafts
    assert draft.kind == "redirection"
    assert (draft.told["country"], draft.told["to"], draft.told["tonnes"]) == ("AU", "JP", "7200 t")
    assert "not new" in told.why


def test_an_acquisition_moves_owners_and_no_tonnes():
    told = propose(
        event(
            "acquisition",
            statement("acquirer", "Rio Tinto", "rio-tinto"),
            statement("asset", "Lofdal", "lofdal"),
            statement("stake", "40", unit="%"),
        )
    )
    assert (told.bearing, told.drafts) == (Bearing.OWNERS, ())
    assert told.notes == ("40 % of Lofdal goes to Rio Tinto (GB).",)
    assert propose(event("acquisition")).notes == ()


def test_what_is_denied_or_rumoured_says_so():
    denied = propose(
        event("disruption", statement("country", "Chile", "CL"), modality=Modality.DENIED)
    )
    assert (denied.bearing, denied.drafts) == (Bearing.NONE, ())
    rumoured = propose(
        event("disruption", statement("country", "Chile", "CL"), status=Status.RUMOURED)
    )
    assert "rumoured" in rumoured.notes[-1]


@pytest.mark.parametrize("type_", list(EventType))
def test_every_event_type_has_an_answer_and_invents_no_number(type_):
    told = propose(event(type_.value))
    assert told.why
    numbers = {"tonnes", "lost", "leakage", "cap", "rate", "diverted", "ramp_up", "replaces"}
    assert not any(numbers & set(d.told) for d in told.drafts)
    assert all(q.basis and q.text for d in told.drafts for q in d.questions)
