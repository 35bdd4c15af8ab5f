"""Every command of a desk: what it does, empty states, wrong calls, broken ledgers."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from lodewire.ledger import open_ledger
from lodewire.samples import newsroom_path
from lodewire.samples.server import serve
from lodewire.samples.sources import copy_sources
from tests.cli.command import NOW, lodewire

DAY = "2025-03-28"
READING = (
    ["brief"],
    ["search", "copper"],
    ["show", "Lofdal"],
    ["export"],
    ["sources", "health"],
)


@pytest.mark.parametrize("arguments", [*READING, ["run", "--offline"], ["sources", "list"]])
def test_a_folder_without_a_desk_says_how_to_make_one(arguments: list[str], tmp_path: Path) -> None:
    """The hint names init."""
    assert "lodewire init" in lodewire(*arguments, "--desk", tmp_path).refused()


@pytest.mark.parametrize("arguments", READING)
def test_a_lost_ledger_says_how_to_make_it_again(arguments: list[str], new_desk: Path) -> None:
    """And init makes it, leaving desk.toml as it is."""
    for file in new_desk.glob("desk.db*"):
        file.unlink()
    before = (new_desk / "desk.toml").read_bytes()
    assert "lodewire init" in lodewire(*arguments, "-d", new_desk).refused()
    assert "stays as it is" in lodewire("init", new_desk).fine().out
    assert (new_desk / "desk.toml").read_bytes() == before
    assert lodewire(*arguments, "-d", new_desk).code in (0, 1)
    assert "no ledger" not in lodewire(*arguments, "-d", new_desk).err


@pytest.mark.parametrize("arguments", [*READING, ["run", "--offline"], ["collect"]])
def test_a_file_that_is_no_ledger_is_told_as_such(arguments: list[str], new_desk: Path) -> None:
    """Nothing is overwritten."""
    for file in new_desk.glob("desk.db*"):
        file.unlink()
    (new_desk / "desk.db").write_bytes(b"not a database, " * 100)
    assert "damaged" in lodewire(*arguments, "-d", new_desk).refused()
    assert (new_desk / "desk.db").read_bytes().startswith(b"not a database")


def test_a_ledger_damaged_inside_is_told_as_such(desk: Path) -> None:
    """Pages of the file are noise: doctor says so, reading is refused, nothing is raised."""
    connection = sqlite3.connect(desk / "desk.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with (desk / "desk.db").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xa5" * 4096 * 40)
    outcome = lodewire("doctor", "-d", desk)
    assert outcome.code == 1
    assert "WRONG" in outcome.out
    assert "Traceback" not in outcome.err
    for arguments in (["export"], ["search", "copper"], ["brief", "--day", DAY]):
        assert lodewire(*arguments, "-d", desk).code in (0, 1)


def test_a_locked_ledger_is_told_and_readers_go_on(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer waits for its turn, then says who has it; a search does not wait."""
    from lodewire.ledger import sqlite as backend

    monkeypatch.setattr(backend, "_BUSY_MS", 200)
    monkeypatch.setattr(backend.SqliteBackend.__init__, "__kwdefaults__", {"busy_ms": 200})
    other = sqlite3.connect(desk / "desk.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        told = lodewire("run", "--offline", "--day", DAY, "-w", "1", "-d", desk).refused()
        assert "locked by another process" in told
        lodewire("search", "copper", "-d", desk).fine()
    finally:
        other.close()


def test_a_newer_ledger_is_not_touched(new_desk: Path) -> None:
    """The hint is to upgrade."""
    connection = sqlite3.connect(new_desk / "desk.db")
    connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
    connection.commit()
    connection.close()
    for arguments in (["search", "x"], ["run", "--offline"]):
        assert "upgrade Lodewire" in lodewire(*arguments, "-d", new_desk).refused()


def test_a_wrong_desk_file_is_told_with_its_key(new_desk: Path) -> None:
    """Every command that loads the desk names file and key."""
    with (new_desk / "desk.toml").open("a") as file:
        file.write('contct = "x"\n')
    told = lodewire("brief", "-d", new_desk).refused()
    assert "contct" in told
    assert "desk.toml" in told


class TestInit:
    """``lodewire init``."""

    def test_a_new_desk_is_made_and_says_what_comes_next(self, tmp_path: Path) -> None:
        """A file that loads, a ledger, the next three steps."""
        out = lodewire("init", tmp_path / "desk", "--name", 'Käthe\'s "desk"').fine().out
        assert "shipped sources" in out
        assert "lodewire sources test" in out
        assert (tmp_path / "desk" / "desk.db").exists()
        assert "Käthe" in lodewire("doctor", "-d", tmp_path / "desk").out

    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        """A file stands where the folder should."""
        (tmp_path / "file").write_text("x")
        assert lodewire("init", tmp_path / "file").code == 2
        lodewire("init", tmp_path / "file" / "desk").refused()
        lodewire("init", "/proc/desk").refused()

    def test_it_wants_a_folder(self) -> None:
        """Exit code 2 without one."""
        assert lodewire("init").code == 2


class TestBrief:
    """``lodewire brief``."""

    def test_it_tells_the_day_in_every_form(self, built: Path) -> None:
        """Terminal, page, mail, Markdown, JSON hold the same events."""
        call = ("brief", "--day", DAY, "--now", NOW, "-d", built)
        told = lodewire(*call, "--format", "json").fine().json
        entries = [e for d in told["desks"] for e in d["entries"]]
        assert len(entries) > 5
        assert "Top Insights Today" in lodewire(*call).fine().out
        assert lodewire(*call, "--format", "html").fine().out.startswith("<!doctype html>")
        assert "Subject: " in lodewire(*call, "--format", "eml").fine().out
        assert "# Top Insights" in lodewire(*call, "--format", "markdown").fine().out

    def test_it_writes_all_forms_into_a_folder(self, built: Path, tmp_path: Path) -> None:
        """Four files, named by the day."""
        lodewire("brief", "--day", DAY, "--write", tmp_path / "a" / "b", "-d", built).fine()
        names = sorted(f.name for f in (tmp_path / "a" / "b").iterdir())
        assert names == [f"brief-{DAY}.{e}" for e in ("eml", "html", "json", "md")]

    def test_an_unwritable_folder_is_told(self, built: Path) -> None:
        """The hint names the option."""
        told = lodewire("brief", "--day", DAY, "--write", "/proc/x", "-d", built).refused()
        assert "--write" in told

    def test_an_empty_day_points_to_the_latest(self, desk: Path) -> None:
        """What is there, and how to see it."""
        out = lodewire("brief", "--day", "2030-01-01", "-d", desk).fine().out
        assert "Nothing new" in out
        assert f"lodewire brief --day {DAY}" in out

    def test_an_empty_ledger_points_to_run(self, new_desk: Path) -> None:
        """Collect first."""
        out = lodewire("brief", "-d", new_desk).fine().out
        assert "The ledger is empty." in out
        assert "lodewire run" in out

    def test_a_kept_brief_is_shown_as_it_was(self, built: Path) -> None:
        """And a day without one says so."""
        lodewire("brief", "--day", DAY, "--kept", "-d", built).fine()
        told = lodewire("brief", "--day", "2024-01-01", "--kept", "-d", built).refused()
        assert "Leave out --kept" in told

    @pytest.mark.parametrize("day", ["2025-13-01", "tomorrow", "28.3.2025", ""])
    def test_a_wrong_day_is_a_wrong_call(self, built: Path, day: str) -> None:
        """Exit code 2, with an example."""
        outcome = lodewire("brief", "--day", day, "-d", built)
        assert outcome.code == 2
        assert "write 2025-03-28" in outcome.err


class TestSearch:
    """``lodewire search``."""

    def test_it_finds_documents_with_their_events(self, built: Path) -> None:
        """Words, phrases, filters; JSON for programs."""
        found = lodewire("search", "Khoemacau", "--json", "-d", built).fine().json
        assert found
        assert all(set(hit) >= {"document", "title", "day", "url", "events"} for hit in found)
        assert any(hit["events"] for hit in found)
        assert "Khoemacau" in lodewire("search", "Khoemacau", "-d", built).fine().out
        few = lodewire("search", "--type", "tariff", "--limit", "3", "--json", "-d", built)
        assert 0 < len(few.fine().json) <= 3

    def test_addresses_are_printed_whole(self, built: Path) -> None:
        """A long address is not cut by the width of the terminal."""
        urls = [h["url"] for h in lodewire("search", "tariff", "--json", "-d", built).json]
        out = lodewire("search", "tariff", "-d", built).out
        assert all(url in out for url in urls if url)

    @pytest.mark.parametrize(
        "words", ['"open quote', "-", "*", "AND OR NOT", "a:b", "(((", "\\", "'; DROP TABLE", "^x"]
    )
    def test_no_query_is_an_error(self, built: Path, words: str) -> None:
        """Signs of query languages are just signs."""
        lodewire("search", "-d", built, "--", words).fine()

    def test_nothing_found_says_what_to_try(self, built: Path, new_desk: Path) -> None:
        """Fewer words; or collect first, where the ledger is empty."""
        assert "Try fewer words" in lodewire("search", "zyzzyva", "-d", built).fine().out
        assert "ledger is empty" in lodewire("search", "copper", "-d", new_desk).fine().out
        assert lodewire("search", "copper", "--json", "-d", new_desk).fine().json == []

    def test_wrong_filters_are_wrong_calls(self, built: Path) -> None:
        """Exit code 2, with the choices."""
        outcome = lodewire("search", "x", "--type", "takeover", "-d", built)
        assert outcome.code == 2
        assert "acquisition" in outcome.err
        assert lodewire("search", "x", "--limit", "0", "-d", built).code == 2
        assert lodewire("search", "x", "--since", "yesterday", "-d", built).code == 2


class TestShow:
    """``lodewire show``."""

    def test_an_entity_leads_to_its_events_and_an_event_to_its_quotes(self, built: Path) -> None:
        """From a name to the words that prove a value."""
        (entity, *_) = lodewire("show", "lofdal", "--json", "-d", built).fine().json
        assert entity["type"] == "site"
        assert entity["events"]
        event = lodewire("show", entity["events"][0]["id"], "--json", "-d", built).fine().json
        assert event["statements"]
        assert all(s["aligned"] for s in event["statements"])
        assert "✓" in lodewire("show", event["id"], "-d", built).fine().out
        assert "Lofdal" in lodewire("show", "Lofdal", "-d", built).fine().out

    def test_what_is_not_there_is_told(self, built: Path) -> None:
        """With a way to find it."""
        assert "lodewire search" in lodewire("show", "Atlantis", "-d", built).refused()
        assert "lodewire search" in lodewire("show", "ev_nothing", "-d", built).refused()


def _pages(archive: Path) -> Iterator[bytes]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with archive.open("rb") as file:
        for found in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            yield found.reader.read()


class TestExport:
    """``lodewire export``."""

    def test_it_writes_json_lines_that_are_the_same_each_time(
        self, built: Path, tmp_path: Path
    ) -> None:
        """Canonical: two exports are equal, on the screen and in a file."""
        first = lodewire("export", "-d", built).fine().out
        rows = [json.loads(line) for line in first.splitlines()]
        assert len(rows) > 500
        out = tmp_path / "ledger.jsonl"
        assert f"{len(rows):,} lines" in lodewire("export", "-o", out, "-d", built).fine().out
        assert out.read_text(encoding="utf-8") == first
        assert list(tmp_path.iterdir()) == [out]

    def test_pages_are_written_as_an_archive_that_backfill_reads(
        self, built: Path, tmp_path: Path
    ) -> None:
        """The bytes of the captures come back, those of a source and a day alone where asked."""
        file = tmp_path / "pages.warc.gz"
        told = lodewire("export", "--warc", file, "-d", built).fine().out
        pages = list(_pages(file))
        assert f"Wrote {len(pages)} pages" in told
        with open_ledger(built / "desk.db") as ledger:
            kept = list(ledger.captures.kept())
            some = list(ledger.captures.kept([kept[0].source_id]))
        assert sorted(pages) == sorted(c.body for c in kept if c.body)
        less = tmp_path / "some.warc.gz"
        source = ("--source", kept[0].source_id)
        lodewire("export", "--warc", less, *source, "-d", built).fine()
        assert sorted(_pages(less)) == sorted(c.body for c in some if c.body)
        day = ("--since", "1999-01-01", "--until", "1999-12-31")
        assert "nothing was written" in lodewire("export", "--warc", file, *day, "-d", built).out

    def test_options_of_pages_are_refused_for_lines(self, built: Path) -> None:
        """And the other way round."""
        assert "--warc" in lodewire("export", "--since", "2025-03-01", "-d", built).err
        assert lodewire("export", "--warc", "/tmp/x", "-o", "/tmp/y", "-d", built).code == 2

    def test_an_unwritable_file_is_told(self, built: Path) -> None:
        """The hint names the option."""
        told = lodewire("export", "-o", "/nonexistent/x.jsonl", "-d", built).refused()
        assert "--output" in told
        assert lodewire("export", "-o", "/tmp", "-d", built).code == 2


class TestDoctor:
    """``lodewire doctor``."""

    def test_a_sound_desk_is_well(self, built: Path) -> None:
        """Counts, no WRONG, exit code 0."""
        out = lodewire("doctor", "-d", built).fine().out
        assert "WRONG" not in out
        assert "documents" in out

    def test_a_desk_without_contact_needs_attention(self, tmp_path: Path) -> None:
        """Exit code 1, and what to do."""
        lodewire("init", tmp_path)
        outcome = lodewire("doctor", "-d", tmp_path)
        assert outcome.code == 1
        assert "1 thing needs attention" in outcome.out

    def test_without_a_desk_the_machine_alone_is_checked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing is wrong with that."""
        monkeypatch.chdir(tmp_path)
        assert "no desk" in lodewire("doctor").fine().out
        assert lodewire("doctor", "-d", tmp_path / "nowhere").code == 1

    def test_what_was_set_aside_is_listed(self, desk: Path) -> None:
        """With its reason and how to take it up again."""
        from lodewire.errors import BrokenFile
        from lodewire.ledger import open_ledger
        from lodewire.samples import NEWSROOM_NOW

        with open_ledger(desk / "desk.db") as ledger:
            some = ledger.search("", limit=1)[0].document_id
            subject = ledger.documents.get(some).capture_id
            ledger.quarantine.add(subject, "read", BrokenFile("half a page"), at=NEWSROOM_NOW)
        out = lodewire("doctor", "-d", desk).out
        assert "1 × half a page" in out
        assert "--retry" in out
        lodewire("run", "--offline", "--retry", "--day", DAY, "-w", "1", "-d", desk).fine()
        assert "half a page" not in lodewire("doctor", "-d", desk).out


class TestRun:
    """``lodewire run``."""

    def test_offline_it_tells_the_day_from_what_is_there(self, desk: Path) -> None:
        """JSON for programs; files in the desk's folder otherwise."""
        call = ("run", "--offline", "--day", DAY, "--now", NOW, "-w", "1", "-d", desk)
        told = lodewire(*call, "--json").fine().json
        assert any(d["entries"] for d in told["desks"])
        assert not (desk / "briefs").exists()
        lodewire(*call, "--no-write").fine()
        assert not (desk / "briefs").exists()
        lodewire(*call).fine()
        assert (desk / "briefs" / f"brief-{DAY}.html").exists()

    def test_publishers_are_named_also_when_nothing_is_collected(self, desk: Path) -> None:
        """The brief of an offline run is the brief that ``brief`` prints."""
        call = ("--day", DAY, "--now", NOW, "-d", desk)
        run = lodewire("run", "--offline", "-w", "1", "--json", *call).fine().json
        assert run == lodewire("brief", "--format", "json", *call).fine().json

    def test_wrong_calls_are_told(self, new_desk: Path) -> None:
        """Processes are counted from one; a source must be known."""
        assert lodewire("run", "-w", "0", "-d", new_desk).code == 2
        told = lodewire("run", "--only", "nobody", "-d", new_desk).refused()
        assert "lodewire sources list" in told
        assert lodewire("run", "--now", "2025-01-01", "-d", new_desk).code == 2


@pytest.fixture
def served(new_desk: Path) -> Iterator[tuple[Path, str]]:
    """A new desk whose sources are the sample newsroom, served on loopback."""
    with serve(newsroom_path() / "www") as base:
        copy_sources(new_desk / "sources", base)
        yield new_desk, base


class TestSources:
    """``lodewire sources``."""

    def test_a_new_desk_without_sources_says_how_to_add_one(self, new_desk: Path) -> None:
        """An example with an address."""
        assert "sources add" in lodewire("sources", "list", "-d", new_desk).fine().out
        assert lodewire("sources", "list", "--json", "-d", new_desk).fine().json == []

    def test_those_shipped_are_listed(self, tmp_path: Path) -> None:
        """At least forty, none verified before it was seen to answer from here."""
        lodewire("init", tmp_path)
        told = lodewire("sources", "list", "--json", "-d", tmp_path).fine().json
        assert len(told) >= 40
        assert {s["verified"] for s in told} == {"never"}
        out = lodewire("sources", "list", "-d", tmp_path).fine().out
        assert all(s["id"] in out for s in told), "ids are whole, to be copied"

    def test_an_address_is_added_once(self, new_desk: Path) -> None:
        """A definition that loads; the same address twice is refused."""
        call = ("sources", "add", "https://www.example.org/feed.xml")
        out = lodewire(*call, "--topic", "mining-metals", "-d", new_desk).fine().out
        assert "lodewire sources test example-org" in out
        (told,) = lodewire("sources", "list", "--json", "-d", new_desk).fine().json
        assert told["desks"] == ["mining-metals"]
        assert "already" in lodewire(*call, "--id", "other", "-d", new_desk).refused()

    @pytest.mark.parametrize(
        ("arguments", "word"),
        [
            (["https://example.org/a", "--id", "Two Words"], "--id"),
            (["https://example.org/a", "--language", "english"], "--language"),
            (["https://"], "https://example.org/feed.xml"),
            (["ftp://example.org/a"], "https://example.org/feed.xml"),
            (["http://[bad"], "https://example.org/feed.xml"),
            (["nothing.opml"], "OPML"),
            ([str(Path(__file__))], "OPML"),
        ],
    )
    def test_what_cannot_be_a_source_is_refused(
        self, new_desk: Path, arguments: list[str], word: str
    ) -> None:
        """Each time it is said what to write."""
        assert word in lodewire("sources", "add", *arguments, "-d", new_desk).refused()
        assert not list(new_desk.rglob("source.yml"))

    @pytest.mark.parametrize("option", ["--kind", "--topic", "--type"])
    def test_a_wrong_choice_lists_the_right_ones(self, new_desk: Path, option: str) -> None:
        """Exit code 2."""
        outcome = lodewire("sources", "add", "https://e.org/a", option, "nonsense", "-d", new_desk)
        assert outcome.code == 2
        assert "is not one of" in outcome.err

    def test_an_opml_file_brings_all_its_feeds(self, new_desk: Path) -> None:
        """As feed readers export it."""
        file = newsroom_path() / "www" / "newsroom.opml"
        if not file.exists():
            file = next(newsroom_path().rglob("*.opml"))
        lodewire("sources", "add", file, "-d", new_desk).fine()
        told = lodewire("sources", "list", "--json", "-d", new_desk).fine().json
        assert len(told) > 3

    def test_a_broken_definition_is_told_with_its_file(self, new_desk: Path) -> None:
        """File, line, what to write."""
        (new_desk / "sources" / "bad").mkdir(parents=True)
        (new_desk / "sources" / "bad" / "source.yml").write_text("id: [\n")
        assert "bad/source.yml" in lodewire("sources", "list", "-d", new_desk).refused()

    def test_a_source_is_seen_to_answer_and_remembered(self, served: tuple[Path, str]) -> None:
        """ok, entries, the day it was verified here."""
        desk, _ = served
        one = lodewire("sources", "list", "--json", "-d", desk).json[0]["id"]
        told = lodewire("sources", "test", one, "--json", "--now", NOW, "-d", desk).fine().json
        assert [t["ok"] for t in told] == [True]
        assert told[0]["channels"][0]["entries"] > 0
        listed = lodewire("sources", "list", "--json", "-d", desk).json
        assert [s["verified"] for s in listed if s["id"] == one] == [DAY]
        assert "ok" in lodewire("sources", "test", one, "--now", NOW, "-d", desk).fine().out

    def test_a_trial_does_not_forget_what_collecting_knows(self, served: tuple[Path, str]) -> None:
        """The next collecting run still asks conditionally."""
        desk, _ = served
        one = "copperbelt-sampler"
        lodewire("collect", "--only", one, "--now", NOW, "-d", desk).fine()
        lodewire("sources", "test", one, "--now", NOW, "-d", desk).fine()
        out = lodewire("collect", "--only", one, "--now", NOW, "-d", desk).fine().out
        assert out.startswith("0 new captures from 1 source; 1 channel unchanged")

    def test_a_dead_port_fails_with_a_reason(self, new_desk: Path) -> None:
        """test and collect exit with 1, health tells the last error; nothing is raised."""
        folder = new_desk / "sources" / "dead"
        lodewire("sources", "add", "http://127.0.0.1:9/feed", "--id", "dead", "-d", new_desk).fine()
        with (folder / "source.yml").open("a") as file:
            file.write("allow_private_addresses: true\n")
        tested = lodewire("sources", "test", "--now", NOW, "-d", new_desk)
        assert tested.code == 1
        assert "0 of 1 sources answer." in tested.out
        assert "FAILS dead" in tested.out
        collected = lodewire("collect", "--now", NOW, "-d", new_desk)
        assert collected.code == 1
        assert "No source answered" in collected.err
        (told,) = lodewire("sources", "health", "--json", "--now", NOW, "-d", new_desk).fine().json
        assert told["state"] == "unknown"
        assert "the last fetch failed" in told["reasons"][0]
        for _ in range(2):
            lodewire("collect", "--now", NOW.replace("21:00", f"22:0{_}"), "-d", new_desk)
        (told,) = lodewire(
            "sources", "health", "--json", "--now", NOW.replace("21:", "23:"), "-d", new_desk
        ).json
        assert told["state"] == "failing"

    def test_collecting_brings_pages_and_then_nothing_new(self, served: tuple[Path, str]) -> None:
        """JSON counts them; a second run finds all unchanged."""
        desk, _ = served
        call = ("collect", "--only", "copperbelt-sampler", "--now", NOW, "--json", "-d", desk)
        first = lodewire(*call).fine().json
        assert first["captures"] > 0
        assert first["notes"] == []
        assert lodewire(*call).fine().json["captures"] == 0
        out = lodewire("sources", "health", "--now", NOW, "-d", desk).fine().out
        assert "ok        copperbelt-sampler" in out

    def test_an_unknown_name_is_told(self, new_desk: Path) -> None:
        """For test and collect alike."""
        assert "sources list" in lodewire("sources", "test", "x", "-d", new_desk).refused()
        assert "sources list" in lodewire("collect", "--only", "x", "-d", new_desk).refused()

    def test_no_sources_to_collect_from_is_no_failure(self, new_desk: Path) -> None:
        """Nothing to do."""
        assert "from 0 sources" in lodewire("collect", "-d", new_desk).fine().out


class TestDemo:
    """``lodewire demo``."""

    def test_a_second_run_goes_on_and_prints_the_same(self, desk: Path) -> None:
        """Files with plain names, what to do next."""
        out = lodewire("demo", "--folder", desk, "-w", "1").fine().out
        assert "0 pages fetched" in out
        assert "Sample: invented publishers" in out
        assert "What next:" in out
        names = {f.name for f in desk.iterdir()}
        assert names >= {"brief.html", "brief.eml", "brief.md", "brief.json"}

    def test_a_desk_of_ones_own_is_never_built_over(self, new_desk: Path) -> None:
        """Not its desk.toml, not its sources, not even with --fresh."""
        (new_desk / "sources" / "mine").mkdir(parents=True)
        before = sorted((f, f.stat().st_size) for f in new_desk.rglob("*"))
        for fresh in ([], ["--fresh"]):
            told = lodewire("demo", "--folder", new_desk, *fresh).refused()
            assert "desk of your own" in told
        assert sorted((f, f.stat().st_size) for f in new_desk.rglob("*")) == before

    def test_fresh_throws_away_nothing_but_a_sample(self, tmp_path: Path) -> None:
        """A folder with other things in it keeps them."""
        from lodewire.pipeline.sample import prepare_folder

        (tmp_path / "sources").mkdir()
        (tmp_path / "sources" / "mine.txt").write_text("x")
        prepare_folder(tmp_path, fresh=True)
        assert (tmp_path / "sources" / "mine.txt").exists()

    def test_an_unwritable_folder_is_told(self) -> None:
        """The hint names the option."""
        assert "--folder" in lodewire("demo", "--folder", "/proc/demo").refused()


def test_the_environment_names_the_desk(built: Path) -> None:
    """LODEWIRE_DESK stands in for --desk."""
    lodewire("search", "copper", env={"LODEWIRE_DESK": str(built)}).fine()


def test_a_read_only_desk_can_be_searched_but_not_run(built: Path, tmp_path: Path) -> None:
    """A copy on a medium that cannot be written: told in one line."""
    desk = Path(shutil.copytree(built, tmp_path / "desk"))
    connection = sqlite3.connect(desk / "desk.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for file in [*desk.glob("desk.db*"), desk]:
        file.chmod(0o500 if file.is_dir() else 0o400)
    try:
        outcome = lodewire("run", "--offline", "--day", DAY, "-w", "1", "-d", desk)
        assert outcome.code in (0, 1)  # root may write all the same
        assert "Traceback" not in outcome.err
    finally:
        desk.chmod(0o700)
