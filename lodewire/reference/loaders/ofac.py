"""OFAC's list of specially designated nationals, as XML of the Sanctions List Service.

``Record_Count`` says how many entries there are: what does not come is not silently missing. The
list does not say since when a party stands on it. Source: OFAC, Sanctions List Service.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from lodewire.model.official import SanctionedParty
from lodewire.reference.loaders.bodies import all_in, broken, elements, words_in

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SOURCE = "ofac"
_KINDS = {
    "individual": "person",
    "entity": "organisation",
    "vessel": "vessel",
    "aircraft": "aircraft",
}


def read_list(
    body: bytes, place: str, *, country_of: Callable[[str], str | None]
) -> tuple[SanctionedParty, ...]:
    """Read the whole list; ``country_of`` turns a country's name into its code.

    A country that is not known keeps its name. Raises BrokenFile where the list is cut off, holds
    another number of entries than it says, or an entry lacks name or id.
    """
    vintage, announced = _head(body, place)
    parties: list[SanctionedParty] = []
    seen: set[str] = set()
    for at, entry in enumerate(elements(body, place, "sdnEntry")):
        party = _party(entry, f"{place}: entry {at + 1}", vintage, country_of)
        if party.id in seen:
            raise broken(place, f"two entries have the uid {party.id}")
        seen.add(party.id)
        parties.append(party)
    if len(parties) != announced:
        raise broken(place, f"{announced:,} entries are announced, {len(parties):,} came")
    return tuple(parties)


def _head(body: bytes, place: str) -> tuple[str, int]:
    for head in elements(body, place, "publshInformation"):  # the list spells it so
        told, count = words_in(head, "Publish_Date"), words_in(head, "Record_Count")
        try:
            day = datetime.strptime(told, "%m/%d/%Y").date()  # noqa: DTZ007 - a day
        except ValueError:
            raise broken(place, f"Publish_Date {told[:40]!r} is no day") from None
        if not count.isdecimal():
            raise broken(place, f"Record_Count {count[:40]!r} is no number")
        return day.isoformat(), int(count)
    raise broken(place, "no sanctions list: publshInformation is missing")


def _party(
    entry: Element, where: str, vintage: str, country_of: Callable[[str], str | None]
) -> SanctionedParty:
    uid, name = words_in(entry, "uid"), _name(entry)
    kind = _KINDS.get(words_in(entry, "sdnType").lower(), "other")
    if not uid or not name:
        raise broken(where, "uid or name is missing")
    strong: dict[str, None] = {}
    weak: dict[str, None] = {}
    for aka in all_in(entry, "akaList", "aka"):
        spelled = _name(aka)
        if spelled and spelled != name:
            (weak if words_in(aka, "category").lower() == "weak" else strong)[spelled] = None
    countries = dict.fromkeys(
        country_of(told) or told
        for part in (
            "addressList/address",
            "nationalityList/nationality",
            "citizenshipList/citizenship",
        )
        for place in all_in(entry, *part.split("/"))
        if (told := words_in(place, "country"))
    )
    return SanctionedParty(
        source=SOURCE,
        id=uid,
        name=name,
        kind=kind,
        aliases=tuple(strong),
        weak_names=tuple(weak),
        programmes=tuple(
            dict.fromkeys(
                told
                for program in all_in(entry, "programList", "program")
                if (told := " ".join("".join(program.itertext()).split()))
            )
        ),
        countries=tuple(countries),
        remarks=words_in(entry, "remarks"),
        vintage=vintage,
    )


def _name(element: Element) -> str:
    last, first = words_in(element, "lastName"), words_in(element, "firstName")
    return f"{last}, {first}" if last and first else last or first
