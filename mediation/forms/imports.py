"""Sending a table of cases, and where those of them belong that name no place."""

from __future__ import annotations

from typing import Any

from wtforms.validators import StopValidation

from mediation.forms.base import BaseForm
from mediation.forms.evidence import UploadField
from mediation.forms.fields import ListField
from mediation.wording import Text

NO_FILE = Text("请选一个表格文件。", "Choose a table.")


class TableField(UploadField):
    accept = ".xlsx,.csv,.txt,.jsonl,.json"

    def pre_validate(self, form: Any) -> None:
        """A browser sends a file without a name where none was chosen."""
        if not getattr(self.data, "filename", ""):
            raise StopValidation(NO_FILE)  # type: ignore[arg-type]


class ImportForm(BaseForm):
    file = TableField(
        Text("表格", "Table"), required=True,
        hint=Text("XLSX、CSV或JSONL，最大20兆，最多1万行", "XLSX, CSV or JSONL, up to 20 MB and 10,000 rows"),
    )  # fmt: skip
    place_id = ListField(
        Text("没有写地点的，登记在哪里", "Where cases belong that name no place"), required=True
    )
