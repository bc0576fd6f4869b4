"""Printing a paper when it is needed: what it is for, what it asks, and the paper itself."""

from __future__ import annotations

from flask import Blueprint, abort, request, url_for

from mediation.forms.paper_requests import RequestForm, request_form
from mediation.permissions import Permission
from mediation.services import cases, paper_requests
from mediation.services.acts import Token
from mediation.services.cases import CasePage
from mediation.web import paper_views
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.wording import Text
from mediation.workflow.documents import Document, asked_for_by_slug, makes_sense

bp = Blueprint("paper_requests", __name__)


@bp.route("/disputes/<reference>/papers/request/<kind>", methods=["GET", "POST"])
@requires(Permission.RECORD_FACTS)
def ask(reference: str, kind: str) -> Reply:
    """One paper on request: issued with one press, as often as somebody needs it."""
    document, page = _named(kind), cases.case_page(reference, by=hand())
    form = _form(document, page)

    def save(token: Token) -> str:
        made = paper_requests.request_paper(reference, document, form.answers(), by=hand(token))
        return made[0] if len(made) == 1 else ""

    def there(public_id: str) -> str:
        """The paper itself; the list where there are several, or the form was sent twice."""
        if public_id and public_id != reference:
            return url_for("papers.show", public_id=public_id)
        return url_for("papers.index", reference=reference)

    answer = submitted(form, save, subject=reference, back_to=there)
    if answer is not None:
        return answer
    shown = render(
        "papers/request.html", page=page, document=document, form=form,
        refusal=None if makes_sense(document, page.facts) else paper_requests.NOT_NOW,
    )  # fmt: skip
    return shown, status_of(form)


def _named(kind: str) -> Document:
    try:
        return asked_for_by_slug(kind)
    except KeyError:
        abort(404)


def _form(document: Document, page: CasePage) -> RequestForm:
    volume = page.volume
    committee = volume.dispute.committee
    names = {p.id: p.name for p in volume.disputants}
    return request_form(
        document,
        request.form if request.method == "POST" else None,
        parties=[(str(p.id), Text(p.name, p.name)) for p in volume.disputants],
        people=_people(page),
        served=[
            (p.public_id, paper_views.served(p, names.get(p.party_id or 0)))
            for p in paper_requests.to_serve(volume)
        ],
        spot=committee.address or committee.name,
    )


def _people(page: CasePage) -> list[tuple[str, Text]]:
    """Every agent on record with who named them, then a blank for each party."""
    known = [
        (f"r{one.id}", Text(f"{p.name}委托{one.name}", f"{p.name} authorises {one.name}"))
        for p, one in paper_requests.agents(page.volume)
    ]
    blank = [
        (f"p{p.id}", Text(f"{p.name}委托别人，空着手填", f"{p.name}, blank to fill in by hand"))
        for p in page.volume.disputants
    ]
    return [*known, *blank]
