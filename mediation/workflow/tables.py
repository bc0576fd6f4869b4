"""The book of law to read: as a table, as Mermaid, as JSON, and as the generated README beside it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence

from mediation.roles import Role, Scope
from mediation.wording import Text
from mediation.workflow import diagrams
from mediation.workflow.deadlines import Deadline
from mediation.workflow.diagrams import Chapter, chapter_of
from mediation.workflow.documents import Document
from mediation.workflow.guards import Condition
from mediation.workflow.law import cite
from mediation.workflow.records import Record
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition, leaving

Rows = Iterable[Sequence[str]]
as_mermaid = diagrams.whole


def as_json() -> str:
    """Names are those of the rows; beside each list the words that people read."""
    book = {
        "stages": [_stage_entry(stage) for stage in Stage],
        "transitions": [_transition_entry(move) for move in Transition],
        "guards": {c.name: _said(c.value.sentence) for c in Condition},
        "roles": {role.name: _said(role.label) for role in Role},
        "papers": {document.folder: _said(document.label) for document in Document},
    }
    return json.dumps(book, ensure_ascii=False, indent=1)


def _said(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _stage_entry(stage: Stage) -> dict[str, object]:
    return {
        "name": stage.name,
        "label": stage.label.zh,
        "label_en": stage.label.en,
        "phase": stage.phase.label.en.lower(),
        "phase_zh": stage.phase.label.zh,
        "final": stage.final,
    }


def _transition_entry(move: Transition) -> dict[str, object]:
    row = move.value
    citations = [cite(key).short for key in row.basis]
    return {
        "name": move.name,
        "label": row.label.zh,
        "label_en": row.label.en,
        "from": [stage.name for stage in row.sources],
        "to": row.target.name,
        "roles": [role.name for role in row.roles],
        "scope": row.scope.name,
        "guards": [guard.name for guard in row.guards],
        "legal_basis": [citation.zh for citation in citations],
        "legal_basis_en": [citation.en for citation in citations],
        "papers": [paper.folder for paper in row.papers],
        "exit": row.exit,
        "asks_reason": row.asks_reason,
        "party_sides": [side.name for side in row.sides] if Role.PARTY in row.roles else [],
    }


# The terminal.


def as_table() -> str:
    """Two aligned tables in Chinese; a cell may have several lines."""
    stages = [[s.name, s.label.zh, s.phase.label.zh, "终点" if s.final else ""] for s in Stage]
    moves = [
        [
            f"{t.name}\n{t.label.zh}",
            "\n".join([*(s.label.zh for s in t.value.sources), f"→ {t.value.target.label.zh}"]),
            "\n".join(r.label.zh for r in t.value.roles),
            "\n".join(c.value.sentence.zh for c in t.value.guards),
            "\n".join(cite(key).short.zh for key in t.value.basis),
            "\n".join(d.label.zh for d in t.value.papers),
        ]
        for t in Transition
    ]
    return "\n\n".join(
        [
            _aligned(["阶段", "", "哪一段", ""], stages),
            _aligned(["动作", "从哪里 → 到哪里", "谁", "条件", "依据", "文书"], moves, ruled=True),
        ]
    )


def _aligned(head: Sequence[str], rows: Sequence[Sequence[str]], *, ruled: bool = False) -> str:
    cells = [[cell.split("\n") for cell in row] for row in (head, *rows)]
    widths = [
        max(_width(line) for row in cells for line in row[column]) for column in range(len(head))
    ]
    rule = "─" * (sum(widths) + 2 * (len(widths) - 1))
    lines: list[str] = []
    for number, row in enumerate(cells):
        if ruled or number == 1:
            lines += [rule] if number else []
        for depth in range(max(len(cell) for cell in row)):
            parts = [cell[depth] if depth < len(cell) else "" for cell in row]
            padded = (p + " " * (w - _width(p)) for p, w in zip(parts, widths, strict=True))
            lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def _width(line: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


# The page.

_INTRO = """\
# 办案流程 · The workflow

> 本页由 `mediation write-docs` 从本文件夹的表里写出，请不要手改；表改了没重写，测试会失败。
> This page is written by `mediation write-docs` from the rows in this folder. Do not edit it:
> a test fails when it is stale.

一件纠纷走四段路：登记、劝导、调解、司法确认。每一步由谁做、要什么条件、依据哪一条法律、出什么文书，
都写在这里的表里；页面上的按钮、权限、条件提示、期限和测试读的是同一张表。
**没有走到终点的每一站，当事人都可以去法院或走别的路，不用谁批准，也不收钱。**

A dispute walks through four phases. Who makes each move, on what condition, by which article, and
which papers it issues stands in the rows of this folder; buttons, rights, refusals, dates and tests
read the same rows. **From every stage that is not an end a party can go to court or leave; nobody
has to approve it, and nothing costs money.**

引用的“工作规定”低于法律，只在法律没有说的地方用。
A “working rule” ranks below the statutes and is used only where they are silent.
"""
_ABOUT_GUARDS = (
    "没有满足时，页面一次说出全部缺什么、去哪里补。"
    " A refusal names every unmet condition at once, and where to meet it."
)
_ABOUT_DEADLINES = (
    "当天不算，从第二天起算；“建议”是我们的提醒，不是法律规定。"
    " Counted from the next day; a “proposal” is a reminder of ours and no law."
)


def readme() -> str:
    """The README of this folder, whole."""
    return (
        "\n\n".join(
            [
                _INTRO.strip(),
                "## 全图 · Overview",
                _mermaid(diagrams.overview()),
                *(_chapter_section(chapter) for chapter in Chapter),
                _ways_out_section(),
                "## 阶段 · Stages",
                _stages_table(),
                "## 角色和动作 · Roles and moves",
                _matrix_intro(),
                _matrix(),
                "## 条件 · Conditions",
                _ABOUT_GUARDS,
                _guards_table(),
                "## 期限 · Deadlines",
                _ABOUT_DEADLINES,
                _deadlines_table(),
                "## 文书 · Papers",
                _documents_table(),
                "## 引用的法条 · Articles cited",
                _citations_table(),
            ]
        )
        + "\n"
    )


def _mermaid(diagram: str) -> str:
    return f"```mermaid\n{diagram}\n```"


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(texts) or "—"


def _table(head: Sequence[str], rows: Rows) -> str:
    said = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    ruled = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ruled, *said))


def _chapter_section(chapter: Chapter) -> str:
    moves = [t for t in Transition if _begins_in(t) is chapter and t not in diagrams.ENDINGS]
    title = f"## {chapter.label.zh} · {chapter.label.en}"
    return "\n\n".join([title, _mermaid(diagrams.of_chapter(chapter)), _moves_table(moves)])


def _begins_in(move: Transition) -> Chapter:
    """The chapter a move belongs to: where it starts, or for the first one where it leads."""
    return chapter_of((*move.value.sources, move.value.target)[0])


def _ways_out_section() -> str:
    return "\n\n".join(
        [
            "## 别的路和结案 · Other ways, and the end",
            "虚线是当事人随时可以走的路。 Dotted lines are open to a party at any time.",
            _mermaid(diagrams.ways_out()),
            _moves_table(diagrams.ENDINGS),
        ]
    )


def _moves_table(moves: Iterable[Transition]) -> str:
    head = ("动作 Move", "从 From → 到 To", "谁 Who", "条件 Conditions", "依据、文书 Basis, papers")
    return _table(head, ([*_move_cells(move)] for move in moves))


def _move_cells(move: Transition) -> tuple[str, ...]:
    row = move.value
    way = [*(_both(s.label) for s in row.sources), f"**→ {_both(row.target.label)}**"]
    reason = ["写上原因 with a reason"] if row.asks_reason else []
    papers = [f"《{d.label.zh}》 {d.label.en}" for d in row.papers]
    return (
        f"**{row.label.zh}**<br>{row.label.en}<br>`{move.name}`",
        _lines(way),
        _lines([_who(move, r) for r in row.roles]),
        _lines([*(f"· {_both(c.value.sentence)}" for c in row.guards), *reason]),
        _lines([*(_both(cite(key).short) for key in row.basis), *papers]),
    )


def _who(move: Transition, role: Role) -> str:
    """A party's move that only one side may make says which."""
    sides = move.value.sides
    limited = role is Role.PARTY and len(sides) == 1
    return _both(role.label) + (f"（{_both(sides[0].value)}）" if limited else "")


def _stages_table() -> str:
    rows = [
        (
            f"**{stage.label.zh}**<br>{stage.label.en}",
            f"`{stage.name}`",
            _both(stage.phase.label),
            "终点 end" if stage.final else "",
            _lines(_both(t.label) for t in leaving(stage)),
        )
        for stage in Stage
    ]
    return _table(("阶段 Stage", "", "哪一段 Phase", "", "可以做什么 Moves from here"), rows)


_MARKS = {Scope.HANDLED: "●", Scope.SEEN: "○"}


def _matrix_intro() -> str:
    marks = [f"- {mark} {_both(scope.value)}" for scope, mark in _MARKS.items()]
    party = "- ● 在“当事人”一列：自己的事。 ● in the last column: one's own case."
    return "\n".join([*marks, party])


def _matrix() -> str:
    """Who may make which move; an administrator of the machine makes none."""
    roles = [r for r in Role if any(r in t.value.roles for t in Transition)]
    head = ["", *(f"{r.label.zh}<br>{r.label.en}" for r in roles)]
    rows = [
        [
            f"{t.label.zh} {t.label.en}",
            *(_MARKS[t.value.scope] if r in t.value.roles else "" for r in roles),
        ]
        for t in Transition
    ]
    return _table(head, rows)


def _guards_table() -> str:
    rows = []
    for condition in Condition:
        guard = condition.value
        record = Record[guard.record.upper()].label if guard.record else None
        used = [t.label.zh for t in Transition if condition in t.value.guards]
        rows.append(
            (
                _both(guard.sentence),
                _both(guard.todo),
                _both(record) if record else "—",
                "、".join(used),
            )
        )
    return _table(
        ("条件 Condition", "没满足时 When unmet", "在哪里记 Recorded under", "用在 Used by"), rows
    )


def _deadlines_table() -> str:
    rows = [
        (
            _both(deadline.label),
            _both(deadline.value.starts.label),
            _both(deadline.length),
            _lines(_both(cite(key).short) for key in deadline.value.basis),
            _both(deadline.value.consequence),
        )
        for deadline in Deadline
    ]
    head = (
        "期限 Deadline",
        "从什么起 Starts with",
        "多长 Length",
        "依据 Basis",
        "过了会怎样 If it passes",
    )
    return _table(head, rows)


def _documents_table() -> str:
    rows = [
        (
            f"**{document.label.zh}**<br>{document.label.en}",
            f"`{document.folder}`",
            document.value.series or "案卷号 the volume's",
            _both(document.value.standing.value),
            "每人一份 each party" if document.value.per_party else "",
            "英文参考本 English copy" if document.value.english else "",
            _lines(_both(label) for label in _issued_by(document)),
        )
        for document in Document
    ]
    head = ("文书 Paper", "", "字号 Series", "来源 Standing", "", "", "什么时候出 Issued by")
    return _table(head, rows)


def _issued_by(document: Document) -> Iterable[Text]:
    """The moves and records that bring it, or that somebody asks for it."""
    if document.value.on_request:
        yield Text("按需打印", "printed when needed")
    yield from (t.label for t in Transition if document in t.value.papers)
    yield from (r.label for r in Record if document in r.value.papers)


def _citations_table() -> str:
    keys = {key for t in Transition for key in t.value.basis}
    keys |= {key for d in Deadline for key in d.value.basis}
    found = sorted((cite(key) for key in keys), key=lambda c: (c.row.short.zh, c.article))
    rows = [(_both(c.short), _both(c.note), c.in_force_from.isoformat()) for c in found]
    return _table(("法条 Article", "说什么 What it says", "施行 In force from"), rows)
