"""What a telling leaves unsaid because an earlier one said it: whose tariff, whose quota.

"Washington will charge 30 % on slab. Wire was hit with 8 %": the second has the first's authority,
and is no more in force than the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.extraction.drafts import Draft
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.event_types import imposed_types

_STANDING = re.compile(
    r"\b(?:already|existing|current(?:ly)?|since|ago|last (?:year|month|week))\b"
)
_BACK, _AHEAD = 12, 3  # sentences within which an authority carries


def inherit(drafts: Sequence[Draft]) -> None:
    """Give measures without an authority the one of the measure told before, in place."""
    for position, draft in enumerate(drafts):
        if draft.type not in imposed_types() or draft.has("authority") or draft.anaphoric:
            continue
        lender = _lender(drafts, position)
        if lender is None:
            continue
        draft.arguments.extend(lender.of("authority"))
        later = draft.type is EventType.TARIFF and lender.status is Status.AGREED
        stands = _STANDING.search(draft.sentence.text) is not None
        if later and draft.status is Status.IN_FORCE and not stands:
            draft.status = Status.AGREED


def _lender(drafts: Sequence[Draft], position: int) -> Draft | None:
    here = drafts[position].sentence.index
    ours = drafts[position].type
    lends = [d for d in drafts if d.type is ours and d.has("authority")]
    if not lends and ours is EventType.POLICY_MEASURE:
        # "The order also requires …": the rule was told as a tariff or a ban.
        lends = [d for d in drafts if d.type in imposed_types() and d.has("authority")]
    kin = [
        d
        for d in lends
        if d.has("authority")
        and d.modality is not Modality.HYPOTHETICAL
        and -_AHEAD <= here - d.sentence.index <= _BACK
    ]
    before = [d for d in kin if d.sentence.index <= here]
    return before[-1] if before else (kin[0] if kin else None)
