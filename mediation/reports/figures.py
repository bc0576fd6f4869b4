"""Six honest numbers and a year by months: each with its sample, none from fewer than five."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from sqlalchemy import case, extract, func, select
from sqlalchemy.orm import aliased

from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.history import Event
from mediation.permissions import Actor
from mediation.reports.cases import AGREED, ENDINGS, Asked, CaseList, last_ended, within
from mediation.reports.lists import count
from mediation.reports.periods import Period, months_back
from mediation.wording import Text

SMALLEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`number` is None where the sample is smaller than five. `cases` is the list behind it."""

    label: Text
    number: int | None
    unit: Text
    sample: Text
    cases: CaseList


_PER_CENT = Text("%", "%")
_RATES = (
    (CaseList.AGREED, Text("谈成", "Agreed")),
    (CaseList.LEFT, Text("走了法院或别的路", "Went to court or elsewhere")),
    (CaseList.PERFORMED, Text("到期都履行了", "Performed when due")),
    (CaseList.CONFIRMED, Text("申请确认的，裁定有效", "Applied and confirmed")),
)


def six(asked: Asked, *, by: Actor) -> tuple[Figure, ...]:
    """The six numbers of the board; success always stands beside exit."""
    rates = tuple(_rate(part, label, asked, by) for part, label in _RATES)
    return (_registered(asked, by), *rates, _median_days(asked, by))


def _registered(asked: Asked, by: Actor) -> Figure:
    found = count(CaseList.REGISTERED, asked, by=by)
    return Figure(
        label=Text("登记", "Registered"),
        number=found if found >= SMALLEST else None,
        unit=Text("件", "cases"),
        sample=asked.period.label,
        cases=CaseList.REGISTERED,
    )


def _rate(part: CaseList, label: Text, asked: Asked, by: Actor) -> Figure:
    """A share of the whole its family begins with."""
    whole = part.family[0]
    of = count(whole, asked, by=by)
    held = count(part, asked, by=by) if of >= SMALLEST else 0
    return Figure(
        label=label,
        number=round(held * 100 / of) if of >= SMALLEST else None,
        unit=_PER_CENT,
        sample=Text("{of}件里{held}件", "{held} of {of} cases").with_(of=of, held=held),
        cases=part,
    )


def _median_days(asked: Asked, by: Actor) -> Figure:
    days = _days_taken(asked, by)
    return Figure(
        label=Text("从登记到谈完", "From intake to the end of talks"),
        number=round(median(days)) if len(days) >= SMALLEST else None,
        unit=Text("天", "days"),
        sample=Text("{n}件的中位数", "median of {n} cases").with_(n=len(days)),
        cases=CaseList.ENDED,
    )


def _days_taken(asked: Asked, by: Actor) -> list[int]:
    """For each case whose talks ended in the period: days from registering to that end."""
    ending = aliased(Event)
    newest = (
        select(func.max(ending.seq))
        .where(ending.dispute_id == Dispute.id, ending.act.in_(ENDINGS))
        .where(ending.happened_on <= asked.period.end_on)
        .correlate(Dispute)
        .scalar_subquery()
    )
    query = (
        select(Dispute.registered_on, Event.happened_on)
        .join(Event, Event.dispute_id == Dispute.id)
        .where(within(by), last_ended(ENDINGS, asked), Event.seq == newest)
    )
    return [(end_on - start_on).days for start_on, end_on in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class MonthBar:
    """Registered in a month, and how many of them were agreed by today; None below five."""

    period: Period
    registered: int | None
    agreed: int | None


def trend(asked: Asked, *, by: Actor, months: int = 12) -> tuple[MonthBar, ...]:
    """The last twelve months. A count below five is hidden, and with it its part."""
    periods = months_back(asked.today, months)
    year = extract("year", Dispute.registered_on)
    number = extract("month", Dispute.registered_on)
    query = (
        select(year, number, func.count(), func.sum(case((last_ended(AGREED), 1), else_=0)))
        .where(within(by), Dispute.registered_on >= periods[0].start_on)
        .group_by(year, number)
    )
    found = {(int(y), int(m)): (n, int(agreed)) for y, m, n, agreed in db.session.execute(query)}
    return tuple(_bar(p, *found.get((p.start_on.year, p.start_on.month), (0, 0))) for p in periods)


def _bar(period: Period, registered: int, agreed: int) -> MonthBar:
    if 0 < registered < SMALLEST:
        return MonthBar(period, None, None)
    return MonthBar(period, registered, agreed)
