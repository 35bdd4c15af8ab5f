"""desk.toml and source definitions, checked on load."""
