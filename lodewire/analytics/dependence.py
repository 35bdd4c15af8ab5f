"""Dependence of one country on another: by quantity and by value, and why the two differ.

The same imports give two shares. By quantity counts tonnes, by value money; where a partner ships
the cheaper forms its share by quantity is the larger one. Neither is the right one: a plant needs
tonnes, a budget money. Both are told, with the unit values that explain the difference. Japan's
imports of rare earths in 2024 are 37.8 % Chinese by value and 66.1 % by quantity (CEPII BACI).

The share of a partner in imports is no dependence yet where much is made at home:
``of_consumption`` scales it by net import reliance, to a part of what is used. Both are plain
ratios of published flows and need no source of their own; their figures name theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lodewire.analytics.given import GIVEN, as_measure, given, refuse, tell
from lodewire.analytics.intervals import Interval, Number, exactly, of_figure, printed, total
from lodewire.errors import MeasureError
from lodewire.model.measure import OTHER, WORLD, Figure, Measure

Flows = Mapping[str, Number | None] | Iterable[Figure]
"""Partner -> amount, or figures with ``partner``; "WORLD" is the source's own total."""

_ZERO = Decimal(0)
_ONE = Decimal(1)
_ALIKE = Decimal("0.005")
_CLOSE = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """A partner's part of imports by quantity and by value, 0..1 each, and why they differ.

    ``unit_value_ratio``: what a unit from the partner costs against one from all others; None where
    one of the two is not known or nothing comes from others.
    """

    partner: str
    by_quantity: Measure
    by_value: Measure
    unit_value_ratio: Decimal | None
    why: str


def dependence(
    partner: str,
    *,
    quantity: Flows | None = None,
    value: Flows | None = None,
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Dependence:
    """Return how far imports depend on ``partner``, by quantity and by value.

    Methods "import_share_quantity/1" and "import_share_value/1". A side that is not given refuses
    and says so; the other is told nevertheless.
    """
    by_quantity = import_share(
        partner, quantity, basis="quantity", subject=subject, vintage=vintage
    )
    by_value = import_share(partner, value, basis="value", subject=subject, vintage=vintage)
    ratio = _unit_value_ratio(_near(by_quantity), _near(by_value))
    return Dependence(
        partner=partner,
        by_quantity=by_quantity,
        by_value=by_value,
        unit_value_ratio=ratio,
        why=_why(partner, by_quantity, by_value, ratio),
    )


def import_share(
    partner: str,
    flows: Flows | None,
    *,
    basis: str,
    subject: str = GIVEN,
    vintage: str | None = None,
) -> Measure:
    """Return the partner's part of imports, 0..1 (method "import_share_<basis>/1").

    ``basis`` is "quantity" or "value". Bounds allow for flows that are bounds themselves, for
    "OTHER", which may hold a partner that is not listed, and for what a total holds beyond the
    list. Refuses when a flow is withheld or nothing is imported.
    """
    if basis not in ("quantity", "value"):
        raise MeasureError(f"a share by {basis!r}", hint='By "quantity" or by "value"')
    name, method = f"import_share_{basis}", f"import_share_{basis}/1"
    if flows is None:
        why = f"imports by {basis} are not given"
        return refuse(name, method, (), why, subject=subject, vintage=vintage)
    figures = _figures(flows, subject)
    missing = sorted(f.partner for f in figures if f.value is None and f.state != "interval")
    if missing or not figures:
        why = f"not known: {', '.join(missing)}" if missing else f"no imports by {basis}"
        return refuse(name, method, figures, why, subject=subject, vintage=vintage)
    amounts = {f.partner: of_figure(f) for f in figures}
    world = amounts.pop(WORLD, None)
    hidden = amounts.pop(OTHER, Interval(_ZERO, _ZERO))
    listed = total(amounts.values())
    beyond = _beyond(world, listed + hidden)
    theirs = amounts.get(partner)
    others = total(a for p, a in amounts.items() if p != partner)
    unnamed = Interval(hidden.low + beyond, hidden.high + beyond)
    if (listed + unnamed).high <= 0:
        why = "nothing is imported"
        return refuse(name, method, figures, why, subject=subject, vintage=vintage)
    own = theirs if theirs is not None else Interval(_ZERO, unnamed.high)
    rest = others + unnamed if theirs is not None else others
    bounds = Interval(_part(own.low, rest.high), _part(own.high, rest.low))
    known = theirs is not None and all(a.exact for a in (*amounts.values(), hidden))
    return tell(
        name,
        method,
        figures,
        value=own.low / (listed.low + unnamed.low) if known else None,
        bounds=bounds,
        subject=subject,
        vintage=vintage,
        coverage=_part(listed.low, unnamed.high),
        note="" if theirs is not None else f"{partner} is not listed by itself",
    )


def published_import_share(figure: Figure, *, subject: str = GIVEN) -> Measure:
    """Return a partner's part of imports as its source prints it (method "published/1").

    In percent or as a part; a bound stays a bound. It bears the name of what the figure measures:
    a sourcing share is a part of all that is used, what is made at home included.
    """
    if figure.unit not in ("%", "1"):
        raise MeasureError(
            f"an import share in {figure.unit!r}", hint='Import shares are in "%" or "1"'
        )
    scale = Decimal(100) if figure.unit == "%" else _ONE
    name = "sourcing_share" if figure.measured == "sourcing_share" else "import_share"
    method = "published/1"
    if figure.value is None and figure.state != "interval":
        why = f"the share of {figure.partner} is {figure.state.replace('_', ' ')}"
        return refuse(name, method, (figure,), why, subject=subject)
    ends = of_figure(figure)
    reported = figure.state == "reported" and figure.value is not None
    return tell(
        name,
        method,
        (figure,),
        value=figure.value / scale if reported and figure.value is not None else None,
        bounds=Interval(ends.low / scale, ends.high / scale).clipped(0, 1),
        subject=subject,
    )


def share_beyond_listed(
    figures: Iterable[Figure], partner: str, *, subject: str = GIVEN
) -> Measure:
    """Return the bounds of a partner that a table of published shares does not name.

    Method "share_beyond_listed/1": from nothing to all that the named partners leave ("OTHER" is
    part of it), allowing for the rounding of each share.
    """
    shares = tuple(figures)
    name = f"{shares[0].measured}" if shares else "import_share"
    method = "share_beyond_listed/1"
    named = [f for f in shares if f.partner not in (OTHER, WORLD)]
    if any(f.partner == partner for f in named):
        raise MeasureError(f"{partner} is listed", hint="Take its share as it is published")
    known = [f for f in named if f.state == "reported" and f.value is not None]
    if not known:
        return refuse(name, method, shares, "no share is published", subject=subject)
    if {f.unit for f in known} - {"%", "1"}:
        raise MeasureError("shares in other units", hint='Import shares are in "%" or "1"')
    least = total(
        printed(f.value or _ZERO) / exactly(100 if f.unit == "%" else 1) for f in known
    ).low
    return tell(
        name,
        method,
        shares,
        value=None,
        bounds=Interval(_ZERO, min(max(_ONE - least, _ZERO), _ONE)),
        subject=subject,
        note=f"{partner} is not listed by itself",
    )


def of_consumption(share: Measure | Number, reliance: Measure | Number) -> Measure:
    """Return the partner's part of what is used: import share times net import reliance.

    Method "dependence_consumption/1", 0..1. ``share`` 0..1, ``reliance`` in percent; plain numbers
    or measures. It takes the
    partner's part of net imports for its part of all imports. Bounds of both are carried; where one
    is not known it refuses.
    """
    share = as_measure(share, "import_share", "1")
    reliance = as_measure(reliance, "net_import_reliance", "%")
    inputs = (*share.inputs, *reliance.inputs)
    name, method = "dependence_consumption", "dependence_consumption/1"
    if reliance.unit != "%" or share.unit != "1":
        raise MeasureError(
            f"a share in {share.unit!r} and a reliance in {reliance.unit!r}",
            hint="The share is a part of 0..1, the reliance in percent",
        )
    vintage = ", ".join(dict.fromkeys((share.vintage, reliance.vintage)))
    if share.low is None or share.high is None or reliance.high is None:
        why = share.note or reliance.note or "the share or the reliance is not known"
        return refuse(name, method, inputs, why, subject=share.subject, vintage=vintage)
    low, high = _percent(reliance.low), _percent(reliance.high)
    value = None
    if share.value is not None and reliance.value is not None:
        value = share.value * _percent(reliance.value)
    return tell(
        name,
        method,
        inputs,
        value=value,
        bounds=Interval(share.low * low, share.high * high),
        subject=share.subject,
        vintage=vintage,
        note=reliance.note,
    )


def _percent(value: Decimal | None) -> Decimal:
    return _ZERO if value is None else min(max(value / 100, _ZERO), _ONE)


def _part(own: Decimal, rest: Decimal) -> Decimal:
    if own.is_infinite():
        return _ONE
    whole = own + rest
    return own / whole if whole > 0 and whole.is_finite() else _ZERO


def _beyond(world: Interval | None, listed: Interval) -> Decimal:
    return _ZERO if world is None else max(world.low - listed.high, _ZERO)


def _figures(flows: Flows, subject: str) -> tuple[Figure, ...]:
    if isinstance(flows, Mapping):
        return tuple(
            given("imports", amount, partner=partner, subject=subject, unit="")
            for partner, amount in flows.items()
        )
    found = tuple(flows)
    for field in ("unit", "year", "source", "vintage", "country", "commodity", "stage"):
        values = {getattr(f, field) for f in found}
        if len(values) > 1:
            shown = ", ".join(sorted(map(str, values)))
            raise MeasureError(f"flows of different {field} cannot be joined: {shown}")
    partners = [f.partner for f in found]
    if len(set(partners)) != len(partners):
        raise MeasureError("two flows from one partner", hint="Add them up or choose one form")
    return found


def _near(share: Measure) -> Decimal | None:
    """The share, or the middle of bounds so close that an explanation holds at both ends."""
    if share.value is not None or share.low is None or share.high is None:
        return share.value
    return (share.low + share.high) / 2 if share.high - share.low <= _CLOSE else None


def _unit_value_ratio(quantity: Decimal | None, value: Decimal | None) -> Decimal | None:
    """Unit value of the partner over that of all others, from the two shares alone."""
    if quantity is None or value is None or not 0 < quantity < 1 or not 0 < value < 1:
        return None
    return (value / quantity) / ((1 - value) / (1 - quantity))


def _why(partner: str, quantity: Measure, value: Measure, ratio: Decimal | None) -> str:
    by_quantity, by_value = _near(quantity), _near(value)
    if by_quantity is None or by_value is None:
        missing = [m for m in (quantity, value) if _near(m) is None]
        return "; ".join(m.note or f"{m.name} is only known within bounds" for m in missing)
    if abs(by_quantity - by_value) <= _ALIKE or ratio is None:
        return "both shares agree"
    told = f"a unit from {partner} costs {ratio:.2f} times one from all others"
    larger = "quantity" if by_quantity > by_value else "value"
    return f"the share by {larger} is the larger one: {told}"
