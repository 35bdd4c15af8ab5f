"""A report as PDF by typst (Apache-2.0, the extra ``reports``), and as pictures of its pages.

The template is a fixed file; the report is handed to it as JSON, so no word of a source is read as
markup. The compiler sees an empty folder and nothing else of the disk, and fetches nothing.
"""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any

from lodewire.errors import PublishError

if TYPE_CHECKING:
    from types import ModuleType


def render_pdf(form: dict[str, Any]) -> bytes:
    """Return the PDF of a report's form; the same form gives the same bytes on one machine.

    Raises PublishError without the library, or when typst refuses.
    """
    found: bytes = _compile(form, format="pdf")
    return found


def render_pages(form: dict[str, Any], ppi: float = 80.0) -> list[bytes]:
    """Return each page as PNG, for looking at it."""
    found = _compile(form, format="png", ppi=ppi)
    return found if isinstance(found, list) else [found]


def _compile(form: dict[str, Any], **options: Any) -> Any:
    typst = _library()
    template = (resources.files("lodewire.publish.reports") / "report.typ").read_bytes()
    told = {key: value for key, value in form.items() if key != "figures"}
    inputs = {"report": json.dumps(told, ensure_ascii=True)}
    with tempfile.TemporaryDirectory(prefix="lodewire-report-") as empty:
        try:
            return typst.compile(
                template,
                root=empty,
                sys_inputs=inputs,
                package_path=empty,
                package_cache_path=empty,
                timestamp=datetime.fromisoformat(form["made_at"]),
                **options,
            )
        except typst.TypstError as error:
            why = " ".join(str(error).split())[:300]
            raise PublishError(
                f"the report could not be set: {why}",
                hint="Write it with --html, and report this with its report.json.",
            ) from error


def _library() -> ModuleType:
    try:
        import typst
    except ImportError as error:
        raise PublishError(
            "a PDF needs typst, which is not installed.",
            hint="pip install 'lodewire[reports]', or take --html.",
        ) from error
    module: ModuleType = typst
    return module
