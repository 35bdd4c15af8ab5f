"""From mentions to entities and events."""
