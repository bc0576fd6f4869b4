"""What stands on the cover of a bound volume beside what is known already."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import LineField, ListField
from mediation.services.dossiers import DossierAnswers
from mediation.services.notes import RETENTIONS
from mediation.wording import Text


class DossierForm(BaseForm):
    keeper = LineField(
        Text("立卷人", "Bound by"), limit=20, hint=Text("印在封面和封底", "printed on the covers")
    )
    keep = ListField(
        Text("保管期限", "Kept for"),
        choices=[("", Text("还没定，留空手填", "not decided; a blank to fill in")), *RETENTIONS.items()],
    )  # fmt: skip
    note = LineField(
        Text("封面备注", "Remark on the cover"), limit=60,
        hint=Text("不写就印总页数", "the number of pages if blank"),
    )  # fmt: skip

    def answers(self) -> DossierAnswers:
        keep = self._fields.get("keep")  # not asked where it is on record
        return DossierAnswers(
            keeper=self.keeper.data or "",
            keep=(keep.data or "") if keep is not None else "",
            note=self.note.data or "",
        )
