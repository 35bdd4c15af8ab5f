"""Checks: recomputing what a text says, with a verdict and one plain line (design §6).

A mismatch is only told where the words leave one way to pair the numbers; where they do not, the
check says uncheckable or nothing. Rules of material, use and stage query the editor.
"""

from __future__ import annotations

from collections.abc import Sequence

from lodewire.extraction.checks.changes import check_changes
from lodewire.extraction.checks.equivalence import check_equivalence, stated_rates
from lodewire.extraction.checks.holdings import check_holdings
from lodewire.extraction.checks.lists import check_lists
from lodewire.extraction.checks.magnitude import check_magnitude
from lodewire.extraction.checks.material_use import check_material_use
from lodewire.extraction.checks.products import check_products
from lodewire.extraction.checks.scene import scenes_of
from lodewire.extraction.checks.shares import check_shares
from lodewire.extraction.checks.stage import check_stage
from lodewire.extraction.checks.totals import check_totals
from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.event import EventMention
from lodewire.model.quantity import DateMention, Quantity

__all__ = ["run_checks"]


def run_checks(
    document: Document,
    quantities: Sequence[Quantity],
    mentions: Sequence[Mention],
    events: Sequence[EventMention],
    *,
    dates: Sequence[DateMention] = (),
) -> tuple[Check, ...]:
    """Return the checks of a document in text order; pure.

    ``quantities``, ``mentions`` and ``events`` are those of ``document``. ``dates`` are taken for
    checks that compare periods; today none does, and a sentence bounds every pairing.
    """
    scenes = scenes_of(document, quantities, mentions, events)
    rates = stated_rates(scenes)
    found: list[Check] = []
    for scene in scenes:
        if scene.quantities:
            found += check_equivalence(scene, rates)
            found += check_changes(scene)
            found += check_totals(scene)
            found += check_products(scene)
            found += check_shares(scene)
            found += check_magnitude(scene)
            found += check_holdings(scene)
        found += check_lists(scene)
        found += check_material_use(scene)
        found += check_stage(scene)
    unique = {check.id: check for check in found}
    return tuple(sorted(unique.values(), key=lambda c: (c.spans[0], c.kind, c.rule)))
