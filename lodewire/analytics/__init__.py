"""Measures from events and reference figures."""
