"""The entry point: commands are imported when they are called, so that --help is instant."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from lodewire import __version__

# name -> (module, one line). The line stands here so that --help imports nothing.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Build a desk from the sample newsroom and print its brief."),
    "init": ("init", "Make a new desk in a folder."),
    "sources": ("sources", "List, add, test and watch the sources of a desk."),
    "collect": ("collect", "Fetch what is new from the desk's sources."),
    "run": ("run", "Collect, read, resolve and compose today's brief."),
    "backfill": ("backfill", "Go through archives (WARC), folders and lists of addresses."),
    "brief": ("brief", "Print or write the brief of a day."),
    "serve": ("serve", "Serve the desk as a site that anyone can read."),
    "schedule": ("schedule", "Show what `serve` does by itself: last time and next."),
    "mcp": ("mcp", "Let an assistant search the ledger and cite it."),
    "read": ("read", "Read one page and print what it says."),
    "search": ("search", "Search documents and the events they tell."),
    "ledger": ("ledger", "List events as a table, CSV, JSON lines or Parquet."),
    "show": ("show", "Show an event or entity with statements and quotes."),
    "figures": ("figures", "List, load, fetch and compare reference figures."),
    "exposure": ("exposure", "Show concentration, reliance and risk of a commodity's supply."),
    "owners": ("owners", "Show who owned a site or company on a day, with evidence."),
    "landed-cost": ("landed_cost", "Work out what a tonne costs at the door, before and after."),
    "prices": ("prices", "List and show prices; load newer ones; convert units."),
    "scenario": ("scenario", "Tell what an event or an assumption would change, and how sure."),
    "own": ("own", "Rank events by what you buy, say why, alert."),
    "promises": ("promises", "Show what was announced, and what came of it."),
    "collisions": ("collisions", "Hold new deals against restrictions in force."),
    "trends": ("trends", "Count events over time; measure prices and their outlook."),
    "chart": ("chart", "Draw supply, concentration, costs, prices, activity or deals."),
    "report": ("report", "Make in-depth reports as PDF and HTML, with evidence."),
    "forecasts": ("forecasts", "Score dated forecasts by what happened."),
    "review": ("review", "List what is unsure; accept, edit, reject, merge, split; undo."),
    "corrections": ("corrections", "List what briefs said wrongly, and what is right."),
    "subscribers": ("subscribers", "Add, confirm, list, import and erase subscribers."),
    "campaign": ("campaign", "Preview, test and send a day's brief to subscribers."),
    "watch": ("watch", "Keep an eye on things, topics, searches and prices."),
    "alerts": ("alerts", "Tell what happens to what is watched, by mail, webhook or chat."),
    "accounts": ("accounts", "List, invite, grant, lock and erase accounts of the site."),
    "audit": ("audit", "List who did what on the desk: reviews, briefs, accounts."),
    "leak-test": ("leak_test", "Ask for everything as every tier; report what leaks."),
    "receipt": ("receipt", "Write a signed file that proves an event or a brief."),
    "verify": ("verify", "Check a receipt, without ledger or desk."),
    "keys": ("keys", "List or renew the keys that receipts are signed with."),
    "export": ("export", "Write the ledger as JSON lines."),
    "move": ("move", "Move the ledger between SQLite and PostgreSQL, proved."),
    "backup": ("backup", "Write a backup of the ledger while it is in use."),
    "restore": ("restore", "Put a backup in the ledger's place."),
    "prune": ("prune", "Drop the bytes of old captures; what they state stays."),
    "doctor": ("doctor", "Check the machine, the desk and the ledger."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a first tour."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"lodewire.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for a misspelt one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            told = f"{error.message} Did you mean {near[0]!r}?"
            raise click.UsageError(told, ctx) from error


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""Start with: lodewire demo. Every command has --help with examples.

    Exit codes: 0 done, 1 an error that is told, 2 wrong usage, 70 a mistake of Lodewire itself
    (set LODEWIRE_DEBUG=1 to see where).""",
)
@click.version_option(__version__, prog_name="lodewire")
def cli() -> None:
    """Lodewire: an intelligence desk for critical minerals, metals and energy.

    Reads industry news and official notices, keeps a ledger of events in which every value is
    tied to the words it came from, and publishes the day.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # News has characters that a terminal of another charset lacks: better \\u than an error.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; no error leaves as a traceback.

    0: done. 1: a LodewireError, told in one line with a hint. 2: wrong usage. 70: a mistake of
    Lodewire itself; LODEWIRE_DEBUG=1 shows where. 130: stopped. 141: nobody reads the output.
    """
    try:
        code = cli.main(arguments, prog_name="lodewire", standalone_mode=False)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Run it again to go on.", err=True)
        return 130
    except BrokenPipeError:
        # Python flushes standard output once more at exit, and would complain of the same.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        return _tell(error)
    return code if isinstance(code, int) else 0


def _tell(error: Exception) -> int:
    from lodewire.errors import LodewireError

    if os.environ.get("LODEWIRE_DEBUG", "") not in ("", "0"):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, LodewireError):
        click.echo(f"lodewire: {error.message}", err=True)
        if error.hint:
            click.echo(f"  {error.hint[:1].upper()}{error.hint[1:]}", err=True)
        return 1
    told = " ".join(str(error).split())[:300]
    click.echo(f"lodewire: unforeseen {type(error).__name__}: {told}", err=True)
    click.echo(
        "  This is a mistake in Lodewire. Please report it with the command you ran; "
        "LODEWIRE_DEBUG=1 shows where it happened.",
        err=True,
    )
    return 70


if __name__ == "__main__":
    main()
