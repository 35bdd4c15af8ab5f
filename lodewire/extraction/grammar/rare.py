"""Patterns that few texts hold, sought in texts that no sentence's sieve has seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lodewire.extraction.grammar.literals import Need, folded, needs_of


@dataclass(frozen=True, slots=True)
class Rare:
    """A pattern with its needs: plain strings are found far sooner than it is.

    Worth its while for a slow pattern over a sentence, or any over a whole text.
    """

    pattern: re.Pattern[str]
    needs: tuple[Need, ...]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in ``text``, as of the pattern itself."""
        return self.pattern.search(text) if self._may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in ``text``, as of the pattern itself."""
        return self.pattern.finditer(text) if self._may_match(text) else iter(())

    def _may_match(self, text: str) -> bool:
        low = folded(text)
        for need in self.needs:
            for string in need:
                if string in low:
                    break
            else:
                return False
        return True


def rare(words: str, flags: int = 0) -> Rare:
    """Compile a pattern that is seldom found; to be made at a module's top."""
    return Rare(re.compile(words, flags), needs_of(words, flags))
