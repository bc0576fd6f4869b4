"""The board 看板 and the lists behind its figures."""

from __future__ import annotations

from flask import Blueprint, abort, request, url_for

from mediation.permissions import Permission, may
from mediation.reports.cases import CaseList
from mediation.services import board as service
from mediation.web import board_views
from mediation.web.acting import Reply
from mediation.web.court_views import number
from mediation.web.gate import actor, hand, requires
from mediation.web.pages import render
from mediation.wording import Text

bp = Blueprint("board", __name__)


@bp.get("/board")
@requires(Permission.SEE_BOARD)
def board() -> Reply:
    """What needs somebody first; then the numbers, each with its sample and its cases."""
    by = hand()
    asked = service.asked_for(request.args.get("period", ""), by=by)
    found = service.board(asked, by=by)
    parts = board_views.parts(found)
    if may(actor(), Permission.HAND_OVER_CASES).allowed:
        parts["others"].append({"text": _HAND_OVER, "url": url_for("handovers.hand_over")})
    if may(actor(), Permission.IMPORT_CASES).allowed:
        parts["others"].append({"text": _IMPORT, "url": url_for("imports.index")})
    if may(actor(), Permission.PRINT_IN_BATCHES).allowed:
        parts["others"].append({"text": _PRINT, "url": url_for("print_runs.index")})
    return render("board/board.html", place=actor().place_name, **parts)


_PRINT = Text("批量印文书", "Print many papers")
_IMPORT = Text("从表格批量登记", "Register many from a table")
_HAND_OVER = Text("有人离任，移交手上的案件", "Somebody leaves: hand their cases over")


@bp.get("/board/lists/<name>")
@requires(Permission.SEE_BOARD)
def cases(name: str) -> Reply:
    """Exactly the cases that a figure counts."""
    by = hand()
    wanted = _named(name)
    asked = service.asked_for(request.args.get("period", ""), by=by)
    page = service.list_page(wanted, asked, by=by, after=number(request.args.get("after")))
    return render("board/list.html", page=page, **board_views.list_parts(page))


def _named(name: str) -> CaseList:
    found = {wanted.slug: wanted for wanted in CaseList}.get(name)
    return found or abort(404)
