"""Event tokens: the signed hidden field that makes a form count once, for one version (D12)."""

from __future__ import annotations

import secrets

from flask import current_app, request
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from mediation.errors import Refused
from mediation.services.acts import Token
from mediation.wording import Text

FIELD = "event_token"
LIFETIME_S = 8 * 3600
_EXPIRED = Text(
    "这一页开得太久了，没有丢东西。请再按一次。",
    "This page was open too long. Nothing was lost: please press the button again.",
)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key, salt="event token")  # type: ignore[arg-type]


def new_token(subject: str = "", version: int | None = None) -> str:
    """A fresh token for a form about `subject` (a reference), as seen in this version."""
    who = current_user.get_id() or ""
    return _serializer().dumps([secrets.token_hex(16), who, subject, version])


def given_token(subject: str = "") -> Token:
    """The token that came with this form. Raises Refused when it is missing, old or somebody else's."""
    try:
        number, who, about, version = _serializer().loads(
            request.form.get(FIELD, ""), max_age=LIFETIME_S
        )
    except (BadData, ValueError) as error:
        raise Refused(_EXPIRED) from error
    if who != (current_user.get_id() or "") or about != subject:
        raise Refused(_EXPIRED)
    return Token(number, version)
