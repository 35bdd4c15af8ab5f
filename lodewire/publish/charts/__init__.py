"""Charts: typed inputs in, one Vega-Lite spec out, drawn by :mod:`.render`.

A chart is a pure function of what it shows (:mod:`.inputs`): no ledger, no table, no clock. Words
of others (event titles, names) enter only as values of data or as literal text, never as an
expression, and are cleaned by :mod:`.texts`.
"""
