"""Source definitions for ``lodewire sources add``: from an address, or from an OPML file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig

# What a person wrote, for the field of the definition that is wrong, and what to write instead.
_ADVICE = {
    "id": ("--id", "Write lower-case letters, digits and hyphens: --id example-metals"),
    "language": ("--language", "Write two letters (ISO 639-1): --language en"),
    "channels": ("the address", "Write it in full: https://example.org/feed.xml"),
    "publisher": ("--publisher", 'Write a name: --publisher "Example Metals"'),
    "terms": ("--terms", 'Write one line: --terms "Text under CC BY 4.0"'),
}
_NO_TERMS = "Not looked up: read the publisher's terms before you publish."


def definition_of(url: str, options: dict[str, Any], type_: str) -> tuple[str, str]:
    """Return id and YAML of a source with one channel; raises ConfigError naming the option."""
    from pydantic import ValidationError

    from lodewire.config.source import SourceDefinition, source_yaml
    from lodewire.errors import ConfigError

    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    if not host:
        what, advice = _ADVICE["channels"]
        raise ConfigError(f"{what}: {url!r} will not do.", hint=advice)
    name = options["id_"] or re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")
    publisher = options["publisher"] or host
    try:
        source = SourceDefinition.model_validate(
            {
                "id": name,
                "publisher": publisher,
                "title": f"{publisher} {type_.replace('_', ' ')}",
                "kind": options["kind"],
                "language": options["language"],
                "desks": list(options["topics"]) or ["business-politics"],
                "channels": [{"type": type_, "url": url}],
                "terms": options["terms"] or _NO_TERMS,
                "expected": {"min": 0, "max": 200},
            }
        )
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = str(first["loc"][0]) if first["loc"] else ""
        what, advice = _ADVICE.get(field, (field, "See `lodewire sources add --help`."))
        value = url if field == "channels" else first.get("input")
        raise ConfigError(f"{what}: {value!r} will not do.", hint=advice) from error
    return name, source_yaml(source)


def definitions_of_opml(
    file: Path, desk: DeskConfig, options: dict[str, Any]
) -> list[tuple[str, str]]:
    """Return id and YAML of every feed of an OPML file; notes go to standard error."""
    from lodewire.collect.opml import import_opml
    from lodewire.errors import ConfigError, ReadError
    from lodewire.model.vocabulary import Desk, SourceKind

    advice = "Give a web address with http:// or https://, or an OPML file."
    try:
        body = file.read_bytes()
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise ConfigError(f"{file}: cannot be read: {told}.", hint=advice) from error
    try:
        found, notes = import_opml(
            body,
            taken=frozenset(known_addresses(desk).values()),
            desks=tuple(Desk(t) for t in options["topics"]) or (Desk.BUSINESS_POLITICS,),
            kind=SourceKind(options["kind"]),
            language=options["language"],
        )
    except ReadError as error:
        raise ConfigError(f"{file}: {error.message}.", hint=error.hint or advice) from error
    for note in notes:
        click.echo(f"  {note}", err=True)
    if not found:
        raise ConfigError(f"{file}: no feed in it could be added.", hint=advice)
    return [(str(one.source.id), one.yaml) for one in found]


def known_addresses(desk: DeskConfig) -> dict[str, str]:
    """Return the address of every channel the desk knows, with the id of its source."""
    from lodewire.config.source import load_sources

    known = load_sources(*desk.source_folders, shipped=desk.sources.shipped)
    found: dict[str, str] = {}
    for source in known:
        for channel in source.channels:
            found[str(getattr(channel, "url", "") or source.id)] = str(source.id)
    return found


def write_new(file: Path, text: str) -> None:
    """Write a definition; raises ConfigError where one is there or the folder is closed."""
    from lodewire.errors import ConfigError

    if file.exists():
        raise ConfigError(f"{file} is there already.", hint="Edit it, or choose another --id.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be written: {error.strerror or error}.",
            hint="Check the permissions of the desk's folder.",
        ) from error
