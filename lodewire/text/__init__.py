"""From captures to documents: main text, metadata, language, splitting a page, sentences."""
