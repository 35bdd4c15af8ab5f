"""Reports from the ledger and the figures: what each kind holds, and how its figures are redone."""
