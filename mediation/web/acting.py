"""One way for every form that changes something: call the service, and answer whatever it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response

from mediation.errors import AlreadyDone, Invalid, NotAllowed, Refused, Stale
from mediation.forms.base import BaseForm
from mediation.services.acts import Token
from mediation.web import conflicts
from mediation.web.pages import render, token_field
from mediation.web.tokens import given_token

Reply = Response | str | tuple[str, int]


def submitted(
    form: BaseForm,
    call: Callable[[Token], str],
    *,
    subject: str = "",
    back_to: Callable[[str], str] = lambda answer: answer,
    now: Callable[[], Sequence[conflicts.Pair]] = tuple,
) -> Reply | None:
    """Run `call` with the form's token and go where its answer leads.

    `now` tells what is there now, in case somebody else changed it meanwhile.

    Returns None when the page should be shown (again): on GET, and when something is to be put
    right; what was typed stays in the form, and the form knows its errors.
    """
    if request.method != "POST":
        return None
    if not form.validate():
        return None
    try:
        answer = call(given_token(subject))
    except AlreadyDone as done:
        answer = done.answer
    except Invalid as error:
        form.put_error(error)
        return None
    except NotAllowed:
        raise
    except Refused as refusal:
        form.put_reasons(refusal.reasons)
        return None
    except Stale as stale:
        return conflict_page(stale, form, subject, now())
    return redirect(back_to(answer), code=303)


def conflict_page(
    stale: Stale, form: BaseForm, subject: str, there: Sequence[conflicts.Pair] = ()
) -> tuple[str, int]:
    """Both texts, neither lost: yours as you typed it beside what is there now, or the way to it.

    Where the version that is there now is known, yours can be sent once more, knowing of the other.
    """
    token = token_field(subject, stale.version) if stale.version is not None else None
    sent = request.form.to_dict(flat=False)
    yours = conflicts.said(form)
    shown = render(
        "errors/409.html", stale=stale, here=request.full_path.rstrip("?"), token=token, sent=sent,
        yours=conflicts.marked(yours, there), theirs=conflicts.marked(there, yours),
    )  # fmt: skip
    return shown, 409


def status_of(form: BaseForm) -> int:
    """422 when a form came back with something to put right."""
    return 422 if request.method == "POST" and any(True for _ in form.problems()) else 200


def filled(form: BaseForm) -> Any:
    return {field.name: field.data for field in form}
