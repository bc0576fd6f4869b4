"""Accounts, posts, and handing over a leaver's cases."""

from __future__ import annotations

from mediation.forms.base import BaseForm
from mediation.forms.fields import DayField, LineField, ListField, NameField, PhoneField
from mediation.roles import STAFF, Role
from mediation.services.people import AccountAnswers, PostAnswers
from mediation.wording import Text


class AccountForm(BaseForm):
    name = NameField(Text("姓名", "Name"), limit=40, required=True)
    login = LineField(
        Text("账号", "Account name"), limit=40, required=True,
        hint=Text("小写字母和数字，例如zhouguilan", "small Latin letters, such as zhouguilan"),
    )  # fmt: skip
    phone = PhoneField(Text("电话", "Telephone"))

    def answers(self) -> AccountAnswers:
        return AccountAnswers(
            login=self.login.data or "", name=self.name.data or "", phone=self.phone.data or ""
        )


class PostForm(BaseForm):
    """Which of the three seats counts depends on the role."""

    role = ListField(
        Text("什么职务", "Role"), choices=[(r.name, r.label) for r in STAFF], required=True
    )
    place_id = ListField(
        Text("在哪里", "Where"), hint=Text("网格员和管理员选", "for grid workers and managers")
    )
    committee_id = ListField(
        Text("在哪个委员会", "In which committee"),
        hint=Text("调解员和主任选", "for mediators and chairs"),
    )
    court_id = ListField(
        Text("在哪个法院", "At which court"), hint=Text("法院联络员选", "for liaison officers")
    )
    from_on = DayField(Text("从哪天起", "From"), hint=Text("不写就是今天", "today if blank"))

    def answers(self) -> PostAnswers:
        return PostAnswers(
            role=Role[self.role.data],
            place_id=_number(self.place_id.data),
            committee_id=_number(self.committee_id.data),
            court_id=_number(self.court_id.data),
            from_on=self.from_on.data,
        )


def _number(chosen: str | None) -> int | None:
    return int(chosen) if chosen else None


class HandOverForm(BaseForm):
    from_id = ListField(Text("谁要离开", "Who leaves"), required=True)
    to_id = ListField(Text("谁来接手", "Who takes over"), required=True)
    reason = LineField(Text("为什么", "Why"), limit=120, required=True)
