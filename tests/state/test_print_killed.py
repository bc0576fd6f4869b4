"""A print run killed in the middle, again and again: it goes on, nothing is lost, nothing is there twice."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from mediation.models.database import db
from mediation.models.papers import Paper
from mediation.models.print_runs import PrintFile, PrintItem
from mediation.services import print_files, print_runs
from mediation.services.print_choices import Wanted
from mediation.services.print_runs import RunState, Step
from mediation.wording import Text
from mediation.workflow.documents import Document
from tests.counter import register
from tests.site import Site, opened

LETTERS, SIZE = 60, 15
CHAIR = "hetianming"
# What the child does: goes on with the run, and is killed by its own hand at one place.
CHILD = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.orm import Session
from mediation.services import print_runs
from mediation.store import Store
from tests.site import opened

folder, url, number, where = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

with opened(folder, url, "whatever") as site:
    print_runs.advance(number, site.clock.clock)
    put = Store.put
    if where == "before the file":
        Store.put = die
    elif where == "after the file":
        Store.put = lambda *a: (put(*a), die())
    else:
        event.listen(Session, where.replace(" ", "_"), die)
    print_runs.advance(number, site.clock.clock)
"""
PLACES = ("before the file", "after the file", "before commit", "after commit")


@pytest.fixture(params=["sqlite", "postgresql"])
def begun(request: pytest.FixtureRequest) -> tuple[Path, str, str, int]:
    """An instance with a run of sixty letters that has begun: folder, database, reference, number."""
    site: Site = request.getfixturevalue(
        {"sqlite": "sqlite_site", "postgresql": "postgres_site"}[request.param]
    )
    for _ in range(LETTERS):
        register(site)
    draw_applications()
    by = site.hand(CHAIR)
    reference = print_runs.choose(
        Wanted(kind=Document.MEDIATION_APPLICATION), single=False, volume_size=SIZE,
        asked=Text("试", "a trial"), by=by,
    )  # fmt: skip
    print_runs.start(reference, by=by)
    number = print_runs.look(reference, by=by).id
    config = site.app.extensions["config"]
    db.session.remove()
    db.engine.dispose()
    return config.instance, config.database_url, reference, number


def draw_applications() -> None:
    from mediation.services import paper_files

    kind = Document.MEDIATION_APPLICATION.folder
    ids = [row.id for row in db.session.query(Paper.id).where(Paper.kind == kind)]
    db.session.rollback()
    for number in ids:
        paper_files.draw(number)


def killed(folder: Path, url: str, number: int, where: str) -> int:
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), url, str(number), where],
        capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    return child.returncode


def numbers_in(pdf: bytes) -> list[str]:
    """The number of each letter, from the text of its first page."""
    found = ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    return [m.group(1) for text in found if (m := re.search(r"编号：(（.*?号)", text))]


@pytest.mark.slow
def test_sixty_letters_killed_four_times(begun: tuple[Path, str, str, int]) -> None:
    folder, url, reference, number = begun
    assert [killed(folder, url, number, w) for w in PLACES[:2]] == [-signal.SIGKILL] * 2
    assert killed(folder, url, number, PLACES[2]) == -signal.SIGKILL
    there = folder.with_name("afterwards")
    shutil.copytree(folder, there)
    with opened(there, url, "whatever") as site:
        by = site.hand(CHAIR)
        assert print_runs.look(reference, by=by).state is RunState.RUNNING
        while print_runs.advance(number, site.clock.clock) is Step.MADE:
            pass
        done = print_runs.look(reference, by=by)
        assert (done.state, done.done, done.failed, done.left) == (RunState.DONE, LETTERS, 0, 0)
        printed = Counter(
            n
            for v in done.volumes
            for n in numbers_in(print_files.open_volume(reference, v.number, by=by).content)
        )
        issued = [
            p.number for p in db.session.query(Paper).where(Paper.kind == "mediation_application")
        ]
        assert printed == Counter(issued), "each letter exactly once"
        assert len(printed) == LETTERS
        assert db.session.query(PrintFile).count() == LETTERS // SIZE
        assert {item.state.name for item in db.session.query(PrintItem)} == {"DONE"}
        kept = {row.sha256 for row in db.session.query(PrintFile)}
        papers = {row.sha256 for row in db.session.query(Paper)}
        db.session.rollback()
        store = site.app.extensions["config"].files
        on_disk = {path.name for path in store.glob("[0-9a-f][0-9a-f]/[0-9a-f]*")}
        assert on_disk == (kept | papers) - {""}, "no file is left over by the killed ones"


def test_killed_after_the_commit_it_is_not_done_again(begun: tuple[Path, str, str, int]) -> None:
    folder, url, reference, number = begun
    assert killed(folder, url, number, PLACES[3]) == -signal.SIGKILL
    there = folder.with_name("afterwards")
    shutil.copytree(folder, there)
    with opened(there, url, "whatever") as site:
        told = print_runs.look(reference, by=site.hand(CHAIR))
        assert [v.number for v in told.volumes] == [1, 2]
        assert (told.done, told.left) == (2 * SIZE, LETTERS - 2 * SIZE)
