"""A percentage of change between two stated values: "rose 8.75% from 80,000 to 87,000"."""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.checks.precision import Interval, divide, interval_of, show, step_of
from lodewire.extraction.checks.scene import Scene
from lodewire.model.check import Check
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, Qualifier, QuantityKind, Verdict
from lodewire.ontology.units import comparable, convert

_SMALL = (
    r"(?:(?:the|its|their|a|an|about|around|some|only|just|nearly|what was|last year's|a revised|"
    r"revised|record"
    r"|year-ago|year-earlier|previous|prior) )*"
)
_FROM = re.compile(
    rf",?(?: (?:year[- ]on[- ]year|year over year|year-over-year|yoy|on the "
    rf"year))?,? (?:up |down )?(?:from|than|on|above|below|over|versus|compared with"
    rf"|against) {_SMALL}$",
    re.I,
)
_TO = re.compile(
    rf",?(?: (?:year[- ]on[- ]year|year over year|year-over-year|yoy|on the year))?,? "
    rf"to (?:reach )?{_SMALL}$",
    re.I,
)
_THEN_FROM = re.compile(
    rf"(?: (?:of [\w -]{{3,30}}|in [\w -]{{3,24}}|(?:on|by|at) [\w -]{{3,24}}|last year|"
    rf"this year))?,? (?:up |down )?(?:from|versus|compared with|against) {_SMALL}$",
    re.I,
)
_UP = (
    r"(?:up|increase|rise|gain|growth|higher|more|jump|surge|climb|rose|increased|grew|gained|"
    r"jumped|climbed|added|advanced|above|greater|surged|"
    r"rising|increasing|growing|gaining|jumping|climbing|surging|advancing)"
)
_DOWN = (
    r"(?:down|decrease|fall|drop|decline|lower|less|slump|cut|fell|decreased|dropped|declined|"
    r"slipped|shed|lost|tumbled|below|slid|eased|plunged|fewer|dipped|reduced|"
    r"falling|decreasing|dropping|declining|slipping|losing|tumbling|sliding|easing|plunging)"
)
_CHANGED = re.compile(
    rf"(?:,|;|\s\(|[ -–—])?(?:,? (?:which (?:is|was)|that is|or))?,? ?(?:an? |"
    rf"the |to )?(?:{_UP}|{_DOWN})(?: of| by)? $",
    re.I,
)
_BARE_LINK = re.compile(r",? $")
_RISES = re.compile(rf"\b{_UP}\b", re.I)
_FALLS = re.compile(rf"\b{_DOWN}\b", re.I)
_VERB_BEFORE = re.compile(
    rf"\b(?:{_UP}|{_DOWN})(?: (?:by|of|about|around|some|nearly|almost|just|"
    rf"only))* $",
    re.I,
)
_NOUN_AFTER = re.compile(rf"[ -](?:year[- ]on[- ]year )?(?:{_UP}|{_DOWN})\b", re.I)
_TIMES = frozenset({"yr", "month", "d", "quarter", "week"})
_HUNDRED = Decimal(100)
_LEAST_GAP = Decimal("0.6")


def check_changes(scene: Scene) -> list[Check]:
    """Return the checks on percentages that the sentence gives with both of their values."""
    found = []
    for place, quantity in enumerate(scene.quantities):
        if quantity.kind is not QuantityKind.PERCENT or quantity.value is None:
            continue
        pair = _values_of(scene, place)
        if pair is None:
            continue
        check = _compare(scene, quantity, *pair)
        if check is not None:
            found.append(check)
    return found


def _values_of(scene: Scene, place: int) -> tuple[Quantity, Quantity] | None:
    """Return old and new value of the percentage at ``place``, where the words tell which."""
    around = scene.quantities
    percent = around[place]
    after = around[place + 1 : place + 3]
    before = around[place - 1] if place else None
    if len(after) == 2:
        links = scene.between(percent, after[0]), scene.between(after[0], after[1])
        governed = _VERB_BEFORE.search(scene.before(percent)) or _NOUN_AFTER.match(links[0])
        if governed and _FROM.fullmatch(_plain(links[0])) and links[1].strip() == "to":
            return _same(after[0], after[1])
        if governed and _TO.fullmatch(_plain(links[0])) and _THEN_FROM.fullmatch(links[1]):
            return _same(after[1], after[0])
    if before is not None and after:
        link = scene.between(before, percent)
        changed = _CHANGED.fullmatch(link) or (
            _BARE_LINK.fullmatch(link) and _NOUN_AFTER.match(scene.between(percent, after[0]))
        )
        if changed and _FROM.fullmatch(_plain(scene.between(percent, after[0]))):
            return _same(after[0], before)
        comparative = re.match(
            r" (?:above|below|over|under|more than|less than|higher than|lower "
            r"than)\b",
            scene.between(percent, after[0]),
        )
        if comparative and link in {", ", " "} and len(scene.between(percent, after[0])) < 24:
            return _same(after[0], before)
    return None


def _plain(link: str) -> str:
    """Drop the noun of change after a percentage: "8% increase from" reads as "8% from"."""
    match = _NOUN_AFTER.match(link)
    return link[match.end() :] if match is not None else link


def _same(old: Quantity, new: Quantity) -> tuple[Quantity, Quantity] | None:
    single = old.value is not None and new.value is not None
    if not single or old.unit is None or new.unit is None or not old.value:
        return None
    if old.kind in {QuantityKind.PERCENT, QuantityKind.DURATION, QuantityKind.FACTOR}:
        return None
    return (old, new) if comparable(*_units(old.unit, new.unit)) else None


def _units(old: str, new: str) -> tuple[str, str]:
    """Return the units to compare in; "10,000 t a year, up from 8,000 t" are both yearly."""
    one, _, per = old.partition("/")
    other, _, each = new.partition("/")
    if (per in _TIMES and not each) or (each in _TIMES and not per):
        return one, other
    return old, new


def _compare(scene: Scene, percent: Quantity, old: Quantity, new: Quantity) -> Check | None:
    text = scene.document.text
    assert old.unit is not None
    assert new.unit is not None
    assert percent.value is not None
    one, other = _units(old.unit, new.unit)
    had = interval_of(old, text)
    has = interval_of(new, text).scaled(convert(Decimal(1), other, one))
    if had.low <= 0 or has.low <= 0:
        return None
    change = Interval(
        _change(had.high, has.low), _change(had.value, has.value), _change(had.low, has.high)
    )
    verdict = _verdict(scene, percent, change)
    if verdict is None:
        return None
    detail = (
        f"{show(old.value or Decimal(0))} to {show(new.value or Decimal(0))} {old.unit} is "
        f"{show(change.value)} %; the text says {show(percent.value)} %"
    )
    spans = tuple(sorted((percent.span, old.span, new.span)))
    return scene.check(CheckKind.ARITHMETIC, verdict, spans, detail, "percentage_change")


def _change(old: Decimal, new: Decimal) -> Decimal:
    return divide((new - old) * _HUNDRED, old)


def _verdict(scene: Scene, percent: Quantity, change: Interval) -> Verdict | None:
    assert percent.value is not None
    direction = _direction(scene, percent)
    told = percent.value.copy_abs()
    low, high = sorted((change.low.copy_abs(), change.high.copy_abs()))
    size = change.value.copy_abs()
    if direction and size > _LEAST_GAP and (change.value > 0) != (direction > 0):
        agrees = (size - told).copy_abs() <= max(_LEAST_GAP, told / 10)
        # The words say up and the values go down: the words or the order of the values is wrong.
        return Verdict.QUERY if agrees else None
    step = step_of(percent, scene.document.text)
    if percent.digits <= 2 and step > 1:
        step = Decimal(1)
    half = step / 2
    if (size - told).copy_abs() <= half or _hedged(percent, size, told):
        return Verdict.CONSISTENT
    if low - half <= told <= high + half:
        return Verdict.ROUNDING
    gap = max(low - told - half, told - half - high)
    hedge = Decimal(3) if percent.qualifier is not Qualifier.EXACT else Decimal(1)
    if gap > max(_LEAST_GAP * hedge, told / 10 * hedge):
        return Verdict.MISMATCH
    return None


def _hedged(percent: Quantity, size: Decimal, told: Decimal) -> bool:
    interval = {
        Qualifier.ABOUT: (told * 9 / 10, told * 11 / 10),
        Qualifier.NEARLY: (told * 9 / 10, told),
        Qualifier.MORE_THAN: (told, told * 5 / 4),
        Qualifier.LESS_THAN: (told * 3 / 4, told),
    }.get(percent.qualifier)
    return interval is not None and interval[0] <= size <= interval[1]


def _direction(scene: Scene, percent: Quantity) -> int:
    """Return 1 for words of rising beside the percentage, -1 for falling, 0 when unclear."""
    beside = scene.before(percent, 18) + "|" + scene.after(percent, 14)
    up, down = _RISES.search(beside), _FALLS.search(beside)
    if bool(up) == bool(down):
        return 0
    return 1 if up else -1
