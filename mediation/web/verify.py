"""The public check of a paper: by its code, its QR or its file; never a name."""

from __future__ import annotations

from flask import Blueprint, request

from mediation.errors import Invalid
from mediation.forms.lookups import CheckForm
from mediation.services import verification
from mediation.services.verification import CheckState, Verification
from mediation.web.acting import Reply, status_of
from mediation.web.gate import clock, public
from mediation.web.pages import render
from mediation.web.sign_in import source
from mediation.wording import Text

bp = Blueprint("verify", __name__)
# How the square of the page says it.
_SQUARES = {
    CheckState.SAME: "same",
    CheckState.DIFFERENT: "changed",
    CheckState.FOUND: "found",
    CheckState.WITHDRAWN: "found",
    CheckState.UNKNOWN: "unknown",
}
_NOTHING = Text("写上校验码，或者选一个文件。", "Type the check code, or choose a file.")


@bp.route("/verify", methods=["GET", "POST"])
@public
def verify() -> Reply:
    form = CheckForm(request.form if request.method == "POST" else None)
    found = None
    if request.method == "POST" and form.validate():
        found = _checked(form)
    return render("verify/verify.html", form=form, found=found, squares=_SQUARES), status_of(form)


def _checked(form: CheckForm) -> Verification | None:
    """Both ways of asking; what cannot be a code is said beside it."""
    sent = request.files.get("file")
    content = sent.read() if sent and sent.filename else b""
    try:
        if content:
            return verification.check_file(content)
        if form.code.data:
            return verification.check_by_code(form.code.data, source=source(), clock=clock())
    except Invalid as error:
        form.put_error(error)
        return None
    form.put_reasons((_NOTHING,))
    return None


@bp.get("/v/<token>")
@bp.get("/V/<token>")
@public
def by_token(token: str) -> Reply:
    """Where the QR of a paper leads."""
    found = verification.check_by_token(token)
    return render("verify/verify.html", form=CheckForm(None), found=found, squares=_SQUARES)
