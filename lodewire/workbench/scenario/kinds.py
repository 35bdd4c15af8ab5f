"""The kinds of change that a scenario has, as options and fields name them."""

from __future__ import annotations

#: Kinds of change: an example in words, and what it means.
KINDS: dict[str, tuple[str, str]] = {
    "new_supplier": ("JP/NA: 400..600 t from 2028", "Output of a country; TO/ says who gets it."),
    "redirection": ("JP/AU: 300 t", "Output that exists, sent to another importer."),
    "ban": ("CN > JP: leakage 0..0.1..0.3", "Exports forbidden, to all or to some."),
    "outage": ("MM: 30% from 2026-03", "Output lost, as a share or tonnes."),
    "quota": ("ID: 300 kt", "A cap on output, or on what targets get."),
    "tariff": ("JP on CN: 25%", "A duty; `diverted 0..0.3` moves tonnes."),
    "substitution": ("JP: 5..10%", "Demand that does without; or world."),
    "recycling": ("JP: 15%", "Demand met by secondary material."),
    "stock_release": ("JP: 500 t", "Sold from stocks."),
}
