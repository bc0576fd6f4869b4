"""The gate: closed by default. A route without a stamp does not start; who you are is read once a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, make_response, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response

from mediation.clock import Clock
from mediation.permissions import Actor, Permission, may
from mediation.roles import Role
from mediation.services import sign_ins
from mediation.services.acts import Hand, Token
from mediation.web import kept

View = TypeVar("View", bound=Callable[..., Any])
COOKIE = "wusong"
# Bytes of a form without files: some 200,000 Chinese characters.
MOST_WORDS = 2 * 1024 * 1024
_WRITTEN = "application/x-www-form-urlencoded"


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: plain figures, and no more than a row's number can have."""

    regex = "[0-9]{1,9}"


def cookie_name() -> str:
    """Over an encrypted line no other host, and no unencrypted page, can set a cookie of that name."""
    return f"__Host-{COOKIE}" if request.is_secure else COOKIE


def own_path(wanted: str) -> str | None:
    """A path of this site to go back to, or None: never an address that leads elsewhere.

    Browsers drop tabs and line ends from an address, and take a backslash for a slash.
    """
    plain = wanted.isprintable() and "\\" not in wanted and not wanted.startswith("//")
    return wanted if plain and wanted.startswith("/") else None


class SignedIn(UserMixin):  # type: ignore[misc]  # the library has no types
    """What Flask-Login carries: the actor, as decided from the database for this request."""

    def __init__(self, seen: sign_ins.Seen) -> None:
        self.seen = seen
        self.actor = seen.actor

    def get_id(self) -> str:
        return str(self.actor.account_id or f"party-{self.actor.party_id}")


def requires(permission: Permission) -> Callable[[View], View]:
    """Stamp a view with the permission that opens it."""

    def stamp(view: View) -> View:
        view.__permission__ = permission  # type: ignore[attr-defined]
        return view

    return stamp


def public(view: View) -> View:
    """Stamp a view as open to everybody. The list of these is short, and tested."""
    view.__permission__ = None  # type: ignore[attr-defined]
    return view


def actor() -> Actor:
    """The person who asks; only for views behind a permission."""
    return current_user.actor  # type: ignore[no-any-return]


def clock() -> Clock:
    return current_app.extensions["clock"]  # type: ignore[no-any-return]


def hand(token: Token | None = None) -> Hand:
    """What services need to know of this request."""
    address = current_app.extensions["config"].public_address
    return Hand(actor(), clock(), token, public_address=address)


def stamped(app: Flask, endpoint: str) -> Any:
    view = app.view_functions[endpoint]
    return getattr(view, "__permission__", "missing")


def check_all_stamped(app: Flask) -> None:
    """Refuse to start with a route that nobody decided about (D1)."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and stamped(app, rule.endpoint) == "missing":
            raise RuntimeError(f"route {rule.rule} has no permission: stamp it with @requires")


def refuse_oddities() -> None:
    """What no page of ours asks for: a sign that no text can hold, or a flood of words."""
    if "\x00" in request.path:
        abort(404)
    if b"%00" in request.query_string:
        abort(400)
    if request.mimetype == _WRITTEN and (request.content_length or 0) > MOST_WORDS:
        abort(413)


def guard() -> Response | None:
    """Before each request: is this route open to this person at all?"""
    if request.endpoint is None or request.endpoint == "static":
        return None
    permission = stamped(current_app, request.endpoint)
    if permission is None:
        return None
    if not current_user.is_authenticated:
        again = kept.ask_again(request.cookies.get(cookie_name(), ""))
        return make_response(again) if again else _to_sign_in(permission)
    verdict = (
        may(actor(), permission) if permission.value.scope is None else _holds_role(permission)
    )
    if verdict is not True and not getattr(verdict, "allowed", False):
        g.refusal = getattr(verdict, "sentence", None)
        abort(403)
    return _change_password_first()


def _holds_role(permission: Permission) -> Any:
    """Where a dispute is concerned the service decides; here only whether any role fits at all."""
    return True if actor().roles & set(permission.value.roles) else may(actor(), permission)


def _to_sign_in(permission: Permission) -> Response:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    party = Role.PARTY in permission.value.roles
    return redirect(url_for("lookup.enter" if party else "sign_in.sign_in", next=wanted))


def _change_password_first() -> Response | None:
    seen = current_user.seen
    if seen.must_change_password and request.endpoint not in (
        "sign_in.change_password",
        "sign_in.sign_out",
        "preferences.choose",
    ):
        return redirect(url_for("sign_in.change_password"))
    return None


def _load(request_: Any) -> SignedIn | None:
    token = request_.cookies.get(cookie_name())
    if not token:
        return None
    seen = sign_ins.see(token, clock=clock(), config=current_app.extensions["config"])
    return SignedIn(seen) if seen else None


def init(app: Flask) -> None:
    login = LoginManager(app)
    login.session_protection = None  # our own server-side sign-ins decide (T4, T5)
    login.request_loader(_load)
    app.before_request(guard)
    app.url_map.converters["int"] = RowNumber
