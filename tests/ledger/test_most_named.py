"""The entities that most documents name."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from lodewire.ledger import open_ledger
from lodewire.model.vocabulary import MentionType
from tests.pipeline.pages import NOW
from tests.web.made import fill


def test_the_most_named_come_first_with_how_many_documents(tmp_path: Path) -> None:
    """Counted by document, of one type, as known at the moment asked for."""
    with open_ledger(tmp_path / "desk.db", create=True) as ledger:
        fill(ledger, tmp_path)
        found = ledger.entities.most_named(MentionType.ORGANISATION)
        assert all(n == ledger.entities.count_documents(id_) for id_, n in found)
        assert [n for _, n in found] == sorted((n for _, n in found), reverse=True)
        kinds = {e.type for e in ledger.entities.get_all([i for i, _ in found])}
        assert kinds == {MentionType.ORGANISATION}
        assert ledger.entities.most_named(MentionType.ORGANISATION, 1) == found[:1]
        earlier = ledger.as_of(NOW - timedelta(days=1))
        assert earlier.entities.most_named(MentionType.ORGANISATION) == ()
