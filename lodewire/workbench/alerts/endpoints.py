"""Channels of accounts and of the desk: made, rotated, switched off and on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from lodewire.config.desk import DeskConfig
from lodewire.delivery.addresses import check_address
from lodewire.delivery.channels.signing import OVERLAP, webhook_secret
from lodewire.delivery.keys import NewsletterKey
from lodewire.errors import QueryError, TooMany
from lodewire.ledger.store import Ledger
from lodewire.model.alert import DESK_OWNER, ChannelKind, Endpoint, endpoint_id
from lodewire.model.tier import Tier
from lodewire.workbench.accounts.tokens import hash_token, is_token, new_token
from lodewire.workbench.alerts.owners import account_of

_LONGEST_URL = 2000
_CHAT = re.compile(r"-?\d{1,20}|@[A-Za-z0-9_]{4,32}", re.ASCII)
_HTTP = (ChannelKind.WEBHOOK, ChannelKind.SLACK, ChannelKind.TEAMS)


def add_channel(
    ledger: Ledger,
    desk: DeskConfig,
    owner: str,
    kind: ChannelKind,
    name: str,
    address: str = "",
    *,
    tier: Tier | None = None,
    brief: bool = False,
    now: datetime,
) -> tuple[Endpoint, str]:
    """Keep a channel; returns it, and the token of a feed, which is not shown again.

    An account's mail goes to its own address alone. ``tier`` is for channels of the desk: what
    their readers see, everybody's by default. Raises QueryError for an address that none of its
    kind has, and TooMany.
    """
    name = checked_name(name)
    mine = ledger.alerts.endpoints(owner)
    if len(mine) >= desk.channels.most_rules:
        raise TooMany(f"{len(mine)} channels are as many as there can be", hint="remove one")
    id_ = endpoint_id(owner, kind, name)
    if any(e.id == id_ for e in mine):
        raise QueryError(f"there is a channel {name!r} already", hint="choose another name")
    token = new_token() if kind is ChannelKind.FEED else ""
    found = Endpoint(
        id=id_,
        owner=owner,
        kind=kind,
        name=name,
        created_at=now,
        address=_checked(ledger, desk, owner, kind, address.strip()),
        key=hash_token(token) if token else "",
        tier=(tier or Tier.FREE) if owner == DESK_OWNER else None,
        brief=brief,
    )
    ledger.alerts.put_endpoint(found)
    return found, token


def checked_name(name: str) -> str:
    """Return a name on one line; raises QueryError for none, or one that is too long."""
    told = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not 0 < len(told) <= 80:
        raise QueryError("a name has 1 to 80 characters", hint='such as "Copper deals"')
    return told


def _checked(ledger: Ledger, desk: DeskConfig, owner: str, kind: ChannelKind, address: str) -> str:
    if kind is ChannelKind.FEED:
        return ""
    if kind is ChannelKind.EMAIL:
        account = account_of(ledger, owner)
        # Mail to others needs their consent: that is what the newsletter is for.
        return account.address if account is not None else check_address(address or desk.contact)
    if kind is ChannelKind.TELEGRAM:
        if not _CHAT.fullmatch(address):
            raise QueryError(
                f"{address[:40]!r} is no chat", hint="a number such as -1001234567890, or @channel"
            )
        desk.channels.telegram_token()
        return address
    return _checked_url(desk, address)


def _checked_url(desk: DeskConfig, url: str) -> str:
    schemes = {"https", "http"} if desk.channels.allow_private_addresses else {"https"}
    try:
        parts = urlsplit(url)
        fine = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        fine = fine and parts.username is None and parts.password is None
    except ValueError:
        fine = False
    plain = url.isascii() and url.isprintable() and " " not in url
    if not (fine and plain and len(url) <= _LONGEST_URL):
        raise QueryError("this is no address to post to", hint="it begins with https://")
    return url


def rotate(
    ledger: Ledger, key: NewsletterKey, endpoint: Endpoint, *, now: datetime
) -> tuple[Endpoint, str]:
    """Give a feed another address, or a webhook another secret; returns the new secret.

    A feed's old address ends at once; a webhook is signed with both secrets for a day.
    """
    serial = endpoint.serial + 1
    if endpoint.kind is ChannelKind.FEED:
        token = new_token()
        changed = replace(endpoint, key=hash_token(token), serial=serial, rotated_at=now)
    elif endpoint.kind is ChannelKind.WEBHOOK:
        changed = replace(endpoint, serial=serial, rotated_at=now)
        token = webhook_secret(key, endpoint.id, serial)
    else:
        raise QueryError("this channel has no secret of ours", hint="remove it, and add it anew")
    ledger.alerts.put_endpoint(changed)
    return changed, token


def secrets_of(key: NewsletterKey, endpoint: Endpoint, *, now: datetime) -> tuple[str, ...]:
    """Return the secrets a webhook is signed with, the newest first."""
    serials = [endpoint.serial]
    if endpoint.rotated_at is not None and now - endpoint.rotated_at < OVERLAP:
        serials.append(endpoint.serial - 1)
    return tuple(webhook_secret(key, endpoint.id, serial) for serial in serials)


def switch_on(ledger: Ledger, endpoint: Endpoint) -> Endpoint:
    """Post to a channel again that was switched off."""
    changed = replace(endpoint, failures=0, failing_since=None, off_at=None, trouble="")
    ledger.alerts.put_endpoint(changed)
    return changed


def feed_of(ledger: Ledger, token: str) -> Endpoint | None:
    """Return the feed that a token opens; None for any other."""
    return ledger.alerts.endpoint_of(hash_token(token)) if is_token(token) else None


def address_words(endpoint: Endpoint) -> str:
    """Return where a channel leads, as it may stand on a screen: addresses hold secrets."""
    if endpoint.kind in _HTTP:
        host = urlsplit(endpoint.address).hostname or ""
        return f"{host}/…"
    return endpoint.address
