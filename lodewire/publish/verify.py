"""Proof before print: every name and number of a sentence is backed by a statement that aligns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from lodewire.errors import AlignmentError, UnsupportedClaim
from lodewire.model.brief import Brief, Segment, Sentence
from lodewire.model.ids import DocumentId, StatementId
from lodewire.model.statement import Statement
from lodewire.publish.sentences import load_wording
from lodewire.publish.wording import print_statement

_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"(?<![.!?“] )\b[A-Z]\w*")

Statements = Mapping[StatementId, Statement]


def verify_sentence(sentence: Sentence, statements: Statements) -> None:
    """Raise UnsupportedClaim unless each segment says no more than its statements."""
    for index, segment in enumerate(sentence.segments):
        if segment.statements:
            _verify_backed(segment, statements)
        else:
            _verify_connecting(segment.text, first=index == 0)


def _verify_connecting(text: str, *, first: bool) -> None:
    if _DIGIT.search(text):
        raise UnsupportedClaim(f"a number without a statement: {text!r}")
    body = text[1:] if first else text
    name = _CAPITAL.search(body)
    if name is not None:
        raise UnsupportedClaim(f"a name without a statement: {name.group()!r} in {text!r}")


def _verify_backed(segment: Segment, statements: Statements) -> None:
    for id_ in segment.statements:
        statement = statements.get(id_)
        if statement is None:
            raise UnsupportedClaim(f"{segment.text!r} cites {id_}, which is not in the ledger")
        if statement.retracted_at is not None:
            raise UnsupportedClaim(f"{segment.text!r} cites {id_}, which was retracted")
        if not may_print(segment.text, statement):
            raise UnsupportedClaim(
                f"{segment.text!r} is not what {id_} says ({statement.property}: {statement.value})"
            )


def may_print(text: str, statement: Statement) -> bool:
    """Tell whether ``text`` is a way in which a brief may print the statement's value."""
    return text.lower() in printings(statement)


def printings(statement: Statement) -> set[str]:
    """Return the ways in which a statement may be printed, lower case."""
    words = {print_statement(statement).lower(), statement.value.lower()}
    for table in load_wording().words.values():
        if statement.value in table:
            words.add(table[statement.value].lower())
    return words


def verify_brief(
    brief: Brief,
    statements: Statements,
    text_of: Callable[[DocumentId], str],
) -> int:
    """Verify every sentence of a brief and every quote behind it; return the statements proved.

    Raises UnsupportedClaim for a sentence that says more than its statements, AlignmentError for a
    quote that is not at its place in the document.
    """
    proved: set[StatementId] = set()
    for sentence in _sentences(brief):
        verify_sentence(sentence, statements)
        for segment in sentence.segments:
            for id_ in segment.statements:
                evidence = statements[id_].evidence
                evidence.verify(text_of(evidence.document_id))
                proved.add(id_)
    if not proved and any(section.entries for section in brief.sections):
        raise AlignmentError("a brief with entries but without a single statement")
    return len(proved)


def _sentences(brief: Brief) -> Iterable[Sentence]:
    for section in brief.sections:
        for entry in section.entries:
            yield from entry.sentences
