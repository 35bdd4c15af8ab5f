"""Pictures of charts, drawn once: a picture is kept under the digest of what it is drawn from."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import threading
from collections import OrderedDict

from lodewire.publish.charts.chart import Chart
from lodewire.publish.charts.render import render_json, render_svg

_MOST = 400
_MOST_BYTES = 48 * 1024 * 1024
_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = threading.Lock()
_drawing = threading.Lock()


@functools.cache
def can_draw() -> bool:
    """Tell whether the extra ``charts`` is installed; without it pages show tables alone."""
    return importlib.util.find_spec("vl_convert") is not None


def draw(chart: Chart) -> bytes:
    """Return the chart as SVG; the same spec is drawn once in this process.

    Drawing takes 30 to 300 ms, so one picture is drawn at a time and nobody draws one twice.
    """
    told = f"{chart.title}\n{chart.alt}\n{render_json(chart)}"
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
    found = _get(digest)
    if found is not None:
        return found
    with _drawing:
        found = _get(digest)
        if found is None:
            found = render_svg(chart).encode("utf-8")
            _put(digest, found)
    return found


def _get(digest: str) -> bytes | None:
    with _lock:
        if digest in _kept:
            _kept.move_to_end(digest)
        return _kept.get(digest)


def _put(digest: str, picture: bytes) -> None:
    with _lock:
        _kept[digest] = picture
        while len(_kept) > _MOST or sum(map(len, _kept.values())) > _MOST_BYTES:
            _kept.popitem(last=False)
