"""Which value of a deal a sum is: enterprise, equity, closing, total, upfront or contingent.

They are different properties of one deal: an enterprise value counts the debt, an equity value does
not, a closing value is what was paid in the end. Only the words beside the sum decide; a sum that
none of them stands beside keeps no basis.
"""

from __future__ import annotations

import re

from lodewire.model.vocabulary import ValueBasis

_REACH = 70  # characters beside the sum that are looked at
_HEDGE = (
    r"(?:\s*(?:of|at|is|was|,|:|about|around|some|nearly|almost|over|more than|up to|as much as|"
    r"approximately|roughly|an?|the|estimated))*\s*"
)
_PAY = r"(?:payments?|consideration|cash|amount|sum|price)"

# The words that end right before the sum ...
_BEFORE = tuple(
    (basis, re.compile(rf"\b(?:{words})\)?{_HEDGE}$", re.IGNORECASE))
    for basis, words in (
        (ValueBasis.ENTERPRISE, r"enterprise valu(?:e|ation)(?: \(EV\))?|EV"),
        (ValueBasis.EQUITY, r"equity valu(?:e|ation)|equity purchase price"),
        (
            ValueBasis.CONTINGENT,
            rf"(?:contingent|deferred|milestone|earn-?out)(?: cash| value)?(?: {_PAY})*",
        ),
        (ValueBasis.UPFRONT, rf"(?:up-?front|initial)(?: cash| base)? {_PAY}(?: {_PAY})*"),
        (
            ValueBasis.CLOSING,
            rf"(?:closing|completion) {_PAY}"
            r"|(?:paid|cost|pays?) (?:at|on|upon) (?:closing|completion)",
        ),
        (
            ValueBasis.TOTAL,
            r"(?:total|aggregate|overall|headline)(?: \w+)? (?:consideration|purchase price|price)"
            r"|total deal value|total transaction value",
        ),
    )
)
# ... and those that begin right after it.
_LINK = r"^\s*(?:\([^)]{0,30}\)\s*)?,?\s*(?:in\s+|as\s+(?:an?\s+)?|of\s+)?"
_DUE = r"(?:(?:is|was|were|are|to be|being)\s+)?(?:(?:due|paid|payable|handed over)\s+)?"
_AFTER = tuple(
    (basis, re.compile(rf"{_LINK}{words}", re.IGNORECASE))
    for basis, words in (
        (ValueBasis.ENTERPRISE, r"(?:enterprise value\b|EV\b|including (?:net )?debt\b)"),
        (ValueBasis.EQUITY, r"equity value\b"),
        (
            ValueBasis.CONTINGENT,
            rf"{_DUE}(?:contingent|deferred|milestone payments?|earn-?outs?)\b",
        ),
        (ValueBasis.CONTINGENT, r"(?:hangs?|depends?|depending|hinges?) on\b"),
        (ValueBasis.UPFRONT, rf"{_DUE}(?:cash\s+)?(?:up-?front|up front)\b"),
        (
            ValueBasis.CLOSING,
            rf"{_DUE}(?:cash\s+)?(?:at|on|upon) (?:the )?(?:closing|close|completion)\b",
        ),
        (ValueBasis.TOTAL, r"(?:total consideration|in total|all told|altogether)\b"),
    )
)


def value_basis(sentence: str, start: int, end: int) -> ValueBasis | None:
    """Return the basis that the words beside ``sentence[start:end]`` give a sum of a deal.

    What stands before comes first ("an enterprise value of $1.9 billion"); where the words on the
    two sides say different things, there is no telling, and the answer is None.
    """
    before = sentence[max(0, start - _REACH) : start]
    after = sentence[end : end + _REACH]
    left = next((b for b, words in _BEFORE if words.search(before)), None)
    right = next((b for b, words in _AFTER if words.match(after)), None)
    if left is not None and right is not None and left != right:
        return None
    return left or right
