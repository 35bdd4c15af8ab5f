"""Names of time zones in desk.toml."""

from __future__ import annotations


def checked_zone(name: str, *, or_empty: bool = False) -> str:
    """Return the name of an IANA time zone, or "" where it may be; raises ValueError."""
    from zoneinfo import ZoneInfo

    if or_empty and not name:
        return name
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        empty = "empty or " if or_empty else ""
        raise ValueError(f"must be {empty}a name of the IANA time zone database") from error
    return name
