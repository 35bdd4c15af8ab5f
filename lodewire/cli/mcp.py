"""``lodewire mcp``: the ledger for assistants, over standard input and output."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from lodewire.cli.options import desk_option, open_desk


@click.command(
    epilog="""\b
Examples:
  lodewire mcp -d mydesk
  {"mcpServers": {"lodewire": {"command": "lodewire", "args": ["mcp", "-d", "/path/of/mydesk"]}}}

An assistant's program starts it and speaks the Model Context Protocol with it. It reads the ledger
and changes nothing.
"""
)
@desk_option
def command(folder: Path) -> None:
    """Let an assistant search the ledger and cite it: events, quotes, briefs, measures."""
    from lodewire.samples import NEWSROOM_NOW
    from lodewire.web.assistant import assistant_server

    with open_desk(folder) as (desk, ledger):
        server = assistant_server(
            ledger,
            site=desk.brief.base_url.rstrip("/") if desk.brief.base_url else "",
            folder=desk.root,
            clock=(lambda: NEWSROOM_NOW) if desk.sample else (lambda: datetime.now(UTC)),
        )
        server.run("stdio")
