"""What a print run hands out: a bound volume, or every letter as a file of its own."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from mediation.errors import NotFound, Refused
from mediation.models import database, print_runs
from mediation.models.print_runs import ItemState, Letter, PrintRun
from mediation.services import print_choices, site
from mediation.services.acts import Hand
from mediation.services.paper_files import PDF, PaperFile
from mediation.services.print_runs import audit, content_of, let_go, merged, name_of, own_run
from mediation.store import FileLost
from mediation.wording import Text

ZIP = "application/zip"
_BEYOND = Text(
    "这一批里有{n}份已经不归您管了，整批的文件不能再打开。请按现在的范围另印一批。",
    "{n} letters of this run are not within your reach any more, so its files stay closed. Print a "
    "new run of what is yours now.",
)
_GONE = Text(
    "这一卷的文件不在了，里面有文书也坏了，请系统管理员从备份恢复。",
    "This volume is gone, and a paper in it is damaged; the administrator can restore a backup.",
)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def open_volume(reference: str, number: int, *, by: Hand) -> PaperFile:
    """One bound file; that somebody took it is put on record. Raises NotFound and Refused."""
    run = _within_reach(reference, by)
    content = _volume(run, number)
    with database.transaction():
        audit("open_print", f"print {reference} volume {number}", by)
    return PaperFile(f"{reference}-{number:03d}.pdf", PDF, content)


def write_letters(reference: str, out: IO[bytes], *, by: Hand) -> str:
    """Every printed letter as a file of its own, into one ZIP; returns what it is called."""
    run = _within_reach(reference, by)
    with database.transaction():
        audit("open_print", f"print {reference} letters", by)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _letters(run):
            archive.writestr(name, content)
    return f"{reference}.zip"


def write_into(folder: Path, reference: str, *, by: Hand) -> int:
    """What is ready and not there yet, into a folder; returns how many files it wrote.

    A file half written by somebody who was killed carries another name, and is written anew.
    """
    run = _within_reach(reference, by)
    folder.mkdir(parents=True, exist_ok=True)
    made = _letters(run) if run.single else _volumes(run)
    return sum(_write_once(folder / name, content) for name, content in made)


def _volumes(run: PrintRun) -> Iterator[tuple[str, bytes]]:
    numbers = [row.volume for row in print_runs.files_of(run.id)]
    let_go()
    for number in numbers:
        yield f"{run.reference}-{number:03d}.pdf", _volume(run, number)


def _letters(run: PrintRun) -> Iterator[tuple[str, bytes]]:
    """In their order, numbered so that a folder shows them in it."""
    rows = print_runs.letters(run.id)
    let_go()
    for position, letter in enumerate(rows, start=1):
        content = content_of(letter) if letter.state is ItemState.DONE else None
        if isinstance(content, bytes):
            yield f"{position:05d}-{_file_name(letter)}.pdf", content


def _file_name(letter: Letter) -> str:
    return _NOT_IN_NAMES.sub("_", name_of(letter))[:80]


def _write_once(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)
    return True


def _within_reach(reference: str, by: Hand) -> PrintRun:
    """One's own run, if all of it is still within reach: posts may have changed since."""
    run = own_run(reference, by)
    beyond = print_runs.count_beyond_reach(run.id, by=print_choices.printer(by.actor))
    let_go()
    if beyond:
        raise Refused(_BEYOND.with_(n=beyond))
    return run


def _volume(run: PrintRun, number: int) -> bytes:
    """The kept file; where it is lost it is bound anew from the same papers."""
    row = print_runs.file_of(run.id, number)
    kept = row.sha256 if row else ""
    let_go()
    if row is None:
        raise NotFound
    try:
        return site.here().store.get(kept)
    except FileLost:
        return _bound_anew(run, number)


def _bound_anew(run: PrintRun, number: int) -> bytes:
    letters = [x for x in print_runs.letters(run.id, volume=number) if x.state is ItemState.DONE]
    let_go()
    parts = [(one, c) for one in letters if isinstance(c := content_of(one), bytes)]
    if len(parts) < len(letters):
        raise Refused(_GONE)
    made = merged(run.reference, number, parts).pdf
    kept = site.here().store.put(made)
    with database.transaction():
        row = print_runs.file_of(run.id, number)
        if row is not None:
            row.sha256 = kept
    return made
