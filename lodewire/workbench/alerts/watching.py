"""What people ask to watch, by the words they use, and what of the ledger it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from lodewire.config.desk import DeskConfig
from lodewire.errors import LedgerError, NotThere, QueryError
from lodewire.ledger.store import Ledger
from lodewire.model.alert import DESK_OWNER, PriceTest, Watch, WatchKind
from lodewire.model.ids import EntityId
from lodewire.model.vocabulary import Desk, EventType, MentionType
from lodewire.ontology.commodities import ancestors_of, load_commodities, members_of
from lodewire.ontology.countries import load_countries
from lodewire.ontology.desks import load_desks
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.entity_page import name_of
from lodewire.reference.prices import price_series
from lodewire.workbench.answers.entities import thing_of
from lodewire.workbench.commodity_names import commodities_called

_THINGS = {
    WatchKind.COMMODITY: MentionType.COMMODITY,
    WatchKind.COUNTRY: MentionType.COUNTRY,
    WatchKind.ORGANISATION: MentionType.ORGANISATION,
    WatchKind.SITE: MentionType.SITE,
}
_LONGEST = 200
# "imf-copper above 10000", "imf-cobalt moves 5%"
_PRICE = re.compile(r"(?P<series>\S+)\s+(?P<test>above|below|moves)\s+(?P<level>\S+)", re.ASCII)


def watch_of(
    ledger: Ledger, desk: DeskConfig, owner: str, kind: WatchKind, words: str, *, now: datetime
) -> Watch:
    """Return what a person means by ``words``, as a line of their list; it is not kept.

    Things go by id or name, desks and event types by id or label, searches by the name they are
    saved under, prices as "SERIES above|below LEVEL" or "SERIES moves 5%". Raises QueryError, with
    what is near, where nothing goes by that name.
    """
    words = " ".join(words.split())
    if (not words and kind is not WatchKind.OWN) or len(words) > _LONGEST:
        raise QueryError("say what is to be watched", hint="its name, or its id")
    if kind is WatchKind.PRICE:
        return _price(desk, owner, words, now)
    ref, name = _named(ledger, owner, kind, words)
    return Watch(owner=owner, kind=kind, ref=ref, name=name, created_at=now)


def _named(ledger: Ledger, owner: str, kind: WatchKind, words: str) -> tuple[str, str]:
    if kind in _THINGS:
        return _thing(ledger, _THINGS[kind], words)
    if kind is WatchKind.DESK:
        return _chosen("desk", words, ((d.value, load_desks()[d].title) for d in Desk))
    if kind is WatchKind.EVENT_TYPE:
        types = load_event_types()
        return _chosen("event type", words, ((t.value, types[t].label) for t in EventType))
    if kind is WatchKind.OWN:
        if owner != DESK_OWNER:
            raise QueryError(
                "what the desk buys is watched by the desk alone", hint="watch the materials"
            )
        return "own", "what the desk buys"
    try:
        return ledger.saved.get(words).name, words
    except LedgerError as error:
        raise NotThere(error.message, hint=error.hint) from error


def _thing(ledger: Ledger, type_: MentionType, words: str) -> tuple[str, str]:
    found = thing_of(ledger, words)
    if found is None and type_ is MentionType.COUNTRY:
        found = thing_of(ledger, words.upper())
    if found is not None and found.type is type_:
        return found.id, name_of(found)
    ids = _called(ledger, type_, words)
    if len(ids) == 1 and (one := thing_of(ledger, ids[0])) is not None:
        return one.id, name_of(one)
    what = type_.value
    if ids:
        raise QueryError(f"{words!r} names several: {', '.join(ids[:5])}", hint="name one by id")
    raise NotThere(
        f"there is no {what} {words!r}", hint="lodewire show NAME, or the search, finds what is"
    )


def _called(ledger: Ledger, type_: MentionType, words: str) -> list[str]:
    if type_ is MentionType.COMMODITY:
        return sorted(commodities_called(words))
    named = [str(e.id) for e in ledger.entities.named(words, 20) if e.type is type_]
    if not named and type_ is MentionType.COUNTRY:
        told = words.casefold()
        return [
            c.id
            for c in load_countries().values()
            if told in (c.iso3.casefold() if c.iso3 else "", *(a.text.casefold() for a in c.names))
        ]
    return sorted(named)


def _chosen(what: str, words: str, known: Iterable[tuple[str, str]]) -> tuple[str, str]:
    pairs = list(known)
    told = words.casefold()
    for ref, name in pairs:
        if told in (ref, ref.replace("_", " "), name.casefold()):
            return ref, name
    near = get_close_matches(told, [ref for ref, _ in pairs], n=3) or [ref for ref, _ in pairs]
    raise NotThere(f"there is no {what} {words!r}", hint=f"there are {', '.join(near)}")


def _price(desk: DeskConfig, owner: str, words: str, now: datetime) -> Watch:
    told = _PRICE.fullmatch(words)
    if told is None:
        raise QueryError(
            f"{words!r} is no price to watch",
            hint="write SERIES above 10000, SERIES below 8000, or SERIES moves 5%",
        )
    known = {s.id: s for s in price_series(desk.root)}
    if told["series"] not in known:
        near = get_close_matches(told["series"], list(known), n=3) or sorted(known)[:5]
        raise NotThere(
            f"there is no price series {told['series']!r}", hint=f"there are {', '.join(near)}"
        )
    test = PriceTest(told["test"])
    level = _level(told["level"], test)
    series = known[told["series"]]
    shown = (
        f"{(level * 100).normalize():f} %"
        if test is PriceTest.MOVES
        else f"{level:f} {series.unit}"
    )
    return Watch(
        owner=owner,
        kind=WatchKind.PRICE,
        ref=series.id,
        name=f"{series.name} {test.value} {shown}",
        created_at=now,
        test=test,
        level=level,
    )


def _level(text: str, test: PriceTest) -> Decimal:
    part = text.endswith("%")
    try:
        level = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        level = Decimal("NaN")
    if part != (test is PriceTest.MOVES) or not level.is_finite() or not 0 < level < 10**12:
        raise QueryError(
            f"{text!r} is no level",
            hint="above and below take a number in the series' unit, moves a part such as 5%",
        )
    return (level / 100 if part else level).normalize() + 0


def ids_of(watch: Watch) -> frozenset[EntityId]:
    """Return the things that an event must name one of; of a material its groups and members."""
    if watch.kind not in _THINGS:
        return frozenset()
    if watch.kind is not WatchKind.COMMODITY or watch.ref not in load_commodities():
        return frozenset((EntityId(watch.ref),))
    kin = (watch.ref, *ancestors_of(watch.ref), *members_of(watch.ref))
    return frozenset(EntityId(i) for i in kin)
