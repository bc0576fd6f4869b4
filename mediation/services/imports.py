"""Imports: many cases from one file, looked at first, registered in portions, undone as a whole.

The file is kept sealed for as long as its import is, so that a killed import goes on where it
stopped and its bad rows can be had back. A batch's progress is in its own row: what was taken and
what was skipped together say which row comes next.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from mediation import cleaning, codes
from mediation.errors import AlreadyDone, Invalid, NotAllowed, NotFound, Refused
from mediation.models import database, history, imports, places
from mediation.models.database import db
from mediation.models.imports import Came, Like
from mediation.models.lists import ImportBatch
from mediation.permissions import Permission, may
from mediation.services import site, tables
from mediation.services.acts import Hand, append_event, free_act
from mediation.services.case_columns import known, missing_columns, unused_columns
from mediation.services.case_rows import Bad, Ground, Planned, understand
from mediation.services.disputes import (
    committee_over,
    joined_names,
    places_to_register,
    register_in,
)
from mediation.services.tables import Line, Table
from mediation.store import FileLost
from mediation.uploads import BadUpload
from mediation.wording import Text
from mediation.workflow.records import Record

_MAY = Permission.IMPORT_CASES
PORTION = 50
CAME_PAGE = 50
_CHUNK = 200
_NOT_YOURS = Text(
    "请选一个您管的地方，没有写地点的案件就登记在那里。",
    "Choose a place of yours: cases that name no place are registered there.",
)
_IMPORTED = Text(
    "这个文件已经导入过（{on}，{who}，批号{reference}），没有再登记一遍。要重来，先撤销那一批。",
    "This very file was imported before ({on}, {who}, batch {reference}); nothing was registered "
    "twice. To start over, undo that batch first.",
)
NOTHING = Text(
    "没有一行能登记。把写明的地方改好，再导入。",
    "Not one row can be registered. Put right what is named, and import again.",
)
_FILE_GONE = Text(
    "这批的原文件坏了或不见了，不能接着导入。可以撤销这一批，再从头导入。",
    "The file of this import is damaged or gone, so it cannot go on. Undo it and start again.",
)
_UNDOING = Text("这一批正在撤销，不能再导入。", "This batch is being undone.")
SAME = Text(
    "和已有的{reference}一模一样（人和事都相同），没有再登记",
    "the same as {reference}, which is there already (same people, same facts); not registered twice",
)
SAME_ROW = Text(
    "和这个文件第{n}行一模一样，没有再登记",
    "the same as row {n} of this file; not registered twice",
)


class State(Enum):
    """How far an import has come."""

    STOPPED = Text("没有导完", "not finished")
    DONE = Text("导完了", "finished")
    UNDOING = Text("没有撤销完", "undoing not finished")
    UNDONE = Text("已撤销", "undone")


@dataclass(frozen=True, slots=True)
class File:
    """A table as it came in: what its sender called it, and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Similar:
    """A row that names the same people as a case that is there, or as an earlier row; both may be
    right. `reference` or `row` says which.
    """

    number: int
    title: str
    reference: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing of it was written."""

    name: str
    form: str
    place: str
    total: int
    good: tuple[Planned, ...]
    bad: tuple[Bad, ...]
    same: tuple[Bad, ...]
    similar: tuple[Similar, ...]
    columns: tuple[str, ...]
    unused: tuple[str, ...]
    notes: tuple[Text, ...]
    talks: int
    earlier: Text | None = None

    @property
    def skipped(self) -> tuple[Bad, ...]:
        return tuple(sorted((*self.bad, *self.same), key=lambda row: row.number))


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


# Looking


def preview(file: File, place_id: int | None, *, by: Hand, limit: int) -> Preview:
    """Read the whole file and say what would happen. Raises Invalid where nothing can be read."""
    _check_may(by)
    table, ground = _table(file, limit), _ground(place_id, by)
    rows = [understand(line, ground) for line in table.lines]
    planned = [row for row in rows if isinstance(row, Planned)]
    alike = dict(_alike(planned, by))
    same = {n: found for n, found in alike.items() if isinstance(found, Bad)}
    shown = Preview(
        name=file.name,
        form=table.form,
        place=_place_name(ground.place_id),
        total=len(rows),
        good=tuple(row for row in planned if row.number not in same),
        bad=tuple(row for row in rows if isinstance(row, Bad)),
        same=tuple(same.values()),
        similar=tuple(found for found in alike.values() if isinstance(found, Similar)),
        columns=table.columns,
        unused=unused_columns(table.columns),
        notes=table.notes,
        talks=sum(1 for line in table.lines if line.cells.get("dialogue")),
        earlier=_imported_before(file),
    )
    db.session.rollback()
    return shown


def _imported_before(file: File) -> Text | None:
    for batch in imports.same_file(file.sha256):
        if _state(batch, 0, 0) is State.DONE:
            return _IMPORTED.with_(on=batch.at.date(), who=batch.by_name, reference=batch.reference)
    return None


def _check_may(by: Hand) -> None:
    verdict = may(by.actor, _MAY)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)


def _table(file: File, limit: int) -> Table:
    try:
        table = tables.read(file.content, known, limit=limit)
    except BadUpload as bad:
        raise Invalid("file", bad.text) from bad
    lacking = missing_columns(table.columns)
    if lacking is not None:
        raise Invalid("file", lacking)
    return table


def own_place(by: Hand) -> int | None:
    """The place one's own post stands at."""
    held = [p.place_id for p in by.actor.posts if p.role in _MAY.value.roles]
    return held[0] if held else None


def _ground(place_id: int | None, by: Hand) -> Ground:
    """Everything the rows are read against. Raises Invalid for a place that is not one's own."""
    mine = places_to_register(by=by)
    place_id = place_id or own_place(by)
    if place_id not in {place.id for place in mine}:
        raise Invalid("place_id", _NOT_YOURS)
    assert place_id is not None
    called: dict[str, int | None] = {}
    for place in mine:
        names = [step.name for step in places.lineage(place.id)]
        for start in range(len(names)):
            name = "".join(names[start:])
            called[name] = place.id if called.get(name, place.id) == place.id else None
    return Ground(by.today, place_id, called, practice=site.here().practice)


def place_named(name: str, *, by: Hand) -> int:
    """A place of one's own, by its name. Raises Invalid."""
    found = _ground(None, by).places.get(name.replace(" ", ""))
    if found is None:
        raise Invalid("place_id", _NOT_YOURS)
    return found


def _place_name(place_id: int) -> str:
    place = places.place(place_id)
    return place.name if place else ""


_Key = tuple[str, str]
_OWN = re.compile(r"（原编号(.*?)）")


def _key(row: Planned) -> _Key:
    return joined_names(row.names), row.registration.facts


def _alike(rows: Sequence[Planned], by: Hand) -> Iterator[tuple[int, Bad | Similar]]:
    """Rows that repeat a case or one another, and those that only name the same people.

    The same people and the same facts are the same case, unless their own registers numbered them
    differently.
    """
    seen: dict[_Key, list[Planned]] = {}
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        there = imports.with_names({_key(row)[0] for row in part}, by=by.actor)
        for row in part:
            found = _compared(row, there, seen.get(_key(row), []))
            if found is not None:
                yield row.number, found
            seen.setdefault(_key(row), []).append(row)


def _compared(row: Planned, there: list[Like], before: list[Planned]) -> Bad | Similar | None:
    names, facts = _key(row)
    named = [like for like in there if like.party_names == names]
    for like in named:
        own = _OWN.search(like.told)
        if like.facts == facts and _same_own(row, own.group(1) if own else ""):
            return Bad(row.number, SAME.with_(reference=like.reference))
    for other in before:
        if _same_own(row, other.own_number):
            return Bad(row.number, SAME_ROW.with_(n=other.number))
    title, kind = row.registration.title, row.registration.dispute_type
    for like in named:
        if like.dispute_type == kind:
            return Similar(row.number, title, reference=like.reference)
    return Similar(row.number, title, row=before[0].number) if before else None


def _same_own(row: Planned, other: str) -> bool:
    return not row.own_number or not other or row.own_number == other


# Beginning and going on


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
    ground = _ground(place_id, by)
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
        _audit("import_cases", reference, by)
    return reference


def unfinished(file: File, *, by: Hand) -> str:
    """The reference of an import of this very file that was killed on its way; empty without one."""
    _check_may(by)
    found = [b.reference for b in imports.same_file(file.sha256) if _stopped(b)]
    db.session.rollback()
    return found[0] if found else ""


def _stopped(batch: ImportBatch) -> bool:
    return _state(batch, 0, 0) is State.STOPPED


def _refuse_twin(file: File) -> None:
    earlier = _imported_before(file)
    if earlier is not None:
        raise Refused(earlier)
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
        return Work(table, _ground(batch.place_id, by), by)


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
    by = work.by
    _check_may(by)
    with database.transaction():
        batch = imports.batch(reference, lock=True)
        if batch is None:
            raise NotFound
        if batch.undone_at is not None:
            raise Refused(_UNDOING)
        imports.hold_committee(batch.committee_id)
        skipped = json.loads(batch.skipped)
        position = batch.taken + len(skipped)
        read = [
            understand(line, work.ground) for line in work.table.lines[position : position + rows]
        ]
        planned = [row for row in read if isinstance(row, Planned)]
        same = {n: bad for n, bad in _alike(planned, by) if isinstance(bad, Bad)}
        for row in read:
            bad = row if isinstance(row, Bad) else same.get(row.number) or _register(row, batch, by)
            if bad is None:
                batch.taken += 1
            else:
                skipped.append([bad.number, bad.reason.zh, bad.reason.en])
        batch.skipped = json.dumps(skipped, ensure_ascii=False)
        if not read:
            batch.rows = batch.taken + len(skipped)


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
        batch = imports.batch(reference, lock=True)
        if batch is not None and batch.undone_at is None:
            batch.undone_at = by.now
            _audit("undo_import", reference, by)


def _take_back_portion(reference: str, by: Hand, rows: int) -> None:
    """They keep their history and say in it that they no longer count."""
    _check_may(by)
    with database.transaction():
        batch = imports.batch(reference, lock=True)
        if batch is None:
            raise NotFound
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
    _check_may(by)
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
    """The columns of the kept file, and the rows that were left out with all their cells."""
    batch = _own(reference, by)
    work = Work.of(batch, by)
    cells = {line.number: line.cells for line in work.table.lines}
    bad = [replace(row, cells=cells.get(row.number, {})) for row in _skipped(batch)]
    db.session.rollback()
    return work.table.columns, bad


def with_cells(file: File, shown: Preview, *, limit: int) -> list[Bad]:
    """The rows a preview leaves out, with all their cells."""
    cells: dict[int, Line] = {line.number: line for line in _table(file, limit).lines}
    return [replace(row, cells=cells[row.number].cells) for row in shown.skipped]


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
    _check_may(by)
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
    return [Bad(number, Text(zh, en)) for number, zh, en in json.loads(batch.skipped)]


def _state_of(batch: ImportBatch) -> State:
    if batch.undone_at is None:
        return _state(batch, 0, 0)
    return _state(batch, imports.count_taken_back(batch.id), imports.count_worked_on(batch.id))


def _state(batch: ImportBatch, taken_back: int, kept: int) -> State:
    if batch.undone_at is not None:
        return State.UNDONE if taken_back + kept >= batch.taken else State.UNDOING
    done = batch.taken + len(json.loads(batch.skipped))
    return State.DONE if done >= batch.rows else State.STOPPED


def _shown(batch: ImportBatch) -> Batch:
    back, kept = imports.count_taken_back(batch.id), imports.count_worked_on(batch.id)
    return Batch(
        id=batch.id,
        reference=batch.reference,
        file_name=batch.file_name,
        place=_place_name(batch.place_id),
        by_name=batch.by_name,
        at=batch.at,
        rows=batch.rows,
        taken=batch.taken,
        skipped=tuple(_skipped(batch)),
        taken_back=back,
        kept=kept,
        state=_state(batch, back, kept),
    )
