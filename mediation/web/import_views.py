"""From what an import is to what its pages show: counts in words, tables of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from flask import url_for

from mediation.services.case_rows import Bad, Planned
from mediation.services.import_previews import Preview, Similar
from mediation.services.imports import CAME_PAGE, Batch, State
from mediation.web.pages import day
from mediation.wording import Text
from mediation.workflow.dispute_types import dispute_type

if TYPE_CHECKING:
    from mediation.models.imports import Came

SHOWN = 20
_ROW = {"label": Text("第几行", "Row"), "number": False}
_WHY = {"label": Text("为什么", "Why")}
BAD_COLUMNS = (_ROW, _WHY)
GOOD_COLUMNS = (
    _ROW,
    {"label": Text("叫它什么", "Title")},
    {"label": Text("当事人", "Parties")},
    {"label": Text("类型", "Type")},
)
SIMILAR_COLUMNS = (
    _ROW,
    {"label": Text("这一行", "This row")},
    {"label": Text("像哪一件", "Looks like")},
)
CAME_COLUMNS = ({"label": Text("事情", "Matter")}, {"label": Text("现在", "Now")})
_LEFT = Text("没有人动过", "untouched")
_WORKED = Text("有人办过了", "worked on")
_BACK = Text("已收回，不算数", "taken back; does not count")


def _rows(n: int) -> Text:
    return Text(f"{n}行", "1 row" if n == 1 else f"{n} rows")


def cases(n: int) -> Text:
    return Text(f"{n}件", "1 case" if n == 1 else f"{n} cases")


def row(number: int) -> Text:
    return Text(f"第{number}行", f"row {number}")


def preview_parts(shown: Preview) -> dict[str, Any]:
    return {
        "good_columns": GOOD_COLUMNS,
        "good": [_good(one) for one in shown.good[:SHOWN]],
        "bad_columns": BAD_COLUMNS,
        "bad": bad_rows(shown.bad[:SHOWN]),
        "same": bad_rows(shown.same[:SHOWN]),
        "similar_columns": SIMILAR_COLUMNS,
        "similar": [_similar(one) for one in shown.similar[:SHOWN]],
        "most": SHOWN,
        "cases": cases,
        "row_words": _rows,
    }


def _good(one: Planned) -> list[Any]:
    kind = dispute_type(one.registration.dispute_type).label
    return [row(one.number), one.registration.title, "、".join(one.names), kind]


def bad_rows(rows: Iterable[Bad]) -> list[list[Any]]:
    return [[row(one.number), one.reason] for one in rows]


def _similar(one: Similar) -> list[Any]:
    other: Any = row(one.row)
    if one.reference:
        url = url_for("disputes.case", reference=one.reference)
        other = {"text": Text("已有的一件", "a case that is there"), "url": url}
    return [row(one.number), one.title, other]


def batch_line(batch: Batch) -> dict[str, Any]:
    """One import in the list: its file, when, and what came of it."""
    came, on = summed(batch), day(batch.at)
    return {
        "text": batch.file_name,
        "url": url_for("imports.show", reference=batch.reference),
        "end": Text(f"{on}，{came.zh}", f"{on}: {came.en}"),
    }


def summed(batch: Batch) -> Text:
    """What came of it, in a few words."""
    if batch.state is State.UNDONE:
        kept = Text(f"，留下{batch.kept}件", f", {batch.kept} kept") if batch.kept else Text("", "")
        return Text(f"已撤销{kept.zh}", f"undone{kept.en}")
    came = cases(batch.taken)
    if batch.state is State.DONE:
        return Text(f"登记了{came.zh}", f"{came.en} registered")
    return Text(
        f"{batch.state.value.zh}，{batch.done} / {batch.all}",
        f"{batch.state.value.en}, {batch.done} of {batch.all}",
    )


def show_parts(batch: Batch, came: Sequence[Came], after: int) -> dict[str, Any]:
    newer = max(after - CAME_PAGE, 0) if after else None
    older = after + CAME_PAGE if len(came) > CAME_PAGE else None
    return {
        "summed": summed(batch),
        "bad_columns": BAD_COLUMNS,
        "bad": bad_rows(batch.skipped[:SHOWN]),
        "most": SHOWN,
        "row_words": _rows,
        "cases": cases,
        "came_columns": CAME_COLUMNS,
        "came": [_came(one) for one in came[:CAME_PAGE]],
        "newer_url": _page_url(batch, newer),
        "older_url": _page_url(batch, older),
    }


def _page_url(batch: Batch, after: int | None) -> str | None:
    if after is None:
        return None
    return url_for("imports.show", reference=batch.reference, after=after or None)


def _came(one: Came) -> list[Any]:
    if one.taken_back_at is not None:
        return [one.title, {"text": _BACK, "second": True}]
    name = {"text": one.title, "url": url_for("disputes.case", reference=one.reference)}
    return [name, _WORKED if one.worked_on else _LEFT]
