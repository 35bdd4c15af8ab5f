"""Where a backfill reads: archives, folders, lists of addresses; in portions from a mark on."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from lodewire.collect.entries import page_capture
from lodewire.collect.fetching import Fetched, FetchLimits, FetchPolicy
from lodewire.collect.fields import web_link
from lodewire.collect.files import list_files, read_files
from lodewire.collect.http import GuardedClient
from lodewire.collect.slices import Damage, cut, fingerprint_of
from lodewire.collect.told import Found
from lodewire.errors import CollectError, FetchFailed
from lodewire.model.capture import Capture
from lodewire.model.ids import SourceId
from lodewire.pipeline.backfill_task import Portion, Rules

_FILES, _ADDRESSES = 32, 16  # of one portion
_ARCHIVES = (".warc", ".warc.gz")
_LIST_HEAD = 65_536


class Place(Protocol):
    """Something to read: ``name`` and fingerprint know it again, ``total`` tells its size."""

    @property
    def name(self) -> str:
        """The path, absolute."""

    def fingerprint(self, like: str = "") -> str:
        """What tells it from another place of that name; ``like`` the one kept, if it only grew."""

    @property
    def total(self) -> int:
        """How much there is, in the unit that portions count in."""

    def portions(self, mark: str, rules: Rules) -> Iterator[Portion]:
        """Yield what is to be read behind ``mark`` ("" for all)."""


@dataclass(frozen=True, slots=True)
class ArchivePlace:
    """A WARC file, read by slices; marks are bytes."""

    file: Path

    @property
    def name(self) -> str:
        """The path, absolute."""
        return self.file.resolve().as_posix()

    def fingerprint(self, like: str = "") -> str:
        """Of its beginning: an archive may grow."""
        return fingerprint_of(self.file, like)

    @property
    def total(self) -> int:
        """Bytes."""
        return self.file.stat().st_size

    def portions(self, mark: str, rules: Rules) -> Iterator[Portion]:
        """Yield a portion a slice."""
        for told in cut(self.file, int(mark or 0)):
            if isinstance(told, Damage):
                damages = ((str(told.at), told.message),)
                yield Portion(mark=str(told.until), done=told.until, damages=damages)
            else:
                yield Portion(mark=str(told.end), done=told.end, slice=told)


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder of pages; marks are paths inside it, in their order."""

    folder: Path

    @property
    def name(self) -> str:
        """The path, absolute."""
        return self.folder.resolve().as_posix()

    def fingerprint(self, like: str = "") -> str:
        """None: files that come later are read when their turn has not passed."""
        return ""

    @property
    def total(self) -> int:
        """Files."""
        return len(self._files())

    def _files(self) -> list[Path]:
        return [f for f in list_files(self.folder) if not f.name.lower().endswith(_ARCHIVES)]

    def portions(self, mark: str, rules: Rules) -> Iterator[Portion]:
        """Yield some files at a time."""
        named = [(f.relative_to(self.folder).as_posix(), f) for f in self._files()]
        done = sum(name <= mark for name, _ in named) if mark else 0
        rest = iter(named[done:])
        while some := list(islice(rest, _FILES)):
            done += len(some)
            captures: list[tuple[str, Capture]] = []
            damages: list[tuple[str, str]] = []
            source = SourceId("files")
            files = [file for _, file in some]
            for told in read_files(self.folder, files, source_id=source, now=rules.now):
                if isinstance(told, Found):
                    captures.append((told.key, told.capture))
                else:
                    damages.append((told.address, told.message))
            yield Portion(
                mark=some[-1][0], done=done, captures=tuple(captures), damages=tuple(damages)
            )


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list of addresses, one a line, fetched politely; marks are lines."""

    file: Path
    agent: str
    limits: FetchLimits
    policy: FetchPolicy

    @property
    def name(self) -> str:
        """The path, absolute."""
        return self.file.resolve().as_posix()

    def fingerprint(self, like: str = "") -> str:
        """Of its beginning: a list may grow."""
        return fingerprint_of(self.file, like)

    @property
    def total(self) -> int:
        """Lines."""
        return len(_lines(self.file))

    def portions(self, mark: str, rules: Rules) -> Iterator[Portion]:
        """Yield the pages of some addresses at a time."""
        lines = _lines(self.file)
        with asyncio.Runner() as runner:
            client = GuardedClient(user_agent=self.agent, limits=self.limits)
            runner.run(client.__aenter__())
            try:
                for at in range(int(mark or 0), len(lines), _ADDRESSES):
                    some = list(enumerate(lines[at : at + _ADDRESSES], at))
                    yield runner.run(self._fetched(client, some, rules))
            finally:
                runner.run(client.__aexit__(None, None, None))

    async def _fetched(
        self, client: GuardedClient, some: Sequence[tuple[int, str]], rules: Rules
    ) -> Portion:
        wanted = [(n, line) for n, line in some if line and not line.startswith("#")]
        found = await asyncio.gather(*(self._fetch(client, line, rules) for _, line in wanted))
        captures: list[tuple[str, Capture]] = []
        damages: list[tuple[str, str]] = []
        for (number, line), told in zip(wanted, found, strict=True):
            if isinstance(told, Capture):
                captures.append((str(number), told))
            else:
                damages.append((str(number), f"line {number + 1}, {line[:300]}: {told}"))
        done = some[-1][0] + 1
        return Portion(mark=str(done), done=done, captures=tuple(captures), damages=tuple(damages))

    async def _fetch(self, client: GuardedClient, line: str, rules: Rules) -> Capture | str:
        url = web_link(line, "")
        if url is None:
            return "no web address"
        try:
            page = await client.fetch(url, policy=self.policy)
        except CollectError as error:
            return error.message
        if not isinstance(page, Fetched):
            return "answered without a page"
        return page_capture(rules.source_of(page.url), page, now=rules.now)


def _lines(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text("utf-8", "replace").splitlines()]
    except OSError as error:
        raise FetchFailed(f"{file}: {error.strerror or error}", hint="Check the path.") from error


def places_of(
    paths: Sequence[Path], *, agent: str, limits: FetchLimits, policy: FetchPolicy
) -> list[Place]:
    """Return what is to be read at each path: archives first, then the other files of a folder.

    Raises FetchFailed for a path that is not there, or holds neither pages nor addresses.
    """
    found: list[Place] = []
    for path in paths:
        if path.is_dir():
            files = list_files(path)
            archives = [f for f in files if f.name.lower().endswith(_ARCHIVES)]
            found += [ArchivePlace(f) for f in archives]
            if len(archives) < len(files):
                found.append(FolderPlace(path))
        elif _is_archive(path):
            found.append(ArchivePlace(path))
        else:
            _check_list(path)
            found.append(ListPlace(path, agent, limits, policy))
    return found


def _is_archive(path: Path) -> bool:
    return _head(path).startswith((b"WARC/", b"\x1f\x8b"))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_LIST_HEAD)
    except OSError as error:
        raise FetchFailed(f"{path}: {error.strerror or error}", hint="Check the path.") from error


def _check_list(path: Path) -> None:
    told = _head(path).decode("utf-8", "replace").splitlines()
    lines = [line.strip() for line in told if line.strip() and not line.startswith("#")]
    if not any(web_link(line, "") for line in lines):
        raise FetchFailed(
            f"{path}: neither a WARC file nor a list of addresses",
            hint="Give .warc, .warc.gz, a folder of pages, or a text file with an address a line.",
        )
