"""What `mediation print` does: chooses letters, binds volume by volume into a folder, can be paused."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import click

from mediation import bootstrap, jobs
from mediation.errors import NotFound, Refused
from mediation.importing import LIMIT, hand_of, say
from mediation.models.database import db
from mediation.services import print_choices, print_files, print_runs
from mediation.services.acts import Hand
from mediation.services.import_previews import File
from mediation.services.print_choices import Wanted
from mediation.services.print_runs import LEFT_TO_COMMAND, Run, RunState, Step
from mediation.wording import Text

if TYPE_CHECKING:
    from flask import Flask

_TOLD = 20
_FAILED, _PAUSED = 1, 130
NO_RUN = Text(
    "没有{reference}这一批，或不是您发起的。", "There is no run {reference}, or it is not yours."
)
NO_KIND = Text("没有“{kind}”这种文书。", "There is no paper called “{kind}”.")
NO_PLACE = Text(
    "没有“{place}”这个地方，或不归您管。", "There is no place {place}, or it is not yours."
)
NO_FILE = Text("打不开文件{path}：{why}。", "Cannot open {path}: {why}.")
SAME_RUN = Text("批号 {reference}：{asked}", "Run {reference}: {asked}")
FOUND = Text(
    "要印 {letters} 份（先出具 {cases} 件）；没有进来的 {left} 个。",
    "{letters} letters to print ({cases} cases to issue first); {left} left out.",
)
NUMBERS = Text(
    "一共 {all}，印好 {done}，还剩 {left}，没有印成 {failed}。",
    "{all} in all, {done} printed, {left} left, {failed} failed.",
)
CASES = Text("出具：一共 {all} 件，已出具 {done}，出具不了 {failed}。",
             "Issuing: {all} cases, {done} issued, {failed} could not be.")  # fmt: skip
STATES = {
    RunState.CHOSEN: Text("选好了，还没有印。", "Chosen, not begun."),
    RunState.RUNNING: Text("正在印。", "Being printed."),
    RunState.PAUSED: Text("停着。", "Paused."),
    RunState.DONE: Text("印完了。", "Finished."),
    RunState.CANCELLED: Text("取消了。", "Cancelled."),
}
LINE = Text("    {what}：{why}", "    {what}: {why}")
MORE = Text("    还有 {n} 个，在网页上看。", "    and {n} more; the page shows them.")
WROTE = Text("写好 {n} 个文件，在 {folder}。", "{n} files written into {folder}.")
HELD_UP = Text("先停下：{why}", "Paused: {why}")
GO_ON = Text(
    "停下了，没有丢。接着印：mediation print --resume {reference} --as {login} --out {out}",
    "Paused; nothing is lost. To go on: mediation print --resume {reference} --as {login} --out {out}",
)
PRINTING = Text("正在印", "Printing")


def run(app: Flask, *, login: str, out: Path, resume: str | None, **how: Any) -> int:
    """Choose and print, or go on with a run; what the command exits with."""
    with app.app_context(), _known_run(resume or ""):
        by = hand_of(app, login)
        reference = _gone_on(resume, by) if resume else _chosen(how, by)
        return _print(app, reference, by, login, out)


def status(app: Flask, reference: str, *, login: str, pause: bool) -> int:
    """How far a run is; paused first where that is asked for."""
    with app.app_context(), _known_run(reference):
        by = hand_of(app, login)
        if pause:
            print_runs.pause(reference, by=by)
        return _told(print_runs.look(reference, by=by), by)


@contextmanager
def _known_run(reference: str) -> Iterator[None]:
    try:
        yield
    except NotFound as error:
        raise Refused(NO_RUN.with_(reference=reference)) from error


def _gone_on(reference: str, by: Hand) -> str:
    run = print_runs.look(reference, by=by)
    if run.state is RunState.DONE and not (run.failed or run.cases_failed):
        return reference
    go_on = print_runs.try_again if run.failed or run.cases_failed else print_runs.start
    go_on(reference, by=by, after=LEFT_TO_COMMAND)
    return reference


def _chosen(how: dict[str, Any], by: Hand) -> str:
    single, volume_size = how.pop("single"), how.pop("volume_size")
    wanted = _wanted(by=by, **how)
    asked = wanted.kind.label if wanted.kind else Text("按命令选的", "chosen by a command")
    reference = print_runs.choose(
        wanted, single=single, volume_size=volume_size, asked=asked, by=by
    )
    run = print_runs.look(reference, by=by)
    say(SAME_RUN.with_(reference=reference, asked=run.asked), err=True)
    say(FOUND.with_(letters=run.letters, cases=run.cases, left=len(run.left_out)), err=True)
    print_runs.start(reference, by=by, after=LEFT_TO_COMMAND)
    return reference


def _wanted(
    *, by: Hand, kind: str | None, table: Path | None, place: str | None,
    cases: tuple[str, ...], papers: tuple[str, ...], from_on: datetime | None,
    to_on: datetime | None, not_printed: bool, issue: bool,
) -> Wanted:  # fmt: skip
    document = print_choices.kind_named(kind) if kind else None
    if kind and document is None:
        raise Refused(NO_KIND.with_(kind=kind))
    return Wanted(
        papers=papers, cases=cases, file=_file(table) if table else None, kind=document,
        place_id=_place(place, by) if place else None, from_on=_day(from_on), to_on=_day(to_on),
        not_printed=not_printed, issue=issue,
    )  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _place(name: str, by: Hand) -> int:
    found = [p.id for p in print_choices.places_to_print(by=by) if p.name == name]
    if not found:
        raise Refused(NO_PLACE.with_(place=name))
    return found[0]


def _file(path: Path) -> File:
    try:
        with path.open("rb") as opened:
            return File(path.name, opened.read(LIMIT + 1))
    except OSError as error:
        raise Refused(NO_FILE.with_(path=path, why=error.strerror)) from error


def _print(app: Flask, reference: str, by: Hand, login: str, out: Path) -> int:
    """To the end; each volume is in the folder as soon as it is bound."""
    written = print_files.write_into(out, reference, by=by)
    try:
        with _bar(print_runs.look(reference, by=by)) as told:
            while _step(app, reference, by):
                written += print_files.write_into(out, reference, by=by)
                told(print_runs.look(reference, by=by))
    except KeyboardInterrupt:
        db.session.rollback()
        print_runs.pause(reference, by=by)
        say(GO_ON.with_(reference=reference, login=login, out=out), err=True)
        return _PAUSED
    except Refused as refusal:  # a full disk: nothing is lost, and it can be gone on with
        print_runs.pause(reference, by=by)
        say(HELD_UP.with_(why=jobs.why(refusal)), err=True)
        say(GO_ON.with_(reference=reference, login=login, out=out), err=True)
        return _FAILED
    written += print_files.write_into(out, reference, by=by)
    say(WROTE.with_(n=written, folder=out), err=True)
    return _told(print_runs.look(reference, by=by), by)


def _step(app: Flask, reference: str, by: Hand) -> bool:
    """One step; False when there is nothing more to do, or somebody paused it."""
    run = print_runs.look(reference, by=by)
    print_runs.leave_to(run.id, by.now + LEFT_TO_COMMAND)
    step = print_runs.advance(run.id, by.clock)
    if step is Step.WAITS and not jobs.run_due(app):
        sleep(0.5)  # the site's own worker has them in hand
    return step in (Step.MADE, Step.WAITS)


@contextmanager
def _bar(run: Run) -> Iterator[Callable[[Run], None]]:
    words = PRINTING.in_(bootstrap.language())
    with click.progressbar(length=run.all, label=words, file=sys.stderr) as bar:

        def told(now: Run) -> None:
            bar.length = now.all
            bar.update(max(now.behind - bar.pos, 0))

        told(run)
        yield told


def _told(run: Run, by: Hand) -> int:
    """How far it is, and what failed with its reason; 1 where anything failed."""
    say(STATES[run.state])
    if run.trouble:
        say(run.trouble)
    if run.cases:
        say(CASES.with_(all=run.cases, done=run.cases_done, failed=run.cases_failed))
    say(NUMBERS.with_(all=run.letters, done=run.done, left=run.left, failed=run.failed))
    failed = [(row.name, why) for row, why in print_runs.failures(run.reference, by=by)]
    lines: list[tuple[object, Text]] = [*failed, *((one.what, one.why) for one in run.left_out)]
    for what, why in lines[:_TOLD]:
        say(LINE.with_(what=what, why=why))
    if len(lines) > _TOLD:
        say(MORE.with_(n=len(lines) - _TOLD))
    return _FAILED if run.any_failed else 0
