"""Places, committees and courts."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import ChoiceField, DayField, LineField, ListField, choices_of
from mediation.services.organisation import CommitteeAnswers, CourtAnswers, PlaceAnswers
from mediation.wording import Text
from mediation.workflow.words import CommunityType, PlaceKind

_ADDRESS = Text("地址", "Address")
_PHONE = Text("电话", "Telephone")


class PlaceForm(BaseForm):
    """A place and, for villages and communities, which of the six types it is."""

    name = LineField(Text("名称", "Name"), limit=60, required=True)
    community_type = ListField(
        Text("社区类型", "Type of community"),
        choices=[("", Text("不分类", "none")), *choices_of(CommunityType)],
        hint=Text("只有村和社区要选", "for villages and communities only"),
    )
    address = LineField(_ADDRESS, limit=120)

    def answers(self, kind: PlaceKind | None = None) -> PlaceAnswers:
        chosen = self.community_type.data
        return PlaceAnswers(
            name=self.name.data or "",
            kind=kind,
            community_type=CommunityType[chosen] if chosen else None,
            address=self.address.data or "",
        )


class NewPlaceForm(PlaceForm):
    kind = ChoiceField(Text("是什么", "What it is"), required=True)

    def answers(self, kind: PlaceKind | None = None) -> PlaceAnswers:
        return super().answers(PlaceKind[self.kind.data])


class CommitteeForm(BaseForm):
    name = LineField(Text("全称", "Full name"), limit=80, required=True)
    short_name = LineField(
        Text("简称，用在编号里", "Short name, used in numbers"), limit=20, required=True,
        hint=Text("例如“柳溪”，编号就是（2026）柳溪人调字第1号", "as in （2026）柳溪人调字第1号"),
    )  # fmt: skip
    brackets = ChoiceField(
        Text("编号用哪种括号", "Brackets of the number"),
        choices=[("（）", Text("（2026）", "（2026）")), ("〔〕", Text("〔2026〕", "〔2026〕"))],
        required=True,
    )
    address = LineField(_ADDRESS, limit=120)
    phone = LineField(_PHONE, limit=30)
    term_ends_on = DayField(Text("任期到哪天", "Term ends on"))

    def answers(self) -> CommitteeAnswers:
        return CommitteeAnswers(
            name=self.name.data or "",
            short_name=self.short_name.data or "",
            brackets=self.brackets.data,
            address=self.address.data or "",
            phone=self.phone.data or "",
            term_ends_on=self.term_ends_on.data,
        )


class CourtForm(BaseForm):
    name = LineField(Text("名称", "Name"), limit=80, required=True)
    address = LineField(_ADDRESS, limit=120)
    phone = LineField(_PHONE, limit=30)

    def answers(self) -> CourtAnswers:
        return CourtAnswers(
            name=self.name.data or "",
            address=self.address.data or "",
            phone=self.phone.data or "",
        )
