"""[newsletter] of desk.toml: who mail comes from, and how it is sent."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_ADDRESS = re.compile(r"[^@\s<>(),;:\"]+@[^@\s<>(),;:\"]+\.[^@\s<>(),;:\"]+")
_LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


class NewsletterChoice(BaseModel):
    """How subscribers are written to. The password is only ever in the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    messenger: Annotated[Literal["file", "smtp"], Field(examples=['messenger = "smtp"'])] = "file"
    folder: Annotated[str, Field(min_length=1, examples=['folder = "outbox"'])] = "outbox"
    sender: Annotated[str, Field(examples=['sender = "brief@example.org"'])] = ""
    bounces: Annotated[str, Field(examples=['bounces = "bounces@example.org"'])] = ""
    wording: Annotated[str, Field(min_length=1, max_length=40, examples=['wording = "1"'])] = "1"
    host: Annotated[str, Field(examples=['host = "smtp.example.org"'])] = ""
    port: Annotated[int, Field(ge=1, le=65535, examples=["port = 587"])] = 587
    security: Annotated[
        Literal["starttls", "tls", "none"], Field(examples=['security = "starttls"'])
    ] = "starttls"
    user: Annotated[str, Field(examples=['user = "brief"'])] = ""
    password_env: Annotated[
        str, Field(pattern=r"[A-Z_][A-Z0-9_]*", examples=['password_env = "SMTP_PASSWORD"'])
    ] = "LODEWIRE_SMTP_PASSWORD"  # noqa: S105 (the name of a variable)
    timeout_seconds: Annotated[float, Field(gt=0, le=100, examples=["timeout_seconds = 60"])] = 60.0
    connections: Annotated[int, Field(ge=1, le=32, examples=["connections = 1"])] = 1
    most_entries: Annotated[int, Field(ge=1, le=200, examples=["most_entries = 24"])] = 24
    free_entries: Annotated[int, Field(ge=0, le=200, examples=["free_entries = 0"])] = 0
    least_origins: Annotated[int, Field(ge=1, le=20, examples=["least_origins = 1"])] = 1
    alert_from: Annotated[float, Field(ge=0, le=1, examples=["alert_from = 0.8"])] = 0.8
    charts: Annotated[int, Field(ge=0, le=5, examples=["charts = 1"])] = 1
    chart_kb: Annotated[int, Field(ge=20, le=1000, examples=["chart_kb = 120"])] = 120
    verp: Annotated[bool, Field(examples=["verp = true"])] = False
    dkim_key: Annotated[str, Field(examples=['dkim_key = "keys/dkim.pem"'])] = ""
    dkim_selector: Annotated[
        str, Field(pattern=r"[A-Za-z0-9-]{1,63}", examples=['dkim_selector = "brief"'])
    ] = "brief"
    hooks_env: Annotated[
        str, Field(pattern=r"[A-Z_][A-Z0-9_]*", examples=['hooks_env = "MAILGUN_SIGNING_KEY"'])
    ] = "LODEWIRE_MAIL_HOOKS"
    sns_topic: Annotated[
        str,
        Field(
            pattern=r"(arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256})?",
            examples=['sns_topic = "arn:aws:sns:eu-west-1:123456789012:bounces"'],
        ),
    ] = ""
    per_second: Annotated[float, Field(ge=0, examples=["per_second = 10"])] = 0.0

    @field_validator("sender", "bounces")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError("must be empty or an e-mail address")
        return value

    @model_validator(mode="after")
    def _fits(self) -> NewsletterChoice:
        if self.messenger == "smtp" and not self.host:
            raise ValueError('messenger = "smtp" needs host = "smtp.example.org"')
        if self.security == "none" and self.host and self.host not in _LOCAL:
            raise ValueError(
                'security = "none" is for a server on this machine only: mail and password would '
                "travel in the clear"
            )
        return self
