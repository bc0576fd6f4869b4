"""A party comes in with the case code of their slip."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mediation.errors import TooManyTries
from mediation.forms.lookups import LookUpForm
from mediation.services import lookups
from mediation.web.acting import Reply, status_of
from mediation.web.gate import clock, public
from mediation.web.pages import render
from mediation.web.sign_in import set_cookie, source
from mediation.wording import Text

bp = Blueprint("lookup", __name__)
_WRONG = Text(
    "案件码或后四位不对。对着小条再看一遍；还不行，打给调解员换一张小条。",
    "The code or the figures are not right. Look at your slip again; if it still fails, ask the "
    "mediator for a new one.",
)


@bp.get("/c")
@public
def short() -> Response:
    """The address that slips carry: as short as it can be."""
    return redirect(url_for("lookup.enter"))


@bp.route("/my", methods=["GET", "POST"])
@public
def enter() -> Reply:
    form = LookUpForm(request.form if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.validate():
        try:
            token = lookups.enter(
                form.code.data or "", form.second.data or "", source=source(), clock=clock()
            )
        except TooManyTries as refusal:
            form.put_reasons(refusal.reasons)
            token, status = None, 429
        if token:
            return set_cookie(redirect(url_for("party.home"), code=303), token)
        if status == 200:
            form.put_reasons((_WRONG,))
    return render("lookup/enter.html", form=form), max(status, status_of(form))
