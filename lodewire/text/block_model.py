"""How likely each block of a page is main text: a few small networks, and their mean.

They have one hidden layer each, are fitted by ``make train`` (``training/main_text.py``) and
evaluated here with plain matrix products. What they were fitted on is said in ``data/blocks.md``.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from lodewire.errors import OntologyError
from lodewire.text.block_features import HintWeights, features_of
from lodewire.text.scan import Scan

if TYPE_CHECKING:
    from lodewire.text.block_features import Table

FILE = files("lodewire.text") / "data/blocks.bin"
_ROWS = (
    12  # of one product: libraries start threads for larger ones, which cost more than they save
)
_CLIP = 5.0  # standard deviations beyond which a feature says no more


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """Networks side by side: (features, hidden) and (hidden, networks); their mean counts."""

    means: Table
    scales: Table
    inner: Table
    inner_bias: Table
    outer: Table
    outer_bias: Table

    def probabilities(self, features: Table) -> Table:
        """Return one probability a row of ``features``."""
        standard = (features - self.means) * self.scales
        np.clip(standard, -_CLIP, _CLIP, out=standard)
        hidden = np.empty((len(standard), self.inner.shape[1]), dtype=np.float32)
        for start in range(0, len(standard), _ROWS):
            rows = slice(start, start + _ROWS)
            np.matmul(standard[rows], self.inner, out=hidden[rows])
        hidden += self.inner_bias
        np.maximum(hidden, 0.0, out=hidden)
        scores = hidden @ self.outer + self.outer_bias
        found: Table = (1.0 / (1.0 + np.exp(-scores))).mean(axis=1)
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlockModel:
    """The learned weights of marks (words of class and id), and the networks."""

    weights: HintWeights
    network: Network

    def probabilities(self, page: Scan) -> Table:
        """Return for each block of a page how likely it is main text, (n,); empty for no block."""
        if not page.texts:
            return np.zeros(0, dtype=np.float32)
        return self.network.probabilities(features_of(page, self.weights))


@cache
def load_block_model() -> BlockModel:
    """Return the model of the package; raises OntologyError when its file is none."""
    return read_block_model(FILE.read_bytes())


def read_block_model(file: bytes) -> BlockModel:
    """Return a model out of what ``write_block_model`` made; raises OntologyError for others."""
    try:
        with np.load(io.BytesIO(file), allow_pickle=False) as arrays:
            marks = json.loads(arrays["marks"].tobytes())
            network = Network(**{part: arrays[part].astype(np.float32) for part in _PARTS})
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise OntologyError(
            "blocks.bin holds no weights; run `make train` to write it anew"
        ) from error
    return BlockModel(weights=HintWeights(marks), network=network)


_PARTS = ("means", "scales", "inner", "inner_bias", "outer", "outer_bias")


def write_block_model(marks: dict[str, float], network: Network) -> bytes:
    """Return the file of a model: weights as 16-bit floats, the same bytes for the same weights."""
    told = json.dumps({mark: round(weight, 2) for mark, weight in sorted(marks.items())})
    arrays = {"marks": np.frombuffer(told.encode(), dtype=np.uint8)}
    for part in _PARTS:
        kept = np.float32 if part in ("means", "scales") else np.float16
        arrays[part] = getattr(network, part).astype(kept)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, allow_pickle=False)
            # A fixed date: the file depends on the weights alone.
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (2026, 1, 1, 0, 0, 0)),
                member.getvalue(),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()
