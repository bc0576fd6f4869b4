"""The case statement 案件情况统计: volume, committee kind, source, type, form, and what followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, select, true

from mediation.models.agreements import Agreement, Obligation
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.history import Event
from mediation.models.parties import Party
from mediation.models.places import Committee, Place
from mediation.money import in_yuan
from mediation.permissions import Actor, Permission
from mediation.reports.base import Column, Report, Sheet, added_up
from mediation.reports.cases import AGREED, Asked, CaseList, confirmed, last_ended, within
from mediation.wording import Text
from mediation.workflow.dispute_types import OFFICIAL
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import AgreementForm, AgreementState, Channel, Initiation, PlaceKind

_VOLUME, _KIND = Text("总量", "Volume"), Text("按调委会", "By committee")
_SOURCE, _TYPE = Text("按来源", "By source"), Text("按类型", "By type")
_FORM, _AFTER = Text("协议形式", "Form of agreement"), Text("以后", "Afterwards")
_SENT = (Channel.COURT, Channel.POLICE, Channel.PETITION)
_KINDS: dict[str, tuple[Text, tuple[PlaceKind, ...]]] = {
    "village": (Text("村", "Village"), (PlaceKind.VILLAGE,)),
    "community": (Text("居（社区）", "Community"), (PlaceKind.COMMUNITY, PlaceKind.GRID)),
    "township": (Text("乡镇", "Township"), (PlaceKind.TOWNSHIP,)),
    "street": (Text("街道", "Street"), (PlaceKind.STREET,)),
    "other_body": (Text("其他组织", "Other body"), (PlaceKind.COUNTY,)),
}


def _event(act: T) -> ColumnElement[bool]:
    return exists().where(Event.dispute_id == Dispute.id, Event.act == act.name)


def _form(form: AgreementForm) -> ColumnElement[bool]:
    return exists().where(
        Agreement.dispute_id == Dispute.id,
        Agreement.state == AgreementState.EFFECTIVE,
        Agreement.form == form,
    )


def _column(name: str, zh: str, en: str, group: Text, says: Text = Text("", "")) -> Column:
    return Column(name=name, label=Text(zh, en), group=group, says=says)


def _counted() -> Iterator[tuple[Column, ColumnElement[bool]]]:
    """Every column that counts cases, with its test."""
    yield (
        _column("agreed", "调解成功数", "Agreed", _VOLUME,
                Text("到今天达成了协议、没有重新谈的", "ended in an agreement, not reopened since")),
        last_ended(AGREED),
    )  # fmt: skip
    yield (
        _column("hard", "上交过的", "Escalated", _VOLUME,
                Text("交给过上一级调解的，可作疑难复杂的参考", "went to a higher committee at some time")),
        _event(T.ESCALATE),
    )  # fmt: skip
    for name, (label, kinds) in _KINDS.items():
        yield Column(name=name, label=label, group=_KIND), Place.kind.in_(kinds)
    sent = Dispute.channel.in_(_SENT)
    own = Dispute.initiation == Initiation.OWN_MOTION
    yield _column("own_motion", "主动调解", "Own motion", _SOURCE), and_(own, not_(sent))
    yield _column("applied", "依申请", "On application", _SOURCE), and_(not_(own), not_(sent))
    yield _column("court", "法院移送", "From a court", _SOURCE), Dispute.channel == Channel.COURT
    yield (
        _column("police", "公安移送", "From the police", _SOURCE),
        Dispute.channel == Channel.POLICE,
    )
    yield (
        _column("petition", "信访等部门移送", "From another agency", _SOURCE),
        Dispute.channel == Channel.PETITION,
    )
    for row in OFFICIAL:
        column = Column(name=f"type_{row.code}", label=row.label, group=_TYPE)
        yield column, Dispute.dispute_type == row.code
    yield _column("oral", "口头协议", "Oral", _FORM), _form(AgreementForm.ORAL)
    yield _column("written", "书面协议", "Written", _FORM), _form(AgreementForm.WRITTEN)
    yield _column("performed", "已履行", "Performed", _AFTER), _event(T.DECLARE_PERFORMED)
    yield _column("confirmed", "司法确认", "Confirmed by a court", _AFTER), confirmed()


_COUNTED = tuple(_counted())
COLUMNS = (
    Column(name="committee", label=Text("调委会", "Committee"), number=False),
    _column("cases", "案件总数", "Cases", _VOLUME,
            Text("这段时间里登记的，不算重复登记", "registered in this time, without duplicates")),
    _column("parties", "涉及当事人数", "Parties", _VOLUME),
    Column(name="money", label=Text("涉及金额（元）", "Sum in yuan"), group=_VOLUME, money=True,
           says=Text("已生效协议写明的钱", "the sums named in agreements in effect")),
    *(column for column, _ in _COUNTED),
)  # fmt: skip


def build(actor: Actor, asked: Asked) -> Sheet:
    """A row for each committee that has cases in the period, and their sum."""
    which = (within(actor), CaseList.REGISTERED.value.holds(asked))
    parties, money = _per_committee(_parties(*which)), _per_committee(_money(*which))
    rows = tuple(
        (name, cases, parties.get(number, 0), in_yuan(money.get(number, 0)), *map(int, counts))
        for number, name, cases, *counts in db.session.execute(_cases(*which))
    )
    return Sheet(rows, added_up(rows, COLUMNS))


def cases(asked: Asked, column: str, row: str) -> ColumnElement[bool] | None:
    """The cases behind one number: in all, or of the committee with that name."""
    test = _TESTS.get(column)
    if test is None:
        return None
    conditions = [CaseList.REGISTERED.value.holds(asked), test]
    if row:
        boards = select(Committee.id).where(Committee.name == row)
        conditions.append(Dispute.committee_id.in_(boards))
    return and_(*conditions)


def _test_alone(column: Column, test: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same test where the committee's place is not joined."""
    if column.name not in _KINDS:
        return test
    boards = select(Committee.id).join(Place, Place.id == Committee.place_id).where(test)
    return Dispute.committee_id.in_(boards)


_TESTS: dict[str, ColumnElement[bool]] = {
    "cases": true(),
    **{column.name: _test_alone(column, test) for column, test in _COUNTED},
}


def _cases(*which: ColumnElement[bool]) -> Any:
    counts = [func.sum(case((test, 1), else_=0)) for _, test in _COUNTED]
    return (
        select(Committee.id, Committee.name, func.count(), *counts)
        .select_from(Dispute)
        .join(Committee, Committee.id == Dispute.committee_id)
        .join(Place, Place.id == Committee.place_id)
        .where(*which)
        .group_by(Committee.id, Committee.name)
        .order_by(Committee.id)
    )


def _parties(*which: ColumnElement[bool]) -> Any:
    query = select(Dispute.committee_id, func.count(Party.id)).join(Party)
    return query.where(*which).group_by(Dispute.committee_id)


def _money(*which: ColumnElement[bool]) -> Any:
    return (
        select(Dispute.committee_id, func.sum(Obligation.amount_fen))
        .join(Agreement, Agreement.dispute_id == Dispute.id)
        .join(Obligation, Obligation.agreement_id == Agreement.id)
        .where(Agreement.state == AgreementState.EFFECTIVE, *which)
        .group_by(Dispute.committee_id)
    )


def _per_committee(query: Any) -> dict[int, int]:
    return {number: int(found or 0) for number, found in db.session.execute(query)}


REPORT = Report(
    name="case-statement",
    label=Text("案件情况统计", "Case statement"),
    counts=Text(
        "数这段时间里登记的案件；各栏数的都是这些案件到今天的情况。",
        "Counts the cases registered in this time, as they stand today.",
    ),
    permission=Permission.SEE_FIGURES,
    columns=COLUMNS,
    build=build,
    cases=cases,
)
