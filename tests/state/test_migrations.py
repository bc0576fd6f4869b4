"""Migrations: up and down with data in the tables, on both databases; the head is the models."""

from __future__ import annotations

from typing import Any

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from mediation.models import history
from mediation.models.database import db
from tests.counter import register
from tests.site import Site


def test_the_head_is_what_the_models_say(site: Site) -> None:
    with db.engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": True})
        changes = [c for c in compare_metadata(found, db.metadata) if not _enum_as_text(c)]
    assert changes == []


def _enum_as_text(change: Any) -> bool:
    """A name of the book's rows is plain text in the database, which is meant."""
    first = change[0] if isinstance(change, list) else change
    return first[0] == "modify_type" and "Enum" in repr(first[-1])


def test_down_to_nothing_and_up_again_with_data(site: Site) -> None:
    register(site)
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    flask_migrate.upgrade()
    assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM dispute")).scalar() == 0


@pytest.mark.parametrize("table", history.APPEND_ONLY)
def test_the_database_itself_refuses_to_rewrite(site: Site, table: str) -> None:
    """Sabotage-proof: the triggers stand in the migrated database, for exactly these tables."""
    if table == "event":
        register(site)
        with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
            connection.execute(text("DELETE FROM event"))
    if site.engine == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        expected = 2
    else:
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal"
        expected = 1
    with db.engine.connect() as connection:
        assert len(connection.execute(text(query), {"table": table}).all()) == expected
