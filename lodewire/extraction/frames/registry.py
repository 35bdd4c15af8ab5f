"""The frames, in the order in which they look at a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lodewire.extraction.analysis import Sentence
from lodewire.extraction.drafts import Draft
from lodewire.extraction.frames import (
    acquisition,
    award_rows,
    deal_series,
    disruption,
    exploration,
    export_restriction,
    financing,
    forecast,
    milestone,
    permit,
    policy,
    prices,
    production,
    resource,
    sanction,
    supply,
    tariff,
    venture,
)

Frame = Callable[[Sentence], Iterable[Draft]]

FRAMES: tuple[Frame, ...] = (
    exploration.find,
    supply.find,
    venture.find,
    acquisition.find,
    financing.find,
    deal_series.find,
    award_rows.find,
    tariff.find,
    export_restriction.find,
    sanction.find,
    policy.find,
    permit.find,
    milestone.find,
    disruption.find,
    production.find,
    resource.find,
    prices.find,
    forecast.find,
)
