"""``lodewire serve``: the desk as a site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from lodewire.cli.options import desk_option, open_desk

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger


@click.command(
    epilog="""\b
Examples:
  lodewire serve --desk demo-desk --open
  lodewire serve --port 8080
  lodewire serve --host 0.0.0.0 --quiet     behind a reverse proxy: docs/deploy.md
  lodewire serve --no-schedule               where another process keeps the schedule
"""
)
@desk_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8420,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option("--open", "opened", is_flag=True, help="Open the site in a browser.")
@click.option("--quiet", is_flag=True, help="Write no log.")
@click.option(
    "--no-schedule", is_flag=True, help="Do nothing by itself, whatever [schedule] asks for."
)
@click.option(
    "--lease",
    type=click.FloatRange(1, 3600),
    default=60,
    hidden=True,
    help="Seconds after which a scheduled job is another's whose holder is silent.",
)
def command(
    folder: Path,
    host: str,
    port: int,
    opened: bool,
    quiet: bool,
    no_schedule: bool,
    lease: float,
) -> None:
    """Serve the desk as a site until it is stopped (Ctrl-C or SIGTERM).

    It shows the briefs that were composed and the events of the ledger, and lets readers sign in
    (docs/guides/accounts.md). Where [newsletter] of desk.toml names a sender, readers subscribe and
    leave on it. `/health`, `/ready` and `/metrics` are for whoever watches it.

    With on = true under [schedule] of desk.toml it also collects, composes, sends and alerts at the
    times named there, each in a process of its own; `lodewire schedule` shows what came of it.
    Without, it does none of that: run the commands by hand or by a timer.

    The log goes to standard error, a JSON line an answer and a job, without addresses or searches.
    """
    from lodewire.errors import ConfigError

    try:
        from lodewire.web.app import make_app
        from lodewire.web.server import listen, run_server
    except ModuleNotFoundError as error:
        if error.name not in ("babel", "litestar", "uvicorn"):
            raise
        raise ConfigError(
            f"{error.name} is not installed.", hint="pip install 'lodewire[web]'"
        ) from error
    from lodewire.cli.serving import site_of, with_letters

    with open_desk(folder) as (desk, ledger):
        bound = listen(host, port)
        where = _address(host, bound.getsockname()[1])
        site = site_of(desk, ledger, where)
        log = None if quiet else sys.stderr
        app = with_letters(make_app(site, log=log), site, desk, ledger, log=log)

        def ready() -> None:
            click.echo(f"{desk.name} is at {where}/ (Ctrl-C stops it)")
            if opened:
                click.launch(where + "/")

        try:
            with _scheduled(desk, ledger, folder, log=log, off=no_schedule, lease=lease):
                run_server(app, bound, ready)
        finally:
            if site.outbox is not None:
                site.outbox.close()
    click.echo("Stopped.")


@contextmanager
def _scheduled(
    desk: DeskConfig, ledger: Ledger, folder: Path, *, log: TextIO | None, off: bool, lease: float
) -> Iterator[None]:
    """Keep the schedule meanwhile, where the desk asks for one; end its children at the end."""
    if off or not desk.schedule.on:
        yield
        return
    from lodewire.cli.scheduler import Scheduler
    from lodewire.workbench.scheduling import plan_of

    plan = plan_of(desk)
    scheduler = Scheduler(plan, ledger, folder, log=log, lease=timedelta(seconds=lease))
    jobs = "; ".join(f"{job.value} {plan.words(job)}" for job in plan.jobs())
    click.echo(f"By itself ({desk.schedule.timezone or desk.timezone}): {jobs}")
    scheduler.start()
    try:
        yield
    finally:
        scheduler.stop()


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - read, not bound
    return (
        f"http://[{shown}]:{port}" if ":" in shown and shown[0] != "[" else f"http://{shown}:{port}"
    )
