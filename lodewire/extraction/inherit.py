"""What a telling leaves unsaid because an earlier one said it: whose tariff, whose quota.

"Washington will charge 30 % on slab. Wire was hit with 8 %": the second has the first's authority,
and is no more in force than the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import works
from lodewire.extraction.grammar.sieve import sought
from lodewire.model.vocabulary import EventType, Modality, Status
from lodewire.ontology.event_types import imposed_types

_STANDING = sought(r"\b(?:already|existing|current(?:ly)?|since|ago|last (?:year|month|week))\b")
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
        stands = draft.sentence.find(_STANDING) is not None
        if later and draft.status is Status.IN_FORCE and not stands:
            draft.status = Status.AGREED
    _lend_goods(drafts)
    _lend_supplies(drafts)
    _lend_exports(drafts)
    _lend_targets(drafts)


def _lend_goods(drafts: Sequence[Draft]) -> None:
    """ "Geely … 18.8 %", "The US quadrupled its own rate": the goods of the tariff told before.

    Within one list of rates the goods carry over targets; further off only where a telling names
    neither goods nor a country.
    """
    before: Draft | None = None
    for draft in drafts:
        if draft.type is not EventType.TARIFF or draft.anaphoric:
            continue
        if draft.has("product"):
            before = draft
        if draft.has("product") or not draft.has("rate"):
            continue
        if before is None or draft.sentence.index - before.sentence.index > _BACK:
            continue
        listed = draft.sentence.index == before.sentence.index
        if draft.has("target") and not listed:
            continue
        draft.arguments.extend(before.of("product"))
        ours = {a.entity for a in draft.of("authority")}
        theirs = {a.entity for a in before.of("target")}
        if not draft.has("target") and not ours & theirs:
            draft.arguments.extend(before.of("target"))
        if not draft.has("effective_date") and not before.has("rate"):
            draft.arguments.extend(before.of("effective_date"))  # a table under what opens it


def _lend_supplies(drafts: Sequence[Draft]) -> None:
    """ "B will take 1.4 million tonnes a year, C another 1.1 million": who sells what was told."""
    before: Draft | None = None
    for draft in drafts:
        if draft.type is not EventType.SUPPLY_AGREEMENT or draft.anaphoric:
            continue
        bare = draft.has("buyer") and not draft.has("supplier", "commodity")
        if bare and before is not None and draft.sentence.index - before.sentence.index <= 1:
            buyers = {a.entity for a in draft.of("buyer")}
            if not any(a.entity in buyers for a in before.of("supplier")):
                for role in ("supplier", "commodity", "site", "country"):
                    draft.arguments.extend(before.of(role))
        if draft.has("buyer") and not draft.has("supplier"):
            _add_supplier(draft)
        if draft.has("supplier") and draft.has("commodity"):
            before = draft


def _add_supplier(draft: Draft) -> None:
    """ "Outokumpu will buy 8 million pounds a year": from the firm that the text is about."""
    main = works.main_company(draft.sentence.analysis)
    if main is not None and all(main.entity != a.entity for a in draft.arguments):
        draft.add("supplier", main)


def _lend_exports(drafts: Sequence[Draft]) -> None:
    """ "Shipments had been frozen since February": the goods of the rule told nearest."""
    rules = [d for d in drafts if d.type is EventType.EXPORT_RESTRICTION and not d.anaphoric]
    named = [d for d in rules if d.has("product")]
    for draft in rules:
        if draft.has("product"):
            continue
        near = [d for d in named if abs(d.sentence.index - draft.sentence.index) <= _BACK]
        if near:
            best = min(near, key=lambda d: abs(d.sentence.index - draft.sentence.index))
            draft.arguments.extend(best.of("product"))


def _lend_targets(drafts: Sequence[Draft]) -> None:
    """ "London had done the same": those hit by the sanction told before."""
    before: Draft | None = None
    for draft in drafts:
        if draft.type is not EventType.SANCTION or draft.anaphoric:
            continue
        if not draft.has("target", "product") and before is not None:
            draft.arguments.extend(before.of("target"))
        if draft.has("target"):
            before = draft


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
