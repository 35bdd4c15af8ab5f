"""The messenger that desk.toml names, ready to hand messages over."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lodewire.config.desk import DeskConfig
from lodewire.delivery.messenger import FileMessenger, Messenger
from lodewire.errors import ConfigError

if TYPE_CHECKING:
    from lodewire.delivery.dkim import Signer


def open_messenger(desk: DeskConfig, *, password: str | None = None) -> Messenger:
    """Return the messenger of desk.toml; the password is taken from the environment.

    Raises ConfigError where a user is named and no password is there.
    """
    messenger = _open(desk, password)
    if not desk.newsletter.dkim_key:
        return messenger
    from lodewire.delivery.dkim import SigningMessenger

    return SigningMessenger(messenger, signer_of(desk))


def signer_of(desk: DeskConfig) -> Signer:
    """Return who signs the desk's mail (DKIM); raises ConfigError."""
    from lodewire.delivery.dkim import read_signer
    from lodewire.workbench.letters.subscribing import sender_of

    choice = desk.newsletter
    domain = sender_of(desk).address.rpartition("@")[2]
    file = desk.root / (choice.dkim_key or "keys/dkim.pem")
    return read_signer(file, domain=domain, selector=choice.dkim_selector)


def _open(desk: DeskConfig, password: str | None) -> Messenger:
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
