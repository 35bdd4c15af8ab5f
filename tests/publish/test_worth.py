"""What is told in a brief at all, and which values a sentence prints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lodewire.model.ids import EventId
from lodewire.model.vocabulary import EventType, Status
from lodewire.publish.brief import Material, build_brief
from lodewire.publish.edition import Edition
from lodewire.publish.sentences import tell_event
from lodewire.publish.worth import plays, says_enough
from tests.publish.made import DAY, NOW, event, statement


def told(type_: EventType, **roles: str) -> Any:
    """An event of these roles; "role__entity" names the entity of a role's value."""
    found = [
        statement(role, value, text=value, entity=roles.get(f"{role}__entity"))
        for role, value in roles.items()
        if not role.endswith("__entity")
    ]
    return event(type_, *found, status=Status.IN_FORCE)


@pytest.mark.parametrize(
    ("event_", "enough"),
    [
        (told(EventType.PERMIT, holder="MMG", action="granted"), False),
        (told(EventType.PERMIT, holder="MMG", action="granted", site="Rosebery"), True),
        (told(EventType.PERMIT, authority="High Court", action="granted", site="Rosebery"), False),
        (told(EventType.PERMIT, authority="High Court", action="revoked", site="Rosebery"), True),
        (told(EventType.SUPPLY_AGREEMENT, buyer="Boliden", commodity="zinc"), False),
        (told(EventType.SUPPLY_AGREEMENT, buyer="Boliden", supplier="MMG"), True),
        (told(EventType.PRICE_CHANGE, commodity="zinc", direction="up"), False),
        (told(EventType.PRICE_CHANGE, commodity="zinc", direction="up", change="2"), True),
        (told(EventType.FINANCING, investor="Boliden", value="US$10 billion"), False),
        (told(EventType.PROJECT_MILESTONE, operator="MMG", stage="study"), False),
        (told(EventType.ACQUISITION, acquirer="Boliden", target="MMG"), True),
    ],
)
def test_a_reader_learns_who_and_what_and_of_what(event_: Any, enough: bool) -> None:
    assert says_enough(event_) is enough


@pytest.mark.parametrize(
    ("type_", "roles", "role", "can"),
    [
        (EventType.PERMIT, {"holder": "Appeals Board"}, "holder", False),
        (EventType.PERMIT, {"holder": "Kenya", "holder__entity": "KE"}, "holder", False),
        (EventType.PERMIT, {"holder": "Boliden"}, "holder", True),
        (EventType.SANCTION, {"target": "Entities"}, "target", False),
        (EventType.SANCTION, {"target": "Ministry of Defence"}, "target", False),
        (EventType.SANCTION, {"target": "Rosneft"}, "target", True),
        (EventType.TARIFF, {"target": "Ministry of Defence"}, "target", True),
        (EventType.ACQUISITION, {"target": "American LNG"}, "target", False),
        (EventType.ACQUISITION, {"asset": "titanium sponge"}, "asset", False),
        (EventType.ACQUISITION, {"target": "Arcadium Lithium"}, "target", True),
        (EventType.TARIFF, {"authority": "Olympic Dam"}, "authority", True),
        (EventType.FORECAST, {"change": "add"}, "change", False),
        (EventType.FORECAST, {"change": "swing into surplus"}, "change", True),
        (EventType.FORECAST, {"change": "12%"}, "change", True),
    ],
)
def test_a_value_that_cannot_play_its_part_is_not_printed(
    type_: EventType, roles: dict[str, str], role: str, can: bool
) -> None:
    found = told(type_, **roles)
    (value,) = found.of(role)
    assert plays(value, found) is can


def test_a_price_does_not_rise_to_less_than_ten_dollars() -> None:
    """The move is told, the level that contradicts it is not."""

    def price(direction: str) -> str:
        return tell_event(
            event(
                EventType.PRICE_CHANGE,
                statement("commodity", "cobalt", text="cobalt"),
                statement("direction", direction, text=direction),
                statement("change", "2", unit="%", text="2"),
                statement("level", "10", unit="USD/lb", qualifier="less_than", text="10"),
            )
        )

    assert price("up") == "Cobalt rose by 2 %."
    assert price("down") == "Cobalt fell by 2 % to less than US$10 a pound."
    assert price("flat") == "Cobalt was little changed at less than US$10 a pound."


def test_what_says_too_little_is_counted_unless_an_editor_chose_it() -> None:
    bare = replace(
        told(EventType.PERMIT, holder="MMG", action="granted"), id=EventId("ev_1"), confidence=0.9
    )

    def sections(edition: Edition) -> tuple[int, int]:
        brief = build_brief(
            DAY, Material(events=[bare], sources={}, edition=edition), title="T", composed_at=NOW
        )
        return sum(len(s.entries) for s in brief.sections), sum(s.also for s in brief.sections)

    assert sections(Edition()) == (0, 1)
    assert sections(Edition(order={bare.id: 0})) == (1, 0)
