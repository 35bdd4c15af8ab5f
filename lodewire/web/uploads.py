"""Forms that bring a file: a few fields and one file, all of it within the limit of its path."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile

from lodewire.web.site import Refused, Sent

_MOST_FIELDS = 20
_LONGEST_FIELD = 4_000


async def sent_with(request: Request[Any, Any, Any]) -> tuple[dict[str, str], Sent | None]:
    """Return the fields of a form and its file. Raises Refused for anything else.

    How long all of it may be the path says, before it is read.
    """
    told = await request.form()
    fields: dict[str, str] = {}
    file: Sent | None = None
    pairs = list(told.multi_items())
    if len(pairs) > _MOST_FIELDS:
        raise Refused("This form has too many fields.")
    for name, value in pairs:
        if isinstance(value, UploadFile):
            if file is not None:
                raise Refused("This form takes one file.")
            file = Sent(name=value.filename or "", body=await value.read())
            await value.close()
        elif isinstance(value, str) and len(value) <= _LONGEST_FIELD:
            fields.setdefault(name, value)
        else:
            raise Refused("This form is too long.")
    return fields, file
