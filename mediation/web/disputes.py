"""Disputes: the list, registering one, and the case page with its moves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, request, url_for

from mediation.forms.disputes import RegisterForm
from mediation.forms.transitions import TransitionForm
from mediation.permissions import Permission, may
from mediation.services import cases, disputes, listing, transitions
from mediation.web import case_views, history_views, list_views, paper_views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import actor, hand, requires
from mediation.web.pages import render
from mediation.web.parties import empty_lines
from mediation.wording import Text
from mediation.workflow.dispute_types import EVERYDAY, NOT_LISTED, dispute_type
from mediation.workflow.transitions import Transition, by_slug

bp = Blueprint("disputes", __name__)


@bp.get("/disputes")
@requires(Permission.SEE_DISPUTES)
def index() -> Reply:
    """Cases within reach: by name, number, phase or stage; newest first, a page at a time."""
    wanted = listing.Wanted.from_words(request.args)
    page = listing.page(wanted, by=hand())
    return render("disputes/index.html", page=page, wanted=wanted, **list_views.parts(page, wanted))


@bp.route("/disputes/register", methods=["GET", "POST"])
@requires(Permission.REGISTER_DISPUTE)
def register() -> Reply:
    """One screen; done means a case code slip to hand over."""
    form = RegisterForm(request.form if request.method == "POST" else None)
    form.place_id.choices = [("", Text("选一个地方", "Choose a place")), *_places()]
    practice = current_app.extensions["config"].practice

    def save(token: Any) -> str:
        return disputes.register(form.answers(practice=practice), by=hand(token)).reference

    answer = submitted(form, save, back_to=lambda r: url_for("disputes.registered", reference=r))
    if answer is not None:
        return answer
    may_import = may(actor(), Permission.IMPORT_CASES).allowed
    shown = render(
        "disputes/register.html", form=form, kinds=EVERYDAY, other=NOT_LISTED, may_import=may_import
    )
    return shown, status_of(form)


def _places() -> list[tuple[str, Text]]:
    return [(str(p.id), Text(p.name, p.name)) for p in disputes.places_to_register(by=hand())]


@bp.get("/disputes/<reference>/registered")
@requires(Permission.SEE_DISPUTE)
def registered(reference: str) -> Reply:
    """Done: what it is called, what to hand over, what happens next."""
    page = cases.case_page(reference, by=hand())
    return render("disputes/registered.html", page=page, papers=paper_views.papers(page))


@bp.get("/disputes/<reference>")
@requires(Permission.SEE_DISPUTE)
def case(reference: str) -> Reply:
    page = cases.case_page(reference, by=hand())
    return render("disputes/case.html", page=page, **_parts(page))


def _parts(page: cases.CasePage) -> dict[str, Any]:
    """What the components of the case page show."""
    return {
        "dispute": page.volume.dispute,
        "stages": case_views.stage_line(page),
        "step": case_views.next_step(page),
        "entries": history_views.timeline(page, 3),
        "people": case_views.people(page),
        "papers": paper_views.papers(page),
        "deadline": case_views.deadline(page),
        "type_label": dispute_type(page.volume.dispute.dispute_type).label,
        "doors": case_views.doors(page),
        "terms": case_views.terms(page),
        "terms_columns": case_views.TERMS_COLUMNS,
    }


@bp.get("/disputes/<reference>/timeline")
@requires(Permission.SEE_DISPUTE)
def timeline(reference: str) -> Reply:
    page = cases.case_page(reference, by=hand())
    return render("disputes/timeline.html", page=page, entries=history_views.timeline(page))


@bp.get("/disputes/<reference>/other-ways")
@requires(Permission.SEE_DISPUTE)
def other_ways(reference: str) -> Reply:
    """别的路: court, arbitration, legal aid; and the exits that are always open."""
    page = cases.case_page(reference, by=hand())
    return render(
        "disputes/other_ways.html",
        page=page,
        ways=case_views.ways(cases.ways_out(page.volume)),
        exits=case_views.exits(page),
    )


@bp.route("/disputes/<reference>/transitions/<slug>", methods=["GET", "POST"])
@requires(Permission.SEE_DISPUTE)
def transition(reference: str, slug: str) -> Reply:
    """The one page of all moves: what it means, on what article, what is still unmet."""
    move = _named(slug)
    page = cases.case_page(reference, by=hand())
    form = TransitionForm(request.form if request.method == "POST" else None)

    def make(token: Any) -> str:
        transitions.make(
            reference, move, by=hand(token), on=form.on.data, note=form.note.data or ""
        )
        return reference

    answer = submitted(form, make, subject=reference, back_to=lambda r: _after(r, move))
    if answer is not None:
        return answer
    shown = render(
        "disputes/transition.html",
        page=page,
        form=form,
        empty_lines=empty_lines(page, move),
        **case_views.move_parts(page, cases.move_of(page, move, by=hand())),
    )
    return shown, status_of(form)


def _after(reference: str, move: Transition) -> str:
    """The case again; where the move took it out of this person's hands, a page that says so."""
    if cases.within_reach(reference, by=hand()):
        return url_for("disputes.case", reference=reference)
    return url_for("disputes.handed_on", slug=move.slug)


@bp.get("/disputes/handed-on/<slug>")
@requires(Permission.SEE_DISPUTES)
def handed_on(slug: str) -> Reply:
    """Done, and now with others: said without a word about the case itself."""
    return render("disputes/handed_on.html", move=_named(slug))


def _named(slug: str) -> Transition:
    try:
        found = by_slug(slug)
    except KeyError:
        abort(404)
    if found is Transition.REGISTER:
        abort(404)
    return found
