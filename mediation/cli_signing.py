"""`mediation signing`: the keys with which committees sign the files of their papers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mediation import bootstrap
from mediation.errors import Refused
from mediation.wording import Text

if TYPE_CHECKING:
    from mediation.services.signing import Installed

NO_KEYS = Text(
    "没有装签名密钥，文书照常出具，不带电子签名。",
    "No signing keys. Papers are issued as ever, without an electronic signature.",
)
PUT_IN = Text("装好了：{key}", "Put in: {key}")
GONE = Text(
    "已取出并销毁密钥文件。以前签过的文书仍能核对。",
    "Taken out, its file destroyed. Papers it signed can still be checked.",
)
LINE = Text(
    "{id}　{committee}：{state}\n    证书 {subject}，签发者 {issuer}{practice}\n    指纹 {fingerprint}",
    "{id}  {committee}: {state}\n    certificate {subject}, issued by {issuer}{practice}\n"
    "    fingerprint {fingerprint}",
)
FOR_PRACTICE = Text("，练习用", ", for practice")
PASSPHRASE = Text("密钥文件的口令", "Passphrase of the key file")
UNREADABLE = Text("读不了{path}：{why}", "Cannot read {path}: {why}")


@click.group()
def signing() -> None:
    """Electronic signatures on papers: install, look at, remove a committee's key."""


@signing.command("list")
def list_keys() -> None:
    """Every committee's key: whose it is, whether it can sign, until when."""
    from mediation.cli import open_app
    from mediation.services.signing import installed

    app = open_app()
    with app.app_context():
        found = installed(app.extensions["clock"])
    for one in found:
        click.echo(_line(one))
    if not found:
        click.echo(NO_KEYS.in_(bootstrap.language()))


@signing.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--committee", type=int, required=True, help="Its number: `signing committees`.")
def install(*, file: Path, committee: int) -> None:
    """Put in a PKCS#12 key (.p12, .pfx) for a committee, in place of the one before.

    The passphrase is asked for, or read from MEDIATION_SIGNING_PASSPHRASE.
    """
    from mediation.cli import open_app
    from mediation.services import signing as keys

    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(UNREADABLE.with_(path=file, why=error.strerror)) from error
    app = open_app()
    with app.app_context():
        made = keys.install(committee, content, _passphrase(), app.extensions["clock"])
    click.echo(PUT_IN.with_(key=_line(made)).in_(bootstrap.language()))


def _passphrase() -> str:
    """Never an argument: arguments are read by everybody on the machine."""
    named = os.environ.get("MEDIATION_SIGNING_PASSPHRASE")
    if named is not None:
        return named
    said: str = click.prompt(
        PASSPHRASE.in_(bootstrap.language()), hide_input=True, default="", show_default=False
    )
    return said


@signing.command()
def committees() -> None:
    """The committees of this site and their numbers."""
    from mediation.cli import open_app
    from mediation.services.signing import committees_here

    with open_app().app_context():
        for number, name in committees_here():
            click.echo(f"{number}  {name}")


@signing.command()
@click.option("--committee", type=int, required=True)
def practice(*, committee: int) -> None:
    """Make a practice key for a committee: it signs samples and nothing else."""
    from mediation.cli import open_app
    from mediation.services import signing as keys

    app = open_app()
    with app.app_context():
        made = keys.make_practice_key(committee, app.extensions["clock"])
    click.echo(PUT_IN.with_(key=_line(made)).in_(bootstrap.language()))


@signing.command()
@click.option("--committee", type=int, required=True)
def remove(*, committee: int) -> None:
    """Take a committee's key out and destroy its file."""
    from mediation.cli import open_app
    from mediation.services import signing as keys

    app = open_app()
    with app.app_context():
        keys.remove(committee, app.extensions["clock"])
    click.echo(GONE.in_(bootstrap.language()))


def _line(one: Installed) -> str:
    practice = FOR_PRACTICE if one.practice else Text("", "")
    return LINE.with_(
        id=one.committee_id, committee=one.committee, state=one.state, subject=one.subject,
        issuer=one.issuer, practice=practice, fingerprint=one.fingerprint,
    ).in_(bootstrap.language())  # fmt: skip
