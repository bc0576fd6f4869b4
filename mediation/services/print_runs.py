"""Print runs: many letters chosen at once, bound volume by volume, paused, gone on with, cancelled.

A run does one small thing at a time: it issues a few papers, or binds one volume. What it did is
recorded with the items it concerns in one transaction; killed anywhere, it goes on from there.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from mediation import codes
from mediation.clock import Clock
from mediation.documents import merging
from mediation.errors import NotAllowed, NotFound, Refused
from mediation.models import database, history, outbox, print_runs
from mediation.models.database import db
from mediation.models.print_runs import (
    Failed,
    ItemState,
    Letter,
    PrintCase,
    PrintFile,
    PrintItem,
    PrintRun,
)
from mediation.models.print_runs import RunState as RunState  # pages and commands tell states apart
from mediation.permissions import Permission, may
from mediation.services import print_choices, print_issues, site
from mediation.services.acts import Hand, free_act
from mediation.services.paper_files import kind_label, why_of
from mediation.services.print_choices import LeftOut, Wanted
from mediation.store import FileLost
from mediation.wording import Text
from mediation.workflow.words import PaperState

JOB = "print_run"
VOLUME = 50
LARGEST_VOLUME = 500
PAGE = 25
TOLD = 50
_MAY = Permission.PRINT_IN_BATCHES
_NOW, _SOON = timedelta(), timedelta(seconds=3)
# How long the site leaves a run to a command that is at it, should nothing more be heard.
LEFT_TO_COMMAND = timedelta(minutes=2)
log = logging.getLogger(__name__)

_WITHDRAWN = Text("已经撤回，没有印", "taken back, so it was not printed")
_LOST = Text(
    "文件坏了或不见了，请系统管理员从备份恢复",
    "its file is damaged or gone; the administrator can restore it from a backup",
)
_NOT_DRAWN = Text("没有生成：{why}", "it could not be drawn: {why}")
_UNSAID = Text("没有记下原因", "no reason was kept")
_OVER = Text("这一批已经印完或取消了。", "This run is finished or cancelled.")


class Step(Enum):
    """What came of one step of a run."""

    MADE = "made"
    WAITS = "waits"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One bound file."""

    number: int
    letters: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run as its page and the command show it. `cases` are those a paper is issued for."""

    id: int
    reference: str
    at: datetime
    by_name: str
    asked: Text
    state: RunState
    issue_label: Text | None
    single: bool
    volume_size: int
    trouble: Text | None
    cases: int
    cases_done: int
    cases_failed: int
    letters: int
    done: int
    failed: int
    kinds: tuple[tuple[Text, int], ...]
    left_out: tuple[LeftOut, ...]
    volumes: tuple[Volume, ...]

    @property
    def left(self) -> int:
        return self.letters - self.done - self.failed

    @property
    def all(self) -> int:
        """Everything there is to do: cases to issue for and letters to print."""
        return self.cases + self.letters

    @property
    def behind(self) -> int:
        return self.cases_done + self.cases_failed + self.done + self.failed

    @property
    def any_failed(self) -> bool:
        return bool(self.failed or self.cases_failed or self.left_out)


# Making one, and what its owner does with it.


def choose(wanted: Wanted, *, single: bool, volume_size: int, asked: Text, by: Hand) -> str:
    """Look up what is wanted and keep it as a run that has not begun; returns its reference."""
    _check_may(by)
    chosen = print_choices.choose(wanted, by=by)
    reference = codes.new_reference()
    left_out = [(one.what.zh, one.what.en, one.why.zh, one.why.en) for one in chosen.left_out]
    with free_act(by=by, permission=_MAY, answer=reference):
        assert by.actor.account_id is not None  # a party holds no permission to print
        run = PrintRun(
            reference=reference, by_id=by.actor.account_id, by_name=by.name[:40], at=by.now,
            asked=_kept(asked), left_out=json.dumps(left_out, ensure_ascii=False),
            issue_kind=wanted.kind.folder if wanted.issue and wanted.kind else "",
            single=single, volume_size=max(1, min(volume_size, LARGEST_VOLUME)),
        )  # fmt: skip
        db.session.add(run)
        db.session.flush()
        db.session.add_all(PrintCase(run_id=run.id, dispute_id=case) for case in chosen.cases)
        print_runs.add_items(run.id, list(chosen.papers), volume_size=run.volume_size)
    return reference


def start(reference: str, *, by: Hand, after: timedelta = _NOW) -> None:
    """Begin, or go on: a run that was chosen or paused. `after` leaves it to the caller first."""
    with _changing(reference, by) as run:
        if run.state in (RunState.DONE, RunState.CANCELLED):
            raise Refused(_OVER)
        if run.state is RunState.CHOSEN:
            audit("print_run", f"print {reference}", by)
        run.state, run.trouble = RunState.RUNNING, ""
        _queue(run, by.now + after)


def pause(reference: str, *, by: Hand) -> None:
    """After the volume in hand nothing more is done, until somebody goes on."""
    with _changing(reference, by) as run:
        if run.state is RunState.RUNNING:
            run.state = RunState.PAUSED


def cancel(reference: str, *, by: Hand) -> None:
    """What is bound stays; nothing more is added."""
    with _changing(reference, by) as run:
        if run.state not in (RunState.DONE, RunState.CANCELLED):
            run.state, run.ended_at = RunState.CANCELLED, by.now


def try_again(reference: str, *, by: Hand, after: timedelta = _NOW) -> None:
    """What failed once more: letters in a volume of their own at the end."""
    with _changing(reference, by) as run:
        if run.state is RunState.CANCELLED:
            raise Refused(_OVER)
        for case in print_runs.cases_in(run.id, ItemState.FAILED):
            case.state, case.failure = ItemState.WAITING, ""
        position, volume = print_runs.last_item(run.id)
        for at, item in enumerate(print_runs.failed_items(run.id), start=1):
            item.position, item.volume = position + at, volume + 1 + (at - 1) // run.volume_size
            item.state, item.failure = ItemState.WAITING, ""
        run.state, run.trouble, run.ended_at = RunState.RUNNING, "", None
        _queue(run, by.now + after)


@contextmanager
def _changing(reference: str, by: Hand) -> Iterator[PrintRun]:
    """One's own run, locked, in one transaction with the form's token."""
    with free_act(by=by, permission=_MAY, answer=reference):
        yield own_run(reference, by, lock=True)


def own_run(reference: str, by: Hand, *, lock: bool = False) -> PrintRun:
    """Raises NotFound for somebody else's."""
    _check_may(by)
    run = print_runs.run_by_reference(reference, lock=lock)
    if run is None or run.by_id != by.actor.account_id:
        raise NotFound
    return run


def _check_may(by: Hand) -> None:
    verdict = may(by.actor, _MAY)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)


def _queue(run: PrintRun, at: datetime) -> None:
    outbox.put(JOB, f"{JOB}:{run.reference}:{codes.new_reference()}", run.id, at)


def audit(act: str, subject: str, by: Hand) -> None:
    history.audit(
        history.AuditEntry(
            at=by.now, account_id=by.actor.account_id, by_name=by.name, act=act,
            subject=subject[:120],
        )
    )  # fmt: skip


def _kept(said: Text) -> str:
    return f"{said.zh}\n{said.en}"


# Going on, a step at a time.


def work(run_id: int, clock: Clock) -> None:
    """One step for the outbox's worker, and the next one put in line."""
    step = advance(run_id, clock)
    if step not in (Step.MADE, Step.WAITS):
        return
    with database.transaction():
        run = print_runs.run_by_id(run_id)
        if run is not None and outbox.count_ahead(JOB, run_id) <= 1:  # no other line is waiting
            _queue(run, clock.now() + (_NOW if step is Step.MADE else _SOON))


def stop(run_id: int, why: Text) -> None:
    """Pause a run that cannot go on, with the reason for its owner."""
    with database.transaction():
        run = print_runs.run_by_id(run_id, lock=True)
        if run is not None and run.state is RunState.RUNNING:
            run.state, run.trouble = RunState.PAUSED, _kept(why)


def note_trouble(run_id: int, why: Text) -> None:
    """What stands in the way just now; it is tried again by itself."""
    with database.transaction():
        run = print_runs.run_by_id(run_id, lock=True)
        if run is not None:
            run.trouble = _kept(why)


def leave_to(run_id: int, until: datetime) -> None:
    """A command is at it: the site's own worker looks in later."""
    with database.transaction():
        outbox.put_off(JOB, run_id, until)


def advance(run_id: int, clock: Clock) -> Step:
    """Issue the next few papers, or bind the next volume. Raises Refused where the disk is full."""
    run = print_runs.run_by_id(run_id)
    let_go()
    if run is None or run.state is not RunState.RUNNING:
        return Step.STOPPED
    try:
        if run.issue_kind and print_issues.issue_next(run, clock):
            return Step.MADE
    except print_issues.NobodyLeft:
        stop(run_id, print_issues.NO_ACCOUNT)
        return Step.STOPPED
    volume = print_runs.next_volume(run_id)
    letters = print_runs.letters(run_id, volume=volume) if volume is not None else []
    db.session.rollback()
    if volume is None:
        return _finish(run_id, clock)
    _bind(run, volume, letters, clock)
    return Step.MADE


def let_go() -> None:
    """End reading: rows keep what was read, and nobody waits for our transaction."""
    db.session.expunge_all()
    db.session.rollback()


def _finish(run_id: int, clock: Clock) -> Step:
    with database.transaction():
        run = print_runs.run_by_id(run_id, lock=True)
        if run is None or run.state is not RunState.RUNNING:
            return Step.STOPPED
        if ItemState.WAITING in print_runs.counts(PrintItem, run_id):
            return Step.WAITS
        run.state, run.trouble, run.ended_at = RunState.DONE, "", clock.now()
    return Step.DONE


def _bind(run: PrintRun, volume: int, letters: list[Letter], clock: Clock) -> None:
    """The stored papers of one volume in one file; recorded only if nobody did so meanwhile."""
    read = {letter.item_id: content_of(letter) for letter in letters}
    parts = [(one, c) for one in letters if isinstance(c := read[one.item_id], bytes)]
    bound = None if run.single or not parts else merged(run.reference, volume, parts)
    kept = site.here().store.put(bound.pdf) if bound else ""
    with database.transaction():
        found = print_runs.run_by_id(run.id, lock=True)
        items = print_runs.items_of(run.id, volume, lock=True)
        settled = any(item.state is not ItemState.WAITING for item in items)
        if found is None or found.state is RunState.CANCELLED or settled:
            return
        for item in items:
            why = read.get(item.id)
            item.state = ItemState.DONE if isinstance(why, bytes) else ItemState.FAILED
            item.failure = _kept(why) if isinstance(why, Text) else ""
        found.trouble = ""
        if bound:
            db.session.add(
                PrintFile(
                    run_id=run.id, volume=volume, sha256=kept, letters=len(parts),
                    pages=bound.pages, at=clock.now(),
                )
            )  # fmt: skip


def merged(reference: str, volume: int, parts: list[tuple[Letter, bytes]]) -> merging.Merged:
    """One volume; the same letters give the same bytes, whenever it is bound."""
    pieces = (merging.Part(name_of(letter), content) for letter, content in parts)
    return merging.merge(pieces, title=f"{reference}-{volume:03d}")


def content_of(letter: Letter) -> bytes | Text:
    """The paper as it was drawn, or why it is not printed."""
    if letter.paper_state is PaperState.WITHDRAWN:
        return _WITHDRAWN
    if not letter.sha256:
        return _NOT_DRAWN.with_(why=why_of(letter.paper_failure) or _UNSAID)
    try:
        return site.here().store.get(letter.sha256)
    except FileLost:
        log.warning("print run: the file of paper %s is damaged or gone", letter.paper_id)
        return _LOST


def name_of(letter: Letter) -> str:
    """What a letter is called in a volume's bookmarks and as a file of its own."""
    whose = f"（{letter.party}）" if letter.party else ""
    return f"{letter.number}{kind_label(letter.kind).zh}{whose}"


# Showing.


def look(reference: str, *, by: Hand) -> Run:
    """One run. Raises NotFound where it is not this person's."""
    found = _shown(own_run(reference, by))
    db.session.rollback()
    return found


def latest(*, by: Hand, before: int | None = None) -> tuple[list[Run], int | None]:
    """A page of one's runs, newest first, and the key of the next page."""
    rows = print_runs.runs_of(by.actor.account_id or 0, before=before, limit=PAGE + 1)
    found = [_shown(row) for row in rows[:PAGE]]
    db.session.rollback()
    return found, rows[PAGE - 1].id if len(rows) > PAGE else None


def failures(reference: str, *, by: Hand) -> list[tuple[Failed, Text]]:
    """What failed and why: cases first, then letters; at most `TOLD` of each."""
    run = own_run(reference, by)
    rows = [*print_runs.failed_cases(run.id, TOLD), *print_runs.failed_letters(run.id, TOLD)]
    db.session.rollback()
    return [(row, why_of(row.failure) or _UNSAID) for row in rows]


def _shown(run: PrintRun) -> Run:
    items, cases = print_runs.counts(PrintItem, run.id), print_runs.counts(PrintCase, run.id)
    left_out = [LeftOut(Text(a, b), Text(c, d)) for a, b, c, d in json.loads(run.left_out)]
    return Run(
        id=run.id, reference=run.reference, at=run.at, by_name=run.by_name,
        asked=why_of(run.asked) or Text("", ""), state=run.state,
        issue_label=kind_label(run.issue_kind) if run.issue_kind else None,
        single=run.single, volume_size=run.volume_size, trouble=why_of(run.trouble),
        cases=sum(cases.values()), cases_done=cases.get(ItemState.DONE, 0),
        cases_failed=cases.get(ItemState.FAILED, 0), letters=sum(items.values()),
        done=items.get(ItemState.DONE, 0), failed=items.get(ItemState.FAILED, 0),
        kinds=tuple((kind_label(k), n) for k, n in print_runs.kinds_in(run.id)),
        left_out=tuple(left_out),
        volumes=tuple(
            Volume(number=f.volume, letters=f.letters, pages=f.pages)
            for f in print_runs.files_of(run.id)
        ),
    )  # fmt: skip
