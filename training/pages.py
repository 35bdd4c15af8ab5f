"""Pages with their true main text, to learn from: blocks labelled by the words they share with it.

The pages are the set ``web-content`` (Murrough Foley, CC BY 4.0), which lies beside the project and
is not copied into it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from evaluation.main_text import BENCH
from lodewire.text.decode import decode
from lodewire.text.scan import Scan, scan

PAGES = BENCH / "web-content"
_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words; as the scorer counts
_SHARE = 0.5  # of a block's words that stand in the true text, from which it is main text
_POWER = 0.75  # of a block's words: what it weighs when fitted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LabelledPage:
    """A page with one label (main text or not) and one weight a block; weights add up to 1."""

    id: str
    url: str
    kind: str
    truth: str
    body: bytes
    page: Scan
    labels: np.ndarray
    weights: np.ndarray

    @property
    def host(self) -> str:
        """The host, by which pages are kept together in folds."""
        return urlsplit(self.url).hostname or self.id


def load_pages(folder: Path = PAGES) -> list[LabelledPage]:
    """Return all pages of the set in the order of their ids; empty when it is not at hand."""
    return [_load(file, folder) for file in sorted((folder / "html").glob("*.html.gz"))]


def _load(file: Path, folder: Path) -> LabelledPage:
    id_ = file.name.split(".")[0]
    told = json.loads((folder / "ground-truth" / f"{id_}.json").read_text("utf-8"))
    truth = told["ground_truth"]["main_content"] or ""
    body = gzip.decompress(file.read_bytes())
    page = scan(decode(body).text)
    labels, weights = label(page, truth)
    return LabelledPage(
        id=id_,
        url=told["url"],
        kind=told["_internal"]["page_type"]["primary"],
        truth=truth,
        body=body,
        page=page,
        labels=labels,
        weights=weights,
    )


def label(page: Scan, truth: str) -> tuple[np.ndarray, np.ndarray]:
    """Return for each block whether it is main text, and its weight.

    A word is found when a run of four words of the page that it belongs to stands in the truth;
    runs cross blocks, so that a heading of one word is known by what stands round it.
    """
    true = _runs(_WORD.findall(truth))
    words: list[str] = []
    owners: list[int] = []
    for index, text in enumerate(page.texts):
        own = _WORD.findall(text)
        words += own
        owners += [index] * len(own)
    found = np.zeros(len(words))
    for at in range(len(words) - _SHINGLE + 1):
        if tuple(words[at : at + _SHINGLE]) in true:
            found[at : at + _SHINGLE] = 1.0
    count = len(page.texts)
    total = np.bincount(np.array(owners, dtype=np.int64), minlength=count)
    hits = np.bincount(np.array(owners, dtype=np.int64), weights=found, minlength=count)
    return hits >= _SHARE * np.maximum(total, 1), weights_of(total)


def weights_of(words: Sequence[int] | np.ndarray) -> np.ndarray:
    """Return what blocks of so many words weigh when fitted; a page's weights add up to 1."""
    weights: np.ndarray = (np.array(words, dtype=np.float64) + 1.0) ** _POWER
    shares: np.ndarray = weights / max(1.0, float(weights.sum()))
    return shares


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def digest_of_pages(pages: Iterable[LabelledPage]) -> str:
    """Return a digest of pages and labels: weights trained on others have another one."""
    told = hashlib.sha256()
    for page in pages:
        told.update(
            f"{page.id} {page.kind}".encode() + page.body + np.packbits(page.labels).tobytes()
        )
    return told.hexdigest()
