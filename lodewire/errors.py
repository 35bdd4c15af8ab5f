"""Every error Lodewire raises on purpose.

::

    LodewireError
    ├── ConfigError            desk.toml or a source definition is wrong; says where and why
    ├── OntologyError          a data file of the package is inconsistent
    ├── UnitError              a unit is not known, or two units measure different things
    ├── MeasureError           figures do not fit together, so nothing can be computed from them
    ├── ScenarioError          a scenario asks for what cannot be, or leaves out what it needs
    ├── HoldingError           an own table (bill of materials, spend) cannot be read or kept
    ├── CollectError           a source could not be fetched
    │   ├── BlockedAddress     address is not public and the source does not allow it
    │   ├── RobotsDisallowed   robots.txt forbids the page to our user agent
    │   ├── TooLarge           body, or its decompressed form, is over the limit
    │   ├── TooSlow            the whole exchange took longer than allowed
    │   ├── TooManyRedirects   a chain of redirects is longer than allowed, or loops
    │   ├── RateLimited        the host asked us to come back later (429, 503 Retry-After)
    │   ├── FetchFailed        any other refusal: connection, TLS, protocol, status
    │   └── ServiceRefused     an official service answered, with an error of its own
    ├── ReadError              bytes could not be turned into documents
    │   ├── EmptyPage          nothing to read
    │   ├── UnsupportedFormat  not HTML, text, PDF, mail or feed
    │   └── BrokenFile         the format is known, the content is damaged
    ├── AlignmentError         a quote is not in its document
    ├── ModelError             the model reader got no answer that can be used
    │   ├── ModelAway          no answer just now: connection, time-out, 429, 5xx
    │   ├── ModelRefused       none until a person corrects something: key, model, address
    │   ├── ContextTooLong     the text is longer than the model takes at once
    │   ├── CapReached         the tokens or the money set for a run or a day are spent
    │   └── BadAnswer          an answer came and is quarantined; the message says why
    ├── EngineAway             the machines that should work cannot be reached, or do not fit
    ├── LedgerError            the store refused: locked, newer schema, corrupted, disk full
    │   └── WriterConflict     another writer went first; the same step, run again, goes through
    ├── QueryError             a question put to the desk cannot be answered as it was put
    │   └── NotThere           nothing goes by that id here, or no longer
    ├── DeliveryError          a brief could not be sent, or a subscriber not be kept
    │   ├── AddressRefused     no address that mail can be sent to
    │   ├── LinkRefused        a signed link is forged, expired, used or for something else
    │   ├── TryLater           the server did not take a message now (4xx, dropped); not accepted
    │   ├── NotTaken           the server will never take this message (5xx)
    │   ├── MaybeTaken         the connection broke when the server may have had the message
    │   └── MessengerAway      no message can be sent: connection, TLS, login, sender refused
    ├── AccountError           an account cannot be had, changed or used so
    │   ├── TooMany            a door was tried too often; open again after a while
    │   └── NoticeRefused      a payment notice is not signed, too old, or tells what cannot be
    └── PublishError           a brief could not be composed or written
        ├── ReceiptError       a receipt could not be made, or is no receipt
        └── UnsupportedClaim   a sentence holds a name or number that no statement backs
"""

from __future__ import annotations


class LodewireError(Exception):
    """Base of all errors raised on purpose; ``hint`` says what the user can do."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process boundaries (the pool reads pages); keep the hint when pickled.
        return (_rebuild, (type(self), self.message, self.hint, self.__dict__))


def _rebuild(
    kind: type[LodewireError], message: str, hint: str | None, state: dict[str, object]
) -> LodewireError:
    error = kind.__new__(kind)
    LodewireError.__init__(error, message, hint=hint)
    error.__dict__.update(state)
    return error


class ConfigError(LodewireError):
    """desk.toml or a source definition is wrong."""


class OntologyError(LodewireError):
    """A data file of the package is inconsistent."""


class UnitError(LodewireError):
    """A unit is not known, or two units measure different things."""


class MeasureError(LodewireError):
    """Figures do not fit together, so nothing can be computed from them."""


class ScenarioError(LodewireError):
    """A scenario asks for what cannot be, or leaves out what it needs."""


class HoldingError(LodewireError):
    """An own table (bill of materials, spend) cannot be read or kept."""


class CollectError(LodewireError):
    """A source could not be fetched."""


class BlockedAddress(CollectError):
    """The address is not public and the source does not allow private addresses."""


class RobotsDisallowed(CollectError):
    """robots.txt forbids the page to our user agent."""


class TooLarge(CollectError):
    """The body, or its decompressed form, is over the limit."""


class TooSlow(CollectError):
    """The exchange took longer than the total time allowed."""


class TooManyRedirects(CollectError):
    """A chain of redirects is longer than allowed, or loops."""


class RateLimited(CollectError):
    """The host asked us to come back later; ``retry_after`` in seconds, when it said."""

    def __init__(
        self, message: str, *, hint: str | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class FetchFailed(CollectError):
    """Connection, TLS, protocol or status failure; ``status`` and ``body`` when a response came."""

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        status: int | None = None,
        body: bytes = b"",
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.body = body


class ServiceRefused(CollectError):
    """An official service answered, but with an error of its own: a key, a quota, a question."""


class ReadError(LodewireError):
    """Bytes could not be turned into documents."""


class EmptyPage(ReadError):
    """There is nothing to read."""


class UnsupportedFormat(ReadError):
    """Not HTML, text, PDF, mail or feed."""


class BrokenFile(ReadError):
    """The format is known, the content is damaged."""


class AlignmentError(LodewireError):
    """A quote is not in its document."""


class ModelError(LodewireError):
    """The model reader got no answer that can be used; the frames read in its place."""


class ModelAway(ModelError):
    """No answer just now: connection, time-out, 429, a fault of the server.

    ``again`` tells whether asking once more, a little later, may help.
    """

    again = False


class ModelRefused(ModelError):
    """No answer until a person corrects something: key, model's name, address."""


class ContextTooLong(ModelError):
    """The text is longer than the model takes at once."""


class CapReached(ModelError):
    """The tokens or the money set for a run or a day are spent."""


class BadAnswer(ModelError):
    """An answer came that breaks the form or the rules; the message names the cause."""


class EngineAway(LodewireError):
    """The engine that should run the work cannot be reached, or does not fit."""


class LedgerError(LodewireError):
    """The store refused."""


class WriterConflict(LedgerError):
    """Another writer went first and this transaction was undone; run again, it goes through."""


class QueryError(LodewireError):
    """A question put to the desk cannot be answered as it was put."""


class NotThere(QueryError):
    """Nothing goes by that id here, or no longer."""


class DeliveryError(LodewireError):
    """A brief could not be sent, or a subscriber not be kept."""


class AddressRefused(DeliveryError):
    """This is no address that mail can be sent to."""


class LinkRefused(DeliveryError):
    """A signed link is forged, expired, used already, or was made for something else."""


class TryLater(DeliveryError):
    """The server did not take the message now: 4xx or a connection dropped before its end."""


class NotTaken(DeliveryError):
    """The server will never take this message; ``gone``: there is no such mailbox."""

    def __init__(self, message: str, *, hint: str | None = None, gone: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.gone = gone


class MaybeTaken(DeliveryError):
    """The connection broke after the message's end was sent and before the server answered."""


class MessengerAway(DeliveryError):
    """No message at all can be sent; ``again`` tells whether waiting may help."""

    def __init__(self, message: str, *, hint: str | None = None, again: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.again = again


class AccountError(LodewireError):
    """An account cannot be had, changed or used so."""


class TooMany(AccountError):
    """A door was tried too often; ``seconds`` until it is open again."""

    def __init__(self, message: str, *, hint: str | None = None, seconds: int = 900) -> None:
        super().__init__(message, hint=hint)
        self.seconds = seconds


class NoticeRefused(AccountError):
    """A payment notice is not signed, too old, or tells what cannot be.

    ``again``: it may be right later, so the service should send it once more.
    """

    def __init__(self, message: str, *, hint: str | None = None, again: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.again = again


class PublishError(LodewireError):
    """A brief could not be composed or written."""


class ReceiptError(PublishError):
    """A receipt could not be made, or a file is no receipt that this version can check."""


class UnsupportedClaim(PublishError):
    """A sentence holds a name or number that no statement backs."""
