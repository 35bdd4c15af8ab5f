"""Archives of any size: ``python -m benchmarks.archive OUT.warc.gz --pages 100000``.

Each page is the frame of a real page (menus, scripts, teasers) with another article in it. General
pages take paragraphs of several other pages in a shuffled order, with other names and figures;
a stated share are variations of the sample newsroom. No two pages share their text, so neither a
cache nor a search for duplicates makes the work less. Frames and paragraphs are those of pages that
are not of the field: exactly the stated share is. The same seed gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.variations import Pattern, patterns, variations
from evaluation.page_frames import PageFrame, frames
from lodewire.extraction.relevance import relevance_of

RELEVANT = 0.03
START = date(2025, 3, 3)
_NOT_OF_FIELD = 0.2  # of the text that a frame had, and of what stands around it
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{3,}")
_FIGURE = re.compile(r"[1-9](?=\d*)")
_LENGTH = (6, 30)  # paragraphs of an article
_HOSTS = 400


class Newsstand:
    """General pages without end, out of frames and paragraphs of real ones."""

    def __init__(self, around: Sequence[PageFrame] | None = None) -> None:
        usable = [f for f in (around or frames()) if _is_general(f)]
        if not usable:
            raise SystemExit("no general pages are at hand to make an archive of")
        self.frames = tuple(usable)
        self._paragraphs = [p for f in usable for p in f.paragraphs if len(p) > 60]
        self._names = sorted({n for p in self._paragraphs for n in _NAME.findall(p)})

    def general(self, chance: random.Random) -> tuple[PageFrame, str, list[str]]:
        """Return frame, title and paragraphs of another page."""
        count = chance.randint(*_LENGTH)
        told = [self._reword(p, chance) for p in chance.sample(self._paragraphs, count)]
        title = " ".join(chance.choice(told).split()[:9])
        return chance.choice(self.frames), title, told

    def _reword(self, paragraph: str, chance: random.Random) -> str:
        names = self._names
        told = _NAME.sub(lambda _: names[int(chance.random() * len(names))], paragraph)
        return _FIGURE.sub(lambda _: str(int(chance.random() * 9) + 1), told)


def _is_general(frame: PageFrame) -> bool:
    own = "\n".join(frame.paragraphs)
    around = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]*>", " ", frame.markup, flags=re.S)
    return relevance_of(own) < _NOT_OF_FIELD and relevance_of(around) < _NOT_OF_FIELD


def pages(
    count: int, *, relevant: float = RELEVANT, days: int = 1, seed: int = 1, first: int = 0
) -> Iterator[tuple[str, date, bytes]]:
    """Yield address, day and bytes of ``count`` pages, from the one numbered ``first`` on."""
    stand, known = Newsstand(), patterns()
    for number in range(first, first + count):
        chance = random.Random(f"{seed}/{number}")
        day = START + timedelta(days=(number - first) * days // max(count, 1))
        # Every 1/relevant-th page, so that each tenth of a file holds as many.
        if relevant and int((number + 1) * relevant) > int(number * relevant):
            frame = chance.choice(stand.frames)
            title, told = _of_field(int(number * relevant), seed, known)
        else:
            frame, title, told = stand.general(chance)
        host = f"www.paper{chance.randrange(_HOSTS)}.example"
        page = frame.page(title, told, day=day.isoformat())
        yield f"https://{host}/{day.isoformat()}/{number}", day, page.encode()


def _of_field(number: int, seed: int, known: Sequence[Pattern]) -> tuple[str, list[str]]:
    (made,) = variations(1, first=seed * 10_000_000 + number, of=known)
    document = made.document
    return document.title or "News", [line for line in document.text.split("\n") if line.strip()]


def record(url: str, day: date, body: bytes, number: int) -> bytes:
    """Return a page as one packed WARC record (ISO 28500)."""
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}"
    )
    payload = head.encode() + b"\r\n\r\n" + body
    at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC) + timedelta(seconds=number % 50_000)
    told = (
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(payload)}",
    )
    whole = "\r\n".join(told).encode() + b"\r\n\r\n" + payload + b"\r\n\r\n"
    return gzip.compress(whole, 1, mtime=0)


def write(out: Path, count: int, **how: object) -> None:
    """Write an archive of ``count`` pages; see :func:`pages`."""
    part = out.with_name(out.name + ".part")
    with part.open("wb") as file:
        for number, (url, day, body) in enumerate(pages(count, **how)):  # type: ignore[arg-type]
            file.write(record(url, day, body, number))
            if number % 1_000 == 999 and sys.stderr.isatty():
                print(f"\r{number + 1:,} pages", end="", file=sys.stderr)
    part.replace(out)


def main(arguments: Sequence[str]) -> int:
    """Write the archive that is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--pages", type=int, default=1_000)
    asked.add_argument("--relevant", type=float, default=RELEVANT)
    asked.add_argument("--days", type=int, default=1)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args(arguments)
    write(told.out, told.pages, relevant=told.relevant, days=told.days, seed=told.seed)
    print(f"{told.out}: {told.out.stat().st_size / 1e6:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
