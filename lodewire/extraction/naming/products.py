"""Commodity mentions with their product form: "copper" + "cathode", "rare earth" + "oxide"."""

from __future__ import annotations

import re

from lodewire.model.evidence import Span

_FORM = re.compile(
    r"[ \u00a0-](?:oxides?|concentrates?|ores?|hydroxides?|sulphates?|sulfates?|carbonates?|"
    r"chlorides?|metals?|cathodes?|ingots?|scrap|powders?|alloys?|matte|anodes?|billets?|sheets?|"
    r"foils?|wires?|wire rods?|fines|pellets?|magnets?|chemicals?|compounds?|salts?|products?|"
    r"bars?|slabs?|briquettes?|flakes?|intermediates?|derivatives|semis|sponge|dioxide|trioxide|"
    r"pentoxide|fluoride|nitrate|phosphate|tungstate|paratungstate)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:primary|refined|unwrought|blister|raw|crude|battery[- ]grade|high[- ]purity|seaborne|"
    r"recycled|secondary|low-carbon|heavy|light|natural|synthetic|flat|stainless|hot-rolled|"
    r"cold-rolled|thermal|metallurgical|coking)[ \u00a0]$",
    re.IGNORECASE,
)


def extend_product(text: str, span: Span, limit: int) -> Span:
    """Return ``span`` widened over the product words after it, up to ``limit``."""
    end = span.end
    for _ in range(2):
        match = _FORM.match(text, end, limit)
        if match is None:
            break
        end = match.end()
    return Span(span.start, end)
