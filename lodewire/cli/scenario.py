"""``lodewire scenario``: what an event or an assumption would change, and how sure that is."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lodewire.cli.options import Day, desk_option, instant, now_option, open_desk
from lodewire.workbench.scenario.kinds import KINDS

if TYPE_CHECKING:
    from lodewire.model.scenario import Scenario
    from lodewire.workbench.scenario.scenario_files import Asked
    from lodewire.workbench.scenario.scenarios import Ran

FORMATS = ("text", "json", "csv")


class _ScenarioGroup(click.Group):
    """A group in which the id of an event is a command: it proposes that event's scenario."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take what is no command for an event."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return "event", self.commands["event"], args
        return super().resolve_command(ctx, args)


@click.group(
    cls=_ScenarioGroup,
    epilog="""\b
Examples:
  lodewire scenario ev_k3jd…            what this event would change, and what to ask
  lodewire scenario run --commodity cobalt --stage mining --ban "CD: leakage 0..0.1..0.3"
  lodewire scenario example > mine.toml; lodewire scenario run mine.toml

Formulas, the order of combination and worked examples: docs/methods/scenario.md.
""",
)
def command() -> None:
    """Tell what a change of supply, trade or demand does to every measure, before and after."""


def _ask_options(function: Any) -> Any:
    """What both ways of running a scenario ask."""
    flows = click.Path(path_type=Path, dir_okay=False)
    world = 'World supply, where figures are shares: "1500 t".'
    balance = 'Of the importer: "production 0 t; imports 7000 t; exports 1000 t".'
    eu = 'The EU\'s, in percent and 0..1: "reliance 44; recycling 42; substitution 1.0".'
    found = (
        click.option(
            "--country", "importer", metavar="COUNTRY", help="Importer that is looked at."
        ),
        click.option("--partner", metavar="COUNTRY", help="Whom dependence is measured on."),
        click.option("--flows", type=flows, help="Its imports, CSV."),
        click.option("--figures", type=flows, help="Own supply, CSV."),
        click.option("--world", metavar="AMOUNT", help=world),
        click.option("--balance", metavar="WORDS", help=balance),
        click.option("--eu", metavar="WORDS", help=eu),
        click.option(
            "--on", "day", type=Day(), help="The day looked at. Default: when all has begun."
        ),
        click.option(
            "--draws",
            type=click.IntRange(0, 200_000),
            default=10_000,
            show_default=True,
            help="Draws for the 5-95 % interval; 0: none.",
        ),
        click.option(
            "--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the draws."
        ),
    )
    for option in reversed(found):
        function = option(function)
    return function


@command.command(
    "event",
    epilog="""\b
Examples:
  lodewire scenario ev_k3jd…             the same as: lodewire scenario event ev_k3jd…
  lodewire scenario event ev_k3jd… --set leakage=0..0.1..0.3
  lodewire scenario event ev_k3jd… --country JP --partner CN --flows imports.csv
  lodewire scenario event ev_k3jd… --toml > mine.toml
""",
)
@click.argument("event", metavar="EVENT")
@click.option("--set", "answers", multiple=True, metavar="NAME=VALUE", help="Answer a question.")
@click.option("--toml", is_flag=True, help="Print a scenario file with the questions to fill in.")
@click.option("--commodity", help="The material, where the event names several or a wide one.")
@click.option("--stage", help="The stage of the figures.")
@_ask_options
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How.",
)
@desk_option
@now_option
def event_command(
    event: str,
    answers: tuple[str, ...],
    toml: bool,
    folder: Path,
    form: str,
    draws: int,
    seed: int,
    now: datetime | None,
    **told: Any,
) -> None:
    """Propose the scenario of an event: what it changes, what is missing, what to ask.

    With every needed answer (--set), or where nothing changes yet, the measures are shown too.
    """
    from lodewire.analytics.scenario.proposing import propose
    from lodewire.cli import scenario_proposal
    from lodewire.model.ids import EventId
    from lodewire.reference.store import store_of
    from lodewire.workbench.scenario.plain_values import proposal_json
    from lodewire.workbench.scenario.scenario_events import (
        required,
        scenario_file,
        settle,
        subject_of,
    )
    from lodewire.workbench.scenario.scenarios import has_something, run_asked

    store = store_of(folder)
    with open_desk(folder) as (_, ledger):
        proposal = propose(ledger.events.get(EventId(ledger.find(event))))
    given = _answers(answers)
    if not proposal.commodities and told["commodity"] is None and not toml:
        scenario_proposal.show(proposal, None, form)
        return
    subject = subject_of(proposal, told["commodity"], told["stage"], store)
    if toml:
        click.echo(scenario_file(proposal, *subject), nl=False)
        return
    is_open = any(q.name not in given for d in proposal.drafts for q in required(d))
    if is_open and not given:
        scenario_proposal.show(proposal, subject, form)
        return
    scenario = settle(proposal, given, *subject)
    asked = _with_tables(scenario, told)
    if not has_something(asked, store):
        scenario_proposal.show(proposal, subject, form)
        return
    ran = run_asked(asked, today=instant(now).date(), draws=draws, seed=seed, store=store)
    if form == "text":
        scenario_proposal.show(proposal, subject, form, answered=True)
    _print(ran, form, None, proposal=proposal_json(proposal, subject))


def _answers(told: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in told:
        name, equals, value = (part.strip() for part in each.partition("="))
        if not equals or not value:
            raise click.UsageError(f"--set {each!r}: write NAME=VALUE, such as leakage=0..0.1..0.3")
        found[name.replace("-", "_")] = value
    return found


@command.command(
    "example",
    epilog="""\b
Examples:
  lodewire scenario example > mine.toml
""",
)
def example() -> None:
    """Print a scenario file to start from."""
    from lodewire.workbench.scenario.scenario_files import EXAMPLE

    click.echo(EXAMPLE, nl=False)


def _kind_options(function: Any) -> Any:
    for kind, (shown, told) in reversed(KINDS.items()):
        function = click.option(
            f"--{kind.replace('_', '-')}",
            kind,
            multiple=True,
            metavar="WORDS",
            help=f'{told} "{shown}"',
        )(function)
    return function


@command.command(
    "run",
    epilog="""\b
Examples:
  lodewire scenario run mine.toml --seed 7
  lodewire scenario run --commodity cobalt --stage mining --ban "CD: leakage 0..0.1..0.3"
  lodewire scenario run --commodity rare-earths --stage mining --country JP --partner CN \\
      --flows imports.csv --new-supplier "JP/NA: 400..500..600 t from 2028 ramp 1..2.5..4"
  lodewire scenario run mine.toml --each-date
  lodewire scenario run mine.toml --format csv

\b
Numbers: 500; 400..600 (every value as likely); 400..500..600 (one likeliest, straight sides);
"pert 400..500..600". Shares: 0.3 or 30%. Days: 2028, 2028-07, 2028-07-01.
--flows: CSV with partner, quantity, unit, value, currency (and importer, year, source).
--figures: CSV with country, value, unit (and year, basis, state, source, vintage).
""",
)
@click.argument(
    "file", metavar="[FILE.toml]", required=False, type=click.Path(path_type=Path, dir_okay=False)
)
@click.option("--commodity", help="Id of the material, such as cobalt.")
@click.option("--stage", help="Stage of the figures: mining, refining, smelting …")
@click.option("--year", type=click.IntRange(1900, 2100), help="Year of the figures.")
@_kind_options
@_ask_options
@click.option("--tornado", metavar="MEASURE", help="Which measure's inputs are drawn as bars.")
@click.option("--each-date", is_flag=True, help="A row a day on which something begins or ends.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How."
)
@desk_option
@now_option
def run_command(
    folder: Path,
    file: Path | None,
    importer: str | None,
    partner: str | None,
    day: date | None,
    draws: int,
    seed: int,
    tornado: str | None,
    each_date: bool,
    form: str,
    now: datetime | None,
    **told: Any,
) -> None:
    """Run a scenario: a file, options, or a file with options added.

    Shows every measure before and after, the change, bounds over all stated ranges, and the 5-95 %
    interval of the draws. Without --draws and ranges the result is exact.
    """
    from dataclasses import replace

    from lodewire.cli import scenario_print
    from lodewire.reference.store import store_of
    from lodewire.workbench.scenario.scenario_words import country_of
    from lodewire.workbench.scenario.scenarios import run_asked, run_each_day

    store = store_of(folder)
    asked = _asked(file, importer, told)
    asked = replace(
        asked,
        on=day or asked.on,
        importer=country_of(importer) if importer else asked.importer,
        partner=country_of(partner) if partner else asked.partner,
    )
    today = instant(now).date()
    if each_date:
        outcomes = run_each_day(asked, today=today, store=store)
        scenario_print.print_days(outcomes, form)
        return
    _print(run_asked(asked, today=today, draws=draws, seed=seed, store=store), form, tornado)


def _print(
    ran: Ran, form: str, tornado: str | None, proposal: dict[str, Any] | None = None
) -> None:
    from lodewire.cli import scenario_print

    if form == "json":
        from lodewire.model.plain import plain_json
        from lodewire.workbench.scenario.plain_values import to_json

        told = to_json(ran)
        if proposal is not None:
            told["proposal"] = proposal
        click.echo(plain_json(json.dumps(told, ensure_ascii=False, indent=1)))
    elif form == "csv":
        click.echo(scenario_print.to_csv(ran), nl=False)
    else:
        scenario_print.print_outcome(ran, tornado)


def _with_tables(scenario: Scenario, told: dict[str, Any]) -> Asked:
    from dataclasses import replace

    from lodewire.workbench.scenario.asked_words import stated_of
    from lodewire.workbench.scenario.scenario_files import Asked, read_figures, read_flows
    from lodewire.workbench.scenario.scenario_words import country_of, parse_range

    importer = country_of(told["importer"]) if told["importer"] else None
    if told["world"] is not None:
        world, unit = parse_range(told["world"])
        scenario = replace(scenario, world=world, world_unit=unit or "t")
    return Asked(
        scenario=scenario,
        on=told["day"],
        importer=importer,
        partner=country_of(told["partner"]) if told["partner"] else None,
        flows=read_flows(told["flows"], scenario, importer) if told["flows"] else (),
        figures=read_figures(told["figures"], scenario) if told["figures"] else (),
        **stated_of(told["balance"], told["eu"], importer),
    )


def _asked(file: Path | None, importer: str | None, told: dict[str, Any]) -> Asked:
    from dataclasses import replace

    from lodewire.errors import ScenarioError
    from lodewire.workbench.scenario.asked_words import changes_of, stated_of
    from lodewire.workbench.scenario.scenario_files import (
        parse_scenario,
        read_figures,
        read_flows,
        read_scenario,
    )
    from lodewire.workbench.scenario.scenario_words import country_of

    if file is not None:
        asked = read_scenario(file)
    elif told["commodity"] and told["stage"]:
        asked = parse_scenario(
            {
                "name": "scenario",
                **{k: told[k] for k in ("commodity", "stage", "world") if told[k] is not None},
            },
            "the options",
        )
    else:
        raise ScenarioError(
            "a scenario needs a file, or --commodity and --stage",
            hint="`lodewire scenario example` prints a file to start from",
        )
    scenario = asked.scenario
    if file is not None and (told["commodity"] or told["stage"] or told["world"]):
        raise ScenarioError(
            "the file names commodity, stage and world supply already",
            hint="Leave out --commodity, --stage and --world, or the file",
        )
    scenario = replace(scenario, changes=(*scenario.changes, *changes_of(told)))
    country = country_of(importer) if importer else asked.importer
    if told["flows"] is not None:
        asked = replace(asked, flows=read_flows(told["flows"], scenario, country))
    if told["figures"] is not None:
        asked = replace(asked, figures=read_figures(told["figures"], scenario))
    stated = stated_of(told["balance"], told["eu"], country)
    return replace(asked, scenario=scenario, year=told["year"] or asked.year, **stated)
