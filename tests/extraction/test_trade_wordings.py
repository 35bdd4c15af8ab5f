"""Deals and measures as the trade press tells them: rulings, lists, retellings, rarer verbs."""

from __future__ import annotations

import pytest

from tests.extraction.conftest import events, read, roles


@pytest.mark.parametrize(
    "text",
    [
        "New copper smelters will be strictly prohibited in China from 2026, the industry minister "
        "said on Monday.",
        "Additional coke capacity can no longer be approved in Hebei, the industry ministry of "
        "China said.",
        "The State Council said outdated steel capacity would be eliminated in China by 2027.",
        "China's industry ministry plans to eliminate 30 million tonnes of steel capacity in 2026.",
    ],
)
def test_a_ruling_on_works_is_a_policy(text: str) -> None:
    """It is told by the works and a verb of stopping, without a noun of policy."""
    assert events(text, "policy_measure")


def test_what_a_firm_does_to_its_own_capacity_is_no_policy() -> None:
    """A firm rules over nobody."""
    text = "Alcoa will cut 200,000 tonnes of aluminium capacity at its Spanish smelter this year."
    assert not events(text, "policy_measure")


@pytest.mark.parametrize(
    "text",
    [
        "Opec members have agreed that from March they will pump 1.2 million barrels a day less.",
        "OPEC said Saudi Arabia, Russia and six others will pump an extra 137,000 barrels a day "
        "from October.",
    ],
)
def test_what_oil_producers_will_pump_is_a_policy(text: str) -> None:
    """A figure ahead, decided by a pact."""
    (rule,) = events(text, "policy_measure")
    assert "authority" in roles(rule)


def test_rates_one_a_line_are_tariffs_of_the_head_above() -> None:
    """Who charges and on what stands above the rows."""
    text = (
        "The Commerce Department has made its final antidumping determination on imports of "
        "aluminum foil.\n\nThe rates are as follows:\n\nOman 3.9pc\n\nTurkey 2.2pc\n"
    )
    found = [e for e in events(text, "tariff") if "rate" in roles(e)]
    assert {roles(e)["target"][0]: roles(e)["rate"][0] for e in found} == {
        "Oman": "3.9pc",
        "Turkey": "2.2pc",
    }


def test_shares_one_a_line_are_no_tariffs() -> None:
    """The same rows under another head."""
    text = "These are the shares of world output:\n\nOman 3.9pc\n\nTurkey 2.2pc\n"
    assert not events(text, "tariff")


def test_rates_in_brackets_are_tariffs_each() -> None:
    """A list behind names, in a sentence on subsidies."""
    text = (
        "Commerce found that exporters of steel wire in India (4.9-35.3pc) and Turkey (2.6pc) had "
        "received countervailable subsidies."
    )
    assert len([e for e in events(text, "tariff") if "target" in roles(e)]) == 2


def test_sums_one_a_line_are_grants_of_the_head_above() -> None:
    """A list of awards: who gets how much, for what."""
    text = (
        "The US Department of Energy has picked two battery recyclers for grants.\n\n"
        "- Cirba Solutions: $200M for its second plant, in South Carolina\n\n"
        "- Ascend Elements: $125M for a graphite plant in Kentucky\n"
    )
    found = {roles(e)["recipient"][0]: roles(e) for e in events(text, "financing")}
    assert found["Cirba Solutions"]["value"] == ["$200M"]
    assert found["Ascend Elements"]["investor"] == ["US Department of Energy"]


def test_a_second_grant_without_a_verb_is_told() -> None:
    """ "A was awarded …, and B a total of …": two grants."""
    text = (
        "In an earlier round Cirba Solutions was awarded $75M for its first plant in Ohio, and "
        "Ascend Elements a total of $480M for its plant in Kentucky."
    )
    told = {roles(e)["recipient"][0]: roles(e)["value"][0] for e in events(text, "financing")}
    assert told == {"Cirba Solutions": "$75M", "Ascend Elements": "$480M"}


def test_a_loan_told_again_by_its_sum_is_one() -> None:
    """The second telling names the bank that it runs through."""
    text = (
        "EFIC, the export credit agency of Australia, is lending US$81.7mn to Leighton Asia for "
        "the Ukhaa Khudag coal mine in Mongolia. The US$81.7mn facility was extended by EFIC to "
        "BNP Paribas so that Leighton could lease its fleet."
    )
    assert len(events(text, "financing")) == 1


def test_two_grants_of_one_sum_stay_two() -> None:
    """One sum, other parties, and nothing that points back."""
    text = (
        "Canada lent C$50 million to Nemaska Lithium in May. The World Bank approved a C$50 "
        "million loan for Ivanhoe Mines in June."
    )
    assert len(events(text, "financing")) == 2


def test_a_party_without_a_name_is_a_party() -> None:
    """The text withholds the name."""
    text = (
        "Sayona has come to an understanding with a Japanese trading house on the sale of 50,000 "
        "tonnes of spodumene next year."
    )
    (deal,) = events(text, "supply_agreement")
    assert roles(deal)["supplier"] == ["Sayona"]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (
            "Mitsui is to market half of the rutile that Iluka produces at Balranald.",
            "supply_agreement",
        ),
        ("Talga has lined up ACC as the first customer for anode material.", "supply_agreement"),
        ("Exxon has let go of its 10% of the Kashagan field.", "acquisition"),
        ("Vale agreed to hand a tenth of its base metals arm to Manara Minerals.", "acquisition"),
        ("Ownership of the Nchanga smelter passed to ZCCM-IH in July.", "acquisition"),
        ("Equinor will work alongside Salzgitter on green steel.", "joint_venture"),
        ("KfW is putting $350 million into Namibia's uranium mine restart.", "financing"),
        ("Teck optioned the Schaft Creek claims to Newmont.", "exploration_agreement"),
        ("The LME suspended placing of new Russian metal on warrant.", "sanction"),
        ("Mali's mines ministry has lifted its moratorium on mining licences.", "policy_measure"),
    ],
)
def test_rarer_words_tell_the_deal(text: str, type_: str) -> None:
    """Whole families of verbs, not one sentence."""
    assert events(text, type_)


def test_a_farm_in_is_no_venture_besides() -> None:
    """Its agreement is over ground to be explored."""
    text = (
        "Carnaby Resources has signed a farm-in and joint venture agreement with Rio Tinto "
        "Exploration to earn 51% of the Devoncourt project by spending A$5 million."
    )
    assert events(text, "exploration_agreement")
    assert not events(text, "joint_venture")


def test_what_may_be_sanctioned_is_not() -> None:
    """A warning to anybody."""
    assert not events(
        "Foreign persons who trade with OFAC's targets may be sanctioned.", "sanction"
    )


def test_leave_that_anybody_may_ask_for_is_nobodys() -> None:
    """Rules for applicants tell no permit."""
    text = "Companies that hope to obtain an exploration licence for Manono should read the act."
    assert not events(text, "permit")


def test_a_name_after_what_opens_the_sentence_is_the_subject() -> None:
    """The opener ends before it."""
    text = "Under the deal Posco will buy 30,000 tonnes of lithium hydroxide a year from Allkem."
    (deal,) = events(text, "supply_agreement")
    assert roles(deal)["buyer"] == ["Posco"]


def test_it_stands_for_what_the_it_before_stood_for() -> None:
    """Two sentences about one firm that only the first names."""
    text = (
        "Northvolt is among Europe's makers of cells. It goes on adding capacity. It has "
        "undertaken to buy 20,000 tonnes of graphite a year from Talga."
    )
    (deal,) = events(text, "supply_agreement")
    assert roles(deal)["buyer"] == ["Northvolt"]


def test_two_words_of_a_firms_name_are_the_firm() -> None:
    """A place of that name is not meant."""
    text = "AVZ sold Yibin Tianyi Lithium Industry Co some spodumene. Yibin Tianyi is a refiner."
    named = {m.text: m.type.value for m in read(text).mentions}
    assert named["Yibin Tianyi"] == "organisation"


def test_a_share_of_output_is_no_decision() -> None:
    """Who takes how much of it rules nothing."""
    text = "Myanmar ships tin to China; the Wa State takes 70% of its output."
    assert not events(text, "policy_measure")
