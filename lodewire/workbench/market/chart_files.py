"""Waterfalls and tornados from what other commands print, or from a table of one's own.

A waterfall is read from the JSON of ``lodewire landed-cost`` or a CSV with the columns ``step``,
``before`` and, where there are two states, ``after``; a step called "landed cost" or "total" is the
sum. A tornado is read from the JSON of ``lodewire scenario run`` or a CSV with the columns
``input``, ``low`` and ``high`` (results), and, where known, ``low_input`` and ``high_input``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from lodewire.errors import PublishError
from lodewire.model.plain import plain
from lodewire.publish.charts.chart import Caption, Chart
from lodewire.publish.charts.figures import number
from lodewire.publish.charts.inputs import CostStep, Swing
from lodewire.publish.charts.tornado import tornado_chart
from lodewire.publish.charts.waterfall import waterfall_chart

MOST_BYTES = 4_000_000
_TOTALS = frozenset({"landed cost", "total"})
Rows = Sequence[Mapping[str, str]]


def waterfall_from(body: bytes, *, title: str, unit: str, source: str) -> Chart:
    """Return the waterfall that a file's bytes tell; raises PublishError saying what is wrong."""
    told = _read(body)
    if isinstance(told, dict):
        return waterfall_told(told, title=title)
    steps = [
        CostStep(
            label=_cell(row, "step"),
            before=_number(row.get("before", ""), "before", at),
            after=_number(row.get("after", ""), "after", at),
            total=_cell(row, "step").casefold() in _TOTALS,
        )
        for at, row in enumerate(told, 2)
    ]
    caption = Caption(source=source, vintage="", method="as given")
    return waterfall_chart(title or "Landed cost", steps, unit, caption)


def tornado_from(
    body: bytes, *, title: str, unit: str, source: str, base: Decimal | None, measure: str
) -> Chart:
    """Return the tornado that a file's bytes tell; ``measure`` is for the JSON of a scenario."""
    told = _read(body)
    if isinstance(told, dict):
        return tornado_told(told, title=title, measure=measure)
    if base is None:
        raise PublishError("a table of inputs has no base.", hint="Give --base, the result now.")
    swings = []
    for at, row in enumerate(told, 2):
        low, high = _number(row.get("low", ""), "low", at), _number(row.get("high", ""), "high", at)
        if low is None or high is None:
            raise PublishError(f"line {at}: low and high must be numbers.", hint="Fill in both.")
        swings.append(
            Swing(
                label=_cell(row, "input"),
                low=low,
                high=high,
                low_input=_cell(row, "low_input"),
                high_input=_cell(row, "high_input"),
            )
        )
    caption = Caption(source=source, vintage="", method="as given")
    return tornado_chart(title or "What matters most", base, swings, unit, caption)


def _read(body: bytes) -> dict[str, Any] | list[dict[str, str]]:
    """A JSON object, or the rows of a CSV."""
    if len(body) > MOST_BYTES:
        raise PublishError("the file is larger than 4 MB.", hint="Give one result of a command.")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PublishError("the file is no UTF-8 text.", hint="Save it as UTF-8.") from error
    if not text.strip():
        raise PublishError("there is nothing to read.", hint="Did the command before it fail?")
    if text.lstrip().startswith("{"):
        try:
            told = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise PublishError(f"the JSON cannot be read: {error}", hint=_HINT) from error
        if isinstance(told, dict):
            return told
    try:
        return [
            {str(k).strip(): str(v or "") for k, v in row.items() if k is not None}
            for row in csv.DictReader(io.StringIO(text), strict=True)
        ]
    except csv.Error as error:
        raise PublishError(f"the CSV cannot be read: {error}", hint=_HINT) from error


_HINT = "Give the JSON of landed-cost or scenario run, or a CSV; --help tells its columns."


def _cell(row: Mapping[str, str], column: str) -> str:
    return plain(row.get(column, "")).strip()


def _number(cell: str, column: str, line: int) -> Decimal | None:
    told = cell.strip().replace(",", "").replace("−", "-")
    if not told or told in ("–", "-", "not given"):
        return None
    try:
        value = Decimal(told)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > Decimal("1e15"):
        raise PublishError(
            f"line {line}: {column} {plain(cell)[:30]!r} is no number.",
            hint="Write 1425 or 1425.50; leave it empty where a step does not apply.",
        )
    return value


def waterfall_told(told: Mapping[str, Any], *, title: str = "") -> Chart:
    """Return the waterfall of a landed cost's JSON form, or of two days of it; as above."""
    try:
        if "changes" in told:
            before, after = told["before"], told["after"]
            rows = [(c["step"], c["before"], c["after"]) for c in told["changes"]]
            states = (str(before["day"]), str(after["day"]))
            first = before
        else:
            rows = [(s["step"], s["amount"], None) for s in told["steps"]]
            rows.append(("landed cost", told["total"], None))
            states, after, first = (str(told["day"]), "after"), told, told
        steps = [
            CostStep(
                label=_label(str(name)),
                before=None if a is None else Decimal(str(a)),
                after=None if b is None else Decimal(str(b)),
                total=str(name).casefold() in _TOTALS,
            )
            for name, a, b in rows
        ]
        sources = [str(s["source"]) for s in (*first["steps"], *after["steps"]) if s.get("source")]
        notes = [str(n) for n in after.get("notes", [])]
        good = first.get("good") or {}
        name = str(good.get("name") or "")
        caption = Caption(
            source="; ".join(dict.fromkeys(sources)),
            vintage=str(after["day"]),
            method=str(after["method"]),
            note="; ".join(notes),
        )
        unit = str(after["unit"])
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise PublishError("the JSON is not that of landed-cost.", hint=_HINT) from error
    heading = title or f"Landed cost{f' of {name}' if name else ''}"
    return waterfall_chart(heading, steps, unit, caption, states=states)


def _label(name: str) -> str:
    """A step's name with a capital, unless it is the id of a measure."""
    words = plain(name)
    return words if any(c.isdigit() for c in words) else words[:1].upper() + words[1:]


def tornado_told(told: Mapping[str, Any], *, title: str = "", measure: str = "") -> Chart:
    """Return the tornado of a scenario's JSON form; PublishError where nothing has a range."""
    try:
        swinging = [m for m in told["measures"] if m["tornado"]]
        names = [str(m["name"]) for m in swinging]
        if not swinging:
            raise PublishError(
                "no measure of the scenario depends on an input with a range.",
                hint="Give ranges: 0..0.1..0.3",
            )
        if measure and measure not in names:
            raise PublishError(
                f"the scenario has no measure {plain(measure)!r} with ranges.",
                hint=f"There are {', '.join(names)}",
            )
        chosen = swinging[names.index(measure)] if measure else swinging[0]
        swings = [
            Swing(
                label=str(s["input"]),
                low=Decimal(str(s["at_low"])),
                high=Decimal(str(s["at_high"])),
                low_input=_input(s, "low_input"),
                high_input=_input(s, "high_input"),
            )
            for s in chosen["tornado"]
        ]
        base = Decimal(str(chosen["tornado"][0]["at_taken"]))
        label, unit = str(chosen["label"]), str(chosen["unit"])
        caption = Caption(
            source="; ".join(str(s) for s in told["sources"]),
            vintage=f"{chosen['after']['vintage']}, scenario on {told['on']}",
            method=", ".join(dict.fromkeys((told["method"], chosen["after"]["method"]))),
            note="; ".join(str(n) for n in told["notes"]),
        )
        name = str(told.get("name") or "scenario")
        if name == "scenario":
            name = f"Scenario for {told['commodity']}, {told['stage']}"
    except (KeyError, TypeError, AttributeError, InvalidOperation, IndexError) as error:
        raise PublishError("the JSON is not that of a scenario.", hint=_HINT) from error
    words = "part of one" if unit == "1" else unit
    return tornado_chart(title or f"{name}: {label}", base, swings, words, caption)


def _input(swing: Mapping[str, Any], end: str) -> str:
    value = Decimal(str(swing[end]))
    unit = str(swing.get("unit") or "")
    if unit in ("", "1"):
        return f"{number(value * 100)} %" if unit == "1" else number(value)
    return f"{number(value)} {unit}"
