"""Who has an account, how they come in, and what holds for them.

No answer to a stranger tells whether an address has an account: :meth:`Accounts.ask` takes every
address alike, and what it finds is told in a mail to that address alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from lodewire.config.desk import DeskConfig
from lodewire.delivery.addresses import check_address
from lodewire.delivery.keys import NewsletterKey, newsletter_key
from lodewire.delivery.messages import Letter, Message, build_message
from lodewire.errors import AccountError, LinkRefused, TooMany
from lodewire.ledger.store import Ledger
from lodewire.model.account import (
    Account,
    AccountId,
    AuditLine,
    Membership,
    MembershipId,
    MembershipSource,
    Session,
    SignInLink,
    Standing,
    account_id,
)
from lodewire.model.ids import content_id
from lodewire.model.plain import plain
from lodewire.model.tier import Role, Tier
from lodewire.publish.frame import path_part
from lodewire.workbench.accounts.link_mail import link_letter
from lodewire.workbench.accounts.paths import local_path
from lodewire.workbench.accounts.standing import standing_of
from lodewire.workbench.accounts.throttle import Door, Throttle
from lodewire.workbench.accounts.tokens import hash_token, is_token, new_token
from lodewire.workbench.letters.subscribing import sender_of

#: A session is noted as used at most so often: reading a page must not write.
_SEEN_EVERY = timedelta(minutes=10)
#: Characters of the name that readers see.
LONGEST_NAME = 80
#: What may be done without signing in anew: adding passkeys and keys, deleting the account.
FRESH = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A session that has just begun: what its cookie holds, and where the reader wanted to go."""

    token: str
    account: Account
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request of somebody who is signed in."""

    standing: Standing
    session: Session

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether they signed in a short while ago."""
        return now - self.session.created_at <= FRESH


class Accounts:
    """What can be done with the accounts of one desk; ``address`` is where its site is."""

    def __init__(self, desk: DeskConfig, ledger: Ledger, address: str) -> None:
        self.desk = desk
        self.ledger = ledger
        self.address = address.rstrip("/")
        self._store = ledger.accounts

    @cached_property
    def key(self) -> NewsletterKey:
        """The key that addresses are hashed with, the same as of subscribers."""
        return newsletter_key(self.desk.root)

    @cached_property
    def throttle(self) -> Throttle:
        """The counts of who tries what."""
        return Throttle(self.ledger, self.key)

    @property
    def is_open(self) -> bool:
        """Whether anybody may sign up."""
        return self.desk.accounts.sign_up == "open"

    @property
    def is_closed(self) -> bool:
        """Whether nobody has an account here."""
        return self.desk.accounts.sign_up == "closed"

    def bind(self, now: datetime) -> None:
        """Tie the ledger to the key; raises LedgerError for another than it was written with."""
        self.ledger.subscribers.bind_key(self.key.fingerprint, at=now)

    # Coming in

    def ask(self, address: str, path: str, *, now: datetime, language: str = "") -> Message | None:
        """Return the mail with a link to sign in, None where none is to be sent.

        None for a stranger where only the invited may come, for who is locked out, and for an
        address that was written to often enough. ``language`` is that of the page that was asked
        on, the desk's where none is named. Raises AddressRefused.
        """
        address = check_address(address)
        key = self.key.hash_address(address)
        try:
            self.throttle.hit(Door.MAIL, key, now=now)
        except TooMany:
            return None
        found = self._store.of_address(key)
        if self.is_closed or (found is None and not self.is_open) or (found and found.locked):
            return None
        token = new_token()
        link = SignInLink(
            key=hash_token(token),
            address=address,
            address_key=key,
            created_at=now,
            ends_at=now + timedelta(minutes=self.desk.accounts.link_minutes),
            path=local_path(path),
        )
        self.bind(now)
        self._store.add_link(link)
        return self._mail(link, self._sign_in_letter(token, language), now)

    def invite(
        self,
        address: str,
        *,
        tier: Tier | None,
        role: Role | None,
        days: int | None,
        actor: str,
        now: datetime,
    ) -> tuple[Message, str]:
        """Return the mail that invites an address, and the link in it.

        Who opens it has an account with the role, and the tier for ``days`` (None: until it is
        revoked). Raises AddressRefused or ConfigError.
        """
        address = check_address(address)
        if role is Role.PRO:
            raise AccountError("pro is no role", hint="invite with --tier pro")
        token = new_token()
        link = SignInLink(
            key=hash_token(token),
            address=address,
            address_key=self.key.hash_address(address),
            created_at=now,
            ends_at=now + timedelta(days=self.desk.accounts.invitation_days),
            invited_by=actor,
            tier=tier if tier is not None and tier.covers(Tier.PRO) else None,
            role=role,
            days=days,
        )
        where = f"{self.address}/sign-in/{token}"
        days_left = self.desk.accounts.invitation_days
        letter = link_letter(self.desk, "invited", where, days_left, self.desk.language)
        self.bind(now)
        message = self._mail(link, letter, now)
        self._store.add_link(link)
        self.note(actor, "invite", account_id(link.address_key), _rights_words(link), now=now)
        return message, where

    def peek(self, token: str, *, now: datetime) -> SignInLink:
        """Return what a link's token opens, without using it; raises LinkRefused."""
        found = self._store.link(hash_token(token)) if is_token(token) else None
        if found is None or found.used_at is not None or now >= found.ends_at:
            raise _refused()
        return found

    def enter(self, token: str, *, agent: str, now: datetime) -> Entry:
        """Use a link up and begin a session; raises LinkRefused, the same whatever is wrong.

        The account is made where the address has none, and an invitation gives what it promises.
        """
        with self.ledger.transaction():
            link = self.peek(token, now=now)
            if not self._store.use_link(link.key, at=now):
                raise _refused()
            found = self._store.of_address(link.address_key)
            if found is None:
                found = self.add(link.address, now=now)
            if found.locked or self.is_closed:
                raise _refused()
            if link.invites:
                found = self._accept(found, link, now)
            self._store.end_links(link.address_key, at=now)
            means = "invitation" if link.invites else "link"
            return self.begin(found, means=means, agent=agent, path=link.path, now=now)

    def _accept(self, found: Account, link: SignInLink, now: datetime) -> Account:
        if link.role is not None:
            found = replace(found, role=link.role)
            self._store.change(found)
        if link.tier is not None:
            until = None if link.days is None else now + timedelta(days=link.days)
            self._give(found, link.tier, MembershipSource.INVITATION, until, link.invited_by, now)
        self.note(found.id, "accept", found.id, _rights_words(link), now=now)
        return found

    def begin(
        self, account: Account, *, means: str, agent: str, path: str = "/", now: datetime
    ) -> Entry:
        """Begin a session of an account, always under a new token. Raises AccountError if locked.

        An identifier that somebody put into a browser before is never taken over.
        """
        if account.locked:
            raise AccountError("this account is locked", hint="write to the desk")
        token = new_token()
        with self.ledger.transaction():
            self.sweep(now=now)
            account = replace(account, signed_in_at=now)
            self._store.change(account)
            self._store.add_session(
                Session(
                    key=hash_token(token),
                    account_id=account.id,
                    created_at=now,
                    seen_at=now,
                    ends_at=now + timedelta(days=self.desk.accounts.session_days),
                    means=means,
                    agent=agent_words(agent),
                )
            )
            self.note(account.id, "sign in", account.id, means, now=now)
        return Entry(token=token, account=account, path=local_path(path))

    def visit(self, token: str, *, now: datetime) -> Visit | None:
        """Return who a session's token stands for; None for none that holds."""
        found = self._store.session(hash_token(token)) if is_token(token) else None
        if found is None:
            return None
        session, account = found
        idle = timedelta(days=self.desk.accounts.idle_days)
        over = now >= session.ends_at or now - session.seen_at >= idle
        if over or account.locked or self.is_closed:
            return None
        if now - session.seen_at >= _SEEN_EVERY:
            self._store.see_session(session.key, at=now)
        return Visit(standing=self.standing(account, now=now), session=session)

    def leave(self, token: str) -> None:
        """End the session of a token."""
        self._store.end_session(hash_token(token))

    # What holds for a person

    def standing(self, account: Account, *, now: datetime) -> Standing:
        """Return what tier an account has. Editors and admins see everything."""
        return standing_of(account, self.ledger.rights.memberships_of(account.id), now=now)

    def of_address(self, address: str) -> Account:
        """Return the account of an address; raises AccountError, for those who may know."""
        found = self._store.of_address(self.key.hash_address(check_address(address)))
        if found is None:
            raise AccountError(
                f"{address} has no account", hint="lodewire accounts invite, or let them sign in"
            )
        return found

    def add(self, address: str, *, now: datetime, role: Role = Role.READER) -> Account:
        """Return the account of an address, made where there is none."""
        address = check_address(address)
        key = self.key.hash_address(address)
        made = Account(address=address, address_key=key, role=role, created_at=now)
        self.bind(now)
        if self._store.add(made):
            self.note(made.id, "sign up", made.id, "", now=now)
        found = self._store.of_address(key)
        assert found is not None, "it was just added, here or by another"
        return found

    def set_role(self, account: Account, role: Role, *, actor: str, now: datetime) -> Account:
        """Make somebody a reader, an editor or an admin."""
        if role is Role.PRO:
            raise AccountError("pro is no role", hint="grant the tier: --tier pro")
        changed = replace(account, role=role)
        with self.ledger.transaction():
            self._store.change(changed)
            self.note(actor, "role", account.id, role.value, now=now)
        return changed

    def set_name(self, account: Account, name: str, *, actor: str, now: datetime) -> Account:
        """Set the name that readers see beside an editor's decisions; empty: the desk's."""
        told = " ".join(plain(name).split())
        if len(told) > LONGEST_NAME:
            raise AccountError(
                f"a name may have {LONGEST_NAME} characters", hint="write it shorter"
            )
        changed = replace(account, name=told)
        with self.ledger.transaction():
            self._store.change(changed)
            self.note(actor, "byline", account.id, "", now=now)
        return changed

    def lock(self, account: Account, *, locked: bool, actor: str, now: datetime) -> Account:
        """Keep somebody out, everywhere and at once; or let them in again."""
        changed = replace(account, locked=locked)
        with self.ledger.transaction():
            self._store.change(changed)
            if locked:
                self._store.end_sessions(account.id)
                self._store.end_links(account.address_key, at=now)
            self.note(actor, "lock" if locked else "unlock", account.id, "", now=now)
        return changed

    def grant(
        self, account: Account, tier: Tier, *, until: datetime | None, actor: str, now: datetime
    ) -> Membership:
        """Give a tier, until a moment or until it is revoked."""
        if not tier.covers(Tier.PRO):
            raise AccountError(
                f"{tier.value} is not granted: every account has it", hint="grant pro or enterprise"
            )
        with self.ledger.transaction():
            made = self._give(account, tier, MembershipSource.ADMIN, until, actor, now)
            self.note(actor, "grant", account.id, tier.value, now=now)
        return made

    def revoke(self, account: Account, *, actor: str, now: datetime) -> int:
        """End all memberships of an account now; returns how many there were."""
        with self.ledger.transaction():
            held = [m for m in self.ledger.rights.memberships_of(account.id) if m.holds(now)]
            for membership in held:
                self.ledger.rights.change_membership(
                    replace(membership, until=now, state="revoked")
                )
            self.note(actor, "revoke", account.id, f"{len(held)} memberships", now=now)
        return len(held)

    def _give(
        self,
        account: Account,
        tier: Tier,
        source: MembershipSource,
        until: datetime | None,
        author: str,
        now: datetime,
    ) -> Membership:
        made = Membership(
            id=MembershipId(
                content_id("mb", account.id, tier.value, source.value, now.isoformat(), author)
            ),
            account_id=account.id,
            tier=tier,
            source=source,
            since=now,
            until=until,
            author=author,
        )
        self.ledger.rights.add_membership(made)
        return made

    def note(self, actor: str, action: str, subject: str, detail: str, *, now: datetime) -> None:
        """Add a line to the audit log: ids and words, never an address."""
        line = AuditLine(at=now, actor=actor, action=action, subject=subject, detail=detail)
        self.ledger.counted.note(line)

    def sweep(self, *, now: datetime) -> None:
        """Delete what ended a while ago: links, sessions, challenges, counts of tries."""
        before = now - timedelta(days=1)
        self._store.sweep(before=before)
        self.ledger.counted.sweep(before=before)

    def _sign_in_letter(self, token: str, language: str) -> Letter:
        where = f"{self.address}{path_part(language, self.desk.language)}/sign-in/{token}"
        minutes = self.desk.accounts.link_minutes
        return link_letter(self.desk, "sign_in", where, minutes, language or self.desk.language)

    def _mail(self, link: SignInLink, letter: Letter, now: datetime) -> Message:
        sender = sender_of(self.desk)
        return build_message(
            letter,
            sender=sender,
            recipient=link.address,
            message_id=f"<{content_id('ms', link.key)}@{sender.address.rpartition('@')[2]}>",
            date=now,
        )


def open_accounts(desk: DeskConfig, ledger: Ledger, address: str = "") -> Accounts:
    """Return the accounts of a desk; its site is at ``address`` where desk.toml names none."""
    return Accounts(desk, ledger, desk.brief.base_url or address or "http://127.0.0.1:8420")


def named(account: AccountId | str) -> str:
    """Return an account's id as it stands on screens: its beginning."""
    return str(account)[:11]


def agent_words(told: str) -> str:
    """Return a browser by name, of what it says of itself: enough to know one's own again."""
    for name in ("Edg", "OPR", "Firefox", "Chrome", "Safari"):
        if name in told:
            browser = {"Edg": "Edge", "OPR": "Opera"}.get(name, name)
            break
    else:
        browser = "another program"
    for name in ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"):
        if name in told:
            return f"{browser} on {name}"
    return browser


def _rights_words(link: SignInLink) -> str:
    told = [link.role.value if link.role else "", link.tier.value if link.tier else ""]
    return " ".join(t for t in told if t) or "registered"


def _refused() -> LinkRefused:
    # One answer for all: what exactly is wrong helps only who forges.
    return LinkRefused("this link does not work, or no longer", hint="ask for a new one")
