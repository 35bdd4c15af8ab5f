"""Names in a text: the field's lexicon, names nobody has listed, and short forms of both."""
