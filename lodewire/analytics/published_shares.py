"""Concentration from shares that a source publishes, taken as they stand.

The EU's studies square the published shares without renormalising them: shares that sum to 0.98 or
1.01 stay as printed (European Commission, Study on the critical raw materials for the EU 2023,
annex on supply shares). Bounds tell what rounding, "less than" cells and countries that are not
listed leave open. Figures carry unit "%" or "1" (a part).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lodewire.analytics.given import Told, refuse, shares_of, tell
from lodewire.analytics.intervals import Interval, exactly, printed, total
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure

Shares = Iterable[Figure] | Mapping[str, Told]
"""Figures of one table of shares, or country -> share, in parts or (``unit``) in percent."""

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_SLACK = Decimal("0.02")  # the most by which sums of the EU's rounded shares exceed the whole


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shares:
    """Shares 0..1, the largest first; ``ends`` hold their rounding in the same order."""

    inputs: tuple[Figure, ...]
    named: tuple[tuple[str, Decimal], ...]
    ends: tuple[Interval, ...]
    small: Decimal  # what cells given as "less than" may hold together
    fault: str

    @property
    def listed(self) -> Decimal:
        return sum((share for _, share in self.named), _ZERO)

    @property
    def rest(self) -> Decimal:
        """What the listed shares leave of the whole."""
        return max(1 - self.listed, _ZERO)

    @property
    def subject(self) -> str:
        first = self.inputs[0]
        words = (first.commodity, first.stage, str(first.year) if first.year else "")
        return " ".join(w for w in words if w)


def hhi_of_shares(figures: Shares, *, unit: str = "1") -> Measure:
    """Return the sum of squared published shares, not renormalised (method "hhi_of_shares/1").

    ``low`` and ``high`` allow for the rounding of each share; ``high`` also that all that is not
    listed is one country. ``coverage`` is the sum of the shares. Refuses when a share is missing or
    the sum exceeds the whole by more than rounding; raises MeasureError when the figures do not
    belong together, or parts and percent are mixed up (``unit``: "1" or "%", of plain numbers).
    """
    shares = _sort_out(figures, unit)
    name, method = "hhi_of_shares", "hhi_of_shares/1"
    if shares.fault:
        return refuse(name, method, shares.inputs, shares.fault, subject=shares.subject)
    value = sum((s * s for _, s in shares.named), _ZERO)
    squares = total(end * end for end in shares.ends)
    hidden = min(shares.rest + shares.small, Decimal(1))
    bounds = Interval(squares.low, squares.high + hidden * hidden).clipped(0, 1)
    return tell(
        name,
        method,
        shares.inputs,
        value=min(value, Decimal(1)),
        bounds=bounds,
        subject=shares.subject,
        coverage=shares.listed,
        note=_sum_note(shares),
    )


def top_of_shares(figures: Shares, n: int = 3, *, unit: str = "1") -> Measure:
    """Return the sum of the ``n`` largest published shares (method "top_of_shares/1")."""
    if n < 1:
        raise MeasureError(f"the largest {n} countries: n must be one or more")
    shares = _sort_out(figures, unit)
    name, method = f"top_{n}_of_shares", "top_of_shares/1"
    if shares.fault:
        return refuse(name, method, shares.inputs, shares.fault, subject=shares.subject)
    return tell(
        name,
        method,
        shares.inputs,
        value=min(sum((s for _, s in shares.named[:n]), _ZERO), Decimal(1)),
        bounds=total(shares.ends[:n]).clipped(0, 1),
        subject=shares.subject,
        coverage=shares.listed,
        note=", ".join(c for c, s in shares.named[:n] if s),
    )


def n_minus_1_of_shares(figures: Shares, *, unit: str = "1") -> Measure:
    """Return the supply left without the largest country (method "n_minus_1_of_shares/1")."""
    shares = _sort_out(figures, unit)
    name, method = "n_minus_1_of_shares", "n_minus_1_of_shares/1"
    if shares.fault:
        return refuse(name, method, shares.inputs, shares.fault, subject=shares.subject)
    country, top = shares.named[0]
    return tell(
        name,
        method,
        shares.inputs,
        value=1 - top,
        bounds=(exactly(1) - shares.ends[0]).clipped(0, 1),
        subject=shares.subject,
        coverage=shares.listed,
        note=f"without {country}",
    )


def share_of(figure: Figure) -> Decimal | None:
    """Return a published share as a part of 0..1; None where it is a bound or missing.

    Raises MeasureError for a unit that is none of "%" and "1".
    """
    if figure.unit not in ("%", "1"):
        raise MeasureError(
            f"a share of {figure.country} in {figure.unit!r}", hint='Shares are in "%" or "1"'
        )
    if figure.value is None or figure.state != "reported":
        return None
    return figure.value / _HUNDRED if figure.unit == "%" else figure.value


def _sort_out(figures: Shares, unit: str) -> _Shares:
    inputs = shares_of(figures, unit)
    _check_alike(inputs)
    small, faults = _ZERO, []
    named: list[tuple[str, Decimal, Interval]] = []
    for figure in inputs:
        if figure.country in (WORLD, OTHER):
            continue
        share = share_of(figure)
        if share is not None and figure.value is not None:
            scale = _HUNDRED if figure.unit == "%" else Decimal(1)
            ends = printed(figure.value)
            least = max(ends.low, _ZERO) / scale
            named.append((figure.country, share, Interval(least, max(ends.high / scale, least))))
        elif figure.state == "less_than" and figure.value is not None:
            small += figure.value / (_HUNDRED if figure.unit == "%" else 1)
        else:
            faults.append(f"the share of {figure.country} is {figure.state.replace('_', ' ')}")
    named.sort(key=lambda n: (-n[1], n[0]))
    listed = sum((n[1] for n in named), _ZERO)
    slack = max(_SLACK, sum(((n[2].high - n[2].low) / 2 for n in named), _ZERO))
    if listed > 1 + slack:
        faults.append(f"the shares sum to {listed}, more than rounding explains")
    if not named or not named[0][1]:
        faults.append("no country has a share above zero")
    return _Shares(
        inputs=inputs,
        named=tuple((country, share) for country, share, _ in named),
        ends=tuple(ends for _, _, ends in named),
        small=small,
        fault="; ".join(faults),
    )


def _sum_note(shares: _Shares) -> str:
    return f"shares as published, summing to {shares.listed.normalize():f}"


def _check_alike(inputs: tuple[Figure, ...]) -> None:
    if not inputs:
        raise MeasureError("no shares to measure", hint="Ask for a commodity, stage and year")
    for field in ("commodity", "stage", "year", "source", "vintage", "measured", "partner"):
        values = {getattr(f, field) for f in inputs}
        if len(values) > 1:
            shown = ", ".join(sorted(map(str, values)))
            raise MeasureError(f"shares of different {field} cannot be joined: {shown}")
    countries = [f.country for f in inputs]
    if len(set(countries)) != len(countries):
        twice = sorted({c for c in countries if countries.count(c) > 1})
        raise MeasureError(f"two shares for {', '.join(twice)}", hint="Give one a country")
