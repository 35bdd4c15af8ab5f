"""What is asked of a desk: joins of ledger, figures and measures for a person, a page or a run."""
