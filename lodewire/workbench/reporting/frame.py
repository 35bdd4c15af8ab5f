"""What every report is made with: the desk's ledger and figures, footnotes, and figures kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from lodewire.config.desk import DeskConfig
from lodewire.errors import LodewireError
from lodewire.ledger.store import Ledger
from lodewire.model.event import Event
from lodewire.model.ids import EventId
from lodewire.model.measure import Figure, Measure
from lodewire.model.price import PriceSeries
from lodewire.ontology.event_types import load_event_types
from lodewire.publish.charts.chart import Chart
from lodewire.publish.reports.figures import figure_of
from lodewire.publish.reports.report import (
    Block,
    Footnote,
    Paragraph,
    Picture,
    Report,
    ReportFigure,
    ReportTable,
    Run,
    Section,
    Words,
    words,
)
from lodewire.publish.sentences import tell_event
from lodewire.publish.wording import print_dates, print_number
from lodewire.reference.store import FigureStore, store_of
from lodewire.workbench.briefing.composing import publishers_of
from lodewire.workbench.market.trends import source_words
from lodewire.workbench.profiles.deals import DealTold
from lodewire.workbench.profiles.restrictions import RuleTold

STANDINGS = {
    "in_force": "in force",
    "upcoming": "to come",
    "not_in_force": "not in force as far as told",
    "ended": "ended",
}


@dataclass(slots=True, kw_only=True)
class Making:
    """A report under way: notes and figures are gathered while sections are made."""

    ledger: Ledger
    desk: DeskConfig
    day: date
    made_at: datetime
    notes: list[Footnote] = field(default_factory=list)
    figures: dict[str, ReportFigure] = field(default_factory=dict)
    sources: dict[tuple[str, str], None] = field(default_factory=dict)
    _noted: dict[EventId, int] = field(default_factory=dict)
    _prices: dict[tuple[str, str], PriceSeries] = field(default_factory=dict)
    _publishers: dict[str, str] | None = None

    @property
    def month(self) -> str:
        """The last month whose prices are known on the report's day."""
        return f"{self.day:%Y-%m}"

    @property
    def store(self) -> FigureStore:
        """The reference figures at hand, with the desk's own."""
        return store_of(self.desk.root)

    def note(self, event: Event) -> int:
        """Return the number of the footnote that holds an event's words; the same event, the "
        "same."""
        if event.id not in self._noted:
            self.notes.append(self._evidence(event))
            self._noted[event.id] = len(self.notes)
        return self._noted[event.id]

    def told(self, event: Event) -> Words:
        """Return the sentence of an event with its footnote."""
        return words(tell_event(event), self.note(event))

    def keep(self, *measures: Measure) -> None:
        """Keep computed numbers, so that they stand in the report's figures with their inputs."""
        for measure in measures:
            figure = figure_of(measure)
            self.figures[figure.digest] = figure
            for used in measure.inputs:
                self.sources[used.source, used.vintage] = None

    def used(self, *figures: Figure) -> None:
        """Keep whose figures were printed."""
        for figure in figures:
            self.sources[figure.source, figure.vintage] = None

    def priced(self, series: PriceSeries) -> None:
        """Keep whose prices were printed."""
        self.sources[series.source, series.vintage] = None
        self._prices[series.source, series.vintage] = series

    def finish(
        self, kind: str, subject: str, title: str, subtitle: str, sections: Sequence[Section]
    ) -> Report:
        """Return the report, with how it was made as its last section."""
        return Report(
            kind=kind,
            subject=subject,
            title=title,
            subtitle=subtitle,
            desk=self.desk.name,
            day=self.day,
            made_at=self.made_at,
            sections=(*(s for s in sections if s.blocks), self._method()),
            notes=tuple(self.notes),
            figures=tuple(self.figures.values()),
            sample=self.desk.sample,
        )

    def _evidence(self, event: Event) -> Footnote:
        mention = self.ledger.events.mentions(event.id)[0].mention
        if self._publishers is None:
            self._publishers = publishers_of(self.desk)
        found = self.ledger.documents.links([mention.document_id], self._publishers)
        link = found.get(mention.document_id)
        return Footnote(
            quote=mention.evidence[0].quote,
            publisher=link.publisher if link is not None else "",
            title=link.title if link is not None else "",
            published=link.published if link is not None else None,
            url=(link.url or "") if link is not None else "",
            event_id=event.id,
        )

    def _method(self) -> Section:
        blocks: list[Block] = [
            Paragraph(
                words=words(
                    "Sentences on events are composed from what sources state; the note at each "
                    "gives the "
                    "words, the publisher and the day. Different values of several sources stand "
                    "side by "
                    "side on the event’s page. Events that were read with little confidence are "
                    "left out."
                )
            ),
            Paragraph(
                words=words(
                    "Missing figures are never taken for zero. Bounds in brackets tell what "
                    "withheld or "
                    "unlisted supply leaves open; e marks an estimate of the source. Vintages "
                    "are not mixed. "
                    "Every computed number stands in the report’s JSON with its inputs and their "
                    "digest, and "
                    "`lodewire report check` computes it again."
                )
            ),
        ]
        methods = sorted({f.method for f in self.figures.values()})
        if methods:
            told = f"Methods: {', '.join(methods)}. docs/methods of Lodewire has the formulas."
            blocks.append(Paragraph(words=words(told)))
        rows = [self._source_row(source, vintage) for source, vintage in sorted(self.sources)]
        if rows:
            blocks.append(
                ReportTable(
                    columns=("Source", "Vintage", "What it is", "Terms"),
                    rows=tuple(rows),
                    caption="Sources of the figures, with the vintage used.",
                    widths=(1.0, 0.8, 3.0, 1.6),
                )
            )
        return Section(id="method", title="Method, vintages and sources", blocks=tuple(blocks))

    def _source_row(self, source: str, vintage: str) -> tuple[Words, ...]:
        known = {(s.source, s.vintage): s for s in self.store.sources}.get((source, vintage))
        series = self._prices.get((source, vintage))
        if series is not None:
            return words(source), words(vintage), words(source_words(series)), words(series.licence)
        if known is None:
            return words(source), words(vintage), words(""), words("")
        described = (Run(text=known.description, link=known.url),)
        return words(source), words(vintage), described, words(known.licence)


def section(id_: str, title: str, *blocks: Block | None) -> Section:
    """Return a section of the blocks that there are."""
    return Section(id=id_, title=title, blocks=tuple(b for b in blocks if b is not None))


def text(told: str) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(words=words(told))


def picture(make: object) -> Picture | None:
    """Return the chart that ``make`` gives; None where its figures refuse one."""
    try:
        chart = make()  # type: ignore[operator]
    except LodewireError:
        return None
    assert isinstance(chart, Chart)
    return Picture(chart=chart)


def deals_table(making: Making, deals: Iterable[DealTold]) -> ReportTable | None:
    """Return a table of deals, each with its evidence."""
    labels = load_event_types()
    rows = [
        (
            words(print_day(d.event.reported)),
            (*words(f"{labels[d.event.type].label}: "), *making.told(d.event)),
            words("; ".join(f"{role}: {told}" for role, told in d.sums)),
            words(d.event.status.value.replace("_", " ")),
        )
        for d in deals
    ]
    if not rows:
        return None
    return ReportTable(
        columns=("First told", "Deal", "Sums", "Status"),
        rows=tuple(rows),
        caption="Deals as the ledger tells them, the latest first.",
        widths=(1.1, 4.2, 1.8, 1.0),
    )


def rules_table(making: Making, rules: Iterable[RuleTold]) -> ReportTable | None:
    """Return a table of restrictions, each with its evidence."""
    rows = [
        (
            words(STANDINGS[r.standing]),
            making.told(r.event),
            words(print_day(r.since)),
            words(print_day(r.until)),
        )
        for r in rules
    ]
    if not rows:
        return None
    return ReportTable(
        columns=("Standing", "Rule", "Since", "Until"),
        rows=tuple(rows),
        caption="As texts tell them; a rule that names no product is not among a material’s. This "
        "is no legal register.",
        widths=(1.1, 4.4, 1.2, 1.2),
    )


def events_table(making: Making, events: Iterable[Event], caption: str) -> ReportTable | None:
    """Return a table of events, each with its evidence."""
    labels = load_event_types()
    rows = [
        (words(print_day(e.reported)), words(labels[e.type].label), making.told(e)) for e in events
    ]
    if not rows:
        return None
    return ReportTable(
        columns=("First told", "Kind", "What"),
        rows=tuple(rows),
        caption=caption,
        widths=(1.1, 1.5, 5.0),
    )


def print_day(day: date | None) -> str:
    """Return "28 March 2025"; a dash for none."""
    return print_dates(day, day) if day is not None else "–"


def print_figure(figure: Figure) -> str:
    """Return a source's number as it stands: "< 0.5", "withheld", "2,350 e"."""
    if figure.value is None:
        return "withheld" if figure.state == "withheld" else "–"
    sign = {"less_than": "< ", "more_than": "> "}.get(figure.state, "")
    return f"{sign}{print_number(figure.value)}{' e' if figure.estimated else ''}"


def print_part(measure: Measure | None) -> str:
    """Return a share as "24.3 %", with bounds in brackets where it is open."""
    if measure is None or measure.value is None:
        return "–"
    shown, low, high = (_percent(v) for v in (measure.value, measure.low, measure.high))
    open_ = low is not None and high is not None and low != high
    return f"{shown} ({low} to {high})" if open_ else str(shown)


def print_index(measure: Measure) -> str:
    """Return an index on the scale 0 to 1, with its bounds where they differ."""
    if measure.value is None:
        return measure.note or "not known"
    told = f"{measure.value:.2f}"
    if measure.low is None or measure.high is None:
        return told
    low, high = f"{measure.low:.2f}", f"{measure.high:.2f}"
    return told if low == high else f"{told} ({low} to {high})"


def _percent(part: Decimal | None) -> str | None:
    return None if part is None else f"{part * 100:.1f} %"
