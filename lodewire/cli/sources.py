"""``lodewire sources``: list, add, test, health."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import desk_option, instant, json_option, now_option, open_desk

if TYPE_CHECKING:
    from lodewire.collect.health import Health
    from lodewire.collect.trial import SourceTrial
    from lodewire.config.desk import DeskConfig
    from lodewire.config.source import SourceDefinition
    from lodewire.ledger.store import Ledger

_WATCHED_DAYS = 60


@click.group(name="sources")
def command() -> None:
    """List, add, test and watch the sources of a desk."""


def chosen_sources(
    desk: DeskConfig, only: Sequence[str], *, day: date
) -> tuple[SourceDefinition, ...]:
    """Return the desk's sources of ``day``, or those named in ``only``."""
    from lodewire.config.source import select_sources
    from lodewire.errors import ConfigError

    sources = select_sources(desk, day=day)
    if not only:
        return sources
    known = {str(s.id): s for s in sources}
    for name in only:
        if name not in known:
            raise ConfigError(
                f"there is no source {name!r} on this desk.", hint="Run `lodewire sources list`."
            )
    return tuple(known[name] for name in only)


@command.command("list")
@desk_option
@json_option
@now_option
def list_(folder: Path, as_json: bool, now: datetime | None) -> None:
    """List the desk's sources: who, what kind, where, since when verified."""
    from lodewire.config.desk import load_desk

    desk = load_desk(folder)
    sources = chosen_sources(desk, (), day=instant(now).date())
    verified = _verified(desk)
    if as_json:
        told = [
            {**s.model_dump(mode="json"), "verified": verified.get(s.id) or str(s.verified)}
            for s in sources
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    if not sources:
        click.echo("This desk has no sources. Add one: lodewire sources add https://…/feed.xml")
        return
    from rich.table import Table

    from lodewire.cli.printing import console

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in ("id", "publisher", "kind", "lang", "channels", "verified here"):
        table.add_column(head, overflow="fold")
    for source in sources:
        channels = ", ".join(sorted({c.type for c in source.channels}))
        table.add_row(
            source.id,
            source.publisher,
            source.kind.value,
            source.language,
            channels,
            verified.get(source.id, "never"),
        )
    console().print(table)
    click.echo(f"{len(sources)} sources. `lodewire sources test` sees which answer from here.")


def _verified(desk: DeskConfig) -> dict[str, str]:
    """The day on which each source was first seen to answer on this machine."""
    from lodewire.ledger import open_ledger

    if not desk.database_path.exists():
        return {}
    with open_ledger(desk.database_path) as ledger:
        return {
            str(s.source_id): s.verified_at.date().isoformat()
            for s in ledger.sources.states()
            if s.verified_at is not None
        }


@command.command("add")
@click.argument("what", metavar="URL|OPML")
@desk_option
@click.option("--id", "id_", help="Short name. Default: from the address.")
@click.option("--publisher", help="Who publishes it. Default: the host.")
@click.option("--kind", default="trade_press", show_default=True)
@click.option("--language", default="en", show_default=True)
@click.option("--topic", "topics", multiple=True, help="Desk it serves; may be repeated.")
@click.option("--terms", help="Licence or terms note: what you may do with its text.")
@click.option(
    "--type",
    "type_",
    type=click.Choice(["feed", "news_sitemap", "page"]),
    default="feed",
    show_default=True,
)
def add(
    what: str,
    folder: Path,
    id_: str | None,
    publisher: str | None,
    kind: str,
    language: str,
    topics: tuple[str, ...],
    terms: str | None,
    type_: str,
) -> None:
    """Add a feed, sitemap or page by its address, or all feeds of an OPML file.

    \b
    Examples:
      lodewire sources add https://example.org/feed.xml --publisher "Example Metals"
      lodewire sources add feeds.opml
    """
    from lodewire.config.desk import load_desk
    from lodewire.model.vocabulary import Desk, SourceKind

    desk = load_desk(folder)
    desks = tuple(Desk(t) for t in topics) or (Desk.BUSINESS_POLITICS,)
    target = desk.source_folders[0]
    if what.startswith(("http://", "https://")):
        told = [_definition(what, id_, publisher, kind, language, desks, terms, type_)]
    else:
        told = _from_opml(Path(what), desk, desks, SourceKind(kind), language)
    for name, text in told:
        file = target / name / "source.yml"
        _write_new(file, text)
        click.echo(f"Added {name}: {file}")
    click.echo("Look at the terms note and the expected entries a day in each file, then run")
    click.echo(f"  lodewire sources test {' '.join(name for name, _ in told[:3])} --desk {folder}")


def _write_new(file: Path, text: str) -> None:
    from lodewire.errors import ConfigError

    if file.exists():
        raise ConfigError(f"{file} is there already.", hint="Edit it, or choose another --id.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror or error}.") from error


def _definition(
    url: str,
    id_: str | None,
    publisher: str | None,
    kind: str,
    language: str,
    desks: tuple[Any, ...],
    terms: str | None,
    type_: str,
) -> tuple[str, str]:
    import re
    from urllib.parse import urlsplit

    from pydantic import ValidationError

    from lodewire.config.source import SourceDefinition, source_yaml
    from lodewire.errors import ConfigError

    host = (urlsplit(url).hostname or "source").removeprefix("www.")
    name = id_ or re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")
    try:
        source = SourceDefinition.model_validate(
            {
                "id": name,
                "publisher": publisher or host,
                "title": f"{publisher or host} {type_.replace('_', ' ')}",
                "kind": kind,
                "language": language,
                "desks": list(desks),
                "channels": [{"type": type_, "url": url}],
                "terms": terms or "Not looked up: read the publisher's terms before you publish.",
                "expected": {"min": 0, "max": 200},
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(
            f"{'.'.join(str(p) for p in first['loc'])}: {first['msg']}",
            hint="See `lodewire sources add --help`.",
        ) from error
    return name, source_yaml(source)


def _from_opml(
    file: Path, desk: DeskConfig, desks: tuple[Any, ...], kind: Any, language: str
) -> list[tuple[str, str]]:
    from lodewire.collect.opml import import_opml
    from lodewire.config.source import load_sources
    from lodewire.errors import ConfigError

    try:
        body = file.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{file}: cannot be read: {error.strerror or error}.",
            hint="Give a web address with http:// or https://, or an OPML file.",
        ) from error
    known = load_sources(*desk.source_folders, shipped=desk.sources.shipped)
    taken = frozenset(str(s.id) for s in known)
    found, notes = import_opml(body, taken=taken, desks=desks, kind=kind, language=language)
    for note in notes:
        click.echo(f"  {note}", err=True)
    return [(str(i.source.id), i.yaml) for i in found]


@command.command("test")
@click.argument("names", nargs=-1, metavar="[SOURCE]…")
@desk_option
@json_option
@now_option
def test(names: tuple[str, ...], folder: Path, as_json: bool, now: datetime | None) -> None:
    """See which sources answer from this machine, and with what; remembers those that do."""
    import asyncio

    moment = instant(now)
    with open_desk(folder, create=True) as (desk, ledger):
        sources = chosen_sources(desk, names, day=moment.date())
        trials = asyncio.run(_try_all(sources, desk, moment))
        for source, trial in zip(sources, trials, strict=True):
            if trial.ok:
                _remember(ledger, source, trial, moment)
    if as_json:
        told = [
            {
                "source": t.source_id,
                "ok": t.ok,
                "captures": t.captures,
                "channels": [
                    {"address": c.address, "ok": c.ok, "outcome": c.outcome, "entries": c.entries}
                    for c in t.channels
                ],
                "notes": list(t.notes),
            }
            for t in trials
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for trial in trials:
        _print_trial(trial)
    fine = sum(t.ok for t in trials)
    click.echo(f"{fine} of {len(trials)} sources answer.")


async def _try_all(
    sources: Sequence[SourceDefinition], desk: DeskConfig, now: datetime
) -> list[SourceTrial]:
    import asyncio

    from lodewire import __version__
    from lodewire.collect.fetching import user_agent
    from lodewire.collect.http import GuardedClient
    from lodewire.collect.trial import try_source
    from lodewire.pipeline.collecting import fetch_limits

    agent = user_agent(__version__, desk.contact)
    gate = asyncio.Semaphore(desk.collect.concurrency)
    async with GuardedClient(user_agent=agent, limits=fetch_limits(desk.collect)) as client:

        async def one(source: SourceDefinition) -> SourceTrial:
            async with gate:
                return await try_source(source, client, now=now)

        return list(await asyncio.gather(*(one(s) for s in sources)))


def _remember(ledger: Ledger, source: SourceDefinition, trial: SourceTrial, now: datetime) -> None:
    from lodewire.ledger.sources import SourceState

    for channel in trial.channels:
        ledger.sources.put(
            SourceState(source_id=source.id, url=channel.address, checked_at=now, verified_at=now)
        )


def _print_trial(trial: SourceTrial) -> None:
    click.echo(("ok    " if trial.ok else "FAILS ") + str(trial.source_id))
    for channel in trial.channels:
        newest = f", newest {channel.newest:%Y-%m-%d}" if channel.newest else ""
        click.echo(
            f"        {channel.outcome}: {channel.entries} entries{newest}  {channel.address}"
        )
        if channel.detail:
            click.echo(f"        {channel.detail}")
    for note in trial.notes:
        click.echo(f"        {note}")
    for type_, address in trial.announced:
        click.echo(f"        the site announces a {type_} feed at {address}")


@command.command("health")
@desk_option
@json_option
@now_option
def health(folder: Path, as_json: bool, now: datetime | None) -> None:
    """Say which sources are silent, flooding or failing, and why."""
    moment = instant(now)
    with open_desk(folder) as (desk, ledger):
        sources = chosen_sources(desk, (), day=moment.date())
        judged = [(s, judge(ledger, s, moment)) for s in sources]
    if as_json:
        told = [
            {"source": s.id, "state": h.state.value, "reasons": list(h.reasons)} for s, h in judged
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for source, state in sorted(judged, key=lambda pair: (pair[1].state.value == "ok", pair[0].id)):
        click.echo(f"{state.state.value:9s} {source.id}")
        for reason in state.reasons:
            click.echo(f"          {reason}")


def judge(ledger: Ledger, source: SourceDefinition, now: datetime) -> Health:
    """Judge one source from the ledger's log of fetches."""
    from collections import Counter

    from lodewire.collect.health import judge_health

    log = ledger.sources.fetches(source.id, since=now - timedelta(days=_WATCHED_DAYS))
    counts: Counter[date] = Counter()
    for fetch in log:
        counts[fetch.at.date()] += fetch.fresh
    failures, last_error = 0, ""
    for fetch in reversed(log):
        if fetch.outcome in ("ok", "unchanged"):
            break
        failures += 1
        last_error = last_error or fetch.detail or fetch.outcome
    return judge_health(
        source,
        counts,
        today=now.date(),
        watched_since=log[0].at.date() if log else None,
        failures=failures,
        last_error=last_error,
    )
