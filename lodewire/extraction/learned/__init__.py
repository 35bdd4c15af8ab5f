"""The learned part: linear models beside the grammar, for wordings that no frame knows.

Trained by ``make train`` on the gold's dev sets and on the silver sentences in ``training/``.
"""
