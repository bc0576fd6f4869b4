"""`mediation dossier`: the volume of one case, bound into a file; or what it holds and lacks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation import bootstrap
from mediation.errors import Refused
from mediation.wording import Text

if TYPE_CHECKING:
    from mediation.services.dossiers import Line

WHO = Text("命令行", "the command line")
NO_FILE = Text(
    "写上 -o 文件名；只想看缺什么，写 --missing。",
    "Name a file with -o, or ask with --missing what it lacks.",
)
WRITTEN = Text("装订好了：{path}，卷内{n}页。", "Bound: {path}, {n} numbered pages.")
SPINE = Text("卷脊条：{path}", "Spine slip: {path}")
NOT_WRITTEN = Text("写不进{path}：{why}。", "Cannot write {path}: {why}.")
THERE, MISSING, IF_NEEDED = Text("有", "there"), Text("缺", "missing"), Text("按需", "if needed")
LACKS = Text("缺：{what}", "Missing: {what}")
BESIDE = Text("没有装进去，由一页说明代替：{what}", "Not put in, a sheet says so instead: {what}")


@click.command()
@click.argument("case")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="The volume.")
@click.option("--spine", type=click.Path(path_type=Path, dir_okay=False), help="Its spine slip.")
@click.option("--missing", is_flag=True, help="Only say what it holds and lacks.")
@click.option("--keeper", default="", help="Who bound it, for the cover.")
@click.option(
    "--keep", default="", type=click.Choice(["", "10", "30", "permanent"]), metavar="10|30|permanent",
    help="How long it is kept, for the cover.",
)  # fmt: skip
@click.option("--note", default="", help="A remark on the cover.")
def dossier(
    *, case: str, out: Path | None, spine: Path | None, missing: bool, **cover: str
) -> None:
    """Bind the volume of CASE (its number or reference): cover, index, papers, evidence, back."""
    from mediation.cli import open_app
    from mediation.permissions import Actor
    from mediation.services import dossiers
    from mediation.services.acts import Hand

    if out is None and not missing:
        raise click.UsageError(NO_FILE.in_(bootstrap.language()))
    app = open_app()
    with app.app_context():
        by = Hand(Actor(name=WHO.zh), app.extensions["clock"])
        lines = dossiers.lines_at_the_machine(case, by=by)
        if out is None:
            for line in lines:
                click.echo(_told(line))
            return
        row = dossiers.bind_at_the_machine(case, dossiers.DossierAnswers(**cover), by=by)
        volume, slip = dossiers.files_at_the_machine(row, by=by)
        _write(out, volume.content)
        _say(WRITTEN.with_(path=out, n=row.pages))
        if spine is not None:
            _write(spine, slip.content)
            _say(SPINE.with_(path=spine))
        for said in dossiers.unbound_of(row):
            _say(BESIDE.with_(what=said), err=True)
        for line in lines:
            if line.missing:
                _say(LACKS.with_(what=line.item.label), err=True)


def _told(line: Line) -> str:
    language = bootstrap.language()
    state = MISSING if line.missing else (THERE if line.pieces else IF_NEEDED)
    names = "；".join(piece.name for piece in line.pieces)
    what = line.sentence.in_(language) if line.sentence else names
    return f"{state.in_(language)}\t{line.item.label.in_(language)}\t{what}".rstrip()


def _write(path: Path, content: bytes) -> None:
    """Readable for its owner only, and never half there."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Refused(NOT_WRITTEN.with_(path=path, why=error.strerror or error)) from error


def _say(sentence: Text, *, err: bool = False) -> None:
    click.echo(sentence.in_(bootstrap.language()), err=err)
