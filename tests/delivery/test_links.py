"""Signed links: nobody else can make one, and each does one thing for as long as it lasts."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.delivery.keys import NewsletterKey, newsletter_key
from lodewire.delivery.links import LASTS, Purpose, make_link, read_link
from lodewire.errors import ConfigError, LinkRefused
from lodewire.model.audience import Preferences, Subscriber, SubscriberState

NOW = datetime(2025, 3, 28, 7, tzinfo=UTC)
KEY = NewsletterKey(bytes(range(32)))


def subscriber(address: str = "a@example.org", serial: int = 0) -> Subscriber:
    return Subscriber(
        address=address,
        address_key=KEY.hash_address(address),
        state=SubscriberState.PENDING,
        preferences=Preferences(),
        created_at=NOW,
        asked_at=NOW,
        serial=serial,
    )


@given(st.sampled_from(Purpose), st.emails(), st.integers(0, 99), st.integers(0, 10_000_000))
def test_a_link_says_what_it_was_made_for_until_it_ends(
    purpose: Purpose, address: str, serial: int, later: int
) -> None:
    who = subscriber(address, serial)
    token = make_link(KEY, purpose, who, now=NOW)
    at = NOW + timedelta(seconds=later)
    lasts = LASTS[purpose]
    if lasts is not None and at >= NOW + lasts:
        with pytest.raises(LinkRefused):
            read_link(KEY, token, purpose, now=at)
        return
    link = read_link(KEY, token, purpose, now=at)
    assert (link.subscriber, link.serial, link.purpose) == (who.id, serial, purpose)


@given(st.data(), st.sampled_from(Purpose))
def test_a_changed_link_is_refused(data: st.DataObject, purpose: Purpose) -> None:
    """Whatever character is changed, taken away or added, and under another desk's key."""
    token = make_link(KEY, purpose, subscriber(), now=NOW)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda c: c != token[at]))
    spoilt = data.draw(
        st.sampled_from(
            [token[:at] + other + token[at + 1 :], token[:at] + token[at + 1 :], token[:at]]
        )
    )
    with pytest.raises(LinkRefused):
        read_link(KEY, spoilt, purpose, now=NOW)
    with pytest.raises(LinkRefused):
        read_link(NewsletterKey(bytes(32)), token, purpose, now=NOW)


@given(st.text(max_size=200))
def test_anything_else_is_refused_in_the_same_words(text: str) -> None:
    with pytest.raises(LinkRefused, match="does not work, or no longer"):
        read_link(KEY, text, Purpose.CONFIRM, now=NOW)


def test_a_link_for_one_thing_does_no_other() -> None:
    token = make_link(KEY, Purpose.UNSUBSCRIBE, subscriber(), now=NOW)
    for purpose in (Purpose.CONFIRM, Purpose.PREFERENCES):
        with pytest.raises(LinkRefused):
            read_link(KEY, token, purpose, now=NOW)
    long = base64.urlsafe_b64encode(b"x" * 5000).decode()
    with pytest.raises(LinkRefused):
        read_link(KEY, f"{long}.{long}", Purpose.CONFIRM, now=NOW)


def test_hashes_need_the_key_and_overlook_capitals() -> None:
    assert KEY.hash_address("A@Example.org ") == KEY.hash_address("a@example.org")
    assert KEY.hash_address("a@example.org") != NewsletterKey(bytes(32)).hash_address(
        "a@example.org"
    )
    assert KEY.hash_address("10.0.0.1") != KEY.hash_origin("10.0.0.1")


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    key = newsletter_key(tmp_path)
    assert newsletter_key(tmp_path) == key
    assert key.secret.hex() not in repr(key)
    file = tmp_path / "keys" / "newsletter.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(file.parent.iterdir()) == [file]
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="others may read"):
        newsletter_key(tmp_path)
    file.chmod(0o600)
    file.write_text("abc")
    with pytest.raises(ConfigError):
        newsletter_key(tmp_path)
