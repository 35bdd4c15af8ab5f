"""Published numbers of others, recomputed: cases, the computing of each kind, wrong variants."""
