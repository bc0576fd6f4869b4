"""Questions about parties, those beside them, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mediation.forms.base import BaseForm
from mediation.forms.fields import (
    ChoiceField,
    CountField,
    DayField,
    IdNumberField,
    LineField,
    ListField,
    NameField,
    PhoneField,
    TickField,
    choices_of,
)
from mediation.services.parties import ConsentAnswers, PartyAnswers, RepresentativeAnswers
from mediation.wording import Text
from mediation.workflow.words import (
    Answer,
    PartyKind,
    Question,
    RepresentativeKind,
    Side,
    Way,
)

SEXES = [("男", Text("男", "male")), ("女", Text("女", "female"))]

KINDS = choices_of(PartyKind)
SIDES = choices_of(Side)


class PartyForm(BaseForm):
    """One party. Only side and name must be answered."""

    side = ChoiceField(Text("是哪一方", "Which side"), choices=SIDES, required=True)
    kind = ChoiceField(
        Text("是个人还是单位", "Person or organisation"),
        choices=KINDS,
        default=PartyKind.PERSON.name,
    )
    name = NameField(Text("姓名或名称", "Name"), required=True)
    sex = ChoiceField(Text("性别", "Sex"), choices=SEXES)
    age = CountField(Text("年龄", "Age"), most=130, width="short")
    phone = PhoneField(
        Text("电话", "Telephone"),
        hint=Text("用来通知，也用来查自己的事", "for notices, and to look up one's own case"),
    )
    address = LineField(Text("住址", "Address"), limit=120)
    ethnicity = LineField(Text("民族", "Ethnicity"), limit=20, width="short")
    occupation = LineField(Text("职业或职务", "Occupation"), limit=40)
    id_number = IdNumberField(
        Text("身份证号码", "ID number"),
        hint=Text("到司法确认时才要写", "not needed before judicial confirmation"),
    )
    born_on = DayField(Text("出生日期", "Date of birth"))
    needs_guardian = TickField(
        Text(
            "是未成年人，或自己办不了这样的事",
            "A minor, or somebody who cannot act alone",
        )
    )
    head_name = NameField(
        Text("单位的法定代表人", "Legal representative (organisations)"),
    )
    head_post = LineField(Text("法定代表人的职务", "That person's post"), limit=40)

    def answers(self) -> PartyAnswers:
        return PartyAnswers(
            side=Side[self.side.data],
            kind=PartyKind[self.kind.data or PartyKind.PERSON.name],
            name=self.name.data,
            sex=self.sex.data or "",
            age=self.age.data,
            phone=self.phone.data or "",
            address=self.address.data or "",
            ethnicity=self.ethnicity.data or "",
            occupation=self.occupation.data or "",
            id_number=self.id_number.data or "",
            born_on=self.born_on.data,
            needs_guardian=bool(self.needs_guardian.data),
            head_name=self.head_name.data or "",
            head_post=self.head_post.data or "",
        )


class RepresentativeForm(BaseForm):
    """An agent, a guardian or a helper of one party."""

    party_id = ListField(Text("替哪一位", "For whom"), required=True)
    kind = ChoiceField(
        Text("是什么人", "What they are"), choices=choices_of(RepresentativeKind), required=True
    )
    name = NameField(Text("姓名", "Name"), required=True)
    tie = LineField(Text("和当事人的关系", "Tie to the party"), limit=40)
    phone = PhoneField(Text("电话", "Telephone"))
    authority = LineField(
        Text("授权做什么", "Authority"),
        limit=200,
        hint=Text(
            "申请司法确认要写明；只写“全权代理”不够",
            "must be specific for judicial confirmation; a general power is not enough",
        ),
    )

    def answers(self) -> RepresentativeAnswers:
        return RepresentativeAnswers(
            party_id=int(self.party_id.data),
            kind=RepresentativeKind[self.kind.data],
            name=self.name.data,
            tie=self.tie.data or "",
            phone=self.phone.data or "",
            authority=self.authority.data or "",
        )


class ConsentForm(BaseForm):
    """One question to every party. Nothing is preselected; who was not asked stays blank."""

    question = ListField(
        Text("问了什么", "What was asked"), choices=choices_of(Question), required=True
    )
    way = ChoiceField(
        Text("怎么答的", "How they answered"),
        choices=[(w.name, w.value) for w in Way if w is not Way.OWN_PAGE],
        required=True,
    )
    given_on = DayField(Text("哪天", "On which day"), hint=Text("不写就是今天", "today if blank"))
    note = LineField(Text("补充一句", "A remark"), limit=200)

    def answers(self) -> ConsentAnswers:
        return ConsentAnswers(
            question=Question[self.question.data],
            answers=tuple(self.given()),
            way=Way[self.way.data],
            given_on=self.given_on.data,
            note=self.note.data or "",
        )

    def given(self) -> list[tuple[int, Answer]]:
        fields = [f for f in self if f.name.startswith("party_") and f.data]
        return [(int(f.name.removeprefix("party_")), Answer[f.data]) for f in fields]


def consent_form(parties: Sequence[Any], formdata: Any = None, **rest: Any) -> ConsentForm:
    """The form with one answer for each party, after the question."""

    class _ForThese(ConsentForm):
        pass

    for party in parties:
        field = ChoiceField(
            Text(f"{party.name}怎么答", f"Answer of {party.name}"), choices=choices_of(Answer)
        )
        setattr(_ForThese, f"party_{party.id}", field)
    return _ForThese(formdata, **rest)
