"""Every row as plain values, out of one database and into another of either engine."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Column,
    Connection,
    Enum,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from mediation.models.database import db, is_sqlite, transaction

Row = dict[str, Any]
_AT_ONCE = 500


def revision() -> str:
    """The migration this database stands at; empty for a database without tables."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def names() -> list[str]:
    """Every table, those that others point to first."""
    return [table.name for table in db.metadata.sorted_tables]


def has_rows() -> bool:
    """Whether anything at all is kept in this database."""
    with db.engine.connect() as connection:
        return any(connection.execute(select(table).limit(1)).first() for table in _tables())


def snapshot() -> Iterator[tuple[str, Iterator[Row]]]:
    """Table by table, all from one moment: nothing written meanwhile is half in it."""
    with db.engine.connect() as connection:
        if not is_sqlite():
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            for table in _tables():
                yield table.name, _rows(connection, table)


def load(rows_of: Iterable[tuple[str, Iterable[Row]]]) -> int:
    """Put rows into empty tables, in one transaction; returns how many."""
    known = {table.name: table for table in _tables()}
    with transaction():
        connection = db.session.connection()
        count = sum(_load_table(connection, known[name], rows) for name, rows in rows_of)
        if not is_sqlite():
            _move_sequences(connection)
    return count


def _tables() -> list[Table]:
    """Bare copies, those that others point to first: sealed columns stay sealed, names plain."""
    bare = MetaData()
    return [
        Table(
            t.name, bare, *(Column(c.name, _bare(c.type), primary_key=c.primary_key) for c in t.c)
        )
        for t in db.metadata.sorted_tables
    ]


def _bare(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    if isinstance(kind, TypeDecorator):
        return kind.impl_instance
    return String() if isinstance(kind, Enum) else kind


def _rows(connection: Connection, table: Table) -> Iterator[Row]:
    for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        return {"at": moment.isoformat()}
    return {"on": value.isoformat()} if isinstance(value, date) else value


_BACK: dict[str, Callable[[str], Any]] = {
    "bytes": base64.b64decode,
    "at": datetime.fromisoformat,
    "on": date.fromisoformat,
}


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    ((kind, said),) = plain.items()
    return _BACK[kind](said)


def _load_table(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Columns that point into the same table are filled once all of its rows are there."""
    own = _own_references(table.name)
    later: list[Row] = []
    count, left = 0, iter(rows)
    while part := [{k: _value(v) for k, v in row.items()} for row in islice(left, _AT_ONCE)]:
        for row in part:
            if any(row[column] is not None for column in own):
                later.append({"id": row["id"]} | {c: row[c] for c in own})
                row.update(dict.fromkeys(own))
        connection.execute(insert(table), part)
        count += len(part)
    for pointer in later:
        connection.execute(update(table).where(table.c.id == pointer.pop("id")).values(pointer))
    return count


def _own_references(name: str) -> list[str]:
    table = db.metadata.tables[name]
    return [c.name for c in table.c for key in c.foreign_keys if key.column.table is table]


def _move_sequences(connection: Connection) -> None:
    """PostgreSQL counts on from the highest id that came in."""
    for table in db.metadata.sorted_tables:
        if "id" in table.c:
            highest = connection.scalar(select(func.max(table.c.id)))
            name = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
            if highest and name:
                connection.execute(select(func.setval(name, highest)))
