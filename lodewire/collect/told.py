"""What collecting tells its caller, one thing at a time: a capture, a note, the end of a channel.

Nothing here is stored by the collector. The caller keeps each capture as it comes, and the
validators of a channel only once its end is told: a run killed in between then asks again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from lodewire.collect.fetching import Validators
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId

# Tells whether the source gave an entry of this guid, or a page of this address, before.
Seen = Callable[[SourceId, str], bool]


class NoteKind(StrEnum):
    """What a note is about."""

    FAILED = "failed"  # a page or channel could not be had; worth trying in the next run
    REFUSED = "refused"  # it will not be had: gone, forbidden, too large
    BROKEN = "broken"  # it came damaged; what could be read was read
    MOVED = "moved"  # it answers at another address for good
    FLOODED = "flooded"  # more new entries than one run takes; the rest comes later
    SKIPPED = "skipped"  # left out on purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One plain line about a source; ``hint`` says what a person can do."""

    source_id: SourceId
    kind: NoteKind
    address: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A capture; ``key`` is what ``seen`` knows it by, ``fresh`` tells that it was not known."""

    capture: Capture
    key: str
    fresh: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """The end of one channel, after all of its captures.

    ``outcome`` is "ok", "unchanged" or the name of an error; ``entries`` counts what was listed,
    ``fresh`` what was new. ``validators`` are to be kept for ``address``; None means: keep those
    you have, because something is still to be fetched.
    """

    source_id: SourceId
    address: str
    outcome: str
    status: int | None = None
    entries: int = 0
    fresh: int = 0
    detail: str = ""
    validators: Validators | None = None

    @property
    def answered(self) -> bool:
        """Tell whether the channel could be read."""
        return self.outcome in {"ok", "unchanged"}


Collected = Found | Note | Polled
