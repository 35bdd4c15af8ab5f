"""From texts to what they do: own exposure, promises, collisions and forecasts over one ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.analytics.holdings import read_own_table
from lodewire.config.desk import DeskConfig
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.collision import CollisionVerdict
from lodewire.model.forecast import ForecastState
from lodewire.model.promise import PromiseStage
from lodewire.pipeline.reading import extract_step, read_step, story_step
from lodewire.pipeline.workers import InlineExecutor
from lodewire.workbench.colliding import collisions_in
from lodewire.workbench.market.forecasting import forecasts_in
from lodewire.workbench.own.own_exposure import own_events, view_on
from lodewire.workbench.promising import promises_in
from lodewire.workbench.resolving import resolve_step
from tests.pipeline.pages import NOW, page

HERE = InlineExecutor()
TODAY = NOW.date()
#: Days before NOW, and what a page of that day said.
TEXTS = (
    (
        500,
        "China's Ministry of Commerce imposed export licensing on dysprosium, terbium and samarium "
        "on 4 April 2024. Exporters of dysprosium oxide must apply for a licence from that day, "
        "the ministry said.",
    ),
    (
        400,
        "Namibia Critical Metals said on Tuesday it had signed an agreement with Japan's JOGMEC to "
        "explore for dysprosium at the Lofdal project in Namibia. The Japanese agency will provide "
        "C$20 million.",
    ),
    (
        300,
        "JOGMEC has approved a further C$5 million to fund Namibia Critical Metals at the Lofdal "
        "rare earths project in Namibia, the company said on Monday.",
    ),
    (
        200,
        "Namibia's government has granted a mining licence to Namibia Critical Metals for its "
        "Lofdal heavy rare earths project in Namibia, the ministry of mines said.",
    ),
    (
        30,
        "Namibia Critical Metals has started production at its Lofdal rare earths mine in Namibia, "
        "the company said on Wednesday.",
    ),
    (
        60,
        "Shenghe Resources of China agreed to supply Toyota of Japan with 500 tonnes of dysprosium "
        "oxide a year for five years, the companies said on Thursday.",
    ),
    (
        5,
        "Codelco has halted its Chuquicamata smelter in Chile after an accident, the copper miner "
        "said on Friday. The smelter makes 320,000 tonnes of copper anode a year.",
    ),
    (
        390,
        "Goldman Sachs expects copper to average $9,000 a tonne in the second quarter of 2024, the "
        "bank said in a note on Monday.",
    ),
    (350, "Codelco expects to produce 1.325 million tonnes of copper in 2024, the miner said."),
    (
        40,
        "Codelco produced 1.328 million tonnes of copper in 2024, the Chilean state miner reported "
        "on Friday.",
    ),
)
TABLE = (
    b"Material,Quantity,Unit,Supplier,Country of origin,Share\n"
    b"Dysprosium oxide,12,t,,China,80%\nCopper cathode,250,t,Codelco,Chile,\n"
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger that has read the texts; tests do not change it."""
    place = tmp_path_factory.mktemp("exposed") / "desk.db"
    with open_ledger(place, create=True) as opened:
        for number, (days, text) in enumerate(TEXTS):
            opened.captures.add(page(text, number=number, source=f"s{number}", days=days))
        read_step(opened, HERE, now=NOW)
        story_step(opened, HERE, now=NOW)
        extract_step(opened, HERE, gate=0.1, now=NOW)
        resolve_step(opened)
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> DeskConfig:
    """A desk with nothing chosen."""
    return DeskConfig(root=tmp_path)


def test_the_reason_of_the_licence_rule_is_one_line(ledger: Ledger, desk: DeskConfig) -> None:
    own = view_on(desk, ledger, read_own_table(TABLE), TODAY)
    found = {event.type.value: score for event, score in own_events(ledger, own)}
    assert found["export_restriction"].reason == (
        "you buy 12 t of dysprosium oxide, 80 % from China; "
        "China's licence rule will cover it from 2024-04-04"
    )
    outage = found["disruption"].reason
    assert outage.startswith(
        "you buy 250 t of copper cathode, 100 % from Chile; output at Chuquicamata"
    )
    assert outage.endswith("your supplier Codelco is named")
    since = own_events(ledger, own, since=TODAY - timedelta(days=10))
    assert {event.type.value for event, _ in since} <= {"disruption", "production_report"}


def test_the_supply_deal_meets_chinas_rule_as_far_as_texts_tell(
    ledger: Ledger, desk: DeskConfig
) -> None:
    found = collisions_in(ledger, desk, since=None, until=None, today=TODAY)
    deals = {found.events[f.deal_id].type.value: f for f in found.findings}
    supply = deals["supply_agreement"]
    assert supply.verdict is CollisionVerdict.POSSIBLE
    (collision,) = supply.collisions
    assert str(collision.rule.since) == "2024-04-04"
    assert "Shenghe Resources sits in China" in collision.open_points[0]
    assert (collision.deal_words, collision.rule_words) == ("dysprosium oxide",) * 2
    assert "imposed export licensing" in found.sentences[collision.rule.event_id]
    lofdal = deals["exploration_agreement"]
    assert lofdal.verdict is CollisionVerdict.NOT_COVERED
    assert "Namibia" in lofdal.why


def test_lofdal_is_followed_from_agreement_to_production(ledger: Ledger, desk: DeskConfig) -> None:
    told = promises_in(ledger, desk, today=TODAY, country="JP", partner="NA")
    (lofdal,) = [p for p in told.promises if p.type == "exploration_agreement"]
    stages = list(dict.fromkeys(s.stage for s in lofdal.steps))
    assert stages == [
        PromiseStage.AGREED,
        PromiseStage.FINANCED,
        PromiseStage.PERMITTED,
        PromiseStage.PRODUCING,
    ]
    later = [s for s in lofdal.steps if s.event_id != lofdal.event_id]
    assert {s.link for s in later} == {"same site: Lofdal"}
    assert [(a.low, a.unit) for a in lofdal.came if a.unit == "CAD"] == [(5_000_000, "CAD")], (
        "what is to be provided is the promise itself"
    )
    assert not lofdal.silent
    early = promises_in(ledger, desk, today=TODAY - timedelta(days=250), partner="NA")
    stage = next(p.stage for p in early.promises if p.type == "exploration_agreement")
    assert stage is PromiseStage.FINANCED, "what came later is not known then"


def test_a_price_forecast_and_guidance_are_scored(ledger: Ledger) -> None:
    scores = {s.forecaster: s for s in forecasts_in(ledger, as_of=TODAY).scores}
    goldman = scores["Goldman Sachs"]
    assert goldman.state is ForecastState.SCORED
    assert goldman.series == "imf-copper"
    assert goldman.error is not None
    assert goldman.naive_error is not None
    assert goldman.direction is True
    guided = scores["Codelco"]
    assert (guided.actual, guided.error) == (Decimal(1_328_000), Decimal("0.23"))
