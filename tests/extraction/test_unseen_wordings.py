"""Wordings that recur in reports: verbs with a hedge, offices, lists of buyers, revisions."""

from __future__ import annotations

from tests.extraction.conftest import events, roles


def test_more_than_doubled_is_the_verb_of_its_clause() -> None:
    """The hedge goes with the verb: who acts is its subject, the factor the change."""
    (report,) = events(
        "CMOC of China, the biggest cobalt miner in the world, more than doubled its cobalt output "
        "to about 114,000 tons last year.",
        "production_report",
    )
    told = roles(report)
    assert told["operator"] == ["CMOC"]
    assert told["change"] == ["more than doubled"]


def test_a_minister_is_an_authority_by_the_whole_office() -> None:
    """The portfolio joins its nouns with "and"; a name behind it is no part of it."""
    (permit,) = events(
        "Québec's Minister of Energy and Natural Resources has approved the mining lease for the "
        "Rose lithium project of Critical Elements Lithium Corp.",
        "permit",
    )
    assert roles(permit)["authority"] == ["Minister of Energy and Natural Resources"]


def test_a_name_over_and_is_one_where_its_short_form_follows() -> None:
    """ "(Tewoo)" opens as the whole name does."""
    (deal,) = events(
        "Canada Lithium inked a five-year offtake agreement with Tianjin Products and Energy "
        "Resources Development (Tewoo) for 12,000 t of lithium carbonate a year.",
        "supply_agreement",
    )
    assert roles(deal)["buyer"] == ["Tianjin Products and Energy Resources Development"]


def test_an_office_for_several_ends_is_one_name() -> None:
    """What it is there for may be two things."""
    (deal,) = events(
        "FPX Nickel has signed a memorandum of understanding on Baptiste with the Japan "
        "Organisation for Metals and Energy Security.",
        "joint_venture",
    )
    assert "Japan Organisation for Metals and Energy Security" in roles(deal)["party"]


def test_certain_types_of_goods_are_the_goods() -> None:
    """The kind is not what is charged."""
    (duty,) = events(
        "India on Tuesday imposed an anti-dumping duty on imports of certain types of steel "
        "products from China and Vietnam.",
        "tariff",
    )
    assert roles(duty)["product"] == ["steel products"]


def test_the_cause_of_a_sanction_is_not_its_target() -> None:
    """What it is "for" stands behind whom it hits."""
    (sanction,) = events("US Expands Sanctions on Iran for Missile Attack on Israel", "sanction")
    assert roles(sanction)["target"] == ["Iran"]


def test_a_house_revises_its_average() -> None:
    """ "They have lowered their average": the forecast of the sentence before goes on."""
    told = events(
        "Goldman Sachs expects iron ore to average $95 a tonne this year. For 2026 they have "
        "lowered their average to $85 a tonne from $90.",
        "forecast",
    )
    assert [roles(f)["level"] for f in told] == [["$95 a tonne"], ["$85 a tonne"]]
    assert all(roles(f)["forecaster"] == ["Goldman Sachs"] for f in told)


def test_a_letter_of_interest_is_only_proposed() -> None:
    """No lender is bound by one."""
    (loan,) = events(
        "REalloys has received a letter of interest from the U.S. Export-Import Bank for a loan "
        "of up to $200 million.",
        "financing",
    )
    assert loan.status.value == "proposed"


def test_a_price_that_shot_above_a_mark_rose() -> None:
    """A verb of sudden movement with what it passed."""
    (rise,) = events("LME tin shot above $40,000 a tonne in April.", "price_change")
    assert roles(rise)["direction"] == ["up"]


def test_those_hit_by_number_are_the_target() -> None:
    """Not the country whose industry they serve; a freeze without a name has its author before."""
    first, second = events(
        "Britain placed sanctions on 86 individuals and entities tied to Russia's arms industry. "
        "Another 14 companies had their assets frozen.",
        "sanction",
    )
    assert roles(first)["target"] == ["86 individuals and entities"]
    assert roles(second)["target"] == ["Another 14 companies"]


def test_who_reports_a_sanction_is_not_hit_by_it() -> None:
    """The speaker stands behind a comma, as a second target would."""
    (package,) = events(
        "The European Union has adopted a 12th package of sanctions on Russia, the European "
        "Commission said on Monday.",
        "sanction",
    )
    assert roles(package)["target"] == ["Russia"]


def test_goods_written_as_a_name_that_acts_are_a_firm() -> None:
    """ "Battery Minerals" signs; battery minerals are mined."""
    (deal,) = events(
        "Battery Minerals, listed in Sydney, has signed a binding offtake agreement with Qingdao "
        "Black Dragon Graphite for 10,000 t/y of graphite concentrate.",
        "supply_agreement",
    )
    assert roles(deal)["supplier"] == ["Battery Minerals"]


def test_a_city_is_not_the_country_of_a_project() -> None:
    """Where something is told is not where it happens."""
    (start,) = events(
        "Liontown expects first production from Kathleen Valley in 2024, its head told a "
        "conference in Perth.",
        "project_milestone",
    )
    assert "country" not in roles(start)


def test_a_share_of_somebodys_output_is_supply() -> None:
    """Nothing of the firm is bought."""
    text = "In March GEM agreed to buy around a third of Glencore's cobalt output over three years."
    (deal,) = events(text, "supply_agreement")
    assert roles(deal)["supplier"] == ["Glencore"]
    assert not events(text, "acquisition")


def test_goods_that_will_be_bought_from_somebody_are_supplied() -> None:
    """The passive leaves the buyer unsaid."""
    (deal,) = events("Nickel ore will be bought from Tsingshan and processed.", "supply_agreement")
    assert roles(deal)["supplier"] == ["Tsingshan"]


def test_what_was_mined_may_stand_before_its_verb() -> None:
    """The passive names the amount first."""
    (report,) = events(
        "In the half year, 7,665 tonnes of nickel was mined, Western Areas said.",
        "production_report",
    )
    assert roles(report)["volume"] == ["7,665 tonnes"]


def test_a_rule_in_passing_joins_the_rule_told_in_full() -> None:
    """A cause in a headline and in the lead is no rule of its own."""
    (rule,) = events(
        "Tungsten dearest since 2013 as China curbs exports\n\nTungsten has become dearer, traders "
        "having scrambled for supplies after China curbed exports.\n\nIn February China placed "
        "export controls on tungsten, tellurium and bismuth.\n",
        "export_restriction",
    )
    assert roles(rule)["authority"] == ["China"]
    assert "tellurium" in roles(rule)["product"]


def test_tonnage_grade_and_metal_tell_an_estimate_alone() -> None:
    """No word of resources stands in the sentence."""
    first, second = events(
        "A higher-grade part of Heffernans holds 13.7Mt @ 1.4 g/t for 625,000 ounces, a "
        "lower-grade part 6.7Mt @ 0.4 g/t for 84,000 ounces.",
        "resource_estimate",
    )
    assert roles(first)["contained"] == ["625,000 ounces"]
    assert roles(second)["grade"] == ["0.4 g/t"]


def test_a_placement_that_pays_for_exploration_is_a_financing() -> None:
    """Nobody earns a part of the ground."""
    text = (
        "Geopacific Resources has closed a A$10m placement to pay for exploration at Woodlark, its "
        "gold project in Papua New Guinea."
    )
    (placement,) = events(text, "financing")
    assert roles(placement)["site"] == ["Woodlark"]
    assert not events(text, "exploration_agreement")


def test_firm_commitments_are_agreed_and_not_yet_paid() -> None:
    """They were received; the money was not."""
    (placement,) = events(
        "Lefroy Exploration has secured firm commitments to raise A$6.2m from institutions in a "
        "placement.",
        "financing",
    )
    assert placement.status.value == "agreed"


def test_a_strike_that_came_to_an_end_is_over() -> None:
    """The noun is followed by where it was, the end by why."""
    (strike,) = events(
        "The strike at Chile's Caserones copper mine has come to an end after workers reached an "
        "agreement with Lundin Mining.",
        "disruption",
    )
    assert strike.status.value == "completed"


def test_a_strike_that_is_weighed_is_none_yet() -> None:
    """Workers think of it."""
    (strike,) = events(
        "A new strike was being weighed by workers at the Cerro Verde copper mine on Friday.",
        "disruption",
    )
    assert (strike.status.value, strike.modality.value) == ("proposed", "hypothetical")


def test_a_buyer_alone_buys_from_the_firm_that_the_text_is_about() -> None:
    """The sentence names the buyer, the text the seller."""
    (deal,) = events(
        "Greenland Resources has a licence for Malmbjerg, its molybdenum project.\n\nOutokumpu of "
        "Finland has agreed to buy 8 million pounds of molybdenum a year for ten years.\n\n"
        "Greenland Resources is based in Toronto.\n",
        "supply_agreement",
    )
    assert roles(deal)["supplier"] == ["Greenland Resources"]
