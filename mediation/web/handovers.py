"""A leaver's open cases go to a colleague of the same committee."""

from __future__ import annotations

from flask import Blueprint, request, url_for

from mediation.forms.accounts import HandOverForm
from mediation.permissions import Permission
from mediation.services import assignments
from mediation.services.acts import Token
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.wording import Text

bp = Blueprint("handovers", __name__)


@bp.route("/handovers", methods=["GET", "POST"])
@requires(Permission.HAND_OVER_CASES)
def hand_over() -> Reply:
    form = HandOverForm(request.form if request.method == "POST" else None)
    people = [
        (str(c.account_id), Text(f"{c.name}（手上{c.load}件）", f"{c.name} ({c.load} open)"))
        for c in assignments.colleagues(by=hand())
    ]
    form.from_id.choices = form.to_id.choices = people

    def save(token: Token) -> str:
        moved = assignments.hand_over(
            int(form.from_id.data), int(form.to_id.data),
            by=hand(token), reason=form.reason.data or "",
        )  # fmt: skip
        return str(moved)

    answer = submitted(
        form, save, back_to=lambda moved: url_for("handovers.done", moved=moved or None)
    )
    if answer is not None:
        return answer
    return render("handovers/hand_over.html", form=form, people=people), status_of(form)


@bp.get("/handovers/done")
@requires(Permission.HAND_OVER_CASES)
def done() -> Reply:
    return render("handovers/done.html", moved=request.args.get("moved", "", str)[:6])
