"""Own tables: reading, mapping, summing."""
