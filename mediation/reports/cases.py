"""Which cases a figure counts: every number on a page is the length of one of these lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, unique

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlalchemy.orm import aliased

from mediation.models.agreements import Agreement, Obligation, Performance
from mediation.models.disputes import Dispute
from mediation.models.history import Event
from mediation.models.lists import Deadline as StoredDeadline
from mediation.models.parties import Consent
from mediation.permissions import Actor, reach
from mediation.reports.periods import Period
from mediation.wording import Text
from mediation.workflow.deadlines import Deadline
from mediation.workflow.stages import BEFORE_EFFECT, OPEN, Stage
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import AgreementState, Answer, Question

S = Stage
AGREED = (T.SETTLE_ORALLY.name, T.PERFORM_ON_SPOT.name, T.MAKE_EFFECTIVE.name)
LEFT = (T.TAKE_TO_COURT.name,)
# How talks can end. A new round of talking takes the end of the round before back.
ENDINGS = (*AGREED, *LEFT, T.WITHDRAW.name, T.LEAVE.name, T.TERMINATE.name)
_ROUNDS = (T.REMEDIATE.name, T.REOPEN.name)
_SENT_BACK = (T.RETURN_ESCALATED.name, T.RETURN_FOR_CORRECTION.name)
# Where nothing has to happen for a while: the court has it, or a day of payment is waited for.
_WAITING = (S.CONFIRMATION_FILED, S.CONFIRMATION_ACCEPTED, S.PERFORMING, S.CONFIRMED)
_BUSY = tuple(s for s in OPEN if s not in _WAITING)
QUIET_DAYS = (5, 10, 15)
# A party's own right lapses without anybody's fault: it is no duty, nobody is overdue with it.
RIGHTS = (
    Deadline.CONFIRMATION,
    Deadline.LIMITATION,
    Deadline.LABOUR_LIMITATION,
    Deadline.ENFORCEMENT,
    Deadline.OBJECTION,
    Deadline.THIRD_PARTY_OBJECTION,
    Deadline.REOPENING,
)
DUTIES = tuple(d for d in Deadline if d not in RIGHTS)


@dataclass(frozen=True, slots=True)
class Asked:
    """For which period, and seen from which moment."""

    period: Period
    now: datetime
    today: date


Condition = Callable[[Asked], ColumnElement[bool]]


def within(actor: Actor) -> ColumnElement[bool]:
    """What this person may count at all: their reach, without what does not count (rule D2)."""
    held = [r for r in reach(actor) if r.role in actor.roles]
    same = [getattr(Dispute, r.column) == r.value for r in held]
    counts = and_(Dispute.duplicate_of_id.is_(None), Dispute.taken_back_at.is_(None))
    return and_(or_(*same) if same else false(), counts)


def last_ended(acts: tuple[str, ...], asked: Asked | None = None) -> ColumnElement[bool]:
    """Talks ended this way, in the period, and had not begun or ended anew when it was over."""
    later, ending = aliased(Event), aliased(Event)
    # Two levels down only the event itself can be referred to, not the dispute around both.
    undone = exists().where(
        later.dispute_id == ending.dispute_id,
        later.seq > ending.seq,
        later.act.in_((*ENDINGS, *_ROUNDS)),
    )
    found = exists().where(ending.dispute_id == Dispute.id, ending.act.in_(acts))
    if asked is not None:
        start, end = asked.period.start_on, asked.period.end_on
        undone = undone.where(later.happened_on <= end)
        found = found.where(ending.happened_on.between(start, end))
    return found.where(~undone)


def moved(act: T, asked: Asked) -> ColumnElement[bool]:
    """Made this move in the period."""
    return exists().where(
        Event.dispute_id == Dispute.id,
        Event.act == act.name,
        Event.happened_on.between(asked.period.start_on, asked.period.end_on),
    )


def confirmed() -> ColumnElement[bool]:
    """A ruling says that the agreement is valid, and none has set it aside."""
    later, ruling = aliased(Event), aliased(Event)
    set_aside = exists().where(
        later.dispute_id == ruling.dispute_id,
        later.seq > ruling.seq,
        later.act == T.SET_ASIDE.name,
    )
    return exists().where(ruling.dispute_id == Dispute.id, ruling.act == T.CONFIRM.name, ~set_aside)


def _due(asked: Asked, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Has an item whose day, as the agreement first said it, fell into the period."""
    return (
        exists()
        .where(
            Agreement.dispute_id == Dispute.id,
            Agreement.state == AgreementState.EFFECTIVE,
            Obligation.agreement_id == Agreement.id,
            Obligation.due_on.between(
                asked.period.start_on, asked.period.last_counted(asked.today)
            ),
            ~Obligation.lasting,
            *more,
        )
        .correlate(Dispute)
    )


def _undone() -> ColumnElement[bool]:
    return ~exists().where(Performance.obligation_id == Obligation.id, Performance.complete)


def _unassigned(_: Asked) -> ColumnElement[bool]:
    return and_(Dispute.mediator_id.is_(None), Dispute.stage.in_(BEFORE_EFFECT))


def _sent_back(_: Asked) -> ColumnElement[bool]:
    """The newest move was somebody handing it back: a higher committee, or the court."""
    later, back = aliased(Event), aliased(Event)
    moved_on = exists().where(
        later.dispute_id == back.dispute_id, later.seq > back.seq, later.to_stage.is_not(None)
    )
    returned = exists().where(back.dispute_id == Dispute.id, back.act.in_(_SENT_BACK), ~moved_on)
    return and_(Dispute.stage.in_((S.MEDIATING, S.CONFIRMATION_PREPARED)), returned)


def _denied(_: Asked) -> ColumnElement[bool]:
    """A party's latest answer is that the matter is not as written, or not theirs at all."""
    return and_(Dispute.stage.in_(OPEN), _says(Question.TRUE, Answer.NOT_SO, Answer.NOT_ME))


def _unsettled(_: Asked) -> ColumnElement[bool]:
    """Closed, and a party's latest answer is that it is not really settled (F38)."""
    return and_(Dispute.stage == S.CLOSED, _says(Question.SOLVED, Answer.NO))


def _says(question: Question, *answers: Answer) -> ColumnElement[bool]:
    """Some party's latest answer to the question is one of these."""
    later, said = aliased(Consent), aliased(Consent)
    answered_anew = exists().where(
        later.party_id == said.party_id, later.question == said.question, later.id > said.id
    )
    return exists().where(
        said.dispute_id == Dispute.id,
        said.question == question,
        said.answer.in_(answers),
        ~answered_anew,
    )


def _fresh(asked: Asked) -> ColumnElement[bool]:
    at_the_door = Dispute.stage.in_((S.REGISTERED, S.ESCALATED))
    return or_(at_the_door, _unassigned(asked), _sent_back(asked))


def quiet_for(days: int, asked: Asked) -> ColumnElement[bool]:
    still = Dispute.touched_at < asked.now - timedelta(days=days)
    return and_(Dispute.stage.in_(_BUSY), still)


def is_duty() -> ColumnElement[bool]:
    """A stored period that somebody here has to keep. Once both want to apply, applying is one."""
    preparing = Dispute.stage == S.CONFIRMATION_PREPARED
    return or_(
        StoredDeadline.name.in_([d.name for d in DUTIES]),
        and_(StoredDeadline.name == Deadline.CONFIRMATION.name, preparing),
    )


def _overdue(asked: Asked) -> ColumnElement[bool]:
    late = exists().where(
        StoredDeadline.dispute_id == Dispute.id,
        StoredDeadline.met_on.is_(None),
        StoredDeadline.due_on < asked.today,
        is_duty(),
    )
    return and_(Dispute.next_due_on < asked.today, late)


def _registered(asked: Asked) -> ColumnElement[bool]:
    return Dispute.registered_on.between(asked.period.start_on, asked.period.end_on)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list of cases: its name, what exactly is counted, and the test."""

    label: Text
    says: Text
    holds: Condition
    group: str = ""


@unique
class CaseList(Enum):
    """`group` ties a part to its whole; lists without a group look at today, not at a period."""

    REGISTERED = ListRow(
        Text("登记的", "Registered"),
        Text("这段时间里登记的", "registered in this time"),
        _registered, "registered",
    )  # fmt: skip
    ENDED = ListRow(
        Text("谈完的", "Talks ended"),
        Text(
            "这段时间里谈完的：谈成、撤回、终止、走了别的路，都算",
            "talks that ended in this time: agreed, withdrawn, terminated or taken elsewhere",
        ),
        lambda a: last_ended(ENDINGS, a), "ended",
    )  # fmt: skip
    AGREED = ListRow(
        Text("谈成的", "Agreed"),
        Text("谈完的里面，达成了协议的", "of those, the ones that ended in an agreement"),
        lambda a: last_ended(AGREED, a), "ended",
    )  # fmt: skip
    LEFT = ListRow(
        Text("走了法院或别的路的", "Went to court or elsewhere"),
        Text("谈完的里面，去了法院或别的地方的", "of those, the ones taken to court or elsewhere"),
        lambda a: last_ended(LEFT, a), "ended",
    )  # fmt: skip
    DUE = ListRow(
        Text("到期要履行的", "Performance due"),
        Text(
            "协议原来写的日子落在这段时间里、已经到了的",
            "an item's day, as first agreed, fell into this time and has come",
        ),
        _due, "due",
    )  # fmt: skip
    PERFORMED = ListRow(
        Text("到期都履行了的", "Performed"),
        Text("到期的里面，每一项都有凭证的", "of those, the ones where every due item is proved"),
        lambda a: and_(_due(a), ~_due(a, _undone())), "due",
    )  # fmt: skip
    APPLIED = ListRow(
        Text("申请司法确认的", "Applied for confirmation"),
        Text("这段时间里交到法院的", "filed with the court in this time"),
        lambda a: moved(T.FILE_APPLICATION, a), "applied",
    )  # fmt: skip
    CONFIRMED = ListRow(
        Text("裁定有效的", "Confirmed"),
        Text("申请的里面，到今天裁定有效的", "of those, the ones confirmed by today"),
        lambda a: and_(moved(T.FILE_APPLICATION, a), confirmed()), "applied",
    )  # fmt: skip
    DENIED = ListRow(
        Text("当事人说不属实", "A party says it is not so"),
        Text("还没办完，有人答“不属实”或“没有这回事”", "open, and a party denies the matter"),
        _denied,
    )  # fmt: skip
    FRESH = ListRow(
        Text("新来的和退回来的", "New and sent back"),
        Text("刚登记、没有调解员、上交来的或退回来的", "new, without a mediator, or sent back"),
        _fresh,
    )  # fmt: skip
    UNASSIGNED = ListRow(
        Text("还没定调解员", "No mediator yet"),
        Text("协议生效以前，还没有调解员的", "before an agreement, with nobody in charge"),
        _unassigned,
    )  # fmt: skip
    UNSETTLED = ListRow(
        Text("结案了，当事人说没解决", "Closed, and a party says it is not settled"),
        Text("结案了，有人答“没解决”", "closed, and a party answered that it is not settled"),
        _unsettled,
    )  # fmt: skip
    OVERDUE = ListRow(
        Text("超期", "Overdue"),
        Text("有期限过了还没办的", "a date has passed and nothing was done"),
        _overdue,
    )  # fmt: skip
    QUIET = ListRow(
        Text("安静太久", "Quiet too long"),
        Text("该有人办，五天以上没有动静的", "somebody's turn, and no entry for five days"),
        lambda a: quiet_for(QUIET_DAYS[0], a),
    )  # fmt: skip

    @property
    def label(self) -> Text:
        return self.value.label

    @property
    def slug(self) -> str:
        return self.name.lower()

    @property
    def family(self) -> tuple[CaseList, ...]:
        """The lists that belong together: the whole first."""
        if not self.value.group:
            return (self,)
        return tuple(c for c in CaseList if c.value.group == self.value.group)
