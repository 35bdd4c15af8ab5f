"""Sums and shares that a sentence states with their parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from lodewire.extraction.checks.precision import Interval, interval_of, judge, show, step_of
from lodewire.extraction.checks.scene import Scene
from lodewire.model.check import Check
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import CheckKind, Qualifier, QuantityKind, Verdict

_COMPRISING = re.compile(
    r"\b(?:comprising|consisting of|made up of|split between|split into|divided into|composed of|"
    r"broken down (?:as|into))\b"
    r"[^.;]{0,30}$",
    re.I,
)
_OF_WHICH = re.compile(r"\b(?:of which|including|of these|among them)\b[^.;]{0,30}$", re.I)
_TOTALLING = re.compile(
    r"\b(?:for a total of|making a total of|bringing the total to|adding up to|totall?ing|a "
    r"combined|together|for a combined"
    r"(?: total of)?|in total|in all|a total of)[ ]?(?:of )?$",
    re.I,
)
# Words that make the sum plain: nothing but the parts just named can be meant.
_SURE_TOTAL = re.compile(
    r"\b(?:(?:for|making(?: up)?|giving|or|to reach|reaching|accounts? for|accounting for|amount"
    r"(?:s|ing)? to|comes? to|makes?|make up)(?: an?| the)? (?:combined |grand |overall )?(?:total"
    r"|sum)(?: of)?|for a combined(?: total of)?|adding up to|adds? up to|totall?ing|which totals?|"
    r"that totals?|together making)(?: just| exactly)? ?$",
    re.I,
)
_PART_WORD = (
    r"(?!(?:from|to|than|against|compared|up|down|versus|after|before|while|but|or|then|including|"
    r"excluding|earning|selling|paying|paid|sold|earned|over|under|rose|fell|per|each)\b)[\w’'&-]+"
)
_PART_LINK = re.compile(
    rf"(?:,? {_PART_WORD}){{0,6}}(?:,|,? and|,? plus|;|; and)(?: (?:another|a further))?"
    rf"(?: (?:to|from) (?-i:[A-Z])\w+)?(?: {_PART_WORD}){{0,5}} $",
    re.I,
)
_UP_TO_WHOLE = re.compile(rf"(?: {_PART_WORD}){{0,6}}(?:,|;| -| –| —|\))? [^.;:]{{4,50}}$", re.I)
_LAST_LINK = re.compile(r"\b(?:and|plus)\b")
_TOTAL_COLON = re.compile(r"(?: [\w’'-]+){0,5}(?::| –| —| -) ?(?:[\w’'-]+ ){0,4}$")
_TOLD_TOTAL = re.compile(r"\btotal(?:s|led|ed|ling|ing)?(?: \w+){0,3} $", re.I)
# More than the parts goes into such a total, or the parts come again and again.
_NOT_PLAIN = re.compile(
    r"\b(?:annual(?:ly)?|yearly|monthly|quarterly|each|apiece|instal?lments?|previous(?:ly)?|already"
    r"|another|additional|further|extra|more(?! than)|including|among|average|respectively|others|"
    r"per (?:year|month|share)|a (?:year|month|share|quarter)|minus|less|net of|after|before|"
    r"discount\w*|"
    r"bringing|so far|since|initial\w*|existing|up to|options?)\b",
    re.I,
)
_REMAINING = re.compile(
    r"\b(?:the remaining|the other|the balance of|the rest,?|remaining)[ ]$", re.I
)
_HOLDS = re.compile(
    r"\b(?:owns?|owned|holds?|held|holding|stakes?|shares?|interests?|ownership|"
    r"controls?)\b",
    re.I,
)
_DEALT = re.compile(
    r"\b(?:buy|bought|acquir\w*|sell|sold|purchas\w*|option|rais\w*|increas\w*|"
    r"previously|from)\b",
    re.I,
)
_MOST_PARTS = 8
# Parts and whole of a sum are rounded alike: what their digits allow is all that is allowed.
_SUM_LEEWAY = Decimal("0.005")


def check_totals(scene: Scene) -> list[Check]:
    """Return the checks on sums and remainders of a sentence."""
    checks: list[Check | None] = []
    for place in range(len(scene.quantities)):
        checks += [
            _whole_then_parts(scene, place),
            _parts_then_whole(scene, place),
            _remainder(scene, place),
        ]
    return [check for check in checks if check is not None]


def _alike(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    return all(
        o.unit == quantity.unit and o.kind is quantity.kind and o.value is not None for o in others
    )


def _sum(scene: Scene, parts: Sequence[Quantity], whole: Quantity | None = None) -> Interval:
    """Add up the parts; with a whole, all are taken as rounded alike.

    Who writes "C$12.6 billion, C$3 billion and C$14.2 billion" has dropped a zero from 3.0.
    """
    text = scene.document.text
    found = [interval_of(part, text) for part in parts]
    if whole is not None:
        steps = Counter(step_of(q, text) for q in (*parts, whole))
        shared = [step for step, times in steps.items() if times > 1]
        if shared:
            half = min(shared) / 2
            found = [
                Interval(max(i.low, i.value - half), i.value, min(i.high, i.value + half))
                if part.qualifier is Qualifier.EXACT
                else i
                for i, part in zip(found, parts, strict=True)
            ]
    return Interval(
        sum((i.low for i in found), Decimal(0)),
        sum((i.value for i in found), Decimal(0)),
        sum((i.high for i in found), Decimal(0)),
    )


def _whole_then_parts(scene: Scene, place: int) -> Check | None:
    """ "5,000 t, comprising 3,000 t of copper and 2,000 t of zinc"."""
    whole, rest = scene.quantities[place], scene.quantities[place + 1 :]
    if whole.value is None or whole.unit is None or len(rest) < 2 or _unfit(whole):
        return None
    parts = _run_of_parts(scene, whole, rest)
    if len(parts) < 2:
        return None
    between = scene.between(whole, parts[0])
    exhaustive = _COMPRISING.search(between) is not None or (
        _TOTAL_COLON.fullmatch(between) is not None
        and _TOLD_TOTAL.search(scene.before(whole, 40)) is not None
    )
    if not exhaustive and not _OF_WHICH.search(between):
        return None
    total = _sum(scene, parts, whole)
    verdict = judge(total, interval_of(whole, scene.document.text), leeway=_SUM_LEEWAY)
    if not exhaustive:
        over = verdict is Verdict.MISMATCH and total.value > whole.value
        verdict = Verdict.QUERY if over else None
    return _sum_check(scene, whole, parts, total, verdict)


def _unfit(quantity: Quantity) -> bool:
    return quantity.kind in {QuantityKind.DURATION, QuantityKind.FACTOR, QuantityKind.PRICE}


def _run_of_parts(scene: Scene, whole: Quantity, rest: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the like quantities after a whole that one list holds, up to its end."""
    parts: list[Quantity] = []
    for quantity in rest[: _MOST_PARTS + 1]:
        if not _alike(whole, (quantity,)):
            return ()  # another figure among the parts: no telling what adds up
        if parts and not _PART_LINK.fullmatch(scene.between(parts[-1], quantity)):
            return ()
        parts.append(quantity)
    return tuple(parts) if len(parts) <= _MOST_PARTS else ()


def _parts_then_whole(scene: Scene, place: int) -> Check | None:
    """ "Steel worth $3 billion and zinc worth $2 billion, for a total of $5 billion"."""
    whole = scene.quantities[place]
    if whole.value is None or whole.unit is None or place < 2 or _unfit(whole):
        return None
    before = scene.before(whole, 40)
    sure = _SURE_TOTAL.search(before) is not None
    if not sure and not _TOTALLING.search(before):
        return None
    parts, alone = _run_before(scene, place)
    if len(parts) < 2 or not _UP_TO_WHOLE.fullmatch(scene.between(parts[-1], whole)):
        return None
    total = _sum(scene, parts, whole)
    verdict = judge(total, interval_of(whole, scene.document.text), leeway=_SUM_LEEWAY)
    if verdict is Verdict.MISMATCH:
        clause = re.split(r"[,;:]", scene.before(parts[0], 40))[-1]
        named = scene.document.text[parts[0].span.start : whole.span.end]
        region = clause + named + scene.after(whole, 30)
        linked = _LAST_LINK.search(scene.between(parts[-2], parts[-1]))
        if not (sure and alone and linked) or _NOT_PLAIN.search(region):
            return None
    return _sum_check(scene, whole, parts, total, verdict)


def _run_before(scene: Scene, place: int) -> tuple[tuple[Quantity, ...], bool]:
    """Return the like quantities of the list before ``place``, and whether no others precede."""
    whole, parts = scene.quantities[place], [scene.quantities[place - 1]]
    if not _alike(whole, parts):
        return (), False
    at = place - 2
    while at >= 0 and len(parts) < _MOST_PARTS:
        quantity = scene.quantities[at]
        linked = _PART_LINK.fullmatch(scene.between(quantity, parts[0]))
        if not linked or not _alike(whole, (quantity,)):
            break
        parts.insert(0, quantity)
        at -= 1
    earlier = scene.quantities[: at + 1]
    return tuple(parts), not any(q.kind is whole.kind for q in earlier)


def _sum_check(
    scene: Scene,
    whole: Quantity,
    parts: Sequence[Quantity],
    total: Interval,
    verdict: Verdict | None,
) -> Check | None:
    if verdict is None:
        return None
    told = " + ".join(show(part.value or Decimal(0)) for part in parts)
    detail = (
        f"{told} = {show(total.value)} {whole.unit}; "
        f"the text says {show(whole.value or Decimal(0))} {whole.unit}"
    )
    spans = sorted((whole.span, *(part.span for part in parts)))
    return scene.check(CheckKind.ARITHMETIC, verdict, spans, detail, "sum")


def _remainder(scene: Scene, place: int) -> Check | None:
    """ "A holds 60%, B 25% and C the remaining 15%": shares add up to 100%."""
    last = scene.quantities[place]
    if last.kind is not QuantityKind.PERCENT or last.value is None:
        return None
    if not _REMAINING.search(scene.before(last)) or not _HOLDS.search(scene.text):
        return None
    shares = [q for q in scene.quantities if q.kind is QuantityKind.PERCENT and q.value is not None]
    if len(shares) < 2 or shares[-1] is not last or _DEALT.search(scene.text):
        return None
    total = _sum(scene, shares)
    hundred = Decimal(100)
    if total.low <= hundred <= total.high:
        verdict = Verdict.CONSISTENT if total.value == hundred else Verdict.ROUNDING
    else:
        verdict = Verdict.QUERY
    told = " + ".join(show(share.value or Decimal(0)) for share in shares)
    detail = f"{told} = {show(total.value)} %; shares with a remainder add up to 100 %"
    spans = [share.span for share in shares]
    return scene.check(CheckKind.ARITHMETIC, verdict, spans, detail, "shares")
