"""Addresses: which can be written to, and which look mistyped."""

from __future__ import annotations

from difflib import get_close_matches

from lodewire.errors import AddressRefused

#: Domains of large mail services; what is nearly one of them is asked about, never refused.
COMMON_DOMAINS = (
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "hotmail.co.uk",
    "live.com",
    "yahoo.com",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "icloud.com",
    "proton.me",
    "protonmail.com",
    "fastmail.com",
    "docomo.ne.jp",
    "mail.ru",
    "qq.com",
    "163.com",
    "web.de",
    "gmx.de",
    "gmx.net",
)
_NEAR = 0.85

#: Services that throw mail away after minutes; who gives such an address is told, not refused.
DISPOSABLE_DOMAINS = frozenset(
    """10minutemail.com 33mail.com burnermail.io discard.email dispostable.com emailondeck.com
    fakeinbox.com getnada.com grr.la guerrillamail.com guerrillamail.net guerrillamailblock.com
    mailcatch.com maildrop.cc mailinator.com mailnesia.com mailsac.com mintemail.com moakt.com
    mohmal.com mytemp.email sharklasers.com spam4.me spamgourmet.com temp-mail.org tempail.com
    tempmail.dev tempr.email throwawaymail.com trashmail.com trashmail.de yopmail.com
    yopmail.fr""".split()
)


def check_address(text: str) -> str:
    """Return an address as mail is sent to it: the domain in ASCII, lower case.

    Raises AddressRefused for what is no address (syntax and length after RFC 5321, domains that
    cannot exist). Whether the mailbox exists, only the confirmation tells.
    """
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(
            text.strip(), check_deliverability=False, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError as error:
        raise AddressRefused(
            f"{text.strip()[:80]!r} is no address that mail can be sent to: {error}",
            hint="write it as name@example.org",
        ) from error
    assert found.ascii_email is not None, "without SMTPUTF8 every address has an ASCII form"
    return found.ascii_email


def typo_hint(address: str) -> str | None:
    """Return the address that was probably meant, or None: ``a@gmial.com`` → ``a@gmail.com``."""
    local, _, domain = address.rpartition("@")
    if domain in COMMON_DOMAINS:
        return None
    near = get_close_matches(domain, COMMON_DOMAINS, n=1, cutoff=_NEAR)
    return f"{local}@{near[0]}" if near else None


def is_disposable(address: str) -> bool:
    """Tell whether an address is of a service that throws mail away after minutes."""
    return address.rpartition("@")[2] in DISPOSABLE_DOMAINS


def mask(address: str) -> str:
    """Return an address as it may stand on a screen that others see: ``j…@example.org``."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
