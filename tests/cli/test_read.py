"""``lodewire read`` on real and on hostile input: the right answer, or one clear line."""

from __future__ import annotations

import gzip
import http.server
import json
import random
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lodewire.samples import NEWSROOM_DAY, newsroom_path, sample_documents
from tests.cli.command import lodewire
from tests.cli.contract import check_contract

WWW = newsroom_path() / "www"
PAGES = sorted(WWW.rglob("*.html"))
CODE = re.compile(r"^[A-Z]{3,4} - ")
SENTENCE = "Albemarle said on Tuesday that lithium prices rose 3% in China."
PAGE = f"<html><head><title>Lithium</title></head><body><p>{SENTENCE}</p></body></html>"


@pytest.fixture(scope="module")
def sample_readings() -> dict[Path, list[dict]]:  # type: ignore[type-arg]
    """The JSON of every HTML page of the sample newsroom, its contract checked."""
    return {p: check_contract(lodewire("read", p, "--format", "json").fine().json) for p in PAGES}


def test_every_sample_page_gives_the_documents_that_its_publisher_put_there(
    sample_readings: dict[Path, list[dict]],  # type: ignore[type-arg]
) -> None:
    """Title, role and day are those of the newsroom's manifest."""
    listed = [
        d for d in sample_documents() if d.file.startswith("www/") and d.file.endswith("html")
    ]
    assert len(listed) > 80
    wrong = []
    for document in listed:
        found = sample_readings[newsroom_path() / document.file]
        facts = (document.role.value, document.title, document.published.isoformat())
        # An exchange sets the issuer's code before the headline of a notice.
        told = [(d["role"], CODE.sub("", d["title"]), d["published"]) for d in found]
        if facts not in told:
            wrong.append((document.file, facts, told))
    assert wrong == []


def test_every_sample_page_is_dated_no_later_than_the_samples_today(
    sample_readings: dict[Path, list[dict]],  # type: ignore[type-arg]
) -> None:
    """No day is invented: what is dated lies in the newsroom's past."""
    days = [d["published"] for told in sample_readings.values() for d in told if d["published"]]
    assert len(days) > 100
    assert max(days) <= NEWSROOM_DAY.isoformat()


def test_every_sample_page_prints_as_text() -> None:
    """Text for people holds the title and never fails."""
    for page in PAGES[::3]:
        out = lodewire("read", page).fine().out
        assert "relevance" in out


def test_reading_twice_gives_the_same_ids(tmp_path: Path) -> None:
    """Ids derive from content: not from the time, the order, or the path of the file."""
    for page in PAGES[::7]:
        first = lodewire("read", page, "--format", "json").fine().out
        copy = tmp_path / "other-name.html"
        copy.write_bytes(page.read_bytes())
        assert lodewire("read", copy, "--format", "json").fine().out == first


@pytest.mark.parametrize("bench", ["article-extraction", "web-content"])
def test_ten_real_pages_of_each_benchmark_are_read(shared: Path, bench: str) -> None:
    """Pages of the open web, compressed as they are stored."""
    pages = sorted((shared / "bench" / bench / "html").rglob("*.html.gz"))
    assert len(pages) >= 10
    for page in random.Random(2).sample(pages, 10):
        began = time.process_time()
        outcome = lodewire("read", page, "--format", "json")
        if outcome.code == 0:
            documents = check_contract(outcome.json)
            assert documents[0]["title"]
        else:
            outcome.refused()
        assert time.process_time() - began < 20


def test_a_pdf_notice_is_read() -> None:
    """A text PDF gives its words, its day and its events."""
    file = WWW / "sample-exchange.example/announcements/2025/pdn-20250326-guidance.pdf"
    (document,) = check_contract(lodewire("read", file, "--format", "json").fine().json)
    assert "Langer Heinrich" in document["text"]
    assert document["published"] == "2025-03-26"


def test_a_newsletter_is_read() -> None:
    """A mail gives its subject, its day and its text."""
    file = newsroom_path() / "folders/shaft-letter/2025-03-28-shaft-letter.eml"
    documents = check_contract(lodewire("read", file, "--format", "json").fine().json)
    assert documents[0]["published"] == "2025-03-28"
    assert "alumina" in documents[0]["text"]


def test_a_page_on_standard_input_is_read() -> None:
    """A dash reads what is piped in."""
    told = lodewire("read", "-", "--format", "json", stdin=PAGE.encode()).fine().json
    (document,) = check_contract(told)
    assert document["text"] == SENTENCE
    assert document["url"] is None


def test_plain_text_on_standard_input_is_read() -> None:
    """Text without markup is text."""
    out = lodewire("read", "-", stdin=SENTENCE.encode()).fine().out
    assert "Albemarle" in out


def test_a_damaged_text_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 cost their own characters only."""
    file = tmp_path / "invalid.html"
    file.write_bytes(PAGE.replace("Albemarle", "Alb\xff\xfemarle \xc3(").encode("latin-1"))
    (document,) = check_contract(lodewire("read", file, "--format", "json").fine().json)
    assert "lithium prices rose 3% in China" in document["text"]


def test_a_truncated_page_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """Half a page is half a page, wherever it was cut."""
    body = (WWW / "lode-sample-wire.example/story/mmg-khoemacau-botswana.html").read_bytes()
    for cut in range(200, len(body), 997):
        file = tmp_path / "cut.html"
        file.write_bytes(body[:cut])
        outcome = lodewire("read", file, "--format", "json")
        if outcome.code == 0:
            check_contract(outcome.json)
        else:
            outcome.refused()


HOSTILE: dict[str, bytes] = {
    "empty.html": b"",
    "blank.txt": b" \n\t \r\n",
    "marked.txt": b"\xef\xbb\xbf  ",
    "zeros.bin": b"\0" * 5000,
    "picture.png": b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(3000),
    "picture.html": b"\xff\xd8\xff\xe0" + random.Random(2).randbytes(3000),
    "archive.zip": b"PK\x03\x04" + random.Random(3).randbytes(3000),
    "noise.bin": random.Random(4).randbytes(30_000),
    "cut.gz": gzip.compress(PAGE.encode() * 50)[:100],
    "noise.gz": b"\x1f\x8b\x08" + random.Random(5).randbytes(300),
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    "tags.html": b"<html><body><div></div><script>var a = 1</script></body></html>",
    "xml.xml": b"<?xml version='1.0'?><urlset><url><loc>https://a.example/</loc></url></urlset>",
    "data.json": b'{"a": [1, 2, 3]}',
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_no_page_is_refused_in_one_line(tmp_path: Path, name: str, form: str) -> None:
    """Empty, binary and damaged files give a message with a hint, and exit code 1."""
    file = tmp_path / name
    file.write_bytes(HOSTILE[name])
    outcome = lodewire("read", file, "--format", form)
    outcome.refused()
    assert outcome.out == ""


def test_a_bomb_in_gzip_is_refused(tmp_path: Path) -> None:
    """A gigabyte of zeros in a megabyte is not unfolded."""
    file = tmp_path / "bomb.html.gz"
    with gzip.open(file, "wb", 9) as out:
        for _ in range(1000):
            out.write(bytes(1_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "bomb" in lodewire("read", file).refused()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000


def test_a_folder_a_missing_file_and_an_oversized_one_are_refused(tmp_path: Path) -> None:
    """What cannot be a page is named as what it is."""
    assert "folder" in lodewire("read", tmp_path).refused()
    assert "does not exist" in lodewire("read", tmp_path / "nothing.html").refused()
    large = tmp_path / "large.html"
    with large.open("wb") as out:
        out.truncate(61_000_000)
    assert "61,000,000 bytes" in lodewire("read", large).refused()
    assert "empty" in lodewire("read", "-").refused()


def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    """A device that never ends, a name too long: told, not raised."""
    lodewire("read", tmp_path / ("x" * 300)).refused()
    lodewire("read", "a\0b").refused()
    lodewire("read", "/dev/null").refused()


def test_wrong_usage_is_exit_code_two() -> None:
    """click's own messages say what was wrong."""
    assert lodewire("read").code == 2
    outcome = lodewire("read", "x", "--format", "yaml")
    assert outcome.code == 2
    assert "'text', 'json'" in outcome.err


def test_terminal_codes_of_a_page_do_not_reach_the_terminal() -> None:
    """A page cannot colour, clear or retitle the reader's terminal, nor print rich's markup."""
    page = PAGE.replace("Albemarle", "\x1b[31mAlbemarle\x1b]0;owned\x07 [bold]x[/nope]")
    out = (
        lodewire("read", "-", stdin=page.replace("Lithium<", "Lith[/]ium\x1b[2J<").encode())
        .fine()
        .out
    )
    assert "\x1b" not in out
    assert "\x07" not in out


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    """A web server on loopback with a few awkward answers."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            body, headers = PAGE.encode(), {"Content-Type": "text/html"}
            if self.path == "/bomb":
                body = gzip.compress(bytes(300_000_000), 9)
                headers["Content-Encoding"] = "gzip"
            if self.path == "/empty":
                body = b""
            if self.path == "/png":
                body, headers = HOSTILE["picture.png"], {"Content-Type": "image/png"}
            self.send_response(404 if self.path == "/gone" else 200)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_fetched_and_read(host: str) -> None:
    """With leave to reach this machine, its page is read; the document keeps the address."""
    told = lodewire("read", f"{host}/page", "--allow-private", "--format", "json").fine().json
    (document,) = check_contract(told)
    assert document["url"] == f"{host}/page"


def test_a_private_address_is_refused_without_leave(host: str) -> None:
    """The hint names the option that allows it."""
    assert "--allow-private" in lodewire("read", f"{host}/page").refused()


@pytest.mark.parametrize("path", ["bomb", "empty", "png", "gone"])
def test_an_address_that_gives_no_page_is_refused_in_one_line(host: str, path: str) -> None:
    """Bombs over HTTP, empty bodies, pictures and 404s are told."""
    lodewire("read", f"{host}/{path}", "--allow-private").refused()


def test_a_dead_port_is_refused_in_one_line() -> None:
    """Nobody listens there."""
    lodewire("read", "http://127.0.0.1:9/x", "--allow-private").refused()
    lodewire("read", "http://no-such-host.invalid/x").refused()
    lodewire("read", "https://").refused()


def _process(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command as a person does, with at most 1.5 GB of memory."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))

    return subprocess.run(
        [sys.executable, "-m", "lodewire.cli.main", *arguments],
        input=stdin,
        capture_output=True,
        timeout=60,
        preexec_fn=bounded,
        check=False,
    )


@pytest.mark.parametrize("kind", ["html", "txt", "bin"])
def test_fifty_megabytes_end_in_bounded_time_and_memory(tmp_path: Path, kind: str) -> None:
    """A whole process on 50 MB: an answer or one line, within 20 s of work and 1.5 GB."""
    line = f"<p>{SENTENCE}</p>\n".encode()
    body = (
        random.Random(6).randbytes(50_000_000)
        if kind == "bin"
        else line * (50_000_000 // len(line))
    )
    file = tmp_path / f"large.{kind}"
    file.write_bytes(body)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = _process("read", str(file))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 2
    assert b"Traceback" not in done.stderr
    assert after.ru_utime - before.ru_utime < 20


def test_an_archive_is_kept_whole_and_says_that_it_was_not_read() -> None:
    """Not "no events were found" without a reason."""
    told = lodewire("read", "-", "--format", "json", stdin=f"{SENTENCE} ".encode() * 4000)
    (document,) = check_contract(told.fine().json)
    assert document["events"] == []
    assert "not read for names" in document["notes"][-1]


def test_a_process_reads_standard_input_and_prints_json() -> None:
    """The same through a real pipe."""
    done = _process("read", "-", "--format", "json", stdin=PAGE.encode())
    assert done.returncode == 0, done.stderr
    (document,) = check_contract(json.loads(done.stdout))
    assert document["text"] == SENTENCE


def test_nobody_reading_the_output_is_no_error() -> None:
    """``lodewire read … | head -1`` ends quietly."""
    command = f"{sys.executable} -m lodewire.cli.main read {PAGES[3]} --format json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert done.stdout == b'{\n "versio'
    assert done.stderr == b""
