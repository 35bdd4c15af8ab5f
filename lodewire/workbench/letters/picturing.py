"""Charts of a letter: who supplies what its weightiest events are about, as pictures inside it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lodewire.config.newsletter import NewsletterChoice
from lodewire.delivery.messages import Picture
from lodewire.errors import MeasureError, PublishError
from lodewire.ledger.store import Ledger
from lodewire.model.brief import Brief
from lodewire.model.ids import EventId, content_id
from lodewire.publish.charts.chart import Chart
from lodewire.publish.charts.render import render_png
from lodewire.publish.mail import Illustration
from lodewire.reference.store import FigureStore
from lodewire.workbench.briefing.context import commodities_of
from lodewire.workbench.market.charting import supply_of

#: Pixels from edge to edge of a chart in a mail: its words can still be read on a phone.
WIDE = 480
_SCALES = (2.0, 1.5, 1.0)
_LOOKED_AT = 10  # entries, the weightiest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart with its picture, and how wide it is shown, in pixels."""

    chart: Chart
    picture: Picture
    wide: int


@dataclass(slots=True, kw_only=True)
class Illustrator:
    """Draws charts once for all letters of a campaign; ``domain`` names their parts."""

    ledger: Ledger
    figures: Callable[[], FigureStore]
    choice: NewsletterChoice
    domain: str
    _drawn: dict[str, Drawn | None] = field(default_factory=dict)
    _of: dict[EventId, tuple[str, ...]] = field(default_factory=dict)

    def illustrate(self, brief: Brief) -> dict[EventId, tuple[Illustration, Picture]]:
        """Return the charts of a letter by the event that each stands at: no two of a commodity.

        At most ``charts`` of [newsletter], and within ``chart_kb`` altogether.
        """
        found: dict[EventId, tuple[Illustration, Picture]] = {}
        room, told = self.choice.chart_kb * 1000, set()
        for event, commodity in self._wanted(brief):
            if len(found) >= self.choice.charts:
                break
            if event in found or commodity in told:
                continue
            drawn = self._draw(commodity)
            if drawn is None or len(drawn.picture.body) > room:
                continue
            told.add(commodity)
            room -= len(drawn.picture.body)
            found[event] = _illustration(drawn), drawn.picture
        return found

    def _wanted(self, brief: Brief) -> Iterator[tuple[EventId, str]]:
        """The commodities of the weightiest events that have figures."""
        if not self.choice.charts:
            return
        entries = [e for s in brief.sections for e in s.entries]
        entries.sort(key=lambda e: (-e.importance, e.event_id))
        ids = [e.event_id for e in entries[:_LOOKED_AT]]
        missing = [id_ for id_ in ids if id_ not in self._of]
        known = {e.id: e for e in self.ledger.events.get_all(missing)}
        for id_ in missing:
            event = known.get(id_)
            self._of[id_] = () if event is None else tuple(dict.fromkeys(commodities_of(event)))
        for id_ in ids:
            for commodity in self._of[id_]:
                yield id_, commodity

    def _draw(self, commodity: str) -> Drawn | None:
        if commodity not in self._drawn:
            try:
                chart = supply_of(commodity, store=self.figures(), wide=WIDE)
                self._drawn[commodity] = self._pictured(chart, commodity)
            except (MeasureError, PublishError):  # no figures, or no library that draws
                self._drawn[commodity] = None
        return self._drawn[commodity]

    def _pictured(self, chart: Chart, commodity: str) -> Drawn | None:
        """As sharp as fits into the limit of a letter; None where nothing does."""
        for scale in _SCALES:
            body = render_png(chart, scale)
            if len(body) <= self.choice.chart_kb * 1000:
                (wide,) = struct.unpack(">I", body[16:20])
                cid = f"{content_id('ch', body)}@{self.domain}"
                picture = Picture(cid=cid, name=f"supply-{commodity}.png", body=body)
                return Drawn(chart=chart, picture=picture, wide=round(wide / scale))
        return None


def _illustration(drawn: Drawn) -> Illustration:
    return Illustration(
        cid=drawn.picture.cid,
        title=drawn.chart.title,
        alt=drawn.chart.alt,
        caption=drawn.chart.caption.text(),
        wide=drawn.wide,
    )
