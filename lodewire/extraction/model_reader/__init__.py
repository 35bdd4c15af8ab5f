"""Reading events with a language model: what it is asked, and what of its answer is believed.

Nothing here knows a network, a file or a clock: see ``docs/guides/model-reader.md``.
"""
