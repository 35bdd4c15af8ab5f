"""Addresses and lists: what is taken, what is refused, and with which words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.delivery.addresses import check_address, mask, typo_hint
from lodewire.delivery.keys import NewsletterKey
from lodewire.delivery.lists import list_row, read_list, write_list
from lodewire.errors import AddressRefused, DeliveryError
from lodewire.model.audience import Frequency, SubscriberState
from lodewire.model.vocabulary import Desk

NOW = datetime(2025, 3, 28, 7, tzinfo=UTC)
KEY = NewsletterKey(bytes(range(32)))
HEAD = "address,desks,frequency,timezone,hour,consent_wording,consent_source,consent_at\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "@example.org",
        "a@localhost",
        "a@[127.0.0.1]",
        "a b@example.org",
        "a@example.org\nBcc: all@example.org",
        "Name <a@example.org>",
        "a@example.org,b@example.org",
        "a..b@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 300 + ".org",
        "ü@example.org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(text)


@given(st.text(max_size=60))
def test_no_address_carries_a_line_break_or_a_second_one(text: str) -> None:
    try:
        address = check_address(text)
    except AddressRefused:
        return
    assert address.count("@") == 1
    assert address.isascii()
    assert not set(address) & set(" \r\n\t,;<>")


def test_domains_become_what_mail_servers_know() -> None:
    assert check_address(" A.b@BÜCHER.example ") == "A.b@xn--bcher-kva.example"
    assert mask("reader@example.org") == "r…@example.org"


def test_near_misses_are_asked_about() -> None:
    assert typo_hint("a@gmial.com") == "a@gmail.com"
    assert typo_hint("a@hotmial.com") == "a@hotmail.com"
    for right in ("a@gmail.com", "a@example.org", "a@gmx.net"):
        assert typo_hint(right) is None


def test_a_list_is_read_with_preferences_and_consent() -> None:
    text = HEAD + (
        "a@example.org,mining-metals oil-gas,weekly,Asia/Tokyo,6,v2,fair,2025-01-02T03:04:05Z\n"
        "b@gmial.com,,,,,,,\n"
    )
    found = read_list("\ufeff" + text, KEY, now=NOW)
    (a, given_), (b, none) = found.subscribers
    assert a.state is SubscriberState.ACTIVE
    assert a.preferences.desks == (Desk.MINING_METALS, Desk.OIL_GAS)
    assert (a.preferences.frequency, a.preferences.hour) == (Frequency.WEEKLY, 6)
    assert given_[0].source == "fair"
    assert b.state is SubscriberState.PENDING, "nobody vouches for a consent"
    assert none == ()
    assert found.hints == ("line 3: b@gmial.com: is b@gmail.com meant?",)


def test_one_wrong_line_keeps_all_out_and_every_wrong_line_is_named() -> None:
    text = HEAD + (
        "a@example.org,,,,,,,\n"
        "nobody,,,,,,,\n"
        "b@example.org,gold,,,,,,\n"
        "c@example.org,,hourly,,,,,\n"
        "d@example.org,,,Mars/Base,,,,\n"
        "e@example.org,,,,24,,,\n"
        "f@example.org,,,,,v1,,\n"
        "g@example.org,,,,,v1,fair,2025-01-02T03:04:05\n"
        "h@example.org,,,,,v1,fair,2035-01-02T03:04:05Z\n"
        "A@example.org,,,,,,,\n"
    )
    with pytest.raises(DeliveryError) as refused:
        read_list(text, KEY, now=NOW)
    for line in range(3, 12):
        assert f"line {line}: " in refused.value.message
    assert "line 2:" not in refused.value.message
    for bad in ("mail\na@example.org\n", "address,colour\na@example.org,red\n", ""):
        with pytest.raises(DeliveryError):
            read_list(bad, KEY, now=NOW)
    with pytest.raises(DeliveryError, match="more cells"):
        read_list("address\na@example.org,x\n", KEY, now=NOW)


def test_a_list_written_reads_back_and_opens_no_formula() -> None:
    text = HEAD + "+a@example.org,oil-gas,daily,UTC,7,v1,=cmd(),2025-01-02T03:04:05Z\n"
    (told,) = read_list(text, KEY, now=NOW).subscribers
    written = "".join(write_list([list_row(*told)]))
    assert "'+a@example.org" in written
    assert "'=cmd()" in written
    assert read_list(written, KEY, now=NOW).subscribers == (told,)


def test_who_had_left_an_exported_list_comes_back_unconfirmed() -> None:
    text = "address,state,consent_wording,consent_source,consent_at\n"
    text += "a@example.org,unsubscribed,v1,site,2025-01-02T03:04:05Z\n"
    ((who, steps),) = read_list(text, KEY, now=NOW).subscribers
    assert who.state is SubscriberState.PENDING
    assert steps == ()
