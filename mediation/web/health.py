"""The system's health, for its administrator; and for a watching program, yes or no."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, url_for

from mediation.permissions import Permission
from mediation.services import health, press_queue
from mediation.web.acting import Reply
from mediation.web.gate import clock, hand, requires
from mediation.web.pages import render

bp = Blueprint("health", __name__)


@bp.get("/health")
@requires(Permission.SEE_HEALTH)
def index() -> Reply:
    config = current_app.extensions["config"]
    return render("health/index.html", state=health.state(config, clock()))


@bp.post("/health/retry")
@requires(Permission.SEE_HEALTH)
def retry() -> Reply:
    """Once the fonts or the disk are right again: every paper that failed, once more."""
    press_queue.try_all_again(by=hand(), everywhere=True)
    return redirect(url_for("health.index"), code=303)
