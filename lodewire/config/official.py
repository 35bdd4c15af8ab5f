"""The [official] part of desk.toml: which official services are asked, with which key, for what."""

from __future__ import annotations

import os
import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from lodewire.config.endpoint import checked_endpoint

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_Words = tuple[Annotated[str, Field(min_length=1, max_length=200)], ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ServiceChoice(_Part):
    """How one service is asked. What is left out is the service's own default.

    ``key_env`` names the environment variable that holds the key; the key itself never stands in
    desk.toml. ``endpoint`` is another address for the same protocol (a mirror, a proxy of your
    own). ``rate`` is requests a minute, at most. ``series``, ``reporters``, ``commodities`` and
    ``products`` narrow what is asked; which of them a service knows stands in
    docs/guides/official-figures.md.
    """

    key_env: Annotated[str, Field(examples=['key_env = "FRED_API_KEY"'])] = ""
    endpoint: Annotated[str, Field(examples=['endpoint = "https://api.example.org"'])] = ""
    robots: Annotated[bool, Field(examples=["robots = true"])] = True
    allow_private_addresses: Annotated[bool, Field(examples=["allow_private_addresses = true"])] = (
        False
    )
    rate: Annotated[float | None, Field(gt=0, le=60_000, examples=["rate = 30"])] = None
    series: Annotated[_Words, Field(examples=['series = ["PALUMUSDM"]'])] = ()
    reporters: Annotated[_Words, Field(examples=['reporters = ["JP", "US"]'])] = ()
    commodities: Annotated[_Words, Field(examples=['commodities = ["lithium"]'])] = ()
    products: Annotated[_Words, Field(examples=['products = ["283691"]'])] = ()

    @field_validator("endpoint")
    @classmethod
    def _endpoint(cls, value: str) -> str:
        return checked_endpoint(value)

    @field_validator("key_env")
    @classmethod
    def _key_env(cls, value: str) -> str:
        if value and not _VARIABLE.fullmatch(value):
            raise ValueError("must be the name of an environment variable, never the key itself")
        return value

    @model_validator(mode="after")
    def _safe(self) -> ServiceChoice:
        if self.endpoint.startswith("http:") and not self.allow_private_addresses:
            raise ValueError(
                "an endpoint on http:// is for your own network: set "
                "allow_private_addresses = true, or write https://"
            )
        return self


class OfficialChoice(_Part):
    """What holds for all services, and each service's own choice by its name.

    ``folder`` holds the tables that were fetched; sizes in megabytes, times in seconds.
    """

    folder: Annotated[str, Field(min_length=1, examples=['folder = "official"'])] = "official"
    timeout_seconds: Annotated[float, Field(gt=0, le=3600, examples=["timeout_seconds = 180"])] = (
        180.0
    )
    max_body_mb: Annotated[float, Field(gt=0, le=2000, examples=["max_body_mb = 200"])] = 200.0
    max_wait_seconds: Annotated[float, Field(ge=0, examples=["max_wait_seconds = 60"])] = 60.0
    services: Annotated[
        dict[str, ServiceChoice], Field(examples=['services.fred.key_env = "FRED_API_KEY"'])
    ] = {}

    def of(self, service: str) -> ServiceChoice:
        """Return the choice for a service; the defaults where desk.toml says nothing."""
        return self.services.get(service, ServiceChoice())


def key_in(variable: str) -> str | None:
    """Return the key that an environment variable holds; None where it is empty or unusable."""
    key = os.environ.get(variable, "").strip()
    return key if key and key.isascii() and key.isprintable() else None
