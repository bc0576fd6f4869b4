"""Every component on one page, in every state, with the longest names we can think of."""

from __future__ import annotations

from flask import Blueprint

from mediation.web.acting import Reply
from mediation.web.gate import public
from mediation.web.pages import render

bp = Blueprint("styleguide", __name__)


@bp.get("/style")
@public
def index() -> Reply:
    return render("styleguide/index.html")
