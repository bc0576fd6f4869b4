"""From a page of the list to its table: columns, cells, filters, and the ways on."""

from __future__ import annotations

from typing import Any

from flask import url_for

from mediation.permissions import Permission, may
from mediation.services.listing import Line, ListPage, Wanted
from mediation.web.gate import actor
from mediation.web.pages import day
from mediation.wording import Text
from mediation.workflow.stages import Phase

COLUMNS = (
    {"label": Text("事情", "Matter")},
    {"label": Text("当事人", "Parties")},
    {"label": Text("编号", "Number")},
    {"label": Text("走到哪", "Stage")},
    {"label": Text("登记", "Registered")},
    {"label": Text("法定期限", "Legal date"), "number": True},
)


def parts(page: ListPage, wanted: Wanted) -> dict[str, Any]:
    return {
        "columns": COLUMNS,
        "table_rows": [_row(line) for line in page.lines],
        "phase_links": _filters(wanted),
        "keep": _kept(wanted),
        "older_url": _url(wanted, after=page.older) if page.older else None,
        "newer_url": _url(wanted, before=page.newer) if page.newer else None,
        "may_print": may(actor(), Permission.PRINT_IN_BATCHES).allowed,
        "may_register": may(actor(), Permission.REGISTER_DISPUTE).allowed,
    }


def _row(line: Line) -> list[Any]:
    return [
        _matter(line),
        line.party_names,
        line.number or Text("还没有", "none yet"),
        line.stage.label,
        day(line.registered_on),
        _due(line),
    ]


def _matter(line: Line) -> dict[str, Any]:
    """The way to the case; where its papers may be printed with others, a box to tick as well."""
    cell: dict[str, Any] = {
        "text": line.title,
        "url": url_for("disputes.case", reference=line.reference),
    }
    if may(actor(), Permission.PRINT_IN_BATCHES).allowed:
        cell["tick"] = ("case", line.reference)
    return cell


def _due(line: Line) -> Any:
    if line.days_left is None or line.due_on is None:
        return None
    if line.days_left < 0:
        return {
            "text": Text(f"已超{-line.days_left}天", f"{-line.days_left} days over"),
            "near": True,
        }
    return {"text": day(line.due_on), "near": line.days_left <= 7}


def _kept(wanted: Wanted) -> dict[str, str]:
    kept = {
        "phase": wanted.phase.name if wanted.phase else "",
        "stage": wanted.stage.name if wanted.stage else "",
        "open": "1" if wanted.open_only else "",
        "mine": "1" if wanted.mine else "",
    }
    return {name: value for name, value in kept.items() if value}


def _url(wanted: Wanted, **more: Any) -> str:
    return url_for("disputes.index", q=wanted.words or None, **{**_kept(wanted), **more})


def _filters(wanted: Wanted) -> list[dict[str, Any]]:
    def link(text: Text, *, current: bool, **query: Any) -> dict[str, Any]:
        url = url_for("disputes.index", q=wanted.words or None, **query)
        return {"text": text, "url": url, "current": current}

    everything = not _kept(wanted)
    return [
        link(Text("全部", "All"), current=everything),
        link(Text("没办完的", "Open"), current=wanted.open_only, open=1),
        link(Text("我经手的", "Mine"), current=wanted.mine, mine=1),
        *(link(p.label, current=wanted.phase is p, phase=p.name.lower()) for p in Phase),
    ]
