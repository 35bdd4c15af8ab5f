"""An act of an editor and its line in the audit log are one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lodewire.ledger.store import open_ledger
from lodewire.model.account import AuditLine
from lodewire.model.vocabulary import Action
from lodewire.workbench.accounts.audited import audit_of
from lodewire.workbench.review import acts
from lodewire.workbench.review.editing import Editor
from tests.ledger import sample
from tests.ledger.sample import DAY, MORNING

ANA = Editor(author="Ana", at=MORNING + timedelta(days=1), reason="no event", actor="ac_ana")


def test_without_its_line_nothing_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(":memory:", create=True) as ledger:
        sample.run(ledger)
        (deal,) = ledger.events.of_day(DAY)

        def fail(line: AuditLine) -> None:
            raise OSError("the disk is full")

        with monkeypatch.context() as patched:
            patched.setattr(ledger.counted, "note", fail)
            with pytest.raises(OSError, match="full"):
                acts.judge(ledger, Action.REJECT, [deal.id], ANA)
        assert ledger.decisions.all() == ()
        assert ledger.events.get(deal.id) == deal
        done = acts.judge(ledger, Action.REJECT, [deal.id], ANA)
        (told,) = audit_of(ledger, acts="review")
        assert (told.who, told.line.subject) == ("ac_ana", done.decision.id)
        assert told.line.detail == "3 mentions; no event"
        acts.undo(ledger, done.decision.id, ANA)
        assert [t.line.action for t in audit_of(ledger)] == ["review undo", "review reject"]
        assert audit_of(ledger, of="ac_bob") == ()
        assert audit_of(ledger, since=ANA.at + timedelta(days=1)) == ()
