"""Finding a unit's name at a position of a text: the longest written form that fits there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from lodewire.ontology.units import load_currencies, load_unit_names

_FIRST = re.compile(r"[^\W\d_]+")
_SEPARATOR = "[ \\u00a0\\u2009\\u202f-]"
_SPACES = frozenset(" -\u00a0\u2009\u202f")
_AFTER = re.compile(r"[²³]|[^\W_]|['’][a-z]{2}|-(?:ft|feet|foot|old|pound)\b|[ ]old\b")
_FULL_STOP = re.compile(r"[\"”’)]*(?:\s+[A-Z“\"(]|\s*$|\n)")
# One-letter symbols are only units when nothing is glued to them by a hyphen ("3 t-shirts").
_GLUED = re.compile(r"-[a-z]")
_NOT_GLUED = re.compile(r"-(?:per|long|wide|deep|thick|high|tall|a)\b")

ADJECTIVES = frozenset(
    "gross net contained payable recoverable additional extra further more equivalent gold silver "
    "copper cobalt nickel zinc lithium uranium platinum palladium tin lead aluminium aluminum "
    "gold-equivalent silver-equivalent copper-equivalent nickel-equivalent oil-equivalent standard "
    "refined installed nominal finished saleable salable marketable proven annual new other full "
    "diluted basic consecutive straight successive whole entire calendar dry wet "
    "U.S. US gas".split()
)
_ADJECTIVE = re.compile(r"[ \u00a0-]?([A-Za-z.]+(?:-equivalent)?)[ \u00a0-]")


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit's name found at a position: ``multiplier`` of ``unit``, ending at ``end``."""

    end: int
    unit: str
    multiplier: Decimal
    basis: str | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    unit: str
    multiplier: Decimal
    basis: str | None


@dataclass(slots=True)
class NameTable:
    """Written forms by their first word: whole words looked up, longer forms matched in order."""

    exact: dict[str, _Entry] = field(default_factory=dict)
    folded: dict[str, _Entry] = field(default_factory=dict)
    longer: dict[str, list[tuple[re.Pattern[str], _Entry]]] = field(default_factory=dict)
    ahead: dict[str, set[str]] = field(default_factory=dict)

    def add(self, written: str, entry: _Entry, *, exact: bool) -> None:
        """Add one written form."""
        if _FIRST.fullmatch(written):
            table, key = (self.exact, written) if exact else (self.folded, written.lower())
            table.setdefault(key, entry)
            return
        first = _FIRST.match(written)
        key = first.group().lower() if first else written[0]
        source = re.escape(written).replace(r"\ ", _SEPARATOR).replace(r"\-", "-")
        pattern = re.compile(source, 0 if exact else re.IGNORECASE)
        self.longer.setdefault(key, []).append((pattern, entry))
        tail = written[len(key) : len(key) + 1].lower()
        self.ahead.setdefault(key, set()).update(_SPACES if tail in _SPACES else {tail})

    def seal(self) -> None:
        """Put the longest forms first."""
        for forms in self.longer.values():
            forms.sort(key=lambda form: -len(form[0].pattern))

    def find(self, text: str, at: int) -> UnitHit | None:
        """Return the longest name that begins at ``at`` and ends at a word's end."""
        match = _FIRST.match(text, at)
        if match is None:
            return self._find_longer(text, at, text[at : at + 1])
        word = match.group()
        low = word.lower()
        ahead = self.ahead.get(low)
        if ahead is not None and text[match.end() : match.end() + 1].lower() in ahead:
            hit = self._find_longer(text, at, low)
            if hit is not None:
                return hit
        entry = self.exact.get(word) or self.folded.get(low)
        if entry is None or _AFTER.match(text, match.end()):
            return None
        glued = len(word) == 1 and _GLUED.match(text, match.end()) is not None
        if glued and not _NOT_GLUED.match(text, match.end()):
            return None
        return UnitHit(match.end(), entry.unit, entry.multiplier, entry.basis, word)

    def _find_longer(self, text: str, at: int, key: str) -> UnitHit | None:
        for pattern, entry in self.longer.get(key, ()):
            match = pattern.match(text, at)
            if match is None:
                continue
            end, written = match.end(), match.group()
            if written[-1] == "." and _FULL_STOP.match(text, end):
                end, written = end - 1, written[:-1]  # the dot ends the sentence
            elif written[-1].isalnum() and _AFTER.match(text, end):
                continue
            return UnitHit(end, entry.unit, entry.multiplier, entry.basis, written)
        return None


@dataclass(frozen=True, slots=True)
class Names:
    """The tables of one language: after a number, after "per", and currencies after a number."""

    after_number: NameTable
    after_per: NameTable
    money: NameTable


@cache
def names_for(language: str) -> Names:
    """Return the names that a text in ``language`` (ISO 639-1) may use."""
    number, per, money = NameTable(), NameTable(), NameTable()
    for name in load_unit_names():
        if name.languages and language not in name.languages:
            continue
        entry = _Entry(name.unit, name.multiplier, name.basis)
        for place, table in (("num", number), ("per", per)):
            if name.place in {place, "both"}:
                table.add(name.written, entry, exact=name.exact)
    one = Decimal(1)
    for currency in load_currencies().values():
        entry = _Entry(currency.code, one, None)
        _add_money((number, money), (*currency.words, *_after_signs(currency.signs)), entry)
        if currency.sub:
            entry = _Entry(currency.sub, one, None)
            _add_money((number, money), (*currency.sub_words, *currency.sub_signs), entry)
    for table in (number, per, money):
        table.seal()
    return Names(number, per, money)


def _add_money(tables: Iterable[NameTable], written: Iterable[str], entry: _Entry) -> None:
    for word in written:
        for table in tables:
            table.add(word, entry, exact=_is_symbol(word))


def _is_symbol(word: str) -> bool:
    return len(word) == 1 or word.isupper() or not word[0].isalpha()


def _after_signs(signs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the signs that may also follow a number: "45 €", "RMB", but not "R" or "RM"."""
    return tuple(s for s in signs if s[-1] == "$" or (len(s) == 1 and not s.isalpha()))


def find_with_adjectives(table: NameTable, text: str, at: int) -> UnitHit | None:
    """Find a name at ``at``, skipping at most two words such as "contained" or "additional"."""
    for _ in range(3):
        hit = table.find(text, at)
        if hit is not None:
            return hit
        match = _ADJECTIVE.match(text, at)
        if match is None or match.start(1) != at or match.group(1) not in ADJECTIVES:
            return None
        at = match.end()
    return None
