"""Evidence of a case: what there is, one more, one file, one set aside."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, current_app, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from mediation.forms.evidence import EvidenceForm, SetAsideForm
from mediation.permissions import Permission
from mediation.services import evidence
from mediation.services.acts import Token
from mediation.services.evidence import EvidenceAnswers
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.workflow.documents import VolumeItem

bp = Blueprint("evidence", __name__)


@bp.route("/disputes/<reference>/evidence", methods=["GET", "POST"])
@requires(Permission.SEE_DISPUTE)
def index(reference: str) -> Reply:
    page = evidence.page(reference, by=hand())
    sent: Any = (
        CombinedMultiDict([request.files, request.form]) if request.method == "POST" else None
    )
    form = EvidenceForm(sent)

    def save(token: Token) -> str:
        file = request.files.get("file")
        answers = EvidenceAnswers(
            name=form.name.data or "",
            source=form.source.data or "",
            file_name=(file.filename or "") if file else "",
            content=file.read() if file else b"",
            received_on=form.received_on.data,
            item=VolumeItem[form.item.data or VolumeItem.EVIDENCE.name],
        )
        limit = current_app.extensions["config"].upload_limit
        evidence.add(reference, answers, limit=limit, by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_index_url)
    if answer is not None:
        return answer
    return render("evidence/index.html", page=page, form=form), status_of(form)


@bp.get("/disputes/<reference>/evidence/<int:evidence_id>/file")
@requires(Permission.OPEN_EVIDENCE)
def file(reference: str, evidence_id: int) -> Reply:
    """Always saved, never shown by us: nothing in it can act in our name."""
    found = evidence.open_file(reference, evidence_id, by=hand())
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@bp.route("/disputes/<reference>/evidence/<int:evidence_id>/set-aside", methods=["GET", "POST"])
@requires(Permission.RECORD_FACTS)
def set_aside(reference: str, evidence_id: int) -> Reply:
    page = evidence.page(reference, by=hand())
    piece = next((p for p in page.pieces if p.id == evidence_id), None) or abort(404)
    form = SetAsideForm(request.form if request.method == "POST" else None)

    def save(token: Token) -> str:
        evidence.set_aside(reference, evidence_id, form.reason.data or "", by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_index_url)
    if answer is not None:
        return answer
    return render("evidence/set_aside.html", page=page, piece=piece, form=form), status_of(form)


def _index_url(reference: str) -> str:
    return url_for("evidence.index", reference=reference)
