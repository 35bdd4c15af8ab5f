"""Exposure of a commodity: every measure that the figures at hand can bear, and what they cannot.

from lodewire.workbench.exposure import exposure_of, to_frame
told = exposure_of("cobalt", country="JP", partner="CN")
told.stages[0].measures          # typed results, each with inputs, method, vintage, bounds
to_frame(told.measures)          # the same as a pandas or pyarrow table
"""

from lodewire.workbench.exposure.compute import exposure_of, exposures, find_commodity
from lodewire.workbench.exposure.frame import measure_rows, to_frame
from lodewire.workbench.exposure.gaps import Asked
from lodewire.workbench.exposure.types import (
    EuRisk,
    Exposure,
    ImporterRisk,
    Owners,
    PartnerDependence,
    Reading,
    Reliance,
    SourcingMix,
    StageExposure,
    SupplyTable,
)

__all__ = [
    "Asked",
    "EuRisk",
    "Exposure",
    "ImporterRisk",
    "Owners",
    "PartnerDependence",
    "Reading",
    "Reliance",
    "SourcingMix",
    "StageExposure",
    "SupplyTable",
    "exposure_of",
    "exposures",
    "find_commodity",
    "measure_rows",
    "to_frame",
]
