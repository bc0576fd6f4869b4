"""The last resort: every error is a page that says what happened, that nothing was lost, what to do."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from mediation.errors import NotAllowed, NotFound, Refused
from mediation.web.pages import render

log = logging.getLogger(__name__)
_NOT_HERE = (
    "这个网址不是本站的。请用本站自己的网址打开。\n"
    "This site is not known by that name. Please use its own address.\n"
)
_OWN_PAGES = {400, 403, 404, 405, 409, 410, 413, 429, 500, 507}


def page(status: int, **context: Any) -> tuple[str, int]:
    shown = status if status in _OWN_PAGES else (400 if status < 500 else 500)
    return render(f"errors/{shown}.html", **context), status


def init(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        status = error.code or 500
        if status < 400:
            return error
        if isinstance(error, SecurityError):  # no page can be built for a name that is not ours
            return Response(_NOT_HERE, status, content_type="text/plain; charset=utf-8")
        return page(status, sentence=g.get("refusal"))

    @app.errorhandler(CSRFError)
    def _csrf(error: CSRFError) -> Any:
        return page(400, csrf=True)

    @app.errorhandler(NotFound)
    def _not_found(error: NotFound) -> Any:
        return page(404)

    @app.errorhandler(NotAllowed)
    def _not_allowed(error: NotAllowed) -> Any:
        return page(403, sentence=error.reasons[0])

    @app.errorhandler(Refused)
    def _refused(error: Refused) -> Any:
        return page(error.status if error.status in _OWN_PAGES else 400, reasons=error.reasons)

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Any:
        if app.config.get("PROPAGATE_ERRORS"):
            raise error
        number = secrets.token_hex(4).upper()
        log.error("error %s on %s", number, request.endpoint, exc_info=error)
        return page(507 if "disk is full" in str(error) else 500, number=number)
