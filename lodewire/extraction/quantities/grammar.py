"""Reading a whole text: one pass over the numbers, then a second over what was found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from lodewire.extraction.quantities.amounts import Amount, Tongue, read_amount, tongue_for
from lodewire.extraction.quantities.basis import settle_basis
from lodewire.extraction.quantities.cjk import LANGUAGES, read_cjk
from lodewire.extraction.quantities.context import settle_units
from lodewire.extraction.quantities.counts import count_noun, is_label, splits_group
from lodewire.extraction.quantities.drafts import (
    Draft,
    draft_of,
    range_of,
    to_quantity,
    unit_kind,
)
from lodewire.extraction.quantities.factors import read_factor, read_ratio, read_times
from lodewire.extraction.quantities.hedges import hedge_after, hedge_before
from lodewire.extraction.quantities.numerals import Numeral, find_anchors, read_numeral
from lodewire.extraction.quantities.ranges import join, may_join
from lodewire.extraction.quantities.tables import read_tables
from lodewire.extraction.quantities.vague import read_vague
from lodewire.model.quantity import Quantity
from lodewire.model.vocabulary import Qualifier, QuantityKind

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_MAIL_NAME = re.compile(r"[\w.+-]+$")
_SPACED_GROUP = re.compile(r"[0-9]{1,3}[ ][0-9]{3}(?![0-9])")
_TENOR = re.compile(
    r"[ ](?:LME |SHFE )?(?:copper|aluminium|aluminum|nickel|zinc|lead|tin|cobalt|metal|contract|"
    r"contracts|futures|forward"
    r"|forwards|prices?|delivery|benchmark)\b",
    re.I,
)
_IDLE_DAY = re.compile(r"one (?:day|year)\b(?! (?:of|period|term|contract|extension))", re.I)
_LIST_BACK = re.compile(r"(?P<tail>[ ]?(?:,|,? and|,? or|/)[ ])$")
_LENDING = frozenset(
    {
        QuantityKind.MASS,
        QuantityKind.MASS_RATE,
        QuantityKind.VOLUME,
        QuantityKind.VOLUME_RATE,
        QuantityKind.ENERGY,
        QuantityKind.POWER,
        QuantityKind.PRICE,
    }
)
_BORROW_SPREAD = Decimal(20)
_COMPARED_WITH = re.compile(
    r"(?: [\w’'-]{1,12}){0,3},? (?:(?:up|down|higher|lower) )?(?:from|versus|vs\.?|against|"
    r"compared (?:with|to)|than)"
    r"(?: (?:about|around|just|nearly|almost|some|roughly|only|over|under))?[ ]"
)
_SAME_AGAIN = re.compile(r" (?:in|for) (?:[A-Za-z]{3,9} )?(?:19|20)[0-9]{2},? and ")
_CLAUSE_AFTER = re.compile(
    r"[,.;)](?:[ \n]|$)|$|[ ](?:in|last|a year|the (?:year|month|quarter|previous|prior|same|week)|"
    r"this|year|for|on|at|by"
    r"|previously|earlier|during|from|and|as|before)\b"
)
_RUN = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*")
_TIMES = frozenset({"yr", "month", "week", "d", "h"})
_PLURALS = frozenset({"s", "'", "’"})
_WORD_START = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(slots=True)
class _Pass:
    """The state of one pass: the text, its language, and what was found so far."""

    text: str
    tongue: Tongue
    drafts: list[Draft] = field(default_factory=list)
    floor: int = 0
    bare: list[Amount] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.tongue.language


def read_quantities(text: str, language: str, dollar: str) -> tuple[Quantity, ...]:
    """Return the quantities of ``text`` in order; see :func:`find_quantities`."""
    work = _Pass(text, tongue_for(language, dollar))
    if language in LANGUAGES:
        return tuple(to_quantity(text, draft) for draft in read_cjk(text, work.tongue))
    masks, at = _addresses(text), 0
    for start in find_anchors(text, language):
        if start < at:
            continue
        while masks and masks[-1][1] <= start:
            masks.pop()
        if not masks or masks[-1][0] > start:
            at = max(_read_at(work, start), start + 1)
    settle_units(text, work.drafts, work.tongue)
    drafts = work.drafts
    if language == "en":
        drafts = read_tables(text, drafts, lambda told: read_quantities(told, language, dollar))
    settle_basis(text, drafts)
    return tuple(to_quantity(text, draft) for draft in drafts)


def _addresses(text: str) -> list[tuple[int, int]]:
    """Return spans of web and mail addresses, last first, so that their digits are skipped."""
    found = []
    if "://" in text or "www." in text:
        found = [match.span() for match in _ADDRESS.finditer(text)]
    at = text.find("@")
    while at >= 0:
        name = _MAIL_NAME.search(text[max(0, at - 64) : at])
        if name is not None and text[at + 1 : at + 2].isalnum():
            found.append((at - len(name.group()), at + 1))
        at = text.find("@", at + 1)
    return sorted(found, reverse=True)


def _read_at(work: _Pass, start: int) -> int:
    """Read what begins at an anchor; return where to go on."""
    text = work.text
    if text[start] in _WORD_START and work.language == "en":
        factor = read_factor(text, start)
        if factor is not None:
            return _add_factor(work, factor.start, factor.end, factor.value, factor.unit)
    number = _numeral_at(work, start)
    if number is None:
        ratio = read_ratio(text, start)
        if ratio is not None:
            return _add_factor(work, ratio.start, ratio.end, ratio.value, ratio.unit)
        return _skip(text, start)
    amount = read_amount(text, number, work.floor, work.tongue)
    if amount is None:
        return number.first
    if text[number.end : number.end + 1] in _PLURALS:
        vague = read_vague(text, amount, work.floor, work.tongue)
        if vague is not None:
            _close(work, vague)
            return vague.end
        return number.first
    return _read_around(work, amount)


def _numeral_at(work: _Pass, start: int) -> Numeral | None:
    number = read_numeral(work.text, start, work.language)
    if number is None or number.end == number.first or number.word:
        return number
    spaced = _SPACED_GROUP.match(work.text, start)
    if spaced is not None and (
        splits_group(work.text, start) or work.text[number.end : number.end + 2].strip()[:1] == "%"
    ):
        # "Phase 2 500 tonnes", "Schobert 74 100%": the first number ends at the first blank.
        return number._replace(end=number.first, value=Decimal(work.text[start : number.first]))
    return number


def _skip(text: str, at: int) -> int:
    """Return the position after a run of digits and marks that is no number."""
    match = _RUN.match(text, at)
    return match.end() if match is not None else at + 1


def _read_around(work: _Pass, amount: Amount) -> int:
    """Add hedges and a second amount to the amount read, and put down the drafts."""
    while may_join(work.text, amount.end):
        begin, qualifier = _hedge(work, amount)
        joined = join(
            work.text,
            amount,
            begin,
            work.language,
            lambda at, floor, lent: _second(work, at, floor, lent),
        )
        if joined is None:
            break
        if joined.is_range:
            opener = joined.opener
            if joined.first.unit in _TIMES and opener == begin:
                opener, qualifier = _hedge(work, joined.first)  # "over 2-3 years"
            return _put_range(work, joined.first, joined.second, opener, qualifier)
        if joined.first.unit is None:
            break
        _put(work, joined.first)
        amount = joined.second
    return _put(work, amount)


def _hedge(work: _Pass, amount: Amount) -> tuple[int, Qualifier]:
    return hedge_before(
        work.text, amount.start, work.floor, work.language, duration=amount.unit in _TIMES
    )


def _second(work: _Pass, at: int, floor: int, lent: str | None) -> Amount | None:
    number = read_numeral(work.text, at, work.language)
    return read_amount(work.text, number, floor, work.tongue, lent) if number is not None else None


def _put_range(work: _Pass, first: Amount, second: Amount, begin: int, qualifier: Qualifier) -> int:
    text = work.text
    if second.unit is None:
        times = read_times(text, first.start, second.end)
        if times is not None:
            second.unit, second.end = "x", times
        else:
            end = count_noun(text, second)
            if end is None or (first.number.plain and 1900 <= first.number.value <= 2100):
                return second.end
    draft = range_of(first, second, begin, second.end, qualifier)
    _close(work, draft)
    return draft.end


def _put(work: _Pass, amount: Amount) -> int:
    text = work.text
    if amount.unit is None:
        times = (
            read_times(text, amount.start, amount.end)
            if not amount.scaled and amount.value <= 100
            else None
        )
        if times is not None:
            return _add_factor(work, amount.start, times, amount.value, "x")
        counted = count_noun(text, amount)
        if (counted is None or counted == amount.end) and _borrow_unit(work, amount):
            pass
        elif counted is None:
            work.bare.append(amount)
            return amount.end
    elif is_label(text, amount) or _is_idle(text, amount):
        return amount.number.first
    begin, qualifier = _hedge(work, amount)
    draft = draft_of(amount, begin, amount.end, qualifier)
    if amount.unit is not None:
        _put_list(work, draft, amount)
    _close(work, draft)
    return draft.end


def _borrow_unit(work: _Pass, amount: Amount) -> bool:
    """Complete "87,000 tonnes, from 80,000" with the unit stated just before, in place."""
    if not work.drafts or amount.number.word or (amount.number.plain and not amount.scaled):
        return False
    last = work.drafts[-1]
    between = work.text[last.end : amount.start]
    if (
        last.unit is None
        or unit_kind(last.symbol or "") not in _LENDING
        or last.scaled != amount.scaled
    ):
        return False
    if len(between) > 60 or not _CLAUSE_AFTER.match(work.text, amount.end):
        return False
    if not _COMPARED_WITH.fullmatch(between) and not (
        amount.scaled and _SAME_AGAIN.fullmatch(between)
    ):
        return False
    size = amount.number.value * amount.scale
    if not last.size or not size or not 1 / _BORROW_SPREAD < size / last.size < _BORROW_SPREAD:
        return False
    amount.unit, amount.per = last.unit, last.per
    return True


def _is_idle(text: str, amount: Amount) -> bool:
    """Tell whether "three-month copper" or "one day" only looks like a duration."""
    if amount.unit not in {"month", "d", "yr"} or not amount.number.word:
        return amount.unit == "month" and _TENOR.match(text, amount.end) is not None
    if amount.unit == "month":
        return _TENOR.match(text, amount.end) is not None
    before = text[max(0, amount.start - 8) : amount.start].rstrip().lower()
    free = not before.endswith(
        ("for", "within", "in", "after", "over", "by", "least", "a", "than", "of", "every")
    )
    return free and _IDLE_DAY.match(text, amount.start) is not None


def _put_list(work: _Pass, draft: Draft, amount: Amount) -> None:
    """ "10, 15 and 20 per cent": the bare numbers before share the unit, scale left aside."""
    members: list[Amount] = []
    at = draft.start
    if draft.start != amount.start or amount.prefixed or draft.unit in _TIMES:
        work.bare.clear()
        return
    while work.bare:
        last = work.bare.pop()
        between = work.text[last.end : at]
        if not _LIST_BACK.fullmatch(between) or (
            not members and "," in between and "and" not in between and "or" not in between
        ):
            break
        if (last.number.plain and 1900 <= last.number.value <= 2100) or splits_group(
            work.text, last.number.start
        ):
            break
        members.append(last)
        at = last.start
    work.bare.clear()
    for member in reversed(members):
        member.unit, member.per, member.multiplier = amount.unit, amount.per, amount.multiplier
        if amount.scaled and not member.scaled:
            member.scale, member.scaled = amount.scale, True
        begin, qualifier = hedge_before(work.text, member.start, work.floor, work.language)
        work.drafts.append(draft_of(member, begin, member.end, qualifier))
        work.floor = member.end


def _close(work: _Pass, draft: Draft) -> None:
    """Take up a hedge that follows ("or more"), and put the draft down."""
    after = hedge_after(work.text, draft.end)
    if after is not None:
        draft.end = after[0]
        if draft.qualifier is Qualifier.EXACT or draft.qualifier is Qualifier.ABOUT:
            draft.qualifier = after[1]
    work.drafts.append(draft)
    work.floor = draft.end
    work.bare.clear()


def _add_factor(work: _Pass, start: int, end: int, value: Decimal, unit: str) -> int:
    begin, qualifier = hedge_before(work.text, start, work.floor, work.language)
    draft = Draft(begin, end, start, end, unit, value=value, qualifier=qualifier, digits=1)
    _close(work, draft)
    return draft.end
