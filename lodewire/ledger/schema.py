"""The tables of the ledger, in SQL that every engine knows.

What is the record and what is derived:

- *captures, documents, readings, event mentions, statements, judgements, decisions, briefs, brief
  edits* are the record: rows are added, never changed (only ``last_seen`` grows and ``deleted_at``/
  ``retracted_at`` are set once).
- *story members, event members* are placements computed from the record; a membership that ends
  keeps its row with the time it ended, a place in a story that is left is kept in *story moves*.
- *story moves, judgement moves, sightings, entity tellings* hold what a row was before it changed,
  so that any past moment can be asked for (:mod:`.past`).
- *showings* tell which version of an edited article stood when; they follow from *captures*,
  *sightings* and *version links*.
- *work, signature keys, mention keys, document entities and desks, decision documents, brief
  statements* serve look-up and can be rebuilt.

Times are ISO text in UTC ending in Z, days ISO dates: both sort as text, and read the same on
every engine. Decimals are text. ``body`` columns hold canonical JSON (:mod:`.codec`).
Full-text tables belong to the engine (:mod:`.sqlite`).
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

#: The revision that this code reads and writes (see ``migrations/versions``).
HEAD = "0019"

tables = MetaData()

_Id = String(40)
_Time = String(32)
_Day = String(10)

sources_state = Table(
    "sources_state",
    tables,
    Column("url", Text, primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked_at", _Time, nullable=False),
    Column("verified_at", _Time),
)

fetches = Table(
    "fetches",
    tables,
    Column("source_id", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("at", _Time, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("status", Integer),
    Column("entries", Integer, nullable=False),
    Column("fresh", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Index("fetches_at", "source_id", "at"),
)

bodies = Table(
    "bodies",
    tables,
    Column("digest", String(64), primary_key=True),
    Column("coding", String(16), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

captures = Table(
    "captures",
    tables,
    Column("id", _Id, primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("requested_url", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("guid", Text),
    Column("digest", String(64), ForeignKey("bodies.digest"), nullable=False),
    Column("first_seen", _Time, nullable=False),
    Column("last_seen", _Time, nullable=False),
    Column("envelope", Text, nullable=False),  # the capture's JSON without its body
    Index("captures_requested", "source_id", "requested_url"),
    Index("captures_url", "source_id", "url"),
    Index("captures_guid", "source_id", "guid"),
    Index("captures_digest", "digest"),
)

#: What is still to be done: one row per subject and stage, taken away by the transaction that
#: does it. ``position`` sorts in the order of work.
work = Table(
    "work",
    tables,
    Column("stage", String(16), primary_key=True),
    Column("subject", _Id, primary_key=True),
    Column("position", Text, nullable=False),
    Index("work_order", "stage", "position", "subject"),
)

quarantine = Table(
    "quarantine",
    tables,
    Column("stage", String(16), primary_key=True),
    Column("subject", _Id, primary_key=True),
    Column("position", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("hint", Text),
    Column("at", _Time, nullable=False),
)

documents = Table(
    "documents",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=True),  # for full text only
    Column("id", _Id, nullable=False, unique=True),
    Column("capture_id", _Id, ForeignKey("captures.id"), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("url", Text),
    Column("publisher", Text),
    Column("language", String(16)),
    Column("published", _Day),
    Column("day", _Day, nullable=False),  # published, else the day first seen
    Column("parent_id", _Id),
    Column("first_seen", _Time, nullable=False),
    Column("last_seen", _Time, nullable=False),
    Column("body", Text, nullable=False),  # the other fields
    Index("documents_day", "day", "id"),
    Index("documents_capture", "capture_id"),
    Index("documents_url", "url"),
    Index("documents_parent", "parent_id"),
    Index("documents_source", "source_id", "day", "id"),
    Index("documents_seen", "first_seen", "number"),
)

document_captures = Table(
    "document_captures",
    tables,
    Column("capture_id", _Id, ForeignKey("captures.id"), primary_key=True),
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Index("document_captures_document", "document_id"),
)

signatures = Table(
    "signatures",
    tables,
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("day", _Day, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)

#: Days of which :data:`signature_keys` are kept together.
PERIOD = 64

#: Sixty keys a document, all over the range of numbers: by period first, so that what a day adds
#: and looks at lies in a few thousand pages however many years the ledger holds.
signature_keys = Table(
    "signature_keys",
    tables,
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),  # proleptic ordinal
    Column("number", Integer, ForeignKey("documents.number"), primary_key=True),
    sqlite_with_rowid=False,
)

story_members = Table(
    "story_members",
    tables,
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("story_id", _Id, nullable=False),
    Column("origin_id", _Id, nullable=False),
    Column("relation", String(16), nullable=False),
    Column("similarity", Float, nullable=False),
    Column("joined", _Id),
    Index("story_members_story", "story_id"),
    Index("story_members_origin", "origin_id"),
    Index("story_members_joined", "joined"),
)

readings = Table(
    "readings",
    tables,
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("relevance", Float, nullable=False),
    Column("method", Text, nullable=False),
    Column("body", Text, nullable=False),  # mentions, quantities, dates, desks
)

document_desks = Table(
    "document_desks",
    tables,
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("desk", String(32), primary_key=True),
    Column("score", Float, nullable=False),
    Index("document_desks_desk", "desk", "document_id"),
)

document_entities = Table(
    "document_entities",
    tables,
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Index("document_entities_entity", "entity_id", "document_id"),
)

event_mentions = Table(
    "event_mentions",
    tables,
    Column("id", _Id, primary_key=True),
    Column("document_id", _Id, ForeignKey("documents.id"), nullable=False),
    Column("type", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("core", Boolean, nullable=False),
    Column("ordinal", Integer, nullable=False),  # place among those of the document
    Column("body", Text, nullable=False),
    Index("event_mentions_document", "document_id"),
    Index("event_mentions_type", "type", "document_id"),
)

checks = Table(
    "checks",
    tables,
    Column("id", _Id, primary_key=True),
    Column("document_id", _Id, ForeignKey("documents.id"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("checks_document", "document_id"),
)

mention_keys = Table(
    "mention_keys",
    tables,
    Column("key", Text, primary_key=True),
    Column("day", _Day, primary_key=True),
    Column("mention_id", _Id, ForeignKey("event_mentions.id"), primary_key=True),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    tables,
    Column("id", _Id, primary_key=True),
    Column("founder", _Id, ForeignKey("event_mentions.id"), nullable=False),
)

event_members = Table(
    "event_members",
    tables,
    Column("mention_id", _Id, ForeignKey("event_mentions.id"), primary_key=True),
    Column("event_id", _Id, ForeignKey("events.id"), primary_key=True),
    Column("since", _Time, primary_key=True),
    Column("until", _Time),
    Column("component", _Id, nullable=False),
    Index(
        "event_members_live",
        "mention_id",
        unique=True,
        sqlite_where=text("until IS NULL"),
        postgresql_where=text("until IS NULL"),
    ),
    Index("event_members_event", "event_id", "until"),
    Index("event_members_component", "component", "until"),
)

judgements = Table(
    "judgements",
    tables,
    Column("id", _Id, primary_key=True),
    Column("judged_at", _Time, primary_key=True),
    Column("left_id", _Id, nullable=False),
    Column("right_id", _Id, nullable=False),
    Column("opinion", String(16), nullable=False),
    Column("score", Float, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("deleted_at", _Time),
    Index("judgements_left", "left_id"),
    Index("judgements_right", "right_id"),
    Index("judgements_author", "author", "opinion"),
)

entities = Table(
    "entities",
    tables,
    Column("id", Text, primary_key=True),
    Column("type", String(16), nullable=False),
    Column("country", String(8)),
    Column("known", Boolean, nullable=False),
)

entity_names = Table(
    "entity_names",
    tables,
    Column("entity_id", Text, ForeignKey("entities.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("main", Boolean, nullable=False),  # a canonical name, not just a spelling met
    Index("entity_names_name", "name"),
)

statements = Table(
    "statements",
    tables,
    Column("id", _Id, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("property", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("original", Text, nullable=False),
    Column("unit", Text),
    Column("basis", Text),
    Column("qualifier", Text),
    Column("entity", Text),
    Column("document_id", _Id, ForeignKey("documents.id"), nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("alignment", String(8), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("first_seen", _Time, nullable=False),
    Column("last_seen", _Time, nullable=False),
    Column("method", Text, nullable=False),
    Column("retracted_at", _Time),
    Index("statements_subject", "subject"),
    Index("statements_document", "document_id"),
    Index("statements_entity", "entity"),
    Column("low_key", Text),  # see amounts.number_key: sorts as the number it stands for
    Column("high_key", Text),
    Column("word_key", Text),  # see amounts.word_key
    Index("statements_unit", "unit", "low_key"),
    Index("statements_role", "property", "word_key"),
)

briefs = Table(
    "briefs",
    tables,
    Column("id", _Id, primary_key=True),
    Column("day", _Day, nullable=False),
    Column("composed_at", _Time, nullable=False),
    Column("body", Text, nullable=False),
    Index("briefs_day", "day", "composed_at"),
)

# What a row of another table was until ``at``. The earliest one after a moment tells how the row
# stood then; without one it stood as it stands now. A row whose values are null tells that there
# was none before ``at``.

story_moves = Table(
    "story_moves",
    tables,
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("at", _Time, primary_key=True),
    Column("story_id", _Id),
    Column("origin_id", _Id),
    Column("relation", String(16)),
    Column("similarity", Float),
    Column("joined", _Id),
)

judgement_moves = Table(
    "judgement_moves",
    tables,
    Column("id", _Id, primary_key=True),
    Column("judged_at", _Time, primary_key=True),
    Column("at", _Time, primary_key=True),
    Column("opinion", String(16)),
    Column("score", Float),
    Column("reason", Text),
)

#: When a capture was met again after its first time.
sightings = Table(
    "sightings",
    tables,
    Column("capture_id", _Id, ForeignKey("captures.id"), primary_key=True),
    Column("at", _Time, primary_key=True),
)

#: Since when an entity goes by a name, and is told to be at home in a country ("" for none told).
entity_tellings = Table(
    "entity_tellings",
    tables,
    Column("entity_id", Text, ForeignKey("entities.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("main", Boolean, primary_key=True),
    Column("country", String(8), primary_key=True),
    Column("since", _Time, nullable=False),
)

#: Two texts of one address that are edits of each other; the lesser id is the left one.
version_links = Table(
    "version_links",
    tables,
    Column("left_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("right_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Index("version_links_right", "right_id"),
)

#: From when until when each version of an edited article stood, and which took its place; of the
#: one that stands ``until`` and ``by_id`` are null. Follows from captures and sightings.
showings = Table(
    "showings",
    tables,
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("since", _Time, primary_key=True),
    Column("until", _Time),
    Column("by_id", _Id, ForeignKey("documents.id")),
)

#: The first version of each article that was edited; all versions are of its origin.
versions = Table(
    "versions",
    tables,
    Column("document_id", _Id, ForeignKey("documents.id"), primary_key=True),
    Column("first_id", _Id, ForeignKey("documents.id"), nullable=False),
    Index("versions_first", "first_id"),
)

#: Which statements a brief prints or quotes, so that a correction finds the briefs it concerns.
brief_statements = Table(
    "brief_statements",
    tables,
    Column("statement_id", _Id, primary_key=True),
    Column("brief_id", _Id, ForeignKey("briefs.id"), primary_key=True),
    Index("brief_statements_brief", "brief_id"),
)

#: What editors decided. No reference to what they are about: a decision outlives a reading, and
#: may come before the document (a restored desk, a desk that takes over another's decisions).
decisions = Table(
    "decisions",
    tables,
    Column("id", _Id, primary_key=True),
    Column("action", String(16), nullable=False),
    Column("author", Text, nullable=False),
    Column("at", _Time, nullable=False),
    Column("undoes", _Id),
    Column("body", Text, nullable=False),
    Index("decisions_at", "at", "id"),
    Index("decisions_undoes", "undoes"),
)

decision_documents = Table(
    "decision_documents",
    tables,
    Column("document_id", _Id, primary_key=True),
    Column("decision_id", _Id, ForeignKey("decisions.id"), primary_key=True),
    Index("decision_documents_decision", "decision_id"),
)

#: Searches kept by name. One that is forgotten keeps its row; a name is live once.
saved_searches = Table(
    "saved_searches",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("saved_at", _Time, nullable=False),
    Column("forgotten_at", _Time),
    Index(
        "saved_searches_live",
        "name",
        unique=True,
        sqlite_where=text("forgotten_at IS NULL"),
        postgresql_where=text("forgotten_at IS NULL"),
    ),
)

#: How far a saved search was looked at: every document up to number ``mark``.
search_looks = Table(
    "search_looks",
    tables,
    Column("search", Integer, ForeignKey("saved_searches.number"), primary_key=True),
    Column("mark", Integer, primary_key=True, autoincrement=False),
    Column("at", _Time, nullable=False),
)

# Who receives the brief. Unlike all above, rows of subscribers, consents and deliveries go when a
# person asks for it; the suppression stays, and holds no address.

#: Fingerprints of the key that the hashes of addresses were made with.
address_keys = Table(
    "address_keys",
    tables,
    Column("fingerprint", String(64), primary_key=True),
    Column("since", _Time, nullable=False),
)

subscribers = Table(
    "subscribers",
    tables,
    Column("id", _Id, primary_key=True),
    Column("address", Text, nullable=False),
    Column("address_key", String(64), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("preferences", Text, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("created_at", _Time, nullable=False),
    Column("asked_at", _Time, nullable=False),
    Index("subscribers_state", "state"),
)

consents = Table(
    "consents",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("subscriber_id", _Id, ForeignKey("subscribers.id"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("wording", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("at", _Time, nullable=False),
    Column("origin_key", String(64)),
    Index("consents_subscriber", "subscriber_id"),
)

suppressions = Table(
    "suppressions",
    tables,
    Column("address_key", String(64), primary_key=True),
    Column("reason", String(16), nullable=False),
    Column("at", _Time, nullable=False),
    Column("lifted_at", _Time),
)

campaigns = Table(
    "campaigns",
    tables,
    Column("id", _Id, primary_key=True),
    Column("day", _Day, nullable=False),
    Column("send_on", _Day, nullable=False),
    Column("briefs", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", _Time, nullable=False),
    Column("kind", String(16), nullable=False, server_default="brief"),
    Column("about", Text, nullable=False, server_default=""),
)

#: One row for each subscriber of a campaign, so that nobody can be sent two copies.
deliveries = Table(
    "deliveries",
    tables,
    Column("campaign_id", _Id, ForeignKey("campaigns.id"), primary_key=True),
    Column("subscriber_id", _Id, ForeignKey("subscribers.id"), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("due_at", _Time, nullable=False),
    Column("next_at", _Time, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", Text),
    Column("claimed_at", _Time),
    Column("settled_at", _Time),
    Column("reason", Text, nullable=False),
    Column("letter_id", _Id),
    Index("deliveries_next", "campaign_id", "state", "next_at", "subscriber_id"),
    Index("deliveries_subscriber", "subscriber_id"),
)
