"""Sending a template, putting one to use, going back to the shipped design."""

from __future__ import annotations

from typing import Any

from wtforms.validators import StopValidation

from mediation.forms.base import BaseForm
from mediation.forms.evidence import UploadField
from mediation.forms.fields import LineField
from mediation.wording import Text

NO_FILE = Text("请选一个DOCX文件。", "Choose a DOCX file.")


class TemplateField(UploadField):
    accept = ".docx"

    def pre_validate(self, form: Any) -> None:
        """A browser sends a file without a name where none was chosen."""
        if not getattr(self.data, "filename", ""):
            raise StopValidation(NO_FILE)  # type: ignore[arg-type]


class TemplateForm(BaseForm):
    file = TemplateField(
        Text("模板文件", "Template"), required=True,
        hint=Text("DOCX，最大5兆，在WPS或Word里另存就行", "DOCX up to 5 MB, as WPS or Word saves it"),
    )  # fmt: skip
    why = LineField(
        Text("为什么改", "Why"), limit=120, required=True,
        hint=Text("例如：县局新发的格式", "for example: the county bureau's new form"),
    )  # fmt: skip


class UseForm(BaseForm):
    why = LineField(Text("为什么", "Why"), limit=120, required=True)
