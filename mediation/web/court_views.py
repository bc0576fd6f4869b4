"""From a shelf of applications to its table."""

from __future__ import annotations

from typing import Any

from flask import url_for

from mediation.permissions import Permission, may
from mediation.reports import REPORTS
from mediation.reports.queue import Shelf
from mediation.services.court_queue import QueueLine, QueuePage
from mediation.web.gate import actor
from mediation.web.pages import day
from mediation.wording import Text

_SHELVES = {shelf.name.lower(): shelf for shelf in Shelf}
_EMPTY = {
    Shelf.WAITING: Text("没有待收的申请", "No application is waiting"),
    Shelf.ACCEPTED: Text("没有在审的申请", "No application is under review"),
    Shelf.RETURNED: Text("没有退回补正的申请", "No application is out for correction"),
    Shelf.RULED: Text("还没有裁定过的申请", "No ruling yet"),
    Shelf.ALL: Text("还没有人来申请", "Nobody has applied yet"),
}
_WHERE = Text("调委会交来以后，会排在这里，早来的在前。",
              "What committees file will stand here, the oldest first.")  # fmt: skip


def shelf_named(word: str) -> Shelf:
    """An odd word means what waits, never an error."""
    return _SHELVES.get(word.lower(), Shelf.WAITING)


def number(said: str | None) -> int | None:
    plain = said or ""
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


def parts(page: QueuePage) -> dict[str, Any]:
    shelf = page.shelf
    everything = {"text": Text("看全部申请", "See all applications"), "url": _url(Shelf.ALL)}
    older = _url(shelf, after=page.older) if page.older else None
    return {
        "shelves": [_shelf(s, page) for s in Shelf],
        "columns": _columns(shelf),
        "table_rows": [_row(line, shelf) for line in page.lines],
        "older_url": older,
        "nothing": _EMPTY[shelf],
        "nothing_more": _WHERE,
        "everything": everything if shelf is not Shelf.ALL and page.counts[Shelf.ALL] else None,
        "reports": _reports(),
    }


def _url(shelf: Shelf, **more: Any) -> str:
    return url_for("court.queue", shelf=shelf.name.lower(), **more)


def _shelf(shelf: Shelf, page: QueuePage) -> dict[str, Any]:
    n, label = page.counts[shelf], shelf.label
    return {
        "text": Text(f"{label.zh} {n}", f"{label.en} {n}"),
        "url": _url(shelf),
        "current": shelf is page.shelf,
    }


_BY = {
    Shelf.WAITING: Text("答复还剩", "To answer"),
    Shelf.ACCEPTED: Text("审结还剩", "To rule"),
}


def _columns(shelf: Shelf) -> list[dict[str, Any]]:
    last = Text("要补正什么", "To correct") if shelf is Shelf.RETURNED else Text("走到哪", "Stage")
    return [
        {"label": Text("事情", "Matter")},
        {"label": Text("当事人", "Parties")},
        {"label": Text("协议生效", "In effect")},
        {"label": Text("交来", "Filed")},
        {"label": _BY[shelf], "number": True} if shelf in _BY else {"label": last},
    ]


def _row(line: QueueLine, shelf: Shelf) -> list[Any]:
    row = line.row
    return [
        {"text": row.title, "url": url_for("court.review", reference=row.reference)},
        row.party_names,
        _with_day(day(row.effective_on), line.days_since_effect) if row.effective_on else None,
        _with_day(day(row.filed_on), line.day_filed) if row.filed_on else None,
        _last(line, shelf),
    ]


def _with_day(said: str, n: int | None) -> Any:
    """A date, and which day since the agreement took effect (that day is day 0)."""
    if n is None:
        return said
    return Text(f"{said}，第{n}天", f"{said}, day {n}")


def _last(line: QueueLine, shelf: Shelf) -> Any:
    if shelf is Shelf.RETURNED:
        return line.row.last_correction
    if shelf not in _BY:
        waits = line.row.unserved
        return Text("裁定了，还没送达", "Ruled, not served yet") if waits else line.row.stage.label
    return _left(line)


def _left(line: QueueLine) -> Any:
    """Vermilion only for what a law dates; a custom of the court is said in ink."""
    n = line.days_left
    if n is None:
        return None
    if n < 0:
        text = Text(f"过了{-n}天", "1 day past" if n == -1 else f"{-n} days past")
    elif n == 0:
        text = Text("今天", "today")
    else:
        text = Text(f"{n}天", "1 day" if n == 1 else f"{n} days")
    return {"text": text, "near": line.due_is_law and n <= 7}


def _reports() -> list[dict[str, Any]]:
    if not may(actor(), Permission.SEE_FIGURES).allowed:
        return []
    return [{"text": r.label, "url": url_for("reports.report", name=r.name)} for r in REPORTS]
