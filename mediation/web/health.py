"""The system's health, for its administrator; and for a watching program, yes or no."""

from __future__ import annotations

from flask import Blueprint, current_app

from mediation.permissions import Permission
from mediation.services import health
from mediation.web.acting import Reply
from mediation.web.gate import clock, requires
from mediation.web.pages import render

bp = Blueprint("health", __name__)


@bp.get("/health")
@requires(Permission.SEE_HEALTH)
def index() -> Reply:
    config = current_app.extensions["config"]
    return render("health/index.html", state=health.state(config, clock()))
