"""Texts that can be written down: halves of characters become the sign for what was not read."""

from __future__ import annotations

import re
from dataclasses import replace

from lodewire.model.document import Document

_HALF = re.compile("[\ud800-\udfff]")
_UNREAD = "\ufffd"
NOTE = "half characters were replaced"


def sound(document: Document) -> Document:
    """Return ``document`` with no half of a surrogate pair in its title and text.

    Such a half has no UTF-8, so neither a search nor a store can take it. One character stands for
    one, so that every span keeps its meaning; a sound document comes back itself.
    """
    text, title = _whole(document.text), document.title and _whole(document.title)
    if text is document.text and title is document.title:
        return document
    return replace(document, text=text, title=title, notes=(*document.notes, NOTE))


def _whole(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _HALF.sub(_UNREAD, text)
    return text
