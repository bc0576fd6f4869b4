"""The query over one-time links."""

from __future__ import annotations

from sqlalchemy import select

from mediation.models.accounts import SetUpLink
from mediation.models.database import db


def by_token_hash(token_hash: str) -> SetUpLink | None:
    return db.session.scalars(
        select(SetUpLink).where(SetUpLink.token_hash == token_hash)
    ).one_or_none()
