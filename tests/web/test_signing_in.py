"""Signing in: one use, one answer for all, new sessions, cookies, forms, limits."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.model.tier import Role
from lodewire.web.site import Site
from lodewire.workbench.accounts.passkeys import party_of
from lodewire.workbench.accounts.paths import local_path
from lodewire.workbench.accounts.throttle import LIMITS, Door
from lodewire.workbench.accounts.tokens import new_token
from tests.web.client import Client, mailed_link, mails

SESSION, NONCE = "__Host-lodewire", "__Host-lodewire-form"


def invited_only(site: Site) -> Site:
    """The same desk, for whom it has invited."""
    assert site.accounts is not None
    desk = site.accounts.desk
    closed = desk.model_copy(
        update={"accounts": desk.accounts.model_copy(update={"sign_up": "invited"})}
    )
    return replace(site, accounts=type(site.accounts)(closed, site.ledger, site.address))


def test_a_mailed_link_signs_in_once(site: Site) -> None:
    reader = Client(site)
    assert reader.ask("/account").headers["location"] == "/sign-in?next=/account"
    done = reader.sign_in("once@example.org")
    assert (done.status_code, done.headers["location"]) == (303, "/")
    page = reader.ask("/account")
    assert "once@example.org" in page.text
    assert page.headers["cache-control"] == "private, no-store"
    path = mailed_link(site, "once@example.org")
    other = Client(site)
    again = other.ask(path)
    assert again.status_code == 400
    assert SESSION not in other.cookies
    assert "once@example.org" not in again.text


def test_looking_at_a_link_does_not_use_it_up(site: Site) -> None:
    """Programs that open every link of a mail leave it to its reader."""
    reader = Client(site)
    reader.send("/sign-in", on="/sign-in", address="scanned@example.org")
    path = mailed_link(site, "scanned@example.org")
    for _ in range(3):
        assert Client(site).ask(path).status_code == 200
    assert reader.send(path, on=path).status_code == 303


def test_the_cookie_is_bound_to_host_and_https_and_hidden_from_scripts(site: Site) -> None:
    reader = Client(site)
    reader.sign_in("cookie@example.org")
    for name in (SESSION, NONCE):
        told = reader.flags[name]
        for flag in ("Path=/", "HttpOnly", "SameSite=Lax", "Secure"):
            assert flag in told, name
        assert "Domain" not in told
    plain = Client(replace(site, address="http://127.0.0.1:1"))
    plain.ask("/sign-in")
    assert "Secure" not in plain.flags["lodewire-form"]


def test_a_session_begins_under_a_new_name_and_ends_the_former(site: Site) -> None:
    """What somebody put into a browser before is never taken over."""
    reader = Client(site)
    reader.cookies[SESSION] = planted = new_token()
    reader.sign_in("fixed@example.org")
    first = reader.cookies[SESSION]
    assert first != planted
    reader.cookies[SESSION] = first
    # Signed in already: a second link begins another session, and the first is over.
    reader.send("/account/sign-out", on="/account")
    assert SESSION not in reader.cookies
    reader.cookies[SESSION] = first
    assert reader.ask("/account").status_code == 303


def test_known_and_unknown_addresses_get_one_answer(site: Site) -> None:
    """The page, its headers and the way to it are the same; what differs is in the mail alone."""
    small = invited_only(site)
    Client(site).sign_in("known@example.org")
    answers = []
    for address in ("known@example.org", "stranger@example.org"):
        answer = Client(small).send("/sign-in", on="/sign-in", address=address)
        told = {k: v for k, v in answer.headers.items() if k not in ("set-cookie", "date")}
        answers.append((answer.status_code, answer.text, told))
    assert answers[0] == answers[1]
    assert len(mails(small, "known@example.org")) == 2
    assert mails(small, "stranger@example.org") == []


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00" * 10])
def test_a_forged_link_opens_nothing(site: Site, token: str) -> None:
    reader = Client(site, address=f"198.51.100.{len(token)}")
    assert reader.ask(f"/sign-in/{token}").status_code in (400, 404)


def test_a_link_ends_after_its_minutes(site: Site) -> None:
    assert site.accounts is not None
    past = datetime.now(UTC) - timedelta(minutes=21)
    message = site.accounts.ask("late@example.org", "/", now=past)
    assert message is not None
    token = re.search(rb"sign-in/=?\r?\n?([\w=\r\n-]+)", message.body)
    assert token is not None
    path = "/sign-in/" + token[1].replace(b"=\r\n", b"").decode().split("\r")[0]
    assert len(path) == len("/sign-in/") + 43
    assert Client(site, address="198.51.100.99").ask(path).status_code == 400


def test_a_form_without_its_token_is_refused(site: Site) -> None:
    """Of a stranger and of who is signed in; so is one that another site sends."""
    stranger = Client(site)
    right = stranger.token("/sign-in")
    for told in ({}, {"form": ""}, {"form": right[:-1]}, {"form": Client(site).token("/sign-in")}):
        fields = {"address": "forged@example.org", **told}
        assert stranger.ask("/sign-in", "POST", data=fields).status_code == 403
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        fields = {"address": "forged@example.org", "form": right}
        assert stranger.ask("/sign-in", "POST", data=fields, headers=headers).status_code == 403
    assert mails(site, "forged@example.org") == []
    reader = Client(site)
    reader.sign_in("csrf@example.org")
    sent = {"address": "csrf@example.org", "form": right}
    assert reader.ask("/account/delete", "POST", data=sent).status_code == 403
    assert reader.ask("/account").status_code == 200


def test_forms_of_another_kind_and_too_long_ones_are_refused(site: Site) -> None:
    reader = Client(site)
    kinds = ({"content-type": "text/plain"}, {"content-type": "multipart/form-data; boundary=x"})
    for headers in kinds:
        assert reader.ask("/sign-in", "POST", content=b"a=b", headers=headers).status_code == 400
    long = {"address": "a" * 70_000, "form": reader.token("/sign-in")}
    assert reader.ask("/sign-in", "POST", data=long).status_code == 400
    huge = {"content-type": "application/x-www-form-urlencoded"}
    assert reader.ask("/sign-in", "POST", content=b"a" * 400_000, headers=huge).status_code == 413


@pytest.mark.parametrize(
    "told",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil", "javascript:x", "",
     "/\t/evil.example", "/%0d%0aSet-Cookie:x\r\n", "/account/export.json", "/sign-in/x", "evil"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(told: str) -> None:
    assert local_path(told) == "/" or "\r" not in local_path(told)
    assert local_path(told).startswith("/")
    if told != "/%0d%0aSet-Cookie:x\r\n":
        assert local_path(told) == "/"


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_place_to_go_on_is_on_this_site(told: str) -> None:
    from urllib.parse import urljoin, urlsplit

    for text in (told, "/" + told, "//" + told):
        there = urlsplit(urljoin("https://desk.example.org/x", local_path(text)))
        assert there.netloc == "desk.example.org"
        assert there.scheme == "https"


def test_the_reader_comes_back_to_the_page_they_left(site: Site) -> None:
    reader = Client(site)
    reader.send("/sign-in", on="/sign-in", address="back@example.org", next="/search?q=copper")
    path = mailed_link(site, "back@example.org")
    assert reader.send(path, on=path).headers["location"] == "/search?q=copper"


def test_asking_too_often_is_refused_and_mails_are_few(site: Site) -> None:
    """By who asks openly; by address in silence, since that would tell who was asked for."""
    reader = Client(site, address="203.0.113.7")
    token = reader.token("/sign-in")
    fields = {"form": token, "address": "flood@example.org"}
    codes = [reader.ask("/sign-in", "POST", data=fields).status_code for _ in range(22)]
    most = LIMITS[Door.ASK].most
    assert codes[:most] == [200] * most
    assert codes[-1] == 429
    assert int(reader.ask("/sign-in", "POST", data=fields).headers["retry-after"]) > 0
    assert len(mails(site, "flood@example.org")) == LIMITS[Door.MAIL].most
    assert Client(site).send("/sign-in", on="/sign-in", address="z@example.org").status_code == 200


def test_guessing_links_shuts_the_door(site: Site) -> None:
    guesser = Client(site, address="203.0.113.8")
    codes = {guesser.ask(f"/sign-in/{new_token()}").status_code for _ in range(12)}
    assert codes == {400, 429}
    reader = Client(site)
    assert reader.sign_in("other-door@example.org").status_code == 303


def test_who_is_locked_is_out_at_once(site: Site) -> None:
    accounts = site.accounts
    assert accounts is not None
    reader = Client(site)
    reader.sign_in("locked@example.org")
    now = datetime.now(UTC)
    accounts.lock(accounts.of_address("locked@example.org"), locked=True, actor="test", now=now)
    assert reader.ask("/account").status_code == 303
    Client(site).send("/sign-in", on="/sign-in", address="locked@example.org")
    assert len(mails(site, "locked@example.org")) == 1


def test_a_session_ends_when_idle_and_after_its_days(site: Site) -> None:
    accounts = site.accounts
    assert accounts is not None
    reader = Client(site)
    reader.sign_in("idle@example.org")
    token, now = reader.cookies[SESSION], datetime.now(UTC)
    assert accounts.visit(token, now=now + timedelta(days=6)) is not None
    assert accounts.visit(token, now=now + timedelta(days=12)) is not None, "seen in between"
    assert accounts.visit(token, now=now + timedelta(days=20)) is None
    for days in range(1, 30):
        accounts.visit(token, now=now + timedelta(days=days))
    assert accounts.visit(token, now=now + timedelta(days=30)) is None


def test_an_invitation_gives_what_it_says(site: Site) -> None:
    from lodewire.model.tier import Tier

    small = invited_only(site)
    accounts = small.accounts
    assert accounts is not None
    _, where = accounts.invite(
        "guest@example.org", tier=Tier.PRO, role=Role.EDITOR, days=30, actor="test",
        now=datetime.now(UTC),
    )  # fmt: skip
    path = where.removeprefix("https://desk.example.org")
    reader = Client(small)
    assert "PRO member" in reader.ask(path).text
    assert reader.send(path, on=path).status_code == 303
    account = accounts.of_address("guest@example.org")
    assert account.role is Role.EDITOR
    (held,) = small.ledger.rights.memberships_of(account.id)
    assert (held.tier, held.author) == (Tier.PRO, "test")
    assert reader.send("/account/sign-out", on="/account").status_code == 303
    assert Client(small).ask(path).status_code == 400


def test_links_are_not_in_the_log(site: Site) -> None:
    import io
    import json

    from lodewire.web.app import make_app

    log = io.StringIO()
    reader = Client(site, make_app(site, log=log))
    reader.sign_in("log@example.org")
    token = mailed_link(site, "log@example.org").rpartition("/")[2]
    assert token not in log.getvalue()
    paths = [json.loads(line)["path"] for line in log.getvalue().splitlines()]
    assert "/sign-in/…" in paths


def test_passkeys_need_a_safe_site() -> None:
    from lodewire.errors import ConfigError

    assert party_of("https://desk.example.org").host == "desk.example.org"
    assert party_of("http://localhost:8420").origin == "http://localhost:8420"
    for address in ("http://desk.example.org", "http://127.0.0.1:8420", "https://192.0.2.1"):
        with pytest.raises(ConfigError, match="passkeys need"):
            party_of(address)
