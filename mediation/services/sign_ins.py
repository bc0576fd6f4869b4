"""Signing in and out: server-side, ended when told, limited by account and by source (D16)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from mediation.clock import Clock
from mediation.config import Config
from mediation.errors import TooManyTries
from mediation.models import accounts, database, history, signing_in
from mediation.models.accounts import Account, FailedTry, PostHeld, SignIn
from mediation.models.database import db
from mediation.permissions import Actor, Post
from mediation.services.passwords import Passwords
from mediation.wording import Text

WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT, TRIES_PER_SOURCE = 5, 30
MOST_AT_ONCE = 3
_NAME_SHOWN = 40
_PASSWORD = "password"  # noqa: S105 -- what was tried, not the thing itself
# The last-seen time is written at most this often, so that reading a page is seldom a write.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """A valid sign-in on this request: who it is, and what the pages need to know."""

    actor: Actor
    language: str
    large: bool
    must_change_password: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """`token` is the new sign-in's secret, None when name or password was wrong."""

    token: str | None
    epoch: int = 0


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(
    login: str, password: str, *, source: str, shared: bool, clock: Clock, passwords: Passwords
) -> Attempt:
    """Check name and password. Raises TooManyTries; otherwise one answer for every wrong pair."""
    login = login.lower()
    count_try(
        _PASSWORD, login, source, clock, per_subject=TRIES_PER_ACCOUNT, per_source=TRIES_PER_SOURCE
    )
    account = accounts.account_by_login(login)
    stored = account.password_hash if account and account.active else ""
    if not passwords.matches(stored, password) or account is None:
        return Attempt(None)
    with database.transaction():
        forget_tries(_PASSWORD, login, source)
        token = _begin(account_id=account.id, epoch=account.epoch, shared=shared, clock=clock)
        _end_oldest(account.id, clock)
        _audit("sign_in", clock, account=account)
        return Attempt(token)


def begin_for_party(party_id: int, *, clock: Clock) -> str:
    """A sign-in of a party after code and tail were right; inside a transaction."""
    return _begin(party_id=party_id, shared=True, clock=clock)


def _begin(
    *, clock: Clock, shared: bool, account_id: int | None = None,
    party_id: int | None = None, epoch: int = 0,
) -> str:  # fmt: skip
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            token_hash=token_hash(token),
            account_id=account_id,
            party_id=party_id,
            epoch=epoch,
            shared=shared,
            started_at=clock.now(),
            seen_at=clock.now(),
        )
    )
    return token


def _end_oldest(account_id: int, clock: Clock) -> None:
    for old in signing_in.open_sign_ins(account_id)[MOST_AT_ONCE - 1 :]:
        old.ended_at = clock.now()


def see(token: str, *, clock: Clock, config: Config) -> Seen | None:
    """Who this cookie is, if it still counts: decided anew on every request (D3)."""
    found = signing_in.by_token_hash(token_hash(token))
    if found is None or not _in_time(found, clock.now(), config):
        return None
    if found.party_id is not None:
        return _seen_party(found, clock)
    account = accounts.account_by_id(found.account_id or 0)
    if account is None or not account.active or account.epoch != found.epoch:
        return None
    seen = Seen(
        actor=actor_for(account, clock),
        language=account.language,
        large=account.large,
        must_change_password=account.must_change_password,
        shared=found.shared,
    )
    _touch(found, clock)
    return seen


def was(token: str) -> int | None:
    """Whose sign-in that is or was: to give people back what they typed, never to let them in."""
    found = signing_in.by_token_hash(token_hash(token)) if token else None
    return found.account_id if found else None


def _in_time(found: SignIn, now: datetime, config: Config) -> bool:
    idle = config.idle_shared if found.shared and found.account_id else config.idle
    return (
        found.ended_at is None
        and now - found.seen_at <= idle
        and now - found.started_at <= config.absolute
    )


def _touch(found: SignIn, clock: Clock) -> None:
    if clock.now() - found.seen_at >= SEEN_EVERY:
        number = found.id
        with database.transaction():
            signing_in.touch(number, clock.now())


def _seen_party(found: SignIn, clock: Clock) -> Seen | None:
    party = signing_in.party_of_sign_in(found.party_id or 0)
    if party is None:
        return None
    # As much of a long name as stands beside what somebody recorded.
    name = party.name if len(party.name) <= _NAME_SHOWN else f"{party.name[: _NAME_SHOWN - 1]}…"
    actor = Actor(name=name, party_id=party.id, dispute_id=party.dispute_id)
    seen = Seen(actor, "zh", large=True, must_change_password=False, shared=True)
    _touch(found, clock)
    return seen


def actor_for(account: Account, clock: Clock) -> Actor:
    """The account as it stands today: its open posts and nothing else."""
    held = [p for p in account.posts if _open(p, clock)]
    first = held[0].place.name if held else ""
    posts = tuple(_post(p) for p in held)
    return Actor(name=account.name, account_id=account.id, place_name=first, posts=posts)


def _open(post: PostHeld, clock: Clock) -> bool:
    today = clock.today()
    return post.from_on <= today and (post.to_on is None or post.to_on >= today)


def _post(post: PostHeld) -> Post:
    return Post(
        role=post.role,
        place_id=post.place_id,
        place_kind=post.place.kind.name.lower(),
        place_path=post.place.path,
        committee_id=post.committee_id,
        court_id=post.court_id,
    )


def sign_out(token: str, *, clock: Clock) -> None:
    with database.transaction():
        found = signing_in.by_token_hash(token_hash(token))
        if found is not None:
            found.ended_at = clock.now()


def change_password(
    account_id: int, old: str, new: str, *, clock: Clock, passwords: Passwords
) -> bool:
    """Set a new password; every other sign-in of the account ends. False when the old is wrong."""
    account = accounts.account_by_id(account_id)
    if account is None or not passwords.matches(account.password_hash, old):
        return False
    hashed = passwords.hash(new)
    with database.transaction():
        account = accounts.account_by_id(account_id)
        assert account is not None
        set_password_hash(account, hashed)
        _audit("change_password", clock, account=account)
    return True


def set_password_hash(account: Account, hashed: str) -> None:
    account.password_hash = hashed
    account.must_change_password = False
    account.demo_password = None
    account.epoch += 1


def note_failure(what: str, subject: str, source: str, clock: Clock) -> None:
    """Remember a wrong try, by the hash of what was tried; never the text itself."""
    db.session.add(
        FailedTry(what=what, subject=token_hash(subject), source=token_hash(source), at=clock.now())
    )


def count_try(
    what: str, subject: str, source: str, clock: Clock, *, per_subject: int, per_source: int
) -> None:
    """A try counts as a wrong one from its beginning, until `forget_tries`: those who send many at
    once get no more of them. Raises TooManyTries.
    """
    with database.transaction():
        signing_in.one_at_a_time(what)
        check_limits(what, subject, source, clock, per_subject=per_subject, per_source=per_source)
        note_failure(what, subject, source, clock)


def forget_tries(what: str, subject: str, source: str) -> None:
    """The answer was right; inside a transaction."""
    signing_in.forget_tries(what, token_hash(subject), token_hash(source))


def check_limits(
    what: str, subject: str, source: str, clock: Clock, *, per_subject: int, per_source: int
) -> None:
    """Raises TooManyTries when either limit of the last fifteen minutes is reached."""
    since = clock.now() - WINDOW
    if (
        signing_in.failures(what, since, subject=token_hash(subject)) >= per_subject
        or signing_in.failures(what, since, source=token_hash(source)) >= per_source
    ):
        raise TooManyTries(
            Text(
                "试错太多次了。请过15分钟再试，或找管理员帮忙。",
                "Too many wrong tries. Wait 15 minutes, or ask an administrator.",
            )
        )


def _audit(act: str, clock: Clock, *, account: Account) -> None:
    history.audit(
        history.AuditEntry(at=clock.now(), account_id=account.id, by_name=account.name, act=act)
    )
