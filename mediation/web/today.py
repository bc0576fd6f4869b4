"""今天: what to do now, the nearest date first; the first thing has the one filled button."""

from __future__ import annotations

from flask import Blueprint

from mediation.permissions import Permission
from mediation.services import today as service
from mediation.web import today_views
from mediation.web.acting import Reply
from mediation.web.gate import actor, hand, requires
from mediation.web.pages import render

bp = Blueprint("today", __name__)


@bp.get("/today")
@requires(Permission.OPEN_TODAY)
def today() -> Reply:
    by = hand()
    found = service.today(by=by)
    return render(
        "today/today.html",
        today=by.today,
        who=actor().name,
        more=found.more,
        rest_url=today_views.rest_url(actor()),
        entries=[today_views.entry(task) for task in found.tasks],
        way=today_views.way_on(actor()),
    )
