"""[schedule] of desk.toml: what `lodewire serve` does by itself, and when."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from lodewire.config.zones import checked_zone

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")

#: What `lodewire init` writes of it into desk.toml.
SCHEDULE_TOML = """\

[schedule]                   # what `lodewire serve` does by itself; docs/deploy.md
on = false                   # true: the times below hold while the site is served
timezone = ""                # of these times, e.g. "Asia/Tokyo"; empty: that of the desk
run = ["06:00"]              # collect, read and compose the day's brief
collect_minutes = 0          # collect each so many minutes in between; 0: only with a run
send = ""                    # begin to send the newsletter of the day, e.g. "06:45"
alerts_minutes = 0           # tell alerts each so many minutes; 0: not by the clock
alerts_after_run = true      # tell alerts when a run has ended well
reports = ""                 # make the reports that [reports] asks for, e.g. "06:30"
"""

_Minutes = Annotated[int, Field(ge=0, le=720)]


class ScheduleChoice(BaseModel):
    """Local times and steps in minutes. Times are ``HH:MM`` on a clock of 24 hours."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    on: Annotated[bool, Field(examples=["on = true"])] = False
    timezone: Annotated[str, Field(examples=['timezone = "Europe/London"'])] = ""
    run: Annotated[tuple[str, ...], Field(max_length=24, examples=['run = ["06:00", "15:30"]'])] = (
        "06:00",
    )
    collect_minutes: Annotated[_Minutes, Field(examples=["collect_minutes = 60"])] = 0
    send: Annotated[str, Field(examples=['send = "06:45"'])] = ""
    alerts_minutes: Annotated[_Minutes, Field(examples=["alerts_minutes = 15"])] = 0
    alerts_after_run: Annotated[bool, Field(examples=["alerts_after_run = true"])] = True
    reports: Annotated[str, Field(examples=['reports = "06:30"'])] = ""

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        return checked_zone(value, or_empty=True)

    @field_validator("run")
    @classmethod
    def _run(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            _checked(one)
        return tuple(dict.fromkeys(value))

    @field_validator("send", "reports")
    @classmethod
    def _clock(cls, value: str) -> str:
        return _checked(value) if value else value

    @field_validator("collect_minutes")
    @classmethod
    def _polite(cls, value: int) -> int:
        if 0 < value < 5:
            raise ValueError("must be 0 or at least 5: sources are not asked more often")
        return value

    @model_validator(mode="after")
    def _anything(self) -> ScheduleChoice:
        asked = self.run or self.collect_minutes or self.send or self.alerts_minutes
        if self.on and not (asked or self.reports):
            raise ValueError('on = true needs something to do, for example run = ["06:00"]')
        return self

    def run_times(self) -> tuple[time, ...]:
        """Return the local times of the run of the day."""
        return tuple(map(time.fromisoformat, self.run))


def _checked(value: str) -> str:
    if not _TIME.fullmatch(value):
        raise ValueError(f'{value!r} is no time of day; write it with 24 hours, as "06:00"')
    return value
