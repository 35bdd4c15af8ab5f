"""Which listed benchmark a quotation stands for: "three-month metal" of zinc is the LME's.

A text seldom names a quotation in full: the exchange stands in one place, the goods in another
("Silver in New York", "Zinc (LME 3M)", "the May contract on the Dalian exchange"). Where exchange,
place or grade and the goods together leave one benchmark of the ontology, it is that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from lodewire.extraction.drafts import Draft
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import PRICES
from lodewire.ontology.benchmarks import Benchmark, load_benchmarks

# Words for an exchange, and the publisher in the table that they stand for.
_EXCHANGES = (
    (
        re.compile(r"\b(?:LME|London(?! Bullion)(?: Metal)?(?: [Ee]xchange)?)\b"),
        "London Metal Exchange",
    ),
    (re.compile(r"\b(?:S[Hh]FE|Shanghai(?! Metals Market| Gold))\b"), "Shanghai Futures Exchange"),
    (re.compile(r"\b(?:GFEX|GFE|Guangzhou)\b"), "Guangzhou Futures Exchange"),
    (re.compile(r"\b(?:DCE|Dalian)\b"), "Dalian Commodity Exchange"),
    (re.compile(r"\b(?:SGX|Singapore)\b"), "Singapore Exchange"),
    (re.compile(r"\b(?:COMEX|Comex|NYMEX|Nymex|CME|New York)\b"), "CME Group"),
)
_TERM = re.compile(r"\b(?:(?P<far>three-month|3-month|3M)|(?P<cash>cash|spot))\b", re.IGNORECASE)
_ADDED = re.compile(r"\b(?:premiums?|charges?|TCs?|payables?|spread|discounts?)\b", re.IGNORECASE)
_OF_METAL = frozenset(("copper", "aluminium", "zinc", "lead", "nickel", "tin"))
_URANIUM = (
    (re.compile(r"\b(?:long-term|term)\b", re.IGNORECASE), "uranium-term"),
    (re.compile(r"\bspot\b", re.IGNORECASE), "uranium-spot"),
)
_WORD = re.compile(r"\d+(?:\.\d+)?(?= ?(?:%|per ?cent))|[A-Za-z]{4,}")
# Words of the table's names that set no benchmark of some goods apart from another.
_SAYS_LITTLE = frozenset(
    "price prices premium futures main ports warehouse duty paid unpaid delivered works dealer "
    "market crude natural benchmark grade metal oxide with over ingot concentrate sponge granular "
    "contract contracts december".split()
)
_FORM = re.compile(
    r"\b(?:trioxide|oxide|hydroxide|carbonate|sulphate|concentrate|ore|scrap|powder|sponge|alloy)\b"
)
_PLACES = frozenset(
    "china europe rotterdam turkey brazil japan japanese korea australia germany midwest india "
    "tianjin asia america africa russia chile peru indonesia".split()
)


def link_benchmarks(drafts: Iterator[Draft]) -> Iterator[Draft]:
    """Give each price's quotation the benchmark of the ontology that it stands for, if one."""
    for draft in drafts:
        if draft.type in PRICES:
            _link(draft)
        yield draft


def _link(draft: Draft) -> None:
    goods = {a.entity for a in draft.of("commodity") if a.entity is not None}
    for index, argument in enumerate(draft.arguments):
        if argument.role != "benchmark" or argument.entity is not None or len(goods) != 1:
            continue
        commodity = next(iter(goods))
        known = listed_as(argument.text, commodity) or listed_as(
            f"{argument.text} {_terms_after(draft)}", commodity
        )
        if known is not None:
            draft.arguments[index] = replace(argument, entity=EntityId(known.id))


_TERMS = re.compile(
    r"(?:,? an? \w+)? (?P<terms>(?:fob|cif|cfr|dp|ddp|ex-works|in[- ]warehouse|duty[- ](?:un)?paid)[\w -]{0,24})",
    re.IGNORECASE,
)


def _terms_after(draft: Draft) -> str:
    """ "at $92/kg fob China": the terms of delivery right after the level, or nothing."""
    level = next(iter(draft.of("level")), None)
    found = None
    if level is not None:
        found = _TERMS.match(draft.sentence.analysis.text, level.span.end, level.span.end + 48)
    return found["terms"] if found is not None else ""


def listed_as(words: str, commodity: str) -> Benchmark | None:
    """Return the benchmark of ``commodity`` that ``words`` stand for, or None if unsure."""
    options = [b for b in _of_goods(commodity) if bool(_ADDED.search(words)) is _is_added(b)]
    publisher = next((p for pattern, p in _EXCHANGES if pattern.search(words)), None)
    term = _TERM.search(words)
    if publisher is None and term is not None and term["far"] and commodity in _OF_METAL:
        publisher = "London Metal Exchange"
    if publisher is not None:
        traded = [b for b in options if b.publisher == publisher]
        return _of_term(traded, words)
    if commodity == "uranium":
        told = next((id_ for pattern, id_ in _URANIUM if pattern.search(words)), None)
        return load_benchmarks()[told] if told is not None else None
    exchanges = {p for _, p in _EXCHANGES}
    return _by_words([b for b in options if b.publisher not in exchanges], words)


@cache
def _of_goods(commodity: str) -> tuple[Benchmark, ...]:
    return tuple(b for b in load_benchmarks().values() if b.commodity == commodity)


def _is_added(benchmark: Benchmark) -> bool:
    """A premium, a charge: what is paid over or off the price of the goods."""
    return _ADDED.search(benchmark.name) is not None


def _of_term(traded: list[Benchmark], words: str) -> Benchmark | None:
    """The three-month or the cash price where the words say so, else the exchange's own."""
    term = _TERM.search(words)
    ending = "" if term is None else "-3m" if term["far"] else "-cash"
    fitting = [b for b in traded if ending and b.id.endswith(ending)]
    plain = [b for b in traded if not b.id.endswith(("-3m", "-cash")) and b.form is None]
    chosen = fitting or plain or traded
    return chosen[0] if chosen else None


def _by_words(options: list[Benchmark], words: str) -> Benchmark | None:
    """The one whose place or grade the words name, if they name no other's."""
    told = {w.lower() for w in _WORD.findall(words)}
    fitting = [b for b in options if told & _marks(b) and not (told & _PLACES) - _marks(b)]
    forms = _FORM.findall(words.lower())
    fitting = [b for b in fitting if all(f in b.name.lower() for f in forms)]
    if len(fitting) > 1:
        most = max(len(told & _marks(b)) for b in fitting)
        fitting = [b for b in fitting if len(told & _marks(b)) == most]
    return fitting[0] if len(fitting) == 1 else None


@cache
def _marks(benchmark: Benchmark) -> frozenset[str]:
    """The words of place and grade in the benchmark's name and basis."""
    named = f"{benchmark.name} {benchmark.basis or ''}"
    goods = {w.lower() for w in _WORD.findall(benchmark.commodity)}
    return frozenset(w.lower() for w in _WORD.findall(named)) - goods - _SAYS_LITTLE
