"""A shallow grammar of English news prose: tokens, chunks, clauses.

It knows no event types. Frames ask it who does what to whom, and get chunks of text that
carry mentions and quantities.
"""
