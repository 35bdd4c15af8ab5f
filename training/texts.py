"""Annotated texts to learn from: the gold's dev sets, and silver sentences with inline marks.

A silver line is ``EVENTS ||| text with [n.role:words]``; EVENTS is ``none`` or, joined by `` ; ``,
``n type status a|f|h|d role=choice``: see ``training/README.md``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from evaluation.gold import OWN, SHARED, GoldEvent, GoldText, load_gold

SILVER = Path(__file__).resolve().parent / "silver"
_MARK = re.compile(r"\[((?:\d\.[a-z_]+)(?:,\d\.[a-z_]+)*):([^\[\]]+)\]")
_MODALITY = {"a": "asserted", "f": "forecast", "h": "hypothetical", "d": "denied"}


def load_texts() -> list[GoldText]:
    """Return the project's own texts to train on, in a fixed order."""
    texts = [t for folder in sorted(OWN.glob("dev-*")) for t in load_gold(folder)]
    return texts + list(load_silver(SILVER))


def load_guide_texts() -> list[GoldText]:
    """Return the texts annotated beside the guide, where they are at hand; else none."""
    return load_gold(SHARED) if (SHARED / "annotations.jsonl").exists() else []


def digest_of(texts: Iterable[GoldText]) -> str:
    """Return a digest of texts and events: weights trained on other texts have another one."""
    told = hashlib.sha256()
    for text in texts:
        events = [(e.type, sorted(e.args.items()), e.evidence) for e in text.events]
        told.update(repr((text.id, text.text, events)).encode())
    return told.hexdigest()


def load_silver(folder: Path) -> Iterator[GoldText]:
    """Yield one text a silver line; raises ValueError, naming file and line, on a fault."""
    for file in sorted(folder.glob("*.txt")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if line.strip():
                try:
                    yield parse_line(f"{file.stem}:{number}", line.strip())
                except (KeyError, ValueError) as error:
                    raise ValueError(f"{file.name}, line {number}: {error!r}") from error


def parse_line(id_: str, line: str) -> GoldText:
    """Return the text and its events; raises ValueError or KeyError on a fault."""
    head, bars, marked = line.partition(" ||| ")
    if not bars:
        raise ValueError("no ||| between events and text")
    args: dict[str, dict[str, list[str]]] = {}
    for match in _MARK.finditer(marked):
        for name in match[1].split(","):
            number, _, role = name.partition(".")
            args.setdefault(number, {}).setdefault(role, []).append(match[2])
    text = _MARK.sub(r"\2", marked)
    if "[" in text:
        raise ValueError("a mark that cannot be read")
    events = tuple(_event(told, args, text) for told in head.split(" ; ") if head != "none")
    return GoldText(
        id=id_,
        text=text + "\n",
        desks=(),
        commodities=(),
        countries=(),
        organisations=(),
        sites=(),
        events=events,
        numbers=(),
    )


def _event(told: str, args: dict[str, dict[str, list[str]]], text: str) -> GoldEvent:
    number, type_, status, modality, *choices = told.split()
    roles = {role: tuple(values) for role, values in args.get(number, {}).items()}
    for choice in choices:
        role, _, value = choice.partition("=")
        roles[role] = (value,)
    return GoldEvent(
        type=type_,
        status=status,
        modality=_MODALITY[modality],
        args=roles,
        evidence=text,
        core=True,
    )
