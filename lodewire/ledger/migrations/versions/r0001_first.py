"""The first schema: captures to briefs, with full text over documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables."""
    _bodies()
    _briefs()
    _entities()
    _fetches()
    _judgements()
    _quarantine()
    _sources_state()
    _work()
    _captures()
    _entity_names()
    _documents()
    _checks()
    _document_captures()
    _document_desks()
    _document_entities()
    _event_mentions()
    _readings()
    _signature_keys()
    _signatures()
    _statements()
    _story_members()
    _events()
    _mention_keys()
    _event_members()
    for statement in context.config.attributes["full_text_ddl"]:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Going back is a restore of the backup made before."""
    raise NotImplementedError("restore the backup made before the upgrade")


def _bodies() -> None:
    op.create_table(
        "bodies",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("coding", sa.String(length=16), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )


def _briefs() -> None:
    op.create_table(
        "briefs",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("composed_at", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("briefs_day", "briefs", ["day", "composed_at"], unique=False)


def _entities() -> None:
    op.create_table(
        "entities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("country", sa.String(length=8), nullable=True),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _fetches() -> None:
    op.create_table(
        "fetches",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "url", "at"),
    )
    op.create_index("fetches_at", "fetches", ["source_id", "at"], unique=False)


def _judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("judged_at", sa.String(length=32), nullable=False),
        sa.Column("left_id", sa.String(length=40), nullable=False),
        sa.Column("right_id", sa.String(length=40), nullable=False),
        sa.Column("opinion", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", "judged_at"),
    )
    op.create_index("judgements_author", "judgements", ["author", "opinion"], unique=False)
    op.create_index("judgements_left", "judgements", ["left_id"], unique=False)
    op.create_index("judgements_right", "judgements", ["right_id"], unique=False)


def _quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("stage", "subject"),
    )


def _sources_state() -> None:
    op.create_table(
        "sources_state",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.String(length=32), nullable=False),
        sa.Column("verified_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("url"),
    )


def _work() -> None:
    op.create_table(
        "work",
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stage", "subject"),
    )
    op.create_index("work_order", "work", ["stage", "position", "subject"], unique=False)


def _captures() -> None:
    op.create_table(
        "captures",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("requested_url", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_seen", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.String(length=32), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["bodies.digest"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("captures_digest", "captures", ["digest"], unique=False)
    op.create_index("captures_guid", "captures", ["source_id", "guid"], unique=False)
    op.create_index("captures_requested", "captures", ["source_id", "requested_url"], unique=False)
    op.create_index("captures_url", "captures", ["source_id", "url"], unique=False)


def _entity_names() -> None:
    op.create_table(
        "entity_names",
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"],
            ["entities.id"],
        ),
        sa.PrimaryKeyConstraint("entity_id", "name"),
    )
    op.create_index("entity_names_name", "entity_names", ["name"], unique=False)


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("capture_id", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("published", sa.String(length=10), nullable=True),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("parent_id", sa.String(length=40), nullable=True),
        sa.Column("first_seen", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"],
            ["captures.id"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("documents_capture", "documents", ["capture_id"], unique=False)
    op.create_index("documents_day", "documents", ["day", "id"], unique=False)
    op.create_index("documents_parent", "documents", ["parent_id"], unique=False)
    op.create_index("documents_url", "documents", ["url"], unique=False)


def _checks() -> None:
    op.create_table(
        "checks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("checks_document", "checks", ["document_id"], unique=False)


def _document_captures() -> None:
    op.create_table(
        "document_captures",
        sa.Column("capture_id", sa.String(length=40), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"],
            ["captures.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("capture_id", "document_id"),
    )
    op.create_index(
        "document_captures_document", "document_captures", ["document_id"], unique=False
    )


def _document_desks() -> None:
    op.create_table(
        "document_desks",
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("desk", sa.String(length=32), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("document_id", "desk"),
    )
    op.create_index("document_desks_desk", "document_desks", ["desk", "document_id"], unique=False)


def _document_entities() -> None:
    op.create_table(
        "document_entities",
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("document_id", "entity_id"),
    )
    op.create_index(
        "document_entities_entity", "document_entities", ["entity_id", "document_id"], unique=False
    )


def _event_mentions() -> None:
    op.create_table(
        "event_mentions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("core", sa.Boolean(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("event_mentions_document", "event_mentions", ["document_id"], unique=False)
    op.create_index("event_mentions_type", "event_mentions", ["type", "document_id"], unique=False)


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("relevance", sa.Float(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("document_id"),
    )


def _signature_keys() -> None:
    op.create_table(
        "signature_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("key", "day", "document_id"),
        sqlite_with_rowid=False,
    )


def _signatures() -> None:
    op.create_table(
        "signatures",
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("document_id"),
    )


def _statements() -> None:
    op.create_table(
        "statements",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("qualifier", sa.Text(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("alignment", sa.String(length=8), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.String(length=32), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("retracted_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("statements_document", "statements", ["document_id"], unique=False)
    op.create_index("statements_entity", "statements", ["entity"], unique=False)
    op.create_index("statements_subject", "statements", ["subject"], unique=False)


def _story_members() -> None:
    op.create_table(
        "story_members",
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("story_id", sa.String(length=40), nullable=False),
        sa.Column("origin_id", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("joined", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
        ),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index("story_members_joined", "story_members", ["joined"], unique=False)
    op.create_index("story_members_origin", "story_members", ["origin_id"], unique=False)
    op.create_index("story_members_story", "story_members", ["story_id"], unique=False)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("founder", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["founder"],
            ["event_mentions.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )


def _mention_keys() -> None:
    op.create_table(
        "mention_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("mention_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id"],
            ["event_mentions.id"],
        ),
        sa.PrimaryKeyConstraint("key", "day", "mention_id"),
        sqlite_with_rowid=False,
    )


def _event_members() -> None:
    op.create_table(
        "event_members",
        sa.Column("mention_id", sa.String(length=40), nullable=False),
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("since", sa.String(length=32), nullable=False),
        sa.Column("until", sa.String(length=32), nullable=True),
        sa.Column("component", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["events.id"],
        ),
        sa.ForeignKeyConstraint(
            ["mention_id"],
            ["event_mentions.id"],
        ),
        sa.PrimaryKeyConstraint("mention_id", "event_id", "since"),
    )
    op.create_index(
        "event_members_component", "event_members", ["component", "until"], unique=False
    )
    op.create_index("event_members_event", "event_members", ["event_id", "until"], unique=False)
    op.create_index(
        "event_members_live",
        "event_members",
        ["mention_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
