"""Writing a file whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def whole_file(file: Path) -> Iterator[IO[bytes]]:
    """Yield a file to write to; it takes its place only when the block ends well.

    Raises PublishError where it cannot be written.
    """
    from lodewire.errors import PublishError

    part = file.with_name(file.name + ".part")
    try:
        with part.open("wb") as out:
            yield out
        part.replace(file)
    except OSError as error:
        raise PublishError(
            f"{file}: cannot be written: {error.strerror or error}.",
            hint="Choose another file with --output.",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_whole(file: Path, body: bytes) -> None:
    """Write ``body`` to ``file``; raises PublishError where it cannot be written."""
    with whole_file(file) as out:
        out.write(body)
