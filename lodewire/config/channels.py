"""[channels] of desk.toml: how webhooks, chats and feeds are told, and where that may go."""

from __future__ import annotations

import os
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from lodewire.errors import ConfigError

_VARIABLE = r"[A-Z_][A-Z0-9_]*"

#: What `lodewire init` writes of it into desk.toml.
CHANNELS_TOML = """\

[channels]                   # alerts and the brief elsewhere than by mail; docs/guides/alerts.md
allow_private_addresses = false   # true: webhooks may go to your own network, for everybody here
timeout_seconds = 10         # for one answer of a webhook
switch_off_after_days = 3    # of nothing but failures; its owner is told
most_rules = 50              # of one account; as many channels, ten times as many watches
digest_hour = 7              # UTC, of daily digests
telegram_token_env = "LODEWIRE_TELEGRAM_TOKEN"   # environment variable with the bot's token
telegram_api = "https://api.telegram.org"
"""


class ChannelsChoice(BaseModel):
    """How channels are posted to. The bot's token is only ever in the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    allow_private_addresses: Annotated[
        bool, Field(examples=["allow_private_addresses = false"])
    ] = False
    timeout_seconds: Annotated[float, Field(gt=0, le=60, examples=["timeout_seconds = 10"])] = 10.0
    switch_off_after_days: Annotated[
        int, Field(ge=1, le=30, examples=["switch_off_after_days = 3"])
    ] = 3
    most_rules: Annotated[int, Field(ge=1, le=1000, examples=["most_rules = 50"])] = 50
    digest_hour: Annotated[int, Field(ge=0, le=23, examples=["digest_hour = 7"])] = 7
    telegram_token_env: Annotated[
        str, Field(pattern=_VARIABLE, examples=['telegram_token_env = "TELEGRAM_TOKEN"'])
    ] = "LODEWIRE_TELEGRAM_TOKEN"  # noqa: S105 (the name of a variable)
    telegram_api: Annotated[
        str,
        Field(
            pattern=r"https?://[^\s/?#]+(/[^\s?#]*)?$",
            examples=['telegram_api = "https://api.telegram.org"'],
        ),
    ] = "https://api.telegram.org"

    def telegram_token(self) -> str:
        """Return the bot's token; raises ConfigError where there is none."""
        found = os.environ.get(self.telegram_token_env, "").strip()
        if not found:
            raise ConfigError(
                f"the environment variable {self.telegram_token_env} holds no token of a bot",
                hint="set it to what @BotFather gave; it is never written into desk.toml",
            )
        return found
