"""ScienceBase: the listing of items, and in it the releases of the Mineral Commodity Summaries.

A release is one item or several (salient statistics, world tables, figures), whose title names the
edition; each item lists its files with the address they are downloaded from. Source: USGS,
ScienceBase catalog API.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from lodewire.reference.loaders.bodies import archived, broken, list_of, object_of

_TITLE = re.compile(r"Mineral Commodity Summaries (20\d\d)\b", re.IGNORECASE)
_TABLE = re.compile(r"\.(csv|zip)$", re.IGNORECASE)
_CSV = re.compile(r"\.csv$", re.IGNORECASE)
_HOSTS = ("sciencebase.gov", "usgs.gov")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFile:
    """One file of an edition ("2026"), and where it is downloaded."""

    edition: int
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseListing:
    """The tables found, each address once, and the next page of the listing, if there is one."""

    files: tuple[ReleaseFile, ...]
    following: str | None


def read_listing(body: bytes, place: str, *, home: str) -> ReleaseListing:
    """Read a page of the listing; only files of USGS's own hosts, or of ``home``, are returned.

    Items may link anywhere: an address elsewhere is left out. Raises BrokenFile.
    """
    told = object_of(body, place)
    found: dict[str, ReleaseFile] = {}
    for at, entry in enumerate(list_of(told, "items", place)):
        title = _TITLE.search(str(entry.get("title") or ""))
        if title is None or not isinstance(entry.get("files"), list):
            continue
        for one in list_of(entry, "files", f"{place}: items[{at}]"):
            name, address = str(one.get("name") or ""), one.get("downloadUri") or one.get("url")
            if _TABLE.search(name) and isinstance(address, str) and _is_own(address, home):
                found.setdefault(
                    address, ReleaseFile(edition=int(title[1]), name=name, address=address)
                )
    link = told.get("nextlink")
    following = link.get("url") if isinstance(link, dict) else None
    return ReleaseListing(
        files=tuple(found.values()), following=following if isinstance(following, str) else None
    )


def _is_own(address: str, home: str) -> bool:
    try:
        parts, own = urlsplit(address), urlsplit(home)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return True
    return parts.scheme == "https" and any(
        host == known or host.endswith(f".{known}") for known in _HOSTS
    )


def unpacked(files: Iterable[tuple[str, bytes]], place: str) -> Mapping[str, bytes]:
    """Return the CSV files by name, those of archives included; raises BrokenFile.

    Of two files of one name the first stays: releases ship their tables apart and in archives.
    """
    found: dict[str, bytes] = {}
    for name, content in files:
        if _CSV.search(name):
            found.setdefault(name, content)
            continue
        inside = list(archived(content, f"{place}: {name}", _TABLE, most=100_000_000))
        for inner, table in inside:
            short = inner.rpartition("/")[2]
            if _CSV.search(short) and not short.startswith("."):
                found.setdefault(short, table)
    if not found:
        raise broken(place, "none of the files is a table")
    return found
