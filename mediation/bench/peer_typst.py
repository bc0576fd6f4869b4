"""The benchmark's agreement by typst: the same words, table, signing places, footer and code."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import typst

from mediation.bench.words import clauses
from mediation.documents.casefile import Casefile

_SOURCE = r"""
#let case = json(bytes(sys.inputs.case))
#set document(title: "人民调解协议书", date: datetime(year: 2026, month: 9, day: 26))
#set text(font: "Wusong Song", size: 14pt, lang: "zh", region: "cn")
#set par(leading: 10pt, spacing: 10pt, first-line-indent: (amount: 2em, all: true), justify: true)
#set page(paper: "a4", margin: (left: 28mm, right: 28.9mm, top: 28mm, bottom: 31.9mm), footer: context {
  line(length: 100%, stroke: .5pt)
  set text(size: 8pt)
  grid(columns: (17mm, 41mm, 1fr, 40mm),
    image(bytes(case.code), width: 14mm),
    [#case.number \ 校验码　#case.check \ 扫码或来电可核对真伪],
    align(center)[第 #counter(page).display() 页　共 #counter(page).final().first() 页],
    align(right)[人民调解协议书])
})
#align(center, text(size: 22pt, weight: "bold")[人民调解协议书])
#align(right, text(size: 12pt)[编号：#case.number])
#for party in case.parties {
  set text(size: 12pt)
  table(columns: (9mm, 26mm, 25mm, 13mm, 13mm, 13mm, 17mm, 13mm, 1fr), stroke: .5pt, align: center + horizon,
    table.cell(rowspan: 3, party.label), [姓　名], party.name, [性别], party.sex, [民族], party.ethnicity,
    [年龄], party.age,
    [职业或职务], party.occupation, [联系方式], table.cell(colspan: 5, party.phone),
    [单位或住址], table.cell(colspan: 7, party.address))
}
#let head(said) = par(first-line-indent: 2em, text(weight: "bold", said))
#head[一、纠纷主要事实和争议事项]
#for said in case.facts { par(said) }
#par[争议事项。#case.issues]
#head[二、协议内容]
#par[经调解，双方自愿达成如下协议：]
#for said in case.clauses { par(said) }
#head[三、协议份数]
#par[本协议一式三份，甲方、乙方和人民调解委员会各持一份，具有同等效力。本协议所写某日前，均包括当日。调解不收取任何费用。]
#v(6mm)
#for (label, officer) in (("甲方", "人民调解员（签名）："), ("乙方", "记录人（签名）：")) {
  set text(size: 12pt)
  grid(columns: (57mm, 30mm, 1fr), rows: 32mm,
    [#label（签名盖章或按指印）：], rect(width: 30mm, height: 30mm, stroke: .4pt, [#label;指印]), officer)
}
#align(right, text(size: 12pt)[#case.committee \ 2026年9月26日])
"""


def make_ready(fonts: Path) -> Any:
    source = Path(tempfile.mkdtemp(prefix="wusong-bench-")) / "agreement.typ"
    source.write_text(_SOURCE, "utf-8")
    return typst.Compiler(str(source), font_paths=[str(fonts)], ignore_system_fonts=True)


def draw(compiler: Any, case: Casefile, code: bytes) -> bytes:
    made: bytes = compiler.compile(
        format="pdf",
        pdf_standards="a-3b",
        sys_inputs={"case": json.dumps(_plain(case, code), ensure_ascii=False)},
    )
    return made


def _plain(case: Casefile, code: bytes) -> dict[str, Any]:
    people = ("label", "name", "sex", "ethnicity", "occupation", "phone", "address")
    return {
        "number": case.paper.number, "check": case.check_code, "committee": case.committee.name,
        "parties": [{k: getattr(p, k) for k in people} | {"age": str(p.age)} for p in case.parties],
        "facts": case.agreement.facts.splitlines(), "issues": case.agreement.issues,
        "clauses": clauses(case), "code": list(code),
    }  # fmt: skip
