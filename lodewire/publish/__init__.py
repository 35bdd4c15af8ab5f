"""The day: sentences, brief, rendering."""
