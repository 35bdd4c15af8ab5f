"""Looking a name up in the sanctions lists that the desk fetched."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from lodewire.config.desk import DeskConfig
from lodewire.errors import ConfigError
from lodewire.model.official import SanctionedParty
from lodewire.pipeline.figures import table_of
from lodewire.pipeline.figures_state import read_state

LISTS = ("ofac", "eu-sanctions")

_NOT_WORD = re.compile(r"[^\w]+")
_FORMS = frozenset(
    """ltd limited llc inc incorporated corp corporation co company plc gmbh ag sa sas spa srl bv
    nv oy ab as jsc pjsc ojsc oao ooo zao pao ao llp lp pte pty bhd sdn kg fze fzco dmcc""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A party whose name fits; ``matched`` is the spelling that did, ``how`` what it is."""

    party: SanctionedParty
    matched: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUp:
    """What the lists say; ``lists`` are those looked at, with when each was fetched."""

    listings: tuple[Listing, ...]
    lists: tuple[tuple[str, datetime | None], ...]


def folded(name: str) -> str:
    """Return what two spellings of a name must share: no case, accents, points or legal forms.

    "Example Trading, L.L.C." and "EXAMPLE TRADING LLC" fold to one. A name that is nothing but a
    legal form stays as it is.
    """
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", text)  # L.L.C. is one word
    words = _NOT_WORD.sub(" ", text).split()
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words)


def look_up(desk: DeskConfig, name: str) -> LookUp:
    """Return the parties whose name or alias is ``name``, strong matches first.

    A person listed as "DOE, John" is found as "John Doe" too. Raises ConfigError where no list was
    fetched, or the name holds no letter.
    """
    wanted = folded(name)
    if not wanted:
        raise ConfigError(f"{name!r} holds no letter.", hint="Write the name of a party.")
    lists = tuple((s, read_state(desk.official_path, s).fetched_at) for s in LISTS)
    if all(at is None for _, at in lists):
        raise ConfigError(
            "no sanctions list was fetched on this desk.",
            hint=f"Fetch them: lodewire figures fetch {' '.join(LISTS)} --desk {desk.root}",
        )
    found: list[Listing] = []
    for service, at in lists:
        if at is not None:
            listings = (_match(party, wanted) for party in table_of(desk, service))
            found += (listing for listing in listings if listing is not None)
    order = {"by name": 0, "by alias": 1, "by weak alias": 2}
    found.sort(key=lambda listing: (order[listing.how], listing.party.name, listing.party.id))
    return LookUp(listings=tuple(found), lists=lists)


def _match(party: SanctionedParty, wanted: str) -> Listing | None:
    longest = max(wanted.split(), key=len)
    for how, names in (
        ("by name", (party.name,)),
        ("by alias", party.aliases),
        ("by weak alias", party.weak_names),
    ):
        for name in names:
            # Folding takes time: a plain name without the longest word needs none.
            if name.isascii() and longest not in name.lower().replace(".", ""):
                continue
            if wanted in {folded(name), folded(_turned(name))}:
                return Listing(party=party, matched=name, how=how)
    return None


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first} {last}" if comma and "," not in first else name
