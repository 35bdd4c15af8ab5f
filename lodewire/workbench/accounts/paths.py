"""Where a reader is led after signing in: this site, and nowhere else."""

from __future__ import annotations

import re

_LONGEST = 500
# One slash, then no slash and no backslash: browsers take both for the beginning of a host.
_LOCAL = re.compile(r"/(?![/\\])[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*")


def local_path(told: str) -> str:
    """Return a path of this site as it was told; ``/`` for whatever else it is."""
    if len(told) > _LONGEST or not _LOCAL.fullmatch(told) or "\\" in told:
        return "/"
    # A path that signs in or out, or takes a step, is no place to come back to.
    return "/" if told.startswith(("/sign-", "/account/")) else told
