"""Corrections, duplicates, and the reason for which a whole number is shown."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import ChoiceField, LineField, ListField, choices_of
from mediation.services.corrections import Correctable, CorrectionAnswers
from mediation.wording import Text


class CorrectionForm(BaseForm):
    party_id = ListField(Text("谁的", "Whose"), required=True)
    what = ChoiceField(
        Text("哪里写错了", "What is wrong"), choices=choices_of(Correctable), required=True
    )
    value = LineField(
        Text("应该是什么", "What it should be"), limit=120,
        hint=Text("空着就是删掉", "blank removes it"),
    )  # fmt: skip
    reason = LineField(
        Text("怎么知道的", "How it is known"), limit=120, required=True,
        hint=Text("例如：看了身份证", "for example: the ID card was shown"),
    )  # fmt: skip

    def answers(self) -> CorrectionAnswers:
        return CorrectionAnswers(
            party_id=int(self.party_id.data),
            what=Correctable[self.what.data],
            value=self.value.data or "",
            reason=self.reason.data or "",
        )


class DuplicateForm(BaseForm):
    other = LineField(
        Text("和哪一件重复", "Which case it repeats"), limit=60, required=True,
        hint=Text("写那一件的编号", "the number of the other case"),
    )  # fmt: skip
    reason = LineField(Text("怎么看出来的", "How it was found"), limit=120, required=True)


class NotDuplicateForm(BaseForm):
    reason = LineField(Text("为什么不是重复", "Why it is none"), limit=120, required=True)


class RevealForm(BaseForm):
    reason = LineField(
        Text("为什么要看", "Why you need it"), limit=120, required=True,
        hint=Text("会记下来，审计员看得到", "it is recorded; the auditor sees it"),
    )  # fmt: skip
