"""The ledger: its stores side by side over one database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, TypeVar

from lodewire.errors import LedgerError
from lodewire.ledger import migrate
from lodewire.ledger.access import Access
from lodewire.ledger.accounts import AccountStore
from lodewire.ledger.alert_posts import PostStore
from lodewire.ledger.alerts import AlertStore
from lodewire.ledger.audience import SubscriberStore
from lodewire.ledger.backend import backend_of
from lodewire.ledger.backfills import BackfillStore
from lodewire.ledger.briefs import BriefStore
from lodewire.ledger.campaigns import CampaignStore
from lodewire.ledger.captures import CaptureStore
from lodewire.ledger.copies import CopyStore
from lodewire.ledger.counts import CountStore
from lodewire.ledger.decisions import DecisionStore
from lodewire.ledger.desk_work import DeskWorkStore
from lodewire.ledger.documents import DocumentStore
from lodewire.ledger.editions import EditionStore
from lodewire.ledger.entities import EntityStore
from lodewire.ledger.events import EventStore
from lodewire.ledger.export import write_export
from lodewire.ledger.integrity import find_problems
from lodewire.ledger.judgements import JudgementStore
from lodewire.ledger.letters import LetterStore
from lodewire.ledger.opens import OpenStore
from lodewire.ledger.quarantine import QuarantineStore
from lodewire.ledger.readings import ReadingStore
from lodewire.ledger.references import find_reference
from lodewire.ledger.retention import Retention
from lodewire.ledger.rights import RightsStore
from lodewire.ledger.saved import SavedSearchStore
from lodewire.ledger.schedule import ScheduleStore
from lodewire.ledger.schema import tables
from lodewire.ledger.schema import work as work_table
from lodewire.ledger.search import Search
from lodewire.ledger.seeds import SeedStore
from lodewire.ledger.selecting import Selection
from lodewire.ledger.sources import SourceStore
from lodewire.ledger.statements import StatementStore
from lodewire.ledger.stories import StoryStore
from lodewire.ledger.versions import VersionStore
from lodewire.ledger.work import Stage

T = TypeVar("T")

_COUNTED = (
    "captures",
    "documents",
    "readings",
    "event_mentions",
    "statements",
    "checks",
    "entities",
    "judgements",
    "decisions",
    "quarantine",
    "briefs",
)


class Ledger:
    """All stores of one desk. Use as a context manager, or close it."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self.sources = SourceStore(access)
        self.captures = CaptureStore(access)
        self.documents = DocumentStore(access)
        self.quarantine = QuarantineStore(access)
        self.backfills = BackfillStore(access)
        self.stories = StoryStore(access)
        self.readings = ReadingStore(access)
        self.entities = EntityStore(access)
        self.events = EventStore(access)
        self.statements = StatementStore(access)
        self.judgements = JudgementStore(access)
        self.decisions = DecisionStore(access)
        self.briefs = BriefStore(access)
        self.editions = EditionStore(access)
        self.versions = VersionStore(access)
        self.retention = Retention(access)
        self.search = Search(access)
        self.saved = SavedSearchStore(access)
        self.subscribers = SubscriberStore(access)
        self.campaigns = CampaignStore(access)
        self.accounts = AccountStore(access)
        self.rights = RightsStore(access)
        self.desk_work = DeskWorkStore(access)
        self.counted = CountStore(access)
        self.copies = CopyStore(access)
        self.letters = LetterStore(access)
        self.seeds = SeedStore(access)
        self.opens = OpenStore(access)
        self.alerts = AlertStore(access)
        self.posts = PostStore(access)
        self.schedule = ScheduleStore(access)
        self.select = Selection(access, self.events)

    @property
    def where(self) -> str:
        """The file or address of the ledger."""
        return self._access.backend.where

    def as_of(self, moment: datetime) -> Ledger:
        """Return the ledger as it was known at an aware ``moment``: read only.

        Every reading query, search and export of it tells of the documents first seen by then,
        the places, judgements and names that held then, and nothing that was learned later. It
        shares the connections of this one and needs no closing. Raises LedgerError for a moment
        without time zone.
        """
        return Ledger(self._access.at(moment))

    @contextmanager
    def transaction(self, *, beside: bool = False) -> Iterator[None]:
        """Make the steps inside one: all of them are kept, or none.

        ``beside``: the steps inside only add captures, documents or readings, so that other
        writers need not wait; see :meth:`again`.
        """
        with self._access.writing(beside=beside):
            yield

    def again(self, step: Callable[[], T]) -> T:
        """Run a step that is one whole transaction; again, where another writer went first."""
        return self._access.again(step)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read inside see one state of the ledger, whoever writes meanwhile."""
        with self._access.reading():
            yield

    def export(self, out: IO[str]) -> int:
        """Write the record as canonical JSON lines; returns how many. See :mod:`.export`."""
        return write_export(self._access, out)

    def find(self, reference: str) -> str:
        """Return the id that a short reference names; see :mod:`.references`."""
        with self._access.reading() as connection:
            return find_reference(connection, reference)

    def counts(self) -> dict[str, int]:
        """Return how many of each the ledger holds; stories, origins and live events too."""
        from sqlalchemy import distinct, func, select

        members, places = tables.tables["story_members"], tables.tables["event_members"]
        with self._access.reading() as connection:
            found = {
                name: connection.scalar(select(func.count()).select_from(tables.tables[name])) or 0
                for name in _COUNTED
            }
            for name, column in (("stories", "story_id"), ("origins", "origin_id")):
                query = select(func.count(distinct(members.c[column])))
                found[name] = connection.scalar(query) or 0
            live = select(func.count(distinct(places.c.event_id))).where(places.c.until.is_(None))
            found["events"] = connection.scalar(live) or 0
        return found

    def waiting(self) -> dict[Stage, int]:
        """Return how much work each stage still has."""
        from sqlalchemy import func, select

        query = select(work_table.c.stage, func.count().label("n")).group_by(work_table.c.stage)
        with self._access.reading() as connection:
            found = {Stage(row.stage): row.n for row in connection.execute(query)}
        return {stage: found.get(stage, 0) for stage in Stage}

    def integrity(self) -> tuple[str, ...]:
        """Return what is wrong with the ledger, one plain line each; empty when sound."""
        return find_problems(self._access)

    def close(self) -> None:
        """Give the connections back."""
        self._access.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_ledger(path_or_url: str | Path, *, create: bool = False) -> Ledger:
    """Open the ledger at a path (or database URL).

    ``create`` makes it where it is missing and brings an older one up to date. Raises LedgerError
    when it is missing, locked, read-only, damaged, no ledger, or of another schema.
    """
    backend = backend_of(str(path_or_url))
    if create:
        backend.prepare_new()
    elif not backend.exists():
        raise LedgerError(
            f"{backend.where}: there is no ledger", hint="run `lodewire init` to create it"
        )
    access = Access(backend)
    try:
        if create:
            migrate.upgrade(access)
        else:
            migrate.check_revision(access)
    except BaseException:
        access.close()
        raise
    return Ledger(access)
