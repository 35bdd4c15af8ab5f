"""Services that give texts, not figures: the desk's channels that ask them, collected alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from lodewire.collect.official.federal_register import first_page
from lodewire.collect.official.gdelt import question
from lodewire.config.desk import DeskConfig
from lodewire.config.source import (
    FederalRegisterChannel,
    GdeltChannel,
    SourceDefinition,
    select_sources,
)
from lodewire.errors import ConfigError

READING = {"federal-register": "federal_register", "gdelt": "gdelt"}
"""Service to the type of channel that asks it."""

_EXAMPLES = {
    "federal-register": "{type: federal_register, agencies: [industry-and-security-bureau]}",
    "gdelt": "{type: gdelt, query: '\"rare earths\" export'}",
}


def reading_sources(desk: DeskConfig, name: str, *, day: date) -> tuple[SourceDefinition, ...]:
    """Return the desk's sources that ask a service, each with those channels alone.

    Raises ConfigError where no source has such a channel, with one to write.
    """
    kind = READING[name]
    found = []
    for source in select_sources(desk, day=day):
        channels = tuple(c for c in source.channels if c.type == kind)
        if channels:
            found.append(source.model_copy(update={"channels": channels}))
    if not found:
        raise ConfigError(
            f"{name}: no source of this desk has a channel of type {kind}.",
            hint=f"Write one into a source.yml: channels: [{_EXAMPLES[name]}]",
        )
    return tuple(found)


def planned_reading(
    desk: DeskConfig, sources: tuple[SourceDefinition, ...], *, now: datetime
) -> tuple[str, ...]:
    """Return the addresses that would be asked first."""
    oldest = now - timedelta(days=desk.collect.max_age_days)
    found = []
    for source in sources:
        for channel in source.channels:
            if isinstance(channel, FederalRegisterChannel):
                found.append(first_page(channel, oldest))
            elif isinstance(channel, GdeltChannel):
                found.append(question(channel, now - timedelta(hours=channel.hours), now))
    return tuple(found)
