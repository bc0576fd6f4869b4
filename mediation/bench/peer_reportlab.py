"""The benchmark's agreement by reportlab: the same words, table, signing places, footer and code."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from mediation.bench.words import clauses
from mediation.documents.casefile import Casefile, Party

_BODY = ParagraphStyle(
    "body", fontName="Song", fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK"
)
_HEAD = ParagraphStyle("head", parent=_BODY, fontName="SongBold")
_TITLE = ParagraphStyle(
    "title", parent=_HEAD, fontSize=22, leading=34, alignment=TA_CENTER, firstLineIndent=0
)
_NUMBER = ParagraphStyle("number", parent=_BODY, fontSize=12, alignment=TA_RIGHT, firstLineIndent=0)
_CELL = ParagraphStyle("cell", fontName="Song", fontSize=12, leading=18, wordWrap="CJK")


def make_ready(song: Path, bold: Path) -> None:
    pdfmetrics.registerFont(TTFont("Song", str(song)))
    pdfmetrics.registerFont(TTFont("SongBold", str(bold)))


def draw(case: Casefile, code: bytes) -> bytes:
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=28 * mm, rightMargin=28.9 * mm, topMargin=28 * mm,
        bottomMargin=31.9 * mm, title="人民调解协议书",
    )  # fmt: skip

    class Numbered(Canvas):  # type: ignore[misc]  # the library ships no types
        """Pages are kept until their number is known: 第 1 页 共 2 页."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self.kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802  # the library's name
            self.kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for state in self.kept:
                self.__dict__.update(state)
                _footer(self, case, code, len(self.kept))
                super().showPage()
            super().save()

    template.build(_story(case), canvasmaker=Numbered)
    return out.getvalue()


def _footer(canvas: Canvas, case: Casefile, code: bytes, pages: int) -> None:
    canvas.setFont("Song", 8)
    canvas.line(28 * mm, 26 * mm, 181 * mm, 26 * mm)
    canvas.drawImage(ImageReader(io.BytesIO(code)), 28 * mm, 10 * mm, 14 * mm, 14 * mm)
    canvas.drawString(45 * mm, 20 * mm, case.paper.number)
    canvas.drawString(45 * mm, 16 * mm, f"校验码　{case.check_code}")
    canvas.drawString(45 * mm, 12 * mm, "扫码或来电可核对真伪")
    canvas.drawCentredString(104 * mm, 20 * mm, f"第 {canvas.getPageNumber()} 页　共 {pages} 页")
    canvas.drawRightString(181 * mm, 20 * mm, "人民调解协议书")


def _story(case: Casefile) -> list[Any]:
    agreed = case.agreement
    story: list[Any] = [
        Paragraph("人民调解协议书", _TITLE), Paragraph(f"编号：{agreed.number}", _NUMBER),
        *(_party(p) for p in case.parties),
        Paragraph("一、纠纷主要事实和争议事项", _HEAD),
        *(Paragraph(text, _BODY) for text in agreed.facts.splitlines()),
        Paragraph(f"争议事项。{agreed.issues}", _BODY),
        Paragraph("二、协议内容", _HEAD), Paragraph("经调解，双方自愿达成如下协议：", _BODY),
        *(Paragraph(text, _BODY) for text in clauses(case)),
        Paragraph("三、协议份数", _HEAD),
        Paragraph(
            "本协议一式三份，甲方、乙方和人民调解委员会各持一份，具有同等效力。"
            "本协议所写某日前，均包括当日。调解不收取任何费用。", _BODY,
        ),
        Spacer(0, 6 * mm),
    ]  # fmt: skip
    for label, officer in (("甲方", "人民调解员（签名）："), ("乙方", "记录人（签名）：")):
        rows = [[f"{label}（签名盖章或按指印）：", f"{label}指印", officer]]
        story.append(Table(rows, (57 * mm, 30 * mm, 66 * mm), 32 * mm, style=[
            ("FONT", (0, 0), (-1, -1), "Song", 12), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BOX", (1, 0), (1, 0), 0.4, (0.5, 0.5, 0.5)),
        ]))  # fmt: skip
    return [*story, Paragraph(case.committee.name, _NUMBER), Paragraph("2026年9月26日", _NUMBER)]


def _party(party: Party) -> Table:
    rows = [
        [party.label, "姓　名", party.name, "性别", party.sex, "民族", party.ethnicity, "年龄", party.age],
        ["", "职业或职务", party.occupation, "联系方式", party.phone, "", "", "", ""],
        ["", "单位或住址", Paragraph(party.address, _CELL), "", "", "", "", "", ""],
    ]  # fmt: skip
    widths = [w * mm for w in (9, 26, 25, 13, 13, 13, 17, 13, 24)]
    return Table(rows, widths, style=[
        ("FONT", (0, 0), (-1, -1), "Song", 12), ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
        ("SPAN", (0, 0), (0, 2)), ("SPAN", (2, 2), (-1, 2)), ("SPAN", (4, 1), (-1, 1)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ])  # fmt: skip
