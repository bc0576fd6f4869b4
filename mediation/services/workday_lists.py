"""The workday table 节假日: kept per announced year; open legal dates follow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import Invalid
from mediation.models import disputes, history, lists
from mediation.models.database import db
from mediation.models.lists import AnnouncedYear, DayKind, SpecialDay
from mediation.permissions import Permission
from mediation.services import deadlines
from mediation.services.acts import Hand, free_act
from mediation.wording import Text


@dataclass(frozen=True, slots=True)
class Year:
    """`announced` years are complete; the dates of any other are 暂定."""

    year: int
    source: str
    announced: bool
    days: tuple[SpecialDay, ...]


def years(*, by: Hand) -> tuple[Year, ...]:
    """Every year there is something about, and the next one."""
    announced = lists.announced_sources()
    days = lists.special_days()
    known = sorted({*announced, *(d.day.year for d in days), by.today.year, by.today.year + 1})
    return tuple(
        Year(y, announced.get(y, ""), y in announced, tuple(d for d in days if d.day.year == y))
        for y in reversed(known)
    )


def set_day(day: date | None, chosen: str, name: str, *, by: Hand) -> None:
    """`chosen` is REST, WORK, or NONE for an ordinary day again."""
    kind = DayKind.__members__.get(chosen)
    with free_act(by=by, permission=Permission.EDIT_LISTS):
        if day is None:
            raise Invalid("day", Text("写上是哪一天。", "Write the day."))
        row = db.session.get(SpecialDay, day)
        if kind is None:
            if row is not None:
                db.session.delete(row)
        elif row is None:
            db.session.add(SpecialDay(day=day, kind=kind, name=name))
        else:
            row.kind, row.name = kind, name
        _follow(by, f"{day} {kind.name if kind else '-'}")


def announce(year: int, source: str, *, by: Hand) -> None:
    """The year's table is complete: its dates are no longer provisional."""
    with free_act(by=by, permission=Permission.EDIT_LISTS):
        if not 2000 <= year <= by.today.year + 2:
            raise Invalid("year", Text("年份不对。", "That year cannot be right."))
        row = db.session.get(AnnouncedYear, year)
        if row is None:
            db.session.add(AnnouncedYear(year=year, source=source))
        else:
            row.source = source
        _follow(by, f"{year}")


def _follow(by: Hand, subject: str) -> None:
    """Dates that still run are counted anew in the same transaction."""
    db.session.flush()
    for dispute in disputes.with_open_deadlines():
        deadlines.refresh(dispute, by)
    history.audit(
        history.AuditEntry(
            at=by.now,
            account_id=by.actor.account_id,
            by_name=by.name,
            act="edit_lists",
            subject=subject,
        )
    )
