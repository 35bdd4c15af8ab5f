"""The outcome of a scenario in words: cells of its table, bands, notes, sources, changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from lodewire.analytics.scenario import Effect, Outcome, Swing
from lodewire.errors import ScenarioError
from lodewire.model.scenario import Change
from lodewire.workbench.scenario.scenarios import Ran

_INDICES = (
    "hhi",
    "import_hhi",
    "hhi_governance",
    "geopolrisk",
    "hhi_sourcing",
    "hhi_site",
    "hhi_owner",
    "eu_supply_risk",
    "disruption_potential",
)
_GUIDELINES = {"us-2023": "US 2023", "us-2010": "US 2010", "eu-2004": "EU 2004"}
_FIRST = ("dependence_quantity", "share", "hhi", "supply_left")
_DASH = "–"


def band_lines(effects: Sequence[Effect]) -> Iterator[str]:
    """Yield the bands of each index, before and after over all ranges."""
    for effect in effects:
        parts = []
        for guidelines, was, now in effect.bands:
            before, after = (" or ".join(b.value for b in bands) for bands in (was, now))
            parts.append(f"{_GUIDELINES[guidelines.value]} {before} → {after}")
        if parts:
            yield f"Bands of {effect.label}: {'; '.join(parts)}"


def effect_cells(effect: Effect) -> tuple[str, ...]:
    """Return label, before, after, change, bounds and interval, as people read them."""
    was, now = effect.before, effect.after
    interval = effect.interval
    return (
        effect.label,
        or_bounds(effect, was.value, was.low, was.high),
        or_bounds(effect, now.value, now.low, now.high),
        _signed(effect),
        _span(effect, effect.low, effect.high),
        _span(effect, interval.p05, interval.p95) if interval else _DASH,
    )


def or_bounds(
    effect: Effect, value: Decimal | None, low: Decimal | None, high: Decimal | None
) -> str:
    """Return a value, else the bounds of one that is not known exactly."""
    return number(effect, value) if value is not None else _span(effect, low, high)


def _span(effect: Effect, low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return _DASH
    one, other = number(effect, low), number(effect, high)
    if one == other:
        return one
    if effect.name in _INDICES:  # two of them in a cell: the third digit is enough for a bound
        return f"{low:.3f}–{high:.3f}"
    unit = f" {one.rpartition(' ')[2]}" if " " in one else ""
    return f"{one.removesuffix(unit)}–{other}" if unit else f"{one}–{other}"


def _signed(effect: Effect) -> str:
    if effect.change is None:
        return _DASH
    sign = "+" if effect.change > 0 else "−" if effect.change < 0 else ""
    shown = number(effect, abs(effect.change))
    return f"{sign}{shown.replace(' %', ' pt')}"


def number(effect: Effect, value: Decimal | None) -> str:
    """Return a value as people read it: an index as such, a part in percent, money with unit."""
    if value is None:
        return _DASH
    if effect.name in _INDICES:
        return f"{value:.4f}"
    if effect.after.unit == "1":
        return f"{value * 100:.1f} %"
    if effect.after.unit == "%":
        return f"{value:.1f} %"
    return f"{value:,.0f} {effect.after.unit}"


def note_lines(outcome: Outcome) -> tuple[str, ...]:
    """Return what a reader must know: notes, what was refused and why, draws that left nothing."""
    refused: dict[str, list[str]] = {}
    for effect in outcome.effects:
        if effect.after.value is None and effect.after.note:
            refused.setdefault(effect.after.note, []).append(effect.label)
    notes = [*outcome.notes, *(f"{', '.join(who)}: {why}" for why, who in refused.items())]
    notes += [
        f"{e.label}: nothing is left in {e.interval.empty} of the draws"
        for e in outcome.effects
        if e.interval is not None and e.interval.empty
    ]
    return tuple(dict.fromkeys(notes))


def chosen_effect(outcome: Outcome, asked: str | None) -> Effect | None:
    """Return the measure whose inputs are shown: the one asked for, else the first that moves.

    Raises ScenarioError for one that is not measured.
    """
    if asked is not None:
        for effect in outcome.effects:
            if effect.name == asked:
                return effect
        raise ScenarioError(
            f"{asked!r} is not measured here",
            hint=f"There are {', '.join(e.name for e in outcome.effects)}",
        )
    moved = [e for e in outcome.effects if e.swings and e.swings[0].size]
    ranked = [e for name in _FIRST for e in moved if e.name.startswith(name)]
    return next(iter([*ranked, *moved]), None)


def input_words(value: Decimal, swing: Swing) -> str:
    """Return an input of a swing with its unit."""
    first, between, last = swing.unit.partition("|")
    if between:  # not an amount: from the one alone to the other alone
        return f"{first if value < 0 else last} alone"
    if swing.unit == "1":
        return f"{value * 100:.3g} %"
    return f"{value:,.4g} {swing.unit}" if abs(value) < 1000 else f"{value:,.0f} {swing.unit}"


def change_words(change: Change) -> str:
    """Return a change in one line: kind, whom, numbers, days, evidence."""
    units = {"tonnes", "cap", "exports", "demand"}
    parts = []
    for name, range_ in change.inputs():
        if not range_.stated or (name, range_.words) in _USUAL:
            continue
        unit = getattr(change, "unit", None)
        tail = f" {unit}" if unit and (name in units or name == "lost") else ""
        parts.append(f"{name.replace('_', ' ')} {range_.words}{tail}")
    days = " ".join(
        f"{word} {day.isoformat()}"
        for word, day in (("from", change.start), ("until", change.end))
        if day is not None
    )
    to = getattr(change, "to", None)
    head = f"{change.kind.replace('_', ' ')} {change.subject}" + (f" for {to}" if to else "")
    return "; ".join(p for p in (head, ", ".join(parts), days, change.evidence) if p)


_USUAL = {("delivered", "1"), ("diverted", "0")}


def source_lines(ran: Ran) -> Iterator[str]:
    """Yield where supply, trade and the further inputs are from, and the method."""
    outcome = ran.outcome
    if ran.figures:
        first = ran.figures[0]
        told = (first.source, first.vintage, str(first.year or ""), f"{first.unit} {first.basis}")
        yield "Supply: " + ", ".join(dict.fromkeys(t for t in told if t))
        yield from {f.note: None for f in ran.figures if f.note.startswith("proxy")}
    if ran.flows:
        flow = ran.flows[0]
        trade = (f"Imports of {flow.importer}: {flow.source}", flow.vintage, str(flow.year or ""))
        yield ", ".join(dict.fromkeys(t for t in trade if t))
    yield from ran.sources
    if outcome.scenario.world is not None:
        yield f"World supply: {outcome.scenario.world.words} {outcome.scenario.world_unit}, stated"
    interval = next((e.interval for e in outcome.effects if e.interval), None)
    drawn = f"; {interval.draws:,} draws, seed {interval.seed}" if interval else ""
    yield (
        f"Method {outcome.method}: lost supply stays lost; bounds hold for every stated range "
        f"together{drawn}."
    )
