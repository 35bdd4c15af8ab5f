"""Which HS codes a wish means: those it names, or those of the commodities it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from lodewire.collect.official.services import Wish
from lodewire.errors import ConfigError
from lodewire.ontology.commodities import load_commodities


def check_commodity(name: str) -> str:
    """Return the id of a commodity; raises ConfigError with the nearest names."""
    known = load_commodities()
    asked = name.strip().lower().replace(" ", "-")
    if asked in known:
        return asked
    near = get_close_matches(asked, known, n=3)
    raise ConfigError(
        f"there is no commodity {name!r}.",
        hint=f"Did you mean {' or '.join(near)}?" if near else "Write it as `lithium` or `cobalt`.",
    )


def known_series(
    wish: Wish, known: Mapping[str, Sequence[str]], missing: str, advice: str
) -> list[str]:
    """Return the series of a wish: those it names, else those ``known`` of its commodities.

    Of every commodity where it names none. ``missing`` says what is not known, with ``{}`` for the
    commodity, ``advice`` how to name it; both go into the ConfigError for
    a commodity without a series.
    """
    if wish.series:
        return list(wish.series)
    if not wish.commodities:
        return [name for names in known.values() for name in names]
    found: list[str] = []
    for asked in wish.commodities:
        commodity = check_commodity(asked)
        if commodity not in known:
            raise ConfigError(
                missing.format(commodity),
                hint=f"{advice}; known are {', '.join(known)}.",
            )
        found += known[commodity]
    return list(dict.fromkeys(found))


def products_of(wish: Wish) -> tuple[str, ...]:
    """Return the HS six-digit codes of a wish, sorted; of every commodity where it names none.

    Raises ConfigError for a commodity that is not known or has no HS code of its own.
    """
    if wish.products:
        for code in wish.products:
            if not (code.isascii() and code.isdecimal() and len(code) in (2, 4, 6)):
                raise ConfigError(
                    f"{code!r} is no HS code.",
                    hint='Write two, four or six digits: products = ["283691"].',
                )
        return tuple(dict.fromkeys(wish.products))
    known = load_commodities()
    named = [check_commodity(name) for name in wish.commodities]
    codes: set[str] = set()
    for name in named or known:
        own = {code for _, code in known[name].hs_codes}
        if named and not own:
            raise ConfigError(
                f"{name} has no HS code of its own in the ontology.",
                hint='Name HS codes in desk.toml: products = ["283691"] under '
                "[official.services.…].",
            )
        codes |= own
    return tuple(sorted(codes))
