"""What a paper on request asks before it is printed: only what the system does not know."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from mediation.forms.base import BaseForm
from mediation.forms.fields import ChoiceField, DayField, LineField, LongField, ManyField
from mediation.forms.fields import choices_of as choices
from mediation.services.paper_requests import RequestAnswers
from mediation.wording import Text
from mediation.workflow.documents import Document as D
from mediation.workflow.words import ServiceWay

Choices = list[tuple[str, Text]]


class RequestForm(BaseForm):
    """A paper of the whole matter asks nothing."""

    def answers(self) -> RequestAnswers:
        return RequestAnswers()


class ForPartiesForm(RequestForm):
    """Everybody is ticked beforehand: one copy for each is the rule."""

    parties = ManyField(Text("给谁的", "For whom"), required=True)

    def answers(self) -> RequestAnswers:
        return RequestAnswers(parties=_numbers(self.parties.data))


class PowerForm(RequestForm):
    """`p7` is a blank for party 7, `r3` the representative 3 of the record."""

    people = ManyField(Text("谁委托谁", "Who authorises whom"), required=True)

    def answers(self) -> RequestAnswers:
        said = self.people.data or []
        return RequestAnswers(
            parties=_numbers(one[1:] for one in said if one.startswith("p")),
            agents=_numbers(one[1:] for one in said if one.startswith("r")),
        )


class MeetingForm(ForPartiesForm):
    on = DayField(Text("哪天", "On which day"), required=True)
    at = LineField(
        Text("几点", "At what time"), limit=20, required=True, width="short",
        hint=Text("例如：14:30", "for example: 14:30"),
    )  # fmt: skip
    spot = LineField(Text("在哪里", "Where"), limit=120, required=True)
    purpose = LineField(
        Text("来做什么", "What for"), limit=120, required=True,
        hint=Text(
            "例如：坐下来谈雨棚怎样改", "for example: to talk about how the canopy is altered"
        ),
    )  # fmt: skip
    bring = LongField(
        Text("请带什么来", "What to bring"), limit=500, rows=3,
        hint=Text("一行一样", "one thing a line"),
    )  # fmt: skip

    def answers(self) -> RequestAnswers:
        return RequestAnswers(
            parties=_numbers(self.parties.data),
            on=self.on.data,
            at=unicodedata.normalize("NFKC", self.at.data),
            spot=self.spot.data,
            purpose=self.purpose.data.rstrip("。"),
            bring=tuple(line.strip() for line in (self.bring.data or "").splitlines() if line.strip()),
        )  # fmt: skip


class ReceiptForm(ForPartiesForm):
    served = ManyField(Text("送哪些文书", "Which papers"), required=True)
    way = ChoiceField(Text("怎么送", "How"), choices=choices(ServiceWay), required=True)

    def answers(self) -> RequestAnswers:
        return RequestAnswers(
            parties=_numbers(self.parties.data),
            served=tuple(self.served.data or ()),
            way=ServiceWay[self.way.data],
        )


class NoteForm(RequestForm):
    text = LongField(
        Text("要说明什么", "What is to be noted"), limit=2000, rows=6, required=True,
        hint=Text(
            "缺什么、哪里破损、用复印件代替了什么、后来补了什么",
            "what is missing or damaged, what is a copy only, what was added later",
        ),
    )  # fmt: skip

    def answers(self) -> RequestAnswers:
        return RequestAnswers(text=self.text.data)


def _numbers(said: Iterable[str] | None) -> tuple[int, ...]:
    return tuple(int(one) for one in said or ())


_OWN: dict[D, type[RequestForm]] = {
    D.POWER_OF_ATTORNEY: PowerForm,
    D.MEDIATION_NOTICE: MeetingForm,
    D.NOTICE_LETTER: MeetingForm,
    D.SERVICE_RECEIPT: ReceiptForm,
    D.VOLUME_NOTE: NoteForm,
}


def request_form(
    document: D, formdata: Any, *, parties: Choices, people: Choices, served: Choices, spot: str
) -> RequestForm:
    """The questions of this paper, with the answers there are to choose from."""
    usual = ForPartiesForm if document.value.per_party else RequestForm
    known = {"parties": [value for value, _ in parties], "spot": spot}
    form = _OWN.get(document, usual)(formdata, data=known)
    for name, offered in (("parties", parties), ("people", people), ("served", served)):
        if name in form._fields:
            form[name].choices = offered  # type: ignore[attr-defined]  # a field of choices
    return form
