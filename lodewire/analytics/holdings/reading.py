"""Reading an own table: a row becomes holdings, or is listed with the reason and a suggestion."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lodewire.analytics.holdings.cells import (
    CellError,
    decimal_sign,
    is_empty,
    is_formula,
    is_nowhere,
    read_amount,
    read_currency,
    read_origins,
    read_share,
    read_unit,
)
from lodewire.analytics.holdings.columns import Columns, find_columns
from lodewire.analytics.holdings.decoding import Decoded, decode_table
from lodewire.analytics.holdings.materials import Resolved, resolve_material
from lodewire.analytics.holdings.surfaces import Content, stage_called
from lodewire.errors import HoldingError
from lodewire.model.holding import Holding, LeftOut, OwnTable

_NUMBERS = ("quantity", "spend")
_MOST_ORIGINS = 20
_MOST_SUGGESTIONS = 100


@dataclass(slots=True)
class _Sheet:
    """The table while it is read."""

    columns: Columns
    decimal: str | None
    percent: bool
    holdings: list[Holding] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def suggest(self) -> bool:
        """Names alike are looked for in the first rows only: a wrong column is wrong throughout."""
        return len(self.left_out) < _MOST_SUGGESTIONS


def read_own_table(body: bytes, *, decimal: str | None = None) -> OwnTable:
    """Return what a bill of materials or spend table says.

    ``decimal`` ("," or ".") parts decimals, where the numbers themselves do not show it. Raises
    HoldingError, with what to do, for bytes that are no table or a table without materials.
    """
    if decimal not in (None, ",", "."):
        raise HoldingError(f"decimals are not parted by {decimal!r}", hint="write --decimal , or .")
    decoded = decode_table(body)
    columns = find_columns(decoded.header)
    sheet = _Sheet(
        columns=columns,
        decimal=decimal or _decimal_of(decoded, columns),
        percent=columns.share_in_percent or _in_percent(decoded, columns),
    )
    for row, cells in decoded.rows:
        _read_row(sheet, row, cells)
    return OwnTable(
        version=hashlib.sha256(body + (decimal or "").encode()).hexdigest()[:12],
        rows=len(decoded.rows),
        encoding=decoded.encoding,
        columns=tuple((name, decoded.header[at].strip()) for name, at in columns.places.items()),
        holdings=tuple(sheet.holdings),
        left_out=tuple(sheet.left_out),
        notes=columns.notes,
    )


def _decimal_of(decoded: Decoded, columns: Columns) -> str | None:
    cells = [
        row[columns.places[name]]
        for name in _NUMBERS
        if name in columns.places
        for _, row in decoded.rows
        if columns.places[name] < len(row)
    ]
    shown = decimal_sign(cells)
    if shown is None and decoded.delimiter == "," and not any("," in c for c in cells):
        return "."  # numbers that a comma would have had to be quoted for
    return shown


def _in_percent(decoded: Decoded, columns: Columns) -> bool:
    """Tell whether plain numbers of the share column are per cent: one of them is over 1."""
    place = columns.places.get("share")
    if place is None:
        return False
    for _, row in decoded.rows:
        cell = row[place] if place < len(row) else ""
        try:
            plain = read_amount(cell.replace(",", "."), ".")
        except CellError:
            continue
        if not plain.words and plain.value > 1:
            return True
    return False


def _read_row(sheet: _Sheet, row: int, cells: Sequence[str]) -> None:
    def cell(name: str) -> str:
        place = sheet.columns.places.get(name)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    words = cell("material") or cell("part")
    named = [n for n in ("material", "part") if is_formula(cell(n))]
    if named:
        sheet.left_out.append(_whole(row, words, "a formula, not a name", "paste values"))
        return
    if is_empty(words):
        sheet.left_out.append(_whole(row, cell("part"), "no material is named", ""))
        return
    suggest = sheet.suggest
    resolved = Resolved()
    if cell("material"):
        resolved = resolve_material(cell("material"), suggest=suggest)
    elif cell("part"):
        resolved = resolve_material(cell("part"), suggest=suggest)
    if not resolved.contents:
        advice = resolved.suggestion
        if cell("material") and resolve_material(cell("part"), suggest=False).contents:
            advice = f"the part is called {cell('part')[:40]!r}: write that, if it is the material"
        sheet.left_out.append(_whole(row, words, resolved.reason, advice))
        return
    told = _Told(row, words, sheet)
    quantity = told.quantity(cell("quantity"), cell("unit"))
    spend = told.spend(cell("spend"), cell("currency"))
    origins = told.origins(cell("country"), cell("share"))
    supplier = (
        "" if is_empty(cell("supplier")) or is_formula(cell("supplier")) else cell("supplier")
    )
    for content in resolved.contents:
        for country, share, part in origins:
            sheet.holdings.append(
                Holding(
                    row=row,
                    material=words,
                    part=cell("part"),
                    commodity=content.commodity,
                    form=content.form,
                    stage=_stage(content, cell("stage"), cell("form")),
                    via=content.via,
                    certain=content.certain,
                    quantity=quantity[0] * part if quantity else None,
                    unit=quantity[1] if quantity else None,
                    spend=spend[0] * part if spend else None,
                    currency=spend[1] if spend else None,
                    country=country,
                    share=share,
                    supplier=supplier,
                )
            )


def _stage(content: Content, stage: str, form: str) -> str | None:
    if content.via is not None:
        return content.stage
    if stage and (named := stage_called(stage, content.commodity)):
        return named
    if form and content.form is None:
        beside = resolve_material(f"{content.commodity.replace('-', ' ')} {form}").contents
        if beside and beside[0].commodity == content.commodity and beside[0].stage:
            return beside[0].stage
    return content.stage


def _whole(row: int, words: str, reason: str, suggestion: str) -> LeftOut:
    return LeftOut(row=row, words=words[:80], reason=reason, suggestion=suggestion)


class _Told:
    """Reads the cells of one row; what cannot be used is listed, and the row goes on without it."""

    def __init__(self, row: int, words: str, sheet: _Sheet) -> None:
        self._row, self._words, self._sheet = row, words, sheet

    def _leave_out(self, name: str, error: CellError) -> None:
        self._sheet.left_out.append(
            LeftOut(
                row=self._row,
                words=self._words[:80],
                reason=f"{name} not used: {error.reason}",
                suggestion=error.suggestion,
                whole=False,
            )
        )

    def quantity(self, cell: str, unit: str) -> tuple[Decimal, str] | None:
        if is_empty(cell):
            return None
        try:
            _no_formula(cell)
            amount = read_amount(cell, self._sheet.decimal)
            words = amount.words or unit or self._sheet.columns.unit or ""
            if is_empty(words):
                raise CellError("no unit is told", "add a column Unit, or write 12 t")
            return amount.value, read_unit(words, suggest=self._sheet.suggest)
        except CellError as error:
            self._leave_out("quantity", error)
            return None

    def spend(self, cell: str, currency: str) -> tuple[Decimal, str] | None:
        if is_empty(cell):
            return None
        try:
            _no_formula(cell)
            amount = read_amount(cell, self._sheet.decimal)
            words = amount.words or currency or self._sheet.columns.currency or ""
            if amount.words and currency and not is_empty(currency):
                words = currency  # "$" in the cell, USD in its column
            if is_empty(words):
                raise CellError("no currency is told", "add a column Currency")
            return amount.value, read_currency(words)
        except CellError as error:
            self._leave_out("spend", error)
            return None

    def origins(
        self, country: str, share: str
    ) -> tuple[tuple[str | None, Decimal | None, Decimal], ...]:
        """Country, stated share, and the part of the row's quantity that counts for it."""
        whole = Decimal(1)
        stated = self._share(share)
        if is_empty(country) or is_nowhere(country):
            return ((None, None, whole),)
        try:
            _no_formula(country)
            found = read_origins(country, suggest=self._sheet.suggest)
        except CellError as error:
            self._leave_out("country", error)
            return ((None, None, whole),)
        if len(found) == 1 and found[0][1] is None:
            return ((found[0][0], stated, whole),)
        parts = [(c, s, s) for c, s in found[:_MOST_ORIGINS] if s is not None]
        rest = whole - sum((s for _, _, s in parts), Decimal())
        return (*parts, (None, None, rest)) if rest > 0 else tuple(parts)

    def _share(self, cell: str) -> Decimal | None:
        if is_empty(cell):
            return None
        try:
            _no_formula(cell)
            return read_share(cell, self._sheet.decimal, percent=self._sheet.percent)
        except CellError as error:
            self._leave_out("share", error)
            return None


def _no_formula(cell: str) -> None:
    if is_formula(cell):
        raise CellError("a formula, not a value", "paste values before saving as CSV")
