"""`mediation print`: many letters at once, into a folder; how far a run is; pause it, go on with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from mediation import bootstrap
from mediation.wording import Text

NO_OUT = Text(
    "写上 --out 文件夹，印好的放在那里。", "Name a folder with --out for what is printed."
)
ONE = Text(
    "只能写一个：--status、--pause 或 --resume。", "Only one of --status, --pause, --resume."
)


@click.command("print")
@click.option("--as", "login", required=True, help="The account in whose name it is done.")
@click.option("--kind", help="Which paper, by its folder or its name.")
@click.option("--case", "cases", multiple=True, metavar="REF", help="A case; may be repeated.")
@click.option("--paper", "papers", multiple=True, metavar="ID", help="A paper; may be repeated.")
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV or XLSX: numbers of cases or papers, one a row; a second column may name the kind.",
)
@click.option("--place", help="Cases of committees at or below this place.")
@click.option("--from", "from_on", type=click.DateTime(["%Y-%m-%d"]), help="Issued from that day.")
@click.option("--to", "to_on", type=click.DateTime(["%Y-%m-%d"]), help="Issued until that day.")
@click.option("--not-printed", is_flag=True, help="Only what no run has printed yet.")
@click.option("--issue", is_flag=True, help="First issue a new paper of --kind for each case.")
@click.option("--single", is_flag=True, help="A file for each letter, not volumes.")
@click.option("--volume-size", default=50, show_default=True)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where files go.")
@click.option("--status", metavar="RUN", help="How far a run is, and what failed and why.")
@click.option("--pause", metavar="RUN", help="Pause a run, whoever is at it.")
@click.option("--resume", metavar="RUN", help="Go on with a run, failed letters once more.")
def print_papers(*, login: str, out: Path | None, **how: Any) -> None:
    """Print many papers at once: issued ones are bound as they are, never drawn anew."""
    from mediation import printing
    from mediation.cli import open_app

    named = {name: how.pop(name) for name in ("status", "pause", "resume")}
    if sum(map(bool, named.values())) > 1:
        raise click.UsageError(ONE.in_(bootstrap.language()))
    asked = named["status"] or named["pause"]
    if asked:
        sys.exit(printing.status(open_app(), asked, login=login, pause=bool(named["pause"])))
    if out is None:
        raise click.UsageError(NO_OUT.in_(bootstrap.language()))
    sys.exit(printing.run(open_app(), login=login, out=out, resume=named["resume"], **how))
