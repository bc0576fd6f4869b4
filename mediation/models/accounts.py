"""Accounts, the posts they hold, their sign-ins, and failed tries."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from mediation.models.database import Base, Moment, Sealed, db
from mediation.models.places import Committee, Court, Place
from mediation.roles import Role


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str | None] = mapped_column(Sealed("account.phone"))
    active: Mapped[bool] = mapped_column(default=True)
    must_change_password: Mapped[bool] = mapped_column(default=True)
    # Raised whenever rights or password change: every older sign-in ends on its next request.
    epoch: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(5), default="zh")
    large: Mapped[bool] = mapped_column(default=False)
    # Only the practice county keeps its generated passwords, sealed, to show them again.
    demo_password: Mapped[str | None] = mapped_column(Sealed("account.demo_password"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    posts: Mapped[list[PostHeld]] = relationship(lazy="raise_on_sql", back_populates="account")


class PostHeld(Base):
    """A role at a place, from a day to a day; ended, never deleted."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    court_id: Mapped[int | None] = mapped_column(ForeignKey("court.id"))
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    account: Mapped[Account] = relationship(lazy="raise_on_sql", back_populates="posts")
    place: Mapped[Place] = relationship(lazy="raise_on_sql")
    committee: Mapped[Committee | None] = relationship(lazy="raise_on_sql")
    court: Mapped[Court | None] = relationship(lazy="raise_on_sql")


class SignIn(Base):
    """One signed-in browser: an account's or a party's. Only the hash of its token is kept (D16)."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), index=True)
    epoch: Mapped[int] = mapped_column(default=0)
    shared: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class FailedTry(Base):
    """A wrong password or code; the limits count these rows, so they hold across processes."""

    __tablename__ = "failed_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64), index=True)
    source: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class SetUpLink(Base):
    """A one-time link: the first administrator's, or a password to be set anew."""

    __tablename__ = "set_up_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


def _with_posts() -> tuple[object, ...]:
    posts = selectinload(Account.posts)
    return (
        posts.joinedload(PostHeld.place),
        posts.joinedload(PostHeld.committee),
        posts.joinedload(PostHeld.court),
    )


def account_by_login(login: str) -> Account | None:
    query = select(Account).where(Account.login == login).options(*_with_posts())  # type: ignore[arg-type]
    return db.session.scalars(query).one_or_none()


def account_by_id(account_id: int) -> Account | None:
    query = select(Account).where(Account.id == account_id).options(*_with_posts())  # type: ignore[arg-type]
    return db.session.scalars(query).one_or_none()


def accounts_under(path: str) -> list[Account]:
    """Accounts with a post at or below a place, by name."""
    posts = select(PostHeld.account_id).join(Place).where(Place.path.startswith(path))
    query = select(Account).where(Account.id.in_(posts)).options(*_with_posts())  # type: ignore[arg-type]
    return list(db.session.scalars(query.order_by(Account.name, Account.id)))


def mediators_of(committee_id: int, on: date) -> list[Account]:
    """The mediators and the chair of a committee on a day."""
    open_post = and_(
        PostHeld.committee_id == committee_id,
        PostHeld.role.in_([Role.MEDIATOR, Role.COMMITTEE_CHAIR]),
        PostHeld.from_on <= on,
        or_(PostHeld.to_on.is_(None), PostHeld.to_on >= on),
    )
    query = select(Account).join(PostHeld).where(open_post, Account.active).distinct()
    return list(db.session.scalars(query.options(*_with_posts()).order_by(Account.id)))  # type: ignore[arg-type]


def anybody() -> bool:
    """Whether there is an account at all."""
    return db.session.scalar(select(Account.id).limit(1)) is not None


def practice_accounts() -> list[Account]:
    """Accounts that still have the password made for practice."""
    query = select(Account).where(Account.demo_password.is_not(None)).options(*_with_posts())  # type: ignore[arg-type]
    return list(db.session.scalars(query.order_by(Account.id)))


def accounts_without_posts() -> list[Account]:
    """New accounts that nobody has given a post yet."""
    query = select(Account).where(~Account.posts.any()).options(*_with_posts())  # type: ignore[arg-type]
    return list(db.session.scalars(query.order_by(Account.id)))
