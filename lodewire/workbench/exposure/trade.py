"""Reliance, import sources and dependence on a partner, out of the figures of one commodity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from lodewire.analytics.dependence import (
    dependence,
    of_consumption,
    published_import_share,
    share_beyond_listed,
)
from lodewire.analytics.reliance import published_reliance, reliance_variants
from lodewire.model.measure import OTHER, Figure, Measure
from lodewire.reference.store import FigureStore, vintage_order
from lodewire.workbench.exposure.codes import codes_together, statistic_of
from lodewire.workbench.exposure.types import ImportSource, PartnerDependence, Reading, Reliance

SOURCING = "sourcing_share"  # of all that a bloc uses, what it makes itself included
_WHOLE = ("", "total", "all", "all forms")
_MONEY = ("USD", "EUR", "JPY", "CNY", "GBP")


def reliances(
    store: FigureStore,
    commodity: str,
    *,
    country: str | None,
    stage: str | None,
    year: int | None,
    vintage: str | None,
) -> Iterator[Reliance]:
    """Yield the published net import reliance of each country, stage and form.

    The last year that is no estimate, of its newest vintage; what other vintages and sources say of
    the same year stands beside it, and so does the last estimate.
    """
    groups: dict[tuple[str, str, str], list[Figure]] = {}
    told = (
        f
        for measured in ("net_import_reliance", "import_reliance")
        for f in store.figures(stage=stage, country=country, measured=measured)
    )
    for f in told:
        groups.setdefault((f.country, f.stage, _form(f)), []).append(f)
    for (where, stage_, form), figures in sorted(groups.items()):
        fit = [
            f
            for f in figures
            if (year is None or f.year == year) and (vintage is None or f.vintage == vintage)
        ]
        if not fit:
            continue
        shown = max(
            fit, key=lambda f: (_told(f), not f.estimated, f.year, vintage_order(f.vintage))
        )
        subject = f"{commodity} {stage_} {form} {shown.year}".replace("  ", " ")
        others = (
            f
            for f in figures
            if f is not shown and (f.year == shown.year or (year is None and f.year > shown.year))
        )
        yield Reliance(
            country=where,
            stage=stage_,
            form=form,
            year=shown.year,
            published=published_reliance(shown, subject=subject),
            source=shown.source,
            vintage=shown.vintage,
            note=shown.note,
            others=tuple(_readings(others, subject)),
            recomputed=tuple(_recomputed(store, shown, subject)),
        )


def _recomputed(store: FigureStore, shown: Figure, subject: str) -> Iterator[Reading]:
    """Yield the reliance from consumption and production, each table that has both."""
    used, made = (
        store.figures(measured=measured, country=shown.country, stage=shown.stage, year=shown.year)
        for measured in ("apparent_consumption", "production")
    )
    for consumed in used:
        same = [f for f in made if (f.source, f.vintage) == (consumed.source, consumed.vintage)]
        first = [f for f in same if f.form == "primary"]
        second = [f for f in same if f.form == "secondary"]
        if _form(consumed) != _form(shown) or not first or not second:
            continue
        variants = reliance_variants(
            consumed,
            primary=first,
            secondary=second,
            subject=subject,
            vintage=consumed.vintage,
            digits=2 if consumed.estimated else 3,
        )
        if variants[0].value is None:
            continue  # a part alone would pass the withheld rest over in silence
        told: set[Decimal | None] = {None}
        for measure in variants:
            if measure.value not in told:  # without primary output two variants are one
                told.add(measure.value)
                yield Reading(
                    what=_MADE[measure.name],
                    year=shown.year,
                    source=consumed.source,
                    vintage=consumed.vintage,
                    measure=measure,
                )


_MADE = {
    "net_import_reliance_total": "1 - (primary + secondary) / consumption",
    "net_import_reliance_secondary": "1 - secondary / consumption",
    "net_import_reliance_primary": "1 - primary / consumption",
}


def import_sources(
    store: FigureStore,
    commodity: str,
    *,
    country: str | None,
    stage: str | None,
    vintage: str | None,
) -> tuple[ImportSource, ...]:
    """Return where imports come from, the largest first: shares where published, else ranks.

    A bloc's sourcing (the EU's) counts its own members among the partners.
    """

    def told(measured: str) -> list[Figure]:
        found = store.figures(stage=stage, country=country, measured=measured)
        return _newest(f for f in found if vintage is None or f.vintage == vintage)

    shares, ranks = [*told("import_share"), *told(SOURCING)], told("import_rank")
    known = {(f.country, f.stage, f.form) for f in shares}
    ranks = [f for f in ranks if (f.country, f.stage, f.form) not in known]
    found = [
        ImportSource(
            country=f.country,
            partner=f.partner,
            stage=f.stage,
            form=f.form,
            year=f.year,
            share=published_import_share(f, subject=f"{commodity} {f.stage} {f.year}")
            if f.measured != "import_rank"
            else None,
            rank=int(f.value) if f.measured == "import_rank" and f.value is not None else None,
            basis=_basis(f),
            source=f.source,
            vintage=f.vintage,
        )
        for f in (*shares, *ranks)
    ]
    found.sort(key=_place)
    return tuple(found)


def dependences(
    store: FigureStore,
    commodity: str,
    *,
    country: str,
    partner: str,
    stage: str | None,
    year: int | None,
    vintage: str | None,
    reliance: Iterable[Reliance],
    sources: Iterable[ImportSource],
) -> Iterator[PartnerDependence]:
    """Yield how far ``country`` depends on ``partner``, for each stage and form that is told.

    Flows by partner give the share by quantity and by value; a published import share gives one of
    the two; with net import reliance it becomes a part of what is used. A rank alone gives none.
    """
    relied = list(reliance)
    yield from _of_flows(store, commodity, country, partner, stage, year, vintage, relied)
    listed = [s for s in sources if s.country == country]
    yield from _not_listed(listed, commodity, country, partner, relied)
    for source in listed:
        if source.partner != partner:
            continue
        if source.share is None:
            yield PartnerDependence(
                country=country,
                partner=partner,
                stage=source.stage,
                form=source.form,
                year=source.year,
                measures=(),
                why=f"{source.source} {source.vintage} ranks it {source.rank} among the sources of "
                f"imports ({source.basis}); shares are not given",
            )
            continue
        sourced = source.share.inputs[0].measured == SOURCING
        used = [] if sourced else _matching(relied, country, source.stage)
        parts = (source.share, *(of_consumption(source.share, m) for m in used))
        yield PartnerDependence(
            country=country,
            partner=partner,
            stage=source.stage,
            form=source.form,
            year=source.year,
            measures=parts,
            why=source.basis,
        )


def _not_listed(
    listed: list[ImportSource], commodity: str, country: str, partner: str, relied: list[Reliance]
) -> Iterator[PartnerDependence]:
    """Yield the bounds of a partner that published shares do not name, for each of their tables."""
    tables: dict[tuple[str, str, int], list[ImportSource]] = {}
    for source in listed:
        if source.share is not None:
            tables.setdefault((source.stage, source.form, source.year), []).append(source)
    for (stage, form, year), rows in tables.items():
        if any(r.partner == partner for r in rows):
            continue
        figures = [f for r in rows if r.share is not None for f in r.share.inputs]
        share = share_beyond_listed(figures, partner, subject=f"{commodity} {stage} {year}")
        sourced = figures[0].measured == SOURCING
        used = [] if sourced else _matching(relied, country, stage)
        yield PartnerDependence(
            country=country,
            partner=partner,
            stage=stage,
            form=form,
            year=year,
            measures=(share, *(of_consumption(share, m) for m in used if share.high is not None)),
            why=rows[0].basis,
        )


def _of_flows(
    store: FigureStore,
    commodity: str,
    country: str,
    partner: str,
    stage: str | None,
    year: int | None,
    vintage: str | None,
    relied: list[Reliance],
) -> Iterator[PartnerDependence]:
    told = store.figures(stage=stage, country=country, measured="imports", year=year)
    flows = [f for f in told if f.partner and (vintage is None or f.vintage == vintage)]
    groups: dict[tuple[str, str, str], list[Figure]] = {}
    for f in (*flows, *codes_together(flows)):
        groups.setdefault((f.stage, f.form, statistic_of(f)), []).append(f)
    for (stage_, form, _), rows in sorted(groups.items()):
        last = max(f.year for f in rows)
        rows = [f for f in rows if f.year == last]
        newest = max((f.vintage for f in rows), key=vintage_order)
        rows = [f for f in rows if f.vintage == newest]
        value = [f for f in rows if f.unit.startswith(_MONEY)]
        quantity = [f for f in rows if not f.unit.startswith(_MONEY)]
        subject = f"{commodity} {stage_} {last}"
        both = dependence(partner, quantity=quantity or None, value=value or None, subject=subject)
        used = [
            of_consumption(both.by_quantity, m)
            for m in _matching(relied, country, stage_)
            if both.by_quantity.low is not None
        ]
        yield PartnerDependence(
            country=country,
            partner=partner,
            stage=stage_,
            form=form,
            year=last,
            measures=(both.by_quantity, both.by_value, *used),
            why="; ".join(dict.fromkeys((both.why, *(f.note for f in rows if f.note)))),
        )


def _matching(relied: list[Reliance], country: str, stage: str) -> list[Measure]:
    found = [r for r in relied if r.country == country and r.stage == stage]
    return [r.published for r in found[:1]]


def _readings(figures: Iterable[Figure], subject: str) -> Iterator[Reading]:
    for f in sorted(figures, key=lambda f: (-f.year, f.source, f.vintage)):
        yield Reading(
            what="net import reliance",
            year=f.year,
            source=f.source,
            vintage=f.vintage,
            measure=published_reliance(f, subject=subject),
        )


def _basis(figure: Figure) -> str:
    if figure.measured == SOURCING:
        return "; ".join(w for w in ("of all that is used", figure.basis, figure.note) if w)
    note = figure.note.removeprefix("Descending order of import share.").strip()
    return "; ".join(w for w in (figure.basis, note) if w)


def _newest(figures: Iterable[Figure]) -> list[Figure]:
    """Return the rows of the newest vintage and last year of each country, stage and form."""
    groups: dict[tuple[str, str, str], list[Figure]] = {}
    for f in figures:
        groups.setdefault((f.country, f.stage, f.form), []).append(f)
    found = []
    for rows in groups.values():
        last = max((vintage_order(f.vintage), f.year, f.source) for f in rows)
        found += [f for f in rows if (vintage_order(f.vintage), f.year, f.source) == last]
    return found


def _form(figure: Figure) -> str:
    """One name for a whole chapter's reliance: sources call it total or all, or leave it empty."""
    return "" if figure.form in _WHOLE else figure.form


def _told(figure: Figure) -> bool:
    return figure.value is not None or figure.state == "interval"


def _place(source: ImportSource) -> tuple[object, ...]:
    """By country, stage and form; the largest first, those without a name last."""
    of = (source.country, source.stage, source.form)
    return (*of, source.partner == OTHER, source.rank or 0, -_known(source.share), source.partner)


def _known(share: Measure | None) -> Decimal:
    return share.low if share is not None and share.low is not None else Decimal(0)
