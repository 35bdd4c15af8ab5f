"""Comparing the values that two mentions give for one role: agree, can't tell, clash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from lodewire.resolve.entities import is_short_form
from lodewire.resolve.views import RoleValue, iso_day, numbers_in


class Agreement(Enum):
    """What two lists of values say of each other."""

    MATCH = 1
    OPEN = 0
    CLASH = -1


Values = Sequence[RoleValue]
Compare = Callable[[Values, Values], Agreement]

_FILLER = frozenset(
    """a an the of to in on for and or at by with from its their as is be will would has have
    new all any other this that these those per""".split()
)


def _pairs(a: Values, b: Values) -> list[tuple[RoleValue, RoleValue]]:
    return [(x, y) for x in a for y in b]


def same_thing(x: RoleValue, y: RoleValue) -> Agreement:
    """Compare two names: one thing, perhaps, or two things for sure."""
    if x.token == y.token or (x.words and x.words == y.words):
        return Agreement.MATCH
    if x.country and y.country:
        if x.is_country and y.is_country:
            return Agreement.CLASH
        if x.country == y.country and (x.is_country or y.is_country):
            # "Japan" may stand for its agency, or be just where the company sits.
            return Agreement.OPEN
    # Two different entries of the ontology are two things, however alike their names.
    if not (x.known and y.known) and is_short_form(list(x.words), list(y.words)):
        return Agreement.MATCH
    return Agreement.CLASH


def things(a: Values, b: Values) -> Agreement:
    """Names of which one in common suffices; none in common is a clash."""
    if not a or not b:
        return Agreement.OPEN
    found = [same_thing(x, y) for x, y in _pairs(a, b)]
    for answer in (Agreement.MATCH, Agreement.OPEN):
        if answer in found:
            return answer
    return Agreement.CLASH


def named_things(a: Values, b: Values) -> Agreement:
    """Names in common that are more than a country's."""
    for x, y in _pairs(a, b):
        if not (x.is_country or y.is_country) and same_thing(x, y) is Agreement.MATCH:
            return Agreement.MATCH
    return Agreement.OPEN


def authorities(a: Values, b: Values) -> Agreement:
    """Who imposes: a country and its ministry agree, authorities of two countries clash."""
    if not a or not b:
        return Agreement.OPEN
    answer = things(a, b)
    if answer is Agreement.MATCH:
        return answer
    for x, y in _pairs(a, b):
        if x.country and x.country == y.country:
            return Agreement.MATCH if x.is_country or y.is_country else Agreement.OPEN
    if all(x.country for x in a) and all(y.country for y in b):
        return Agreement.CLASH
    return answer if all(v.known for v in (*a, *b)) else Agreement.OPEN


def countries(a: Values, b: Values) -> Agreement:
    """Countries by code; a state or region in words can't be told apart from its country."""
    if not a or not b:
        return Agreement.OPEN
    codes_a = {v.country for v in a if v.country}
    codes_b = {v.country for v in b if v.country}
    if codes_a & codes_b or {v.words for v in a} & {v.words for v in b}:
        return Agreement.MATCH
    return Agreement.CLASH if codes_a and codes_b else Agreement.OPEN


def parties(a: Values, b: Values) -> Agreement:
    """Sides of a deal: two in common agree; two against two with fewer in common clash."""
    common = sum(1 for x in a if any(same_thing(x, y) is Agreement.MATCH for y in b))
    if common >= 2:
        return Agreement.MATCH
    loose = sum(1 for x in a if any(same_thing(x, y) is not Agreement.CLASH for y in b))
    if len(a) >= 2 and len(b) >= 2 and loose < 2 and min(len(a), len(b)) == 2:
        return Agreement.CLASH
    if a and b and not loose:
        return Agreement.CLASH
    return Agreement.OPEN


def one_party(a: Values, b: Values) -> Agreement:
    """Sides of a deal with at least one in common."""
    found = any(same_thing(x, y) is Agreement.MATCH for x, y in _pairs(a, b))
    return Agreement.MATCH if found else Agreement.OPEN


def materials(a: Values, b: Values) -> Agreement:
    """Commodities and products: lithium and lithium carbonate agree, copper and zinc clash."""
    if not a or not b:
        return Agreement.OPEN
    found = Agreement.CLASH
    for x, y in _pairs(a, b):
        if x.token == y.token or heads(x) & heads(y):
            return Agreement.MATCH
        if _is_above(x.token, y.token) or _is_above(y.token, x.token):
            found = Agreement.OPEN
    return found


def heads(value: RoleValue) -> frozenset[str]:
    """Return the words that name the material itself ("lithium" of "lithium carbonate")."""
    words = frozenset(w for w in value.words if len(w) > 2) - _FILLER - _MATERIAL_FORMS
    return words or frozenset(value.words)


# Words that go with many materials: "copper concentrate" and "zinc concentrate" share none else.
_MATERIAL_FORMS = frozenset(
    """ore ores concentrate concentrates oxide oxides carbonate hydroxide sulphate sulfate metal
    metals cathode products product imports exports crude refined primary raw materials material
    minerals mineral technology equipment alloy alloys scrap powder light heavy chemicals
    compounds""".split()
)


@lru_cache(maxsize=65_536)
def _is_above(upper: str, lower: str) -> bool:
    """Tell whether the ontology puts one commodity above another (rare earths, dysprosium)."""
    from lodewire.ontology.commodities import ancestors_of, load_commodities

    known = load_commodities()
    return upper in known and lower in known and upper in ancestors_of(lower)


_EXCHANGES = {
    "london metal exchange": "lme",
    "shanghai futures exchange": "shfe",
    "guangzhou futures exchange": "gfex",
    "dalian commodity exchange": "dce",
    "chicago mercantile exchange": "cme",
}
_TENORS = frozenset(
    "cash spot 3m three month january february march april may june july august "
    "september october november december".split()
)
_BENCHMARK_FILLER = _FILLER | frozenset(
    "price prices contract contracts futures future most active benchmark metal market".split()
)


def benchmarks(a: Values, b: Values) -> Agreement:
    """Price benchmarks: one exchange or place, and not two tenors (cash, three months)."""
    if not a or not b:
        return Agreement.OPEN
    for x, y in _pairs(a, b):
        if x.token == y.token:
            return Agreement.MATCH
        left, right = _benchmark_words(x), _benchmark_words(y)
        tenors = left & _TENORS, right & _TENORS
        if all(tenors) and not tenors[0] & tenors[1]:
            continue
        left, right = left - _TENORS, right - _TENORS
        if left and right and (left <= right or right <= left):
            return Agreement.MATCH
    return Agreement.CLASH


def _benchmark_words(value: RoleValue) -> frozenset[str]:
    told = " ".join(value.words)
    for name, short in _EXCHANGES.items():
        told = told.replace(name, short)
    return frozenset(told.split()) - _BENCHMARK_FILLER


def numbers(tolerance: str, *, signed: bool = True) -> Compare:
    """Return a comparison of quantities in one unit; ``tolerance`` is relative ("0.005").

    Not ``signed``: "-0.8 %" is the 0.8 % of "fell by 0.8 %".
    """
    allowed = Decimal(tolerance)

    def compare(a: Values, b: Values) -> Agreement:
        found = Agreement.OPEN
        for x, y in _pairs(a, b):
            if x.low is None or y.low is None or x.high is None or y.high is None:
                if x.token == y.token:
                    return Agreement.MATCH
                continue
            if x.unit != y.unit:
                continue
            (low_x, high_x), (low_y, high_y) = (
                _bounds(x.low, x.high, signed),
                _bounds(y.low, y.high, signed),
            )
            slack = allowed * max(abs(n) for n in (low_x, high_x, low_y, high_y))
            if low_x - slack <= high_y and low_y - slack <= high_x:
                return Agreement.MATCH
            found = Agreement.CLASH
        return found

    return compare


def _bounds(low: Decimal, high: Decimal, signed: bool) -> tuple[Decimal, Decimal]:
    if signed:
        return low, high
    return min(abs(low), abs(high)), max(abs(low), abs(high))


def same_days(a: Values, b: Values) -> Agreement:
    """Periods and price days: the same days, no more and no fewer."""
    spans_a, spans_b = _spans(a), _spans(b)
    if not spans_a or not spans_b:
        return Agreement.OPEN
    return Agreement.MATCH if spans_a & spans_b else Agreement.CLASH


def shifted(a: Values, b: Values, days: int) -> bool:
    """Tell whether two periods are as long and at most ``days`` apart."""
    return any(
        end_a - start_a == end_b - start_b and abs((start_a - start_b).days) <= days
        for start_a, end_a in _spans(a)
        for start_b, end_b in _spans(b)
    )


def near_days(slack: int) -> Compare:
    """Return a comparison of dates that agree when they overlap or lie ``slack`` days apart."""
    reach = timedelta(days=slack)

    def compare(a: Values, b: Values) -> Agreement:
        spans_a, spans_b = _spans(a), _spans(b)
        if not spans_a or not spans_b:
            return Agreement.OPEN
        for start_a, end_a in spans_a:
            for start_b, end_b in spans_b:
                if start_a - reach <= end_b and start_b - reach <= end_a:
                    return Agreement.MATCH
        return Agreement.CLASH

    return compare


def _spans(values: Values) -> set[tuple[date, date]]:
    found: set[tuple[date, date]] = set()
    for value in values:
        start, end = iso_day(value.start), iso_day(value.end)
        if start is not None and end is not None:
            found.add((start, end))
    return found


def choices(*, either: frozenset[str] = frozenset()) -> Compare:
    """Return a comparison of words of a closed list; words of ``either`` go with all others."""

    def compare(a: Values, b: Values) -> Agreement:
        if not a or not b:
            return Agreement.OPEN
        left, right = {v.name.casefold() for v in a}, {v.name.casefold() for v in b}
        if left & right:
            return Agreement.MATCH
        return Agreement.OPEN if (left | right) & either else Agreement.CLASH

    return compare


def phrases(a: Values, b: Values) -> Agreement:
    """Short free phrases: a third of the words, or a number, in common agree; none clash."""
    if not a or not b:
        return Agreement.OPEN
    found = Agreement.CLASH
    for x, y in _pairs(a, b):
        left = {w for w in x.words if w not in _FILLER}
        right = {w for w in y.words if w not in _FILLER}
        common = left & right
        if common and len(common) * 3 >= len(left | right):
            return Agreement.MATCH
        if numbers_in(x.name) & numbers_in(y.name):
            return Agreement.MATCH
        if common:
            found = Agreement.OPEN
    return found
