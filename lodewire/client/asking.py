"""The client: one method an operation, pages followed, limits waited for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from types import TracebackType
from typing import Any, TypeVar, Unpack

import httpx

from lodewire.client.building import build
from lodewire.client.filters import DocumentFilters, EventFilters
from lodewire.client.refusals import ApiError, ApiProblem, ApiUnreachable
from lodewire.model.answers import (
    BriefPage,
    CorrectionPage,
    DocumentAnswer,
    EntityAnswer,
    EntityPage,
    EventAnswer,
    EventPage,
    HitAnswer,
    HitPage,
    StatementAnswer,
    StatementPage,
    Values,
    WholeEventAnswer,
)

T = TypeVar("T")
LONGEST_WAIT = 120
"""Seconds that the client waits when it asked too often, before it gives up."""


class Client:
    """A desk's API. Use as a context manager, or close it. Safe for one thread at a time.

    ``as_of``, an aware moment, has every question answered with what was known then. A request
    that came too often is sent again after the time that the desk names.
    """

    def __init__(
        self,
        address: str,
        *,
        key: str | None = None,
        as_of: datetime | None = None,
        timeout: float = 30.0,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if as_of is not None and as_of.tzinfo is None:
            raise ValueError("as_of needs a time zone")
        headers = {"accept": "application/json"}
        if key is not None:
            headers["authorization"] = f"Bearer {key}"
        base = f"{address.rstrip('/')}/api/v1"
        self._http = httpx.Client(
            base_url=base, headers=headers, timeout=timeout, transport=transport
        )
        self._as_of = as_of
        self._sleep = sleep

    def events(self, q: str = "", **filters: Unpack[EventFilters]) -> Iterator[EventAnswer]:
        """Yield events, newest first, page after page."""
        for page in self._pages(EventPage, "/events", {"q": q, "limit": 200, **filters}):
            yield from page.events

    def event(self, id_: str) -> WholeEventAnswer:
        """Return an event with all that proves it. Raises ApiProblem (404) where there is none."""
        return self._get(WholeEventAnswer, f"/events/{id_}")

    def statement(self, id_: str) -> StatementAnswer:
        """Return one statement."""
        return self._get(StatementAnswer, f"/statements/{id_}")

    def statements(self, *, document: str) -> tuple[StatementAnswer, ...]:
        """Return what a document states of events."""
        return self._get(StatementPage, f"/documents/{document}/statements").statements

    def documents(self, q: str = "", **filters: Unpack[DocumentFilters]) -> Iterator[HitAnswer]:
        """Yield documents, the best match first; without words the latest first."""
        for page in self._pages(HitPage, "/documents", {"q": q, "limit": 100, **filters}):
            yield from page.hits

    def document(self, id_: str) -> DocumentAnswer:
        """Return what is known of a document."""
        return self._get(DocumentAnswer, f"/documents/{id_}")

    def entities(self, name: str = "", *, kind: str | None = None) -> tuple[EntityAnswer, ...]:
        """Return the things that go by a name, or those that most documents name."""
        return self._get(EntityPage, "/entities", {"name": name, "kind": kind}).entities

    def entity(self, id_: str) -> EntityAnswer:
        """Return one thing."""
        return self._get(EntityAnswer, f"/entities/{id_}")

    def brief_days(self) -> tuple[date, ...]:
        """Return the days that have a brief, latest first."""
        return tuple(b.day for b in self._get(BriefPage, "/briefs").briefs)

    def brief(self, day: date | None = None) -> dict[str, Any]:
        """Return the brief of a day, or the latest, in the format of `lodewire brief`'s JSON."""
        return self._get(Values, f"/briefs/{day.isoformat() if day else 'latest'}").result

    def corrections(self) -> CorrectionPage:
        """Return what briefs said and what is right."""
        return self._get(CorrectionPage, "/corrections")

    def measures(
        self,
        commodity: str,
        *,
        country: str | None = None,
        partner: str | None = None,
        stage: str | None = None,
        inputs: bool = False,
    ) -> dict[str, Any]:
        """Return every measure of a commodity, with bounds, methods and vintages."""
        asked = {"country": country, "partner": partner, "stage": stage, "inputs": inputs}
        return self._get(Values, f"/commodities/{commodity}/measures", asked).result

    def scenario(
        self, commodity: str, stage: str, changes: Mapping[str, str], **more: Any
    ) -> dict[str, Any]:
        """Return every measure before and after: ``{"ban": "CD: leakage 0..0.1..0.3"}``."""
        told = [{"kind": kind, "words": words} for kind, words in changes.items()]
        asked = {"commodity": commodity, "stage": stage, "changes": told, **_plain(more)}
        return self._post("/scenarios", asked)

    def landed_cost(
        self, commodity: str, importer: str, origin: str, day: date, **more: Any
    ) -> dict[str, Any]:
        """Return a landed cost step by step."""
        asked = {"commodity": commodity, "importer": importer, "origin": origin, "day": day}
        return self._post("/landed-costs", _plain({**asked, **more}))

    def export(self, form: str = "csv", **filters: Unpack[EventFilters]) -> bytes:
        """Return events as one file: csv, jsonl or parquet."""
        return self._send("GET", f"/exports/events.{form}", params=self._asked(filters)).content

    def _get(self, type_: type[T], path: str, asked: Mapping[str, Any] | None = None) -> T:
        answer = self._send("GET", path, params=self._asked(asked or {}))
        return _built(type_, answer)

    def _post(self, path: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        return _built(Values, self._send("POST", path, json=dict(asked))).result

    def _pages(self, type_: type[T], path: str, asked: Mapping[str, Any]) -> Iterator[T]:
        cursor = ""
        while True:
            page = self._get(type_, path, {**asked, "cursor": cursor})
            yield page
            cursor = getattr(page, "next", None) or ""
            if not cursor:
                return

    def _asked(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return _plain({"as_of": self._as_of, **asked})

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        waited = 0
        while True:
            try:
                answer = self._http.request(method, path, **more)
            except httpx.HTTPError as error:
                raise ApiUnreachable(
                    f"{self._http.base_url} gives no answer: {error}",
                    hint="Check the address, and that `lodewire serve` runs there.",
                ) from error
            if answer.is_success:
                return answer
            problem = _problem(answer)
            if problem.status != 429 or problem.wait is None:
                raise problem
            waited += problem.wait
            if waited > LONGEST_WAIT:
                raise problem
            self._sleep(problem.wait)

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _plain(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as the API reads them; what is None or empty is left out."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asked.items()
        if value not in (None, "")
    }


def _built(type_: type[T], answer: httpx.Response) -> T:
    try:
        return build(type_, answer.json())
    except ValueError as error:
        raise ApiError(
            f"this answer is not understood: {error}",
            hint="The desk may run another version of Lodewire than this client.",
        ) from error


def _problem(answer: httpx.Response) -> ApiProblem:
    try:
        told = answer.json()
    except ValueError:
        told = {}
    if not isinstance(told, dict):
        told = {}
    wait = answer.headers.get("retry-after", "")
    return ApiProblem(
        answer.status_code,
        str(told.get("title") or answer.reason_phrase or "Refused"),
        str(told.get("detail") or ""),
        int(wait) if wait.isdigit() else None,
    )
