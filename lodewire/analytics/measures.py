"""Every measure in one place, as functions of explicit inputs.

``from lodewire.analytics.measures import hhi, net_import_reliance, supply_risk``. Numbers may be
int, float, text or Decimal; what is not known is None or "W", a bound ">50", a range (40, 60).
docs/methods/python-api.md lists them with signature, units and an example each.
"""

from __future__ import annotations

from decimal import Decimal

from lodewire.analytics.bands import (
    Band,
    Guidelines,
    band_between,
    change_by_merger,
    hhi_band,
    presumed_harmful,
)
from lodewire.analytics.concentration import (
    country_share,
    country_shares,
    diluted,
    hhi,
    n_minus_1,
    top_shares,
)
from lodewire.analytics.contained import metal_content, price_of_compound, price_of_metal
from lodewire.analytics.dependence import (
    dependence,
    import_share,
    of_consumption,
    share_beyond_listed,
)
from lodewire.analytics.disruption_potential import (
    Industry,
    SupplierIndex,
    ability_index,
    combined_risk,
    disruption_potential,
    economic_vulnerability,
    trade_exposure,
)
from lodewire.analytics.geopolrisk import characterisation, midpoint, score, score_of_totals
from lodewire.analytics.governance import TradeTerms, normalise_wgi, weighted_hhi
from lodewire.analytics.landed_cost import (
    ad_valorem,
    changes,
    customs_value,
    duty_in_premium,
    duty_multiplier,
    duty_paid,
    duty_share_priced,
    forward_premium,
    implied_rate,
    in_unit,
    landed_cost,
    quota_rate,
    stacked_rate,
    unpaid_premium,
)
from lodewire.analytics.owners import (
    OwnedSite,
    foreign_share,
    hhi_by_country,
    hhi_by_owner,
    share_owned_by,
)
from lodewire.analytics.price_units import convert_price, relative_change, value_of
from lodewire.analytics.published_shares import (
    hhi_of_shares,
    n_minus_1_of_shares,
    top_of_shares,
)
from lodewire.analytics.reliance import (
    apparent_consumption,
    net_import_reliance,
    published_reliance,
    reliance_from_consumption,
    reliance_variants,
    with_secondary,
)
from lodewire.analytics.scenario import diluted_hhi, hhi_without, supply_loss
from lodewire.analytics.supply_risk import (
    SectorUse,
    bottleneck_risk,
    economic_importance,
    is_critical,
    supply_risk,
)
from lodewire.model.cost import CostInputs
from lodewire.ontology.units import convert

CONCENTRATION = (
    hhi,
    top_shares,
    country_share,
    country_shares,
    n_minus_1,
    hhi_of_shares,
    top_of_shares,
    n_minus_1_of_shares,
    hhi_band,
    band_between,
    change_by_merger,
    presumed_harmful,
    diluted,
)
RELIANCE = (
    apparent_consumption,
    net_import_reliance,
    reliance_from_consumption,
    reliance_variants,
    with_secondary,
    published_reliance,
    trade_exposure,
)
DEPENDENCE = (dependence, import_share, of_consumption, share_beyond_listed)
RISK = (
    normalise_wgi,
    weighted_hhi,
    supply_risk,
    bottleneck_risk,
    economic_importance,
    is_critical,
    score,
    score_of_totals,
    midpoint,
    characterisation,
    ability_index,
    disruption_potential,
    economic_vulnerability,
    combined_risk,
)
OWNERS = (hhi_by_country, hhi_by_owner, foreign_share, share_owned_by)
COST = (
    ad_valorem,
    duty_paid,
    duty_multiplier,
    stacked_rate,
    quota_rate,
    customs_value,
    landed_cost,
    changes,
    in_unit,
    forward_premium,
    implied_rate,
    duty_share_priced,
    duty_in_premium,
    unpaid_premium,
)
UNITS = (
    convert,
    convert_price,
    value_of,
    relative_change,
    metal_content,
    price_of_metal,
    price_of_compound,
)
SCENARIOS = (diluted_hhi, supply_loss, hhi_without)
TYPES = (Band, CostInputs, Guidelines, Industry, OwnedSite, SectorUse, SupplierIndex, TradeTerms)

GROUPS = {
    "Concentration": CONCENTRATION,
    "Consumption and reliance": RELIANCE,
    "Dependence on a partner": DEPENDENCE,
    "Risk": RISK,
    "Owners": OWNERS,
    "Landed cost and premiums": COST,
    "Units": UNITS,
    "Closed forms of scenarios": SCENARIOS,
}
"""The functions by what they measure, in the order of the page."""

__all__ = [
    "GROUPS",
    "Band",
    "CostInputs",
    "Decimal",
    "Guidelines",
    "Industry",
    "OwnedSite",
    "SectorUse",
    "SupplierIndex",
    "TradeTerms",
    "ability_index",
    "ad_valorem",
    "apparent_consumption",
    "band_between",
    "bottleneck_risk",
    "change_by_merger",
    "changes",
    "characterisation",
    "combined_risk",
    "convert",
    "convert_price",
    "country_share",
    "country_shares",
    "customs_value",
    "dependence",
    "diluted",
    "diluted_hhi",
    "disruption_potential",
    "duty_in_premium",
    "duty_multiplier",
    "duty_paid",
    "duty_share_priced",
    "economic_importance",
    "economic_vulnerability",
    "foreign_share",
    "forward_premium",
    "hhi",
    "hhi_band",
    "hhi_by_country",
    "hhi_by_owner",
    "hhi_of_shares",
    "hhi_without",
    "implied_rate",
    "import_share",
    "in_unit",
    "is_critical",
    "landed_cost",
    "metal_content",
    "midpoint",
    "n_minus_1",
    "n_minus_1_of_shares",
    "net_import_reliance",
    "normalise_wgi",
    "of_consumption",
    "presumed_harmful",
    "price_of_compound",
    "price_of_metal",
    "published_reliance",
    "quota_rate",
    "relative_change",
    "reliance_from_consumption",
    "reliance_variants",
    "score",
    "score_of_totals",
    "share_beyond_listed",
    "share_owned_by",
    "stacked_rate",
    "supply_loss",
    "supply_risk",
    "top_of_shares",
    "top_shares",
    "trade_exposure",
    "unpaid_premium",
    "value_of",
    "weighted_hhi",
    "with_secondary",
]
