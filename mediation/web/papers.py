"""Papers: what a case holds and lacks, one paper, its file, a draft, a new slip."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from mediation.forms.base import BaseForm
from mediation.permissions import Permission, may
from mediation.services import cases, draft_press, drafts, papers
from mediation.services.acts import Token
from mediation.services.draft_press import Waiting
from mediation.web import paper_views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render

bp = Blueprint("papers", __name__)


@bp.get("/disputes/<reference>/papers")
@requires(Permission.DOWNLOAD_PAPERS)
def index(reference: str) -> Reply:
    """Every paper of the case with its state, and what is missing."""
    page = cases.case_page(reference, by=hand())
    return render(
        "papers/index.html",
        page=page,
        papers=paper_views.papers(page),
        asked_for=paper_views.asked_for(page),
        people=paper_views.holders(page),
        may_slip=page.may_slip and page.may_record,
        may_bind=may(hand().actor, Permission.BIND_VOLUME, page.volume.dispute).allowed,
    )


@bp.get("/papers/<public_id>")
@requires(Permission.DOWNLOAD_PAPERS)
def show(public_id: str) -> Reply:
    """One paper: what it is, where it stands, how it is checked."""
    return render("papers/show.html", paper=papers.paper_page(public_id, by=hand()))


@bp.get("/papers/<public_id>/file")
@requires(Permission.DOWNLOAD_PAPERS)
def file(public_id: str) -> Reply:
    """The bytes that were drawn, the same every time."""
    return sent(papers.open_file(public_id, by=hand()))


def sent(found: papers.PaperFile) -> Response:
    """A paper to read in the browser; its name is that of the paper."""
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.name)}"
    response.headers["Content-Length"] = str(len(found.content))
    return response


@bp.post("/papers/<public_id>/retry")
@requires(Permission.DOWNLOAD_PAPERS)
def retry(public_id: str) -> Reply:
    """Put a paper in line again that could not be drawn."""
    papers.try_again(public_id, by=hand())
    return redirect(url_for("papers.show", public_id=public_id), code=303)


@bp.get("/disputes/<reference>/draft")
@requires(Permission.DOWNLOAD_PAPERS)
def draft(reference: str) -> Reply:
    """The agreement as it would read now: marked, without number, kept nowhere."""
    return draft_answer(drafts.draft_file(reference, by=hand()))


def draft_answer(found: papers.PaperFile | Waiting) -> Reply:
    """The draft, or a page that waits for it and opens it as soon as it is drawn."""
    if isinstance(found, Waiting):
        return render("papers/draft.html", name=found.name, again=request.full_path.rstrip("?"))
    return sent(found)


@bp.get("/papers/drafts/<name>")
@requires(Permission.DOWNLOAD_PAPERS)
def draft_state(name: str) -> Reply:
    """Asked by the waiting page: nothing yet, or look again. No draft is handed out here."""
    answer = Response(status=204)
    if draft_press.is_over(name):
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.route("/disputes/<reference>/papers/missing", methods=["GET", "POST"])
@requires(Permission.RECORD_FACTS)
def issue_missing(reference: str) -> Reply:
    """Issue what the volume should hold and does not."""
    form, page = BaseForm(), cases.case_page(reference, by=hand())

    def save(token: Token) -> str:
        papers.issue_missing(reference, by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_index_url)
    if answer is not None:
        return answer
    return render("papers/missing.html", page=page, form=form), status_of(form)


@bp.route("/disputes/<reference>/papers/slip/<int:party_id>", methods=["GET", "POST"])
@requires(Permission.RECORD_FACTS)
def issue_slip(reference: str, party_id: int) -> Reply:
    """A new code for a party; the old one opens nothing any more."""
    form, page = BaseForm(), cases.case_page(reference, by=hand())
    people = page.volume.dispute.parties
    party = next((p for p in people if p.id == party_id), None) or abort(404)

    def save(token: Token) -> str:
        return papers.issue_slip(reference, party_id, by=hand(token))

    answer = submitted(
        form, save, subject=reference, back_to=lambda made: url_for("papers.show", public_id=made)
    )
    if answer is not None:
        return answer
    return render("papers/slip.html", page=page, party=party, form=form), status_of(form)


def _index_url(reference: str) -> str:
    return url_for("papers.index", reference=reference)
