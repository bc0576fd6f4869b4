"""Print runs: papers are chosen, looked at, bound; the page shows how far, and what failed and why."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, closing
from typing import Any
from urllib.parse import quote

from flask import Blueprint, current_app, make_response, redirect, request, send_file, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from mediation.forms.base import BaseForm
from mediation.forms.print_runs import BOUND, ISSUE, PRINT, SINGLE, PrintForm
from mediation.permissions import Permission
from mediation.services import print_choices, print_files, print_runs
from mediation.services.acts import Token
from mediation.services.import_previews import File
from mediation.services.print_choices import Wanted
from mediation.services.print_runs import RunState
from mediation.web import print_run_views as views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.web.papers import sent
from mediation.wording import Text
from mediation.workflow.stages import Phase

bp = Blueprint("print_runs", __name__)
_MAY = Permission.PRINT_IN_BATCHES
_ALL = ("", Text("全部", "All"))
CASE, PAPER = "case:", "paper:"


@bp.get("/print-runs")
@requires(_MAY)
def index() -> Reply:
    found, older = print_runs.latest(by=hand(), before=request.args.get("before", None, int))
    return render(
        "print_runs/index.html",
        lines=[views.line(run) for run in found],
        older_url=url_for("print_runs.index", before=older) if older else None,
    )


@bp.route("/print-runs/new", methods=["GET", "POST"])
@requires(_MAY)
def new() -> Reply:
    """Choose papers; what it comes to is looked at before anything is printed."""
    form = _form()

    def save(token: Token) -> str:
        return print_runs.choose(
            _wanted(form), single=form.binding.data == SINGLE,
            volume_size=form.volume_size.data or print_runs.VOLUME,
            asked=views.asked(form), by=hand(token),
        )  # fmt: skip

    answer = submitted(form, save, back_to=_show_url)
    if answer is not None:
        return answer
    return render("print_runs/new.html", form=form), status_of(form)


def _form() -> PrintForm:
    sent_in: Any = None
    if request.method == "POST":
        sent_in = CombinedMultiDict([request.files, request.form])
    source = request.form if request.method == "POST" else request.args
    ticked = _ticked(source)
    form = PrintForm(
        sent_in,
        data={
            "ticked": [value for value, _ in ticked],
            "act": PRINT,
            "binding": BOUND,
            "volume_size": print_runs.VOLUME,
        },
    )
    form.ticked.choices = ticked
    if not ticked:
        del form.ticked
    form.kind.choices = [_ALL, *((d.folder, d.label) for d in print_choices.kinds())]
    places = print_choices.places_to_print(by=hand())
    form.place_id.choices = [_ALL, *((str(p.id), Text(p.name, p.name)) for p in places)]
    form.phase.choices = [_ALL, *((p.name, p.label) for p in Phase)]
    return form


def _ticked(source: Any) -> list[tuple[str, Text]]:
    """What was ticked in a list, or comes back with the form."""
    back = source.getlist("ticked")
    cases = [*source.getlist("case"), *(b[len(CASE) :] for b in back if b.startswith(CASE))]
    papers = [*source.getlist("paper"), *(b[len(PAPER) :] for b in back if b.startswith(PAPER))]
    found = print_choices.ticked(cases, papers, by=hand())
    return [(f"{CASE if one.name in cases else PAPER}{one.name}", one.label) for one in found]


def _wanted(form: PrintForm) -> Wanted:
    ticked: Any = form.ticked.data if "ticked" in form else []
    file = None
    if form.file.given:
        with closing(request.files["file"]) as given:
            file = File(given.filename or "", given.read(_limit() + 1))
    return Wanted(
        cases=tuple(one[len(CASE) :] for one in ticked or [] if one.startswith(CASE)),
        papers=tuple(one[len(PAPER) :] for one in ticked or [] if one.startswith(PAPER)),
        file=file,
        kind=print_choices.kind_named(form.kind.data) if form.kind.data else None,
        place_id=int(form.place_id.data) if form.place_id.data else None,
        phase=Phase[form.phase.data] if form.phase.data else None,
        from_on=form.from_on.data,
        to_on=form.to_on.data,
        not_printed=bool(form.not_printed.data),
        issue=form.act.data == ISSUE,
    )


def _limit() -> int:
    return current_app.extensions["config"].upload_limit  # type: ignore[no-any-return]


@bp.get("/print-runs/<reference>")
@requires(_MAY)
def show(reference: str) -> Reply:
    """How far it is. While it runs the page asks again by itself; once it is over it loads anew."""
    run = print_runs.look(reference, by=hand())
    page = render(
        "print_runs/show.html", run=run, failures=views.failures(reference),
        form=BaseForm(), **views.parts(run),
    )  # fmt: skip
    answer = make_response(page)
    if request.headers.get("HX-Request") and run.state is not RunState.RUNNING:
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.post("/print-runs/<reference>/<act>")
@requires(_MAY)
def change(reference: str, act: str) -> Reply:
    """Begin or go on, pause, cancel, or try what failed once more."""
    make = views.ACTS.get(act)
    if make is None:
        return redirect(_show_url(reference), code=303)
    form = BaseForm()

    def save(token: Token) -> str:
        make(reference, by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_show_url)
    if answer is not None:
        return answer
    run = print_runs.look(reference, by=hand())
    page = render(
        "print_runs/show.html", run=run, failures=views.failures(reference), form=form,
        **views.parts(run),
    )  # fmt: skip
    return page, status_of(form)


@bp.get("/print-runs/<reference>/volumes/<int:number>")
@requires(_MAY)
def volume(reference: str, number: int) -> Reply:
    """One bound file; that it was taken is on record."""
    return sent(print_files.open_volume(reference, number, by=hand()))


@bp.get("/print-runs/<reference>/letters")
@requires(_MAY)
def letters(reference: str) -> Response:
    """Every letter as a file of its own, in one ZIP that lies on the disk, not in memory."""
    with ExitStack() as held:
        out = held.enter_context(tempfile.TemporaryFile())
        name = print_files.write_letters(reference, out, by=hand())
        out.seek(0)
        answer = send_file(out, mimetype=print_files.ZIP)
        answer.call_on_close(held.pop_all().close)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _show_url(reference: str) -> str:
    return url_for("print_runs.show", reference=reference)
