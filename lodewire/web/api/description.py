"""The OpenAPI description of the API, made from the operations themselves."""

from __future__ import annotations

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

_ABOUT = """\
Every event is a view over statements, and every statement carries the exact words of a document
that state it. Amounts are decimals as text with the unit they were stated in; days are ISO days,
times are instants in UTC; what is missing is null, never zero. `as_of` answers with what was known
at a past instant. Lists give `next`: send it back as `cursor` for what comes after. Answers carry
an ETag: send it back as If-None-Match and get 304 while nothing has changed. Errors are problems
(RFC 9457). Documents' texts stay with their publishers.
"""


def description_of(name: str) -> OpenAPIConfig:
    """Return how the API of a desk is described, at ``/api/v1/openapi.json``."""
    return OpenAPIConfig(
        title=f"{name}: API",
        version="1",
        description=_ABOUT,
        use_handler_docstrings=True,
        path="/api/v1/openapi.json",
        render_plugins=[JsonRenderPlugin(path="/")],
        components=Components(
            security_schemes={
                "key": SecurityScheme(
                    type="http", scheme="bearer", description="A key of your account."
                )
            }
        ),
        security=[{}, {"key": []}],
    )
