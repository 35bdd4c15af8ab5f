"""The documentation is complete and current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.build import FOLDER, pages
from lodewire.cli.main import COMMANDS
from lodewire.model.vocabulary import EventType

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_are_current(name: str) -> None:
    """`make docs` would change nothing."""
    assert (FOLDER / name).read_text("utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize("page", WRITTEN, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Relative links and pictures exist."""
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_command_and_event_type_is_documented() -> None:
    """The reference names them all."""
    commands = (FOLDER / "commands.md").read_text("utf-8")
    types = (FOLDER / "event-types.md").read_text("utf-8")
    assert all(f"## lodewire {name}\n" in commands for name in COMMANDS)
    assert all(f"## `{type_.value}`" in types for type_ in EventType)


def test_modules_named_in_the_docs_exist() -> None:
    """A path in backticks that looks like our code is there."""
    for page in WRITTEN:
        if page.name == "CHANGELOG.md":
            continue
        for path in re.findall(
            r"`((?:lodewire|evaluation|benchmarks|tests)/[\w./-]+)`", page.read_text("utf-8")
        ):
            assert (ROOT / path).exists(), f"{page.name} names {path}"


def test_no_page_names_this_machine_or_an_index() -> None:
    """Nothing of the workplace leaks into what we ship."""
    for page in [*WRITTEN, ROOT / "constraints.txt", ROOT / "pyproject.toml", ROOT / "Makefile"]:
        text = page.read_text("utf-8")
        assert "/work/" not in text, page.name
        assert "--index-url" not in text, page.name
