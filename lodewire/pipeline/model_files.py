"""What the model reader keeps in the desk's folder: answers, costs, and what was quarantined."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lodewire.errors import ConfigError
from lodewire.extraction.model_reader.asking import Prompt

FORM = 1  # of the files; another number is not read
CONTEXT = "context"  # kept in place of an answer: the text is too long for this model


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer as it came, believed or not."""

    text: str
    cut: bool = False
    tools: bool = False
    too_long: bool = False


def answer_key(prompt: Prompt, schema: Mapping[str, Any], model: str, room: int) -> str:
    """Return the key of a question: its words, the schema, the model and the room for an answer."""
    told = json.dumps([FORM, prompt.system, prompt.user, schema, model, room], sort_keys=True)
    return hashlib.sha256(told.encode("ascii")).hexdigest()


class AnswerStore:
    """Answers by key, one small file each; written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> KeptAnswer | None:
        """Return what was answered; None when nothing was, or the file is damaged."""
        try:
            told = json.loads(self._file(key).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(told, dict) or told.get("form") != FORM:
            return None
        flags = {name: told.get(name) for name in ("cut", "tools", "too_long")}
        text = told.get("text")
        if not isinstance(text, str) or not all(isinstance(f, bool) for f in flags.values()):
            return None
        return KeptAnswer(
            text=text,
            cut=bool(flags["cut"]),
            tools=bool(flags["tools"]),
            too_long=bool(flags["too_long"]),
        )

    def put(self, key: str, answer: KeptAnswer) -> None:
        """Keep an answer; raises ConfigError when the folder cannot be written."""
        told = {
            "form": FORM,
            "text": answer.text,
            "cut": answer.cut,
            "tools": answer.tools,
            "too_long": answer.too_long,
        }
        file = self._file(key)
        try:
            write_whole(file, json.dumps(told).encode("ascii"))
        except OSError as error:
            raise _unwritable(file.parent, error) from error

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def write_whole(file: Path, body: bytes) -> None:
    """Write a file so that a kill leaves the old one or the new one, never half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(body)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class LineLog:
    """JSON lines that only grow; each is written at once, and one cut off by a kill is skipped."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()

    def add(self, line: Mapping[str, Any]) -> None:
        """Append one line; raises ConfigError when the file cannot be written."""
        body = json.dumps(line).encode("ascii") + b"\n"
        with self._lock:
            try:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                with self.file.open("ab+") as stream:
                    if stream.tell() and not _ends_whole(self.file):
                        body = b"\n" + body
                    stream.write(body)
            except OSError as error:
                raise _unwritable(self.file, error) from error

    def lines_from(self, offset: int) -> tuple[list[dict[str, Any]], int]:
        """Return the whole lines after ``offset`` bytes, and the offset behind them."""
        try:
            with self.file.open("rb") as stream:
                stream.seek(offset)
                body = stream.read()
        except FileNotFoundError:
            return [], 0
        except OSError as error:
            raise _unwritable(self.file, error) from error
        whole = body[: body.rfind(b"\n") + 1]
        found = []
        for row in whole.splitlines():
            try:
                told = json.loads(row)
            except (ValueError, RecursionError):
                continue
            if isinstance(told, dict):
                found.append(told)
        return found, offset + len(whole)


def _ends_whole(file: Path) -> bool:
    with file.open("rb") as stream:
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"


def _unwritable(path: Path, error: OSError) -> ConfigError:
    return ConfigError(
        f"{path}: cannot be written: {error.strerror or error}.",
        hint="Check the disk and the permissions, or set folder under [model] in desk.toml.",
    )
