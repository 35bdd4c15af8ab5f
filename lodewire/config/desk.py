"""desk.toml: what a person decides about their desk. Nothing here touches disk but load_desk."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from lodewire.config.channels import CHANNELS_TOML, ChannelsChoice
from lodewire.config.model import ModelChoice
from lodewire.config.newsletter import NewsletterChoice
from lodewire.config.official import OfficialChoice
from lodewire.config.problems import config_error
from lodewire.config.reports import ReportsChoice
from lodewire.config.schedule import SCHEDULE_TOML, ScheduleChoice
from lodewire.config.tiers import TIERS_TOML, AccountChoice, TierChoice
from lodewire.config.zones import checked_zone
from lodewire.errors import ConfigError
from lodewire.model.vocabulary import Desk, EventType

DESK_FILE = "desk.toml"

_LANGUAGE = re.compile(r"[a-z]{2}")
_ADDRESS = re.compile(r"postgres(ql)?(\+\w+)?://")
_DATABASE_LINE = re.compile(
    r"^database\s*=\s*(\"[^\"\n]*\"|'[^'\n]*')(?P<comment>[ \t]*#[^\n]*)?", re.MULTILINE
)
_CONTACT = re.compile(r"(https?://\S+|[^@\s<>()]+@[^@\s<>()]+\.[^@\s<>()]+)")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CollectLimits(_Part):
    """Bounds of one collecting run. Sizes in megabytes (10^6 bytes), times in seconds."""

    concurrency: Annotated[int, Field(ge=1, le=64, examples=["concurrency = 8"])] = 8
    per_host: Annotated[int, Field(ge=1, le=8, examples=["per_host = 1"])] = 1
    min_delay_seconds: Annotated[float, Field(ge=0, examples=["min_delay_seconds = 1.0"])] = 1.0
    timeout_seconds: Annotated[float, Field(gt=0, le=600, examples=["timeout_seconds = 30"])] = 30.0
    max_body_mb: Annotated[float, Field(gt=0, le=500, examples=["max_body_mb = 10"])] = 10.0
    max_redirects: Annotated[int, Field(ge=0, le=20, examples=["max_redirects = 5"])] = 5
    retries: Annotated[int, Field(ge=0, le=5, examples=["retries = 2"])] = 2
    max_wait_seconds: Annotated[float, Field(ge=0, examples=["max_wait_seconds = 30"])] = 30.0
    max_new_entries: Annotated[int, Field(ge=1, examples=["max_new_entries = 200"])] = 200
    max_age_days: Annotated[int, Field(ge=1, examples=["max_age_days = 30"])] = 30


class SourceChoice(_Part):
    """Which sources a desk reads.

    ``include`` and ``exclude`` hold source ids; an empty ``include`` takes all.
    ``folders`` are searched for ``*/source.yml``, relative to the desk.
    """

    shipped: bool = True
    include: Annotated[tuple[str, ...], Field(examples=['include = ["iea", "usgs"]'])] = ()
    exclude: Annotated[tuple[str, ...], Field(examples=['exclude = ["un-news"]'])] = ()
    folders: Annotated[tuple[str, ...], Field(examples=['folders = ["sources"]'])] = ("sources",)


class RelevanceGate(_Part):
    """Documents scored under ``gate`` (0..1) are kept but not read for events."""

    gate: Annotated[float, Field(ge=0, le=1, examples=["gate = 0.3"])] = 0.3


class BriefChoice(_Part):
    """How the day is told; ``base_url`` is where the site is served, if it is.

    ``publishing``: a composed brief is published at once, or when an editor says so.
    """

    title: Annotated[str, Field(min_length=1, examples=['title = "Top Insights"'])] = "Top Insights"
    base_url: Annotated[str, Field(examples=['base_url = "https://desk.example.org"'])] = ""
    entries_a_desk: Annotated[int, Field(ge=1, le=100, examples=["entries_a_desk = 8"])] = 8
    output: Annotated[str, Field(min_length=1, examples=['output = "briefs"'])] = "briefs"
    publishing: Annotated[
        Literal["automatic", "editor"], Field(examples=['publishing = "editor"'])
    ] = "automatic"

    @field_validator("base_url")
    @classmethod
    def _base_url(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
            raise ValueError("must be empty or start with https:// or http://")
        return value.rstrip("/")


_Days = Annotated[int, Field(ge=1, le=36500)]


class LifeChoice(_Part):
    """After how many days without news a happening counts as stale, by event type.

    ``talks`` while it is rumoured, announced or suspended; ``pending`` from the agreement on. Types
    that are not named keep the span of the ontology.
    """

    talks: Annotated[dict[EventType, _Days], Field(examples=["talks = { acquisition = 120 }"])] = {}
    pending: Annotated[
        dict[EventType, _Days], Field(examples=["pending = { supply_agreement = 540 }"])
    ] = {}


_Score = Annotated[float, Field(ge=0, le=1)]


class OwnChoice(_Part):
    """How events are held against the user's own table (`lodewire own`).

    ``country`` is where the goods are imported to, ISO 3166-1 alpha-2. ``threshold`` is the score
    from which an event is alerted, ``thresholds`` that of single commodities or groups of them.
    """

    country: Annotated[str, Field(examples=['country = "JP"'])] = ""
    folder: Annotated[str, Field(min_length=1, examples=['folder = "own"'])] = "own"
    threshold: Annotated[_Score, Field(examples=["threshold = 0.4"])] = 0.4
    thresholds: Annotated[
        dict[str, _Score], Field(examples=["thresholds = { dysprosium = 0.2 }"])
    ] = {}

    @field_validator("country")
    @classmethod
    def _country(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Z]{2}", value):
            raise ValueError("must be empty or a two-letter ISO 3166-1 code in capitals")
        return value


class DeskConfig(_Part):
    """One desk. Relative paths are relative to ``root``, the folder of desk.toml."""

    root: Path
    name: Annotated[str, Field(min_length=1, max_length=120, examples=['name = "Metals desk"'])] = (
        "My desk"
    )
    language: Annotated[str, Field(examples=['language = "en"'])] = "en"
    timezone: Annotated[str, Field(examples=['timezone = "Europe/London"'])] = "UTC"
    contact: Annotated[str, Field(examples=['contact = "editor@example.org"'])] = ""
    database: Annotated[str, Field(min_length=1, examples=['database = "desk.db"'])] = "desk.db"
    desks: Annotated[tuple[Desk, ...], Field(examples=['desks = ["mining-metals"]'])] = tuple(Desk)
    sample: Annotated[bool, Field(examples=["sample = false"])] = False
    reader: Annotated[Literal["frames", "llm"], Field(examples=['reader = "frames"'])] = "frames"
    collect: CollectLimits = CollectLimits()
    sources: SourceChoice = SourceChoice()
    relevance: RelevanceGate = RelevanceGate()
    brief: BriefChoice = BriefChoice()
    life: LifeChoice = LifeChoice()
    own: OwnChoice = OwnChoice()
    model: ModelChoice = ModelChoice()
    official: OfficialChoice = OfficialChoice()
    newsletter: NewsletterChoice = NewsletterChoice()
    tiers: TierChoice = TierChoice()
    accounts: AccountChoice = AccountChoice()
    reports: ReportsChoice = ReportsChoice()
    channels: ChannelsChoice = ChannelsChoice()
    schedule: ScheduleChoice = ScheduleChoice()

    @field_validator("database")
    @classmethod
    def _database(cls, value: str) -> str:
        if "://" in value and not _ADDRESS.match(value):
            raise ValueError("must be the path of a file or start with postgresql://")
        return value

    @field_validator("language")
    @classmethod
    def _language(cls, value: str) -> str:
        if not _LANGUAGE.fullmatch(value):
            raise ValueError("must be a two-letter ISO 639-1 code in lower case")
        return value

    @field_validator("timezone")
    @classmethod
    def _timezone(cls, value: str) -> str:
        return checked_zone(value)

    @field_validator("contact")
    @classmethod
    def _contact(cls, value: str) -> str:
        if value and not _CONTACT.fullmatch(value):
            raise ValueError("must be empty, an e-mail address or a web address")
        return value

    @field_validator("desks")
    @classmethod
    def _desks(cls, value: tuple[Desk, ...]) -> tuple[Desk, ...]:
        if not value:
            raise ValueError("must name at least one desk, or be left out for all nine")
        return tuple(dict.fromkeys(value))

    @property
    def database_path(self) -> Path:
        """Where the ledger lies when it is a file, absolute; see :attr:`ledger_place`."""
        return (self.root / self.database).resolve()

    @property
    def ledger_place(self) -> str:
        """What `open_ledger` takes: an absolute path, or the URL of a PostgreSQL database."""
        return self.database if _ADDRESS.match(self.database) else str(self.database_path)

    @property
    def output_path(self) -> Path:
        """The folder that briefs are written to, absolute."""
        return (self.root / self.brief.output).resolve()

    @property
    def model_path(self) -> Path:
        """The folder of the model reader's answers and costs, absolute."""
        return (self.root / self.model.folder).resolve()

    @property
    def official_path(self) -> Path:
        """The folder of the tables fetched from official services, absolute."""
        return (self.root / self.official.folder).resolve()

    @property
    def newsletter_path(self) -> Path:
        """The folder that the file messenger writes to, absolute."""
        return (self.root / self.newsletter.folder).resolve()

    @property
    def sending_path(self) -> Path:
        """Where senders of the newsletter note what they do while they send."""
        return self.root / "sending"

    @property
    def reports_path(self) -> Path:
        """The folder that reports are kept in and shown from, absolute."""
        return (self.root / self.reports.folder).resolve()

    @property
    def own_path(self) -> Path:
        """The folder of the user's own tables, absolute; nothing of it is ever published."""
        return (self.root / self.own.folder).resolve()

    @property
    def source_folders(self) -> tuple[Path, ...]:
        """The desk's own source folders, absolute; they need not exist."""
        return tuple((self.root / folder).resolve() for folder in self.sources.folders)


def load_desk(path: Path) -> DeskConfig:
    """Read a desk from its folder or its desk.toml.

    Raises ConfigError naming the file, the key, what is wrong and what to write.
    """
    file = path / DESK_FILE if path.is_dir() else path
    table = _read_toml(file)
    if "root" in table:
        raise ConfigError(
            f"{file}: root: there is no such key; the folder of the file is the root.",
            hint=f"Take the line out of {file}.",
        )
    try:
        return DeskConfig.model_validate({**table, "root": file.parent.resolve()})
    except ValidationError as error:
        raise config_error(file, error, DeskConfig) from error


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(
            f"{file}: there is no desk here.",
            hint="Run `lodewire init FOLDER` to make one, or name its folder with --desk.",
        ) from None
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read: {error.strerror or error}.",
            hint="Check the path and the permissions of the file.",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{file}: byte {error.start} is not UTF-8.", hint="Save the file as UTF-8."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{file}: not valid TOML: {error}.",
            hint='A line reads key = value; texts stand in double quotes: name = "Metals desk".',
        ) from error


def default_desk_toml(name: str) -> str:
    """Return the commented desk.toml that `lodewire init` writes; it loads as it stands."""
    return (
        (_TEMPLATE + TIERS_TOML + CHANNELS_TOML + SCHEDULE_TOML)
        .replace("@NAME@", _toml_string(name))
        .replace("@DESKS@", "".join(f'#   "{desk.value}",\n' for desk in Desk))
    )


def with_database(text: str, database: str) -> str:
    """Return the text of a desk.toml in which ``database`` is another; all else stays as it is."""
    line = f"database = {_toml_string(database)}"
    found = re.search(r"^\s*\[", text, re.MULTILINE)  # the first table: keys of the desk end
    at = found.start() if found else len(text)
    head, rest = text[:at], text[at:]
    if _DATABASE_LINE.search(head):
        head = _DATABASE_LINE.sub(lambda found: line + (found["comment"] or ""), head, count=1)
    else:
        head = f"{head.rstrip()}\n{line}\n\n" if head.strip() else f"{line}\n"
    return head + rest


def _toml_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
    )


_TEMPLATE = """\
# A Lodewire desk. Every key may be left out; what is commented shows the default.
# Paths are relative to the folder of this file.

name = @NAME@
language = "en"              # of the brief, ISO 639-1
timezone = "UTC"             # decides where a day begins, e.g. "Asia/Tokyo"
database = "desk.db"         # a file, or postgresql://user@host/name (docs/guides/keeping.md)

# Sent to every site we read, so that its owner can reach you. Please fill it in.
contact = ""                 # e-mail or web address, e.g. "editor@example.org"

# Who finds the events: "frames" (the grammar, needs no model) or "llm" (see [model]).
reader = "frames"

# Topics of the brief, in order. All nine when left out:
# desks = [
@DESKS@# ]

[sources]
shipped = true               # read the public sources that come with Lodewire
include = []                 # only these source ids; empty: all
exclude = []                 # never these
folders = ["sources"]        # your own: sources/<publisher>/source.yml

[collect]
concurrency = 8              # sources read at once
per_host = 1                 # requests at once to one host
min_delay_seconds = 1.0      # between two requests to one host, at least
timeout_seconds = 30         # for one page, redirects included
max_body_mb = 10             # decompressed size of one page or feed
max_redirects = 5
retries = 2                  # after 429, 502, 503, 504 and dropped connections
max_wait_seconds = 30        # longest Retry-After we wait for inside a run
max_new_entries = 200        # new entries taken from one feed in one run
max_age_days = 30            # older entries of a feed are left out

[relevance]
gate = 0.3                   # 0..1: documents under it are kept, not read for events

[brief]
title = "Top Insights"
base_url = ""                # where the site is served, e.g. "https://desk.example.org"
entries_a_desk = 8           # events shown for one topic; the rest is counted
output = "briefs"            # folder for brief files
publishing = "automatic"     # "editor": a brief is a draft until an editor publishes it

[life]                       # days without news after which a deal or measure counts as stale
# talks = { acquisition = 120 }        # while rumoured, announced or suspended
# pending = { supply_agreement = 540 } # from the agreement until in force or closed

[own]                        # what you buy: lodewire own, docs/guides/own-exposure.md
country = ""                 # where you import to, e.g. "JP"
folder = "own"               # your tables; they never leave this folder
threshold = 0.4              # 0..1: events from this score on are alerted
# thresholds = { dysprosium = 0.2, rare-earths = 0.3 }   # of single materials or groups

[model]                      # for reader = "llm" only; docs/guides/model-reader.md
endpoint = ""                # e.g. "http://127.0.0.1:8080/v1", before /chat/completions
name = ""                    # the model, as the endpoint calls it
key_env = ""                 # environment variable that holds the key, where one is needed
allow_private_addresses = false   # true for a model on this machine or your own network
timeout_seconds = 120        # for one answer
retries = 3                  # after 429, 5xx, time-outs and dropped connections
concurrency = 2              # questions asked at once
part_characters = 12000      # longer texts are asked about in parts, by paragraphs
max_output_tokens = 4000     # of one answer
max_tokens_run = 1000000     # in and out together; then the frames take over
max_tokens_day = 3000000     # a day is that of UTC
# price_in = 0.15            # per million tokens, as your provider tells them
# price_out = 0.60
currency = "USD"
# max_cost_run = 1.00        # needs both prices
# max_cost_day = 5.00
folder = "model"             # answers kept, costs, what was quarantined

[official]                   # `lodewire figures fetch`; docs/guides/official-figures.md
folder = "official"          # tables fetched from official services
timeout_seconds = 180        # for one answer, redirects included
max_body_mb = 200            # decompressed size of one answer
max_wait_seconds = 60        # longest Retry-After we wait for inside a fetch
# [official.services.fred]   # a service of its own: key, series, address
# key_env = "FRED_API_KEY"   # environment variable that holds the key
# series = ["PALUMUSDM"]

[newsletter]                 # lodewire subscribers, lodewire campaign; docs/guides/newsletter.md
messenger = "file"           # "file": .eml into folder; "smtp": sent
folder = "outbox"
sender = ""                  # address that mail comes from; default: contact
bounces = ""                 # address that failures come back to; default: sender
wording = "1"                # version of the words that people consent to
host = ""                    # of the SMTP server
port = 587
security = "starttls"        # or "tls" (port 465); "none" for a server on this machine only
user = ""
password_env = "LODEWIRE_SMTP_PASSWORD"   # environment variable; never write it here
timeout_seconds = 60         # for one answer of the server
connections = 1              # open at once, each kept for many messages
per_second = 0               # messages at most; 0: as fast as the server takes them
"""
