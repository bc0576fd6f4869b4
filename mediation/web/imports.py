"""Imports: a table is sent, looked at, registered portion by portion, and undone where need be."""

from __future__ import annotations

from contextlib import closing
from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, current_app, redirect, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from mediation.forms.base import BaseForm
from mediation.forms.imports import ImportForm
from mediation.permissions import Permission
from mediation.services import disputes, import_files, import_previews, imports
from mediation.services.acts import Token
from mediation.services.import_files import Waiting
from mediation.services.import_previews import File
from mediation.web import import_views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import language, render
from mediation.wording import Text

bp = Blueprint("imports", __name__)
_MAY = Permission.IMPORT_CASES
# What one request registers: a second or two, so that the bar moves and nobody else waits.
_AT_ONCE = 100
_FORMS = ("csv", "xlsx")
_GONE = Text(
    "这个表格放得太久，已经清掉了（一天）。请再选一次。",
    "That table waited too long and was cleared away (after a day). Choose it again.",
)


@bp.get("/imports")
@requires(_MAY)
def index() -> Reply:
    found, older = imports.latest(by=hand(), before=request.args.get("before", None, int))
    return render(
        "imports/index.html",
        lines=[import_views.batch_line(one) for one in found],
        older_url=url_for("imports.index", before=older) if older else None,
    )


@bp.route("/imports/new", methods=["GET", "POST"])
@requires(_MAY)
def new() -> Reply:
    """Send a table; it is looked at before anything is registered."""
    sent: Any = None
    if request.method == "POST":
        sent = CombinedMultiDict([request.files, request.form])
    form = ImportForm(sent, data={"place_id": str(import_previews.own_place(hand()) or "")})
    form.place_id.choices = [(str(p.id), Text(p.name, p.name)) for p in _places()]

    def save(token: Token) -> str:
        with closing(request.files["file"]) as file:
            table = File(file.filename or "", file.read())
        waiting = Waiting(table, int(form.place_id.data))
        _looked(waiting)
        return import_files.set_down(waiting, by=hand(token))

    answer = submitted(form, save, back_to=lambda name: url_for("imports.look", name=name))
    if answer is not None:
        return answer
    if request.args.get("gone"):
        form.put_reasons((_GONE,))
    return render("imports/new.html", form=form), status_of(form)


def _places() -> list[Any]:
    return disputes.places_to_register(by=hand())


def _limit() -> int:
    return current_app.extensions["config"].upload_limit  # type: ignore[no-any-return]


def _looked(waiting: Waiting) -> import_previews.Preview:
    return import_previews.preview(waiting.file, waiting.place_id, by=hand(), limit=_limit())


@bp.route("/imports/waiting/<name>", methods=["GET", "POST"])
@requires(_MAY)
def look(name: str) -> Reply:
    """What would come in, what not, and why; one button registers it."""
    waiting = import_files.pick_up(name, by=hand())
    if waiting is None:
        return redirect(url_for("imports.new", gone=1), code=303)
    found, form = waiting, BaseForm()

    def save(token: Token) -> str:
        return imports.begin(found.file, found.place_id, by=hand(token), limit=_limit())

    answer = submitted(form, save, subject=name, back_to=_show_url)
    if answer is not None:
        return answer
    shown = _looked(waiting)
    page = render(
        "imports/look.html", shown=shown, form=form, name=name, **import_views.preview_parts(shown)
    )
    return page, status_of(form)


@bp.get("/imports/waiting/<name>/left-out.<form>")
@requires(_MAY)
def left_out_of_look(name: str, form: str) -> Reply:
    waiting = import_files.pick_up(name, by=hand())
    if waiting is None or form not in _FORMS:
        abort(404)
    shown = _looked(waiting)
    rows = import_previews.with_cells(waiting.file, shown, limit=_limit())
    content, kind = import_files.left_out(shown.columns, rows, form, language())
    return _file(_left_out_name(waiting.file.name, form), content, kind)


@bp.get("/imports/template.<form>")
@requires(_MAY)
def template(form: str) -> Reply:
    """The columns, with one row as a sample."""
    if form not in _FORMS:
        abort(404)
    content, kind = import_files.template(form, language())
    return _file(f"{Text('导入模板', 'import-template').in_(language())}.{form}", content, kind)


@bp.get("/imports/<reference>")
@requires(_MAY)
def show(reference: str) -> Reply:
    return _shown(reference, BaseForm())


def _shown(reference: str, form: BaseForm) -> Reply:
    after = max(request.args.get("after", 0, int), 0)
    batch = imports.look(reference, by=hand())
    came = [] if batch.running else imports.came(reference, by=hand(), after=after)
    parts = import_views.show_parts(batch, came, after)
    return render("imports/show.html", batch=batch, form=form, **parts), status_of(form)


@bp.post("/imports/<reference>/go-on")
@requires(_MAY)
def go_on(reference: str) -> Reply:
    """The next portion. The page asks for it again and again; without scripts, a button does."""
    form = BaseForm()

    def save(token: Token) -> str:
        imports.go_on(reference, by=hand(token), rows=_AT_ONCE)
        return reference

    answer = submitted(form, save, subject=reference, back_to=_show_url)
    return answer if answer is not None else _shown(reference, form)


@bp.route("/imports/<reference>/undo", methods=["GET", "POST"])
@requires(_MAY)
def undo(reference: str) -> Reply:
    """What goes and what stays, before it is done."""
    batch, form = imports.look(reference, by=hand()), BaseForm()

    def save(token: Token) -> str:
        imports.undo(reference, by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_show_url)
    if answer is not None:
        return answer
    page = render("imports/undo.html", batch=batch, form=form, cases=import_views.cases)
    return page, status_of(form)


@bp.get("/imports/<reference>/left-out.<form>")
@requires(_MAY)
def left_out(reference: str, form: str) -> Reply:
    if form not in _FORMS:
        abort(404)
    columns, rows = imports.skipped_lines(reference, by=hand())
    content, kind = import_files.left_out(columns, rows, form, language())
    name = imports.look(reference, by=hand()).file_name
    return _file(_left_out_name(name, form), content, kind)


@bp.get("/imports/<reference>/file")
@requires(_MAY)
def original(reference: str) -> Reply:
    """The table as it was sent; that it was taken out is on record."""
    found = imports.original(reference, by=hand())
    return _file(found.name, found.content, "application/octet-stream")


def _left_out_name(name: str, form: str) -> str:
    stem = name.rpartition(".")[0] or name
    return f"{stem}-{Text('没有进来的', 'left-out').in_(language())}.{form}"


def _file(name: str, content: bytes, kind: str) -> Response:
    """Always saved, never shown by us: nothing in it can act in our name."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _show_url(reference: str) -> str:
    return url_for("imports.show", reference=reference)
