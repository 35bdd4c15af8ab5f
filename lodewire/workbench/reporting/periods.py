"""Reports on a time: the flow of deals, and the week on the market."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from lodewire.analytics.trends.activity import By, Every
from lodewire.errors import PublishError
from lodewire.model.event import Event
from lodewire.model.vocabulary import EventType
from lodewire.ontology.desks import load_desks
from lodewire.ontology.event_types import Family, load_event_types, types_of
from lodewire.publish.rank import rank_events
from lodewire.publish.reports.report import (
    Block,
    Paragraph,
    Report,
    ReportTable,
    Section,
    Words,
    words,
)
from lodewire.publish.wording import print_number
from lodewire.reference.prices import price_series
from lodewire.workbench.market.charting import activity_picture
from lodewire.workbench.market.deal_charts import deals_picture
from lodewire.workbench.profiles.deals import DealTold, deals_on
from lodewire.workbench.profiles.priced import Priced, prices_told
from lodewire.workbench.reporting.events import events_on
from lodewire.workbench.reporting.frame import (
    Making,
    deals_table,
    events_table,
    picture,
    print_day,
    section,
    text,
)

DAYS_OF_DEALS = 90
_DEALS, _OF_A_DESK, _WEEKS, _READ = 120, 12, 13, 600


def deals_report(making: Making, since: date | None = None) -> Report:
    """Return the flow of deals of a time (default: ninety days) up to the report's day."""
    first = since or making.day - timedelta(days=DAYS_OF_DEALS - 1)
    _check(first, making.day)
    deals = deals_on(making.ledger, since=first, until=making.day, most=_DEALS)
    return making.finish(
        "deals",
        "",
        "Deal flow",
        f"{print_day(first)} to {print_day(making.day)}",
        [
            section("kinds", "By kind", _kinds(deals)),
            section(
                "map",
                "Where they lie",
                picture(lambda: deals_picture(making.ledger, since=first, until=making.day))
                if deals
                else None,
            ),
            section(
                "deals",
                "The deals",
                deals_table(making, deals)
                or text("The ledger tells of no deal that was first reported in this time."),
            ),
        ],
    )


def _kinds(deals: Iterable[DealTold]) -> ReportTable | None:
    labels = load_event_types()
    kinds: Counter[EventType] = Counter()
    stated: Counter[EventType] = Counter()
    for deal in deals:
        kinds[deal.event.type] += 1
        stated[deal.event.type] += any(role == "value" for role, _ in deal.sums)
    if not kinds:
        return None
    return ReportTable(
        columns=("Kind", "Deals", "With a value stated"),
        rows=tuple(
            (words(labels[k].label), words(str(n)), words(str(stated[k])))
            for k, n in kinds.most_common()
        ),
        caption="Deals first reported in the time. Values are not added up: they differ in kind, "
        "currency "
        "and in what they cover.",
        right=frozenset((1, 2)),
        widths=(3.0, 1.0, 1.6),
    )


def weekly_report(making: Making) -> Report:
    """Return the market of the seven days up to the report's day, by desk."""
    first = making.day - timedelta(days=6)
    events = events_on(making, since=first, most=_READ)
    deals = deals_on(making.ledger, since=first, until=making.day)
    rules = [e for e in events if load_event_types()[e.type].family is Family.MEASURES]
    since = making.day - timedelta(days=making.day.weekday(), weeks=_WEEKS - 1)
    return making.finish(
        "weekly",
        "",
        "The week on the market",
        f"{print_day(first)} to {print_day(making.day)}",
        [
            section("top", "The week in ten events", _top(making, events)),
            _desks(making, events),
            section(
                "measures", "Measures", events_table(making, rules[:30], "First told this week.")
            ),
            section("deals", "Deals", deals_table(making, deals)),
            section("prices", "Prices", _prices(making)),
            section(
                "activity",
                "How much was told",
                picture(
                    lambda: activity_picture(
                        making.ledger, by=By.DESK, since=since, until=making.day, every=Every.WEEK
                    )
                ),
            ),
        ],
    )


def _top(making: Making, events: list[Event]) -> Block:
    ranked = rank_events(events, making.day)[:10]
    found = events_table(making, [e for e, _ in ranked], "By importance, as the brief ranks.")
    return found or text("Nothing was first told in these seven days.")


def _desks(making: Making, events: list[Event]) -> Section:
    blocks: list[Block | None] = []
    quiet = types_of(Family.DEALS) | types_of(Family.MEASURES)
    for desk in making.desk.desks:
        own = [e for e in events if e.desks[:1] == (desk,) and e.type not in quiet]
        ranked = [e for e, _ in rank_events(own, making.day)[:_OF_A_DESK]]
        found = events_table(making, ranked, "")
        if found is not None:
            blocks += [Paragraph(words=words(load_desks()[desk].title), heading=True), found]
    return section("desks", "By desk", *blocks)


def _prices(making: Making) -> ReportTable | None:
    commodities = dict.fromkeys(s.commodity for s in price_series(making.desk.root))
    told = [p for c in commodities for p in prices_told(c, making.desk.root, until=making.month)]
    told = [p for p in told if p.series.kind == "price"]
    for priced in told:
        making.priced(priced.series)
    if not told:
        return None
    return ReportTable(
        columns=("Series", "Last", "Unit", "Month", "Twelve months"),
        rows=tuple(_price_row(p) for p in told),
        caption="Monthly averages as their sources publish them; a series may end before the week.",
        right=frozenset((1, 4)),
        widths=(2.6, 1.2, 1.0, 1.0, 1.2),
    )


def _price_row(priced: Priced) -> tuple[Words, ...]:
    change = f"{priced.year_change * 100:+.1f} %" if priced.year_change is not None else "–"
    return (
        words(priced.series.name),
        words(print_number(priced.last.value)),
        words(priced.last.unit),
        words(priced.last.period),
        words(change),
    )


def _check(first: date, last: date) -> None:
    if first > last:
        raise PublishError(
            f"the time ends ({last}) before it begins ({first}).",
            hint="Write --since before --day.",
        )
