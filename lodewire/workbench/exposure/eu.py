"""The EU's supply risk: what its study prints, and the same recomputed from its printed inputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lodewire.analytics.given import amount_of, bounds_of, missing_in, refuse, tell
from lodewire.analytics.governance import weighted_hhi
from lodewire.analytics.published_shares import hhi_of_shares
from lodewire.analytics.supply_risk import Supply, supply_risk
from lodewire.errors import MeasureError
from lodewire.model.measure import Figure, Measure
from lodewire.reference.store import FigureStore
from lodewire.workbench.exposure.stages import PROXY, Weights
from lodewire.workbench.exposure.trade import SOURCING
from lodewire.workbench.exposure.types import EuRisk, SourcingMix

_GLOBAL = ("gs", "global", "global supply", "world")
_EU = ("eu", "eus", "sourcing", "eu sourcing")
_SI_SR = ("", "SR", "SI_SR", "supply risk")


def eu_risks(
    store: FigureStore, commodity: str, *, stage: str | None, vintage: str | None
) -> Iterator[EuRisk]:
    """Yield one risk for each stage and edition of the study that prints its inputs."""
    groups: dict[tuple[str, int, str, str], dict[str, Figure]] = {}
    for measured in (
        "supply_risk",
        "economic_importance",
        "hhi_governance",
        "import_reliance",
        "recycling_input_rate",
        "substitution_index",
    ):
        for f in store.figures(stage=stage, measured=measured):
            if vintage is None or f.vintage == vintage:
                key = measured if measured != "hhi_governance" else _mix_of(f)
                if measured == "substitution_index" and f.form not in _SI_SR:
                    continue  # the other index belongs to economic importance
                groups.setdefault((f.stage, f.year, f.source, f.vintage), {})[key] = f
    for (stage_, year, source, edition), found in sorted(groups.items()):
        if "supply_risk" not in found and "global" not in found and "eu" not in found:
            continue
        subject = f"{commodity} {stage_} {year}"
        yield EuRisk(
            stage=stage_,
            year=year,
            published=_printed(found.get("supply_risk"), "eu_supply_risk", subject),
            recomputed=_recompute(found, subject, edition),
            importance=_printed(
                found.get("economic_importance"), "eu_economic_importance", subject
            ),
            source=source,
            vintage=edition,
        )


def sourcing_mixes(
    store: FigureStore,
    commodity: str,
    weights: Weights,
    *,
    country: str | None,
    stage: str | None,
    vintage: str | None,
) -> Iterator[SourcingMix]:
    """Yield how concentrated a bloc's sourcing is, plain and weighted, for each stage."""
    groups: dict[tuple[str, str, int, str, str], list[Figure]] = {}
    for f in store.figures(stage=stage, country=country, measured=SOURCING):
        if vintage is None or f.vintage == vintage:
            groups.setdefault((f.country, f.stage, f.year, f.source, f.vintage), []).append(f)
    for (bloc, stage_, year, source, edition), rows in sorted(groups.items()):
        told = store.figures(
            stage=stage_, measured="trade_parameter", country=bloc, vintage=edition
        )
        trade = {f.partner: f.value for f in told if f.partner and f.value is not None}
        subject = f"{commodity} {stage_} {year}, sourcing of {bloc}"
        # The partner supplies: in the index it takes the place that a producing country has.
        shares = [replace(f, country=f.partner, partner="") for f in rows]
        measures = [replace(hhi_of_shares(shares), subject=subject)]
        if weights.governance:
            when = ", ".join(v for v in (edition, weights.vintage) if v)
            measures.append(
                weighted_hhi(shares, weights.governance, trade, subject=subject, vintage=when)
            )
        yield SourcingMix(
            bloc=bloc,
            stage=stage_,
            year=year,
            measures=tuple(measures),
            source=source,
            vintage=edition,
            proxy=next((f.note for f in rows if f.note.startswith(PROXY)), ""),
        )


def _recompute(found: dict[str, Figure], subject: str, vintage: str) -> Measure:
    risk = found.get("supply_risk")
    supply = _variant(risk, found)
    try:
        return supply_risk(
            global_hhi=found.get("global"),
            eu_hhi=found.get("eu"),
            import_reliance=found.get("import_reliance"),
            recycling_rate=found.get("recycling_input_rate"),
            substitution_index=found.get("substitution_index"),
            supply=supply,
            subject=subject,
            vintage=vintage,
        )
    except MeasureError as error:
        return refuse(
            "eu_supply_risk",
            "eu_supply_risk_2017/1",
            found.values(),
            error.message,
            subject=subject,
            vintage=vintage,
        )


def _variant(risk: Figure | None, found: dict[str, Figure]) -> Supply:
    """The variant that the study names, else the one that its inputs allow."""
    told = " ".join((risk.form, risk.note, risk.basis)) if risk is not None else ""
    for supply in (Supply.GLOBAL, Supply.EU, Supply.BOTH):
        if supply.value.casefold() in told.casefold():
            return supply
    if "eu" not in found and "global" in found:
        return Supply.GLOBAL
    if "global" not in found and "eu" in found:
        return Supply.EU
    return Supply.BOTH


def _printed(figure: Figure | None, name: str, subject: str) -> Measure | None:
    if figure is None:
        return None
    missing = missing_in((figure,))
    if missing:
        return refuse(name, "published/1", (figure,), missing, subject=subject)
    return tell(
        name,
        "published/1",
        (figure,),
        value=amount_of(figure),
        bounds=bounds_of(figure),
        subject=subject,
    )


def _mix_of(figure: Figure) -> str:
    """Which concentration it is: the form says so, else whose supply it is."""
    for told in (figure.form.casefold(), figure.country.casefold(), figure.partner.casefold()):
        if told in _GLOBAL:
            return "global"
        if told in _EU:
            return "eu"
    return figure.form
