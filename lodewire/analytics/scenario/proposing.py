"""Event to scenario: what an event would change, what is missing until it does, and what to ask.

Nothing is made up. A number that the words give is taken with its unit; one that they do not give
becomes a question with a range of what can be, whose basis is said. What brings no tonnes says so,
and names the stages that lie before tonnes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lodewire.analytics.scenario.facts import Facts
from lodewire.analytics.scenario.proposal import (
    FROM,
    LADDER,
    LEAD_TIME,
    LEAKAGE,
    RAMP_UP,
    REPLACES,
    TO,
    UNTIL,
    Bearing,
    Draft,
    Proposal,
    Question,
)
from lodewire.model.event import Event
from lodewire.model.vocabulary import EventType, Modality, Status

_NO_TONNES = (Status.TERMINATED, Status.SUSPENDED)


def propose(event: Event) -> Proposal:
    """Return the scenario that an event proposes, with the questions it leaves open."""
    facts = Facts(event)
    if event.modality is Modality.DENIED:
        return facts.nothing(Bearing.NONE, "The text denies it: nothing changes.")
    proposal = _RULES.get(event.type, _no_tonnes)(facts)
    if event.modality is Modality.HYPOTHETICAL or event.status is Status.RUMOURED:
        word = "rumoured" if event.status is Status.RUMOURED else "only thought through"
        return facts.with_note(proposal, f"It is {word} in the text: nothing is in force.")
    return proposal


def _not_yet(facts: Facts, at: str, what: str) -> Proposal:
    missing = LADDER[LADDER.index(at) + 1 :]
    why = f"{what} It brings no tonnes; still missing: {', '.join(missing)}."
    if LADDER.index(at) < LADDER.index("study"):
        why += f" For scale: {LEAD_TIME}."
    return facts.nothing(Bearing.NONE_YET, why, *missing)


def _exploration(facts: Facts) -> Proposal:
    return _not_yet(facts, "exploration", "Exploration is not supply.")


def _resource(facts: Facts) -> Proposal:
    return _not_yet(facts, "resource estimate", "What lies in the ground is not supply.")


def _permit(facts: Facts) -> Proposal:
    action = facts.word("action")
    if action in ("revoked", "suspended"):
        return _lost_leave(facts, action)
    if action == "granted" and facts.event.status not in (Status.PROPOSED, *_NO_TONNES):
        return _not_yet(facts, "permit", "Leave to build or run is not supply.")
    return _not_yet(facts, "study", "A permit that is not granted changes nothing.")


def _lost_leave(facts: Facts, action: str) -> Proposal:
    lost = Question(
        name="lost",
        text=f"How much does the site put out, which has its permit {action}? Nothing, if it does "
        "not produce.",
        unit="t a year, or a share of the country's output",
        range="0..1",
        basis="all that can be: a project loses nothing, the country's only site all",
    )
    return facts.proposal(
        Bearing.SUPPLY,
        "A site that produces stops; one that does not yet changes nothing.",
        _draft(
            "outage",
            facts.told(country=facts.place, site=_first(facts.sites), **facts.days("date")),
            lost,
            UNTIL,
        ),
    )


def _milestone(facts: Facts) -> Proposal:
    stage = facts.word("stage")
    early = {"exploration": "exploration", "drilling": "drilling", "study": "study"}
    if stage in early:
        return _not_yet(facts, early[stage], "A project at this stage is not supply.")
    if facts.event.status in _NO_TONNES:
        return facts.nothing(
            Bearing.NONE_YET, "The work has stopped: no tonnes come of it.", "first production"
        )
    if stage == "construction":
        return _not_yet(facts, "construction", "A plant that is being built is not supply.")
    if stage not in ("first_production", "expansion", "restart", "ramp_up"):
        return facts.nothing(
            Bearing.NONE_YET, "The text does not say which stage it has come to: no tonnes yet."
        )
    return _production(facts, stage)


def _production(facts: Facts, stage: str) -> Proposal:
    capacity = facts.mass("capacity")
    asks: list[Question] = []
    if capacity is None:
        shown = facts.shown("capacity")
        asks.append(
            Question(
                name="tonnes",
                text="How many tonnes a year does it add?"
                + (f' The text says "{shown}".' if shown else ""),
                unit="t a year",
                range="",
                basis="the text gives no output a year; ask the operator or the permit",
            )
        )
    asks += [RAMP_UP, TO, REPLACES]
    notes = []
    if stage == "expansion":
        notes.append("Of an expansion, only what comes on top of today's output is new.")
    if stage == "restart":
        notes.append("A restart is new only if the figures' year had none of it.")
    if capacity is not None:
        notes.append("A capacity is what a plant could make; what it will make may be less.")
    when = facts.days("date")
    if not when:
        asks.insert(0, FROM)
    return facts.proposal(
        Bearing.SUPPLY,
        "Tonnes come onto the market from here.",
        _draft("new_supplier", facts.told(country=facts.place, tonnes=capacity, **when), *asks),
        notes=tuple(notes),
    )


def _disruption(facts: Facts) -> Proposal:
    volume = facts.mass("volume")
    asks: list[Question] = []
    if volume is None:
        shown = facts.shown("volume")
        said = f' The text says "{shown}".' if shown else ""
        asks.append(
            Question(
                name="lost",
                text=f"How much output a year, or what share of the country's, is lost?{said}",
                unit="t a year, or a share",
                range="0..1",
                basis="all that can be; the site's part of its country's output bounds it",
            )
        )
    days = facts.days("date")
    asks += [] if days else [FROM]
    asks.append(UNTIL)
    draft = _draft(
        "outage",
        facts.told(country=facts.place, site=_first(facts.sites), lost=volume, **days),
        *asks,
    )
    why = "Output is lost while it lasts, and nobody fills the gap unless a change says so."
    return facts.proposal(Bearing.SUPPLY, why, draft)


def _restriction(facts: Facts) -> Proposal:
    action, who = facts.word("action"), _first(facts.countries("authority"))
    to = list(facts.countries("target"))
    days = facts.days("effective_date")
    if action == "lifting" or facts.event.status in _NO_TONNES:
        why = "The restriction falls away: leave it out of your scenario from that day."
        return facts.nothing(Bearing.NONE, why)
    if action == "tax":
        why = "A tax on exports moves cost, not tonnes: see `lodewire landed-cost`."
        return facts.nothing(Bearing.COST, why)
    asks = () if days else (FROM,)
    if action == "quota":
        cap = Question(
            name="cap",
            text="How many tonnes a year does the quota allow?",
            unit="t a year",
            range="",
            basis="the text gives no tonnage; the authority's notice does",
        )
        draft = _draft("quota", facts.told(country=who, targets=to, **days), cap, *asks)
        return facts.proposal(Bearing.SUPPLY, "A quota caps what gets out.", draft)
    licensed = action == "licensing"
    question = (
        Question(
            name="leakage",
            text="What share of these exports gets its licence, or leaves without one?",
            unit="share",
            range="0..1",
            basis="all that can be: a licence may be a formality or a ban. " + LEAKAGE.basis,
        )
        if licensed
        else LEAKAGE
    )
    draft = _draft("ban", facts.told(country=who, targets=to, **days), question, *asks)
    why = (
        "Exports need a licence: what is not licensed is lost to others."
        if licensed
        else "Exports are forbidden: what does not leak is lost to others."
    )
    return facts.proposal(Bearing.SUPPLY if not to else Bearing.TRADE, why, draft)


def _sanction(facts: Facts) -> Proposal:
    who, whom = facts.countries("authority"), facts.countries("target")
    if facts.event.status in _NO_TONNES:
        return facts.nothing(Bearing.NONE, "The sanction falls away: leave it out from that day.")
    if not whom:
        why = "The sanction strikes no country that could be told: say whose exports it stops."
        return facts.nothing(Bearing.TRADE, why)
    days = facts.days("effective_date")
    drafts = [
        _draft("ban", facts.told(country=country, targets=list(who), **days), LEAKAGE)
        for country in whom
    ]
    why = "Who sets the sanction no longer buys; the material goes elsewhere."
    note = "Sanctions on single companies stop only what those sell: leakage then is the rest."
    return facts.proposal(Bearing.TRADE, why, *drafts, notes=(note,))


def _tariff(facts: Facts) -> Proposal:
    if facts.event.status in _NO_TONNES:
        return facts.nothing(Bearing.NONE, "The duty falls away: leave it out from that day.")
    who, days = _first(facts.countries("authority")), facts.days("effective_date")
    rate = next((f"{s.value}%" for s in facts.event.of("rate") if s.unit == "%"), None)
    asks = [
        Question(
            name="diverted",
            text="What share of the imports it falls on turns to partners that it spares?",
            unit="share",
            range="0..1",
            basis="all that can be; 0 leaves trade as it is and moves cost alone",
        )
    ]
    if rate is None:
        asks.insert(
            0,
            Question(
                name="rate",
                text="At what rate, of the customs value?",
                unit="share",
                range="",
                basis="the text gives no rate",
            ),
        )
    if who is None:
        asks.insert(0, _who("Which country takes the duty?", "country"))
    told = facts.told(country=who, partners=list(facts.countries("target")), rate=rate, **days)
    why = "A duty moves cost; tonnes only where buyers turn away. See `lodewire landed-cost`."
    return facts.proposal(Bearing.COST, why, Draft(kind="tariff", told=told, questions=tuple(asks)))


def _supply(facts: Facts) -> Proposal:
    if facts.event.status in _NO_TONNES:
        return facts.nothing(Bearing.NONE, "The agreement has ended: what it moved goes elsewhere.")
    volume = facts.mass("volume")
    country = _first((*facts.countries("country"), *facts.countries("site", "supplier")))
    to = _first(facts.countries("buyer"))
    asks: list[Question] = []
    if volume is None:
        shown = facts.shown("volume")
        asks.append(
            Question(
                name="tonnes",
                text="How many tonnes a year?" + (f' The text says "{shown}".' if shown else ""),
                unit="t a year",
                range="",
                basis="the text gives no volume a year",
            )
        )
    if to is None:
        asks.append(_who("Which country does the buyer take it to?", "to"))
    asks.append(REPLACES)
    told = facts.told(country=country, to=to, tonnes=volume, **facts.days("date"))
    note = (
        "A contract moves output to a buyer. If the site does not produce yet, it is no supply "
        "before it does: use new_supplier from that day."
    )
    why = "Volume is redirected, not new: the world's supply stays, the buyer's imports change."
    return facts.proposal(Bearing.TRADE, why, _draft("redirection", told, *asks), notes=(note,))


def _acquisition(facts: Facts) -> Proposal:
    why = (
        "Owners change, tonnes do not: country shares of output stay, those of owners move "
        "(`lodewire owners SITE`)."
    )
    proposal = facts.nothing(Bearing.OWNERS, why)
    what = facts.names("asset", "target")
    by, to = facts.names("acquirer"), facts.countries("acquirer")
    if not what or not by:
        return proposal
    stake = next((f"{s.value} % of " for s in facts.event.of("stake") if s.unit == "%"), "")
    where = f" ({', '.join(to)})" if to else ""
    return facts.with_note(proposal, f"{stake}{', '.join(what)} goes to {', '.join(by)}{where}.")


def _financing(facts: Facts) -> Proposal:
    return _not_yet(facts, "financing", "Money is not supply.")


def _venture(facts: Facts) -> Proposal:
    return facts.nothing(
        Bearing.NONE_YET,
        "A partnership is not supply; what it builds is, from first production on.",
        "first production",
    )


def _report(facts: Facts) -> Proposal:
    why = "What was produced is a figure, not a change: see `lodewire figures`."
    return facts.nothing(Bearing.NONE, why)


def _policy(facts: Facts) -> Proposal:
    why = (
        "What the measure does to tonnes is not told. State it yourself: a cap on output is a "
        "quota, a stockpile that is sold a stock_release, a subsidy nothing until something is "
        "produced."
    )
    return facts.nothing(Bearing.NONE_YET, why)


def _no_tonnes(facts: Facts) -> Proposal:
    return facts.nothing(Bearing.NONE, "A price or an expectation moves no tonnes by itself.")


def _draft(kind: str, told: dict[str, object], *questions: Question) -> Draft:
    asks = list(questions)
    if "country" not in told:
        asks.insert(0, _who("Which country does it concern?", "country"))
    return Draft(kind=kind, told=told, questions=tuple(asks))


def _who(text: str, name: str) -> Question:
    return Question(name=name, text=text, unit="country", range="", basis="the text does not say")


def _first(found: tuple[str, ...]) -> str | None:
    return found[0] if found else None


_RULES: Mapping[EventType, Callable[[Facts], Proposal]] = {
    EventType.EXPLORATION_AGREEMENT: _exploration,
    EventType.RESOURCE_ESTIMATE: _resource,
    EventType.PERMIT: _permit,
    EventType.PROJECT_MILESTONE: _milestone,
    EventType.DISRUPTION: _disruption,
    EventType.EXPORT_RESTRICTION: _restriction,
    EventType.SANCTION: _sanction,
    EventType.TARIFF: _tariff,
    EventType.SUPPLY_AGREEMENT: _supply,
    EventType.ACQUISITION: _acquisition,
    EventType.FINANCING: _financing,
    EventType.JOINT_VENTURE: _venture,
    EventType.PRODUCTION_REPORT: _report,
    EventType.POLICY_MEASURE: _policy,
}
