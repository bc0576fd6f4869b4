"""What a court sees: the shelves of applications, one of them laid open, its answer and service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request, url_for

from mediation.forms.applications import CourtAnswerForm, ServiceForm
from mediation.forms.base import BaseForm
from mediation.permissions import Permission
from mediation.services import applications, court_drafts, court_queue
from mediation.services.court_queue import Review
from mediation.web import court_views, review_views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.web.papers import draft_answer
from mediation.wording import Text

bp = Blueprint("court", __name__)


@bp.get("/court")
@requires(Permission.OPEN_COURT_QUEUE)
def queue() -> Reply:
    """One shelf, a page at a time; what waits comes with the oldest first."""
    shelf = court_views.shelf_named(request.args.get("shelf", ""))
    after = court_views.number(request.args.get("after"))
    page = court_queue.page(shelf, by=hand(), after=after)
    return render("court/queue.html", page=page, **court_views.parts(page))


@bp.get("/court/<reference>")
@requires(Permission.OPEN_COURT_QUEUE)
def review(reference: str) -> Reply:
    """The agreement beside what was found in it, what each said themselves, and the dates."""
    found = court_queue.review(reference, by=hand())
    return _shown(found, answer_form(found), service_form(found))


@bp.get("/court/<reference>/ruling-draft")
@requires(Permission.ANSWER_AS_COURT)
def ruling_draft(reference: str) -> Reply:
    """Facts and terms for the court's own ruling: a draft on every page, kept nowhere."""
    return draft_answer(court_drafts.ruling_draft(reference, by=hand()))


@bp.route("/court/<reference>/answer", methods=["GET", "POST"])
@requires(Permission.ANSWER_AS_COURT)
def answer(reference: str) -> Reply:
    """Record what the court itself decided; nothing is chosen beforehand."""
    found = court_queue.review(reference, by=hand())
    form = answer_form(found, request.form if request.method == "POST" else None)

    def save(token: Any) -> str:
        applications.record_court_answer(reference, form.answers(), by=hand(token))
        return reference

    return _kept(found, form, save, answering=form)


@bp.route("/court/<reference>/service", methods=["GET", "POST"])
@requires(Permission.ANSWER_AS_COURT)
def service(reference: str) -> Reply:
    """Record the day a party received the ruling."""
    found = court_queue.review(reference, by=hand())
    form = service_form(found, request.form if request.method == "POST" else None)

    def save(token: Any) -> str:
        applications.record_service(reference, form.answers(), by=hand(token))
        return reference

    return _kept(found, form, save, serving=form)


def _kept(
    found: Review,
    form: BaseForm,
    save: Callable[[Any], str],
    *,
    answering: CourtAnswerForm | None = None,
    serving: ServiceForm | None = None,
) -> Reply:
    """Back to the review when it is kept; the same page with what is to put right when not."""
    reply = submitted(form, save, subject=found.volume.dispute.reference, back_to=_review_url)
    if reply is not None:
        return reply
    shown = _shown(found, answering or answer_form(found), serving or service_form(found))
    return shown, status_of(form)


def _shown(found: Review, answering: CourtAnswerForm, serving: ServiceForm) -> str:
    parts = review_views.parts(found)
    return render("court/review.html", answering=answering, serving=serving, **parts)


def answer_form(found: Review, data: Any = None) -> CourtAnswerForm:
    """Only the answers that are open now; the number goes on from the one the court gave."""
    form = CourtAnswerForm(data, data={"number": found.application.court_number})
    form.kind.choices = [(kind.name, kind.value) for kind in found.kinds]
    return form


def service_form(found: Review, data: Any = None) -> ServiceForm:
    form = ServiceForm(data)
    form.party_id.choices = [
        (str(p.party.id), Text(p.party.name, p.party.name)) for p in found.parties
    ]
    return form


def _review_url(reference: str) -> str:
    return url_for("court.review", reference=reference)
