"""Covenants: those of one's places, one of them step by step, and the page everybody may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request, url_for

from mediation.forms.base import BaseForm
from mediation.forms.covenants import (
    AdoptionForm,
    CovenantFilingForm,
    CovenantForm,
    HouseholdForm,
    PostingForm,
    StartForm,
)
from mediation.permissions import Permission
from mediation.services import covenant_papers, covenants
from mediation.services.acts import Hand, Token
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, public, requires
from mediation.web.pages import render
from mediation.web.paper_views import paper_label
from mediation.web.papers import draft_answer, sent
from mediation.wording import Text

bp = Blueprint("covenants", __name__)
_SEE, _EDIT = Permission.SEE_COVENANTS, Permission.EDIT_COVENANTS
Make = Callable[[str, Any, Hand], None]

# Each step: its title, its form, and what keeps the answers.
STEPS: dict[str, tuple[Text, type[BaseForm], Make]] = {
    "adopt": (
        Text("记下表决结果", "Record the vote"), AdoptionForm,
        lambda ref, form, by: covenants.adopt(ref, form.answers(), by=by),
    ),
    "file": (
        Text("记下备案", "Record the filing"), CovenantFilingForm,
        lambda ref, form, by: covenants.file(ref, form.filed_on.data, form.filed_with.data or "", by=by),
    ),
    "post": (
        Text("张贴公示，印公约", "Post it and print it"), PostingForm,
        lambda ref, form, by: covenants.post(ref, form.posted_on.data, by=by),
    ),
    "pledge": (
        Text("不表决，当倡议张贴", "Put it up as a voluntary pledge"), BaseForm,
        lambda ref, _, by: covenants.post_pledge(ref, by=by),
    ),
    "sign": (
        Text("记下一户签名", "Record a household's signature"), HouseholdForm,
        lambda ref, form, by: covenants.sign(ref, form.name.data or "", form.signed_on.data, by=by),
    ),
    "new-version": (
        Text("另起一版", "Begin a new version"), BaseForm,
        lambda ref, _, by: covenants.new_version(ref, by=by),
    ),
    "repeal": (
        Text("废止", "Repeal it"), BaseForm, lambda ref, _, by: covenants.repeal(ref, by=by),
    ),
}  # fmt: skip
# The usual next steps at each state, the first one filled.
OPEN = {
    "DRAFT": ("adopt", "pledge"),
    "ADOPTED": ("file",),
    "FILED": ("post",),
    "POSTED": ("sign", "new-version", "repeal"),
    "REPEALED": ("new-version",),
}


@bp.get("/covenants")
@requires(_SEE)
def index() -> Reply:
    found = covenants.under(by=hand())
    return render("covenants/index.html", covenants=found, free=covenants.places_without(by=hand()))


@bp.route("/covenants/start", methods=["GET", "POST"])
@requires(_EDIT)
def start() -> Reply:
    form = StartForm(_sent())
    free = covenants.places_without(by=hand())
    form.place_id.choices = [(str(p.id), Text(p.name, p.name)) for p in free]

    def save(token: Token) -> str:
        return covenants.start(int(form.place_id.data), by=hand(token))

    answer = submitted(form, save, back_to=lambda ref: url_for("covenants.write", reference=ref))
    if answer is not None:
        return answer
    return render("covenants/start.html", form=form, free=free), status_of(form)


@bp.get("/covenants/<reference>")
@requires(_SEE)
def show(reference: str) -> Reply:
    covenant = covenants.find(reference, by=hand())
    version = covenant.versions[-1]
    return render(
        "covenants/show.html",
        covenant=covenant,
        version=version,
        papers=[_paper(p) for p in covenants.papers_of(version)],
        may_edit=covenants.may_edit(covenant, hand()),
        steps=[(name, STEPS[name][0]) for name in OPEN[version.state.name]],
    )


def _paper(row: Any) -> dict[str, object]:
    there = bool(row.sha256)
    return {
        "label": paper_label(row.kind, row.language),
        "there": there,
        "url": url_for("papers.show", public_id=row.public_id),
        "note": row.number if there else row.state.value,
    }


@bp.route("/covenants/<reference>/text", methods=["GET", "POST"])
@requires(_EDIT)
def write(reference: str) -> Reply:
    covenant = covenants.find(reference, by=hand())
    version = covenant.versions[-1]
    names = ("head", "text", "head_en", "text_en")
    typed = {
        "preamble": version.preamble,
        "preamble_en": version.preamble_en,
        "clauses": [{n: getattr(c, n) for n in names} for c in version.clauses],
    }
    form = CovenantForm(_sent(), data=typed)

    def save(token: Token) -> str:
        covenants.write(reference, form.answers(), by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_show_url)
    if answer is not None:
        return answer
    title = Text("写公约", "Write the covenant")
    shown = render("covenants/step.html", covenant=covenant, form=form, title=title)
    return shown, status_of(form)


@bp.route("/covenants/<reference>/steps/<name>", methods=["GET", "POST"])
@requires(_EDIT)
def step(reference: str, name: str) -> Reply:
    """One page for every step; only its questions differ."""
    if name not in STEPS:
        abort(404)
    title, make_form, make = STEPS[name]
    covenant, form = covenants.find(reference, by=hand()), make_form(_sent())

    def save(token: Token) -> str:
        make(reference, form, hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_show_url)
    if answer is not None:
        return answer
    shown = render("covenants/step.html", covenant=covenant, form=form, title=title)
    return shown, status_of(form)


@bp.route("/covenants/<reference>/signatures/<int:signatory_id>/withdraw", methods=["GET", "POST"])
@requires(_EDIT)
def withdraw(reference: str, signatory_id: int) -> Reply:
    covenant, form = covenants.find(reference, by=hand()), BaseForm()
    if signatory_id not in {s.id for v in covenant.versions for s in v.signatories}:
        abort(404)

    def save(token: Token) -> str:
        covenants.withdraw_signature(reference, signatory_id, by=hand(token))
        return reference

    answer = submitted(form, save, subject=reference, back_to=_show_url)
    if answer is not None:
        return answer
    title = Text("这一户不签了", "This household takes its signature back")
    shown = render("covenants/step.html", covenant=covenant, form=form, title=title)
    return shown, status_of(form)


@bp.get("/covenants/<reference>/draft")
@requires(_EDIT)
def draft(reference: str) -> Reply:
    covenant = covenants.find(reference, by=hand())
    return draft_answer(covenant_papers.draft_file(covenant, covenant.versions[-1], by=hand()))


@bp.get("/covenants/read/<reference>")
@public
def read(reference: str) -> Reply:
    """The posted text, for everybody."""
    covenant, version, papers = covenants.posted(reference)
    return render(
        "covenants/read.html", covenant=covenant, version=version,
        papers=[(paper_label(p.kind, p.language), p.public_id) for p in papers if p.sha256],
    )  # fmt: skip


@bp.get("/covenants/read/<reference>/<public_id>")
@public
def read_file(reference: str, public_id: str) -> Reply:
    return sent(covenants.posted_file(reference, public_id))


def _sent() -> Any:
    return request.form if request.method == "POST" else None


def _show_url(reference: str) -> str:
    return url_for("covenants.show", reference=reference)
