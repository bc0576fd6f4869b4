"""`mediation documents`: what papers there are, each as an empty form, and drafts of them to edit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation import bootstrap
from mediation.errors import Refused
from mediation.wording import Text, language_of

if TYPE_CHECKING:
    from mediation.services.blanks import Blank

WRITTEN = Text("已写好：{path}", "Written: {path}")
NOT_WRITTEN = Text("写不进{path}：{why}。", "Cannot write {path}: {why}.")
NO_PAPER = Text(
    "没有这份文书或这件事：{which}。文书页和案件页的网址里有它的号。",
    "There is no such paper or case: {which}. Its id stands in the address of its page.",
)
MUST, MAY = Text("必须", "must"), Text("按需", "if needed")
EACH, ASKED = Text("每方一份", "one a party"), Text("可单独印", "on request")


@click.group()
def documents() -> None:
    """The papers: list every kind, print one as an empty form, take a draft to edit."""


@documents.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list, every field.")
def list_documents(*, as_json: bool) -> None:
    """Every kind of paper: its name, where it comes from, its place in the volume."""
    from mediation.services.blanks import blanks

    if as_json:
        click.echo(json.dumps([_plain(one) for one in blanks()], ensure_ascii=False, indent=1))
        return
    for one in blanks():
        click.echo(_line(one))


def _plain(one: Blank) -> dict[str, object]:
    return {
        "kind": one.kind,
        "label": one.label.zh,
        "label_en": one.label.en,
        "standing": one.standing.zh,
        "standing_en": one.standing.en,
        "item": one.item.zh,
        "item_en": one.item.en,
        "must": one.must,
        "per_party": one.per_party,
        "on_request": one.on_request,
        "languages": list(one.languages),
    }


def _line(one: Blank) -> str:
    language = bootstrap.language()
    told = [
        one.label.in_(language),
        one.standing.in_(language),
        f"{one.item.in_(language)}（{(MUST if one.must else MAY).in_(language)}）",
        *([EACH.in_(language)] if one.per_party else []),
        *([ASKED.in_(language)] if one.on_request else []),
        " ".join(one.languages),
    ]
    return f"{one.kind:<26}" + "  ".join(told)


@documents.command()
@click.argument("kind", nargs=-1, required=True)
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def blank(*, kind: tuple[str, ...], out: Path, language: str) -> None:
    """Draw one kind, or several into one file, as empty forms to be filled in by hand."""
    from mediation.services.blanks import draw_blanks

    _write(out, draw_blanks([one.replace("-", "_") for one in kind], language_of(language)))


@documents.command()
@click.argument("which")
@click.option("--as", "login", required=True, help="The account in whose name it is done.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
def word(*, which: str, login: str, out: Path) -> None:
    """Write a draft to edit: of a paper (by its id), or of a case's agreement as it stands."""
    from mediation.cli import open_app
    from mediation.errors import NotFound
    from mediation.importing import hand_of
    from mediation.services import word_copies

    app = open_app()
    with app.app_context():
        by = hand_of(app, login)
        try:
            made = word_copies.of_paper(which, by=by)
        except NotFound:
            try:
                made = word_copies.of_draft(which, by=by)
            except NotFound as error:
                raise Refused(NO_PAPER.with_(which=which)) from error
    _write(out, made.content)


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Refused(NOT_WRITTEN.with_(path=out, why=error.strerror)) from error
    click.echo(WRITTEN.with_(path=out).in_(bootstrap.language()))
