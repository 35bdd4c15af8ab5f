"""``lodewire figures``: reference figures, the package's and the desk's own."""

from __future__ import annotations

import click

from lodewire.cli.figures_fetch import fetch, health
from lodewire.cli.figures_interventions import interventions
from lodewire.cli.figures_load import changes_, load
from lodewire.cli.figures_sanctions import sanctions
from lodewire.cli.figures_show import list_, show, sources


@click.group(
    epilog="""\b
Examples:
  lodewire figures list --commodity cobalt
  lodewire figures show gallium --measured production
  lodewire figures load ~/mcs2026 --source usgs-mcs --vintage MCS2026 --desk ~/metals-desk
  lodewire figures changes MCS2024 MCS2026
  lodewire figures fetch ecb --desk ~/metals-desk
  lodewire figures health
  lodewire figures sanctions "Example Trading"
  lodewire figures interventions --commodity gallium
"""
)
def command() -> None:
    """List, load, fetch and compare reference figures; look up sanctions lists.

    Production, trade, reliance, governance, risk: every figure keeps its source, vintage, unit
    and basis. What is withheld, not available, less than or more than a value stays so, and is
    never zero.
    """


for subcommand in (list_, show, sources, load, changes_, fetch, health, sanctions, interventions):
    command.add_command(subcommand)
