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
from mediation.services.parties import (
    ConsentAnswers,
    PartyAnswers,
    PartyDetails,
    RepresentativeAnswers,
    answer_label,
)
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
        Text("单位的法定代表人", "Legal representative (organisations)"), limit=40
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


class DetailsForm(BaseForm):
    """What was left blank about one party; nothing here must be answered."""

    id_number = IdNumberField(
        Text("身份证号码", "ID number"),
        hint=Text("司法确认才要；写了就不用写下面两样", "for judicial confirmation; it tells the next two"),
    )  # fmt: skip
    sex = ChoiceField(Text("性别", "Sex"), choices=SEXES)
    born_on = DayField(Text("出生日期", "Date of birth"))
    age = CountField(
        Text("年龄", "Age"),
        most=130,
        width="short",
        hint=Text("不知道哪天生的，写几岁", "if no date"),
    )
    ethnicity = LineField(Text("民族", "Ethnicity"), limit=20, width="short")
    occupation = LineField(Text("职业或职务", "Occupation"), limit=40)
    phone = PhoneField(Text("电话", "Telephone"))
    address = LineField(Text("住址", "Address"), limit=120)
    needs_guardian = TickField(
        Text("是未成年人，或自己办不了这样的事", "A minor, or somebody who cannot act alone")
    )
    kind = ChoiceField(Text("是个人还是单位", "Person or organisation"), choices=KINDS)
    head_name = NameField(
        Text("单位的法定代表人", "Legal representative (organisations)"), limit=40
    )
    head_post = LineField(Text("法定代表人的职务", "That person's post"), limit=40)

    def answers(self, party_id: int) -> PartyDetails:
        given = {f.name: f.data for f in self if f.data and f.name != "kind"}
        kind = self["kind"].data if "kind" in self._fields else None
        return PartyDetails(party_id=party_id, kind=PartyKind[kind] if kind else None, **given)


_OF_A_PERSON = ("id_number", "sex", "born_on", "age", "ethnicity", "occupation", "needs_guardian")


def details_form(party: Any, formdata: Any = None) -> DetailsForm:
    """The form without what stands there already, and without what does not fit its kind."""
    form = DetailsForm(formdata, data={"kind": party.kind.name})
    known = [f.name for f in form if f.name != "kind" and getattr(party, f.name)]
    if party.born_on:
        known.append("age")
    if party.id_number:
        known.append("kind")
    if party.kind is PartyKind.ENTITY:
        known += _OF_A_PERSON
    for name in dict.fromkeys(known):
        del form[name]
    return form


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
    asked: Question | None = None

    def answers(self) -> ConsentAnswers:
        return ConsentAnswers(
            question=self.asked or Question[self.question.data],
            answers=tuple(self.given()),
            way=Way[self.way.data],
            given_on=self.given_on.data,
            note=self.note.data or "",
        )

    def given(self) -> list[tuple[int, Answer]]:
        fields = [f for f in self if f.name.startswith("party_") and f.data]
        return [(int(f.name.removeprefix("party_")), Answer[f.data]) for f in fields]


def answers_to(question: Question | None) -> list[tuple[str, Text]]:
    """What can be answered: whether it is true has three answers, everything else yes and no."""
    if question is None:
        return choices_of(Answer)
    fitting = [Answer.YES, Answer.NO] if question is not Question.TRUE else _TRUTHS
    return [(a.name, answer_label(question, a)) for a in fitting]


_TRUTHS = [Answer.YES, Answer.NOT_SO, Answer.NOT_ME]


def consent_form(
    parties: Sequence[Any], formdata: Any = None, *, asked: Question | None = None
) -> ConsentForm:
    """The form with one answer for each party. Where the question is known it is not asked again."""

    class _ForThese(ConsentForm):
        pass

    for party in parties:
        words = asked.value if asked else Text("怎么答", "the answer")
        field = ChoiceField(
            Text(f"{party.name}：{words.zh}", f"{party.name}: {words.en}"),
            choices=answers_to(asked),
        )
        setattr(_ForThese, f"party_{party.id}", field)
    form = _ForThese(formdata)
    form.ask_last("way", "given_on", "note")
    if asked is not None:
        form.asked = asked
        del form["question"]
    return form
