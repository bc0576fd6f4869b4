"""The press at a glance: what waits, what could not be drawn and why, and one button to try again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for

from mediation.permissions import Permission
from mediation.services import press_queue
from mediation.services.press_queue import Line
from mediation.web.acting import Reply
from mediation.web.gate import hand, requires
from mediation.web.pages import moment, render
from mediation.wording import Text

bp = Blueprint("press_queue", __name__)
_MAY = Permission.DOWNLOAD_PAPERS
COLUMNS = (
    {"label": Text("文书", "Paper")},
    {"label": Text("哪件事", "Case")},
    {"label": Text("从什么时候", "Since")},
    {"label": Text("为什么", "Why")},
)
AGAIN_COLUMNS = (*COLUMNS, {"label": Text("再来", "Again")})
_AGAIN = Text("再生成一次", "Try again")


@bp.get("/papers/press")
@requires(_MAY)
def index() -> Reply:
    found = press_queue.queue(by=hand())
    return render(
        "press_queue/index.html",
        numbers=found.numbers,
        columns=COLUMNS,
        held_up=[_row(line) for line in found.held_up],
        again_columns=AGAIN_COLUMNS,
        failed=[[*_row(line), _again(line)] for line in found.failed],
        most=press_queue.TOLD,
    )


@bp.post("/papers/press/retry")
@requires(_MAY)
def retry() -> Reply:
    """Everything that failed, once more."""
    press_queue.try_all_again(by=hand())
    return redirect(url_for("press_queue.index"), code=303)


def _again(line: Line) -> dict[str, Any]:
    return {"text": _AGAIN, "post": url_for("papers.retry", public_id=line.public_id)}


def _row(line: Line) -> list[Any]:
    name = Text(f"{line.label.zh}{line.number}", f"{line.label.en} {line.number}")
    paper = {"text": name, "url": url_for("papers.show", public_id=line.public_id)}
    case: Any = None
    if line.reference:
        url = url_for("disputes.case", reference=line.reference)
        case = {"text": line.title, "url": url}
    return [paper, case, moment(line.since), line.why]
