"""``lodewire sources``: list, add, test, health."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import (
    desk_option,
    instant,
    json_option,
    now_option,
    open_desk,
    shown_progress,
)
from lodewire.model.vocabulary import Desk, SourceKind

if TYPE_CHECKING:
    from lodewire.collect.health import Health
    from lodewire.collect.trial import SourceTrial
    from lodewire.config.desk import DeskConfig
    from lodewire.config.source import SourceDefinition
    from lodewire.ledger.sources import Fetch
    from lodewire.ledger.store import Ledger
    from lodewire.workbench.progress import Progress

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


@command.command(
    "list",
    epilog="""\b
Examples:
  lodewire sources list --desk ~/metals-desk
  lodewire sources list --json
""",
)
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
        # Ids are copied into other commands: a fold in the middle would break them.
        table.add_column(head, overflow="fold", no_wrap=head == "id")
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
    click.echo(
        f"{len(sources)} sources. `lodewire sources test --desk {folder}` sees which answer "
        "from this machine."
    )


def _verified(desk: DeskConfig) -> dict[str, str]:
    """The day on which each source was first seen to answer on this machine."""
    from lodewire.ledger import open_ledger
    from lodewire.ledger.backend import backend_of

    if not backend_of(desk.ledger_place).exists():
        return {}
    with open_ledger(desk.ledger_place) as ledger:
        return {
            str(s.source_id): s.verified_at.date().isoformat()
            for s in ledger.sources.states()
            if s.verified_at is not None
        }


@command.command(
    "add",
    epilog="""\b
Examples:
  lodewire sources add https://example.org/feed.xml --publisher "Example Metals"
  lodewire sources add https://example.org/ministry/news --type page --kind government
  lodewire sources add feeds.opml --topic mining-metals
""",
)
@click.argument("what", metavar="URL|OPML")
@desk_option
@click.option("--id", "id_", help="Short name. Default: from the address.")
@click.option("--publisher", help="Who publishes it. Default: the host.")
@click.option(
    "--kind",
    type=click.Choice([k.value for k in SourceKind]),
    default=SourceKind.TRADE_PRESS.value,
    show_default=True,
    help="Who speaks on it.",
)
@click.option("--language", default="en", show_default=True, help="ISO 639-1.")
@click.option(
    "--topic",
    "topics",
    multiple=True,
    type=click.Choice([d.value for d in Desk]),
    help="Desk it serves; may be repeated.",
)
@click.option("--terms", help="Licence or terms note: what you may do with its text.")
@click.option(
    "--type",
    "type_",
    type=click.Choice(["feed", "news_sitemap", "page"]),
    default="feed",
    show_default=True,
    help="What the address is.",
)
def add(what: str, folder: Path, type_: str, **options: Any) -> None:
    """Add a feed, sitemap or page by its address, or all feeds of an OPML file."""
    from lodewire.cli.adding import definition_of, definitions_of_opml, known_addresses, write_new
    from lodewire.config.desk import load_desk
    from lodewire.errors import ConfigError

    desk = load_desk(folder)
    if "://" in what:
        known = known_addresses(desk)
        if what in known:
            raise ConfigError(
                f"the desk reads {what} already, as {known[what]!r}.",
                hint=f"See how it does: lodewire sources test {known[what]} --desk {folder}",
            )
        told = [definition_of(what, options, type_)]
    else:
        told = definitions_of_opml(Path(what), desk, options)
    for name, text in told:
        file = desk.source_folders[0] / name / "source.yml"
        write_new(file, text)
        click.echo(f"Added {name}: {file}")
    click.echo("Look at the terms note and the expected entries a day in each file, then run")
    click.echo(f"  lodewire sources test {' '.join(name for name, _ in told[:3])} --desk {folder}")


@command.command(
    "test",
    epilog="""\b
Examples:
  lodewire sources test --desk ~/metals-desk
  lodewire sources test usgs iaea

Exit code 1 when none of them answers.
""",
)
@click.argument("names", nargs=-1, metavar="[SOURCE]…")
@desk_option
@json_option
@now_option
def test(names: tuple[str, ...], folder: Path, as_json: bool, now: datetime | None) -> None:
    """See which sources answer from this machine, and with what; remembers those that do."""
    import asyncio

    moment = instant(now)
    with open_desk(folder, create=True) as (desk, ledger), shown_progress(quiet=as_json) as shown:
        sources = chosen_sources(desk, names, day=moment.date())
        trials = asyncio.run(_try_all(sources, desk, moment, shown))
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
    else:
        for trial in trials:
            _print_trial(trial)
    fine = sum(t.ok for t in trials)
    if not as_json:
        click.echo(f"{fine} of {len(trials)} sources answer.")
    if trials and not fine:
        sys.exit(1)


async def _try_all(
    sources: Sequence[SourceDefinition], desk: DeskConfig, now: datetime, progress: Progress
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
        done = 0

        async def one(source: SourceDefinition) -> SourceTrial:
            nonlocal done
            async with gate:
                trial = await try_source(source, client, now=now)
            done += 1
            progress("sources", done, len(sources))
            return trial

        return list(await asyncio.gather(*(one(s) for s in sources)))


def _remember(ledger: Ledger, source: SourceDefinition, trial: SourceTrial, now: datetime) -> None:
    from lodewire.ledger.sources import SourceState

    for channel in trial.channels:
        before = ledger.sources.state(channel.address)
        ledger.sources.put(
            SourceState(
                source_id=source.id,
                url=channel.address,
                checked_at=now,
                verified_at=now,
                # A trial takes a few entries only: what a collecting run knows must stay.
                etag=before.etag if before else None,
                last_modified=before.last_modified if before else None,
            )
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


@command.command(
    "health",
    epilog="""\b
Examples:
  lodewire sources health --desk ~/metals-desk
  lodewire sources health --json
""",
)
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
    from dataclasses import replace

    from lodewire.collect.health import HealthState, judge_health

    log = ledger.sources.fetches(source.id, since=now - timedelta(days=_WATCHED_DAYS))
    counts: Counter[date] = Counter()
    for fetch in log:
        counts[fetch.at.date()] += fetch.fresh
    failures, last_error = max(
        (_failing(log, url) for url in {f.url for f in log}), default=(0, "")
    )
    health = judge_health(
        source,
        counts,
        today=now.date(),
        watched_since=log[0].at.date() if log else None,
        failures=failures,
        last_error=last_error,
    )
    if failures and health.state is HealthState.OK:
        never = not any(f.outcome in _ANSWERS for f in log)
        told = f"the last fetch failed: {last_error}"
        return replace(
            health, state=HealthState.UNKNOWN if never else HealthState.OK, reasons=(told,)
        )
    return health


_ANSWERS = ("ok", "unchanged")


def _failing(log: Sequence[Fetch], url: str) -> tuple[int, str]:
    """How often the channel at ``url`` failed in a row up to now, and what it said last."""
    failures, last_error = 0, ""
    for fetch in reversed([f for f in log if f.url == url]):
        if fetch.outcome in _ANSWERS:
            break
        failures += 1
        last_error = last_error or fetch.detail or fetch.outcome
    return failures, last_error
