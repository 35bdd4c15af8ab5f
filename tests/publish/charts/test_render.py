"""Drawing: every kind is valid Vega-Lite, the same each time, and holds nothing but a picture."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lodewire.errors import PublishError
from lodewire.publish.charts.render import render_html, render_json, render_png, render_svg
from tests.publish.charts.made import HOSTILE, MAKERS

_ALLOWED = {
    "svg",
    "title",
    "desc",
    "g",
    "rect",
    "path",
    "line",
    "text",
    "tspan",
    "defs",
    "clipPath",
}


def picture(text: str) -> etree._Element:
    """Parse an SVG as a browser's parser of XML would, and check that it is but a picture."""
    root = etree.fromstring(text.encode("utf-8"), etree.XMLParser(resolve_entities=False))
    for element in root.iter():
        assert etree.QName(element).localname in _ALLOWED, element.tag
        for name in element.attrib:
            assert not name.lower().startswith("on"), name
            assert "href" not in name, name
    return root


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_is_drawn_with_title_description_and_caption(kind: str) -> None:
    """The SVG is well formed and holds title, alternative text and caption."""
    chart = MAKERS[kind]("Copper")
    root = picture(render_svg(chart))
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.findtext("s:title", namespaces=space) == chart.title
    assert root.findtext("s:desc", namespaces=space) == chart.alt
    words = " ".join("".join(t.itertext()) for t in root.iter("{*}text"))
    assert "Test Survey" in words
    assert "TS2026" in words
    assert "share/1" in words
    sizes = [float(s) for s in re.findall(r'font-size="([\d.]+)', render_svg(chart))]
    assert min(sizes) >= 11


@pytest.mark.parametrize("kind", MAKERS)
def test_a_kind_is_drawn_the_same_each_time(kind: str) -> None:
    """Whatever was drawn before, the bytes are the same."""
    chart = MAKERS[kind]("Copper")
    first = render_svg(chart)
    render_svg(MAKERS["price"]("Other"))
    render_svg(MAKERS["map"]("Other"))
    assert render_svg(chart) == first


def test_another_process_draws_the_same() -> None:
    """Nothing of the process takes part, not even its hash seed."""
    code = (
        "import sys;from tests.publish.charts.made import MAKERS;"
        "from lodewire.publish.charts.render import render_svg;"
        "sys.stdout.buffer.write(render_svg(MAKERS['price']('Copper')).encode())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert told.decode("utf-8") == render_svg(MAKERS["price"]("Copper"))


@pytest.mark.parametrize("kind", MAKERS)
@given(word=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40)))
@settings(max_examples=8, deadline=None)
def test_hostile_words_stay_words(kind: str, word: str) -> None:
    """The picture holds no element or attribute but those of a picture."""
    picture(render_svg(MAKERS[kind](word)))


def test_a_png_is_drawn_at_twice_the_size() -> None:
    """Sharp enough for mail and paper."""
    chart = MAKERS["tornado"]("Copper")
    body = render_png(chart)
    assert body.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", body[16:24])
    box = re.search(r'width="(\d+)" height="(\d+)"', render_svg(chart))
    assert box is not None
    assert (wide, high) == (2 * int(box[1]), 2 * int(box[2]))


@pytest.mark.parametrize("kind", ["tornado", "waterfall"])
def test_a_png_is_packed_without_losing_a_pixel(kind: str) -> None:
    """The same picture as the library draws, a fraction of the size, with its words inside."""
    import vl_convert

    chart = MAKERS[kind]("Copper")
    drawn = vl_convert.vegalite_to_png(chart.spec, scale=1)
    packed = render_png(chart, scale=1)
    assert [p for at, p in enumerate(pixels(drawn)) if at % 4 < 3] == list(pixels(packed))
    assert b"iTXtDescription" + b"\0" * 5 + chart.alt.encode("utf-8") in packed
    assert len(packed) < len(drawn) / 1.5


def pixels(body: bytes) -> bytes:
    """The bytes of a PNG's pixels; its rows are filtered by nothing or the pixel to the left."""
    at, packed = 8, b""
    while at < len(body):
        (size,) = struct.unpack(">I", body[at : at + 4])
        name, data = body[at + 4 : at + 8], body[at + 8 : at + 8 + size]
        assert (
            zlib.crc32(name + data) == struct.unpack(">I", body[at + 8 + size : at + 12 + size])[0]
        )
        if name == b"IHDR":
            wide, high, _, colour = struct.unpack(">IIBB", data[:10])
        packed += data if name == b"IDAT" else b""
        at += 12 + size
    depth = {2: 3, 6: 4}[colour]
    rows, found = zlib.decompress(packed), bytearray()
    for start in range(0, len(rows), wide * depth + 1):
        row = bytearray(rows[start + 1 : start + wide * depth + 1])
        if rows[start] == 1:
            for byte in range(depth, len(row)):
                row[byte] = (row[byte] + row[byte - depth]) & 255
        found += row
    assert len(found) == wide * high * depth
    return bytes(found)


def test_what_is_no_plain_png_stays_as_it_was() -> None:
    """Packing never breaks a picture that it does not understand."""
    from lodewire.publish.charts.png import pack

    assert pack(b"GIF89a", "t", "d") == b"GIF89a"
    assert pack(b"", "t", "d") == b""


def test_json_is_the_spec() -> None:
    """What a tool of the reader's own draws."""
    chart = MAKERS["supply"]("Copper")
    assert json.loads(render_json(chart)) == chart.spec


@pytest.mark.parametrize("word", HOSTILE)
def test_a_page_is_closed_to_the_network_and_to_hostile_words(word: str) -> None:
    """Two scripts, both allowed by digest; no address is loaded; words cannot leave their place."""
    page = render_html(MAKERS["price"](f"QQ{word}"))
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1])
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert len(re.findall(r"<script", page.replace(scripts[0], ""))) == 3
    assert not re.search(r'(src|href)="(?!data:,)', page.replace(scripts[0], ""))
    (told,) = re.findall(r'<script type="application/json" id="spec">(.*?)</script>', page)
    json.loads(told)


def test_a_spec_that_cannot_be_drawn_is_a_clear_error() -> None:
    """The library's own message, in one line, with what to do."""
    broken = replace(MAKERS["tornado"]("x"), spec={"mark": {"type": "nothing"}})
    with pytest.raises(PublishError, match="cannot be drawn") as refused:
        render_svg(broken)
    assert refused.value.hint


def test_without_the_library_the_hint_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named; JSON works without it."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    chart = MAKERS["tornado"]("x")
    for draw in (render_svg, render_png):
        with pytest.raises(PublishError, match="not installed") as refused:
            draw(chart)
        assert "lodewire[charts]" in (refused.value.hint or "")
    assert render_json(chart)


def test_external_addresses_are_never_fetched() -> None:
    """Even a spec made by hand cannot make the drawing ask the network or read a file."""
    base = MAKERS["tornado"]("x")
    text = {"text": {"field": "root:x:0:0:root:/root:/bin/bash", "type": "nominal"}}
    for url in ("http://127.0.0.1:9/x.csv", "file:///etc/passwd", "/etc/passwd"):
        spec = {"data": {"url": url, "format": {"type": "csv"}}, "mark": "text", "encoding": text}
        drawn = ""
        with suppress(PublishError):
            drawn = render_svg(replace(base, spec=spec))
        assert "daemon" not in drawn
        assert url.endswith("passwd") or not drawn


def test_the_library_is_not_loaded_before_it_draws() -> None:
    """Importing the charts costs nothing of its 84 MB."""
    code = "import sys, lodewire.publish.charts.render; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
