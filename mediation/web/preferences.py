"""What a person chooses for themselves: language and large type; their own page."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from mediation.permissions import Permission
from mediation.web.acting import Reply
from mediation.web.gate import actor, own_path, public, requires
from mediation.web.pages import LANGUAGE_COOKIE, LARGE_COOKIE, render
from mediation.wording import LANGUAGES

bp = Blueprint("preferences", __name__)
_YEAR_S = 365 * 24 * 3600


@bp.post("/preferences")
@public
def choose() -> Response:
    """Language or large type, kept in a cookie of this browser; back to the page one came from."""
    back = own_path(request.form.get("next", "/"))
    response = redirect(back or url_for("home.home"), code=303)
    if request.form.get("language") in LANGUAGES:
        _keep(response, LANGUAGE_COOKIE, request.form["language"])
    if request.form.get("large") in ("0", "1"):
        _keep(response, LARGE_COOKIE, request.form["large"])
    return response


def _keep(response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure
    )


@bp.get("/mine")
@requires(Permission.KEEP_OWN_ACCOUNT)
def mine() -> Reply:
    may_print = bool(actor().roles & set(Permission.DOWNLOAD_PAPERS.value.roles))
    return render("preferences/mine.html", may_print=may_print)
