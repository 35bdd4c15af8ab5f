"""The messenger that desk.toml names, ready to hand messages over."""

from __future__ import annotations

import os

from lodewire.config.desk import DeskConfig
from lodewire.delivery.messenger import FileMessenger, Messenger
from lodewire.errors import ConfigError


def open_messenger(desk: DeskConfig, *, password: str | None = None) -> Messenger:
    """Return the messenger of desk.toml; the password is taken from the environment.

    Raises ConfigError where a user is named and no password is there.
    """
    choice = desk.newsletter
    if choice.messenger == "file":
        return FileMessenger(desk.newsletter_path)
    from lodewire.delivery.smtp import SmtpMessenger, SmtpServer

    found = password if password is not None else os.environ.get(choice.password_env, "")
    if choice.user and not found:
        raise ConfigError(
            f"the environment variable {choice.password_env} holds no password",
            hint=f"set {choice.password_env} to the password of {choice.user}; "
            "it is never written into desk.toml",
        )
    return SmtpMessenger(
        SmtpServer(
            host=choice.host,
            port=choice.port,
            security=choice.security,
            user=choice.user,
            password=found,
            timeout=choice.timeout_seconds,
        )
    )
