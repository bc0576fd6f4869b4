"""Event tokens: the signed hidden field that makes a form count once, for one version (D12)."""

from __future__ import annotations

import secrets
from typing import Any

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


def as_seen(subject: str, version: int | None) -> int | None:
    """The version a form was filled in against, while it comes back to be put right: whoever was
    quicker meanwhile must not be overwritten by the second press.
    """
    sent = _read(None) if request.method == "POST" else None
    ours = sent is not None and sent[1:3] == [current_user.get_id() or "", subject]
    return sent[3] if sent is not None and ours else version


def _read(max_age: int | None) -> list[Any] | None:
    """What the field that came along says: number, person, subject, version; None if not ours."""
    try:
        found = _serializer().loads(request.form.get(FIELD, ""), max_age=max_age)
    except BadData:
        return None
    return found if isinstance(found, list) and len(found) == 4 else None


def given_token(subject: str = "") -> Token:
    """The token that came with this form. Raises Refused when it is missing, old or somebody else's."""
    sent = _read(LIFETIME_S)
    if sent is None or sent[1:3] != [current_user.get_id() or "", subject]:
        raise Refused(_EXPIRED)
    return Token(sent[0], sent[3])
