"""Accuracy: gold sets, scorers and pinned floors. Run with ``make eval``."""
