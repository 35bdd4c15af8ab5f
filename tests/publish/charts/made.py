"""One chart of each kind; ``word`` stands wherever words of others can stand in a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from lodewire.publish.charts.activity import activity_chart
from lodewire.publish.charts.chart import Caption, Chart
from lodewire.publish.charts.concentration import concentration_chart
from lodewire.publish.charts.deals_map import deals_map
from lodewire.publish.charts.dependence import dependence_chart
from lodewire.publish.charts.fan import fan_chart
from lodewire.publish.charts.inputs import (
    ActivityGroup,
    CostStep,
    DealLink,
    DealPlace,
    FanStep,
    Flow,
    IndexPoint,
    MarkedEvent,
    SeasonMonth,
    SeriesPoint,
    SupplyBar,
    SupplyStage,
    Swing,
)
from lodewire.publish.charts.price import price_chart
from lodewire.publish.charts.season import season_chart
from lodewire.publish.charts.supply import supply_chart
from lodewire.publish.charts.tornado import tornado_chart
from lodewire.publish.charts.waterfall import waterfall_chart

D = Decimal
CAPTION = Caption(source="Test Survey", vintage="TS2026", method="share/1", note="a test")

#: What others might write to break a picture, a page or an expression.
HOSTILE = (
    "\"]} + alert(1) // '",
    "</text></svg><script>alert(1)</script>",
    "</script><script>document.body.innerHTML=''</script>",
    "<!-- &amp; ]]> <img src=x onerror=alert(1)>",
    "datum['x'] || event.view.alert(1)",
    '{"signal": "alert(1)"}',
    "{{ 7*7 }} ${7*7} %s",
    "javascript:alert(1)",
    "\u202egnp.exe \x1b[31m\r\nnew line\x00\ufffe",
    "\ud800 lone",
    "中文标题 عنوان ‏ 🏭 ﷽",
    "very long " * 60,
    "if",
    "toString",
    "",
)


def caption(word: str) -> Caption:
    """A caption with the word in it."""
    return Caption(source=f"Test Survey {word}", vintage="TS2026", method="share/1", note=word)


def supply(word: str = "Copper") -> Chart:
    bars = [
        SupplyBar(country=f"{word} A", value=D(5300), share=D("0.53")),
        SupplyBar(country=f"{word} B", value=D(4000), share=D("0.4")),
        SupplyBar(country=f"{word} B", value=D(20), state="less_than"),
        SupplyBar(country="United States", value=None, state="withheld"),
    ]
    bars += [SupplyBar(country=f"Small {at}", value=D(60 - at)) for at in range(12)]
    stage = SupplyStage(
        stage=f"Mine output {word}",
        year=2024,
        unit="kt",
        basis=word,
        bars=tuple(bars),
        rest=SupplyBar(country="Other countries", value=D(700), share=D("0.07")),
        remark="HHI 0.44",
    )
    return supply_chart(word, [stage], caption(word))


def concentration(word: str = "Copper") -> Chart:
    points = [
        IndexPoint(year=2022, vintage="TS2024", value=D("0.51"), low=D("0.51"), high=D("0.53")),
        IndexPoint(year=2023, vintage="TS2024", value=D("0.48"), low=D("0.48"), high=D("0.48")),
        IndexPoint(year=2023, vintage=f"TS2026 {word}", value=D("0.49")),
        IndexPoint(year=2024, vintage=f"TS2026 {word}", value=None, note=word),
    ]
    bands = ((D("0.18"), "highly concentrated above 0.18"),)
    return concentration_chart(word, points, caption(word), bands=bands)


def dependence(word: str = "Copper") -> Chart:
    flows = [
        Flow(origin="Chile", target=f"mined {word}", value=D("0.6")),
        Flow(origin=f"Peru {word}", target=f"mined {word}", value=D("0.4"), note=word),
        Flow(origin=f"mined {word}", target="China", value=D("0.7")),
        Flow(origin=f"mined {word}", target=f"Japan {word}", value=D("0.3")),
    ]
    return dependence_chart(word, flows, "1", caption(word), heads=("mined in", word, "refined in"))


def waterfall(word: str = "Aluminium") -> Chart:
    steps = [
        CostStep(label="Price", before=D(2850), after=D(2850)),
        CostStep(label=word, before=D("120.5"), after=D("120.5")),
        CostStep(label=f"Duty {word}", before=D("712.5"), after=D(1425)),
        CostStep(label="Relief", before=D(-50)),
        CostStep(label="Landed cost", before=D(3633), after=D("4395.5"), total=True),
    ]
    return waterfall_chart(word, steps, "USD/t", caption(word), states=("25 %", f"50 % {word}"))


def tornado(word: str = "Dysprosium") -> Chart:
    swings = [
        Swing(label=f"Tonnage {word}", low=D("0.31"), high=D("0.55"), low_input=word),
        Swing(label=word, low=D("0.50"), high=D("0.56"), low_input="10 %", high_input="60 %"),
        Swing(label="Recycling", low=D("0.50"), high=D("0.51")),
    ]
    return tornado_chart(word, D("0.52"), swings, "index", caption(word))


def months(count: int = 40) -> list[SeriesPoint]:
    """Months from January 2022 on, one of them missing."""
    found = []
    for at in range(count):
        value = None if at == 7 else D(9000 + (at * 37) % 400)
        found.append(SeriesPoint(period=f"{2022 + at // 12}-{at % 12 + 1:02}", value=value))
    return found


def price(word: str = "Copper") -> Chart:
    events = [
        MarkedEvent(day=date(2022, 3, 8), title=f"LME halts trading {word}"),
        MarkedEvent(day=date(2022, 3, 9), title=word),
        MarkedEvent(day=date(2024, 1, 9), title=word),
        MarkedEvent(day=date(1999, 1, 9), title="Too early"),
    ]
    return price_chart(
        word,
        months(),
        "USD/t",
        caption(word),
        events=events,
        average=months()[11:],
        average_name=word,
    )


def season(word: str = "Natural gas") -> Chart:
    told = [
        SeasonMonth(
            month=m,
            median=1 + D(x) / 100,
            low=1 + D(x - 4) / 100,
            high=1 + D(x + 5) / 100,
            years=25,
            latest=1 + D(x + 8) / 100 if m < 8 else None,
        )
        for m, x in enumerate([6, 3, -1, -4, -5, -3, -2, -3, -4, 0, 4, 8], 1)
    ]
    return season_chart(word, told, caption(word))


def forecast(word: str = "Copper") -> Chart:
    steps = [
        FanStep(
            period=f"2025-{m:02}",
            value=D(9100 + m * 12),
            intervals=(
                (D("0.8"), D(9000 - m * 60), D(9300 + m * 80)),
                (D("0.95"), D(8900 - m * 90), D(9400 + m * 120)),
            ),
            naive=D(9050),
        )
        for m in range(5, 11)
    ]
    return fan_chart(
        word, months(), steps, "USD/t", caption(word), model=word, judged=f"No better. {word}"
    )


def activity(word: str = "Mining") -> Chart:
    periods = [f"2025-{m:02}" for m in range(1, 13)]
    groups = [
        ActivityGroup(name=word, counts=tuple(range(12))),
        ActivityGroup(name=f"{word} 2", counts=(0,) * 11 + (4,)),
    ]
    return activity_chart(word, periods, groups, caption(word))


def world_map(word: str = "Deals") -> Chart:
    places = [
        DealPlace(country="NA", name=f"Namibia {word}", count=7, examples=(word,)),
        DealPlace(country="AU", name="Australia", count=20),
        DealPlace(country="DE", name="Germany", count=1),
        DealPlace(country="EU", name=f"European Union {word}", count=2),
    ]
    links = [DealLink(origin="JP", target="NA", count=2)]
    return deals_map(word, places, caption(word), links=links)


MAKERS: Mapping[str, Callable[[str], Chart]] = {
    "supply": supply,
    "concentration": concentration,
    "dependence": dependence,
    "waterfall": waterfall,
    "tornado": tornado,
    "price": price,
    "season": season,
    "forecast": forecast,
    "activity": activity,
    "map": world_map,
}
