"""A party's own pages: how it stands, their answers, their papers, and every way out."""

from __future__ import annotations

from flask import Blueprint, abort, request, url_for

from mediation.forms.lookups import LeaveForm, OwnAnswerForm
from mediation.forms.parties import answers_to
from mediation.permissions import Permission
from mediation.services import own_case, papers
from mediation.services.acts import Token
from mediation.web import party_views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.web.papers import sent
from mediation.workflow.transitions import Transition, by_slug
from mediation.workflow.words import Answer, Question

bp = Blueprint("party", __name__)


@bp.get("/my/case")
@requires(Permission.SEE_OWN_CASE)
def home() -> Reply:
    """Where it stands, what to do, whom to call, and that the way to court is open."""
    return _home()


def _home(**more: object) -> str:
    own = own_case.own_case(by=hand())
    return render(
        "party/home.html",
        own=own,
        stages=party_views.own_stage_line(own),
        ways=party_views.own_ways(own),
        **more,
    )


@bp.route("/my/case/answers/<name>", methods=["GET", "POST"])
@requires(Permission.ANSWER_OWN_CASE)
def answer(name: str) -> Reply:
    """One question, answered by the party themselves."""
    question = _question(name)
    own = own_case.own_case(by=hand())
    form = OwnAnswerForm(request.form if request.method == "POST" else None)
    form.said.choices = answers_to(question)

    def save(token: Token) -> str:
        own_case.answer(question, Answer[form.said.data], by=hand(token))
        return ""

    done = submitted(form, save, subject=own.reference, back_to=lambda _: url_for("party.home"))
    if done is not None:
        return done
    shown = render(
        "party/answer.html", own=own, question=question, form=form, ways=party_views.own_ways(own)
    )
    return shown, status_of(form)


@bp.route("/my/case/leave/<slug>", methods=["GET", "POST"])
@requires(Permission.LEAVE_OWN_CASE)
def leave(slug: str) -> Reply:
    """One of the ways out: no reason needed, nobody has to agree."""
    move = _move(slug)
    own = own_case.own_case(by=hand())
    if move not in own.exits:
        abort(404)
    form = LeaveForm(request.form if request.method == "POST" else None)

    def save(token: Token) -> str:
        own_case.leave(move, form.note.data or "", by=hand(token))
        return ""

    done = submitted(form, save, subject=own.reference, back_to=lambda _: url_for("party.home"))
    if done is not None:
        return done
    shown = render(
        "party/leave.html", own=own, move=move, form=form, ways=party_views.own_ways(own)
    )
    return shown, status_of(form)


@bp.get("/my/papers/<public_id>")
@requires(Permission.SEE_OWN_CASE)
def paper(public_id: str) -> Reply:
    """One of their own papers, as it was drawn."""
    return sent(papers.open_file(public_id, by=hand()))


def _question(name: str) -> Question:
    found = Question.__members__.get(name.upper().replace("-", "_"))
    if found is None:
        abort(404)
    return found


def _move(slug: str) -> Transition:
    try:
        return by_slug(slug)
    except KeyError:
        abort(404)
