"""Duties with effective dates, as stacked measures: what a good pays on a day, and why.

Tables ``data/duties_*.csv`` hold one row a step of a measure, ``data/duty_lists.toml`` the lists of
codes and countries that several rows share ("@annex-ii"). Each row cites its legal instrument and a
public page. The tables are a working aid for the goods this project follows, not a tariff: scope is
given by prefixes of codes, exclusions granted to single firms or products are not in them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources.abc import Traversable

from lodewire.errors import MeasureError, OntologyError
from lodewire.model.cost import CustomsBasis, Duty, DutyFinding
from lodewire.reference.cost_tables import data_folder, read_rows

LISTS = "duty_lists.toml"
COLUMNS = (
    "id",
    "family",
    "kind",
    "authority",
    "importer",
    "partners",
    "spared",
    "goods",
    "spared_goods",
    "exporter",
    "quota",
    "rate",
    "specific",
    "tops_up",
    "basis",
    "from",
    "until",
    "checked",
    "waived_by",
    "yields_to",
    "heading",
    "instrument",
    "url",
    "note",
)
KINDS = frozenset(
    {
        "mfn",
        "section-232",
        "section-301",
        "section-122",
        "ieepa",
        "anti-dumping",
        "countervailing",
        "safeguard",
        "retaliation",
    }
)
CONTENT = " of content"
QUOTAS = frozenset({"", "within", "beyond"})

_TABLE = re.compile(r"duties_[a-z]+\.csv")
_CODE = re.compile(r"\d{2,10}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@cache
def load_duties() -> tuple[Duty, ...]:
    """Return every step of every measure, by family and day.

    Raises OntologyError, naming file and line, when a table is inconsistent.
    """
    return read_duties()


@cache
def eu_members() -> frozenset[str]:
    """Return the members of the European Union's customs territory that the tables know."""
    return frozenset(_read_lists(data_folder())["@eu27"])


def importer_of(country: str) -> str:
    """Return who levies duty for a country: "EU" for its members, else the country itself."""
    return "EU" if country in eu_members() else country


def duties_on(
    product: str,
    importer: str,
    origin: str,
    day: date,
    *,
    claims: Collection[str] = (),
    within_quota: bool = False,
    exporter: str = "",
    duties: tuple[Duty, ...] | None = None,
) -> tuple[DutyFinding, ...]:
    """Return the measures on a good, each with whether it applies on a day and why or why not.

    ``product`` is an HS or national tariff code (dots allowed); ``importer`` and ``origin`` are ISO
    alpha-2 codes, "EU" or a member for the Union. ``claims`` are preferences the goods qualify for
    ("USMCA", "FTA"). Of a measure with several steps on that day one applies at most. Measures that
    do not cover good or origin at all are left out. Raises MeasureError for a code that is none.
    """
    code = product.replace(".", "").replace(" ", "")
    if not _CODE.fullmatch(code):
        raise MeasureError(f"{product!r} is not a tariff code", hint="Such as 7601.10 or 85076000")
    table = load_duties() if duties is None else duties
    levies = importer_of(importer)
    found = [
        duty
        for duty in table
        if duty.importer == levies and _covers(duty, code) and _hits(duty, origin)
    ]
    chosen = _most_particular(found, code, day, within_quota, exporter)
    applying = {d.family for d in chosen.values() if not _waiver(d, claims) and _bites(d)}
    return tuple(
        _finding(duty, day, chosen, applying, claims) for duty in sorted(found, key=_order)
    )


def read_duties(folder: Traversable | None = None) -> tuple[Duty, ...]:
    """Read and check the tables in ``folder`` (default: the package's own)."""
    place = folder if folder is not None else data_folder()
    lists = _read_lists(place)
    found: dict[str, Duty] = {}
    for name in sorted(f.name for f in place.iterdir() if _TABLE.fullmatch(f.name)):
        for where, row in read_rows(name, COLUMNS, folder):
            duty = _parse(where, row, lists)
            if duty.id in found:
                raise OntologyError(f"{where}: duty {duty.id!r} is there twice")
            found[duty.id] = duty
    families = {d.family for d in found.values()}
    for duty in found.values():
        for other in duty.yields_to:
            if other not in families:
                raise OntologyError(f"duty {duty.id} yields to {other!r}, which is no family")
    return tuple(sorted(found.values(), key=_order))


def _order(duty: Duty) -> tuple[object, ...]:
    return (duty.kind != "mfn", duty.family, duty.start, duty.id)


def _covers(duty: Duty, code: str) -> bool:
    """A code shorter than a prefix may or may not be meant: it is not covered."""
    if any(code.startswith(prefix) for prefix in duty.spared_goods):
        return False
    return not duty.goods or any(code.startswith(prefix) for prefix in duty.goods)


def _hits(duty: Duty, origin: str) -> bool:
    own = {origin, "EU"} if origin in eu_members() else {origin}
    if own & duty.spared or duty.importer in own:
        return False
    return not duty.partners or bool(own & duty.partners)


def _in_force(duty: Duty, day: date) -> bool:
    return duty.start <= day and (duty.end is None or day < duty.end)


def _most_particular(
    found: list[Duty], code: str, day: date, within_quota: bool, exporter: str
) -> dict[str, Duty]:
    """Return family -> the one step of it that is meant for this origin, good, firm and day."""
    chosen: dict[str, tuple[tuple[object, ...], Duty]] = {}
    for duty in found:
        if not _in_force(duty, day):
            continue
        if duty.quota and duty.quota != ("within" if within_quota else "beyond"):
            continue
        if duty.exporter and duty.exporter.casefold() != exporter.casefold():
            continue
        longest = max((len(p) for p in duty.goods if code.startswith(p)), default=0)
        rank = (bool(duty.exporter), bool(duty.partners), longest, duty.start)
        if duty.family not in chosen or rank > chosen[duty.family][0]:
            chosen[duty.family] = (rank, duty)
    return {family: duty for family, (_, duty) in chosen.items()}


def _bites(duty: Duty) -> bool:
    return bool(duty.rate) or duty.specific is not None


def _waiver(duty: Duty, claims: Collection[str]) -> str:
    return next((c for c in sorted(claims) if c in duty.waived_by), "")


def _finding(
    duty: Duty,
    day: date,
    chosen: dict[str, Duty],
    applying: set[str],
    claims: Collection[str],
) -> DutyFinding:
    why = _why_not(duty, day, chosen, applying, claims)
    if why:
        return DutyFinding(duty=duty, applies=False, why=why)
    told = f"in force since {duty.start}"
    if duty.end is not None:
        told += f" until {duty.end}"
    elif day > duty.checked:
        told += f"; no end is known, last seen in force on {duty.checked}"
    return DutyFinding(duty=duty, applies=True, why=told)


def _why_not(
    duty: Duty,
    day: date,
    chosen: dict[str, Duty],
    applying: set[str],
    claims: Collection[str],
) -> str:
    if day < duty.start:
        return f"begins on {duty.start}"
    if duty.end is not None and day >= duty.end:
        return f"ended on {duty.end}"
    meant = chosen.get(duty.family)
    if meant is None or meant.id != duty.id:
        if duty.quota and (meant is None or meant.quota):
            return f"is the rate {duty.quota} the quota"
        if duty.exporter:
            return f"is the rate of {duty.exporter}"
        return f"{meant.id} is more particular" if meant is not None else "is not meant here"
    if waiver := _waiver(duty, claims):
        return f"waived for goods that qualify for {waiver}"
    stronger = next((f for f in duty.yields_to if f in applying), "")
    return f"does not apply on top of {stronger}" if stronger else ""


def _parse(where: str, row: dict[str, str], lists: dict[str, tuple[str, ...]]) -> Duty:
    for column in ("id", "family"):
        if not _SLUG.fullmatch(row[column]):
            raise OntologyError(f"{where}: {column} {row[column]!r} is not kebab-case")
    for column in ("authority", "instrument"):
        if not row[column]:
            raise OntologyError(f"{where}: {column} is empty")
    if row["kind"] not in KINDS or row["quota"] not in QUOTAS:
        raise OntologyError(f"{where}: kind {row['kind']!r} or quota {row['quota']!r} is unknown")
    if not row["url"].startswith("https://"):
        raise OntologyError(f"{where}: url must start with https://")
    if row["tops_up"] not in ("", "yes"):
        raise OntologyError(f"{where}: tops_up is yes or empty")
    start, checked = _day(where, row["from"]), _day(where, row["checked"])
    end = _day(where, row["until"]) if row["until"] else None
    if end is not None and end <= start:
        raise OntologyError(f"{where}: until {end} is not after from {start}")
    rate, specific = _rate(where, row)
    return Duty(
        id=row["id"],
        family=row["family"],
        kind=row["kind"],
        authority=row["authority"],
        importer=row["importer"],
        partners=frozenset(_members(where, row["partners"], lists, _COUNTRY)),
        spared=frozenset(_members(where, row["spared"], lists, _COUNTRY)),
        goods=tuple(_members(where, row["goods"], lists, _CODE)),
        spared_goods=tuple(_members(where, row["spared_goods"], lists, _CODE)),
        rate=rate,
        specific=specific,
        basis=_basis(where, row["basis"]),
        start=start,
        end=end,
        checked=checked,
        instrument=row["instrument"],
        url=row["url"],
        heading=row["heading"],
        yields_to=tuple(filter(None, row["yields_to"].split("|"))),
        waived_by=frozenset(filter(None, row["waived_by"].split("|"))),
        quota=row["quota"],
        exporter=row["exporter"],
        tops_up=row["tops_up"] == "yes",
        on_content=row["specific"].endswith(CONTENT),
        note=row["note"],
    )


def _members(
    where: str, cell: str, lists: dict[str, tuple[str, ...]], form: re.Pattern[str]
) -> Iterator[str]:
    for part in filter(None, map(str.strip, cell.split("|"))):
        if part.startswith("@"):
            if part not in lists:
                raise OntologyError(f"{where}: {part} is not in {LISTS}")
            yield from lists[part]
        elif form.fullmatch(part):
            yield part
        else:
            raise OntologyError(f"{where}: {part!r} is neither a code nor a list")


def _rate(where: str, row: dict[str, str]) -> tuple[Decimal | None, tuple[Decimal, str] | None]:
    if bool(row["rate"]) == bool(row["specific"]):
        raise OntologyError(f"{where}: needs a rate in per cent or a specific duty, one of them")
    amount, _, unit = _amount(row).partition(" ")
    try:
        value = Decimal(amount)
    except InvalidOperation:
        raise OntologyError(f"{where}: rate {amount!r} is not a number") from None
    if not value.is_finite() or value < 0:
        raise OntologyError(f"{where}: rate {amount!r} is below zero")
    if row["rate"]:
        return value / 100, None
    if not unit:
        raise OntologyError(f"{where}: a specific duty needs a unit, such as 0.375 USD/kg")
    return None, (value, unit)


def _amount(row: dict[str, str]) -> str:
    return row["rate"] or row["specific"].removesuffix(CONTENT)


def _basis(where: str, cell: str) -> CustomsBasis:
    try:
        return CustomsBasis(cell)
    except ValueError:
        raise OntologyError(f"{where}: basis {cell!r} is not fob, cif or exchange") from None


def _day(where: str, cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise OntologyError(f"{where}: {cell!r} is not a day (2025-03-12)") from None


def _read_lists(place: Traversable) -> dict[str, tuple[str, ...]]:
    try:
        told = tomllib.loads((place / LISTS).read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{LISTS}: the data file cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{LISTS}: not valid TOML: {error}") from error
    found: dict[str, tuple[str, ...]] = {}
    for name, fields in told.items():
        if not isinstance(fields, dict) or set(fields) != {"source", "members"}:
            raise OntologyError(f"{LISTS}: [{name}] needs source and members")
        found[f"@{name}"] = tuple(str(fields["members"]).split())
    return found
