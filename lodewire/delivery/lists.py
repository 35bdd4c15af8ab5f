"""Lists of subscribers as CSV: read with checks that name the line, written safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from lodewire.delivery.addresses import check_address, typo_hint
from lodewire.delivery.keys import NewsletterKey
from lodewire.delivery.waves import check_timezone
from lodewire.errors import DeliveryError
from lodewire.model.audience import (
    Consent,
    ConsentStep,
    Frequency,
    Preferences,
    Subscriber,
    SubscriberState,
)
from lodewire.model.vocabulary import Desk

COLUMNS = (
    "address",
    "desks",
    "frequency",
    "timezone",
    "hour",
    "consent_wording",
    "consent_source",
    "consent_at",
)
_CONSENT = COLUMNS[5:]
_MOST_TOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """Subscribers of a file with the consent each comes with, and hints, each with its line."""

    subscribers: tuple[tuple[Subscriber, tuple[Consent, ...]], ...]
    hints: tuple[str, ...]


def read_list(text: str, key: NewsletterKey, *, now: datetime) -> ReadList:
    """Read a list; every line must be right, or nothing is taken.

    Only ``address`` must be there. A line with all three columns of consent gives an active
    subscriber, one without is pending: it is not written to before it is confirmed. Desks are ids
    separated by blanks. Raises DeliveryError naming lines and what is wrong with them.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    found: dict[str, tuple[Subscriber, tuple[Consent, ...]]] = {}
    hints: list[str] = []
    problems: list[str] = []
    try:
        _check_columns(rows.fieldnames)
        for row in rows:
            line = rows.line_num
            try:
                subscriber, steps = _read_row(row, key, now)
            except DeliveryError as error:
                problems.append(f"line {line}: {error.message}")
                continue
            if subscriber.id in found:
                problems.append(f"line {line}: the address stands in an earlier line too")
            found[subscriber.id] = (subscriber, steps)
            if meant := typo_hint(subscriber.address):
                hints.append(f"line {line}: {subscriber.address}: is {meant} meant?")
    except csv.Error as error:
        problems.append(f"line {rows.line_num}: {error}")
    if problems:
        more = len(problems) - _MOST_TOLD
        told = "; ".join(problems[:_MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")
        raise DeliveryError(
            f"nothing was imported: {told}", hint="correct these lines and import again"
        )
    return ReadList(subscribers=tuple(found.values()), hints=tuple(hints))


def _check_columns(names: Iterable[str] | None) -> None:
    there = list(names or ())
    if "address" not in there:
        raise DeliveryError(
            "the first line names no column 'address'",
            hint=f"columns are {', '.join(COLUMNS)}; only address must be there",
        )
    unknown = [name for name in there if name not in COLUMNS and name != "state"]
    if unknown:
        raise DeliveryError(
            f"there is no column {unknown[0]!r}", hint=f"columns are {', '.join(COLUMNS)}"
        )


def _read_row(
    row: Mapping[str | None, object], key: NewsletterKey, now: datetime
) -> tuple[Subscriber, tuple[Consent, ...]]:
    if None in row:
        raise DeliveryError("more cells than columns")
    cells = {str(name): _bare(str(value or "").strip()) for name, value in row.items()}
    consent = _consent(cells, now)
    address = check_address(cells["address"])
    subscriber = Subscriber(
        address=address,
        address_key=key.hash_address(address),
        state=SubscriberState.ACTIVE if consent else SubscriberState.PENDING,
        preferences=read_preferences(cells),
        created_at=now,
        asked_at=now,
        serial=1 if consent else 0,
    )
    return subscriber, consent


def read_preferences(cells: Mapping[str, str]) -> Preferences:
    """Return preferences from words; what is empty has its default. Raises DeliveryError."""
    desks = []
    for word in cells.get("desks", "").replace(",", " ").split():
        try:
            desks.append(Desk(word))
        except ValueError:
            known = ", ".join(d.value for d in Desk)
            raise DeliveryError(f"{word!r} is no desk", hint=f"desks are {known}") from None
    try:
        frequency = Frequency(cells.get("frequency") or "daily")
    except ValueError:
        raise DeliveryError(
            f"{cells['frequency']!r} is no frequency", hint="daily, weekdays or weekly"
        ) from None
    hour = cells.get("hour") or "7"
    if not (hour.isascii() and hour.isdigit() and int(hour) <= 23):
        raise DeliveryError(f"{hour!r} is no hour of the day", hint="0 to 23")
    zone = check_timezone(cells.get("timezone") or "UTC")
    return Preferences(
        desks=tuple(dict.fromkeys(desks)), frequency=frequency, timezone=zone, hour=int(hour)
    )


def _consent(cells: Mapping[str, str], now: datetime) -> tuple[Consent, ...]:
    told = [cells.get(name, "") for name in _CONSENT]
    if not any(told):
        return ()
    if cells.get("state", "active") not in ("", "active"):
        return ()  # an exported list: who had left stays unconfirmed
    if not all(told):
        raise DeliveryError("consent needs its wording, source and time, or none of them")
    wording, source, when = told
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        raise DeliveryError(f"{when!r} is no ISO time") from None
    if at.tzinfo is None:
        raise DeliveryError(f"{when!r} has no offset; add Z")
    if at > now:
        raise DeliveryError(f"{when!r} is in the future")
    at = at.astimezone(UTC)
    return (Consent(step=ConsentStep.IMPORTED, wording=wording, source=source, at=at),)


def list_row(subscriber: Subscriber, steps: Iterable[Consent]) -> dict[str, str]:
    """Return a subscriber as a row; consent is the latest that was given."""
    given = [s for s in steps if s.step in (ConsentStep.CONFIRMED, ConsentStep.IMPORTED)]
    last = given[-1] if given else None
    told = subscriber.preferences
    return {
        "address": subscriber.address,
        "state": subscriber.state.value,
        "desks": " ".join(d.value for d in told.desks),
        "frequency": told.frequency.value,
        "timezone": told.timezone,
        "hour": str(told.hour),
        "consent_wording": last.wording if last else "",
        "consent_source": last.source if last else "",
        "consent_at": last.at.isoformat() if last else "",
    }


def write_list(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield the lines of the CSV file; no cell begins a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=["address", "state", *COLUMNS[1:]])
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _safe(value) for name, value in row.items()})
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


_FORMULA = ("=", "+", "-", "@")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _bare(cell: str) -> str:
    """Take away what :func:`write_list` put before a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
