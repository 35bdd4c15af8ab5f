"""Draw the pictures of docs/guides/charts.md: ``python -m docs.pictures``.

From the package's tables and the sample newsroom alone, so that they can be drawn anew.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from lodewire.analytics.trends.activity import By, Every
from lodewire.config.desk import load_desk
from lodewire.ledger import open_ledger
from lodewire.pipeline.sample import run_sample
from lodewire.publish.charts.chart import Caption, Chart
from lodewire.publish.charts.inputs import CostStep, Swing
from lodewire.publish.charts.render import render_png
from lodewire.publish.charts.tornado import tornado_chart
from lodewire.publish.charts.waterfall import waterfall_chart
from lodewire.workbench.market.charting import (
    activity_picture,
    concentration_of,
    dependence_of,
    supply_of,
)
from lodewire.workbench.market.deal_charts import deals_picture
from lodewire.workbench.market.price_charts import forecast_picture, price_picture, season_picture

FOLDER = Path(__file__).parent / "pictures"
D = Decimal


def main() -> None:
    """Draw each picture as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        for name, chart in charts(Path(folder) / "desk"):
            file = FOLDER / f"chart-{name}.png"
            file.write_bytes(render_png(chart, scale=1.4))
            print(f"docs/pictures/{file.name}: {file.stat().st_size / 1024:.0f} kB")


def charts(desk: Path) -> Iterator[tuple[str, Chart]]:
    """Yield a chart of each kind."""
    yield "supply", supply_of("cobalt")
    yield "concentration", concentration_of("rare-earths")
    yield "dependence", dependence_of("copper")
    yield "waterfall", waterfall()
    yield "tornado", tornado()
    yield "season", season_picture("imf-gas-henry-hub")
    yield "forecast", forecast_picture("copper", 6, model="theta/1")
    run_sample(desk, workers=1)
    with open_ledger(load_desk(desk).ledger_place) as ledger:
        yield "price", price_picture("aluminium", ledger=ledger, since="2018-01")
        yield (
            "activity",
            activity_picture(ledger, by=By.DESK, since=date(2025, 3, 1), every=Every.DAY),
        )
        yield "map", deals_picture(ledger)


def waterfall() -> Chart:
    """The published example: LME 2,850, a premium paid before duty, the duty of 25 and of 50 %."""
    steps = [
        CostStep(label="LME cash price", before=D(2850), after=D(2850)),
        CostStep(label="Duty of 25 %, then 50 %, on it", before=D("712.5"), after=D(1425)),
        CostStep(label="Landed cost", before=D("3562.5"), after=D(4275), total=True),
    ]
    caption = Caption(
        source="a worked example at a price of US$2,850 a tonne",
        vintage="duties of 12 March and 4 June 2025",
        method="duty ad valorem on the exchange price",
        note="without freight, insurance and premium",
    )
    return waterfall_chart(
        "Aluminium into the United States",
        steps,
        "USD/t",
        caption,
        states=("25 % (12 March 2025)", "50 % (4 June 2025)"),
    )


def tornado() -> Chart:
    """An invented scenario, and it says so."""
    swings = [
        Swing(
            label="Tonnage of the new mine",
            low=D("0.44"),
            high=D("0.31"),
            low_input="500 t",
            high_input="2,500 t",
        ),
        Swing(
            label="Leakage of the ban",
            low=D("0.41"),
            high=D("0.36"),
            low_input="0 %",
            high_input="30 %",
        ),
        Swing(
            label="Recycling",
            low=D("0.39"),
            high=D("0.375"),
            low_input="0 %",
            high_input="4 %",
        ),
    ]
    caption = Caption(
        source="SAMPLE, invented inputs", vintage="none", method="one input at a time, as given"
    )
    return tornado_chart(
        "SAMPLE: share of the largest supplier", D("0.38"), swings, "index", caption
    )


if __name__ == "__main__":
    main()
