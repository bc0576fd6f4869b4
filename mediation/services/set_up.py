"""One-time links: for the first administrator, and for a password to be set anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from mediation import codes
from mediation.clock import Clock
from mediation.errors import Invalid, Refused
from mediation.models import accounts, database, lists, places, set_up_links
from mediation.models.accounts import Account, PostHeld, SetUpLink
from mediation.models.database import db
from mediation.models.lists import DayKind
from mediation.roles import Role
from mediation.services.passwords import Passwords
from mediation.services.sign_ins import set_password_hash, token_hash
from mediation.wording import Text
from mediation.workflow import calendar
from mediation.workflow.words import PlaceKind

LIFETIME = timedelta(days=2)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}")


@dataclass(frozen=True, slots=True)
class Link:
    """A link that still counts; `account_id` is None for the first administrator's."""

    account_id: int | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    password: str
    name: str = ""
    login: str = ""


def make_link(account_id: int | None, *, clock: Clock) -> str:
    """The secret of a new one-time link; only its hash is kept. Inside a transaction."""
    token = codes.new_setup_token()
    db.session.add(
        SetUpLink(
            token_hash=token_hash(token),
            account_id=account_id,
            created_at=clock.now(),
            expires_at=clock.now() + LIFETIME,
        )
    )
    return token


def open_link(token: str, *, clock: Clock) -> Link | None:
    found = set_up_links.by_token_hash(token_hash(token))
    if found is None or found.used_at is not None or found.expires_at < clock.now():
        return None
    account = accounts.account_by_id(found.account_id) if found.account_id else None
    return Link(found.account_id, account.name if account else "")


def use_link(token: str, chosen: Chosen, *, clock: Clock, passwords: Passwords) -> None:
    """Set the password, or make the first administrator; the link is used up in the same moment."""
    hashed = passwords.hash(chosen.password)
    with database.transaction():
        found = set_up_links.by_token_hash(token_hash(token))
        if found is None or found.used_at is not None or found.expires_at < clock.now():
            raise Refused(Text("这个链接用过了或过期了。", "This link was used or has expired."))
        found.used_at = clock.now()
        if found.account_id is not None:
            account = accounts.account_by_id(found.account_id)
            assert account is not None
            set_password_hash(account, hashed)
        else:
            _first_administrator(chosen, hashed, clock)


def login_name(typed: str) -> str:
    """An account's name as everybody can type it, in small letters. Raises Invalid."""
    login = typed.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise Invalid(
            "login",
            Text(
                "账号用小写字母和数字，两位以上，例如zhouguilan。",
                "Small Latin letters and figures, two or more, such as zhouguilan.",
            ),
        )
    return login


def _first_administrator(chosen: Chosen, hashed: str, clock: Clock) -> None:
    """The security administrator, who then makes every other account."""
    login = login_name(chosen.login)
    if accounts.account_by_login(login) is not None:
        raise Invalid("login", Text("这个账号有人用了。", "That account name is taken."))
    county = places.first_county() or places.add_place(
        kind=PlaceKind.COUNTY, name="本县", parent_id=None
    )
    account = Account(
        login=login,
        name=chosen.name,
        password_hash=hashed,
        must_change_password=False,
        created_at=clock.now(),
        posts=[],
    )
    db.session.add(account)
    db.session.flush()
    db.session.add(
        PostHeld(
            account_id=account.id,
            role=Role.SECURITY_ADMIN,
            place_id=county.id,
            from_on=clock.today(),
        )
    )


def plant_workdays() -> None:
    """The shipped workday table, for a site that has none yet; inside a transaction."""
    known = lists.announced_years()
    for year, source in calendar.shipped_years().items():
        if year not in known:
            db.session.add(lists.AnnouncedYear(year=year, source=source[:120]))
    for special in calendar.shipped_days():
        if special.day.year not in known:
            kind = DayKind.WORK if special.works else DayKind.REST
            db.session.add(lists.SpecialDay(day=special.day, kind=kind, name=special.name))
