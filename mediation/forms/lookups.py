"""The case code, a paper's check code, and a party's own answers."""

from __future__ import annotations

from wtforms import FileField

from mediation.forms.base import BaseForm
from mediation.forms.fields import Asked, ChoiceField, LineField, LongField, choices_of
from mediation.wording import Text
from mediation.workflow.words import Answer


class LookUpForm(BaseForm):
    code = LineField(
        Text("案件码", "Case code"), limit=40, required=True,
        hint=Text("小条上那十二个字母和数字，横线不用管", "the twelve letters and figures on your slip"),
    )  # fmt: skip
    second = LineField(
        Text("您电话的后四位", "The last four figures of your telephone"), limit=20, required=True,
        hint=Text("没有留电话的，写小条上的六位数", "without a telephone: the six figures on the slip"),
        width="short",
    )  # fmt: skip


class PaperFile(Asked, FileField):
    """A file to be looked at and not kept."""

    kind = "file"


class CheckForm(BaseForm):
    code = LineField(
        Text("校验码", "Check code"), limit=40,
        hint=Text("每页左下角，例如 9FD7 5CB7 AC53", "at the foot of each page, such as 9FD7 5CB7 AC53"),
    )  # fmt: skip
    file = PaperFile(
        Text("或者选这份文书的文件", "or choose the paper's file"),
        hint=Text("只比对，不保存", "it is compared and not kept"),
    )


class OwnAnswerForm(BaseForm):
    """Nothing is preselected."""

    said = ChoiceField(Text("您怎么答", "Your answer"), choices=choices_of(Answer), required=True)


class LeaveForm(BaseForm):
    """No reason is needed."""

    note = LongField(Text("想说一句的话", "Anything you wish to say"), limit=500, rows=2)
