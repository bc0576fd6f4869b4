"""Putting right what was written wrong, and marking what was registered twice."""

from __future__ import annotations

from flask import Blueprint, request, url_for

from mediation.forms.base import BaseForm
from mediation.forms.corrections import CorrectionForm, DuplicateForm, NotDuplicateForm
from mediation.permissions import Permission
from mediation.services import cases, corrections
from mediation.services.acts import Token
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.wording import Text

bp = Blueprint("corrections", __name__)


@bp.route("/disputes/<reference>/corrections", methods=["GET", "POST"])
@requires(Permission.CORRECT_DISPUTE)
def correct(reference: str) -> Reply:
    """A wrong name or number of a party; the old one stays in history."""
    page = cases.case_page(reference, by=hand())
    chosen = {"party_id": request.args.get("party")}
    form = CorrectionForm(request.form if request.method == "POST" else None, data=chosen)
    form.party_id.choices = [(str(p.id), Text(p.name, p.name)) for p in page.volume.dispute.parties]

    def save(token: Token) -> str:
        corrections.correct(reference, form.answers(), by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_case_url)
    if answer is not None:
        return answer
    return render("corrections/correct.html", page=page, form=form), status_of(form)


@bp.route("/disputes/<reference>/duplicate", methods=["GET", "POST"])
@requires(Permission.MARK_DUPLICATE)
def duplicate(reference: str) -> Reply:
    """The same matter registered twice, or the mark taken away again."""
    page = cases.case_page(reference, by=hand())
    marked = corrections.duplicate_of(reference, by=hand())
    sent = request.form if request.method == "POST" else None
    form: BaseForm = NotDuplicateForm(sent) if marked else DuplicateForm(sent)

    def save(token: Token) -> str:
        said = {f.name: f.data or "" for f in form}
        if marked:
            corrections.unmark_duplicate(reference, said["reason"], by=hand(token))
        else:
            corrections.mark_duplicate(reference, said["other"], said["reason"], by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_case_url)
    if answer is not None:
        return answer
    shown = render("corrections/duplicate.html", page=page, form=form, marked=marked)
    return shown, status_of(form)


def _case_url(reference: str) -> str:
    return url_for("disputes.case", reference=reference)
