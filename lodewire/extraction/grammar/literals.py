"""What a pattern needs: strings of which every text that it matches holds at least one.

Worked out from the pattern's own syntax tree, so that a gate over a pattern can never shut out a
match, whoever changes the pattern. What is not understood is taken to need nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# The tree that ``re`` compiles from: the one description of a pattern that cannot differ from it.
from re import _parser as sre  # type: ignore[attr-defined]
from typing import Any, NamedTuple

Need = frozenset[str]  # one of these strings stands in every match
Needs = tuple[Need, ...]  # all of them are met, the rarest first

_MOST_EXACT = 40  # strings; more are cut into separate needs
_MOST_NEEDS = 2
_TOO_OFTEN = 300  # a need that nearly every sentence meets is not worth asking for
_FREQUENCIES = (100, 100, 50, 10, 5, 2, 1, 0.5)  # in a hundred sentences, by length
_COMMON = frozenset("the and for with from that this has have was are will its not said".split())
_OF_COMMON = 30
_SIGNS = range(0xE000, 0xF900)  # the private use area: signs that stand for names and figures


class _Part(NamedTuple):
    """What a piece of a pattern matches: one of ``exact`` (None: unknown); and its needs."""

    exact: Need | None
    needs: tuple[Need, ...] = ()


_NOTHING = _Part(frozenset(("",)))
_ANYTHING = _Part(None)


def needs_of(pattern: str, flags: int = 0) -> Needs:
    """Return the rarest needs of a pattern, lower-case; empty where it has none.

    To be looked for in a text that ``folded`` has made lower-case.
    """
    return _needs(sre.parse(pattern, flags))


def ways_of(pattern: str, flags: int = 0) -> tuple[Needs, ...]:
    """Return the needs of each way through a pattern, by its widest choice.

    A match meets all needs of one way at least: "(?:a strike|a fire) at" needs "a strike at" or
    "a fire at". A way without needs may always match.
    """
    tree = _flat(sre.parse(pattern, flags))
    choices = [(i, argument[1]) for i, (op, argument) in enumerate(tree) if op is sre.BRANCH]
    if not choices:
        return (_needs(tree),)
    at, options = max(choices, key=lambda choice: len(choice[1]))
    return tuple(_needs([*tree[:at], *option, *tree[at + 1 :]]) for option in options)


def _flat(tree: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """A sequence with its groups opened."""
    flat: list[tuple[Any, Any]] = []
    for op, argument in tree:
        if op is sre.SUBPATTERN:
            flat.extend(_flat(argument[3]))
        else:
            flat.append((op, argument))
    return flat


def _needs(tree: Iterable[tuple[Any, Any]]) -> Needs:
    return _rarest(_all_needs(_sequence(tree)))


_FOLDS = (("İ", "i"), ("ı", "i"), ("ſ", "s"))


def folded(text: str) -> str:
    """Lower-case a text as a pattern that ignores case sees it: "ſ" is an "s" to it."""
    for odd, plain in _FOLDS:
        if odd in text:
            text = text.replace(odd, plain)
    return text.lower()


def _rarest(needs: Iterable[Need]) -> Needs:
    fit = {n for n in map(_without_longer, needs) if min(map(len, n)) > 1 or _has_sign(n)}
    rated = sorted((sum(map(_frequency, n)), sorted(n), n) for n in fit)
    return tuple(need for often, _, need in rated[:_MOST_NEEDS] if often < _TOO_OFTEN)


def _frequency(string: str) -> float:
    """About how many sentences of a hundred hold a string, mostly by its length."""
    if string.strip() in _COMMON:
        return _OF_COMMON
    return _FREQUENCIES[min(len(string.strip()), len(_FREQUENCIES) - 1)]


def _has_sign(need: Need) -> bool:
    return any(ord(c) in _SIGNS for string in need for c in string)


def _without_longer(need: Need) -> Need:
    """ "sign" stands wherever "signed" does."""
    return frozenset(s for s in need if not any(o != s and o in s for o in need))


def _all_needs(part: _Part) -> tuple[Need, ...]:
    if part.exact is None or "" in part.exact:
        return part.needs
    return (*part.needs, part.exact)


def _sequence(tree: Iterable[tuple[Any, Any]]) -> _Part:
    needs: list[Need] = []
    run: Need = frozenset(("",))
    whole = True

    def close() -> None:
        if "" not in run:
            needs.append(run)

    for op, argument in tree:
        part = _node(op, argument)
        needs.extend(part.needs)
        if part.exact is None:
            close()
            run, whole = frozenset(("",)), False
        elif len(run) * len(part.exact) > _MOST_EXACT and run != {""}:
            close()
            run, whole = part.exact, False
        else:
            run = frozenset(a + b for a in run for b in part.exact)
    if whole:
        return _Part(run, tuple(needs))
    close()
    return _Part(None, tuple(needs))


def _node(op: Any, argument: Any) -> _Part:
    if op is sre.LITERAL:
        return _literal(argument)
    if op is sre.IN:
        return _choice(argument)
    if op is sre.BRANCH:
        return _branch([_sequence(tree) for tree in argument[1]])
    if op is sre.SUBPATTERN:
        return _sequence(argument[3])
    if op is sre.ATOMIC_GROUP:
        return _sequence(argument)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _repeat(*argument)
    # Where a match stands and what stands around it: no characters of its own.
    return _NOTHING if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) else _ANYTHING


def _literal(code: int) -> _Part:
    # Other letters have their own ways of being lower-case; a pattern seldom hangs on one.
    if code < 128 or code in _SIGNS:
        return _Part(frozenset((chr(code).lower(),)))
    return _ANYTHING


def _choice(options: Sequence[tuple[Any, Any]]) -> _Part:
    if len(options) > 8 or any(op is not sre.LITERAL for op, _ in options):
        return _ANYTHING
    return _branch([_literal(code) for _, code in options])


def _branch(parts: Sequence[_Part]) -> _Part:
    exact = [p.exact for p in parts if p.exact is not None and not p.needs]
    if len(exact) == len(parts):
        return _Part(frozenset().union(*exact))
    chosen: set[str] = set()
    for part in parts:
        best = _rarest(_all_needs(part))
        if not best:
            return _ANYTHING  # one way through the pattern needs nothing
        chosen |= best[0]
    return _Part(None, (frozenset(chosen),))


def _repeat(least: int, most: int, tree: Iterable[tuple[Any, Any]]) -> _Part:
    part = _sequence(tree)
    if least == 0:
        optional = most == 1 and part.exact is not None and not part.needs
        return _Part(part.exact | {""}) if optional and part.exact is not None else _ANYTHING
    if least == most == 1:
        return part
    return _Part(None, _all_needs(part))
