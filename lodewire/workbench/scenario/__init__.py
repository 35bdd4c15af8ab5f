"""Scenarios from files, words and events, with the figures they need."""
