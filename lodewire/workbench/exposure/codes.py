"""Imports under several HS codes of one stage, added up beside the single codes.

A row of a trade statistic speaks for a code, not for a material, and a material may stand under
several. Where one of them has no amount the sum has none: missing is never zero. A partner that a
code does not list sent nothing under it, as such statistics list whoever did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from lodewire.model.measure import Figure

_CODE = "HS "
_VALUE = "-value"  # weight and value of one statistic come as figures of two sources


def statistic_of(figure: Figure) -> str:
    """Return the statistic that a flow is of, whether it counts weight or value."""
    return figure.source.removesuffix(_VALUE)


def codes_together(flows: Iterable[Figure]) -> Iterator[Figure]:
    """Yield the sums of flows over the HS codes of a stage, where there are several.

    Flows of one country, year, source, vintage, unit and basis are added, partner by partner.
    """
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for f in flows:
        if f.form.startswith(_CODE):
            key = (f.country, f.year, f.source, f.vintage, f.stage, f.unit, f.basis)
            groups.setdefault(key, []).append(f)
    for rows in groups.values():
        codes = sorted({f.form.removeprefix(_CODE) for f in rows})
        if len(codes) < 2:
            continue
        by_partner: dict[str, list[Figure]] = {}
        for f in rows:
            by_partner.setdefault(f.partner, []).append(f)
        for parts in by_partner.values():
            known = [f.value for f in parts if f.state == "reported" and f.value is not None]
            whole = sum(known, Decimal(0)) if len(known) == len(parts) else None
            yield replace(
                parts[0],
                form=_CODE + " + ".join(codes),
                value=whole,
                low=None,
                high=None,
                state="reported" if whole is not None else "not_available",
                note="; ".join(dict.fromkeys(f.note for f in rows if f.note)),
            )
