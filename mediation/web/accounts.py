"""Accounts and posts, for the security administrator."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for

from mediation.forms.accounts import AccountForm, PostForm
from mediation.forms.base import BaseForm
from mediation.permissions import Permission
from mediation.services import people
from mediation.services.acts import Token
from mediation.web.acting import Reply, status_of, submitted
from mediation.web.gate import hand, requires
from mediation.web.pages import render
from mediation.wording import Text

bp = Blueprint("accounts", __name__)
_KEEP = Permission.MANAGE_ACCOUNTS


@bp.get("/accounts")
@requires(_KEEP)
def index() -> Reply:
    return render("accounts/index.html", people=people.people(by=hand()), today=hand().today)


@bp.route("/accounts/add", methods=["GET", "POST"])
@requires(_KEEP)
def add() -> Reply:
    form = AccountForm(_sent())

    def save(token: Token) -> str:
        return people.add_account(form.answers(), by=hand(token))

    answer = submitted(form, save, back_to=_show_url)
    if answer is not None:
        return answer
    return render("accounts/add.html", form=form), status_of(form)


@bp.route("/accounts/<login>", methods=["GET", "POST"])
@requires(_KEEP)
def show(login: str) -> Reply:
    """One person: their posts, one more, and what else can be done."""
    person = people.person(login, by=hand())
    form = _with_choices(PostForm(_sent()))

    def save(token: Token) -> str:
        people.give_post(login, form.answers(), by=hand(token))
        return login

    answer = submitted(form, save, subject=login, back_to=_show_url)
    if answer is not None:
        return answer
    shown = render("accounts/show.html", person=person, form=form, today=hand().today)
    return shown, status_of(form)


def _with_choices(form: PostForm) -> PostForm:
    found, none = people.choices(by=hand()), [("", Text("不用选", "none"))]
    form.place_id.choices = [*none, *((str(p.id), Text(p.name, p.name)) for p in found.places)]
    form.committee_id.choices = [
        *none, *((str(c.id), Text(c.name, c.name)) for c in found.committees)
    ]  # fmt: skip
    form.court_id.choices = [*none, *((str(c.id), Text(c.name, c.name)) for c in found.courts)]
    return form


@bp.post("/accounts/<login>/posts/<int:post_id>/end")
@requires(_KEEP)
def end_post(login: str, post_id: int) -> Reply:
    return _done(login, lambda token: people.end_post(login, post_id, by=hand(token)))


@bp.post("/accounts/<login>/switch-off")
@requires(_KEEP)
def switch_off(login: str) -> Reply:
    return _done(login, lambda token: people.switch(login, active=False, by=hand(token)))


@bp.post("/accounts/<login>/switch-on")
@requires(_KEEP)
def switch_on(login: str) -> Reply:
    return _done(login, lambda token: people.switch(login, active=True, by=hand(token)))


def _done(login: str, act: Any) -> Reply:
    """A button without questions: a form all the same, with its token."""
    people.person(login, by=hand())  # a stranger's account is not found, whatever the form says

    def save(token: Token) -> str:
        act(token)
        return login

    form = BaseForm()
    answer = submitted(form, save, subject=login, back_to=_show_url)
    if answer is not None:
        return answer
    shown = render("accounts/refused.html", login=login, form=form)
    return shown, status_of(form)


@bp.route("/accounts/<login>/password", methods=["GET", "POST"])
@requires(_KEEP)
def password(login: str) -> Reply:
    """A one-time link, shown this once."""
    people.person(login, by=hand())
    if request.method == "GET":
        return redirect(_show_url(login))
    token = people.password_link(login, by=hand())
    # By the site's own address where it has one: a Host header is whatever its sender likes.
    public = current_app.extensions["config"].public_address
    path = url_for("sign_in.set_up_link", token=token, _external=not public)
    link = f"{public}{path}"
    return render("accounts/password.html", login=login, link=link)


def _sent() -> Any:
    return request.form if request.method == "POST" else None


def _show_url(login: str) -> str:
    return url_for("accounts.show", login=login)
