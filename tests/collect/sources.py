"""Source definitions for tests, small and quick."""

from __future__ import annotations

from lodewire.config.source import SourceDefinition


def source_of(*channels: dict, **told) -> SourceDefinition:
    """Build a source on loopback, with a rate that tests do not wait for."""
    settings = {
        "id": "example",
        "publisher": "Example",
        "title": "Example news",
        "kind": "trade_press",
        "language": "en",
        "desks": ["mining-metals"],
        "terms": "Written for tests.",
        "expected": {"min": 1, "max": 40},
        "rate": 600,
        "robots": False,
        "allow_private_addresses": True,
        **told,
    }
    return SourceDefinition.model_validate({**settings, "channels": list(channels)})
