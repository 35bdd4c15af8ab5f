"""Leave told by how it stands, or with its works and holder told elsewhere in the text."""

import pytest

from tests.extraction.conftest import events, roles

TOLD = [
    ("A water permit for the Stibnite mine is outstanding.", "applied", "proposed"),
    ("Environmental licence for Vale's Salobo mine suspended", "suspended", "suspended"),
    ("Approval for the Whitehaven coal mine was unlawful, the High Court ruled.", "revoked", ""),
    (
        "Panama's top court struck down First Quantum's contract for the Cobre Panama mine.",
        "revoked",
        "completed",
    ),
    ("Jakarta gives Freeport a permit.", "granted", "in_force"),
    ("Eramet has an exploitation licence for the Loloda mine.", "granted", "in_force"),
]


@pytest.mark.parametrize(("text", "action", "status"), TOLD)
def test_how_leave_stands_is_a_permit(text, action, status):
    """The words behind the noun tell what became of it."""
    (event,) = events(text, "permit")
    assert roles(event)["action"] == [action]
    assert not status or event.status == status


@pytest.mark.parametrize(
    "text",
    [
        "No permit for the Stibnite mine is outstanding.",
        "Investors were granted warrants at Salobo.",
        "A loan for permits is pending, Perpetua Resources said.",
    ],
)
def test_what_is_denied_or_about_money_is_no_permit(text):
    """A permit that is not asked for, other grants and loans are left out."""
    assert events(text, "permit") == []
