"""``lodewire serve``: the desk as a site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lodewire.cli.options import desk_option, open_desk


@click.command(
    epilog="""\b
Examples:
  lodewire serve --desk demo-desk --open
  lodewire serve --port 8080
  lodewire serve --host 0.0.0.0 --quiet     behind a reverse proxy: docs/guides/site.md
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
@click.option("--quiet", is_flag=True, help="Write no access log.")
def command(folder: Path, host: str, port: int, opened: bool, quiet: bool) -> None:
    """Serve the desk as a site until it is stopped (Ctrl-C or SIGTERM).

    It shows the briefs that were composed and the events of the ledger, and lets readers sign in
    (docs/guides/accounts.md); it never collects or composes. Where [newsletter] of desk.toml names
    a sender, readers subscribe and leave on it. `/health`, `/ready` and `/metrics` are for whoever
    watches it.
    The access log goes to standard error, a JSON line an answer, without addresses or searches.
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
            run_server(app, bound, ready)
        finally:
            if site.outbox is not None:
                site.outbox.close()
    click.echo("Stopped.")


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - read, not bound
    return (
        f"http://[{shown}]:{port}" if ":" in shown and shown[0] != "[" else f"http://{shown}:{port}"
    )
