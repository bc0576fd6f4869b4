"""Word templates: the kinds, their versions, what was found in one, a sample, and which one counts."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from flask import Blueprint, request, url_for
from werkzeug.datastructures import CombinedMultiDict

from mediation.forms.word_templates import TemplateForm, UseForm
from mediation.permissions import Permission
from mediation.services import word_templates
from mediation.services.acts import Token
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.web.word_copies import saved

bp = Blueprint("word_templates", __name__)
_MAY = Permission.KEEP_TEMPLATES


@bp.get("/templates")
@requires(_MAY)
def index() -> Reply:
    return render("word_templates/index.html", kinds=word_templates.kinds(by=hand()))


@bp.route("/templates/<kind>", methods=["GET", "POST"])
@requires(_MAY)
def versions(kind: str) -> Reply:
    """The versions of one kind's template, the names it may use, and sending a new one."""
    sent: Any = None
    if request.method == "POST":
        sent = CombinedMultiDict([request.files, request.form])
    form, page = TemplateForm(sent), word_templates.kind(kind, by=hand())

    def save(token: Token) -> str:
        with closing(request.files["file"]) as file:
            name, content = file.filename or "", file.read()
        return word_templates.add(kind, name, content, form.why.data or "", by=hand(token))

    answer = submitted(form, save, back_to=_version_url)
    if answer is not None:
        return answer
    return render("word_templates/versions.html", page=page, form=form), status_of(form)


@bp.route("/templates/<kind>/<int:number>", methods=["GET", "POST"])
@requires(_MAY)
def version(kind: str, number: int) -> Reply:
    """What was found in one version; one button puts it to use."""
    form = UseForm(request.form if request.method == "POST" else None)
    page = word_templates.look(kind, number, by=hand())

    def save(token: Token) -> str:
        word_templates.use(kind, number, form.why.data or "", by=hand(token))
        return kind

    answer = submitted(form, save, back_to=_kind_url)
    if answer is not None:
        return answer
    return render("word_templates/version.html", page=page, form=form), status_of(form)


@bp.route("/templates/<kind>/shipped", methods=["GET", "POST"])
@requires(_MAY)
def shipped(kind: str) -> Reply:
    """Back to the design that comes with the program."""
    form = UseForm(request.form if request.method == "POST" else None)
    page = word_templates.kind(kind, by=hand())

    def save(token: Token) -> str:
        word_templates.use_shipped(kind, form.why.data or "", by=hand(token))
        return kind

    answer = submitted(form, save, back_to=_kind_url)
    if answer is not None:
        return answer
    return render("word_templates/shipped.html", page=page, form=form), status_of(form)


@bp.get("/templates/<kind>/<int:number>/sample")
@requires(_MAY)
def sample(kind: str, number: int) -> Reply:
    """Filled with an invented case."""
    return saved(word_templates.preview(kind, number, by=hand()))


@bp.get("/templates/<kind>/<int:number>/file")
@requires(_MAY)
def file(kind: str, number: int) -> Reply:
    return saved(word_templates.original(kind, number, by=hand()))


@bp.get("/templates/<kind>/beginning")
@requires(_MAY)
def beginning(kind: str) -> Reply:
    """A template to begin with."""
    return saved(word_templates.beginning(kind, by=hand()))


def _kind_url(kind: str) -> str:
    return url_for("word_templates.versions", kind=kind)


def _version_url(made: str) -> str:
    slug, _, number = made.rpartition("/")
    return url_for("word_templates.version", kind=slug, number=int(number))
