"""The first start: the practice county, or an empty site with a link for its first administrator."""

from __future__ import annotations

from dataclasses import dataclass

from mediation.clock import Clock
from mediation.config import Config
from mediation.models import accounts, database
from mediation.models.database import db
from mediation.seeds import county
from mediation.services import set_up
from mediation.services.passwords import Passwords
from mediation.wording import Text


@dataclass(frozen=True, slots=True)
class DemoAccount:
    login: str
    password: str
    name: str
    duties: Text


def is_empty() -> bool:
    """Nobody has an account yet."""
    empty = not accounts.anybody()
    db.session.rollback()
    return empty


def mark_practice(config: Config) -> None:
    """From now on every page and every paper of this instance says that it is for practice."""
    config.practice_mark.touch(mode=0o600)


def plant_practice(clock: Clock, passwords: Passwords) -> None:
    """The county with its people, its stories and its covenants."""
    from mediation.seeds import covenants, stories

    planted = county.plant(clock, passwords)
    stories.plant_stories(planted, clock)
    covenants.plant_covenants(planted, clock)


def plant_empty(clock: Clock) -> str:
    """The workday table and nothing else; returns the secret of the first administrator's link."""
    with database.transaction():
        set_up.plant_workdays()
        return set_up.make_link(None, clock=clock)


def new_link(login: str, clock: Clock) -> str | None:
    """A one-time link to set a password anew; None where nobody has that account."""
    found = accounts.account_by_login(login)
    number = found.id if found else None
    if number is None:
        db.session.rollback()
        return None
    with database.transaction():
        return set_up.make_link(number, clock=clock)


def demo_accounts() -> list[DemoAccount]:
    """The practice accounts whose generated password nobody has changed yet."""
    found = [
        DemoAccount(
            account.login,
            account.demo_password,
            account.name,
            Text(
                "、".join(f"{p.place.name}{p.role.label.zh}" for p in account.posts),
                ", ".join(f"{p.role.label.en}, {p.place.name}" for p in account.posts),
            ),
        )
        for account in accounts.practice_accounts()
        if account.demo_password
    ]
    db.session.rollback()
    return found
