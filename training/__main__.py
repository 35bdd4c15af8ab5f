"""``python -m training [events] [blocks]``: fit the learned parts anew, into the package."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from lodewire.extraction.learned.weights import FOLDER, load_model
from lodewire.extraction.naming.opinion import FILE, load_opinion
from lodewire.text.block_model import FILE as BLOCKS
from lodewire.text.block_model import load_block_model
from lodewire.text.page_kind import FILE as KINDS
from lodewire.text.page_kind import load_kind_model
from training.examples import examples_of
from training.fit import fit_choices, fit_roles, fit_tellings
from training.main_text import fit_block_model
from training.names import fit_names, name_examples
from training.page_kinds import fit_kinds, signs_of_pages
from training.pages import load_pages
from training.texts import digest_of, load_guide_texts, load_texts


def train(folder: Path, *, without: Sequence[str] = ()) -> None:
    """Fit all models and write them to ``folder``, leaving out texts whose id is in ``without``.

    The role model needs the telling model's triggers, so the files are written in this order.
    """
    left_out = set(without)
    texts = [t for t in load_texts() if t.id not in left_out]
    examples = examples_of([*texts, *load_guide_texts()])
    told = sum(len(e.told) for e in examples)
    print(f"{len(texts)} texts, {len(examples)} sentences, {told} events")
    for name, fit in (("tellings", fit_tellings), ("choices", fit_choices), ("roles", fit_roles)):
        start = time.perf_counter()
        file = fit(examples)
        (folder / f"{name}.bin").write_bytes(file)
        load_model.cache_clear()
        print(f"{name:10s} {len(file) / 1000:8.0f} kB  {time.perf_counter() - start:6.1f} s")
    record = {"texts": len(texts), "sentences": len(examples), "events": told}
    lines = json.dumps(record | {"digest": digest_of(texts)}, indent=1)
    (folder / "trained.json").write_text(lines + "\n")


def train_names(file: Path, *, without: Sequence[str] = ()) -> None:
    """Fit the second opinion on names and write it; the other models see names through it."""
    left_out = set(without)
    examples = list(name_examples(t for t in load_texts() if t.id not in left_out))
    file.write_bytes(fit_names(examples))
    load_opinion.cache_clear()
    print(f"names      {file.stat().st_size / 1000:8.0f} kB  {len(examples)} names")


def train_blocks(file: Path) -> None:
    """Fit the models of blocks and of page types and write them, if their pages are at hand."""
    pages = load_pages()
    if not pages:
        print("blocks     kept as they are: the pages of web-content are not beside the project")
        return
    start = time.perf_counter()
    file.write_bytes(fit_block_model(pages))
    load_block_model.cache_clear()
    table = signs_of_pages(pages, [None] * len(pages))
    Path(str(KINDS)).write_text(fit_kinds(table, [page.kind for page in pages]), "utf-8")
    load_kind_model.cache_clear()
    size = file.stat().st_size / 1000
    print(f"blocks     {size:8.0f} kB  {time.perf_counter() - start:6.1f} s  {len(pages)} pages")


def main(arguments: Sequence[str]) -> int:
    """Train on everything at hand; "events" or "blocks" alone when asked."""
    if unknown := set(arguments) - {"events", "blocks"}:
        print(f"nothing to train named {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    if not arguments or "blocks" in arguments:
        train_blocks(Path(str(BLOCKS)))
    if not arguments or "events" in arguments:
        train_names(Path(str(FILE)))
        train(Path(str(FOLDER)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
