"""How Alembic reaches the ledger: through the connection and transaction of the caller."""

from __future__ import annotations

from alembic import context

from lodewire.ledger.schema import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables,
    render_as_batch=True,
)
context.run_migrations()
