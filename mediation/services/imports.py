"""Imports: many cases from one file, looked at first, registered in portions, undone as a whole.

The file is kept sealed for as long as its import is, so that a killed import goes on where it
stopped and its bad rows can be had back. A batch's progress is in its own row: what was taken and
what was skipped together say which row comes next.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from mediation import cleaning, codes
from mediation.errors import AlreadyDone, NotFound, Refused
from mediation.models import database, history, imports, places
from mediation.models.database import db
from mediation.models.imports import Came
from mediation.models.lists import ImportBatch
from mediation.permissions import Permission
from mediation.services import site, tables
from mediation.services.acts import Hand, append_event, free_act
from mediation.services.case_columns import known
from mediation.services.case_rows import Bad, Ground, Planned, understand
from mediation.services.disputes import (
    committee_over,
    register_in,
)
from mediation.services.import_previews import (
    File,
    alike,
    check_may,
    ground_of,
    place_name,
    preview,
)
from mediation.services.tables import Line, Table
from mediation.store import FileLost
from mediation.uploads import BadUpload
from mediation.wording import Text
from mediation.workflow.records import Record

_MAY = Permission.IMPORT_CASES
PORTION = 50
CAME_PAGE = 25
_CHUNK = 200
NOTHING = Text(
    "没有一行能登记。把写明的地方改好，再导入。",
    "Not one row can be registered. Put right what is named, and import again.",
)
_FILE_GONE = Text(
    "这批的原文件坏了或不见了，不能接着导入。可以撤销这一批，再从头导入。",
    "The file of this import is damaged or gone, so it cannot go on. Undo it and start again.",
)
_UNDOING = Text("这一批正在撤销，不能再导入。", "This batch is being undone.")


class State(Enum):
    """How far an import has come."""

    STOPPED = Text("没有导完", "not finished")
    DONE = Text("导完了", "finished")
    UNDOING = Text("没有撤销完", "undoing not finished")
    UNDONE = Text("已撤销", "undone")


@dataclass(frozen=True, slots=True)
class Batch:
    """One import as its page shows it. `kept` were worked on and stay, whatever is undone."""

    id: int
    reference: str
    file_name: str
    place: str
    by_name: str
    at: datetime
    rows: int
    taken: int
    skipped: tuple[Bad, ...]
    taken_back: int
    kept: int
    state: State

    @property
    def done(self) -> int:
        """How many rows, or cases to take back, are behind us."""
        if self.state in (State.UNDOING, State.UNDONE):
            return self.taken_back + self.kept
        return self.taken + len(self.skipped)

    @property
    def all(self) -> int:
        return self.taken if self.state in (State.UNDOING, State.UNDONE) else self.rows

    @property
    def running(self) -> bool:
        return self.state in (State.STOPPED, State.UNDOING)


def begin(file: File, place_id: int | None, *, by: Hand, limit: int) -> str:
    """Keep the file and open its batch; returns the reference. Nothing is registered yet.

    Raises AlreadyDone with the reference of an unfinished import of the same file, Invalid, and
    Refused for a file that was imported before.
    """
    shown = preview(file, place_id, by=by, limit=limit)
    if shown.earlier is not None:
        raise Refused(shown.earlier)
    if not shown.good and not imports.same_file(file.sha256):
        raise Refused(NOTHING)
    ground = ground_of(place_id, by)
    kept = site.here().store.put(file.content)
    reference = codes.new_reference()
    with free_act(by=by, permission=_MAY, answer=reference):
        committee = committee_over(ground.place_id)
        imports.hold_committee(committee.id)
        _refuse_twin(file)
        db.session.add(
            ImportBatch(
                reference=reference,
                file_name=_safe(file.name),
                sha256=kept,
                rows=shown.total,
                skipped="[]",
                committee_id=committee.id,
                place_id=ground.place_id,
                by_id=by.actor.account_id,
                by_name=by.name[:40],
                at=by.now,
            )
        )
        _audit("import", reference, by)
    return reference


def unfinished(file: File, *, by: Hand) -> str:
    """The reference of an import of this very file that was killed on its way; empty without one."""
    check_may(by)
    found = [b.reference for b in imports.same_file(file.sha256) if b.done < b.rows]
    db.session.rollback()
    return found[0] if found else ""


def _refuse_twin(file: File) -> None:
    """Between the look and now somebody may have imported the same file."""
    for batch in imports.same_file(file.sha256):
        raise AlreadyDone(batch.reference)


def _safe(name: str) -> str:
    """What the sender called it, to be shown: never trusted, never a path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable())[:120]
    try:
        return cleaning.clean_line(plain, 120) or "?"
    except cleaning.Unclean:
        return "?"


def _audit(act: str, reference: str, by: Hand) -> None:
    history.audit(
        history.AuditEntry(
            at=by.now,
            account_id=by.actor.account_id,
            by_name=by.name,
            act=act,
            subject=f"import {reference}",
        )
    )


def go_on(reference: str, *, by: Hand, rows: int = PORTION) -> Batch:
    """The next portion, whichever way the batch is going: rows in, or cases back."""
    batch = _own(reference, by)
    if _state_of(batch) is State.STOPPED:
        _register_portion(reference, Work.of(batch, by), rows)
    elif _state_of(batch) is State.UNDOING:
        _take_back_portion(reference, by, rows)
    return look(reference, by=by)


@dataclass(frozen=True, slots=True)
class Work:
    """An open batch's file, read once for as many portions as the caller likes."""

    table: Table
    ground: Ground
    by: Hand

    @staticmethod
    def of(batch: ImportBatch, by: Hand) -> Work:
        try:
            content = site.here().store.get(batch.sha256)
            table = tables.read(content, known, limit=len(content))
        except (FileLost, BadUpload) as lost:
            raise Refused(_FILE_GONE) from lost
        return Work(table, ground_of(batch.place_id, by), by)


def run(reference: str, *, by: Hand, told: Callable[[int], None], rows: int = PORTION) -> Batch:
    """Portion by portion to the end, the file read once; `told` hears how far each one came."""
    batch = _own(reference, by)
    work = Work.of(batch, by) if _state_of(batch) is State.STOPPED else None
    while True:
        state = _state_of(_own(reference, by))
        if state is State.STOPPED and work is not None:
            _register_portion(reference, work, rows)
        elif state is State.UNDOING:
            _take_back_portion(reference, by, rows)
        else:
            return look(reference, by=by)
        told(look(reference, by=by).done)


def _register_portion(reference: str, work: Work, rows: int) -> None:
    """The next rows in one transaction: all of them count, or the batch stands where it stood."""
    check_may(work.by)
    with database.transaction(), _at_hand(work.ground):
        batch = _locked(reference)
        if batch.undone_at is not None:
            raise Refused(_UNDOING)
        imports.hold_committee(batch.committee_id)
        lines = work.table.lines[batch.done : batch.done + rows]
        left_out = [(b.number, b.reason.zh, b.reason.en) for b in _take(lines, batch, work)]
        batch.skipped = json.dumps([*batch.left_out, *left_out], ensure_ascii=False)


def _locked(reference: str) -> ImportBatch:
    batch = imports.batch(reference, lock=True)
    if batch is None:
        raise NotFound
    return batch


@contextmanager
def _at_hand(ground: Ground) -> Iterator[None]:
    """The places stay loaded meanwhile: every case asks for its own and for all above it."""
    rows = [places.lineage(number) for number in set(ground.places.values()) if number]
    yield
    rows.clear()


def _take(lines: Sequence[Line], batch: ImportBatch, work: Work) -> Iterator[Bad]:
    """Register what can be; what cannot comes back."""
    read = [understand(line, work.ground) for line in lines]
    planned = [row for row in read if isinstance(row, Planned)]
    same = {n: bad for n, bad in alike(planned, work.by) if isinstance(bad, Bad)}
    for row in read:
        bad = (
            row if isinstance(row, Bad) else same.get(row.number) or _register(row, batch, work.by)
        )
        if bad is None:
            batch.taken += 1
        else:
            yield bad


def _register(row: Planned, batch: ImportBatch, by: Hand) -> Bad | None:
    """One case; what the registry itself refuses is a bad row like any other."""
    own = f"（原编号{row.own_number}）" if row.own_number else ""
    source = f"{batch.file_name}第{row.number}行{own}，批号{batch.reference}"
    answers = replace(row.registration, import_id=batch.id, source=source)
    try:
        with db.session.begin_nested():
            register_in(answers, by=by)
    except Refused as refusal:
        zh = "；".join(reason.zh for reason in refusal.reasons)
        return Bad(row.number, Text(zh, "; ".join(reason.en for reason in refusal.reasons)))
    return None


# Undoing


def undo(reference: str, *, by: Hand) -> None:
    """Begin to take a batch back: from now on nothing more of it is registered.

    Cases that somebody has worked on stay; the others are taken back by `go_on` or `run`.
    """
    _own(reference, by)
    with free_act(by=by, permission=_MAY, answer=reference):
        batch = _locked(reference)
        if batch.undone_at is None:
            batch.undone_at = by.now
            _audit("undo_import", reference, by)


def _take_back_portion(reference: str, by: Hand, rows: int) -> None:
    """They keep their history and say in it that they no longer count."""
    check_may(by)
    with database.transaction():
        batch = _locked(reference)
        for dispute in imports.to_take_back(batch.id, rows):
            append_event(
                dispute, by, Record.CORRECTION.name,
                note=f"整批导入已撤销（批号{reference}），这条登记不算数。",
            )  # fmt: skip
            dispute.taken_back_at = dispute.touched_at = by.now


# Showing


def look(reference: str, *, by: Hand) -> Batch:
    """One batch. Raises NotFound where it is not this person's to see."""
    found = _shown(_own(reference, by))
    db.session.rollback()
    return found


def latest(*, by: Hand, before: int | None = None) -> tuple[list[Batch], int | None]:
    """A page of imports, newest first, and the key of the next page."""
    check_may(by)
    rows = imports.batches(by.actor.account_id, _paths(by), before=before)
    found = [_shown(row) for row in rows[: imports.PAGE]]
    older = rows[imports.PAGE - 1].id if len(rows) > imports.PAGE else None
    db.session.rollback()
    return found, older


def came(reference: str, *, by: Hand, after: int = 0) -> list[Came]:
    """The cases a batch brought, from that one on, one more than a page holds."""
    batch = _own(reference, by)
    found = imports.came(batch.id, after=max(after, 0), limit=CAME_PAGE + 1)
    db.session.rollback()
    return found


def skipped_lines(reference: str, *, by: Hand) -> tuple[tuple[str, ...], list[Bad]]:
    """The columns of the kept file, and the rows that were left out with all their cells.

    They may hold whole numbers of people: that somebody had them is put on record.
    """
    batch = _own(reference, by)
    work = Work.of(batch, by)
    cells = {line.number: line.cells for line in work.table.lines}
    bad = [replace(row, cells=cells.get(row.number, {})) for row in _skipped(batch)]
    with database.transaction():
        _audit("open_import_file", reference, by)
    return work.table.columns, bad


def original(reference: str, *, by: Hand) -> File:
    """The file as it was sent; that somebody had it is put on record."""
    batch = _own(reference, by)
    name, sha256 = batch.file_name, batch.sha256
    try:
        content = site.here().store.get(sha256)
    except FileLost as lost:
        raise Refused(_FILE_GONE) from lost
    with database.transaction():
        _audit("open_import_file", reference, by)
    return File(name, content)


def _own(reference: str, by: Hand) -> ImportBatch:
    """Raises NotFound for somebody else's."""
    check_may(by)
    batch = imports.batch(reference)
    if batch is None:
        raise NotFound
    committee = places.committee(batch.committee_id)
    place = places.place(committee.place_id) if committee else None
    mine = place is not None and any(place.path.startswith(path) for path in _paths(by))
    if not mine and batch.by_id != by.actor.account_id:
        raise NotFound
    return batch


def _paths(by: Hand) -> list[str]:
    return [post.place_path for post in by.actor.posts if post.role in _MAY.value.roles]


def _skipped(batch: ImportBatch) -> list[Bad]:
    return [Bad(number, Text(zh, en)) for number, zh, en in batch.left_out]


def _state_of(batch: ImportBatch) -> State:
    if batch.undone_at is None:
        return _state(batch, 0, 0)
    return _state(batch, imports.count_taken_back(batch.id), imports.count_worked_on(batch.id))


def _state(batch: ImportBatch, taken_back: int, kept: int) -> State:
    if batch.undone_at is not None:
        return State.UNDONE if taken_back + kept >= batch.taken else State.UNDOING
    return State.DONE if batch.done >= batch.rows else State.STOPPED


def _shown(batch: ImportBatch) -> Batch:
    back, kept = imports.count_taken_back(batch.id), imports.count_worked_on(batch.id)
    return Batch(
        id=batch.id,
        reference=batch.reference,
        file_name=batch.file_name,
        place=place_name(batch.place_id),
        by_name=batch.by_name,
        at=batch.at,
        rows=batch.rows,
        taken=batch.taken,
        skipped=tuple(_skipped(batch)),
        taken_back=back,
        kept=kept,
        state=_state(batch, back, kept),
    )
