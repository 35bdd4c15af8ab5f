"""Worldwide Governance Indicators of the World Bank, in the forms that it publishes them.

The wide table of its DataBank (a row a country and series, a column a year), the table of its bulk
download (a row a value) and the workbook's sheets saved as CSV (a block of columns a year). Scores
run from about -2.5 to 2.5, the higher the better; ".." and an empty cell are no score, never zero:
25 territories without a score for 1996 stand in one public copy as 0.0. Licence: CC BY 4.0.

Source: D. Kaufmann and A. Kraay, Worldwide Governance Indicators, World Bank (worldbank.org/wgi).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from lodewire.errors import ReadError
from lodewire.model.measure import Figure
from lodewire.reference.country_names import country_of
from lodewire.reference.loaders.cells import Cell, read_rows, read_signed
from lodewire.reference.loaders.release import Gathering, Release

SOURCE = "wgi"
UNIT = "1"

DIMENSIONS = {
    "VA": "voice and accountability",
    "PV": "political stability",
    "GE": "government effectiveness",
    "RQ": "regulatory quality",
    "RL": "rule of law",
    "CC": "control of corruption",
}
"""The six dimensions by their code, as ``Figure.form`` names them."""

_WORDS = {
    "voice": "VA",
    "political stability": "PV",
    "effectiveness": "GE",
    "regulatory": "RQ",
    "rule of law": "RL",
    "corruption": "CC",
}
_SERIES = re.compile(r"\b(VA|PV|GE|RQ|RL|CC)(?:\.EST)?\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_RANGE = Decimal(4)  # scores lie within -2.5 and 2.5 but for few; a rank or percentile does not


@dataclass(frozen=True, slots=True)
class _Score:
    country: str
    dimension: str
    year: int
    cell: Cell


def load_scores(files: Mapping[str, bytes], vintage: str) -> Release:
    """Return the scores of one edition, given as file names with their bytes.

    ``vintage`` is the edition, as "2025". Raises ReadError when no file holds scores.
    """
    gathering = Gathering()
    for name in sorted(files):
        if name.casefold().endswith(".csv"):
            _read(name, read_rows(name, files[name]), vintage, gathering)
    if not gathering.found:
        raise ReadError(
            f"none of {len(files)} files holds governance scores",
            hint="Give the CSV of the DataBank or the bulk download; save a workbook as CSV",
        )
    _drop_false_zeros(gathering)
    return gathering.release()


def _read(name: str, rows: list[list[str]], vintage: str, gathering: Gathering) -> None:
    header = [cell.casefold() for cell in rows[0]] if rows else []
    years = {i: int(m.group(1)) for i, h in enumerate(header) if (m := _YEAR.search(h))}
    scores: Iterator[_Score]
    if "year" in header and any(h in ("estimate", "value", "est") for h in header):
        scores = _long(name, header, rows[1:], gathering)
    elif years:
        scores = _wide(name, header, years, rows[1:], gathering)
    else:
        gathering.leave_out(name, "no table of scores that is known")
        return
    for score in scores:
        if score.cell.value is not None and abs(score.cell.value) > _RANGE:
            gathering.leave_out(name, f"{score.cell.value} is no score: a rank or a percentile?")
            continue
        gathering.take(name, (_figure(score, vintage),))


def _wide(
    name: str,
    header: Sequence[str],
    years: Mapping[int, int],
    body: Sequence[Sequence[str]],
    gathering: Gathering,
) -> Iterator[_Score]:
    for cells in body:
        told = dict(zip(header, cells, strict=False))
        told_series = " ".join(v for h, v in told.items() if "series" in h or "indicator" in h)
        dimension = _dimension(told_series)
        country = _country(told)
        if country is None or dimension is None or "rank" in told_series.casefold():
            if any(cells) and country is None and dimension is not None:
                gathering.leave_out(name, f"{_place(told)!r} is no country that is known")
            continue
        for index, year in years.items():
            if index < len(cells):
                yield _Score(country, dimension, year, _cell(cells[index]))


def _long(
    name: str, header: Sequence[str], body: Sequence[Sequence[str]], gathering: Gathering
) -> Iterator[_Score]:
    for cells in body:
        told = dict(zip(header, cells, strict=False))
        dimension = _dimension(told.get("indicator", "") or told.get("series", ""))
        country, year = _country(told), told.get("year", "")
        if country is None or dimension is None or not year.isdigit():
            gathering.leave_out(name, f"{_place(told)!r}: no known country, dimension or year")
            continue
        value = next((told[h] for h in ("estimate", "est", "value") if h in told), "")
        yield _Score(country, dimension, int(year), _cell(value))


def _cell(text: str) -> Cell:
    cell = read_signed(text.replace("#N/A", ""))
    return Cell("not_available") if cell.empty or cell.value is None else cell


def _dimension(told: str) -> str | None:
    code = _SERIES.search(told.upper())
    if code is not None:
        return code.group(1)
    return next((c for word, c in _WORDS.items() if word in told.casefold()), None)


def _country(told: Mapping[str, str]) -> str | None:
    for column in ("country code", "code", "iso3", "countryiso3code", "country name"):
        if told.get(column):
            country = country_of(told[column])
            if country is not None and len(country) == 2:
                return country
    return country_of(told.get("countryname", "") or told.get("country", ""))


def _place(told: Mapping[str, str]) -> str:
    return next((v for h, v in told.items() if "country" in h and v), "")


def _figure(score: _Score, vintage: str) -> Figure:
    return Figure(
        commodity="",
        stage="",
        country=score.country,
        year=score.year,
        measured="governance",
        form=DIMENSIONS[score.dimension],
        value=score.cell.value,
        unit=UNIT,
        basis="estimate, -2.5 to 2.5",
        state=score.cell.state,
        estimated=True,
        source=SOURCE,
        vintage=vintage,
    )


def _drop_false_zeros(gathering: Gathering) -> None:
    """Turn scores of exactly zero into missing ones where several of one year and dimension are.

    A true score has a dozen digits; two that are zero to the last of them are an error of a copy
    that wrote zero for missing.
    """
    zeros: dict[tuple[int, str], list[Figure]] = {}
    for figure in gathering.found.values():
        if figure.value is not None and figure.value == 0:
            zeros.setdefault((figure.year, figure.form), []).append(figure)
    for (year, form), found in zeros.items():
        if len(found) < 2:
            continue
        gathering.correct(
            f"{form}, {year}", f"{len(found)} scores of exactly 0 are read as missing, not as 0"
        )
        for key, figure in list(gathering.found.items()):
            if figure in found:
                gathering.found[key] = _missing(figure)


def _missing(figure: Figure) -> Figure:
    note = "the table shows 0, which stands for a missing score"
    return replace(figure, value=None, state="not_available", note=note)
