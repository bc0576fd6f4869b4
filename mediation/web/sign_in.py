"""Signing in and out, changing and setting a password."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask_login import current_user
from werkzeug.wrappers import Response

from mediation.errors import Invalid, Refused, TooManyTries
from mediation.forms.base import BaseForm
from mediation.forms.sign_ins import (
    ChangePasswordForm,
    FirstAccountForm,
    SetPasswordForm,
    SignInForm,
)
from mediation.permissions import Permission
from mediation.services import set_up, sign_ins
from mediation.services.passwords import check_choice
from mediation.web import kept
from mediation.web.acting import Reply, status_of
from mediation.web.gate import actor, clock, cookie_name, own_path, public, requires
from mediation.web.pages import render
from mediation.wording import Text

bp = Blueprint("sign_in", __name__)
_WRONG = Text(
    "账号或密码不对。再看一看大小写；忘了请找安全管理员重设。",
    "Account or password is wrong. If you forgot it, ask the security administrator.",
)
_DIFFER = Text("两遍不一样。再写一遍。", "The two are not the same. Write it again.")


def source() -> str:
    """Where a try comes from, for the limits; kept only as a hash."""
    return request.remote_addr or "?"


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Reply:
    form = SignInForm(request.form if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.validate():
        try:
            token = _try(form)
        except TooManyTries as refusal:
            form.put_reasons(refusal.reasons)
            token, status = None, 429
        if token:
            return _signed_in(token)
        if status == 200:
            form.put_reasons((_WRONG,))
    shown = render("sign_in/sign_in.html", form=form, kept=kept.carried())
    return shown, max(status, status_of(form))


def _try(form: SignInForm) -> str | None:
    return sign_ins.sign_in(
        form.login.data,
        form.password.data,
        source=source(),
        shared=bool(form.shared.data),
        clock=clock(),
        passwords=current_app.extensions["passwords"],
    ).token


def _signed_in(token: str) -> Response:
    written = kept.opened(token)
    if written is not None:
        return set_cookie(make_response(render("sign_in/kept.html", kept=written)), token)
    wanted = own_path(request.args.get("next", ""))
    return set_cookie(redirect(wanted or url_for("home.home"), code=303), token)


def set_cookie(response: Response, token: str) -> Response:
    response.set_cookie(
        cookie_name(),
        token,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )
    return response


def forget_cookie(response: Response) -> Response:
    """A browser forgets a protected cookie only when told in the same protected way."""
    response.delete_cookie(cookie_name(), path="/", secure=request.is_secure, httponly=True)
    return response


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    """Ends it on the server; the browser forgets what it holds of us."""
    token = request.cookies.get(cookie_name())
    if token:
        sign_ins.sign_out(token, clock=clock())
    response = redirect(url_for("home.home"), code=303)
    forget_cookie(response)
    session.clear()
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.route("/password", methods=["GET", "POST"])
@requires(Permission.KEEP_OWN_ACCOUNT)
def change_password() -> Reply:
    form = ChangePasswordForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate() and _new_password_fits(form):
        done = sign_ins.change_password(
            actor().account_id or 0,
            form.old.data,
            form.password.data,
            clock=clock(),
            passwords=current_app.extensions["passwords"],
        )
        if done:
            response = redirect(url_for("sign_in.sign_in"), code=303)
            return forget_cookie(response)
        form.put_error(Invalid("old", Text("现在的密码不对。", "The present password is wrong.")))
    must = current_user.seen.must_change_password
    return render("sign_in/change_password.html", form=form, must=must), status_of(form)


def _new_password_fits(form: Any) -> bool:
    try:
        if form.password.data != form.again.data:
            raise Invalid("again", _DIFFER)
        check_choice(form.password.data)
    except Invalid as error:
        form.put_error(error)
        return False
    return True


@bp.route("/set-up/<token>", methods=["GET", "POST"])
@public
def set_up_link(token: str) -> Reply:
    """A one-time link: the first administrator's, or a new password for one account."""
    link = set_up.open_link(token, clock=clock())
    if link is None:
        abort(410)
    form: BaseForm = (SetPasswordForm if link.account_id else FirstAccountForm)(
        request.form if request.method == "POST" else None
    )
    if request.method == "POST" and form.validate() and _new_password_fits(form):
        try:
            set_up.use_link(
                token,
                set_up.Chosen(
                    password=form["password"].data,
                    name=form["name"].data if "name" in form else "",
                    login=form["login"].data if "login" in form else "",
                ),
                clock=clock(),
                passwords=current_app.extensions["passwords"],
            )
            return redirect(url_for("sign_in.sign_in"), code=303)
        except Invalid as error:
            form.put_error(error)
        except Refused as refusal:
            form.put_reasons(refusal.reasons)
    return render("sign_in/set_up.html", form=form, link=link), status_of(form)
