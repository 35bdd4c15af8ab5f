"""Looking up spans by place, so that a long text costs no more a name than a short one."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from itertools import accumulate

from lodewire.model.evidence import Span


class Ranges:
    """A set of spans that answers whether another span touches one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [s.start for s in self._spans]
        self._furthest = list(accumulate((s.end for s in self._spans), max))

    def touch(self, span: Span) -> bool:
        """Tell whether a span of the set shares a character with ``span``."""
        at = bisect.bisect_left(self._starts, span.end) - 1
        return at >= 0 and self._furthest[at] > span.start

    def around(self, span: Span) -> Span | None:
        """Return the span that covers ``span``; the set must hold no overlaps."""
        at = bisect.bisect_right(self._starts, span.start) - 1
        return self._spans[at] if at >= 0 and self._spans[at].covers(span) else None
