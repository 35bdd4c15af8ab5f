"""From what a desk decides to a client and bounds that keep to it."""

from __future__ import annotations

from datetime import timedelta

from lodewire import __version__
from lodewire.collect.channels import Bounds
from lodewire.collect.fetching import FetchLimits, user_agent
from lodewire.collect.http import GuardedClient
from lodewire.config.desk import DeskConfig


def limits_of(desk: DeskConfig) -> FetchLimits:
    """Return the client's limits as desk.toml sets them."""
    asked = desk.collect
    return FetchLimits(
        total_seconds=asked.timeout_seconds,
        connect_seconds=min(10.0, asked.timeout_seconds),
        max_body=int(asked.max_body_mb * 1_000_000),
        max_redirects=asked.max_redirects,
        retries=asked.retries,
        max_wait_seconds=asked.max_wait_seconds,
        per_host=asked.per_host,
        concurrency=asked.concurrency,
        min_delay=asked.min_delay_seconds,
    )


def bounds_of(desk: DeskConfig) -> Bounds:
    """Return the bounds of one channel in one run as desk.toml sets them."""
    return Bounds(
        max_new_entries=desk.collect.max_new_entries,
        max_age=timedelta(days=desk.collect.max_age_days),
    )


def client_of(desk: DeskConfig) -> GuardedClient:
    """Return the guarded client of a desk; use it with ``async with``."""
    return GuardedClient(user_agent=user_agent(__version__, desk.contact), limits=limits_of(desk))
