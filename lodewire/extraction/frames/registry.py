"""The frames, in the order in which they look at a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import acquisition, prices, tariff

Frame = Callable[[Sentence], Iterator[Draft]]

FRAMES: tuple[Frame, ...] = (acquisition.find, tariff.find, prices.find)
