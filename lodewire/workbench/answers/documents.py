"""Documents as the API answers them: what is known of them, never their text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lodewire.errors import NotThere
from lodewire.ledger.search import SearchFilters, SearchHit
from lodewire.ledger.store import Ledger
from lodewire.model.answers import DocumentAnswer, HitAnswer, HitPage, Piece
from lodewire.model.ids import DocumentId, EventId
from lodewire.publish.brief import is_told
from lodewire.publish.page import safe_url
from lodewire.workbench.answers.cursors import DEEPEST, offset_cursor, offset_of


def find_documents(
    ledger: Ledger,
    query: str,
    filters: SearchFilters,
    *,
    limit: int = 20,
    cursor: str = "",
) -> HitPage:
    """Return documents, the best match first; without words the latest first.

    Raises QueryError for a foreign cursor.
    """
    start = offset_of(cursor) if cursor else 0
    hits = ledger.search(query, filters, limit=limit + 1, offset=start)
    more, hits = len(hits) > limit, hits[:limit]
    told = _told(ledger, (e for hit in hits for e in hit.events))
    end = start + limit
    return HitPage(
        hits=tuple(_hit(hit, told) for hit in hits),
        next=offset_cursor(end) if more and end <= DEEPEST else None,
    )


def one_document(
    ledger: Ledger, id_: str, *, publishers: Mapping[str, str] | None = None
) -> DocumentAnswer:
    """Return what is known of a document, and the told events in it. Raises NotThere."""
    document_id = DocumentId(id_)
    found = ledger.documents.get_all([document_id])
    if not found:
        raise NotThere(f"there is no document {id_[:80]!r}", hint="Search for words of its title.")
    document = found[0]
    first, last = ledger.documents.seen([document_id])[document_id]
    named = ledger.documents.links([document_id], publishers)[document_id]
    events = ledger.events.ids_for_documents([document_id]).get(document_id, [])
    return DocumentAnswer(
        id=document.id,
        title=document.title,
        publisher=named.publisher,
        url=safe_url(document.url) or None,
        published=document.published,
        language=document.language,
        first_seen=first,
        last_seen=last,
        versions=ledger.versions.of(document_id),
        events=tuple(sorted(_told(ledger, events))),
    )


def _told(ledger: Ledger, ids: Iterable[EventId]) -> frozenset[EventId]:
    return frozenset(e.id for e in ledger.events.get_all(ids) if is_told(e))


def _hit(hit: SearchHit, told: frozenset[EventId]) -> HitAnswer:
    return HitAnswer(
        document=hit.document_id,
        title=hit.title,
        publisher=hit.publisher,
        url=safe_url(hit.url) or None,
        day=hit.day,
        snippet=tuple(Piece(text=text, found=found) for text, found in hit.snippet),
        events=tuple(e for e in hit.events if e in told),
    )
