"""How each official service did: last success, failures since, rows, when it is due again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lodewire.errors import ConfigError
from lodewire.reference.fetched import write_whole

_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """What is remembered of a service; times are aware UTC, None: never.

    ``changed_at`` is the last fetch that changed a row; ``failures`` counts those in a row up to
    now, ``error`` is what the last of them said.
    """

    service: str
    tried_at: datetime | None = None
    fetched_at: datetime | None = None
    changed_at: datetime | None = None
    rows: int = 0
    failures: int = 0
    error: str = ""

    def due_at(self, every: timedelta) -> datetime | None:
        """Return when the next fetch is worth it; None: now."""
        return None if self.fetched_at is None else self.fetched_at + every

    def failed(self, now: datetime, error: str) -> ServiceState:
        """Return the state after a fetch that failed."""
        return replace(self, tried_at=now, failures=self.failures + 1, error=error)

    def succeeded(self, now: datetime, rows: int, *, changed: bool) -> ServiceState:
        """Return the state after a fetch that was kept."""
        return replace(
            self,
            tried_at=now,
            fetched_at=now,
            changed_at=now if changed else self.changed_at,
            rows=rows,
            failures=0,
            error="",
        )


def read_state(folder: Path, service: str) -> ServiceState:
    """Return what is known of a service; a fresh state where it was never asked.

    Raises ConfigError where the file is damaged.
    """
    file = folder / f"{service}.json"
    try:
        told = json.loads(file.read_bytes())
        if not isinstance(told, dict) or told.pop("version", None) != _VERSION:
            raise ValueError(f"not version {_VERSION}")
        return ServiceState(**_with_times(told))
    except FileNotFoundError:
        return ServiceState(service=service)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(
            f"{file}: cannot be read: {error}.", hint="Remove the file and fetch again."
        ) from error


def write_state(folder: Path, state: ServiceState) -> None:
    """Keep the state of a service."""
    told = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(state).items()
    }
    content = json.dumps({"version": _VERSION, **told}, ensure_ascii=False, indent=1)
    write_whole(folder / f"{state.service}.json", f"{content}\n".encode())


def _with_times(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value
        for name, value in told.items()
    }
