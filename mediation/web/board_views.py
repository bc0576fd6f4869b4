"""From what the board knows to what its components show: sheets, tables, numbers, bars."""

from __future__ import annotations

from typing import Any

from flask import url_for

from mediation.reports import REPORTS
from mediation.reports.case_statement import REPORT as CASE_STATEMENT
from mediation.reports.cases import Asked, CaseList
from mediation.reports.figures import Figure, MonthBar
from mediation.reports.periods import Period, choices
from mediation.services.board import Board, Line, ListPage
from mediation.web.pages import day
from mediation.web.today_views import said
from mediation.wording import Text

_MATTER = {"label": Text("事情", "Matter")}
_ASSIGN = Text("定下调解员", "Name the mediator")
_NOBODY = Text("还没有", "nobody yet")


def parts(found: Board) -> dict[str, Any]:
    return {
        "board": found,
        "span": span(found.asked),
        "periods": period_links("board.board", found.asked),
        "first": _first(found),
        "denied": [_denied(line) for line in found.rows[CaseList.DENIED]],
        "overdue": _overdue(found),
        "unassigned": _unassigned(found),
        "others": [
            _counted(found, w) for w in (CaseList.FRESH, CaseList.QUIET, CaseList.UNSETTLED)
        ],
        "figures": [_figure(f, found.asked.period) for f in found.figures],
        "bars": [_bar(bar) for bar in found.months],
        "bars_note": Text("{day}为止", "until {day}").with_(day=said(found.asked.today)),
        "reports": [_report(r.name, r.label, found.asked.period) for r in REPORTS],
    }


def span(asked: Asked) -> Text:
    """From when to when, in words; a period that still runs ends today."""
    if asked.period.ended(asked.today):
        return asked.period.label
    label = asked.period.label
    return Text(
        f"{label.zh}，到{said(asked.today).zh}", f"{label.en}, until {said(asked.today).en}"
    )


def period_links(endpoint: str, asked: Asked, **more: Any) -> list[dict[str, Any]]:
    """The periods a page offers; the one that is looked at is marked."""
    return [
        {
            "text": period.label,
            "url": url_for(endpoint, period=period.slug, **more),
            "current": period == asked.period,
        }
        for period in dict.fromkeys((*choices(asked.today), asked.period))
    ]


def list_url(wanted: CaseList, period: Period | None = None, **more: Any) -> str:
    slug = period.slug if period and wanted.value.group else None
    return url_for("board.cases", name=wanted.slug, period=slug, **more)


_FIRST = (
    (CaseList.DENIED, Text("{n}件，当事人说不属实", "{n}: a party says it is not so"),
     Text("先核实这{n}件", "Check with them first")),
    (CaseList.OVERDUE, Text("{n}件超期了", "{n} overdue"),
     Text("看看卡在哪", "See what holds them up")),
    (CaseList.UNASSIGNED, Text("{n}件还没定调解员", "{n} without a mediator"),
     Text("去定调解员", "Name the mediators")),
    (CaseList.QUIET, Text("{n}件好几天没有动静", "{n} quiet for days"),
     Text("去问一问", "Ask about them")),
)  # fmt: skip


def _first(found: Board) -> dict[str, Any] | None:
    """The one thing to look at first; none when nothing asks for it."""
    for wanted, title, button in _FIRST:
        n = found.counts[wanted]
        if n:
            action = {"text": button.with_(n=n), "url": list_url(wanted)}
            return {"list": wanted.slug, "title": title.with_(n=n), "action": action}
    return None


def _denied(line: Line) -> dict[str, Any]:
    words = "；".join(f"{d.party}：“{d.answer.value.zh}”" for d in line.denials)
    english = "; ".join(f"{d.party}: “{d.answer.value.en}”" for d in line.denials)
    return {
        "title": line.row.title,
        "url": _case_url(line),
        "said": Text(words, english),
        "on": said(line.denials[-1].given_on) if line.denials else None,
    }


def _case_url(line: Line) -> str:
    return url_for("disputes.case", reference=line.row.reference)


def _case(line: Line) -> dict[str, Any]:
    return {"text": line.row.title, "url": _case_url(line)}


def _assign_cell(line: Line) -> Any:
    if not line.assign:
        return line.row.mediator or _NOBODY
    url = url_for("records.record", reference=line.row.reference, slug="assignment")
    return {"text": _ASSIGN, "url": url}


def days(n: int) -> Text:
    return Text(f"{n}天", "1 day" if n == 1 else f"{n} days")


def _over(line: Line) -> Any:
    """Vermilion only where a law sets the date; the rest is said in ink."""
    late = line.late
    return {"text": days(late.days), "near": late.deadline.value.legal} if late else None


def _which(line: Line) -> Any:
    if line.late is None:
        return None
    over, label = days(line.late.days), line.late.deadline.label
    text = Text(f"{label.zh}，{over.zh}", f"{label.en}: {over.en}")
    return {"text": text, "near": line.late.deadline.value.legal}


def _overdue(found: Board) -> dict[str, Any]:
    wanted = CaseList.OVERDUE
    return {
        "n": found.counts[wanted],
        "url": list_url(wanted),
        "columns": [
            _MATTER,
            {"label": Text("轮到谁", "Whose turn")},
            {"label": Text("超了", "Over"), "number": True},
        ],
        "rows": [
            [_case(line), line.row.mediator or _NOBODY, _over(line)] for line in found.rows[wanted]
        ],
    }


def _unassigned(found: Board) -> dict[str, Any]:
    wanted = CaseList.UNASSIGNED
    return {
        "n": found.counts[wanted],
        "url": list_url(wanted),
        "columns": [_MATTER, {"label": Text("调解员", "Mediator"), "number": True}],
        "rows": [[_case(line), _assign_cell(line)] for line in found.rows[wanted]],
    }


def _counted(found: Board, wanted: CaseList) -> dict[str, Any]:
    n = found.counts[wanted]
    return {
        "text": wanted.label,
        "url": list_url(wanted),
        "end": Text(f"{n}件", "1 case" if n == 1 else f"{n} cases"),
    }


def _figure(figure: Figure, period: Period) -> dict[str, Any]:
    return {
        "label": figure.label,
        "number": figure.number,
        "unit": figure.unit,
        "sample": figure.sample,
        "url": list_url(figure.cases, period),
        "too_few": figure.number is None,
    }


def _bar(bar: MonthBar) -> tuple[Any, ...]:
    """A month with its two numbers; in the table below the bars each opens its cases."""
    label, slug = bar.period.label, bar.period.slug
    zh, en = label.zh.split("年")[1], label.en.split()[0]
    agreed = url_for("reports.cases", name=CASE_STATEMENT.name, column="agreed", period=slug)
    return (
        Text(zh, en),
        _counted_in(bar.registered, list_url(CaseList.REGISTERED, bar.period)),
        _counted_in(bar.agreed, agreed),
    )


def _counted_in(n: int | None, url: str) -> Any:
    return {"text": n, "url": url} if n else n


def _report(name: str, label: Text, period: Period) -> dict[str, Any]:
    return {"text": label, "url": url_for("reports.report", name=name, period=period.slug)}


LIST_COLUMNS = (
    _MATTER,
    {"label": Text("当事人", "Parties")},
    {"label": Text("走到哪", "Stage")},
    {"label": Text("登记", "Registered")},
    {"label": Text("调解员", "Mediator")},
)
_LAST = {
    CaseList.OVERDUE: {"label": Text("哪个期限，超了多久", "Which date, and how long over")},
    CaseList.QUIET: {"label": Text("没动静", "Quiet for"), "number": True},
    CaseList.DENIED: {"label": Text("怎么说的", "In their words")},
    CaseList.FRESH: {"label": Text("为什么在这里", "Why it is here")},
}


def list_parts(page: ListPage) -> dict[str, Any]:
    wanted, period = page.wanted, page.asked.period
    last = _LAST.get(wanted)
    return {
        "columns": [*LIST_COLUMNS, *([last] if last else [])],
        "table_rows": [_list_row(line, wanted) for line in page.lines],
        "periods": period_links("board.cases", page.asked, name=wanted.slug)
        if wanted.value.group
        else [],
        "family": _family(wanted, period),
        "span": span(page.asked) if wanted.value.group else None,
        "older_url": list_url(wanted, period, after=page.older) if page.older else None,
        "board_url": url_for("board.board", period=period.slug if wanted.value.group else None),
    }


def _list_row(line: Line, wanted: CaseList) -> list[Any]:
    return [*cells(line), *_last_cell(line, wanted)]


def cells(line: Line) -> list[Any]:
    row = line.row
    told = [_case(line), row.party_names, row.stage.label, day(row.registered_on)]
    return [*told, _assign_cell(line)]


def _last_cell(line: Line, wanted: CaseList) -> list[Any]:
    if wanted is CaseList.OVERDUE:
        return [_which(line)]
    if wanted is CaseList.QUIET:
        return [days(line.days_quiet)]
    if wanted is CaseList.DENIED:
        return [_denied(line)["said"]]
    return [line.why] if wanted is CaseList.FRESH else []


def _family(wanted: CaseList, period: Period) -> list[dict[str, Any]]:
    """The whole a part was counted from, and its other parts; else the lists that look at today."""
    group = wanted.family if wanted.value.group else tuple(c for c in CaseList if not c.value.group)
    return (
        [{"text": c.label, "url": list_url(c, period), "current": c is wanted} for c in group]
        if len(group) > 1
        else []
    )
