"""Products that a sentence states with their factors: contained metal and worths."""

from __future__ import annotations

import re
from decimal import Decimal

from lodewire.extraction.checks.precision import Interval, interval_of, judge, show
from lodewire.extraction.checks.scene import Scene
from lodewire.model.check import Check
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, QuantityKind
from lodewire.ontology.units import comparable, convert

_EACH_WORTH = re.compile(
    r"\b(?:worth|valued at|for a total of|totall?ing|a total of|or a total of|"
    r"worth a total of)[ ]$",
    re.I,
)
_AT_PRICE = re.compile(r"(?: of [\w ’'-]{2,40})? at (?:a price of )?$", re.I)
_AT_GRADE = re.compile(
    r"(?: of [\w ’'-]{2,30})?,? (?:at|grading|averaging|@|at an average grade of"
    r"|at a grade of|with a grade of)(?: an average of)? $",
    re.I,
)
_CONTAINED = re.compile(
    r"(?: [\w₂₃().-]{1,24}){0,4},? (?:for|containing|for a contained|for contained|to contain|"
    r"giving|contains?|holds?|for a total of)(?: a total of| about| some)? $",
    re.I,
)
_IN_BRACKET = re.compile(r"(?: [\w₂₃-]{1,24}){0,5} \((?:for |containing )?$", re.I)
# What a mill recovers is less than what the ore holds.
_RECOVERED = re.compile(r"\b(?:recover\w*|payable|saleable|in concentrate)\b", re.I)
_METAL_IN = re.compile(r"(?: of (?:contained )?[\w-]+)?,? (?:in|within|from|contained in) $", re.I)
_MASS = frozenset({QuantityKind.MASS})
_CHEMICAL_LEEWAY = Decimal("0.1")


def check_products(scene: Scene) -> list[Check]:
    """Return the checks on contained metal and worths of a sentence."""
    checks: list[Check | None] = []
    for place in range(len(scene.quantities)):
        checks += [_contained(scene, place), _worth(scene, place)]
    return [check for check in checks if check is not None]


def _contained(scene: Scene, place: int) -> Check | None:
    """ "12 Mt at 1.5% Cu for 180,000 t of contained copper"."""
    three = scene.quantities[place : place + 3]
    if len(three) < 3:
        return None
    ordered = _ordered(scene, *three)
    if ordered is None:
        return None
    ore, grade, metal = ordered
    if ore.kind not in _MASS or metal.kind not in _MASS or grade.kind not in _GRADES:
        return None
    if _RECOVERED.search(scene.text):
        return None
    if None in (ore.value, grade.value, metal.value) or not _same_substance(scene, grade, metal):
        return None
    assert ore.unit is not None
    assert grade.unit is not None
    assert metal.unit is not None
    text = scene.document.text
    share = interval_of(grade, text).scaled(convert(Decimal(1), grade.unit, "1"))
    factor = convert(Decimal(1), ore.unit, metal.unit)
    tonnes = interval_of(ore, text).scaled(factor)
    found = Interval(tonnes.low * share.low, tonnes.value * share.value, tonnes.high * share.high)
    verdict = judge(found, interval_of(metal, text), leeway=_CHEMICAL_LEEWAY)
    if verdict is None:
        return None
    detail = (
        f"{show(ore.value or Decimal(0))} {ore.unit} at {show(grade.value or Decimal(0))} "
        f"{grade.unit} = {show(found.value)} {metal.unit}; the text says "
        f"{show(metal.value or Decimal(0))} {metal.unit}"
    )
    spans = (ore.span, grade.span, metal.span)
    return scene.check(CheckKind.ARITHMETIC, verdict, spans, detail, "contained")


def _closed(scene: Scene, quantity: Quantity) -> bool:
    """Tell whether a bracket ends right after the quantity."""
    return scene.document.text[quantity.span.end : quantity.span.end + 1] == ")"


def _ordered(
    scene: Scene, one: Quantity, two: Quantity, three: Quantity
) -> tuple[Quantity, Quantity, Quantity] | None:
    """Return ore, grade and metal where the words between say which is which."""
    first, second = scene.between(one, two), scene.between(two, three)
    if _AT_GRADE.fullmatch(first) and (
        _CONTAINED.fullmatch(second) or (_IN_BRACKET.fullmatch(second) and _closed(scene, three))
    ):
        return one, two, three
    if _METAL_IN.fullmatch(first) and _AT_GRADE.fullmatch(second):
        return two, three, one
    return None


_GRADES = frozenset({QuantityKind.GRADE, QuantityKind.PERCENT})


def _same_substance(scene: Scene, grade: Quantity, metal: Quantity) -> bool:
    """Tell whether grade and contained mass count the same thing; oxides are not metals."""
    text = scene.document.text
    one = _substance_words(grade.substance.of(text) if grade.substance else "")
    other = _substance_words(
        metal.substance.of(text) if metal.substance else scene.after(metal, 30)
    )
    if one and metal.substance is None and _closed(scene, metal):
        return True  # "4.6 Mt grading 3.2 g/t Au (474 koz)"
    if not one or not other:
        return False
    return one == other


_NAMES = {
    "cu": "copper", "au": "gold", "ag": "silver", "ni": "nickel", "co": "cobalt", "zn": "zinc",
    "pb": "lead", "sn": "tin", "u3o8": "u3o8", "li2o": "li2o", "treo": "treo", "wo3": "wo3",
    "mo": "molybdenum", "pt": "platinum", "pd": "palladium", "sb": "antimony", "fe": "iron",
}  # fmt: skip
_SUBSTANCE = re.compile(
    r"\b(cu|au|ag|ni|co|zn|pb|sn|u3o8|li2o|treo|wo3|mo|pt|pd|sb|fe|copper|gold|silver|nickel|cobalt"
    r"|zinc|lead|tin"
    r"|molybdenum|platinum|palladium|antimony|iron)\b",
    re.I,
)


def _substance_words(words: str) -> str:
    found = _SUBSTANCE.search(words.replace("₂", "2").replace("₃", "3").replace("₈", "8"))
    if found is None or re.search(r"equivalent|oxide|carbonate|eq\b", words, re.I):
        return ""
    key = found.group(1).lower()
    return _NAMES.get(key, key)


def _worth(scene: Scene, place: int) -> Check | None:
    """ "50,000 tonnes at $2,400 a tonne, worth $120 million"."""
    three = scene.quantities[place : place + 3]
    if len(three) < 3:
        return None
    mass, price, money = three
    if price.kind is not QuantityKind.PRICE or money.kind is not QuantityKind.MONEY:
        return None
    if None in (mass.value, price.value, money.value) or mass.unit is None or price.unit is None:
        return None
    if not _AT_PRICE.fullmatch(scene.between(mass, price)):
        return None
    if not _EACH_WORTH.search(scene.between(price, money)) or money.unit is None:
        return None
    head, _, per = price.unit.partition("/")
    if not per or not comparable(mass.unit, per) or not comparable(head, money.unit):
        return None
    text = scene.document.text
    amount = interval_of(mass, text).scaled(convert(Decimal(1), mass.unit, per))
    each = interval_of(price, text).scaled(convert(Decimal(1), head, money.unit))
    found = Interval(amount.low * each.low, amount.value * each.value, amount.high * each.high)
    verdict = judge(found, interval_of(money, text), leeway=Decimal("0.05"))
    if verdict is None:
        return None
    detail = (
        f"{show(mass.value or Decimal(0))} {mass.unit} at {show(price.value or Decimal(0))} "
        f"{price.unit} = {show(found.value)} {money.unit}; the text says "
        f"{show(money.value or Decimal(0))} {money.unit}"
    )
    spans = (mass.span, price.span, money.span)
    return scene.check(CheckKind.ARITHMETIC, verdict, spans, detail, "worth")
