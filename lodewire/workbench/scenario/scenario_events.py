"""Events of the ledger and scenarios: a file to fill in, and the answers put in their places."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields

from lodewire.analytics.scenario.proposal import Draft, Proposal, Question
from lodewire.errors import ScenarioError
from lodewire.model.plain import plain
from lodewire.model.scenario import Scenario
from lodewire.ontology.commodities import ancestors_of, load_commodities
from lodewire.reference.store import FigureStore
from lodewire.workbench.scenario.scenario_files import Asked
from lodewire.workbench.scenario.scenario_words import KINDS, build_change
from lodewire.workbench.scenario.scenarios import figures_for, stages_of

_NEEDED_BESIDE = {"redirection": {"to"}}


def subject_of(
    proposal: Proposal,
    commodity: str | None = None,
    stage: str | None = None,
    store: FigureStore | None = None,
) -> tuple[str, str]:
    """Return the commodity and stage that a proposal is measured on.

    As asked for; else the first of the event's commodities whose figures list the country that
    changes, or that has figures at all, or a wider material that has; at the stage of the event's
    site where it is known. Raises ScenarioError where the event names no material.
    """
    wanted = [commodity] if commodity else list(proposal.commodities)
    if not wanted:
        raise ScenarioError(
            f"{proposal.event_id} names no material that the ontology knows",
            hint="Name it: --commodity cobalt --stage mining",
        )
    asked = stage or proposal.stage
    found: list[tuple[str, str]] = []
    for name in wanted:
        for known in (name, *ancestors_of(name)) if commodity is None else (name,):
            found += [(known, s) for s in stages_of(known, store) if asked in (None, s)]
    if found:
        places = {str(d.told["country"]) for d in proposal.drafts if "country" in d.told}
        listed = (pair for pair in found if places & _listed(*pair, store))
        return next(listed, found[0])
    material = load_commodities().get(wanted[0])
    if asked is None and (material is None or not material.stages):
        raise ScenarioError(
            f"{wanted[0]} has no stage that the ontology knows",
            hint="Name it: --stage refining",
        )
    return wanted[0], asked or material.stages[0].value  # type: ignore[union-attr]


def _listed(commodity: str, stage: str, store: FigureStore | None) -> set[str]:
    scenario = Scenario(name="", commodity=commodity, stage=stage, changes=())
    return {f.country for f in figures_for(scenario, needed=False, store=store)}


def required(draft: Draft) -> tuple[Question, ...]:
    """Return the questions that must be answered before the change can be run."""
    needed = {f.name for f in fields(KINDS[draft.kind]) if f.default is MISSING}
    needed |= _NEEDED_BESIDE.get(draft.kind, set())
    return tuple(q for q in draft.questions if q.name in needed)


def settle(proposal: Proposal, answers: Mapping[str, str], commodity: str, stage: str) -> Scenario:
    """Return the scenario of a proposal with its questions answered.

    Raises ScenarioError naming the question that is open, or an answer that nobody asked for.
    """
    asked = {q.name for d in proposal.drafts for q in d.questions}
    for name in answers:
        if name not in asked:
            raise ScenarioError(
                f"{name!r} is not asked of {proposal.event_id}",
                hint=f"Questions: {', '.join(sorted(asked)) or 'none'}",
            )
    changes = []
    for draft in proposal.drafts:
        for question in required(draft):
            if question.name not in answers:
                raise ScenarioError(
                    f"{question.name} is open: {question.text}",
                    hint=f"Answer with --set {question.name}="
                    + (question.range or question.unit.upper().replace(" ", "-")),
                )
        own = {q.name: answers[q.name] for q in draft.questions if q.name in answers}
        changes.append(build_change(draft.kind, {**draft.told, **own}))
    return Scenario(
        name=f"{proposal.type.value.replace('_', ' ')} {proposal.event_id}",
        commodity=commodity,
        stage=stage,
        changes=tuple(changes),
    )


def settled(proposal: Proposal, answers: Mapping[str, str], commodity: str, stage: str) -> Asked:
    """Return what is to be run of a proposal."""
    return Asked(scenario=settle(proposal, answers, commodity, stage))


def scenario_file(proposal: Proposal, commodity: str, stage: str) -> str:
    """Return a scenario file to fill in: what the text gives, and each open question as a line."""
    return "\n".join(_lines(proposal, commodity, stage)) + "\n"


def _lines(proposal: Proposal, commodity: str, stage: str) -> Iterator[str]:
    yield f"# {_one_line(proposal.why)}"
    for note in proposal.notes:
        yield f"# {_one_line(note)}"
    yield f"name = {_quoted(f'{proposal.type.value} {proposal.event_id}')}"
    yield f"commodity = {_quoted(commodity)}"
    yield f"stage = {_quoted(stage)}"
    yield '# importer = "JP"'
    yield '# partner = "CN"'
    for draft in proposal.drafts:
        yield ""
        yield "[[change]]"
        yield f"kind = {_quoted(draft.kind)}"
        for name, value in draft.told.items():
            yield f"{name} = {_quoted(value)}"
        needed = {q.name for q in required(draft)}
        for question in draft.questions:
            yield f"# {_one_line(question.text)} [{question.unit}; {_one_line(question.basis)}]"
            yield f'# {question.name} = "{question.range}"' + (
                "   (needed)" if question.name in needed else ""
            )


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())


def _quoted(value: object) -> str:
    """A TOML string or array: without what steers, JSON's escapes are TOML's."""
    told = [plain(str(v)) for v in value] if isinstance(value, list) else plain(str(value))
    return json.dumps(told, ensure_ascii=False)
