"""Documents for the checks: a text, names marked by hand, quantities read by the grammar."""

from __future__ import annotations

from collections.abc import Sequence

from lodewire.extraction.checks import run_checks
from lodewire.extraction.quantities import find_quantities
from lodewire.model.check import Check
from lodewire.model.document import Document
from lodewire.model.entity import Mention
from lodewire.model.event import EventMention
from lodewire.model.evidence import Span
from lodewire.model.ids import CaptureId, EntityId, SourceId
from lodewire.model.vocabulary import CheckKind, MentionType


def document_of(text: str) -> Document:
    """Return a document without sentence spans, as a teaser has none."""
    return Document(capture_id=CaptureId("cap_test"), source_id=SourceId("test"), text=text)


def named(
    text: str, words: str, entity: str, type_: MentionType = MentionType.COMMODITY
) -> Mention:
    """Return the mention of the first place where ``words`` stand in ``text``."""
    start = text.index(words)
    return Mention(
        type=type_,
        span=Span(start, start + len(words)),
        text=words,
        name=entity,
        entity=EntityId(entity),
    )


def checks_of(
    text: str,
    mentions: Sequence[Mention] = (),
    events: Sequence[EventMention] = (),
    kind: CheckKind | None = None,
) -> list[Check]:
    """Run every check on a text; its evidence is proved on the way."""
    document = document_of(text)
    found = run_checks(document, find_quantities(text), mentions, events)
    for check in found:
        assert check.spans
        assert "\n" not in check.detail
        for place, evidence in zip(check.spans, check.evidence, strict=True):
            evidence.verify(text)
            assert evidence.span == place
    return [check for check in found if kind is None or check.kind is kind]


def told(text: str, kind: CheckKind, **names: str) -> list[str]:
    """Return "verdict: detail" of the checks of one kind; ``names`` maps words to entities."""
    mentions = [named(text, w.replace("_", " "), e) for w, e in names.items()]
    return [f"{c.verdict.value}: {c.detail}" for c in checks_of(text, mentions, kind=kind)]


def verdicts(text: str, kind: CheckKind, **names: str) -> list[str]:
    """Return the verdicts of the checks of one kind, in text order."""
    return [line.split(":", 1)[0] for line in told(text, kind, **names)]
