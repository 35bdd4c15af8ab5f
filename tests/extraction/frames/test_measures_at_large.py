"""Measures told in any words: export rules, sanctions, leave, duties and policy at large."""

import pytest

from tests.extraction.conftest import events, roles

NEWS = "Notes from the market\n\n"  # a headline of its own, so that what follows is the body


@pytest.mark.parametrize(
    ("text", "action", "authority"),
    [
        (
            "China put exports of five more rare earths under licence on Thursday.",
            "licensing",
            "China",
        ),
        (
            "Beijing has put licences on gallium and germanium since last August.",
            "licensing",
            "Beijing",
        ),
        ("Congo has forbidden cobalt from leaving the country for four months.", "ban", "Congo"),
        ("Gabon will stop sending unprocessed manganese abroad from 2029.", "ban", "Gabon"),
        ("Indonesia closed its ports to bauxite cargoes in June.", "ban", "Indonesia"),
        ("Vietnam barred the overseas sale of unrefined rare earths.", "ban", "Vietnam"),
        ("Washington let Nvidia resume H20 sales to China in July.", "lifting", "Washington"),
        (
            "The Netherlands tightened rules on foreign sales of chipmaking machines.",
            "licensing",
            "The Netherlands",
        ),
        ("Kinshasa gave miners a cobalt export allowance of 18,125 tons.", "quota", "Kinshasa"),
        (
            "Exports of Indonesian bauxite have been off limits since June 2023.",
            "ban",
            "Indonesian",
        ),
        ("China set a ceiling of 25 million tonnes on phosphate shipments.", "quota", "China"),
    ],
)
def test_export_rules_are_read_without_the_word_ban(text, action, authority):
    """Frontiers, cargoes and licences tell a rule on exports as well as bans do."""
    (event,) = events(NEWS + text, "export_restriction")
    assert roles(event)["action"] == [action]
    assert roles(event)["authority"] == [authority]


def test_a_rule_that_stands_is_told_as_background():
    """ "because of China's export controls on antimony": who, what and which rule are stated."""
    text = "Prices rose because of China's export restrictions on antimony."
    (event,) = events(NEWS + text, "export_restriction")
    assert roles(event) == {
        "authority": ["China"],
        "action": ["licensing"],
        "product": ["antimony"],
    }
    assert not event.core


def test_a_later_sentence_tells_the_ban_that_the_quota_followed():
    """ "Shipments had been frozen" is a ban of the goods and the state told before."""
    text = "Congo will let miners export 18,125 tonnes of cobalt under a quota from October 16. "
    text += "Shipments had been frozen since February 22."
    told = {roles(e)["action"][0]: roles(e) for e in events(NEWS + text, "export_restriction")}
    assert told["ban"]["product"] == ["cobalt"]
    assert told["ban"]["effective_date"] == ["since February 22"] or told["ban"]["effective_date"]


@pytest.mark.parametrize(
    "text",
    [
        "At a conference in Beijing, traders said that export controls were discussed.",
        "In Jakarta, delegates talked about a ban on ore exports.",
        "Freeport's copper exports were halted by a mudslide.",
        "Governments have several levers: they can ban exports of raw ore.",
    ],
)
def test_a_place_a_mishap_or_what_anybody_could_do_is_no_export_rule(text):
    """A capital as a mere place rules nothing, and a mudslide is no measure."""
    assert events(NEWS + text, "export_restriction") == []


SANCTIONS = "The EU adopted new sanctions against Russia on Thursday. "


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (
            "Washington put Rosneft and Lukoil on its own list at the same time.",
            ["Rosneft", "Lukoil"],
        ),
        ("Another 117 tankers are barred from ports.", ["Another 117 tankers"]),
        ("The transaction ban on Rosneft is now complete.", ["Rosneft"]),
        ("Rosneft was put on the list in 2022.", ["Rosneft"]),
    ],
)
def test_a_text_on_sanctions_tells_who_else_was_hit(text, target):
    """Lists, ports and transactions stand for sanctions where the text is about them."""
    found = [roles(e).get("target") for e in events(NEWS + SANCTIONS + text, "sanction")]
    assert target in found


def test_who_does_the_same_hits_the_same_firms():
    """ "London had done the same": the targets are those of the sentence before."""
    text = "Washington put Rosneft and Lukoil on its blacklist. London had done the same."
    told = {roles(e)["authority"][0]: roles(e)["target"] for e in events(NEWS + text, "sanction")}
    assert told["London"] == ["Rosneft", "Lukoil"]


@pytest.mark.parametrize(
    ("text", "action", "holder"),
    [
        ("Guinea stripped GAC of its bauxite concession.", "revoked", "GAC"),
        ("Ghana declined to renew Gold Fields' lease at Damang.", "denied", "Gold Fields"),
        (
            "TMC USA has submitted an application to NOAA for a commercial recovery permit.",
            "applied",
            "TMC USA",
        ),
        (
            "Southern Copper was authorised to begin mining at Tia Maria.",
            "granted",
            "Southern Copper",
        ),
        (
            "A water licence for Lundin Gold is still awaited at Fruta del Norte.",
            "applied",
            "Lundin Gold",
        ),
    ],
)
def test_leave_is_read_for_firms_that_no_table_knows(text, action, holder):
    """A noun of leave with a word of deciding beside it, and a name by its capitals."""
    found = events(NEWS + text, "permit")
    assert [roles(e)["action"] for e in found] == [[action]]
    assert roles(found[0])["holder"] == [holder]


@pytest.mark.parametrize(
    "text",
    [
        "No permit for the Stibnite mine is outstanding.",
        "Ottawa gave approval for up to C$12.9 million for studies at the Fireweed project.",
        "Greens would go to court to have the permit of the Dominga mine overturned.",
        "The Rosemont project has all its permits, and Barrick has the Pascua-Lama mine.",
    ],
)
def test_money_wishes_and_what_is_not_outstanding_are_no_leave(text):
    """Approval for a sum, or a permit that somebody wants overturned, decides nothing."""
    assert [e for e in events(NEWS + text, "permit") if roles(e)["action"] != ["granted"]] == []


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("New Delhi set aside 15 billion rupees for recycling critical minerals.", "New Delhi"),
        (
            "Jakarta will shorten the validity of mining work plans from three years to one.",
            "Jakarta",
        ),
        (
            "The Interior Department withdrew 225,000 acres of coal land from leasing.",
            "Interior Department",
        ),
        ("The EPA repealed limits on power plant emissions.", "EPA"),
        ("Burkina Faso took over two gold mines under its new code.", "Burkina Faso"),
    ],
)
def test_whatever_a_government_decides_in_the_field_is_policy(text, authority):
    """An authority as subject, a verb of deciding, and mines or fuels as what it is about."""
    (event,) = events(NEWS + text, "policy_measure")
    assert roles(event)["authority"] == [authority]
    assert "country" not in roles(event) or authority not in roles(event)["country"]


@pytest.mark.parametrize(
    "text",
    [
        "Indonesia published its mineral benchmark prices for May.",
        "CM Group expects the country's new refineries to add 9 million tonnes of capacity.",
        "India's Reliance bought eight million barrels of crude.",
        "The ministry raised its forecast for copper output.",
        "China raised steel output by 3% in May.",
    ],
)
def test_figures_firms_and_forecasts_decide_no_policy(text):
    """What a state produces, publishes or foresees is no measure, nor what its firms do."""
    assert events(NEWS + text, "policy_measure") == []


def test_a_table_of_rates_takes_goods_and_origin_from_what_opens_it():
    """ "Geely ... 18.8%": a row under a sentence on duties is a tariff on the same goods."""
    text = "The European Commission published duties on battery electric cars built in China.\n\n"
    text += "By maker:\n\nBYD ...... 17.0%\n\nGeely ...... 18.8%\n"
    found = {
        roles(e)["rate"][0]: roles(e) for e in events(NEWS + text, "tariff") if "rate" in roles(e)
    }
    assert set(found) == {"17.0%", "18.8%"}
    assert found["18.8%"]["authority"] == ["European Commission"]
    assert any("electric cars" in p for p in found["18.8%"]["product"])


def test_a_rate_told_on_goods_goes_on_with_the_tariff_before():
    """ "has fixed it at 14.3% for X": the duty of the sentence before, by its rates."""
    text = "Importers of aluminium foil from China will owe the Union an anti-dumping duty. "
    text += "The Commission has fixed it at 14.3% for Jiangsu Alcha and 19.1% for Nanshan."
    rates = [
        r for e in events("Duties on foil\n\n" + text, "tariff") for r in roles(e).get("rate", [])
    ]
    assert rates == ["14.3%", "19.1%"]


def test_goods_taxed_at_a_rate_need_no_word_for_a_duty():
    """ "will tax Brazilian pig iron at 50%": goods of a country, taxed at a rate."""
    (event,) = events(NEWS + "The Americans will tax Brazilian pig iron at 50% from May.", "tariff")
    assert roles(event)["rate"] == ["50%"]


@pytest.mark.parametrize(
    "text",
    [
        "A tariff of 25 % is charged, according to analysts.",
        "Analysts said a 25% tariff would cut imports by 10%.",
    ],
)
def test_what_onlookers_reckon_with_is_no_tariff(text):
    """A rate that only analysts tell, charged by nobody, is no fact."""
    assert events(NEWS + text, "tariff") == []


def test_a_long_run_of_percentages_is_read_in_proportion():
    """Twice the percentages take about twice the time, not four times."""
    import time

    def spent(count: int) -> float:
        start = time.perf_counter()
        events("India raised tariffs. " + "25 % " * count, "tariff")
        return time.perf_counter() - start

    spent(200)
    short = min(spent(1000) for _ in range(2))
    assert min(spent(4000) for _ in range(2)) < short * 12
