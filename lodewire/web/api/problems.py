"""Errors of the API as problems (RFC 9457). Nothing of what went wrong inside is told outside."""

from __future__ import annotations

import json
import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from lodewire.errors import (
    LodewireError,
    MeasureError,
    NotThere,
    QueryError,
    ScenarioError,
    UnitError,
)
from lodewire.publish.frame import SOURCE, frame_of
from lodewire.web.site import Barred

_LOG = logging.getLogger("lodewire.web.api")
_ASKED_WRONGLY = (QueryError, MeasureError, ScenarioError, UnitError)


def answer_problem(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Return the problem that an error is to the caller."""
    status, title, detail = _words_for(error)
    if status == 500:
        _LOG.error("%s could not be answered", request.url.path, exc_info=error)
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(
        json.dumps(told).encode(),
        status_code=status,
        media_type="application/problem+json",
        headers={"cache-control": "no-store"},
    )


def _words_for(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, Barred):
        told = "This lies further back than you can read." if error.part is None else ""
        who = frame_of(SOURCE).words[error.tier.value]
        return 403, told or "This is not open to you.", f"It is for {who}."
    if isinstance(error, NotThere):
        return 404, _sentence(error.message), error.hint or ""
    if isinstance(error, _ASKED_WRONGLY):
        return 400, _sentence(error.message), error.hint or ""
    if isinstance(error, ValidationException):
        return 400, "The request cannot be answered as it was put.", _wrong(error)
    if isinstance(error, HTTPException) and error.status_code == 404:
        return 404, "There is no such operation.", "/api/v1/openapi.json lists them."
    if isinstance(error, HTTPException) and error.status_code < 500:
        return error.status_code, "The request cannot be answered.", str(error.detail)[:500]
    if isinstance(error, LodewireError):
        return 503, "The desk cannot be read just now.", "Try again in a minute."
    return 500, "Something went wrong on our side.", "It was noted. Try again in a minute."


def _wrong(error: ValidationException) -> str:
    """Which parameters are wrong, and how."""
    found = error.extra if isinstance(error.extra, list) else []
    told = [f"{e.get('key', '')}: {e.get('message', '')}" for e in found if isinstance(e, dict)]
    return "; ".join(told)[:500] or str(error.detail)[:500]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
