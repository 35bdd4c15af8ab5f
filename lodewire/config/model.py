"""The [model] part of desk.toml: which model reads, where it answers, what it may cost."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from lodewire.config.endpoint import checked_endpoint
from lodewire.errors import ConfigError

_NAME = re.compile(r"[A-Za-z0-9][\w./:@+-]{0,119}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
Money = Annotated[Decimal, Field(ge=0, le=1_000_000)]


class ModelChoice(BaseModel):
    """One model at one endpoint. Prices are per million tokens, in ``currency``.

    A cap or price that is left out is not there: it is never taken for zero.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, protected_namespaces=()
    )

    endpoint: Annotated[str, Field(examples=['endpoint = "http://127.0.0.1:8080/v1"'])] = ""
    name: Annotated[str, Field(examples=['name = "qwen2.5-14b-instruct"'])] = ""
    key_env: Annotated[str, Field(examples=['key_env = "LODEWIRE_MODEL_KEY"'])] = ""
    allow_private_addresses: Annotated[bool, Field(examples=["allow_private_addresses = true"])] = (
        False
    )
    timeout_seconds: Annotated[float, Field(gt=0, le=3600, examples=["timeout_seconds = 120"])] = (
        120.0
    )
    retries: Annotated[int, Field(ge=0, le=10, examples=["retries = 3"])] = 3
    concurrency: Annotated[int, Field(ge=1, le=64, examples=["concurrency = 2"])] = 2
    part_characters: Annotated[
        int, Field(ge=500, le=200_000, examples=["part_characters = 12000"])
    ] = 12_000
    max_output_tokens: Annotated[
        int, Field(ge=200, le=100_000, examples=["max_output_tokens = 4000"])
    ] = 4_000
    max_tokens_run: Annotated[int, Field(ge=1, examples=["max_tokens_run = 1000000"])] = 1_000_000
    max_tokens_day: Annotated[int, Field(ge=1, examples=["max_tokens_day = 3000000"])] = 3_000_000
    price_in: Annotated[Money | None, Field(examples=["price_in = 0.15"])] = None
    price_out: Annotated[Money | None, Field(examples=["price_out = 0.60"])] = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=['currency = "USD"'])] = "USD"
    max_cost_run: Annotated[Money | None, Field(examples=["max_cost_run = 1.00"])] = None
    max_cost_day: Annotated[Money | None, Field(examples=["max_cost_day = 5.00"])] = None
    folder: Annotated[str, Field(min_length=1, examples=['folder = "model"'])] = "model"

    @field_validator("endpoint")
    @classmethod
    def _endpoint(cls, value: str) -> str:
        return checked_endpoint(value).removesuffix("/chat/completions")

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        if value and not _NAME.fullmatch(value):
            raise ValueError("must be a model's name: letters, digits and . _ - / : @ +")
        return value

    @field_validator("key_env")
    @classmethod
    def _key_env(cls, value: str) -> str:
        if value and not _VARIABLE.fullmatch(value):
            raise ValueError("must be the name of an environment variable, never the key itself")
        return value

    @model_validator(mode="after")
    def _fits(self) -> ModelChoice:
        capped = self.max_cost_run is not None or self.max_cost_day is not None
        if capped and (self.price_in is None or self.price_out is None):
            raise ValueError("max_cost_run and max_cost_day need price_in and price_out")
        if self.endpoint.startswith("http:") and not self.allow_private_addresses:
            raise ValueError(
                "an endpoint on http:// is for your own network: set "
                "allow_private_addresses = true, or write https://"
            )
        return self

    def key(self) -> str | None:
        """Return the key from the environment; None where no variable is named.

        Raises ConfigError when the variable is empty or holds what no header can carry.
        """
        if not self.key_env:
            return None
        key = os.environ.get(self.key_env, "").strip()
        if not key or not key.isascii() or not key.isprintable():
            raise ConfigError(
                f"the environment variable {self.key_env} holds no key for the model.",
                hint=f"Set it before the run: export {self.key_env}=…  (key_env in desk.toml)",
            )
        return key

    def check(self) -> None:
        """Raise ConfigError unless an endpoint and a model are named."""
        for what, value in (("endpoint", self.endpoint), ("name", self.name)):
            if not value:
                raise ConfigError(
                    f"the model reader has no {what}.",
                    hint=f"Write {what} under [model] in desk.toml; "
                    "docs/guides/model-reader.md shows how.",
                )
