"""Decades of numbers: "mid-40s per cent", "the low $60s a barrel", "the high 30s"."""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.quantities.amounts import Amount, Tongue
from lodewire.extraction.quantities.drafts import Draft
from lodewire.extraction.quantities.names import find_with_adjectives
from lodewire.model.vocabulary import Qualifier, QuantityKind
from lodewire.ontology.units import kind_of

_WHICH = re.compile(r"\b(?P<which>low|mid|high|upper|lower)[- ]$", re.I)
# "low 60s" is read as 60 to 63, "mid" as 64 to 66, "high" as 67 to 69: thirds of the decade.
_THIRDS = {"low": (0, 3), "lower": (0, 3), "mid": (4, 6), "high": (7, 9), "upper": (7, 9)}
_PLURAL = re.compile(r"['’]?s(?![^\W_])")


def read_vague(text: str, amount: Amount, floor: int, tongue: Tongue) -> Draft | None:
    """Read a decade around an amount that "s" follows; None when it is no such thing."""
    number = amount.number
    plural = _PLURAL.match(text, number.end)
    if plural is None or not number.plain or number.value % 10 or not 0 < number.value < 1000:
        return None
    which = _WHICH.search(text[max(floor, amount.start - 7) : amount.start])
    if which is None:
        return None
    low, high = _THIRDS[which.group("which").lower()]
    start, end, unit, per = amount.start - len(which.group()), plural.end(), amount.unit, None
    if unit is None:
        gap = 1 if text[end : end + 1] == " " else 0
        hit = find_with_adjectives(tongue.names.after_number, text, end + gap)
        if hit is not None and hit.multiplier == 1 and "/" not in hit.unit:
            unit, end = hit.unit, hit.end
    if unit is not None and kind_of(unit) is QuantityKind.MONEY:
        match = tongue.per.match(text, end)
        hit = find_with_adjectives(tongue.names.after_per, text, match.end()) if match else None
        if hit is not None and "/" not in hit.unit and hit.multiplier == 1:
            per, end = hit.unit, hit.end
    return Draft(
        start=start,
        end=end,
        core_start=amount.start,
        core_end=end,
        unit=unit,
        per=per,
        low=number.value + Decimal(low),
        high=number.value + Decimal(high),
        qualifier=Qualifier.ABOUT,
        digits=number.digits,
    )
