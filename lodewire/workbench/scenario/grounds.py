"""What a scenario is measured on beside supply and imports, and what is missing.

Every measure that the inputs bear is taken before and after; what cannot be taken is named with
what would be needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lodewire.analytics.governance import EU_SCALE
from lodewire.analytics.scenario import Probe
from lodewire.analytics.scenario.balanced import balance_probes
from lodewire.analytics.scenario.bloc import sourcing_probe, supply_risk_probe
from lodewire.analytics.scenario.owned import owner_probes
from lodewire.analytics.scenario.weighted import (
    disruption_probe,
    geopolrisk_probe,
    governance_probe,
    lists_at_home,
)
from lodewire.model.measure import Figure
from lodewire.model.scenario import Balance, RiskInputs, TradeFlow
from lodewire.ontology.units import comparable
from lodewire.reference.store import FigureStore, vintage_order
from lodewire.workbench.exposure.compute import STABILITY, governance_in, suppliers_in
from lodewire.workbench.exposure.owning import LEAST_SITES, sites_at
from lodewire.workbench.exposure.stages import trade_parameters
from lodewire.workbench.exposure.trade import SOURCING
from lodewire.workbench.scenario.balances import balance_of
from lodewire.workbench.scenario.scenario_files import Asked

BLOC = "EU"
_TONNES = "t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Probes beside the usual ones, the bloc's sourcing that they need, and what is missing."""

    probes: tuple[Probe, ...]
    sourcing: tuple[Figure, ...]
    missing: tuple[str, ...]
    sources: tuple[str, ...]


def grounds_of(asked: Asked, store: FigureStore, day: date) -> Grounds:
    """Return the grounds of a request whose figures and flows are there; owners as of ``day``."""
    found = _Grounds(asked, store, day)
    return Grounds(
        probes=tuple(found.probes()),
        sourcing=found.sourcing,
        missing=tuple(found.missing),
        sources=tuple(dict.fromkeys(found.sources)),
    )


def flows_from_shares(
    store: FigureStore, balance: Balance, commodity: str, stage: str
) -> tuple[TradeFlow, ...]:
    """Return imports by partner where only their shares are published: shares of the imports.

    The shares of the newest vintage, of the whole material or of its one form; nothing where forms
    compete. Values are not known.
    """
    rows = store.figures(
        commodity=commodity, stage=stage, country=balance.country, measured="import_share"
    )
    forms = {f.form for f in rows}
    if not rows or ("" not in forms and len(forms) > 1) or not comparable(balance.unit, _TONNES):
        return ()
    form = "" if "" in forms else forms.pop()
    last = max((vintage_order(f.vintage), f.year) for f in rows if f.form == form)
    told = [f for f in rows if f.form == form and (vintage_order(f.vintage), f.year) == last]
    return tuple(
        TradeFlow(
            importer=balance.country,
            partner=f.partner,
            commodity=commodity,
            year=balance.year,
            quantity=f.value * balance.imports / 100 if f.value is not None else None,
            unit=balance.unit,
            value=None,
            currency="USD",
            source=f"shares in {f.source} {f.vintage} ({f.basis}) of what {balance.source} tells",
            vintage=balance.vintage,
        )
        for f in told
        if f.unit == "%"
    )


class _Grounds:
    """Gathers probes, and says on the way what is missing and where inputs are from."""

    def __init__(self, asked: Asked, store: FigureStore, day: date) -> None:
        self.asked, self.store, self.day = asked, store, day
        self.commodity, self.stage = asked.scenario.commodity, asked.scenario.stage
        self.own = FigureStore(all=store.figures(commodity=self.commodity), sources=())
        self.sourcing = _sourcing(self.own, self.stage)
        self.missing: list[str] = []
        self.sources: list[str] = []

    def probes(self) -> Iterator[Probe]:
        """Yield the probes that the inputs allow."""
        yield from self._governed()
        yield from self._balanced()
        yield from self._disrupted()
        yield from self._owned()

    def _governed(self) -> Iterator[Probe]:
        risk, estimates = governance_in(self.store)
        figures = self.asked.figures
        if not risk:
            self.missing.append("what is weighed by governance (no estimates: figures fetch wgi)")
            return
        weights = {c: None if g is None else g * EU_SCALE for c, g in risk.items()}
        world = trade_parameters(self.own).get(self.stage, {})
        if figures:
            vintage = ", ".join(v for v in (figures[0].vintage, estimates) if v)
            yield governance_probe(weights, world, vintage=vintage)
            self.sources.append(f"Governance: {estimates}")
        stability, _ = governance_in(self.store, (STABILITY,))
        importer = self.asked.importer
        if importer and self.asked.flows and stability and lists_at_home(figures, importer):
            yield geopolrisk_probe(importer, stability)
        elif importer:
            self.missing.append(
                f"GeoPolRisk (needs imports, and supply in tonnes that lists {importer} by itself)"
            )
        yield from self._bloc(weights, world)

    def _bloc(
        self, weights: Mapping[str, Decimal | None], world: Mapping[str, Decimal]
    ) -> Iterator[Probe]:
        told = {
            f.partner: f.value
            for f in self.own.figures(stage=self.stage, measured="trade_parameter", country=BLOC)
            if f.partner and f.value is not None
        }
        if self.sourcing:
            first = self.sourcing[0]
            self.sources.append(
                f"Sourcing of the {BLOC}: {first.source} {first.vintage}, {first.year}"
            )
            yield sourcing_probe(BLOC, weights, told, vintage=first.vintage)
        inputs = self.asked.risk or _risk_inputs(self.own, self.stage)
        if inputs is None or not self.asked.figures:
            self.missing.append(
                f"EU supply risk (no reliance, recycling and substitution of {self.commodity} at "
                f"{self.stage}: state them with --eu)"
            )
            return
        self.sources.append(f"EU supply risk, held constant: {inputs.words}")
        yield supply_risk_probe(inputs, weights, world, told, sourced=bool(self.sourcing))

    def _balanced(self) -> Iterator[Probe]:
        importer = self.asked.importer
        if importer is None:
            return
        balance = balance_for(self.asked, self.store)
        if balance is None or not self.asked.flows:
            self.missing.append(
                f"net import reliance of {importer} (no balance of its production, imports and "
                "exports adds up: state it with --balance)"
            )
            return
        if not comparable(balance.unit, _TONNES):
            self.missing.append(f"net import reliance of {importer} (told in {balance.unit})")
            return
        self.sources.append(
            f"Balance of {importer}: {balance.source} {balance.vintage}"
            + (f", {balance.year}" if balance.year else "")
        )
        yield from balance_probes(balance)

    def _disrupted(self) -> Iterator[Probe]:
        importer = self.asked.importer
        if importer is None or not self.asked.figures:
            return
        suppliers = suppliers_in(self.store)
        if suppliers:
            yield disruption_probe(importer, suppliers)
        else:
            self.missing.append(
                "disruption potential (no indices of suppliers: own figures, measured "
                "supplier_index)"
            )

    def _owned(self) -> Iterator[Probe]:
        sites = sites_at(self.commodity, self.stage, self.day)
        if not self.asked.figures:
            return
        if len(sites) < LEAST_SITES:
            self.missing.append(f"shares of owners (fewer than {LEAST_SITES} sites are known)")
            return
        day = self.day.isoformat()
        self.sources.append(f"Owners of {len(sites)} {self.stage} sites on {day}, one each")
        yield from owner_probes(sites, self.asked.figures, self.asked.partner, day)


def balance_for(asked: Asked, store: FigureStore) -> Balance | None:
    """Return the balance that is stated, else the one that the figures at hand give."""
    if asked.balance is not None or asked.importer is None:
        return asked.balance
    return balance_of(store, asked.scenario.commodity, asked.scenario.stage, asked.importer)


def _sourcing(store: FigureStore, stage: str) -> tuple[Figure, ...]:
    rows = store.figures(stage=stage, country=BLOC, measured=SOURCING)
    if not rows:
        return ()
    last = max((vintage_order(f.vintage), f.year, f.source) for f in rows)
    return tuple(
        replace(f, form="") for f in rows if (vintage_order(f.vintage), f.year, f.source) == last
    )


def _risk_inputs(store: FigureStore, stage: str) -> RiskInputs | None:
    """Return reliance, recycling and substitution of the newest study that prints all three."""
    found: dict[tuple[object, int, str], dict[str, Decimal]] = {}
    for measured in ("import_reliance", "recycling_input_rate", "substitution_index"):
        for f in store.figures(stage=stage, measured=measured, country=BLOC):
            if f.value is not None and f.state == "reported":
                key = (vintage_order(f.vintage), f.year, f"{f.source} {f.vintage}")
                found.setdefault(key, {})[measured] = f.value
    whole = [key for key, told in found.items() if len(told) == 3]
    if not whole:
        return None
    last = max(whole)
    told = found[last]
    return RiskInputs(
        import_reliance=told["import_reliance"],
        recycling_rate=told["recycling_input_rate"],
        substitution_index=told["substitution_index"],
        vintage=last[2],
    )
