"""The unit of work every act goes through: token, scope, right, version, history, commit (D12)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from mediation.clock import Clock
from mediation.errors import AlreadyDone, Invalid, NotAllowed, NotFound, Stale
from mediation.models import database, disputes, history
from mediation.models.disputes import Dispute
from mediation.permissions import Actor, Permission, may
from mediation.wording import Text
from mediation.workflow.stages import Stage


@dataclass(frozen=True, slots=True)
class Token:
    """What the hidden field of a form said: one use, for one version of one dispute."""

    id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, by which clock, with which form: everything an act takes from outside."""

    actor: Actor
    clock: Clock
    token: Token | None = None
    # Printed on slips so that people find the look-up page; empty where the site has none.
    public_address: str = ""

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def name(self) -> str:
        return self.actor.name


@dataclass(slots=True)
class Case:
    """The dispute being acted upon, locked, and the hand that acts."""

    dispute: Dispute
    hand: Hand

    def log(
        self,
        act: str,
        *,
        on: date | None = None,
        note: str = "",
        detail: str = "",
        from_stage: Stage | None = None,
        to_stage: Stage | None = None,
    ) -> None:
        """One entry of history; an act on an earlier day is entered as 补录, never back-dated."""
        append_event(
            self.dispute, self.hand, act,
            on=on, note=note, detail=detail, from_stage=from_stage, to_stage=to_stage,
        )  # fmt: skip


def append_event(
    dispute: Dispute,
    hand: Hand,
    act: str,
    *,
    on: date | None = None,
    note: str = "",
    detail: str = "",
    from_stage: Stage | None = None,
    to_stage: Stage | None = None,
) -> None:
    roles = "、".join(sorted(role.label.zh for role in hand.actor.roles))
    history.append_event(
        history.Event(
            dispute_id=dispute.id,
            act=act,
            from_stage=from_stage,
            to_stage=to_stage,
            account_id=hand.actor.account_id,
            by_name=hand.name,
            by_role=roles[:40],
            happened_on=on or hand.today,
            recorded_at=hand.now,
            note=note,
            detail=detail,
        )
    )


@contextmanager
def act(
    reference: str, *, by: Hand, permission: Permission | None = Permission.RECORD_FACTS
) -> Iterator[Case]:
    """One act on one dispute, whole or not at all.

    Raises AlreadyDone for a form sent twice, NotFound where the dispute is not this person's,
    NotAllowed, and Stale when somebody else changed it meanwhile.
    """
    try:
        with database.transaction():
            case = _take(reference, by, permission)
            yield case
            _finish(case)
    except database.Conflict as conflict:
        raise explained(by, conflict) from conflict


def _take(reference: str, by: Hand, permission: Permission | None) -> Case:
    refuse_second_use(by)
    dispute = disputes.find(reference, by=by.actor, lock=True)
    if dispute is None:
        raise NotFound
    if permission is not None:
        verdict = may(by.actor, permission, dispute)
        if not verdict.allowed:
            raise NotAllowed(verdict.sentence)
    if by.token is not None and by.token.version not in (None, dispute.version):
        raise _stale(dispute)
    return Case(dispute, by)


def refuse_second_use(by: Hand) -> None:
    if by.token is not None and (answer := history.answer_of(by.token.id)) is not None:
        raise AlreadyDone(answer)


def _stale(dispute: Dispute) -> Stale:
    last = history.events_of(dispute.id)[-1]
    return Stale(changed_by=last.by_name, changed_at=last.recorded_at, version=dispute.version)


def _finish(case: Case) -> None:
    case.dispute.touched_at = case.hand.now
    database.write_again(case.dispute, "touched_at")
    use_up(case.hand, case.dispute.reference)


def use_up(by: Hand, answer: str) -> None:
    """Mark the form as used; its second copy is told what the first one led to."""
    if by.token is not None:
        database.db.session.add(history.DoneAct(token=by.token.id, answer=answer, at=by.now))


def explained(by: Hand, conflict: Exception) -> Exception:
    """A lost race: the same form sent twice, or two people at once."""
    if by.token is not None and (answer := history.answer_of(by.token.id)) is not None:
        return AlreadyDone(answer)
    return Stale(changed_by="", changed_at=by.now)


@contextmanager
def free_act(*, by: Hand, permission: Permission, answer: str = "") -> Iterator[None]:
    """An act that concerns no single dispute: same token, same right, same commit."""
    verdict = may(by.actor, permission)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    try:
        with database.transaction():
            refuse_second_use(by)
            yield
            use_up(by, answer)
    except database.Conflict as conflict:
        raise explained(by, conflict) from conflict


def past_day(field: str, day: date | None, *, by: Hand, not_before: date | None = None) -> date:
    """The day something happened: never in the future, never before the case could know of it."""
    if day is None:
        return by.today
    if day > by.today:
        raise Invalid(
            field, Text("日期还没到。写成今天或以前的日子。", "That day has not come yet.")
        )
    if not_before is not None and day < not_before:
        raise Invalid(
            field,
            Text(
                f"日期太早。最早是{not_before}。",
                f"That is too early; the earliest is {not_before}.",
            ),
        )
    return day


def reach_of(by: Hand, reference: str) -> Dispute:
    """The dispute for reading. Raises NotFound where it is not this person's to see."""
    dispute = disputes.find(reference, by=by.actor)
    if dispute is None:
        raise NotFound
    return dispute
