"""Passkeys (WebAuthn): asking an authenticator, and proving what it answers, with py_webauthn."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lodewire.errors import AccountError, ConfigError
from lodewire.model.account import Account, AccountId, Passkey
from lodewire.workbench.accounts.people import Accounts, Entry
from lodewire.workbench.accounts.throttle import Door
from lodewire.workbench.accounts.tokens import hash_token

if TYPE_CHECKING:
    from webauthn.helpers.structs import (
        PublicKeyCredentialCreationOptions,
        PublicKeyCredentialRequestOptions,
    )

_LASTS = timedelta(minutes=5)
_MOST = 10


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks: the host that passkeys belong to, and the origin that pages have."""

    host: str
    origin: str


def party_of(address: str) -> Party:
    """Return who asks for a site at an address. Raises ConfigError where no passkey can be."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    safe = parts.scheme == "https" or host == "localhost"
    if not safe or host.replace(".", "").isdigit() or ":" in host:
        raise ConfigError(
            "passkeys need a site at https, or at http://localhost",
            hint='set base_url under [brief] in desk.toml to "https://desk.example.org"',
        )
    return Party(host=host, origin=f"{parts.scheme}://{parts.netloc}")


def can_have(address: str) -> bool:
    """Tell whether passkeys can be had at an address, and what proves them is installed."""
    from importlib.util import find_spec

    try:
        party_of(address)
    except ConfigError:
        return False
    return find_spec("webauthn") is not None


def ask_to_add(accounts: Accounts, account: Account, browser: str, *, now: datetime) -> str:
    """Return, as JSON, what a browser asks its authenticator for; ``browser`` is its own secret."""
    from webauthn import generate_registration_options
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    there = accounts.ledger.rights.passkeys_of(account.id)
    if len(there) >= _MOST:
        raise AccountError(f"an account has {_MOST} passkeys at most", hint="remove one first")
    party = party_of(accounts.address)
    options = generate_registration_options(
        rp_id=party.host,
        rp_name=accounts.desk.name,
        user_id=account.id.encode(),
        user_name=account.address,
        exclude_credentials=[_descriptor(p) for p in there],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return _asked(accounts, options, browser, "add", now)


def add_passkey(
    accounts: Accounts, account: Account, answer: str, browser: str, name: str, *, now: datetime
) -> Passkey:
    """Keep the passkey that an authenticator made. Raises AccountError for any other answer."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    party = party_of(accounts.address)
    challenge = _challenge(accounts, browser, "add", now)
    with _proving():
        proved = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    made = Passkey(
        credential=bytes_to_base64url(proved.credential_id),
        account_id=account.id,
        public_key=proved.credential_public_key,
        count=proved.sign_count,
        name=" ".join(name.split())[:60] or "passkey",
        created_at=now,
    )
    with accounts.ledger.transaction():
        if not accounts.ledger.rights.add_passkey(made):
            raise _refused()
        accounts.note(account.id, "passkey", account.id, "", now=now)
    return made


def ask_to_sign_in(accounts: Accounts, browser: str, *, now: datetime) -> str:
    """Return, as JSON, what a browser asks: the same for everybody, since no account is named."""
    from webauthn import generate_authentication_options
    from webauthn.helpers.structs import UserVerificationRequirement

    options = generate_authentication_options(
        rp_id=party_of(accounts.address).host,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _asked(accounts, options, browser, "sign in", now)


def sign_in(
    accounts: Accounts, answer: str, browser: str, *, origin: str, agent: str, now: datetime
) -> Entry:
    """Begin a session of whose passkey answered. Raises AccountError, the same whatever is wrong.

    Raises TooMany when an origin or a passkey failed too often.
    """
    from webauthn import verify_authentication_response

    throttle = accounts.throttle
    throttle.check(Door.PASSKEY, origin, now=now)
    party = party_of(accounts.address)
    passkey: Passkey | None = None
    try:
        challenge = _challenge(accounts, browser, "sign in", now)
        passkey = accounts.ledger.rights.passkey(_credential_of(answer))
        account = None if passkey is None else accounts.ledger.accounts.get(passkey.account_id)
        if passkey is None or account is None or account.locked or accounts.is_closed:
            raise _refused()
        throttle.check(Door.HOLDER, account.id, now=now)
        with _proving():
            proved = verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=party.host,
                expected_origin=party.origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.count,
                require_user_verification=True,
            )
    except AccountError:
        throttle.hit(Door.PASSKEY, origin, now=now)
        if passkey is not None:
            throttle.hit(Door.HOLDER, passkey.account_id, now=now)
        raise
    with accounts.ledger.transaction():
        accounts.ledger.rights.use_passkey(passkey.credential, proved.new_sign_count, at=now)
        return accounts.begin(account, means="passkey", agent=agent, now=now)


def remove_passkey(accounts: Accounts, id_: AccountId, credential: str, *, now: datetime) -> bool:
    """Take a passkey away from its account; False where it has no such one."""
    with accounts.ledger.transaction():
        gone = accounts.ledger.rights.drop_passkey(id_, credential)
        if gone:
            accounts.note(id_, "remove passkey", id_, "", now=now)
    return gone


def _asked(
    accounts: Accounts,
    options: PublicKeyCredentialCreationOptions | PublicKeyCredentialRequestOptions,
    browser: str,
    purpose: str,
    now: datetime,
) -> str:
    from webauthn import options_to_json

    key = hash_token(f"{purpose} {browser}")
    accounts.ledger.counted.answer(key, purpose, now=now)  # an earlier one is void
    accounts.ledger.counted.ask(key, purpose, options.challenge.hex(), ends_at=now + _LASTS)
    return str(options_to_json(options))


def _challenge(accounts: Accounts, browser: str, purpose: str, now: datetime) -> bytes:
    kept = accounts.ledger.counted.answer(hash_token(f"{purpose} {browser}"), purpose, now=now)
    if kept is None:
        raise _refused()
    return bytes.fromhex(kept)


def _credential_of(answer: str) -> str:
    try:
        told = json.loads(answer)
    except ValueError:
        raise _refused() from None
    found = told.get("id") if isinstance(told, dict) else None
    if not isinstance(found, str) or len(found) > 1400:
        raise _refused()
    return found


def _descriptor(passkey: Passkey) -> Any:
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential))


class _proving:  # noqa: N801 - read as a word: with _proving()
    """Turns whatever the library finds wrong with an answer into one refusal."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None and issubclass(kind, Exception):
            raise _refused() from None


def _refused() -> AccountError:
    return AccountError(
        "this passkey was not accepted", hint="try again, or sign in by a mailed link"
    )
