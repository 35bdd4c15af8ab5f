"""Gold texts set into pages are found by the gates, and what a gate leaves out is told."""

from __future__ import annotations

import pytest

from evaluation import cascade, page_frames
from evaluation.page_frames import frame_of

OTHER = "<html><head><title>Old</title></head><body><h1>Old</h1><div>{}</div></body></html>"


def test_a_frame_takes_another_article() -> None:
    """The old title and paragraphs are gone, the new ones stand in their place."""
    old = "".join(f"<p>An old paragraph, number {n}, {'of no use ' * 12}.</p>" for n in range(6))
    frame = frame_of("x", OTHER.format(old))
    assert frame is not None
    page = frame.page("A & B merge", ["First <one>.", "Second."], day="2025-03-28")
    assert "old paragraph" not in page
    assert "Old" not in page
    assert "<p>First &lt;one&gt;.</p><p>Second.</p>" in page
    assert "A &amp; B merge" in page
    assert "2025-03-28" in page
    assert len(frame.paragraphs) == 6


def test_a_page_without_paragraphs_gives_no_frame() -> None:
    """Front pages and players have no article to take out."""
    assert frame_of("x", OTHER.format("<p>Short.</p>")) is None


def test_the_gates_find_gold_texts_and_a_narrow_gate_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A glance that asks too much loses pages, and the report falls under its floor."""
    monkeypatch.setattr(page_frames, "PAGES", page_frames.PAGES / "nowhere")
    monkeypatch.setattr(cascade, "PAGES", page_frames.PAGES / "nowhere")
    page_frames.frames.cache_clear()
    some = cascade.texts()[:12]
    monkeypatch.setattr(cascade, "texts", lambda: some)
    try:
        report = cascade.evaluate()
        assert report.ok, report.lines
        monkeypatch.setattr("lodewire.pipeline.cascade.GLANCE_SHARE", 5.0)
        assert not cascade.evaluate().ok
    finally:
        page_frames.frames.cache_clear()
