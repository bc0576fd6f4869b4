"""A covenant's text, the meeting that adopts it, filing, posting and signing."""

from __future__ import annotations

from wtforms import FieldList, Form, FormField

from mediation.forms.base import BaseForm
from mediation.forms.fields import (
    ChoiceField,
    CountField,
    DayField,
    LineField,
    ListField,
    LongField,
    choices_of,
)
from mediation.services.covenants import AdoptionAnswers, ClauseAnswers, TextAnswers
from mediation.wording import Text
from mediation.workflow.words import MeetingKind

_MOST = 20
_DAY_HINT = Text("不写就是今天", "today if blank")


class StartForm(BaseForm):
    place_id = ListField(Text("哪个村或社区", "Which village or community"), required=True)


class ClauseForm(Form):
    head = LineField(Text("标题，四个字最好", "Heading, four characters are best"), limit=12)
    text = LongField(Text("内容", "Text"), limit=300, rows=2)
    head_en = LineField(Text("英文标题", "English heading"), limit=60)
    text_en = LongField(Text("英文", "English text"), limit=600, rows=2)

    def answers(self) -> ClauseAnswers:
        return ClauseAnswers(
            head=self.head.data or "",
            text=self.text.data or "",
            head_en=self.head_en.data or "",
            text_en=self.text_en.data or "",
        )


class CovenantForm(BaseForm):
    preamble = LongField(Text("开头的话", "Opening words"), limit=400, rows=3)
    preamble_en = LongField(Text("开头的话（英文）", "Opening words in English"), limit=800, rows=3)
    clauses = FieldList(
        FormField(ClauseForm),
        label=Text("条文", "Clauses"),  # type: ignore[arg-type]
        min_entries=3,
        max_entries=_MOST,
    )

    def __init__(self, formdata: object = None, **rest: object) -> None:
        super().__init__(formdata, **rest)
        if formdata is None and len(self.clauses) < _MOST:
            self.clauses.append_entry()

    def answers(self) -> TextAnswers:
        return TextAnswers(
            preamble=self.preamble.data or "",
            preamble_en=self.preamble_en.data or "",
            clauses=tuple(e.form.answers() for e in self.clauses if e.form.text.data),
        )


class AdoptionForm(BaseForm):
    meeting = ChoiceField(
        Text("什么会", "Which meeting"), choices=choices_of(MeetingKind), required=True
    )
    noticed_on = DayField(
        Text("哪天通知的", "Notice given on"), required=True,
        hint=Text("要提前十天", "ten days ahead"),
    )  # fmt: skip
    met_on = DayField(Text("哪天开的会", "Meeting held on"), required=True)
    entitled = CountField(Text("应到多少人（户）", "Entitled to attend"), least=1, required=True)
    present = CountField(Text("到会多少", "Present"), required=True)
    agreed = CountField(Text("赞成多少", "In favour"), required=True)

    def answers(self) -> AdoptionAnswers:
        return AdoptionAnswers(
            meeting=MeetingKind[self.meeting.data],
            noticed_on=self.noticed_on.data,
            met_on=self.met_on.data,
            entitled=self.entitled.data or 0,
            present=self.present.data or 0,
            agreed=self.agreed.data or 0,
        )


class CovenantFilingForm(BaseForm):
    filed_on = DayField(Text("哪天备案的", "Filed on"), hint=_DAY_HINT)
    filed_with = LineField(Text("报到哪里备案", "Filed with"), limit=80, required=True)


class PostingForm(BaseForm):
    posted_on = DayField(Text("哪天张贴的", "Posted on"), hint=_DAY_HINT)


class HouseholdForm(BaseForm):
    name = LineField(
        Text("户主或住户代表", "Head or representative of the household"), limit=60, required=True,
        hint=Text("自愿签，不签也没关系", "voluntary: not signing has no consequence"),
    )  # fmt: skip
    signed_on = DayField(Text("哪天签的", "Signed on"), hint=_DAY_HINT)
