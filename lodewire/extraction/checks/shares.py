"""Percentages of stated bases, and the value of a whole that the price of a stake implies."""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.checks.precision import Interval, divide, interval_of, judge, show
from lodewire.extraction.checks.scene import Scene
from lodewire.model.check import Check
from lodewire.model.evidence import Span
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, QuantityKind, Verdict
from lodewire.ontology.units import comparable, convert

_HUNDRED = Decimal(100)
_NOUNS = (
    r"(?: (?!(?:from|to|up|down|than|or|and|but|while|by|on|at|which|that|is|was|were|more|less|"
    r"last)\b)[\w’'&-]+){0,6}"
)
_EQUALS_SHARE = re.compile(
    rf"{_NOUNS}(?:,| \(|,? which is|,? that is)? ?(?:or|equal to|equivalent to|representing|"
    r"accounting for|making up|corresponding to|was|were|is)? (?:about |some |roughly )?$",
    re.I,
)
_PLAIN_LINK = re.compile(
    r"\b(?:or|equal|equivalent|representing|accounting|making up|is|was|were)\b", re.I
)
_OF_BASE = re.compile(rf" of{_NOUNS} $", re.I)
_OR_PART = re.compile(
    rf"{_NOUNS},? (?:or|which is|that is|equal to) (?:about |some |roughly )?$", re.I
)
_BARE_BASE = re.compile(
    rf" of{_NOUNS} of (?P<base>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{2,6}})(?![\w%])"
)
_OTHER_BASE = re.compile(
    r"\b(?:target|capacity|quota|plan(?:ned)?|forecast|increase|growth|drop|fall|rise|decline|"
    r"each|remaining|rest|between)\b",
    re.I,
)
_PARTS = frozenset(
    {
        QuantityKind.COUNT,
        QuantityKind.MASS,
        QuantityKind.MASS_RATE,
        QuantityKind.MONEY,
        QuantityKind.VOLUME,
        QuantityKind.VOLUME_RATE,
        QuantityKind.ENERGY,
        QuantityKind.POWER,
        QuantityKind.AREA,
    }
)
_BASE_LEEWAY = Decimal("0.05")
_STAKE = re.compile(
    r"^ (?:[\w-]+ )?(?:stake|interest|share|holding|shareholding|equity)\b|^ of ", re.I
)
_PAID_FOR = re.compile(
    r",? (?:for|to buy|to acquire|to take|in (?:exchange|return) for)(?: an?| the| its)? $", re.I
)
_FOR_PRICE = re.compile(r"\b(?:for|in exchange for|at a price of|priced at) $", re.I)
_VALUING = re.compile(
    r"\b(?:valu(?:ing|es|ed)|implying|implies|implied|puts?|putting|worth)\b[^.;]{0,60}?"
    r"\b(?:at|of|worth) $",
    re.I,
)
_NOT_EQUITY = re.compile(
    r"\b(?:debt|enterprise value|option|earn-in|earn up|up to|pre-money|initial(?:ly)?|first|"
    r"tranche|additional|further|raising its|market value|market cap\w*)\b",
    re.I,
)


def check_shares(scene: Scene) -> list[Check]:
    """Return the checks on shares of stated bases and on stakes with a stated whole."""
    found = []
    for place, quantity in enumerate(scene.quantities):
        if quantity.kind is not QuantityKind.PERCENT or not quantity.value:
            continue
        for check in (_of_base(scene, place), _of_bare_base(scene, place), _stake(scene, place)):
            if check is not None:
                found.append(check)
    return found


def _of_base(scene: Scene, place: int) -> Check | None:
    """ "40,000 tonnes, or 20% of the 200,000 tonnes"; "20% of 200,000 tonnes, or 40,000 tonnes"."""
    share, around = scene.quantities[place], scene.quantities
    before = around[place - 1] if place else None
    after = around[place + 1 : place + 3]
    if not after or not _OF_BASE.fullmatch(scene.between(share, after[0])):
        return None
    base, part = after[0], None
    if before is not None and _is_share_link(scene.between(before, share)):
        part = before
    elif len(after) == 2 and _OR_PART.fullmatch(scene.between(base, after[1])):
        part = after[1]
    if part is None or part.kind is not base.kind or part.kind not in _PARTS:
        return None
    if part.value is None or not base.value or _OTHER_BASE.search(scene.between(share, base)):
        return None
    factor = Decimal(1)
    if part.unit != base.unit:
        if part.unit is None or base.unit is None or not comparable(base.unit, part.unit):
            return None
        factor = convert(Decimal(1), base.unit, part.unit)
    whole = interval_of(base, scene.document.text).scaled(factor)
    return _compare_part(scene, share, part, whole, base.span)


def _is_share_link(link: str) -> bool:
    return _EQUALS_SHARE.fullmatch(link) is not None and _PLAIN_LINK.search(link) is not None


def _of_bare_base(scene: Scene, place: int) -> Check | None:
    """ "500 jobs, or 10% of its workforce of 5,000"."""
    share = scene.quantities[place]
    part = scene.quantities[place - 1] if place else None
    if part is None or part.kind is not QuantityKind.COUNT or part.value is None:
        return None
    after = scene.after(share, 70)
    match = _BARE_BASE.match(after)
    if match is None or not _is_share_link(scene.between(part, share)):
        return None
    value = Decimal(match.group("base").replace(",", ""))
    base = Span(*match.span("base")).shift(share.span.end)
    half = value * Decimal("0.005")
    whole = Interval(value - half, value, value + half)
    return _compare_part(scene, share, part, whole, base)


def _compare_part(
    scene: Scene, share: Quantity, part: Quantity, whole: Interval, base: Span
) -> Check | None:
    text = scene.document.text
    rate = interval_of(share, text).scaled(1 / _HUNDRED)
    found = Interval(whole.low * rate.low, whole.value * rate.value, whole.high * rate.high)
    verdict = judge(found, interval_of(part, text), leeway=_BASE_LEEWAY)
    if verdict is None:
        return None
    unit = f" {part.unit}" if part.unit else ""
    detail = (
        f"{show(share.value or Decimal(0))} % of {show(whole.value)}{unit} = {show(found.value)}"
        f"{unit}; the text says {show(part.value or Decimal(0))}{unit}"
    )
    spans = sorted((share.span, part.span, base))
    return scene.check(CheckKind.ARITHMETIC, verdict, spans, detail, "share_of_base")


def _stake(scene: Scene, place: int) -> Check | None:
    """ "a 20% stake for $100 million, valuing the company at $500 million", in either order."""
    share = scene.quantities[place]
    price = _price_of(scene, place)
    if price is None or price.value is None:
        return None
    later = max(price.span.end, share.span.end)
    whole = next((q for q in scene.quantities if q.span.start >= later), None)
    if whole is None or whole.value is None or whole.kind is not QuantityKind.MONEY:
        return None
    text = scene.document.text
    if price.unit != whole.unit or not _VALUING.search(text[later : whole.span.start]):
        return None
    if _NOT_EQUITY.search(scene.text):
        return None
    part, paid = interval_of(share, text), interval_of(price, text)
    if part.low <= 0 or share.value is None:
        return None
    found = Interval(
        divide(paid.low * _HUNDRED, part.high),
        divide(paid.value * _HUNDRED, part.value),
        divide(paid.high * _HUNDRED, part.low),
    )
    verdict = judge(found, interval_of(whole, text), leeway=Decimal("0.1"))
    if verdict is Verdict.MISMATCH:
        verdict = Verdict.QUERY  # debt, options or new shares may explain the difference
    if verdict is None:
        return None
    detail = (
        f"{show(share.value)} % for {show(price.value)} {price.unit} values the whole at "
        f"{show(found.value)} {price.unit}; the text says {show(whole.value)}"
    )
    spans = sorted((share.span, price.span, whole.span))
    return scene.check(CheckKind.ARITHMETIC, verdict, spans, detail, "stake")


def _price_of(scene: Scene, place: int) -> Quantity | None:
    """Return the price paid for the share at ``place``, told before or after it."""
    share, around = scene.quantities[place], scene.quantities
    before = around[place - 1] if place else None
    money = QuantityKind.MONEY
    paid = before is not None and before.kind is money
    if before is not None and paid and _PAID_FOR.fullmatch(scene.between(before, share)):
        return before
    after = around[place + 1] if place + 1 < len(around) else None
    if after is None or after.kind is not money or not _STAKE.match(scene.after(share, 30)):
        return None
    return after if _FOR_PRICE.search(scene.between(share, after)) else None
