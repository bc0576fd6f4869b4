"""The queries over sign-ins and failed tries."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update

from mediation.models.accounts import FailedTry, SignIn
from mediation.models.database import db, is_sqlite
from mediation.models.parties import Party


def by_token_hash(token_hash: str) -> SignIn | None:
    return db.session.scalars(select(SignIn).where(SignIn.token_hash == token_hash)).one_or_none()


def open_sign_ins(account_id: int) -> list[SignIn]:
    """Newest first."""
    query = select(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(SignIn.id.desc())))


def touch(sign_in_id: int, now: datetime) -> None:
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def party_of_sign_in(party_id: int) -> Party | None:
    return db.session.get(Party, party_id)


def failures(
    what: str, since: datetime, *, subject: str | None = None, source: str | None = None
) -> int:
    query = select(func.count()).where(FailedTry.what == what, FailedTry.at >= since)
    if subject is not None:
        query = query.where(FailedTry.subject == subject)
    if source is not None:
        query = query.where(FailedTry.source == source)
    return db.session.scalar(query) or 0


def one_at_a_time(what: str) -> None:
    """Until this transaction ends nobody else counts tries of that kind: a hundred guesses sent at
    once are a hundred guesses. On SQLite there is one writer anyway.
    """
    if not is_sqlite():
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(what))))


def forget_tries(what: str, subject: str, source: str) -> None:
    """What led to the right answer counts no longer against whoever gave it."""
    same = (FailedTry.what == what, FailedTry.subject == subject, FailedTry.source == source)
    db.session.execute(delete(FailedTry).where(*same))
