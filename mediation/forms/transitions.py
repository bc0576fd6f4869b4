"""The one form of all transitions: when, and a note."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import DayField, LongField
from mediation.wording import Text


class TransitionForm(BaseForm):
    on = DayField(
        Text("哪天", "On which day"),
        hint=Text("不写就是今天；补记以前的会注明补录", "today if blank; earlier days are marked"),
    )
    note = LongField(Text("说一句", "A note"), limit=500, rows=2)
