"""The editor's desk: for editors alone, every act by a form of this browser, each with its line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from lodewire.cli.serving import site_of
from lodewire.config.desk import load_desk
from lodewire.ledger import open_ledger
from lodewire.model.audience import CampaignKind, Preferences
from lodewire.model.brief import BriefEntry
from lodewire.model.event import Event
from lodewire.model.tier import Role
from lodewire.web.app import make_app
from lodewire.web.pages import editor
from lodewire.web.shell import App
from lodewire.web.site import Site
from lodewire.workbench.accounts.audited import audit_of
from lodewire.workbench.letters.campaigning import start_campaign
from lodewire.workbench.letters.subscribing import Origin, open_subscriptions
from tests.delivery.audience import add_active, sender_of_campaign
from tests.delivery.test_sending import Told
from tests.pipeline.pages import NOW
from tests.web.client import Client
from tests.web.made import WHERE, fill

DAY = NOW.date().isoformat()
BETTER = "In Botswana, MMG has agreed to buy Khoemacau for US$1.875 billion."


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of one day, filled once for all tests here."""
    folder = tmp_path_factory.mktemp("filled")
    with open_ledger(folder / "desk.db", create=True) as ledger:
        fill(ledger, folder)
    return folder


@pytest.fixture
def site(filled: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of it, which a test may change."""
    folder = Path(shutil.copytree(filled, tmp_path / "desk"))
    desk = load_desk(folder)
    with open_ledger(desk.ledger_place) as ledger:
        yield site_of(desk, ledger, "http://127.0.0.1:1")


_APP: list[tuple[Site, App]] = []


def app_of(site: Site) -> App:
    """The application of a site, made once."""
    if not _APP or _APP[0][0] is not site:
        _APP[:] = [(site, make_app(site, keep_seconds=0.0))]
    return _APP[0][1]


def signed_in(site: Site, role: Role = Role.EDITOR) -> Client:
    """Somebody with a role, at their browser."""
    assert site.accounts is not None
    address = f"{role.value}@example.org"
    account = site.accounts.add(address, now=datetime.now(UTC), role=role)
    entry = site.accounts.begin(account, means="link", agent="", now=datetime.now(UTC))
    client = Client(site, app_of(site))
    client.cookies["__Host-lodewire"] = entry.token
    return client


def purchase(site: Site) -> Event:
    """The deal with a sum of 1.875 billion."""
    return next(
        e
        for e in site.ledger.events.of_day(NOW.date())
        if e.type.value == "acquisition" and "Cuprous Capital" in {s.value for s in e.of("seller")}
    )


def words(html: str, place: str) -> str:
    """The words at a place of a page."""
    found = LexborHTMLParser(html).css_first(place)
    assert found is not None, f"nothing at {place}"
    return found.text(strip=True)


def value(html: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = LexborHTMLParser(html).css_first(f"input[name={name}]")
    assert found is not None, f"no {name}"
    return found.attributes["value"] or ""


def value_of(event: Event) -> str:
    return next(s.id for s in event.statements if s.property == "value")


def draft(client: Client) -> LexborHTMLParser:
    return LexborHTMLParser(client.ask(f"/editor/brief?day={DAY}").text)


def drafted(client: Client) -> list[str]:
    return [n.text() for n in draft(client).css(".drafted .told")]


def on_brief(client: Client, act: str, **fields: str) -> int:
    path = f"/editor/brief/{act}"
    return client.send(path, on="/account", day=DAY, **fields).status_code


def paths() -> list[str]:
    return [p.replace("{event:str}", "ev_" + "a" * 24) for p in editor.VIEWS]


def test_who_is_no_editor_sees_nothing_of_it(site: Site) -> None:
    """A stranger is led to sign in; a reader is told that there is no such page."""
    stranger, reader = Client(site, app_of(site)), signed_in(site, Role.READER)
    token = reader.token("/account")
    told = reader.ask("/no/such/page").text
    for path in paths():
        answer = stranger.ask(path)
        assert (answer.status_code, answer.content) == (303, b"")
        assert answer.headers["location"] == f"/sign-in?next={path}"
        answer = reader.ask(path)
        assert answer.status_code == 404
        assert words(answer.text, "main") == words(told, "main")
    before = site.ledger.events.of_day(NOW.date())
    for path in editor.ACTS:
        fields = {"ref": before[0].id, "event": before[0].id, "reason": "x", "day": DAY}
        assert stranger.ask(path, "POST", data=fields).status_code == 403
        assert reader.ask(path, "POST", data={**fields, "form": token}).status_code == 404
    assert site.ledger.decisions.all() == ()
    assert site.ledger.editions.of_day(NOW.date()) == ()
    assert "Editing" not in reader.ask("/").text
    assert "Editing" in signed_in(site).ask("/").text


def test_no_act_without_the_token_of_this_browser(site: Site) -> None:
    ana, bob = signed_in(site), signed_in(site, Role.ADMIN)
    event = purchase(site).id
    of_another, mine = bob.token("/account"), ana.token("/account")
    for path in editor.ACTS:
        for token in ("", of_another):
            fields = {"ref": event, "event": event, "reason": "x", "day": DAY, "form": token}
            assert ana.ask(path, "POST", data=fields).status_code == 403
        crossed = {"sec-fetch-site": "cross-site"}
        fields = {"ref": event, "form": mine}
        assert ana.ask(path, "POST", data=fields, headers=crossed).status_code == 403
    assert site.ledger.decisions.all() == ()
    assert [t.line.action for t in audit_of(site.ledger)] == ["sign in", "sign up"] * 2


def test_pages_are_one_persons_and_their_hostile_text_is_inert(site: Site) -> None:
    """No cache keeps them; what an article writes stays text."""
    ana = signed_in(site)
    found = [e.id for e in site.ledger.events.of_day(NOW.date())]
    for path in (
        "/editor/review",
        f"/editor/brief?day={DAY}",
        *(f"/editor/review/{e}" for e in found),
    ):
        answer = ana.ask(path)
        assert answer.status_code == 200, path
        assert answer.headers["cache-control"] == "private, no-store"
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        tree = LexborHTMLParser(answer.text)
        assert [s.attributes.get("src") for s in tree.css("script")] != [None]
        assert all(
            (s.attributes.get("src") or "").startswith("/static/") for s in tree.css("script")
        )
        assert not tree.css("svg, img[onerror], main style, iframe, [onload], [onclick], [style]")
        assert "\u202e" not in answer.text


def test_the_queue_shows_a_proposal_beside_its_words_and_takes_a_decision(site: Site) -> None:
    ana = signed_in(site)
    assert ana.ask("/editor/review?since=1990-01-01").status_code == 400
    assert ana.ask("/editor/review?why=nothing").status_code == 400
    assert "Nothing waits." in ana.ask("/editor/review?until=2024-01-01").text
    tree = LexborHTMLParser(ana.ask("/editor/review?why=source").text)
    rows = tree.css("article.case")
    assert rows
    assert all(row.css("blockquote mark") and row.css(".doubts li") for row in rows)
    event = rows[0].attributes["id"] or ""
    back = "/editor/review?why=source"
    done = ana.send("/editor/review/accept", on="/editor/review", ref=event, back=back)
    assert (done.status_code, done.headers["location"]) == (303, back)
    (decision,) = site.ledger.decisions.all()
    assert decision.author == site.name, "readers see the desk, unless the account has a name"
    assert site.accounts is not None
    account = site.accounts.of_address("editor@example.org")
    site.accounts.set_name(account, "Ana\nRoe", actor="test", now=datetime.now(UTC))
    ana.send("/editor/review/accept", on="/account", ref=rows[-1].attributes["id"] or "")
    assert site.ledger.decisions.all()[-1].author == "Ana Roe"
    assert site.ledger.events.current(event) == event  # type: ignore[arg-type]
    assert f'id="{event}"' not in ana.ask(back).text, "what was accepted waits no more"
    told = audit_of(site.ledger, acts="review")[0]
    assert (told.who, told.line.action) == ("e…@example.org", "review accept")
    assert told.line.actor.startswith("ac_")


def test_a_form_leads_back_to_the_desk_alone(site: Site) -> None:
    ana = signed_in(site)
    for back in ("//evil.example/", "https://evil.example", "/account", "/editor/../x\\y"):
        event = purchase(site).id
        done = ana.send("/editor/review/accept", on="/account", ref=event, back=back)
        assert done.headers["location"] == "/editor/review"


def test_an_edit_needs_a_value_that_fits_and_a_reason(site: Site) -> None:
    ana, event = signed_in(site), purchase(site)
    page = f"/editor/review/{event.id}"
    tree = LexborHTMLParser(ana.ask(page).text)
    marks = {m.text() for m in tree.css(".source mark")}
    assert {"MMG", "Khoemacau", "$1.875 billion"} <= marks
    for value, reason, why in (
        ("a large sum", "so", "sum"),
        ("US$2 billion", "", "reason"),
        ("US$1.875 billion", "so", "already says"),
    ):
        fields = {"ref": value_of(event), "value": value, "reason": reason, "back": page}
        refused = ana.send("/editor/review/edit", on="/account", **fields)
        assert refused.status_code == 400, value
        told = words(refused.text, "[role=alert]")
        assert why in told
        assert "--" not in told, "no words for who sits at the command line"
    assert site.ledger.decisions.all() == ()
    fields = {
        "ref": value_of(event),
        "value": "US$2 billion",
        "reason": "the filing",
        "back": page,
    }
    assert ana.send("/editor/review/edit", on="/account", **fields).headers["location"] == page
    assert "US$2 billion" in ana.ask(page).text
    # The published brief said otherwise: a correction, for everybody, at once.
    stranger = Client(site, app_of(site))
    assert "the filing" in stranger.ask("/corrections").text
    assert "US$2 billion" in words(stranger.ask("/").text, ".correction")
    (decision,) = site.ledger.decisions.all()
    undone = ana.send("/editor/review/undo", on=page, ref=decision.id, back=page)
    assert undone.headers["location"] == page
    assert site.ledger.decisions.all()[0].deleted_at is not None


def test_events_are_merged_and_kept_apart(site: Site) -> None:
    """The editor goes on at the event that holds what was decided on."""
    ana, whole = signed_in(site), purchase(site)
    page = f"/editor/review/{whole.id}"
    mention = site.ledger.events.mentions(whole.id)[1].mention.id
    apart = ana.send("/editor/review/split", on="/account", ref=whole.id, other=mention, back=page)
    assert apart.status_code == 303
    ids = site.ledger.events.of_mentions(whole.mention_ids)
    one, other = sorted(set(ids.values()))
    page = f"/editor/review/{other}"
    for fields in ({"ref": one, "other": one}, {"ref": one}, {"ref": "ev_zzzz", "other": one}):
        assert (
            ana.send("/editor/review/merge", on="/account", back=page, **fields).status_code == 400
        )
    merged = ana.send("/editor/review/merge", on="/account", ref=one, other=other, back=page)
    left = site.ledger.events.current(one)
    assert merged.headers["location"] == f"/editor/review/{left}"
    assert len(site.ledger.events.mentions(left)) == 2


def test_a_sentence_is_refused_asked_about_kept_and_published(site: Site) -> None:
    ana, reader, event = signed_in(site), Client(site, app_of(site)), purchase(site).id
    path, page = "/editor/brief/rewrite", f"/editor/brief?day={DAY}"
    wrong = "MMG has agreed to buy Khoemacau for US$2 billion."
    refused = ana.send(path, on="/account", day=DAY, event=event, text=wrong)
    assert refused.status_code == 400
    told = words(refused.text, ".rewrite [role=alert]")
    assert "a number without a statement: 'US$2 billion'" in told
    assert "value “US$1.875 billion”" in told, "what could stand there is told"
    assert wrong in refused.text, "what was written is not lost"
    swapped = "Cuprous Capital has agreed to buy Khoemacau from MMG."
    asked = ana.send(path, on="/account", day=DAY, event=event, text=swapped)
    assert asked.status_code == 200
    confirms = value(asked.text, "confirms")
    assert "as if Cuprous Capital were the acquirer" in asked.text
    assert swapped not in drafted(ana)
    unsure = {"day": DAY, "event": event, "text": swapped, "confirms": confirms}
    assert ana.send(path, on="/account", **unsure).status_code == 200
    assert swapped not in drafted(ana), "the box was not ticked"
    kept = ana.send(path, on="/account", day=DAY, event=event, text=BETTER)
    assert (kept.status_code, kept.headers["location"]) == (303, f"{page}#{event}")
    assert BETTER in drafted(ana)
    assert BETTER not in reader.ask("/feed.json").text
    seen = value(ana.ask(page).text, "seen")
    assert on_brief(ana, "publish", seen=seen) == 303
    shown = [n.text() for n in LexborHTMLParser(reader.ask("/").text).css("h3.told")]
    assert BETTER in shown
    assert BETTER in reader.ask("/feed.json").text
    found = site.ledger.briefs.get(NOW.date())
    assert found is not None
    assert BETTER in [_text(e) for s in found.sections for e in s.entries]
    assert on_brief(ana, "restore", event=event) == 303
    assert BETTER not in drafted(ana)


def _text(entry: BriefEntry) -> str:
    return " ".join(s.text for s in entry.sentences)


def test_insights_are_moved_led_and_held(site: Site) -> None:
    ana = signed_in(site)
    order = [n.attributes["id"] or "" for n in draft(ana).css(".drafted > li")]
    assert len(order) > 2
    on_brief(ana, "down", event=order[0])
    now = [n.attributes["id"] for n in draft(ana).css(".drafted > li")]
    assert now[:2] == [order[1], order[0]]
    on_brief(ana, "up", event=order[0])
    assert [n.attributes["id"] for n in draft(ana).css(".drafted > li")] == order
    on_brief(ana, "lead", event=order[-1])
    assert "leads" in words(ana.ask(f"/editor/brief?day={DAY}").text, f"#{order[-1]}")
    on_brief(ana, "hold", event=order[0])
    assert order[0] not in [n.attributes["id"] for n in draft(ana).css(".drafted > li")]
    assert on_brief(ana, "up", event=order[0]) == 409, "what is held has no place"
    assert on_brief(ana, "release", event=order[0]) == 303
    assert on_brief(ana, "hold", event="ev_" + "a" * 24) == 409
    assert on_brief(ana, "hold", event="<b>") == 400
    assert on_brief(ana, "publish", seen="br_another") == 409
    assert [t.line.action for t in audit_of(site.ledger, acts="brief")] == [
        "brief release",
        "brief hold",
        "brief order",
        "brief order",
        "brief order",
    ]


def test_what_was_published_is_retracted_at_once(site: Site) -> None:
    ana, event = signed_in(site), purchase(site)
    page = f"/editor/review/{event.id}"
    assert DAY in ana.ask(page).text
    fields = {"ref": event.id, "reason": "the seller denies it", "back": page}
    done = ana.send("/editor/review/retract", on="/account", **fields)
    assert done.headers["location"] == page
    assert "withdrawn" in ana.ask(page).text
    assert "the seller denies it" in Client(site, app_of(site)).ask("/corrections").text
    assert "the seller denies it" in ana.ask(f"/editor/brief?day={DAY}").text
    assert "Nothing was sent yet." in ana.ask("/editor/campaigns").text


def test_mails_tell_what_was_published_and_their_readers_the_correction(site: Site) -> None:
    """The copy holds the editor's sentence and lead; who was sent it is told, once, by a button."""
    ana, event = signed_in(site), purchase(site)
    assert site.accounts is not None
    told = {"event": event.id, "text": BETTER}
    assert on_brief(ana, "rewrite", **told) == 303
    last = [n.attributes["id"] or "" for n in draft(ana).css(".drafted > li")][-1]
    assert last != event.id
    assert on_brief(ana, "lead", event=last) == 303
    leading = words(ana.ask(f"/editor/brief?day={DAY}").text, f"#{last} .told")
    seen = value(ana.ask(f"/editor/brief?day={DAY}").text, "seen")
    assert on_brief(ana, "publish", seen=seen) == 303
    now = datetime.now(UTC)
    subscriptions = open_subscriptions(site.accounts.desk, site.ledger, now=now)
    add_active(subscriptions, ["mail@example.org"])
    campaign = start_campaign(site.ledger, NOW.date(), now=now)
    assert campaign is not None
    messenger = Told()
    sender_of_campaign(subscriptions, site.ledger, campaign, messenger, lambda: now).run()
    (copy,) = messenger.taken
    mail = message_from_bytes(copy.body, policy=policy.SMTP)
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert BETTER in " ".join(text.split())
    subject = str(mail["Subject"]).replace(" ", "")
    assert leading.replace(" ", "")[:20] in subject, subject
    fields = {"ref": value_of(event), "value": "US$2 billion", "reason": "the filing"}
    assert ana.send("/editor/review/edit", on="/account", **fields).status_code == 303
    page = ana.ask("/editor/campaigns").text
    assert "1 sent" in words(page, "tbody")
    assert "1 reader was sent" in page
    for _ in range(2):
        assert ana.send("/editor/campaigns/correct", on="/account").status_code == 303
    kinds = [c.kind for c in site.ledger.campaigns.all()]
    assert kinds.count(CampaignKind.CORRECTION) == 1
    assert len(audit_of(site.ledger, acts="campaign correct")) == 1


def test_subscribers_are_counted_and_looked_up_on_record(site: Site) -> None:
    ana = signed_in(site)
    assert site.accounts is not None
    now = datetime.now(UTC)
    subscriptions = open_subscriptions(site.accounts.desk, site.ledger, now=now)
    subscriptions.ask("reader@example.org", Preferences(), Origin(source="test"), now=now)
    page = "/editor/subscribers"
    assert "pending1" in words(ana.ask(page).text, "#counts")
    found = ana.send(page, on="/account", address="reader@example.org")
    assert "r…@example.org: pending" in words(found.text, "#found")
    none = ana.send(page, on="/account", address="nobody@example.org")
    assert "Nobody with this address" in none.text
    assert ana.send(page, on="/account", address="no address").status_code == 400
    told = audit_of(site.ledger, acts="subscriber")
    assert len(told) == 2
    assert not any("@" in t.line.subject + t.line.detail for t in told)
    log = ana.ask("/editor/audit?act=subscriber").text
    assert log.count("subscriber look-up") == 2
    assert "sign in" not in re.sub(r"<nav.*?</nav>", "", log, flags=re.DOTALL)


def test_the_desk_speaks_the_languages_of_the_site(site: Site) -> None:
    ana = signed_in(site)
    assert "Durchsicht" in ana.ask("/de/editor/review").text
    token = ana.token("/de/editor/review")
    event = purchase(site).id
    fields = {"form": token, "ref": event, "back": "/editor/review"}
    done = ana.ask("/de/editor/review/accept", "POST", data=fields)
    assert done.headers["location"] == "/de/editor/review"
    assert ana.ask("/editor/sources").status_code == 200
    assert WHERE == "https://desk.example.org"
