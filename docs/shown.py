"""Write anew what commands print where pages show them: ``python -m docs.shown``.

A test holds the pages to it. The commands of a page run in its order on one copy of the sample
desk, from the table that the page shows, if it shows one.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

DOCS = Path(__file__).parent
PAGES = (
    "guides/own-exposure.md",
    "guides/scenarios.md",
    "methods/promises.md",
    "methods/collisions.md",
    "methods/forecast-scores.md",
)
_SHOWN = re.compile(r"```text\n\$ lodewire ([^\n]+)\n(.*?)```", re.DOTALL)
_TABLE = re.compile(r"```csv\n(.*?)```", re.DOTALL)
_COLUMNS = "100"  # of the terminal


def with_outputs(text: str, sample: Path, folder: Path) -> str:
    """Return a page's text with what its commands print now; ``folder`` is empty and worked in."""
    desk = shutil.copytree(sample, folder / "desk")
    for table in _TABLE.findall(text):
        file = folder / "bom.csv"
        file.write_text(table, "utf-8")
        file.chmod(0o600)

    def shown(found: re.Match[str]) -> str:
        lines = [line.rstrip() for line in _output(found[1], desk).splitlines()]
        return "\n".join(["```text", f"$ lodewire {found[1]}", *lines, "```"])

    with contextlib.chdir(folder):
        return _SHOWN.sub(shown, text)


def _output(command: str, desk: Path) -> str:
    from lodewire.cli.main import run
    from lodewire.samples import NEWSROOM_NOW

    settings = {
        "LODEWIRE_DESK": str(desk),
        "LODEWIRE_NOW": NEWSROOM_NOW.isoformat(),
        "COLUMNS": _COLUMNS,
    }
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    with mock.patch.dict(os.environ, settings), contextlib.redirect_stdout(out):
        code = run(shlex.split(command))
    out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    if code:
        raise SystemExit(f"lodewire {command}: exit code {code}")
    return out.buffer.getvalue().decode("utf-8").replace("\r\n", "\n")


@contextlib.contextmanager
def sample_desk() -> Iterator[Path]:
    """Yield the desk of ``lodewire demo``, in a folder that goes away."""
    from lodewire.pipeline.sample import run_sample

    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        run_sample(desk, workers=1)
        yield desk


def main() -> None:
    """Write the pages."""
    with sample_desk() as sample:
        for page in PAGES:
            file = DOCS / page
            text = file.read_text("utf-8")
            with tempfile.TemporaryDirectory() as folder:
                told = with_outputs(text, sample, Path(folder))
            if told != text:
                file.write_text(told, "utf-8")
                print(f"docs/{page}")


if __name__ == "__main__":
    main()
