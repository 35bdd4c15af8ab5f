"""Landed cost: from an exchange price to the buyer's door, and what duty does on the way.

``waterfall`` adds step after step, ``changes`` sets two waterfalls side by side, ``premium`` reads
a regional premium both ways (what duty implies, what share of duty it prices in), ``duty`` holds
the arithmetic of stacked rates, quotas and customs values. Pure functions over explicit inputs.
"""

from __future__ import annotations

from lodewire.analytics.landed_cost.duty import (
    ad_valorem,
    customs_value,
    duty_multiplier,
    duty_paid,
    quota_rate,
    stacked_rate,
)
from lodewire.analytics.landed_cost.premium import (
    duty_in_premium,
    duty_share_priced,
    forward_premium,
    implied_rate,
    unpaid_premium,
)
from lodewire.analytics.landed_cost.waterfall import changes, in_unit, landed_cost

__all__ = [
    "ad_valorem",
    "changes",
    "customs_value",
    "duty_in_premium",
    "duty_multiplier",
    "duty_paid",
    "duty_share_priced",
    "forward_premium",
    "implied_rate",
    "in_unit",
    "landed_cost",
    "quota_rate",
    "stacked_rate",
    "unpaid_premium",
]
