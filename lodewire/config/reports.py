"""[reports] of desk.toml: which reports are made by themselves, and where they are kept."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

_KINDS = "commodity|country|company"
_WISH = re.compile(rf"(?:{_KINDS}) \S.{{0,80}}|deals|weekly")


class ReportsChoice(BaseModel):
    """What `lodewire report due` makes. A report is named as on the command line."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    folder: Annotated[str, Field(min_length=1, examples=['folder = "reports"'])] = "reports"
    weekly: Annotated[
        tuple[str, ...], Field(examples=['weekly = ["weekly", "commodity copper"]'])
    ] = ()
    monthly: Annotated[tuple[str, ...], Field(examples=['monthly = ["deals", "country CL"]'])] = ()

    @field_validator("weekly", "monthly")
    @classmethod
    def _wishes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for wish in value:
            if not _WISH.fullmatch(wish):
                raise ValueError(
                    f"{wish!r} is no report: write weekly, deals, or commodity, country or company "
                    "with a name"
                )
        return value
