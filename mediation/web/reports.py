"""Statements over a period, on a page and as tables for other programs."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, abort, request

from mediation.permissions import Permission
from mediation.reports import report_named
from mediation.reports.base import Report, Sheet
from mediation.reports.cases import Asked
from mediation.reports.writing import csv_bytes, xlsx_bytes
from mediation.services import board as service
from mediation.web import report_views
from mediation.web.acting import Reply
from mediation.web.court_views import number
from mediation.web.gate import actor, hand, requires
from mediation.web.pages import language, render

bp = Blueprint("reports", __name__)

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/reports/<name>")
@requires(Permission.SEE_FIGURES)
def report(name: str) -> Reply:
    found, asked, sheet = _asked(name)
    shown = report_views.parts(found, asked, sheet, request.args.get("row", ""))
    return render(
        "reports/report.html", report=found, may_board=service.sees_board(actor()), **shown
    )


@bp.get("/reports/<name>/cases/<column>")
@requires(Permission.SEE_FIGURES)
def cases(name: str, column: str) -> Reply:
    """Exactly the cases that one number counts: of a row, or of all."""
    by = hand()
    found, asked = _named(name), service.asked_for(request.args.get("period", ""), by=by)
    after, row = number(request.args.get("after")), request.args.get("row", "")
    page = service.behind(found, column, row, asked, by=by, after=after)
    return render("reports/cases.html", page=page, **report_views.behind_parts(page))


@bp.get("/reports/<name>.csv")
@requires(Permission.SEE_FIGURES)
def csv(name: str) -> Response:
    found, asked, sheet = _asked(name)
    return _file(csv_bytes(found, sheet, language()), _CSV, _file_name(found, asked, "csv"))


@bp.get("/reports/<name>.xlsx")
@requires(Permission.SEE_FIGURES)
def xlsx(name: str) -> Response:
    found, asked, sheet = _asked(name)
    note = report_views.note(asked, actor().place_name).in_(language())
    data = xlsx_bytes(found, sheet, language(), note)
    return _file(data, _XLSX, _file_name(found, asked, "xlsx"))


def _asked(name: str) -> tuple[Report, Asked, Sheet]:
    by, found = hand(), _named(name)
    asked = service.asked_for(request.args.get("period", ""), by=by)
    sheet = service.sheet(found, asked, by=by)
    return (found, asked, sheet) if sheet is not None else abort(404)


def _named(name: str) -> Report:
    try:
        return report_named(name)
    except KeyError:
        abort(404)


def _file_name(report: Report, asked: Asked, ending: str) -> str:
    return f"{report.label.in_(language())}-{asked.period.slug}.{ending}"


def _file(data: bytes, kind: str, name: str) -> Response:
    """Always a download, with a name in plain letters for old browsers."""
    plain = "".join(c for c in name if c.isascii()).strip("- ") or "table"
    said = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(data, headers={"Content-Type": kind, "Content-Disposition": said})
