"""Killed in the middle of an act: what was said to be kept is kept, and nothing is there by half."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mediation.models import history
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.history import DoneAct, Event
from mediation.models.outbox import Job
from mediation.models.papers import Paper
from mediation.models.parties import Party
from tests.counter import register
from tests.site import Site, opened

# What the child does: a registration, killed by its own hand at one place, the worst there are.
CHILD = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.orm import Session
from mediation.models.database import db
from tests.counter import register
from tests.site import opened

folder, url, where = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
count = 0

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def die_at_third_flush(*_):
    global count
    count += 1
    if count == 3:
        die()

with opened(folder, url, "sqlite") as site:
    print("kept", register(site), flush=True)
    if where == "flush":
        event.listen(Session, "after_flush", die_at_third_flush)
    elif where == "before commit":
        event.listen(Session, "before_commit", die)
    else:
        event.listen(Session, "after_commit", die)
    print("kept", register(site), flush=True)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """An instance folder and the address of its database, with nothing open on either."""
    site: Site = request.getfixturevalue(
        {"sqlite": "sqlite_site", "postgresql": "postgres_site"}[request.param]
    )
    config = site.app.extensions["config"]
    db.session.remove()
    db.engine.dispose()
    return config.instance, config.database_url


def run(folder: Path, url: str, where: str) -> tuple[int, list[str]]:
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), url, where],
        capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    kept = [line.removeprefix("kept ") for line in child.stdout.splitlines() if "kept " in line]
    return child.returncode, kept


def rows(table: type) -> int:
    found = db.session.query(table).count()
    db.session.rollback()
    return found


@pytest.mark.parametrize(
    ("where", "cases"), [("flush", 1), ("before commit", 1), ("after commit", 2)]
)
def test_killed_in_mid_act(place: tuple[Path, str], where: str, cases: int) -> None:
    folder, url = place
    status, kept = run(folder, url, where)
    assert status == -signal.SIGKILL
    assert len(kept) == 1, "the second act was never said to be kept"
    there = folder.with_name("afterwards")
    shutil.copytree(folder, there)
    with opened(there, url, "whatever") as site:
        assert rows(Dispute) == cases
        assert (rows(Event), rows(Party)) == (cases, 2 * cases)
        assert rows(Paper) == rows(Job) > 0, "as many papers as there are drawings to be made"
        assert not list(history.all_broken_links())
        db.session.rollback()
        assert {d.reference for d in db.session.query(Dispute)} >= set(kept)
        db.session.rollback()
        register(site)  # and work goes on
        assert rows(Dispute) == cases + 1
        assert rows(DoneAct) == 0
