"""What can be done on the site: forms and what scripts and services send, each at its path."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from lodewire.errors import NoticeRefused
from lodewire.web.door import now_utc
from lodewire.web.forms import FIELD, accounts_of
from lodewire.web.pages import account, analyst, editor, sign_in, watch
from lodewire.web.site import Ask, Page, Refused, Site
from lodewire.workbench.accounts.payments import LONGEST, check_signature, take_notice

Act = Callable[[Site, Ask], Page]

LONGEST_BODY = LONGEST
"""Bytes of whatever is sent; forms have far less."""
_LONGEST_FORM = 64 * 1024
_MOST_FIELDS = 60

#: Steps of readers: each needs the token of a form.
ACTS: dict[str, Act] = {
    "/sign-in": sign_in.ask_for_link,
    "/sign-in/{token:str}": sign_in.use_link,
    "/sign-in/passkey": sign_in.passkey_answer,
    "/sign-in/passkey/options": sign_in.passkey_options,
    "/account/sign-out": sign_in.sign_out,
    "/account/sessions": account.end_session,
    "/account/keys": account.add_key,
    "/account/keys/end": account.end_key,
    "/account/passkeys": account.passkey_answer,
    "/account/passkeys/options": account.passkey_options,
    "/account/passkeys/end": account.end_passkey,
    "/account/delete": account.delete,
    "/account/preview": account.preview,
    **editor.ACTS,
    **watch.ACTS,
    **analyst.ACTS,
}

#: Forms that may bring a file, and how many bytes they may have in all.
UPLOADS: dict[str, int] = analyst.UPLOADS


def payment_notice(site: Site, body: bytes, signature: str) -> Page:
    """Take a notice of the payment service; the answer tells it whether to send it again."""
    accounts = accounts_of(site)
    now = now_utc()
    try:
        check_signature(body, signature, accounts.desk.accounts.payments_secret(), now=now)
        told = take_notice(accounts, body, now=now)
    except NoticeRefused as error:
        status = 409 if error.again else 400
        return _told(status, {"title": error.message})
    return _told(200, {"outcome": told})


#: What services send, proved by its own signature: path, and the header that holds it.
HOOKS: dict[str, tuple[str, Callable[[Site, bytes, str], Page]]] = {
    "/hooks/payments": ("stripe-signature", payment_notice),
}

_TAKES = re.compile(
    "|".join(re.sub(r"\{\w+:str\}", "[^/]+", path) for path in (*ACTS, *HOOKS)), re.ASCII
)


def takes(path: str) -> bool:
    """Tell whether something can be sent to a path."""
    return bool(_TAKES.fullmatch(path))


def fields_of(body: bytes, media: str, token: str) -> dict[str, str]:
    """Return the fields of a form, or what a script sent (``body``, with the token of a header).

    Raises Refused for anything else.
    """
    if len(body) > _LONGEST_FORM:
        raise Refused("This form is too long.")
    kind = media.partition(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
        if kind == "application/json":
            return {"body": text, FIELD: token}
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
            return dict(reversed(pairs))
    except ValueError as error:
        raise Refused("This form cannot be read.") from error
    raise Refused("This is no form.")


def _told(status: int, told: dict[str, str]) -> Page:
    return Page(
        body=json.dumps(told).encode(), media="application/json", status=status, private=True
    )
