"""Short findings: each kind asks its own two or three questions."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import ChoiceField, DayField, LineField, ListField, LongField
from mediation.services.notes import (
    DANGERS,
    ENDINGS,
    GROUNDS,
    REFERRAL_BASES,
    RETENTIONS,
    NoteAnswers,
)
from mediation.wording import Text

_DAY_HINT = Text("不写就是今天", "today if blank")


class NoteForm(BaseForm):
    """What all of them share: a day, and the answers a service takes."""

    def answers(self) -> NoteAnswers:
        def said(name: str) -> str:
            field = self._fields.get(name)
            return (field.data or "") if field is not None else ""

        target = said("target_id")
        return NoteAnswers(
            choice=said("choice"),
            text=said("text"),
            addressee=said("addressee"),
            noted_on=self._fields["noted_on"].data,
            target_id=int(target) if target else None,
        )


class DangerForm(NoteForm):
    choice = ChoiceField(
        Text("看到了什么", "What was seen"), choices=list(DANGERS.items()), required=True
    )
    text = LongField(Text("说一说", "Describe it"), limit=1000, rows=2)
    addressee = LineField(
        Text("报告给了谁", "To whom it was reported"),
        limit=120,
        hint=Text(
            "有危险先打110，再写报给了哪里、哪位",
            "with danger, call 110 first; then write to whom it was reported",
        ),
    )
    noted_on = DayField(Text("哪天看的", "On which day"), hint=_DAY_HINT)


class RightsReadingForm(NoteForm):
    text = LongField(
        Text("念给谁听，有没有听懂", "To whom it was read, and whether understood"),
        limit=500,
        rows=2,
        required=True,
    )
    noted_on = DayField(Text("哪天念的", "On which day"), hint=_DAY_HINT)


class NonAcceptanceForm(NoteForm):
    choice = ChoiceField(
        Text("为什么不受理", "Why not"), choices=list(GROUNDS.items()), required=True
    )
    text = LongField(Text("说明白一点", "Explain it plainly"), limit=1000, rows=2)
    addressee = LineField(
        Text("该去哪里", "Where to go instead"), limit=120, required=True,
        hint=Text("写单位名称和电话", "name and telephone of the office"),
    )  # fmt: skip
    noted_on = DayField(Text("哪天决定的", "On which day"), hint=_DAY_HINT)


class ReferralForm(NoteForm):
    addressee = LineField(Text("转给谁", "To whom"), limit=120, required=True)
    choice = ChoiceField(
        Text("凭什么转", "On what basis"), choices=list(REFERRAL_BASES.items()), required=True
    )
    text = LongField(Text("为什么转", "Why"), limit=1000, rows=2, required=True)
    noted_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)


class EscalationForm(NoteForm):
    target_id = ListField(Text("交给哪个委员会", "Which committee takes it over"), required=True)
    text = LongField(Text("为什么上交", "Why"), limit=1000, rows=2, required=True)
    noted_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)


class TerminationForm(NoteForm):
    choice = ChoiceField(
        Text("为什么终止", "Why it ends"), choices=list(ENDINGS.items()), required=True
    )
    text = LongField(
        Text("说明白一点", "Explain it plainly"),
        limit=1000,
        rows=2,
        hint=Text(
            "找不到人的，写找过几次、怎么找的",
            "if somebody cannot be reached: how often and how you tried",
        ),
    )
    noted_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)


class UrgingForm(NoteForm):
    text = LongField(
        Text("怎么督促的，对方怎么说", "How, and what they said"), limit=1000, rows=3, required=True
    )
    noted_on = DayField(Text("哪天督促的", "On which day"), hint=_DAY_HINT)


class NewDateForm(NoteForm):
    target_id = ListField(Text("哪一条", "Which item"), required=True)
    choice = DayField(Text("双方约定的新日子", "The new date both agreed"), required=True)
    text = LongField(Text("双方怎么约的", "How both agreed"), limit=500, rows=2, required=True)
    noted_on = DayField(Text("哪天约的", "On which day"), hint=_DAY_HINT)

    def answers(self) -> NoteAnswers:
        return NoteAnswers(
            choice=self.choice.data.isoformat(),
            text=self.text.data,
            noted_on=self.noted_on.data,
            target_id=int(self.target_id.data),
        )


class NoVisitForm(NoteForm):
    text = LongField(
        Text("为什么不回访", "Why there is no return visit"), limit=500, rows=2, required=True
    )
    noted_on = DayField(Text("哪天", "On which day"), hint=_DAY_HINT)


class RetentionForm(NoteForm):
    choice = ChoiceField(
        Text("保管多久", "How long to keep it"), choices=list(RETENTIONS.items()), required=True,
        hint=Text("按本地档案规定选", "by the local archive rules"),
    )  # fmt: skip
    noted_on = DayField(Text("哪天定的", "On which day"), hint=_DAY_HINT)
