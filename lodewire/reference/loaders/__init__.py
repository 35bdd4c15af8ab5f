"""Loaders: what public sources publish, turned into figures of the project's schema.

A loader takes bytes and gives figures with a list of what it left out and why; it fetches nothing
and keeps nothing.
"""
