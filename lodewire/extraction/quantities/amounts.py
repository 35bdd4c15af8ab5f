"""One amount: sign, currency, number, scale, unit and what it is per, read around a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from lodewire.extraction.quantities.money import read_prefix
from lodewire.extraction.quantities.names import (
    Names,
    UnitHit,
    find_with_adjectives,
    names_for,
)
from lodewire.extraction.quantities.numerals import GAP, Numeral
from lodewire.extraction.quantities.scales import Scale, read_scale
from lodewire.model.evidence import Span
from lodewire.model.vocabulary import QuantityKind
from lodewire.ontology.units import UNCLEAR_DOLLAR, kind_of, load_currencies

_PER = {
    "en": r"\s?/\s?|[ \u00a0]per[ \u00a0]|-per-|[ ]an?[ ]|-an?-|[ ](?:each|every|for each|for "
    r"every)[ ]|(?<=[a-z]) p/",
    "de": r"\s?/\s?|[ ](?:pro|je|per|im)[ ]",
    "fr": r"\s?/\s?|[ ](?:par|la|le|à la)[ ]|[ ]l['’]",
    "es": r"\s?/\s?|[ ](?:por|la|al|a la|el|cada)[ ]",
    "pt": r"\s?/\s?|[ ](?:por|a|o|ao|à|cada)[ ]",
    "it": r"\s?/\s?|[ ](?:per|alla|al|a|la)[ ]|[ ]all['’]",
    "nl": r"\s?/\s?|[ ](?:per)[ ]",
    "id": r"\s?/\s?|[ ](?:per)[ ]",
    "ru": r"\s?/\s?|[ ](?:за|в)[ ]",
}
_ADVERBS = {
    **dict.fromkeys(("annually", "yearly", "p.a.", "pa", "jährlich", "anuales", "annui"), "yr"),
    "monthly": "month",
    "daily": "d",
}
_ADVERB = re.compile(
    r"[ \u00a0](annually|yearly|monthly|daily|weekly|p\.a\.|pa|jährlich|anuales|annui)(?![^\W_])"
)
# What stands between a mass and its time: "200 tons of antimony per month".
_OF = re.compile(
    r"[ \u00a0](?:of|in|worth of)[ \u00a0](?P<what>[^\W_][\w’'\-₂₃]*(?:[ "
    r"\u00a0][^\W_][\w’'()\-₂₃]*){0,5}?)"
    r"(?P<per>[ ](?:per|an?|each|every)[ ]|/)(?=[a-z])"
)
_CROSSING = re.compile(
    r"\b(?:at|by|for|from|to|in|on|was|were|is|are|will|would|that|which|while|as|with|has|had|have"
    r"|and|or|than|over|into|under|but)\b"
)
_CUBIC = re.compile(r"(?:1,000|1000|1 000|thousand)[ -](?=cubic|m3|m³|cu\.? m)")
_SIGN_WORDS = re.compile(r"(?<!or )\b(?:[Mm]inus|[Nn]egative) $")
_THEN = re.compile(
    r"[ -](?:ago|earlier|later|before|prior|on[ -]year|on (?:the )?(?:month|week|"
    r"quarter)|from now|after)\b"
)
_PLUS = re.compile(r"\+|-plus\b")
_COUNTED = frozenset(
    {QuantityKind.MASS, QuantityKind.VOLUME, QuantityKind.ENERGY, QuantityKind.MONEY}
)
_NO_PER = frozenset(
    {
        QuantityKind.PERCENT,
        QuantityKind.PERCENT_POINT,
        QuantityKind.DURATION,
        QuantityKind.GRADE,
        QuantityKind.MASS_RATE,
        QuantityKind.VOLUME_RATE,
        QuantityKind.AREA,
    }
)
_TIMES = frozenset({"yr", "month", "week", "d", "h", "quarter", "min", "s"})
# Goods are priced in US dollars the world over; other dollars are then written out.
_ALWAYS_US = frozenset("t lb kg oz bbl MMBtu boe dmtu mtu stu flask SWU kgU".split())
_AUTO_MEGA = frozenset({"MTPA", "mtpa"})


@dataclass(slots=True)
class Amount:
    """A number with what belongs to it; ``start``/``end`` are the core, without hedges."""

    start: int
    end: int
    number: Numeral
    scale: Decimal = Decimal(1)
    scaled: bool = False
    unit: str | None = None
    per: str | None = None
    multiplier: Decimal = Decimal(1)
    negative: bool = False
    plus: bool = False
    prefixed: bool = False
    basis: str | None = None
    substance: Span | None = None
    unit_end: int = 0

    @property
    def value(self) -> Decimal:
        """The normalised value in ``symbol``."""
        value = self.number.value * self.scale * self.multiplier
        return -value if self.negative else value

    @property
    def symbol(self) -> str | None:
        """The unit with its denominator."""
        if self.unit is None or self.per is None:
            return self.unit
        return f"{self.unit}/{self.per}"


@dataclass(frozen=True, slots=True)
class Tongue:
    """What reading needs to know of a language, and whose dollar a bare "$" is."""

    language: str
    names: Names
    per: re.Pattern[str]
    dollar: str
    cent: str


@cache
def tongue_for(language: str, dollar: str) -> Tongue:
    """Return the reading tables of a language; unknown ones read as English."""
    known = language if language in _PER else "en"
    sub = load_currencies()[dollar].sub if dollar in load_currencies() else None
    return Tongue(
        language, names_for(language), re.compile(_PER[known], re.IGNORECASE), dollar, sub or "c"
    )


@cache
def _kind(unit: str) -> QuantityKind:
    return kind_of(unit)


def read_amount(
    text: str, number: Numeral, floor: int, tongue: Tongue, currency: str | None = None
) -> Amount | None:
    """Read the amount around ``number``, never reaching before ``floor``.

    None when the number is part of a code ("F-35", "COP28", "2.0.1"). ``currency`` is what a
    neighbour lends to a number without unit: the 6 of "$5-6m".
    """
    found = Amount(number.start, number.end, number)
    prefix = None if number.word else read_prefix(text, number.start, floor)
    if prefix is None and currency is not None:
        prefix = (number.start, currency, False)
    if prefix is not None:
        found.start, found.unit, found.prefixed = prefix[0], prefix[1], True
    if not _stands_free(text, found, floor):
        if prefix is None:
            return None
        found.start, found.unit, found.prefixed, prefix = number.start, None, False, None
        if not _stands_free(text, found, floor):
            return None
    if not found.negative and floor < found.start and text[found.start - 1] == " ":
        word = _SIGN_WORDS.search(text, max(floor, found.start - 9), found.start)
        if word is not None:  # "minus $43 a ton"
            found.negative, found.start = True, word.start()
    plus = _PLUS.match(text, found.end)
    if plus is not None:
        found.plus, found.end = True, plus.end()
    _read_tail(text, found, tongue)
    if prefix is not None and prefix[2] and not _looks_like_money(found):
        return None
    _settle_dollar(text, found, tongue)
    return found


def _stands_free(text: str, found: Amount, floor: int) -> bool:
    """Tell whether the amount begins a word of its own; also takes up its sign."""
    at = found.start
    if at <= floor or at == 0:
        return True
    before = text[at - 1]
    if before.isalnum() or before in "_\\":
        return False
    if before == "/":
        return found.prefixed or (at - 1 == floor and text[at - 2].isalpha())  # "200 MW/800 MWh"
    if before in "-\u2010\u2011" and at - 1 >= floor:
        previous = text[at - 2] if at >= 2 else " "
        if previous.isalnum() or previous in ".)]":
            return found.prefixed or text[max(0, at - 5) : at - 1].lower().endswith(
                ("mid", "sub", "near")
            )
        if previous in " \u00a0(\t\n\"'“‘" and not found.number.word:
            found.negative, found.start = True, at - 1
        return True
    if before == "\u2212" and not found.number.word:
        found.negative, found.start = True, at - 1
    elif before == "+" and not found.number.word:
        found.start = at - 1
    elif before in ".," and at >= 2 and text[at - 2].isdigit():
        return found.prefixed
    return True


def _looks_like_money(found: Amount) -> bool:
    return found.scaled or found.per is not None or not (found.number.plain or found.number.word)


def _read_tail(text: str, found: Amount, tongue: Tongue) -> None:
    """Read scale, unit and denominator after the number."""
    scale = read_scale(text, found.end, tongue.language)
    hit = None
    if scale is not None:
        hit = _unit_after(text, found, scale.linked, tongue)
        if hit is not None or not scale.short or found.prefixed:
            hit = _take_scale(text, found, scale, hit, tongue)
        else:
            hit = _unit_after(text, found, found.end, tongue)
    else:
        hit = _unit_after(text, found, found.end, tongue)
    if hit is not None:
        _take_unit(text, found, hit)
    if found.unit is not None:
        _read_per(text, found, tongue)


def _take_scale(
    text: str, found: Amount, scale: Scale, hit: UnitHit | None, tongue: Tongue
) -> UnitHit | None:
    """Apply a scale, unless its letter is a unit's symbol ("50 m", "5 t") after a bare number."""
    if scale.short and not found.prefixed and text[scale.end - 1] in "tT":
        return _unit_after(text, found, found.end, tongue)
    longer = _unit_after(text, found, found.end, tongue) if scale.short else None
    if longer is not None and longer.end > scale.end:
        return longer  # "m b/d" and "mm Btu" are units as a whole
    if scale.short and found.prefixed and text[scale.end - 1] == "t":
        return None
    found.scale, found.scaled, found.end = scale.factor, True, scale.end
    plus = _PLUS.match(text, found.end)
    if plus is not None:
        found.plus, found.end = True, plus.end()
        return _unit_after(text, found, found.end, tongue)
    return hit


def _unit_after(text: str, found: Amount, at: int, tongue: Tongue) -> UnitHit | None:
    gap = GAP.match(text, at)
    start = gap.end() if gap else at
    if start >= len(text):
        return None
    if found.prefixed:
        return _money_after(text, found, start, tongue)
    hit = find_with_adjectives(tongue.names.after_number, text, start)
    if hit is None:
        return None
    if hit.written == "p" and found.number.value >= 240 and text[hit.end : hit.end + 1] != "/":
        return None  # "1080p" is a picture, not pence
    if start > at and not _symbol_fits(text, hit, found, at):
        return None
    return hit


def _symbol_fits(text: str, hit: UnitHit, found: Amount, at: int) -> bool:
    """Refuse symbols that only count when glued to the number, or when "/" follows."""
    if hit.written == "tones":
        return at > found.number.end or found.number.value >= 1000  # "185 million tones"
    if hit.written in {"p", "c"}:
        return text[hit.end : hit.end + 1] == "/"
    if hit.written[-1] in "$€£¥₹＄":
        return not text[hit.end : hit.end + 2].strip()[:1].isdigit()
    year_like = found.number.plain and 1900 <= found.number.value <= 2100 and not found.scaled
    return not (year_like and hit.written in {"ha", "m", "g", "l", "h", "a", "an", "ans", "L"})


def _money_after(text: str, found: Amount, start: int, tongue: Tongue) -> UnitHit | None:
    """After "$0.411" only a word for money may follow: "cents", "USD", "Canadian"."""
    hit = tongue.names.money.find(text, start)
    if hit is None or hit.written[:1] in "$€£¥₹":
        return None
    if hit.unit == "c":
        return hit
    # The word must name the same kind of money: "$5m CAD", not "$5m (yuan ...)".
    same = found.unit == UNCLEAR_DOLLAR or found.unit == hit.unit
    return hit if same else None


def _take_unit(text: str, found: Amount, hit: UnitHit) -> None:
    found.unit, found.multiplier, found.basis = hit.unit, hit.multiplier, hit.basis
    found.end = found.unit_end = hit.end
    large = found.scaled or found.number.value >= 1000
    if hit.written in _AUTO_MEGA and not large:
        found.multiplier = Decimal(10**6)  # "10 MTPA": million tonnes; "50,000 MTPA": metric tons
    if hit.written == "MT" and not large and found.number.places:
        found.multiplier = Decimal(10**6)
    if "/" in hit.unit:
        found.unit, _, found.per = hit.unit.partition("/")
    if (
        hit.unit == "lb"
        and hit.written.lower() in {"pound", "pounds"}
        and _is_sterling(text, found)
    ):
        found.unit = "GBP"


_STERLING = re.compile(
    r"[ ]?\((?:US|about |around |roughly |some |or )?[$€]|[ ](?:in (?:cash|funding|debt|loans?|"
    r"grants?)"
    r"|of (?:investment|funding|debt|losses|cash|loans?|grants?|support|savings|equity))\b"
)


def _is_sterling(text: str, found: Amount) -> bool:
    return _STERLING.match(text, found.end) is not None


def _read_per(text: str, found: Amount, tongue: Tongue) -> None:
    """Read what the amount is per: "a ton", "/lb", "per megawatt hour", "annually"."""
    assert found.unit is not None
    kind = _kind(found.unit if found.per is None else f"{found.unit}/{found.per}")
    if kind in _NO_PER or found.per is not None:
        return
    match = tongue.per.match(text, found.end)
    if match is not None and _take_per(text, found, match, tongue):
        _take_second_per(text, found, tongue)
        return
    adverb = _ADVERB.match(text, found.end)
    if adverb is not None and kind in _COUNTED:
        found.per, found.end = _ADVERBS[adverb.group(1)], adverb.end()
        return
    if kind in _COUNTED and kind is not QuantityKind.MONEY and tongue.language == "en":
        _read_of_per(text, found, tongue)


def _take_per(text: str, found: Amount, match: re.Match[str], tongue: Tongue) -> bool:
    at, divisor = match.end(), Decimal(1)
    cubic = _CUBIC.match(text, at)
    if cubic is not None:
        at, divisor = cubic.end(), Decimal(1000)
    hit = find_with_adjectives(tongue.names.after_per, text, at)
    if (
        hit is None
        or "/" in hit.unit
        or _kind(hit.unit) in {QuantityKind.PERCENT, QuantityKind.FACTOR}
    ):
        return False
    if match.group().strip(" -") in {"a", "an"} and hit.written in {
        "a",
        "y",
        "d",
        "b",
        "t",
        "m",
        "h",
        "s",
    }:
        return False
    if hit.unit in _TIMES and "a" in match.group().lower() and _THEN.match(text, hit.end):
        return False  # "100,000 tonnes a year earlier"
    found.per, found.end = hit.unit, hit.end
    found.multiplier = found.multiplier / divisor / hit.multiplier
    found.basis = found.basis or hit.basis
    return True


def _take_second_per(text: str, found: Amount, tongue: Tongue) -> None:
    """Read a time after a first denominator: "$150/kW/yr", "USD 5 per tonne per month"."""
    if found.per in _TIMES:
        return
    match = tongue.per.match(text, found.end)
    hit = tongue.names.after_per.find(text, match.end()) if match is not None else None
    if (
        hit is not None
        and hit.unit in _TIMES
        and match is not None
        and "a" not in match.group().split()
    ):
        found.per, found.end = f"{found.per}/{hit.unit}", hit.end


def _read_of_per(text: str, found: Amount, tongue: Tongue) -> None:
    """Read "of antimony per month": the substance, and the time after it."""
    match = _OF.match(text, found.end, found.end + 90)
    if match is None or _CROSSING.search(match.group("what")):
        return
    hit = tongue.names.after_per.find(text, match.end())
    if hit is None or hit.unit not in _TIMES or _THEN.match(text, hit.end):
        return
    found.per, found.end = hit.unit, hit.end
    found.substance = Span(*match.span("what"))


def _settle_dollar(text: str, found: Amount, tongue: Tongue) -> None:
    """Turn a bare dollar or cent into the currency that the caller settled on."""
    if found.unit == UNCLEAR_DOLLAR:
        found.unit = "USD" if found.per in _ALWAYS_US else tongue.dollar
    elif found.unit == "c":
        found.unit = tongue.cent
