"""Which addresses count as public."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.collect.addresses import is_public, is_unicast

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1
172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd00::1 fe80::1
fe80::1%eth0 2606:4700::1%eth0 fec0::1 ff02::1
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.167.255.255 223.255.255.1
2606:4700::1 2a00:1450:4001::1 2400:cb00::1 ::ffff:8.8.8.8 64:ff9b::808:808
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_special_purpose_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_ordinary_addresses_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "0177.0.0.1", "1.2.3.4.5", "x" * 99])
def test_what_is_no_address_is_not_public(text):
    assert not is_public(text)
    assert not is_unicast(text)


@pytest.mark.parametrize("address", ["224.0.0.1", "255.255.255.255", "0.0.0.0", "::", "ff02::1"])
def test_no_source_may_use_an_address_where_no_one_machine_answers(address):
    assert not is_unicast(address)


@given(st.integers(0, 2**32 - 1))
def test_ipv4_is_judged_alike_on_its_own_and_mapped_into_ipv6(number):
    plain = str(IPv4Address(number))
    assert is_public(plain) == is_public(f"::ffff:{plain}")
