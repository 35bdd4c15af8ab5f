"""Tables of what letters told, and of what came back of them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from lodewire.ledger.schema import tables

_Id = String(40)
_Time = String(32)
_Word = String(16)

#: What each distinct letter of a campaign told, event by event: the same for all who got it.
letters = Table(
    "letters",
    tables,
    Column("id", _Id, primary_key=True),
    Column("campaign_id", _Id, ForeignKey("campaigns.id"), nullable=False),
    Column("told", Text, nullable=False),
    Index("letters_campaign", "campaign_id"),
)

#: What came back of copies: bounces and complaints. No address; rows go with their subscriber.
feedback = Table(
    "feedback",
    tables,
    Column("id", _Id, primary_key=True),
    Column("subscriber_id", _Id, ForeignKey("subscribers.id"), nullable=False),
    Column("campaign_id", _Id),
    Column("kind", _Word, nullable=False),
    Column("source", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", _Time, nullable=False),
    Index("feedback_subscriber", "subscriber_id", "kind", "at"),
)

#: Who is sent every campaign before anybody else.
seeds = Table(
    "seeds",
    tables,
    Column("subscriber_id", _Id, ForeignKey("subscribers.id"), primary_key=True),
    Column("since", _Time, nullable=False),
)

#: How often a link of a campaign was opened by readers who agreed: by nobody's name.
link_opens = Table(
    "link_opens",
    tables,
    Column("campaign_id", _Id, ForeignKey("campaigns.id"), primary_key=True),
    Column("link_key", _Id, primary_key=True),
    Column("link", Text, nullable=False),
    Column("opened", Integer, nullable=False),
)
