"""`mediation bench`: figures beside peers, in one and the same run."""

from __future__ import annotations

import json

import click

from mediation import bootstrap


@click.group()
def bench() -> None:
    """Measure the program beside its peers. Ratios only; nothing is asserted."""


@bench.command("pdf")
@click.option("--json", "as_json", is_flag=True, help="A list of name, ratio, runs.")
@click.option("--only", default="", help="Only benchmarks whose name begins so.")
@click.option("--full", is_flag=True, help="The whole run: thirty rounds, a thousand papers.")
def bench_pdf(*, as_json: bool, only: str, full: bool) -> None:
    """Drawing papers: beside WeasyPrint as it comes, reportlab, typst, Chromium, LibreOffice."""
    from mediation.bench import measure, pdf

    done = []
    if not as_json:
        click.echo(measure.machine())
    for one in pdf.measures(pdf.FULL if full else pdf.SHORT, only):
        done.append(one)
        click.echo(f"· {one.name}", err=True)
    if as_json:
        click.echo(json.dumps([one.plain() for one in done], ensure_ascii=False, indent=1))
    else:
        click.echo(measure.table(done, bootstrap.language()))
