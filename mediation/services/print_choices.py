"""Which papers a print run holds: named one by one, found by what they are, or listed in a table.

Whatever was asked for and is not in the run is told with its reason, row by row; nothing is lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from mediation import uploads
from mediation.errors import Invalid, Refused
from mediation.models import places, print_choices
from mediation.models.print_choices import Sought
from mediation.permissions import Actor, Permission
from mediation.services import spreadsheets, tables
from mediation.services.acts import Hand
from mediation.services.import_previews import File
from mediation.services.paper_files import kind_label
from mediation.uploads import BadUpload, TableKind
from mediation.wording import Text
from mediation.workflow.documents import Document
from mediation.workflow.stages import Phase, Stage

T = TypeVar("T")
MOST = 10_000
_CHUNK = 1000
_LARGEST = 20 * 1024 * 1024
# A slip opens the party's own page: each is handed over by itself, never out of a heap.
NEVER = (Document.CASE_SLIP.folder,)
_HEADINGS = (
    Text("编号", "number"), Text("案号", "reference"), Text("卷号", "volume number"),
    Text("案件", "case"), Text("案件编号", "case number"), Text("文书", "paper"),
    Text("文书编号", "paper number"),
)  # fmt: skip
_KNOWN_HEADINGS = {tables.normal(word) for said in _HEADINGS for word in (said.zh, said.en)}
_TOO_MANY = Text(
    "超过{n}份了。把条件收窄，分几批印。",
    "More than {n} letters. Narrow it down and print in several runs.",
)
_NOTHING = Text(
    "没有找到能印的文书。换一个条件再找。",
    "There is nothing to print. Look for something else.",
)
_NOT_FOUND = Text("没有找到，或者不归您管", "not found, or not yours")
_NO_PAPER = Text("这件没有要印的文书", "this case has no such paper")
_NO_KIND = Text("没有“{kind}”这种文书", "there is no paper called “{kind}”")
_NO_SLIPS = Text(
    "案件码小条不能批量印，要一张一张当面给",
    "case code slips are handed over one by one, never in a batch",
)
_NO_TABLE = Text("表里一行也没有。", "The table has no rows.")
_NOT_ON_REQUEST = Text(
    "“{kind}”不是随时可以出具的文书，由办案的步骤自动出具。",
    "“{kind}” is issued by a step of the case, not on request.",
)
_ISSUE_WHAT = Text("先选要出具哪一种文书。", "Choose which paper is to be issued.")
_NO_DAYS = Text(
    "出具新文书时不能按出具日期找案件。去掉日期再来。",
    "Cases for new papers are not found by the day of issue. Leave the days out.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for. `issue` asks for a new paper of `kind` for each case that fits."""

    papers: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    file: File | None = None
    kind: Document | None = None
    place_id: int | None = None
    phase: Phase | None = None
    from_on: date | None = None
    to_on: date | None = None
    not_printed: bool = False
    issue: bool = False

    @property
    def named(self) -> bool:
        """Whether papers or cases were named, rather than described."""
        return bool(self.papers or self.cases or self.file)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something asked for that is not in the run, and why."""

    what: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of papers, or of the cases a paper is to be issued for, each once and in order."""

    papers: tuple[int, ...] = ()
    cases: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Name:
    """One paper or case as somebody wrote it, and where."""

    name: str
    where: Text
    kind: str = ""
    paper_first: bool = False
    wrong: Text | None = None


def choose(wanted: Wanted, *, by: Hand) -> Chosen:
    """What it comes to. Raises Refused where nothing does, or too much."""
    actor = printer(by.actor)
    sought = _sought(wanted, actor)
    if wanted.issue:
        found = _cases(wanted, sought, actor)
    elif wanted.named:
        found = _named(list(_names(wanted)), sought, actor)
    else:
        rows = print_choices.papers_sought(sought, by=actor, never=NEVER, limit=MOST + 1)
        found = Chosen(papers=tuple(paper for paper, _, _ in rows))
    if not found.papers and not found.cases and not found.left_out:
        raise Refused(_NOTHING)
    if max(len(found.papers), len(found.cases)) > MOST:
        raise Refused(_TOO_MANY.with_(n=MOST))
    return found


def printer(actor: Actor) -> Actor:
    """The same person with those posts alone that print in batches: only they give reach here."""
    roles = Permission.PRINT_IN_BATCHES.value.roles
    return replace(actor, posts=tuple(post for post in actor.posts if post.role in roles))


def kinds(*, on_request: bool = False) -> tuple[Document, ...]:
    """What can be printed in a batch, or issued for many cases."""
    return tuple(
        d for d in Document if d.folder not in NEVER and (d.value.on_request or not on_request)
    )


def kind_named(said: str) -> Document | None:
    """By its folder or either of its names."""
    wanted = said.strip()
    return next((d for d in Document if wanted in (d.folder, d.name, d.label.zh, d.label.en)), None)


@dataclass(frozen=True, slots=True)
class PrintPlace:
    id: int
    name: str


def places_to_print(*, by: Hand) -> list[PrintPlace]:
    """Places at or below this person's posts at which a committee stands."""
    paths = {post.place_path for post in printer(by.actor).posts}
    rows = {row.id: row for path in sorted(paths) for row in places.places_under(path)}
    with_committee = {committee.place_id for committee in places.committees()}
    above = [row for row in rows.values() if row.id in with_committee]
    return [PrintPlace(row.id, row.name) for row in above]


@dataclass(frozen=True, slots=True)
class Ticked:
    """A case or a paper that was ticked in a list."""

    name: str
    label: Text


def ticked(cases: list[str], papers: list[str], *, by: Hand) -> list[Ticked]:
    """Those of them that are this person's, as a page names them."""
    rows = print_choices.called(cases[:_CHUNK], papers[:_CHUNK], by=printer(by.actor))
    return [Ticked(name, _said(title, kind)) for name, title, kind in rows if kind not in NEVER]


def _said(title: str, kind: str) -> Text:
    if not kind:
        return Text(title, title)
    label = kind_label(kind)
    return Text(f"{label.zh}，{title}", f"{label.en}, {title}")


def _sought(wanted: Wanted, actor: Actor) -> Sought:
    place = places.place(wanted.place_id) if wanted.place_id else None
    return Sought(
        kind=wanted.kind.folder if wanted.kind else "",
        place_path=place.path if place else "",
        stages=tuple(s for s in Stage if s.phase is wanted.phase) if wanted.phase else (),
        from_on=wanted.from_on,
        to_on=wanted.to_on,
        not_printed=wanted.not_printed,
    )


# Named one by one.


def _names(wanted: Wanted) -> Iterator[_Name]:
    for said in wanted.papers:
        yield _Name(said.strip(), Text(said, said), paper_first=True)
    for said in wanted.cases:
        yield _Name(said.strip(), Text(said, said))
    if wanted.file is not None:
        yield from _rows(wanted.file)


def _rows(file: File) -> Iterator[_Name]:
    """A column of names, and perhaps a second one that says which kind. The heading is optional."""
    rows = [(n, [cell.strip() for cell in cells]) for n, cells in _read(file)]
    rows = [(n, cells) for n, cells in rows if any(cells)]
    if rows and tables.normal(rows[0][1][0]) in _KNOWN_HEADINGS:
        rows = rows[1:]
    if not rows:
        raise Refused(_NO_TABLE)
    for number, cells in rows:
        yield _row(number, cells)


def _row(number: int, cells: list[str]) -> _Name:
    name, kind = cells[0], cells[1] if len(cells) > 1 else ""
    where = Text("第{n}行“{name}”", "row {n} “{name}”").with_(n=number, name=name[:60])
    document = kind_named(kind) if kind else None
    if kind and document is None:
        return _Name(name, where, wrong=_NO_KIND.with_(kind=kind[:40]))
    return _Name(name, where, kind=document.folder if document else "")


def _read(file: File) -> Iterable[tuple[int, list[str]]]:
    """Raises Invalid for what is no table."""
    try:
        return _opened(file)
    except BadUpload as bad:
        raise Invalid("file", bad.text) from bad


def _opened(file: File) -> Iterable[tuple[int, list[str]]]:
    form = uploads.examine_table(file.content, limit=_LARGEST)
    if form is TableKind.XLSX:
        return spreadsheets.read(file.content, most_rows=MOST + 2).rows
    words = tables.decoded(file.content)
    sign = max(",;\t", key=words.count)
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=sign)
    try:
        return list(enumerate(lines, start=1))
    except csv.Error as error:
        raise BadUpload(tables.TOO_LONG) from error


def _named(names: list[_Name], sought: Sought, actor: Actor) -> Chosen:
    told = [name.name for name in names]
    cases = _by_chunks(told, lambda part: print_choices.cases_named(part, by=actor))
    papers = _by_chunks(told, lambda part: print_choices.papers_named(part, by=actor, never=NEVER))
    fitting = _fitting(sorted(set(cases.values())), sought, actor)
    found: dict[int, None] = {}
    left_out: list[LeftOut] = []
    for name in names:
        own = _papers_of(name, cases, papers, fitting)
        if isinstance(own, Text):
            left_out.append(LeftOut(name.where, own))
        else:
            found |= dict.fromkeys(own)
    return Chosen(papers=tuple(found), left_out=tuple(left_out))


def _by_chunks(names: list[str], find: Callable[[list[str]], dict[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for at in range(0, len(names), _CHUNK):
        found |= find(names[at : at + _CHUNK])
    return found


def _fitting(cases: list[int], sought: Sought, actor: Actor) -> dict[int, list[tuple[int, str]]]:
    """The papers of these cases that fit, by case: (id, kind) each."""
    found: dict[int, list[tuple[int, str]]] = {}
    for at in range(0, len(cases), _CHUNK):
        part = replace(sought, dispute_ids=tuple(cases[at : at + _CHUNK]))
        for paper, case, kind in print_choices.papers_sought(
            part, by=actor, never=NEVER, limit=MOST * 10
        ):
            found.setdefault(case, []).append((paper, kind))
    return found


def _papers_of(
    name: _Name, cases: dict[str, int], papers: dict[str, list[int]],
    fitting: dict[int, list[tuple[int, str]]],
) -> list[int] | Text:  # fmt: skip
    """The papers a name stands for, or why there are none."""
    if name.wrong is not None:
        return name.wrong
    if name.kind in NEVER:
        return _NO_SLIPS
    if name.name in papers and (name.paper_first or name.name not in cases):
        return papers[name.name]
    if name.name not in cases:
        return _NOT_FOUND
    own = fitting.get(cases[name.name], [])
    return [paper for paper, kind in own if name.kind in ("", kind)] or _NO_PAPER


# Cases for which a paper is issued.


def _cases(wanted: Wanted, sought: Sought, actor: Actor) -> Chosen:
    if wanted.kind is None:
        raise Refused(_ISSUE_WHAT)
    if not wanted.kind.value.on_request:
        raise Refused(_NOT_ON_REQUEST.with_(kind=wanted.kind.label))
    if wanted.from_on or wanted.to_on or wanted.not_printed:
        raise Refused(_NO_DAYS)
    if not wanted.named:
        open_to = replace(sought, kind="")
        return Chosen(cases=tuple(print_choices.case_ids(open_to, by=actor, limit=MOST + 1)))
    names = list(_names(wanted))
    cases = _by_chunks([n.name for n in names], lambda p: print_choices.cases_named(p, by=actor))
    left_out = tuple(
        LeftOut(n.where, n.wrong or _NOT_FOUND) for n in names if n.wrong or n.name not in cases
    )
    found = dict.fromkeys(cases[n.name] for n in names if not n.wrong and n.name in cases)
    return Chosen(cases=tuple(found), left_out=left_out)
