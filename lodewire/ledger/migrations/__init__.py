"""Alembic migrations, shipped with the package and run by :mod:`lodewire.ledger.migrate`."""
