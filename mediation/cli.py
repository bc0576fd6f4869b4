"""The command `mediation`: start it, look after it, and print what the book of law says."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mediation import bootstrap, doctor, serving
from mediation.cli_bench import bench
from mediation.cli_documents import documents
from mediation.cli_dossier import dossier
from mediation.cli_print import print_papers
from mediation.cli_signing import signing
from mediation.config import Config, from_environment
from mediation.errors import Refused
from mediation.serving import Door
from mediation.wording import Text

if TYPE_CHECKING:
    from flask import Flask

OPEN_AT = Text("打开 {address} ，按 Ctrl+C 停止。", "Open {address} — press Ctrl+C to stop.")
PRACTICE = Text(
    "练习用的临溪县（全部虚构）。账号和密码，随时可用 mediation demo-accounts 再看：",
    "The practice county Linxi (all invented). Accounts and passwords; "
    "`mediation demo-accounts` shows them again:",
)
FIRST = Text(
    "这是空的新系统。请在两天内打开这个一次性链接，设第一位管理员：\n    {address}",
    "A new, empty site. Open this one-time link within two days to make the first "
    "administrator:\n    {address}",
)
PLANTING = Text("第一次启动，正在准备练习县……", "First start: planting the practice county ...")
NEW_PASSWORD = Text(
    "一次性链接，两天内有效，请当面交给本人：\n    {address}",
    "A one-time link, good for two days; hand it over in person:\n    {address}",
)
NOBODY = Text("没有“{login}”这个账号。", "There is no account called {login}.")
NO_DEMO = Text("没有练习账号，或密码都已改过。", "No practice accounts, or all passwords changed.")
NOT_SAID = Text("写上文件名，或 --undo 批号。", "Name a file, or --undo REFERENCE.")
MIGRATED = Text("数据库已是最新。", "The database is up to date.")


def say(sentence: Text, *, err: bool = False) -> None:
    click.echo(sentence.in_(bootstrap.language()), err=err)


def main() -> None:
    """Sentences instead of tracebacks for whatever a person can put right."""
    try:
        cli(standalone_mode=True)
    except Refused as refusal:
        for reason in refusal.reasons:
            say(reason, err=True)
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wusong", prog_name="mediation")
def cli() -> None:
    """无讼：人民调解案件管理。Wusong: case management for people's mediation."""


def open_app(config: Config | None = None) -> Flask:
    """The application with an up-to-date database."""
    from mediation.app import create_app

    app = create_app(config)
    migrate_up(app)
    return app


def migrate_up(app: Flask) -> None:
    import flask_migrate

    with app.app_context():
        flask_migrate.upgrade()


@cli.command()
@click.option("--empty", is_flag=True, help="Start clean, without the practice county.")
@click.option("--port", default=5000, show_default=True)
def run(*, empty: bool, port: int) -> None:
    """Serve on this machine alone; the first start plants the practice county."""
    door = Door(port=port)
    serving.check(door)
    _first_start(empty=empty, door=door)
    say(OPEN_AT.with_(address=door.address))
    serving.serve(_working_app, door)


def _first_start(*, empty: bool, door: Door) -> None:
    from mediation.seeds import first

    app = open_app()
    with app.app_context():
        if not first.is_empty():
            return
        clock, passwords = app.extensions["clock"], app.extensions["passwords"]
        if empty:
            token = first.plant_empty(clock)
            say(FIRST.with_(address=f"{door.address}/set-up/{token}"))
            return
        say(PLANTING)
        first.mark_practice(app.extensions["config"])
        first.plant_practice(clock, passwords)
        _print_demo_accounts()


def _working_app() -> Flask:
    """The application of the serving process, its worker beside it."""
    from mediation.app import create_app
    from mediation.jobs import Worker

    app = create_app()
    Worker(app).start()
    return app


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8443, show_default=True)
@click.option("--certificate", type=click.Path(path_type=Path, exists=True), help="PEM file.")
@click.option("--key", type=click.Path(path_type=Path, exists=True), help="PEM file.")
@click.option("--behind-proxy", is_flag=True, help="Another program in front does TLS.")
def serve(
    *, host: str, port: int, certificate: Path | None, key: Path | None, behind_proxy: bool
) -> None:
    """Serve an office: with a certificate, or behind a proxy that has one."""
    door = Door(host=host, port=port, certificate=certificate, key=key, behind_proxy=behind_proxy)
    serving.check(door)
    open_app()
    say(OPEN_AT.with_(address=door.address))
    serving.serve(lambda: _served_app(door), door)


def _served_app(door: Door) -> Flask:
    from mediation.app import create_app
    from mediation.jobs import Worker

    secure = bool(door.certificate) or door.behind_proxy
    config = replace(from_environment(), behind_proxy=door.behind_proxy, secure_cookies=secure)
    app = create_app(config)
    Worker(app).start()
    return app


@cli.command()
def migrate() -> None:
    """Bring the database up to date."""
    open_app()
    say(MIGRATED)


@cli.command("demo-accounts")
def demo_accounts() -> None:
    """Show the practice accounts and their passwords again."""
    with open_app().app_context():
        _print_demo_accounts()


def _print_demo_accounts() -> None:
    from mediation.seeds import first

    found = first.demo_accounts()
    if not found:
        say(NO_DEMO)
        return
    say(PRACTICE)
    for account in found:
        duties = account.duties.in_(bootstrap.language())
        click.echo(f"    {account.login:<14} {account.password:<16} {account.name}  {duties}")


@cli.command("reset-password")
@click.argument("login")
@click.option("--address", default="http://127.0.0.1:5000", show_default=True)
def reset_password(login: str, address: str) -> None:
    """A one-time link with which somebody sets their password anew."""
    from mediation.seeds import first

    app = open_app()
    with app.app_context():
        token = first.new_link(login, app.extensions["clock"])
    if token is None:
        raise Refused(NOBODY.with_(login=login))
    say(NEW_PASSWORD.with_(address=f"{address.rstrip('/')}/set-up/{token}"))


@cli.command("doctor")
@click.option("--test", "for_tests", is_flag=True, help="Also what the tests need.")
def examine(*, for_tests: bool) -> None:
    """Say what is missing or slow on this machine."""
    findings = doctor.examine(from_environment(), for_tests=for_tests)
    if not doctor.print_findings(findings, bootstrap.language()):
        sys.exit(1)


@cli.command()
@click.option("--format", "form", type=click.Choice(["table", "mermaid", "json"]), default="table")
def workflow(form: str) -> None:
    """Print the book of law: stages and transitions."""
    from mediation.workflow import tables

    click.echo(
        {"table": tables.as_table, "mermaid": tables.as_mermaid, "json": tables.as_json}[form]()
    )


@cli.command("write-docs")
def write_docs() -> None:
    """Write the generated pages of the repository anew."""
    from mediation.paths import PACKAGE
    from mediation.workflow import tables

    page = PACKAGE / "workflow" / "README.md"
    page.write_text(tables.readme(), encoding="utf-8")
    click.echo(page)


@cli.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--cases", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def demo(*, out: Path, cases: Path | None, as_json: bool) -> None:
    """Drive every case through the real services to its end, and write its papers."""
    from mediation.seeds import demo as demo_county

    config = replace(from_environment(), practice=True, worker=False)
    demo_county.run(open_app(config), out=out, cases=cases, as_json=as_json)


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--as", "login", required=True, help="The account in whose name it is done.")
@click.option("--place", help="Where cases belong that name no place; else where the post is held.")
@click.option("--preview", "only_look", is_flag=True, help="Only look; nothing is written.")
@click.option("--yes", is_flag=True, help="Do not ask before registering.")
@click.option("--errors", type=click.Path(path_type=Path, dir_okay=False), help="CSV or XLSX.")
@click.option("--undo", "reference", metavar="REFERENCE", help="Take a whole import back.")
def import_cases(*, file: Path | None, login: str, reference: str | None, **how: Any) -> None:
    """Register many cases from a JSONL, CSV or XLSX file, or undo an import."""
    from mediation import importing

    if reference is not None:
        importing.undo(open_app(), reference, login=login)
    elif file is not None:
        importing.bring_in(open_app(), file, login=login, **how)
    else:
        raise click.UsageError(NOT_SAID.in_(bootstrap.language()))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write database, files and keys into one file that only its owner can read."""
    from mediation import backups

    click.echo(backups.write(open_app(), file).in_(bootstrap.language()))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Read a backup into an empty instance, on this machine or another."""
    from mediation import backups

    click.echo(backups.restore(from_environment(), file).in_(bootstrap.language()))


@cli.command()
def verify() -> None:
    """Check every chain of history and every kept file; says what does not hold."""
    from mediation import backups

    sound, told = backups.verify(open_app())
    click.echo(told.in_(bootstrap.language()))
    if not sound:
        sys.exit(1)


cli.add_command(bench)
cli.add_command(documents)
cli.add_command(dossier)
cli.add_command(print_papers)
cli.add_command(signing)
