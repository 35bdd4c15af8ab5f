"""Own tables: from the bytes of a CSV file to lines tied to commodities, countries and units."""

from lodewire.analytics.holdings.positions import positions_of
from lodewire.analytics.holdings.reading import read_own_table

__all__ = ["positions_of", "read_own_table"]
