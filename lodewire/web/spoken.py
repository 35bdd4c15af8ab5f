"""Words that pages take from tables (types, statuses, stages, measures), in the current language.

Catalogues are gathered from templates and code; what stands in tables is listed by ``table_words``,
so that no word of them is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lodewire.analytics.bands import Band
from lodewire.analytics.trends.activity import By
from lodewire.model.audience import ConsentStep, SubscriberState
from lodewire.model.brief import BriefEntry
from lodewire.model.life import LifeStage
from lodewire.model.measure import Measure
from lodewire.model.tier import Tier
from lodewire.model.vocabulary import Action, Modality, Status, Verdict
from lodewire.ontology.commodities import Stage
from lodewire.ontology.desks import load_desks
from lodewire.ontology.event_types import Family, load_event_types
from lodewire.ontology.sites import SiteKind
from lodewire.publish.frame import frame_of
from lodewire.publish.tables import EVENT_COLUMNS
from lodewire.web.languages import _, amount_words, current, ngettext
from lodewire.workbench.scenario.kinds import KINDS
from lodewire.workbench.table.asked import GroupBy

_FACTS = tuple(
    "kind,country,region,commodities,operator,seat,symbol,sites,operates,controlled by,state-owned,"
    "listed as,part of,listed as critical by".split(",")
)
# Where a step of consent was taken, and what the step is (model/audience.py).
_CONSENTS = (
    "sign-up form",
    "confirmation page",
    "preferences page",
    "unsubscription page",
    "one-click unsubscription",
    "unsubscription by mail",
    "complaint",
    "command line",
)
# How somebody signed in.
_MEANS = ("link", "invitation", "passkey")
# What pages of readers say that something is not there, or cannot be: raised as exceptions.
REFUSALS = (
    "There is no such page.",
    "There is no such event on this desk.",
    "Search for a name in it instead.",
    "There is no such day.",
    "Choose another day.",
    "There is no such name on this desk.",
    "Search for another spelling of it.",
    "There is no such desk.",
    "The desks stand at the top of every page.",
    "There is no such report.",
    "The reports stand in a list.",
    "There is no such insight.",
    "You have opened as many insights this month as your tier has.",
    "This desk has no accounts.",
    "Everything on it can be read without one.",
    "A day is written as 2025-03-28.",
    "This link does not work, or no longer.",
    "Ask for a new one.",
    "This was tried too often.",
)
_HEALTH = ("ok", "failing", "flooding", "silent", "unknown")


class Spoken(dict[Any, str]):
    """Labels by key, each given in the language that is being answered in."""

    def __getitem__(self, key: Any) -> str:
        """Return the label of ``key``."""
        return _(super().__getitem__(key))


def sample_notice() -> str:
    """Return what every page of a sample desk says."""
    return frame_of(current().tag).words["sample"]


def tier_word(tier: Tier) -> str:
    """Return what a tier is called at the head of a column."""
    return {
        Tier.FREE: _("Free"),
        Tier.REGISTERED: _("Registered"),
        Tier.PRO: "PRO",
        Tier.ENTERPRISE: _("Enterprise"),
    }[tier]


def word(told: object) -> str:
    """Return a word of a vocabulary ("in_force") as people read it."""
    return _(str(told).replace("_", " "))


def measure_word(name: str) -> str:
    """Return what a measure is called."""
    return {
        "hhi": _("Concentration index (HHI)"),
        "hhi_of_shares": _("Concentration index (HHI) of published shares"),
        "top_1_share": _("Share of the largest"),
        "top_1_of_shares": _("Share of the largest"),
        "top_3_share": _("Share of the largest three"),
        "top_3_of_shares": _("Share of the largest three"),
        "n_minus_1": _("Left when the largest is lost"),
        "n_minus_1_of_shares": _("Left when the largest is lost"),
        "hhi_governance": _("Index weighted by governance"),
    }.get(name, word(name))


def band_word(band: str) -> str:
    """Return a band of concentration in words."""
    return {
        Band.UNCONCENTRATED.value: _("not concentrated"),
        Band.MODERATE.value: _("moderately concentrated"),
        Band.HIGH.value: _("highly concentrated"),
    }[band]


def standing_word(standing: str) -> str:
    """Return where a rule stands."""
    return {
        "in_force": _("in force"),
        "upcoming": _("to come into force"),
        "not_in_force": _("not in force as far as told"),
        "ended": _("ended"),
    }[standing]


def family_word(family: str) -> str:
    """Return the name of a family of event types."""
    return {
        Family.DEALS.value: _("Deals"),
        Family.MEASURES.value: _("Measures"),
        Family.OPERATIONS.value: _("Operations"),
        Family.MARKET.value: _("Market"),
    }[family]


def grouping_word(by: str) -> str:
    """Return what trends are grouped by."""
    names = {By.DESK: _("Desk"), By.COMMODITY: _("Commodity"), By.COUNTRY: _("Country")}
    return names[By(by)]


def reliance_words(measure: Measure) -> str:
    """Return a reliance in per cent as its source prints it: a value, or bounds of it."""
    if measure.value is not None:
        return f"{amount_words(measure.value)} %"
    if measure.low is not None and measure.high is not None:
        return f"{amount_words(measure.low)}–{amount_words(measure.high)} %"
    if measure.low is not None:
        return f"> {amount_words(measure.low)} %"
    if measure.high is not None:
        return f"< {amount_words(measure.high)} %"
    return _("not known")


def origin_words(entry: BriefEntry) -> str:
    """Return "1 source" or "3 independent sources"."""
    return sources_words(entry.origins)


def sources_words(origins: int) -> str:
    """Return how many independent sources tell something."""
    return ngettext("%(num)s source", "%(num)s independent sources", origins) % {"num": origins}


def copies_words(copies: int) -> str:
    """Return "+1 copy" or "+3 copies"."""
    return ngettext("+%(num)s copy", "+%(num)s copies", copies) % {"num": copies}


def table_words() -> Iterator[str]:
    """Yield every word of the tables that pages show, as catalogues hold it."""
    for vocabulary in (Status, Modality, LifeStage, Verdict, Action, Stage, SiteKind):
        yield from (member.value.replace("_", " ") for member in vocabulary)
    yield from (step.value.replace("_", " ") for step in ConsentStep)
    yield from (state.value for state in SubscriberState)
    yield from (*_CONSENTS, *_MEANS, *REFUSALS)
    yield from _FACTS
    yield from _HEALTH
    yield from (column.name.replace("_", " ") for column in EVENT_COLUMNS)
    yield from (by.value for by in GroupBy)
    yield from (kind.replace("_", " ") for kind in KINDS)
    for told in load_desks().values():
        yield told.title
    for type_ in load_event_types().values():
        yield type_.label
        yield from (r.name.replace("_", " ") for r in type_.roles)
        yield from (r.label for r in type_.roles)
