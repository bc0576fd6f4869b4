"""The database: one base, one session, one commit in the house, and the settings both engines need."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from threading import Lock
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, LargeBinary, MetaData, event, text
from sqlalchemy import Enum as NamedEnum
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from mediation.crypto import Keyring
from mediation.errors import Refused
from mediation.wording import Text

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What every row inherits; relations never load by themselves (a page can hide no query)."""

    metadata = MetaData(naming_convention=_NAMES)


# Names of the book's rows are plain text in the database: a new stage or role needs no migration.
Base.registry.update_type_annotation_map({Enum: NamedEnum(Enum, native_enum=False, length=40)})


db = SQLAlchemy(
    model_class=Base,
    engine_options={"pool_pre_ping": True},
    session_options={"expire_on_commit": False},
)

LONGEST_WAIT_S = 30
BUSY = Text(
    "同时保存的人太多，这一次没有存上，写的字没有丢。等几秒再按一次。",
    "Too many people are saving at once. This was not kept, and nothing typed is lost: wait a "
    "few seconds and press the button again.",
)
_ONE_WRITER = Lock()
_writing: ContextVar[bool] = ContextVar("writing", default=False)
# Versions whose write-ahead log can lose commits when it is reset (T1); they keep the older journal.
_SAFE_WAL_BACKPORTS = {(3, 44, 6), (3, 50, 7)}


def wal_is_safe(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """False for SQLite 3.7.0 to 3.51.2 but the two repaired releases (reliability rule T1)."""
    return version >= (3, 51, 3) or version in _SAFE_WAL_BACKPORTS or version < (3, 7, 0)


class Busy(Refused):
    """The database had no turn for this act; nothing was kept of it."""


@event.listens_for(Engine, "connect")
def _set_up_connection(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # we say BEGIN ourselves (T2)
    connection.execute(f"PRAGMA busy_timeout={LONGEST_WAIT_S * 1000}")
    connection.execute(f"PRAGMA journal_mode={'WAL' if wal_is_safe() else 'DELETE'}")
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """A unit that will write takes the write lock first; upgrading later fails at once (T3)."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@contextmanager
def transaction() -> Iterator[None]:
    """One act, one transaction: the only commit in the house. Rolls back on any exception.

    Rows read before keep what was read and belong to no session; inside, everything is read anew,
    so that what we check is what we change.
    """
    db.session.expunge_all()
    db.session.rollback()
    with _turn():
        token = _writing.set(True)
        try:
            yield
            db.session.commit()
        except BaseException as error:
            db.session.rollback()
            if isinstance(error, OperationalError) and "locked" in str(error):
                raise Busy(BUSY) from error
            raise
        finally:
            db.session.expunge_all()
            _writing.reset(token)


@contextmanager
def _turn() -> Iterator[None]:
    """On SQLite one writer at a time: the threads of this process queue here, not inside SQLite,
    whose own waiting is unfair and can starve one of them.
    """
    if not is_sqlite():
        yield
        return
    if not _ONE_WRITER.acquire(timeout=LONGEST_WAIT_S):
        raise Busy(BUSY)
    try:
        yield
    finally:
        _ONE_WRITER.release()


Conflict = (IntegrityError, StaleDataError)


def write_again(row: Base, column: str) -> None:
    """Write the row though this column may hold what it held: its version counts on all the same.

    A fact is a row of its own; without this two acts within one tick of the clock would look like
    one version, and the second editor would not be told.
    """
    flag_modified(row, column)


class Moment(TypeDecorator[datetime]):
    """An aware UTC time; both engines give back what was put in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


_keyring: Keyring | None = None


def use_keyring(keyring: Keyring) -> None:
    """The keys live outside the database; the application hands them in at start."""
    global _keyring
    _keyring = keyring


def keyring() -> Keyring:
    if _keyring is None:
        raise RuntimeError("no keyring: create the application first")
    return _keyring


class Sealed(TypeDecorator[str]):
    """A text the database never sees in the clear; `name` binds the ciphertext to its column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring().encrypt(value, aad=self.name)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().decrypt(value, aad=self.name)


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def answers() -> bool:
    """One read, to know whether the database is there."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True
