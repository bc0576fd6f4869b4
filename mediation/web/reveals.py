"""The pages that show a whole number: each showing is on record."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for

from mediation.errors import Invalid
from mediation.forms.corrections import RevealForm
from mediation.permissions import Permission
from mediation.services import reveals
from mediation.services.acts import reach_of
from mediation.web.acting import Reply, status_of
from mediation.web.gate import hand, requires
from mediation.web.pages import render

bp = Blueprint("reveals", __name__)


@bp.route("/disputes/<reference>/parties/<int:party_id>/call", methods=["GET", "POST"])
@requires(Permission.CALL_PARTY)
def call(reference: str, party_id: int) -> Reply:
    """One tap from the case page: the number, ready to be dialled."""
    if request.method == "GET":
        reach_of(hand(), reference)
        return redirect(url_for("disputes.case", reference=reference), code=303)
    return render("reveals/call.html", whole=reveals.call(reference, party_id, by=hand()))


@bp.route("/disputes/<reference>/parties/<int:party_id>/reveal", methods=["GET", "POST"])
@requires(Permission.REVEAL_IDENTITY)
def reveal(reference: str, party_id: int) -> Reply:
    """ID number, telephone and address in full, for a reason."""
    name = reveals.revealable(reference, party_id, by=hand())
    form = RevealForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            whole = reveals.reveal(reference, party_id, form.reason.data or "", by=hand())
            return render("reveals/whole.html", whole=whole)
        except Invalid as error:
            form.put_error(error)
    shown = render("reveals/ask.html", reference=reference, name=name, form=form)
    return shown, status_of(form)
