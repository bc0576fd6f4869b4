"""A whole site for a test: a migrated database with the practice county, a clock, browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from mediation import jobs
from mediation.app import create_app
from mediation.clock import CHINA, Clock
from mediation.config import Config
from mediation.models.database import db
from mediation.seeds import county
from mediation.seeds.county import County
from mediation.services import sign_ins
from mediation.services.acts import Hand
from tests.browsers import Browser

PASSWORD = "桂花树下说说话"
# A Monday morning, in a year whose workday table is announced.
MORNING = datetime(2026, 7, 6, 9, 0, tzinfo=CHINA)


class MovableClock:
    """Stands still until a test moves it."""

    def __init__(self, start: datetime = MORNING) -> None:
        self.moment = start
        self.clock = Clock(lambda: self.moment)

    def set(self, moment: datetime) -> None:
        self.moment = moment if moment.tzinfo else moment.replace(tzinfo=CHINA)

    def tick(self, **length: float) -> None:
        self.moment += timedelta(**length)


@dataclass
class Site:
    """`app` in whose context the test runs; `engine` is "sqlite" or "postgresql"."""

    app: Flask
    engine: str
    moving: MovableClock
    county: County
    browsers: list[Browser] = field(default_factory=list)

    @property
    def clock(self) -> MovableClock:
        return self.moving

    def hand(self, who: str, **rest: Any) -> Hand:
        return replace(self.county.hand(who), **rest)

    def browser(self, who: str | None = None, *, language: str = "zh") -> Browser:
        """A browser of its own; signed in when a login is named."""
        browser = Browser(self.app)
        browser.set_cookie("language", language)
        if who is not None:
            browser.set_cookie("wusong", self._sign_in(who))
        return browser

    def _sign_in(self, who: str) -> str:
        attempt = sign_ins.sign_in(
            who,
            PASSWORD,
            source="test",
            shared=False,
            clock=self.moving.clock,
            passwords=self.app.extensions["passwords"],
        )
        assert attempt.token, f"{who} cannot sign in"
        return attempt.token

    def draw(self) -> int:
        """Do what the outbox holds, as the worker would."""
        return jobs.run_due(self.app)


def settings(folder: Path, url: str = "", **rest: Any) -> Config:
    """Light password hashing: the tests sign in hundreds of times."""
    return Config(
        instance=folder, database_url=url, testing=True, worker=False, practice=True,
        argon2_memory_kib=64, argon2_rounds=1, public_address="https://wusong.example", **rest,
    )  # fmt: skip


def make_template(folder: Path, url: str = "") -> None:
    """Migrate a new database and plant the county in it, once for all tests."""
    clock = MovableClock()
    app = create_app(settings(folder, url), clock=clock.clock)
    with app.app_context():
        flask_migrate.upgrade()
        county.plant(clock.clock, app.extensions["passwords"], password=PASSWORD)
        db.session.remove()
        db.engine.dispose()


class Compiled(BytecodeCache):
    """Templates are compiled once a run, though every test has an application of its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = Compiled()


@contextmanager
def opened(folder: Path, url: str, engine: str) -> Iterator[Site]:
    """The site of one test, and nothing left open behind it."""
    moving = MovableClock()
    app = create_app(settings(folder, url), clock=moving.clock)
    app.jinja_env.bytecode_cache = _COMPILED
    with app.app_context():
        try:
            yield Site(app, engine, moving, county.planted(moving.clock))
        finally:
            db.session.remove()
            db.engine.dispose()
