"""Cutting a long text into parts that a model takes: between paragraphs, else sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lodewire.model.evidence import Span

LEAST = 200  # characters; a part is not cut into less


def split_text(text: str, limit: int) -> list[Span]:
    """Return parts of whole paragraphs, each of at most ``limit`` characters where that goes.

    A paragraph that is longer is a part of its own.
    """
    parts: list[Span] = []
    for paragraph in _paragraphs(text):
        if parts and paragraph.end - parts[-1].start <= limit:
            parts[-1] = Span(parts[-1].start, paragraph.end)
        else:
            parts.append(paragraph)
    return parts


def halve(text: str, part: Span, sentences: Sequence[Span]) -> tuple[Span, Span] | None:
    """Cut a part in two near its middle, between paragraphs, else sentences; None: too short."""
    middle = (part.start + part.end) // 2
    paragraphs = [p.start for p in _paragraphs(part.of(text))][1:]
    cuts = [part.start + start for start in paragraphs]
    for found in (cuts, [s.start for s in sentences]):
        fit = [c for c in found if part.start + LEAST <= c <= part.end - LEAST]
        if fit:
            cut = min(fit, key=lambda c: abs(c - middle))
            return Span(part.start, cut), Span(cut, part.end)
    return None


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1
