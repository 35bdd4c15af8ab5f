"""What each reader is told: nothing twice, changes as changes, corrections to whom they concern."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from lodewire.delivery.waves import by_day
from lodewire.ledger.store import Ledger
from lodewire.model.audience import CampaignKind, DeliveryState, Preferences
from lodewire.model.brief import Brief, ContextNote, DeskSection
from lodewire.model.correction import CorrectedBrief, Correction
from lodewire.model.ids import DecisionId, EventId, StatementId
from lodewire.model.tier import Reach, Tier
from lodewire.model.vocabulary import Action, Desk, Verdict
from lodewire.publish.letter import about, doubts_of, rails_of, surfaces_of, within, without_repeats
from lodewire.publish.newsletter import choose_desks
from lodewire.publish.shown import letter_words
from lodewire.workbench.letters import noticing
from lodewire.workbench.letters.campaigning import start_campaign
from lodewire.workbench.letters.subscribing import Subscriptions
from tests.delivery.audience import (
    DAY,
    NOW,
    add_active,
    brief_of,
    entry,
    make_desk,
    opened,
    sender_of_campaign,
)
from tests.delivery.test_sending import Told

MORE = timedelta(days=3)  # the Monday after


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Subscriptions, Ledger]:
    _, ledger, subscriptions = opened(make_desk(tmp_path / "desk"))
    return subscriptions, ledger


def send(
    desk: tuple[Subscriptions, Ledger], day: date, now: datetime | None = None
) -> dict[str, tuple[str, str]]:
    """Send a day; returns (subject, text) by who got it."""
    subscriptions, ledger = desk
    campaign = start_campaign(ledger, day, day, now=now or NOW + (day - DAY))
    assert campaign is not None
    messenger, at = Told(), now or NOW + (day - DAY)
    sender_of_campaign(subscriptions, ledger, campaign, messenger, lambda: at).run()
    return read(messenger)


def read(messenger: Told) -> dict[str, tuple[str, str]]:
    found = {}
    for message in messenger.taken:
        parsed = message_from_bytes(message.body, policy=policy.SMTP)
        parts = {k: parsed.get_body((k,)).get_content() for k in ("plain", "html")}  # type: ignore[union-attr]
        for word in re.findall(r"[A-Z][a-z]+ (?:is|was) \w+\.", parts["plain"]):
            assert word in parts["html"].replace("<strong>", ""), "both parts tell the same"
        found[message.recipient.partition("@")[0]] = (str(parsed["Subject"]), parts["plain"])
    return found


def told_again(day: date, texts: dict[str, str]) -> Brief:
    """A brief whose events are those of DAY's, with the sentences given."""
    entries = [replace(entry(Desk.MINING_METALS, t), event_id=EventId(e)) for e, t in texts.items()]
    section = DeskSection(desk=Desk.MINING_METALS, entries=tuple(entries))
    return replace(brief_of(day), sections=(section,))


def test_nobody_is_told_the_same_twice_and_a_change_is_told_as_one(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    add_active(subscriptions, ["both@example.org"])
    send(desk, DAY)
    add_active(subscriptions, ["new@example.org"])
    texts = {"ev_Copper is dear.": "Copper is dear.", "ev_Oil is cheap.": "Oil is gone."}
    ledger.briefs.add(told_again(DAY + MORE, texts))
    got = send(desk, DAY + MORE)
    assert "Copper is dear." not in got["both"][1]
    assert "Oil is gone." in got["both"][1]
    assert "Changed. You were told: Oil is cheap." in got["both"][1]
    assert "Copper is dear." in got["new"][1]
    assert "Changed" not in got["new"][1]
    assert "Oil is gone" in got["both"][0], "the subject tells what is new to this reader"


def test_who_has_been_told_all_of_it_is_sent_nothing(desk: tuple[Subscriptions, Ledger]) -> None:
    subscriptions, ledger = desk
    add_active(subscriptions, ["a@example.org"])
    send(desk, DAY)
    ledger.briefs.add(told_again(DAY + MORE, {"ev_Copper is dear.": "Copper is dear."}))
    assert send(desk, DAY + MORE) == {}
    (sent, quiet) = ledger.campaigns.of_subscriber(subscriptions.of_address("a@example.org").id)  # type: ignore[union-attr]
    assert (sent.state, quiet.state) == (DeliveryState.SENT, DeliveryState.SKIPPED)


def test_names_choose_by_all_that_a_material_or_country_is_called(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, _ = desk
    for name, names in (("metal", ("Cu", "copper")), ("sea", ("Atlantis",))):
        wish = Preferences(concerning=names)
        add_active(subscriptions, [f"{name}@example.org"], wish)
    got = send(desk, DAY)
    assert set(got) == {"metal"}
    assert "Oil is cheap." not in got["metal"][1]
    brief = brief_of(mining_metals="Chilean output fell.", oil_gas="Coppersmith Oil grew.")
    kept = [e for s in about(brief, ["Chile"]).sections for e in s.entries]
    assert [e.sentences[0].text for e in kept] == ["Chilean output fell."]
    assert not any(s.entries for s in about(brief, ["copper"]).sections), "whole words only"
    assert "Chilean" in surfaces_of("chile")


def test_a_letter_that_is_too_long_gives_every_desk_its_share() -> None:
    sections = tuple(
        DeskSection(desk=d, entries=tuple(entry(d, f"{d.value} {n}.") for n in range(many)))
        for d, many in ((Desk.OIL_GAS, 20), (Desk.MINING_METALS, 1), (Desk.EVS_BATTERIES, 9))
    )
    cut = within(replace(brief_of(), sections=sections), 8)
    assert [(len(s.entries), s.also) for s in cut.sections] == [(4, 16), (1, 0), (3, 6)]
    assert without_repeats(cut, {}) == replace(cut, top=without_repeats(cut, {}).top)


def test_a_brief_with_a_doubt_waits_for_a_person() -> None:
    good = entry(Desk.OIL_GAS, "Oil is cheap.")
    assert doubts_of(replace(brief_of(), sample=True, sections=()), least_origins=1) == (
        "it is a sample",
    )
    failed = replace(good, checks=((Verdict.MISMATCH, "x"),))
    brief = replace(brief_of(), sections=(DeskSection(desk=Desk.OIL_GAS, entries=(failed,)),))
    assert any("a check failed" in d for d in doubts_of(brief, least_origins=1))
    assert any("1 origins, of 2 wanted" in d for d in doubts_of(brief, least_origins=2))


def test_what_is_told_twice_or_is_empty_is_filler() -> None:
    twice = entry(Desk.OIL_GAS, "Oil is cheap.")
    section = DeskSection(desk=Desk.OIL_GAS, entries=(twice, twice, entry(Desk.OIL_GAS, " ")))
    rails = rails_of(replace(brief_of(), sections=(section,)), least_origins=1)
    assert [d.partition(":")[0] for d in rails["nothing is filler"]] == [
        "filler, empty or told twice"
    ] * 2
    assert rails["no check failed"] == ()


def test_a_free_letter_tells_in_numbers_what_it_leaves_out_and_in_no_words(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    secret = ContextNote(text="Chile gave 24 % of it.", source="A source", method="m/1")
    entries = tuple(
        replace(entry(Desk.MINING_METALS, f"Copper {n}.", 1 - n / 10), context=(secret,))
        for n in range(5)
    )
    ledger.briefs.add(
        replace(
            brief_of(DAY + MORE),
            sections=(DeskSection(desk=Desk.MINING_METALS, entries=entries),),
        )
    )
    choice = subscriptions.desk.newsletter.model_copy(update={"free_entries": 2})
    subscriptions.desk = subscriptions.desk.model_copy(update={"newsletter": choice})
    add_active(subscriptions, ["free@example.org"])
    text = send(desk, DAY + MORE)["free"][1]
    assert "Not in this mail: 3 more insights and 2 lines of analysis, for PRO members." in text
    assert "https://desk.example.org/membership" in text
    assert [n for n in range(5) if f"Copper {n}." in text] == [0, 1]
    assert "Chile" not in text


def test_a_letter_that_leaves_nothing_out_says_nothing_of_it() -> None:
    assert letter_words(brief_of(), Reach(tier=Tier.FREE)) == ""
    assert letter_words(brief_of(), Reach(tier=Tier.FREE), more=1) == (
        "Not in this mail: 1 more insight, for PRO members."
    )


def correction(*briefs: Brief, said: str, event: str) -> Correction:
    return Correction(
        decision_id=DecisionId("de_1"),
        action=Action.RETRACT,
        author="editor",
        since=NOW + timedelta(hours=2),
        reason="the source took it back",
        role="",
        said=said,
        right=None,
        statement_ids=(StatementId("st_1"),),
        briefs=tuple(
            CorrectedBrief(
                brief_id=b.id,
                day=b.day,
                composed_at=b.composed_at,
                event_id=EventId(event),
                sentence=said,
            )
            for b in briefs
        ),
    )


def test_a_correction_goes_to_exactly_those_who_were_told_wrong(
    desk: tuple[Subscriptions, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not to readers of other desks, nor to who has left, and once."""
    subscriptions, ledger = desk
    add_active(subscriptions, ["all@example.org", "left@example.org"])
    add_active(subscriptions, ["cu@example.org"], Preferences(desks=(Desk.MINING_METALS,)))
    add_active(subscriptions, ["oil@example.org"], Preferences(desks=(Desk.OIL_GAS,)))
    send(desk, DAY)
    brief = ledger.briefs.get(DAY)
    assert brief is not None
    wrong = correction(brief, said="Copper is dear.", event="ev_Copper is dear.")
    monkeypatch.setattr(noticing, "correction_log", lambda _: (wrong,))
    subscriptions.erase("left@example.org", now=NOW)
    add_active(subscriptions, ["late@example.org"])
    (campaign,) = noticing.start_corrections(ledger, now=NOW)
    assert noticing.start_corrections(ledger, now=NOW) == ()
    assert campaign.kind is CampaignKind.CORRECTION
    messenger = Told()
    for _ in range(2):
        sender_of_campaign(subscriptions, ledger, campaign, messenger).run()
    got = read(messenger)
    assert set(got) == {"all", "cu"}
    assert got["cu"][0] == "Correction to Top Insights, 28 March 2025"
    assert "withdrawn from this brief: “Copper is dear.”" in got["cu"][1]
    assert "the source took it back" in got["cu"][1]
    assert noticing.start_corrections(ledger, now=NOW + timedelta(days=1)) == ()


def test_an_alert_goes_at_once_but_not_at_night_and_is_not_repeated_by_the_brief(
    desk: tuple[Subscriptions, Ledger],
) -> None:
    subscriptions, ledger = desk
    day = DAY + MORE
    now = NOW + MORE
    heavy = replace(entry(Desk.OIL_GAS, "Oil is gone.", 0.9), event_id=EventId("ev_heavy"))
    light = entry(Desk.OIL_GAS, "Oil is cheap.", 0.3)
    section = DeskSection(desk=Desk.OIL_GAS, entries=(heavy, light))
    ledger.briefs.add(replace(brief_of(day), sections=(section,), top=(heavy.event_id,)))
    wish = Preferences(alerts=True, timezone="Europe/London", hour=18)
    add_active(subscriptions, ["london@example.org"], wish)
    add_active(subscriptions, ["tokyo@example.org"], replace(wish, timezone="Pacific/Auckland"))
    add_active(subscriptions, ["none@example.org"])
    (campaign,) = noticing.start_alerts(ledger, day, least=0.8, now=now)
    assert noticing.start_alerts(ledger, day, least=0.8, now=now) == ()
    messenger = Told()
    sender_of_campaign(subscriptions, ledger, campaign, messenger, lambda: now).run()
    got = read(messenger)
    assert set(got) == {"london"}, "in Auckland it is night"
    assert got["london"][0].startswith("Alert: Oil is gone")
    assert "Oil is cheap." not in got["london"][1]
    evening = send(desk, day, now.replace(hour=20))
    assert "Oil is gone." not in evening["london"][1]
    assert "Oil is cheap." in evening["london"][1]
    assert "Oil is gone." in evening["none"][1]


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2025-03-29T20:00+00:00", "2025-03-29T20:00+00:00"),
        ("2025-03-29T22:30+00:00", "2025-03-30T06:00+00:00"),  # seven in London after the change
        ("2025-10-26T00:30+00:00", "2025-10-26T07:00+00:00"),
    ],
)
def test_by_night_the_morning_is_waited_for_on_days_that_clocks_change_too(
    at: str, due: str
) -> None:
    wish = Preferences(timezone="Europe/London", hour=3)
    assert by_day(wish, datetime.fromisoformat(at)) == datetime.fromisoformat(due)


def test_a_letter_opens_with_the_desk_of_what_weighs_most() -> None:
    """What the subject tells stands first; desks without news come last."""
    sections = (
        DeskSection(desk=Desk.OIL_GAS, entries=(entry(Desk.OIL_GAS, "Oil is cheap.", 0.3),)),
        DeskSection(desk=Desk.AEROSPACE_DEFENSE, entries=()),
        DeskSection(
            desk=Desk.SANCTIONS_REGULATION,
            entries=(entry(Desk.SANCTIONS_REGULATION, "A duty is charged.", 0.9),),
        ),
    )
    brief = choose_desks(replace(brief_of(), sections=sections), ())
    order = [s.desk for s in brief.sections]
    assert order == [Desk.SANCTIONS_REGULATION, Desk.OIL_GAS, Desk.AEROSPACE_DEFENSE]
    assert brief.top[0] == "ev_A duty is charged."
