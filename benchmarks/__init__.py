"""Speed: each figure beside its floor or a peer in the same run. Run with ``make bench``."""
