"""The operations of the API: each reads the ledger once and answers with values of the model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated, Any

from litestar import Request, Router, get, post
from litestar.di import Provide
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from lodewire.model.answers import (
    BriefPage,
    CorrectionPage,
    DocumentAnswer,
    EntityAnswer,
    EntityPage,
    EventAnswer,
    EventPage,
    HitPage,
    StatementAnswer,
    StatementPage,
    Values,
    WholeEventAnswer,
)
from lodewire.model.tier import Part
from lodewire.model.vocabulary import MentionType
from lodewire.web.api.asking import (
    AsOf,
    Cursor,
    Documents,
    Events,
    Here,
    Id,
    Limit,
    Words,
    event_filters,
    here_on,
    search_filters,
)
from lodewire.web.api.callers import Caller
from lodewire.web.api.exports import EXPORTS
from lodewire.web.api.refusals import REFUSED
from lodewire.web.site import Site
from lodewire.workbench.answers import briefs, documents, entities, events, measures
from lodewire.workbench.answers.measures import CostAsked, ScenarioAsked
from lodewire.workbench.answers.moments import ledger_at

_get = partial(get, sync_to_thread=True, responses=REFUSED)
_post = partial(post, sync_to_thread=True, responses=REFUSED, status_code=200)


@_get("/events", operation_id="listEvents", tags=["events"])
def list_events(
    here: Here,
    event_filters: Events,
    q: Words = "",
    as_of: AsOf = None,
    limit: Limit = 50,
    cursor: Cursor = "",
) -> EventPage:
    """Events, newest first, by filters and words."""
    here.demand(Part.FULL_TEXT)
    with ledger_at(here.ledger, as_of) as ledger:
        return events.find_events(
            ledger,
            here_on(event_filters, here),
            query=q,
            limit=limit,
            cursor=cursor,
            site=here.address,
        )


@_get("/events/{id:str}", operation_id="getEvent", tags=["events"])
def get_event(here: Here, id: Id, as_of: AsOf = None) -> WholeEventAnswer:  # noqa: A002
    """One event with every statement, source, check and note.

    The id of an event that went into another one gives that one.
    """
    here.demand(Part.FULL_TEXT)
    with ledger_at(here.ledger, as_of) as ledger:
        whole = events.whole_event(ledger, id, publishers=here.publishers, site=here.address)
    _demand_day(here, whole.event)
    return whole if here.sees(Part.ANALYSIS) else replace(whole, context=())


@_get(
    "/events/{id:str}/statements",
    operation_id="listEventStatements",
    tags=["statements"],
)
def event_statements(here: Here, id: Id, as_of: AsOf = None) -> StatementPage:  # noqa: A002
    """The statements of an event, retracted ones included."""
    here.demand(Part.FULL_TEXT)
    with ledger_at(here.ledger, as_of) as ledger:
        _demand_day(here, events.event_answer(events.event_of(ledger, id)))
        return events.statements_of_event(ledger, id)


@_get("/statements/{id:str}", operation_id="getStatement", tags=["statements"])
def get_statement(here: Here, id: Id, as_of: AsOf = None) -> StatementAnswer:  # noqa: A002
    """One statement: a value, and the exact words that state it."""
    here.demand(Part.FULL_TEXT)
    with ledger_at(here.ledger, as_of) as ledger:
        found = events.one_statement(ledger, id)
        _demand_day(here, events.event_answer(events.event_of(ledger, found.event or "")))
        return found


@_get("/entities", operation_id="listEntities", tags=["entities"])
def list_entities(
    here: Here,
    name: Words = "",
    kind: Annotated[MentionType | None, QueryParameter(required=False)] = None,
    as_of: AsOf = None,
    limit: Limit = 50,
) -> EntityPage:
    """Things that go by a name, or those that most documents name."""
    with ledger_at(here.ledger, as_of) as ledger:
        return entities.find_entities(ledger, name=name, kind=kind, limit=limit, site=here.address)


@_get("/entities/{id:str}", operation_id="getEntity", tags=["entities"])
def get_entity(here: Here, id: Id, as_of: AsOf = None) -> EntityAnswer:  # noqa: A002
    """One commodity, country, organisation, site or person."""
    with ledger_at(here.ledger, as_of) as ledger:
        return entities.one_entity(ledger, id, site=here.address)


@_get("/documents", operation_id="searchDocuments", tags=["documents"])
def search_documents(
    here: Here,
    search_filters: Documents,
    q: Words = "",
    as_of: AsOf = None,
    limit: Limit = 20,
    cursor: Cursor = "",
) -> HitPage:
    """Documents by words and filters, the best match first; without words the latest first."""
    here.demand(Part.FULL_TEXT)
    with ledger_at(here.ledger, as_of) as ledger:
        asked = here_on(search_filters, here)
        return documents.find_documents(ledger, q, asked, limit=limit, cursor=cursor)


@_get("/documents/{id:str}", operation_id="getDocument", tags=["documents"])
def get_document(here: Here, id: Id, as_of: AsOf = None) -> DocumentAnswer:  # noqa: A002
    """What is known of a document; its text stays with its publisher."""
    here.demand(Part.FULL_TEXT)
    with ledger_at(here.ledger, as_of) as ledger:
        found = documents.one_document(ledger, id, publishers=here.publishers)
    here.demand_day(found.published or found.first_seen.date())
    return found


@_get(
    "/documents/{id:str}/statements",
    operation_id="listDocumentStatements",
    tags=["statements"],
)
def document_statements(here: Here, id: Id, as_of: AsOf = None) -> StatementPage:  # noqa: A002
    """What a document states of events."""
    here.demand(Part.FULL_TEXT)
    with ledger_at(here.ledger, as_of) as ledger:
        told = documents.one_document(ledger, id)
        here.demand_day(told.published or told.first_seen.date())
        return events.statements_of_document(ledger, id)


@_get("/briefs", operation_id="listBriefs", tags=["briefs"])
def list_briefs(here: Here, limit: Limit = 100) -> BriefPage:
    """Days that have a brief, latest first."""
    with ledger_at(here.ledger) as ledger:
        return briefs.brief_days(ledger, limit=limit, site=here.address)


@_get("/briefs/latest", operation_id="getLatestBrief", tags=["briefs"])
def latest_brief(here: Here, as_of: AsOf = None) -> Values:
    """The latest brief, with the corrections of its day."""
    with ledger_at(here.ledger, as_of) as ledger:
        return briefs.brief_of(ledger, reach=here.reach)


@_get("/briefs/{day:date}", operation_id="getBrief", tags=["briefs"])
def get_brief(here: Here, day: FromPath[date], as_of: AsOf = None) -> Values:
    """The brief of a day, with its corrections."""
    here.demand_day(day)
    with ledger_at(here.ledger, as_of) as ledger:
        return briefs.brief_of(ledger, day, reach=here.reach)


@_get("/corrections", operation_id="listCorrections", tags=["briefs"])
def list_corrections(here: Here, limit: Limit = 100) -> CorrectionPage:
    """What briefs said and what is right, the latest first."""
    with ledger_at(here.ledger) as ledger:
        return briefs.corrections(ledger, limit=limit)


@_get(
    "/commodities/{id:str}/measures",
    operation_id="getMeasures",
    tags=["measures"],
)
def get_measures(
    here: Here,
    id: Id,  # noqa: A002
    country: Annotated[str | None, QueryParameter(max_length=60, required=False)] = None,
    partner: Annotated[str | None, QueryParameter(max_length=60, required=False)] = None,
    stage: Annotated[str | None, QueryParameter(max_length=40, required=False)] = None,
    year: Annotated[int | None, QueryParameter(ge=1900, le=2100, required=False)] = None,
    vintage: Annotated[str | None, QueryParameter(max_length=40, required=False)] = None,
    inputs: FromQuery[bool] = False,
) -> Values:
    """Concentration, reliance, risk and dependence of a commodity, with bounds and method.

    ``inputs`` lists the figures behind each measure.
    """
    here.demand(Part.EXPOSURE)
    return measures.measures_of(
        id,
        country=country,
        partner=partner,
        stage=stage,
        year=year,
        vintage=vintage,
        inputs=inputs,
        desk=here.root,
    )


@_post(
    "/scenarios",
    operation_id="runScenario",
    tags=["measures"],
)
def run_scenario(here: Here, data: JSONBody[ScenarioAsked]) -> Values:
    """Every measure before and after, with bounds and the interval of the draws. Kept nowhere."""
    here.demand(Part.EXPOSURE)
    return measures.run_scenario(data, today=here.clock().date(), desk=here.root)


@_post(
    "/landed-costs",
    operation_id="getLandedCost",
    tags=["measures"],
)
def landed_cost(here: Here, data: JSONBody[CostAsked]) -> Values:
    """A landed cost step by step, with each duty and its instrument. Kept nowhere."""
    here.demand(Part.EXPOSURE)
    return measures.landed_cost_of(data, desk=here.root)


def _demand_day(here: Site, event: EventAnswer) -> None:
    """Refuse an event that lies too far back for the caller."""
    here.demand_day(event.reported or event.first_seen.date())


OPERATIONS: tuple[Any, ...] = (
    list_events,
    get_event,
    event_statements,
    get_statement,
    list_entities,
    get_entity,
    search_documents,
    get_document,
    document_statements,
    list_briefs,
    latest_brief,
    get_brief,
    list_corrections,
    get_measures,
    run_scenario,
    landed_cost,
    *EXPORTS,
)


def api_router(site: Site, *more: Any) -> Router:
    """Return the API of a site; ``more`` operations join those of this module."""

    def here(request: Request[Any, Any, Any]) -> Site:
        caller: Caller = request.scope["state"]["caller"]
        return site if caller.reach is None else replace(site, reach=caller.reach)

    return Router(
        "/api/v1",
        route_handlers=[*OPERATIONS, *more],
        dependencies={
            "here": Provide(here, sync_to_thread=False),
            "event_filters": Provide(event_filters, sync_to_thread=False),
            "search_filters": Provide(search_filters, sync_to_thread=False),
        },
        include_in_schema=True,
    )
