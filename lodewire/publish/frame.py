"""What stands round the insights of a mail, in the language that its reader chose.

Insights themselves stay as the desk writes them: a sentence translated is a sentence not proved.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from lodewire.model.vocabulary import Desk

#: The language of a mail whose reader chose none, and of a tag that is not known.
SOURCE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The words of one language; ``words`` by name, as in data/mail_frames.toml."""

    tag: str
    words: Mapping[str, str]
    desks: Mapping[Desk, str]
    months: tuple[str, ...]

    def day(self, day: date) -> str:
        """Return a day as the language writes it: "28 March 2025", "28. März 2025"."""
        month = self.months[day.month - 1]
        return self.words["day"].format(d=day.day, m=day.month, y=day.year, month=month)

    def today(self, title: str) -> str:
        """Return the heading of a mail."""
        return self.words["today"].format(title=title)

    def told(self, name: str, /, **values: object) -> str:
        """Return words by their name, with values in their blanks."""
        return self.words[name].format(**values)

    def counted(self, n: int, what: str) -> str:
        """Return "3 more insights"; nothing for none."""
        return self.words[f"{what}_{'one' if n == 1 else 'many'}"].format(n=n) if n else ""

    def joined(self, told: list[str]) -> str:
        """Return "a, b and c"."""
        head, tail = told[:-1], told[-1:]
        return self.words["last"].join(filter(None, (self.words["comma"].join(head), *tail)))


@cache
def load_frames() -> Mapping[str, Frame]:
    """Return the frames by language tag."""
    text = (resources.files("lodewire.publish") / "data" / "mail_frames.toml").read_text("utf-8")
    return {
        tag: Frame(
            tag=tag,
            words={k: v for k, v in told.items() if isinstance(v, str)},
            desks={Desk(name): title for name, title in told["desks"].items()},
            months=tuple(told["months"]),
        )
        for tag, told in tomllib.loads(text).items()
    }


def path_part(tag: str, home: str) -> str:
    """Return what the site's paths begin with in a language: "/de"; "" in the desk's own."""
    at_home = home if home in load_frames() else SOURCE
    return f"/{tag}" if tag in load_frames() and tag != at_home else ""


def frame_of(tag: str) -> Frame:
    """Return the frame of a language; that of the source where there is none."""
    frames = load_frames()
    return frames.get(tag, frames[SOURCE])
