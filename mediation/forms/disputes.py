"""Registering a dispute: one screen, at most eight answers that must be given (F2)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation.forms.base import BaseForm
from mediation.forms.fields import (
    ChoiceField,
    DayField,
    LineField,
    ListField,
    LongField,
    NameField,
    PhoneField,
    TickField,
    choices_of,
)
from mediation.services.disputes import Registration
from mediation.services.parties import PartyAnswers
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.words import Channel, Initiation, PartyKind, Side, Urgency


class RegisterForm(BaseForm):
    """Who speaks, with whom, where, about what. Everything else can follow on the case page."""

    everyday_kind = ChoiceField(
        Text("是什么事", "What is it about"),
        choices=[(k.code, k.label) for k in dispute_types.KINDS.values()],
        required=True,
    )
    facts = LongField(
        Text("把事情说一说", "Say what happened"),
        hint=Text("用自己的话，几句就行", "in your own words; a few sentences will do"),
        required=True,
    )
    applicant_name = NameField(Text("谁来说的", "Who is telling it"), required=True)
    applicant_phone = PhoneField(
        Text("这个人的电话", "Their telephone"),
        hint=Text("没有就空着，会给一个取件号", "leave blank if none; a PIN is given instead"),
    )
    respondent_name = NameField(Text("和谁有矛盾", "With whom"), required=True)
    respondent_phone = PhoneField(Text("对方的电话", "The other side's telephone"))
    place_id = ListField(Text("事情发生在哪里", "Where it happened"), required=True)
    channel = ListField(
        Text("怎么知道的", "How it reached us"),
        choices=[(c.name, c.value) for c in Channel if c is not Channel.IMPORT],
        required=True,
    )
    title = LineField(
        Text("一句话叫它什么", "A short name for it"),
        hint=Text("不写就用上面的选择", "made from the choice above if blank"),
        limit=40,
    )
    claims = LongField(Text("想要什么", "What they ask for"), limit=2000, rows=2)
    urgency = ChoiceField(Text("急不急", "How urgent"), choices=choices_of(Urgency))
    own_motion = TickField(
        Text(
            "没有人来申请，是我们主动去调解的",
            "Nobody applied: the committee goes on its own motion",
        )
    )
    happened_on = DayField(Text("哪天发生的", "When it happened"))
    harm_known_on = DayField(
        Text("哪天知道吃了亏、是谁造成的", "When the harm and its author became known"),
        hint=Text("用来提醒诉讼时效", "to warn of the limitation period"),
    )

    def answers(self, *, practice: bool = False) -> Registration:
        kind = dispute_types.everyday_kind(self.everyday_kind.data)
        return Registration(
            title=self.title.data
            or f"{self.applicant_name.data}与{self.respondent_name.data}：{kind.label.zh}"[:40],
            dispute_type=kind.type.code,
            everyday_kind=kind.code,
            place_id=int(self.place_id.data),
            parties=tuple(self._parties()),
            initiation=Initiation.OWN_MOTION if self.own_motion.data else Initiation.APPLICATION,
            channel=Channel[self.channel.data],
            urgency=Urgency[self.urgency.data or Urgency.ORDINARY.name],
            facts=self.facts.data,
            claims=self.claims.data or "",
            happened_on=self.happened_on.data,
            harm_known_on=self.harm_known_on.data,
            practice=practice,
        )

    def _parties(self) -> Sequence[PartyAnswers]:
        return [
            PartyAnswers(name=name.data, phone=phone.data or "", side=side, kind=PartyKind.PERSON)
            for name, phone, side in (
                (self.applicant_name, self.applicant_phone, Side.APPLICANT),
                (self.respondent_name, self.respondent_phone, Side.RESPONDENT),
            )
        ]
