"""The bound dossier of a case: what it holds and lacks, asking for it, its files."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, request, url_for

from mediation.forms.dossiers import DossierForm
from mediation.permissions import Permission
from mediation.services import dossiers
from mediation.services.acts import Token
from mediation.web import dossier_views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import actor, hand, requires
from mediation.web.pages import render
from mediation.web.papers import sent

bp = Blueprint("dossiers", __name__)
_MAY = Permission.BIND_VOLUME


@bp.route("/disputes/<reference>/dossier", methods=["GET", "POST"])
@requires(_MAY)
def index(reference: str) -> Reply:
    """What is there and what is missing, before anything is bound; then how far the binding is."""
    page = dossiers.page(reference, by=hand())
    form = DossierForm(request.form if request.method == "POST" else None, keeper=actor().name)
    if page.keep is not None:
        del form.keep

    def save(token: Token) -> str:
        dossiers.ask(reference, form.answers(), by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_index_url)
    if answer is not None:
        return answer
    shown = render("dossiers/index.html", page=page, form=form, **dossier_views.parts(page))
    reply = make_response(shown, status_of(form))
    if request.headers.get("HX-Request") and not page.waiting:
        reply.headers["HX-Refresh"] = "true"
    return reply


@bp.post("/disputes/<reference>/dossier/<int:binding_id>/retry")
@requires(_MAY)
def retry(reference: str, binding_id: int) -> Reply:
    """Put a binding in line again that failed."""
    dossiers.try_again(reference, binding_id, by=hand())
    return redirect(_index_url(reference), code=303)


@bp.get("/disputes/<reference>/dossier/<int:binding_id>/file")
@requires(_MAY)
def file(reference: str, binding_id: int) -> Reply:
    """The bound volume; that it was opened is on record."""
    return sent(dossiers.open_file(reference, binding_id, by=hand()))


@bp.get("/disputes/<reference>/dossier/<int:binding_id>/spine")
@requires(_MAY)
def spine(reference: str, binding_id: int) -> Reply:
    """The slip for its spine, by itself: it is cut out and pasted on."""
    return sent(dossiers.open_file(reference, binding_id, spine=True, by=hand()))


def _index_url(reference: str) -> str:
    return url_for("dossiers.index", reference=reference)
