"""Everything that the figures at hand can tell about a commodity, in one call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from lodewire.analytics.disruption_potential import SupplierIndex
from lodewire.analytics.governance import EU_SCALE, normalise_wgi
from lodewire.errors import MeasureError
from lodewire.ontology.commodities import ancestors_of, load_commodities, members_of
from lodewire.ontology.countries import country_of_iso3, load_countries
from lodewire.reference.store import FigureStore, packaged, vintage_order
from lodewire.workbench.exposure.eu import eu_risks, sourcing_mixes
from lodewire.workbench.exposure.gaps import Asked, Known, gaps_of
from lodewire.workbench.exposure.importing import importer_risks
from lodewire.workbench.exposure.owning import owners_of_sites
from lodewire.workbench.exposure.stages import (
    STAGE_ORDER,
    Weights,
    stage_exposures,
    tables_of,
    trade_parameters,
)
from lodewire.workbench.exposure.trade import dependences, import_sources, reliances
from lodewire.workbench.exposure.types import Exposure

MEAN_OF_SIX = "mean of six dimensions"
STABILITY = "political stability"
"""Forms of governance estimates: the EU weighs by the mean of all six, GeoPolRisk by one."""


def exposure_of(
    commodity: str,
    country: str | None = None,
    partner: str | None = None,
    *,
    stage: str | None = None,
    year: int | None = None,
    vintage: str | None = None,
    day: date | None = None,
    store: FigureStore | None = None,
) -> Exposure:
    """Return every measure of one commodity that the figures bear (see ``types.Exposure``).

    ``commodity``: an id or name of the ontology. ``store``: figures at hand, by default the
    package's own. Raises MeasureError when commodity or country is unknown.
    """
    asked = Asked(
        country=find_country(country),
        partner=find_country(partner),
        stage=find_stage(stage),
        year=year,
        vintage=vintage,
        day=day,
    )
    figures = store or packaged()
    return _compute(find_commodity(commodity), asked, _shared(figures))


def exposures(asked: Asked | None = None, store: FigureStore | None = None) -> Iterator[Exposure]:
    """Yield the exposure of every commodity that has supply by country or a reliance, by id."""
    figures = store or packaged()
    known = load_commodities()
    named: set[str] = set()
    for measured in ("production", "share", "net_import_reliance", "supply_risk"):
        named.update(figures.commodities(measured))
    shared = _shared(figures)
    for commodity in sorted(named & set(known)):
        yield _compute(commodity, asked or Asked(), shared)


def find_commodity(name: str) -> str:
    """Return the id of a commodity by id, name, alias or form; raises MeasureError."""
    known = load_commodities()
    plain = name.strip().casefold()
    if plain in known:
        return plain
    for commodity in known.values():
        surfaces = (*(a.text for a in commodity.surfaces), commodity.symbol or "")
        if plain in (s.casefold() for s in surfaces if s):
            return commodity.id
    near = get_close_matches(plain, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else "docs/reference/ontology.md lists them all"
    raise MeasureError(f"no commodity goes by {name!r}", hint=hint)


def find_country(name: str | None) -> str | None:
    """Return the code of a country by code or name; raises MeasureError when unknown."""
    if name is None:
        return None
    known = load_countries()
    code = name.strip().upper()
    code = country_of_iso3().get(code, code)
    if code in known:
        return code
    plain = name.strip().casefold()
    for country in known.values():
        if plain in (country.name.casefold(), *(a.text.casefold() for a in country.aliases)):
            return country.id
    raise MeasureError(f"no country goes by {name!r}", hint="Write its ISO code, such as JP")


def find_stage(name: str | None) -> str | None:
    """Return a stage of the vocabulary; raises MeasureError when it is none."""
    if name is None or name in STAGE_ORDER:
        return name
    near = get_close_matches(name, STAGE_ORDER, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Stages are {', '.join(STAGE_ORDER)}"
    raise MeasureError(f"no stage goes by {name!r}", hint=hint)


def governance_in(
    store: FigureStore, forms: tuple[str, ...] = (MEAN_OF_SIX, STABILITY, "")
) -> tuple[Mapping[str, Decimal | None], str]:
    """Return country -> governance risk 0..1, and which estimates it is made of.

    ``forms``: the indicators that will do, the first that is at hand; two are never mixed. The last
    year of the newest vintage counts. None where an estimate is not available, no entry where the
    source does not name the country. Empty when nothing is loaded.
    """
    figures = [f for f in store.figures(measured="governance") if f.commodity == ""]
    form = next((w for w in forms if any(f.form == w for f in figures)), None)
    figures = [f for f in figures if f.form == form]
    if not figures:
        return {}, ""
    last = max((vintage_order(f.vintage), f.year) for f in figures)
    newest = [f for f in figures if (vintage_order(f.vintage), f.year) == last]
    first = newest[0]
    named = " ".join(w for w in (first.source, first.vintage, first.form, str(first.year)) if w)
    return {f.country: normalise_wgi(f.value) for f in newest}, named


def suppliers_in(store: FigureStore) -> Mapping[str, SupplierIndex]:
    """Return how unable and unwilling countries are to supply (0..1), of the newest vintage.

    Empty where nothing of the kind was loaded: no such index is shipped.
    """
    found: dict[str, dict[str, Decimal | None]] = {}
    for f in store.newest(measured="supplier_index"):
        found.setdefault(f.country, {})[f.form] = f.value
    return {
        country: SupplierIndex(ability=told.get("ability"), willingness=told.get("willingness"))
        for country, told in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every commodity draws on, looked up once."""

    store: FigureStore
    governance: Mapping[str, Decimal | None]  # on the EU's scale 0..10
    estimates: str
    stability: Mapping[str, Decimal | None]  # 0..1, as GeoPolRisk takes it
    suppliers: Mapping[str, SupplierIndex]
    produced: frozenset[str]


def _shared(store: FigureStore) -> _Shared:
    mean, estimates = governance_in(store)
    governance = {c: None if g is None else g * EU_SCALE for c, g in mean.items()}
    stability, _ = governance_in(store, (STABILITY,))
    produced = frozenset((*store.commodities("production"), *store.commodities("share")))
    return _Shared(store, governance, estimates, stability, suppliers_in(store), produced)


def _compute(commodity: str, asked: Asked, shared: _Shared) -> Exposure:
    governance, estimates = shared.governance, shared.estimates
    store = FigureStore(all=shared.store.figures(commodity=commodity), sources=())
    tables = tables_of(store, asked.stage)
    stages = tuple(
        stage_exposures(
            tables,
            country=asked.country,
            partner=asked.partner,
            year=asked.year,
            vintage=asked.vintage,
            governance=governance,
            trade=trade_parameters(store),
            inputs_vintage=estimates,
        )
    )
    relied = tuple(
        reliances(
            store,
            commodity,
            country=asked.country,
            stage=asked.stage,
            year=asked.year,
            vintage=asked.vintage,
        )
    )
    sources = import_sources(
        store, commodity, country=asked.country, stage=asked.stage, vintage=asked.vintage
    )
    depends = (
        tuple(
            dependences(
                store,
                commodity,
                country=asked.country,
                partner=asked.partner,
                stage=asked.stage,
                year=asked.year,
                vintage=asked.vintage,
                reliance=relied,
                sources=sources,
            )
        )
        if asked.country and asked.partner
        else ()
    )
    owners = (
        tuple(owners_of_sites(commodity, asked.day, stage=asked.stage, partner=asked.partner))
        if asked.day is not None
        else ()
    )
    found = Exposure(
        commodity=commodity,
        name=load_commodities()[commodity].name,
        country=asked.country,
        partner=asked.partner,
        stages=stages,
        reliance=relied,
        sources=sources,
        dependence=depends,
        sourcing=tuple(
            sourcing_mixes(
                store,
                commodity,
                Weights(governance, {}, estimates),
                country=asked.country,
                stage=asked.stage,
                vintage=asked.vintage,
            )
        ),
        eu=tuple(eu_risks(store, commodity, stage=asked.stage, vintage=asked.vintage)),
        owners=owners,
        risks=tuple(
            importer_risks(
                store,
                stages,
                relied,
                country=asked.country,
                stability=shared.stability,
                suppliers=shared.suppliers,
            )
        )
        if asked.country
        else (),
        proxies=()
        if any(not s.table.proxy for s in stages)
        else _proxies(commodity, shared.produced),
        cannot=(),
    )
    known = Known(
        stages=frozenset(t.stage for t in tables),
        governed=bool(governance),
        family=_traded_family(commodity, asked, shared.store),
    )
    return replace(found, cannot=tuple(gaps_of(found, asked, known)))


def _traded_family(commodity: str, asked: Asked, store: FigureStore) -> tuple[str, ...]:
    """The groups and members of a commodity whose imports by partner are at hand."""
    if asked.country is None or asked.partner is None:
        return ()
    family = dict.fromkeys((*ancestors_of(commodity), *members_of(commodity)))
    return tuple(
        c
        for c in family
        if any(
            f.partner
            for measured in ("imports", "import_share")
            for f in store.figures(commodity=c, country=asked.country, measured=measured)
        )
    )


def _proxies(commodity: str, produced: frozenset[str]) -> tuple[str, ...]:
    """The groups above it, then its members, that do have supply by country."""
    family = (*ancestors_of(commodity), *members_of(commodity))
    return tuple(dict.fromkeys(c for c in family if c in produced))
