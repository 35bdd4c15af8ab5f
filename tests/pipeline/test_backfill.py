"""Going through archives: pages of the field become events, whoever reads them, killed or not."""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import signal
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from lodewire.collect import slices
from lodewire.collect.fetching import FetchLimits, FetchPolicy
from lodewire.errors import FetchFailed
from lodewire.ledger import open_ledger
from lodewire.ledger.store import Ledger
from lodewire.model.vocabulary import EventType
from lodewire.pipeline import backfill_places, backfill_task
from lodewire.pipeline.backfill import BackfillReport, backfill
from lodewire.pipeline.backfill_places import ArchivePlace, FolderPlace, places_of
from lodewire.pipeline.backfill_task import Rules
from lodewire.pipeline.workers import InlineExecutor, RestartingPool, open_executor
from tests.collect.archives import http, record
from tests.pipeline.pages import COOKING, DEAL, NOW, OUTAGE, page

RULES = Rules(gate=0.3, now=NOW)
HERE = InlineExecutor()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with open_ledger(tmp_path / "desk.db", create=True) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two or three pages a slice."""
    monkeypatch.setattr(slices.cut, "__kwdefaults__", {"size": 900})


def told(number: int) -> str:
    """A page's text: one in three of the field, each of its own happening."""
    if number % 3 == 0:
        return DEAL.replace("Khoemacau", f"Khoe{chr(97 + number % 26)}acau{number}")
    if number % 9 == 1:
        return OUTAGE.replace("Altonorte", f"Alto{chr(97 + number % 26)}orte{number}")
    return f"{COOKING} Makes {number} bowls."


def archive(file: Path, count: int = 18) -> Path:
    """An archive of ``count`` pages."""
    parts = [
        record(
            f"https://www.wire{n % 4}.example/{n}",
            http(page(told(n), number=n, title=f"News {n}", days=n).body),
        )
        for n in range(count)
    ]
    file.write_bytes(b"".join(parts))
    return file


def exported(ledger: Ledger) -> str:
    """The record of a ledger."""
    out = io.StringIO()
    ledger.export(out)
    return out.getvalue()


def run(ledger: Ledger, *files: Path, executor: Executor = HERE) -> BackfillReport:
    """Read archives to their ends."""
    return backfill(ledger, [ArchivePlace(f) for f in files], executor, rules=RULES)


def test_pages_of_the_field_become_events_and_the_rest_is_counted(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Nothing of the other pages is kept but how many there were."""
    report = run(ledger, archive(tmp_path / "a.warc.gz"))
    assert report.counts["pages"] == 18
    assert report.counts["kept"] == report.documents == 8
    assert report.counts["kept"] + report.counts["left at glance"] == 18
    counts = ledger.counts()
    assert (counts["captures"], counts["documents"]) == (8, 8)
    assert report.events == counts["event_mentions"] > 8
    assert {e.type for e in ledger.events.of_day(NOW.date())} >= {EventType.ACQUISITION}
    assert not any(ledger.waiting().values())
    assert ledger.integrity() == ()
    assert {"unpack", "glance", "judge", "read", "sign", "understand", "ledger"} <= set(
        report.seconds
    )
    (state,) = ledger.backfills.states()
    assert state.done == state.total
    assert state.counts == report.counts
    assert ledger.backfills.notes() == ()


def test_a_source_is_named_by_the_desk_else_after_its_host(ledger: Ledger, tmp_path: Path) -> None:
    """So that pages of two publishers in one archive can tell of one happening."""
    rules = Rules(gate=0.3, now=NOW, sources={"wire0.example": "the-wire"})  # type: ignore[dict-item]
    backfill(ledger, [ArchivePlace(archive(tmp_path / "a.warc.gz"))], HERE, rules=rules)
    days = [NOW.date() - timedelta(days=n) for n in range(18)]
    named = {d.source_id for day in days for d in ledger.documents.of_day(day)}
    assert rules.source_of("https://www.wire0.example/1") == "the-wire"
    assert rules.source_of("https://Mining.Example.COM:8080/1") == "mining-example-com"
    assert "the-wire" in named
    assert named <= {"the-wire", "wire1-example", "wire2-example", "wire3-example"}


def test_an_archive_is_read_once_and_on_where_it_grew(ledger: Ledger, tmp_path: Path) -> None:
    """The second run reads nothing; what is added to the file is read alone."""
    file = archive(tmp_path / "a.warc.gz")
    run(ledger, file)
    before = exported(ledger)
    again = run(ledger, file)
    assert (again.counts["pages"], again.skipped) == (0, [str(file)])
    assert exported(ledger) == before
    more = record("https://b.example/99", http(page(OUTAGE, number=99).body))
    with file.open("ab") as stream:
        stream.write(more)
    grown = run(ledger, file)
    assert (grown.counts["pages"], grown.counts["kept"]) == (1, 1)


def test_many_workers_give_the_ledger_of_one(ledger: Ledger, tmp_path: Path) -> None:
    """Byte for byte."""
    file = archive(tmp_path / "a.warc.gz")
    run(ledger, file)
    with open_ledger(tmp_path / "other.db", create=True) as other:
        with open_executor(2) as pool:
            run(other, file, executor=pool)
        assert exported(other) == exported(ledger)


def test_what_is_damaged_is_told_with_its_place_and_the_rest_is_read(
    ledger: Ledger, tmp_path: Path
) -> None:
    """A flipped record, a page that is a picture, an end too early."""
    parts = [
        record(f"https://a.example/{n}", http(page(told(3 * n), number=n).body)) for n in range(5)
    ]
    parts[1] = parts[1][:100] + b"\xff" * 20 + parts[1][120:]
    png = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    parts[2] = record("https://a.example/png", http(png))
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"".join(parts)[:-20])
    report = run(ledger, file)
    assert report.counts["kept"] == 2
    notes = ledger.backfills.notes()
    assert {n.kind for n in notes} == {"BrokenFile", "UnsupportedFormat"}
    last = str(sum(map(len, parts[:4])))
    assert any("ends inside" in n.message and n.mark == last for n in notes)
    assert any("a PNG image" in n.message and "/png" in n.message for n in notes)
    assert ledger.integrity() == ()


def test_a_mistake_of_ours_sets_a_page_aside_with_its_bytes(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be read once that is mended: lodewire run --retry."""
    real = backfill_task.sift

    def fragile(capture, **how):  # type: ignore[no-untyped-def]
        if capture.url.endswith("/3"):
            raise IndexError("out of range")
        return real(capture, **how)

    monkeypatch.setattr(backfill_task, "sift", fragile)
    report = run(ledger, archive(tmp_path / "a.warc.gz"))
    assert report.counts["set aside"] == 1
    (note,) = ledger.quarantine.notes()
    assert "unforeseen IndexError" in note.message
    assert ledger.captures.get(note.subject).url.endswith("/3")  # type: ignore[arg-type]


def test_a_document_that_cannot_be_understood_is_set_aside(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the steps that take up what a worker left."""

    def no(told):  # type: ignore[no-untyped-def]
        raise ValueError("no")

    monkeypatch.setattr(backfill_task, "understand_document", no)
    monkeypatch.setattr("lodewire.pipeline.reading.understand_document", no)
    report = run(ledger, archive(tmp_path / "a.warc.gz", count=4))
    assert report.counts["documents that failed"] == 3
    assert [n.stage for n in ledger.quarantine.notes()] == ["extract"] * 3
    assert not any(ledger.waiting().values())


def _deadly(told):  # type: ignore[no-untyped-def]
    portion, _ = told
    whole = portion.slice.body if portion.slice else b""
    if b"Khoedacau3" in b"".join(_members(whole)):
        os.kill(os.getpid(), signal.SIGKILL)
    return backfill_task.work_on(told)


def _members(body: bytes) -> Iterator[bytes]:
    while body:
        inflater = zlib.decompressobj(31)
        yield inflater.decompress(body)
        body = inflater.unused_data


def test_a_page_that_kills_its_worker_is_found_and_the_others_are_read(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The portion is halved until the culprit is alone."""
    monkeypatch.setattr("lodewire.pipeline.backfill.work_on", _deadly)
    file = archive(tmp_path / "a.warc.gz", count=6)
    forked = multiprocessing.get_context("fork")  # has the tables loaded
    with RestartingPool(lambda: ProcessPoolExecutor(1, mp_context=forked)) as pool:
        report = run(ledger, file, executor=pool)
    assert report.counts["pages"] == 5
    assert report.counts["kept"] == 2
    (note,) = ledger.backfills.notes()
    assert "died" in note.message
    assert ledger.integrity() == ()


@pytest.mark.parametrize("seed", range(4))
def test_killed_anywhere_and_run_again_the_ledger_is_the_same(
    ledger: Ledger, tmp_path: Path, seed: int
) -> None:
    """SIGKILL at random moments, again and again, until a run gets through."""
    file = archive(tmp_path / "a.warc.gz")
    run(ledger, file)
    wanted = exported(ledger)
    place, chance = tmp_path / "killed.db", random.Random(seed)
    open_ledger(place, create=True).close()
    kills = 0
    while True:
        child = os.fork()
        if child == 0:
            try:
                with open_ledger(place) as mine:
                    run(mine, file)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.02, 0.35))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            break
        kills += 1
        if kills > 12:
            with open_ledger(place) as mine:
                run(mine, file)
            break
    with open_ledger(place) as mine:
        assert run(mine, file).counts["pages"] == 0
        assert exported(mine) == wanted
        assert mine.integrity() == ()
        counted = mine.backfills.counted()
        assert (counted["pages"], counted["kept"]) == (18, 8), "no page is counted twice"


def test_a_folder_gives_its_archives_and_its_other_files(ledger: Ledger, tmp_path: Path) -> None:
    """Pages by their paths; another run takes up only what came behind the last one."""
    folder = tmp_path / "pages"
    folder.mkdir()
    archive(folder / "z.warc.gz", count=3)
    (folder / "a.html").write_bytes(page(DEAL).body)
    (folder / "b.html").write_bytes(page(COOKING).body)
    (folder / "c.html").write_bytes(b"")
    places = places_of([folder], agent="x", limits=FetchLimits(), policy=FetchPolicy())
    assert [type(p) for p in places] == [ArchivePlace, FolderPlace]
    report = backfill(ledger, places, HERE, rules=RULES)
    assert (report.counts["pages"], report.counts["kept"]) == (5, 3)
    assert report.counts["damaged"] == 1
    (folder / "d.html").write_bytes(page(OUTAGE).body)
    more = backfill(ledger, places, HERE, rules=RULES)
    assert (more.counts["pages"], more.counts["kept"]) == (1, 1)


def test_what_is_neither_archive_nor_list_is_refused(tmp_path: Path) -> None:
    """Before anything is read."""
    file = tmp_path / "notes.txt"
    file.write_text("hello\nthere")
    with pytest.raises(FetchFailed, match="neither a WARC file nor a list"):
        places_of([file], agent="x", limits=FetchLimits(), policy=FetchPolicy())
    with pytest.raises(FetchFailed, match="No such file"):
        places_of([tmp_path / "none"], agent="x", limits=FetchLimits(), policy=FetchPolicy())


@contextmanager
def serving(pages: dict[str, bytes]) -> Iterator[str]:
    """A server on loopback; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_addresses_are_fetched_and_marked_line_by_line(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not answer is told with its line; a second run asks for nothing again."""
    monkeypatch.setattr(backfill_places, "_ADDRESSES", 2)
    pages = {"/0": page(DEAL).body, "/1": page(COOKING).body, "/3": page(OUTAGE).body}
    with serving(pages) as base:
        file = tmp_path / "list.txt"
        lines = [f"{base}/0", f"{base}/1", "# a remark", "not an address", f"{base}/3", f"{base}/9"]
        file.write_text("\n".join(lines))
        places = places_of(
            [file],
            agent="test",
            limits=FetchLimits(min_delay=0.0, retries=0),
            policy=FetchPolicy(allow_private=True, robots=False),
        )
        report = backfill(ledger, places, HERE, rules=RULES)
        assert (report.counts["pages"], report.counts["kept"]) == (3, 2)
        assert backfill(ledger, places, HERE, rules=RULES).places == 0
    notes = [n.message for n in ledger.backfills.notes()]
    assert any(m.startswith("line 4, not an address: no web address") for m in notes)
    assert any(m.startswith("line 6") for m in notes)
