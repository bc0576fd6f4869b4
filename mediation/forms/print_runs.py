"""Which papers a print run holds, and how they are bound."""

from __future__ import annotations

from typing import Any

from mediation.forms.base import BaseForm
from mediation.forms.evidence import UploadField
from mediation.forms.fields import (
    ChoiceField,
    CountField,
    DayField,
    ListField,
    ManyField,
    TickField,
)
from mediation.wording import Text

PRINT, ISSUE = "print", "issue"
BOUND, SINGLE = "bound", "single"


class NamesField(UploadField):
    accept = ".csv,.xlsx,.txt"

    @property
    def given(self) -> bool:
        """A browser sends a file without a name where none was chosen."""
        return bool(getattr(self.data, "filename", ""))


class PrintForm(BaseForm):
    ticked = ManyField(Text("勾选的", "Ticked"))
    act = ChoiceField(
        Text("印什么", "What to print"), required=True,
        choices=(
            (PRINT, Text("已经出具的文书", "papers that were issued")),
            (ISSUE, Text("给每件新出具一份，再一起印", "a new paper for each case, then all of them")),
        ),
    )  # fmt: skip
    kind = ListField(Text("哪种文书", "Which paper"))
    place_id = ListField(Text("哪个调委会、哪一片", "Which committee or area"))
    phase = ListField(Text("走到哪一步的案件", "Cases in which phase"))
    from_on = DayField(Text("从哪天出具的", "Issued from"))
    to_on = DayField(Text("到哪天为止", "Issued until"))
    not_printed = TickField(
        Text("只要还没有批量印过的", "Only those no run has printed yet"), required=True
    )
    file = NamesField(
        Text("或者传一张表", "Or send a table"),
        hint=Text(
            "XLSX或CSV。第一列写案号、案件编号或文书编号，一行一个；第二列可以写文书名称。",
            "XLSX or CSV. First column: a number of a case or paper, one a row; a second column may "
            "name the kind of paper.",
        ),
    )  # fmt: skip
    binding = ChoiceField(
        Text("怎么装", "How it is bound"), required=True,
        choices=(
            (BOUND, Text("装成一卷一卷的", "in volumes")),
            (SINGLE, Text("一份一个文件", "a file for each letter")),
        ),
    )  # fmt: skip
    volume_size = CountField(
        Text("一卷几份", "Letters in a volume"), least=1, most=500, required=True
    )

    def names(self, prefix: str) -> tuple[str, ...]:
        """The ticked cases or papers."""
        ticked: Any = self.ticked.data or []
        return tuple(one.removeprefix(prefix) for one in ticked if one.startswith(prefix))
