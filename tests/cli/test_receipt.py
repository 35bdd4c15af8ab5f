"""Receipts: what is written can be checked by anyone, and what was changed is told."""

from __future__ import annotations

import base64
import copy
import json
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodewire.errors import ReceiptError
from lodewire.model.canonical import canonical_json
from lodewire.publish.receipt import digest_of, listed_parts
from lodewire.publish.receipt_check import verify_receipt
from lodewire.publish.signing import rotate_key
from lodewire.samples import NEWSROOM_NOW
from tests.cli.command import Outcome, lodewire

DAY = "2025-03-28"
PAGE = Path(__file__).parents[2] / "docs" / "guides" / "receipts.md"


@pytest.fixture(scope="module")
def signing(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that signs, for all tests of this module."""
    return Path(shutil.copytree(built, tmp_path_factory.mktemp("signing") / "desk"))


@pytest.fixture(scope="module")
def brief(signing: Path) -> dict[str, Any]:
    receipt: dict[str, Any] = lodewire("receipt", DAY, "-d", signing).fine().json
    return receipt


@pytest.fixture(scope="module")
def deal(signing: Path) -> dict[str, Any]:
    found = lodewire("search", "Khoemacau", "--type", "acquisition", "--json", "-d", signing).json
    ids = dict.fromkeys(e["id"] for hit in found for e in hit["events"])
    shown = (lodewire("show", i, "--json", "-d", signing).json for i in ids)
    event = next(s["id"] for s in shown if s["type"] == "acquisition")
    receipt: dict[str, Any] = lodewire("receipt", event, "-d", signing).fine().json
    return receipt


def verify(folder: Path, receipt: Any, *more: str | Path) -> Outcome:
    file = folder / "receipt.json"
    file.write_text(
        receipt if isinstance(receipt, str) else json.dumps(receipt, ensure_ascii=False),
        encoding="utf-8",
    )
    return lodewire("verify", file, *more)


def failures(outcome: Outcome) -> list[str]:
    assert outcome.code == 1
    return [line for line in outcome.out.splitlines() if line.startswith("FAILS")]


def test_a_brief_and_an_event_hold(
    brief: dict[str, Any], deal: dict[str, Any], tmp_path: Path
) -> None:
    """Without ledger, desk or network; the reader is told that the key vouches for nobody."""
    for receipt in (brief, deal):
        out = verify(tmp_path, receipt).fine().out
        assert "FAILS" not in out
        assert "Whose key that is, it cannot prove" in out
    assert brief["told"]["id"].startswith("br_")
    assert len(brief["told"]["events"]) > 5
    assert any(s["property"] == "acquirer" for s in deal["statements"])


def test_the_same_ledger_and_key_give_the_same_bytes(signing: Path, tmp_path: Path) -> None:
    """Whenever it is asked for."""
    one = lodewire("receipt", DAY, "-d", signing, "--now", "2025-04-01T00:00:00Z").fine().out
    lodewire(
        "receipt", DAY, "-d", signing, "-o", tmp_path / "b", "--now", "2026-01-01T00:00:00Z"
    ).fine()
    assert (tmp_path / "b").read_text("utf-8") == one


def test_a_known_key_is_said_to_be_known(
    signing: Path, brief: dict[str, Any], tmp_path: Path
) -> None:
    """By fingerprint, PEM file or the desk's list, which keeps old keys."""
    (tmp_path / "desk.pem").write_text(lodewire("keys", "--pem", "-d", signing).fine().out)
    listed = signing / "keys" / "public.jsonl"
    for key in (brief["key"]["fingerprint"], tmp_path / "desk.pem", listed):
        assert verify(tmp_path, brief, "--key", key).fine().out.endswith("It holds.\n")
    moved = Path(shutil.copytree(signing, tmp_path / "moved"))
    rotate_key(moved, now=NEWSROOM_NOW)
    verify(tmp_path, brief, "--key", moved / "keys" / "public.jsonl").fine()
    (old, new) = lodewire("keys", "--json", "-d", moved).fine().json
    assert (old["fingerprint"], old["present"]) == (brief["key"]["fingerprint"], False)
    assert new["present"]
    lines = failures(verify(tmp_path, brief, "--key", new["fingerprint"]))
    assert ["another key" in line for line in lines] == [True]


def _quote(receipt: dict[str, Any]) -> str:
    statement = receipt["statements"][0]
    first = statement["quote"][0]
    statement["quote"] = ("y" if first == "x" else "x") + statement["quote"][1:]
    return f"of {statement['id']} is not what stands there"


def _quote_with_context(receipt: dict[str, Any]) -> str:
    statement = receipt["statements"][0]
    at = statement["span"][0] - statement["context"]["start"]
    text = statement["context"]["text"]
    new = "y" if text[at] == "x" else "x"
    statement["context"]["text"] = text[:at] + new + text[at + 1 :]
    statement["quote"] = new + statement["quote"][1:]
    return f"statement {statement['id']} was changed after signing"


def _swapped_texts(receipt: dict[str, Any]) -> str:
    one, other = receipt["documents"][:2]
    one["text_sha256"], other["text_sha256"] = other["text_sha256"], one["text_sha256"]
    return f"document {one['id']} was changed after signing: its digest"


def _swapped_captures(receipt: dict[str, Any]) -> str:
    one, other = receipt["captures"][:2]
    one["body_sha256"], other["body_sha256"] = other["body_sha256"], one["body_sha256"]
    return f"{one['id']} is not the id of a capture with the digest"


def _value(receipt: dict[str, Any]) -> str:
    statement = receipt["statements"][0]
    statement["value"] += "0"
    return f"{statement['id']} is not the id of what the statement says"


def _sentence(receipt: dict[str, Any]) -> str:
    event = receipt["told"]["events"][0]
    for segment in event["sentences"][0]["segments"]:
        if segment["statements"]:
            segment["text"] += " and more"
            break
    return f"{event['event']}: "


def _connecting_words(receipt: dict[str, Any]) -> str:
    segments = receipt["told"]["events"][0]["sentences"][0]["segments"]
    segments.append({"text": " It cost 5 dollars.", "statements": []})
    return "a number without a statement"


def _taken_out(receipt: dict[str, Any]) -> str:
    gone = receipt["statements"].pop()
    return f"statement {gone['id']} was taken out after signing"


def _added(receipt: dict[str, Any]) -> str:
    extra = copy.deepcopy(receipt["captures"][0])
    extra["id"] = "cap_x"
    receipt["captures"].append(extra)
    return "capture cap_x was added after signing"


def _doubled(receipt: dict[str, Any]) -> str:
    receipt["captures"].append(receipt["captures"][0])
    return "a part stands twice"


def _other_desk(receipt: dict[str, Any]) -> str:
    receipt["manifest"]["desk"] = "Another desk"
    return "signature: does not fit"


def _other_key(receipt: dict[str, Any]) -> str:
    receipt["key"]["public_key"] = base64.b64encode(bytes(32)).decode()
    return "key: the key has the fingerprint"


def _retracted(receipt: dict[str, Any]) -> str:
    cited = next(
        i
        for segment in receipt["told"]["events"][0]["sentences"][0]["segments"]
        for i in segment["statements"]
    )
    for statement in receipt["statements"]:
        if statement["id"] == cited:
            statement["retracted_at"] = "2025-03-29T00:00:00Z"
    return f"cites {cited}, which was retracted"


CHANGES: list[Callable[[dict[str, Any]], str]] = [
    _quote,
    _quote_with_context,
    _swapped_texts,
    _swapped_captures,
    _value,
    _sentence,
    _connecting_words,
    _taken_out,
    _added,
    _doubled,
    _other_desk,
    _other_key,
    _retracted,
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_is_told_with_its_reason(
    brief: dict[str, Any], change: Callable[[dict[str, Any]], str], tmp_path: Path
) -> None:
    """Each change has its own reason and exit code 1; the untouched receipt has none of them."""
    changed = copy.deepcopy(brief)
    reason = change(changed)
    assert any(reason in line for line in failures(verify(tmp_path, changed))), reason
    assert reason not in verify(tmp_path, brief).fine().out


def test_a_receipt_signed_anew_by_someone_else_needs_the_known_key_to_be_caught(
    brief: dict[str, Any], tmp_path: Path
) -> None:
    """All digests fit again, so only the key tells; without a known one that is said."""
    forged = copy.deepcopy(brief)
    forged["documents"][0]["publisher"] = "Another paper"
    digests = {(kind, part["id"]): digest_of(part) for kind, part in listed_parts(forged)}
    for part in forged["manifest"]["parts"]:
        part["sha256"] = digests[part["part"], part["id"]]
    key = rotate_key(tmp_path, now=NEWSROOM_NOW)
    forged["key"] |= {
        "public_key": key.public.text,
        "fingerprint": key.public.fingerprint,
    }
    message = canonical_json(forged["manifest"]).encode()
    forged["signature"] = base64.b64encode(key.sign(message)).decode()
    assert "it cannot prove" in verify(tmp_path, forged).fine().out
    known = brief["key"]["fingerprint"]
    lines = failures(verify(tmp_path, forged, "--key", known))
    assert ["signed with another key" in line for line in lines] == [True]


def test_a_cut_or_foreign_file_is_refused_with_its_reason(
    brief: dict[str, Any], tmp_path: Path
) -> None:
    """Cut off, not JSON, not a receipt, of another version, of another form, twice a field."""
    whole = json.dumps(brief, ensure_ascii=False, indent=1)
    for end in (1, len(whole) // 3, len(whole) // 2, len(whole) - 1):
        assert "cut off" in verify(tmp_path, whole[:end]).refused()
    for piece in ('{"a": nul', '{"a": "\\u00', '{"a": "x\\', '{"a": -'):
        assert "cut off" in verify(tmp_path, piece).refused(), piece
    assert "not JSON" in verify(tmp_path, whole.replace(":", ";", 3)).refused()
    assert "no receipt of Lodewire" in verify(tmp_path, "[]").refused()
    assert "no receipt of Lodewire" in verify(tmp_path, {"format": "other"}).refused()
    for version in (2, "1", None, True, [1]):
        assert "of version" in verify(tmp_path, {**brief, "version": version}).refused()
    assert (
        "told.kind" in verify(tmp_path, {**brief, "told": {**brief["told"], "kind": 1}}).refused()
    )
    assert "unsigned" in verify(tmp_path, {**brief, "unsigned": 1}).refused()
    twice = whole.replace('"signature":', '"signature": "x", "signature":', 1)
    assert "stands twice" in verify(tmp_path, twice).refused()
    assert "cannot be read" in lodewire("verify", tmp_path / "none").refused()
    (tmp_path / "raw").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in lodewire("verify", tmp_path / "raw").refused()


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_no_byte_can_be_changed_unseen(deal: dict[str, Any], place: float, byte: int) -> None:
    """The receipt is refused or fails, unless its JSON still says the very same."""
    whole = json.dumps(deal, ensure_ascii=False, separators=(",", ":")).encode()
    at = int(place * len(whole))
    changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
    try:
        holds = verify_receipt(changed).holds
    except ReceiptError:
        return
    assert not holds or json.loads(changed) == deal


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(end=st.floats(0, 1, exclude_max=True), junk=st.binary(max_size=20))
def test_no_file_breaks_the_check(deal: dict[str, Any], end: float, junk: bytes) -> None:
    """Cut anywhere and followed by anything, it is refused with a reason."""
    whole = json.dumps(deal, ensure_ascii=False).encode()
    with pytest.raises(ReceiptError):
        verify_receipt(whole[: int(end * (len(whole) - 1))] + junk + b"\x00")


@pytest.mark.parametrize("field", ["signature", "public_key"])
def test_base64_has_one_spelling(deal: dict[str, Any], field: str, tmp_path: Path) -> None:
    """The idle bits of the last character are not free to carry anything."""
    changed = copy.deepcopy(deal)
    holder = changed if field == "signature" else changed["key"]
    text = holder[field].rstrip("=")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = alphabet[alphabet.index(text[-1]) ^ 1]
    holder[field] = text[:-1] + other + "=" * (len(holder[field]) - len(text))
    assert base64.b64decode(holder[field])[:31]
    assert any("base64" in line for line in failures(verify(tmp_path, changed)))


def test_pages_and_texts_at_hand_are_held_against_it(
    signing: Path, deal: dict[str, Any], tmp_path: Path
) -> None:
    """The text of a document proves its quotes; a foreign file is told."""
    document = deal["documents"][0]
    connection = sqlite3.connect(signing / "desk.db")
    (text,) = connection.execute(
        "SELECT text FROM documents WHERE id = ?", [document["id"]]
    ).fetchone()
    connection.close()
    (tmp_path / "text.txt").write_text(text, encoding="utf-8", newline="")
    out = verify(tmp_path, deal, "--with", tmp_path / "text.txt").fine().out
    assert f"quotes stand in this text of {document['id']}" in out
    (tmp_path / "text.txt").write_text(text + " ", encoding="utf-8", newline="")
    (line,) = failures(verify(tmp_path, deal, "--with", tmp_path / "text.txt"))
    assert "neither a capture's nor a text's" in line


def test_what_there_is_no_receipt_for_is_told(signing: Path) -> None:
    """An unknown event, a day without a brief, a word."""
    assert "begins with ev_none" in lodewire("receipt", "ev_none", "-d", signing).refused()
    assert "lodewire brief --day" in lodewire("receipt", "2001-01-01", "-d", signing).refused()
    assert "neither an event nor a day" in lodewire("receipt", "lofdal", "-d", signing).refused()


def test_a_receipt_of_what_was_retracted_is_not_handed_out(desk: Path) -> None:
    """The brief as kept cites it, so it has to be composed anew."""
    receipt = lodewire("receipt", DAY, "-d", desk).fine().json
    cited = next(
        i
        for segment in receipt["told"]["events"][0]["sentences"][0]["segments"]
        for i in segment["statements"]
    )
    connection = sqlite3.connect(desk / "desk.db")
    connection.execute(
        "UPDATE statements SET retracted_at = '2025-03-29T00:00:00.000000Z' WHERE id = ?", [cited]
    )
    connection.commit()
    connection.close()
    assert "which was retracted" in lodewire("receipt", DAY, "-d", desk).refused()


def test_a_receipt_outlives_the_bytes_of_its_captures(desk: Path) -> None:
    """Pruned of them, the ledger gives the same receipt to the byte."""
    before = lodewire("receipt", DAY, "-d", desk).fine().out
    later = ("--now", "2026-03-28T00:00:00Z")
    pruned = lodewire("prune", "--captures-older-than", "26w", *later, "-d", desk).fine().out
    assert "ropped" in pruned
    assert lodewire("receipt", DAY, "-d", desk).fine().out == before


def test_doctor_looks_at_the_key(desk: Path) -> None:
    """A key that others may read needs attention; none is no fault."""
    assert "key" not in lodewire("doctor", "-d", desk).out
    lodewire("keys", "-d", desk).fine()
    assert "ok    receipts are signed with" in lodewire("doctor", "-d", desk).fine().out
    (desk / "keys" / "signing.pem").chmod(0o640)
    outcome = lodewire("doctor", "-d", desk)
    assert outcome.code == 1
    assert "WRONG" in outcome.out
    assert "chmod 600" in outcome.out
    assert "chmod 600" in lodewire("receipt", DAY, "-d", desk).refused()


def test_an_editors_value_stands_in_the_receipt_with_what_was_read(
    desk: Path, tmp_path: Path
) -> None:
    """The quote stays; author and reason are told; a forged ruling is caught."""
    (row, *_) = [
        json.loads(line)
        for line in lodewire(
            "ledger", "--rows", "values", "--format", "jsonl", "--type", "acquisition", "-d", desk
        )
        .fine()
        .out.splitlines()
        if '"property":"value"' in line
    ]
    call = ("edit", row["statement"], "777000000", "--unit", "AUD", "--reason", "the filing")
    lodewire("review", *call, "--author", "ed", "-d", desk).fine()
    receipt = lodewire("receipt", row["event"], "-d", desk).fine().json
    (told,) = [s for s in receipt["statements"] if s["id"] == row["statement"]]
    assert (told["value"], told["unit"], told["quote"]) == ("777000000", "AUD", row["quote"])
    assert (told["ruling"]["author"], told["ruling"]["read_value"]) == ("ed", row["value"])
    verify(tmp_path, receipt).fine()
    told["ruling"]["read_value"] = "1"
    assert any("is not the id of what" in line for line in failures(verify(tmp_path, receipt)))
    found = lodewire("ledger", "--amount", "= 777 million AUD", "--format", "jsonl", "-d", desk)
    (row_now,) = [json.loads(line) for line in found.fine().out.splitlines()]
    assert row_now["event"] == row["event"]
    assert row_now["amount_unit"] == "AUD"
    gone = lodewire(
        "ledger", "--amount", f"= {row['value']} {row['unit']}", "--format", "jsonl", "-d", desk
    )
    assert row["event"] not in gone.fine().out


@pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("bash", "openssl", "jq", "sha256sum", "base64")),
    reason="needs openssl, jq and coreutils",
)
def test_the_page_for_third_parties_works_as_printed(brief: dict[str, Any], tmp_path: Path) -> None:
    """With jq and openssl alone; a changed part is caught by the same commands."""
    (script,) = re.findall(r"```bash\n(.*?)```", PAGE.read_text("utf-8"), flags=re.DOTALL)

    def run(receipt: dict[str, Any]) -> subprocess.CompletedProcess[str]:
        (tmp_path / "receipt.json").write_text(json.dumps(receipt, ensure_ascii=False), "utf-8")
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    good = run(brief)
    assert good.returncode == 0, good.stderr
    assert "Signature Verified Successfully" in good.stdout
    assert brief["key"]["fingerprint"] in good.stdout
    for change in (_quote, _swapped_texts, _other_desk):
        bad = copy.deepcopy(brief)
        change(bad)
        assert run(bad).returncode != 0, change
