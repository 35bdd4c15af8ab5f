"""The record: schema, writing, reading, search, export."""
