"""The workday table."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import ChoiceField, CountField, DayField, LineField
from mediation.wording import Text


class SpecialDayForm(BaseForm):
    day = DayField(Text("哪一天", "Which day"), required=True)
    kind = ChoiceField(
        Text("这一天", "That day is"),
        choices=[
            ("REST", Text("放假", "a day off")),
            ("WORK", Text("调休上班", "a make-up working day")),
            ("NONE", Text("和平常一样", "an ordinary day")),
        ],
        required=True,
    )
    name = LineField(Text("什么节", "Holiday"), limit=40)


class AnnounceForm(BaseForm):
    year = CountField(Text("哪一年", "Year"), least=2000, most=2100, required=True)
    source = LineField(
        Text("依据哪个通知", "By which notice"), limit=120, required=True,
        hint=Text("写通知的名称和文号", "name and number of the notice"),
    )  # fmt: skip
