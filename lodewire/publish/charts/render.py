"""Drawing a chart: SVG, PNG, a page that needs nothing else. The drawing library is loaded late.

``vl-convert-python`` (BSD-3-Clause) carries Vega and its own type; it is the extra ``charts``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from lodewire.errors import PublishError
from lodewire.publish.charts.chart import Chart, Spec
from lodewire.publish.charts.png import pack
from lodewire.publish.charts.texts import clean

if TYPE_CHECKING:
    from types import ModuleType

PNG_SCALE = 2.0
"""Pixels of a PNG for each of the picture: sharp on paper and on fine screens."""


def render_svg(chart: Chart) -> str:
    """Return the picture as SVG with title and description for screen readers.

    The same chart gives the same bytes on one machine. Raises PublishError without the library, or
    when the spec cannot be drawn.
    """
    drawn = _draw("vegalite_to_svg", chart.spec)
    head, sep, rest = drawn.partition(">")
    if not head.startswith("<svg") or not sep:
        raise PublishError(
            f"the {chart.kind} chart was not drawn as SVG.",
            hint="Install the version of vl-convert-python that pyproject.toml asks for.",
        )
    mark = hashlib.sha256(render_json(chart).encode("ascii")).hexdigest()[:8]
    told = (
        f'<title id="title-{mark}">{escape(clean(chart.title))}</title>'
        f'<desc id="alt-{mark}">{escape(clean(chart.alt, 4000))}</desc>'
    )
    rest = _renumber(rest, mark)
    return f'{head} role="img" aria-labelledby="title-{mark} alt-{mark}">{told}{rest}\n'


def _renumber(svg: str, mark: str) -> str:
    """Name the clips after the chart: the library counts them on through all it ever drew.

    Only tags are looked at, never text. Two pictures in one page must not share a name either.
    """
    names: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f"clip-{mark}-{len(names) + 1}")

    return _CLIPPING.sub(lambda tag: _CLIP.sub(name, tag[0]), svg)


def render_png(chart: Chart, scale: float = PNG_SCALE) -> bytes:
    """Return the picture as PNG with title and alternative text inside, ``scale`` pixels for one.

    Raises PublishError as render_svg.
    """
    drawn: bytes = _draw("vegalite_to_png", chart.spec, scale=scale)
    return pack(drawn, clean(chart.title), clean(chart.alt, 4000))


def render_json(chart: Chart) -> str:
    """Return the spec as JSON, for any tool that draws Vega-Lite."""
    return json.dumps(chart.spec, ensure_ascii=True, indent=1, sort_keys=False) + "\n"


def render_html(chart: Chart) -> str:
    """Return one page with the chart, its figures as a table, and the scripts that draw it.

    It asks the network for nothing: a content policy allows the page's two own scripts by their
    digests, and no evaluation of text as code (Vega's expressions run in its interpreter).
    """
    bundle = _bundle()
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in (bundle, _START))
    policy = f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:"
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(clean(cell))}</td>" for cell in row) + "</tr>"
        for row in chart.table.rows
    )
    heads = "".join(f"<th>{escape(name)}</th>" for name in chart.table.columns)
    # "<" as an escape: no word of the spec can end the script element or open a comment.
    spec = json.dumps(chart.spec, ensure_ascii=True).replace("<", "\\u003c")
    title, alt = escape(clean(chart.title)), escape(clean(chart.alt, 4000), {'"': "&quot;"})
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<div id="chart" role="img" aria-label="{alt}"></div>\n'
        f"<details><summary>The figures</summary><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></details>\n"
        f'<script type="application/json" id="spec">{spec}</script>\n'
        f"<script>{bundle}</script>\n<script>{_START}</script>\n</body>\n</html>\n"
    )


_CLIPPING = re.compile(r"<(?:g|clipPath|path)\b[^<>]*>")
_CLIP = re.compile(r"\bclip\d+\b")
_STYLE = (
    "body{margin:0;padding:16px;background:#fff;color:#1a1a1a;"
    "font-family:Arial,'Liberation Sans',Helvetica,sans-serif}"
    "#chart{overflow-x:auto}details{margin:16px 18px}summary{cursor:pointer}"
    "table{border-collapse:collapse;margin-top:8px;font-size:14px}"
    "td,th{border-bottom:1px solid #ccc;padding:4px 12px 4px 0;text-align:left}"
    ".vega-embed details{margin:0}"
)
_START = (
    "vegaEmbed('#chart',JSON.parse(document.getElementById('spec').textContent),"
    "{ast:true,actions:false,renderer:'svg'})"
    ".then(function(){document.body.dataset.drawn='yes'});"
)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")


@cache
def _bundle() -> str:
    bundle: str = _library().javascript_bundle()
    if "</script" in bundle.lower() or "<!--" in bundle:
        # A page is read up to the first of these, wherever in a script it stands.
        bundle = bundle.replace("</script", "<\\/script").replace("<!--", "\\x3C!--")
    return bundle


def _draw(how: str, spec: Spec, **options: Any) -> Any:
    library = _library()
    try:
        return getattr(library, how)(spec, allowed_base_urls=[], **options)
    except ValueError as error:
        told = clean(str(error), 200)
        raise PublishError(
            f"the chart cannot be drawn: {told}",
            hint="Write it with --out FILE.json and report it with the spec.",
        ) from error


def _library() -> ModuleType:
    try:
        import vl_convert
    except ImportError as error:
        raise PublishError(
            "drawing charts needs vl-convert-python, which is not installed.",
            hint="pip install 'lodewire[charts]', or take --out FILE.json.",
        ) from error
    module: ModuleType = vl_convert
    return module
