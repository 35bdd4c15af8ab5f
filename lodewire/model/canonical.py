"""One text for equal values: what ids, exports and signatures are taken over."""

from __future__ import annotations

import json
from typing import Any


def canonical_json(body: Any) -> str:
    """Return JSON text that is the same for equal bodies: sorted keys, no blanks, no escapes.

    For bodies without floats and with ASCII keys this is RFC 8785. Raises ValueError for a number
    that is not finite.
    """
    return json.dumps(
        body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
