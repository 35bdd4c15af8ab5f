"""The user's own exposure: tables, ranks and alerts."""
