"""The EU's consolidated list of financial sanctions, XML of form 1.1.

A name stands in attributes; ``strong`` tells those that identify a party. The list names the act
under which a party stands on it, and rarely the day of the listing itself. Source: European
Commission, Financial Sanctions Files.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from lodewire.model.official import SanctionedParty
from lodewire.reference.loaders.bodies import all_in, broken, elements, root_of, words_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

SOURCE = "eu-sanctions"
_KINDS = {"person": "person", "enterprise": "organisation", "P": "person", "E": "organisation"}


def read_list(
    body: bytes, place: str, *, country_of: Callable[[str], str | None]
) -> tuple[SanctionedParty, ...]:
    """Read the whole list; ``country_of`` turns an alpha-2 code into a place.

    Raises BrokenFile where the list is cut off, is another document, or a party lacks name or id.
    """
    vintage = _generated(body, place)
    parties: list[SanctionedParty] = []
    seen: set[str] = set()
    for at, entity in enumerate(elements(body, place, "sanctionEntity")):
        party = _party(entity, f"{place}: party {at + 1}", vintage, country_of)
        if party.id in seen:
            raise broken(place, f"two parties have the id {party.id}")
        seen.add(party.id)
        parties.append(party)
    return tuple(parties)


def _generated(body: bytes, place: str) -> str:
    name, attributes = root_of(body, place)
    if name != "export":
        raise broken(place, f"no sanctions list: its root is {name}")
    told = attributes.get("generationDate", "")[:10]
    if _day(told) is None:
        raise broken(place, f"generationDate {told!r} is no day")
    return told


def _party(
    entity: Element, where: str, vintage: str, country_of: Callable[[str], str | None]
) -> SanctionedParty:
    number = (entity.get("euReferenceNumber") or entity.get("logicalId") or "").strip()
    strong: dict[str, None] = {}
    weak: dict[str, None] = {}
    for alias in all_in(entity, "nameAlias"):
        spelled = _spelled(alias)
        if spelled:
            (weak if alias.get("strong") == "false" else strong)[spelled] = None
    names = [*strong, *weak]
    if not number or not names:
        raise broken(where, "reference number or name is missing")
    subject = next(iter(all_in(entity, "subjectType")), None)
    code = (subject.get("code") or subject.get("classificationCode")) if subject is not None else ""
    countries = dict.fromkeys(
        country_of(told) or told
        for part in ("citizenship", "address")
        for element in all_in(entity, part)
        if (told := (element.get("countryIso2Code") or "").strip().upper()) not in ("", "00")
    )
    acts = all_in(entity, "regulation")
    return SanctionedParty(
        source=SOURCE,
        id=number,
        name=names[0],
        kind=_KINDS.get(code or "", "other"),
        aliases=tuple(name for name in strong if name != names[0]),
        weak_names=tuple(name for name in weak if name not in strong and name != names[0]),
        programmes=tuple(
            dict.fromkeys(told for act in acts if (told := (act.get("programme") or "").strip()))
        ),
        countries=tuple(countries),
        listed=_day((entity.get("designationDate") or "")[:10]),
        remarks="; ".join([*(_act(act) for act in acts), *_remarks(entity)]),
        vintage=vintage,
    )


def _spelled(alias: Element) -> str:
    whole = " ".join((alias.get("wholeName") or "").split())
    parts = (alias.get(part) or "" for part in ("firstName", "middleName", "lastName"))
    return whole or " ".join(" ".join(parts).split())


def _act(act: Element) -> str:
    title = " ".join((act.get("numberTitle") or "").split())
    return f"{title} of {act.get('publicationDate')}" if act.get("publicationDate") else title


def _remarks(entity: Element) -> list[str]:
    told = words_in(entity, "remark")
    return [told] if told else []


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
