"""From what a print run is to what its pages show: counts in words, failures, files to take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for

from mediation.forms.print_runs import ISSUE, PrintForm
from mediation.services import print_runs
from mediation.services.paper_files import kind_label
from mediation.services.print_runs import Run, RunState
from mediation.web.gate import hand
from mediation.web.pages import day
from mediation.wording import Text

ACTS: dict[str, Callable[..., None]] = {
    "start": print_runs.start,
    "pause": print_runs.pause,
    "cancel": print_runs.cancel,
    "retry": print_runs.try_again,
}
STATES = {
    RunState.CHOSEN: Text("选好了，还没有印", "Chosen, not begun"),
    RunState.RUNNING: Text("正在印", "Being printed"),
    RunState.PAUSED: Text("停着", "Paused"),
    RunState.DONE: Text("印完了", "Finished"),
    RunState.CANCELLED: Text("取消了", "Cancelled"),
}
LEFT_COLUMNS = (
    {"label": Text("哪一个", "Which")},
    {"label": Text("为什么没有进来", "Why it is not in")},
)
FAILED_COLUMNS = ({"label": Text("哪一份", "Which")}, {"label": Text("为什么", "Why")})
VOLUME_COLUMNS = (
    {"label": Text("哪一卷", "Volume")},
    {"label": Text("几份", "Letters"), "number": True},
    {"label": Text("几页", "Pages"), "number": True},
)
_EVERY = Text("全部文书", "All papers")
_SHOWN = 200


def letters(n: int) -> Text:
    return Text(f"{n}份", "1 letter" if n == 1 else f"{n} letters")


def cases(n: int) -> Text:
    return Text(f"{n}件", "1 case" if n == 1 else f"{n} cases")


def asked(form: PrintForm) -> Text:
    """The choice in a few words, for the list of runs."""
    kind = kind_label(form.kind.data) if form.kind.data else _EVERY
    words = [
        Text("新出具：{kind}", "New: {kind}").with_(kind=kind) if form.act.data == ISSUE else kind
    ]
    if "ticked" in form and form.ticked.data:
        words.append(Text("勾选的", "ticked"))
    if form.file.given:
        words.append(Text("按表", "from a table"))
    for field in (form.place_id, form.phase):
        words += [label for value, label in field.choices if value and value == field.data]
    span = [day(d) for d in (form.from_on.data, form.to_on.data)]
    if any(span):
        words.append(Text("{a}–{b}", "{a}–{b}").with_(a=span[0], b=span[1]))
    if form.not_printed.data:
        words.append(Text("没有印过的", "not printed yet"))
    return Text("，".join(w.zh for w in words), ", ".join(w.en for w in words))


def line(run: Run) -> dict[str, Any]:
    """One run in the list."""
    state, on = STATES[run.state], day(run.at)
    count = letters(run.letters) if run.letters else cases(run.cases)
    failed = run.failed + run.cases_failed
    bad = Text(f"，{failed}份没有印成", f", {failed} failed") if failed else Text("", "")
    return {
        "text": run.asked,
        "url": url_for("print_runs.show", reference=run.reference),
        "end": Text(
            f"{on}，{count.zh}，{state.zh}{bad.zh}", f"{on}: {count.en}, {state.en.lower()}{bad.en}"
        ),
    }


def parts(run: Run) -> dict[str, Any]:
    return {
        "state": STATES[run.state],
        "letters": letters,
        "cases": cases,
        "left_columns": LEFT_COLUMNS,
        "left_out": [[one.what, one.why] for one in run.left_out[:_SHOWN]],
        "failed_columns": FAILED_COLUMNS,
        "volume_columns": VOLUME_COLUMNS,
        "volumes": [_volume(run, v.number, v.letters, v.pages) for v in run.volumes],
        "kinds": [(label, letters(n)) for label, n in run.kinds],
        "most": _SHOWN,
    }


def _volume(run: Run, number: int, count: int, pages: int) -> list[Any]:
    url = url_for("print_runs.volume", reference=run.reference, number=number)
    return [{"text": Text(f"第{number}卷", f"Volume {number}"), "url": url}, count, pages]


def failures(reference: str) -> list[list[Any]]:
    """A letter leads to its paper, a case to its page."""
    found = []
    for row, why in print_runs.failures(reference, by=hand()):
        if row.public_id:
            label = kind_label(row.kind)
            text = Text(f"{row.name}{label.zh}", f"{row.name} {label.en}")
            url = url_for("papers.show", public_id=row.public_id)
        else:
            text = Text(row.name, row.name)
            url = url_for("disputes.case", reference=row.reference)
        found.append([{"text": text, "url": url}, why])
    return found
