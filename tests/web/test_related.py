"""Nearest events, and passages, on the small site."""

from __future__ import annotations

from lodewire.ledger.selecting import EventFilters
from lodewire.model.vocabulary import EventType
from lodewire.publish.brief import entry_of
from lodewire.web.material import material_of, told
from lodewire.web.passages import LONGEST, passages_of
from lodewire.web.related import related_to
from lodewire.web.site import Site


def _deal(site: Site):  # type: ignore[no-untyped-def]
    return next(iter(told(site, site.ledger.select(EventFilters(type=EventType.ACQUISITION)))))


def test_what_is_near_says_what_it_shares(site: Site) -> None:
    """Never the event itself, and every name told is a name of both."""
    deal = _deal(site)
    found = related_to(site, deal)
    assert deal.id not in {r.event_id for r in found}
    for near in found:
        (other,) = site.ledger.events.get_all([near.event_id])
        ours = {s.entity for s in deal.statements if s.entity}
        assert ours & {s.entity for s in other.statements}
        assert near.why.startswith("also names ")


def test_a_material_alone_makes_no_event_near(site: Site) -> None:
    """A deal in Botswana and an outage in Chile share copper, and nothing else."""
    deal = _deal(site)
    outage = next(iter(site.ledger.select(EventFilters(type=EventType.DISRUPTION))))
    both = {s.entity for s in deal.statements} & {s.entity for s in outage.statements}
    assert both - {None} <= {"copper"}
    assert outage.id not in {r.event_id for r in related_to(site, deal)}


def test_the_pieces_of_a_passage_are_its_sentence(site: Site) -> None:
    """Put together they are the document's words; each statement stands in one mark."""
    deal = _deal(site)
    material = material_of(site, deal)
    passages = passages_of(deal, entry_of(deal, material), material)
    assert passages
    for passage in passages:
        document = material.documents[passage.source.document_id]
        seen: list[str] = []
        for sentence in passage.sentences:
            words = "".join(piece.text for piece in sentence)
            assert words in document.text or len(words) > LONGEST / 2
            seen += [i for piece in sentence for i in piece.statements]
        assert len(seen) == len(set(seen))
