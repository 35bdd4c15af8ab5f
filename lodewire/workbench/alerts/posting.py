"""Posting to addresses of others through the guarded client: no private network, no redirect."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from lodewire.collect.fetching import Carried, FetchLimits, FetchPolicy
from lodewire.collect.http import GuardedClient
from lodewire.config.desk import DeskConfig
from lodewire.delivery.channels.notice import Poster, Posting
from lodewire.errors import (
    BlockedAddress,
    CollectError,
    FetchFailed,
    NotTaken,
    RateLimited,
    TooLarge,
    TooManyRedirects,
    TryLater,
)

_AGENT = "Lodewire-Webhook"
_MOST = 256_000  # bytes of an answer; nothing of it is kept
_GONE = 410
_LATER = frozenset((408, 425, 429))
_LONGEST_WAIT = 3600.0
_HINT = "look whether its address is right, and what its other end says"


class PutOff(TryLater):
    """The other end asked to wait so long."""

    def __init__(self, message: str, wait: timedelta) -> None:
        super().__init__(message, hint=_HINT)
        self.wait = wait


@contextmanager
def open_poster(desk: DeskConfig) -> Iterator[Poster]:
    """Yield what posts for a desk, from one thread.

    It raises TryLater or NotTaken, in words that tell no address: that may hold a secret.
    """
    choice = desk.channels
    limits = FetchLimits(
        total_seconds=choice.timeout_seconds,
        connect_seconds=choice.timeout_seconds,
        max_body=_MOST,
        max_redirects=0,
        retries=0,  # whether to try again is decided where what became of it is kept
        min_delay=0.0,
        max_wait_seconds=0.0,
    )
    policy = FetchPolicy(robots=False, allow_private=choice.allow_private_addresses)
    with asyncio.Runner() as runner:
        client = GuardedClient(user_agent=_AGENT, limits=limits)
        runner.run(client.__aenter__())

        def post(posting: Posting) -> None:
            carried = Carried(
                accept="*/*",
                headers=posting.headers,
                content=posting.content,
                content_type="application/json",
            )
            asked = client.fetch(posting.url, policy=policy, method="POST", carried=carried)
            try:
                runner.run(asked)
            except CollectError as error:
                refused = refusal_of(error)
                if refused is not None:
                    raise refused from None

        try:
            yield post
        finally:
            runner.run(client.__aexit__(None, None, None))


def refusal_of(error: CollectError) -> Exception | None:
    """Return what an error means for a post, in words that tell no address; None: it was taken."""
    if isinstance(error, TooLarge):
        return None  # it answered, with more than anybody wants to read
    if isinstance(error, BlockedAddress):
        return NotTaken(
            "the address is not on the public internet",
            hint="only [channels] of desk.toml can open a network of your own",
            gone=True,
        )
    if isinstance(error, RateLimited):
        told = "it asked to come back later"
        if error.retry_after is None:
            return TryLater(told, hint=_HINT)
        return PutOff(told, timedelta(seconds=min(error.retry_after, _LONGEST_WAIT)))
    if isinstance(error, TooManyRedirects):
        return NotTaken(
            "it redirects, which is not followed", hint="write the address that it leads to"
        )
    if isinstance(error, FetchFailed) and error.status is not None:
        told = f"it answered {error.status}"
        if error.status in _LATER or error.status >= 500:
            return TryLater(told, hint=_HINT)
        return NotTaken(told, hint=_HINT, gone=error.status == _GONE)
    return TryLater(_WORDS.get(type(error).__name__, "it could not be reached"), hint=_HINT)


_WORDS = {"TooSlow": "it did not answer in time", "Dropped": "the connection broke off"}
