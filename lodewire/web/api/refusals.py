"""How every operation may refuse, as its description tells."""

from __future__ import annotations

from litestar.openapi.datastructures import ResponseSpec

from lodewire.model.answers import Problem

REFUSED = {
    status: ResponseSpec(
        Problem, description=told, media_type="application/problem+json", generate_examples=False
    )
    for status, told in {
        400: "The request cannot be answered as it was put.",
        401: "A key is needed, or this one is not accepted.",
        403: "This is not open to the caller: the tier, the key's scope, or the day.",
        404: "Nothing goes by that name here.",
        413: "The request is too large.",
        414: "The address is too long.",
        429: "Too many requests; Retry-After says when to ask.",
        503: "The desk cannot be read just now.",
    }.items()
}
