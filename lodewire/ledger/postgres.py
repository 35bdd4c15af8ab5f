"""PostgreSQL: the other engine, for several writers at once. What only PostgreSQL knows is here.

Steps that place things among others (stories, events, judgements) take turns, by an advisory lock
that lasts as long as their transaction; steps that only add (captures, documents, readings) go on
beside each other. So any number of writers gives the ledger that one would. Readers see one state
for as long as they read. See docs/decisions/0012.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lodewire.errors import LedgerError
from lodewire.ledger.backend import Glance, SearchTerms, or_replace
from lodewire.ledger.faults import told_plainly
from lodewire.ledger.schema import PERIOD, documents, tables
from lodewire.ledger.words import cut_terms, snippet_of, words_of

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine, Select, Table

_CONNECT = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "application_name": "lodewire",
    "client_encoding": "utf8",
}
_LOCK_TIMEOUT = "60s"  # for a turn: a batch of another writer takes a few seconds
_TURN = 0x10DE  # the first half of our advisory locks; the second tells ledgers apart
_OLDEST = 120_000
_SECRETS = ("password", "sslpassword", "passfile")
# The title counts as much more than the text as bm25's weights on SQLite make it.
_WEIGHTS = "{0.2,0.2,0.2,1.0}"
_LONGEST_WORD = 500  # PostgreSQL takes 2,046 bytes
_MOST_BYTES = 900_000  # of one document's words; PostgreSQL takes 1 MB
_MOST_PLACES = 256  # of one word in a document; PostgreSQL keeps no more
_FULL_TEXT = (
    """CREATE TABLE documents_text (
         rowid integer PRIMARY KEY REFERENCES documents (number) ON DELETE CASCADE,
         words tsvector NOT NULL)""",
    "CREATE INDEX documents_text_words ON documents_text USING gin (words)",
)
_CHECKED = 200


_HOLDERS = """SELECT k.key, held.number
    FROM unnest(CAST(:keys AS bigint[])) AS k (key)
    CROSS JOIN unnest(CAST(:periods AS integer[])) AS p (period)
    CROSS JOIN LATERAL (
      SELECT number FROM signature_keys s
      WHERE s.period = p.period AND s.key = k.key AND s.day BETWEEN :first AND :last
      ORDER BY s.day, s.number LIMIT :most
    ) held"""

_ADD_KEYS = """INSERT INTO signature_keys (period, key, day, number)
    SELECT * FROM unnest(%s::integer[], %s::bigint[], %s::integer[], %s::integer[])
    ON CONFLICT DO NOTHING"""


class PostgresBackend:
    """A database on a PostgreSQL server, named by its URL.

    Raises LedgerError when the driver is not installed or the URL cannot be read; no message ever
    holds a password.
    """

    check_writes = False

    def __init__(self, place: str) -> None:
        from importlib.util import find_spec

        self._url = _url_of(place)
        self.where = _shown(self._url)
        if find_spec("psycopg") is None:
            raise LedgerError(
                f"{self.where}: PostgreSQL needs the library psycopg, which is not installed",
                hint="install it: pip install 'lodewire[postgres]'",
            )

    def exists(self) -> bool:
        """A database is made by its owner; the first connection tells when it is not there."""
        return True

    @contextmanager
    def glance(self, engine: Engine, query: str) -> Iterator[Glance]:
        """Ask in a transaction of its own each time."""
        from sqlalchemy import text

        prepared = text(query)

        def look(values: Mapping[str, Any]) -> Sequence[Any] | None:
            with engine.connect() as connection:
                return connection.execute(prepared, dict(values)).first()

        yield look

    def prepare_new(self) -> None:
        """Check that the database can hold a ledger: reachable, not too old, in UTF-8."""
        engine = self.engine()
        try:
            with told_plainly(self.where), engine.connect() as connection:
                encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
                version = connection.exec_driver_sql("SHOW server_version_num").scalar_one()
        finally:
            engine.dispose()
        if encoding != "UTF8":
            raise LedgerError(
                f"{self.where}: the database is encoded in {encoding}",
                hint="make one in UTF8: createdb --encoding UTF8 --template template0 NAME",
            )
        if int(version) < _OLDEST:
            raise LedgerError(
                f"{self.where}: the server is PostgreSQL {int(version) // 10_000}",
                hint=f"use {_OLDEST // 10_000} or newer",
            )

    def engine(self) -> Engine:
        """Return an engine whose writers see what is committed, and whose readers one state."""
        from sqlalchemy import create_engine, event

        query = {k: v for k, v in _CONNECT.items() if k not in self._url.query}
        engine = create_engine(
            self._url,
            connect_args=query,
            pool_pre_ping=True,
        )
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
        return engine

    def insert_new(self, table: Table) -> Any:
        """INSERT ... ON CONFLICT DO NOTHING."""
        from sqlalchemy.dialects.postgresql import insert

        return insert(table).on_conflict_do_nothing()

    def insert_or_raise(self, table: Table, column: str) -> Any:
        """INSERT ... ON CONFLICT DO UPDATE SET column = the greater of both; any beats none."""
        from sqlalchemy import or_
        from sqlalchemy.dialects.postgresql import insert

        new = insert(table)
        offered, kept = new.excluded[column], table.c[column]
        return new.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={column: offered},
            where=or_(kept.is_(None), offered > kept),
        )

    def insert_or_replace(self, table: Table, columns: Sequence[str]) -> Any:
        """INSERT ... ON CONFLICT DO UPDATE SET columns = those offered."""
        from sqlalchemy.dialects.postgresql import insert

        return or_replace(insert(table), table, columns)

    def full_text_ddl(self) -> tuple[str, ...]:
        """A tsvector of each document, with a GIN index."""
        return _FULL_TEXT

    def full_text(
        self, terms: SearchTerms
    ) -> tuple[ColumnElement[bool], ColumnElement[Any], ColumnElement[str], Any]:
        """Match wanted terms; ranked by how often, weighed against the document's length."""
        from sqlalchemy import column, func, literal_column, table

        index = table("documents_text", column("rowid"), column("words"))
        query = _tsquery(terms.wanted, " & ")
        weights: ColumnElement[Any] = literal_column(f"'{_WEIGHTS}'::real[]")
        rank = -func.ts_rank(weights, index.c.words, query, 1)
        # The text itself: where its snippet lies is told after the hits are chosen.
        return index.c.words.op("@@")(query), rank, documents.c.text, index

    def snippet(self, title: str | None, snippet: str, terms: SearchTerms) -> str:
        """Cut the snippet out of the whole text."""
        return snippet_of(title, snippet, terms)

    def without(self, terms: SearchTerms) -> Select[Any]:
        """Rows that hold an unwanted term."""
        from sqlalchemy import column, select, table

        index = table("documents_text", column("rowid"), column("words"))
        return select(index.c.rowid).where(index.c.words.op("@@")(_tsquery(terms.unwanted, " | ")))

    def index(self, connection: Connection, told: Sequence[Mapping[str, Any]]) -> None:
        """Keep each document's words; one that is there stays."""
        from sqlalchemy import text

        if told:
            connection.execute(
                text(
                    "INSERT INTO documents_text (rowid, words) SELECT number, "
                    "CAST(:words AS tsvector) FROM documents WHERE id = :id ON CONFLICT DO NOTHING"
                ),
                [{"id": row["id"], "words": _vector(row["title"], row["text"])} for row in told],
            )

    def holders(
        self, connection: Connection, keys: Sequence[int], days: tuple[int, int], most: int
    ) -> Mapping[int, Sequence[int]]:
        """One question, with a limit for each key and period."""
        from sqlalchemy import text

        first, last = days
        periods = list(range(first // PERIOD, last // PERIOD + 1))
        bound = {"keys": list(keys), "periods": periods}
        within = {"first": first, "last": last, "most": most}
        found: dict[int, list[int]] = {}
        for key, number in connection.execute(text(_HOLDERS), {**bound, **within}):
            found.setdefault(key, []).append(number)
        return found

    def add_keys(self, connection: Connection, rows: Sequence[tuple[int, int, int, int]]) -> None:
        """One statement for all, an array a column."""
        driver: Any = connection.connection.driver_connection
        if rows:
            driver.execute(_ADD_KEYS, [list(column) for column in zip(*rows, strict=True)])

    def take_turn(self, connection: Connection) -> None:
        """An advisory lock of this ledger, until the transaction ends."""
        from sqlalchemy import text

        connection.execute(
            text("SELECT pg_advisory_xact_lock(:turn, hashtext(current_schema()))"),
            {"turn": _TURN},
        )

    def hold_still(self, connection: Connection) -> None:
        """LOCK TABLE ... IN SHARE MODE: readers go on, writers wait."""
        names = ", ".join(tables.tables)
        connection.exec_driver_sql(f"LOCK TABLE {names} IN SHARE MODE")

    def settle(self, connection: Connection) -> None:
        """Have every text column sort and compare by bytes, as SQLite does, whatever the locale."""
        from sqlalchemy import text

        wanted: dict[str, list[str]] = defaultdict(list)
        for row in connection.execute(
            text(
                "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod) AS type "
                "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
                "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' "
                "AND a.attnum > 0 AND NOT a.attisdropped AND a.attcollation <> 0 "
                "AND a.attcollation <> 'pg_catalog.\"C\"'::regcollation "
                "ORDER BY c.relname, a.attnum"
            )
        ):
            if row.relname in tables.tables:
                change = f'ALTER COLUMN "{row.attname}" TYPE {row.type} COLLATE "C"'
                wanted[row.relname].append(change)
        for name, changes in wanted.items():
            connection.exec_driver_sql(f'ALTER TABLE "{name}" {", ".join(changes)}')

    def load(self, connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """COPY the rows; documents enter the full-text index with them."""
        _copy_in(connection, table.name, list(table.c.keys()), rows)
        if table.name == documents.name:
            at = {name: list(table.c.keys()).index(name) for name in ("number", "title", "text")}
            told = [(r[at["number"]], _vector(r[at["title"]], r[at["text"]])) for r in rows]
            _copy_in(connection, "documents_text", ["rowid", "words"], told)

    def loaded(self, connection: Connection) -> None:
        """Numbers go on after the highest loaded; the planner learns how much there is."""
        from sqlalchemy import func, select

        for table in tables.sorted_tables:
            column: Any = table.autoincrement_column
            if column is not None:
                sequence = func.pg_get_serial_sequence(table.name, column.name)
                following = func.coalesce(func.max(column), 0) + 1
                connection.execute(select(func.setval(sequence, following, False)))
        connection.exec_driver_sql(f"ANALYZE {', '.join(tables.tables)}")

    def snapshot(self, file: Path, told: Callable[[int, int], None]) -> bool:
        """A server has no such means for us: a backup goes the portable way."""
        return False

    def problems(self, connection: Connection) -> tuple[str, ...]:
        """References, indexes that are not valid, and the full-text index against its texts."""
        from sqlalchemy import text

        found = _dangling(connection)
        found += [
            f"the index {row.name} is not valid: REINDEX INDEX {row.name}"
            for row in connection.execute(
                text(
                    "SELECT c.relname AS name FROM pg_index i JOIN pg_class c "
                    "ON c.oid = i.indexrelid WHERE NOT i.indisvalid "
                    "AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
                )
            )
        ]
        wrong = _wrongly_indexed(connection)
        if wrong:
            found.append(f"the full-text index does not fit the documents: {wrong} of them")
        return tuple(found)


def _url_of(place: str) -> Any:
    from sqlalchemy.engine import make_url

    unclear = LedgerError(
        "the ledger's URL cannot be read",
        hint="write postgresql://user@host:5432/name; a password with signs in it is safest in "
        "~/.pgpass or PGPASSWORD",
    )
    if place.partition("?")[0].count("@") > 1:
        raise unclear  # a password with a sign in it would be taken for the host, and shown
    try:
        url = make_url("postgresql" + place[place.index(":") :])
    except Exception:
        raise unclear from None  # what the parser says may hold a part of the password
    return url.set(drivername="postgresql+psycopg")


def _shown(url: Any) -> str:
    """The URL without driver and secrets."""
    query = {k: v for k, v in url.query.items() if k not in _SECRETS}
    shown = url.set(drivername="postgresql", query=query)
    return str(shown.render_as_string(hide_password=True))


def _on_connect(connection: Any, _: object) -> None:
    connection.execute(f"SET lock_timeout = '{_LOCK_TIMEOUT}'")
    connection.commit()


def _on_begin(connection: Connection) -> None:
    from psycopg import IsolationLevel

    # The driver's BEGIN, sent with the first query, says both: no round trip of its own.
    driver: Any = connection.connection.driver_connection
    writes = connection.get_execution_options().get("lodewire_writes", False)
    level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
    driver.isolation_level, driver.read_only = level, not writes


def _copy_in(
    connection: Connection, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    driver: Any = connection.connection.driver_connection
    listed = ", ".join(f'"{c}"' for c in columns)
    with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _vector(title: str | None, text: str) -> str:
    """The words of a document as a tsvector literal; a title's bear weight A.

    A word is letters and digits alone, so nothing in it needs quoting. Words of a title and of
    the text are no neighbours.
    """
    places: dict[str, list[str]] = defaultdict(list)
    head = words_of(title or "")
    for at, word in enumerate(head, 1):
        places[word].append(f"{at}A")
    for at, word in enumerate(words_of(text), len(head) + 2):
        if len(places[word]) < _MOST_PLACES:
            places[word].append(str(at))
    told, size = [], 0
    for word, where in places.items():
        size += len(word.encode()) + 2 * len(where) + 4
        if size > _MOST_BYTES:
            break
        if len(word) <= _LONGEST_WORD:
            told.append(f"'{word}':{','.join(where)}")
    return " ".join(told)


def _tsquery(terms: Sequence[tuple[tuple[str, ...], bool]], joint: str) -> ColumnElement[Any]:
    """Every word inside quotes, cut as text is: no character of a query can become syntax."""
    from sqlalchemy import literal, literal_column

    told = []
    for words, prefix in cut_terms(terms):
        quoted = [f"'{word[:_LONGEST_WORD]}'" for word in words]
        if prefix:
            quoted[-1] += ":*"
        told.append(f"({' <-> '.join(quoted)})")
    return literal(joint.join(told)).op("::")(literal_column("tsquery"))


def _dangling(connection: Connection) -> list[str]:
    """Rows whose foreign key leads nowhere: a server can be told not to check."""
    from sqlalchemy import exists, func, select

    found = []
    for table in tables.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name):
            there = exists().where(key.column == key.parent)
            query = select(func.count()).where(key.parent.is_not(None), ~there)
            if count := connection.scalar(query):
                found.append(
                    f"{count} of {table.name} point to a missing row of {key.column.table}"
                )
    return found


def _wrongly_indexed(connection: Connection) -> int:
    from sqlalchemy import func, select, text

    wrong, last = 0, 0
    differ = text(
        "SELECT count(*) FROM unnest(CAST(:numbers AS integer[]), CAST(:vectors AS text[])) "
        "AS told (number, words) LEFT JOIN documents_text kept ON kept.rowid = told.number "
        "WHERE kept.words IS DISTINCT FROM CAST(told.words AS tsvector)"
    )
    columns = (documents.c.number, documents.c.title, documents.c.text)
    query = select(*columns).order_by(documents.c.number).limit(_CHECKED)
    while rows := connection.execute(query.where(documents.c.number > last)).all():
        vectors = [_vector(row.title, row.text) for row in rows]
        numbers = [row.number for row in rows]
        wrong += connection.scalar(differ, {"numbers": numbers, "vectors": vectors}) or 0
        last = numbers[-1]
    kept = connection.scalar(text("SELECT count(*) FROM documents_text")) or 0
    held = connection.scalar(select(func.count()).select_from(documents)) or 0
    return wrong + max(0, kept - held)
