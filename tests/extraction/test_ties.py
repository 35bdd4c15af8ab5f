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
