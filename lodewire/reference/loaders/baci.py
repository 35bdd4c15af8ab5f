"""BACI, CEPII's reconciled trade by partner, by value and by quantity.

A release is a file a year ("t,i,j,k,v,q": year, exporter, importer, product of the HS of 1992,
thousand US dollars, tonnes) with a table of country codes. Which products are read, and as which
commodity, says ``data/baci/codes.csv``.

A quantity that is missing is not zero. It is bounded by what others paid: the value bought without
quantity, over the highest and the lowest unit value of the same imports, gives an interval; where
fewer than three unit values are known it is not available.

Source: G. Gaulier and S. Zignago, BACI, CEPII, working paper 2010-23. Licence: Etalab 2.0.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import cache

from lodewire.errors import ReadError
from lodewire.model.measure import OTHER, Figure
from lodewire.reference.loaders.release import Gathering, Release
from lodewire.reference.sources import data_folder

SOURCE = "baci"
IMPORTERS = frozenset("AU BE BR CA CN DE ES FI FR GB IN IT JP KR MX NL PL SE TR TW US".split())
"""Whose imports are read: the large users of minerals. Others would only make the table long."""

SMALL = Decimal("0.01")
"""A partner below this part of both value and quantity is put together with the others."""

# Codes of BACI whose ISO code is missing or an older state's of the same country.
_PLACES = {"280": "DE", "490": "TW", "58": "BE", "736": "SD", "842": "US", "757": "CH"}
_COLUMNS = ["t", "i", "j", "k", "v", "q"]

Part = tuple[str, str, str]


@dataclass(slots=True)
class _Flow:
    """What one importer bought from one partner; ``unweighed`` is the value without a quantity."""

    value: Decimal = Decimal(0)
    quantity: Decimal = Decimal(0)
    unweighed: Decimal = Decimal(0)


@dataclass(slots=True)
class _Flows:
    by: dict[tuple[Part, str, int], dict[str, _Flow]] = field(default_factory=dict)


def load_flows(
    files: Mapping[str, bytes], vintage: str, *, importers: frozenset[str] = IMPORTERS
) -> Release:
    """Return imports by partner, in US dollars and tonnes, given as file names with their bytes.

    Raises ReadError when the files of trade or the country codes are missing or damaged.
    """
    places = _places(files)
    gathering, flows = Gathering(), _Flows()
    read = [
        name
        for name in sorted(files)
        if name.casefold().endswith(".csv") and _read(name, files[name], places, importers, flows)
    ]
    if not read:
        raise ReadError(
            f"none of {len(files)} files is a year of BACI",
            hint="Give the folder of a release: BACI_HS92_Y2024_V202601.csv and the country codes",
        )
    for (part, importer, year), by_partner in sorted(flows.by.items()):
        gathering.take(SOURCE, _figures(part, importer, year, by_partner, vintage))
    return gathering.release()


def _places(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return BACI's numbers -> alpha-2; two may be one country (276 and 280 are Germany)."""
    for name, content in files.items():
        if "country_codes" in name.casefold():
            rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace")))
            if not {"country_code", "country_iso2"} <= set(rows.fieldnames or ()):
                raise ReadError(f"{name}: it lacks country_code or country_iso2")
            iso = {row["country_code"].strip(): row["country_iso2"].strip() for row in rows}
            known = {code: id_ for code, id_ in iso.items() if len(id_) == 2 and id_.isalpha()}
            return known | {c: p for c, p in _PLACES.items() if c in iso}
    raise ReadError(
        "the country codes of BACI are missing",
        hint="Put country_codes_V….csv of the same release beside the years",
    )


def _read(
    name: str,
    content: bytes,
    places: Mapping[str, str],
    importers: frozenset[str],
    flows: _Flows,
) -> bool:
    lines = csv.reader(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline=""))
    if next(lines, None) != _COLUMNS:
        return False
    parts = _parts()
    for cells in lines:
        if len(cells) != len(_COLUMNS):
            raise ReadError(f"{name}:{lines.line_num}: {len(cells)} cells, expected 6")
        year, exporter, importer, product, value, quantity = (c.strip() for c in cells)
        part, buyer = parts.get(product.zfill(6)), places.get(importer)
        if part is None or buyer not in importers:
            continue
        try:
            key = (part, str(buyer), int(year))
            flow = flows.by.setdefault(key, {}).setdefault(places.get(exporter, OTHER), _Flow())
            flow.value += Decimal(value) * 1000
            if quantity in ("", "NA"):
                flow.unweighed += Decimal(value) * 1000
            else:
                flow.quantity += Decimal(quantity)
        except (ValueError, InvalidOperation):
            raise ReadError(f"{name}:{lines.line_num}: a year or amount is no number") from None
    return True


def _figures(
    part: Part, importer: str, year: int, by_partner: Mapping[str, _Flow], vintage: str
) -> Iterator[Figure]:
    folded = _folded(by_partner)
    prices = sorted(
        f.value / f.quantity for f in by_partner.values() if f.quantity and not f.unweighed
    )
    for partner, flow in sorted(folded.items()):
        value = Figure(
            commodity=part[0],
            stage=part[1],
            country=importer,
            partner=partner,
            year=year,
            measured="imports",
            form=part[2],
            value=_rounded(flow.value),
            unit="USD",
            basis="value",
            source=SOURCE,
            vintage=vintage,
        )
        yield value
        yield _weight(replace(value, unit="t", basis="gross weight"), flow, prices)


def _weight(figure: Figure, flow: _Flow, prices: Sequence[Decimal]) -> Figure:
    """Return the quantity of a flow; an interval where a part of it is missing."""
    if not flow.unweighed:
        return replace(figure, value=_rounded(flow.quantity))
    part = flow.unweighed / flow.value * 100 if flow.value else Decimal(100)
    note = f"{part:.3g} % of its value comes without quantity"
    if len(prices) < 3 or not prices[0]:
        return replace(figure, value=None, state="not_available", note=note)
    return replace(
        figure,
        value=None,
        low=_rounded(flow.quantity + flow.unweighed / prices[-1]),
        high=_rounded(flow.quantity + flow.unweighed / prices[0]),
        state="interval",
        estimated=True,
        note=f"{note}: bounded by the unit values of the others",
    )


def _folded(by_partner: Mapping[str, _Flow]) -> dict[str, _Flow]:
    """Put small partners together."""
    value = sum((f.value for f in by_partner.values()), Decimal(0))
    quantity = sum((f.quantity for f in by_partner.values()), Decimal(0))
    folded: dict[str, _Flow] = {}
    for partner, flow in by_partner.items():
        small = flow.value < SMALL * value and flow.quantity < SMALL * quantity
        rest = folded.setdefault(OTHER if small else partner, _Flow())
        rest.value += flow.value
        rest.quantity += flow.quantity
        rest.unweighed += flow.unweighed
    return folded


def _rounded(amount: Decimal) -> Decimal:
    """Return BACI's own precision: a dollar, a kilogram."""
    return amount.quantize(Decimal("0.001")).normalize() + 0


@cache
def _parts() -> Mapping[str, Part]:
    text = (data_folder() / "baci" / "codes.csv").read_bytes().decode("utf-8")
    rows: Iterable[dict[str, str]] = csv.DictReader(io.StringIO(text))
    return {row["hs92"]: (row["commodity"], row["stage"], row["form"]) for row in rows}
