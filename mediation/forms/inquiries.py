"""The record of an inquiry: who was asked, and question and answer as they were spoken."""

from __future__ import annotations

import re

from mediation.forms.base import BaseForm
from mediation.forms.fields import DayField, LineField, LongField, NameField, PhoneField
from mediation.services.inquiries import InquiryAnswers
from mediation.wording import Text

_MARKS = {"问": "问", "答": "答", "q": "问", "a": "答"}
# A name has no figures in it: a time of day is no speaker.
_SPOKEN = re.compile(r"([^：:\d，。；、！？]{1,20}?)\s*[：:]\s*(.*)")


class InquiryForm(BaseForm):
    """Typed as people speak: 问：… 答：… a line each; a line without either goes on."""

    asked = NameField(Text("问的是谁", "Who was asked"), required=True)
    tie = LineField(
        Text("他和这件事是什么关系", "How they stand to the matter"), limit=60,
        hint=Text("例如：住在隔壁，当时在场", "for example: lives next door, was there"),
    )  # fmt: skip
    spot = LineField(Text("在哪里问的", "Where"), limit=80, required=True)
    talk = LongField(
        Text("问了什么，怎么答的", "What was asked and answered"), limit=20000, rows=14, required=True,
        hint=Text(
            "一行一句，问的写“问：”，答的写“答：”，别人插话写“名字：”",
            "one line each: “Q:” for a question, “A:” for an answer, “name:” for anybody else",
        ),
    )  # fmt: skip
    held_on = DayField(Text("哪天", "On which day"), hint=Text("不写就是今天", "today if blank"))
    begins = LineField(Text("几点开始", "Began at"), limit=5, width="short")
    ends = LineField(Text("几点结束", "Ended at"), limit=5, width="short")
    phone = PhoneField(Text("他的电话", "Their telephone"))
    present = LineField(Text("还有谁在场", "Who else was there"), limit=200)
    investigators = LineField(
        Text("谁去问的", "Who asked"), limit=120, hint=Text("不写就是您自己", "you if blank")
    )
    recorder = NameField(
        Text("谁记的", "Who took it down"), limit=40, hint=Text("不写就是您自己", "you if blank")
    )

    def answers(self) -> InquiryAnswers:
        return InquiryAnswers(
            asked=self.asked.data,
            tie=self.tie.data or "",
            phone=self.phone.data or "",
            spot=self.spot.data,
            held_on=self.held_on.data,
            begins=self.begins.data or "",
            ends=self.ends.data or "",
            present=self.present.data or "",
            investigators=self.investigators.data or "",
            recorder=self.recorder.data or "",
            lines=asked_and_answered(self.talk.data),
        )


def asked_and_answered(talk: str) -> tuple[tuple[str, str, str], ...]:
    """(mark, speaker, words) a line; a line that begins with nobody belongs to the one before."""
    lines: list[tuple[str, str, str]] = []
    for raw in (line.strip() for line in talk.splitlines()):
        spoken = _SPOKEN.fullmatch(raw)
        if spoken is not None:
            who, said = spoken.groups()
            mark = _MARKS.get(who.lower(), "")
            lines.append((mark, "" if mark else who, said))
        elif lines and raw:
            mark, who, said = lines[-1]
            lines[-1] = (mark, who, f"{said}\n{raw}")
        elif raw:
            lines.append(("", "", raw))
    return tuple(lines)
