"""Options and steps that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger
    from lodewire.workbench.progress import Progress

F = TypeVar("F", bound=Callable[..., Any])


def desk_option(command: F) -> F:
    """Add ``--desk FOLDER`` (or LODEWIRE_DESK): where desk.toml lies."""
    return click.option(
        "--desk",
        "-d",
        "folder",
        type=click.Path(path_type=Path, file_okay=True),
        default=Path(),
        envvar="LODEWIRE_DESK",
        show_envvar=True,
        help="Folder of the desk (where desk.toml lies). Default: this folder.",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(command)


def reader_option(default: str | None, told: str) -> Callable[[F], F]:
    """Add ``--reader frames|llm``; ``told`` says what holds without it."""

    def add(command: F) -> F:
        return click.option(
            "--reader",
            type=click.Choice(["frames", "llm"]),
            default=default,
            help="Who finds the events: the grammar's frames, or the language model of [model] in "
            f"desk.toml. Default: {told}.",
        )(command)

    return add


class Moment(click.ParamType[datetime]):
    """An ISO instant with its offset, or a day."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Parse; a time without offset is refused, since it says no instant."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no ISO time; write 2025-03-28T21:00:00+00:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no offset; add Z or +00:00", param, ctx)
        return moment.astimezone(UTC)


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write 2025-03-28", param, ctx)


class PastMoment(Moment):
    """A moment of the past: without an offset it is UTC, a day alone its beginning."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Parse; UTC is what the ledger keeps its times in."""
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no ISO time; write 2025-03-01T12:00", param, ctx)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def as_of_option(command: F) -> F:
    """Add ``--as-of TIME``: tell what was known then."""
    return click.option(
        "--as-of",
        type=PastMoment(),
        default=None,
        metavar="TIME",
        help="Tell what was known at this moment, in UTC: 2025-03-01T12:00. A day alone is its "
        "beginning.",
    )(command)


def now_option(command: F) -> F:
    """Add ``--now TIME``: the instant the run believes it is, for replays and tests."""
    return click.option(
        "--now", type=Moment(), default=None, hidden=True, envvar="LODEWIRE_NOW", metavar="TIME"
    )(command)


def author_option(command: F) -> F:
    """Add ``--author NAME`` (or LODEWIRE_AUTHOR): who decides."""
    return click.option(
        "--author",
        envvar="LODEWIRE_AUTHOR",
        show_envvar=True,
        default=None,
        metavar="NAME",
        help="Who decides; it stands in the corrections. Default: the name of the desk.",
    )(command)


def workers_option(command: F) -> F:
    """Add ``--workers N``."""
    return click.option(
        "--workers",
        "-w",
        type=click.IntRange(1, 256),
        default=None,
        help="Processes that read pages. Default: one a core.",
    )(command)


def executor_option(command: F) -> F:
    """Add ``--executor dask://HOST:PORT``."""
    return click.option(
        "--executor",
        "engine",
        metavar="dask://HOST:PORT",
        default=None,
        envvar="LODEWIRE_EXECUTOR",
        show_envvar=True,
        help="Let the workers of a dask scheduler read. Default: processes of this machine.",
    )(command)


def instant(now: datetime | None) -> datetime:
    """The instant given, or this one, in whole seconds."""
    return now or datetime.now(UTC).replace(microsecond=0)


@contextmanager
def open_desk(
    folder: Path, *, create: bool = False, as_of: datetime | None = None
) -> Iterator[tuple[DeskConfig, Ledger]]:
    """Load desk.toml and open its ledger, as it is or as it was known at a moment."""
    from lodewire.config.desk import load_desk
    from lodewire.ledger import open_ledger

    desk = load_desk(folder)
    with open_ledger(desk.ledger_place, create=create) as ledger:
        yield desk, (ledger if as_of is None else ledger.as_of(as_of))


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Draw the steps of a run on standard error; silent when that is no terminal."""
    from lodewire.cli.printing import console
    from lodewire.workbench.progress import silent

    screen = console(stderr=True)
    if quiet or not screen.is_terminal:
        yield silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:>12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int | None = None) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show


def empty_ledger_words(folder: Path) -> str:
    """Return what to do about a ledger that holds no documents yet."""
    return f"The ledger is empty. Collect and read: lodewire run --desk {folder}"
