"""``lodewire doctor``: is everything in order?"""

from __future__ import annotations

import platform
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import desk_option
from lodewire.model.plain import plain

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.config.model import ModelChoice

_FAILING = 5  # failing channels that are named


@click.command(
    epilog="""\b
Examples:
  lodewire doctor
  lodewire doctor --desk ~/metals-desk
"""
)
@desk_option
def command(folder: Path) -> None:
    """Check the machine, the package's tables and the desk; exit code 1 if anything is wrong."""
    wrong = 0
    for fine, line in _checks(folder):
        wrong += not fine
        click.echo(("ok    " if fine else "WRONG ") + line)
    if wrong:
        click.echo(f"{wrong} thing{'s need' if wrong > 1 else ' needs'} attention.")
        sys.exit(1)
    click.echo("All is well.")


def _checks(folder: Path) -> Iterator[tuple[bool, str]]:
    yield sys.version_info >= (3, 11), f"Python {platform.python_version()}"
    yield from _libraries()
    yield from _tables()
    if (folder / "desk.toml").exists() or folder != Path():
        yield from _desk(folder)
    else:
        yield True, "no desk in this folder (name one with --desk to check it)"


def _libraries() -> Iterator[tuple[bool, str]]:
    import sqlite3
    from importlib import import_module

    for name in ("resiliparse", "selectolax", "ahocorasick_rs", "rensa", "mjml"):
        try:
            import_module(name)
        except ImportError as error:
            yield False, f"{name}: {error}; install Lodewire again"
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    has_fts = "ENABLE_FTS5" in options
    yield has_fts, f"SQLite {sqlite3.sqlite_version}" + ("" if has_fts else " without FTS5")


def _tables() -> Iterator[tuple[bool, str]]:
    from lodewire.errors import LodewireError
    from lodewire.extraction.naming.lexicon import load_lexicon
    from lodewire.reference.store import packaged

    try:
        yield True, f"lexicon of {len(load_lexicon().surfaces):,} names"
        store = packaged()
        sources = len({s.source for s in store.sources})
        yield True, f"{len(store.all):,} reference figures of {sources} sources"
    except LodewireError as error:
        yield False, error.message


def _counted(count: int, what: str) -> str:
    """Return "1 brief", "1,200 documents"."""
    plural = {"stories": "story", "entities": "entity", "bodies": "body"}
    return f"{count:,} {what if count != 1 else plural.get(what, what.removesuffix('s'))}"


def _model(model: ModelChoice) -> tuple[bool, str]:
    """Is the model reader configured? It is not asked: that may cost."""
    from lodewire.errors import ConfigError

    try:
        model.check()
        key = f"key in {model.key_env}" if model.key() else "no key"
    except ConfigError as error:
        return False, f"{error.message} {error.hint}"
    return True, f"model reader: {model.name} at {model.endpoint}, {key}"


def _own_tables(desk: DeskConfig) -> Iterator[tuple[bool, str]]:
    """Is what the user buys readable for nobody else?"""
    from lodewire.workbench.own.own_store import open_to_others, own_loads

    loads = own_loads(desk)
    if not loads:
        return
    seen = open_to_others(desk.own_path, *desk.own_path.glob("*.csv"), *desk.own_path.glob("*.db"))
    last = loads[-1]
    yield (
        not seen,
        f"own table: load {last.number}, {last.mapped} of {last.rows} rows mapped"
        + (f"; others can read {seen[0]}: chmod -R go= {desk.own_path}" if seen else ""),
    )


def _desk(folder: Path) -> Iterator[tuple[bool, str]]:
    from datetime import UTC, datetime

    from lodewire.config.desk import load_desk
    from lodewire.config.source import select_sources
    from lodewire.errors import LodewireError
    from lodewire.ledger import open_ledger
    from lodewire.publish.signing import desk_key, listed_keys
    from lodewire.reference.store import store_of

    try:
        desk = load_desk(folder)
        yield True, f"desk {desk.name!r}"
        yield bool(desk.contact), "contact: " + (desk.contact or "missing; write it in desk.toml")
        if desk.reader == "llm":
            yield _model(desk.model)
        sources = select_sources(desk, day=datetime.now(UTC).date())
        yield bool(sources), f"{len(sources)} sources"
        store = store_of(desk.root)
        if store.own:
            count = sum((f.source, f.vintage) in store.own for f in store.all)
            yield True, f"{count:,} reference figures of its own, in {len(store.own)} tables"
        if listed_keys(desk.root):
            key = desk_key(desk.root, now=datetime.now(UTC))
            yield True, f"receipts are signed with {key.public.fingerprint}"
        yield from _own_tables(desk)
        with open_ledger(desk.ledger_place) as ledger:
            problems = ledger.integrity()
            dropped = ledger.retention.dropped()
            counts = ledger.counts()
            waiting = {s.value: n for s, n in ledger.waiting().items() if n}
            failing = [e for e in ledger.alerts.endpoints() if e.failing_since or e.off_at]
            aside = Counter(note.message for note in ledger.quarantine.notes())
        yield not problems, "ledger: " + ("; ".join(problems[:5]) or "sound")
        yield (
            True,
            ", ".join(_counted(n, what) for what, n in counts.items() if n) or "empty ledger",
        )
        if dropped:
            yield True, f"{_counted(dropped, 'bodies')} of captures dropped on purpose (prune)"
        if waiting:
            told = ", ".join(f"{n} to {stage}" for stage, n in waiting.items())
            yield True, f"work waiting: {told} (lodewire run --offline)"
        for end in failing[:_FAILING]:
            state = "switched off" if end.off_at else "failing"
            yield False, f"channel {plain(end.name)!r} ({end.kind.value}) is {state}: {end.trouble}"
        if len(failing) > _FAILING:
            yield False, f"and {len(failing) - _FAILING} more channels fail"
        if aside:
            yield True, f"{aside.total()} set aside (lodewire run --retry takes them up again):"
            for message, count in aside.most_common(5):
                yield True, f"  {count} × {message}"
    except LodewireError as error:
        yield False, error.message + (f" {error.hint}" if error.hint else "")
