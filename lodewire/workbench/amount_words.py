"""An amount as a person asks for it: "capacity >= 30 kt", "100 to 200 million AUD"."""

from __future__ import annotations

import re
from difflib import get_close_matches

from lodewire.errors import QueryError
from lodewire.extraction.quantities import find_quantities
from lodewire.ledger.amounts import AmountFilter
from lodewire.ontology.event_types import load_event_types

_AMOUNT = re.compile(r"\s*(?:(?P<role>[a-z_]+)\s*)?(?P<sign>>=|<=|=|>|<|≥|≤)?\s*(?P<told>.*)")


def parse_amount(text: str) -> AmountFilter | None:
    """Return the condition that ``text`` writes, or None; a bare "$" is a dollar of no country."""
    match = _AMOUNT.fullmatch(text)
    told = match["told"].strip().replace("..", " to ") if match else ""
    found = find_quantities(told, dollar="$")
    if match is None or len(found) != 1 or found[0].core != (0, len(told)):
        return None
    (quantity,) = found
    if quantity.unit is None:
        return None
    low, high = quantity.bounds
    sign = (match["sign"] or "=").replace("≥", ">=").replace("≤", "<=")
    if low != high and sign != "=":
        return None
    return AmountFilter(
        unit=quantity.unit,
        low=None if sign.startswith("<") else low,
        high=None if sign.startswith(">") else high,
        above=sign == ">",
        below=sign == "<",
        role=match["role"],
    )


def check_role(role: str) -> None:
    """Raise QueryError for a role that no event has, naming those that look like it."""
    known = {r.name for definition in load_event_types().values() for r in definition.roles}
    if role not in known:
        near = get_close_matches(role, known, n=3) or sorted(known)
        raise QueryError(
            f"no event has the role {role[:40]!r}", hint=f"There are {', '.join(near)}"
        )
