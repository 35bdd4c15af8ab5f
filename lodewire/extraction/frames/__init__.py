"""One module an event type: how each is told in text.

A frame is a function that takes a :class:`~lodewire.extraction.analysis.Sentence` and yields
drafts. ``registry.FRAMES`` lists them; nothing registers itself on import.
"""
