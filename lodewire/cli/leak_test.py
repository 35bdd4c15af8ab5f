"""``lodewire leak-test``: is anything sent to who has not paid for it?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import desk_option, open_desk, shown_progress
from lodewire.model.plain import plain, plain_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lodewire.model.tier import Tier
    from lodewire.web.leaks.testing import LeakReport

_SHOWN = 30


@click.command(
    epilog="""\b
Examples:
  lodewire leak-test --desk demo-desk
  lodewire leak-test --format json > leaks.json
"""
)
@desk_option
@click.option(
    "--most", type=click.IntRange(1), default=5_000, show_default=True, help="Pages a tier."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, JSON for programs.",
)
def command(folder: Path, most: int, form: str) -> None:
    """Ask the site for everything as every tier, compose all its mails and posts, look for leaks.

    What is paid for is read from the ledger; then every page in every language, feed, picture,
    report, PDF, table, search, answer of the API (with a key of each tier), mail and post is
    searched for its words and figures. Nothing is sent, nobody's key is used. Exit code 1: a leak.
    """
    from functools import partial

    from lodewire.cli.serving import site_of, with_letters
    from lodewire.web.leaks.testing import run_leak_test
    from lodewire.workbench.accounts.letters import letters_of
    from lodewire.workbench.alerts.briefs import posts_for

    with open_desk(folder) as (desk, ledger), shown_progress(quiet=form == "json") as shown:
        site = site_of(desk, ledger, desk.brief.base_url or "http://127.0.0.1:8420")
        today = site.clock().date()

        def letters(tier: Tier) -> Iterator[tuple[str, bytes]]:
            yield from letters_of(desk, ledger, tier, today=today)
            yield from posts_for(desk, ledger, tier, today=today)

        report = run_leak_test(
            site,
            letters=letters,
            around=partial(with_letters, site=site, desk=desk, ledger=ledger, log=None),
            most=most,
            progress=shown,
        )
    if form == "json":
        _print_json(report)
    else:
        _print_text(report)
    if report.leaks or report.broken:
        raise SystemExit(1)


def _print_json(report: LeakReport) -> None:
    told = {
        "pages": {t.value: n for t, n in report.pages.items()},
        "calls": {t.value: n for t, n in report.calls.items()},
        "cut": {t.value: n for t, n in report.cut.items()},
        "barred": {t.value: n for t, n in report.barred.items()},
        "sought": {t.value: n for t, n in report.sought.items()},
        "letters": report.letters,
        "broken": report.broken,
        "leaks": [
            {
                "tier": leak.tier.value,
                "where": leak.where,
                "part": leak.part_name,
                "words": leak.words,
            }
            for leak in report.leaks
        ],
    }
    click.echo(plain_json(json.dumps(told, indent=1, ensure_ascii=False)))


def _print_text(report: LeakReport) -> None:
    for tier, sought in report.sought.items():
        if not sought:
            click.echo(f"{tier.value}: sees everything")
            continue
        pages, barred = report.pages.get(tier, 0), report.barred.get(tier, 0)
        calls = report.calls.get(tier, 0)
        leaks = sum(leak.tier is tier for leak in report.leaks)
        click.echo(
            f"{tier.value}: {pages} pages and {calls} calls of the API ({barred} not open to it), "
            f"{sought} runs of paid words sought, {leaks or 'no'} leak{'' if leaks == 1 else 's'}"
        )
    click.echo(f"{report.letters} mails and posts were looked through.")
    if left := max(report.cut.values(), default=0):
        click.echo(f"{left} more pages are known and were not asked for: --most asks for more.")
    for leak in report.leaks[:_SHOWN]:
        where = f"LEAK to {leak.tier.value} in {plain(leak.where)}"
        click.echo(f"{where}: {leak.part_name}: “{plain(leak.words)}”")
    if len(report.leaks) > _SHOWN:
        click.echo(f"and {len(report.leaks) - _SHOWN} more: --format json lists all")
    for told in report.broken:
        click.echo(f"BROKEN {plain(told)}")
