"""`lodewire figures fetch`, `health` and `sanctions`, as a person runs them."""

from __future__ import annotations

import pytest

from tests.cli.command import lodewire
from tests.collect.official import good
from tests.collect.official.local import html_answer, json_answer, local_service
from tests.collect.server import respond

NOW = "2026-11-23T12:00:00+00:00"


@pytest.fixture
def desk(new_desk):
    """A desk whose services are asked where ``point`` says."""

    def point(**services):
        told = "".join(
            f'\n[official.services.{name}]\nendpoint = "{url}"\n'
            "allow_private_addresses = true\nrate = 60000\n"
            for name, url in services.items()
        )
        file = new_desk / "desk.toml"
        file.write_text(
            file.read_text()
            + told.replace("_", "-").replace("allow-private-addresses", "allow_private_addresses")
        )
        return new_desk

    return point


def fetch(folder, *arguments, **env):
    return lodewire(
        "figures", "fetch", *arguments, "--desk", folder, "--now", NOW, env={**CLEAN, **env}
    )


CLEAN = {"FRED_API_KEY": "", "COMTRADE_API_KEY": "", "EU_SANCTIONS_TOKEN": "", "GTA_API_KEY": ""}


def test_a_fetch_says_what_came_and_again_that_nothing_changed(desk):
    with local_service(good.ecb) as service:
        folder = desk(ecb=service.url)
        first = fetch(folder, "ecb").fine()
        again = fetch(folder, "ecb").fine()
    assert first.out.splitlines() == [
        "ecb: 4 new; 4 rows now (1 request)",
        "  now in the desk: 3 exchange rates of 2 currencies",
    ]
    assert again.out == "ecb: nothing changed; 4 rows (1 request)\n"


def test_a_value_that_was_revised_is_told(desk):
    with local_service(good.ecb) as service:
        folder = desk(ecb=service.url)
        fetch(folder, "ecb").fine()
        service.answer = lambda asked: good.ecb(asked).replace(b"1.0354", b"1.0355")
        told = fetch(folder, "ecb").fine()
    assert "ecb: 1 changed; 4 rows now" in told.out
    assert "M.USD.EUR.SP00 2025-01: value 1.0354 → 1.0355" in told.out


def test_one_that_fails_does_not_keep_the_others_from_going_on(desk):
    with local_service(lambda asked: html_answer("Down")) as down, local_service(good.ofac) as up:
        folder = desk(ecb=down.url, ofac=up.url)
        told = fetch(folder, "ecb", "ofac")
    assert told.code == 1
    assert told.out == "ofac: 3 new; 3 rows now (1 request)\n"
    assert "ecb: FAILED: monthly exchange rates: a web page came" in told.err
    assert "Fetch again later" in told.err


def test_json_for_programs(desk):
    with local_service(good.ecb) as up, local_service(lambda asked: respond(500)) as down:
        folder = desk(ecb=up.url, wgi=down.url)
        told = fetch(folder, "ecb", "wgi", "--format", "json")
    assert told.code == 1
    one, two = told.json["fetched"]
    assert (one["service"], one["added"], one["requests"]) == ("ecb", 4, 1)
    assert two["service"] == "wgi"
    assert "answered 500" in two["error"]


def test_a_dry_run_asks_nothing_and_shows_no_key(desk):
    with local_service(good.fred) as service:
        folder = desk(fred=service.url)
        told = fetch(folder, "fred", "--dry-run", "--commodity", "tin", FRED_API_KEY=good.KEY)
    assert service.asked == []
    assert told.fine().out.splitlines() == [
        "fred: would be asked with the key in FRED_API_KEY; pages may follow:",
        f"  {service.url}/fred/series?series_id=PTINUSDM&file_type=json&api_key=…",
        f"  {service.url}/fred/series/observations?series_id=PTINUSDM&file_type=json"
        "&limit=100000&offset=0&api_key=…",
    ]


def test_since_takes_a_year_a_month_or_a_day(desk):
    folder = desk()
    for since, month in (("2020", "2020-01"), ("2020-06", "2020-06"), ("2020-06-30", "2020-06")):
        told = fetch(folder, "ecb", "--since", since, "--dry-run").fine()
        assert f"startPeriod={month}" in told.out
    assert fetch(folder, "ecb", "--since", "June").code == 2
    assert "lies ahead" in fetch(folder, "ecb", "--since", "2027").refused()


def test_an_unknown_service_is_told_with_the_nearest(desk):
    assert "Did you mean comtrade?" in fetch(desk(), "comtrad").refused()


def test_what_a_service_cannot_be_asked_is_told(desk):
    folder = desk()
    assert "cannot be asked from a day on" in fetch(folder, "ofac", "--since", "2020").refused()
    assert "cannot be asked by commodity" in fetch(folder, "ecb", "--commodity", "tin").refused()
    told = fetch(folder, "all", "--since", "2020", "--dry-run", "--format", "json").fine()
    assert {"ofac", "ecb"} <= {plan["service"] for plan in told.json["planned"]}


def test_a_service_misspelt_in_the_desk_is_told(desk):
    folder = desk(comtrad="http://127.0.0.1:1")
    assert "no official service 'comtrad'" in fetch(folder, "ecb", "--dry-run").refused()


def test_all_leaves_out_what_has_no_key(desk):
    told = fetch(desk(), "all", "--dry-run", "--format", "json").fine()
    names = [plan["service"] for plan in told.json["planned"]]
    assert "ecb" in names
    assert "comtrade" in names
    assert "fred" not in names


def test_due_asks_only_what_is_no_longer_fresh(desk):
    with local_service(good.ecb) as one, local_service(good.ecb_daily) as two:
        folder = desk(ecb=one.url, ecb_daily=two.url)
        fetch(folder, "ecb", "ecb-daily").fine()
        none = fetch(folder, "ecb", "ecb-daily", "--due").fine()
        later = ("figures", "fetch", "ecb", "ecb-daily", "--due", "--desk", folder)
        next_day = lodewire(*later, "--now", "2026-11-24T12:00:00+00:00").fine()
    assert none.out.startswith("Nothing is due.")
    assert next_day.out == "ecb-daily: nothing changed; 3 rows (1 request)\n"


def test_health_tells_success_failure_and_what_is_due(desk):
    with local_service(good.ecb) as one, local_service(lambda asked: respond(503)) as two:
        folder = desk(ecb=one.url, ofac=two.url)
        fetch(folder, "ecb", "ofac")
        shown = lodewire("figures", "health", "--desk", folder, "--now", NOW, env=CLEAN).fine()
        told = lodewire(
            "figures", "health", "--desk", folder, "--now", NOW, "--format", "json", env=CLEAN
        ).json
    by_name = {row["service"]: row for row in told["services"]}
    assert by_name["ecb"]["state"] == "ok"
    assert by_name["ecb"]["rows"] == 4
    assert by_name["ecb"]["due_at"] == "2026-12-24T12:00:00+00:00"
    assert by_name["ofac"]["state"] == "failed 1 time in a row"
    assert "answered 503" in by_name["ofac"]["error"]
    assert (by_name["fred"]["state"], by_name["fred"]["key"]) == ("never fetched", "not set")
    assert "ofac: http" in shown.out


def test_a_name_is_looked_up(desk):
    with local_service(good.ofac) as service:
        folder = desk(ofac=service.url)
        fetch(folder, "ofac").fine()
    found = lodewire("figures", "sanctions", "Example Trading", "--desk", folder).fine()
    assert "EXAMPLE TRADING L.L.C.  (organisation, ofac 101)" in found.out
    assert "programmes: IRAN, SDGT" in found.out
    assert "Not looked at, never fetched: eu-sanctions" in found.err
    none = lodewire("figures", "sanctions", "Nobody \x1b[31m", "--desk", folder).fine()
    assert "on none of the lists fetched (ofac of 2026-11-23)" in none.out
    assert "does not clear it" in none.out
    assert "\x1b" not in none.out
    told = lodewire("figures", "sanctions", "et", "--desk", folder, "--format", "json").fine()
    assert told.json["found"][0]["how"] == "by weak alias"


def test_a_lookup_before_any_fetch_says_what_to_do(desk):
    refused = lodewire("figures", "sanctions", "Example", "--desk", desk()).refused()
    assert "lodewire figures fetch ofac eu-sanctions" in refused


def test_a_damaged_table_is_named_with_its_line(desk):
    with local_service(good.ecb) as service:
        folder = desk(ecb=service.url)
        fetch(folder, "ecb").fine()
        file = folder / "official" / "ecb.csv"
        file.write_text(file.read_text().replace("1.0354", "one"))
        told = fetch(folder, "ecb")
    assert told.code == 1
    assert "ecb.csv:4: 'one' is no number" in told.err
    assert "Remove the file and fetch again" in told.err


def test_texts_of_gdelt_come_into_the_ledger(desk):
    page = b"<html><body><article><p>A mine of lithium opened today in Chile.</p></article></body>"

    def answer(asked):
        if asked.path != "/api/v2/doc/doc":
            return respond(200, page, "Content-Type: text/html")
        row = {"url": f"http://{asked.headers['host']}/a", "title": "A mine", "language": "English"}
        return json_answer({"articles": [row]})

    folder = desk()
    with local_service(answer) as service:
        source = folder / "sources" / "found" / "source.yml"
        source.parent.mkdir(parents=True)
        source.write_text(
            "id: found\npublisher: GDELT\ntitle: Found by GDELT\nkind: research\nlanguage: en\n"
            "desks: [mining-metals]\nterms: Each page has its own terms.\n"
            "expected: {min: 0, max: 900}\nrate: 6000\nallow_private_addresses: true\n"
            f"channels: [{{type: gdelt, query: lithium mine, url: '{service.url}'}}]\n"
        )
        plan = fetch(folder, "gdelt", "--dry-run").fine()
        first, again = fetch(folder, "gdelt").fine(), fetch(folder, "gdelt").fine()
    assert "query=lithium+mine" in plan.out
    assert first.out == "gdelt: 1 new text; `lodewire run` reads.\n"
    assert again.out.startswith("gdelt: 0 new texts")


def test_without_a_channel_it_says_what_to_write(desk):
    told = fetch(desk(), "gdelt")
    assert told.code == 1
    assert "no source of this desk has a channel of type gdelt" in told.err
    assert "{type: gdelt, query:" in told.err
