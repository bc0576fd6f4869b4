"""Accounts and the posts they hold: kept by the security administrator, every change on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import Invalid, NotFound, Refused
from mediation.models import accounts, history, places
from mediation.models.accounts import Account, PostHeld
from mediation.models.database import db
from mediation.models.places import Committee, Court, Place
from mediation.permissions import Permission
from mediation.roles import ADMINISTRATORS, CASE_STAFF, Role
from mediation.services.acts import Hand, free_act
from mediation.services.set_up import login_name, make_link
from mediation.wording import Text

_SITS = (Role.MEDIATOR, Role.COMMITTEE_CHAIR)
_MANAGE = Permission.MANAGE_ACCOUNTS


def people(*, by: Hand) -> list[Account]:
    """Everybody with a post in one's county, and those who have none yet."""
    found = {a.id: a for path in _paths(by) for a in accounts.accounts_under(path)}
    found |= {a.id: a for a in accounts.accounts_without_posts()}
    return sorted(found.values(), key=lambda a: (not a.active, a.name, a.id))


def _paths(by: Hand) -> list[str]:
    return sorted({p.place_path for p in by.actor.posts if p.role in _MANAGE.value.roles})


def person(login: str, *, by: Hand) -> Account:
    """Raises NotFound for an account of another county."""
    account = accounts.account_by_login(login)
    if account is None:
        raise NotFound
    near = any(p.place.path.startswith(path) for p in account.posts for path in _paths(by))
    if account.posts and not near:
        raise NotFound
    return account


@dataclass(frozen=True, slots=True)
class Choices:
    """Where a post can be held."""

    places: tuple[Place, ...]
    committees: tuple[Committee, ...]
    courts: tuple[Court, ...]


def choices(*, by: Hand) -> Choices:
    found = tuple(p for path in _paths(by) for p in places.places_under(path))
    ids = {p.id for p in found}
    return Choices(
        found,
        tuple(c for c in places.committees() if c.place_id in ids),
        tuple(c for c in places.courts() if c.county_id in ids),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAnswers:
    login: str
    name: str
    phone: str = ""


def add_account(answers: AccountAnswers, *, by: Hand) -> str:
    """A new account without a password: its owner sets one by the link. Returns the login."""
    login = login_name(answers.login)
    with free_act(by=by, permission=_MANAGE, answer=login):
        if accounts.account_by_login(login) is not None:
            raise Invalid("login", Text("这个账号有人用了。", "That account name is taken."))
        db.session.add(
            Account(
                login=login,
                name=answers.name,
                phone=answers.phone or None,
                created_at=by.now,
                posts=[],
            )
        )
        _audit("add_account", login, by)
    return login


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAnswers:
    """`seat` is a committee for those who sit in one, a court for a liaison officer, else a place."""

    role: Role
    place_id: int | None = None
    committee_id: int | None = None
    court_id: int | None = None
    from_on: date | None = None


def give_post(login: str, answers: PostAnswers, *, by: Hand) -> None:
    """A role from a day on. Rights change, so every older sign-in of the account ends."""
    with free_act(by=by, permission=_MANAGE):
        account = _other_than_self(login, by)
        _refuse_mixture(account, answers.role, by)
        post = _post(answers, by)
        post.account_id = account.id
        db.session.add(post)
        account.epoch += 1
        _audit("give_post", f"{login} {answers.role.name}", by)


def _post(answers: PostAnswers, by: Hand) -> PostHeld:
    known, role = choices(by=by), answers.role
    committee = next((c for c in known.committees if c.id == answers.committee_id), None)
    court = next((c for c in known.courts if c.id == answers.court_id), None)
    place_id = next((p.id for p in known.places if p.id == answers.place_id), None)
    if role in _SITS and committee is None:
        raise Invalid("committee_id", Text("选在哪个委员会。", "Choose the committee."))
    if role is Role.COURT_LIAISON and court is None:
        raise Invalid("court_id", Text("选在哪个法院。", "Choose the court."))
    if role in _SITS and committee is not None:
        place_id = committee.place_id
    if role is Role.COURT_LIAISON and court is not None:
        place_id = court.county_id
    if place_id is None:
        raise Invalid("place_id", Text("选在哪里。", "Choose the place."))
    return PostHeld(
        role=role,
        place_id=place_id,
        committee_id=committee.id if role in _SITS and committee else None,
        court_id=court.id if role is Role.COURT_LIAISON and court else None,
        from_on=answers.from_on or by.today,
    )


def _refuse_mixture(account: Account, role: Role, by: Hand) -> None:
    """三权分立: an administrator holds one of the three and nothing of the cases."""
    held = {p.role for p in account.posts if p.to_on is None or p.to_on >= by.today} | {role}
    admins = held & set(ADMINISTRATORS)
    if len(admins) > 1 or (admins and held & set(CASE_STAFF)):
        raise Invalid(
            "role",
            Text(
                "系统、安全、审计三种管理员要分开，也不能兼办案的职务。",
                "The three administrators are three people, and hold no other post.",
            ),
        )


def end_post(login: str, post_id: int, *, by: Hand) -> None:
    """From tomorrow on it is no longer held; the record of it stays."""
    with free_act(by=by, permission=_MANAGE):
        account = _other_than_self(login, by)
        post = next((p for p in account.posts if p.id == post_id and p.to_on is None), None)
        if post is None:
            raise NotFound
        post.to_on = by.today
        account.epoch += 1
        _audit("end_post", f"{login} {post.role.name}", by)


def switch(login: str, *, active: bool, by: Hand) -> None:
    with free_act(by=by, permission=_MANAGE):
        account = _other_than_self(login, by)
        account.active = active
        account.epoch += 1
        _audit("switch_on" if active else "switch_off", login, by)


def password_link(login: str, *, by: Hand) -> str:
    """The secret of a one-time link, shown once, to hand over in person."""
    with free_act(by=by, permission=_MANAGE):
        account = person(login, by=by)
        _audit("password_link", login, by)
        return make_link(account.id, clock=by.clock)


def _other_than_self(login: str, by: Hand) -> Account:
    account = person(login, by=by)
    if account.id == by.actor.account_id:
        raise Refused(
            Text(
                "自己的职务和账号不能自己改，请另一位安全管理员来改。",
                "Nobody changes their own posts: ask another security administrator.",
            )
        )
    return account


def _audit(act: str, subject: str, by: Hand) -> None:
    history.audit(
        history.AuditEntry(
            at=by.now,
            account_id=by.actor.account_id,
            by_name=by.name,
            act=act,
            subject=subject[:120],
        )
    )
