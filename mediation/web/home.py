"""The front door: everybody's first page, and the way to each person's own."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from mediation.permissions import may
from mediation.services import health
from mediation.web.acting import Reply
from mediation.web.gate import public
from mediation.web.pages import DOORS, render

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def home() -> Reply:
    """Staff go to their first door; a party to their case; everybody else sees the ways in."""
    if current_user.is_authenticated:
        who = current_user.actor
        if who.party_id is not None:
            return redirect(url_for("party.home"))
        for door in DOORS:
            if may(who, door.permission).allowed:
                return redirect(url_for(door.endpoint))
    return render("home/home.html")


@bp.get("/healthz")
@public
def healthz() -> Reply:
    """The process answers; nothing more is said."""
    return _plain("ok", 200)


@bp.get("/readyz")
@public
def readyz() -> Reply:
    """The database answers too; nothing more is said."""
    well = health.ready()
    return _plain("ok" if well else "not ready", 200 if well else 503)


def _plain(said: str, status: int) -> Response:
    return Response(said, status, content_type="text/plain; charset=utf-8")
