"""Watch list, alerts, channels and the reader's own feed, as a member uses them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from lodewire.model.tier import Tier
from lodewire.web.shell import _SECRET
from lodewire.web.site import Site
from lodewire.workbench.accounts.mine import told_of
from lodewire.workbench.alerts.firing import fire_rules
from tests.pipeline.pages import NOW
from tests.web.client import Client
from tests.web.conftest import Ask

_NUMBERS = count(1)


@pytest.fixture
def site(site: Site) -> Site:
    """The site of one day, an hour after it was read."""
    return replace(site, clock=lambda: NOW + timedelta(hours=1))


@pytest.fixture
def member(site: Site) -> Client:
    """A new PRO member, signed in."""
    client = Client(site)
    address = f"watcher{next(_NUMBERS)}@example.org"
    client.sign_in(address)
    accounts = site.accounts
    assert accounts is not None
    found = accounts.of_address(address)
    assert found is not None
    accounts.grant(found, Tier.PRO, until=None, actor="test", now=NOW)
    return client


def main_of(client: Client, path: str) -> str:
    answer = client.ask(path)
    assert answer.status_code == 200, answer.text
    found = LexborHTMLParser(answer.text).css_first("main")
    assert found is not None
    return found.text()


def watch(client: Client, kind: str, words: str) -> None:
    answer = client.send("/watch/add", on="/watch", kind=kind, words=words)
    assert answer.status_code == 303, answer.text


def channel(client: Client, **fields: str) -> str:
    """Add one; returns the secret that is shown."""
    answer = client.send("/alerts/channels", on="/alerts", **fields)
    found = LexborHTMLParser(answer.text).css_first("#secret") if answer.text else None
    return "" if found is None else found.text()


def test_it_is_for_members(site: Site, ask: Ask) -> None:
    assert ask("/watch").headers["location"] == "/sign-in?next=/watch"
    reader = Client(site)
    reader.sign_in("reader.of.alerts@example.org")
    for path in ("/watch", "/alerts"):
        assert reader.ask(path).status_code == 403
    assert "/watch" not in reader.ask("/").text
    assert "/watch?add=" not in reader.ask("/commodity/copper").text


def test_a_things_page_leads_to_the_list_and_back(member: Client) -> None:
    page = LexborHTMLParser(member.ask("/commodity/copper").text)
    link = page.css_first("a[href^='/watch?add']")
    assert link is not None
    form = LexborHTMLParser(member.ask(link.attributes["href"] or "").text)
    field = form.css_first("input[name=words]")
    assert field is not None
    assert field.attributes["value"] == "copper"
    watch(member, "commodity", "copper")
    assert "copper" in main_of(member, "/watch")
    listed = LexborHTMLParser(member.ask("/watch").text).css_first("input[name=watch]")
    assert listed is not None
    id_ = listed.attributes["value"] or ""
    other = Client(member.site)
    other.sign_in("thief@example.org")
    assert other.send("/watch/remove", on="/account", watch=id_).status_code == 303
    assert "copper" in main_of(member, "/watch")  # theirs is another list
    assert member.send("/watch/remove", on="/watch", watch=id_).status_code == 303
    assert "Nothing yet" in main_of(member, "/watch")


@pytest.mark.parametrize("words", ["unobtainium", "<script>alert(1)</script>", " "])
def test_what_is_not_there_is_told_and_stays_in_the_form(member: Client, words: str) -> None:
    answer = member.send("/watch/add", on="/watch", kind="commodity", words=words)
    assert answer.status_code == 400
    assert LexborHTMLParser(answer.text).css_first("[role=alert]") is not None
    assert "<script>alert" not in answer.text


def test_forms_of_other_sites_are_refused(member: Client) -> None:
    for path in ("/watch/add", "/alerts/rule", "/alerts/channels", "/alerts/channels/change"):
        assert member.ask(path, "POST", data={"kind": "commodity"}).status_code == 403


def test_preview_then_keep_then_what_fired_and_pause(member: Client, site: Site) -> None:
    watch(member, "commodity", "copper")
    fields = {"name": "Outages", "type": "disruption", "pace": "daily"}
    answer = member.send("/alerts/rule", on="/alerts", step="preview", **fields)
    found = LexborHTMLParser(answer.text).css_first("#preview")
    assert found is not None
    assert "Altonorte" in found.text()
    assert "Khoemacau" not in found.text()
    assert site.ledger.alerts.fired([r.id for r in site.ledger.alerts.rules()]) == ()
    assert member.send("/alerts/rule", on="/alerts", step="save", **fields).status_code == 303
    assert "Outages" in main_of(member, "/alerts")
    rule = next(r for r in site.ledger.alerts.rules() if r.name == "Outages")
    for step, told in (("pause", "paused"), ("go on", "Pause")):
        member.send("/alerts/change", on="/alerts", rule=rule.id, step=step)
        assert told in main_of(member, "/alerts")
    other = Client(site)
    other.sign_in("another.thief@example.org")
    stolen = other.send("/alerts/change", on="/account", rule=rule.id, step="delete")
    assert stolen.status_code == 404
    member.send("/alerts/change", on="/alerts", rule=rule.id, step="delete")
    assert site.ledger.alerts.rule(rule.id) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "x", "amount": "lots"},
        {"name": "x", "confidence": "200"},
        {"name": "x", "watch-wa_of_somebody_else": "1"},
    ],
)
def test_a_rule_that_cannot_be_is_told(member: Client, fields: dict[str, str]) -> None:
    watch(member, "commodity", "copper")
    answer = member.send("/alerts/rule", on="/alerts", step="save", **fields)
    assert answer.status_code == 400
    assert LexborHTMLParser(answer.text).css_first("[role=alert]") is not None


def test_a_channels_secret_is_shown_once_and_its_address_never(member: Client) -> None:
    url = "https://erp.example.org/hooks/KEY"
    secret = channel(member, channel="webhook", name="erp", address=url)
    assert secret.startswith("whsec_")
    told = member.ask("/alerts").text
    assert "erp.example.org" in told
    assert secret not in told
    assert "KEY" not in told
    answer = member.send(
        "/alerts/channels", on="/alerts", channel="webhook", name="x", address="http://10.0.0.1/"
    )
    assert answer.status_code == 400


def test_a_test_that_fails_is_told_without_the_address(member: Client, site: Site) -> None:
    channel(member, channel="slack", name="team", address="https://192.0.2.1/services/KEY")
    end = next(e for e in site.ledger.alerts.endpoints() if e.name == "team")
    answer = member.send("/alerts/channels/change", on="/alerts", which=end.id, step="test")
    assert answer.status_code == 400
    assert "KEY" not in answer.text


def test_the_own_feed_has_what_fired_for_who_holds_its_address(
    member: Client, site: Site, ask: Ask
) -> None:
    watch(member, "commodity", "copper")
    address = channel(member, channel="feed", name="reader", brief="1")
    path = address.removeprefix(site.address)
    end = next(e for e in site.ledger.alerts.endpoints() if e.name == "reader")
    form = {"name": "Copper", "step": "save", f"channel-{end.id}": "1"}
    assert member.send("/alerts/rule", on="/alerts", **form).status_code == 303
    rule = next(r for r in site.ledger.alerts.rules(end.owner))
    # As if it had been made a month ago.
    site.ledger.alerts.put_rule(replace(rule, since=rule.since - timedelta(days=30)))
    accounts = site.accounts
    assert accounts is not None
    assert fire_rules(site.ledger, accounts.desk, now=site.clock())
    for form_, media in (("rss", "rss+xml"), ("atom", "atom+xml"), ("json", "feed+json")):
        answer = ask(path.replace(".rss", f".{form_}"))
        assert answer.status_code == 200
        assert media in answer.headers["content-type"]
        assert answer.headers["cache-control"] == "private, max-age=300"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert "Altonorte" in answer.text
        assert "Top Insights" in answer.text
        assert path.split("/")[2] not in answer.text
        if form_ == "json":
            assert json.loads(answer.text)["items"]
        else:
            ElementTree.fromstring(answer.text)
    # The token is kept as a hash; another one ends it.
    assert path.split("/")[2] not in "".join(map(repr, site.ledger.alerts.endpoints()))
    member.send("/alerts/channels/change", on="/alerts", which=end.id, step="rotate")
    assert ask(path).status_code == 404
    assert ask(f"/my/{'A' * 43}/feed.rss").status_code == 404
    assert _SECRET.sub(r"\1…", path) == "/my/…"


def test_the_feed_of_who_is_no_member_any_more_is_empty_of_alerts(
    member: Client, site: Site, ask: Ask
) -> None:
    watch(member, "commodity", "copper")
    path = channel(member, channel="feed", name="mine").removeprefix(site.address)
    end = next(e for e in site.ledger.alerts.endpoints() if e.name == "mine")
    member.send("/alerts/rule", on="/alerts", name="R", step="save", **{f"channel-{end.id}": "1"})
    accounts = site.accounts
    assert accounts is not None
    (rule,) = site.ledger.alerts.rules(end.owner)
    site.ledger.alerts.put_rule(replace(rule, since=rule.since - timedelta(days=30)))
    fire_rules(site.ledger, accounts.desk, now=site.clock() + timedelta(minutes=1))
    assert "Altonorte" in ask(path).text
    for held in site.ledger.rights.memberships_of(end.owner):  # type: ignore[arg-type]
        site.ledger.rights.change_membership(replace(held, until=datetime.now(UTC)))
    assert "Altonorte" not in ask(path).text


def test_what_is_kept_of_a_member_has_lists_rules_and_channels(member: Client, site: Site) -> None:
    watch(member, "country", "Chile")
    channel(member, channel="feed", name="f")
    accounts = site.accounts
    assert accounts is not None
    visit = re.search(r"watcher\d+@example.org", member.ask("/account").text)
    assert visit is not None
    account = accounts.of_address(visit[0])
    assert account is not None
    told = told_of(accounts, account, now=datetime.now(UTC))
    assert told["watches"][0]["name"] == "Chile"
    assert told["channels"][0]["kind"] == "feed"
    assert "key" not in told["channels"][0]
