"""The one clock: UTC for records, the civil date of Asia/Shanghai for the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time; tests and the demo hand in their own."""

    read: Callable[[], datetime] = field(default=_utc_now)

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self.read().astimezone(UTC)

    def today(self) -> date:
        """Today's date where the parties live."""
        return civil_date(self.now())


def civil_date(moment: datetime) -> date:
    """The date on the wall calendar in China at that moment (periods of law run by it)."""
    return moment.astimezone(CHINA).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)


def fixed(moment: datetime) -> Clock:
    """A clock that stands still."""
    return Clock(lambda: moment)
