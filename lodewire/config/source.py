"""Source definitions: one small YAML file a publisher, checked before anything is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)

from lodewire.config.desk import DeskConfig
from lodewire.config.problems import config_error
from lodewire.config.yaml import read_yaml
from lodewire.errors import ConfigError
from lodewire.model.ids import SourceId
from lodewire.model.vocabulary import Desk, SourceKind

SOURCE_FILE = "source.yml"
SHIPPED_SOURCES = Path(__file__).parent / "sources"

_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/@]+(/\S*)?", value):
        raise ValueError("must be a full http:// or https:// address without credentials")
    return value


def _pattern(value: str | None) -> str | None:
    if value is not None:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"must be a regular expression ({error})") from error
    return value


class FeedChannel(_Part):
    """An RSS, Atom or JSON feed; ``feed`` takes whichever answers."""

    type: Literal["rss", "atom", "json_feed", "feed"]
    url: Annotated[str, Field(examples=["url: https://example.org/feed.xml"])]

    _url = field_validator("url")(_web_address)

    @property
    def address(self) -> str:
        """What the channel is known by in state and messages."""
        return self.url


class SitemapChannel(_Part):
    """A news sitemap or a sitemap index; ``links`` keeps only addresses that match it."""

    type: Literal["news_sitemap"]
    url: Annotated[str, Field(examples=["url: https://example.org/news-sitemap.xml"])]
    links: Annotated[str | None, Field(examples=["links: /news/"])] = None

    _url = field_validator("url")(_web_address)
    _links = field_validator("links")(_pattern)

    @property
    def address(self) -> str:
        """What the channel is known by in state and messages."""
        return self.url


class PageChannel(_Part):
    """One page; with ``links``, a list page whose matching links are the articles."""

    type: Literal["page"]
    url: Annotated[str, Field(examples=["url: https://example.org/news"])]
    links: Annotated[str | None, Field(examples=["links: /news/2026/"])] = None

    _url = field_validator("url")(_web_address)
    _links = field_validator("links")(_pattern)

    @property
    def address(self) -> str:
        """What the channel is known by in state and messages."""
        return self.url


class FolderChannel(_Part):
    """A folder of HTML, text, .eml, PDF and feed files; relative to its source.yml."""

    type: Literal["folder"]
    path: Annotated[Path, Field(examples=["path: inbox"])]

    @property
    def address(self) -> str:
        """What the channel is known by in state and messages."""
        return str(self.path)


class WarcChannel(_Part):
    """A WARC file, plain or gzip; relative to its source.yml."""

    type: Literal["warc"]
    path: Annotated[Path, Field(examples=["path: crawl.warc.gz"])]

    @property
    def address(self) -> str:
        """What the channel is known by in state and messages."""
        return str(self.path)


class FederalRegisterChannel(_Part):
    """Documents of the U.S. Federal Register, by its API: of agencies, kinds and a search term.

    ``agencies`` are the API's own short names. ``url`` is another address for the same protocol.
    """

    type: Literal["federal_register"]
    agencies: Annotated[
        tuple[Annotated[str, Field(pattern=_SLUG)], ...],
        Field(examples=["agencies: [industry-and-security-bureau]"]),
    ] = ()
    kinds: Annotated[
        tuple[Literal["RULE", "PRORULE", "NOTICE", "PRESDOCU"], ...],
        Field(examples=["kinds: [RULE, NOTICE]"]),
    ] = ()
    term: Annotated[str, Field(max_length=400, examples=['term: "critical minerals"'])] = ""
    url: Annotated[str, Field(examples=["url: https://www.federalregister.gov"])] = (
        "https://www.federalregister.gov"
    )

    _url = field_validator("url")(_web_address)

    @model_validator(mode="after")
    def _narrowed(self) -> FederalRegisterChannel:
        if not (self.agencies or self.term):
            raise ValueError("must name agencies or a term: the whole register is too much")
        return self

    @property
    def address(self) -> str:
        """What the channel is known by in state and messages."""
        told = [*self.agencies, *self.kinds, *([self.term] if self.term else [])]
        return f"{self.url.rstrip('/')}/api/v1/documents.json#{','.join(told)}"


class GdeltChannel(_Part):
    """Articles that GDELT DOC 2.0 found, by its query language; their pages are fetched.

    ``hours`` back from now are asked for, at most 90 days. ``url`` is another address for the same
    protocol.
    """

    type: Literal["gdelt"]
    query: Annotated[
        str, Field(min_length=3, max_length=1000, examples=['query: "rare earths" export'])
    ]
    hours: Annotated[int, Field(ge=1, le=2160, examples=["hours: 24"])] = 24
    url: Annotated[str, Field(examples=["url: https://api.gdeltproject.org"])] = (
        "https://api.gdeltproject.org"
    )

    _url = field_validator("url")(_web_address)

    @property
    def address(self) -> str:
        """What the channel is known by in state and messages."""
        return f"{self.url.rstrip('/')}/api/v2/doc/doc#{self.query}"


Channel = Annotated[
    FeedChannel
    | SitemapChannel
    | PageChannel
    | FolderChannel
    | WarcChannel
    | FederalRegisterChannel
    | GdeltChannel,
    Field(discriminator="type"),
]
AnyChannel = (
    FeedChannel
    | SitemapChannel
    | PageChannel
    | FolderChannel
    | WarcChannel
    | FederalRegisterChannel
    | GdeltChannel
)


class Expected(_Part):
    """Entries a day: under ``min`` over time a source is silent, over ``max`` it floods."""

    min: Annotated[float, Field(ge=0, examples=["min: 0.5"])]
    max: Annotated[float, Field(gt=0, examples=["max: 40"])]

    @model_validator(mode="after")
    def _ordered(self) -> Expected:
        if self.min > self.max:
            raise ValueError(f"min ({self.min:g}) must not be above max ({self.max:g})")
        return self


class SourceDefinition(_Part):
    """One source of a publisher, and how to treat it.

    ``terms`` says under which licence or terms the publisher lets its text be read; where they
    limit how long its pages may be kept, ``keep_days`` says so (`lodewire prune`). ``rate`` is
    requests a minute to one host, at most. ``fetch`` "page" fetches the page of each entry,
    "feed" takes the content of the feed alone. ``allow_private_addresses`` is for sources on your
    own network. ``verified`` is the day `lodewire sources test` last saw it answer, or "never".
    """

    id: Annotated[SourceId, Field(pattern=_SLUG, examples=["id: example-newsroom"])]
    publisher: Annotated[str, Field(min_length=1, examples=["publisher: Example Mining plc"])]
    title: Annotated[str, Field(min_length=1, examples=["title: Example Mining press releases"])]
    homepage: Annotated[str | None, Field(examples=["homepage: https://example.org/"])] = None
    kind: Annotated[SourceKind, Field(examples=["kind: company"])]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$", examples=["language: en"])]
    country: Annotated[str | None, Field(pattern=r"^([A-Z]{2}|EU)$", examples=["country: JP"])] = (
        None
    )
    desks: Annotated[tuple[Desk, ...], Field(min_length=1, examples=["desks: [mining-metals]"])]
    channels: Annotated[
        tuple[Channel, ...],
        Field(min_length=1, examples=["channels: [{type: rss, url: https://example.org/feed}]"]),
    ]
    keep_days: Annotated[int | None, Field(ge=0, examples=["keep_days: 30"])] = None
    terms: Annotated[
        str, Field(min_length=10, examples=["terms: Text CC BY 4.0; see example.org/terms"])
    ]
    expected: Annotated[Expected, Field(examples=["expected: {min: 0.5, max: 40}"])]
    fetch: Annotated[Literal["page", "feed"], Field(examples=["fetch: page"])] = "page"
    robots: Annotated[bool, Field(examples=["robots: true"])] = True
    rate: Annotated[float, Field(gt=0, le=60_000, examples=["rate: 20"])] = 20.0
    allow_private_addresses: bool = False
    valid_from: Annotated[date | None, Field(examples=["valid_from: 2026-01-01"])] = None
    valid_until: Annotated[date | None, Field(examples=["valid_until: 2026-12-31"])] = None
    verified: Annotated[Literal["never"] | date, Field(examples=["verified: never"])] = "never"
    notes: str = ""

    @model_validator(mode="after")
    def _coherent(self) -> SourceDefinition:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until must not be before valid_from")
        addresses = [channel.address for channel in self.channels]
        if len(set(addresses)) != len(addresses):
            raise ValueError("two channels have the same address")
        return self

    def active_on(self, day: date) -> bool:
        """Tell whether the definition holds on ``day`` (bounds inclusive)."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


_CHANNELS: TypeAdapter[AnyChannel] = TypeAdapter(Channel)


def channel_of(type_: str, address: str) -> AnyChannel:
    """Build one channel of a known type from its address or path; raises ConfigError."""
    key = {"folder": "path", "warc": "path", "gdelt": "query", "federal_register": "term"}.get(
        type_, "url"
    )
    try:
        return _CHANNELS.validate_python({"type": type_, key: address})
    except ValidationError as error:
        reason = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise ConfigError(
            f"{address}: not a channel of type {type_}: {reason}.",
            hint="Give a full address such as https://example.org/feed.xml.",
        ) from error


def load_source(file: Path) -> SourceDefinition:
    """Read one source.yml. Raises ConfigError naming the file, the key and what to write."""
    table = read_yaml(file)
    try:
        return SourceDefinition.model_validate(_with_absolute_paths(table, file.parent))
    except ValidationError as error:
        raise config_error(file, error, SourceDefinition) from error


def _with_absolute_paths(table: dict[str, Any], folder: Path) -> dict[str, Any]:
    channels = table.get("channels")
    if not isinstance(channels, list):
        return table
    placed = [
        {**channel, "path": str((folder / channel["path"]).resolve())}
        if isinstance(channel, dict) and isinstance(channel.get("path"), str)
        else channel
        for channel in channels
    ]
    return {**table, "channels": placed}


def load_sources(*folders: Path, shipped: bool = True) -> tuple[SourceDefinition, ...]:
    """Read ``*/source.yml`` of the shipped sources and of each folder, sorted by id.

    A source in a later folder replaces a shipped one of the same id. Folders that do not exist
    count as empty. Raises ConfigError for a wrong file, or an id used twice in one folder.
    """
    found: dict[str, SourceDefinition] = {}
    for folder in (SHIPPED_SOURCES, *folders) if shipped else folders:
        found.update(_load_folder(folder))
    return tuple(found[id_] for id_ in sorted(found))


def _load_folder(folder: Path) -> dict[str, SourceDefinition]:
    found: dict[str, SourceDefinition] = {}
    files: dict[str, Path] = {}
    for file in sorted(folder.glob(f"*/{SOURCE_FILE}")):
        source = load_source(file)
        if source.id in found:
            raise ConfigError(
                f"{file}: id: {source.id!r} is already used by {files[source.id]}.",
                hint="Give each source an id of its own.",
            )
        found[source.id], files[source.id] = source, file
    return found


def source_yaml(source: SourceDefinition) -> str:
    """Return the text of a source.yml that loads as ``source``; defaults are left out."""
    import yaml

    told = source.model_dump(mode="json", exclude_defaults=True)
    return str(
        yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=96, default_flow_style=None)
    )


def select_sources(desk: DeskConfig, *, day: date) -> tuple[SourceDefinition, ...]:
    """Return the sources a desk reads on ``day``, sorted by id.

    A source is taken when it is included (by its id), not excluded, valid on the day, and serves
    one of the desk's topics. Raises ConfigError when include or exclude name an unknown source.
    """
    known = load_sources(*desk.source_folders, shipped=desk.sources.shipped)
    _check_names(desk, known)
    chosen = (source for source in known if source.active_on(day))
    if desk.sources.include:
        chosen = (source for source in chosen if source.id in desk.sources.include)
    else:
        chosen = (source for source in chosen if set(source.desks) & set(desk.desks))
    return tuple(source for source in chosen if source.id not in desk.sources.exclude)


def _check_names(desk: DeskConfig, known: Iterable[SourceDefinition]) -> None:
    ids = {str(source.id) for source in known}
    for key in ("include", "exclude"):
        for name in getattr(desk.sources, key):
            if name not in ids:
                raise ConfigError(
                    f"{desk.root / 'desk.toml'}: sources.{key}: there is no source {name!r}.",
                    hint="Run `lodewire sources list` to see the ids.",
                )
