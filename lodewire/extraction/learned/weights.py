"""Linear models as a file: hashed features with a few weights each, read once a process."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from lodewire.errors import OntologyError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = resources.files("lodewire.extraction.learned") / "data"
MAGIC = b"LWM1"
_SCALE = 256.0  # weights are kept as 16-bit steps of 1/256


@dataclass(frozen=True, slots=True)
class LinearModel:
    """One weight per (feature, label); features are known by the CRC-32 of their name.

    ``places`` gives a feature's row in ``table`` by that number, one column a label, in steps of
    1/256. ``biases`` has one number a label.
    """

    labels: tuple[str, ...]
    biases: tuple[float, ...]
    places: Mapping[int, int]
    table: NDArray[np.int16]

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return a score for each label; ``probability`` turns one into 0..1."""
        rows = map(self.places.get, map(zlib.crc32, map(str.encode, features)))
        known = [row for row in rows if row is not None]
        if not known:
            return list(self.biases)
        steps = self.table[known].sum(axis=0, dtype=np.int64).tolist()
        return [bias + step / _SCALE for bias, step in zip(self.biases, steps, strict=True)]

    def weight(self, feature: str, label: int) -> float:
        """Return the weight of one feature for one label, 0 where it has none."""
        row = self.places.get(zlib.crc32(feature.encode()))
        return 0.0 if row is None else int(self.table[row, label]) / _SCALE


def probability(score: float) -> float:
    """Return the logistic function of a score."""
    if score < -30:
        return 0.0
    return 1.0 / (1.0 + exp(-score))


def pack(
    labels: Sequence[str], biases: Sequence[float], weights: Mapping[str, Mapping[int, float]]
) -> bytes:
    """Return the file of a model; features that hash alike share the sum of their weights."""
    by_hash: dict[int, dict[int, int]] = {}
    for feature, told in weights.items():
        mine = by_hash.setdefault(zlib.crc32(feature.encode()), {})
        for label, weight in told.items():
            step = max(-32768, min(32767, round(weight * _SCALE)))
            mine[label] = max(-32768, min(32767, mine.get(label, 0) + step))
    hashes, starts = array("I"), array("I", [0])
    labels_of, steps = array("B"), array("h")
    for code in sorted(by_hash):
        kept = {k: v for k, v in sorted(by_hash[code].items()) if v}
        if not kept:
            continue
        hashes.append(code)
        labels_of.extend(kept)
        steps.extend(kept.values())
        starts.append(len(steps))
    head = "\n".join(f"{b!r} {label}" for b, label in zip(biases, labels, strict=True)).encode()
    sizes = array("I", [len(head), len(hashes), len(steps)])
    parts = (sizes, hashes, starts, labels_of, steps)
    if sys.byteorder == "big":
        for part in parts:
            part.byteswap()
    raw = [p.tobytes() for p in parts]
    return MAGIC + zlib.compress(b"".join((raw[0], head, *raw[1:])), 9)


def unpack(file: bytes, name: str = "model") -> LinearModel:
    """Read what ``pack`` wrote; raises OntologyError where it is no such file."""
    if not file.startswith(MAGIC):
        raise OntologyError(f"{name} holds no weights; run `make train` to write it anew")
    raw = zlib.decompress(file[len(MAGIC) :])
    sizes = _array("I", raw[:12])
    head_size, features, entries = sizes
    at = 12 + head_size
    head = raw[12:at].decode()
    hashes = _array("I", raw[at : at + 4 * features])
    at += 4 * features
    starts = _array("I", raw[at : at + 4 * (features + 1)])
    at += 4 * (features + 1)
    labels_of = _array("B", raw[at : at + entries])
    weights = _array("h", raw[at + entries : at + 3 * entries])
    rows = [line.split(" ", 1) for line in head.splitlines()]
    table = np.zeros((features, len(rows)), dtype=np.int16)
    table[np.repeat(np.arange(features), np.diff(starts)), labels_of] = weights
    return LinearModel(
        labels=tuple(label for _, label in rows),
        biases=tuple(float(bias) for bias, _ in rows),
        places={code: i for i, code in enumerate(hashes)},
        table=table,
    )


def _array(code: str, raw: bytes) -> array[int]:
    found: array[int] = array(code)
    found.frombytes(raw)
    if sys.byteorder == "big":
        found.byteswap()
    return found


@cache
def load_model(name: str) -> LinearModel:
    """Return a model of the package: "tellings", "choices" or "roles"."""
    file = FOLDER / f"{name}.bin"
    return unpack(file.read_bytes(), f"{name}.bin")
