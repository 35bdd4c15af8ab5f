"""[tiers] and [accounts] of desk.toml: who sees what, who may have an account, what is paid for."""

from __future__ import annotations

import os
import re
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from lodewire.errors import ConfigError
from lodewire.model.tier import Part, Plan, Tier

_Days = Annotated[int, Field(ge=0, le=36500)]
_Count = Annotated[int, Field(ge=0, le=10_000_000)]
#: What `lodewire init` writes of both into desk.toml.
TIERS_TOML = """\

[tiers]                      # the least tier that sees a part; docs/guides/accounts.md
# free, registered (signed in), pro, enterprise (by membership)
full_text = "free"           # words of the sources, values, checks, life of an insight
analysis = "pro"             # lines computed from reference figures
supply = "free"              # who supplies a commodity
prices = "free"
trends = "free"
exposure = "pro"
reports = "pro"
tools = "pro"
alerts = "pro"
exports = "pro"
api = "pro"
# archive_days = { free = 30, registered = 365 }   # days back that are read; none: all
previews_a_month = { registered = 3 }   # insights that may be opened whole
calls_a_day = { pro = 5000, enterprise = 100000 }   # of one API key

[accounts]
sign_up = "invited"          # "open": anybody; "invited": whom an admin names; "closed": nobody
link_minutes = 20            # how long a mailed sign-in link works
session_days = 30            # signed in at most; idle_days without a visit
idle_days = 7
invitation_days = 14
proxies = 0                  # proxies of yours before the site, to know readers' addresses
payments_env = "LODEWIRE_PAYMENTS_SECRET"   # environment variable with the webhook's secret
checkout = ""                # where PRO is bought, e.g. "https://buy.example.org/pro"
# prices = { price_1Abc = "pro" }   # the payment service's prices and what they give
"""

_VARIABLE = r"[A-Z_][A-Z0-9_]*"


class _Choice(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class TierChoice(_Choice):
    """The least tier that sees each part; days of archive, previews and calls by tier.

    A tier that is not named has what the one below it has. ``archive_days`` 0 is without a limit.
    """

    full_text: Annotated[Tier, Field(examples=['full_text = "registered"'])] = Tier.FREE
    analysis: Annotated[Tier, Field(examples=['analysis = "pro"'])] = Tier.PRO
    supply: Annotated[Tier, Field(examples=['supply = "free"'])] = Tier.FREE
    prices: Annotated[Tier, Field(examples=['prices = "free"'])] = Tier.FREE
    trends: Annotated[Tier, Field(examples=['trends = "free"'])] = Tier.FREE
    exposure: Annotated[Tier, Field(examples=['exposure = "pro"'])] = Tier.PRO
    reports: Annotated[Tier, Field(examples=['reports = "pro"'])] = Tier.PRO
    tools: Annotated[Tier, Field(examples=['tools = "pro"'])] = Tier.PRO
    alerts: Annotated[Tier, Field(examples=['alerts = "pro"'])] = Tier.PRO
    exports: Annotated[Tier, Field(examples=['exports = "pro"'])] = Tier.PRO
    api: Annotated[Tier, Field(examples=['api = "enterprise"'])] = Tier.PRO
    archive_days: Annotated[
        dict[Tier, _Days], Field(examples=["archive_days = { free = 30, registered = 365 }"])
    ] = {}
    previews_a_month: Annotated[
        dict[Tier, _Count], Field(examples=["previews_a_month = { registered = 3 }"])
    ] = {Tier.REGISTERED: 3}
    calls_a_day: Annotated[
        dict[Tier, _Count], Field(examples=["calls_a_day = { pro = 5000, enterprise = 100000 }"])
    ] = {Tier.PRO: 5_000, Tier.ENTERPRISE: 100_000}

    @property
    def plan(self) -> Plan:
        """The plan that all who show anything ask."""
        return Plan(
            least=MappingProxyType({part: getattr(self, part.value) for part in Part}),
            archive=MappingProxyType(dict(self.archive_days)),
            previews=MappingProxyType(dict(self.previews_a_month)),
            calls=MappingProxyType(dict(self.calls_a_day)),
        )


class AccountChoice(_Choice):
    """Who may have an account, and how long what they hold lasts.

    ``sign_up``: ``open`` for everybody, ``invited`` for whom an admin names, ``closed`` for no
    account at all. ``proxies`` is how many proxies of yours stand before the site: the reader's
    network address is the one that the outermost of them tells.
    """

    sign_up: Annotated[
        Literal["open", "invited", "closed"], Field(examples=['sign_up = "open"'])
    ] = "invited"
    link_minutes: Annotated[int, Field(ge=1, le=1440, examples=["link_minutes = 20"])] = 20
    session_days: Annotated[int, Field(ge=1, le=365, examples=["session_days = 30"])] = 30
    idle_days: Annotated[int, Field(ge=1, le=365, examples=["idle_days = 7"])] = 7
    invitation_days: Annotated[int, Field(ge=1, le=365, examples=["invitation_days = 14"])] = 14
    proxies: Annotated[int, Field(ge=0, le=10, examples=["proxies = 1"])] = 0
    payments_env: Annotated[
        str, Field(pattern=_VARIABLE, examples=['payments_env = "LODEWIRE_PAYMENTS_SECRET"'])
    ] = "LODEWIRE_PAYMENTS_SECRET"
    checkout: Annotated[str, Field(examples=['checkout = "https://buy.example.org/pro"'])] = ""
    prices: Annotated[dict[str, Tier], Field(examples=['prices = { price_1Abc = "pro" }'])] = {}

    @field_validator("checkout")
    @classmethod
    def _checkout(cls, value: str) -> str:
        if value and not re.fullmatch(r"https://[^\s\"'<>]+", value):
            raise ValueError("must be empty or start with https://")
        return value

    @field_validator("prices")
    @classmethod
    def _prices(cls, value: dict[str, Tier]) -> dict[str, Tier]:
        if any(tier in (Tier.FREE, Tier.REGISTERED) for tier in value.values()):
            raise ValueError('a price is for "pro" or "enterprise"')
        return value

    def payments_secret(self) -> str:
        """Return the secret that payment webhooks are signed with; raises ConfigError."""
        found = os.environ.get(self.payments_env, "").strip()
        if not found:
            raise ConfigError(
                f"the environment variable {self.payments_env} holds no secret for payments",
                hint="set it to the signing secret that the payment service shows (whsec_…)",
            )
        return found
