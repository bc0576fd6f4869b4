"""Questions of judicial confirmation: the court, the filing, the court's answers and service."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import (
    ChoiceField,
    DayField,
    LineField,
    ListField,
    LongField,
    choices_of,
)
from mediation.services.applications import (
    NOT_ACCEPTED_GROUNDS,
    REFUSAL_GROUNDS,
    CourtAnswerAnswers,
    CourtChoice,
    Filing,
    ServiceAnswers,
)
from mediation.wording import Text
from mediation.workflow.words import AnswerKind, Competence

_DAY_HINT = Text("不写就是今天", "today if blank")


class CourtChoiceForm(BaseForm):
    court_id = ListField(Text("哪个法院", "Which court"), required=True)
    competence = ChoiceField(
        Text("为什么归它管", "Why it is competent"), choices=choices_of(Competence), required=True
    )

    def answers(self) -> CourtChoice:
        return CourtChoice(
            court_id=int(self.court_id.data), competence=Competence[self.competence.data]
        )


class FilingForm(BaseForm):
    filed_on = DayField(
        Text("哪天交的或寄的", "Filed or posted on"),
        hint=Text("寄的按寄出那天算", "by post: the day it was posted"),
    )
    way = LineField(
        Text("怎么交的", "How"), limit=40, hint=Text("当面、邮寄、网上", "in person, post, online")
    )

    def answers(self) -> Filing:
        return Filing(filed_on=self.filed_on.data, way=self.way.data or "")


class CourtAnswerForm(BaseForm):
    """Nothing is preselected, above all not a court's decision."""

    kind = ChoiceField(
        Text("法院怎么答复", "The court's answer"), choices=choices_of(AnswerKind), required=True
    )
    number = LineField(
        Text("法院案号", "The court's number"), limit=60,
        hint=Text("照文书写，例如（2026）川0129诉前调确12号", "as written on the court's paper"),
    )  # fmt: skip
    ground = ListField(
        Text("理由", "Ground"),
        choices=[
            ("", Text("不用选", "none")),
            *NOT_ACCEPTED_GROUNDS.items(),
            *REFUSAL_GROUNDS.items(),
        ],
    )
    text = LongField(Text("写明白一点", "In words"), limit=2000, rows=3)
    answered_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)

    def answers(self) -> CourtAnswerAnswers:
        return CourtAnswerAnswers(
            kind=AnswerKind[self.kind.data],
            number=self.number.data or "",
            ground=self.ground.data or "",
            text=self.text.data or "",
            answered_on=self.answered_on.data,
        )


class ServiceForm(BaseForm):
    party_id = ListField(Text("送给谁", "Served on"), required=True)
    served_on = DayField(Text("哪天收到", "Received on"), hint=_DAY_HINT)
    way = LineField(Text("怎么送的", "How"), limit=40)

    def answers(self) -> ServiceAnswers:
        return ServiceAnswers(
            party_id=int(self.party_id.data), served_on=self.served_on.data, way=self.way.data or ""
        )
