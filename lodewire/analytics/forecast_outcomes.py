"""What a forecast is about, and what happened: the series or report that it is held against.

Nothing is guessed: where a text leaves open which price it means, in which unit, of when, or whose
output, there is no outcome, and the reason is told.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lodewire.analytics.event_terms import first_day, last_day
from lodewire.errors import UnitError
from lodewire.model.event import Event
from lodewire.model.forecast import OutcomeSeries, OutputReport
from lodewire.model.statement import Statement
from lodewire.model.vocabulary import EventType, Modality, QuantityKind
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.units import comparable, convert, kind_of

_OUTPUT = re.compile(r"\b(?:output|production|produc\w+|mined|yield|guidance)\b", re.I)
_EXCHANGES = re.compile(
    r"\b(?:LME|COMEX|SHFE|NYMEX|ICE|TTF|Shanghai|London|Guangzhou|DCE|MCX|Platts|Fastmarkets|Argus|"
    r"Brent|WTI|West Texas Intermediate|Dubai|Urals|Henry Hub|Newcastle|JKM|Midwest|Rotterdam)\b",
    re.I,
)
_SAME_AS = {"london": "lme", "west texas intermediate": "wti"}
#: Forms that are priced apart: a price of the metal says nothing of them.
_APART = re.compile(
    r"\b(ore|concentrate|oxide|carbonate|hydroxide|sul(?:ph|f)ate|matte|pig iron|scrap|spodumene|"
    r"pentoxide|trioxide|treatment charge|refining charge|futures spread)s?\b",
    re.I,
)
_PREMIUM = re.compile(r"\bpremiums?\b", re.I)
_MOST_MONTHS = 60


class NoOutcome(Exception):
    """Why a forecast cannot be held against anything; ``still`` where it may be later."""

    def __init__(self, why: str, *, still: bool = False) -> None:
        super().__init__(why)
        self.why, self.still = why, still


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened, what stood when the forecast was made, and whose figures they are."""

    actual: Decimal
    naive: Decimal | None
    series: str
    source: str


#: Guidance is told as a production report of a period to come: the operator is the forecaster.
_GUIDANCE = {"forecaster": "operator", "level": "volume", "horizon": "period"}


def role_of(event: Event, role: str) -> str:
    """Return the role that holds what ``role`` holds in a forecast."""
    return _GUIDANCE.get(role, role) if is_guidance(event) else role


def is_guidance(event: Event) -> bool:
    """Tell whether an event is output that its operator expects of a period not yet over."""
    if event.type is not EventType.PRODUCTION_REPORT or event.reported is None:
        return False
    if event.modality is Modality.FORECAST:
        return True
    ends = [d for s in event.of("period") if (d := last_day(s.value)) is not None]
    return event.modality is Modality.ASSERTED and any(end > event.reported for end in ends)


def horizon_of(event: Event) -> tuple[date, date]:
    """Return the days that a forecast is about; raises NoOutcome where the text gives none."""
    stated = event.of(role_of(event, "horizon"))
    if not stated:
        raise NoOutcome("the text gives no horizon")
    start, end = first_day(stated[0].value), last_day(stated[0].value)
    if start is None or end is None:
        raise NoOutcome(f"the horizon {stated[0].value[:40]!r} is no day or span of days")
    return start, end


def is_price(level: Statement) -> bool:
    """Tell whether a level is a price; raises NoOutcome for a unit that says nothing."""
    if level.unit is None:
        raise NoOutcome("the level has no unit")
    try:
        kind = kind_of(level.unit)
    except UnitError:
        raise NoOutcome(f"{level.unit!r} is no unit that is known") from None
    if kind is QuantityKind.PRICE:
        return True
    if kind in (QuantityKind.MASS, QuantityKind.MASS_RATE, QuantityKind.VOLUME_RATE):
        return False
    if kind is QuantityKind.MONEY:
        raise NoOutcome("a sum of money: no price of a unit, and no report of it in the ledger")
    raise NoOutcome(f"no outcome is known for what is counted in {level.unit}")


def price_outcome(
    event: Event,
    unit: str | None,
    made: date,
    span: tuple[date, date],
    series: Sequence[OutcomeSeries],
) -> Outcome:
    """Return the average price over the horizon in ``unit``, and that of the month before ``made``.

    ``unit`` None keeps the unit of the series. Raises NoOutcome.
    """
    chosen = _series_for(event, unit, series)
    points = dict(chosen.points)
    months = _months(*span)
    missing = [m for m in months if m not in points]
    if missing:
        last = chosen.points[-1][0] if chosen.points else "nowhere"
        ahead = missing[0] > last
        raise NoOutcome(
            f"{chosen.id} ends in {last}" if ahead else f"{chosen.id} lacks {missing[0]}",
            still=ahead,
        )
    actual = sum((points[m] for m in months), Decimal()) / len(months)
    before = _month_before(made)
    naive = points.get(before)
    to = unit or chosen.unit
    return Outcome(
        actual=convert(actual, chosen.unit, to),
        naive=convert(naive, chosen.unit, to) if naive is not None else None,
        series=chosen.id,
        source=f"{chosen.source}, {chosen.vintage}",
    )


def _series_for(event: Event, unit: str | None, series: Sequence[OutcomeSeries]) -> OutcomeSeries:
    commodity = _commodity(event)
    words = " ".join(s.original for role in ("variable", "commodity") for s in event.of(role))
    _check_commodity(" ".join(s.original for s in event.of("variable")), commodity, series)
    kind = "premium" if _PREMIUM.search(words) else "price"
    found = [s for s in series if s.commodity == commodity and s.kind == kind]
    if not found:
        name = load_commodities()[commodity].name
        raise NoOutcome(f"there is no monthly {kind} of {name} to hold it against")
    named = {_SAME_AS.get(w.lower(), w.lower()) for w in _EXCHANGES.findall(words)}
    if named:
        found = [s for s in found if named & _names(s)]
        if not found:
            raise NoOutcome(f"no series follows {', '.join(sorted(named))}")
    markets = {tuple(sorted(_names(s) & _ALL_NAMES)) for s in found}
    if len(markets) > 1 and not named:
        names = ", ".join(sorted(s.name for s in found))
        raise NoOutcome(f"the text does not say which price it means: {names}")
    _check_form(words, found, unit)
    fitting = [s for s in found if unit is None or comparable(s.unit, unit)]
    if not fitting:
        raise NoOutcome(f"stated in {unit}, while the series is in {found[0].unit}")
    return min(fitting, key=lambda s: (not s.points, s.id))


def _check_form(words: str, series: Sequence[OutcomeSeries], unit: str | None) -> None:
    """Refuse a form that the series does not price: nickel ore is not nickel of the LME."""
    for form in {f.lower() for f in _APART.findall(words)}:
        if not any(form in f"{s.name} {s.basis}".lower() for s in series):
            raise NoOutcome(f"the words say {form}; {series[0].id} is of {series[0].name.lower()}")
    if unit is not None and ("kgU" in unit) != all("kgU" in s.unit for s in series):
        raise NoOutcome("one is a price of contained uranium, the other of its oxide")


_ALL_NAMES = frozenset(
    "lme comex shfe nymex ttf brent wti dubai urals newcastle jkm midwest rotterdam henry".split()
)


def _names(series: OutcomeSeries) -> set[str]:
    told = " ".join((series.name, *series.names)).lower().replace("-", " ")
    words = set(re.findall(r"[a-z]+", told))
    words |= {"henry hub"} if "henry hub" in told else set()
    return words | ({"wti"} if "west texas intermediate" in told else set())


def _commodity(event: Event) -> str:
    told = [s.entity for s in event.of("commodity") if s.entity in load_commodities()]
    if not told:
        raise NoOutcome("the text names no commodity that is known")
    if len(set(told)) > 1:
        raise NoOutcome("the text names several commodities")
    return str(told[0])


def _check_commodity(words: str, commodity: str, series: Iterable[OutcomeSeries]) -> None:
    """A variable that names another material than the role does was misread somewhere."""
    known = load_commodities()
    told = words.lower()
    for other in sorted({s.commodity for s in series} - {commodity}):
        name = known[other].name
        if re.search(rf"\b{re.escape(name)}\b", told) and known[commodity].name not in told:
            raise NoOutcome(f"the words say {name}, the reading {known[commodity].name}")


def output_outcome(
    event: Event, unit: str, span: tuple[date, date], reports: Sequence[OutputReport]
) -> Outcome:
    """Return what the forecaster reported to have made in the horizon, and in the period before.

    Raises NoOutcome, since no other's output is what it spoke of.
    """
    words = " ".join(s.original for s in event.of("variable"))
    if not is_guidance(event) and not _OUTPUT.search(words):
        raise NoOutcome(f"{words[:40]!r} is not output" if words else "the text says not of what")
    who = {s.entity for s in event.of(role_of(event, "forecaster")) if s.entity}
    commodity = _commodity(event)
    site = next((str(s.entity or s.value) for s in event.of("site")), "")
    mine = [
        r
        for r in reports
        if r.operator in who
        and (r.commodity, r.site) == (commodity, site)
        and comparable(r.unit, unit)
    ]
    if not mine:
        raise NoOutcome("no report of the forecaster's own output is in the ledger", still=True)
    of_span = [r for r in mine if (r.start, r.end) == span]
    if not of_span:
        raise NoOutcome("no report of that period is in the ledger", still=True)
    latest = max(of_span, key=lambda r: (r.reported, r.event_id))
    length = (span[1] - span[0]).days
    before = [r for r in mine if r.end < span[0] and abs((r.end - r.start).days - length) <= 2]
    last = max(before, key=lambda r: (r.end, r.reported, r.event_id), default=None)
    return Outcome(
        actual=convert((latest.low + latest.high) / 2, latest.unit, unit),
        naive=convert((last.low + last.high) / 2, last.unit, unit) if last is not None else None,
        series=f"report {latest.event_id}",
        source="the ledger",
    )


def _months(start: date, end: date) -> list[str]:
    """The months of a horizon; raises NoOutcome for days that are no whole month."""
    days = (end - start).days
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    if not whole and days > 0:
        raise NoOutcome("the horizon is no day and no whole months; prices here are monthly")
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    if not 0 < count <= _MOST_MONTHS:
        raise NoOutcome("the horizon is longer than five years")
    first = start.year * 12 + start.month - 1
    return [f"{m // 12:04}-{m % 12 + 1:02}" for m in range(first, first + count)]


def _month_before(day: date) -> str:
    month = day.year * 12 + day.month - 2
    return f"{month // 12:04}-{month % 12 + 1:02}"
