"""What somebody was writing when their session ended: sealed, carried along, given back to its writer."""

from __future__ import annotations

import base64
import json
from binascii import Error as BadBase64
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for

from mediation.crypto import Keyring, Unreadable
from mediation.forms.sign_ins import SignInForm
from mediation.services import sign_ins
from mediation.web.pages import render

FIELD = "kept"
_BOUND_TO = "a form that was being filled in"
_OWN = (FIELD, "csrf_token")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent, its event token with it: it still counts once, for what was seen."""

    url: str
    fields: tuple[tuple[str, str], ...]

    @property
    def longest(self) -> str:
        """What would be missed most, to see that it is there."""
        return max(
            (value for name, value in self.fields if name != "event_token"), key=len, default=""
        )


def ask_again(cookie: str) -> tuple[str, int] | None:
    """The page to sign in again, the form sealed in it; None where nothing is to be kept.

    Whoever sits at this computer next reads nothing of it: only its writer's password opens it.
    """
    writer = sign_ins.was(cookie)
    if request.method != "POST" or writer is None or not request.form:
        return None
    url = request.full_path.rstrip("?")
    fields = [(n, v) for n, v in request.form.items(multi=True) if n not in _OWN]
    shown = render(
        "sign_in/sign_in.html", form=SignInForm(None), kept=_sealed([writer, url, fields]),
        action=url_for("sign_in.sign_in"), ended=True,
    )  # fmt: skip
    return shown, 401


def carried() -> str:
    """What came along with the sign-in page, as sealed as it was."""
    return request.form.get(FIELD, "")


def opened(secret: str) -> Kept | None:
    """The form, for whoever has just signed in, if it was theirs."""
    found = _unsealed(carried()) if carried() else None
    if found is None or found[0] != sign_ins.was(secret):
        return None
    return Kept(found[1], tuple((name, value) for name, value in found[2]))


def _sealed(said: list[Any]) -> str:
    return base64.b64encode(_keyring().encrypt(json.dumps(said), aad=_BOUND_TO)).decode()


def _unsealed(said: str) -> list[Any] | None:
    try:
        found = json.loads(_keyring().decrypt(base64.b64decode(said, validate=True), aad=_BOUND_TO))
    except (Unreadable, BadBase64, ValueError):
        return None
    return found if isinstance(found, list) else None


def _keyring() -> Keyring:
    return current_app.extensions["keyring"]  # type: ignore[no-any-return]
