"""Looking at a table of cases before it is imported: what would come in, what not, and why."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mediation.errors import Invalid, NotAllowed
from mediation.models import imports, places
from mediation.models.database import db
from mediation.models.imports import Like
from mediation.permissions import Permission, may
from mediation.services import site, tables
from mediation.services.acts import Hand
from mediation.services.case_columns import TALKS, known, missing_columns, unused_columns
from mediation.services.case_rows import Bad, Ground, Planned, understand
from mediation.services.disputes import joined_names, places_to_register
from mediation.services.tables import Line, Table
from mediation.uploads import BadUpload
from mediation.wording import Text

_MAY = Permission.IMPORT_CASES
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
SAME = Text(
    "和已有的{reference}一模一样（人和事都相同），没有再登记",
    "the same as {reference}, which is there already (same people, same facts); not registered twice",
)
SAME_ROW = Text(
    "和这个文件第{n}行一模一样，没有再登记",
    "the same as row {n} of this file; not registered twice",
)


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


def preview(file: File, place_id: int | None, *, by: Hand, limit: int) -> Preview:
    """Read the whole file and say what would happen. Raises Invalid where nothing can be read."""
    check_may(by)
    table, ground = table_of(file, limit), ground_of(place_id, by)
    rows = [understand(line, ground) for line in table.lines]
    planned = [row for row in rows if isinstance(row, Planned)]
    like = dict(alike(planned, by))
    same = {n: found for n, found in like.items() if isinstance(found, Bad)}
    shown = Preview(
        name=file.name,
        form=table.form,
        place=place_name(ground.place_id),
        total=len(rows),
        good=tuple(row for row in planned if row.number not in same),
        bad=tuple(row for row in rows if isinstance(row, Bad)),
        same=tuple(same.values()),
        similar=tuple(found for found in like.values() if isinstance(found, Similar)),
        columns=table.columns,
        unused=unused_columns(table.columns),
        notes=table.notes,
        talks=sum(1 for line in table.lines if line.cells.get(TALKS)),
        earlier=_imported_before(file),
    )
    db.session.rollback()
    return shown


def _imported_before(file: File) -> Text | None:
    for batch in imports.same_file(file.sha256):
        if batch.done >= batch.rows:
            return _IMPORTED.with_(on=batch.at.date(), who=batch.by_name, reference=batch.reference)
    return None


def check_may(by: Hand) -> None:
    verdict = may(by.actor, _MAY)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)


def table_of(file: File, limit: int) -> Table:
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


def ground_of(place_id: int | None, by: Hand) -> Ground:
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
    found = ground_of(None, by).places.get(name.replace(" ", ""))
    if found is None:
        raise Invalid("place_id", _NOT_YOURS)
    return found


def place_name(place_id: int) -> str:
    place = places.place(place_id)
    return place.name if place else ""


_Key = tuple[str, str]
_OWN = re.compile(r"（原编号(.*?)）")


def _key(row: Planned) -> _Key:
    return joined_names(row.names), row.registration.facts


def alike(rows: Sequence[Planned], by: Hand) -> Iterator[tuple[int, Bad | Similar]]:
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


# With all their cells


def with_cells(file: File, shown: Preview, *, limit: int) -> list[Bad]:
    """The rows a preview leaves out, with all their cells."""
    cells: dict[int, Line] = {line.number: line for line in table_of(file, limit).lines}
    return [replace(row, cells=cells[row.number].cells) for row in shown.skipped]
