"""A clock that a walker moves: forward, and never past the present."""

from __future__ import annotations

from datetime import datetime, timedelta

from mediation.clock import Clock

_A_MOMENT = timedelta(milliseconds=1)


class Steps:
    """Stands still between two acts. Close to the present the steps become very small."""

    def __init__(self, start: datetime, present: Clock) -> None:
        self._moment = start
        self._latest = present.now()
        self.clock = Clock(lambda: self._moment)

    def tick(self, **length: float) -> None:
        wanted = self._moment + timedelta(**length)
        self._moment = max(self._moment + _A_MOMENT, min(wanted, self._latest))
