"""Official services to tables in the desk's folder: asked, read, compared, kept whole or not.

A fetch that fails, is cut off, brings nothing, or would make a table shrink by half changes
nothing; the other services go on. The same answer twice changes nothing either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from lodewire import __version__
from lodewire.collect.fetching import FetchLimits, user_agent
from lodewire.collect.http import GuardedClient
from lodewire.collect.official.asking import Access, Asker
from lodewire.collect.official.services import SERVICES, Gained, Service, Wish
from lodewire.config.desk import DeskConfig
from lodewire.config.official import key_in
from lodewire.errors import ConfigError, LodewireError, ServiceRefused
from lodewire.pipeline.figures_handover import hand_over
from lodewire.pipeline.figures_state import ServiceState, read_state, write_state
from lodewire.reference.fetched import TableForm, merge_rows, read_table, write_table
from lodewire.reference.fetched_changes import Changes
from lodewire.workbench.progress import Progress, silent

T = TypeVar("T")
Client = Callable[[DeskConfig], GuardedClient]

_SMALL = 20  # rows: below it, losing half says nothing
_LOCK = ".fetching"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOutcome:
    """What came of one service: ``changes`` and ``notes``, or the ``error`` with its advice.

    ``handed_over`` says which figures, prices or rates of the desk were written anew from it.
    """

    service: str
    changes: Changes | None = None
    asked: int = 0
    notes: tuple[str, ...] = ()
    handed_over: str = ""
    error: LodewireError | None = None


def service_named(name: str) -> Service:
    """Return a service by its name; raises ConfigError with the names there are."""
    if name in SERVICES:
        return SERVICES[name]
    from difflib import get_close_matches

    near = get_close_matches(name, SERVICES, n=1)
    told = f"Did you mean {near[0]}? " if near else ""
    raise ConfigError(
        f"there is no official service {name!r}.",
        hint=f"{told}There are {', '.join(SERVICES)}.",
    )


def wish_for(
    desk: DeskConfig,
    service: Service,
    *,
    today: date,
    since: date | None = None,
    commodities: Sequence[str] = (),
) -> Wish:
    """Return what is asked of a service: what was named now, else what desk.toml names.

    Raises ConfigError where ``since`` lies ahead, where days or commodities mean nothing to the
    service, and where desk.toml names a service that there is none of.
    """
    if since is not None and since > today:
        raise ConfigError(f"--since {since.isoformat()} lies ahead.", hint="Give a day gone by.")
    if since is not None and "since" not in service.knows:
        raise ConfigError(
            f"{service.name} gives all it has and cannot be asked from a day on.",
            hint="Leave --since out for it.",
        )
    if commodities and "commodities" not in service.knows:
        raise ConfigError(
            f"{service.name} cannot be asked by commodity.", hint="Leave --commodity out for it."
        )
    for name in desk.official.services:
        service_named(name)
    choice = desk.official.of(service.name)
    return Wish(
        today=today,
        since=since,
        commodities=tuple(commodities) or choice.commodities,
        products=() if commodities else choice.products,
        reporters=choice.reporters,
        series=() if commodities else choice.series,
    )


def access_to(desk: DeskConfig, service: Service) -> Access:
    """Return where a service answers for this desk, with the key from the environment."""
    choice = desk.official.of(service.name)
    variable = choice.key_env or service.key_env
    delay = service.min_delay if choice.rate is None else 60.0 / choice.rate
    return Access(
        service=service.name,
        endpoint=choice.endpoint or service.endpoint,
        key=key_in(variable) if variable else None,
        key_from=variable,
        key_page=service.key_page,
        robots=choice.robots,
        allow_private=choice.allow_private_addresses,
        min_delay=delay,
    )


def open_client(desk: DeskConfig) -> GuardedClient:
    """Return the guarded client with the limits of [official] in desk.toml."""
    official = desk.official
    limits = FetchLimits(
        total_seconds=official.timeout_seconds,
        max_body=int(official.max_body_mb * 1_000_000),
        max_redirects=desk.collect.max_redirects,
        retries=desk.collect.retries,
        max_wait_seconds=official.max_wait_seconds,
        min_delay=0.0,  # each service's own pace holds
    )
    return GuardedClient(user_agent=user_agent(__version__, desk.contact), limits=limits)


def fetch_services(
    desk: DeskConfig,
    wishes: Sequence[tuple[Service, Wish]],
    *,
    now: datetime,
    accept_shrunk: bool = False,
    progress: Progress = silent,
    client: Client = open_client,
) -> Iterator[FetchOutcome]:
    """Fetch each service in turn and keep what came; a failure is told, and the others go on."""
    with _only_one(desk.official_path):
        for service, wish in wishes:
            state = read_state(desk.official_path, service.name)
            try:
                yield _fetch(desk, service, wish, state, now, accept_shrunk, progress, client)
            except LodewireError as error:
                write_state(desk.official_path, state.failed(now, error.message))
                yield FetchOutcome(service=service.name, error=error)


def _fetch(
    desk: DeskConfig,
    service: Service,
    wish: Wish,
    state: ServiceState,
    now: datetime,
    accept_shrunk: bool,
    progress: Progress,
    client: Client,
) -> FetchOutcome:
    access = access_to(desk, service)
    if not access.endpoint:
        raise ConfigError(
            f"{service.name}: desk.toml names no endpoint for it.",
            hint=f'Write endpoint = "https://…" under [official.services.{service.name}].',
        )
    if service.key_needed and access.key is None:
        raise ConfigError(
            f"{service.name}: the environment variable {access.key_from} holds no key.",
            hint=f"Get one at {service.key_page}, then export {access.key_from}=…",
        )
    old = read_table(desk.official_path, service.name, service.form)

    async def ask() -> tuple[Gained[Any], int]:
        async with client(desk) as opened:
            asker = Asker(opened, access, on_answer=lambda count, _: progress(service.name, count))
            return await service.fetch(asker, wish), asker.asked

    gained, asked = asyncio.run(ask())
    rows, changes = kept_rows(service, old, gained, accept_shrunk=accept_shrunk)
    told = ""
    if changes:
        # First what follows from it: killed in between, the next fetch does both again.
        told = hand_over(desk, service.name, rows)
        write_table(desk.official_path, service.name, service.form, rows)
    write_state(desk.official_path, state.succeeded(now, len(rows), changed=bool(changes)))
    return FetchOutcome(
        service=service.name, changes=changes, asked=asked, notes=gained.notes, handed_over=told
    )


def kept_rows(
    service: Service, old: tuple[T, ...], gained: Gained[T], *, accept_shrunk: bool
) -> tuple[tuple[T, ...], Changes]:
    """Return the rows that hold now, and what changed.

    Raises ServiceRefused for an answer without rows, and for one that would take away more than
    half of the rows it speaks for.
    """
    if not gained.rows:
        raise ServiceRefused(
            f"{service.name}: the answer holds no rows for what was asked",
            hint="What was fetched before stays. See what is asked with --dry-run.",
        )
    form: TableForm[T] = service.form
    rows, changes = merge_rows(old, gained.rows, form, covers=gained.covers)
    spoken_for = sum(1 for row in old if gained.covers(row))
    if spoken_for > _SMALL and changes.gone * 2 > spoken_for and not accept_shrunk:
        raise ServiceRefused(
            f"{service.name}: {changes.gone:,} of {spoken_for:,} rows are missing from the answer",
            hint="What was fetched before stays. If the service dropped them, add --accept-shrunk.",
        )
    return rows, changes


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Hold the folder for one fetch at a time: two would each forget what the other brought."""
    import fcntl

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("wb")
    except OSError as error:
        raise ConfigError(
            f"{folder}: cannot be written: {error.strerror or error}.",
            hint="Check the permissions of the folder.",
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigError(
                f"{folder}: another fetch is under way.", hint="Wait until it is done."
            ) from None
        yield


def planned(desk: DeskConfig, service: Service, wish: Wish) -> tuple[str, ...]:
    """Return the addresses a fetch would ask first, without any key in them."""
    access = access_to(desk, service)
    asker = Asker(open_client(desk), access)
    return tuple(
        asker.address(query) + _content(query.content)
        for query in service.queries(wish, with_key=access.key is not None)
    )


def _content(content: bytes | None) -> str:
    return "" if content is None else f"  {content.decode('utf-8')}"


def states(desk: DeskConfig) -> tuple[tuple[Service, ServiceState], ...]:
    """Return every service with how it did."""
    return tuple((s, read_state(desk.official_path, s.name)) for s in SERVICES.values())


def table_of(desk: DeskConfig, name: str) -> tuple[Any, ...]:
    """Return the rows fetched from a service; empty where it was never asked."""
    service = service_named(name)
    return read_table(desk.official_path, service.name, service.form)


def all_services(desk: DeskConfig) -> list[Service]:
    """Return the services that can be asked: with an endpoint, and a key where one is needed."""
    asked = ((service, access_to(desk, service)) for service in SERVICES.values())
    return [
        service
        for service, access in asked
        if access.endpoint and (access.key is not None or not service.key_needed)
    ]
