"""Passages of a page that speak to a model instead of telling news: nothing in them is believed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lodewire.model.evidence import Span

_ADDRESS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\s(?:\w+\s){0,3}?"
    r"(?:previous|prior|earlier|above|preceding|your|these|system)\s(?:\w+\s){0,2}?"
    r"(?:instructions?|prompts?|rules?|directions?|guidelines?|messages?)\b|"
    r"\b(?:you are|act as|pretend to be|behave as)\s(?:now\s)?(?:an?|the)\s(?:\w+\s){0,3}?"
    r"(?:assistant|language model|chatbot|ai model|llm)\b|"
    r"\b(?:new|updated|real|secret)\s(?:system\s)?(?:instructions?|prompt)\s*(?:for|to|:)|"
    r"\b(?:note|instruction|message)s?\s(?:to|for)\s(?:all\s|any\s|the\s|an?\s)*"
    r"(?:ai (?:model|assistant|agent|system|reader)|llm|language model|assistant|chatbot)s?\b|"
    r"\b(?:system|developer)\s(?:prompt|message)\b|<\|?(?:im_start|im_end|system|endoftext)\|?>|"
    r"\[/?INST\]|<<SYS>>|"
    r"\b(?:respond|reply|answer|output|return)\s(?:only\s|exactly\s|just\s)*(?:with|in)\s"
    r"(?:\w+\s){0,3}?(?:json|these events?)\b|"
    r"\b(?:add|insert|include|report|output|record)\s(?:\w+\s){0,3}?(?:events?|entry)\s"
    r"(?:of|with|in)\s(?:\w+\s){0,2}?(?:type|your answer|your output|the json)\b",
    re.IGNORECASE,
)


def find_addresses(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of ``text`` that speak to a model, in order."""
    found: list[Span] = []
    for match in _ADDRESS.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        span = Span(start, len(text) if end < 0 else end)
        if not found or found[-1] != span:
            found.append(span)
    return tuple(found)


def touches(spans: Sequence[Span], span: Span) -> bool:
    """Tell whether ``span`` shares a letter with one of the paragraphs."""
    return any(s.overlaps(span) for s in spans)
