"""A desk whose official services answer on loopback, and one way to fetch from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lodewire.config.desk import DeskConfig
from lodewire.pipeline.figures import FetchOutcome, fetch_services, service_named, wish_for

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()


def desk_at(root: Path, service: str, url: str, **told: Any) -> DeskConfig:
    """Build a desk that asks ``service`` at ``url``."""
    choice = {"endpoint": url, "allow_private_addresses": True, "rate": 60_000, **told}
    return DeskConfig.model_validate(
        {
            "root": root,
            "official": {"services": {service: choice}, "timeout_seconds": 10},
            "collect": {"retries": 1},
        }
    )


def fetch_one(
    desk: DeskConfig,
    service: str,
    *,
    now: datetime = NOW,
    accept_shrunk: bool = False,
    **asked: Any,
) -> FetchOutcome:
    """Fetch one service once."""
    named = service_named(service)
    wish = wish_for(desk, named, today=now.date(), **asked)
    (outcome,) = fetch_services(desk, [(named, wish)], now=now, accept_shrunk=accept_shrunk)
    return outcome


def well(outcome: FetchOutcome) -> FetchOutcome:
    """Check that a fetch went through."""
    assert outcome.error is None, (outcome.error.message, outcome.error.hint)
    return outcome


def failure(outcome: FetchOutcome) -> str:
    """Check that a fetch failed with advice; return what it said and the advice."""
    assert outcome.error is not None
    assert outcome.error.hint, outcome.error.message
    return f"{outcome.error.message} | {outcome.error.hint}"


def files_of(root: Path) -> Mapping[str, bytes]:
    """Return the tables (not the states) under a desk's folder."""
    return {f.name: f.read_bytes() for f in sorted((root / "official").glob("*.csv"))}


__all__ = ["NOW", "TODAY", "date", "desk_at", "failure", "fetch_one", "files_of", "well"]
