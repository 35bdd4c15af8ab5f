"""A check: a recomputation of something a text says, with a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.model.evidence import Evidence, Span
from lodewire.model.ids import CheckId, DocumentId, content_id
from lodewire.model.vocabulary import CheckKind, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What was recomputed, from which spans, and what came out; ``detail`` is one plain line."""

    document_id: DocumentId
    kind: CheckKind
    verdict: Verdict
    spans: tuple[Span, ...]
    detail: str
    evidence: tuple[Evidence, ...]
    rule: str = ""

    @property
    def id(self) -> CheckId:
        """Same document, kind, rule and spans: same id."""
        told = "|".join(f"{s.start}-{s.end}" for s in self.spans)
        return CheckId(content_id("chk", self.document_id, self.kind.value, self.rule, told))
