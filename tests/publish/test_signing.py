"""The desk's key: made once, kept to its owner, renewed without forgetting the old ones."""

from __future__ import annotations

import shutil
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lodewire.errors import ConfigError, ReceiptError
from lodewire.publish.signing import (
    FOLDER,
    LISTED,
    PRIVATE,
    desk_key,
    known_fingerprints,
    listed_keys,
    rotate_key,
)

NOW = datetime(2025, 3, 28, 21, tzinfo=UTC)
LATER = datetime(2025, 9, 1, tzinfo=UTC)


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = desk_key(tmp_path, now=NOW)
    again = desk_key(tmp_path, now=LATER)
    assert again.public.fingerprint == first.public.fingerprint
    assert stat.S_IMODE((tmp_path / FOLDER / PRIVATE).stat().st_mode) == 0o600
    (listed,) = listed_keys(tmp_path)
    assert (listed.fingerprint, listed.since) == (first.public.fingerprint, NOW.isoformat())
    assert sorted(f.name for f in (tmp_path / FOLDER).iterdir()) == [LISTED, PRIVATE]


def test_a_new_key_leaves_the_old_ones_listed(tmp_path: Path) -> None:
    old = desk_key(tmp_path, now=NOW)
    new = rotate_key(tmp_path, now=LATER)
    assert [k.fingerprint for k in listed_keys(tmp_path)] == [
        old.public.fingerprint,
        new.public.fingerprint,
    ]
    assert known_fingerprints(str(tmp_path / FOLDER / LISTED)) == {
        old.public.fingerprint,
        new.public.fingerprint,
    }
    message = b"words"
    assert old.public.fits(old.sign(message), message)
    assert not new.public.fits(old.sign(message), message)
    assert not old.public.fits(old.sign(message), b"other words")


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    desk_key(tmp_path, now=NOW)
    (tmp_path / FOLDER / PRIVATE).chmod(0o644)
    with pytest.raises(ConfigError, match="others may read"):
        desk_key(tmp_path, now=NOW)


@pytest.mark.parametrize("body", [b"", b"noise", b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_damaged_key_is_told_and_not_replaced(tmp_path: Path, body: bytes) -> None:
    desk_key(tmp_path, now=NOW)
    (tmp_path / FOLDER / PRIVATE).write_bytes(body)
    with pytest.raises(ConfigError, match="cannot be read as a private key"):
        desk_key(tmp_path, now=NOW)
    assert (tmp_path / FOLDER / PRIVATE).read_bytes() == body


def test_fingerprints_are_taken_from_hex_and_pem(tmp_path: Path) -> None:
    key = desk_key(tmp_path, now=NOW).public
    (tmp_path / "desk.pem").write_text(key.pem)
    for told in (key.fingerprint, f"SHA256:{key.fingerprint.upper()}", str(tmp_path / "desk.pem")):
        assert known_fingerprints(told) == {key.fingerprint}
    (tmp_path / "other").write_text("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")
    for told in ("abcd", str(tmp_path / "none"), str(tmp_path / "other"), "a\x00b"):
        with pytest.raises(ReceiptError):
            known_fingerprints(told)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_the_fingerprint_is_the_one_that_openssl_gives(tmp_path: Path) -> None:
    key = desk_key(tmp_path, now=NOW).public
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-outform", "DER"],
        input=key.pem.encode(),
        capture_output=True,
        check=True,
    ).stdout
    import hashlib

    assert hashlib.sha256(der).hexdigest() == key.fingerprint
