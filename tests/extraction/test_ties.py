"""What ties figures, pronouns and short mentions to the things that they belong to."""

from __future__ import annotations

from tests.extraction.conftest import events, read, roles


def test_output_of_each_of_several_works_is_a_report_of_each() -> None:
    """Places and an aside may stand between the noun and its verb."""
    found = events(
        "Gold output at Bellrock in Queensland, its biggest mine, and at Tarwin in Fiji was down "
        "by more than a fifth each, Corvane Mining said.",
        "production_report",
    )
    told = [roles(e) for e in found]
    assert [(r["site"], r["country"]) for r in told] == [
        (["Bellrock"], ["Queensland"]),
        (["Tarwin"], ["Fiji"]),
    ]
    assert all(r["change"] == ["down by more than a fifth"] for r in told)


def test_each_before_a_verb_leaves_both_metals_priced() -> None:
    """ "Each" stands for what was named before; it is no thing of its own."""
    found = events("Copper and zinc each lost 1% on Tuesday.", "price_change")
    assert sorted(roles(e)["commodity"][0] for e in found) == ["Copper", "zinc"]


def test_a_move_gone_before_keeps_its_own_level_and_day() -> None:
    """The day's close does not take the period of what had gone before it."""
    close, before = events(
        "Nickel on the LME ended 2% up at $15,400 a tonne, having sunk to $15,050 a day earlier.",
        "price_change",
    )
    assert roles(close)["level"] == ["$15,400 a tonne"]
    assert "period" not in roles(close)
    assert roles(before)["level"] == ["$15,050"]
    assert roles(before)["direction"] == ["down"]
    assert roles(before)["period"] == ["a day earlier"]


def test_a_stake_in_it_is_in_the_other_firm() -> None:
    """A pronoun that is acted on is not who acts."""
    (deal,) = events(
        "Corvane Mining said on Monday that Belmar Metals would take a controlling stake in it.",
        "acquisition",
    )
    assert roles(deal)["acquirer"] == ["Belmar Metals"]
    assert roles(deal)["target"] == ["Corvane Mining"]


def test_it_is_the_one_firm_named_before_though_no_subject() -> None:
    """The sentence before names one firm, in another place than its subject."""
    (loan,) = events(
        "Several large loans have come out of the U.S. Energy Department. In March it lent Ioneer "
        "$700 million.",
        "financing",
    )
    assert roles(loan)["investor"] == ["U.S. Energy Department"]


def test_works_without_a_name_are_not_the_mine_named_last() -> None:
    """ "The complex" is the one that is being built."""
    text = (
        "Redvale Materials is building a $3 billion {0} in Nevada. Ioneer has its Rhyolite Ridge "
        "mine there. The {0} started production in May."
    )
    other, mine = (read(text.format(noun)).mentions for noun in ("complex", "mine"))
    assert not any(m.text == "The complex" for m in other)
    assert any(m.text == "The mine" and m.name == "Rhyolite Ridge" for m in mine)


def test_the_time_by_which_works_close_is_no_cause() -> None:
    """ "By the end of 2027" says when."""
    (closure,) = events(
        "The Tarwin smelter of Corvane Mining will be closed for good by the end of 2027.",
        "disruption",
    )
    assert "cause" not in roles(closure)


def test_what_ran_short_is_not_what_the_works_make() -> None:
    """The power of a power cut is its cause."""
    (outage,) = events(
        "A power cut hit Alcoa's Portland aluminium smelter on Thursday and stopped a potline.",
        "disruption",
    )
    assert roles(outage)["cause"] == ["power"]
    assert roles(outage)["commodity"] == ["aluminium"]


def test_shares_of_a_quota_are_no_output() -> None:
    """What a regulator allots was not produced."""
    assert not events(
        "Congo has set cobalt export quotas for the fourth quarter. The largest went to CMOC, with "
        "6,650 tons for the quarter, and to Glencore, with 3,925 tons.",
        "production_report",
    )


def test_an_average_that_a_bank_sees_is_its_number() -> None:
    """ "An average of" after a verb of expecting is no former number."""
    (view,) = events(
        "Brent fell on Monday. ING now sees an average of $65 this year, down from $70.",
        "forecast",
    )
    assert roles(view)["level"] == ["$65"]


def test_a_price_that_moves_twice_in_one_breath_tells_two_moves() -> None:
    """What the second verb tells is its own: figure, level and day."""
    first, second = events(
        "Tin futures dropped 11 percent in four days to $14,550 a ton on Monday, the lowest close "
        "since 2009, and then recovered 7.3 percent to stand at $15,605 on Wednesday.",
        "price_change",
    )
    assert roles(first)["level"] == ["$14,550 a ton"]
    assert roles(second)["direction"] == ["up"]
    assert roles(second)["change"] == ["7.3 percent"]
    assert roles(second)["level"] == ["$15,605"]


def test_a_date_before_a_name_is_no_part_of_it() -> None:
    """ "In the first quarter [First Quantum]": the period ends before the name."""
    (report,) = events(
        "In the second half Vale Indonesia produced 30,000 tonnes of nickel.", "production_report"
    )
    assert roles(report)["operator"] == ["Vale Indonesia"]


def test_who_acts_may_end_in_a_clause_of_its_own() -> None:
    """ "A partner that it did not name" belongs to the subject."""
    (deal,) = events(
        "Belmar Metals and a partner that it did not name have agreed to buy 40% of Corvane "
        "Mining Ltd.",
        "acquisition",
    )
    assert roles(deal)["acquirer"] == ["Belmar Metals"]


def test_a_firm_on_its_own_output_guides() -> None:
    """What a producer says of its own output to come is a report, forecast by modality."""
    text = (
        "Chile's Antofagasta said on Thursday that its copper output for 2025 would come in at the "
        "lower end of its forecast of 660,000 to 700,000 tons."
    )
    assert not events(text, "forecast")
    (report,) = events(text, "production_report")
    assert report.modality.value == "forecast"
    assert roles(report)["operator"] == ["Antofagasta"]
    assert roles(report)["volume"] == ["660,000 to 700,000 tons"]


def test_an_aim_stays_a_forecast() -> None:
    """A target is not guidance."""
    (view,) = events(
        "First Quantum left its plans as they were. Copper output of 770,000 t to 840,000 t is "
        "being targeted for this year.",
        "forecast",
    )
    assert roles(view)["level"] == ["770,000 t to 840,000 t"]


def test_outages_of_thursday_and_of_august_are_two() -> None:
    """Without a day of publication the words alone tell them apart."""
    found = events(
        "Corvane Mining halted two potlines at its Tarwin smelter on Thursday after a circuit "
        "failed.\n\nIn August it had to stop the Tarwin smelter after an explosion.",
        "disruption",
    )
    assert [roles(e)["date"] for e in found] == [["Thursday"], ["August"]]


def test_plants_in_two_states_of_one_country_are_told_apart() -> None:
    """A plan for each; "is to idle" is agreed."""
    found = events(
        "Alcoa said it would close its Warrick smelter in Indiana. It is also to idle two plants "
        "in Washington state.",
        "disruption",
    )
    assert [roles(e)["country"] for e in found] == [["Indiana"], ["Washington state"]]
    assert found[1].status.value == "agreed"


def test_who_tells_it_is_no_second_party() -> None:
    """ "…, the coal miner Y said": Y gets no money."""
    (money,) = events(
        "A unit of Belmar Ltd plans to put $300 million into the potash developer Corvane "
        "Resources and gain control of it, the coal miner Yankuang Energy said on Monday.",
        "financing",
    )
    assert roles(money)["recipient"] == ["Corvane Resources"]


def test_a_deal_that_lifts_a_stake_is_no_deal_of_its_own() -> None:
    """ "The deal takes the stake to 91.3%" names no purchase."""
    (deal,) = events(
        "Belmar Metals has agreed to buy 38.9% of Corvane Mining Ltd for C$65m. The deal takes the "
        "stake of Belmar Metals from 52.4% to 91.3%.",
        "acquisition",
    )
    assert roles(deal)["target"] == ["Corvane Mining Ltd"]


def test_what_a_forecast_was_raised_from_is_no_forecast() -> None:
    """ "From an average of A to B": one number, B."""
    (view,) = events(
        "BMI has raised its tin forecast for 2026 from an average of $28,000 a tonne to $30,000.",
        "forecast",
    )
    assert roles(view)["level"] == ["$30,000"]


def test_a_bourse_sets_no_tariff() -> None:
    """ "Down 20 percent on supplies from China" on an exchange."""
    assert not events(
        "Tin is this year's worst performer on the London Metal Exchange, down 20 percent on "
        "supplies from Myanmar and China.",
        "tariff",
    )
