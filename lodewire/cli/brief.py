"""``lodewire brief``: the brief of a day, in any of its forms."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lodewire.cli.options import (
    Day,
    as_of_option,
    author_option,
    desk_option,
    empty_ledger_words,
    instant,
    now_option,
    open_desk,
)

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger
    from lodewire.model.brief import Brief

FORMS = ("terminal", "html", "eml", "markdown", "json")


@click.command(
    epilog="""\b
Examples:
  lodewire brief
  lodewire brief 2025-03-28 --format markdown
  lodewire brief --write briefs         html, eml, md and json files
  lodewire brief 2025-03-28 --as-of 2025-03-28T21:00     as it would have been then
  lodewire brief 2025-03-28 --publish   where an editor publishes
"""
)
@click.argument("told", metavar="[DAY]", type=Day(), required=False)
@desk_option
@click.option("--day", type=Day(), default=None, help="Which day. Default: today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="terminal",
    show_default=True,
    help="How to print it.",
)
@click.option(
    "--write", type=click.Path(path_type=Path, file_okay=False), help="Write files into a folder."
)
@click.option(
    "--kept",
    is_flag=True,
    help="Show the brief as it was composed then, with what was corrected since.",
)
@click.option("--publish", is_flag=True, help="Publish it, where the desk publishes by an editor.")
@author_option
@as_of_option
@now_option
def command(
    told: date | None,
    folder: Path,
    day: date | None,
    form: str,
    write: Path | None,
    kept: bool,
    publish: bool,
    author: str | None,
    as_of: datetime | None,
    now: datetime | None,
) -> None:
    """Print or write the brief of a day, composed from the ledger as it is now.

    Every sentence is proved against its sources before it is printed. With --as-of the brief is
    composed again from what was known at that moment, and not kept. Where the desk publishes by an
    editor (publishing of [brief]) it is a draft until --publish, or until the site's editor's desk
    publishes it.
    """
    from lodewire.errors import LedgerError
    from lodewire.pipeline.run import today
    from lodewire.workbench.briefing.composing import compose_step, replay_brief
    from lodewire.workbench.briefing.correcting import with_notices
    from lodewire.workbench.briefing.publishing import publish as publish_brief
    from lodewire.workbench.review.editing import Editor

    if told is not None and day is not None and told != day:
        raise click.UsageError(f"{told} and --day {day} are two days; give one.")
    if publish and (kept or as_of is not None):
        raise click.UsageError("--publish publishes what the ledger tells now.")
    moment = as_of or instant(now)
    with open_desk(folder, as_of=as_of) as (desk, ledger):
        wanted = told or day or today(desk, moment)
        if kept:
            found = ledger.briefs.get(wanted)
            if found is None:
                raise LedgerError(
                    f"no brief was composed for {wanted}.", hint="Leave out --kept to compose one."
                )
            brief = with_notices(ledger, found) if as_of is None else found
        elif as_of is not None:
            brief = replay_brief(ledger, desk, wanted, at=as_of)
        elif publish:
            editor = Editor(author=(author or desk.name).strip(), at=moment)
            brief = publish_brief(ledger, desk, wanted, editor)
        else:
            brief = compose_step(ledger, desk, wanted, now=moment)
        advice = what_to_do(brief, ledger, folder)
        if not (kept or publish) and as_of is None:
            advice = advice or draft_words(desk, brief)
    if write is not None:
        for file in write_brief(brief, write, desk.contact):
            click.echo(f"Wrote {file}")
        return
    if form == "terminal":
        print_brief(brief)
        if advice:
            click.echo(advice)
        return
    click.echo(_render(brief, form, desk.contact))


def what_to_do(brief: Brief, ledger: Ledger, folder: Path) -> str:
    """Return what a person can do about an empty brief; nothing for one that tells something."""
    if any(section.entries for section in brief.sections):
        return ""
    latest = ledger.search("", limit=1)
    if not latest:
        return empty_ledger_words(folder)
    if latest[0].day == brief.day:
        return "The documents of this day tell no event. lodewire search lists them."
    return f"The latest document is of {latest[0].day}: lodewire brief --day {latest[0].day}"


def draft_words(desk: DeskConfig, brief: Brief) -> str:
    """Return that a brief is a draft, and how it is published; nothing where it is published."""
    if desk.brief.publishing == "automatic":
        return ""
    return (
        f"This is a draft: nobody sees it until `lodewire brief {brief.day} --publish` "
        "or the editor's desk of the site publishes it."
    )


def print_brief(brief: Brief) -> None:
    """Print the brief on the terminal."""
    from lodewire.cli.printing import console
    from lodewire.publish.terminal import print_brief as show

    show(brief, console())


def _render(brief: Brief, form: str, contact: str) -> str:
    from lodewire.publish import export, mail, markdown, page

    if form == "html":
        return page.render_page(brief)
    if form == "markdown":
        return markdown.render_markdown(brief)
    if form == "json":
        return json.dumps(export.brief_to_json(brief), ensure_ascii=False, indent=1)
    return mail.render_mail(brief, sender=contact).decode("ascii", "replace")


def write_brief(brief: Brief, folder: Path, contact: str) -> list[Path]:
    """Write brief-DAY.html, .eml, .md and .json into ``folder``; returns the files."""
    from lodewire.errors import PublishError
    from lodewire.publish import export, mail, markdown, page

    told = {
        "html": page.render_page(brief).encode("utf-8"),
        "eml": mail.render_mail(brief, sender=contact),
        "md": markdown.render_markdown(brief).encode("utf-8"),
        "json": json.dumps(export.brief_to_json(brief), ensure_ascii=False, indent=1).encode(),
    }
    files: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, body in told.items():
            file = folder / f"brief-{brief.day.isoformat()}.{ending}"
            file.write_bytes(body)
            files.append(file)
    except OSError as error:
        raise PublishError(
            f"{folder}: cannot be written: {error.strerror or error}.",
            hint="Choose another folder with --write.",
        ) from error
    return files
