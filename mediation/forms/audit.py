"""Narrowing the audit record."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import DayField, LineField, ListField
from mediation.wording import Text


class AuditForm(BaseForm):
    name = LineField(Text("谁", "Who"), limit=40)
    act = ListField(Text("做了什么", "What"))
    on = DayField(Text("哪天", "On which day"))
