"""The county's places, committees and courts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request, url_for

from mediation.forms.base import BaseForm
from mediation.forms.organisation import CommitteeForm, CourtForm, NewPlaceForm, PlaceForm
from mediation.permissions import Permission
from mediation.services import organisation
from mediation.services.acts import Hand, Token
from mediation.services.organisation import UNDER
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.wording import Text

bp = Blueprint("organisation", __name__)
_KEEP = Permission.MANAGE_ORGANISATION


@bp.get("/organisation")
@requires(_KEEP)
def index() -> Reply:
    return render("organisation/index.html", tree=organisation.tree(by=hand()), under=UNDER)


@bp.route("/organisation/places/<int:place_id>", methods=["GET", "POST"])
@requires(_KEEP)
def place(place_id: int) -> Reply:
    row = organisation.place_of(place_id, by=hand())
    form = PlaceForm(_sent(), data=_typed(row, "name", "community_type", "address"))
    return _kept(
        form, Text(row.name, row.name),
        lambda by: organisation.change_place(place_id, form.answers(), by=by),
    )  # fmt: skip


@bp.route("/organisation/places/<int:place_id>/add", methods=["GET", "POST"])
@requires(_KEEP)
def add_place(place_id: int) -> Reply:
    row = organisation.place_of(place_id, by=hand())
    form = NewPlaceForm(_sent())
    form.kind.choices = [(k.name, k.label) for k in UNDER[row.kind]]
    title = Text(f"在{row.name}下面加一个地方", f"Add a place below {row.name}")
    return _kept(form, title, lambda by: organisation.add_place(place_id, form.answers(), by=by))


@bp.route("/organisation/places/<int:place_id>/committee", methods=["GET", "POST"])
@requires(_KEEP)
def add_committee(place_id: int) -> Reply:
    row = organisation.place_of(place_id, by=hand())
    typed = {"name": f"{row.name}人民调解委员会", "short_name": row.name[:2], "brackets": "（）"}
    form = CommitteeForm(_sent(), data=typed)
    title = Text(f"给{row.name}加一个调解委员会", f"Add a committee at {row.name}")
    return _kept(
        form, title, lambda by: organisation.add_committee(place_id, form.answers(), by=by)
    )


@bp.route("/organisation/committees/<int:committee_id>", methods=["GET", "POST"])
@requires(_KEEP)
def committee(committee_id: int) -> Reply:
    row = organisation.committee_of(committee_id, by=hand())
    names = ("name", "short_name", "brackets", "address", "phone", "term_ends_on")
    form = CommitteeForm(_sent(), data=_typed(row, *names))
    return _kept(
        form, Text(row.name, row.name),
        lambda by: organisation.change_committee(committee_id, form.answers(), by=by),
    )  # fmt: skip


@bp.route("/organisation/places/<int:place_id>/court", methods=["GET", "POST"])
@requires(_KEEP)
def add_court(place_id: int) -> Reply:
    form = CourtForm(_sent())
    organisation.place_of(place_id, by=hand())
    return _kept(
        form, Text("加一个法院", "Add a court"),
        lambda by: organisation.add_court(place_id, form.answers(), by=by),
    )  # fmt: skip


@bp.route("/organisation/courts/<int:court_id>", methods=["GET", "POST"])
@requires(_KEEP)
def court(court_id: int) -> Reply:
    row = organisation.court_of(court_id, by=hand())
    form = CourtForm(_sent(), data=_typed(row, "name", "address", "phone"))
    return _kept(
        form, Text(row.name, row.name),
        lambda by: organisation.change_court(court_id, form.answers(), by=by),
    )  # fmt: skip


def _sent() -> Any:
    return request.form if request.method == "POST" else None


def _typed(row: Any, *names: str) -> dict[str, Any]:
    """What stands there now; an enum by its name."""
    values = {name: getattr(row, name) for name in names}
    return {k: getattr(v, "name", v) for k, v in values.items()}


def _kept(form: BaseForm, title: Text, save: Callable[[Hand], None]) -> Reply:
    def keep(token: Token) -> str:
        save(hand(token))
        return ""

    answer = submitted(form, keep, back_to=lambda _: url_for("organisation.index"))
    if answer is not None:
        return answer
    return render("organisation/form.html", form=form, title=title), status_of(form)
