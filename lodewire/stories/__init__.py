"""From documents to stories: duplicates, syndicated copies, clusters."""
