"""Two figures that a text says are the same: "40 cents a pound, or nearly $900 a tonne"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from lodewire.extraction.checks.precision import Interval, divide, interval_of, judge, show
from lodewire.extraction.checks.scene import Scene
from lodewire.model.check import Check
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, QuantityKind, Verdict
from lodewire.ontology.units import Currency, comparable, convert, load_currencies

_WHEN = (
    r"(?: (?:on|since|last|this|next|early|late|in) (?:(?:early|late|mid|last|this|the)[ -])?"
    r"[A-Za-z]+| today| yesterday| now)?"
)
_BRACKET = re.compile(
    r"\.?\s?[(\[](?:or|that is|i\.e\.,?|equal to|equivalent to|equals|the equivalent of|=|≈)?\s?$"
)
_EQUALS = re.compile(
    r"\s?(?:=|≈|(?:,| -| –|—| —)? ?(?:which |that )?(?:is |are )?(?:equals?|equal to|equivalent to|"
    r"the equivalent of|the same as|works out at|works out to|that is|i\.e\.),?)\s?$"
)
_OR = re.compile(
    rf"(?P<when>{_WHEN})(?P<comma>,|;| -| –| —|—)? ?(?:or|or the equivalent of|or roughly) ,?$",
    re.I,
)
_MEASURED = frozenset(
    {
        QuantityKind.PRICE,
        QuantityKind.MASS,
        QuantityKind.MASS_RATE,
        QuantityKind.VOLUME,
        QuantityKind.VOLUME_RATE,
        QuantityKind.ENERGY,
        QuantityKind.ENERGY_RATE,
        QuantityKind.POWER,
        QuantityKind.LENGTH,
        QuantityKind.AREA,
    }
)
_MONEY = frozenset({QuantityKind.MONEY, QuantityKind.PRICE})
# Names that stand for more than one unit; a text may mean any of them.
_READINGS = {
    "t": (
        ("short tons", re.compile(r"\btons?\b", re.I)),
        ("long tons", re.compile(r"\btons?\b", re.I)),
    ),
    "oz": (("ozav", re.compile(r"\boz\b|ounces?\b", re.I)),),
}
_METRIC = re.compile(r"\bmetric\b|tonnes?\b|\bmt\b", re.I)
# Multiplying where one should divide is off by the square: 10.8 for feet and metres.
_FAR, _FAR_IN_BRACKET = Decimal(4), Decimal(12)

# Days of each span of time; a plant that names its daily rate stands still on some days a year.
_DAYS = {
    "d": Decimal(1), "week": Decimal(7), "month": Decimal(365) / 12, "quarter": Decimal(365) / 4,
    "yr": Decimal(365),
}  # fmt: skip
_IDLE = Decimal("0.82")
_RATES = frozenset({QuantityKind.MASS_RATE, QuantityKind.VOLUME_RATE, QuantityKind.ENERGY_RATE})
Rates = Mapping[tuple[str, str], Decimal]


def check_equivalence(scene: Scene, rates: Rates) -> list[Check]:
    """Return the checks on neighbouring quantities that the words between call equal."""
    found = []
    for first, second in pairwise(scene.quantities):
        link = _link(scene, first, second)
        if link is None or first.unit is None or second.unit is None:
            continue
        check = _check_pair(scene, first, second, link, rates)
        if check is not None:
            found.append(check)
    return found


def stated_rates(scenes: Sequence[Scene]) -> dict[tuple[str, str], Decimal]:
    """Return the exchange rates that a text states: "$1 = 7.1632 yuan"."""
    found: dict[tuple[str, str], Decimal] = {}
    for scene in scenes:
        for first, second in pairwise(scene.quantities):
            if not (_is_currency(first) and _is_currency(second)) or first.unit == second.unit:
                continue
            if "=" not in scene.between(first, second) or first.value != 1 or not second.value:
                continue
            assert first.unit is not None
            assert second.unit is not None
            found[first.unit, second.unit] = second.value
            found[second.unit, first.unit] = divide(Decimal(1), second.value)
    return found


@cache
def _currencies() -> Mapping[str, Currency]:
    """Return the table of currencies, read once: every pair of figures asks for it."""
    return load_currencies()


def _is_currency(quantity: Quantity) -> bool:
    return quantity.kind is QuantityKind.MONEY and quantity.unit in _currencies()


def _link(scene: Scene, first: Quantity, second: Quantity) -> str | None:
    """Return how the words between join two quantities: "bracket", "strong", "or", or None."""
    between = scene.between(first, second)
    if len(between) > 40:
        return None
    closed = scene.document.text[second.span.end : second.span.end + 1] in {")", "]"}
    if _BRACKET.fullmatch(between):
        return "bracket" if closed else None
    if _EQUALS.fullmatch(between):
        return "strong"
    alternative = _OR.fullmatch(between)
    if alternative is None:
        return None
    return "strong" if alternative.group("comma") else "or"


def _check_pair(
    scene: Scene, first: Quantity, second: Quantity, link: str, rates: Rates
) -> Check | None:
    assert first.unit is not None
    assert second.unit is not None
    first, second = _one_dollar(first, second), _one_dollar(second, first)
    assert first.unit is not None
    assert second.unit is not None
    if first.kind in _MONEY and second.kind is first.kind and _currency(first) != _currency(second):
        return _check_currencies(scene, first, second, link, rates)
    if first.kind not in _MEASURED or second.kind is not first.kind:
        return None
    if first.kind in _RATES and first.unit.rpartition("/")[2] != second.unit.rpartition("/")[2]:
        return _check_times(scene, first, second, link)
    if not comparable(first.unit, second.unit):
        return None
    best = _best_reading(scene, first, second)
    if best is None:
        return None
    verdict, unit, computed = best
    if verdict is Verdict.MISMATCH and not _surely_meant(computed, second, link):
        return None
    factor = f"{show(computed.value)} {second.unit}"
    detail = f"{_told(first, unit)} = {factor}; the text says {_told(second, second.unit)}"
    spans = (first.span, second.span)
    return scene.check(CheckKind.UNIT_EQUIVALENCE, verdict, spans, detail, "units")


def _check_times(scene: Scene, first: Quantity, second: Quantity, link: str) -> Check | None:
    """ "10,000 tonnes a day, or 3.65 million tonnes a year": days that stand still are allowed."""
    assert first.unit is not None
    assert second.unit is not None
    head, _, per = first.unit.rpartition("/")
    other, _, each = second.unit.rpartition("/")
    if per not in _DAYS or each not in _DAYS or not comparable(head, other):
        return None
    if first.value is None or second.value is None:
        return None
    text = scene.document.text
    factor = divide(convert(Decimal(1), head, other) * _DAYS[each], _DAYS[per])
    found = interval_of(first, text, converted=True).scaled(factor)
    if _DAYS[each] > _DAYS[per]:
        found = Interval(found.low * _IDLE, found.value, found.high)
    else:
        found = Interval(found.low, found.value, divide(found.high, _IDLE))
    verdict = judge(found, interval_of(second, text, converted=True), leeway=Decimal("0.05"))
    if verdict is Verdict.MISMATCH and not _surely_meant(found, second, link):
        return None
    if verdict is None:
        return None
    detail = (
        f"{_told(first, first.unit)} = {show(found.value)} {second.unit} without a day of rest; "
        f"the text says {_told(second, second.unit)}"
    )
    spans = (first.span, second.span)
    return scene.check(CheckKind.UNIT_EQUIVALENCE, verdict, spans, detail, "time")


def _best_reading(
    scene: Scene, first: Quantity, second: Quantity
) -> tuple[Verdict, str, Interval] | None:
    """Compare under each meaning of the written units; the kindest verdict counts."""
    assert second.unit is not None
    text, best = scene.document.text, None
    stated = interval_of(second, text, converted=True)
    order = {Verdict.CONSISTENT: 0, Verdict.ROUNDING: 1, None: 2, Verdict.MISMATCH: 3}
    for unit in _units_of(first, text):
        for other in _units_of(second, text):
            if unit == other and (first.unit == second.unit):
                continue  # the same unit on both sides is no conversion
            computed = interval_of(first, text, converted=True).scaled(
                convert(Decimal(1), unit, other)
            )
            verdict = judge(computed, stated)
            if best is None or order[verdict] < order[best[0]]:
                best = (verdict, unit, computed)
    if best is None or best[0] is None:
        return None
    same = first.unit == second.unit
    if same and best[0] is Verdict.MISMATCH:
        return None
    return best[0], best[1], best[2]


def _units_of(quantity: Quantity, text: str) -> tuple[str, ...]:
    assert quantity.unit is not None
    head, _, per = quantity.unit.partition("/")
    core, found = quantity.core.of(text), [quantity.unit]
    if _METRIC.search(core):
        return (quantity.unit,)
    for unit, pattern in _READINGS.get(head, ()):
        if pattern.search(core):
            found.append(f"{unit}/{per}" if per else unit)
    for unit, pattern in _READINGS.get(per, ()):
        if pattern.search(core):
            found.append(f"{head}/{unit}")
    return tuple(found)


def _surely_meant(computed: Interval, second: Quantity, link: str) -> bool:
    """Tell whether two unlike figures are still meant as one: near, or a slip of powers of ten."""
    value = second.value
    if link == "or" or not value or not computed.value:
        return False
    ratio = divide(computed.value.copy_abs(), value.copy_abs())
    far = _FAR_IN_BRACKET if link == "bracket" else _FAR
    if 1 / far < ratio < far:
        return True
    power = Decimal(10) ** ratio.adjusted()
    lead = divide(ratio, power)
    return lead < Decimal("1.1") or lead > Decimal("9.1")


def _told(quantity: Quantity, unit: str) -> str:
    if quantity.value is not None:
        return f"{show(quantity.value)} {unit}"
    low, high = quantity.bounds
    return f"{show(low)} to {show(high)} {unit}"


def _one_dollar(quantity: Quantity, other: Quantity) -> Quantity:
    """Read cents or dollars of no country as those of the other figure: "47 cents ... $1,000"."""
    head, slash, per = (quantity.unit or "").partition("/")
    country = _currencies().get(_currency(other))
    if country is None or head not in {"$", "c"} or not country.code.endswith("D"):
        return quantity
    settled = country.code if head == "$" else (country.sub or head)
    return replace(quantity, unit=settled + slash + per)


def _currency(quantity: Quantity) -> str:
    """Return the currency of an amount or price, hundredths taken to the whole."""
    head = (quantity.unit or "").partition("/")[0]
    for code, currency in _currencies().items():
        if currency.sub == head:
            return code
    return head


def _check_currencies(
    scene: Scene, first: Quantity, second: Quantity, link: str, rates: Rates
) -> Check | None:
    if link == "or" or not first.value or not second.value:
        return None  # an amount of nothing implies no rate
    one, other = _currency(first), _currency(second)
    rate = rates.get((one, other))
    if "=" in scene.between(first, second):
        return None  # the statement of the rate itself
    spans = (first.span, second.span)
    assert first.unit is not None
    assert second.unit is not None
    if rate is None:
        implied = divide(first.value, second.value)
        detail = (
            f"{_told(first, first.unit)} and {_told(second, second.unit)} imply "
            f"{_rate(implied, one, other)}; the text states no rate"
        )
        verdict = Verdict.UNCHECKABLE
        return scene.check(CheckKind.UNIT_EQUIVALENCE, verdict, spans, detail, "currency")
    swapped = second.unit.replace(other, one, 1)
    if not comparable(first.unit, swapped):
        return None
    computed = interval_of(first, scene.document.text).scaled(
        convert(Decimal(1), first.unit, swapped) * rate
    )
    found = judge(computed, interval_of(second, scene.document.text), leeway=Decimal("0.05"))
    if found is None:
        return None
    detail = (
        f"{_told(first, first.unit)} at {_rate(divide(Decimal(1), rate), one, other)} = "
        f"{show(computed.value)} {second.unit}; the text says {_told(second, second.unit)}"
    )
    return scene.check(CheckKind.UNIT_EQUIVALENCE, found, spans, detail, "currency")


def _rate(rate: Decimal, one: str, other: str) -> str:
    """Print a rate of exchange the way that has the larger number."""
    if rate < 1:
        rate, one, other = divide(Decimal(1), rate), other, one
    return f"{show(rate, 5)} {one} for 1 {other}"
