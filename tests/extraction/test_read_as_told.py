"""Sentences as trade news writes them, whose figures and parties went to the wrong events."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lodewire.extraction.reader import read_document
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from lodewire.text.reader import read_capture

Told = tuple[str, dict[str, list[str]]]


def told(*sentences: str) -> list[Told]:
    """Return the events of a short article, as (type, values by role)."""
    text = "Trade news\n\n2024-03-05\n\n" + "\n\n".join(sentences)
    capture = Capture(
        source_id=SourceId("told"),
        requested_url="file:///told.txt",
        url="file:///told.txt",
        fetched_at=datetime(2024, 3, 6, tzinfo=UTC),
        body=text.encode(),
        media_type="text/plain",
        charset="utf-8",
    )
    document = read_capture(capture)[0]
    found = []
    for event in read_document(document, gate=0.0).events:
        roles: dict[str, list[str]] = {}
        for argument in event.arguments:
            roles.setdefault(argument.role, []).append(argument.text)
        found.append((event.type.value, roles))
    return found


def of_type(type_: str, found: list[Told]) -> list[dict[str, list[str]]]:
    return [roles for name, roles in found if name == type_]


@pytest.mark.parametrize(
    ("sentence", "volume"),
    [
        (
            "Northmoor cut the targets of its Ardlui mine. Fourth-quarter copper output "
            "will reach 1 million pounds, down from previous guidance of 1.4 million to "
            "1.6 million pounds.",
            "1 million pounds",
        ),
        (
            "Northmoor cut its guidance. The Leeds-based miner expects nickel output from "
            "its Tarawa joint venture in Cuba at 34,000-36,000 tonnes, down from an earlier target "
            "of 40,000-45,000 tonnes.",
            "34,000-36,000 tonnes",
        ),
    ],
)
def test_what_a_producer_guides_to_is_not_what_it_guided_to_before(
    sentence: str, volume: str
) -> None:
    reports = of_type("production_report", told(sentence))
    volumes = [v for roles in reports for v in roles.get("volume", [])]
    assert volumes == [volume]


def test_each_of_several_rates_hits_whom_it_is_told_of() -> None:
    found = of_type(
        "tariff",
        told(
            "The U.S. Commerce Department issued final anti-dumping duties on aluminum sheet from "
            "18 countries, including up to 242.8% on imports from Germany and 4.83% on imports "
            "from Bahrain."
        ),
    )
    rates = {tuple(r["rate"]): r["target"] for r in found}
    assert rates == {("up to 242.8%",): ["Germany"], ("4.83%",): ["Bahrain"]}


def test_a_rate_behind_another_does_not_hit_those_of_the_one_before() -> None:
    found = of_type(
        "tariff",
        told(
            "Ankara imposed duties of up to 5.04% on steel plate imports from South Korea and up "
            "to 2.72% on imports from Greece."
        ),
    )
    assert [(r["rate"], r["target"]) for r in found] == [
        (["up to 5.04%"], ["South Korea"]),
        (["up to 2.72%"], ["Greece"]),
    ]


def test_respectively_gives_each_its_own_name() -> None:
    found = of_type(
        "tariff",
        told(
            "The U.S. Department of Commerce set anti-dumping tariffs of up to 376.85 percent and "
            "82.03 percent on aluminum extrusions from China and Mexico, respectively."
        ),
    )
    assert {r["rate"][0]: r["target"] for r in found} == {
        "up to 376.85 percent": ["China"],
        "82.03 percent": ["Mexico"],
    }


def test_what_a_share_does_is_no_price_of_goods() -> None:
    found = told(
        "Kestrel Rare Earths will buy the Zeus heavy rare earths project for C$8 million.",
        "Shares soared on the news, reaching A$0.072 in early trading to close up almost 10% at "
        "A$0.067.",
    )
    assert of_type("price_change", found) == []
    assert of_type("price_level", found) == []


def test_an_agreement_on_ownership_supplies_nobody() -> None:
    found = told(
        "Kestrel Rare Earths has inked an agreement with Bosman Phosphates that would give it full "
        "ownership of the Phalaborwa rare earths project in South Africa."
    )
    assert of_type("supply_agreement", found) == []
    (deal,) = of_type(
        "acquisition",
        told(
            "Kestrel Rare Earths has signed an agreement that gives it full ownership of the "
            "Phalaborwa rare earths project in South Africa."
        ),
    )
    assert deal["acquirer"] == ["Kestrel Rare Earths"]


def test_what_is_sold_from_a_mine_is_not_what_it_can_make() -> None:
    found = told(
        "Lithium miner Altair Mining has signed an offtake agreement with GFL International for "
        "the supply of a minimum of 70 000 t/y of lithium from the recently commissioned "
        "Pilgangoora operation, in Western Australia."
    )
    assert of_type("supply_agreement", found)
    assert all("capacity" not in roles for roles in of_type("project_milestone", found))


@pytest.mark.parametrize("ticker", ["Nasdaq: CRML", "ASX: ZQX9"])
def test_a_firm_named_like_what_it_deals_in_is_a_firm_where_its_ticker_says_so(ticker: str) -> None:
    """Known to the lexicon by its ticker or not, and whatever stands before its name."""
    found = told(
        f"Europe-focused Critical Metals ({ticker}) has agreed to acquire the Tanbreez rare earth "
        "project in Greenland from London-based Rimbal for $5 million."
    )
    (deal,) = of_type("acquisition", found)
    assert deal["acquirer"] == ["Critical Metals"]
    assert "Critical Metals" not in deal.get("commodity", [])


def test_a_line_of_capitals_names_nobody_by_what_is_done() -> None:
    """The operator of an outage is no piece of its headline."""
    found = told(
        "First Quantum Minerals Cuts Nickel Production Guidance Following Ravensthorpe Mothballing",
        "First Quantum Minerals has reduced its nickel production guidance for 2024 after deciding "
        "to mothball its Ravensthorpe operation earlier this year due to market instability.",
        "The Ravensthorpe nickel mine and processing plant were moved to care and maintenance in "
        "May.",
    )
    outages = of_type("disruption", found)
    assert outages
    assert all(roles["operator"] == ["First Quantum Minerals"] for roles in outages)


def test_the_day_before_is_not_the_day_of_the_report() -> None:
    found = told(
        "Three-month copper on the London Metal Exchange closed 0.8 percent higher on Friday at "
        "$5,585 a tonne. In the previous session, copper sank to $5,494.",
        "LME nickel bounced 1.4 percent to close at $9,140.",
    )
    (nickel,) = [r for r in of_type("price_change", found) if r.get("commodity") == ["nickel"]]
    assert nickel["period"] == ["Friday"]


def test_a_deadline_is_not_the_day_of_a_deal() -> None:
    found = told(
        "Lochinver Resources announced on Wednesday its first binding offtake deal for spodumene "
        "concentrate with battery manufacturer LG Energy Solution.",
        "The parties signed a binding term sheet and want to finalise a full offtake agreement by "
        "28 February.",
    )
    dates = [d for roles in of_type("supply_agreement", found) for d in roles.get("date", [])]
    assert "28 February" not in dates
