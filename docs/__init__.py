"""The project's documentation; ``python -m docs.build`` writes the generated pages."""
