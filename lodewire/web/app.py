"""The application: which view stands at which path, and how each is answered."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TextIO

import anyio.to_thread
from litestar import Litestar, Request, Response, Router, get, post
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from lodewire.errors import AccountError, LinkRefused, LodewireError, TooMany
from lodewire.publish.frame import frame_of
from lodewire.web.acts import ACTS, HOOKS, LONGEST_BODY, UPLOADS, Act, fields_of, takes
from lodewire.web.api.callers import Anyone, Callers
from lodewire.web.api.description import description_of
from lodewire.web.api.gate import PREFIX, Gate
from lodewire.web.api.key_callers import KeyCallers
from lodewire.web.api.problems import answer_problem
from lodewire.web.api.routes import api_router
from lodewire.web.door import Doorman
from lodewire.web.forms import Forged, SignInFirst, check_form, check_sender
from lodewire.web.keeping import Kept, Shelf
from lodewire.web.languages import _, current, split_path
from lodewire.web.metrics import Metrics, letters_text, schedule_text
from lodewire.web.pages import (
    account,
    analyst,
    brief,
    crawling,
    desk_pages,
    editor,
    entity,
    entity_feeds,
    event,
    feeds,
    figures,
    pictures,
    reports,
    search,
    sign_in,
    texts,
    trends,
    watch,
)
from lodewire.web.rendering import KINDS, STATIC, asset, asset_path, render
from lodewire.web.shell import SCRIPTED, App, Shell
from lodewire.web.site import Ask, Barred, Missing, Moved, Page, Refused, Sent, Site, led_to
from lodewire.web.tongues import Tongues
from lodewire.web.uploads import sent_with

View = Callable[[Site, Ask], Page]
_LOG = logging.getLogger("lodewire.web")
_MOST_PARAMETERS = 40
#: Parameters that boxes of a form tell several times: taken together, with commas.
_JOINED = frozenset(("columns",))

VIEWS: dict[str, View] = {
    "/": brief.home,
    "/brief/{day:str}": brief.day,
    "/archive": brief.archive,
    "/desk/{desk:str}": brief.desk,
    "/event/{event:str}": event.event,
    "/search": search.search,
    "/corrections": desk_pages.corrections,
    "/sources": desk_pages.sources,
    "/trends": trends.trends,
    "/trends/chart/{chart:str}": pictures.trends_picture,
    "/methods": desk_pages.methods,
    "/membership": account.membership,
    "/sign-in": sign_in.sign_in,
    "/sign-in/{token:str}": sign_in.link,
    "/account": account.account,
    "/account/export.json": account.export,
    **{f"/{name}": texts.text for name in texts.TEXTS},
    "/robots.txt": crawling.robots,
    "/sitemap.xml": crawling.sitemap,
    **{f"/{plural}": entity.listing for plural in entity.PLURALS.values()},
    **{f"/{kind}/{{id:str}}": entity.entity for kind in KINDS.values()},
    "/commodity/{id:str}/chart/{chart:str}": pictures.commodity_picture,
    "/commodity/{id:str}/figures.csv": figures.commodity_figures,
    "/reports": reports.listing,
    "/reports/{slug:str}": reports.report,
    "/reports/{slug:str}/chart/{chart:str}": reports.picture,
    "/reports/{slug:str}/report.pdf": reports.pdf,
    "/reports/{slug:str}/figures.json": reports.figures,
    **{f"/reports/feed.{form}": reports.reports_feed for form in feeds.FORMS},
    **{f"/feed.{form}": feeds.brief_feed for form in feeds.FORMS},
    **{f"/corrections/feed.{form}": entity_feeds.corrections_feed for form in feeds.FORMS},
    **{
        f"/{kind}/{{id:str}}/feed.{form}": entity_feeds.entity_feed
        for form in feeds.FORMS
        for kind in KINDS.values()
    },
    **{f"/desk/{{desk:str}}/feed.{form}": feeds.desk_feed for form in feeds.FORMS},
    **{f"/search/feed.{form}": feeds.search_feed for form in feeds.FORMS},
    **editor.VIEWS,
    **watch.VIEWS,
    **analyst.VIEWS,
}


def make_app(
    site: Site,
    *,
    keep_seconds: float = 10.0,
    log: TextIO | None = None,
    doorman: Doorman | None = None,
    callers: Callers | None = None,
) -> App:
    """Return the site as an ASGI application.

    Finished pages are kept for ``keep_seconds``, apart for each kind of reader. ``log`` gets the
    access log, a JSON line an answer. ``doorman`` tells who asks, ``callers`` who may
    ask the API, and how often: by default those with keys of the site's accounts.
    """
    shelf, metrics = Shelf(keep_seconds), Metrics()
    door = doorman or Doorman(site)
    handlers: list[HTTPRouteHandler | Router] = [
        api_router(site),
        *(_handler(site, door, shelf, metrics, path, view) for path, view in VIEWS.items()),
        *(_acting(site, door, path, act) for path, act in ACTS.items()),
        *(_hook(site, path) for path in HOOKS),
        *(_static(name) for name in STATIC),
        *_watched(site, metrics),
    ]
    inner = Litestar(
        route_handlers=handlers,
        openapi_config=description_of(site.name),
        include_in_schema=False,
        debug=False,
        logging_config=None,
        request_max_body_size=LONGEST_BODY,
        exception_handlers={Exception: _answer_errors(site)},
    )
    secure = site.address.startswith("https://")
    keyed = KeyCallers(site.accounts) if site.accounts is not None else Anyone()
    gated = Gate(inner, callers or keyed)  # type: ignore[arg-type]
    spoken = Tongues(gated, site.language)
    return Shell(spoken, metrics, log, secure=secure, takes=_takes)


def _takes(path: str) -> bool:
    """Where a request may have a body: forms, webhooks, and questions too long for an address."""
    plain = split_path(path, "")[1]
    return plain.startswith(PREFIX) or takes(plain)


def _handler(
    site: Site, door: Doorman, shelf: Shelf, metrics: Metrics, path: str, view: View
) -> HTTPRouteHandler:
    def answer(request: Request[Any, Any, Any]) -> Response[bytes]:
        ask = _ask(request, door)
        # What one kind of reader was given is never given to another.
        address = f"{ask.viewer.shelf} {current().tag} {ask.beside()}"
        kept = shelf.get(address)
        metrics.made(kept=kept is not None)
        if kept is None:
            # One state of the ledger for all that a page tells, whoever writes meanwhile.
            with site.ledger.snapshot():
                page = view(site.seen_by(ask.viewer), ask)
            if page.private:
                return _personal(page)
            # The site's clock may stand in a sample's past; what was given when may not.
            kept = shelf.put(address, page, datetime.now(UTC))
        return _given(kept, request, public=ask.viewer.visit is None)

    @get(path)
    async def handle(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await anyio.to_thread.run_sync(answer, request)

    return handle


def _acting(site: Site, door: Doorman, path: str, act: Act) -> HTTPRouteHandler:
    longest = UPLOADS.get(path, LONGEST_BODY)

    @post(path, status_code=200, request_max_body_size=longest)
    async def handle(request: Request[Any, Any, Any]) -> Response[bytes]:
        check_sender({name.lower(): value for name, value in request.headers.items()})
        headers = request.headers
        media, sent = headers.get("content-type", ""), None
        if path in UPLOADS and media.startswith("multipart/form-data"):
            form, sent = await sent_with(request)
        else:
            form = fields_of(await request.body(), media, headers.get("x-form", ""))
        done = partial(_done, site, door, request, form, act, sent)
        return await anyio.to_thread.run_sync(done)

    return handle


def _done(
    site: Site,
    door: Doorman,
    request: Request[Any, Any, Any],
    form: Mapping[str, str],
    act: Act,
    sent: Sent | None = None,
) -> Response[bytes]:
    ask = replace(_ask(request, door, form), file=sent)
    check_form(site, ask)
    return _personal(act(site.seen_by(ask.viewer), ask))


def _hook(site: Site, path: str) -> HTTPRouteHandler:
    header, take = HOOKS[path]

    @post(path, status_code=200)
    async def handle(request: Request[Any, Any, Any]) -> Response[bytes]:
        body = await request.body()
        signature = request.headers.get(header, "")
        return _personal(await anyio.to_thread.run_sync(partial(take, site, body, signature)))

    return handle


def _ask(
    request: Request[Any, Any, Any], door: Doorman, form: Mapping[str, str] | None = None
) -> Ask:
    query: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        known = query.setdefault(name, value)
        if name in _JOINED and known is not value:
            query[name] = f"{known},{value}"
    if len(query) > _MOST_PARAMETERS:
        raise Refused(f"An address may have {_MOST_PARAMETERS} parameters.")
    path = request.url.path
    parts = {name: str(value) for name, value in request.path_params.items()}
    first = path.split("/")[1]
    client = request.client.host if request.client else ""
    return Ask(
        path=path,
        parts={"kind": first, **parts},
        query=query,
        form=form or {},
        viewer=door.viewer(request.cookies, request.headers, client),
    )


def _personal(page: Page) -> Response[bytes]:
    """One person's answer: no cache may keep it."""
    made = Response(page.body, status_code=page.status, media_type=page.media)
    made.headers["cache-control"] = "private, no-store"
    if page.scripts:
        made.headers["content-security-policy"] = SCRIPTED
    for name, value in page.headers:
        made.headers[name] = value
    return made


def _given(kept: Kept, request: Request[Any, Any, Any], *, public: bool) -> Response[bytes]:
    if not public:
        return _personal(kept.page)
    headers = {
        "etag": kept.etag,
        "last-modified": kept.modified,
        "cache-control": "public, max-age=0, must-revalidate",
        "vary": "Cookie",
    }
    has = kept.has(
        request.headers.get("if-none-match", ""), request.headers.get("if-modified-since", "")
    )
    if has:
        return Response(b"", status_code=304, headers=headers)
    if kept.page.scripts:
        headers["content-security-policy"] = SCRIPTED
    return Response(
        kept.page.body, status_code=kept.page.status, headers=headers, media_type=kept.page.media
    )


def _static(name: str) -> HTTPRouteHandler:
    @get(asset_path(name), sync_to_thread=False)
    def handle() -> Response[bytes]:
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(asset(name), media_type=STATIC[name], headers=headers)

    return handle


def _watched(site: Site, metrics: Metrics) -> list[HTTPRouteHandler]:
    @get("/health", sync_to_thread=False)
    def health() -> Response[bytes]:
        return _told(200, {"status": "ok"})

    @get("/ready", sync_to_thread=True)
    def ready() -> Response[bytes]:
        try:
            days = site.ledger.briefs.days()
        except LodewireError:
            return _told(503, {"status": "the ledger cannot be read"})
        latest = days[0].isoformat() if days else None
        return _told(200, {"status": "ready", "latest_brief": latest})

    @get("/metrics", sync_to_thread=True)
    def told() -> Response[bytes]:
        text = metrics.text(site.ledger.counts()) + letters_text(site.ledger)
        text += schedule_text(site.ledger, datetime.now(UTC))
        media = "text/plain; version=0.0.4; charset=utf-8"
        return Response(text.encode(), media_type=media, headers={"cache-control": "no-store"})

    return [health, ready, told]


def _told(status: int, told: dict[str, Any]) -> Response[bytes]:
    return Response(
        json.dumps(told).encode(),
        status_code=status,
        media_type="application/json",
        headers={"cache-control": "no-store"},
    )


def _answer_errors(site: Site) -> Callable[[Request[Any, Any, Any], Exception], Response[bytes]]:
    def answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
        if request.url.path.startswith(PREFIX):
            return answer_problem(request, error)
        if isinstance(error, Moved):
            return Response(b"", status_code=301, headers={"location": error.path})
        if isinstance(error, SignInFirst) and not error.fresh:
            return _personal(led_to(f"/sign-in?next={error.path}"))
        status, message, hint = _words_for(error)
        if status == 500:
            _LOG.error("%s could not be made", request.url.path, exc_info=error)
        if "json" in request.headers.get("accept", ""):
            told = {"type": "about:blank", "status": status, "title": message, "detail": hint}
            return Response(
                json.dumps(told).encode(), status_code=status, media_type="application/problem+json"
            )
        ask = Ask(path=request.url.path)
        page = render(
            site,
            ask,
            "barred.html.j2" if isinstance(error, Barred) else "problem.html.j2",
            heading=message,
            status=status,
            hint=hint,
            index=False,
            path="/",
        )
        return Response(
            page.body,
            status_code=status,
            media_type=page.media,
            headers={"cache-control": "no-store", **_more_for(error)},
        )

    return answer


def _more_for(error: Exception) -> dict[str, str]:
    return {"retry-after": str(error.seconds)} if isinstance(error, TooMany) else {}


def _words_for(error: Exception) -> tuple[int, str, str]:
    """Status, message and hint. Nothing of what went wrong inside is told outside."""
    if isinstance(error, Missing):
        return 404, _(error.message), _(error.hint)
    if isinstance(error, Refused):
        return 400, _("This cannot be answered."), _(str(error))
    if isinstance(error, Barred):
        words = {"who": frame_of(current().tag).words[error.tier.value]}
        if error.part is None:
            told = _("This lies further back than you can read.")
            return 403, told, _("It is open to %(who)s.") % words
        return 403, _("This is not open to you."), _("It is for %(who)s.") % words
    if isinstance(error, Forged):
        return (
            403,
            _("This form was not sent from here."),
            _("Load the page again, then send it."),
        )
    if isinstance(error, SignInFirst):
        return (
            403,
            _("This needs a new sign-in."),
            _("Sign out and in again first."),
        )
    if isinstance(error, TooMany):
        return 429, _(_sentence(error.message)), _(_sentence(error.hint))
    if isinstance(error, LinkRefused | AccountError):
        return 400, _(_sentence(error.message)), _(_sentence(error.hint))
    if isinstance(error, HTTPException) and error.status_code == 404:
        return 404, _("There is no such page."), _("It may have moved; search for what it told.")
    if isinstance(error, HTTPException) and error.status_code < 500:
        return error.status_code, _("This cannot be answered."), _("Check the address.")
    if isinstance(error, LodewireError):
        return 503, _("The desk cannot be read just now."), _("Try again in a minute.")
    return 500, _("Something went wrong on our side."), _("It was noted. Try again in a minute.")


def _sentence(told: str | None) -> str:
    return f"{told[:1].upper()}{told[1:].rstrip('.')}." if told else ""
