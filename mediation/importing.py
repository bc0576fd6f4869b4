"""`mediation import`: look at a table of cases, register it with a bar that shows how far, undo it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation import bootstrap
from mediation.errors import AlreadyDone, NotFound, Refused
from mediation.models import accounts
from mediation.models.database import db
from mediation.services import import_files, import_previews, imports
from mediation.services.acts import Hand
from mediation.services.case_rows import Bad
from mediation.services.import_previews import File, Preview
from mediation.services.imports import NOTHING, Batch, State
from mediation.services.sign_ins import actor_for
from mediation.wording import Text

if TYPE_CHECKING:
    from flask import Flask

# A terminal has its own limit: what the machine can hold in memory with ease.
LIMIT = 50 * 1024 * 1024
_TOLD = 20
NOBODY = Text(
    "没有“{login}”这个账号，或已停用。", "There is no account {login}, or it is switched off."
)
NO_FILE = Text("打不开文件{path}：{why}。", "Cannot open {path}: {why}.")
NO_BATCH = Text(
    "没有{reference}这一批，或不归您管。", "There is no batch {reference}, or it is not yours."
)
WOULD = Text(
    "{name}（{form}）：{total} 行。可以登记 {good} 件，读不懂 {bad} 行，已经在的 {same} 行。"
    "没有写地点的登记在{place}。",
    "{name} ({form}): {total} rows. {good} can be registered, {bad} cannot be read, {same} are there "
    "already. Cases that name no place go to {place}.",
)
UNUSED = Text("没有用到的列：{names}。", "Columns not used: {names}.")
TALKS = Text(
    "{n} 行带有对话；对话不写进案件，留在原文件里（加密保存）。",
    "{n} rows bring a dialogue; it is not written into the case and stays in the file, kept sealed.",
)
ROW = Text("    第{n}行：{reason}。", "    row {n}: {reason}.")
MORE = Text(
    "    还有 {n} 行，都在错误文件里（--errors）。", "    and {n} more; --errors writes them all."
)
SIMILAR = Text("    第{n}行“{title}”：和{other}的当事人相同，请看看是不是一件事。",
               "    row {n} “{title}”: the same people as {other}; see whether it is one matter.")  # fmt: skip
THE_CASE = Text("已有的{reference}", "{reference}, which is there already")
THE_ROW = Text("第{n}行", "row {n}")
ASK = Text("登记这 {n} 件？", "Register these {n}?")
NOT_DONE = Text("没有登记，什么都没有写。", "Nothing was registered; nothing was written.")
GOING_ON = Text(
    "接着上次没有导完的{reference}。", "Going on with {reference}, which was not finished."
)
REGISTERING = Text("正在登记", "Registering")
TAKING_BACK = Text("正在撤销", "Undoing")
CAME_IN = Text(
    "登记了 {taken} 件，跳过 {skipped} 行。批号 {reference}，撤销用：mediation import --undo {reference} --as {login}",
    "{taken} registered, {skipped} rows skipped. Batch {reference}; to undo it: "
    "mediation import --undo {reference} --as {login}",
)
WENT_BACK = Text(
    "{reference} 已撤销：收回 {back} 件，{kept} 件已经有人办过，留着没动。",
    "{reference} is undone: {back} taken back; {kept} stay, because somebody has worked on them.",
)
STOPPED = Text(
    "停在第 {done} 行（共 {all} 行）。同样的命令再来一次就接着导；不要了就 --undo {reference}。",
    "Stopped after row {done} of {all}. The same command goes on from there; --undo {reference} "
    "takes it back.",
)
WRITTEN = Text(
    "没有进来的 {n} 行和原因，写在{path}。", "{n} rows that were left out, and why, are in {path}."
)


def undo(app: Flask, reference: str, *, login: str) -> None:
    """Take a whole import back, but for cases that somebody has worked on."""
    with app.app_context():
        by = hand_of(app, login)
        try:
            imports.undo(reference, by=by)
            all_of_it = imports.look(reference, by=by).taken
            batch = _run(reference, by, all_of_it, TAKING_BACK)
        except NotFound as error:
            raise Refused(NO_BATCH.with_(reference=reference)) from error
    say(WENT_BACK.with_(reference=reference, back=batch.taken_back, kept=batch.kept))


def bring_in(
    app: Flask, path: Path, *, login: str, place: str | None, only_look: bool, yes: bool,
    errors: Path | None,
) -> None:  # fmt: skip
    """Look at the file, ask, register. Raises Refused where nothing in it could be read."""
    with app.app_context():
        by = hand_of(app, login)
        file = _file(path)
        place_id = import_previews.place_named(place, by=by) if place else None
        shown = import_previews.preview(file, place_id, by=by, limit=LIMIT)
        _tell(shown)
        if errors is not None and shown.skipped:
            columns = shown.columns
            _write(errors, columns, import_previews.with_cells(file, shown, limit=LIMIT))
        if not shown.good and not shown.same:
            raise Refused(NOTHING)
        if shown.earlier is not None:
            say(shown.earlier)
        elif not only_look:
            _register(file, place_id, shown, by, login, yes=yes)


def _register(
    file: File, place_id: int | None, shown: Preview, by: Hand, login: str, *, yes: bool
) -> None:
    if not shown.good and not imports.unfinished(file, by=by):
        return
    asked = ASK.with_(n=len(shown.good)).in_(bootstrap.language())
    if not yes and not click.confirm(asked, default=False, err=True):
        say(NOT_DONE)
        return
    try:
        reference = imports.begin(file, place_id, by=by, limit=LIMIT)
    except AlreadyDone as unfinished:
        reference = unfinished.answer
        say(GOING_ON.with_(reference=reference))
    batch = _run(reference, by, shown.total, REGISTERING)
    summed = CAME_IN.with_(
        taken=batch.taken, skipped=len(batch.skipped), reference=reference, login=login
    )
    say(summed)


def _run(reference: str, by: Hand, length: int, label: Text) -> Batch:
    """To the end; killed on the way, everything up to the last portion is kept, and it says so."""
    try:
        with _bar(length, label) as told:
            return imports.run(reference, by=by, told=told)
    except KeyboardInterrupt:
        db.session.rollback()
        batch = imports.look(reference, by=by)
        if batch.state is State.STOPPED:
            say(STOPPED.with_(done=batch.done, all=batch.all, reference=reference), err=True)
        sys.exit(130)


@contextmanager
def _bar(length: int, label: Text) -> Iterator[Callable[[int], None]]:
    words = label.in_(bootstrap.language())
    with click.progressbar(length=length, label=words, file=sys.stderr) as bar:
        yield lambda done: bar.update(max(done - bar.pos, 0))


def hand_of(app: Flask, login: str) -> Hand:
    clock = app.extensions["clock"]
    account = accounts.account_by_login(login)
    if account is None or not account.active:
        raise Refused(NOBODY.with_(login=login))
    actor = actor_for(account, clock)
    db.session.rollback()
    return Hand(actor, clock, public_address=app.extensions["config"].public_address)


def _file(path: Path) -> File:
    try:
        with path.open("rb") as opened:
            return File(path.name, opened.read(LIMIT + 1))
    except OSError as error:
        raise Refused(NO_FILE.with_(path=path, why=error.strerror)) from error


def _tell(shown: Preview) -> None:
    say(
        WOULD.with_(
            name=shown.name, form=shown.form, total=shown.total, good=len(shown.good),
            bad=len(shown.bad), same=len(shown.same), place=shown.place,
        )
    )  # fmt: skip
    for note in shown.notes:
        say(note)
    if shown.unused:
        say(UNUSED.with_(names="、".join(shown.unused)))
    if shown.talks:
        say(TALKS.with_(n=shown.talks))
    if shown.earlier is not None:
        return
    for bad in shown.skipped[:_TOLD]:
        say(ROW.with_(n=bad.number, reason=bad.reason))
    if len(shown.skipped) > _TOLD:
        say(MORE.with_(n=len(shown.skipped) - _TOLD))
    for one in shown.similar[:_TOLD]:
        other = (
            THE_CASE.with_(reference=one.reference) if one.reference else THE_ROW.with_(n=one.row)
        )
        say(SIMILAR.with_(n=one.number, title=one.title, other=other))


def _write(path: Path, columns: tuple[str, ...], rows: list[Bad]) -> None:
    form = "xlsx" if path.suffix.lower() == ".xlsx" else "csv"
    content, _ = import_files.left_out(columns, rows, form, bootstrap.language())
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refused(NO_FILE.with_(path=path, why=error.strerror)) from error
    say(WRITTEN.with_(n=len(rows), path=path))


def say(sentence: Text, *, err: bool = False) -> None:
    click.echo(sentence.in_(bootstrap.language()), err=err)
