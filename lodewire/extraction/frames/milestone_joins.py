"""Milestones that one clause tells twice: by the works' name and by what its verb says of them."""

from __future__ import annotations

import re

from lodewire.extraction.drafts import Draft


def join_phases(found: list[Draft]) -> list[Draft]:
    """ "The Phase 3 concentrator came on line": an expansion, as far as its verb tells."""
    kept = list(found)
    for noun in found:
        if not _is_enlarged(noun):
            continue
        for verb in found:
            if verb is noun or verb not in kept or noun.clause is None:
                continue
            ours = {a.value for a in noun.of("site")}
            same = verb.clause is noun.clause and ours == {a.value for a in verb.of("site")}
            if same and _stage_of(verb) == "first_production":
                noun.status, noun.modality = verb.status, verb.modality
                noun.arguments.extend(verb.of("date") if not noun.has("date") else ())
                kept.remove(verb)
    return kept


def _stage_of(draft: Draft) -> str:
    return next((a.value for a in draft.of("stage")), "")


_PHASE = re.compile(r"(?:phase|second|third|fourth|new|stage)\b|.*\bexpansions?\b", re.IGNORECASE)


def _is_enlarged(draft: Draft) -> bool:
    told = draft.trigger.of(draft.sentence.analysis.text)
    return _stage_of(draft) == "expansion" and _PHASE.match(told) is not None
