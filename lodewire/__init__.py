"""Lodewire: an intelligence desk for critical minerals, metals and energy supply chains."""

__version__ = "0.1.0"
