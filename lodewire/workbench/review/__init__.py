"""What waits for an editor, and what an editor does."""
