"""Alembic's entry: the tables it compares with and the connection it works over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Enum
from sqlalchemy.types import TypeDecorator

from mediation.models.database import Moment, db


def _plainly(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """A migration names the database's own types: it must still run when our classes are gone."""
    if kind != "type":
        return False
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if isinstance(item, TypeDecorator):
        return "sa.DateTime(timezone=True)" if isinstance(item, Moment) else "sa.LargeBinary()"
    return False


def run() -> None:
    """Each migration is one transaction, on SQLite too: half a change is no change."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=_plainly,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
