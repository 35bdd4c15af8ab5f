"""Units of measure and money: symbols, ways to write them, and exact conversion.

Three tables: ``data/units.csv`` (symbol, kind, base and exact factor), ``data/unit_names.csv``
(how texts write them) and ``data/currencies.csv``. A unit is an atom ("t", "USD", "%"), or atoms
joined by slashes ("USD/t", "t/yr", "USD/MWh"); the first counts up, the others down.

Conversion is rational arithmetic on the exact factors, rounded once, at 34 significant digits, and
only where the result has no finite decimal form. Currencies never convert into each other: a rate
of exchange is a reference figure with a day, not a property of a unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from lodewire.errors import OntologyError, UnitError
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.tables import read_table, split_list

UNITS = "units.csv"
NAMES = "unit_names.csv"
CURRENCIES = "currencies.csv"
UNIT_COLUMNS = ("symbol", "kind", "base", "factor", "name", "definition")
NAME_COLUMNS = ("unit", "multiplier", "case", "place", "languages", "basis", "written")
CURRENCY_COLUMNS = ("code", "name", "signs", "words", "sub", "sub_signs", "sub_words")

UNCLEAR_DOLLAR = "$"
"""The unit of a dollar whose country the text leaves open."""

_CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN)
_TIME = frozenset({QuantityKind.DURATION})
_RATES = {
    QuantityKind.MASS: QuantityKind.MASS_RATE,
    QuantityKind.VOLUME: QuantityKind.VOLUME_RATE,
    QuantityKind.ENERGY: QuantityKind.ENERGY_RATE,
    QuantityKind.MONEY: QuantityKind.MONEY,
}
_CALENDAR = frozenset({"s", "month"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An atomic unit: one of it is exactly ``factor`` of its ``base``."""

    symbol: str
    kind: QuantityKind
    base: str
    factor: Decimal
    name: str
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitName:
    """A way to write a unit: ``multiplier`` of ``unit`` ("kt" is 1000 t).

    ``exact`` names match case by case ("Mt" is not "mt"). ``place`` is "num" (after a number),
    "per" (after "per" or a slash) or "both". ``languages`` are ISO 639-1 codes; empty means any.
    ``basis`` is what the name says beyond the unit ("dmt": dry).
    """

    written: str
    unit: str
    multiplier: Decimal
    exact: bool
    place: str
    languages: tuple[str, ...]
    basis: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency. ``signs`` stand before the number, ``words`` after it; ``sub`` is a hundredth."""

    code: str
    name: str
    signs: tuple[str, ...]
    words: tuple[str, ...]
    sub: str | None
    sub_signs: tuple[str, ...]
    sub_words: tuple[str, ...]


def load_currencies(folder: Traversable | None = None) -> Mapping[str, Currency]:
    """Return code -> currency, in the order of the table; "$" is a dollar that is not clear."""
    found: dict[str, Currency] = {}
    for where, row in read_table(CURRENCIES, CURRENCY_COLUMNS, folder):
        if not row["code"] or row["code"] in found:
            raise OntologyError(f"{where}: code {row['code']!r} is empty or given twice")
        found[row["code"]] = Currency(
            code=row["code"],
            name=row["name"],
            signs=split_list(row["signs"]),
            words=split_list(row["words"]),
            sub=row["sub"] or None,
            sub_signs=split_list(row["sub_signs"]),
            sub_words=split_list(row["sub_words"]),
        )
    return MappingProxyType(found)


def load_units(folder: Traversable | None = None) -> Mapping[str, Unit]:
    """Return symbol -> unit, currencies and their hundredths included.

    Raises OntologyError, with file and line, on a symbol given twice, an unknown kind or a factor
    that is not a positive decimal.
    """
    found: dict[str, Unit] = {}
    for where, row in read_table(UNITS, UNIT_COLUMNS, folder):
        unit = _read_unit(where, row)
        if unit.symbol in found:
            raise OntologyError(f"{where}: symbol {unit.symbol!r} given twice")
        found[unit.symbol] = unit
    for currency in load_currencies(folder).values():
        for symbol, factor in ((currency.code, Decimal(1)), (currency.sub, Decimal("0.01"))):
            if symbol is None:
                continue
            if symbol in found:
                raise OntologyError(f"{CURRENCIES}: {symbol!r} is a unit already")
            found[symbol] = Unit(
                symbol=symbol,
                kind=QuantityKind.MONEY,
                base=currency.code,
                factor=factor,
                name=currency.name,
                definition="ISO 4217" if currency.code != UNCLEAR_DOLLAR else "as written",
            )
    return MappingProxyType(found)


def _read_unit(where: str, row: dict[str, str]) -> Unit:
    try:
        kind = QuantityKind(row["kind"])
        factor = Decimal(row["factor"])
    except (ValueError, InvalidOperation) as error:
        raise OntologyError(f"{where}: kind or factor is wrong: {error}") from error
    if not (factor.is_finite() and factor > 0 and row["symbol"]):
        raise OntologyError(f"{where}: needs a symbol and a factor over zero")
    return Unit(
        symbol=row["symbol"],
        kind=kind,
        base=row["base"],
        factor=factor,
        name=row["name"],
        definition=row["definition"],
    )


def load_unit_names(folder: Traversable | None = None) -> tuple[UnitName, ...]:
    """Return every way to write a unit, in the order of the table.

    Raises OntologyError when a row names an unknown unit, or one way to write has two meanings.
    """
    units = load_units(folder)
    seen: dict[tuple[str, bool, str, str], str] = {}
    found: list[UnitName] = []
    for where, row in read_table(NAMES, NAME_COLUMNS, folder):
        if any(atom not in units for atom in row["unit"].split("/")):
            raise OntologyError(f"{where}: unknown unit {row['unit']!r}")
        if row["case"] not in {"any", "exact"} or row["place"] not in {"num", "per", "both"}:
            raise OntologyError(f"{where}: case is any or exact, place is num, per or both")
        for name in _names_of(where, row):
            for place in ("num", "per") if name.place == "both" else (name.place,):
                written = name.written if name.exact else name.written.lower()
                key = (written, name.exact, place, "|".join(name.languages))
                if seen.setdefault(key, where) != where:
                    raise OntologyError(f"{where}: {written!r} already stands at {seen[key]}")
            found.append(name)
    return tuple(found)


def _names_of(where: str, row: dict[str, str]) -> tuple[UnitName, ...]:
    try:
        multiplier = Decimal(row["multiplier"])
    except InvalidOperation as error:
        raise OntologyError(f"{where}: multiplier {row['multiplier']!r} is no number") from error
    return tuple(
        UnitName(
            written=written,
            unit=row["unit"],
            multiplier=multiplier,
            exact=row["case"] == "exact",
            place=row["place"],
            languages=split_list(row["languages"]),
            basis=row["basis"] or None,
        )
        for written in split_list(row["written"])
    )


@cache
def _atoms() -> Mapping[str, Unit]:
    return load_units()


@cache
def _written() -> Mapping[str, tuple[str, Decimal]]:
    """Written form -> unit and multiplier, exact spellings first, for any language."""
    found: dict[str, tuple[str, Decimal]] = {}
    names = sorted(load_unit_names(), key=lambda name: not name.exact)
    for name in names:
        found.setdefault(name.written, (name.unit, name.multiplier))
    return found


@cache
def _resolve(unit: str) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    """Return the exact factor of ``unit`` over its bases, and the powers of the bases."""
    factor, powers = Fraction(1), dict[str, int]()
    whole = _written().get(unit)
    if whole is not None and unit not in _atoms():
        factor, unit = Fraction(whole[1]), whole[0]
    for place, part in enumerate(unit.split("/")):
        symbol, multiplier = part, Decimal(1)
        if symbol not in _atoms():
            if symbol not in _written():
                raise UnitError(
                    f"{part!r} in {unit!r} is not a unit",
                    hint="Units are listed in lodewire/ontology/data/units.csv",
                )
            symbol, multiplier = _written()[symbol]
        step = -1 if place else 1
        factor *= Fraction(multiplier) ** step
        for depth, atom in enumerate(_atoms()[name] for name in symbol.split("/")):
            sign = -step if depth else step
            factor *= Fraction(atom.factor) ** sign
            powers[atom.base] = powers.get(atom.base, 0) + sign
    return factor, tuple(sorted((b, n) for b, n in powers.items() if n and b != "1"))


def convert(value: Decimal, from_: str, to: str) -> Decimal:
    """Return ``value`` of the unit ``from_`` in the unit ``to``.

    Exact where a finite decimal of 34 digits exists, else rounded half-even there. Raises
    UnitError for an unknown unit, for units of different things, between currencies, and between
    calendar time (month, year) and clock time (hour, day), which have no fixed ratio.
    """
    if from_ == to:
        return value
    factor, bases = _resolve(from_)
    target, wanted = _resolve(to)
    if bases != wanted:
        raise UnitError(f"{from_} cannot be turned into {to}", hint=_why_not(bases, wanted))
    return to_decimal(Fraction(value) * factor / target)


def _why_not(have: tuple[tuple[str, int], ...], want: tuple[tuple[str, int], ...]) -> str | None:
    differ = {base for base, _ in set(have) ^ set(want)}
    if differ == _CALENDAR:
        return "A month or year has no fixed number of days; say how many it had"
    if all(_atoms()[base].kind is QuantityKind.MONEY for base in differ):
        return "Currencies need a rate of exchange of a day, which a unit table does not hold"
    return None


def to_decimal(value: Fraction) -> Decimal:
    """Return a fraction as a plain decimal of at most 34 significant digits."""
    found = _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
    exponent = found.as_tuple().exponent
    if isinstance(exponent, int) and 0 < exponent <= 20:
        return found.quantize(Decimal(1), context=Context(prec=60))
    return found


def comparable(one: str, other: str) -> bool:
    """Tell whether ``convert`` can turn one unit into the other; unknown units compare with none.

    ``oz`` and ``ozt`` are the same unit: compare units with this, never as text.
    """
    try:
        return _resolve(one)[1] == _resolve(other)[1]
    except UnitError:
        return False


@cache
def kind_of(unit: str) -> QuantityKind:
    """Return the nature of a unit: "USD/t" is a price, "t/yr" a mass rate, "g/t" a grade.

    Raises UnitError for a unit that is not known.
    """
    _resolve(unit)
    if unit not in _atoms() and unit in _written():
        unit = _written()[unit][0]
    kinds = [_atoms()[_written()[a][0] if a not in _atoms() else a].kind for a in unit.split("/")]
    if len(kinds) == 1:
        return kinds[0]
    first, second = kinds[0], kinds[1]
    if second in _TIME:
        return _RATES.get(first, QuantityKind.OTHER)
    if first is QuantityKind.MONEY:
        return QuantityKind.PRICE
    if first is second is QuantityKind.MASS and not unit.startswith(("tCO2", "kgCO2")):
        return QuantityKind.GRADE
    return QuantityKind.OTHER
