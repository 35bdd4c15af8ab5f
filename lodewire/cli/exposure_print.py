"""Exposure as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.text import Text

from lodewire.model.measure import OTHER
from lodewire.model.plain import plain
from lodewire.ontology.countries import load_countries

if TYPE_CHECKING:
    from lodewire.model.measure import Measure
    from lodewire.workbench.exposure import (
        EuRisk,
        Exposure,
        ImporterRisk,
        Owners,
        Reading,
        Reliance,
        SourcingMix,
        StageExposure,
    )

_GUIDELINES = {"us-2023": "US 2023", "us-2010": "US 2010", "eu-2004": "EU 2004"}
_HEAD = "bold cyan"
_INDICES = (
    "hhi",
    "hhi_of_shares",
    "hhi_site",
    "hhi_owner",
    "geopolrisk_score",
    "disruption_potential",
)


def exposure_lines(found: Exposure, *, inputs: bool = False) -> Iterator[Text]:
    """Yield the lines of one exposure; with ``inputs`` the figures under each measure."""
    yield Text(found.name, style="bold")
    for stage in found.stages:
        yield from _stage_lines(stage, found, inputs)
    if found.proxies:
        named = ", ".join(found.proxies[:4])
        yield Text(
            f"  Of its group there are figures, which are not its own: lodewire exposure {named}",
            style="yellow",
        )
    yield from _reliance_lines(found, inputs)
    yield from _source_lines(found)
    yield from _dependence_lines(found, inputs)
    for mix in found.sourcing:
        yield from _sourcing_lines(mix, inputs)
    for risk in found.eu:
        yield from _eu_lines(risk, inputs)
    for importer in found.risks:
        yield from _importer_lines(importer, inputs)
    for owners in found.owners:
        yield from _owner_lines(owners, inputs)
    if found.cannot:
        yield Text("  Cannot be told")
        for why in found.cannot:
            yield Text(f"    {plain(why)}", style="dim")


def number(measure: Measure) -> str:
    """Return a measure's number with its unit: parts as percent, an index as 0.577."""
    return told(measure.value, measure) if measure.value is not None else bounds(measure)


def told(value: Decimal, measure: Measure) -> str:
    """Return one value as its measure's kind is read."""
    if measure.unit == "%":
        return f"{_short(value)} %"
    if measure.unit == "1" and measure.name in _INDICES:
        return f"{value:.3f}"
    if measure.unit == "1" and not measure.name.startswith(("hhi", "eu_", "geopolrisk")):
        return f"{value * 100:.1f} %"
    return f"{value:.2f}"


def bounds(measure: Measure) -> str:
    """Return "50 to 100 %", "at most 0 %", or "not known"."""
    low, high = measure.low, measure.high
    if low is None and high is None:
        return "not known"
    if low is None and high is not None:
        return f"at most {told(high, measure)}"
    if high is None and low is not None:
        return f"at least {told(low, measure)}"
    assert low is not None and high is not None  # noqa: PT018 - the other cases are above
    first, last = told(low, measure), told(high, measure)
    if first == last:
        return first
    unit = " %" if first.endswith(" %") else ""
    return f"{first.removesuffix(unit)} to {last}"


def country_name(code: str | None) -> str:
    """Return a country's name by its code, or the code; "others" for those not listed."""
    if code == OTHER:
        return "others"
    known = load_countries().get(code or "")
    return known.name if known is not None else (code or "")


def _stage_lines(stage: StageExposure, found: Exposure, inputs: bool) -> Iterator[Text]:
    table, index = stage.table, stage.measures[0]
    estimated = ", estimated" if table.estimated else ""
    yield Text(f"  {table.stage.capitalize()} {table.year}{estimated}", style="bold cyan")
    kind = "published shares" if table.kind == "share" else f"{table.unit}, {table.basis}"
    yield Text(f"    {plain(kind)} · {table.source} {table.vintage}", style="dim")
    if table.proxy:
        yield Text(f"    {plain(table.proxy)}", style="yellow")
    if index.value is None:
        yield Text(f"    {plain(index.note)}", style="yellow")
    else:
        covered = ""
        if index.coverage is not None:
            covered = f"  {index.coverage * 100:.0f} % of supply known by country"
        if index.note:
            covered += f"  {plain(index.note)}"
        shown = bounds(index)
        if table.kind == "share" and index.low != index.high:
            shown = f"{number(index)}, {shown}"  # within the bounds, not at their lower end
        yield _row("HHI", shown, index, extra=covered)
        yield from _input_lines(index, inputs)
        yield Text(f"    {'':16}{_bands(stage)}")
        for measure in stage.measures[1:]:
            # Made of the figures listed above, unless something joins them.
            yield from _measure_lines(measure, inputs and measure.inputs != index.inputs)
        largest = ", ".join(f"{country_name(c)} {number(m)}" for c, m in stage.largest)
        yield Text(f"    {'Largest':16}{largest}")
    for who, share in ((found.country, stage.country), (found.partner, stage.partner)):
        if share is not None:
            note = f"  {plain(share.note)}" if share.note else ""
            yield _row(country_name(who), number(share), share, extra=note)
    yield from _reading_lines(stage.others)


def _bands(stage: StageExposure) -> str:
    parts = []
    for guidelines, bands in stage.bands:
        words = " or ".join(b.value for b in bands)
        parts.append(f"{words} ({_GUIDELINES[guidelines.value]})")
    return ", ".join(parts)


_NAMES = {
    "hhi_of_shares": "HHI",
    "top_1_share": "Top 1",
    "top_1_of_shares": "Top 1",
    "top_3_share": "Top 3",
    "top_3_of_shares": "Top 3",
    "n_minus_1": "N-1",
    "n_minus_1_of_shares": "N-1",
    "hhi_governance": "HHI, governed",
    "hhi_site": "HHI by site",
    "hhi_owner": "HHI by owner",
    "foreign_owned": "Owned abroad",
    "import_share_quantity": "By quantity",
    "import_share_value": "By value",
    "import_share": "Of imports",
    "sourcing_share": "Of all used",
    "dependence_consumption": "Of use",
    "geopolrisk_score": "GeoPolRisk",
    "disruption_potential": "Disruption",
    "trade_exposure": "Trade exposure",
}


def _measure_lines(measure: Measure, inputs: bool) -> Iterator[Text]:
    name = _NAMES.get(measure.name)
    if name is None:
        name = f"By {country_name(measure.name.removeprefix('share_owned_by_'))}"
    note = _note(measure)
    yield _row(name, number(measure), measure, extra=f"  {note}" if note else "")
    yield from _input_lines(measure, inputs)


def _note(measure: Measure) -> str:
    """Countries by name where the note lists codes, as top shares and N-1 do."""
    note = measure.note
    if measure.name.startswith(("top_", "n_minus_1")):
        first, _, rest = note.partition("; ")
        words = [w.removeprefix("without ") for w in first.split(", ")]
        before = "without " if first.startswith("without ") else ""
        note = before + ", ".join(country_name(w) for w in words) + (f"; {rest}" if rest else "")
    return plain(note)


def _row(name: str, value: str, measure: Measure, *, extra: str = "") -> Text:
    line = Text(f"    {plain(name):16}{value}{extra}")
    return line.append(f"  [{measure.method}]", style="dim")


def _reading_lines(others: tuple[Reading, ...]) -> Iterator[Text]:
    if not others:
        return
    yield Text("    Elsewhere, not averaged", style="dim")
    for other in others:
        shown = bounds(other.measure)
        note = f"  {plain(other.measure.note)}" if other.measure.value is None else ""
        label = "HHI" if other.what == "hhi" else other.what
        yield Text(
            f"      {label} {shown}  {other.year}, {other.source} {other.vintage}{note}",
            style="dim",
        )


def _reliance_lines(found: Exposure, inputs: bool) -> Iterator[Text]:
    if not found.reliance:
        return
    yield Text("  Net import reliance", style="bold cyan")
    for relied in found.reliance:
        yield from _one_reliance(relied, inputs)


def _one_reliance(relied: Reliance, inputs: bool) -> Iterator[Text]:
    what = ", ".join(w for w in (relied.stage, relied.form) if w)
    shown = relied.published
    value = shown.note if shown.value is None and shown.note else number(shown)
    note = "" if relied.note in ("", "net exporter") else f"  {plain(relied.note)}"
    line = Text(f"    {country_name(relied.country)}, {what}, {relied.year}: {value}{note}")
    yield line.append(f"  [{relied.source} {relied.vintage}]", style="dim")
    yield from _input_lines(shown, inputs)
    for again in relied.recomputed:
        yield Text(
            f"      {again.what}: {number(again.measure)}, {bounds(again.measure)}  "
            f"{again.source} {again.vintage}",
            style="dim",
        )
    for other in relied.others:
        told_ = other.measure
        value = told_.note if told_.value is None and told_.note else number(told_)
        yield Text(f"      {other.year}: {value}  {other.source} {other.vintage}", style="dim")


def _source_lines(found: Exposure) -> Iterator[Text]:
    groups: dict[tuple[str, str, str], list[str]] = {}
    ends: dict[tuple[str, str, str], str] = {}
    for s in found.sources:
        key = (s.country, s.stage, s.form)
        share = f" {number(s.share)}" if s.share is not None else ""
        groups.setdefault(key, []).append(f"{country_name(s.partner)}{share}")
        ends[key] = f"  [{s.source} {s.vintage}; {s.basis}]"
    if groups:
        yield Text("  Supply from abroad comes from, the largest first", style="bold cyan")
    for key, names in groups.items():
        what = ", ".join(w for w in key[1:] if w)
        line = Text(f"    {country_name(key[0])}, {plain(what)}: {', '.join(names)}")
        yield line.append(plain(ends[key]), style="dim")


def _dependence_lines(found: Exposure, inputs: bool) -> Iterator[Text]:
    if not found.dependence:
        return
    who, on = country_name(found.country), country_name(found.partner)
    yield Text(f"  Dependence of {who} on {on}", style="bold cyan")
    for depends in found.dependence:
        what = ", ".join(w for w in (depends.stage, depends.form) if w)
        yield Text(f"    {plain(what)}, {depends.year}: {plain(depends.why)}")
        for measure in depends.measures:
            yield from _measure_lines(measure, inputs)


def _sourcing_lines(mix: SourcingMix, inputs: bool) -> Iterator[Text]:
    yield Text(f"  Sourcing of the {country_name(mix.bloc)}, {mix.stage} {mix.year}", style=_HEAD)
    yield Text(f"    {mix.source} {mix.vintage}", style="dim")
    if mix.proxy:
        yield Text(f"    {plain(mix.proxy)}", style="yellow")
    for at, measure in enumerate(mix.measures):
        yield from _measure_lines(measure, inputs and at == len(mix.measures) - 1)


def _eu_lines(risk: EuRisk, inputs: bool) -> Iterator[Text]:
    yield Text(f"  EU supply risk, {risk.stage}", style="bold cyan")
    yield Text(f"    {risk.source} {risk.vintage}, averages up to {risk.year}", style="dim")
    if risk.published is not None:
        yield _row("Published", number(risk.published), risk.published)
    again = risk.recomputed
    value = plain(again.note) if again.value is None else f"{again.value:.2f}, {bounds(again)}"
    yield _row("Recomputed", value, again, extra="" if again.value is None else f"  {again.note}")
    yield from _input_lines(again, inputs)
    if risk.importance is not None:
        yield _row("Importance", number(risk.importance), risk.importance)


def _importer_lines(risk: ImporterRisk, inputs: bool) -> Iterator[Text]:
    told = [m for m in risk.measures if m.high is not None]
    if not told:
        return
    yield Text(f"  Risk of {country_name(risk.country)}, {risk.stage}", style=_HEAD)
    made_of = "; ".join(w for w in (risk.supply, risk.imports) if w)
    yield Text(f"    {plain(made_of)}", style="dim")
    if risk.why:
        yield Text(f"    {plain(risk.why)}", style="yellow")
    for measure in told:
        yield from _measure_lines(measure, inputs)


def _owner_lines(owners: Owners, inputs: bool) -> Iterator[Text]:
    head = f"  Owners of {owners.sites} {owners.stage} sites on {owners.day.isoformat()}"
    yield Text(head, style="bold cyan")
    yield Text("    sites counted one each, not by tonnes", style="dim")
    for measure in owners.measures:
        name = _NAMES.get(measure.name) or (
            f"By {country_name(measure.name.removeprefix('share_owned_by_'))}"
        )
        covered = ""
        if measure.coverage is not None and measure.coverage < 1:
            covered = f"  owners known of {measure.coverage * 100:.0f} %"
        yield _row(name, number(measure), measure, extra=covered)
    if owners.measures:
        yield from _input_lines(owners.measures[0], inputs)
    told_ = ", ".join(f"{country_name(c)} {n}" for c, n in owners.by_owner[:6])
    yield Text(f"    {'Who decides':16}{told_ or 'not known'}")


def _input_lines(measure: Measure, inputs: bool) -> Iterator[Text]:
    if not inputs:
        return
    for f in measure.inputs:
        words = [f.measured.replace("_", " "), f.form, country_name(f.country)]
        words += [f"from {country_name(f.partner)}"] if f.partner else []
        value = f.state.replace("_", " ")
        if f.state == "interval":
            value = f"{f.low} to {f.high}"
        elif f.value is not None:
            sign = {"less_than": "<", "more_than": ">"}.get(f.state, "")
            value = f"{sign}{f.value:f}"
        year = str(f.year) if f.year else ""
        estimated = "e" if f.estimated else ""
        end = " ".join(w for w in (f.source, f.vintage) if w)
        named = " ".join(w for w in words if w)
        yield Text(
            f"        {plain(named)} {year}{estimated}: {value} {f.unit}  {end}", style="dim"
        )


def _short(value: Decimal) -> str:
    return f"{value:.1f}".removesuffix(".0")
