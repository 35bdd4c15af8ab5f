"""Which network addresses are public. Source: the IANA special-purpose address registries."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# The table is spelled out: ipaddress.is_global changed its mind between Python releases.
_PRIVATE_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relay, deprecated
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
# Only 2000::/3 is handed out as global unicast; these parts of it are not public.
_GLOBAL_6 = IPv6Network("2000::/3")
_PRIVATE_6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # IETF protocol assignments: Teredo, ORCHID, benchmarking
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries any IPv4 address
        "3fff::/20",  # documentation
    )
)


@lru_cache(maxsize=4096)
def is_public(address: str) -> bool:
    """Tell whether a literal IP address is reachable over the public internet.

    IPv4 inside IPv6 (mapped, NAT64) is judged by the IPv4 address. Text that is no address, or
    carries a scope ("fe80::1%eth0"), is not public.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return False
        inner = _inner_ipv4(ip)
        if inner is None:
            return ip in _GLOBAL_6 and not any(ip in network for network in _PRIVATE_6)
        ip = inner
    return not any(ip in network for network in _PRIVATE_4)


def is_unicast(address: str) -> bool:
    """Tell whether one machine can answer at the address: all that a private source may use."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        ip = _inner_ipv4(ip) or ip
    broadcast = isinstance(ip, IPv4Address) and ip == IPv4Address("255.255.255.255")
    return not (ip.is_multicast or ip.is_unspecified or broadcast)


def _inner_ipv4(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return None
