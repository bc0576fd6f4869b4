"""The lists that a county keeps: days off and make-up days, year by year."""

from __future__ import annotations

from flask import Blueprint, request, url_for

from mediation.forms.lists import AnnounceForm, SpecialDayForm
from mediation.permissions import Permission
from mediation.services import workday_lists
from mediation.services.acts import Token
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render

bp = Blueprint("lists", __name__)


@bp.route("/lists", methods=["GET", "POST"])
@requires(Permission.EDIT_LISTS)
def index() -> Reply:
    """Every year with its days; one day can be set."""
    form = SpecialDayForm(request.form if request.method == "POST" else None)

    def save(token: Token) -> str:
        workday_lists.set_day(form.day.data, form.kind.data, form.name.data or "", by=hand(token))
        return ""

    answer = submitted(form, save, back_to=lambda _: url_for("lists.index"))
    if answer is not None:
        return answer
    shown = render("lists/index.html", years=workday_lists.years(by=hand()), form=form)
    return shown, status_of(form)


@bp.route("/lists/announce", methods=["GET", "POST"])
@requires(Permission.EDIT_LISTS)
def announce() -> Reply:
    """Say that a year's table is complete."""
    form = AnnounceForm(request.form if request.method == "POST" else None)

    def save(token: Token) -> str:
        workday_lists.announce(form.year.data or 0, form.source.data or "", by=hand(token))
        return ""

    answer = submitted(form, save, back_to=lambda _: url_for("lists.index"))
    if answer is not None:
        return answer
    return render("lists/announce.html", form=form), status_of(form)
